//! The tables. They are made once, brought up to date step by step, and compared with what they have to be before anything is read.
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::error::{damaged, told};
use crate::session::store::StoreError;

/// A step from one schema to the next; the first starts from nothing. A store's version is the number of steps that it has taken.
struct SchemaStep {
    sql: &'static str,
    /// The [`tables`] that there are then. To make them anew at each opening, to compare with, would cost more than a rotation.
    made: &'static str,
}

const STEPS: [SchemaStep; 2] = [
    SchemaStep {
        sql: include_str!("../schema/sqlite-1.sql"),
        made: include_str!("../schema/sqlite-1.made.txt"),
    },
    SchemaStep {
        sql: include_str!("../schema/sqlite-2.sql"),
        made: include_str!("../schema/sqlite-2.made.txt"),
    },
];

/// The `application_id` in the file's header: `jwts`. A database with another one is not ours.
pub(super) const APPLICATION: i64 = 0x6a77_7473;

/// Reads a number from the file's header.
fn pragma(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    connection
        .prepare_cached(&format!("PRAGMA {name}"))
        .and_then(|mut query| query.query_row([], |row| row.get(0)))
        .map_err(told)
}

/// The version of a store that has taken all these steps.
fn version(steps: &[SchemaStep]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

/// Makes all tables in an empty database. The caller has begun a transaction.
pub(super) fn make(connection: &Connection) -> Result<(), StoreError> {
    connection
        .pragma_update(None, "application_id", APPLICATION)
        .map_err(told)?;
    bring_up(connection, &STEPS, 0)
}

/// Takes the steps after the first `from`, and sets the version.
fn bring_up(connection: &Connection, steps: &[SchemaStep], from: usize) -> Result<(), StoreError> {
    for step in steps.iter().skip(from) {
        connection.execute_batch(step.sql).map_err(told)?;
    }
    connection
        .pragma_update(None, "user_version", version(steps))
        .map_err(told)
}

/// Checks that the database is a store, and that its tables are to the letter what its version says. Returns whether the version is an older one, which can be
/// read as it is.
///
/// # Errors
/// It is another program's file, its version is newer, or tables are missing or changed. It stays untouched.
pub(super) fn check(connection: &Connection) -> Result<bool, StoreError> {
    // At one moment: another process may be bringing the store up to date.
    let snapshot = connection.unchecked_transaction().map_err(told)?;
    let found = checked(&snapshot, &STEPS)?;
    snapshot.commit().map_err(told)?;
    Ok(found < version(&STEPS))
}

/// Begins to write. The transaction first brings an older store up to date, so that a store is never left between two schemas; returns whether it does.
///
/// # Errors
/// Another process holds the store, or has brought it to a newer version meanwhile; or tables are missing or changed.
pub(super) fn begin(connection: &mut Connection) -> Result<(Transaction<'_>, bool), StoreError> {
    begin_with(connection, &STEPS)
}

fn begin_with<'c>(
    connection: &'c mut Connection,
    steps: &[SchemaStep],
) -> Result<(Transaction<'c>, bool), StoreError> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(told)?;
    let is_old = pragma(&transaction, "user_version")? != version(steps);
    if is_old {
        let from = checked(&transaction, steps)?;
        let from = usize::try_from(from).unwrap_or_default();
        bring_up(&transaction, steps, from)?;
    }
    Ok((transaction, is_old))
}

/// The version of the store, if its tables are sound.
fn checked(connection: &Connection, steps: &[SchemaStep]) -> Result<i64, StoreError> {
    if pragma(connection, "application_id")? != APPLICATION {
        let there = objects(connection)?;
        let is_django = there.iter().any(|[_, name, _]| name == "django_migrations");
        return Err(if there.is_empty() {
            damaged("it has no tables")
        } else if is_django {
            StoreError::Foreign(
                "a Django application's database: name it as django+sqlite:///PATH".to_owned(),
            )
        } else {
            StoreError::Foreign("a database of another program".to_owned())
        });
    }
    let (found, known) = (pragma(connection, "user_version")?, version(steps));
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let last = usize::try_from(found)
        .ok()
        .and_then(|found| steps.get(found.checked_sub(1)?))
        .ok_or_else(|| damaged("its schema version never existed"))?;
    if tables(objects(connection)?) == last.made {
        Ok(found)
    } else {
        Err(damaged("some of its tables are missing or were changed"))
    }
}

