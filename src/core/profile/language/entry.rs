//! The entry of a header, a payload or an answer: `NAME? = SOURCE as FORM at MOMENT`.
use serde::Serialize;

use super::meant::meant;
use super::mistake::Fault;
use super::source::{AnswerSource, Source, answer_source, source, usual};
use super::value::{List, Text};

/// An element of a list of entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Item {
    /// A claim or a parameter.
    Entry(Entry),
    /// `*`: the place of the caller's claims, and of those that a renewal keeps.
    Rest,
}

/// A claim or a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its name.
    pub name: Text,
    /// Whether it may be absent.
    pub optional: bool,
    /// What it is filled with; none: others write it, we do not.
    pub source: Option<Source>,
    /// The forms it may have. The first is written. Empty: the source's own.
    pub forms: List<ValueForm>,
    /// The one moment at which it counts; none: always.
    pub at: Option<Occasion>,
}

/// A member or a header of a server's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerEntry {
    /// Where it may stand. The first is written.
    pub places: List<AnswerPlace>,
    /// Whether it may be absent.
    pub optional: bool,
    /// What it holds; none: something that we do not use.
    pub source: Option<AnswerSource>,
    /// The forms it may have. The first is written. Empty: the source's own.
    pub forms: List<ValueForm>,
    /// The one moment at which it counts; none: always.
    pub at: Option<Occasion>,
}

/// Where a part of an answer stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum AnswerPlace {
    /// A member of the body.
    Member(Text),
    /// A JSON Pointer into the body (RFC 6901).
    Pointer(Text),
    /// A header.
    Header(Text),
}

/// A moment at which an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Occasion {
    /// At a login.
    Login,
    /// At a renewal.
    Renew,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ValueForm {
    /// A string.
    Text,
    /// A number.
    Number,
    /// An array.
    List,
    /// `null`, where there is no value.
    Null,
    /// Milliseconds.
    Ms,
    /// Seconds with a fraction.
    Fraction,
    /// RFC 3339.
    Date,
}

const FORMS: [(&str, ValueForm); 7] = [
    ("text", ValueForm::Text),
    ("number", ValueForm::Number),
    ("list", ValueForm::List),
    ("null", ValueForm::Null),
    ("ms", ValueForm::Ms),
    ("fraction", ValueForm::Fraction),
    ("date", ValueForm::Date),
];

/// The parts of an entry's text, as they stand.
struct EntryParts<'t> {
    name: &'t str,
    optional: bool,
    source: Option<&'t str>,
    forms: &'t str,
    at: &'t str,
}

impl<'t> EntryParts<'t> {
    fn of(text: &'t str) -> Self {
        let mut parts = Self {
            name: text,
            optional: false,
            source: None,
            forms: "",
            at: "",
        };
        // Most entries are a name alone.
        if text.as_bytes().contains(&b' ') {
            parts.split(text);
        }
        if let Some(name) = parts.name.strip_suffix('?') {
            parts.name = name;
            parts.optional = true;
        }
        parts
    }

    fn split(&mut self, text: &'t str) {
        let word = |tail: &str| {
            let plain = |one: u8| one.is_ascii_alphanumeric() || one == b'_';
            !tail.is_empty() && tail.bytes().all(plain)
        };
        let forms = |tail: &str| {
            let plain = |one: u8| one.is_ascii_lowercase() || one == b'|';
            !tail.is_empty() && tail.bytes().all(plain)
        };
        let mut rest = text;
        if let Some((before, at)) = around_last(rest, *b" at ").filter(|(_, tail)| word(tail)) {
            (rest, self.at) = (before, at);
        }
        if let Some((before, tail)) = around_last(rest, *b" as ").filter(|(_, tail)| forms(tail)) {
            (rest, self.forms) = (before, tail);
        }
        // A quoted name may hold anything.
        let quoted = rest.strip_prefix('"').and_then(|inner| inner.find('"'));
        let quoted = quoted.map_or(0, |end| end + 2);
        self.name = rest;
        let sign = rest.as_bytes()[quoted..]
            .windows(3)
            .position(|part| part == b" = ");
        if let Some(at) = sign {
            self.name = &rest[..quoted + at];
            self.source = Some(&rest[quoted + at + 3..]);
        }
    }
}

