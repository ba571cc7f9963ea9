//! A profile with every default applied, as plain data: what minting, recognition, checks and the wire go by.
use serde::Serialize;

use crate::core::time::Span;

use super::entry::{AnswerEntry, Entry, Item, Occasion};
use super::forms::{Csrf, Grace, KeptClaims, Life, RenewalLimit, Retirement};
use super::kind::TokenKind;
use super::mark::{Mark, MarkPlace};
use super::request::{ErrorMeaning, Route};
use super::source::Source;
use super::value::{List, Text};

/// A session model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Model {
    /// The name that `--profile` takes.
    pub name: Text,
    /// The built-in profile that this is, or that it extends in the end.
    pub base: Text,
    /// The profile that it extends; none for `plain`.
    pub extends: Option<Text>,
    /// Other names of a built-in profile.
    pub aka: List<Text>,
    /// A line for the list of profiles.
    pub summary: Text,
    /// The marks that must all hold of its tokens; empty if nothing tells them.
    pub recognise: List<Mark>,
    /// Whether nobody else writes these marks.
    pub sure: bool,
    /// The server whose own code reads and writes the tokens.
    pub emulator: Option<EmulatorSettings>,
    /// What tells a token's kind.
    pub told_by: KindSource,
    /// What a token without a mark is; none: that is not told.
    pub unmarked: Option<TokenKind>,
    /// The access token. Every model but an emulated one has it.
    pub access: Option<KindModel>,
    /// The refresh token.
    pub refresh: Option<KindModel>,
    /// The ID token.
    pub id: Option<KindModel>,
    /// How header and payload are written.
    pub json: JsonStyle,
    /// The algorithms that are allowed; all if empty.
    pub alg: List<Text>,
    /// The key.
    pub key: KeySource,
    /// Where the sessions are kept, as `--store` takes it.
    pub store: Option<Text>,
    /// The server's users, if they are known.
    pub users: Option<List<User>>,
    /// The issuer that is both written and required.
    pub iss: Option<Text>,
    /// The audiences that are both written and required.
    pub aud: List<Text>,
    /// How a session is kept and when it ends.
    pub session: SessionRules,
    /// What renewing takes and gives.
    pub renew: RenewRules,
    /// What rotating does.
    pub rotate: RotateRules,
    /// What revoking ends.
    pub revoke: RevokeRules,
    /// What is asked of every token.
    pub checks: CheckRules,
    /// The server's requests and answers.
    pub live: Live,
}

/// A user of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct User {
    /// The login name.
    pub name: Text,
    /// The primary key.
    pub id: UserId,
    /// The address; empty if there is none.
    pub email: Text,
    /// Whether the user may log in.
    pub active: bool,
    /// The password as the server stores it.
    pub password_hash: Option<Text>,
    /// Further facts: what `user.NAME` stands for.
    pub claims: List<Fact>,
}

/// A user's primary key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum UserId {
    /// A number.
    Number(i64),
    /// A text.
    Text(Text),
}

/// A fact about a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Its name.
    pub claim: Text,
    /// Its value as JSON.
    pub json: Text,
}

/// A server whose own code reads and writes the tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmulatorSettings {
    /// The package and its version: `simplejwt 5.5`.
    pub name: Text,
    /// The server's own settings by their names, with values as its settings reader takes them, in the order in which they apply.
    pub settings: List<(Text, Text)>,
    /// Whether `exp` is required, where an older config says so.
    pub require_exp: Option<bool>,
}

/// What tells the kind of a profile's JWTs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum KindSource {
    /// These members, in order.
    Members(List<MarkPlace>),
    /// The key that verifies the token.
    Key,
    /// Nothing: a token is what the command takes it for.
    Nothing,
}

/// One kind of a profile's tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KindModel {
    /// How long it lives; none: it is recognised and never issued.
    pub ttl: Option<Life>,
    /// How long it lives if a renewal made it.
    pub renew_ttl: Option<Life>,
    /// The words that mark it. A profile writes the first.
    pub is: List<Text>,
    /// The claims that only this kind carries.
    pub has: List<Text>,
    /// Whether it is a JWT.
    pub format: Format,
    /// The header's parameters in order.
    pub header: List<Item>,
    /// The claims in order.
    pub claims: List<Item>,
    /// The algorithms of this kind's own; empty: the profile's.
    pub alg: List<Text>,
    /// The key of this kind's own; [`KeySource::Unsaid`]: the profile's.
    pub key: KeySource,
}

