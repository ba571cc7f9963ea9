//! What the adapter needs of a database: statements with values, a transaction, and what the catalogue says of a table. SQLite and PostgreSQL both provide it.
use crate::core::time::Timestamp;
use crate::session::store::{DamagedRecord, StoreError, set_apart};

/// A value of a row, or of a statement's parameter.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum SqlValue {
    Null,
    Number(i64),
    Flag(bool),
    Text(String),
    /// A UUID's 32 hexadecimal digits. SQLite keeps them as text.
    Uuid(String),
    Moment(Timestamp),
    /// A value of a type that no column of ours has.
    Foreign,
}

/// Names only the type: the values of a row can be tokens and password hashes.
impl std::fmt::Debug for SqlValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Null => "NULL",
            Self::Number(_) => "a number",
            Self::Flag(_) => "a flag",
            Self::Text(_) => "a text",
            Self::Uuid(_) => "a UUID",
            Self::Moment(_) => "a time",
            Self::Foreign => "a value of another type",
        })
    }
}

impl From<i64> for SqlValue {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<bool> for SqlValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}
impl From<&str> for SqlValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for SqlValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<Timestamp> for SqlValue {
    fn from(moment: Timestamp) -> Self {
        Self::Moment(moment)
    }
}
impl<T: Into<Self>> From<Option<T>> for SqlValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row, read from its first column to its last.
pub(super) struct Row(std::vec::IntoIter<SqlValue>);

impl Row {
    pub(super) fn new(values: Vec<SqlValue>) -> Self {
        Self(values.into_iter())
    }
    /// Its first value, the number by which its table is gone through.
    pub(super) fn first(&self) -> SqlValue {
        let first = self.0.as_slice().first();
        first.cloned().unwrap_or(SqlValue::Null)
    }
    /// Checks that the values that are left are of the types that our columns have.
    pub(super) fn check(&self) -> Result<(), StatementError> {
        if self.0.as_slice().contains(&SqlValue::Foreign) {
            let words = "a row has a value of another type".to_owned();
            return Err(StoreError::Damaged(words).into());
        }
        Ok(())
    }
    /// Takes the next value, `Null` behind the last.
    pub(super) fn value(&mut self) -> SqlValue {
        self.0.next().unwrap_or(SqlValue::Null)
    }
    pub(super) fn number(&mut self) -> Result<i64, StatementError> {
        match self.value() {
            SqlValue::Number(number) => Ok(number),
            _ => Err(misread("a number")),
        }
    }
    /// Takes a flag. SQLite keeps it as a number.
    pub(super) fn optional_flag(&mut self) -> Result<Option<bool>, StatementError> {
        match self.value() {
            SqlValue::Flag(flag) => Ok(Some(flag)),
            SqlValue::Number(number) => Ok(Some(number != 0)),
            SqlValue::Null => Ok(None),
            _ => Err(misread("a flag")),
        }
    }
    pub(super) fn flag(&mut self) -> Result<bool, StatementError> {
        self.optional_flag()?.ok_or_else(|| misread("a flag"))
    }
    pub(super) fn optional_text(&mut self) -> Result<Option<String>, StatementError> {
        match self.value() {
            SqlValue::Text(text) => Ok(Some(text)),
            SqlValue::Null => Ok(None),
            _ => Err(misread("a text")),
        }
    }
    pub(super) fn optional_uuid(&mut self) -> Result<Option<String>, StatementError> {
        match self.value() {
            SqlValue::Text(hex) | SqlValue::Uuid(hex) => Ok(Some(hex)),
            SqlValue::Null => Ok(None),
            _ => Err(misread("a UUID")),
        }
    }
    pub(super) fn text(&mut self) -> Result<String, StatementError> {
        self.optional_text()?.ok_or_else(|| misread("a text"))
    }
    /// Takes a time. SQLite keeps it as text.
    pub(super) fn optional_moment(&mut self) -> Result<Option<Timestamp>, StatementError> {
        match self.value() {
            SqlValue::Moment(moment) => Ok(Some(moment)),
            SqlValue::Text(text) => match read_moment(&text) {
                Some(moment) => Ok(Some(moment)),
                None => Err(misread("a time")),
            },
            SqlValue::Null => Ok(None),
            _ => Err(misread("a time")),
        }
    }
    pub(super) fn moment(&mut self) -> Result<Timestamp, StatementError> {
        self.optional_moment()?.ok_or_else(|| misread("a time"))
    }
}

fn misread(what: &str) -> StatementError {
    StatementError::Store(StoreError::Damaged(format!(
        "a row has another value where {what} is expected"
    )))
}

/// Writes a time as Django's SQLite backend does: in UTC, to the microsecond, without a fraction if that is zero. `None` outside the years 0000 to 9999.
pub(super) fn write_moment(moment: Timestamp) -> Option<String> {
    let seconds = moment.rfc3339()?.replace('T', " ").replace('Z', "");
    Some(match moment.nanos() / 1000 {
        0 => seconds,
        micros => format!("{seconds}.{micros:06}"),
    })
}