/// What stands before and behind the last place of a few letters. The texts are short: this is quicker than a searcher that is made for long ones.
fn around_last(text: &str, letters: [u8; 4]) -> Option<(&str, &str)> {
    let at = text
        .as_bytes()
        .windows(4)
        .rposition(|part| part == letters)?;
    Some((&text[..at], &text[at + 4..]))
}

/// The name in an entry's text. It says which inherited entry is meant; `!` before it does not count.
#[must_use]
pub(crate) fn name_of(text: &str) -> &str {
    EntryParts::of(text.strip_prefix('!').unwrap_or(text)).name
}

/// Whether a text is no entry but a word about the list: `...`, or `!NAME`.
#[must_use]
pub(crate) fn is_about_the_list(text: &str) -> bool {
    text == "..." || text.strip_prefix('!').is_some_and(is_plain)
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains([' ', '=', '?', '!', '"', '\t'])
}

/// Reads an element of `header` or `claims`.
///
/// # Errors
/// It breaks the grammar, names no source, or has none.
pub(crate) fn item(text: &str, header: bool) -> Result<Item, Fault> {
    if text == "*" {
        return Ok(Item::Rest);
    }
    let parts = EntryParts::of(text);
    let name = name(parts.name, text)?;
    let forms = forms(&parts, text)?;
    let at = at(&parts, text)?;
    let source = match parts.source {
        Some(written) => Some(source(written, text)?),
        None => usual(&name, header),
    };
    if source.is_none() && !parts.optional {
        return Err(Fault::new(format!(
            "`{text}`: {name} has no usual source: write {name} = … (or {name}? if others may write it and jwtsess need not)"
        )));
    }
    Ok(Item::Entry(Entry {
        name,
        optional: parts.optional,
        source,
        forms: forms.into(),
        at,
    }))
}

/// Reads an element of `live.answer`.
///
/// # Errors
/// As [`item`].
pub(crate) fn answer(text: &str) -> Result<AnswerEntry, Fault> {
    let parts = EntryParts::of(text);
    let places: Vec<AnswerPlace> = parts
        .name
        .split(" | ")
        .map(|one| {
            if let Some(header) = one.strip_prefix("header ") {
                return Ok(AnswerPlace::Header(name(header, text)?));
            }
            let name = name(one, text)?;
            Ok(if name.starts_with('/') {
                AnswerPlace::Pointer(name)
            } else {
                AnswerPlace::Member(name)
            })
        })
        .collect::<Result<_, Fault>>()?;
    let forms = forms(&parts, text)?;
    let at = at(&parts, text)?;
    let source = parts
        .source
        .map(|written| answer_source(written, text))
        .transpose()?;
    if source.is_none() && !parts.optional {
        let name = parts.name;
        return Err(Fault::new(format!(
            "`{text}`: {name} has no usual source: write {name} = … (or {name}? if others may write it and jwtsess need not)"
        )));
    }
    Ok(AnswerEntry {
        places: places.into(),
        optional: parts.optional,
        source,
        forms: forms.into(),
        at,
    })
}

fn name(written: &str, text: &str) -> Result<Text, Fault> {
    if written.starts_with('"')
        && let Ok(name) = serde_json::from_str::<String>(written)
    {
        return Ok(name.into());
    }
    if is_plain(written) {
        return Ok(written.to_owned().into());
    }
    Err(Fault::new(format!(
        "`{text}` has to be NAME, NAME?, NAME = SOURCE"
    )))
}

fn forms(parts: &EntryParts<'_>, text: &str) -> Result<Vec<ValueForm>, Fault> {
    let words = parts.forms.split('|').filter(|word| !word.is_empty());
    words
        .map(|word| {
            let known = FORMS.iter().find(|(name, _)| *name == word);
            known.map(|(_, form)| *form).ok_or_else(|| {
                let meant = meant(word, FORMS.map(|(name, _)| name));
                Fault::new(format!("`{text}`: {word} is no form{meant}"))
            })
        })
        .collect()
}

fn at(parts: &EntryParts<'_>, text: &str) -> Result<Option<Occasion>, Fault> {
    match parts.at {
        "" => Ok(None),
        "login" => Ok(Some(Occasion::Login)),
        "renew" => Ok(Some(Occasion::Renew)),
        _ => Err(Fault::new(format!(
            "`{text}`: after `at` stands login or renew"
        ))),
    }
}
