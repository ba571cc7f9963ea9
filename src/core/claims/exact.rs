//! JSON values as they are compared: numbers as numbers and to their last digit, objects without regard to order, and no member read twice.
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::{JsonLimits, Members};
use crate::core::time::decimal::Decimal;

/// A JSON value that can be compared with another.
#[derive(Clone, Debug, PartialEq)]
pub enum Exact {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number: `5`, `5.0` and `5e0` are one.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(BTreeMap<String, Self>),
}

/// A JSON number with all its digits.
#[derive(Clone, Debug, PartialEq)]
pub struct Number(Decimal);

/// Why a value can't be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonError {
    /// An object in it has a member twice: readers differ on which of them counts.
    Twice,
    /// It is no JSON, no Unicode (half a surrogate pair), or too deep.
    Unreadable,
}

/// As deep as a token may be.
const MOST_LEVELS: usize = 128;

impl Exact {
    /// Reads a JSON value's own text. The work is linear in the text.
    ///
    /// # Errors
    /// See [`ComparisonError`].
    pub fn read(raw: &str) -> Result<Self, ComparisonError> {
        let mut reader = ExactReader { rest: raw };
        let value = reader.value(MOST_LEVELS)?;
        match reader.peek() {
            None => Ok(value),
            Some(_) => Err(ComparisonError::Unreadable),
        }
    }

    /// Whether a list has this member, or a string of words with blanks between has this word (RFC 6749 §3.3 writes `scope` so).
    #[must_use]
    pub fn has(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::List(members), _) => members.contains(wanted),
            (Self::Text(words), Self::Text(wanted)) => {
                !wanted.is_empty() && words.split(' ').any(|word| word == wanted)
            }
            _ => false,
        }
    }
}

/// A value for people and `--json`: itself, or its text where a JSON reader would lose digits of it or members.
#[must_use]
pub fn shown(raw: &str) -> serde_json::Value {
    let as_text = || serde_json::Value::String(raw.to_owned());
    let Ok(value) = serde_json::from_str::<serde_json::Value>(raw) else {
        return as_text();
    };
    match (Exact::read(raw), Exact::read(&value.to_string())) {
        (Ok(exact), Ok(read)) if exact == read => value,
        _ => as_text(),
    }
}

struct ExactReader<'t> {
    rest: &'t str,
}

impl<'t> ExactReader<'t> {
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start_matches(super::is_json_space);
        self.rest.bytes().next()
    }
    /// Goes past this character, if it is the next.
    fn takes(&mut self, character: u8) -> bool {
        let next = self.peek() == Some(character);
        if next {
            self.rest = &self.rest[1..];
        }
        next
    }
    fn expect(&mut self, character: u8) -> Result<(), ComparisonError> {
        if self.takes(character) {
            Ok(())
        } else {
            Err(ComparisonError::Unreadable)
        }
    }
    fn until(&mut self, end: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn value(&mut self, levels: usize) -> Result<Exact, ComparisonError> {
        let inside = levels.checked_sub(1).ok_or(ComparisonError::Unreadable)?;
        match self.peek() {
            Some(b'{') => self.object(inside).map(Exact::Object),
            Some(b'[') => self.list(inside).map(Exact::List),
            Some(b'"') => self.text().map(Exact::Text),
            _ => self.word(),
        }
    }
    fn object(&mut self, levels: usize) -> Result<BTreeMap<String, Exact>, ComparisonError> {
        let mut members = BTreeMap::new();
        self.expect(b'{')?;
        if self.takes(b'}') {
            return Ok(members);
        }
        loop {
            self.peek();
            let name = self.text()?;
            self.expect(b':')?;
            if members.insert(name, self.value(levels)?).is_some() {
                return Err(ComparisonError::Twice);
            }
            if !self.takes(b',') {
                self.expect(b'}')?;
                return Ok(members);
            }
        }
    }
    fn list(&mut self, levels: usize) -> Result<Vec<Exact>, ComparisonError> {
        let mut members = Vec::new();
        self.expect(b'[')?;
        if self.takes(b']') {
            return Ok(members);
        }
        loop {
            members.push(self.value(levels)?);
            if !self.takes(b',') {
                self.expect(b']')?;
                return Ok(members);
            }
        }
    }
    fn text(&mut self) -> Result<String, ComparisonError> {
        let (mut escaped, mut inside) = (false, false);
        let end = self.rest.bytes().position(|byte| {
            let is_end = inside && !escaped && byte == b'"';
            escaped = inside && !escaped && byte == b'\\';
            inside = true;
            is_end
        });
        let raw = self.until(end.ok_or(ComparisonError::Unreadable)? + 1);
        serde_json::from_str(raw).map_err(|_| ComparisonError::Unreadable)
    }
    fn word(&mut self) -> Result<Exact, ComparisonError> {
        let ends = |character: char| super::is_json_space(character) || ",]}".contains(character);
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        match self.until(end) {
            "null" => Ok(Exact::Null),
            "true" => Ok(Exact::Bool(true)),
            "false" => Ok(Exact::Bool(false)),
            number => Decimal::read(number)
                .map(|number| Exact::Number(Number(number)))
                .ok_or(ComparisonError::Unreadable),
        }
    }
}

