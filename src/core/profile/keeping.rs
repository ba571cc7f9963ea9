//! What rotating one of a profile's tokens does, and whether it can detect reuse.
use super::model::Profile;
use crate::core::server::{Stack, TokenId};

/// What rotating does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// Nothing: the profile's tokens are renewed instead.
    None,
    /// It retires the presented token.
    Retires,
    /// The presented token stays valid, and each use makes another branch (simplejwt without `BLACKLIST_AFTER_ROTATION`).
    Branches,
}

impl Profile {
    /// What rotating does: as the server does it, or as we do it if `reuse_detection` is on.
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

    /// Why this profile can't detect reuse: that needs tokens that differ from their successors. `None` if it can.
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
                    Some("its tokens have no jti while JWT_TOKEN_ID is off")
                }
                Stack::DrfJwt => None,
            },
        }
    }
}
