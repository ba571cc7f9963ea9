//! `renew`: judges a token under its profile, and prolongs it if it holds.
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::{
    Did, Judged, KeyUsed, Minting, Outcome, OutputForm, Renewal, RenewalAnswer, ServerAnswer, date,
};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::judging::judge;
use crate::cli::resolve::keys::{Keys, strength};
use crate::cli::resolve::prolonging::{Prolonging, asked};
use crate::cli::resolve::sessions::{SessionStore, finding};
use crate::cli::resolve::settings::Settings;
use crate::cli::resolve::token::Wanted;
use crate::core::entropy::Entropy;
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::verdict::{Check, Finding, Reason, Result as Found, Verdict};
use crate::core::verify::Verified;
use crate::session::family::{Request as Wish, Ruling, decide};
use crate::session::flow::{self, Changed, Renew, Renewed, Tokens};
use crate::session::mint::Minted;
use crate::session::record;
use crate::session::server;
use crate::session::store::Lookup;

/// Judges the token and, if it holds, gives its successor; asks the store whether it may.
///
/// # Errors
/// No key can sign, the token does not say how long it lives, or the store can't be read or written. A refused token is no error.
fn renew(
    request: &Prolonging<'_>,
    kept: &SessionStore,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let now = context.now;
    let profile = &request.profile;
    let token = request.subject.token.clone();
    let by = request.subject.profile.by;
    let (mut judged, verified) = judge(token, &request.keys, &request.policy, (profile, by), now);
    let (answer, server) = match verified {
        None => {
            kept.look(&mut judged, &request.subject.profile, profile, context)?;
            (None, foretold(request, &judged, now))
        }
        Some(verified) => match answer(request, &verified, now, &mut *context.world.entropy)? {
            Answered::Token(answer) => {
                let uses = matches!(answer, RenewalAnswer::Fresh(_));
                use_token(request, uses, profile, &mut judged, kept, context)?;
                if judged.verdict.is_valid() {
                    (Some(answer), None)
                } else {
                    (None, foretold(request, &judged, now))
                }
            }
            Answered::Refused(server) => (None, Some(server)),
        },
    };
    Ok(Outcome {
        now,
        did: Did::Renewed(Box::new(Renewal {
            judged,
            scheme: profile.scheme().to_owned(),
            profile: profile.name.clone(),
            form: request.form,
            answer,
            server,
        })),
    })
}

/// Asks the store about a token that is about to be renewed, and has it note the use.
fn use_token(
    request: &Prolonging<'_>,
    uses: bool,
    profile: &Profile,
    judged: &mut Judged,
    kept: &SessionStore,
    context: &mut Context<'_, '_>,
) -> Result<(), Problem> {
    let Some(presented) = record::presented(&request.subject.token, profile, true) else {
        return Ok(());
    };
    if kept.is_without() {
        kept.say_without(&request.subject.token, profile, context);
        return Ok(());
    }
    let rules = record::rules(profile, request.grace);
    let wish = if uses { Wish::Renew } else { Wish::Look };
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let now = context.now;
    let applied = kept.carry_out(
        &lookup,
        &mut |family| decide(family, &presented, &wish, &rules, now),
        context,
    )?;
    judged.session = Some(kept.seen(&presented, applied.family.as_ref(), now));
    match applied.ruling() {
        Ruling::Refused(refusal) => judged.verdict.findings.push(finding(refusal)),
        Ruling::Live(_) => {
            let live = Finding::new(Check::Session, Found::Passed);
            judged.verdict.findings.push(live);
        }
        _ => {}
    }
    Ok(())
}

/// What a token that holds is answered with.
enum Answered {
    Token(RenewalAnswer),
    /// The server that the profile is would refuse it all the same.
    Refused(ServerAnswer),
}

/// What the server that the profile is would say to a token that we refuse; none where it is no server, or its key is not at hand.
fn foretold(request: &Prolonging<'_>, judged: &Judged, now: Timestamp) -> Option<ServerAnswer> {
    let profile = &request.profile;
    // What our store has ended or retired is what the server's blacklist would hold.
    let ended = [Reason::Revoked, Reason::Retired, Reason::ReuseDetected];
    let listed = ended.iter().any(|reason| judged.refused_for(*reason));
    let sent = server::Request {
        text: request.subject.token.text(),
        profile,
        settings: profile.server.as_ref()?,
        keys: request.keys.judging(&request.subject.token),
        renew: &request.renew,
        now,
    };
    let (view, answer) = sent.answer(listed).ok()?;
    Some(ServerAnswer { view, answer })
}

