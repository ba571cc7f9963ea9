//! Django's tables in PostgreSQL. The connection is the one that our own store there uses.
use bytes::BytesMut;
use postgres::Client;
use postgres::error::SqlState;
use postgres::types::{FromSql, IsNull, ToSql, Type as Sort};

use super::sql::{ChangeExtent, Column, ColumnType, Row, Sql, SqlValue, StatementError};
use crate::core::time::Timestamp;
use crate::session::store::StoreError;
use crate::store::postgres::{
    Address, Connection, ConnectionPlan, Purpose, Surroundings, TransactionError,
};
use crate::store::sqlite::Access;

/// A connection to the application's database.
pub(super) struct PostgresDatabase {
    connection: Connection,
    access: Access,
}

impl PostgresDatabase {
    pub(super) fn open(
        address: &Address,
        around: &Surroundings<'_>,
        access: Access,
    ) -> Result<Self, StoreError> {
        let connection = Connection::open(ConnectionPlan::new(address, around)?)?;
        Ok(Self { connection, access })
    }

    /// Goes over from reading to writing.
    pub(super) const fn upgrade(&mut self) {
        self.access = Access::Write;
    }

    /// Warnings for the user.
    pub(super) fn warnings(&self) -> &[String] {
        &self.connection.plan.warnings
    }

    /// See [`Database::read`](super::database::Database::read).
    pub(super) fn read<T>(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Sql) -> Result<T, StatementError>,
    ) -> Result<T, StoreError> {
        self.transact(Purpose::Reading, &mut |sql, _| work(sql))
    }

    /// See [`Database::write`](super::database::Database::write).
    pub(super) fn write<T>(
        &mut self,
        extent: ChangeExtent,
        work: &mut dyn FnMut(&mut dyn Sql, bool) -> Result<T, StatementError>,
    ) -> Result<T, StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::ReadOnly(
                "it was opened for reading only".to_owned(),
            ));
        }
        let purpose = match extent {
            ChangeExtent::One => Purpose::Writing,
            ChangeExtent::Many => Purpose::Sweeping,
        };
        self.transact(purpose, work)
    }

    fn transact<T>(
        &mut self,
        purpose: Purpose,
        work: &mut dyn FnMut(&mut dyn Sql, bool) -> Result<T, StatementError>,
    ) -> Result<T, StoreError> {
        self.connection.transact(purpose, &mut |client, unsettled| {
            let mut transaction = Transaction {
                client,
                failed: None,
            };
            let worked = work(&mut transaction, unsettled);
            worked.map_err(|failure| match (transaction.failed, failure) {
                // Whatever `work` made of the server's own error, the connection decides what it means.
                (Some(error), _) => TransactionError::Sql(error),
                (None, StatementError::Store(error)) => TransactionError::Store(error),
                (None, StatementError::Again) => TransactionError::Race(StoreError::Busy),
            })
        })
    }
}

/// A transaction on the connection.
struct Transaction<'a> {
    client: &'a mut Client,
    /// The server's last error, unless it means that someone else was first.
    failed: Option<postgres::Error>,
}

impl Sql for Transaction<'_> {
    fn rows(
        &mut self,
        statement: &str,
        parameters: &[SqlValue],
    ) -> Result<Vec<Row>, StatementError> {
        let typed: Vec<(&(dyn ToSql + Sync), Sort)> = parameters
            .iter()
            .map(|value| (value as &(dyn ToSql + Sync), sort(value)))
            .collect();
        let found = match self.client.query_typed(&dollars(statement), &typed) {
            Ok(found) => found,
            Err(error) => {
                if error.code() != Some(&SqlState::UNIQUE_VIOLATION) {
                    self.failed = Some(error);
                }
                return Err(StatementError::Again);
            }
        };
        let row = |row: &postgres::Row| {
            let values = (0..row.len()).map(|column| row.try_get(column));
            Row::new(
                values
                    .map(|value| value.unwrap_or(SqlValue::Foreign))
                    .collect(),
            )
        };
        Ok(found.iter().map(row).collect())
    }

    fn settle(&mut self) -> Result<(), StatementError> {
        self.rows("SET CONSTRAINTS ALL IMMEDIATE", &[]).map(drop)
    }

    fn lock(&self) -> &'static str {
        " FOR UPDATE"
    }

    /// The catalogue gives names already quoted where a statement needs it, and Django's own names need no quotes.
    fn table(&self, name: &str) -> String {
        name.to_owned()
    }

    fn columns(&mut self, table: &str) -> Result<Vec<Column>, StatementError> {
        let mut columns = Vec::new();
        let listed = "SELECT a.attname::text, t.typname::text, NOT a.attnotnull, a.atthasdef OR a.attidentity <> '', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum), (SELECT f.confrelid::regclass::text FROM pg_constraint f WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum] LIMIT 1), (SELECT k.attname::text FROM pg_constraint f JOIN pg_attribute k ON k.attrelid = f.confrelid AND k.attnum = f.confkey[1] WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum] LIMIT 1) FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid WHERE a.attrelid = to_regclass(?1) AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        for mut row in self.rows(listed, &[table.into()])? {
            let (name, word) = (row.text()?, row.text()?);
            columns.push(Column {
                name,
                kind: kind(&word),
                optional: row.flag()?,
                filled: row.flag()?,
                unique: row.flag()?,
                points_to: row.optional_text()?.zip(row.optional_text()?),
            });
        }
        Ok(columns)
    }
}

