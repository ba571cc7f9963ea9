//! Where sessions are kept: what every store does, how it fails, and the contract that each adapter passes.
#[cfg(test)]
pub(crate) mod tests;

use crate::core::secret::Fingerprint;
use crate::core::server::{Database, Stack, User};
use crate::core::time::Timestamp;

use super::family::{Change, Expiry, Family, Origin, Ruling, Session, SessionKey, State};

/// Why a store did not do what it was asked. Whatever it was, nothing of it was written, but for [`StoreError::Uncertain`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is none, and none was to be made.
    #[error("there is no store")]
    Missing,
    /// It could not be opened or reached: the system's words.
    #[error("it can't be opened: {0}")]
    Unreachable(String),
    /// What is there is no session store.
    #[error("it is no session store that jwtsess knows: {0}")]
    Foreign(String),
    /// What is there was a session store, and can't be relied on: what is wrong.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// It was written by a newer jwtsess.
    #[error("its schema is version {found}, and this jwtsess knows up to {known}")]
    Newer {
        /// The version that it has.
        found: i64,
        /// The latest that is known here.
        known: i64,
    },
    /// It can be read and not written.
    #[error("it can't be written: {0}")]
    ReadOnly(String),
    /// There is no space left.
    #[error("there is no space left for it")]
    Full,
    /// Others held it for longer than is waited for.
    #[error("it is in use by another process")]
    Busy,
    /// A session or a token of that id is there already.
    #[error("{0} is there already")]
    Taken(&'static str),
    /// Several sessions, of different issuers, have that id.
    #[error("several issuers have a session of that id")]
    Ambiguous(Vec<SessionKey>),
    /// It has no place for what was asked.
    #[error("it can't {0}")]
    Unsupported(&'static str),
    /// The connection broke while the change was being committed, and there is no other to look what became of it.
    #[error("whether the change was made is not known: {0}")]
    Uncertain(String),
    /// Something else: the system's words.
    #[error("{0}")]
    Other(String),
}

/// How a family is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// By a token: the family that it is recorded in, else the one of its session's id.
    Token {
        /// The token.
        fingerprint: Fingerprint,
        /// Its own id (`jti`), for tables that know no fingerprint.
        id: Option<String>,
        /// The session that it says it is of.
        key: SessionKey,
        /// See [`Origin::shared`].
        shared: bool,
    },
    /// By the session's id, whatever its issuer.
    Session(String),
}

impl Lookup {
    /// Of a token.
    #[must_use]
    pub fn token(token: &super::family::Token, origin: &Origin) -> Self {
        Self::Token {
            fingerprint: token.fingerprint,
            id: token.id.clone(),
            key: origin.key.clone(),
            shared: origin.shared,
        }
    }
    /// Whether what was found by the fingerprint and what was found by the session's id agree: an index that lost an entry must not make a token
    /// unknown.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub fn cross_check(
        &self,
        by_token: Option<&SessionKey>,
        by_session: Option<&SessionKey>,
    ) -> Result<(), StoreError> {
        let Self::Token { key, shared, .. } = self else {
            return Ok(());
        };
        match (by_token, by_session) {
            // An id that is the first token's own: that token is recorded, so its fingerprint has to lead there, and no other's does.
            (None, Some(_)) if !shared => Err(StoreError::Damaged(
                "a session's first token is not in it".to_owned(),
            )),
            (Some(found), None) if *shared => Err(StoreError::Damaged(format!(
                "a token of session {} is recorded under session {}",
                key.id, found.id
            ))),
            (Some(left), Some(right)) if left != right => Err(StoreError::Damaged(format!(
                "a token is recorded under session {}, and its id under session {}",
                left.id, right.id
            ))),
            _ => Ok(()),
        }
    }
}

/// What an update came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The decision that was carried out.
    pub change: Change,
    /// The family as it is now, as far as it was loaded; none where the store has none.
    pub family: Option<Family>,
}

impl Applied {
    /// What to tell.
    #[must_use]
    pub const fn ruling(&self) -> Ruling {
        self.change.ruling
    }
}

/// Which sessions; everything that is set has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Of that id.
    pub id: Option<String>,
    /// Of that issuer.
    pub issuer: Option<String>,
    /// Of that user.
    pub user: Option<String>,
    /// Begun before.
    pub began_before: Option<Timestamp>,
    /// In one of these states at [`Selection::now`]; none: in any.
    pub states: Vec<State>,
    /// The moment that states are told at.
    pub now: Option<Timestamp>,
}

