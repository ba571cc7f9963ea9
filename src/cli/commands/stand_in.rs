//! Stand-ins for what many lines say: values of our own, which are found again in what is written, and which other values are written as these are.
use crate::cli::paint;
use crate::core::token::shape::ValueClass;

/// The longest text of a member that is printed on its own.
const LONGEST_TEXT: usize = 64;

/// A value of a class, as JSON. The other one differs from it, and so does one for a member at another place.
pub(super) fn value_of(class: &ValueClass, at: usize, other: bool) -> Vec<u8> {
    let text = match (class, other) {
        (ValueClass::Exact(text), _) => return text.to_vec(),
        (ValueClass::Text | ValueClass::Name, true) => format!("\"Q{at}z\""),
        // As long as a text may be, with all its letters.
        (ValueClass::Text | ValueClass::Name, false) => {
            let text = format!("z{at:02}-_.@:+/|");
            format!("\"{text:Z<LONGEST_TEXT$}\"")
        }
        (ValueClass::Whole, true) => (31_007 + at).to_string(),
        (ValueClass::Whole, false) => (735_000_000_000_007 + 1000 * at).to_string(),
        (ValueClass::Number, true) => "-1.5".to_owned(),
        (ValueClass::Number, false) => "1234.0625".to_owned(),
        (ValueClass::Switch, other) => other.to_string(),
        (ValueClass::List, true) => "[]".to_owned(),
        (ValueClass::List, false) => "[\"Zlist\",7]".to_owned(),
    };
    text.into_bytes()
}

/// The bytes that everyone prints as they are.
const PLAIN: [bool; 256] = {
    let (mut plain, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_' | b'.' | b'@' | b':' | b'+' | b'/' | b'|');
        byte += 1;
    }
    plain
};

/// Whether a JSON value is printed alike whoever prints it: a string that is short, and of letters that need no quotes and no escapes, or a whole number.
pub(super) fn is_plain(value: &[u8]) -> bool {
    let text = unquoted(value);
    let plain = |byte: &u8| PLAIN[usize::from(*byte)];
    let is_text = text.len() < value.len() || is_word(text);
    (1..=LONGEST_TEXT).contains(&text.len()) && text.iter().all(plain) && is_text
}

/// Whether a value that is no string has one form alone: `-0`, `1.50` and `1e2` have others, too.
fn is_word(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"-").unwrap_or(value);
    let is_whole = digits.iter().all(u8::is_ascii_digit) && !value.starts_with(b"-0");
    is_whole || value == b"true" || value == b"false"
}

/// A JSON string without its quotes; another value as it is.
pub(super) fn unquoted(value: &[u8]) -> &[u8] {
    let text = value.strip_prefix(b"\"");
    text.and_then(|text| text.strip_suffix(b"\""))
        .unwrap_or(value)
}

/// Whether nothing in a JSON text is shown in another way than it is written.
pub(super) fn is_shown_as_it_is(json: &[u8]) -> bool {
    json.is_ascii() || std::str::from_utf8(json).is_ok_and(|text| !text.contains(paint::is_hidden))
}
