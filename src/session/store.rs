//! The session store: what every store does, how it can fail, and the contract that each adapter passes.
mod ids;
#[cfg(test)]
pub(crate) mod tests;

use crate::core::emulator::{DatabaseView, ServerUser};
use crate::core::secret::Fingerprint;
use crate::core::time::{Span, Timestamp};

use super::family::{Change, Expiry, Family, Ruling, Session, SessionClaims, SessionKey, State};

pub(crate) use ids::{MOST_IDS, StoreIds};

/// Why a store did not do what it was asked. Nothing was written, except perhaps with [`StoreError::Uncertain`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no store, and the caller did not ask to make one.
    #[error("it does not exist")]
    Missing,
    /// It could not be opened or reached. Holds the system's words.
    #[error("it can't be opened: {0}")]
    Unreachable(String),
    /// The server lets nobody in under that role, or has no such database. Holds the server's words.
    #[error("it can't be opened: {0}")]
    NoLogin(String),
    /// The role may not use the tables. Holds what it may not use.
    #[error("it can't be opened: {0}")]
    NoRights(String),
    /// What is there is no session store. Holds what it is.
    #[error("it is not a session store that jwtsess knows: {0}")]
    Foreign(String),
    /// It was a session store, but it can't be trusted any more. Holds what is wrong.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// One session's record can't be trusted any more; the others can.
    #[error("{0}")]
    DamagedRecord(DamagedRecord),
    /// It has a second name, under which its locks do not hold. Holds which.
    #[error("{0}, and under a second name its locks don't hold")]
    TwoNames(&'static str),
    /// It was written by a newer jwtsess.
    #[error("its schema has version {found}, but this jwtsess knows only up to {known}")]
    Newer {
        /// The version of the store.
        found: i64,
        /// The latest version that this jwtsess knows.
        known: i64,
    },
    /// It can be read but not written. Holds the reason.
    #[error("it can't be written: {0}")]
    ReadOnly(String),
    /// What was written is not what is there: something in the database has changed or dropped it. Holds the table.
    #[error("the database did not keep what was written to {0}")]
    NotKept(String),
    /// There is no space left.
    #[error("there is no space left for it")]
    Full,
    /// Other processes held it for longer than we wait.
    #[error("another process is using it")]
    Busy,
    /// The store already has a session or a token with that id.
    #[error("it already has {0}")]
    Taken(&'static str),
    /// It has another session's token with the same id. Holds that session's id.
    #[error("it has a token with the same jti in another session, {0}")]
    Collision(String),
    /// Several sessions, of different issuers, have that id.
    #[error("several issuers have a session with that id")]
    Ambiguous(Vec<SessionKey>),
    /// The store has no place for what was asked. Holds what it can't do.
    #[error("it can't {0}")]
    Unsupported(&'static str),
    /// The connection broke during the commit, and no other connection could find out whether the change was kept.
    #[error("jwtsess can't tell whether the change was made: {0}")]
    Uncertain(String),
    /// Another failure. Holds the system's words.
    #[error("{0}")]
    Other(String),
}

impl StoreError {
    /// Whether it is about the session that was asked for alone: another one can be written all the same.
    #[must_use]
    pub(crate) const fn is_of_one_session(&self) -> bool {
        matches!(
            self,
            Self::Taken(_) | Self::Collision(_) | Self::Ambiguous(_) | Self::DamagedRecord(_)
        )
    }
    /// The same where what is damaged is one session's record, by the id that it has or had.
    #[must_use]
    pub(crate) fn of_record(self, session: Option<&str>) -> Self {
        match self {
            Self::Damaged(what) => Self::DamagedRecord(DamagedRecord {
                session: session.map(str::to_owned),
                what,
            }),
            other => other,
        }
    }
}

/// The record of one session, which can't be trusted any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedRecord {
    /// The session's id, as far as it can be read.
    pub session: Option<String>,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for DamagedRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.session {
            Some(session) => write!(f, "its record of session {session} is damaged: ")?,
            None => f.write_str("its record of one session is damaged: ")?,
        }
        f.write_str(&self.what)
    }
}