fn answer(
    request: &Prolonging<'_>,
    verified: &Verified,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Answered, Problem> {
    let set = request.keys.judging(&request.subject.token);
    let (signer, other) = request.keys.successor(verified)?;
    let strength = strength(&signer, request.policy.allow_weak_key)?;
    let key = request.keys.used_by(&signer);
    if let Some(settings) = &request.profile.server {
        if let Some(left) = not_due(request, verified, now) {
            return Ok(Answered::Token(RenewalAnswer::NotDue { left }));
        }
        let sent = server::Request {
            text: request.subject.token.text(),
            profile: &request.profile,
            settings,
            keys: set,
            renew: &request.renew,
            now,
        };
        let served = server::renew(&sent, &signer, entropy)?;
        let changed = other.into_iter().collect();
        return Ok(served_as(served, key, strength, changed));
    }
    let renewed = flow::renew(
        verified,
        request.subject.token.recognised().kind,
        &request.profile,
        &request.renew,
        &signer,
        now,
        entropy,
    )?;
    Ok(Answered::Token(match renewed {
        Renewed::Fresh {
            tokens,
            changed,
            capped_at,
        } => RenewalAnswer::Fresh(Minting {
            tokens,
            key,
            strength,
            changed: other.into_iter().chain(changed).collect(),
            wire: None,
            capped_at,
        }),
        Renewed::NotDue { left } => RenewalAnswer::NotDue { left },
        Renewed::AtTheEnd { end } => RenewalAnswer::AtTheEnd { end },
    }))
}

/// Seconds left of a token of which more is left than `--within` asks for; a server knows no such question.
fn not_due(request: &Prolonging<'_>, verified: &Verified, now: Timestamp) -> Option<i64> {
    let within = request
        .renew
        .within
        .filter(|_| !request.profile.is_pair())?;
    let exp = date(verified.claims(), "exp")?;
    (exp > now.plus(within)).then(|| now.whole_seconds_until(exp))
}

fn alone(access: Minted) -> Box<Tokens> {
    Box::new(Tokens {
        access,
        refresh: None,
    })
}

fn served_as(
    served: server::Served,
    key: KeyUsed,
    strength: Verdict,
    changed: Vec<Changed>,
) -> Answered {
    let wire = served.wire();
    let fresh = served
        .tokens
        .into_iter()
        .find(|(field, _)| *field != "refresh");
    if let Some((_, token)) = fresh {
        return Answered::Token(RenewalAnswer::Fresh(Minting {
            tokens: alone(token),
            key,
            strength,
            changed,
            wire,
            capped_at: None,
        }));
    }
    Answered::Refused(ServerAnswer {
        view: served.view,
        answer: served.answer,
    })
}

/// From what was typed to what came of it.
///
/// # Errors
/// What was typed does not make sense, or there is no token or key.
pub fn run(typed: &args::renew::Renew, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let form = OutputForm::from(typed.output);
    if form == OutputForm::Refresh {
        return Err(Problem::usage_with(
            "-o refresh: renew gives a fresh access token alone",
            "leave -o refresh out",
        )
        .into());
    }
    let call = Call::of(&typed.store, context)?;
    let token = resolve::token::read(&typed.token, Wanted::ToRenew, context)?;
    let subject = call.subject(token, context)?;
    let loaded = subject.keys(&typed.key, context)?;
    let renew_as = Renew {
        within: typed.within,
        ..Renew::default()
    };
    let mut profile = subject.rules().clone();
    let settings = Settings {
        ttl: typed.ttl,
        session_max: typed.session_max,
        allow_weak_key: typed.key.allow_weak_key,
        ..Settings::default()
    };
    settings.set(&mut profile)?;
    call.store
        .fill_named(&mut profile, subject.token.text(), context)?;
    let policy = asked(&profile, &renew_as, &typed.checks, &typed.key)?;
    let request = Prolonging {
        subject: &subject,
        profile,
        keys: Keys::of(&loaded),
        renew: renew_as,
        policy,
        grace: typed.grace.reuse_grace,
        form,
    };
    renew(&request, &call.store, context)
}

#[cfg(test)]
mod tests;
