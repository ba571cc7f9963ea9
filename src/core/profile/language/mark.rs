//! A mark by which a profile's tokens are recognised: `CLAIM`, `!CLAIM`, `CLAIM = 'a' | 'b'`, `CLAIM is number`, `A or B`.
use serde::Serialize;

use super::mistake::Fault;
use super::source::{Constant, constant};
use super::value::{List, Text};

/// A mark: one of these conditions has to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The conditions.
    pub any_of: List<Condition>,
}

/// What is asked of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Whether it must not hold.
    pub not: bool,
    /// The member.
    pub place: MarkPlace,
    /// What the member has to be.
    pub test: Test,
}

/// A claim, or a parameter of the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MarkPlace {
    /// Whether it stands in the header.
    pub header: bool,
    /// Its name.
    pub name: Text,
}

/// What a member has to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Test {
    /// There.
    Present,
    /// One of these, or a list that contains one.
    OneOf(List<Constant>),
    /// Of this JSON type.
    Is(JsonType),
}

/// A type of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum JsonType {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Switch,
    /// An array.
    List,
    /// `null`.
    Null,
}

const TYPES: [(&str, JsonType); 5] = [
    ("text", JsonType::Text),
    ("number", JsonType::Number),
    ("bool", JsonType::Switch),
    ("list", JsonType::List),
    ("null", JsonType::Null),
];

/// Reads a place: `CLAIM` or `header.NAME`.
#[must_use]
pub(crate) fn place(text: &str) -> MarkPlace {
    let header = text.strip_prefix("header.");
    MarkPlace {
        header: header.is_some(),
        name: header.unwrap_or(text).to_owned().into(),
    }
}

/// Reads a mark.
///
/// # Errors
/// It breaks the grammar.
pub(crate) fn mark(text: &str) -> Result<Mark, Fault> {
    let conditions: Option<Vec<_>> = outside_quotes(text, " or ")
        .into_iter()
        .map(condition)
        .collect();
    conditions
        .map(|any_of| Mark {
            any_of: any_of.into(),
        })
        .ok_or_else(|| {
            Fault::new(format!(
                "`{text}` has to be CLAIM, !CLAIM, CLAIM = 'text' or CLAIM is number"
            ))
        })
}

fn condition(text: &str) -> Option<Condition> {
    let (not, rest) = match text.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (name, test) = if let Some((name, values)) = rest.split_once(" = ") {
        let constant = |written: &str| constant(written)?.ok();
        let values: Option<Vec<_>> = outside_quotes(values, " | ")
            .into_iter()
            .map(constant)
            .collect();
        (name, Test::OneOf(values?.into()))
    } else if let Some((name, word)) = rest.split_once(" is ") {
        let (_, kind) = TYPES.iter().find(|(known, _)| *known == word)?;
        (name, Test::Is(*kind))
    } else {
        (rest, Test::Present)
    };
    let plain = !name.is_empty() && !name.contains([' ', '=', '!']);
    plain.then(|| Condition {
        not,
        place: place(name),
        test,
    })
}

/// The parts of a text between separators that stand outside single quotes.
fn outside_quotes<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, one) in text.char_indices() {
        if one == '\'' {
            quoted = !quoted;
        } else if !quoted && at >= start && text[at..].starts_with(separator) {
            parts.push(&text[start..at]);
            start = at + separator.len();
        }
    }
    parts.push(&text[start..]);
    parts
}
