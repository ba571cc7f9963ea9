//! Sessions as JSON.
use serde::Serialize;

use crate::cli::error::store_failure;
use crate::cli::outcome::sessions::{
    Reach, Revocation, SessionDetail, SessionInit, SessionPurge, StoreBefore,
};
use crate::core::time::Timestamp;
use crate::session::family::{Expiry, Generation, Session};
use crate::session::service::records::SessionView;
use crate::session::store::{DamagedRecord, StoreError};

#[derive(Serialize)]
pub(super) struct SessionStateJson {
    id: String,
    state: &'static str,
    generation: Option<u32>,
    store: Option<String>,
}

pub(super) fn seen(seen: &SessionView) -> SessionStateJson {
    SessionStateJson {
        id: seen.id.clone(),
        state: seen.state.name(),
        generation: seen.generation,
        store: seen.store.clone(),
    }
}

#[derive(Serialize)]
pub(super) struct StoreJson {
    name: String,
    made: bool,
    upgraded: bool,
}

pub(super) fn store(init: &SessionInit) -> StoreJson {
    StoreJson {
        name: init.store.clone(),
        made: init.was == StoreBefore::Missing,
        upgraded: init.was == StoreBefore::BroughtUp,
    }
}

#[derive(Serialize)]
pub(super) struct SessionJson {
    id: String,
    issuer: Option<String>,
    user: Option<String>,
    profile: String,
    state: &'static str,
    generations: u32,
    began_at: i64,
    last_used_at: i64,
    expires_at: Option<i64>,
    ends_at: Option<i64>,
    ended_at: Option<i64>,
    kept_until: Option<i64>,
}

fn seconds(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::seconds)
}

fn expiry(expiry: Expiry) -> Option<i64> {
    seconds(expiry.moment())
}

pub(super) fn listed(session: &Session, now: Timestamp) -> SessionJson {
    SessionJson {
        id: session.key.id.clone(),
        issuer: session.key.issuer.clone(),
        user: session.user.clone(),
        profile: session.profile.clone(),
        state: session.state(now).name(),
        generations: session.generations,
        began_at: session.began_at.seconds(),
        last_used_at: session.last_used_at.seconds(),
        expires_at: expiry(session.idle_end),
        ends_at: seconds(session.absolute_end),
        ended_at: seconds(session.ended.map(|ended| ended.at)),
        kept_until: expiry(session.guards_until),
    }
}

#[derive(Serialize)]
pub(super) struct DamagedJson {
    code: &'static str,
    session: Option<String>,
    message: String,
    hint: Option<String>,
}

pub(super) fn damaged(record: &DamagedRecord) -> DamagedJson {
    let failure = store_failure(&StoreError::DamagedRecord(record.clone()));
    DamagedJson {
        code: failure.code,
        session: record.session.clone(),
        message: record.to_string(),
        hint: failure.hint,
    }
}

#[derive(Serialize)]
pub(super) struct FamilyJson {
    store: String,
    #[serde(flatten)]
    session: SessionJson,
    tokens: Vec<GenerationJson>,
}

#[derive(Serialize)]
struct GenerationJson {
    generation: u32,
    parent: Option<u32>,
    jti: Option<String>,
    issued_at: Option<i64>,
    expires_at: Option<i64>,
    recorded_at: i64,
    used_at: Option<i64>,
    retired_at: Option<i64>,
    revoked_at: Option<i64>,
}

pub(super) fn family(shown: &SessionDetail, now: Timestamp) -> FamilyJson {
    let token = |generation: &Generation| GenerationJson {
        generation: generation.number,
        parent: generation.parent,
        jti: generation.token.id.clone(),
        issued_at: seconds(generation.token.issued_at),
        expires_at: expiry(generation.token.expires_at),
        recorded_at: generation.recorded_at.seconds(),
        used_at: seconds(generation.used_at),
        retired_at: seconds(generation.retired_at),
        revoked_at: seconds(generation.revoked_at),
    };
    FamilyJson {
        store: shown.store.clone(),
        session: listed(&shown.family.session, now),
        tokens: shown.family.generations.iter().map(token).collect(),
    }
}

#[derive(Serialize)]
pub(super) struct PurgeJson {
    store: Option<String>,
    dry_run: bool,
    sessions: u64,
    tokens: u64,
    kept: u64,
    kept_for_ever: u64,
    next_at: Option<i64>,
}

pub(super) fn purged(purge: &SessionPurge) -> PurgeJson {
    PurgeJson {
        store: purge.store.clone(),
        dry_run: purge.rehearsed,
        sessions: purge.purged.sessions,
        tokens: purge.purged.tokens,
        kept: purge.purged.guarding,
        kept_for_ever: purge.purged.for_ever,
        next_at: seconds(purge.purged.next),
    }
}

#[derive(Serialize)]
pub(super) struct RevocationJson {
    store: String,
    dry_run: bool,
    had_ended: bool,
    sessions: Vec<SessionJson>,
    usable_until: Option<i64>,
}

/// Reports what `revoke` did. From `usable_until` on, no token of what was ended can be used any more. It is null if that can't be told.
pub(super) fn revoked(revocation: &Revocation, now: Timestamp) -> RevocationJson {
    let usable_until = match revocation.reach {
        Some(Reach::Token(until)) => expiry(until),
        Some(Reach::AccessTokens(span) | Reach::AccessTokensAnywhere(span)) => {
            Some(now.plus(span).seconds())
        }
        Some(Reach::OfMany) | None => None,
    };
    let sessions = revocation.ended.iter();
    RevocationJson {
        store: revocation.store.clone(),
        dry_run: revocation.rehearsed,
        had_ended: revocation.had_ended.is_some() || revocation.already.is_some(),
        sessions: sessions.map(|session| listed(session, now)).collect(),
        usable_until,
    }
}
