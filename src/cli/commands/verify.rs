//! `verify`: judges a token, yes or no.
use super::asked;
use super::judging::judge;
use super::keys::Keys;
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::outcome::{Did, Outcome};
use crate::cli::token_source::Wanted;
use crate::cli::{key_source, profiles, token_source};
use crate::core::policy::Policy;
use crate::core::profile::{Kind, Profile};
use crate::core::time::Timestamp;
use crate::core::token::Unverified;

/// What to judge, everything resolved.
#[derive(Debug)]
pub struct Request<'a> {
    /// The token.
    pub token: Unverified,
    /// The profile that was named.
    pub profile: Option<Profile>,
    /// The keys.
    pub keys: Keys<'a>,
    /// What is asked of it.
    pub policy: Policy,
}

/// Judges the token.
#[must_use]
pub fn verify(request: Request<'_>, now: Timestamp) -> Outcome {
    let (judged, _) = judge(
        request.token,
        &request.keys,
        &request.policy,
        request.profile.as_ref(),
        now,
    );
    Outcome {
        now,
        did: Did::Verified(judged),
    }
}

/// From what was typed to what came of it.
///
/// # Errors
/// What was typed does not make sense, or there is no token, or a key can't be read.
pub fn run(typed: &args::verify::Verify, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let profile = profiles::named(context)?.map(|chosen| chosen.profile);
    let token = token_source::read(&typed.token, Wanted::Any, context)?;
    let loaded = key_source::for_checking(&typed.key, context)?;
    let mut policy = asked::policy(
        profile.as_ref(),
        Some(Kind::Access),
        &typed.checks,
        &typed.uses,
        &typed.key,
    )?;
    policy.jws_only = typed.jws;
    let request = Request {
        token,
        profile,
        keys: Keys::of(&loaded),
        policy,
    };
    Ok(verify(request, context.now))
}

#[cfg(test)]
mod tests;
