//! What a server gives, what is given back to it, and what passed between.
use std::time::Duration;

use crate::core::profile::TokenKind;
use crate::core::secret::Secret;
use crate::core::time::Timestamp;
use crate::session::credential::KeptCookie;

/// What a login or a refresh brings. Moments are by the server's clock.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    /// The access token, or the only token.
    pub access: Secret,
    /// The refresh token; none came: an older one stays good.
    pub refresh: Option<Secret>,
    /// When the access token expires, if that is known.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires, if that is known.
    pub refresh_expires_at: Option<Timestamp>,
    /// The scope that was granted, if the server says it.
    pub scope: Option<String>,
    /// The cookies to keep, in place of those before.
    pub cookies: Vec<KeptCookie>,
    /// By how many seconds the server's clock is ahead of this machine's, if that could be measured and is 5 s or more.
    pub skew: Option<i64>,
    /// The member in which the token came that refreshes.
    pub member: Option<String>,
    /// Whether the answer's refresh token is an empty text: the server keeps it in a cookie that the profile does not name.
    pub refresh_is_empty: bool,
    /// The exchange that brought them.
    pub exchange: Exchange,
}

/// What is kept of a session, as far as its server needs it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeptSession<'a> {
    /// The access token, or the only token.
    pub access: Option<&'a Secret>,
    /// The refresh token.
    pub refresh: Option<&'a Secret>,
    /// The cookies.
    pub cookies: &'a [KeptCookie],
}

/// A request and its answer, without what was said in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exchange {
    /// The method.
    pub method: String,
    /// The address, without its query.
    pub url: String,
    /// The answer's status.
    pub status: u16,
    /// How long it took.
    pub took: Duration,
}

/// What a logout did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Logout {
    /// The kinds of the tokens that the server was told to end, in that order.
    pub kinds: Vec<TokenKind>,
    /// Whether it had ended already.
    pub already: bool,
    /// The exchanges, in order.
    pub exchanges: Vec<Exchange>,
}
