//! The requests that a server takes, and what its errors mean.
use serde::Serialize;

use super::meant::meant;
use super::mistake::Fault;
use super::source::{Constant, constant};
use super::value::{List, Text};

/// A request, or that there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Route {
    /// The server has no such route.
    Absent,
    /// This request.
    Request(Request),
}

/// A request: `METHOD PATH [form] ITEM… [-> STATUS]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// The method.
    pub method: Text,
    /// The address, relative to the one that was typed; `.` is that one.
    pub path: Text,
    /// Whether the body is a form. Otherwise it is JSON.
    pub form: bool,
    /// What is sent, in order.
    pub parts: List<RequestItem>,
    /// The status of success, if it is not any below 300.
    pub status: Option<u16>,
}

/// One thing that is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum RequestItem {
    /// A member of the body; a name that begins with `/` is a JSON Pointer.
    Text(Text, List<TextPiece>),
    /// A member of the body, as JSON.
    Json(Text, Text),
    /// A header.
    Header(Text, List<TextPiece>),
}

/// A piece of a text that is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum TextPiece {
    /// As it stands.
    Literal(Text),
    /// Something that is filled in.
    Fill(Placeholder),
}

/// What is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Placeholder {
    /// `{user}`.
    User,
    /// `{password}`.
    Password,
    /// `{access}`.
    Access,
    /// `{refresh}`.
    Refresh,
    /// `{client_id}`.
    ClientId,
    /// `{scope}`.
    Scope,
}

const FILLS: [(&str, Placeholder); 6] = [
    ("user", Placeholder::User),
    ("password", Placeholder::Password),
    ("access", Placeholder::Access),
    ("refresh", Placeholder::Refresh),
    ("client_id", Placeholder::ClientId),
    ("scope", Placeholder::Scope),
];

/// Reads a request, or `none`.
///
/// # Errors
/// It breaks the grammar. Nothing of a value that is sent is repeated: it may be a password.
pub(crate) fn route(text: &str) -> Result<Route, Fault> {
    if text == "none" {
        return Ok(Route::Absent);
    }
    let form = || {
        Fault::new(
            "has to be METHOD PATH and what is sent, such as \"POST ../refresh refresh={refresh}\"",
        )
    };
    let (sent, status) = match text.split_once(" -> ") {
        Some((sent, status)) => (sent, Some(code(status).ok_or_else(form)?)),
        None => (text, None),
    };
    let mut words = sent.split(' ');
    let method = words
        .next()
        .filter(|method| ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(method))
        .ok_or_else(form)?;
    let path = words
        .next()
        .filter(|path| !path.is_empty())
        .ok_or_else(form)?;
    let mut words = words.peekable();
    let is_form = words.peek() == Some(&"form");
    if is_form || words.peek() == Some(&"json") {
        words.next();
    }
    let parts: Vec<RequestItem> = words
        .enumerate()
        .map(|(at, word)| part(word, at + 1))
        .collect::<Result<_, _>>()?;
    Ok(Route::Request(Request {
        method: method.to_owned().into(),
        path: path.to_owned().into(),
        form: is_form,
        parts: parts.into(),
        status,
    }))
}

fn code(text: &str) -> Option<u16> {
    let digits = text.len() == 3 && text.bytes().all(|one| one.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn part(word: &str, at: usize) -> Result<RequestItem, Fault> {
    let wrong = || {
        Fault::new(format!(
            "item {at} is neither NAME=VALUE (body), NAME:=JSON nor NAME:VALUE (header)"
        ))
    };
    let end = word
        .find([':', '='])
        .filter(|end| *end > 0)
        .ok_or_else(wrong)?;
    let name: Text = word[..end].to_owned().into();
    let rest = &word[end..];
    if let Some(json) = rest.strip_prefix(":=") {
        return match serde_json::from_str::<serde_json::Value>(json) {
            Ok(_) => Ok(RequestItem::Json(name, json.to_owned().into())),
            Err(_) => Err(Fault::new(format!(
                "{name}: what stands behind := is not JSON"
            ))),
        };
    }
    let pieces = pieces(&rest[1..])?;
    Ok(if rest.starts_with('=') {
        RequestItem::Text(name, pieces.into())
    } else {
        RequestItem::Header(name, pieces.into())
    })
}

fn pieces(text: &str) -> Result<Vec<TextPiece>, Fault> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((word, after)) = behind.split_once('}') else {
            break;
        };
        let known = FILLS.iter().find(|(name, _)| *name == word);
        let (_, fill) = known.ok_or_else(|| {
            let meant = meant(word, FILLS.map(|(name, _)| name));
            let word = super::mistake::shown(word).unwrap_or("…");
            Fault::new(format!("{{{word}}} is unknown{meant}"))
        })?;
        if !before.is_empty() {
            pieces.push(TextPiece::Literal(before.to_owned().into()));
        }
        pieces.push(TextPiece::Fill(*fill));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(TextPiece::Literal(rest.to_owned().into()));
    }
    Ok(pieces)
}

/// What an error of a server means: `STATUS [/POINTER 'TEXT'|NUMBER] = CODE`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorMeaning {
    /// The answer's status.
    pub status: u16,
    /// What stands where in its body, if that is asked.
    pub body: Option<(Text, Constant)>,
    /// The reason code.
    pub code: Text,
}

/// The words that an error may mean: the reason codes, and what stands on the other end's side.
pub const CODES: [&str; 45] = [
    "alg_none",
    "algorithm_not_allowed",
    "algorithm_unsupported",
    "audience_mismatch",
    "bad_signature",
    "claim_malformed",
    "claim_mismatch",
    "claim_missing",
    "client_refused",
    "crit_unsupported",
    "duplicate_member",
    "encrypted",
    "expired",
    "expires_soon",
    "issued_in_future",
    "issuer_mismatch",
    "key_retired",
    "kid_mismatch",
    "kind_mismatch",
    "login_refused",
    "login_required",
    "malformed",
    "model_mismatch",
    "no_key",
    "not_yet_valid",
    "opaque",
    "over_limits",
    "password_changed",
    "rate_limited",
    "redirected",
    "refused",
    "retired",
    "reuse_detected",
    "revoked",
    "server_failed",
    "session_ended",
    "subject_mismatch",
    "too_old",
    "type_mismatch",
    "unexpected_answer",
    "unknown_kid",
    "unknown_session",
    "user_inactive",
    "user_unknown",
    "weak_key",
];

/// Reads what an error means.
///
/// # Errors
/// It breaks the grammar, or its code is unknown.
pub(crate) fn answered(text: &str) -> Result<ErrorMeaning, Fault> {
    let wrong = || {
        Fault::new(format!(
            "`{text}` has to be STATUS = CODE or STATUS /POINTER 'TEXT' = CODE"
        ))
    };
    let (condition, word) = text.rsplit_once(" = ").ok_or_else(wrong)?;
    let (status, body) = match condition.split_once(' ') {
        Some((status, body)) => (status, Some(body)),
        None => (condition, None),
    };
    let status = code(status).ok_or_else(wrong)?;
    let body = body
        .map(|body| {
            let (pointer, value) = body
                .split_once(' ')
                .filter(|(pointer, _)| pointer.starts_with('/'))?;
            let value = constant(value)?.ok()?;
            Some((Text::Owned(pointer.to_owned()), value))
        })
        .map(|body| body.ok_or_else(wrong))
        .transpose()?;
    if !CODES.contains(&word) {
        let meant = meant(word, CODES);
        return Err(Fault::new(format!("{word} is no reason code{meant}")));
    }
    Ok(ErrorMeaning {
        status,
        body,
        code: word.to_owned().into(),
    })
}
