//! `rotate`: renews a token and retires it in the store; or issues a session's current tokens again.
use std::rc::Rc;

use crate::cli::args;
use crate::cli::args::output::OutputForm;
use crate::cli::args::values::Lifetime;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::{Action, Outcome, Reply, Rotation, RotationSubject};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::sessions::typed_issuer;
use crate::cli::resolve::settings::ProfileOverrides;
use crate::cli::resolve::store::Missing;
use crate::cli::resolve::token::TokenPurpose;
use crate::core::profile::{Profile, RotationMode};
use crate::core::time::Timestamp;
use crate::core::token::CompactForm;
use crate::session::family::reissue;
use crate::session::flow::RenewalRequest;
use crate::session::service::proposal::ProlongRequest;
use crate::session::service::reissue::{again, signed_again};
use crate::session::store::Lookup;

/// Runs `rotate`.
///
/// # Errors
/// The command line does not make sense, there is no token or key, or the store can't be read or written.
pub(crate) fn run(
    typed: &args::rotate::RotateArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let call = Call::of(&typed.store, context)?;
    let form = typed.output;
    let rotation = if let Some(session) = &typed.session {
        of_session(session.as_str(), typed, &call, form, context)?
    } else {
        let call = call.when_store_missing(Missing::Make);
        of_token(typed, &call, form, context)?
    };
    Ok(Outcome {
        now: context.now,
        action: Action::Rotated(Box::new(rotation)),
    })
}

fn of_token(
    typed: &args::rotate::RotateArgs,
    call: &Call,
    form: Option<OutputForm>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Rotation> {
    let token = resolve::token::read(&typed.token, TokenPurpose::ToRenew, Some(call), context)?;
    let mut subject = call.subject_to_prolong(token, context)?;
    let mut profile = subject.rules().clone();
    call.store
        .fill_named(&mut profile, subject.token.text(), context)?;
    // A text without dots that the store does not know is no token of any profile.
    let is_text = subject.token.form == CompactForm::Other(1);
    if profile.rotation() == RotationMode::None && !is_text {
        return Err(no_rotation(&profile).into());
    }
    refuse_form(form, &profile)?;
    let settings = ProfileOverrides {
        ttl: typed.ttl.map(Lifetime::span),
        refresh_ttl: typed.refresh_ttl,
        session_max: typed.session_max,
        allow_weak_key: typed.key.allow_weak_key,
        refresh_key: typed.refresh.any(),
        ..ProfileOverrides::default()
    };
    settings.set(&mut profile)?;
    let loaded = subject.keys(CallKeyFlags::of(&typed.key, &typed.refresh), context)?;
    subject.take_for_presented();
    loaded.say_if_one(&profile, context);
    let renew = RenewalRequest {
        rotates: true,
        ..RenewalRequest::default()
    };
    let request = ProlongRequest {
        token: &subject.token,
        profile: &profile,
        unchanged: subject.rules(),
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
    let end = prolonged.judged.session_end;
    let presented = RotationSubject::Token(Box::new(prolonged.judged));
    let (reply, now) = (prolonged.reply, context.now);
    let is_wire = form == Some(OutputForm::Wire) && reply.is_some();
    resolve::profile::say_cookies(&profile, is_wire, context);
    Ok(rotation(presented, reply, end, &profile, form, now))
}

fn no_rotation(profile: &Profile) -> Problem {
    let hint = match profile.no_reuse_detection() {
        None if profile.server.is_some() => {
            "its server does not rotate tokens; to renew: jwtsess renew TOKEN; to rotate as jwtsess does: --set reuse_detection=true"
        }
        _ => "to prolong the session: jwtsess renew TOKEN",
    };
    Problem::usage_with(
        format!("tokens of the profile {} can't be rotated", profile.name()),
        hint,
    )
}

fn refuse_form(form: Option<OutputForm>, profile: &Profile) -> Result<(), Problem> {
    if form == Some(OutputForm::Refresh) && !profile.is_pair() {
        return Err(Problem::usage_with(
            format!("-o refresh: {} has no refresh token", profile.name()),
            "leave -o refresh out",
        ));
    }
    Ok(())
}

/// `rotate --session`.
fn of_session(
    id: &str,
    typed: &args::rotate::RotateArgs,
    call: &Call,
    form: Option<OutputForm>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Rotation> {
    let store = &call.store;
    store.chosen().required("rotate --session")?;
    let issuer = match &typed.checks.iss[..] {
        [] => None,
        [one] => Some(one.as_str()),
        _ => {
            return Err(Problem::usage("a session has one issuer: give --iss once").into());
        }
    };
    let lookup = Lookup::session(id, typed_issuer(issuer, typed.no_iss));
    let family = store
        .find(&lookup, context)?
        .ok_or(Problem::NoSuchSession)?;
    let chosen = if let Some(named) = &call.named {
        Rc::clone(named)
    } else {
        let recorded = resolve::profile::by_name(context, &family.session.profile)?;
        resolve::profile::note(context, &recorded, resolve::profile::RECORDED);
        recorded
    };
    let mut profile = chosen.profile.clone();
    refuse_form(form, &profile)?;
    let loaded = resolve::key::given(
        CallKeyFlags::of(&typed.key, &typed.refresh),
        Some(&chosen),
        context,
    )?;
    let (place, now, keys) = (store.shown(), context.now, loaded.kinds());
    // A Django server asks its user before it gives an access token beside the refresh token that is given again.
    if store.is_django()
        && let Ok(current) = reissue(&family, None, now)
        && let Ok(Ok(newest)) = signed_again(&family, current.last().copied(), &keys, &profile, now)
    {
        store.fill_named(&mut profile, &newest.access.text, context)?;
    }
    let entropy = &mut *context.world.entropy;
    let reissued = again(&family, place, &profile, &keys, now, entropy).map_err(Problem::from)?;
    let presented = RotationSubject::Session {
        seen: reissued.session,
        verdict: reissued.verdict,
    };
    let end = family.session.absolute_end;
    let reply = reissued.reply;
    let is_wire = form == Some(OutputForm::Wire) && reply.is_some();
    resolve::profile::say_cookies(&profile, is_wire, context);
    Ok(rotation(presented, reply, end, &profile, form, now))
}

fn rotation(
    presented: RotationSubject,
    answer: Option<Reply>,
    session_end: Option<Timestamp>,
    profile: &Profile,
    form: Option<OutputForm>,
    now: Timestamp,
) -> Rotation {
    let given = match &presented {
        RotationSubject::Token(judged) => Some(&judged.token),
        RotationSubject::Session { .. } => None,
    };
    let wire = answer.as_ref();
    let wire = wire.and_then(|reply| reply.body(profile, given, now));
    Rotation {
        presented,
        session_end,
        scheme: profile.scheme().to_owned(),
        profile: profile.name().to_owned(),
        form,
        answer,
        wire,
    }
}

#[cfg(test)]
mod tests;
