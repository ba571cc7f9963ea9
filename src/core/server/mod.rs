//! Predicts exactly what a real Django server would answer to a token: status, body and the tokens that it would mint.
//!
//! There are three stacks, each read from source and compared with running servers: simplejwt 5.5.1 and drf-jwt 1.19.2 with `PyJWT` 2.15.1, and
//! djangorestframework-jwt 1.11.0 with `PyJWT` 1.7.1. They read tokens less strictly than we do, so this module has its own reader. It only predicts an answer
//! and never accepts a token.
mod answer;
mod drf_jwt;
mod emulated;
mod hazard;
mod plan;
mod pyjwt;
mod python;
mod settings;
mod simplejwt;
mod users;

use answer::{Ended, Response};

use crate::core::algorithm::Algorithm;
use crate::core::key::KeySet;
use crate::core::time::Timestamp;

pub use answer::{Answer, Body, Cause, ERROR_PAGE, Minted, Unchecked};
pub use emulated::SettingsReader;
pub use hazard::Hazard;
pub use plan::{Claim, Fill, OutOfRange, Plan, TokenKind, login_claims};
pub use settings::names::SettingError;
pub use settings::{Audience, Settings, Stack, TokenClass, TokenId};
pub use users::{Database, Listed, User, UserId, UserTable, Users};

/// The endpoint that the token is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// A view that requires authentication, with the token in its `Authorization` header. Real views answer as they like. This is the view of the recordings,
    /// which reports whom the server took the caller for: `user`, `id` and, under simplejwt, `claims`.
    View,
    /// The same view under simplejwt's `JWTStatelessUserAuthentication`, which looks at no user table.
    Stateless,
    /// The token is posted to be verified.
    Verify,
    /// The token is posted to be refreshed.
    Refresh,
    /// A sliding token is posted to be refreshed. Only simplejwt has this.
    SlidingRefresh,
    /// The token is posted to be blacklisted. With simplejwt that is a refresh token; with drf-jwt, the token that authenticates the request.
    Blacklist,
}

impl View {
    /// Every view, in the order of the enum.
    pub const ALL: [Self; 6] = [
        Self::View,
        Self::Stateless,
        Self::Verify,
        Self::Refresh,
        Self::SlidingRefresh,
        Self::Blacklist,
    ];
    /// The name that `verify --as` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Stateless => "stateless",
            Self::Verify => "verify",
            Self::Refresh => "refresh",
            Self::SlidingRefresh => "sliding-refresh",
            Self::Blacklist => "blacklist",
        }
    }
    /// The field of the body that the token is posted in, or `None` if it is sent in the `Authorization` header.
    #[must_use]
    pub const fn field(self, stack: Stack) -> Option<&'static str> {
        match (stack, self) {
            (_, Self::View | Self::Stateless) | (Stack::DrfJwt, Self::Blacklist) => None,
            (Stack::SimpleJwt, Self::Refresh | Self::Blacklist) => Some("refresh"),
            _ => Some("token"),
        }
    }
    /// Whether the stack has this view.
    #[must_use]
    pub const fn is_offered(self, settings: &Settings) -> bool {
        match (settings.stack, self) {
            (Stack::SimpleJwt, _) | (_, Self::View | Self::Verify | Self::Refresh) => true,
            (Stack::DrfJwt, Self::Blacklist) => settings.blacklist_app,
            _ => false,
        }
    }
}

/// Why no answer can be predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswerable {
    /// The answer depends on the signature, and no key serves the server's algorithm.
    #[error("there is no key for {0}, with which the server verifies its tokens")]
    NoKey(Algorithm),
    /// The stack has no such view.
    #[error("the server has no such view")]
    NoSuchView,
}

