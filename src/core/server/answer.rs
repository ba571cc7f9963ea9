//! The shape of an answer.
use super::plan::Plan;
use super::python::{Value, rendered};
use super::settings::{Settings, Stack};
use crate::core::algorithm::Algorithm;
use crate::core::verdict::{Class, Reason};

/// What the server would answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body's media type.
    pub content_type: &'static str,
    /// The JSON body; of a 500 none: Django sends [`ERROR_PAGE`].
    pub body: Option<Body>,
    /// The headers that matter: `WWW-Authenticate`, under a 401.
    pub headers: Vec<(&'static str, String)>,
    /// Which check answered; none if the status is 2xx.
    pub cause: Option<Cause>,
    /// What only the server's database knows: asked on the way to this answer, and taken to be in the token's favour.
    pub not_checked: Vec<Unchecked>,
    /// The tokens that the body would carry, in its order.
    pub minted: Vec<Minted>,
}

/// The page of a 500: Django's own, where `DEBUG` is off and the project has no template for it.
pub const ERROR_PAGE: &str = "
<!doctype html>
<html lang=\"en\">
<head>
  <title>Server Error (500)</title>
</head>
<body>
  <h1>Server Error (500)</h1><p></p>
</body>
</html>
";

/// A token that the server would mint.
#[derive(Clone, Debug, PartialEq)]
pub struct Minted {
    /// The body's field that it stands in.
    pub field: &'static str,
    /// The token, yet without ids and signature.
    pub plan: Plan,
}

/// A JSON body, byte for byte as it would be sent; places are left for the tokens that the server would mint.
#[derive(Clone, PartialEq, Eq)]
pub struct Body(Vec<Piece>);

/// Nothing of it: drf-jwt's verifying view sends the token back.
impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Body(..)")
    }
}

#[derive(Clone, PartialEq, Eq)]
enum Piece {
    Json(String),
    /// The token of that place among [`Answer::minted`].
    Token(usize),
}

impl Body {
    pub(super) fn json(text: impl Into<String>) -> Self {
        Self(vec![Piece::Json(text.into())])
    }
    pub(super) fn then(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Json(text.into()));
        self
    }
    pub(super) fn then_token(mut self, place: usize) -> Self {
        self.0.push(Piece::Token(place));
        self
    }
    /// `{"detail":text}`, or with a code.
    pub(super) fn detail(text: &str, code: Option<&str>) -> Self {
        let code = code.map_or(String::new(), |code| format!(",\"code\":\"{code}\""));
        Self::json(format!("{{\"detail\":{}{code}}}", string(text)))
    }
    /// `{"non_field_errors":[text]}`.
    pub(super) fn non_field_error(text: &str) -> Self {
        Self::json(format!("{{\"non_field_errors\":[{}]}}", string(text)))
    }
    /// The body's text, `tokens` in the places of [`Answer::minted`]; `null` where there is none.
    #[must_use]
    pub fn text<T: AsRef<str>>(&self, tokens: &[T]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Json(text) => text.clone(),
            Piece::Token(place) => tokens
                .get(*place)
                .map_or_else(|| "null".to_owned(), |token| string(token.as_ref())),
        };
        self.0.iter().map(piece).collect()
    }
}

/// A text as the answers hold it: in UTF-8.
pub(super) fn string(text: &str) -> String {
    rendered(&Value::str(text))
}

/// Which check answered with a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A check of the token.
    Token(Reason),
    /// The token names a user that there is not.
    UserUnknown,
    /// The token's user is not active.
    UserInactive,
    /// The token was made before its user's password changed (`CHECK_REVOKE_TOKEN`).
    PasswordChanged,
    /// What was sent is no token to the server: an empty field, or a header of the wrong form.
    Request,
    /// The server fails over the token, with a 500: the Python exception.
    ServerError(&'static str),
}

