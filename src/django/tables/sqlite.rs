//! Django's tables in a SQLite database. The database is the application's, so nothing is set up or made anew here.
use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Error, ErrorCode, OpenFlags, ToSql, ffi};

use super::sql::{Column, ColumnType, Row, Sql, SqlValue, StatementError, quoted, write_moment};
use crate::session::store::StoreError;
use crate::store::sqlite::{Access, look, plain, uri};

/// How long to wait for other writers.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to the application's database.
pub(super) struct SqliteDatabase {
    connection: Connection,
}

impl SqliteDatabase {
    /// Opens the database at a path.
    pub(super) fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let path = plain(path);
        look(&path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(&path, flags).and_then(|connection| {
            // SQLite first undoes what another process left half-written in a crash. Beyond that, a reader writes nothing.
            connection.pragma_update(None, "query_only", access == Access::Read)?;
            settled(connection)
        });
        let connection = match opened.map_err(told) {
            // Even reading a write-ahead log needs a folder that can be written. If the log is empty, the file alone holds everything.
            Err(StatementError::Store(StoreError::Unreachable(_) | StoreError::ReadOnly(_)))
                if access == Access::Read && !is_being_written(&path) =>
            {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX
                    | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(uri(&path), flags)
                    .and_then(settled)
                    .map_err(told)
            }
            opened => opened,
        }
        .map_err(final_)?;
        if access == Access::Write && connection.is_readonly(c"main").unwrap_or(true) {
            return Err(StoreError::ReadOnly("permission denied".to_owned()));
        }
        Ok(Self { connection })
    }

    /// Goes over from reading to writing; whether it could.
    pub(super) fn upgrade(&mut self) -> Result<bool, StoreError> {
        if self.connection.is_readonly(c"main").unwrap_or(true) {
            return Ok(false);
        }
        let upgraded = self.connection.pragma_update(None, "query_only", false);
        upgraded.map_err(told).map_err(final_)?;
        Ok(true)
    }
}

impl SqliteDatabase {
    /// See [`Database::write`](super::database::Database::write). Only one transaction writes at a time.
    pub(super) fn write<T>(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Sql) -> Result<T, StatementError>,
    ) -> Result<T, StoreError> {
        self.connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(told)
            .and_then(|()| {
                let worked = work(self)?;
                self.connection.execute_batch("COMMIT").map_err(told)?;
                Ok(worked)
            })
            .map_err(|failure| {
                if !self.connection.is_autocommit() {
                    // If this fails, SQLite has rolled back by itself.
                    _ = self.connection.execute_batch("ROLLBACK");
                }
                final_(failure)
            })
    }
}

/// Turns a failure into an error where no other process can have been first, so that repeating would not help.
fn final_(failure: StatementError) -> StoreError {
    match failure {
        StatementError::Again => StoreError::Damaged(
            "a unique index does not list a value that its table has".to_owned(),
        ),
        StatementError::Store(error) => error,
    }
}

fn settled(connection: Connection) -> Result<Connection, Error> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "full")?;
    // Read now, so that opening fails if the database can't be read.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

fn is_being_written(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|ending| {
        let mut beside = path.as_os_str().to_owned();
        beside.push(ending);
        std::fs::metadata(beside).is_ok_and(|file| file.len() > 0)
    })
}

/// Turns an error of SQLite into a failure. Its words name tables and columns, and quote no value.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is handed to map_err, which passes by value"
)]
fn told(error: Error) -> StatementError {
    let Error::SqliteFailure(code, words) = &error else {
        return StatementError::Store(StoreError::Other(error.to_string()));
    };
    if matches!(
        code.extended_code,
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
    ) {
        return StatementError::Again;
    }
    let words = words.clone().unwrap_or_else(|| code.to_string());
    StatementError::Store(match code.code {
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::FileLockingProtocolFailed => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::ReadOnly => StoreError::ReadOnly(words),
        ErrorCode::DatabaseCorrupt => StoreError::Damaged(words),
        ErrorCode::NotADatabase => StoreError::Foreign("not a SQLite database".to_owned()),
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreError::Unreachable(words),
        _ => StoreError::Other(words),
    })
}

