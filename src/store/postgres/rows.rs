//! Reads and writes rows. Many are written at once, each column as an array.
use postgres::types::{ToSql, Type};
use postgres::{Client, Row};

use super::failure::TransactionError;
use super::{place, schema};
use crate::core::secret::Fingerprint;
use crate::session::family::{Family, Generation, Session, changed};
use crate::session::store::StoreError;
use crate::store::row::{
    ColumnKind, Columns, GENERATION, RowValue, SEALS, SESSION, of_generation, of_seals, of_session,
};

/// A table and its columns. The first `keys` columns identify a row.
pub(super) struct Table {
    name: &'static str,
    keys: usize,
    columns: &'static [(&'static str, ColumnKind)],
    /// Columns that stand before the others and are no part of the value that a row holds.
    before: &'static [(&'static str, ColumnKind)],
    /// Columns of a later schema.
    behind: &'static [(&'static str, ColumnKind)],
}

pub(super) const SESSIONS: Table = Table {
    name: "jwtsess_session",
    keys: 1,
    columns: &SESSION,
    before: &[],
    behind: &[],
};

/// Generations as schema 1 keeps them.
const UNSEALED: Table = Table {
    name: "jwtsess_generation",
    keys: 2,
    columns: &GENERATION,
    before: &[("session", ColumnKind::Bytes)],
    behind: &[],
};

/// Generations with their seals.
const SEALED: Table = Table {
    behind: &SEALS,
    ..UNSEALED
};

/// The table of generations in a store of that schema.
pub(super) const fn generations_of(version: usize) -> &'static Table {
    if version < schema::SEALED {
        &UNSEALED
    } else {
        &SEALED
    }
}

impl Table {
    fn all(&self) -> impl Iterator<Item = (&'static str, ColumnKind)> {
        let all = self.before.iter().chain(self.columns);
        all.chain(self.behind).copied()
    }
    fn names(&self, prefix: &str) -> String {
        let names = self.all().map(|(name, _)| format!("{prefix}{name}"));
        names.collect::<Vec<_>>().join(", ")
    }
    /// The `SELECT` of all its columns, without a condition.
    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.names(""), self.name)
    }
    fn places(&self) -> String {
        let places = (1..=self.all().count()).map(|place| format!("${place}"));
        places.collect::<Vec<_>>().join(", ")
    }

    /// Inserts new rows.
    pub(super) fn insert(
        &self,
        client: &mut Client,
        rows: &[Vec<RowValue>],
    ) -> Result<(), TransactionError> {
        let (name, names, places) = (self.name, self.names(""), self.places());
        let sql = format!("INSERT INTO {name} ({names}) SELECT * FROM unnest({places})");
        self.execute(client, &sql, rows)
    }

    /// Updates rows that are there.
    pub(super) fn update(
        &self,
        client: &mut Client,
        rows: &[Vec<RowValue>],
    ) -> Result<(), TransactionError> {
        let (name, names, places) = (self.name, self.names(""), self.places());
        let pairs = |from: usize, to: usize, between: &str, prefix: &str| {
            let pairs = self.all().skip(from).take(to - from);
            let pairs = pairs.map(|(name, _)| format!("{prefix}{name} = n.{name}"));
            pairs.collect::<Vec<_>>().join(between)
        };
        let sql = format!(
            "UPDATE {name} AS t SET {} FROM unnest({places}) AS n ({names}) WHERE {}",
            pairs(self.keys, self.all().count(), ", ", ""),
            pairs(0, self.keys, " AND ", "t.")
        );
        self.execute(client, &sql, rows)
    }

    /// Checks that these rows are there as they were written.
    fn check_kept(
        &self,
        client: &mut Client,
        rows: &[&Vec<RowValue>],
    ) -> Result<(), TransactionError> {
        if rows.is_empty() {
            return Ok(());
        }
        let (name, names, places) = (self.name, self.names(""), self.places());
        let same = self.all().enumerate().map(|(column, (name, _))| {
            let comparison = if column < self.keys {
                "="
            } else {
                "IS NOT DISTINCT FROM"
            };
            format!("t.{name} {comparison} n.{name}")
        });
        let same = same.collect::<Vec<_>>().join(" AND ");
        let sql = format!(
            "SELECT count(*) FROM {name} AS t JOIN unnest({places}) AS n ({names}) ON {same}"
        );
        let arrays = self.arrays(&rows.iter().copied());
        let parameters: Vec<_> = arrays.iter().map(Array::parameter).collect();
        let row = client.query_typed_one(&sql, &parameters)?;
        if usize::try_from(row.try_get::<_, i64>(0)?) == Ok(rows.len()) {
            return Ok(());
        }
        Err(StoreError::NotKept(name.to_owned()).into())
    }

    /// One array for each column.
    fn arrays<'a>(&self, rows: &(impl Iterator<Item = &'a Vec<RowValue>> + Clone)) -> Vec<Array> {
        let columns = self.all().enumerate();
        let array = |(column, (_, kind))| Array::of(kind, rows.clone().map(|row| &row[column]));
        columns.map(array).collect()
    }

    fn execute(
        &self,
        client: &mut Client,
        sql: &str,
        rows: &[Vec<RowValue>],
    ) -> Result<(), TransactionError> {
        if rows.is_empty() {
            return Ok(());
        }
        let arrays = self.arrays(&rows.iter());
        let parameters: Vec<(&(dyn ToSql + Sync), Type)> =
            arrays.iter().map(Array::parameter).collect();
        let written = client.execute_typed(sql, &parameters)?;
        if usize::try_from(written) == Ok(rows.len()) {
            return Ok(());
        }
        Err(StoreError::NotKept(self.name.to_owned()).into())
    }
}