impl Cause {
    /// Those that are no [`Reason`], in the order of the table in the README.
    pub const OWN: [Self; 5] = [
        Self::UserUnknown,
        Self::UserInactive,
        Self::PasswordChanged,
        Self::Request,
        Self::ServerError(""),
    ];
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Token(reason) => reason.code(),
            Self::UserUnknown => "user_unknown",
            Self::UserInactive => "user_inactive",
            Self::PasswordChanged => "password_changed",
            Self::Request => "request_refused",
            Self::ServerError(_) => "server_error",
        }
    }
    /// What kind of refusal it is.
    #[must_use]
    pub const fn class(self) -> Class {
        match self {
            Self::Token(reason) => reason.class(),
            Self::UserUnknown | Self::UserInactive | Self::ServerError(_) => Class::Claims,
            Self::PasswordChanged => Class::Session,
            Self::Request => Class::Malformed,
        }
    }
}

/// Something that only the server's database knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unchecked {
    /// Whether the token is blacklisted.
    Blacklist,
    /// Whether there is the user that the token names.
    UserExists,
    /// Whether that user is active.
    UserActive,
    /// Whether the token's hash is that of the user's password.
    Password,
    /// The user's id, which a fresh token would carry: the token has none to take it from.
    UserId,
    /// The user's e-mail address, likewise.
    Email,
}

impl Unchecked {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blacklist => "blacklist",
            Self::UserExists => "user_exists",
            Self::UserActive => "user_active",
            Self::Password => "password",
            Self::UserId => "user_id",
            Self::Email => "email",
        }
    }
}

impl Answer {
    /// Whether the server would say yes.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
    /// The status line's words: `Unauthorized`.
    #[must_use]
    pub const fn phrase(&self) -> &'static str {
        match self.status {
            200 => "OK",
            201 => "Created",
            400 => "Bad Request",
            401 => "Unauthorized",
            403 => "Forbidden",
            500 => "Internal Server Error",
            _ => "",
        }
    }
}

/// An answer before what is common to all has been added.
#[derive(Debug)]
pub(super) struct Response {
    status: u16,
    body: Option<Body>,
    cause: Option<Cause>,
    minted: Vec<Minted>,
}

impl Response {
    pub(super) fn done(status: u16, body: Body, minted: Vec<Minted>) -> Self {
        Self {
            status,
            body: Some(body),
            cause: None,
            minted,
        }
    }
    pub(super) fn refused(status: u16, body: Body, cause: Cause) -> Self {
        Self {
            status,
            body: Some(body),
            cause: Some(cause),
            minted: Vec::new(),
        }
    }
    pub(super) fn crash(exception: &'static str) -> Self {
        Self {
            status: 500,
            body: None,
            cause: Some(Cause::ServerError(exception)),
            minted: Vec::new(),
        }
    }
    pub(super) fn into_answer(self, settings: &Settings, not_checked: Vec<Unchecked>) -> Answer {
        let challenge = (self.status == 401).then(|| ("WWW-Authenticate", settings.challenge()));
        let content_type = match (&self.body, settings.stack) {
            (Some(_), _) => "application/json",
            (None, Stack::SimpleJwt) => "text/html; charset=utf-8",
            // Of a Django before 5.
            (None, Stack::DrfJwt | Stack::DrfJwtLegacy) => "text/html",
        };
        Answer {
            status: self.status,
            content_type,
            body: self.body,
            headers: challenge.into_iter().collect(),
            cause: self.cause,
            not_checked,
            minted: self.minted,
        }
    }
}

/// Why a request goes no further: it is answered, or it can't be.
#[derive(Debug)]
pub(super) enum Ended {
    Answered(Response),
    NoKey(Algorithm),
}

impl From<Response> for Ended {
    fn from(response: Response) -> Self {
        Self::Answered(response)
    }
}

impl Ended {
    pub(super) fn crash(exception: &'static str) -> Self {
        Self::Answered(Response::crash(exception))
    }
}
