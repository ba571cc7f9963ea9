//! A member of a token as marks compare it: without a copy, but where the text is escaped or a list is looked into.
use crate::core::claims::exact::Exact;
use crate::core::claims::{Members, type_name};
use crate::core::media_type::same_type;

use super::mark::{Condition, JsonType, MarkPlace, Test};
use super::source::Constant;

/// The text of a member's value.
#[must_use]
pub(crate) fn raw<'t>(
    place: &MarkPlace,
    header: &'t Members,
    claims: &'t Members,
) -> Option<&'t str> {
    let members = if place.header { header } else { claims };
    members.raw(&place.name)
}

/// Whether a member's value is a text. A header's `typ` is compared as a media type (RFC 7515 §4.1.9), all else exactly.
#[must_use]
pub(crate) fn is_text(raw: &str, wanted: &str, place: &MarkPlace) -> bool {
    let same = |text: &str| {
        if is_typ(place) {
            same_type(text, wanted)
        } else {
            text == wanted
        }
    };
    let inner = raw
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('\\') => same(inner),
        Some(_) => serde_json::from_str::<String>(raw).is_ok_and(|text| same(&text)),
        None => false,
    }
}

/// Whether a place is the header's `typ`.
#[must_use]
pub(crate) fn is_typ(place: &MarkPlace) -> bool {
    place.header && place.name == "typ"
}

/// Whether a condition holds of a token.
#[must_use]
pub(crate) fn holds(condition: &Condition, header: &Members, claims: &Members) -> bool {
    let place = &condition.place;
    let found = raw(place, header, claims);
    let holds = match (&condition.test, found) {
        (_, None) => false,
        (Test::Present, Some(_)) => true,
        (Test::Is(kind), Some(raw)) => type_name(raw) == json_name(*kind),
        (Test::OneOf(constants), Some(raw)) => constants.iter().any(|one| is(raw, one, place)),
    };
    holds != condition.not
}

/// Whether a value is a constant, or a list that contains it.
#[must_use]
pub(crate) fn is(raw: &str, wanted: &Constant, place: &MarkPlace) -> bool {
    let exact = |wanted: Exact| {
        let Ok(value) = Exact::read(raw) else {
            return false;
        };
        let inside = matches!(value, Exact::List(_)) && value.has(&wanted);
        value == wanted || inside
    };
    match wanted {
        Constant::Text(text) if raw.starts_with('[') => exact(Exact::Text(text.to_string())),
        Constant::Text(text) => is_text(raw, text, place),
        Constant::Json(json) => Exact::read(json).is_ok_and(exact),
    }
}

const fn json_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Text => "string",
        JsonType::Number => "number",
        JsonType::Switch => "boolean",
        JsonType::List => "array",
        JsonType::Null => "null",
    }
}
