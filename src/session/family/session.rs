//! What is kept of a session: its tokens, their generations, and its end.
use crate::core::policy::MAX_LEEWAY;
use crate::core::secret::{Fingerprint, Secret};
use crate::core::time::{Span, Timestamp};

/// Identifies a session. A session id is unique only within its issuer, so the key holds both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionKey {
    /// The tokens' `iss`, if they have one.
    pub issuer: Option<String>,
    /// The session's id: `sid` in our own tokens, `orig_jti` in drf-jwt's. Otherwise it is the id of the first token that the store met, or that token's short
    /// fingerprint.
    pub id: String,
}

impl SessionKey {
    /// Hashes the issuer and the id, which make it unique together, into one value. An absent issuer differs from an empty one.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Self::fingerprint_of(self.issuer.as_deref(), &self.id)
    }
    /// The fingerprint of the key that these two make.
    #[must_use]
    pub(crate) fn fingerprint_of(issuer: Option<&str>, id: &str) -> Fingerprint {
        let issued_by = [u8::from(issuer.is_some())];
        let issuer = issuer.unwrap_or_default();
        Fingerprint::over("session", &[&issued_by, issuer.as_bytes(), id.as_bytes()])
    }
}

/// When a token or a session stops being valid. `Never` sorts after every moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expiry {
    /// It has expired at this moment and ever after.
    At(Timestamp),
    /// A token without `exp`.
    Never,
}

impl Expiry {
    /// Whether the moment has come. At the moment itself it has (RFC 7519 §4.1.4: "on or after").
    #[must_use]
    pub fn has_passed(self, now: Timestamp) -> bool {
        matches!(self, Self::At(at) if now >= at)
    }
    /// The moment; `None` for `Never`.
    #[must_use]
    pub const fn moment(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Never => None,
        }
    }
    /// Adds `span`. `Never` stays `Never`.
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
pub enum EndReason {
    /// The operator ended it: `revoke`, `logout`.
    Revoked,
    /// A retired token came back.
    Reuse,
}

/// The end of a session. It is never undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionEnd {
    /// When the session ended.
    pub at: Timestamp,
    /// What ended it.
    pub why: EndReason,
}

/// What is recorded of a session, apart from its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identifies the session.
    pub key: SessionKey,
    /// The name of the profile that its tokens follow.
    pub profile: String,
    /// The user, if the tokens name one.
    pub user: Option<String>,
    /// When it began: the moment of the login if the tokens state it, otherwise the moment of recording.
    pub began_at: Timestamp,
    /// When one of its tokens was last recorded, renewed or rotated. The rules never judge by an earlier moment, even if the system clock was set back.
    pub last_used_at: Timestamp,
    /// When the session ends, even if its tokens have not expired.
    pub absolute_end: Option<Timestamp>,
    /// How long a token can live beyond the recorded end of the session. A token may have been minted from the last recorded one without being recorded, so
    /// this is one token's lifetime.
    pub outlives: Span,
    /// When and why it was ended; `None` as long as nobody ended it.
    pub ended: Option<SessionEnd>,
    /// The highest generation number, which is how many generations were ever recorded.
    pub generations: u32,
    /// When the last of its current tokens expires.
    pub idle_end: Expiry,
    /// Until when the record is needed, because it refuses a token that could still verify. It only ever moves later.
    pub guards_until: Expiry,
}

/// The state of a session at a given moment.
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
    /// All states, in the order of their declaration.
    pub const ALL: [Self; 5] = [
        Self::Live,
        Self::Expired,
        Self::Ended,
        Self::Revoked,
        Self::ReuseDetected,
    ];
    /// The state's word in output and on the command line. It stays the same between versions.
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
    /// The session's state at `now`. A recorded end counts before the absolute end, and that before expired tokens.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        match self.ended.map(|ended| ended.why) {
            Some(EndReason::Revoked) => State::Revoked,
            Some(EndReason::Reuse) => State::ReuseDetected,
            None if self.absolute_end.is_some_and(|end| now >= end) => State::Ended,
            None if self.idle_end.has_passed(now) => State::Expired,
            None => State::Live,
        }
    }
    /// Until when the record has to be kept if its last token expires at `expiry`: the later of that and the absolute end, plus `outlives`, plus the widest
    /// leeway.
    pub(super) fn guard(&self, expiry: Expiry) -> Expiry {
        let latest = self
            .absolute_end
            .map_or(expiry, |end| expiry.max(Expiry::At(end)));
        latest.plus(self.outlives).plus(MAX_LEEWAY)
    }
}

/// A header and claims exactly as they were signed. Signing them again gives the same token.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedContent {
    /// The header's JSON text.
    pub header: String,
    /// The claims' JSON text.
    pub claims: String,
    /// What proves that they are.
    pub seal: Seal,
}

