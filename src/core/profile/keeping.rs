//! What rotating one of a profile's tokens does, and whether it can detect reuse.
use super::model::Profile;
use crate::core::emulator::Rotation;

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
            Some(server) => server.rotation(),
        }
    }

    /// Why this profile can't detect reuse: that needs tokens that differ from their successors. `None` if it can.
    #[must_use]
    pub fn no_reuse_detection(&self) -> Option<&'static str> {
        match &self.server {
            None if self.base == "plain" => Some("there is no session to end"),
            None => None,
            Some(server) => server.no_reuse_detection(),
        }
    }
}
