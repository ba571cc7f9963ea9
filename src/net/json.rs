//! Reads an answer strictly: one JSON object, each of its members once, and so in every object inside it.
use serde_json::value::RawValue;

use super::error::NetError;
use super::message::Answer;
use crate::core::claims::{JsonLimits, Members, type_name};

/// More than any server's answer needs.
pub(super) const LIMITS: JsonLimits = JsonLimits {
    depth: 32,
    members: 1024,
};

/// The one JSON object that an answer holds.
///
/// # Errors
/// It holds something else. The error quotes nothing of it.
pub(crate) fn object(answer: &Answer) -> Result<Members, NetError> {
    let unexpected = |why: String| NetError::unexpected(&answer.address, why);
    let text = std::str::from_utf8(answer.body.expose())
        .map_err(|_| unexpected("it is not UTF-8".to_owned()))?;
    let members = Members::parse(text, LIMITS)
        .map_err(|defect| unexpected(format!("it is no JSON object: {defect}")))?;
    if has_repeated(text) {
        return Err(unexpected("a member of it stands twice".to_owned()));
    }
    Ok(members)
}

/// Whether an answer's content begins as a JSON object does: a page does not.
pub(crate) fn looks_like_object(answer: &Answer) -> bool {
    answer.body.expose().trim_ascii_start().first() == Some(&b'{')
}

/// Whether an object has two members of the same name, or anything inside a value has.
fn has_repeated(raw: &str) -> bool {
    match type_name(raw.trim_start()) {
        "object" => Members::parse(raw, LIMITS).is_ok_and(|members| {
            !members.duplicates().is_empty() || members.iter().any(|(_, raw)| has_repeated(raw))
        }),
        "array" => serde_json::from_str::<Vec<&RawValue>>(raw)
            .is_ok_and(|items| items.iter().any(|item| has_repeated(item.get()))),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
