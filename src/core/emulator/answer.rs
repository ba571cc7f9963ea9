//! What a server answers: status, body, headers, and the check that decided.
use super::plan::Plan;
use crate::core::claims::quote;
use crate::core::verdict::{Class, Reason};

/// The answer that the server would give.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body's media type.
    pub content_type: &'static str,
    /// The JSON body. `None` for a 500: the server then sends its error page.
    pub body: Option<Body>,
    /// The headers that matter: `WWW-Authenticate` with a 401.
    pub headers: Vec<(&'static str, String)>,
    /// The check that decided a refusal. `None` if the status is 2xx.
    pub cause: Option<Cause>,
    /// Facts that only the server's database knows and that this answer depends on. Each is assumed to be in the token's favour.
    pub not_checked: Vec<DatabaseFact>,
    /// The tokens that the body would carry, in order.
    pub minted: Vec<PlannedToken>,
}

/// A token that the server would mint.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedToken {
    /// The field of the body that holds it.
    pub field: &'static str,
    /// The token, still without ids and signature.
    pub plan: Plan,
}

/// A JSON body, byte for byte as the server would send it, with placeholders for the tokens that the server would mint.
#[derive(Clone, PartialEq, Eq)]
pub struct Body(Vec<BodyPiece>);

/// Shows nothing of the body: a verifying view may send the token back.
impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Body(..)")
    }
}

#[derive(Clone, PartialEq, Eq)]
enum BodyPiece {
    Json(String),
    /// The token at that index of [`Answer::minted`].
    Token(usize),
}

impl Body {
    /// The body that consists of this JSON text.
    pub fn json(text: impl Into<String>) -> Self {
        Self(vec![BodyPiece::Json(text.into())])
    }
    /// The body, followed by this JSON text.
    #[must_use]
    pub fn then(mut self, text: impl Into<String>) -> Self {
        self.0.push(BodyPiece::Json(text.into()));
        self
    }
    /// The body, followed by the token at that index of [`Answer::minted`].
    #[must_use]
    pub fn then_token(mut self, place: usize) -> Self {
        self.0.push(BodyPiece::Token(place));
        self
    }
    /// The body with a blank behind each comma and colon that stands in no string, as Python's `json.dumps` writes it.
    #[must_use]
    pub fn spaced(mut self) -> Self {
        for piece in &mut self.0 {
            if let BodyPiece::Json(text) = piece {
                *text = spaced(text);
            }
        }
        self
    }
    /// The body's text with `tokens` in the places of [`Answer::minted`]; `null` for a token that is missing.
    #[must_use]
    pub fn text<T: AsRef<str>>(&self, tokens: &[T]) -> String {
        let piece = |piece: &BodyPiece| match piece {
            BodyPiece::Json(text) => text.clone(),
            BodyPiece::Token(place) => tokens
                .get(*place)
                .map_or_else(|| "null".to_owned(), |token| quote(token.as_ref(), false)),
        };
        self.0.iter().map(piece).collect()
    }
}

/// A piece of JSON that begins and ends outside of its strings.
fn spaced(json: &str) -> String {
    let (mut in_string, mut is_escaped) = (false, false);
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        text.push(character);
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = in_string,
            '"' => in_string = !in_string,
            ',' | ':' if !in_string => text.push(' '),
            _ => {}
        }
    }
    text
}

/// The check that refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A check of the token refused it.
    Token(Reason),
    /// The token names a user that does not exist.
    UserUnknown,
    /// The token's user is not active.
    UserInactive,
    /// The token was made before its user's password changed.
    PasswordChanged,
    /// What was sent is not a token to the server: the field is empty, or the header has the wrong form.
    Request,
    /// The server fails on the token with a 500; names the exception.
    ServerError(&'static str),
}

impl Cause {
    /// The causes that are no [`Reason`], in the order of the table in the README.
    pub const OWN: [Self; 5] = [
        Self::UserUnknown,
        Self::UserInactive,
        Self::PasswordChanged,
        Self::Request,
        Self::ServerError(""),
    ];
    /// The stable code, for scripts.
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
    /// The class of the refusal.
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

/// A fact that only the server's database knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatabaseFact {
    /// Whether the token is blacklisted.
    Blacklist,
    /// Whether the user that the token names exists.
    UserExists,
    /// Whether that user is active.
    UserActive,
    /// Whether the token's hash is the hash of the user's password.
    Password,
    /// The user's id, which a fresh token would carry and which the token does not hold.
    UserId,
    /// The user's e-mail address, which a fresh token would carry and which the token does not hold.
    Email,
}

impl DatabaseFact {
    /// The stable code, for scripts.
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
    /// Whether the server would accept the request.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
    /// The reason phrase of the status line, such as `Unauthorized`.
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
