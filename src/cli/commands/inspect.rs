//! `inspect`: explains a token. Reads, never writes.
use super::asked;
use super::judging::judge;
use super::keys::Keys;
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::outcome::{Did, Outcome};
use crate::cli::token_source::Wanted;
use crate::cli::{key_source, profiles, token_source};
use crate::core::policy::Policy;
use crate::core::profile::{Profile, recognise};
use crate::core::time::Timestamp;
use crate::core::token::Unverified;

/// What to look at, everything resolved.
#[derive(Debug)]
pub struct Request<'a> {
    /// The token.
    pub token: Unverified,
    /// The profile that was named.
    pub profile: Option<Profile>,
    /// The keys.
    pub keys: Keys<'a>,
    /// What is asked of it; of either kind.
    pub policy: Policy,
}

/// Judges the token, and keeps all that was found.
#[must_use]
pub fn inspect(request: Request<'_>, now: Timestamp) -> Outcome {
    let (judged, _) = judge(
        request.token,
        &request.keys,
        &request.policy,
        request.profile.as_ref(),
        now,
    );
    Outcome {
        now,
        did: Did::Inspected(judged),
    }
}

/// From what was typed to what came of it.
///
/// # Errors
/// What was typed does not make sense, or there is no token, or a key can't be read.
pub fn run(
    typed: &args::inspect::Inspect,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let profile = profiles::named(context)?.map(|chosen| chosen.profile);
    let token = token_source::read(&typed.token, Wanted::Any, context)?;
    let loaded = key_source::for_checking(&typed.key, context)?;
    // Either kind is explained; under a profile, by the rules for the kind that it is.
    let kind = profile.as_ref().map(|_| recognise(&token).kind);
    let policy = asked::policy(
        profile.as_ref(),
        kind,
        &typed.checks,
        &typed.uses,
        &typed.key,
    )?;
    let request = Request {
        token,
        profile,
        keys: Keys::of(&loaded),
        policy,
    };
    Ok(inspect(request, context.now))
}

#[cfg(test)]
mod tests;
