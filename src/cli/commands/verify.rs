//! `verify`: says whether a token is valid.
use super::verify_as;
use crate::cli::args;
use crate::cli::args::check::KindFlag;
use crate::cli::context::Context;
use crate::cli::outcome::{Action, Outcome};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::judging::JudgingRequest;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::token::TokenPurpose;
use crate::core::profile::TokenKind;

/// Runs `verify`.
///
/// # Errors
/// The command line does not make sense, there is no token, or a key can't be read.
pub(crate) fn run(
    typed: &args::verify::VerifyArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    if let Some(view) = typed.view {
        return verify_as::run(typed, view, context);
    }
    let call = Call::of(&typed.store.0, context)?;
    let rules = call.named_profile();
    resolve::agree::on_set(&context.globals.set, rules)?;
    let purpose = match typed.uses.kind {
        Some(KindFlag::Access) => TokenPurpose::OfKind(TokenKind::Access),
        Some(KindFlag::Refresh) => TokenPurpose::OfKind(TokenKind::Refresh),
        Some(KindFlag::Id) => TokenPurpose::OfKind(TokenKind::Id),
        None | Some(KindFlag::Any) => TokenPurpose::Any,
    };
    let token = resolve::token::read(&typed.token, purpose, Some(&call), context)?;
    let mut subject = if typed.jws {
        // No claim is read, so the session is not known either.
        call.subject_by_marks(token, context)?
    } else {
        call.subject(token, context)?
    };
    let loaded = subject.keys(CallKeyFlags::of(&typed.key, &typed.refresh), context)?;
    let mut policy = resolve::policy::policy(
        resolve::policy::kind_of(rules, &subject.token),
        rules,
        Some(TokenKind::Access),
        &typed.checks,
        &typed.uses,
        &typed.key,
    )?;
    policy.jws_only = typed.jws;
    if typed.jws {
        resolve::policy::say_jws(rules, context);
    }
    let request = JudgingRequest {
        token: &subject.token,
        profile: subject.rules(),
        by: subject.profile.by,
        loaded: &loaded,
        policy,
    };
    let now = context.now;
    let mut judged = request.judged(now);
    if !typed.jws {
        (call.store).look(&mut judged, &subject.profile, subject.rules(), context)?;
    }
    Ok(Outcome {
        now,
        action: Action::Verified(Box::new(judged)),
    })
}

#[cfg(test)]
mod tests;
