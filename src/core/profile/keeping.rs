//! What rotating one of a profile's tokens does, and whether it can detect reuse.
use super::language::entry::Item;
use super::language::forms::{RenewalLimit, Retirement};
use super::language::model::{Reuse, RevocationReach};
use super::language::source::Source;
use super::model::Profile;
use crate::core::emulator::RotationMode;

impl Profile {
    /// Whether a retired token that comes back ends something.
    #[must_use]
    pub fn detects_reuse(&self) -> bool {
        self.model.rotate.reuse != Reuse::Refuse
    }

    /// What rotating does: as the server does it, or as we do it if reuse is to be detected.
    #[must_use]
    pub fn rotation(&self) -> RotationMode {
        if self.server.is_some() && self.detects_reuse() {
            return RotationMode::Retires;
        }
        match &self.server {
            None => match self.model.rotate.when {
                Retirement::Never if self.detects_reuse() => RotationMode::Retires,
                Retirement::Never => RotationMode::None,
                Retirement::Always | Retirement::After(_) if self.model.rotate.old_stays_good => {
                    RotationMode::Branches
                }
                Retirement::Always | Retirement::After(_) => RotationMode::Retires,
            },
            Some(server) => server.rotation(),
        }
    }

    /// Until when a token can be renewed, if that is not its `exp`. An emulated server has its own rule.
    #[must_use]
    pub fn renewable_until(&self) -> Option<&RenewalLimit> {
        let until = &self.model.renew.until;
        let is_exp = until.claim == "exp" && until.span.seconds() == 0;
        (self.server.is_none() && !is_exp).then_some(until)
    }

    /// How far revoking one of its tokens reaches.
    #[must_use]
    pub fn ends(&self) -> RevocationReach {
        match &self.server {
            None => self.model.revoke.ends,
            Some(server) if server.revokes_alone() => RevocationReach::Token,
            Some(_) => RevocationReach::Session,
        }
    }

    /// Why this profile can't detect reuse: that needs tokens that differ from their successors. `None` if it can.
    #[must_use]
    pub fn no_reuse_detection(&self) -> Option<&'static str> {
        match &self.server {
            None if self.model.is_plain() => Some("there is no session to end"),
            None if !self.has_fresh_ids() => Some("its tokens have no id of their own"),
            None => None,
            Some(server) => server.no_reuse_detection(),
        }
    }

    fn has_fresh_ids(&self) -> bool {
        let fresh = |item: &Item| match item {
            Item::Entry(entry) => matches!(entry.source, Some(Source::Fresh(_))),
            Item::Rest => false,
        };
        let presented = self.model.renew.presents;
        let presented = presented.and_then(|kind| self.model.kind(kind));
        presented.is_some_and(|kind| !kind.is_jwt() || kind.claims.iter().any(fresh))
    }
}
