//! Puts a token's own JSON text into ours: on one line, and only if every reader takes it for the same.
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The text, if all readers agree on what it means. They may differ on a member that stands twice in one object (RFC 8259 §4 lets each reader choose), a number
/// beyond a double (§6), half a surrogate pair (§8.2), and nesting deeper than common parsers go. A token must not trip the reader of our answer.
pub(super) fn agreed(json: &str) -> Option<Box<RawValue>> {
    // It is read one level deep, as it will stand in our object.
    serde_json::from_str::<StrictJson>(&format!("[{json}]")).ok()?;
    RawValue::from_string(on_one_line(json).into_owned()).ok()
}

/// Any JSON value that all readers agree on. Reading it is the check; nothing is kept.
struct StrictJson;

impl<'de> Deserialize<'de> for StrictJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for StrictJson {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut names = MemberNames::default();
        while let Some(MemberName(name)) = members.next_key()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a member stands twice"));
            }
            members.next_value::<Self>()?;
        }
        Ok(self)
    }
}

/// A member's name, borrowed if it has no escape.
#[derive(Deserialize)]
struct MemberName<'n>(#[serde(borrow)] Cow<'n, str>);

/// The names of an object's members. A few names are compared with each other, which is faster than hashing them.
#[derive(Default)]
struct MemberNames<'n> {
    few: Vec<Cow<'n, str>>,
    many: HashSet<Cow<'n, str>>,
}

impl<'n> MemberNames<'n> {
    /// Adds a name. Returns whether it is new.
    fn insert(&mut self, name: Cow<'n, str>) -> bool {
        const FEW: usize = 16;
        if self.many.is_empty() && self.few.len() < FEW {
            let is_new = !self.few.contains(&name);
            self.few.push(name);
            return is_new;
        }
        self.many.extend(self.few.drain(..));
        self.many.insert(name)
    }
}

/// Writes JSON without line breaks. A text without any stays as it is; otherwise all white space between tokens is removed.
#[must_use]
pub(crate) fn on_one_line(json: &str) -> Cow<'_, str> {
    let json = json.trim_matches([' ', '\t', '\n', '\r']);
    if !json.contains(['\n', '\r', '\t']) {
        return Cow::Borrowed(json);
    }
    let (mut in_string, mut behind_backslash) = (false, false);
    let kept = json.chars().filter(|character| {
        if !in_string && matches!(character, ' ' | '\t' | '\n' | '\r') {
            return false;
        }
        match character {
            _ if behind_backslash => behind_backslash = false,
            '\\' => behind_backslash = true,
            '"' => in_string = !in_string,
            _ => {}
        }
        true
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_between_words_go_and_those_in_strings_were_escaped_already() {
        for (json, expected) in [
            ("{\"a\": 1}", "{\"a\": 1}"),
            (" {\"a\":1}\n", "{\"a\":1}"),
            ("{\n  \"a b\": [1,\t2]\r\n}", "{\"a b\":[1,2]}"),
            ("{\n\"a\\\" b\": \"\\\\\" }", "{\"a\\\" b\":\"\\\\\"}"),
        ] {
            assert_eq!(on_one_line(json), expected);
        }
    }

    #[test]
    fn text_that_readers_differ_on_is_not_shown_as_json() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let (most, too_deep) = (deep(126), deep(128));
        let twenty: Vec<_> = (0..20).map(|at| format!("\"n{at}\":1")).collect();
        let twenty = format!("{{{}}}", twenty.join(","));
        for (json, agreed_on) in [
            (
                "{\"a\":1.50,\"b\":[null,true,-3,\"x\\u00e9\",18446744073709551616]}",
                true,
            ),
            ("7", true),
            (most.as_str(), true),
            (too_deep.as_str(), false),
            ("{\"a\":1,\"\\u0061\":2}", false),
            ("[{\"b\":{\"a\":1,\"a\":1}}]", false),
            (twenty.as_str(), true),
            (twenty.replace("n19", "n3").as_str(), false),
            (twenty.replace("n19", "n18").as_str(), false),
            ("{\"exp\":1e400}", false),
            ("{\"a\":\"\\ud800\"}", false),
            ("{\"a\":1}]", false),
            ("{\"a\":1},{\"b\":2}", false),
            ("{", false),
            ("", false),
        ] {
            assert_eq!(agreed(json).is_some(), agreed_on, "{json}");
        }
    }
}
