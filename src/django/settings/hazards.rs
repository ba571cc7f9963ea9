//! Where a Django server is unsafe. We read this in the source and saw it on running servers.
use super::{DjangoSettings, Stack};
use crate::core::emulator::Hazard;

impl DjangoSettings {
    /// Lists where the server is unsafe, the worst first. `pair` says whether simplejwt issues access and refresh tokens, or sliding ones.
    pub(in crate::django) fn hazards(&self, pair: bool) -> Vec<Hazard> {
        let mut found = Vec::new();
        let mut is = |hazard, so: bool| found.extend(so.then_some(hazard));
        match self.stack {
            Stack::SimpleJwt if pair => {
                let retires = self.blacklist_app && self.blacklist_after_rotation;
                is(Hazard::NoSessionEnd, self.rotate);
                is(Hazard::OldTokenLives, self.rotate && !retires);
                is(Hazard::NoReuseDetection, self.rotate && retires);
                is(Hazard::NoRevocation, !self.blacklist_app);
                is(Hazard::AccessOutlivesLogout, self.blacklist_app);
            }
            Stack::SimpleJwt => {
                is(Hazard::OutlivesSession, true);
                is(Hazard::OldTokenLives, true);
                is(Hazard::NoRevocation, !self.blacklist_app);
                is(Hazard::RevocationForgotten, self.blacklist_app);
            }
            Stack::DrfJwt | Stack::DrfJwtLegacy => {
                is(Hazard::SignatureNotChecked, !self.verify);
                is(Hazard::ExpiryNotChecked, !self.verify_expiration);
                is(Hazard::NoExpAccepted, self.verify_expiration);
                is(Hazard::OutlivesSession, true);
                is(Hazard::OldTokenLives, true);
                is(Hazard::NoRevocation, !self.blacklist_app);
                is(Hazard::RevocationForgotten, self.blacklist_app);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn what_a_server_is_set_to_says_where_it_is_unsafe() {
        for (stack, pair, set, expected) in [
            (
                Stack::SimpleJwt,
                true,
                "",
                "no_session_end no_reuse_detection access_outlives_logout",
            ),
            (
                Stack::SimpleJwt,
                true,
                "BLACKLIST_AFTER_ROTATION=off",
                "no_session_end old_token_lives access_outlives_logout",
            ),
            (
                Stack::SimpleJwt,
                true,
                "ROTATE_REFRESH_TOKENS=off",
                "access_outlives_logout",
            ),
            (
                Stack::SimpleJwt,
                true,
                "INSTALLED_APPS=[]",
                "no_session_end old_token_lives no_revocation",
            ),
            (
                Stack::SimpleJwt,
                false,
                "",
                "outlives_session old_token_lives revocation_forgotten",
            ),
            (
                Stack::DrfJwt,
                false,
                "",
                "no_exp_accepted outlives_session old_token_lives revocation_forgotten",
            ),
            (
                Stack::DrfJwt,
                false,
                "JWT_VERIFY=off",
                "signature_not_checked no_exp_accepted outlives_session old_token_lives revocation_forgotten",
            ),
            (
                Stack::DrfJwtLegacy,
                false,
                "JWT_VERIFY_EXPIRATION=off",
                "expiry_not_checked outlives_session old_token_lives no_revocation",
            ),
        ] {
            let mut settings = DjangoSettings::defaults(stack);
            if let Some((name, value)) = set.split_once('=') {
                settings.set(name, value).unwrap();
            }
            let codes: Vec<_> = settings
                .hazards(pair)
                .iter()
                .map(|hazard| hazard.code())
                .collect();
            assert_eq!(codes.join(" "), expected, "{stack:?} {set}");
        }
    }
}
