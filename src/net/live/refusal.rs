//! Reads a refusal: what it means by the profile, by OAuth's words and by its status, and what the server says to it.
use std::time::Duration;

use serde_json::Value;

use super::answer::value_at;
use super::error::{LiveError, Operation, Refusal};
use super::exchange::Measurement;
use super::link::Live;
use super::words;
use crate::core::claims::Members;
use crate::core::profile::Profile;
use crate::core::profile::language::request::{CODES, ErrorMeaning};
use crate::core::profile::language::source::Constant;
use crate::net::error::NetError;
use crate::net::json;
use crate::net::message::Answer;

/// Where servers usually say why, the place that says most first.
const USUAL_WORDS: [&str; 10] = [
    "/error_description",
    "/detail",
    "/non_field_errors",
    "/message",
    "/msg",
    "/error/message",
    "/error",
    "/errors",
    "/errors/0/message",
    "/title",
];
/// The reasons for which only a new login helps.
const OVER: [&str; 8] = [
    "expired",
    "login_required",
    "retired",
    "reuse_detected",
    "revoked",
    "session_ended",
    "too_old",
    "unknown_session",
];

impl Live<'_> {
    /// The error that an answer without success is.
    pub(super) fn refused(&self, operation: Operation, measured: Measurement) -> LiveError {
        let Measurement {
            answer,
            exchange,
            secrets,
            ..
        } = measured;
        let members = json::object(&answer).ok();
        let members = members.unwrap_or_else(Members::empty);
        if !matches!(answer.status, 400..=599) && !is_error(&members) {
            let why = format!("its status is {}, which is none of success", answer.status);
            return NetError::unexpected(&answer.address, why).into();
        }
        let server_code = server_code(&members);
        let by_profile = meant(self.profile, answer.status, &members);
        let by_profile = by_profile.map(|code| at(operation, code));
        let code = by_profile.unwrap_or_else(|| {
            usual_code(operation, answer.status, server_code.as_deref(), &members)
        });
        let own = self.profile.model.live.words.iter().map(AsRef::as_ref);
        let words = said(&members, own.chain(USUAL_WORDS));
        LiveError::Refused(Box::new(Refusal {
            operation,
            code,
            server_code: server_code.and_then(|code| words::shown(&code, &secrets)),
            words: words.and_then(|words| words::shown(&words, &secrets)),
            retry_after: answer.retry_after(),
            interval: members
                .value("interval")
                .and_then(|value| value.as_u64())
                .map(Duration::from_secs),
            exchange,
        }))
    }
}

/// Whether an answer of OAuth gives what was asked for.
pub(super) fn is_granted(answer: &Answer) -> bool {
    answer.is_success() && !json::object(answer).is_ok_and(|members| is_error(&members))
}

impl Refusal {
    /// Whether only a new login helps.
    #[must_use]
    pub(crate) fn is_over(&self) -> bool {
        OVER.contains(&self.code)
    }
    /// Whether it says that what was to be ended has ended already. `lasts` is whether the session outlives the token that was shown: then it is not over because that
    /// token has expired.
    pub(super) fn says_ended(&self, lasts: bool) -> bool {
        let words = self.words.as_deref().unwrap_or_default();
        let has_expired = ["expired", "login_required", "too_old"].contains(&self.code);
        matches!(self.exchange.status, 400 | 401 | 403 | 422)
            && ((self.is_over() && !(has_expired && lasts))
                || ["blacklisted", "revoked"]
                    .iter()
                    .any(|word| words.contains(word))
                || (words.contains("expired") && !lasts))
    }
}

/// What a profile says that an answer means, by its `live.errors`: the first that fits.
pub(super) fn meant(profile: &Profile, status: u16, members: &Members) -> Option<&'static str> {
    let mut errors = profile.model.live.errors.iter();
    let meant = errors.find(|meant| fits(meant, status, members))?;
    CODES.into_iter().find(|code| *code == &*meant.code)
}

fn fits(meant: &ErrorMeaning, status: u16, members: &Members) -> bool {
    meant.status == status
        && meant.body.as_ref().is_none_or(|(pointer, constant)| {
            let found = value_at(members, pointer);
            match constant {
                Constant::Text(text) => found.as_ref().and_then(Value::as_str) == Some(text),
                Constant::Json(json) => found == serde_json::from_str(json).ok(),
            }
        })
}

/// What a code means at an operation. A login presents no token: where a server has one answer for everything, it refuses the login.
fn at(operation: Operation, code: &'static str) -> &'static str {
    if operation == Operation::Login && OVER.contains(&code) {
        return "login_refused";
    }
    code
}

/// Whether it is an error of OAuth, whatever its status: GitHub's is 200.
fn is_error(members: &Members) -> bool {
    members
        .value("error")
        .is_some_and(|error| error.is_string())
}

/// What an answer means of which the profile says nothing.
fn usual_code(
    operation: Operation,
    status: u16,
    server_code: Option<&str>,
    members: &Members,
) -> &'static str {
    let is_login = operation == Operation::Login;
    // Django REST framework's word for what is no single field's fault: the password, or the token.
    let of_no_field = members.raw("non_field_errors").is_some();
    match (status, server_code) {
        (429, _) => "rate_limited",
        (500.., _) => "server_failed",
        (_, Some("invalid_client" | "unauthorized_client")) => "client_refused",
        (_, Some("invalid_grant")) if is_login => "login_refused",
        (_, Some("invalid_grant")) => "login_required",
        // Authlib's word for a wrong password (RFC 6749 §5.2 has invalid_grant), and for a field that is missing.
        (400, Some("invalid_request")) if is_login && calls_password_wrong(members) => {
            "login_refused"
        }
        (401, _) if is_login => "login_refused",
        (400, _) if is_login && of_no_field => "login_refused",
        (401, Some("token_not_valid")) => "login_required",
        (400, _) if of_no_field => "login_required",
        _ => "refused",
    }
}

/// Whether OAuth's words call the password wrong, which is not that it is missing.
fn calls_password_wrong(members: &Members) -> bool {
    let words = members.value("error_description");
    let words = words.as_ref().and_then(Value::as_str).unwrap_or_default();
    let words = words.to_ascii_lowercase();
    words.contains("password")
        && ["invalid", "incorrect", "wrong"]
            .iter()
            .any(|one| words.contains(one))
}

/// The server's own code: a word, where servers usually write one.
fn server_code(members: &Members) -> Option<String> {
    let is_word = |text: &String| {
        let of_a_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:/".contains(&byte);
        !text.is_empty() && text.len() <= 80 && text.bytes().all(of_a_word)
    };
    let text = |name: &&str| match members.value(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let places = ["error", "error_code", "code", "errorCode"];
    places.iter().filter_map(text).find(is_word)
}

/// The words at the first place that has any; else the first member that is a text, with its name.
fn said<'p>(members: &Members, places: impl Iterator<Item = &'p str>) -> Option<String> {
    let mut found = places.filter_map(|place| texts(&value_at(members, place)?));
    found.next().or_else(|| {
        members.iter().find_map(|(name, raw)| {
            let value = serde_json::from_str(raw).ok()?;
            Some(format!("{name}: {}", texts(&value)?))
        })
    })
}

/// A text, or the texts of a list.
fn texts(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(list) => {
            let texts: Vec<_> = list.iter().filter_map(Value::as_str).collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        _ => None,
    }
}