/// How to find a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// By a token: the family in which it is recorded, otherwise the one with its session's id.
    Token {
        /// The token's fingerprint.
        fingerprint: Fingerprint,
        /// Its own id (`jti`), for tables that know no fingerprint.
        id: Option<String>,
        /// The session to which the token says it belongs.
        key: SessionKey,
        /// See [`SessionClaims::shared`].
        shared: bool,
    },
    /// By the session's id, whatever its issuer.
    Session(String),
    /// By the session's id under its issuer.
    Key(SessionKey),
}

impl Lookup {
    /// Looks for a session by its id and its issuer.
    #[must_use]
    pub(crate) fn session(id: &str, issuer: IssuerFilter) -> Self {
        let id = id.to_owned();
        let issuer = match issuer {
            IssuerFilter::Any => return Self::Session(id),
            IssuerFilter::None => None,
            IssuerFilter::Is(issuer) => Some(issuer),
        };
        Self::Key(SessionKey { issuer, id })
    }
    /// Looks for the family of a token.
    #[must_use]
    pub fn token(token: &super::family::SessionToken, origin: &SessionClaims) -> Self {
        Self::Token {
            fingerprint: token.fingerprint,
            id: token.id.clone(),
            key: origin.key.clone(),
            shared: origin.shared,
        }
    }
    /// Whether a store that has these may answer with a family or a failure.
    #[must_use]
    pub(crate) fn may_be_in(&self, ids: &StoreIds) -> bool {
        match self {
            Self::Token {
                fingerprint, key, ..
            } => ids.may_have(fingerprint, &key.fingerprint()),
            Self::Key(_) | Self::Session(_) => true,
        }
    }
    /// Checks that the fingerprint and the session's id lead to the same session. Without this check, an index that lost an entry would make a token unknown.
    ///
    /// # Errors
    /// [`StoreError::Collision`] if the token is recorded under another session, [`StoreError::DamagedRecord`] if its session lacks it.
    pub fn cross_check(
        &self,
        by_token: Option<&SessionKey>,
        by_session: Option<&SessionKey>,
    ) -> Result<(), StoreError> {
        let Self::Token { shared, .. } = self else {
            return Ok(());
        };
        match (by_token, by_session) {
            // The session's id is the id of its first token, and that token is recorded. Finding the session but not the fingerprint means that the index is
            // damaged.
            (None, Some(own)) if !shared => {
                let missing = StoreError::Damaged("its first token is missing".to_owned());
                Err(missing.of_record(Some(&own.id)))
            }
            // Whoever issues tokens may give two of them the same id, so this is no damage.
            (Some(found), None) if *shared => Err(StoreError::Collision(found.id.clone())),
            (Some(found), Some(own)) if found != own => {
                Err(StoreError::Collision(found.id.clone()))
            }
            _ => Ok(()),
        }
    }
}

/// The result of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateResult {
    /// The decision that was carried out.
    pub change: Change,
    /// The family after the change, as far as it was loaded. `None` if the store has none.
    pub family: Option<Family>,
}

impl UpdateResult {
    /// What to tell the caller.
    #[must_use]
    pub const fn ruling(&self) -> Ruling {
        self.change.ruling
    }
}

/// Selects sessions by the issuer of their tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum IssuerFilter {
    /// Whatever it is.
    #[default]
    Any,
    /// Tokens without an issuer.
    None,
    /// This one.
    Is(String),
}

impl IssuerFilter {
    /// Exactly this one, or none.
    #[must_use]
    pub(crate) fn exactly(issuer: Option<String>) -> Self {
        issuer.map_or(Self::None, Self::Is)
    }
    /// This one, or any if there is none.
    #[must_use]
    pub(crate) fn if_named(issuer: Option<String>) -> Self {
        issuer.map_or(Self::Any, Self::Is)
    }
    fn takes(&self, issuer: Option<&str>) -> bool {
        match self {
            Self::Any => true,
            Self::None => issuer.is_none(),
            Self::Is(asked) => issuer == Some(asked),
        }
    }
    /// The issuer that is asked for.
    #[must_use]
    pub(crate) fn named(&self) -> Option<&String> {
        match self {
            Self::Is(asked) => Some(asked),
            Self::Any | Self::None => None,
        }
    }
}

