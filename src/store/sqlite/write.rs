//! Writes what has changed of a family: new rows, and of rows that are there the columns that differ, so that no index is touched in vain.
use rusqlite::{Connection, params_from_iter};

use super::error::{damaged, told};
use super::rows::{self, GENERATIONS, RowContent, SESSIONS, Table};
use crate::session::family::{Family, changed};
use crate::session::store::StoreError;
use crate::store::row::RowValue;

/// Writes what has changed of a family. The session keeps the row number `row`, or gets a new one.
pub(super) fn write(
    connection: &Connection,
    row: Option<i64>,
    before: Option<&Family>,
    after: &Family,
) -> Result<(), StoreError> {
    let row = match row {
        Some(row) => row,
        None => connection
            .prepare_cached("SELECT coalesce(max(row), 0) + 1 FROM session")
            .and_then(|mut query| query.query_row([], |row| row.get(0)))
            .map_err(told)?,
    };
    let known = before.map(|before| rows::of_session(row, &before.session));
    put(
        connection,
        &SESSIONS,
        known.as_ref(),
        rows::of_session(row, &after.session),
    )?;
    for generation in changed(before, after) {
        let known = before.and_then(|before| before.generation(generation.number));
        let known = known.map(|known| rows::of_generation(row, known));
        put(
            connection,
            &GENERATIONS,
            known.as_ref(),
            rows::of_generation(row, generation),
        )?;
    }
    Ok(())
}

/// Writes a row, if it is not as it was.
fn put(
    connection: &Connection,
    table: &Table,
    before: Option<&RowContent>,
    after: RowContent,
) -> Result<(), StoreError> {
    if before == Some(&after) {
        return Ok(());
    }
    let differs = before.map(|before| before.differing(&after));
    let values = after.stored(table);
    let Some(differs) = differs else {
        return execute(connection, table.insert, &values);
    };
    let keys = 0..table.keys;
    let mut sql = String::with_capacity(256);
    sql.push_str(table.update);
    let mut named = |before: &str, column: usize| {
        for part in [before, table.columns[column], " = ?"] {
            sql.push_str(part);
        }
    };
    for (place, column) in differs.iter().enumerate() {
        named(if place == 0 { " SET " } else { ", " }, *column);
    }
    for column in keys.clone() {
        named(if column == 0 { " WHERE " } else { " AND " }, column);
    }
    let given = differs.into_iter().chain(keys);
    execute(connection, &sql, given.map(|column| &values[column]))
}

/// Carries out a statement that writes one row.
fn execute<'v>(
    connection: &Connection,
    sql: &str,
    values: impl IntoIterator<Item = &'v RowValue>,
) -> Result<(), StoreError> {
    let written = connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute(params_from_iter(values)))
        .map_err(told)?;
    if written == 1 {
        Ok(())
    } else {
        Err(damaged("an index refers to a row that does not exist"))
    }
}
