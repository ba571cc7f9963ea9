//! Loads sessions and their tokens from the tables, each row checked against its checksum. A decision gets as much of a family as it needs.
use rusqlite::{Connection, OptionalExtension as _};

use super::error::{damaged, told};
use super::rows;
use crate::core::secret::Fingerprint;
use crate::session::family::{Family, Generation, Session};
use crate::session::store::{DamagedRecord, Lookup, Selection, StoreError, set_apart};
use crate::store::row::RowValue;

/// A family as it was loaded.
pub(super) struct LoadedFamily {
    /// The number of its session's row.
    pub(super) row: i64,
    pub(super) family: Family,
    /// Whether it has all its generations.
    pub(super) is_whole: bool,
}

/// Reads a session's row.
fn session_at(connection: &Connection, row: i64) -> Result<Session, StoreError> {
    connection
        .prepare_cached("SELECT * FROM session WHERE row = ?1")
        .and_then(|mut query| query.query_row([row], rows::values))
        .optional()
        .map_err(told)?
        .ok_or_else(|| damaged("an index refers to a session that does not exist"))
        .and_then(|values| rows::session(row, values))
}

/// Reads the generations of a session: all of them, or the one with this number and those that are current.
fn generations_at(
    connection: &Connection,
    row: i64,
    session: &Session,
    own: Option<i64>,
) -> Result<Vec<Generation>, StoreError> {
    // SQLite prepares an expression in place of a plan sooner, and what it finds in one session is quickly put in order.
    let mut query = connection
        .prepare_cached(match own {
            None => "SELECT * FROM generation WHERE session = ?1",
            Some(_) => {
                "SELECT * FROM generation WHERE session = ?1 AND (number = ?2 OR coalesce(retired_at, revoked_at) IS NULL)"
            }
        })
        .map_err(told)?;
    let found = match own {
        None => query.query_map([row], rows::values),
        Some(own) => query.query_map([row, own], rows::values),
    };
    let found = found.map_err(told)?;
    let read = |values: rusqlite::Result<_>| {
        let read = rows::generation(row, values.map_err(told)?);
        read.map_err(|error| error.of_record(Some(&session.key.id)))
    };
    let mut generations = found.map(read).collect::<Result<Vec<_>, _>>()?;
    generations.sort_by_key(|generation| generation.number);
    Ok(generations)
}

/// Reads a session with all its generations. Checks that none is missing.
pub(super) fn family_at(connection: &Connection, row: i64) -> Result<Family, StoreError> {
    let session = session_at(connection, row)?;
    whole(connection, row, session)
}

fn whole(connection: &Connection, row: i64, session: Session) -> Result<Family, StoreError> {
    let generations = generations_at(connection, row, &session, None)?;
    let numbers = generations.iter().map(|generation| generation.number);
    if !numbers.eq(1..=session.generations) {
        let missing = damaged("some of its tokens are missing");
        return Err(missing.of_record(Some(&session.key.id)));
    }
    Ok(Family {
        session,
        generations,
    })
}

/// Loads what decisions need of a family: by one of its current tokens, that token's generation and the other current ones. Otherwise it is loaded whole, so
/// that a row that was changed or lost can't make a token good that was retired.
pub(super) fn load(
    connection: &Connection,
    lookup: &Lookup,
) -> Result<Option<LoadedFamily>, StoreError> {
    let (row, session) = match lookup {
        Lookup::Token {
            fingerprint, key, ..
        } => {
            return by_token(connection, lookup, fingerprint, &key.fingerprint());
        }
        Lookup::Key(key) => {
            let found = entry_of(connection, "session_key", &key.fingerprint())?;
            let Some((row, _)) = found else {
                return Ok(None);
            };
            (row, session_at(connection, row)?)
        }
        Lookup::Session(id) => {
            let of_id = Selection {
                id: Some(id.clone()),
                ..Selection::default()
            };
            let mut found = all_sound(selected(connection, &of_id)?)?;
            if found.len() > 1 {
                let keys = found.into_iter().map(|(_, session)| session.key);
                return Err(StoreError::Ambiguous(keys.collect()));
            }
            let Some(found) = found.pop() else {
                return Ok(None);
            };
            found
        }
    };
    Ok(Some(LoadedFamily {
        row,
        family: whole(connection, row, session)?,
        is_whole: true,
    }))
}

fn by_token(
    connection: &Connection,
    lookup: &Lookup,
    fingerprint: &Fingerprint,
    key: &Fingerprint,
) -> Result<Option<LoadedFamily>, StoreError> {
    let by_token = entry_of(connection, "generation_fingerprint", fingerprint)?;
    let by_session = entry_of(connection, "session_key", key)?;
    let row = |entry: Option<Entry>| entry.map(|(row, _)| row);
    let Some(own) = row(by_token).or(row(by_session)) else {
        return Ok(None);
    };
    let session = session_at(connection, own)?;
    let other = match row(by_session) {
        Some(row) if row != own => Some(session_at(connection, row)?),
        _ => None,
    };
    let named = other.as_ref().or(by_session.is_some().then_some(&session));
    lookup.cross_check(
        by_token.is_some().then_some(&session.key),
        named.map(|session| &session.key),
    )?;
    if let Some((row, number)) = by_token.filter(|_| session.ended.is_none()) {
        let generations = generations_at(connection, row, &session, Some(number))?;
        let family = Family {
            session,
            generations,
        };
        let is_current = (family.generation_of(fingerprint)).is_some_and(Generation::is_current);
        if is_current {
            return Ok(Some(LoadedFamily {
                row,
                family,
                is_whole: false,
            }));
        }
        return all_of(connection, row, family.session, Some(fingerprint)).map(Some);
    }
    let token = by_token.is_some().then_some(fingerprint);
    all_of(connection, own, session, token).map(Some)
}

