//! `verify`: judges a token, yes or no.
use super::agree;
use super::asked;
use super::judging::Request;
use super::kept::Kept;
use super::keys::Keys;
use super::verify_as;
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::outcome::{Did, Outcome};
use crate::cli::token_source::Wanted;
use crate::cli::{key_source, profiles, token_source};
use crate::core::profile::{Kind, known};

/// From what was typed to what came of it.
///
/// # Errors
/// What was typed does not make sense, or there is no token, or a key can't be read.
pub fn run(typed: &args::verify::Verify, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    if let Some(view) = typed.view {
        return verify_as::run(typed, view.into(), context);
    }
    let profile = profiles::named(context)?.map(|chosen| chosen.profile);
    agree::on_set(&context.globals.set, profile.as_ref())?;
    let kept = Kept::of(&typed.store.0, context)?;
    let token = token_source::read(&typed.token, Wanted::Any, context)?;
    let loaded = key_source::given(&typed.key, context)?;
    let mut policy = asked::policy(
        asked::kind_of(profile.as_ref(), &token),
        profile.as_ref(),
        Some(Kind::Access),
        &typed.checks,
        &typed.uses,
        &typed.key,
    )?;
    policy.jws_only = typed.jws;
    if typed.jws {
        asked::say_jws(profile.as_ref(), context);
    }
    let request = Request {
        token,
        profile,
        keys: Keys::of(&loaded),
        policy,
    };
    let (now, jws) = (context.now, request.policy.jws_only);
    let profile = request.profile.clone();
    let mut judged = request.judged(now);
    if !jws {
        let own = known(judged.recognised.profile);
        if let Some(profile) = profile.as_ref().or(own) {
            kept.look(&mut judged, profile, context)?;
        }
    }
    Ok(Outcome {
        now,
        did: Did::Verified(Box::new(judged)),
    })
}

#[cfg(test)]
mod tests;
