//! What is wrong with a profile: where it stands and what was meant, without a value that could be a secret.
use std::fmt;

/// A mistake, and its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The line in the file, counted from 1; 0 in `--set`.
    pub line: u32,
    /// The key with all its dots, `profiles.NAME` first; in `--set` the key alone.
    pub key: String,
    /// What is wrong, and what was meant.
    pub message: String,
}

/// As it is told behind the file's name and a colon: `3: profiles.m1.acess: unknown key …`; in `--set`: `--set access.ttl: …`.
impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, key, message } = self;
        match line {
            0 => write!(f, "--set {key}: {message}"),
            line => write!(f, "{line}: {key}: {message}"),
        }
    }
}

impl std::error::Error for Mistake {}

/// What is wrong with one value, before its place is known: the message, and the line if it is another than the key's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// The line of the text in a list.
    pub line: Option<u32>,
}

impl Fault {
    /// Says what is wrong, at the key's own line.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            line: None,
        }
    }

    /// Moves the fault to a text's line.
    #[must_use]
    pub fn on(self, line: u32) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }
}

/// A name that may be repeated in a message: at most 40 of `A-Z a-z 0-9 _ . -`, as everywhere that a name is shown.
#[must_use]
pub(crate) fn shown(name: &str) -> Option<&str> {
    let plain = |one: u8| one.is_ascii_alphanumeric() || b"_.-".contains(&one);
    ((1..=40).contains(&name.len()) && name.bytes().all(plain)).then_some(name)
}