/// How a claim is compared with the value that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It is that value.
    Is,
    /// It has it: as a member of a list, or a word of a string.
    Has,
}

/// A claim with the value that it has to be or to have.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The claim, as it was named: its name, or a JSON Pointer.
    pub place: String,
    /// How it is compared.
    pub comparison: Comparison,
    /// The value.
    pub wanted: Exact,
    /// The same, to be shown.
    pub shown: serde_json::Value,
    steps: Vec<String>,
}

/// Why a claim can't be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpectationError {
    /// In a JSON Pointer `~` stands for itself only as `~0`.
    #[error("a JSON Pointer (RFC 6901) writes ~ as ~0, and / inside a name as ~1")]
    Pointer,
    /// A member stands twice in the value.
    #[error("its value has a repeated member")]
    Twice,
    /// The value is JSON that stands for no value.
    #[error("its value is JSON that can't be compared")]
    Value,
}

impl Expectation {
    /// What is asked of the claim at `place`, in JSON.
    ///
    /// # Errors
    /// See [`ExpectationError`].
    pub fn new(place: &str, comparison: Comparison, raw: &str) -> Result<Self, ExpectationError> {
        let wanted = Exact::read(raw).map_err(|why| match why {
            ComparisonError::Twice => ExpectationError::Twice,
            ComparisonError::Unreadable => ExpectationError::Value,
        })?;
        Ok(Self {
            place: place.to_owned(),
            comparison,
            wanted,
            shown: shown(raw),
            steps: steps(place).ok_or(ExpectationError::Pointer)?,
        })
    }
    /// The claim of this name, and no pointer, has to be this text.
    #[must_use]
    pub fn text(claim: &str, text: &str) -> Self {
        Self {
            place: claim.to_owned(),
            comparison: Comparison::Is,
            wanted: Exact::Text(text.to_owned()),
            shown: text.into(),
            steps: vec![claim.to_owned()],
        }
    }
    /// Whether it reads the claim of this name, or something inside it.
    #[must_use]
    pub(crate) fn reads(&self, claim: &str) -> bool {
        self.steps.first().is_some_and(|first| first == claim)
    }
    /// Whether it says what the whole claim of this name has to be.
    #[must_use]
    pub fn is_of(&self, claim: &str) -> bool {
        self.comparison == Comparison::Is && self.steps == [claim]
    }
    /// The value in a token's claims, as its text; none where there is none.
    ///
    /// # Errors
    /// On the way to it a member stands twice.
    pub fn find(&self, claims: &Members) -> Result<Option<String>, ComparisonError> {
        find(claims, &self.steps)
    }
    /// Whether a value is as asked for.
    ///
    /// # Errors
    /// It can't be compared.
    pub fn is_met_by(&self, raw: &str) -> Result<bool, ComparisonError> {
        let value = Exact::read(raw)?;
        Ok(match self.comparison {
            Comparison::Is => value == self.wanted,
            Comparison::Has => value.has(&self.wanted),
        })
    }
}

