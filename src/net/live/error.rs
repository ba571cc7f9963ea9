//! Why a server gave no token. No error holds a secret, a query, or more of an answer than the server's own words, escaped.
use std::time::Duration;

use super::tokens::Exchange;
use crate::net::address::AddressError;
use crate::net::error::NetError;

/// Why a server gave no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LiveError {
    /// The request was not made, or its answer is none that can be taken.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The server refused.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// The profile says that the server has no such route, or says nothing of one.
    #[error("the server has no route to {0}")]
    NoRoute(Operation),
    /// What is sent is not at hand.
    #[error("{0} is needed")]
    Missing(Need),
    /// A reference leads to no address.
    #[error("{reference} leads to no address from {address}: {why}")]
    Reference {
        /// The reference, as a profile or a flag has it, as far as it may be shown.
        reference: String,
        /// The server's address.
        address: String,
        /// The reason.
        why: AddressError,
    },
    /// The server asks for what jwtsess has not.
    #[error("{0}")]
    Unsupported(String),
    /// The person did not allow it, or took too long.
    #[error("{0}")]
    NotAllowed(String),
    /// The port on which the browser's answer is awaited can't be had.
    #[error("{address} can't be listened on: {why}")]
    Listener {
        /// The address.
        address: String,
        /// The reason.
        why: String,
    },
}

/// What a server is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Log in.
    Login,
    /// Refresh.
    Refresh,
    /// Log out.
    Logout,
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Login => "log in",
            Self::Refresh => "refresh",
            Self::Logout => "log out",
        })
    }
}

/// What is sent and not at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// A user and a password.
    Password,
    /// The access token.
    Access,
    /// The refresh token.
    Refresh,
    /// The client's id.
    ClientId,
    /// The client's secret.
    ClientSecret,
    /// The client's private key.
    ClientKey,
}

impl std::fmt::Display for Need {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Password => "a user and a password",
            Self::Access => "an access token",
            Self::Refresh => "a refresh token",
            Self::ClientId => "the client's id",
            Self::ClientSecret => "the client's secret",
            Self::ClientKey => "the client's private key",
        })
    }
}

/// A server's refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} answers {}{}", .exchange.url, .exchange.status, .words.as_deref().map(|words| format!(": {words}")).unwrap_or_default())]
pub(crate) struct Refusal {
    /// What was asked.
    pub operation: Operation,
    /// The reason code: what the profile says of this answer, `login_refused`, `client_refused`, `refused`, `server_failed` or `rate_limited`.
    pub code: &'static str,
    /// The server's own code, escaped: `invalid_grant`, `token_not_valid`.
    pub server_code: Option<String>,
    /// The server's words, escaped, 300 characters at most.
    pub words: Option<String>,
    /// How long it wants to be left alone.
    pub retry_after: Option<Duration>,
    /// How long it wants to be left alone between two questions (RFC 8628 §3.5), if it names that.
    pub interval: Option<Duration>,
    /// The exchange.
    pub exchange: Exchange,
}
