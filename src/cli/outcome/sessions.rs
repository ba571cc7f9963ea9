//! Sessions, as the store knows them: data without words.
use super::{Changed, Judged};
use crate::core::profile::Profile;
use crate::core::time::Span;
use crate::core::verdict::Class;
use crate::session::family::{Ended, Expiry, Family, Session, State};
use crate::session::store::Purged;

/// What the store knows of a token's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The session's id.
    pub id: String,
    /// What it is.
    pub state: SeenState,
    /// Which of its generations the token is, where it is recorded.
    pub generation: Option<u32>,
    /// How many were recorded.
    pub generations: u32,
    /// The store, as it is said; none where none was asked.
    pub store: Option<String>,
}

/// A session's state, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenState {
    /// The store knows it.
    Known(State),
    /// The store does not know it.
    Unknown,
}

impl SeenState {
    /// The stable word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Known(state) => state.name(),
            Self::Unknown => "unknown",
        }
    }
}

impl Seen {
    /// That it was changed in the store, and how to get at what was not delivered.
    #[must_use]
    pub fn changed(&self, how: &str) -> Changed {
        Changed {
            what: format!("session {} {how}", self.id),
            recovery: format!(
                "its current tokens are issued again by jwtsess rotate --session {}",
                self.word()
            ),
        }
    }
    /// Its id where a shell takes it as it is, to be copied; else a word for it.
    #[must_use]
    pub fn word(&self) -> &str {
        let plain = |one: char| one.is_ascii_alphanumeric() || "._-".contains(one);
        let fits = self.id.len() <= 64
            && self
                .id
                .starts_with(|first: char| first.is_ascii_alphanumeric())
            && self.id.chars().all(plain);
        if fits { &self.id } else { "ID" }
    }
}

/// What revoking came to.
#[derive(Debug)]
pub struct Revocation {
    /// The token that named the session, where one was given and had to hold.
    pub judged: Option<Judged>,
    /// The store, as it is said.
    pub store: String,
    /// Whether it was only rehearsed.
    pub rehearsed: bool,
    /// The sessions that were ended, or would be.
    pub ended: Vec<Session>,
    /// When what was named had ended before.
    pub already: Option<Ended>,
    /// A session that had.
    pub had_ended: Option<Session>,
    /// Whether there were such, and nothing else.
    pub all_had_ended: bool,
    /// What stays usable.
    pub reach: Option<Reach>,
}

/// What of an ended session stays usable, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Where the store is not asked, the token itself, until then.
    Token(Expiry),
    /// Where the store is not asked, access tokens of the session: so long at most.
    AccessTokens(Span),
    /// Access tokens anywhere, since their server looks none up: so long at most.
    AccessTokensAnywhere(Span),
    /// Where the store is not asked, the tokens of all of them.
    OfMany,
}

impl Reach {
    /// Of one session.
    #[must_use]
    pub fn of(profile: &Profile, session: &Session, token: Expiry, alone: bool) -> Self {
        match (profile.is_pair(), alone) {
            (true, true) => Self::AccessTokensAnywhere(profile.access_ttl),
            (true, false) => Self::AccessTokens(profile.access_ttl),
            (false, _) => Self::Token(session.idle_end.max(token)),
        }
    }
}

impl Revocation {
    /// Nothing yet.
    #[must_use]
    pub fn nothing(store: &str, rehearsed: bool) -> Self {
        Self {
            judged: None,
            store: store.to_owned(),
            rehearsed,
            ended: Vec::new(),
            already: None,
            had_ended: None,
            all_had_ended: false,
            reach: None,
        }
    }
    /// Why the token was refused, if it was.
    #[must_use]
    pub fn refusal(&self) -> Option<Class> {
        self.judged.as_ref()?.verdict.class()
    }
}

/// `session list`.
#[derive(Debug)]
pub struct SessionList {
    /// The store, as it is said; none where it is not there yet.
    pub store: Option<String>,
    /// The sessions, the last used first.
    pub sessions: Vec<Session>,
}

/// `session show`.
#[derive(Debug)]
pub struct SessionShown {
    /// The store, as it is said.
    pub store: String,
    /// The session with all its generations.
    pub family: Family,
}

/// `session purge`.
#[derive(Debug)]
pub struct SessionPurge {
    /// The store, as it is said; none where it is not there yet.
    pub store: Option<String>,
    /// Whether it was only rehearsed.
    pub rehearsed: bool,
    /// What was removed, and what stays.
    pub purged: Purged,
}

impl Revocation {
    pub(super) fn changed(&self) -> Option<Changed> {
        let ended = self.ended.len();
        (ended > 0 && !self.rehearsed).then(|| Changed {
            what: format!("{ended} of the store's sessions ended"),
            recovery: "which they are is told by jwtsess session list --state revoked".to_owned(),
        })
    }
}

impl SessionPurge {
    pub(super) fn changed(&self) -> Option<Changed> {
        let removed = self.purged.sessions;
        (removed > 0 && !self.rehearsed).then(|| Changed {
            what: format!("{removed} sessions were removed"),
            recovery: "what stays is told by jwtsess session list".to_owned(),
        })
    }
}
