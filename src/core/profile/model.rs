//! A session model as data: which claims its tokens have and in which order, how long they live, and what renewing changes.
use std::sync::Arc;

use crate::core::claims::Typed;
use crate::core::emulator::{Emulator, User, Users};
use crate::core::entropy::IdForm;
use crate::core::time::Span;
use crate::core::token::{Kind, Unverified};

use super::recognition::told;

/// A session model: what its tokens hold, how long they live, and how they are checked and kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The name that `--profile` takes.
    pub name: String,
    /// The built-in profile that this is or that it extends.
    pub base: String,
    /// A one-line description.
    pub summary: String,
    /// The form of the token that uses a service. A one-token model has no other.
    pub access: Shape,
    /// The form of a pair's refresh token. `None` for a one-token model.
    pub refresh: Option<Shape>,
    /// The order of the header's parameters. Parameters that are not named here follow.
    pub header_order: Vec<String>,
    /// Whether strings are written in ASCII, as by Python's `json.dumps`.
    pub ascii: bool,
    /// How long an access token lives.
    pub access_ttl: Span,
    /// How long a refresh token lives, which is how long a session may be idle.
    pub refresh_ttl: Span,
    /// Lifetimes that a caller asks for in place of these.
    pub asked: Lifetimes,
    /// When the session ends at the latest.
    pub session_max: Option<SessionMax>,
    /// What renewing a token changes.
    pub renewal: Renewal,
    /// What the server requires of a token.
    pub checks: Checks,
    /// How the profile uses the session store.
    pub keeping: Keeping,
    /// The server that this profile imitates. Its code and settings then decide what is written and answered.
    pub server: Option<Arc<dyn Emulator>>,
    /// The server's users, if they are known.
    pub users: Option<Users>,
}

/// The form of one of a profile's tokens: its type and its claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The header's `typ`.
    pub typ: Option<String>,
    /// The claims, in the order in which they are written.
    pub claims: Vec<Slot>,
}

/// One claim of a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The claim's name.
    pub name: String,
    /// What the claim is filled with.
    pub content: Content,
    /// Whether every token of this form has the claim.
    pub required: bool,
}

/// What a claim is filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The user that `--user` names.
    User,
    /// The time of issue, in whole seconds.
    IssuedAt,
    /// The time of expiry.
    ExpiresAt,
    /// A fresh id for the token.
    TokenId(IdForm),
    /// The time of the first login.
    AuthTime,
    /// A fresh id for the session, the same in both tokens.
    SessionId,
    /// `--iss` or the profile's issuer; omitted if there is neither.
    Issuer,
    /// `--aud` or the profile's audience; omitted if there is neither.
    Audience,
    /// `--scope`; omitted if it is not given.
    Scope,
    /// `--client-id`; omitted if it is not given.
    ClientId,
}

impl Content {
    /// Whether this content always exists. Otherwise someone has to give it.
    #[must_use]
    pub const fn is_at_hand(&self) -> bool {
        !matches!(
            self,
            Self::Issuer | Self::Audience | Self::Scope | Self::ClientId
        )
    }
}

/// When a session ends at the latest: this long after the time in a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionMax {
    /// The claim that holds the time of the first login (`auth_time`, `orig_iat`).
    pub from: String,
    /// How long a session lasts.
    pub span: Span,
}

/// Lifetimes that a caller asks for. Each wins over the profile's own, and over that of the token that is renewed.
///
/// They stand apart from the profile's own because a later call may come without them, and the store has to keep the session's record for that call, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lifetimes {
    /// That of an access token.
    pub access: Option<Span>,
    /// That of a refresh token.
    pub refresh: Option<Span>,
}

/// What renewing a token changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// Whether the new token gets a new `jti`.
    pub fresh_id: bool,
    /// Whether the new `exp` is capped at the session's end.
    pub capped: bool,
    /// Whether the new token lives as long as the profile says. Otherwise it lives as long as the old one did.
    pub profile_ttl: bool,
}

/// What a profile's server requires of a token.
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
    /// Whether short keys are allowed, as the server allows them.
    pub allow_weak_key: bool,
    /// Whether a token with an `aud` is refused if no audience is requested.
    pub require_audience: bool,
    /// The issuer that is both written and required.
    pub issuer: Option<String>,
    /// The audience that is both written and required.
    pub audience: Vec<String>,
}

/// The largest leeway: one day. A larger one would make an expiry meaningless.
pub const MAX_LEEWAY: Span = Span::from_seconds(86_400);

/// How a profile uses the session store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// Whether a session must be in the store to be renewed or rotated. Otherwise an unknown session is live.
    pub allow_list: bool,
    /// Whether the store records each login. Otherwise it records a session when it is first rotated or revoked.
    pub recorded_at_issue: bool,
    /// Whether presenting a retired token again ends its session.
    pub reuse_detection: bool,
    /// How long after its first use a retired token still gets the same successor.
    pub reuse_grace: Span,
}

impl Profile {
    /// The form of the profile's tokens of that kind, if it has that kind.
    #[must_use]
    pub fn shape(&self, kind: Kind) -> Option<&Shape> {
        match kind {
            Kind::Access => Some(&self.access),
            Kind::Refresh => self.refresh.as_ref(),
            Kind::Id => None,
        }
    }
    /// Whether the profile issues access and refresh tokens.
    #[must_use]
    pub const fn is_pair(&self) -> bool {
        self.refresh.is_some()
    }
    /// The model that its tokens are recognised as. `None` for `plain`, which allows anything, or if settings rename or remove the claims that identify the
    /// model.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        let unmarked = (self.server.as_ref()).is_some_and(|server| !server.is_marked());
        (self.base != "plain" && !unmarked).then_some(self.base.as_str())
    }
    /// The kind of one of the profile's tokens, told by what it carries; what nothing marks is taken for an access token. If the server's settings rename or
    /// remove the model's marks, the type claim that they name decides.
    #[must_use]
    pub fn kind_of(&self, token: &Unverified) -> Kind {
        let Some(server) = self.server.as_ref().filter(|_| self.model().is_none()) else {
            return told(token, &self.base).kind.unwrap_or(Kind::Access);
        };
        let marked = token
            .claims()
            .map(|claims| claims.string(server.kind_claim()));
        match marked {
            Some(Typed::Is(word)) if word == "refresh" => Kind::Refresh,
            _ => Kind::Access,
        }
    }
    /// The scheme that stands before the token in an `Authorization` header.
    #[must_use]
    pub fn scheme(&self) -> &str {
        (self.server.as_ref()).map_or("Bearer", |server| server.scheme())
    }
    /// Finds the server's user of that name, if the users are known.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        let mut users = self.users.iter().flat_map(Users::iter);
        users.find(|user| user.name == name)
    }
    /// How long a token of that kind lives: as long as was asked for, else as the profile says.
    #[must_use]
    pub fn ttl(&self, kind: Kind) -> Span {
        match kind {
            Kind::Access | Kind::Id => self.asked.access.unwrap_or(self.access_ttl),
            Kind::Refresh => self.asked.refresh.unwrap_or(self.refresh_ttl),
        }
    }
}

impl Shape {
    /// The claims that every token of this form has.
    #[must_use]
    pub fn required_claims(&self) -> Vec<String> {
        let required = self.claims.iter().filter(|slot| slot.required);
        required.map(|slot| slot.name.clone()).collect()
    }
}
