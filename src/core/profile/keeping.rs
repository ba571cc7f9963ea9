//! What the session store is to a profile, and what rotating one of its tokens does.
use super::Profile;
use crate::core::server::{Stack, TokenId};
use crate::core::time::Span;

/// What the session store is to a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// Whether a session that the store does not know can't be renewed or rotated; else it is live.
    pub allow_list: bool,
    /// Whether a login is recorded; else a session is when it is first rotated or revoked.
    pub recorded_at_issue: bool,
    /// Whether a retired token that comes back ends its session.
    pub reuse_detection: bool,
    /// How long after its first use a retired token gets the same successor again.
    pub reuse_grace: Span,
}

/// What rotating does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// There is none: its tokens are renewed.
    None,
    /// The presented token is retired.
    Retires,
    /// The presented token stays good: each use is another branch (simplejwt without `BLACKLIST_AFTER_ROTATION`).
    Branches,
}

impl Profile {
    /// What rotating one of its tokens does: its server's way, or ours where that is asked for.
    #[must_use]
    pub fn rotation(&self) -> Rotation {
        if self.keeping.reuse_detection {
            return Rotation::Retires;
        }
        match &self.server {
            None if self.base == "plain" => Rotation::None,
            None => Rotation::Retires,
            Some(server) if server.stack == Stack::SimpleJwt && self.is_pair() && server.rotate => {
                if server.blacklist_after_rotation && server.blacklist_app {
                    Rotation::Retires
                } else {
                    Rotation::Branches
                }
            }
            Some(_) => Rotation::None,
        }
    }

    /// Why reuse can't be detected under it: its tokens have to be told apart, each from its successor. None where it can.
    #[must_use]
    pub fn no_reuse_detection(&self) -> Option<&'static str> {
        match &self.server {
            None if self.base == "plain" => Some("there is no session to end"),
            None => None,
            Some(server) => match server.stack {
                Stack::SimpleJwt if self.is_pair() => None,
                Stack::SimpleJwt => Some("a sliding token keeps its jti when it is renewed"),
                Stack::DrfJwtLegacy => Some("its tokens have no jti"),
                Stack::DrfJwt if server.token_id == TokenId::Off => {
                    Some("with JWT_TOKEN_ID off its tokens have no jti")
                }
                Stack::DrfJwt => None,
            },
        }
    }
}
