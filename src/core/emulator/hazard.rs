//! Where a server is unsafe, because of its code or its settings.

/// A weakness of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hazard {
    /// The server does not check signatures.
    SignatureNotChecked,
    /// The server does not check `exp`.
    ExpiryNotChecked,
    /// The server accepts a token without `exp`, and refreshes it.
    NoExpAccepted,
    /// Each rotation begins a full new lifetime, so a session never has to end.
    NoSessionEnd,
    /// A token's `exp` does not stop at the end of refreshing.
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