impl ToSql for SqlValue {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        use rusqlite::types::Value as Owned;
        Ok(match self {
            Self::Null | Self::Foreign => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Number(number) => ToSqlOutput::Owned(Owned::Integer(*number)),
            Self::Flag(flag) => ToSqlOutput::Owned(Owned::Integer((*flag).into())),
            Self::Text(text) | Self::Uuid(text) => {
                ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))
            }
            Self::Moment(moment) => {
                let text = write_moment(*moment).ok_or_else(|| {
                    Error::ToSqlConversionFailure("a moment outside the years 0 to 9999".into())
                })?;
                ToSqlOutput::Owned(Owned::Text(text))
            }
        })
    }
}

fn value(value: ValueRef<'_>) -> SqlValue {
    match value {
        ValueRef::Null => SqlValue::Null,
        ValueRef::Integer(number) => SqlValue::Number(number),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => SqlValue::Text(text.to_owned()),
            Err(_) => SqlValue::Foreign,
        },
        ValueRef::Real(_) | ValueRef::Blob(_) => SqlValue::Foreign,
    }
}

impl Sql for SqliteDatabase {
    fn rows(
        &mut self,
        statement: &str,
        parameters: &[SqlValue],
    ) -> Result<Vec<Row>, StatementError> {
        let mut statement = self.connection.prepare(statement).map_err(told)?;
        let columns = statement.column_count();
        let parameters = rusqlite::params_from_iter(parameters);
        if columns == 0 {
            statement.execute(parameters).map_err(told)?;
            return Ok(Vec::new());
        }
        let mut found = statement.query(parameters).map_err(told)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(told)? {
            let values: Result<_, _> = (0..columns)
                .map(|column| row.get_ref(column).map_err(told).map(value))
                .collect();
            rows.push(Row::new(values?));
        }
        Ok(rows)
    }

    fn settle(&mut self) -> Result<(), StatementError> {
        Ok(())
    }

    fn lock(&self) -> &'static str {
        ""
    }

    fn table(&self, name: &str) -> String {
        quoted(name)
    }

    fn columns(&mut self, table: &str) -> Result<Vec<Column>, StatementError> {
        // A view with that name is not a table of Django's.
        let is_table = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        if self.rows(is_table, &[table.into()])?.is_empty() {
            return Ok(Vec::new());
        }
        let table = [SqlValue::from(table)];
        let mut columns = Vec::new();
        let list = "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(?1)";
        for mut row in self.rows(list, &table)? {
            let (name, word, optional) = (row.text()?, row.text()?, !row.flag()?);
            let has_default = row.value() != SqlValue::Null;
            let primary = row.flag()?;
            columns.push(Column {
                // SQLite gives numbers to a primary key only if it is declared an integer.
                filled: has_default || (primary && word.eq_ignore_ascii_case("integer")),
                unique: primary,
                optional,
                kind: kind(&word),
                name,
                points_to: None,
            });
        }
        let uniques = "SELECT min(part.name) FROM pragma_index_list(?1) AS one JOIN pragma_index_info(one.name) AS part WHERE one.\"unique\" AND NOT one.partial GROUP BY one.name HAVING count(*) = 1";
        for mut row in self.rows(uniques, &table)? {
            let name = row.optional_text()?;
            let found = columns
                .iter_mut()
                .find(|column| Some(&column.name) == name.as_ref());
            if let Some(column) = found {
                column.unique = true;
            }
        }
        let references = "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?1)";
        for mut row in self.rows(references, &table)? {
            let (from, to) = (row.text()?, row.text()?);
            let target = row.optional_text()?.unwrap_or_else(|| "id".to_owned());
            let found = columns.iter_mut().find(|column| column.name == from);
            if let Some(column) = found {
                column.points_to = Some((to, target));
            }
        }
        Ok(columns)
    }
}

/// What a column holds, by the type that Django declares it with (`django.db.backends.sqlite3`, `data_types`).
fn kind(word: &str) -> ColumnType {
    let lower = word.to_ascii_lowercase();
    let base = lower.split('(').next().unwrap_or_default().trim();
    match base {
        "integer" | "bigint" | "smallint" => ColumnType::Number,
        "varchar" | "text" => ColumnType::Text,
        "datetime" => ColumnType::Moment,
        "bool" => ColumnType::Flag,
        "char" if lower == "char(32)" => ColumnType::Uuid,
        _ => ColumnType::Other(lower),
    }
}

/// Makes a database by statements, for tests.
#[cfg(test)]
pub(super) fn made_by(path: &Path, statements: &str) {
    let made = Connection::open(path).and_then(|made| made.execute_batch(statements));
    assert_eq!(made, Ok(()));
}
