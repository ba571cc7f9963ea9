//! A credential: the tokens of one session at a server, what renews them, and what is known of their end. It is plain data, kept as one JSON object.
pub(crate) mod decide;
mod secret_text;

use serde::{Deserialize, Serialize};

use crate::core::secret::Secret;
use crate::core::time::{Span, Timestamp};

/// The schema that is written. A later one is not read.
pub(crate) const SCHEMA: u32 = 1;

/// A credential. `S` says how its server is spoken to, which only net knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Credential<S> {
    /// The schema that it was written in.
    pub schema: u32,
    /// The server.
    pub server: S,
    /// The profile that was named or recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// How it was obtained.
    pub grant: GrantKind,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Where the client's secret can be read again: a REF, never the secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// Where the client's key can be read again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_key: Option<String>,
    /// The program that keeps `tokens`, if that is not done here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<String>,
    /// What a refresh changes. It is left out where a helper keeps it.
    #[serde(default = "TokenSet::none", skip_serializing_if = "TokenSet::is_none")]
    pub tokens: TokenSet,
}

/// How a credential was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum GrantKind {
    /// By name and password.
    Password,
    /// By the client's own secret or key (RFC 6749 §4.4).
    ClientCredentials,
    /// In a browser (RFC 6749 §4.1, RFC 7636, RFC 8252).
    Code,
    /// On another device (RFC 8628).
    Device,
    /// From a refresh token that somebody had.
    RefreshToken,
}

impl GrantKind {
    /// Its name, as `--grant` takes it.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::ClientCredentials => "client-credentials",
            Self::Code => "code",
            Self::Device => "device",
            Self::RefreshToken => "refresh-token",
        }
    }
}

/// The tokens, their times, and what became of them. A refresh changes all of it in one piece. Times are epoch seconds by the server's clock, but for
/// `obtained_at` and `refresh_sent_at`, which are by this machine's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TokenSet {
    /// The access token.
    #[serde(with = "secret_text")]
    pub access_token: Secret,
    /// The refresh token, if the server gave one.
    #[serde(
        default,
        with = "secret_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub refresh_token: Option<Secret>,
    /// The cookies of a server that keeps its tokens there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cookies: Vec<KeptCookie>,
    /// When it was asked for.
    pub obtained_at: i64,
    /// When the access token ends, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_expires_at: Option<i64>,
    /// When the refresh token ends, if that is known; of a model with one token, until when that can be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_expires_at: Option<i64>,
    /// How many seconds the server's clock is ahead of this machine's.
    #[serde(default)]
    pub skew: i64,
    /// How long the access token of the last refresh lived when it came, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refreshed_life: Option<i64>,
    /// When a refresh was sent that has not been answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_sent_at: Option<i64>,
    /// That the server ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<CredentialEnd>,
}

/// A cookie that a profile names, as it is sent back: to the origin that set it and to no other host, below its path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptCookie {
    /// Its name.
    pub name: String,
    /// Its value, which may be a token.
    #[serde(with = "secret_text")]
    pub value: Secret,
    /// The path that it is for.
    pub path: String,
    /// When it ends, by the server's clock, if the server said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
}

/// When and why the server ended a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CredentialEnd {
    /// When the server said so, by this machine's clock.
    pub at: i64,
    /// The reason code.
    pub code: String,
    /// The server's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// When a refresh was sent before that, which was never answered: it may have used the token up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unanswered_since: Option<i64>,
}

impl TokenSet {
    /// No tokens.
    #[must_use]
    pub(crate) fn none() -> Self {
        Self {
            access_token: Secret::empty(),
            refresh_token: None,
            cookies: Vec::new(),
            obtained_at: 0,
            access_expires_at: None,
            refresh_expires_at: None,
            skew: 0,
            refreshed_life: None,
            refresh_sent_at: None,
            over: None,
        }
    }
    /// Whether there is no token.
    #[must_use]
    pub(crate) fn is_none(&self) -> bool {
        self.access_token.is_empty()
    }
    /// The moment at the server.
    #[must_use]
    pub(crate) fn server_time(&self, now: Timestamp) -> Timestamp {
        Timestamp::new(now.seconds().saturating_add(self.skew), now.nanos())
    }
    /// How many whole seconds the access token has left, if that is known. Not positive: it has expired.
    #[must_use]
    pub(crate) fn left(&self, now: Timestamp) -> Option<i64> {
        Some(self.left_until(self.access_expires_at?, now))
    }
    /// How many whole seconds are left until a moment by the server's clock.
    #[must_use]
    pub(crate) fn left_until(&self, end: i64, now: Timestamp) -> i64 {
        let end = Timestamp::from_seconds(end);
        self.server_time(now).seconds_until(end)
    }
    /// How long the access token lives from when it was asked for, in seconds.
    #[must_use]
    pub(crate) fn life(&self) -> Option<i64> {
        let obtained = self.server_time(Timestamp::from_seconds(self.obtained_at));
        Some(self.access_expires_at? - obtained.seconds())
    }
    /// Whether the access token has a second left, or nobody knows when it ends.
    #[must_use]
    pub(crate) fn is_usable(&self, now: Timestamp) -> bool {
        self.left(now).is_none_or(|left| left >= 1)
    }
    /// Whether a token that just came lives as long as was asked. A second that has begun counts: servers stamp whole seconds.
    #[must_use]
    pub(crate) fn lives_for(&self, min_ttl: Span) -> bool {
        let wanted = i64::try_from(min_ttl.seconds()).unwrap_or(i64::MAX);
        self.life().is_none_or(|life| life >= wanted.max(1))
    }
}

#[cfg(test)]
mod tests;