/// One column of many rows.
enum Array {
    Integers(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

impl Array {
    fn of<'a>(kind: ColumnKind, values: impl Iterator<Item = &'a RowValue>) -> Self {
        match kind {
            ColumnKind::Integer => Self::Integers(
                values
                    .map(|value| match value {
                        RowValue::Integer(number) => Some(*number),
                        _ => None,
                    })
                    .collect(),
            ),
            ColumnKind::Text => Self::Texts(
                values
                    .map(|value| match value {
                        RowValue::Text(text) => Some(escaped(text)),
                        _ => None,
                    })
                    .collect(),
            ),
            ColumnKind::Bytes => Self::Bytes(
                values
                    .map(|value| match value {
                        RowValue::Bytes(bytes) => Some(bytes.clone()),
                        _ => None,
                    })
                    .collect(),
            ),
        }
    }
    fn parameter(&self) -> (&(dyn ToSql + Sync), Type) {
        match self {
            Self::Integers(array) => (array, Type::INT8_ARRAY),
            Self::Texts(array) => (array, Type::TEXT_ARRAY),
            Self::Bytes(array) => (array, Type::BYTEA_ARRAY),
        }
    }
}

/// Stands before a character that PostgreSQL's text can't hold, or before itself.
const ESCAPE: char = '\u{2400}';

/// Text as it is stored. PostgreSQL's text can't hold a NUL, and an id may contain one.
pub(super) fn escaped(text: &str) -> String {
    if !text.contains(['\0', ESCAPE]) {
        return text.to_owned();
    }
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            '\0' => escaped.extend([ESCAPE, '0']),
            ESCAPE => escaped.extend([ESCAPE, ESCAPE]),
            other => escaped.push(other),
        }
        escaped
    })
}

fn unescaped(text: String) -> Option<String> {
    if !text.contains(ESCAPE) {
        return Some(text);
    }
    let mut unescaped = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        unescaped.push(match character {
            ESCAPE => match characters.next()? {
                '0' => '\0',
                ESCAPE => ESCAPE,
                _ => return None,
            },
            other => other,
        });
    }
    Some(unescaped)
}

/// Reads the values of a row of a table.
fn values(table: &Table, row: &Row) -> Result<Vec<RowValue>, StoreError> {
    let wrong = || {
        let words = format!("a row of {} has an invalid value", table.name);
        StoreError::Damaged(words)
    };
    let mut values = Vec::with_capacity(row.len());
    for (column, (_, kind)) in table.all().enumerate() {
        let value = match kind {
            ColumnKind::Integer => row
                .try_get(column)
                .map(|number: Option<i64>| number.map(RowValue::Integer)),
            ColumnKind::Bytes => row
                .try_get(column)
                .map(|bytes: Option<Vec<u8>>| bytes.map(RowValue::Bytes)),
            ColumnKind::Text => match row.try_get(column) {
                Ok(Some(text)) => Ok(Some(RowValue::Text(unescaped(text).ok_or_else(wrong)?))),
                other => other.map(|_: Option<String>| None),
            },
        };
        values.push(value.map_err(|_| wrong())?.unwrap_or(RowValue::Null));
    }
    Ok(values)
}

