//! TOML as the tree of values that the language of profiles reads: each key and each value with its line. The build script compiles this file, too.
use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::core::profile::language::value::{Node, TableEntry, Value};

/// The line on which a text is no TOML, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotToml {
    /// The line.
    pub line: u32,
}

/// Reads a file. Keys are in the order of their lines.
///
/// # Errors
/// The text is no TOML.
pub fn file(text: &str) -> Result<Vec<TableEntry>, NotToml> {
    let lines = LineIndex::of(text);
    match DeTable::parse(text) {
        Ok(table) => Ok(lines.members(table.get_ref())),
        Err(error) => Err(NotToml {
            line: lines.at(error.span().map_or(0, |span| span.start)),
        }),
    }
}

/// Reads one value. None if it is no TOML. Its lines are 0: it stands in no file.
#[must_use]
pub(crate) fn value(text: &str) -> Option<Value> {
    let value = DeValue::parse(text).ok()?;
    Some(LineIndex(Vec::new()).node(&value).value)
}

/// Where each line begins.
struct LineIndex(Vec<usize>);

impl LineIndex {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(
            std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect(),
        )
    }

    /// The line of an offset.
    fn at(&self, offset: usize) -> u32 {
        u32::try_from(self.0.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    fn members(&self, table: &DeTable<'_>) -> Vec<TableEntry> {
        let member = |(name, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| TableEntry {
            name: name.get_ref().clone().into_owned().into(),
            line: self.at(name.span().start),
            node: self.node(value),
        };
        let mut members: Vec<TableEntry> = table.iter().map(member).collect();
        members.sort_by_key(|member| member.line);
        members
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let line = self.at(value.span().start);
        let owned = |text: &str| Cow::Owned(text.to_owned());
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(owned(text)),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Value::Decimal(owned(number.as_str())), Value::Number),
            DeValue::Float(number) => Value::Decimal(owned(number.as_str())),
            DeValue::Boolean(switch) => Value::Switch(*switch),
            DeValue::Datetime(moment) => Value::Moment(Cow::Owned(moment.to_string())),
            DeValue::Array(values) => {
                Value::List(values.iter().map(|one| self.node(one)).collect())
            }
            DeValue::Table(table) => Value::Table(self.members(table).into()),
        };
        Node { line, value }
    }
}
