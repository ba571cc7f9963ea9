//! The tables. The first process that writes makes them. They are brought up to date step by step where somebody asks for it: others may still use a version of
//! jwtsess that knows the older schema alone. Tables that are not ours are left alone.
use postgres::Client;

use super::connection::{Connection, Purpose};
use super::failure::{self, Recovery, Stage, TransactionError};
use super::place;
use crate::session::store::StoreError;

/// The SQL that makes each schema out of the one before it; the first starts from nothing. A store's version is the number of steps it has taken.
pub(super) const STEPS: [&str; 2] = [
    include_str!("../schema/postgres-1.sql"),
    include_str!("../schema/postgres-2.sql"),
];
/// The first schema that keeps seals.
pub(super) const SEALED: usize = 2;

/// Finds the tables: their schema, quoted, and their version. `None` if there are no tables of ours, nor any with their names.
///
/// # Errors
/// The tables are another program's, or their version is newer or never existed.
pub(super) fn found(
    client: &mut Client,
    known: usize,
) -> Result<Option<(String, usize)>, TransactionError> {
    let Some(schema) = place::schema(client)? else {
        return Ok(None);
    };
    let version = version(client, &schema, known)?;
    Ok(Some((schema, version)))
}

fn version(client: &mut Client, schema: &str, known: usize) -> Result<usize, TransactionError> {
    let sql = format!("SELECT version FROM {schema}.jwtsess_schema");
    let rows = match client.query_typed(&sql, &[]) {
        Ok(rows) => rows,
        // Another process has dropped the tables since they were found.
        Err(error) if failure::is_missing(&error) => {
            return Err(TransactionError::Race(StoreError::Busy));
        }
        Err(error) => {
            return Err(match failure::next(&error, Stage::Reading) {
                Recovery::Give(StoreError::Damaged(words)) => StoreError::Foreign(words).into(),
                _ => error.into(),
            });
        }
    };
    let [row] = &rows[..] else {
        let words = format!("jwtsess_schema has {} rows instead of one", rows.len());
        return Err(StoreError::Damaged(words).into());
    };
    let wrong = |_| StoreError::Foreign("jwtsess_schema belongs to another program".to_owned());
    let found: i64 = row.try_get(0).map_err(wrong)?;
    let known_number = i64::try_from(known).unwrap_or(i64::MAX);
    if found > known_number {
        return Err(StoreError::Newer {
            found,
            known: known_number,
        }
        .into());
    }
    match usize::try_from(found) {
        Ok(found) if found > 0 => Ok(found),
        _ => {
            let words = "its schema version never existed".to_owned();
            Err(StoreError::Damaged(words).into())
        }
    }
}

/// Takes the steps that are missing up to the last of `steps`, in one transaction. If several processes do so at once, one makes the tables and the others find
/// them made. Returns whether it was this one.
pub(super) fn bring_up(connection: &mut Connection, steps: &[&str]) -> Result<bool, StoreError> {
    connection.transact(Purpose::Sweeping, &mut |client, _| {
        let from = found(client, steps.len())?.map(|(_, version)| version);
        if from == Some(steps.len()) {
            return Ok(false);
        }
        let number = if from.is_none() {
            // A table's name is a unique entry in the catalogue. The second process to make the same table waits for the first, and then gets an error.
            "INSERT INTO jwtsess_schema (version) VALUES ($1)"
        } else {
            client.query_typed("SELECT version FROM jwtsess_schema FOR UPDATE", &[])?;
            if found(client, steps.len())?.map(|(_, version)| version) != from {
                return Err(TransactionError::Race(StoreError::Busy));
            }
            "UPDATE jwtsess_schema SET version = $1"
        };
        for step in steps.iter().skip(from.unwrap_or(0)) {
            client.batch_execute(step).map_err(made_meanwhile)?;
        }
        let newest = i64::try_from(steps.len()).unwrap_or(i64::MAX);
        client
            .execute_typed(number, &[(&newest, postgres::types::Type::INT8)])
            .map_err(made_meanwhile)?;
        Ok(true)
    })
}

fn made_meanwhile(error: postgres::Error) -> TransactionError {
    if failure::is_there(&error) {
        TransactionError::Race(StoreError::Busy)
    } else {
        error.into()
    }
}