/// Whether a token is a JWT or a text that its server alone understands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Format {
    /// A JWT.
    Jwt,
    /// A text from this source.
    Opaque(Source),
}

/// Where the key is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub enum KeySource {
    /// The profile does not say.
    #[default]
    Unsaid,
    /// The REF of a secret, as `--secret` takes it.
    Secret(Text),
    /// Key sources, as `--key` takes them.
    Keys(List<Text>),
    /// The key never leaves its server.
    Withheld,
}

impl KeySource {
    /// Whether it says where a key is.
    #[must_use]
    pub const fn names_a_key(&self) -> bool {
        matches!(self, Self::Secret(_) | Self::Keys(_))
    }
    /// The REF of a secret, as `--secret` takes it.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        match self {
            Self::Secret(reference) => Some(reference),
            _ => None,
        }
    }
    /// Key sources, as `--key` takes them.
    #[must_use]
    pub fn sources(&self) -> &[Text] {
        match self {
            Self::Keys(keys) => keys,
            _ => &[],
        }
    }
}

/// How JSON is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct JsonStyle {
    /// Characters outside ASCII are escaped.
    pub ascii: bool,
    /// A blank stands behind each comma and colon.
    pub spaced: bool,
    /// Members are sorted by name.
    pub sorted: bool,
}

/// How a session is kept and when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
pub struct SessionRules {
    /// How long after the first login it ends at the latest.
    pub max: Option<Span>,
    /// Whether `exp` stops at the session's end.
    pub cap: bool,
    /// Whether a session that the store does not know is refused. Otherwise it is live.
    pub refuse_unknown: bool,
    /// Whether the store records each login. Otherwise it records a session at its first change.
    pub recorded_at_login: bool,
    /// Whether a login ends the user's session before.
    pub one_per_user: bool,
}

/// What renewing takes and gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RenewRules {
    /// The kind that is presented; none: the server renews nothing.
    pub presents: Option<TokenKind>,
    /// What the new token keeps.
    pub keeps: KeptClaims,
    /// Until when a token can be renewed.
    pub until: RenewalLimit,
    /// Whether the new token lives as long as the presented one did. Otherwise the profile says how long.
    pub own_ttl: bool,
}

/// What rotating does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RotateRules {
    /// When the presented token is retired.
    pub when: Retirement,
    /// Whether the retired token stays good, so that each use makes another branch.
    pub old_stays_good: bool,
    /// What is forgiven after a rotation.
    pub grace: Grace,
    /// Whether a token that comes back inside the grace gets a sibling. Otherwise it gets the same successor.
    pub sibling: bool,
    /// What a token that comes back after the grace does.
    pub reuse: Reuse,
    /// Whether the successor lives as long as was left of the presented token. Otherwise it lives its full life.
    pub remaining_ttl: bool,
}

/// What a token that comes back after the grace does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Reuse {
    /// It is refused.
    Refuse,
    /// It ends its session.
    EndSession,
    /// It ends all of its user's sessions.
    EndUser,
}

/// What revoking a token ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RevokeRules {
    /// How far it reaches.
    pub ends: RevocationReach,
    /// Whether the session's access tokens die at once. Otherwise they live until their `exp`.
    pub access_at_once: bool,
}

/// How far revoking a token reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum RevocationReach {
    /// Its server ends nothing.
    Nothing,
    /// The token.
    Token,
    /// The session.
    Session,
    /// All of the user's sessions.
    User,
}

/// What is asked of every token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CheckRules {
    /// How far clocks may differ.
    pub leeway: Span,
    /// Whether a token with an `aud` is refused if no audience is requested.
    pub require_aud: bool,
    /// Whether an `iat` in the future is refused.
    pub refuse_future_iat: bool,
    /// Whether short keys are allowed, as the server allows them.
    pub allow_weak_key: bool,
}