/// The names on the way to a claim: its own, or those of a JSON Pointer, which begins with `/` (RFC 6901 §4).
#[must_use]
pub(crate) fn steps(place: &str) -> Option<Vec<String>> {
    let Some(pointer) = place.strip_prefix('/') else {
        return Some(vec![place.to_owned()]);
    };
    let step = |step: &str| {
        let tildes = step.split('~').skip(1);
        tildes
            .into_iter()
            .all(|rest| rest.starts_with(['0', '1']))
            .then(|| step.replace("~1", "/").replace("~0", "~"))
    };
    pointer.split('/').map(step).collect()
}

/// What stands at the end of the way, as its text; none where it leads nowhere.
///
/// # Errors
/// On the way a member stands twice.
pub(crate) fn find(claims: &Members, steps: &[String]) -> Result<Option<String>, ComparisonError> {
    const LIMITS: JsonLimits = JsonLimits {
        depth: MOST_LEVELS,
        members: usize::MAX,
    };
    let Some((first, inner)) = steps.split_first() else {
        return Ok(None);
    };
    let Some(mut raw) = claims.raw(first).map(str::to_owned) else {
        return Ok(None);
    };
    for step in inner {
        let next = match raw.as_bytes().first() {
            Some(b'{') => {
                let Ok(members) = Members::parse(&raw, LIMITS) else {
                    return Err(ComparisonError::Unreadable);
                };
                if members.duplicates().contains(&step.as_str()) {
                    return Err(ComparisonError::Twice);
                }
                members.raw(step).map(str::to_owned)
            }
            Some(b'[') => {
                let members: Vec<&RawValue> =
                    serde_json::from_str(&raw).map_err(|_| ComparisonError::Unreadable)?;
                // RFC 6901 §4: digits without a leading zero.
                let index = step.parse::<usize>().ok();
                let index = index.filter(|index| index.to_string() == *step);
                index
                    .and_then(|index| members.get(index))
                    .map(|member| member.get().to_owned())
            }
            _ => None,
        };
        match next {
            Some(next) => raw = next,
            None => return Ok(None),
        }
    }
    Ok(Some(raw))
}

