//! `rotate`: renews a token and retires it in the store; or issues a session's current tokens again.
use std::rc::Rc;

use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::store::StoreProblem;
use crate::cli::outcome::{
    Did, How, Judged, KeyUsed, Minting, Outcome, OutputForm, ProfileSource, Rotated, Rotation,
    RotationAnswer,
};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::judging::judge;
use crate::cli::resolve::keys::{Keys, strength};
use crate::cli::resolve::prolonging::{Prolonging, asked, policy};
use crate::cli::resolve::sessions::{SessionStore, finding};
use crate::cli::resolve::settings::Settings;
use crate::cli::resolve::token::Wanted;
use crate::core::profile::{Profile, Rotation as Rotates};
use crate::core::server::Cause;
use crate::core::time::Timestamp;
use crate::core::token::{Limits, Unverified};
use crate::core::verdict::{Check, Finding, Reason, Verdict};
use crate::core::verify::Verified;
use crate::session::family::{Generation, Request as Wish, Ruling, decide, reissue};
use crate::session::flow::{FlowError, Renew, Renewed, Tokens};
use crate::session::mint::Minted;
use crate::session::record;
use crate::session::rotate::{self, sign_again};
use crate::session::server;
use crate::session::store::{Lookup, StoreError};

enum Answered {
    /// What was made before the store was asked.
    Made(Minting),
    AtTheEnd(Timestamp),
    /// The server that the profile is would refuse it: why.
    Refused(Finding),
}

/// From what was typed to what came of it.
///
/// # Errors
/// What was typed does not make sense, there is no token or key, or the store can't be read or written.
pub fn run(typed: &args::rotate::Rotate, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let call = Call::of(&typed.store, context)?;
    let form = OutputForm::from(typed.output);
    if let Some(session) = &typed.session {
        return again(session.as_str(), typed, &call, form, context);
    }
    let token = resolve::token::read(&typed.token, Wanted::ToRenew, context)?;
    let subject = call.subject(token, context)?;
    let mut profile = subject.rules().clone();
    call.store
        .fill_named(&mut profile, subject.token.text(), context)?;
    if profile.rotation() == Rotates::None {
        return Err(no_rotation(&profile).into());
    }
    refuse_form(form, &profile)?;
    let settings = Settings {
        ttl: typed.ttl,
        refresh_ttl: typed.refresh_ttl,
        session_max: typed.session_max,
        allow_weak_key: typed.key.allow_weak_key,
        ..Settings::default()
    };
    settings.set(&mut profile)?;
    let loaded = subject.keys(&typed.key, context)?;
    let renew = Renew {
        rotates: true,
        ..Renew::default()
    };
    let policy = asked(&profile, &renew, &typed.checks, &typed.key)?;
    let request = Prolonging {
        subject: &subject,
        profile,
        keys: Keys::of(&loaded),
        renew,
        policy,
        grace: typed.grace.reuse_grace,
        form,
    };
    rotated(&request, &call.store, context)
}

fn no_rotation(profile: &Profile) -> Problem {
    let hint = match profile.no_reuse_detection() {
        None if profile.server.is_some() => {
            "its server rotates none: jwtsess renew TOKEN; --set reuse_detection=true rotates in our way"
        }
        _ => "prolong it: jwtsess renew TOKEN",
    };
    Problem::usage_with(
        format!("tokens of the profile {} are not rotated", profile.name),
        hint,
    )
}

fn refuse_form(form: OutputForm, profile: &Profile) -> Result<(), Problem> {
    if form == OutputForm::Refresh && !profile.is_pair() {
        return Err(Problem::usage_with(
            format!("-o refresh: {} has no refresh token", profile.name),
            "leave -o refresh out",
        ));
    }
    Ok(())
}

fn rotated(
    request: &Prolonging<'_>,
    kept: &SessionStore,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let now = context.now;
    let profile = &request.profile;
    let (mut judged, verified) = judge(
        request.subject.token.clone(),
        &request.keys,
        &request.policy,
        (profile, request.subject.profile.by),
        now,
    );
    let answer = match verified {
        None => {
            kept.look(&mut judged, &request.subject.profile, profile, context)?;
            None
        }
        Some(verified) => match made(request, &verified, context)? {
            Answered::Made(made) => store(request, made, profile, &mut judged, kept, context)?,
            Answered::AtTheEnd(end) => {
                kept.look(&mut judged, &request.subject.profile, profile, context)?;
                let refused = !judged.verdict.is_valid();
                (!refused).then_some(RotationAnswer::AtTheEnd { end })
            }
            Answered::Refused(finding) => {
                judged.verdict.findings.push(finding);
                None
            }
        },
    };
    Ok(Outcome {
        now,
        did: Did::Rotated(Box::new(Rotation {
            session_end: judged.session_end,
            presented: Rotated::Token(Box::new(judged)),
            django: profile.server.is_some(),
            scheme: profile.scheme().to_owned(),
            profile: profile.name.clone(),
            form: request.form,
            answer,
        })),
    })
}

