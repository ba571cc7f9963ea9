//! A login's tokens over time: which are current, which were retired, and whether the whole has ended.
//!
//! A session's end is a state of the family, never of one of its tokens: whatever descends from a login ends with it, and stays ended.
mod apply;
mod decide;
#[cfg(test)]
pub(crate) mod tests;

use crate::core::policy::MAX_LEEWAY;
use crate::core::secret::{Fingerprint, Secret};
use crate::core::time::{Span, Timestamp};

pub use apply::{apply, changed};
pub use decide::{
    Change, Presented, Refusal, Request, Rules, Ruling, Step, decide, reissue, revoke,
};

/// What a session is found by: ids are unique under their issuer alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionKey {
    /// The tokens' `iss`, where they have one.
    pub issuer: Option<String>,
    /// The session's id: our own tokens' `sid`; under a Django profile the id of the first token that was seen.
    pub id: String,
}

/// When something stops being able to verify. `Never` is later than any moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expiry {
    /// From this moment on.
    At(Timestamp),
    /// A token without `exp`.
    Never,
}

impl Expiry {
    /// Whether that moment has come (RFC 7519 §4.1.4: "on or after").
    #[must_use]
    pub fn has_passed(self, now: Timestamp) -> bool {
        matches!(self, Self::At(at) if now >= at)
    }
    /// The moment, if there is one.
    #[must_use]
    pub const fn moment(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Never => None,
        }
    }
    /// Later by `span`.
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        match self {
            Self::At(at) => Self::At(at.plus(span)),
            Self::Never => Self::Never,
        }
    }
}

/// Why a session was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// By hand: `revoke`, `logout`.
    Revoked,
    /// A retired token came back.
    Reuse,
}

/// A session's end: terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub why: Why,
}

/// What a session is, apart from its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What it is found by.
    pub key: SessionKey,
    /// The profile that its tokens are of.
    pub profile: String,
    /// The user, where the tokens name one.
    pub user: Option<String>,
    /// When it began: the login's moment where the tokens say it, else when it was recorded.
    pub began_at: Timestamp,
    /// When one of its tokens was last recorded, renewed or rotated: its own clock never runs behind this.
    pub last_used_at: Timestamp,
    /// When it ends whatever its tokens say.
    pub absolute_end: Option<Timestamp>,
    /// How long a token may outlive what is recorded of the session: a token life, of a token that was made from the last recorded one.
    pub outlives: Span,
    /// Its end, once it was ended.
    pub ended: Option<Ended>,
    /// How many generations were ever recorded: the highest number.
    pub generations: u32,
    /// When the last of its current tokens expires.
    pub idle_end: Expiry,
    /// Until when its record guards a token that could still verify; only ever moved on.
    pub guards_until: Expiry,
}

/// What a session is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// One of its tokens can be used.
    Live,
    /// All its tokens have expired.
    Expired,
    /// Its absolute end has passed.
    Ended,
    /// It was ended by hand.
    Revoked,
    /// It was ended when a retired token came back.
    ReuseDetected,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Live,
        Self::Expired,
        Self::Ended,
        Self::Revoked,
        Self::ReuseDetected,
    ];
    /// The stable word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Expired => "expired",
            Self::Ended => "ended",
            Self::Revoked => "revoked",
            Self::ReuseDetected => "reuse_detected",
        }
    }
}

impl Session {
    /// What it is now.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        match self.ended.map(|ended| ended.why) {
            Some(Why::Revoked) => State::Revoked,
            Some(Why::Reuse) => State::ReuseDetected,
            None if self.absolute_end.is_some_and(|end| now >= end) => State::Ended,
            None if self.idle_end.has_passed(now) => State::Expired,
            None => State::Live,
        }
    }
    /// Until when a record that ends so has to be kept: the absolute end or `expiry`, whichever is later, with what may outlive it and the widest leeway.
    fn guard(&self, expiry: Expiry) -> Expiry {
        let latest = self
            .absolute_end
            .map_or(expiry, |end| expiry.max(Expiry::At(end)));
        latest.plus(self.outlives).plus(MAX_LEEWAY)
    }
}

/// A header and claims as they were signed: signed again, they are the same token.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    /// The header's JSON text.
    pub header: String,
    /// The claims' JSON text.
    pub claims: String,
}

