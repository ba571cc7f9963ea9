//! `revoke`: ends sessions in the store, by token, id, user or time, or all of them.
use crate::cli::args;
use crate::cli::args::values::Name;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::sessions::{Reach, Revocation};
use crate::cli::outcome::{Action, Outcome};
use crate::cli::paint;
use crate::cli::render::words;
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::judging::JudgingRequest;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::sessions::{typed_issuer, warn_of_clock};
use crate::cli::resolve::settings::allow_weak_key;
use crate::cli::resolve::store::StorePlace;
use crate::cli::resolve::token::TokenPurpose;
use crate::core::policy::Policy;
use crate::core::profile::Profile;
use crate::core::profile::language::model::RevocationReach;
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::session::family::{Session, SessionKey, State};
use crate::session::record;
use crate::session::service::end::{Ending, end};
use crate::session::store::{IssuerFilter, Listing, Selection, StoreError};

/// Runs `revoke`.
///
/// # Errors
/// The command line does not make sense, there is no token, key or store, nothing was found to end, or the user answered no.
pub(crate) fn run(
    typed: &args::revoke::RevokeArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let call = Call::of(&typed.store, context)?;
    let place = call.store.chosen().required("revoke")?.clone();
    let now = context.now;
    let of_many = typed.session.is_some()
        || typed.user.is_some()
        || typed.issued_before.is_some()
        || typed.all;
    let nothing_typed = typed.token.token.is_none() && typed.token.token_env.is_none();
    let chosen = if !of_many && nothing_typed && context.can_ask() {
        choose(&place, context)?
    } else {
        None
    };
    let revocation = if of_many || chosen.is_some() {
        let selection = match chosen {
            Some(key) => Selection {
                id: Some(key.id),
                issuer: IssuerFilter::exactly(key.issuer),
                ..Selection::default()
            },
            None => selection(typed, context)?,
        };
        selected(typed, &selection, call.named_profile(), &place, context)?
    } else {
        by_token(typed, &call, &place, context)?
    };
    Ok(Outcome {
        now,
        action: Action::Revoked(Box::new(revocation)),
    })
}

/// The time of the revocation. With a clock set ahead it must not end sessions that have not begun, or date an end into the future.
fn moment(context: &Context<'_, '_>) -> Timestamp {
    context.now.min(context.world.clock.now())
}

fn nothing(typed: &args::revoke::RevokeArgs, place: &StorePlace) -> Result<Revocation, Problem> {
    if typed.missing_ok {
        return Ok(Revocation::nothing(&place.shown, typed.dry_run));
    }
    Err(Problem::NothingToRevoke {
        place: place.shown.clone(),
        of_user: typed.user.is_some(),
    })
}

