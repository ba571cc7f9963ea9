//! Where a server is unsafe, because of its code or its settings. We read this in the source and saw it on running servers.
use super::settings::{Settings, Stack};

/// A weakness of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hazard {
    /// `JWT_VERIFY` is off, so the server does not check signatures.
    SignatureNotChecked,
    /// `JWT_VERIFY_EXPIRATION` is off, so the server does not check `exp`.
    ExpiryNotChecked,
    /// drf-jwt accepts a token without `exp`, and refreshes it.
    NoExpAccepted,
    /// Each rotation with simplejwt begins a full new lifetime, so a session never has to end.
    NoSessionEnd,
    /// The `exp` of drf-jwt's tokens and of sliding tokens does not stop at the end of refreshing.
    OutlivesSession,
    /// A token that was exchanged for a fresh one stays valid until it expires.
    OldTokenLives,
    /// The server refuses a rotated refresh token that comes back, but the tokens that came from it stay valid.
    NoReuseDetection,
    /// The server keeps no list of refused tokens.
    NoRevocation,
    /// No list holds access tokens, so one stays valid after a logout until it expires.
    AccessOutlivesLogout,
    /// Clean-up deletes a revoked token's entry before the token's successors have expired.
    RevocationForgotten,
}

impl Hazard {
    /// The stable code, for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignatureNotChecked => "signature_not_checked",
            Self::ExpiryNotChecked => "expiry_not_checked",
            Self::NoExpAccepted => "no_exp_accepted",
            Self::NoSessionEnd => "no_session_end",
            Self::OutlivesSession => "outlives_session",
            Self::OldTokenLives => "old_token_lives",
            Self::NoReuseDetection => "no_reuse_detection",
            Self::NoRevocation => "no_revocation",
            Self::AccessOutlivesLogout => "access_outlives_logout",
            Self::RevocationForgotten => "revocation_forgotten",
        }
    }
}

impl Settings {
    /// Lists where the server is unsafe, the worst first. `pair` says whether simplejwt issues access and refresh tokens, or sliding ones.
    #[must_use]
    pub fn hazards(&self, pair: bool) -> Vec<Hazard> {
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
            let mut settings = Settings::defaults(stack);
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
