//! An application's database, whichever of the two it is.
use super::postgresql::PostgresDatabase;
use super::sql::{ChangeExtent, Sql, StatementError};
use super::sqlite::SqliteDatabase;
use crate::session::store::StoreError;

/// An application's database.
pub(super) enum Database {
    Sqlite(SqliteDatabase),
    Postgres(Box<PostgresDatabase>),
}

impl Database {
    /// Reads, without a lock that the application would wait for.
    pub(super) fn read<T>(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Sql) -> Result<T, StatementError>,
    ) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(database) => work(database).map_err(|failure| match failure {
                StatementError::Again => StoreError::Busy,
                StatementError::Store(error) => error,
            }),
            Self::Postgres(database) => database.read(work),
        }
    }

    /// Does `work` in one transaction, which has reached the disk when this returns. If someone else was first, `work` is called again from its start. It is
    /// told whether an earlier attempt may have been committed after all.
    pub(super) fn write<T>(
        &mut self,
        extent: ChangeExtent,
        work: &mut dyn FnMut(&mut dyn Sql, bool) -> Result<T, StatementError>,
    ) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(database) => database.write(&mut |sql| work(sql, false)),
            Self::Postgres(database) => database.write(extent, work),
        }
    }
}