/// A server's requests and answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Live {
    /// Whether it speaks OAuth (RFC 6749, 7009, 8414) in place of the four requests.
    pub oauth: bool,
    /// The address.
    pub url: Option<Text>,
    /// Logs in. Unsaid: by name and password, as JSON.
    pub login: Option<Route>,
    /// Refreshes.
    pub refresh: Option<Route>,
    /// Has a token verified.
    pub verify: Option<Route>,
    /// Logs out.
    pub logout: Option<Route>,
    /// The members of an answer in order. Unsaid: the usual names.
    pub answer: Option<List<AnswerEntry>>,
    /// The word before the token. Unsaid: `Bearer`, or what an emulator's settings say.
    pub scheme: Option<Text>,
    /// Whether that word's case counts.
    pub exact_scheme: bool,
    /// Where the server's words stand. Empty: under the usual names.
    pub words: List<Text>,
    /// What the server's errors mean; the first that fits counts.
    pub errors: List<ErrorMeaning>,
    /// The name of the cookie that holds the access token.
    pub access_cookie: Option<Text>,
    /// The name of the cookie that holds the refresh token.
    pub refresh_cookie: Option<Text>,
    /// The header that holds the token against cross-site requests. Unsaid: `X-CSRFToken`.
    pub csrf_header: Option<Text>,
    /// Where that token is taken from. Unsaid: the cookie `csrftoken`.
    pub csrf: Option<Csrf>,
    /// The address of a request that is cheap and authorised.
    pub me: Option<Text>,
    /// Further origins that get the token.
    pub origins: List<Text>,
    /// The client's id.
    pub client_id: Option<Text>,
    /// The REF of the client's secret.
    pub client_secret: Option<Text>,
    /// The header in which a server hands out a fresh token.
    pub refresh_header: Option<Text>,
}

impl Model {
    /// One kind's tokens, if the profile has that kind.
    #[must_use]
    pub const fn kind(&self, kind: TokenKind) -> Option<&KindModel> {
        match kind {
            TokenKind::Access => self.access.as_ref(),
            TokenKind::Refresh => self.refresh.as_ref(),
            TokenKind::Id => self.id.as_ref(),
        }
    }

    /// The kinds that the profile has, in order.
    pub fn kinds(&self) -> impl Iterator<Item = (TokenKind, &KindModel)> {
        TokenKind::ALL
            .into_iter()
            .filter_map(|kind| Some((kind, self.kind(kind)?)))
    }

    /// The kinds that a login makes.
    pub fn issued(&self) -> impl Iterator<Item = (TokenKind, &KindModel)> {
        self.kinds().filter(|(_, model)| model.ttl.is_some())
    }

    /// Whether nobody knows when its sessions end, and no model is asked for: `plain` itself.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.name == "plain"
    }

    /// The key of a kind: its own, else the profile's.
    #[must_use]
    pub fn key_of(&self, kind: TokenKind) -> &KeySource {
        match self.kind(kind).map(|model| &model.key) {
            Some(KeySource::Unsaid) | None => &self.key,
            Some(own) => own,
        }
    }

    /// The algorithms that a kind allows: its own, else the profile's; all if empty.
    #[must_use]
    pub fn alg_of(&self, kind: TokenKind) -> &[Text] {
        match self.kind(kind) {
            Some(model) if !model.alg.is_empty() => &model.alg,
            _ => &self.alg,
        }
    }

    /// The claim of a kind that is filled from a source: `exp` of `now + ttl`, the first login's, the session's end.
    #[must_use]
    pub fn claim_of(&self, kind: TokenKind, is: impl Fn(&Source) -> bool) -> Option<&str> {
        self.kind(kind)?.claims.iter().find_map(|item| match item {
            Item::Entry(entry) if entry.source.as_ref().is_some_and(&is) => {
                Some(entry.name.as_ref())
            }
            _ => None,
        })
    }
}

impl KindModel {
    /// The word that the source `kind` writes.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        self.is.first().map(AsRef::as_ref)
    }

    /// Whether it is a JWT.
    #[must_use]
    pub const fn is_jwt(&self) -> bool {
        matches!(self.format, Format::Jwt)
    }

    /// How long a token lives that a renewal made.
    #[must_use]
    pub const fn renewed_life(&self) -> Option<Life> {
        match self.renew_ttl {
            None => self.ttl,
            own => own,
        }
    }

    /// The header's entries in order.
    pub fn parameters(&self) -> impl Iterator<Item = &Entry> {
        self.header.iter().filter_map(|item| match item {
            Item::Entry(entry) => Some(entry),
            Item::Rest => None,
        })
    }

    /// The entries that count at a login or at a renewal, in order, without `*`.
    pub fn claims_at(&self, at: Occasion) -> impl Iterator<Item = &Entry> {
        self.claims.iter().filter_map(move |item| match item {
            Item::Entry(entry) if entry.at.is_none_or(|only| only == at) => Some(entry),
            _ => None,
        })
    }
}
