//! `renew`: verifies a token under its profile, and renews it if it is valid.
use crate::cli::args;
use crate::cli::args::output::OutputForm;
use crate::cli::args::values::Lifetime;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::{Action, Outcome, Renewal};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::settings::ProfileOverrides;
use crate::cli::resolve::token::TokenPurpose;
use crate::session::flow::RenewalRequest;
use crate::session::service::proposal::ProlongRequest;

/// Runs `renew`.
///
/// # Errors
/// What was typed does not make sense, there is no token or key, the token does not say how long it lives, or the store can't be read or written. A refused
/// token is no error.
pub(crate) fn run(
    typed: &args::renew::RenewArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let form = typed.output;
    if form == Some(OutputForm::Refresh) {
        return Err(Problem::usage_with(
            "-o refresh: renew makes only an access token",
            "leave -o refresh out",
        )
        .into());
    }
    let call = Call::of(&typed.store, context)?;
    let token = resolve::token::read(&typed.token, TokenPurpose::ToRenew, Some(&call), context)?;
    let mut subject = call.subject_to_prolong(token, context)?;
    let loaded = subject.keys(CallKeyFlags::of(&typed.key, &typed.refresh), context)?;
    subject.take_for_presented();
    let mut profile = subject.rules().clone();
    let settings = ProfileOverrides {
        ttl: typed.ttl.map(Lifetime::span),
        session_max: typed.session_max,
        allow_weak_key: typed.key.allow_weak_key,
        refresh_key: typed.refresh.any(),
        ..ProfileOverrides::default()
    };
    settings.set(&mut profile)?;
    call.store
        .fill_named(&mut profile, subject.token.text(), context)?;
    let renew = RenewalRequest {
        within: typed.within,
        ..RenewalRequest::default()
    };
    let unchanged = resolve::profile::without_set(context, profile.name())?;
    let request = ProlongRequest {
        token: &subject.token,
        profile: &profile,
        unchanged: unchanged.as_ref().unwrap_or(subject.rules()),
        by: subject.profile.by,
        keys: loaded.kinds(),
        explicit_life: typed.ttl.is_some_and(Lifetime::has_unit),
        policy: loaded.with_issuer(resolve::policy::prolonging(
            &profile,
            &subject.profile,
            &renew,
            &typed.checks,
            &typed.key,
            context,
        )?),
        renew,
        grace: typed.grace.reuse_grace,
        known: subject.profile.record.as_ref(),
        now: context.now,
    };
    let prolonged = call.store.prolong(&request, &loaded, context)?;
    let now = context.now;
    let wire = prolonged.reply.as_ref();
    let wire = wire.and_then(|reply| reply.body(&profile, Some(&subject.token), now));
    let is_wire = form == Some(OutputForm::Wire) && wire.is_some();
    resolve::profile::say_cookies(&profile, is_wire, context);
    Ok(Outcome {
        now,
        action: Action::Renewed(Box::new(Renewal {
            judged: prolonged.judged,
            scheme: profile.scheme().to_owned(),
            profile: profile.name().to_owned(),
            form,
            wire,
            answer: prolonged.reply,
            server: prolonged.server,
        })),
    })
}

#[cfg(test)]
mod tests;