/// Selects sessions. Every condition that is set has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The session's id.
    pub id: Option<String>,
    /// The issuer of its tokens.
    pub issuer: IssuerFilter,
    /// The user of its tokens.
    pub user: Option<String>,
    /// It began before this moment.
    pub began_before: Option<Timestamp>,
    /// It is in one of these states at [`Selection::now`]. Empty for any state.
    pub states: Vec<State>,
    /// The moment at which states are judged. `None` for each session's own last use.
    pub now: Option<Timestamp>,
}

impl Selection {
    /// Whether a session fulfils all conditions.
    #[must_use]
    pub fn takes(&self, session: &Session) -> bool {
        fn is<T: PartialEq>(asked: Option<&T>, has: Option<&T>) -> bool {
            asked.is_none() || asked == has
        }
        let now = self.now.unwrap_or(session.last_used_at);
        is(self.id.as_ref(), Some(&session.key.id))
            && self.issuer.takes(session.key.issuer.as_deref())
            && is(self.user.as_ref(), session.user.as_ref())
            && self
                .began_before
                .is_none_or(|before| session.began_at < before)
            && (self.states.is_empty() || self.states.contains(&session.state(now)))
    }
}

/// The sessions of a selection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Those that can be read, the last used first.
    pub sessions: Vec<Session>,
    /// Those that can't, as far as their rows still show that they may be of the selection.
    pub damaged: Vec<DamagedRecord>,
}

impl Listing {
    /// All sessions.
    ///
    /// # Errors
    /// [`StoreError::DamagedRecord`] if one of them can't be read.
    pub fn sound(self) -> Result<Vec<Session>, StoreError> {
        match self.damaged.into_iter().next() {
            None => Ok(self.sessions),
            Some(damaged) => Err(StoreError::DamagedRecord(damaged)),
        }
    }
}