fn read_moment(text: &str) -> Option<Timestamp> {
    let written = text.len() >= 19
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-: .".contains(&byte));
    // `Timestamp` reads a time only with its time zone.
    let with_zone = written.then(|| format!("{text}Z"))?;
    Timestamp::parse(&with_zone, Timestamp::from_seconds(0)).ok()
}

/// Why a statement failed.
#[derive(Debug)]
pub(super) enum StatementError {
    /// Someone else was first: a value that has to be unique is there already, or the database asks to repeat the transaction.
    Again,
    /// A failure that can't be handled here.
    Store(StoreError),
}

impl From<StoreError> for StatementError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The failure of a session's record, if it is damage.
pub(super) fn of_record(failure: StatementError, session: Option<&str>) -> StatementError {
    match failure {
        StatementError::Store(error) => error.of_record(session).into(),
        StatementError::Again => StatementError::Again,
    }
}

/// Sets a record apart that is damaged; `None` in its place.
pub(super) fn apart<T>(
    read: Result<T, StatementError>,
    damaged: &mut Vec<DamagedRecord>,
) -> Result<Option<T>, StatementError> {
    match read {
        Err(StatementError::Store(error)) => Ok(set_apart(Err(error), damaged)?),
        Err(StatementError::Again) => Err(StatementError::Again),
        Ok(read) => Ok(Some(read)),
    }
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ColumnType {
    Number,
    Text,
    Moment,
    Uuid,
    Flag,
    /// Any other type, by the database's own word.
    Other(String),
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: ColumnType,
    /// Whether it may be NULL.
    pub(super) optional: bool,
    /// Whether the database fills the column if a new row leaves it out.
    pub(super) filled: bool,
    /// Whether no two rows can have the same value.
    pub(super) unique: bool,
    /// The table and the column that it points to.
    pub(super) points_to: Option<(String, String)>,
}

/// A database, inside a transaction or as a reader sees it.
pub(super) trait Sql {
    /// Runs a statement. `?1`, `?2` and so on stand for the parameters, in the order in which they first occur.
    fn rows(
        &mut self,
        statement: &str,
        parameters: &[SqlValue],
    ) -> Result<Vec<Row>, StatementError>;
    /// Has everything happen now that the database would do only at the end of the transaction.
    fn settle(&mut self) -> Result<(), StatementError>;
    /// What to append to a query for rows that are about to be changed.
    fn lock(&self) -> &'static str;
    /// A table's name as it has to stand in a statement.
    fn table(&self, name: &str) -> String;
    /// The columns of a table as the database lists them. Empty if there is no such table.
    fn columns(&mut self, table: &str) -> Result<Vec<Column>, StatementError>;
}

/// How much a transaction may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeExtent {
    /// A token or two.
    One,
    /// Any number of tokens.
    Many,
}

pub(super) fn unsupported(what: &'static str) -> StatementError {
    StatementError::Store(StoreError::Unsupported(what))
}

/// Deletes the rows whose `column` has one of the numbers in `rows`.
pub(super) fn remove(
    sql: &mut dyn Sql,
    table: &str,
    column: &str,
    rows: &[SqlValue],
) -> Result<(), StatementError> {
    let places: Vec<String> = (1..=rows.len()).map(|at| format!("?{at}")).collect();
    let statement = format!(
        "DELETE FROM {table} WHERE {column} IN ({})",
        places.join(", ")
    );
    sql.rows(&statement, rows)?;
    sql.settle()?;
    let left = format!(
        "SELECT {column} FROM {table} WHERE {column} IN ({})",
        places.join(", ")
    );
    if sql.rows(&left, rows)?.is_empty() {
        return Ok(());
    }
    Err(not_kept(table))
}

/// The failure of a table that is not as it was written.
pub(super) fn not_kept(table: &str) -> StatementError {
    StatementError::Store(StoreError::NotKept(table.replace('"', "")))
}

/// Quotes a name for SQL, whatever characters it holds.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_moment_is_written_as_django_writes_it_and_read_again() {
        for (seconds, nanos, expected) in [
            (1_795_440_395, 569_027_000, "2026-11-23 13:26:35.569027"),
            (1_795_440_395, 569_027_999, "2026-11-23 13:26:35.569027"),
            (1_795_440_395, 40_000, "2026-11-23 13:26:35.000040"),
            (1_795_440_395, 0, "2026-11-23 13:26:35"),
            (1_795_440_395, 999, "2026-11-23 13:26:35"),
            (-62_167_219_200, 0, "0000-01-01 00:00:00"),
        ] {
            let moment = Timestamp::new(seconds, nanos);
            assert_eq!(write_moment(moment).as_deref(), Some(expected));
            let read = read_moment(expected).unwrap();
            assert_eq!(read, Timestamp::new(seconds, nanos / 1000 * 1000));
        }
        assert_eq!(write_moment(Timestamp::from_seconds(i64::MAX)), None);
        for text in [
            "",
            "now",
            "2026-11-23",
            "2026-13-23 13:26:35",
            "+00000000000000000000m",
        ] {
            assert_eq!(read_moment(text), None, "{text}");
        }
    }
}