/// Reads every table and index: its type, its name and the SQL that made it.
fn objects(connection: &Connection) -> Result<Vec<[String; 3]>, StoreError> {
    let mut query = connection
        .prepare("SELECT type, name, sql FROM sqlite_schema")
        .map_err(told)?;
    let found = query
        .query_map([], |row| {
            let sql: Option<String> = row.get(2)?;
            Ok([row.get(0)?, row.get(1)?, sql.unwrap_or_default()])
        })
        .map_err(told)?;
    found.collect::<Result<_, _>>().map_err(told)
}

/// Tables and indexes as one text, in the order of their types and names.
fn tables(mut objects: Vec<[String; 3]>) -> String {
    objects.sort();
    let mut text = String::with_capacity(4096);
    for [kind, name, sql] in &objects {
        for part in [kind.as_str(), " ", name, "\n", sql, "\n"] {
            text.push_str(part);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    const OLD: &str = "CREATE TABLE a (b INTEGER) STRICT";
    const ADDED: &str = "ALTER TABLE a ADD COLUMN c TEXT";

    fn steps(all: &[&'static str]) -> Vec<SchemaStep> {
        let connection = Connection::open_in_memory().unwrap();
        let step = |sql: &&'static str| {
            connection.execute_batch(sql).unwrap();
            let made = tables(objects(&connection).unwrap()).leak();
            SchemaStep { sql, made }
        };
        all.iter().map(step).collect()
    }

    fn of(steps: &[SchemaStep]) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "application_id", APPLICATION)
            .unwrap();
        bring_up(&connection, steps, 0).unwrap();
        connection
    }

    #[test]
    fn the_steps_make_the_tables_that_are_compared_with() {
        let sql: Vec<_> = STEPS.iter().map(|step| step.sql).collect();
        for (step, made) in STEPS.iter().zip(steps(&sql)) {
            assert_eq!(step.made, made.made, "{}", step.sql);
        }
    }

    #[test]
    fn an_older_store_is_brought_up_and_keeps_its_rows() {
        let mut old = of(&steps(&[OLD]));
        let new = steps(&[OLD, ADDED]);
        old.execute("INSERT INTO a VALUES (7)", []).unwrap();
        let bring_up = |old: &mut Connection| {
            let (transaction, brought_up) = begin_with(old, &new).unwrap();
            transaction.commit().unwrap();
            brought_up
        };
        drop(begin_with(&mut old, &new).unwrap());
        assert_eq!(pragma(&old, "user_version").unwrap(), 1, "rolled back");
        assert!(bring_up(&mut old));
        assert_eq!(pragma(&old, "user_version").unwrap(), 2);
        let row: (i64, Option<String>) = old
            .query_row("SELECT b, c FROM a", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(row, (7, None));
        assert!(!bring_up(&mut old));
    }

    #[test]
    fn a_newer_store_is_refused() {
        assert_eq!(
            begin_with(&mut of(&steps(&[OLD, ADDED])), &steps(&[OLD])).map(|_| ()),
            Err(StoreError::Newer { found: 2, known: 1 })
        );
    }

    #[test]
    fn an_older_store_that_was_changed_is_not_brought_up() {
        let mut old = of(&steps(&[OLD]));
        let new = steps(&[OLD, ADDED]);
        old.execute_batch("CREATE TABLE more (b INTEGER)").unwrap();
        assert!(matches!(
            begin_with(&mut old, &new),
            Err(StoreError::Damaged(_))
        ));
        assert_eq!(pragma(&old, "user_version").unwrap(), 1);
    }
}
