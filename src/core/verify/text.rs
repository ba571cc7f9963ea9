//! Finds names that nobody can type: empty ones, and those with white space around them or a control character in them.
use serde_json::Value;

use crate::core::claims::Members;
use crate::core::verdict::{Check, CheckResult, Finding, Note};

/// The claims that name something, with their checks: others compare them whole, so that what nobody sees makes them another name.
const CLAIMS: [(&str, Check); 11] = [
    ("iss", Check::Issuer),
    ("sub", Check::Subject),
    ("aud", Check::Audience),
    ("jti", Check::TokenId),
    ("scope", Check::Required),
    ("client_id", Check::Required),
    ("azp", Check::Required),
    ("sid", Check::Session),
    ("user_id", Check::Subject),
    ("username", Check::Subject),
    ("email", Check::Subject),
];

/// The header parameters of which the same holds.
const PARAMETERS: [(&str, Check); 2] = [("typ", Check::Type), ("kid", Check::Key)];

/// Whether a claim names something, so that its text is looked over.
#[must_use]
pub(crate) fn names(claim: &str) -> bool {
    CLAIMS.iter().any(|(name, _)| *name == claim)
}

/// Those of a token's names that nobody can type.
pub(super) fn suspicious(header: &Members, claims: &Members) -> Vec<Finding> {
    let of = |members: &Members, (name, check): (&str, Check)| {
        // Servers write an empty address where they know none.
        let may_be_empty = name == "email";
        let value = members.value(name)?;
        let is_suspicious =
            |text: &str| suspicious_text(text) && !(text.is_empty() && may_be_empty);
        let found = match &value {
            Value::String(text) => is_suspicious(text),
            Value::Array(several) => several.iter().filter_map(Value::as_str).any(is_suspicious),
            _ => false,
        };
        let noted = CheckResult::Noted(Note::SuspiciousText);
        found.then(|| Finding::new(check, noted).of(name).has(value))
    };
    let parameters = PARAMETERS.into_iter().filter_map(|one| of(header, one));
    let claims = CLAIMS.into_iter().filter_map(|one| of(claims, one));
    parameters.chain(claims).collect()
}

fn suspicious_text(text: &str) -> bool {
    text.trim().len() != text.len() || text.is_empty() || text.contains(char::is_control)
}
