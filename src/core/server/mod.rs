//! What a real Django server would answer to a token: status, body and the tokens it would mint, exactly.
//!
//! Three stacks, each read from source and compared with running servers: simplejwt 5.5.1 and drf-jwt 1.19.2 with `PyJWT` 2.15.1, and
//! djangorestframework-jwt 1.11.0 with `PyJWT` 1.7.1. They read tokens more laxly than we do, and so this reader is one of its own: it serves to
//! foretell an answer, never to accept a token.
mod answer;
mod drf_jwt;
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
pub use hazard::Hazard;
pub use plan::{Claim, Fill, OutOfRange, Plan, TokenKind, login_claims};
pub use settings::{Audience, SettingError, Settings, Stack, TokenClass, TokenId};
pub use users::{Database, Listed, User, UserId};

/// The endpoint that the token is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// A view that asks for authentication, the token in its `Authorization` header. What such a view answers is its own affair; foretold is the
    /// one of the recordings, which says whom the server took the caller for: `user`, `id` and, under simplejwt, `claims`.
    View,
    /// The same under simplejwt's `JWTStatelessUserAuthentication`, which asks no user table.
    Stateless,
    /// The token posted to be verified.
    Verify,
    /// The token posted to be refreshed.
    Refresh,
    /// A sliding token posted to be refreshed; simplejwt alone.
    SlidingRefresh,
    /// The token posted to be blacklisted: simplejwt's refresh token; under drf-jwt the token that the request is authenticated with.
    Blacklist,
}

impl View {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::View,
        Self::Stateless,
        Self::Verify,
        Self::Refresh,
        Self::SlidingRefresh,
        Self::Blacklist,
    ];
    /// The word that `verify --as` takes.
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
    /// Whether the token is sent in the `Authorization` header; else it is posted in a field of the body, whose name this is.
    #[must_use]
    pub const fn field(self, stack: Stack) -> Option<&'static str> {
        match (stack, self) {
            (_, Self::View | Self::Stateless) | (Stack::DrfJwt, Self::Blacklist) => None,
            (Stack::SimpleJwt, Self::Refresh | Self::Blacklist) => Some("refresh"),
            _ => Some("token"),
        }
    }
    /// Whether the stack has it.
    #[must_use]
    pub const fn is_offered(self, settings: &Settings) -> bool {
        match (settings.stack, self) {
            (Stack::SimpleJwt, _) | (_, Self::View | Self::Verify | Self::Refresh) => true,
            (Stack::DrfJwt, Self::Blacklist) => settings.blacklist_app,
            _ => false,
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswerable {
    /// The answer hangs on a signature, and no key serves the server's algorithm.
    #[error("no key for {0}, with which the server checks its tokens")]
    NoKey(Algorithm),
    /// The stack has no such view.
    #[error("the server has no such view")]
    NoSuchView,
}

/// Foretells the server's answer to `token`: the text as it would be posted in the view's field, or put behind the scheme in the header.
///
/// # Errors
/// See [`Unanswerable`]. A token that fails before its signature is looked at is answered without any key.
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

/// Foretells the server's answer to a request with this `Authorization` header, as it stands: another scheme than the server's is no credential at all.
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

/// What stands behind the scheme in a header, where that is one of the server's: told as each stack tells it (simplejwt 5.5.1 `get_raw_token`, drf-jwt
/// 1.19.2 `get_token_from_authorization_header`, djangorestframework-jwt 1.11.0 `get_jwt_value`).
fn credentials<'h>(settings: &Settings, header: &'h str) -> Option<&'h str> {
    // RFC 9110 §5.5: blanks around a header's value are none of it.
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

/// What a request is answered with and from.
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

/// What Django REST framework's `CharField` makes of a posted text: white space around is taken off; empty, and a null character, are refused.
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

/// The white space at which Python cuts a header in parts.
fn is_header_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

#[cfg(test)]
mod tests;