impl Selection {
    /// Whether a session is one of them.
    #[must_use]
    pub fn takes(&self, session: &Session) -> bool {
        fn is<T: PartialEq>(asked: Option<&T>, has: Option<&T>) -> bool {
            asked.is_none() || asked == has
        }
        let now = self.now.unwrap_or(session.last_used_at);
        is(self.id.as_ref(), Some(&session.key.id))
            && is(self.issuer.as_ref(), session.key.issuer.as_ref())
            && is(self.user.as_ref(), session.user.as_ref())
            && self
                .began_before
                .is_none_or(|before| session.began_at < before)
            && (self.states.is_empty() || self.states.contains(&session.state(now)))
    }
}

/// What a clean-up removed or would remove, and what it kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Sessions removed.
    pub sessions: u64,
    /// Their tokens.
    pub tokens: u64,
    /// Sessions kept because one of their tokens could still verify, or come back.
    pub guarding: u64,
    /// Sessions kept for ever: they guard a token without `exp`.
    pub for_ever: u64,
    /// When the next could be removed.
    pub next: Option<Timestamp>,
}

impl Purged {
    /// Counts a session that stays.
    pub fn keep(&mut self, guards_until: Expiry) {
        match guards_until {
            Expiry::Never => self.for_ever += 1,
            Expiry::At(at) => {
                self.guarding += 1;
                self.next = Some(self.next.map_or(at, |next| next.min(at)));
            }
        }
    }
}

/// A store of sessions. Each method is one transaction, and has reached the disk when it returns.
///
/// Moments are kept to the microsecond.
pub trait Store {
    /// Records a session at its login.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where its key or a token of it is there already.
    fn create(&mut self, family: &Family) -> Result<(), StoreError>;

    /// Loads a family under a lock, calls `decide`, writes what [`apply`](super::family::apply) makes of it, commits.
    ///
    /// What is loaded may be a part: the session, its current generations, the token's own generation with its parent and its successors. `decide` may be
    /// called again where the database asks for the transaction to be repeated; what it returned last is what was committed.
    ///
    /// # Errors
    /// See [`StoreError`]; [`StoreError::Taken`] where the change adds a token that is recorded already.
    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<Applied, StoreError>;

    /// Reads a family, whole, without a lock.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError>;

    /// The sessions of a selection, the last used first.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn list(&mut self, selection: &Selection) -> Result<Vec<Session>, StoreError>;

    /// Ends the sessions of a selection that have not ended, all or none of them, and says which.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Vec<Session>, StoreError>;

    /// Removes the sessions whose record guards nothing at `now` any more ([`Session::guards_until`]); with `rehearse`, only counts them.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<Purged, StoreError>;

    /// Whether it keeps which token was rotated into which, so that reuse can end a family. Django's tables do not.
    fn keeps_families(&self) -> bool {
        true
    }

    /// The server whose own tables these are, where they are one's.
    fn server(&mut self) -> Option<&mut dyn ServerTables> {
        None
    }
}

/// What a server's own tables know besides sessions.
pub trait ServerTables {
    /// The server's stack.
    fn stack(&self) -> Stack;

    /// The user of that name, else of that id.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn user(&mut self, name: &str) -> Result<Option<User>, StoreError>;

    /// Hands over what the server's answers hang on: all users, and the blacklist.
    ///
    /// # Errors
    /// See [`StoreError`]; what `ask` made of it is not to be relied on then.
    fn with_database(&mut self, ask: &mut dyn FnMut(&Database<'_>)) -> Result<(), StoreError>;
}

/// Puts sessions in the order of [`Store::list`].
pub fn in_order(sessions: &mut [Session]) {
    sessions.sort_by(|left, right| {
        right
            .last_used_at
            .cmp(&left.last_used_at)
            .then_with(|| left.key.cmp(&right.key))
    });
}

/// The change that [`Store::end`] makes to each of its sessions.
#[must_use]
pub fn ending(session: &Session, now: Timestamp) -> Option<Change> {
    session.ended.is_none().then(|| Change {
        ruling: Ruling::Revoked,
        steps: vec![super::family::Step::End(super::family::Why::Revoked)],
        at: now.max(session.last_used_at),
        clock_back: None,
    })
}
