//! A JSON object as it was written: its members in order with their own text, typed readers, and edits that keep the rest byte for byte.
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use serde::Deserializer as _;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

mod edit;
pub(crate) mod exact;
#[cfg(test)]
mod tests;

/// How deep and how wide a JSON object may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonLimits {
    /// The levels of nesting; the object itself is the first.
    pub depth: usize,
    /// The number of members in the object itself.
    pub members: usize,
}

/// An object's text, and where its members are in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Members {
    text: String,
    members: Vec<Member>,
}

/// Shows only sizes: what a token says about a person does not belong in a log.
impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Members")
            .field("bytes", &self.text.len())
            .field("members", &self.members.len())
            .finish()
    }
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member's name, with its escapes resolved.
    pub name: String,
    /// Where `"name"` is in the text, with its quotes.
    pub name_at: Range<usize>,
    /// Where the member's value is in the text.
    pub value_at: Range<usize>,
}

/// A member read as a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed<T> {
    /// The member is missing.
    Absent,
    /// The member has another JSON type: `null`, `boolean`, `number`, `string`, `array` or `object`.
    Wrong(&'static str),
    /// The member has the type.
    Is(T),
}

impl Members {
    /// Makes an object without members: `{}`.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            text: "{}".to_owned(),
            members: Vec::new(),
        }
    }
    /// Reads an object. It keeps duplicate members: see [`Members::duplicates`].
    ///
    /// The work is linear in the text, and nothing recurses: depth costs no stack. Values are checked only for syntax, so we can still show a number that no
    /// float holds, or a string with a lone surrogate. A member name with a lone surrogate is a defect.
    ///
    /// # Errors
    /// The text is not JSON, not an object, nested too deep, or has too many members. The error gives the byte where this shows.
    pub fn parse(text: &str, limits: JsonLimits) -> Result<Self, JsonDefect> {
        let start = text.len() - text.trim_start_matches(is_json_space).len();
        match text.as_bytes().get(start) {
            Some(b'{') | None => {}
            Some(_) if text[start..].starts_with('\u{feff}') => {
                return Err(JsonDefect {
                    at: start,
                    problem: JsonProblem::Syntax("byte order mark".to_owned()),
                });
            }
            Some(_) => {
                let problem = match serde_json::from_str::<IgnoredAny>(text) {
                    Ok(_) => JsonProblem::NotAnObject(type_name(&text[start..])),
                    Err(error) => return Err(syntax_defect(text, &error)),
                };
                return Err(JsonDefect { at: start, problem });
            }
        }
        // serde_json skips values without recursion and without a depth limit, so we have to enforce our own.
        if let Some(at) = deeper_than(text, limits.depth) {
            return Err(JsonDefect {
                at,
                problem: JsonProblem::TooDeep(limits.depth),
            });
        }
        let mut reader = MemberCollector {
            text,
            limit: limits.members,
            members: Vec::new(),
            defect: None,
        };
        let mut json = serde_json::Deserializer::from_str(text);
        match json.deserialize_map(&mut reader).and_then(|()| json.end()) {
            Ok(()) => Ok(Self {
                text: text.to_owned(),
                members: reader.members,
            }),
            Err(error) => Err(reader.defect.unwrap_or_else(|| syntax_defect(text, &error))),
        }
    }
    /// The object's text as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The members, in order.
    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }
    /// The members' names and value texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members
            .iter()
            .map(|member| (member.name.as_str(), &self.text[member.value_at.clone()]))
    }
    /// The names that occur more than once; each is listed once.
    #[must_use]
    pub fn duplicates(&self) -> Vec<&str> {
        self.repeated()
            .into_iter()
            .map(|member| member.name.as_str())
            .collect()
    }
    /// The second member of each name that occurs more than once.
    #[must_use]
    pub fn repeated(&self) -> Vec<&Member> {
        let mut seen = HashSet::with_capacity(self.members.len());
        let mut told = HashSet::new();
        self.members
            .iter()
            .filter(|member| !seen.insert(&member.name) && told.insert(&member.name))
            .collect()
    }
    /// Finds a member by name. If the name is repeated, the last one counts.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().rfind(|member| member.name == name)
    }
    /// The text of a member's value. If the name is repeated, the last one counts.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.member(name)
            .map(|member| &self.text[member.value_at.clone()])
    }
    /// A member's value, parsed. If the name is repeated, the last one counts. Large numbers lose digits: print [`Members::raw`] instead.
    ///
    /// Also `None` if a `Value` can't hold it (a number beyond `f64`, a lone surrogate, nesting of more than 127 levels): to learn whether the member exists,
    /// ask [`Members::raw`].
    #[must_use]
    pub fn value(&self, name: &str) -> Option<serde_json::Value> {
        self.raw(name)
            .and_then(|raw| serde_json::from_str(raw).ok())
    }
    /// Reads a string member. A string with a lone surrogate is not Unicode text and counts as the wrong type (RFC 8259 §8.2).
    #[must_use]
    pub fn string(&self, name: &str) -> Typed<String> {
        let Some(raw) = self.raw(name) else {
            return Typed::Absent;
        };
        match type_name(raw) {
            "string" => serde_json::from_str(raw)
                .map_or(Typed::Wrong("string with a lone surrogate"), Typed::Is),
            other => Typed::Wrong(other),
        }
    }
}

