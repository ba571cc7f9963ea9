//! Turns rows into values and back, each with a checksum. SQLite's pages have none, and a bit that has flipped must not make an ended session live.
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};

use super::error::damaged;
use crate::core::secret::Fingerprint;
use crate::session::family::{Generation, Session};
use crate::session::store::StoreError;
use crate::store::row::{self, Columns, RowValue};

/// The columns of a session in the order of [`of_session`].
pub(super) const SESSION: &str = "row, key, id, issuer, profile, user, began_at, last_used_at, absolute_end, outlives, ended_at, ended_why, generations, idle_end, guards_until, checksum";
/// The columns of a generation in the order of [`of_generation`].
pub(super) const GENERATION: &str = "session, number, parent, fingerprint, token_id, issued_at, expires_at, recorded_at, used_at, retired_at, revoked_at, header, claims, access_header, access_claims, checksum";

/// The columns that schema 2 adds to a generation, behind those of [`GENERATION`].
pub(super) const SEALS: &str = "mac, mac_kid, access_mac, access_mac_kid";

/// Reads all the columns of a row.
pub(super) fn values(row: &Row<'_>) -> rusqlite::Result<Vec<RowValue>> {
    let columns = row.as_ref().column_count();
    (0..columns).map(|column| value(row, column)).collect()
}

/// Reads one column of a row.
pub(super) fn value(row: &Row<'_>, column: usize) -> rusqlite::Result<RowValue> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => RowValue::Null,
        ValueRef::Integer(number) => RowValue::Integer(number),
        // Text that is not UTF-8 and floating-point numbers, of which no table has a column, are kept as bytes: the checksum of such a row can't be right.
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => RowValue::Text(text.to_owned()),
            Err(_) => RowValue::Bytes(text.to_vec()),
        },
        ValueRef::Blob(bytes) => RowValue::Bytes(bytes.to_vec()),
        ValueRef::Real(number) => RowValue::Bytes(number.to_be_bytes().to_vec()),
    })
}

impl ToSql for RowValue {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// A table, whose first `keys` columns identify a row.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) keys: usize,
    /// The columns that the checksum covers, and the checksum.
    summed: &'static str,
    /// The columns behind it.
    behind: Option<&'static str>,
    /// What the checksum is of.
    label: &'static str,
}

pub(super) const SESSIONS: Table = Table {
    name: "session",
    keys: 1,
    summed: SESSION,
    behind: None,
    label: "session 1",
};

pub(super) const GENERATIONS: Table = Table {
    name: "generation",
    keys: 2,
    summed: GENERATION,
    behind: Some(SEALS),
    label: "generation 1",
};

impl Table {
    /// The names of its columns.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let all = std::iter::once(self.summed).chain(self.behind);
        all.flat_map(|names| names.split(", ")).collect()
    }

    /// The checksum over columns and their types. Eight bytes are enough: it detects damage, not forgers, who could write a checksum too.
    fn checksum(&self, values: &[RowValue]) -> RowValue {
        let mut texts = Vec::with_capacity(512);
        let ends: Vec<usize> = (values.iter())
            .map(|value| {
                match value {
                    RowValue::Null => texts.push(0),
                    RowValue::Integer(number) => {
                        texts.push(1);
                        texts.extend_from_slice(&number.to_be_bytes());
                    }
                    RowValue::Text(text) => {
                        texts.push(3);
                        texts.extend_from_slice(text.as_bytes());
                    }
                    RowValue::Bytes(bytes) => {
                        texts.push(4);
                        texts.extend_from_slice(bytes);
                    }
                }
                texts.len()
            })
            .collect();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let parts: Vec<&[u8]> = (starts.zip(&ends))
            .map(|(start, end)| &texts[start..*end])
            .collect();
        let sum = Fingerprint::over(self.label, &parts);
        let first = sum.as_bytes().first_chunk().copied().unwrap_or_default();
        RowValue::Integer(i64::from_be_bytes(first))
    }

    /// Checks that a row starts with the number of its session's row and ends with the right checksum. Returns the values between.
    fn checked(&self, row: i64, mut values: Vec<RowValue>) -> Result<Columns, StoreError> {
        let sum = values.pop();
        if values.first() == Some(&RowValue::Integer(row)) && sum == Some(self.checksum(&values)) {
            values.remove(0);
            return Ok(Columns::of(self.name, values));
        }
        Err(damaged(&format!(
            "a row of {} does not match its checksum",
            self.name
        )))
    }
}

/// What a row holds, without its checksum.
#[derive(PartialEq, Eq)]
pub(super) struct RowContent {
    summed: Vec<RowValue>,
    behind: Vec<RowValue>,
}

impl RowContent {
    /// The values of all columns.
    pub(super) fn stored(mut self, table: &Table) -> Vec<RowValue> {
        self.summed.push(table.checksum(&self.summed));
        self.summed.append(&mut self.behind);
        self.summed
    }
    /// The columns that differ from those of another content; the checksum among them.
    pub(super) fn differing(&self, other: &Self) -> Vec<usize> {
        let sum = self.summed.len();
        let differ = |from: usize, own: &[RowValue], others: &[RowValue]| {
            let pairs = own.iter().zip(others).enumerate();
            let differing = pairs.filter(|(_, (own, other))| own != other);
            differing.map(|(column, _)| from + column).collect()
        };
        let mut columns: Vec<usize> = differ(0, &self.summed, &other.summed);
        columns.push(sum);
        columns.extend(differ(sum + 1, &self.behind, &other.behind));
        columns
    }
}

/// The row of a session.
pub(super) fn of_session(row: i64, session: &Session) -> RowContent {
    let mut summed = vec![RowValue::Integer(row)];
    summed.extend(row::of_session(session));
    RowContent {
        summed,
        behind: Vec::new(),
    }
}

/// The row of a generation, with its seals.
pub(super) fn of_generation(session: i64, generation: &Generation) -> RowContent {
    let mut summed = vec![RowValue::Integer(session)];
    summed.extend(row::of_generation(generation));
    RowContent {
        summed,
        behind: row::of_seals(generation),
    }
}

/// Reads and checks the row of a session. The error names the session by the id that stands in the row.
pub(super) fn session(row: i64, values: Vec<RowValue>) -> Result<Session, StoreError> {
    let id = match values.get(2) {
        Some(RowValue::Text(id)) => Some(id.clone()),
        _ => None,
    };
    let read = SESSIONS.checked(row, values).and_then(Columns::session);
    read.map_err(|error| error.of_record(id.as_deref()))
}

/// Reads and checks the row of a generation, with its seals or without.
pub(super) fn generation(
    session: i64,
    mut values: Vec<RowValue>,
) -> Result<Generation, StoreError> {
    const SUMMED: usize = row::GENERATION.len() + 2;
    let seals = values.split_off(values.len().min(SUMMED));
    GENERATIONS
        .checked(session, values)?
        .and(seals)
        .generation()
}
