//! Session models as data: which claims a token has and in which order, how long it lives, what renewing changes.
mod builtin;
mod change;
mod keeping;

use serde_json::Value;

use super::claims::Typed;
use super::server::{self, Settings, Stack};
use super::time::Span;
use super::token::Unverified;
pub use super::token::{Kind, REFRESH_WITH_MORE, Recognised, same_model, same_type};
pub use builtin::{BUILTIN_NAMES, DEFAULT, builtin, canonical, known, of_model};
pub use change::{ChangeError, SettingShown};
pub use keeping::{Keeping, Rotation};

/// A session model.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The name that `--profile` takes.
    pub name: String,
    /// The built-in profile that it is, or starts from.
    pub base: String,
    /// What it is, in a line.
    pub summary: String,
    /// The token to use a service with; of a one-token model the only one.
    pub access: Shape,
    /// The token to get another with, in a pair.
    pub refresh: Option<Shape>,
    /// The order of the header's parameters; those a token has and this does not name follow.
    pub header_order: Vec<String>,
    /// Whether strings are written in ASCII, as Python's `json.dumps` does.
    pub ascii: bool,
    /// An access token's life.
    pub access_ttl: Span,
    /// A refresh token's life: how long a session may idle.
    pub refresh_ttl: Span,
    /// The session's absolute end.
    pub session_max: Option<SessionMax>,
    /// What renewing does.
    pub renewal: Renewal,
    /// What its server asks of a token.
    pub checks: Checks,
    /// What the session store is to it.
    pub keeping: Keeping,
    /// The Django server that it is: what it writes and answers is the server's own affair.
    pub server: Option<Settings>,
    /// The server's users, where they are known.
    pub users: Option<Vec<server::User>>,
}

/// The form of one of a profile's tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The header's `typ`.
    pub typ: Option<String>,
    /// Its claims in the order they are written.
    pub claims: Vec<Slot>,
}

/// One claim of a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// What goes in.
    pub content: Content,
    /// Whether every token of the shape has it.
    pub required: bool,
}

/// What a claim is filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// `--user`.
    User,
    /// The moment of issue, in whole seconds.
    IssuedAt,
    /// The moment of expiry.
    ExpiresAt,
    /// A fresh id of the token.
    TokenId(IdForm),
    /// The moment of the first login.
    AuthTime,
    /// A fresh id of the session, the same in both tokens.
    SessionId,
    /// Always this value.
    Fixed(Value),
    /// `--iss`, or the profile's issuer; left out where there is none.
    Issuer,
    /// `--aud`, or the profile's audience; left out where there is none.
    Audience,
    /// `--scope`; left out where there is none.
    Scope,
    /// `--client-id`; left out where there is none.
    ClientId,
}

impl Content {
    /// Whether it is always there to be written; else it has to be given.
    #[must_use]
    pub const fn is_at_hand(&self) -> bool {
        !matches!(
            self,
            Self::Issuer | Self::Audience | Self::Scope | Self::ClientId
        )
    }
}

/// How a token's id is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdForm {
    /// A version 4 UUID with dashes.
    Uuid,
    /// A version 4 UUID as 32 hexadecimal digits.
    UuidHex,
}

/// A session's absolute end: so long after the moment that a claim holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionMax {
    /// The claim that holds the first login (`auth_time`, `orig_iat`).
    pub from: String,
    /// How long a session lasts.
    pub span: Span,
}

/// What renewing does.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// Whether a fresh token gets a fresh `jti`.
    pub fresh_id: bool,
    /// Whether `exp` stops at the session's end.
    pub capped: bool,
    /// Whether a fresh token's life is the profile's; else it is the token's own.
    pub profile_ttl: bool,
}

/// What a profile's server asks of a token.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent requirement"
)]
pub struct Checks {
    /// How far clocks may differ.
    pub leeway: Span,
    /// Whether a token without `exp` is refused.
    pub require_exp: bool,
    /// Whether an `iat` in the future is refused.
    pub refuse_future_iat: bool,
    /// Whether short keys are allowed, as by its server.
    pub allow_weak_key: bool,
    /// Whether a token with an `aud` is refused when no audience is asked for.
    pub require_audience: bool,
    /// The issuer written and asked for.
    pub issuer: Option<String>,
    /// The audience written and asked for.
    pub audience: Vec<String>,
}

impl Profile {
    /// The shape of its tokens of that kind.
    #[must_use]
    pub fn shape(&self, kind: Kind) -> Option<&Shape> {
        match kind {
            Kind::Access => Some(&self.access),
            Kind::Refresh => self.refresh.as_ref(),
        }
    }
    /// Whether it issues access and refresh tokens.
    #[must_use]
    pub const fn is_pair(&self) -> bool {
        self.refresh.is_some()
    }
    /// The model that its tokens are recognised as; none where anything goes (`plain`), or where its settings rename the marks or leave them out.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        let unmarked = self.server.as_ref().is_some_and(|server| {
            server.token_type_claim != "token_type"
                || server.sliding_refresh_exp_claim != "refresh_exp"
                // drf-jwt's only mark is `orig_iat`.
                || !server.allow_refresh
        });
        (self.base != "plain" && !unmarked).then_some(self.base.as_str())
    }
    /// Which of its server's tokens one of that kind is.
    #[must_use]
    pub fn server_kind(&self, kind: Kind) -> server::TokenKind {
        match (&self.server, kind) {
            (Some(server), _) if server.stack != Stack::SimpleJwt => server::TokenKind::Single,
            _ if !self.is_pair() => server::TokenKind::Sliding,
            (_, Kind::Access) => server::TokenKind::Access,
            (_, Kind::Refresh) => server::TokenKind::Refresh,
        }
    }
    /// Which of its tokens this is, by what it carries: the mark that its server's settings name, else the model's own.
    #[must_use]
    pub fn kind_of(&self, token: &Unverified) -> Kind {
        let Some(server) = self.server.as_ref().filter(|_| self.model().is_none()) else {
            return token.recognised().kind;
        };
        let marked = token
            .claims()
            .map(|claims| claims.string(&server.token_type_claim));
        match marked {
            Some(Typed::Is(word)) if word == "refresh" => Kind::Refresh,
            _ => Kind::Access,
        }
    }
    /// The word that stands before its token in an `Authorization` header.
    #[must_use]
    pub fn scheme(&self) -> &str {
        let server = self.server.as_ref();
        server
            .and_then(|server| server.header_types.first())
            .map_or("Bearer", String::as_str)
    }
    /// The server's user of that name, where the users are known.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&server::User> {
        self.users.iter().flatten().find(|user| user.name == name)
    }
    /// A token's life by kind.
    #[must_use]
    pub const fn ttl(&self, kind: Kind) -> Span {
        match kind {
            Kind::Access => self.access_ttl,
            Kind::Refresh => self.refresh_ttl,
        }
    }
}

impl Shape {
    /// The claims that every token of this shape has.
    #[must_use]
    pub fn required_claims(&self) -> Vec<String> {
        let required = self.claims.iter().filter(|slot| slot.required);
        required.map(|slot| slot.name.clone()).collect()
    }
}