/// Predicts the server's answer to `token`: the text as it is posted in the view's field, or as it follows the scheme in the header.
///
/// # Errors
/// See [`Unanswerable`]. A token that fails before its signature is checked needs no key.
pub fn answer(
    settings: &Settings,
    view: View,
    token: &str,
    keys: &KeySet,
    database: &Database<'_>,
    now: Timestamp,
) -> Result<Answer, Unanswerable> {
    if !view.is_offered(settings) {
        return Err(Unanswerable::NoSuchView);
    }
    let mut request = Request {
        settings,
        keys,
        database,
        now,
        not_checked: Vec::new(),
    };
    let ended = match settings.stack {
        Stack::SimpleJwt => request.simplejwt(view, token),
        Stack::DrfJwt => request.drf_jwt(view, token),
        Stack::DrfJwtLegacy => request.legacy(view, token),
    };
    let response = match ended {
        Ok(response) | Err(Ended::Answered(response)) => response,
        Err(Ended::NoKey(algorithm)) => return Err(Unanswerable::NoKey(algorithm)),
    };
    Ok(response.into_answer(settings, request.not_checked))
}

/// Predicts the server's answer to a request with this `Authorization` header. If the scheme is not one of the server's, the server sees no credentials.
///
/// # Errors
/// As [`answer`].
pub fn answer_to_header(
    settings: &Settings,
    view: View,
    header: &str,
    keys: &KeySet,
    database: &Database<'_>,
    now: Timestamp,
) -> Result<Answer, Unanswerable> {
    match credentials(settings, header) {
        Some(token) => answer(settings, view, token, keys, database, now),
        None if !view.is_offered(settings) => Err(Unanswerable::NoSuchView),
        None => {
            let text = "Authentication credentials were not provided.";
            let response = Response::refused(401, Body::detail(text, None), Cause::Request);
            Ok(response.into_answer(settings, Vec::new()))
        }
    }
}

/// The text after the scheme in a header, if the scheme is one of the server's. Each stack decides that in its own way (simplejwt 5.5.1 `get_raw_token`,
/// drf-jwt 1.19.2 `get_token_from_authorization_header`, djangorestframework-jwt 1.11.0 `get_jwt_value`).
fn credentials<'h>(settings: &Settings, header: &'h str) -> Option<&'h str> {
    // RFC 9110 §5.5: blanks around a header's value are not part of it.
    let header = header.trim_matches([' ', '\t']);
    let (scheme, rest) = match settings.stack {
        Stack::DrfJwt => header.split_once(' ')?,
        Stack::SimpleJwt | Stack::DrfJwtLegacy => {
            let header = header.trim_start_matches(is_header_space);
            header.split_at(header.find(is_header_space).unwrap_or(header.len()))
        }
    };
    let is_ours = settings
        .header_types
        .iter()
        .any(|one| match settings.stack {
            Stack::SimpleJwt => one == scheme,
            Stack::DrfJwt | Stack::DrfJwtLegacy => one.to_lowercase() == scheme.to_lowercase(),
        });
    is_ours.then_some(rest)
}

/// One request: what the answer is computed from, and what could not be checked.
struct Request<'a> {
    settings: &'a Settings,
    keys: &'a KeySet,
    database: &'a Database<'a>,
    now: Timestamp,
    not_checked: Vec<Unchecked>,
}

impl Request<'_> {
    fn unchecked(&mut self, what: Unchecked) {
        if !self.not_checked.contains(&what) {
            self.not_checked.push(what);
        }
    }
}

/// Cleans a posted text as Django REST framework's `CharField` does: it strips white space at both ends, and refuses an empty text and null characters.
fn posted<'a>(field: &'static str, text: &'a str) -> Result<&'a str, Ended> {
    let trimmed = text.trim_matches(python::is_space);
    let problem = if trimmed.is_empty() {
        "This field may not be blank."
    } else if trimmed.contains('\0') {
        "Null characters are not allowed."
    } else {
        return Ok(trimmed);
    };
    let body = format!("{{\"{field}\":[\"{problem}\"]}}");
    Err(Response::refused(400, Body::json(body), Cause::Request).into())
}

/// The white space at which Python splits a header.
fn is_header_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

#[cfg(test)]
mod tests;