/// The successor, signed: what can fail, and what takes long, comes before the store's lock.
fn made(
    request: &Prolonging<'_>,
    verified: &Verified,
    context: &mut Context<'_, '_>,
) -> Result<Answered, Problem> {
    let (now, entropy) = (context.now, &mut *context.world.entropy);
    let set = request.keys.judging(&request.subject.token);
    let (signer, other) = request.keys.successor(verified)?;
    let strength = strength(&signer, request.policy.allow_weak_key)?;
    let key = request.keys.used_by(&signer);
    let (profile, renew) = (&request.profile, &request.renew);
    let Some(settings) = &profile.server else {
        let kind = profile.kind_of(&request.subject.token);
        let rotated = rotate::rotate(verified, kind, profile, renew, &signer, now, entropy)?;
        return Ok(match rotated {
            Renewed::Fresh {
                tokens,
                changed,
                capped_at,
            } => Answered::Made(Minting {
                tokens,
                key,
                strength,
                changed: other.into_iter().chain(changed).collect(),
                wire: None,
                capped_at,
            }),
            Renewed::AtTheEnd { end } => Answered::AtTheEnd(end),
            // A rotation asks for no `--within`.
            Renewed::NotDue { .. } => return Err(FlowError::NoLifetime.into()),
        });
    };
    let sent = server::Request {
        text: request.subject.token.text(),
        profile,
        settings,
        keys: set,
        renew,
        now,
    };
    let served = server::renew(&sent, &signer, entropy)?;
    let wire = served.wire();
    let cause = served.answer.cause;
    let (mut access, mut refresh) = (None, None);
    for (field, token) in served.tokens {
        if field == "refresh" {
            refresh = Some(token);
        } else {
            access = Some(token);
        }
    }
    let Some(access) = access else {
        let reason = reason_of(cause);
        let finding = Finding::failed(Check::Session, reason);
        return Ok(Answered::Refused(finding));
    };
    Ok(Answered::Made(Minting {
        tokens: Box::new(Tokens { access, refresh }),
        key,
        strength,
        changed: other.into_iter().collect(),
        wire,
        capped_at: None,
    }))
}

/// Why a server refuses a token that holds by our own checks.
const fn reason_of(cause: Option<Cause>) -> Reason {
    match cause {
        Some(Cause::Token(reason)) => reason,
        Some(Cause::PasswordChanged) => Reason::Revoked,
        Some(Cause::Request) => Reason::Malformed,
        Some(Cause::UserUnknown | Cause::UserInactive | Cause::ServerError(_)) | None => {
            Reason::SubjectMismatch
        }
    }
}