impl SignedContent {
    /// The header of what is kept of an opaque token: not what was signed, but what its text is derived from.
    pub(crate) const OPAQUE: &str = r#"{"opaque":1}"#;

    /// Whether it is kept of an opaque token.
    #[must_use]
    pub(crate) fn is_opaque(&self) -> bool {
        self.header == Self::OPAQUE
    }
}

/// What proves, before a header and claims are signed again, that they are those that were signed. Whoever can write the store can write those too.
#[derive(Clone, PartialEq, Eq)]
pub enum Seal {
    /// Nothing: the store's schema is older than seals.
    Unkept,
    /// Nothing: they were written by a version that made no seals, or they have yet to be sealed.
    Missing,
    /// A MAC under a key that is derived from the signing key.
    Mac {
        /// The MAC.
        mac: [u8; 32],
        /// The `kid` of that key, if it has one.
        kid: Option<String>,
    },
}

/// Shows sizes only: what a token says about a person must not reach a log.
impl std::fmt::Debug for SignedContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signed")
            .field("header", &self.header.len())
            .field("claims", &self.claims.len())
            .finish_non_exhaustive()
    }
}

/// A token of a session. Of a pair, this is the refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionToken {
    /// The value by which the store recognises the token.
    pub fingerprint: Fingerprint,
    /// Its `jti`, if it has one. It is shown to people, and Django's tables are searched by it.
    pub id: Option<String>,
    /// Its `iat`.
    pub issued_at: Option<Timestamp>,
    /// Its `exp`.
    pub expires_at: Expiry,
    /// Its header and claims as signed, if they are known.
    pub signed: Option<SignedContent>,
    /// Of a pair: the header and claims of the access token beside it.
    pub access: Option<SignedContent>,
    /// Its text, for Django's tables, which keep texts. Our own stores never write it.
    pub text: Option<Secret>,
}

/// A token with its place in the family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its place in the order of recording, counted from 1.
    pub number: u32,
    /// The number of the generation that was rotated into this one. `None` for a login's token and for a token that the store met later.
    pub parent: Option<u32>,
    /// The token at this place.
    pub token: SessionToken,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it was first used, to renew or to rotate.
    pub used_at: Option<Timestamp>,
    /// When it was rotated away. The reuse grace counts from this moment.
    pub retired_at: Option<Timestamp>,
    /// When this token alone was revoked, as simplejwt blacklists a token.
    pub revoked_at: Option<Timestamp>,
}

impl Generation {
    /// A generation that is recorded now: neither used, retired nor revoked.
    #[must_use]
    pub const fn new(
        number: u32,
        parent: Option<u32>,
        token: SessionToken,
        recorded_at: Timestamp,
    ) -> Self {
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
    /// Whether it is neither retired nor revoked, so that it can be used.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        self.retired_at.is_none() && self.revoked_at.is_none()
    }
}

/// A session with its tokens. A store may leave out tokens that no decision needs: see [`crate::session::store::Store::update`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Everything but the tokens.
    pub session: Session,
    /// The tokens, in the order of their numbers.
    pub generations: Vec<Generation>,
}

/// What a token says of its session, before anything is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionClaims {
    /// Identifies the session.
    pub key: SessionKey,
    /// Whether all tokens of the session carry that id (`sid`, `orig_jti`). If not, it is the id of one token, and the others are found by their fingerprints.
    pub shared: bool,
    /// The name of the token's profile.
    pub profile: String,
    /// The user, if the token names one.
    pub user: Option<String>,
    /// When the user logged in, if the token says so.
    pub began_at: Option<Timestamp>,
    /// When the session ends, even if its tokens have not expired.
    pub absolute_end: Option<Timestamp>,
    /// See [`Session::outlives`].
    pub outlives: Span,
}

impl Family {
    /// Makes a session of one token, at login or when the store first meets the token.
    #[must_use]
    pub fn new(origin: &SessionClaims, token: SessionToken, now: Timestamp) -> Self {
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
    /// Finds the generation whose token has this fingerprint.
    #[must_use]
    pub fn generation_of(&self, token: &Fingerprint) -> Option<&Generation> {
        self.generations
            .iter()
            .find(|generation| generation.token.fingerprint == *token)
    }
    /// Finds the generation with this number.
    #[must_use]
    pub fn generation(&self, number: u32) -> Option<&Generation> {
        self.generations
            .iter()
            .find(|generation| generation.number == number)
    }
    /// The generations that are neither retired nor revoked.
    pub fn current(&self) -> impl Iterator<Item = &Generation> {
        self.generations
            .iter()
            .filter(|generation| generation.is_current())
    }
    /// The generations that `number` was rotated into. There is more than one only if rotation retires nothing.
    pub fn successors(&self, number: u32) -> impl Iterator<Item = &Generation> {
        self.generations
            .iter()
            .filter(move |generation| generation.parent == Some(number))
    }
}