/// A claim inside another as a JSON Pointer, from a name with dots between: `/realm_access/roles` from `realm_access.roles`. None where the token has
/// no such claim.
#[must_use]
pub(crate) fn pointer_for(claims: &Members, dotted: &str) -> Option<String> {
    let steps: Vec<String> = dotted.split('.').map(str::to_owned).collect();
    if steps.len() < 2 || !matches!(find(claims, &steps), Ok(Some(_))) {
        return None;
    }
    let escaped = steps
        .iter()
        .map(|step| step.replace('~', "~0").replace('/', "~1"));
    Some(format!("/{}", escaped.collect::<Vec<_>>().join("/")))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;

    fn same(left: &str, right: &str) -> bool {
        Exact::read(left).unwrap() == Exact::read(right).unwrap()
    }

    fn claims(text: &str) -> Members {
        let limits = crate::core::token::Limits::default().json;
        Members::parse(text, limits).unwrap()
    }

    #[test]
    fn values_are_compared_to_the_last_digit() {
        for (left, right, expected) in [
            ("5", "5.0", true),
            ("[5, {\"a\": 5e0}]", "[5.0,{\"a\":5}]", true),
            ("{\"a\":1,\"b\":2}", "{\"b\":2, \"a\":1}", true),
            ("{\"a\":1}", "{\"a\":1,\"b\":2}", false),
            ("[1,2]", "[2,1]", false),
            ("\"\\u0061\"", "\"a\"", true),
            ("\"5\"", "5", false),
            ("true", "1", false),
            ("null", "false", false),
            (
                "[123456789012345678901234567890]",
                "[123456789012345678901234567891]",
                false,
            ),
            ("1e400", "10e399", true),
            ("[]", "{}", false),
            ("{\"a\\\"}\":\"\\\\\"}", "{\"a\\\"}\":\"\\\\\"}", true),
        ] {
            assert_eq!(same(left, right), expected, "{left} {right}");
        }
    }

    #[test]
    fn a_member_that_stands_twice_is_not_compared() {
        for text in [
            "{\"a\":1,\"a\":1}",
            "[{\"b\":[{\"a\":1,\"\\u0061\":2}]}]",
            "{\"b\":{\"\":0,\"\":0}}",
        ] {
            assert_eq!(Exact::read(text), Err(ComparisonError::Twice), "{text}");
        }
        let deep = format!("{}{}", "[".repeat(129), "]".repeat(129));
        for text in ["", "{", "[1,]", "[1 2]", "01", "\"\\ud800\"", "1 2", &deep] {
            assert_eq!(
                Exact::read(text),
                Err(ComparisonError::Unreadable),
                "{text}"
            );
        }
    }

    #[test]
    fn a_list_or_a_string_of_words_has_a_value() {
        for (value, wanted, expected) in [
            ("[\"user\",\"admin\"]", "\"admin\"", true),
            ("[\"administrator\"]", "\"admin\"", false),
            ("\"read write\"", "\"write\"", true),
            ("\"read write\"", "\"read write\"", false),
            ("\"readwrite\"", "\"write\"", false),
            ("\"write\"", "\"write\"", true),
            ("\"\"", "\"\"", false),
            ("[5.0]", "5", true),
            ("5", "5", false),
            ("{\"admin\":true}", "\"admin\"", false),
            ("[[\"admin\"]]", "\"admin\"", false),
            ("\"5 6\"", "5", false),
        ] {
            let (read, wanted_value) = (Exact::read(value).unwrap(), Exact::read(wanted).unwrap());
            assert_eq!(read.has(&wanted_value), expected, "{value} {wanted}");
        }
    }

    #[test]
    fn a_pointer_leads_to_a_claim_inside_another() {
        let claims = claims(
            r#"{"a":{"b":[10,{"c":1}],"":2,"x/y":3,"~":4,"d":1,"d":2},"a/b":5,"/a":6,"":{"":7}}"#,
        );
        for (place, expected) in [
            ("a/b", Ok(Some("5"))),
            ("/a/b/0", Ok(Some("10"))),
            ("/a/b/1/c", Ok(Some("1"))),
            ("/a/b/01", Ok(None)),
            ("/a/b/-", Ok(None)),
            ("/a/b/2", Ok(None)),
            ("/a/", Ok(Some("2"))),
            ("/a/x~1y", Ok(Some("3"))),
            ("/a/~0", Ok(Some("4"))),
            ("/a~1b", Ok(Some("5"))),
            ("/~1a", Ok(Some("6"))),
            ("//", Ok(Some("7"))),
            ("/a/d", Err(ComparisonError::Twice)),
            ("/a/b/0/c", Ok(None)),
            ("/nothing", Ok(None)),
        ] {
            let found = find(&claims, &steps(place).unwrap());
            assert_eq!(
                found.as_ref().map(Option::as_deref),
                expected.as_ref().map(|one| *one),
                "{place}"
            );
        }
        assert_eq!(steps("/a~2b"), None);
        assert_eq!(steps("/a~"), None);
        assert_eq!(pointer_for(&claims, "a.x/y").as_deref(), Some("/a/x~1y"));
        assert_eq!(pointer_for(&claims, "a.z"), None);
    }

    #[test]
    fn what_a_reader_would_lose_is_shown_as_text() {
        let long = "123456789012345678901234567890";
        for (raw, expected) in [
            ("5.0", serde_json::json!(5.0)),
            ("\"a\"", serde_json::json!("a")),
            (long, serde_json::json!(long)),
            ("{\"a\":1,\"a\":2}", serde_json::json!("{\"a\":1,\"a\":2}")),
        ] {
            assert_eq!(shown(raw), expected, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC*|[\\[\\]{}\":,0-9eE.+\\\\ -]*") {
            let _ = Exact::read(&text);
            let _ = shown(&text);
        }

        #[test]
        fn it_reads_what_serde_json_writes(numbers in proptest::collection::vec(any::<i64>(), 0..4), texts in proptest::collection::vec("\\PC*", 0..4)) {
            let value = serde_json::json!({ "n": numbers, "t": texts, "o": { "x": null } });
            prop_assert!(same(&value.to_string(), &serde_json::to_string_pretty(&value).unwrap()));
        }
    }
}
