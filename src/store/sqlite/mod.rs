//! The session store in a SQLite file: `BEGIN IMMEDIATE`, a write-ahead log, `synchronous=FULL`.
mod error;
mod file;
mod place;
mod rows;
mod schema;
#[cfg(test)]
pub(crate) mod tests;

use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use crate::core::secret::Fingerprint;
use crate::core::time::Timestamp;
use crate::session::family::{Change, Family, Session, apply, changed};
use crate::session::store::{
    DamagedRecord, Listing, Lookup, PurgeSummary, Selection, Store, StoreError, UpdateResult,
    ending, in_order, set_apart,
};
use crate::store::row::{NEVER, RowValue, expiry, micros};

use error::{damaged, told};
pub use file::{Access, make};
pub(crate) use file::{look, plain, uri};
pub(crate) use place::exposed;
use rows::{GENERATION, SEALS, SESSION};

/// A session store in an open SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    access: Access,
    /// Whether this handle has brought the store to the newest schema.
    brought_up: bool,
}

/// A family, and the number of its session's row.
type FamilyRow = (i64, Family);

impl Sqlite {
    /// Opens the store at a path. Symbolic links are followed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if nothing is there; any other if what is there is no sound store. It stays as it is.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let connection = file::open(path, access)?;
        Ok(Self {
            connection,
            access,
            brought_up: false,
        })
    }

    /// Goes over from reading to writing; whether it could. What was opened without the right to write stays as it is.
    ///
    /// # Errors
    /// Its file system can't keep a write-ahead log.
    pub fn upgrade(&mut self) -> Result<bool, StoreError> {
        if self.access == Access::Read {
            if self.connection.is_readonly(c"main").map_err(told)? {
                return Ok(false);
            }
            file::write_ahead(&self.connection)?;
            self.access = Access::Write;
        }
        Ok(true)
    }

    /// Whether its schema is an older one, which the first change brings up to date.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) fn is_old(&self) -> Result<bool, StoreError> {
        schema::check(&self.connection)
    }

    /// Brings an older store up to date. Returns whether it did.
    ///
    /// # Errors
    /// It can't be written.
    pub(crate) fn bring_up(&mut self) -> Result<bool, StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        transaction.commit().map_err(told)?;
        Ok(is_old)
    }

    /// Whether a change has brought an older store up to date since this was last asked.
    pub(crate) const fn brought_up(&mut self) -> bool {
        std::mem::replace(&mut self.brought_up, false)
    }

    /// Starts a transaction that reads all tables as they are at one moment.
    fn snapshot(&mut self) -> Result<Transaction<'_>, StoreError> {
        self.connection
            .transaction_with_behavior(TransactionBehavior::Deferred)
            .map_err(told)
    }
}

/// Reads a session's row, and checks it against its checksum.
fn session_at(connection: &Connection, row: i64) -> Result<Session, StoreError> {
    let sql = format!("SELECT {SESSION} FROM session WHERE row = ?1");
    connection
        .prepare_cached(&sql)
        .and_then(|mut query| query.query_row([row], rows::values))
        .optional()
        .map_err(told)?
        .ok_or_else(|| damaged("an index refers to a session that does not exist"))
        .and_then(|values| rows::session(row, &values))
}

