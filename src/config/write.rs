//! Writes values as the config file takes them: as TOML.
use std::fmt::Write as _;

use toml::{Table, Value};

/// Writes a setting's value as TOML: `true` and `false` (or Python's `True` and `False`) bare, a list as an array, anything else as a string.
#[must_use]
pub(crate) fn value(text: &str) -> String {
    match text {
        "true" | "True" => "true".to_owned(),
        "false" | "False" => "false".to_owned(),
        _ => array(text).unwrap_or_else(|| string(text)),
    }
}

/// Writes a basic string. Characters that a terminal might act on are escaped.
#[must_use]
pub(crate) fn string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if is_plain(character) => quoted.push(character),
            // TOML itself requires this only for C0 and DEL. Characters without a shape of their own, or with that of another, are written by number too.
            _ => _ = write!(quoted, "\\U{:08x}", u32::from(character)),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a character may stand as it is: letters, digits and the usual marks. Fillers are letters without a shape, and may not.
fn is_plain(character: char) -> bool {
    let mark = matches!(character,
        '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}');
    let filler = matches!(character, '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{3164}' | '\u{ffa0}');
    let ascii = character.is_ascii() && !character.is_control();
    ascii || mark || (!character.is_ascii() && character.is_alphanumeric() && !filler)
}

/// Writes a key: bare if TOML allows it, otherwise quoted.
#[must_use]
pub(crate) fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !name.is_empty() && name.bytes().all(bare) {
        name.to_owned()
    } else {
        string(name)
    }
}

/// Writes a list. Django's lists are written as TOML's arrays are.
fn array(text: &str) -> Option<String> {
    let table: Table = text
        .starts_with('[')
        .then(|| toml::from_str(&format!("list = {text}")).ok())
        .flatten()?;
    let Some(Value::Array(items)) = table.get("list").filter(|_| table.len() == 1) else {
        return None;
    };
    let items: Option<Vec<_>> = items.iter().map(|item| item.as_str().map(string)).collect();
    Some(format!("[{}]", items?.join(", ")))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for (text, expected) in [
            ("5m", r#""5m""#),
            ("True", "true"),
            ("false", "false"),
            ("None", r#""None""#),
            ("[]", "[]"),
            (r#"["a", 'b"c']"#, r#"["a", "b\"c"]"#),
            ("[not a list", r#""[not a list""#),
            (
                "a\nb = 1\u{7f}\u{202e}\\\"é",
                r#""a\U0000000ab = 1\U0000007f\U0000202e\\\"é""#,
            ),
        ] {
            assert_eq!(value(text), expected);
            let table: Table = toml::from_str(&format!("x = {expected}")).unwrap();
            if let Some(read) = table["x"].as_str() {
                assert_eq!(read, text);
            }
        }
        assert_eq!(
            [key("a-b"), key("a.b"), key("")],
            ["a-b", r#""a.b""#, r#""""#]
        );
    }
}
