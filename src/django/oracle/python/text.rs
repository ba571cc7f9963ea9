//! Python's `str`: code points, which may be lone surrogates.

/// A text. Rust can hold almost every one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in super::super) enum PyText {
    Plain(String),
    /// A text with at least one lone surrogate, which UTF-8 can't encode. Python raises an error when it writes one, or writes an escape.
    Broken(Vec<u32>),
}

impl PyText {
    pub(super) fn from_points(points: Vec<u32>) -> Self {
        let plain: Option<String> = points.iter().copied().map(char::from_u32).collect();
        plain.map_or(Self::Broken(points), Self::Plain)
    }
    /// The text, or `None` if it has a lone surrogate.
    pub(in super::super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::Broken(_) => None,
        }
    }
    pub(super) fn points(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        match self {
            Self::Plain(text) => Box::new(text.chars().map(u32::from)),
            Self::Broken(points) => Box::new(points.iter().copied()),
        }
    }
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Plain(text) if text.is_empty())
    }
}

impl Default for PyText {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl From<&str> for PyText {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl PartialEq<str> for PyText {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

/// `str.isspace`: Unicode's white space, and the four ASCII separators that Python also counts.
pub(in super::super) fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}