/// Where a text stops being an acceptable JSON object, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at byte {at}")]
pub struct JsonDefect {
    /// Offset in bytes, from 0.
    pub at: usize,
    /// What is wrong there.
    pub problem: JsonProblem,
}

/// Why a text is not an acceptable JSON object.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonProblem {
    /// The text is not JSON; holds the parser's own words, which quote no input.
    #[error("not JSON ({0})")]
    Syntax(String),
    /// The JSON is not an object; names its type.
    #[error("{0}, not an object")]
    NotAnObject(&'static str),
    /// The nesting is deeper than this limit.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// The object has more members than this limit.
    #[error("more than {0} members")]
    TooManyMembers(usize),
}

/// Collects the members of one object as `serde_json` finds them.
struct MemberCollector<'t> {
    text: &'t str,
    limit: usize,
    members: Vec<Member>,
    defect: Option<JsonDefect>,
}

impl<'t> Visitor<'t> for &mut MemberCollector<'t> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<&RawValue>()? {
            let name_at = span_in(self.text, name.get());
            if self.members.len() == self.limit {
                let problem = JsonProblem::TooManyMembers(self.limit);
                self.defect = Some(JsonDefect {
                    at: name_at.start,
                    problem,
                });
                return Err(A::Error::custom("limit"));
            }
            // Two names are duplicates if they mean the same, however they are spelled: `"a"` equals `"\u0061"`.
            let name = serde_json::from_str(name.get()).map_err(|error| {
                let defect = syntax_defect(name.get(), &error);
                self.defect = Some(JsonDefect {
                    at: name_at.start + defect.at,
                    problem: defect.problem,
                });
                A::Error::custom("name")
            })?;
            let value = map.next_value::<&RawValue>()?;
            let value_at = span_in(self.text, value.get());
            self.members.push(Member {
                name,
                name_at,
                value_at,
            });
        }
        Ok(())
    }
}

/// The byte range of `slice` within `text`, of which it must be a part.
fn span_in(text: &str, slice: &str) -> Range<usize> {
    let start = slice.as_ptr().addr() - text.as_ptr().addr();
    start..start + slice.len()
}

/// The byte that opens the first level beyond the limit.
fn deeper_than(text: &str, limit: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                if depth > limit {
                    return Some(at);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Turns a `serde_json` error into a byte offset and its words. Syntax errors have fixed texts (`serde_json` 1.0.154, error.rs). Only data errors quote input,
/// and reading raw text raises none of those.
fn syntax_defect(text: &str, error: &serde_json::Error) -> JsonDefect {
    let problem = if error.is_data() {
        "unexpected value".to_owned()
    } else {
        let words = error.to_string();
        words
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let at = if error.is_eof() {
        text.len()
    } else {
        let line_start = match error.line().saturating_sub(2) {
            _ if error.line() < 2 => 0,
            nth => text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .nth(nth)
                .map_or(0, |(at, _)| at + 1),
        };
        let near = (line_start + error.column())
            .saturating_sub(1)
            .min(text.len());
        // serde_json reports an unread control character inside a string one byte too early.
        let late = text.bytes().skip(near).take(2).position(|byte| byte < b' ');
        near + if problem.starts_with("control character") {
            late.unwrap_or(0)
        } else {
            0
        }
    };
    JsonDefect {
        at,
        problem: JsonProblem::Syntax(problem),
    }
}

/// JSON's white space (RFC 8259 §2), which is a smaller set than Unicode's.
fn is_json_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// Writes a string as JSON text with its quotes. With `ascii`, every character outside ASCII becomes `\uXXXX` in lower case (as Python's `json.dumps` does).
#[must_use]
pub(crate) fn quote(text: &str, ascii: bool) -> String {
    use std::fmt::Write as _;
    let quoted = serde_json::Value::from(text).to_string();
    if !ascii || quoted.is_ascii() {
        return quoted;
    }
    let mut escaped = String::with_capacity(quoted.len() * 2);
    for character in quoted.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

/// The JSON type of a value's text, judged by its first character.
#[must_use]
pub(crate) fn type_name(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        _ => "number",
    }
}
