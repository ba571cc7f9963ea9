//! A token that is to be renewed or rotated, everything resolved: what both commands prepare.
use super::call::Subject;
use super::keys::Keys;
use crate::cli::args::check::CheckFlags;
use crate::cli::args::key::KeyFlags;
use crate::cli::args::output::Form;
use crate::cli::error::Problem;
use crate::core::policy::Policy;
use crate::core::profile::{Kind, Profile};
use crate::core::time::Span;
use crate::session::flow::Renew;

/// A token that is to be renewed or rotated.
#[derive(Debug)]
pub struct Prolonging<'a> {
    /// The token, and the profile to go by.
    pub subject: &'a Subject,
    /// The profile's values, with what the flags change and the application's users.
    pub profile: Profile,
    /// The keys.
    pub keys: Keys<'a>,
    /// How to renew.
    pub renew: Renew,
    /// What is asked of the token: [`asked`].
    pub policy: Policy,
    /// How long a retired token is forgiven.
    pub grace: Option<Span>,
    /// How tokens are printed.
    pub form: Option<Form>,
}

/// What a profile asks of the token that prolongs its sessions: of a pair that is the refresh token.
#[must_use]
pub fn policy(profile: &Profile) -> Policy {
    let kind = if profile.is_pair() {
        Kind::Refresh
    } else {
        Kind::Access
    };
    Policy::of(profile, kind)
}

/// The same, and what the flags add.
///
/// # Errors
/// A flag asks for the impossible.
pub fn asked(
    profile: &Profile,
    renew: &Renew,
    checks: &CheckFlags,
    keys: &KeyFlags,
) -> Result<Policy, Problem> {
    let mut policy = policy(profile);
    // Whom the token is for is no matter of the one who renews it; a Django server's own answer is asked for all the same.
    policy.require_audience &= renew.rotates;
    super::policy::add(&mut policy, checks, keys)?;
    Ok(policy)
}
