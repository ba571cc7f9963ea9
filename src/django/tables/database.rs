//! An application's database, whichever of the two it is.
use super::postgresql::Postgres;
use super::sql::{Extent, Failure, Sql};
use super::sqlite::Sqlite;
use crate::session::store::StoreError;

/// An application's database.
pub(super) enum Database {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Database {
    /// Reads, without a lock that the application would wait for.
    pub(super) fn read<T>(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Sql) -> Result<T, Failure>,
    ) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(database) => work(database).map_err(|failure| match failure {
                Failure::Again => StoreError::Busy,
                Failure::Store(error) => error,
            }),
            Self::Postgres(database) => database.read(work),
        }
    }

    /// Does `work` in one transaction, which has reached the disk when this returns. If someone else was first, `work` is called again from its start. It is
    /// told whether an earlier attempt may have been committed after all.
    pub(super) fn write<T>(
        &mut self,
        extent: Extent,
        work: &mut dyn FnMut(&mut dyn Sql, bool) -> Result<T, Failure>,
    ) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(database) => database.write(&mut |sql| work(sql, false)),
            Self::Postgres(database) => database.write(extent, work),
        }
    }
}
