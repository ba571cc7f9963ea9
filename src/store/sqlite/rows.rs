//! Turns rows into values and back, each with a checksum. SQLite's pages have none, and a bit that has flipped must not make an ended session live.
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};

use super::error::damaged;
use crate::core::secret::sha256;
use crate::session::family::{Generation, Session};
use crate::session::store::StoreError;
use crate::store::row::{self, Columns, RowValue};

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

/// A table, whose first `keys` columns identify a row. No store is opened whose tables have other columns, or in another order, so that no statement lists them all.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) keys: usize,
    pub(super) columns: &'static [&'static str],
    /// The statement that writes a new row.
    pub(super) insert: &'static str,
    /// How the statement begins that changes a row.
    pub(super) update: &'static str,
    /// What the checksum is of.
    label: &'static str,
}

pub(super) const SESSIONS: Table = Table {
    name: "session",
    keys: 1,
    columns: &[
        "row",
        "key",
        "id",
        "issuer",
        "profile",
        "user",
        "began_at",
        "last_used_at",
        "absolute_end",
        "outlives",
        "ended_at",
        "ended_why",
        "generations",
        "idle_end",
        "guards_until",
        "checksum",
    ],
    insert: "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    update: "UPDATE session",
    label: "session 1",
};

/// The columns behind the checksum are those that schema 2 adds.
pub(super) const GENERATIONS: Table = Table {
    name: "generation",
    keys: 2,
    columns: &[
        "session",
        "number",
        "parent",
        "fingerprint",
        "token_id",
        "issued_at",
        "expires_at",
        "recorded_at",
        "used_at",
        "retired_at",
        "revoked_at",
        "header",
        "claims",
        "access_header",
        "access_claims",
        "checksum",
        "mac",
        "mac_kid",
        "access_mac",
        "access_mac_kid",
    ],
    insert: "INSERT INTO generation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    update: "UPDATE generation",
    label: "generation 1",
};

impl Table {
    /// The checksum over columns and their types. Eight bytes are enough: it detects damage, not forgers, who could write a checksum too.
    fn checksum(&self, values: &[RowValue]) -> RowValue {
        // What `Fingerprint::over` hashes of these parts, in one piece.
        let mut hashed = Vec::with_capacity(2048);
        let mut add = |kind: &[u8], bytes: &[u8]| {
            let length = (kind.len() + bytes.len()) as u64;
            hashed.extend_from_slice(&length.to_be_bytes());
            hashed.extend_from_slice(kind);
            hashed.extend_from_slice(bytes);
        };
        add(&[], self.label.as_bytes());
        for value in values {
            match value {
                RowValue::Null => add(&[0], &[]),
                RowValue::Integer(number) => add(&[1], &number.to_be_bytes()),
                RowValue::Text(text) => add(&[3], text.as_bytes()),
                RowValue::Bytes(bytes) => add(&[4], bytes),
            }
        }
        let sum = sha256(&hashed);
        let first = sum.first_chunk().copied().unwrap_or_default();
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