/// Reads a session with all its generations. Checks each row against its checksum, and that no generation is missing.
fn family_at(connection: &Connection, row: i64) -> Result<Family, StoreError> {
    let session = session_at(connection, row)?;
    let seals = if schema::is_sealed(connection)? {
        format!(", {SEALS}")
    } else {
        String::new()
    };
    let sql =
        format!("SELECT {GENERATION}{seals} FROM generation WHERE session = ?1 ORDER BY number");
    let mut query = connection.prepare_cached(&sql).map_err(told)?;
    let found = query.query_map([row], rows::values).map_err(told)?;
    let mut generations = Vec::new();
    for values in found {
        let read = rows::generation(row, &values.map_err(told)?);
        generations.push(read.map_err(|error| error.of_record(Some(&session.key.id)))?);
    }
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

fn load(connection: &Connection, lookup: &Lookup) -> Result<Option<FamilyRow>, StoreError> {
    let row = match lookup {
        Lookup::Token {
            fingerprint, key, ..
        } => {
            let by_token = row_of(connection, "generation_fingerprint", fingerprint)?;
            let by_session = row_of(connection, "session_key", &key.fingerprint())?;
            let key_at = |row: Option<i64>| {
                row.map(|row| session_at(connection, row).map(|session| session.key))
                    .transpose()
            };
            lookup.cross_check(key_at(by_token)?.as_ref(), key_at(by_session)?.as_ref())?;
            by_token.or(by_session)
        }
        Lookup::Key(key) => row_of(connection, "session_key", &key.fingerprint())?,
        Lookup::Session(id) => {
            let of_id = Selection {
                id: Some(id.clone()),
                ..Selection::default()
            };
            let found = all_sound(selected(connection, &of_id)?)?;
            match &found[..] {
                [] => None,
                [(row, _)] => Some(*row),
                several => {
                    let keys = several.iter().map(|(_, session)| session.key.clone());
                    return Err(StoreError::Ambiguous(keys.collect()));
                }
            }
        }
    };
    let Some(row) = row else { return Ok(None) };
    let family = family_at(connection, row)?;
    if let Lookup::Token {
        fingerprint, key, ..
    } = lookup
        && family.generation_of(fingerprint).is_none()
        && family.session.key != *key
    {
        return Err(damaged("an index refers to a token that does not exist"));
    }
    Ok(Some((row, family)))
}

/// Finds the session's row for a fingerprint in an index. If the index has no entry, its neighbours are checked: SQLite does not check what is in a page, and a
/// search that a damaged entry has led astray ends beside that entry.
fn row_of(
    connection: &Connection,
    index: &str,
    fingerprint: &Fingerprint,
) -> Result<Option<i64>, StoreError> {
    let (table, column, row_column, number_column) = match index {
        "session_key" => ("session", "key", "row", "0"),
        _ => ("generation", "fingerprint", "session", "number"),
    };
    let entry = |comparison: &str| {
        let sql = format!(
            "SELECT {column}, {row_column}, {number_column} FROM {table} INDEXED BY {index} WHERE {column} {comparison} LIMIT 1"
        );
        connection
            .prepare_cached(&sql)
            .and_then(|mut query| {
                query.query_row([fingerprint.as_bytes().as_slice()], |row| {
                    Ok((rows::value(row, 0)?, row.get(1)?, row.get(2)?))
                })
            })
            .optional()
            .map_err(told)
    };
    if let Some((_, row, _)) = entry("= ?1")? {
        return Ok(Some(row));
    }
    for (comparison, behind) in [
        (format!("> ?1 ORDER BY {column}"), true),
        (format!("< ?1 ORDER BY {column} DESC"), false),
    ] {
        let Some((bytes, row, number)) = entry(&comparison)? else {
            continue;
        };
        let there = connection
            .prepare_cached(&format!(
                "SELECT {column} FROM {table} WHERE {row_column} = ?1 AND {number_column} = ?2"
            ))
            .and_then(|mut query| query.query_row([row, number], |row| rows::value(row, 0)))
            .optional()
            .map_err(told)?;
        let RowValue::Bytes(own) = &bytes else {
            return not_in_table(connection, table, column, fingerprint);
        };
        let ordered = (own.as_slice() > fingerprint.as_bytes().as_slice()) == behind;
        if !ordered || there != Some(bytes) {
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
) -> Result<Option<i64>, StoreError> {
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
type Selected = (Vec<(i64, Session)>, Vec<DamagedRecord>);

fn all_sound((sessions, damaged): Selected) -> Result<Vec<(i64, Session)>, StoreError> {
    match damaged.into_iter().next() {
        None => Ok(sessions),
        Some(record) => Err(StoreError::DamagedRecord(record)),
    }
}

fn selected(connection: &Connection, selection: &Selection) -> Result<Selected, StoreError> {
    let mut sql = format!("SELECT {SESSION} FROM session WHERE true");
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
        if let Some(session) = set_apart(rows::session(row, &values), &mut damaged)?
            && selection.takes(&session)
        {
            sessions.push((row, session));
        }
    }
    Ok((sessions, damaged))
}

/// Writes what has changed of a family. The session keeps the row number `row`, or gets a new one.
fn write(
    connection: &Connection,
    row: Option<i64>,
    before: Option<&Family>,
    after: &Family,
) -> Result<(), StoreError> {
    let row = match row {
        Some(row) => row,
        None => connection
            .query_row("SELECT coalesce(max(row), 0) + 1 FROM session", [], |row| {
                row.get(0)
            })
            .map_err(told)?,
    };
    let values = rows::of_session(row, &after.session);
    let known = before.map(|before| rows::of_session(row, &before.session));
    if known.as_ref() != Some(&values) {
        put(connection, "session", SESSION, "row", &values)?;
    }
    for generation in changed(before, after) {
        let values = rows::of_generation(row, generation);
        put(
            connection,
            "generation",
            &format!("{GENERATION}, {SEALS}"),
            "session, number",
            &values,
        )?;
    }
    Ok(())
}

fn put(
    connection: &Connection,
    table: &str,
    columns: &str,
    key: &str,
    values: &[RowValue],
) -> Result<(), StoreError> {
    let places: Vec<String> = (1..=values.len())
        .map(|place| format!("?{place}"))
        .collect();
    let changes: Vec<String> = columns
        .split(", ")
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    let sql = format!(
        "INSERT INTO {table} ({columns}) VALUES ({}) ON CONFLICT ({key}) DO UPDATE SET {}",
        places.join(", "),
        changes.join(", ")
    );
    connection
        .prepare_cached(&sql)
        .and_then(|mut statement| statement.execute(rusqlite::params_from_iter(values)))
        .map(|_| ())
        .map_err(told)
}

impl Store for Sqlite {
    fn create(&mut self, family: &Family) -> Result<(), StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        write(&transaction, None, None, family)?;
        transaction.commit().map_err(told)?;
        self.brought_up |= is_old;
        Ok(())
    }

    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        let loaded = load(&transaction, lookup)?;
        let (row, before) = loaded.map_or((None, None), |(row, family)| (Some(row), Some(family)));
        let change = decide(before.as_ref());
        if change.steps.is_empty() {
            let family = before;
            return Ok(UpdateResult { change, family });
        }
        let family = apply(before.as_ref(), &change);
        if let Some(after) = &family {
            write(&transaction, row, before.as_ref(), after)?;
        }
        transaction.commit().map_err(told)?;
        self.brought_up |= is_old;
        Ok(UpdateResult { change, family })
    }

    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError> {
        let transaction = self.snapshot()?;
        Ok(load(&transaction, lookup)?.map(|(_, family)| family))
    }

    fn listing(&mut self, selection: &Selection) -> Result<Listing, StoreError> {
        let (found, damaged) = selected(&self.connection, selection)?;
        let mut sessions: Vec<Session> = found.into_iter().map(|(_, session)| session).collect();
        in_order(&mut sessions);
        Ok(Listing { sessions, damaged })
    }

    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Listing, StoreError> {
        let (transaction, is_old) = schema::begin(&mut self.connection)?;
        let mut ended = Vec::new();
        let (found, mut damaged) = selected(&transaction, selection)?;
        for (row, session) in found {
            let Some(change) = ending(&session, now) else {
                continue;
            };
            let Some(before) = set_apart(family_at(&transaction, row), &mut damaged)? else {
                continue;
            };
            if let Some(after) = apply(Some(&before), &change) {
                write(&transaction, Some(row), Some(&before), &after)?;
                ended.push(after.session);
            }
        }
        transaction.commit().map_err(told)?;
        self.brought_up |= is_old;
        in_order(&mut ended);
        Ok(Listing {
            sessions: ended,
            damaged,
        })
    }

    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<PurgeSummary, StoreError> {
        let (transaction, is_old) = if rehearse {
            (self.snapshot()?, false)
        } else {
            schema::begin(&mut self.connection)?
        };
        let mut purged = PurgeSummary::default();
        let passed: Vec<i64> = transaction
            .prepare("SELECT row FROM session WHERE guards_until <= ?1 AND guards_until < ?2")
            .and_then(|mut query| {
                query
                    .query_map(params![micros(now), NEVER], |row| row.get(0))?
                    .collect()
            })
            .map_err(told)?;
        for row in passed {
            // The index alone is not believed: a record that guards something must not be removed because a bit has flipped.
            let family = family_at(&transaction, row).and_then(|family| {
                if family.session.guards_until.has_passed(now) {
                    return Ok(family);
                }
                let differs = damaged("an index does not match its table");
                Err(differs.of_record(Some(&family.session.key.id)))
            });
            let Some(family) = set_apart(family, &mut purged.damaged)? else {
                continue;
            };
            purged.sessions += 1;
            purged.tokens += u64::from(family.session.generations);
            if !rehearse {
                for table in ["generation WHERE session", "session WHERE row"] {
                    transaction
                        .prepare_cached(&format!("DELETE FROM {table} = ?1"))
                        .and_then(|mut statement| statement.execute([row]))
                        .map_err(told)?;
                }
            }
        }
        // All sessions are counted without a condition: SQLite counts those page by page, and any other selection row by row.
        let (all, for_ever, next): (i64, i64, Option<i64>) = transaction
            .query_row(
                "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM session WHERE guards_until = ?2), \
                 (SELECT min(guards_until) FROM session WHERE guards_until > ?1)",
                params![micros(now), NEVER],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .map_err(told)?;
        let removable = if rehearse { purged.sessions } else { 0 };
        let kept = u64::try_from(all)
            .unwrap_or_default()
            .saturating_sub(removable)
            .saturating_sub(u64::try_from(purged.damaged.len()).unwrap_or_default());
        purged.for_ever = u64::try_from(for_ever).unwrap_or_default();
        purged.guarding = kept.saturating_sub(purged.for_ever);
        purged.next = next.and_then(|next| expiry(next).moment());
        transaction.commit().map_err(told)?;
        self.brought_up |= is_old;
        Ok(purged)
    }
}