/// Sets a record apart that is damaged; `None` in its place.
///
/// # Errors
/// Any other error.
pub(crate) fn set_apart<T>(
    read: Result<T, StoreError>,
    damaged: &mut Vec<DamagedRecord>,
) -> Result<Option<T>, StoreError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(StoreError::DamagedRecord(record)) => {
            damaged.push(record);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What a clean-up removed or would remove, and what it kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PurgeSummary {
    /// How many sessions were removed.
    pub sessions: u64,
    /// How many tokens these had.
    pub tokens: u64,
    /// How many sessions were kept because one of their tokens could still verify, or come back.
    pub guarding: u64,
    /// How many sessions are kept for ever, because they guard a token without `exp`.
    pub for_ever: u64,
    /// When the next of the kept sessions can be removed.
    pub next: Option<Timestamp>,
    /// The records that would have been removed, but stay because they can't be trusted.
    pub damaged: Vec<DamagedRecord>,
}

impl PurgeSummary {
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

/// One of the changes that [`Store::update_all`] commits together.
pub enum StoreJob<'j> {
    /// What [`Store::create`] does.
    Create(&'j Family),
    /// What [`Store::update`] does.
    Update(&'j Lookup, &'j mut dyn FnMut(Option<&Family>) -> Change),
}

/// What came of a job; `None` for a session that was created.
pub(crate) type JobOutcome = Result<Option<UpdateResult>, StoreError>;

/// A store of sessions. Each method is one transaction, whose changes have reached the disk when it returns.
///
/// Moments are kept to the microsecond.
pub trait Store: Send {
    /// Records a session at its login.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the store already has its key or one of its tokens.
    fn create(&mut self, family: &Family) -> Result<(), StoreError>;

    /// Loads a family under a lock, calls `decide`, writes the family that [`apply`](super::family::apply) makes of the change, and commits.
    ///
    /// The store may load only a part: the session, its current generations, and the token's own generation with its parent and its successors. What ends the
    /// session is applied to all generations that hold something signed. If the database asks to repeat the transaction, `decide` is called again; what it
    /// returned last is committed.
    ///
    /// # Errors
    /// See [`StoreError`]; [`StoreError::Taken`] if the change adds a token that is already recorded.
    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, StoreError>;

    /// Carries out jobs in their order and, where the store can, in one commit. Each has an outcome of its own: one that fails for its session's sake leaves the
    /// others.
    ///
    /// # Errors
    /// See [`StoreError`]: nothing was written.
    fn update_all(&mut self, jobs: &mut [StoreJob<'_>]) -> Result<Vec<JobOutcome>, StoreError> {
        Ok(jobs.iter_mut().map(|job| self.carry_out(job)).collect())
    }

    /// Carries out a job in a commit of its own.
    ///
    /// # Errors
    /// See [`Store::create`] and [`Store::update`].
    fn carry_out(&mut self, job: &mut StoreJob<'_>) -> JobOutcome {
        match job {
            StoreJob::Create(family) => self.create(family).map(|()| None),
            StoreJob::Update(lookup, decide) => self.update(lookup, decide).map(Some),
        }
    }

    /// Reads a family, without a lock: the whole by its session's id; by a token what [`Store::update`] loads.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError>;

    /// Lists the sessions of a selection, those whose record is damaged apart.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn listing(&mut self, selection: &Selection) -> Result<Listing, StoreError>;

    /// Lists the sessions of a selection, the last used first.
    ///
    /// # Errors
    /// See [`StoreError`]; [`StoreError::DamagedRecord`] if one of them can't be read.
    fn list(&mut self, selection: &Selection) -> Result<Vec<Session>, StoreError> {
        self.listing(selection)?.sound()
    }

    /// Ends the sessions of a selection that have not ended yet, all or none of them but those whose record is damaged. Returns those that it ended, and the
    /// damaged ones apart.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Listing, StoreError>;

    /// Removes the sessions whose record guards nothing any more at `now` ([`Session::guards_until`]). With `rehearse`, it only counts them.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<PurgeSummary, StoreError>;

    /// Whether the store keeps which token was rotated into which, so that reuse can end a family. Django's tables do not.
    fn keeps_families(&self) -> bool {
        true
    }

    /// The server's tables, if the store consists of a server's own tables.
    fn server(&mut self) -> Option<&mut dyn ServerTables> {
        None
    }
}

/// What a server's own tables know besides sessions.
pub trait ServerTables {
    /// Whether they list the tokens of a user, so that all of them can be ended.
    fn lists_tokens_of_users(&self) -> bool;

    /// How long an access token of the server's lives.
    fn access_ttl(&self) -> Span;

    /// Finds the user with that name, otherwise with that id.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn user(&mut self, name: &str) -> Result<Option<ServerUser>, StoreError>;

    /// Passes to `ask` what the server's answers depend on: the users and the blacklist, of which it reads what it is asked for.
    ///
    /// # Errors
    /// See [`StoreError`]. The caller must then discard what `ask` computed.
    fn with_database(&mut self, ask: &mut dyn FnMut(&DatabaseView<'_>)) -> Result<(), StoreError>;
}

/// Puts sessions in the order of [`Store::list`].
pub(crate) fn in_order(sessions: &mut [Session]) {
    sessions.sort_by(|left, right| {
        right
            .last_used_at
            .cmp(&left.last_used_at)
            .then_with(|| left.key.cmp(&right.key))
    });
}

/// The change with which [`Store::end`] ends a session. `None` if it has ended already.
#[must_use]
pub(crate) fn ending(session: &Session, now: Timestamp) -> Option<Change> {
    session.ended.is_none().then(|| Change {
        ruling: Ruling::Revoked,
        steps: vec![super::family::StoreWrite::End(
            super::family::EndReason::Revoked,
        )],
        at: now.max(session.last_used_at),
        clock_back: None,
    })
}
