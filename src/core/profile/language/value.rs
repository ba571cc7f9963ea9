//! A profile's text as a tree of values with their lines: what the config file or the build script fills, and what a profile is merged from.
use std::borrow::Cow;

use serde::Serialize;

/// A text: borrowed in a built-in profile, owned in a user's.
pub(crate) type Text = Cow<'static, str>;
/// A list: borrowed in a built-in profile, owned in a user's.
pub(crate) type List<T> = Cow<'static, [T]>;

/// A value, and the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The line in its file, counted from 1; 0 in `--set`, which has none.
    pub line: u32,
    /// The value.
    pub value: Value,
}

/// A value, as TOML has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Value {
    /// A string.
    Text(Text),
    /// An integer.
    Number(i64),
    /// A number with a fraction or an exponent, as it was written, or an integer beyond 64 bits.
    Decimal(Text),
    /// `true` or `false`.
    Switch(bool),
    /// A date or a time, as it was written. No key takes one.
    Moment(Text),
    /// An array.
    List(List<Node>),
    /// A table, in the order of its lines.
    Table(List<TableEntry>),
}

/// A key of a table, and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableEntry {
    /// The key.
    pub name: Text,
    /// The line on which the key stands.
    pub line: u32,
    /// The value.
    pub node: Node,
}

/// A key of a profile with all its dots (`access.ttl`), and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// The key, or an emulator's own setting in capitals.
    pub key: Text,
    /// The line on which the key stands.
    pub line: u32,
    /// Whether it stands there under its older name.
    pub older: bool,
    /// The value.
    pub value: Plain,
}

/// The value of a key: what no further dot leads into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Plain {
    /// A text.
    Text(Text),
    /// A whole number.
    Number(i64),
    /// Any other number, as it was written.
    Decimal(Text),
    /// `true` or `false`.
    Switch(bool),
    /// A list of texts, each with its line.
    Texts(List<TextLine>),
    /// A list of tables or of mixed values: `users`.
    Tree(List<Node>),
    /// A table where none may stand, or a moment.
    Other,
}

/// One text of a list, and its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextLine {
    /// The line on which the text begins.
    pub line: u32,
    /// The text.
    pub text: Text,
}

impl Plain {
    /// Turns a value into a key's value.
    #[must_use]
    pub fn of(value: Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text),
            Value::Number(number) => Self::Number(number),
            Value::Decimal(text) => Self::Decimal(text),
            Value::Switch(switch) => Self::Switch(switch),
            Value::Moment(_) | Value::Table(_) => Self::Other,
            Value::List(nodes)
                if nodes
                    .iter()
                    .all(|node| matches!(node.value, Value::Text(_))) =>
            {
                let line = |node: Node| match node.value {
                    Value::Text(text) => Some(TextLine {
                        line: node.line,
                        text,
                    }),
                    _ => None,
                };
                Self::Texts(nodes.into_owned().into_iter().filter_map(line).collect())
            }
            Value::List(nodes) => Self::Tree(nodes),
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list of texts, if it is one; one text alone is a list of it.
    #[must_use]
    pub fn texts(&self) -> Option<Vec<Text>> {
        match self {
            Self::Text(text) => Some(vec![text.clone()]),
            Self::Texts(lines) => Some(lines.iter().map(|line| line.text.clone()).collect()),
            _ => None,
        }
    }
}
