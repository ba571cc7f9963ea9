//! `verify`: judges a token, yes or no.
use super::verify_as;
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::outcome::{Did, Outcome};
use crate::cli::resolve;
use crate::cli::resolve::judging::Request;
use crate::cli::resolve::keys::Keys;
use crate::cli::resolve::sessions::SessionStore;
use crate::cli::resolve::token::Wanted;
use crate::core::profile::Kind;

/// From what was typed to what came of it.
///
/// # Errors
/// What was typed does not make sense, or there is no token, or a key can't be read.
pub fn run(typed: &args::verify::Verify, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    if let Some(view) = typed.view {
        return verify_as::run(typed, view.into(), context);
    }
    let named = resolve::profile::named(context)?;
    let rules = named.as_ref().map(|chosen| &chosen.profile);
    resolve::agree::on_set(&context.globals.set, rules)?;
    let kept = SessionStore::of(&typed.store.0, named.as_deref(), context)?;
    let token = resolve::token::read(&typed.token, Wanted::Any, context)?;
    let profile = if typed.jws {
        // No claim is looked at, so none that says which session it is.
        resolve::profile::of_marks(named.clone(), &token, context)?
    } else {
        kept.profile_of(named.clone(), &token, context)?
    };
    let loaded = resolve::key::given(&typed.key, Some(&profile.chosen), context)?;
    let mut policy = resolve::policy::policy(
        resolve::policy::kind_of(rules, &token),
        rules,
        Some(Kind::Access),
        &typed.checks,
        &typed.uses,
        &typed.key,
    )?;
    policy.jws_only = typed.jws;
    if typed.jws {
        resolve::policy::say_jws(rules, context);
    }
    let request = Request {
        token,
        profile: &profile.chosen.profile,
        by: profile.by,
        keys: Keys::of(&loaded),
        policy,
    };
    let now = context.now;
    let mut judged = request.judged(now);
    if !typed.jws {
        kept.look(&mut judged, &profile, &profile.chosen.profile, context)?;
    }
    Ok(Outcome {
        now,
        did: Did::Verified(Box::new(judged)),
    })
}

#[cfg(test)]
mod tests;
