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

/// The checksum over every column and its type. Eight bytes are enough: it detects damage, not forgers, who could write a checksum too.
fn checksum(table: &str, values: &[RowValue]) -> i64 {
    let texts: Vec<Vec<u8>> = values
        .iter()
        .map(|value| match value {
            RowValue::Null => vec![0],
            RowValue::Integer(number) => [&[1][..], &number.to_be_bytes()].concat(),
            RowValue::Text(text) => [&[3][..], text.as_bytes()].concat(),
            RowValue::Bytes(bytes) => [&[4][..], bytes].concat(),
        })
        .collect();
    let parts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let sum = Fingerprint::over(table, &parts);
    let first = sum.as_bytes().first_chunk().copied().unwrap_or_default();
    i64::from_be_bytes(first)
}

/// Puts the number of the session's row before the values, and the checksum behind them.
fn summed(table: &str, row: i64, mut values: Vec<RowValue>) -> Vec<RowValue> {
    values.insert(0, RowValue::Integer(row));
    values.push(RowValue::Integer(checksum(table, &values)));
    values
}

/// Writes a session as a row.
pub(super) fn of_session(row: i64, session: &Session) -> Vec<RowValue> {
    summed("session 1", row, row::of_session(session))
}

/// Writes a generation as a row, with its seals.
pub(super) fn of_generation(session: i64, generation: &Generation) -> Vec<RowValue> {
    let mut values = summed("generation 1", session, row::of_generation(generation));
    values.extend(row::of_seals(generation));
    values
}

/// Checks that a row starts with the number of its session's row and ends with the right checksum. Returns the values between.
fn checked(
    table: &'static str,
    version: &str,
    row: i64,
    values: &[RowValue],
) -> Result<Columns, StoreError> {
    match values {
        [number, rest @ .., sum]
            if *number == RowValue::Integer(row)
                && *sum == RowValue::Integer(checksum(version, &values[..values.len() - 1])) =>
        {
            Ok(Columns::of(table, rest.to_vec()))
        }
        _ => Err(damaged(&format!(
            "a row of {table} does not match its checksum"
        ))),
    }
}

/// Reads and checks the row of a session. The error names the session by the id that stands in the row.
pub(super) fn session(row: i64, values: &[RowValue]) -> Result<Session, StoreError> {
    let read = checked("session", "session 1", row, values).and_then(Columns::session);
    read.map_err(|error| {
        error.of_record(match values.get(2) {
            Some(RowValue::Text(id)) => Some(id),
            _ => None,
        })
    })
}

/// Reads and checks the row of a generation, with its seals or without.
pub(super) fn generation(session: i64, values: &[RowValue]) -> Result<Generation, StoreError> {
    const SUMMED: usize = row::GENERATION.len() + 2;
    let (summed, seals) = values.split_at(values.len().min(SUMMED));
    let rest = checked("generation", "generation 1", session, summed)?;
    rest.and(seals).generation()
}