/// Asks the store, and has it retire the presented token.
fn store(
    request: &Prolonging<'_>,
    made: Minting,
    profile: &Profile,
    judged: &mut Judged,
    kept: &SessionStore,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Option<RotationAnswer>> {
    let presented = record::presented(&request.subject.token, profile, true)
        .filter(|presented| presented.recorded && !kept.is_without());
    let Some(presented) = presented else {
        kept.say_without(&request.subject.token, profile, context);
        return Ok(Some(tokens(made, How::WithoutStore)));
    };
    let rules = record::rules(profile, request.grace);
    let wish = Wish::Rotate(Box::new(record::minted(&made.tokens, profile)));
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let now = context.now;
    let applied = kept.carry_out(
        &lookup,
        &mut |family| decide(family, &presented, &wish, &rules, now),
        context,
    )?;
    let family = applied.family.as_ref();
    judged.session = Some(kept.seen(&presented, family, now));
    match (applied.ruling(), family) {
        (Ruling::Rotated(number), Some(family)) => {
            judged.session = Some(kept.seen_rotated(family, number, context)?);
            let how = if rules.retires {
                How::Retired
            } else {
                How::Branched
            };
            Ok(Some(tokens(made, how)))
        }
        (Ruling::Retried(number), Some(family)) => {
            judged.session = Some(kept.seen_family(family, Some(number), now));
            let generation = family.generation(number);
            let signed = signed_again(generation, &request.keys, profile)?;
            let again = Minting {
                tokens: Box::new(signed),
                changed: Vec::new(),
                wire: None,
                capped_at: None,
                ..made
            };
            Ok(Some(tokens(again, How::Retried)))
        }
        (Ruling::Refused(refusal), _) => {
            judged.verdict.findings.push(finding(refusal));
            Ok(None)
        }
        (other, _) => Err(anyhow::anyhow!("the store decided {other:?} on a rotation")),
    }
}

const fn tokens(minting: Minting, how: How) -> RotationAnswer {
    RotationAnswer::Tokens { minting, how }
}

/// What the store has kept of a generation, as tokens.
fn signed_again(
    generation: Option<&Generation>,
    keys: &Keys<'_>,
    profile: &Profile,
) -> Result<Tokens, Problem> {
    let token = generation.map(|generation| &generation.token);
    let Some(signed) = token.and_then(|token| token.signed.as_ref()) else {
        return Err(Problem::Store(StoreProblem {
            place: profile.name.clone(),
            error: StoreError::Unsupported("give a token again of which it keeps no claims"),
        }));
    };
    let first = sign_again(signed, keys.signing)?;
    Ok(match token.and_then(|token| token.access.as_ref()) {
        Some(access) => Tokens {
            access: sign_again(access, keys.signing)?,
            refresh: Some(first),
        },
        None => Tokens {
            access: first,
            refresh: None,
        },
    })
}

/// An access token beside a refresh token of which the store keeps nothing else, as an application's database does.
fn beside(
    refresh: Minted,
    keys: &Keys<'_>,
    profile: &Profile,
    context: &mut Context<'_, '_>,
) -> Result<Tokens, Problem> {
    let (now, renew) = (context.now, Renew::default());
    let token = Unverified::read(&refresh.text, &Limits::default());
    let set = keys.judging(&token);
    let policy = policy(profile);
    let (_, verified) = judge(
        token.clone(),
        keys,
        &policy,
        (profile, ProfileSource::Recorded),
        now,
    );
    let mut access = None;
    if let (Some(verified), Some(settings)) = (verified, &profile.server) {
        let (signer, _) = keys.successor(&verified)?;
        let entropy = &mut *context.world.entropy;
        let sent = server::Request {
            text: token.text(),
            profile,
            settings,
            keys: set,
            renew: &renew,
            now,
        };
        let served = server::renew(&sent, &signer, entropy)?;
        access = served.tokens.into_iter().next();
    }
    let Some((_, access)) = access else {
        return Err(Problem::Store(StoreProblem {
            place: profile.name.clone(),
            error: StoreError::Unsupported("give a token again that its profile would refuse"),
        }));
    };
    Ok(Tokens {
        access,
        refresh: Some(refresh),
    })
}

/// `rotate --session`: nothing is retired, and nothing written.
fn again(
    id: &str,
    typed: &args::rotate::Rotate,
    call: &Call,
    form: OutputForm,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let kept = &call.store;
    kept.chosen().required("rotate --session")?;
    let now = context.now;
    let family = kept
        .find(&Lookup::Session(id.to_owned()), context)?
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
    let loaded = resolve::key::given(&typed.key, Some(&chosen), context)?;
    let keys = Keys::of(&loaded);
    let (answer, generation, verdict) = match reissue(&family, None, now) {
        Ok(current) => {
            let newest = current.last().copied();
            let tokens = signed_again(newest, &keys, &profile)?;
            let tokens = match tokens.refresh {
                None if profile.is_pair() => {
                    kept.fill_named(&mut profile, &tokens.access.text, context)?;
                    beside(tokens.access, &keys, &profile, context)?
                }
                _ => tokens,
            };
            let key = keys.all(keys.signing).unwrap_or(KeyUsed {
                source: String::new(),
                kid: None,
                kind: String::new(),
            });
            let minting = Minting {
                tokens: Box::new(tokens),
                key,
                strength: Verdict::default(),
                changed: Vec::new(),
                wire: None,
                capped_at: None,
            };
            let others = current.len().saturating_sub(1);
            let answer = RotationAnswer::Tokens {
                minting,
                how: How::Again { others },
            };
            let number = newest.map(|newest| newest.number);
            (Some(answer), number, Verdict::default())
        }
        Err(refusal) => {
            let findings = vec![finding(refusal)];
            (None, None, Verdict { findings })
        }
    };
    Ok(Outcome {
        now,
        did: Did::Rotated(Box::new(Rotation {
            presented: Rotated::Session {
                seen: kept.seen_family(&family, generation, now),
                verdict,
            },
            session_end: family.session.absolute_end,
            django: profile.server.is_some(),
            scheme: profile.scheme().to_owned(),
            profile: profile.name,
            form,
            answer,
        })),
    })
}

#[cfg(test)]
mod tests;