/// Sizes alone: what a token says about a person is nothing for a log.
impl std::fmt::Debug for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signed")
            .field("header", &self.header.len())
            .field("claims", &self.claims.len())
            .finish()
    }
}

/// A token of a session: of a pair the refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is known by.
    pub fingerprint: Fingerprint,
    /// Its `jti`, where it has one: to be shown, and to be found by in Django's tables.
    pub id: Option<String>,
    /// Its `iat`.
    pub issued_at: Option<Timestamp>,
    /// Its `exp`.
    pub expires_at: Expiry,
    /// What was signed, where it is known.
    pub signed: Option<Signed>,
    /// What was signed as the access token beside it, of a pair.
    pub access: Option<Signed>,
    /// Its text, for Django's tables, which keep it; no store of ours writes it anywhere.
    pub text: Option<Secret>,
}

/// A token with its place in the family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its place in the order in which they were recorded, from 1.
    pub number: u32,
    /// The generation that was rotated into it; none of a login's and of a token that the store met later.
    pub parent: Option<u32>,
    /// The token.
    pub token: Token,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it was first used, to renew or to rotate.
    pub used_at: Option<Timestamp>,
    /// When it was rotated away: the grace counts from here.
    pub retired_at: Option<Timestamp>,
    /// When it was ended alone, as simplejwt blacklists a token.
    pub revoked_at: Option<Timestamp>,
}

impl Generation {
    /// One that is just recorded.
    const fn new(number: u32, parent: Option<u32>, token: Token, recorded_at: Timestamp) -> Self {
        Self {
            number,
            parent,
            token,
            recorded_at,
            used_at: None,
            retired_at: None,
            revoked_at: None,
        }
    }
    /// Whether it is neither retired nor revoked.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        self.retired_at.is_none() && self.revoked_at.is_none()
    }
}

/// A session with its tokens, in their order. A store may leave out those that no decision needs: see [`super::store::Store::update`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The session.
    pub session: Session,
    /// Its tokens.
    pub generations: Vec<Generation>,
}

/// What is known of a session before anything is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What it is found by.
    pub key: SessionKey,
    /// Whether several tokens have that id (`sid`, `orig_jti`); else it is one token's own, and the rest are found by their fingerprints.
    pub shared: bool,
    /// The profile.
    pub profile: String,
    /// The user.
    pub user: Option<String>,
    /// The login's moment, where the token says it.
    pub began_at: Option<Timestamp>,
    /// When it ends whatever its tokens say.
    pub absolute_end: Option<Timestamp>,
    /// See [`Session::outlives`].
    pub outlives: Span,
}

impl Family {
    /// A session of one token, at its login or when the store first meets it.
    #[must_use]
    pub fn new(origin: &Origin, token: Token, now: Timestamp) -> Self {
        let mut session = Session {
            key: origin.key.clone(),
            profile: origin.profile.clone(),
            user: origin.user.clone(),
            began_at: origin.began_at.unwrap_or(now).min(now),
            last_used_at: now,
            absolute_end: origin.absolute_end,
            outlives: origin.outlives,
            ended: None,
            generations: 1,
            idle_end: token.expires_at,
            guards_until: token.expires_at,
        };
        session.guards_until = session.guard(token.expires_at);
        Self {
            session,
            generations: vec![Generation::new(1, None, token, now)],
        }
    }
    /// The generation of that token.
    #[must_use]
    pub fn generation_of(&self, token: &Fingerprint) -> Option<&Generation> {
        self.generations
            .iter()
            .find(|generation| generation.token.fingerprint == *token)
    }
    /// The generation of that number.
    #[must_use]
    pub fn generation(&self, number: u32) -> Option<&Generation> {
        self.generations
            .iter()
            .find(|generation| generation.number == number)
    }
    /// Those that are neither retired nor revoked.
    pub fn current(&self) -> impl Iterator<Item = &Generation> {
        self.generations
            .iter()
            .filter(|generation| generation.is_current())
    }
    /// Those that one was rotated into: more than one only where rotation retires nothing.
    pub fn successors(&self, number: u32) -> impl Iterator<Item = &Generation> {
        self.generations
            .iter()
            .filter(move |generation| generation.parent == Some(number))
    }
}