/// Reads the row of a session. The error names the session by the id that stands in the row.
pub(super) fn session(row: &Row) -> Result<Session, StoreError> {
    let read =
        values(&SESSIONS, row).and_then(|values| Columns::of("jwtsess_session", values).session());
    read.map_err(|error| {
        let id = row.try_get(1).ok().and_then(unescaped);
        error.of_record(id.as_deref())
    })
}

/// Reads the row of a generation, with its session's key.
pub(super) fn generation(
    table: &Table,
    row: &Row,
) -> Result<(Fingerprint, Generation), StoreError> {
    let mut values = values(table, row)?;
    let rest = values.split_off(1);
    let key = Columns::of("jwtsess_generation", values).fingerprint()?;
    Ok((key, Columns::of("jwtsess_generation", rest).generation()?))
}

/// The rows to write for families that have changed.
#[derive(Default)]
pub(super) struct Changes {
    new_sessions: Vec<Vec<RowValue>>,
    sessions: Vec<Vec<RowValue>>,
    new_generations: Vec<Vec<RowValue>>,
    generations: Vec<Vec<RowValue>>,
}

impl Changes {
    /// Adds what has changed of a family, or all of a new one.
    pub(super) fn add(&mut self, before: Option<&Family>, after: &Family) {
        let row = of_session(&after.session);
        match before {
            None => self.new_sessions.push(row),
            Some(before) if of_session(&before.session) != row => self.sessions.push(row),
            Some(_) => {}
        }
        let key = after.session.key.fingerprint().as_bytes().to_vec();
        for generation in changed(before, after) {
            let mut row = vec![RowValue::Bytes(key.clone())];
            row.extend(of_generation(generation));
            row.extend(of_seals(generation));
            let known = before.and_then(|before| before.generation(generation.number));
            match known {
                None => self.new_generations.push(row),
                Some(_) => self.generations.push(row),
            }
        }
    }

    /// Writes all rows, generations without the columns that their table lacks. The error says so if a session or a token is there already.
    pub(super) fn write(
        &self,
        generations: &Table,
        client: &mut Client,
    ) -> Result<(), TransactionError> {
        SESSIONS
            .insert(client, &self.new_sessions)
            .map_err(|failure| taken(failure, true))?;
        SESSIONS.update(client, &self.sessions)?;
        generations.update(client, &self.generations)?;
        generations
            .insert(client, &self.new_generations)
            .map_err(|failure| taken(failure, false))?;
        self.check_kept(generations, client)
    }

    /// Reads back what was written. A trigger that waits for the end of the transaction would come later, so the tables may still have none: nobody can add one
    /// as long as this transaction has written to them.
    fn check_kept(&self, generations: &Table, client: &mut Client) -> Result<(), TransactionError> {
        let sessions: Vec<_> = self.new_sessions.iter().chain(&self.sessions).collect();
        SESSIONS.check_kept(client, &sessions)?;
        let all = self.new_generations.iter().chain(&self.generations);
        generations.check_kept(client, &all.collect::<Vec<_>>())?;
        place::schema(client).map(drop)
    }
}

/// Turns an error about a row that is there already into ours. For a session it is a race: another process may have made it since we looked. A token was looked
/// for under its session's lock, so there it is final.
fn taken(failure: TransactionError, session: bool) -> TransactionError {
    match failure {
        TransactionError::Sql(error) if super::failure::is_there(&error) && session => {
            TransactionError::Race(StoreError::Taken("a session with that id"))
        }
        TransactionError::Sql(error) if super::failure::is_there(&error) => {
            StoreError::Taken("a token with that id").into()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back_and_none_has_a_nul() {
        for (text, stored) in [
            ("", ""),
            ("DOMAIN\\alice", "DOMAIN\\alice"),
            ("a\0b", "a\u{2400}0b"),
            ("\u{2400}0\0", "\u{2400}\u{2400}0\u{2400}0"),
        ] {
            assert_eq!(escaped(text), stored);
            assert_eq!(unescaped(stored.to_owned()).as_deref(), Some(text));
        }
        assert_eq!(unescaped("\u{2400}".to_owned()), None);
        assert_eq!(unescaped("\u{2400}1".to_owned()), None);
    }
}
