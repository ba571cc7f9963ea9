//! The results of the commands that speak to a live server.
use crate::cli::args::live::token::AccessForm;
use crate::cli::args::output::OutputForm;
use crate::core::profile::TokenKind;
use crate::core::secret::Secret;
use crate::core::time::Timestamp;
use crate::net::live::tokens::Exchange;
use crate::session::credential::CredentialEnd;

/// A credential as it is shown: everything but its tokens.
#[derive(Clone, Debug)]
pub(crate) struct CredentialView {
    /// Its name.
    pub name: String,
    /// The server's origin.
    pub origin: String,
    /// Further origins that may have its access token.
    pub origins: Vec<String>,
    /// The profile that it goes by.
    pub profile: Option<String>,
    /// How it was obtained.
    pub grant: &'static str,
    /// Whose it is.
    pub user: Option<String>,
    /// When the access token expires, by the server's clock.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires, by the server's clock.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the session ends: when nothing renews the access token any more.
    pub session_until: Option<Timestamp>,
    /// Whether anything renews the access token.
    pub is_renewed: bool,
    /// How many seconds the server's clock is ahead of this machine's.
    pub skew: i64,
    /// Where the tokens are; none: nowhere.
    pub kept_in: Option<String>,
    /// Whether they are encrypted there, as far as jwtsess knows.
    pub is_encrypted: bool,
    /// That the server ended it.
    pub over: Option<CredentialEnd>,
}

impl CredentialView {
    /// The moment at its server.
    #[must_use]
    pub(crate) fn server_time(&self, now: Timestamp) -> Timestamp {
        Timestamp::new(now.seconds().saturating_add(self.skew), now.nanos())
    }
    /// Its state in a word: `live`, `expired` or `over`. An expired access token beside what renews it is live.
    #[must_use]
    pub(crate) fn state(&self, now: Timestamp) -> &'static str {
        let now = self.server_time(now);
        let passed = |end: Option<Timestamp>| end.is_some_and(|end| end <= now);
        if self.over.is_some() {
            "over"
        } else if passed(self.session_until) || (!self.is_renewed && passed(self.access_expires_at))
        {
            "expired"
        } else {
            "live"
        }
    }
}

/// A login.
#[derive(Debug)]
pub(crate) struct Login {
    /// What was obtained.
    pub view: CredentialView,
    /// The access token.
    pub access: Secret,
    /// The refresh token.
    pub refresh: Option<Secret>,
    /// The form in which they are printed; none: they are not.
    pub form: Option<OutputForm>,
    /// The word before the token in an `Authorization` header.
    pub scheme: String,
    /// The answer as the profile's server writes it.
    pub wire: Option<String>,
    /// The exchange that brought them.
    pub exchange: Exchange,
}

/// An access token that is good now.
#[derive(Debug)]
pub(crate) struct FreshToken {
    /// The credential.
    pub view: CredentialView,
    /// The token.
    pub access: Secret,
    /// How it came to be fresh.
    pub source: TokenOrigin,
    /// The exchange that brought it, if there was one.
    pub exchange: Option<Exchange>,
    /// The word before it in an `Authorization` header.
    pub scheme: String,
    /// The form in which it is printed.
    pub form: Option<AccessForm>,
}

/// How a token came to be fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenOrigin {
    /// It was kept.
    Kept,
    /// This call refreshed it.
    Refreshed,
    /// Another process refreshed it meanwhile.
    OtherProcess,
    /// The server sent it in a header field.
    Header,
    /// A login brought it.
    Login,
}

impl TokenOrigin {
    /// Its word in JSON.
    #[must_use]
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Refreshed => "refreshed",
            Self::OtherProcess => "other_process",
            Self::Header => "header",
            Self::Login => "login",
        }
    }
}

/// Sessions that were ended, or would be.
#[derive(Debug)]
pub(crate) struct Logout {
    /// Each of them.
    pub ended: Vec<LoggedOut>,
    /// Credentials that can't be used, and were only taken away.
    pub removed: Vec<Removal>,
    /// Whether nothing was done.
    pub rehearsed: bool,
}

/// A session that was ended, or only forgotten.
#[derive(Debug)]
pub(crate) struct LoggedOut {
    /// The credential, as it was.
    pub view: CredentialView,
    /// What the server ended; none: it was not asked.
    pub server: Option<ServerLogout>,
}

/// A credential that can't be used, and was taken away. Nobody knows whether its session lives.
#[derive(Debug)]
pub(crate) struct Removal {
    /// Its name.
    pub name: String,
    /// Where it was kept.
    pub kept_in: String,
    /// The server's origin, if it could still be read.
    pub origin: Option<String>,
    /// Why it can't be used.
    pub why: String,
}

/// What a server ended.
#[derive(Debug)]
pub(crate) struct ServerLogout {
    /// The kinds of tokens.
    pub kinds: Vec<TokenKind>,
    /// Whether they had ended already.
    pub already: bool,
    /// The last exchange.
    pub exchange: Option<Exchange>,
}

impl LoggedOut {
    /// Until when the access token stays usable, if the server did not end it.
    #[must_use]
    pub(crate) fn usable_until(&self, now: Timestamp) -> Option<Timestamp> {
        let ended = self.server.as_ref().map(|server| server.kinds.as_slice());
        if ended.is_some_and(|kinds| kinds.contains(&TokenKind::Access)) {
            return None;
        }
        let end = self.view.access_expires_at;
        end.filter(|end| *end > self.view.server_time(now))
    }
}