fn by_token(
    typed: &args::revoke::RevokeArgs,
    call: &Call,
    place: &StorePlace,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Revocation> {
    let token = resolve::token::read(&typed.token, TokenPurpose::ToRenew, Some(call), context)?;
    let mut subject = call.subject(token, context)?;
    let profile = subject.rules();
    if !record::has_session(profile, profile.kind_of(&subject.token)) {
        return Err(out_of_reach(&subject.token, profile, context.now).into());
    }
    if profile.ends() == RevocationReach::Nothing {
        return Err(ends_nothing(profile).into());
    }
    let mut revocation = Revocation::nothing(&place.shown, typed.dry_run);
    if profile.has_opaque(&subject.token) {
        // It has no signature: who has the text has the session.
    } else if typed.unverified {
        ask(
            typed.yes || typed.dry_run,
            "end the session that this token names, although its signature was not checked?",
            context,
        )?;
    } else {
        let loaded = subject.keys(CallKeyFlags::of(&typed.key, &typed.refresh), context)?;
        let profile = subject.rules();
        // Only the signature must be valid: an expired token still names its session.
        let policy = Policy {
            jws_only: true,
            algorithms: typed.key.alg.clone(),
            allow_weak_key: allow_weak_key(&typed.key, Some(profile)),
            ..Policy::default()
        };
        let request = JudgingRequest {
            token: &subject.token,
            profile,
            by: subject.profile.by,
            loaded: &loaded,
            policy,
        };
        let judged = request.judged(context.now);
        let holds = judged.verdict.is_valid();
        revocation.judged = Some(judged);
        if !holds {
            return Ok(revocation);
        }
    }
    let (profile, token) = (subject.rules(), &subject.token);
    let at = moment(context);
    let Some(mut records) = call.store.records(context) else {
        return Ok(nothing(typed, place)?);
    };
    let end = end(token, profile, &mut records, typed.dry_run, at)?;
    warn_of_clock(end.clock_back, context);
    match end.ending {
        Ending::Now { session, reach } => {
            revocation.reach = Some(if end.others.sessions.is_empty() {
                reach
            } else {
                Reach::OfMany
            });
            revocation.ended.push(*session);
            revocation.ended.extend(end.others.sessions);
            revocation.damaged = end.others.damaged;
        }
        Ending::Before { ended, session } => {
            revocation.already = Some(ended);
            revocation.had_ended = session.map(|session| *session);
        }
        Ending::Nothing => return Ok(nothing(typed, place)?),
    }
    Ok(revocation)
}

fn ends_nothing(profile: &Profile) -> Problem {
    Problem::OutOfReach {
        message: format!(
            "a token of {} can't be revoked: its server ends nothing (revoke.ends)",
            profile.name()
        ),
        hint: "to end its session in this store all the same: --set revoke.ends=session",
    }
}

/// Such a token names no session, and not even its own server looks it up.
fn out_of_reach(token: &Unverified, profile: &Profile, now: Timestamp) -> Problem {
    let until = token
        .claims()
        .and_then(|claims| crate::cli::outcome::date(claims, "exp"));
    let until = until.map_or_else(
        || "it never expires".to_owned(),
        |exp| format!("it stays usable until {}", words::moment(exp, now)),
    );
    Problem::OutOfReach {
        message: format!(
            "an access token of {} can't be revoked: {until}",
            profile.base()
        ),
        hint: "revoke the refresh token that was issued with it, so that no further access token can be issued",
    }
}

/// Asks at a terminal which live session to end, if none was named. `None` if there is no live session: then a token is asked for instead.
fn choose(place: &StorePlace, context: &mut Context<'_, '_>) -> anyhow::Result<Option<SessionKey>> {
    /// With more sessions than this, nobody would read the list: `session list` and an id are better.
    const MOST: usize = 30;
    let Some(opened) = place.read(context)? else {
        return Ok(None);
    };
    let live = Selection {
        states: vec![State::Live],
        now: Some(context.now),
        ..Selection::default()
    };
    let live = opened.store().listing(&live);
    let live = live.map_err(|error| opened.failed(error))?.sessions;
    if live.is_empty() || live.len() > MOST {
        return Ok(None);
    }
    let options: Vec<String> = live
        .iter()
        .map(|session| {
            let text = format!(
                "{} of {} ({}), used {}",
                words::shortened(&session.key.id, 64),
                words::shortened(session.user.as_deref().unwrap_or("nobody"), 64),
                session.profile,
                words::distance(session.last_used_at, context.now)
            );
            paint::shown(&text).into_owned()
        })
        .collect();
    let chosen = context.world.prompts.choose("which session", &options);
    let chosen = chosen.map_err(Problem::from)?;
    Ok(live.get(chosen).map(|session| session.key.clone()))
}

fn selection(
    typed: &args::revoke::RevokeArgs,
    context: &Context<'_, '_>,
) -> anyhow::Result<Selection> {
    let name = |name: &Option<args::values::Name>| name.as_ref().map(|one| one.as_str().to_owned());
    let selection = Selection {
        id: name(&typed.session),
        issuer: typed_issuer(typed.iss.as_ref().map(Name::as_str), typed.no_iss),
        user: name(&typed.user),
        began_before: resolve::document::moment(
            typed.issued_before.as_ref(),
            "--issued-before",
            context.now,
        )?,
        ..Selection::default()
    };
    Ok(selection)
}

fn selected(
    typed: &args::revoke::RevokeArgs,
    selection: &Selection,
    named: Option<&Profile>,
    place: &StorePlace,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Revocation> {
    if selection.user.is_some()
        && let Some(named) = named
    {
        refuse_user_of(named)?;
    }
    // Open the store for writing before asking: if that fails, the question is pointless.
    let opened = if typed.dry_run {
        place.read(context)?
    } else {
        place.write_if_there(context)?
    };
    let Some(opened) = opened else {
        return Ok(nothing(typed, place)?);
    };
    if selection.user.is_some()
        && let Some(server) = opened.store().server()
    {
        refuse_user_unless(server.lists_tokens_of_users(), &place.shown)?;
    }
    let found = opened.store().listing(selection);
    let Listing {
        sessions: found,
        damaged,
    } = found.map_err(|error| opened.failed(error))?;
    if typed.session.is_some() && found.len() > 1 {
        let keys = found.into_iter().map(|session| session.key).collect();
        let several = StoreError::Ambiguous(keys);
        return Err(opened.failed(several).into());
    }
    let (ended, live): (Vec<Session>, Vec<Session>) = found
        .into_iter()
        .partition(|session| session.ended.is_some());
    let now = moment(context);
    let families = opened.store().keeps_families();
    // A server lists tokens, and an expired token has nothing left to end.
    let live: Vec<Session> = live
        .into_iter()
        .filter(|session| families || !session.guards_until.has_passed(now))
        .collect();
    let mut revocation = Revocation::nothing(&place.shown, typed.dry_run);
    revocation.may_miss = selection.user.is_some() && families;
    if live.is_empty() {
        if ended.is_empty() {
            return match damaged.into_iter().next() {
                Some(record) => Err(opened.failed(StoreError::DamagedRecord(record)).into()),
                None => Ok(nothing(typed, place)?),
            };
        }
        revocation.damaged = damaged;
        if let [one] = &ended[..] {
            revocation.already = one.ended;
        }
        revocation.had_ended = ended.into_iter().next();
        revocation.all_had_ended = true;
        return Ok(revocation);
    }
    if live.len() > 1 && !typed.dry_run {
        let question = question(&live, typed, place, context.now);
        ask(typed.yes, &question, context)?;
    }
    revocation.reach = Some(match opened.store().server() {
        // The server checks its list, but not for an access token.
        Some(server) => {
            let ttl = named.map_or_else(|| server.access_ttl(), Profile::access_ttl);
            Reach::AccessTokensAnywhere(ttl)
        }
        None => Reach::OfMany,
    });
    // One damaged record is no reason to let the others live.
    let done = if typed.dry_run {
        Listing {
            sessions: live,
            damaged,
        }
    } else {
        let at = moment(context);
        let done = opened.store().end(selection, at);
        done.map_err(|error| opened.failed(error))?
    };
    (revocation.ended, revocation.damaged) = (done.sessions, done.damaged);
    Ok(revocation)
}

/// Some blacklists hold single tokens and know no user's other tokens. To end them all, change the key that signed them.
fn refuse_user_of(profile: &Profile) -> Result<(), Problem> {
    match &profile.server {
        Some(server) => refuse_user_unless(server.lists_tokens_of_users(), profile.name()),
        None => Ok(()),
    }
}

fn refuse_user_unless(listed: bool, name: &str) -> Result<(), Problem> {
    if listed {
        return Ok(());
    }
    Err(Problem::OutOfReach {
        message: format!("{name} keeps no list of a user's tokens, so --user can't find them"),
        hint: "revoke each token with jwtsess revoke TOKEN, or change the user's key (JWT_GET_USER_SECRET_KEY) or everyone's",
    })
}

fn question(
    live: &[Session],
    typed: &args::revoke::RevokeArgs,
    place: &StorePlace,
    now: Timestamp,
) -> String {
    let of = match &typed.user {
        Some(user) => format!(" of {}", user.as_str()),
        None => String::new(),
    };
    let newest = live
        .iter()
        .map(|session| session.last_used_at)
        .max()
        .unwrap_or(now);
    format!(
        "end {} sessions{of} in {}, the newest used {}?",
        live.len(),
        place.shown,
        words::moment(newest, now)
    )
}

fn ask(answered: bool, question: &str, context: &mut Context<'_, '_>) -> Result<(), Problem> {
    if answered {
        return Ok(());
    }
    if !context.can_ask() {
        return Err(Problem::usage_with(
            format!("this needs confirmation, and there is no terminal to ask at: {question}"),
            "to confirm: --yes; to see what would end: --dry-run",
        ));
    }
    let question = paint::shown(question).into_owned();
    match context.world.prompts.confirm(&question) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::Declined),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests;