/// What a column holds, by the type that Django declares it with (`django.db.backends.postgresql`, `data_types`).
fn kind(word: &str) -> ColumnType {
    match word {
        "int2" | "int4" | "int8" => ColumnType::Number,
        "varchar" | "text" => ColumnType::Text,
        "timestamptz" => ColumnType::Moment,
        "uuid" => ColumnType::Uuid,
        "bool" => ColumnType::Flag,
        other => ColumnType::Other(other.to_owned()),
    }
}

/// Replaces `?1` by `$1`, except in a quoted name. No statement here contains a string literal.
fn dollars(statement: &str) -> String {
    let mut in_name = false;
    let place = |character| match character {
        '"' => {
            in_name = !in_name;
            '"'
        }
        '?' if !in_name => '$',
        other => other,
    };
    statement.chars().map(place).collect()
}

fn sort(value: &SqlValue) -> Sort {
    match value {
        // The server takes NULL for whatever type it needs.
        SqlValue::Null | SqlValue::Foreign => Sort::UNKNOWN,
        SqlValue::Number(_) => Sort::INT8,
        SqlValue::Flag(_) => Sort::BOOL,
        SqlValue::Text(_) => Sort::TEXT,
        SqlValue::Uuid(_) => Sort::UUID,
        SqlValue::Moment(_) => Sort::TIMESTAMPTZ,
    }
}

type Any = Box<dyn std::error::Error + Sync + Send>;

/// 2000-01-01T00:00:00Z, from which PostgreSQL counts, in microseconds since 1970.
const EPOCH: i64 = 946_684_800_000_000;

impl ToSql for SqlValue {
    fn to_sql(&self, sort: &Sort, out: &mut BytesMut) -> Result<IsNull, Any> {
        match self {
            Self::Null | Self::Foreign => Ok(IsNull::Yes),
            Self::Number(number) => number.to_sql(sort, out),
            Self::Flag(flag) => flag.to_sql(sort, out),
            Self::Text(text) => text.to_sql(sort, out),
            Self::Uuid(hex) => {
                let number = u128::from_str_radix(hex, 16)?;
                out.extend_from_slice(&number.to_be_bytes());
                Ok(IsNull::No)
            }
            Self::Moment(moment) => {
                let micros = moment
                    .seconds()
                    .checked_mul(1_000_000)
                    .and_then(|micros| micros.checked_add((moment.nanos() / 1000).into()))
                    .and_then(|micros| micros.checked_sub(EPOCH))
                    .ok_or("a time out of range")?;
                out.extend_from_slice(&micros.to_be_bytes());
                Ok(IsNull::No)
            }
        }
    }
    fn accepts(_: &Sort) -> bool {
        true
    }
    fn to_sql_checked(&self, sort: &Sort, out: &mut BytesMut) -> Result<IsNull, Any> {
        self.to_sql(sort, out)
    }
}

impl<'a> FromSql<'a> for SqlValue {
    fn from_sql(sort: &Sort, raw: &'a [u8]) -> Result<Self, Any> {
        Ok(match *sort {
            Sort::INT2 => Self::Number(i16::from_sql(sort, raw)?.into()),
            Sort::INT4 => Self::Number(i32::from_sql(sort, raw)?.into()),
            Sort::INT8 => Self::Number(i64::from_sql(sort, raw)?),
            Sort::BOOL => Self::Flag(bool::from_sql(sort, raw)?),
            Sort::TEXT | Sort::VARCHAR => Self::Text(String::from_sql(sort, raw)?),
            Sort::UUID => {
                let number = u128::from_be_bytes(raw.try_into()?);
                Self::Uuid(format!("{number:032x}"))
            }
            Sort::TIMESTAMPTZ => {
                let micros = i64::from_be_bytes(raw.try_into()?).saturating_add(EPOCH);
                let nanos = u32::try_from(micros.rem_euclid(1_000_000) * 1000)?;
                Self::Moment(Timestamp::new(micros.div_euclid(1_000_000), nanos))
            }
            _ => return Err("a value of another type".into()),
        })
    }
    fn from_sql_null(_: &Sort) -> Result<Self, Any> {
        Ok(Self::Null)
    }
    fn accepts(_: &Sort) -> bool {
        true
    }
}
