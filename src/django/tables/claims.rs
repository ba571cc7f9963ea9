//! Reads the text of a token that a table keeps. Nothing of it is verified: it only serves to show a row, and to tell how long the row guards.
use std::time::Duration;

use crate::core::claims::{Members, Typed};
use crate::core::secret::{Fingerprint, Secret};
use crate::core::time::{Span, Timestamp};
use crate::core::token::{Limits, Unverified};
use crate::django::settings::DjangoSettings;
use crate::session::family::{Expiry, Seal, SessionToken, SignedContent};

/// A token whose text was read, and not verified.
pub(super) struct StoredToken {
    token: Unverified,
}

impl StoredToken {
    pub(super) fn read(text: &str) -> Self {
        let token = Unverified::read(text, &Limits::default());
        Self { token }
    }
    /// Reads a token that comes with its text. `None` if it has none.
    pub(super) fn of(token: &SessionToken) -> Option<Self> {
        let text = std::str::from_utf8(token.text.as_ref()?.expose()).ok()?;
        Some(Self::read(text))
    }
    fn claims(&self) -> Option<&Members> {
        self.token.claims()
    }
    /// A claim that is a string, or a number as text: up to simplejwt 5.3, `user_id` was a number.
    pub(super) fn text(&self, claim: &str) -> Option<String> {
        let claims = self.claims()?;
        match claims.string(claim) {
            Typed::Is(text) => Some(text),
            Typed::Wrong("number") => claims.raw(claim).map(str::to_owned),
            Typed::Absent | Typed::Wrong(_) => None,
        }
    }
    /// A claim that is a date.
    pub(super) fn moment(&self, claim: &str) -> Option<Timestamp> {
        let raw = self.claims()?.raw(claim)?;
        Timestamp::from_json(raw).ok()
    }
    /// The token's own `exp`.
    pub(super) fn expiry(&self) -> Expiry {
        self.moment("exp").map_or(Expiry::Never, Expiry::At)
    }
    /// The token's lifetime from `iat` to `exp`; zero if it has none.
    pub(super) fn life(&self) -> Span {
        let life = self
            .moment("iat")
            .zip(self.moment("exp"))
            .and_then(|(from, to)| u64::try_from(from.seconds_until(to)).ok());
        Span::from_seconds(life.unwrap_or_default())
    }
    /// A claim that is a string.
    pub(super) fn string(&self, claim: &str) -> Option<String> {
        match self.claims()?.string(claim) {
            Typed::Is(text) => Some(text),
            Typed::Absent | Typed::Wrong(_) => None,
        }
    }
    pub(super) fn issuer(&self) -> Option<String> {
        self.string("iss")
    }
    /// The token's text.
    pub(super) fn secret(&self) -> Secret {
        Secret::new(self.token.text().as_bytes().to_vec())
    }
    /// The value by which the store recognises the token: made of `id`, or of what was signed.
    pub(super) fn fingerprint(&self, id: Option<&str>) -> Fingerprint {
        match id {
            Some(id) => Fingerprint::of_id(self.issuer().as_deref(), id),
            None => Fingerprint::of_signed(self.token.signing_input()),
        }
    }
    /// The token as the rules and the output need it.
    pub(super) fn token(&self, id: Option<&str>, expires_at: Expiry) -> SessionToken {
        let header = self.token.header.members.as_ref().map(Members::text);
        let claims = self.claims().map(Members::text);
        SessionToken {
            fingerprint: self.fingerprint(id),
            id: id.map(str::to_owned),
            issued_at: self.moment("iat"),
            expires_at,
            signed: header.zip(claims).map(|(header, claims)| SignedContent {
                header: header.to_owned(),
                claims: claims.to_owned(),
                // The text beside it has its signature.
                seal: Seal::Missing,
            }),
            access: None,
            text: Some(self.secret()),
        }
    }
    /// Until when a sliding token of simplejwt can be refreshed. The claim's default name counts beside the one in the settings, which may have been changed
    /// since.
    pub(super) fn slides_until(&self, settings: &DjangoSettings) -> Option<Timestamp> {
        self.moment(&settings.sliding_refresh_exp_claim)
            .or_else(|| self.moment("refresh_exp"))
    }
}

/// A duration in whole seconds, rounded up.
pub(super) fn span(duration: Duration) -> Span {
    let begun = u64::from(duration.subsec_nanos() > 0);
    Span::from_seconds(duration.as_secs().saturating_add(begun))
}
