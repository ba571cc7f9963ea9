//! A JSON object as it was written: members in order with their own text, typed readers, and edits that keep the rest byte for byte.
use std::ops::Range;

/// How deep and how wide a JSON object may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonLimits {
    /// Levels of nesting, the object itself the first.
    pub depth: usize,
    /// Members of the object itself.
    pub members: usize,
}

/// The object's text, and where its members are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    text: String,
    members: Vec<Member>,
}

/// One member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name, escapes resolved.
    pub name: String,
    /// Where `"name"` stands in the text, quotes included.
    pub name_at: Range<usize>,
    /// Where its value stands in the text.
    pub value_at: Range<usize>,
}

/// A typed look at a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed<T> {
    /// Not there.
    Absent,
    /// There, but of another JSON type: which (`null`, `boolean`, `number`, `string`, `array`, `object`).
    Wrong(&'static str),
    /// There.
    Is(T),
}

impl Members {
    /// An object without members: `{}`.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            text: "{}".to_owned(),
            members: Vec::new(),
        }
    }
    /// Reads an object. Duplicates are kept: see [`Members::duplicates`].
    ///
    /// # Errors
    /// Not JSON, not an object, too deep, too many members: with the byte it shows at.
    pub fn parse(text: &str, limits: JsonLimits) -> Result<Self, JsonDefect> {
        let _ = (text, limits);
        todo!()
    }
    /// The text as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Its members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members
            .iter()
            .map(|member| (member.name.as_str(), &self.text[member.value_at.clone()]))
    }
    /// Names that occur more than once, each once.
    #[must_use]
    pub fn duplicates(&self) -> Vec<&str> {
        todo!()
    }
    /// A member's value text; of duplicates the last.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&str> {
        let _ = name;
        todo!()
    }
    /// A member as a value; of duplicates the last. Large numbers lose digits: for printing use [`Members::raw`].
    #[must_use]
    pub fn value(&self, name: &str) -> Option<serde_json::Value> {
        let _ = name;
        todo!()
    }
    /// A string member.
    #[must_use]
    pub fn string(&self, name: &str) -> Typed<String> {
        let _ = name;
        todo!()
    }
    /// Gives a member a new value text (which must be JSON): in its place where it is there (of duplicates all), else as the last member.
    pub fn set(&mut self, name: &str, raw_value: &str) {
        let _ = (name, raw_value);
        todo!()
    }
    /// Takes a member out (of duplicates all) with one comma; says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let _ = name;
        todo!()
    }
}

/// Where JSON stops being an acceptable object, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at byte {at}")]
pub struct JsonDefect {
    /// Offset in bytes, from 0.
    pub at: usize,
    /// What is wrong there.
    pub problem: JsonProblem,
}

/// What is wrong with a JSON text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonProblem {
    /// Not JSON: the parser's own words, without any of the input.
    #[error("not JSON ({0})")]
    Syntax(String),
    /// JSON, but not an object: which type it is.
    #[error("{0}, not an object")]
    NotAnObject(&'static str),
    /// Nested deeper than the limit.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// More members than the limit.
    #[error("more than {0} members")]
    TooManyMembers(usize),
}

/// A string as JSON text, quotes included; with `ascii`, everything outside ASCII as `\uXXXX` in lower case (Python's `json.dumps`).
#[must_use]
pub fn quote(text: &str, ascii: bool) -> String {
    let _ = (text, ascii);
    todo!()
}

/// The JSON type of a value's text, by its first character.
#[must_use]
pub fn type_name(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        _ => "number",
    }
}
