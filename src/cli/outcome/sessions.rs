//! Sessions as the store knows them: data without words.
use super::change::DiskChange;
use crate::core::verdict::Class;
use crate::session::family::{Family, Session, SessionEnd};
pub(crate) use crate::session::service::end::Reach;
use crate::session::service::judged_token::JudgedToken;
use crate::session::service::records::SessionView;
use crate::session::store::{DamagedRecord, Listing, PurgeSummary};

/// That a session was changed in the store, and how to get at what was not delivered.
#[must_use]
pub(crate) fn changed(session: &SessionView, how: &str) -> DiskChange {
    let id = &session.id;
    DiskChange {
        what: format!("session {id} {how}"),
        recovery: format!(
            "to print its current tokens again: jwtsess rotate --session {}",
            word(id)
        ),
    }
}

/// A session's id where a shell takes it as it is, to be copied; else a word for it.
#[must_use]
pub(crate) fn word(id: &str) -> &str {
    let plain = |one: char| one.is_ascii_alphanumeric() || "._-".contains(one);
    let fits = id.len() <= 64
        && id.starts_with(|first: char| first.is_ascii_alphanumeric())
        && id.chars().all(plain);
    if fits { id } else { "ID" }
}

/// The result of `revoke`.
#[derive(Debug)]
pub(crate) struct Revocation {
    /// The token that named the session, if one was given and had to be valid.
    pub judged: Option<JudgedToken>,
    /// The store, in words that are safe to print.
    pub store: String,
    /// Whether it was only rehearsed.
    pub rehearsed: bool,
    /// The sessions that were ended, or would be.
    pub ended: Vec<Session>,
    /// The sessions that were not ended because their record is damaged.
    pub damaged: Vec<DamagedRecord>,
    /// When the named session had already ended.
    pub already: Option<SessionEnd>,
    /// A session that had already ended.
    pub had_ended: Option<Session>,
    /// Whether there were only such sessions.
    pub all_had_ended: bool,
    /// What stays usable.
    pub reach: Option<Reach>,
    /// Whether the user may have logins that were not recorded, and so were not found.
    pub may_miss: bool,
}

impl Revocation {
    /// Nothing yet.
    #[must_use]
    pub(crate) fn nothing(store: &str, rehearsed: bool) -> Self {
        Self {
            judged: None,
            store: store.to_owned(),
            rehearsed,
            ended: Vec::new(),
            damaged: Vec::new(),
            already: None,
            had_ended: None,
            all_had_ended: false,
            reach: None,
            may_miss: false,
        }
    }
    /// Why the token was refused, if it was.
    #[must_use]
    pub(crate) fn refusal(&self) -> Option<Class> {
        self.judged.as_ref()?.verdict.class()
    }
}

/// `session init`.
#[derive(Debug)]
pub(crate) struct SessionInit {
    /// The store, in words that are safe to print.
    pub store: String,
    /// What was there, and what became of it.
    pub was: StoreBefore,
}

/// What `session init` found, and made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreBefore {
    /// There was no store, and one was made.
    Missing,
    /// There was a sound one.
    Sound,
    /// There was one of an older schema, which stays as it is.
    Old,
    /// There was one of an older schema, which was brought up to date.
    BroughtUp,
}

/// `session list`.
#[derive(Debug)]
pub(crate) struct SessionList {
    /// The store, in words that are safe to print. `None` if it does not exist yet.
    pub store: Option<String>,
    /// The sessions, and the records that can't be read.
    pub found: Listing,
}

/// `session show`.
#[derive(Debug)]
pub(crate) struct SessionDetail {
    /// The store, in words that are safe to print.
    pub store: String,
    /// The session with all its generations.
    pub family: Family,
}

/// `session purge`.
#[derive(Debug)]
pub(crate) struct SessionPurge {
    /// The store, in words that are safe to print. `None` if it does not exist yet.
    pub store: Option<String>,
    /// Whether it was only rehearsed.
    pub rehearsed: bool,
    /// What was removed, and what stays.
    pub purged: PurgeSummary,
}

impl Revocation {
    pub(super) fn changed(&self) -> Option<DiskChange> {
        let ended = self.ended.len();
        (ended > 0 && !self.rehearsed).then(|| DiskChange {
            what: format!("{ended} of the store's sessions were ended"),
            recovery: "to list them: jwtsess session list --state revoked".to_owned(),
        })
    }
}

impl SessionPurge {
    pub(super) fn changed(&self) -> Option<DiskChange> {
        let removed = self.purged.sessions;
        (removed > 0 && !self.rehearsed).then(|| DiskChange {
            what: format!("{removed} sessions were removed"),
            recovery: "to list those that stay: jwtsess session list".to_owned(),
        })
    }
}