/// Loads a family whole, which the index says to have this token.
fn all_of(
    connection: &Connection,
    row: i64,
    session: Session,
    token: Option<&Fingerprint>,
) -> Result<LoadedFamily, StoreError> {
    let family = whole(connection, row, session)?;
    if token.is_some_and(|token| family.generation_of(token).is_none()) {
        return Err(damaged("an index refers to a token that does not exist"));
    }
    Ok(LoadedFamily {
        row,
        family,
        is_whole: true,
    })
}

/// The number of a session's row and that of a generation, or 0 in the index of sessions.
type Entry = (i64, i64);

/// Finds the entry of a fingerprint in an index. If the index has none, its neighbours are checked: SQLite does not check what is in a page, and a search that a
/// damaged entry has led astray ends beside that entry.
pub(super) fn entry_of(
    connection: &Connection,
    index: &str,
    fingerprint: &Fingerprint,
) -> Result<Option<Entry>, StoreError> {
    let (table, column, row_column, number_column, found) = match index {
        "session_key" => (
            "session",
            "key",
            "row",
            "0",
            "SELECT row FROM session INDEXED BY session_key WHERE key = ?1",
        ),
        _ => (
            "generation",
            "fingerprint",
            "session",
            "number",
            "SELECT session, number FROM generation INDEXED BY generation_fingerprint WHERE fingerprint = ?1",
        ),
    };
    let bytes = fingerprint.as_bytes().as_slice();
    let found = connection
        .prepare_cached(found)
        .and_then(|mut query| {
            query.query_row([bytes], |row| {
                let number = match number_column {
                    "0" => 0,
                    _ => row.get(1)?,
                };
                Ok((row.get(0)?, number))
            })
        })
        .optional()
        .map_err(told)?;
    if found.is_some() {
        return Ok(found);
    }
    for (comparison, behind) in [
        (format!("> ?1 ORDER BY {column}"), true),
        (format!("< ?1 ORDER BY {column} DESC"), false),
    ] {
        let sql = format!(
            "SELECT {column}, {row_column}, {number_column} FROM {table} INDEXED BY {index} WHERE {column} {comparison} LIMIT 1"
        );
        let neighbour: Option<(RowValue, i64, i64)> = connection
            .prepare_cached(&sql)
            .and_then(|mut query| {
                query.query_row([bytes], |row| {
                    Ok((rows::value(row, 0)?, row.get(1)?, row.get(2)?))
                })
            })
            .optional()
            .map_err(told)?;
        let Some((own, row, number)) = neighbour else {
            continue;
        };
        let there = connection
            .prepare_cached(&format!(
                "SELECT {column} FROM {table} WHERE {row_column} = ?1 AND {number_column} = ?2"
            ))
            .and_then(|mut query| query.query_row([row, number], |row| rows::value(row, 0)))
            .optional()
            .map_err(told)?;
        let is_ordered = matches!(&own, RowValue::Bytes(own) if (own.as_slice() > bytes) == behind);
        if !is_ordered || there != Some(own) {
            return not_in_table(connection, table, column, fingerprint);
        }
    }
    Ok(None)
}

/// Goes through a table whose index is damaged. What the table lacks as well was never recorded.
fn not_in_table(
    connection: &Connection,
    table: &str,
    column: &str,
    fingerprint: &Fingerprint,
) -> Result<Option<Entry>, StoreError> {
    // Only the table itself has the checksum, so no index can stand in for it.
    let sql = format!("SELECT checksum FROM {table} NOT INDEXED WHERE +{column} = ?1");
    let there = connection
        .prepare_cached(&sql)
        .and_then(|mut query| query.exists([fingerprint.as_bytes().as_slice()]))
        .map_err(told)?;
    if there {
        return Err(damaged("an index does not match its table"));
    }
    Ok(None)
}

/// The sessions of a selection with the numbers of their rows, in no order; and the records that are damaged.
pub(super) type Selected = (Vec<(i64, Session)>, Vec<DamagedRecord>);

fn all_sound((sessions, damaged): Selected) -> Result<Vec<(i64, Session)>, StoreError> {
    match damaged.into_iter().next() {
        None => Ok(sessions),
        Some(record) => Err(StoreError::DamagedRecord(record)),
    }
}

pub(super) fn selected(
    connection: &Connection,
    selection: &Selection,
) -> Result<Selected, StoreError> {
    let mut sql = "SELECT * FROM session WHERE true".to_owned();
    let mut given: Vec<&dyn rusqlite::ToSql> = Vec::new();
    // Sessions without an issuer are left to `takes`.
    for (column, value) in [
        ("id", selection.id.as_ref()),
        ("issuer", selection.issuer.named()),
        ("user", selection.user.as_ref()),
    ] {
        if let Some(value) = value {
            given.push(value);
            sql += " AND ";
            sql += column;
            sql += " = ?";
        }
    }
    let mut query = connection.prepare(&sql).map_err(told)?;
    let found = query
        .query_map(given.as_slice(), |row| {
            Ok((row.get(0)?, rows::values(row)?))
        })
        .map_err(told)?;
    let (mut sessions, mut damaged) = (Vec::new(), Vec::new());
    for found in found {
        let (row, values) = found.map_err(told)?;
        if let Some(session) = set_apart(rows::session(row, values), &mut damaged)?
            && selection.takes(&session)
        {
            sessions.push((row, session));
        }
    }
    Ok((sessions, damaged))
}
