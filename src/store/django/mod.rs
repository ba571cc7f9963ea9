//! A Django application's own tables as a session store, as they are: simplejwt's `token_blacklist` and drf-jwt's `blacklist` apps. Nothing is ever made in
//! them but rows, and those as the packages would write them. What the tables do not keep (families, first uses) the rules can't go by there.
mod claims;
mod drf_jwt;
mod location;
mod schema;
mod simplejwt;
mod sql;
mod sqlite;
mod users;

use std::cell::{Cell, RefCell};

use crate::core::server::{Database, Listed, Settings, Stack, User};
use crate::core::time::Timestamp;
use crate::session::family::{Change, Family, Generation, Session, Token};
use crate::session::store::{Applied, Lookup, Purged, Selection, Store, StoreError};
use crate::store::sqlite::Access;

use drf_jwt::DrfJwt;
use schema::Schema;
use simplejwt::SimpleJwt;
use sql::{Failure, Sql, Value, final_};

pub use location::{Location, LocationError};

/// An application's tables.
pub struct Django {
    sql: Box<dyn Sql>,
    tables: Tables,
}

enum Tables {
    SimpleJwt(SimpleJwt),
    DrfJwt(DrfJwt),
}

impl std::fmt::Debug for Django {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Django").field(&self.stack()).finish()
    }
}

impl Django {
    /// Opens the tables of the stack that `settings` are of. Where there are none, because no profile is named, the stack that the database has.
    ///
    /// # Errors
    /// There is no database, it has no such tables, or they are not as they have to be. They stay as they are.
    pub fn open(
        location: &Location,
        access: Access,
        settings: Option<&Settings>,
    ) -> Result<Self, StoreError> {
        let sql = match location {
            Location::Sqlite(path) => Box::new(sqlite::Sqlite::open(path, access)?),
        };
        Self::over(sql, settings)
    }

    fn over(mut sql: Box<dyn Sql>, settings: Option<&Settings>) -> Result<Self, StoreError> {
        let schema = Schema::read(&mut *sql)?;
        let foreign = |words: &str| Err(StoreError::Foreign(words.to_owned()));
        let stack = settings.map(|settings| settings.stack);
        let (stack, users) = match (stack, schema.simplejwt, schema.drf_jwt) {
            (None, Some(_), Some(_)) => {
                return foreign(
                    "it has the tables of both simplejwt and drf-jwt: which is meant, a profile has to say",
                );
            }
            (None | Some(Stack::SimpleJwt), Some(users), _) => (Stack::SimpleJwt, users),
            (None | Some(Stack::DrfJwt), _, Some(users)) => (Stack::DrfJwt, users),
            (Some(Stack::SimpleJwt), None, _) => {
                return foreign("it has drf-jwt's table, and the profile is simplejwt's");
            }
            (Some(Stack::DrfJwt), _, None) => {
                return foreign("it has simplejwt's tables, and the profile is drf-jwt's");
            }
            (Some(Stack::DrfJwtLegacy), ..) => {
                return foreign("djangorestframework-jwt, which the profile is of, has no table");
            }
            // Where there is none, reading the schema has said so.
            (None, None, None) => return foreign("it has no tables"),
        };
        let settings = settings
            .cloned()
            .unwrap_or_else(|| Settings::defaults(stack));
        let tables = match stack {
            Stack::SimpleJwt => Tables::SimpleJwt(SimpleJwt::new(&*sql, users, settings)),
            _ => Tables::DrfJwt(DrfJwt::new(&*sql, users, settings)),
        };
        Ok(Self { sql, tables })
    }

    /// The stack whose tables these are.
    #[must_use]
    pub const fn stack(&self) -> Stack {
        match self.tables {
            Tables::SimpleJwt(_) => Stack::SimpleJwt,
            Tables::DrfJwt(_) => Stack::DrfJwt,
        }
    }

    /// The user of that name, else of that id.
    ///
    /// # Errors
    /// The database can't be asked.
    pub fn user(&mut self, name: &str) -> Result<Option<User>, StoreError> {
        let users = match &self.tables {
            Tables::SimpleJwt(tables) => &tables.users,
            Tables::DrfJwt(tables) => &tables.users,
        };
        let found = users.named(&mut *self.sql, name).map_err(final_)?;
        Ok(found.map(|found| found.user))
    }

    /// Hands over what a server's answer hangs on: all users, and the blacklist.
    ///
    /// # Errors
    /// The database can't be asked; what `answer` made of it is not to be relied on then.
    pub fn with_database<T>(
        &mut self,
        answer: impl FnOnce(&Database<'_>) -> T,
    ) -> Result<T, StoreError> {
        let (sql, tables) = (&mut *self.sql, &self.tables);
        let users = match tables {
            Tables::SimpleJwt(tables) => tables.users.all(sql)?,
            Tables::DrfJwt(tables) => tables.users.all(sql)?,
        };
        let (sql, failed) = (RefCell::new(sql), Cell::new(None));
        let blacklisted = |listed: Listed<'_>| {
            let mut sql = sql.borrow_mut();
            let found = match (tables, listed) {
                (Tables::SimpleJwt(tables), Listed::Id(id)) => tables.is_ended(&mut **sql, id),
                (Tables::SimpleJwt(_), Listed::Token(_)) => Ok(false),
                (Tables::DrfJwt(tables), listed) => tables.is_ended(&mut **sql, listed),
            };
            found.unwrap_or_else(|error| {
                failed.set(Some(error));
                true
            })
        };
        let answered = answer(&Database {
            users: Some(&users),
            blacklisted: Some(&blacklisted),
        });
        match failed.take() {
            Some(error) => Err(error),
            None => Ok(answered),
        }
    }
}

impl Store for Django {
    fn create(&mut self, family: &Family) -> Result<(), StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.create(&mut *self.sql, family),
            // Its server records no login.
            Tables::DrfJwt(_) => Ok(()),
        }
    }

    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<Applied, StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.update(&mut *self.sql, lookup, decide),
            Tables::DrfJwt(tables) => tables.update(&mut *self.sql, lookup, decide),
        }
    }

    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.find(&mut *self.sql, lookup),
            Tables::DrfJwt(tables) => tables.find(&mut *self.sql, lookup),
        }
    }

    fn list(&mut self, selection: &Selection) -> Result<Vec<Session>, StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.list(&mut *self.sql, selection),
            Tables::DrfJwt(tables) => tables.list(&mut *self.sql, selection),
        }
    }

    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.end(&mut *self.sql, selection, now),
            Tables::DrfJwt(tables) => tables.end(&mut *self.sql, selection),
        }
    }

    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<Purged, StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.purge(&mut *self.sql, now, rehearse),
            Tables::DrfJwt(tables) => tables.purge(&mut *self.sql, now, rehearse),
        }
    }

    fn keeps_families(&self) -> bool {
        false
    }

    fn keeps_text(&self) -> bool {
        true
    }
}

/// The one generation of a session.
fn generation(token: Token, recorded_at: Timestamp) -> Generation {
    Generation {
        number: 1,
        parent: None,
        token,
        recorded_at,
        used_at: None,
        retired_at: None,
        revoked_at: None,
    }
}

fn unsupported(what: &'static str) -> Failure {
    Failure::Store(StoreError::Unsupported(what))
}

/// Deletes the rows whose column has one of these numbers.
fn remove(sql: &mut dyn Sql, table: &str, column: &str, rows: &[Value]) -> Result<(), Failure> {
    let places: Vec<String> = (1..=rows.len()).map(|at| format!("?{at}")).collect();
    let statement = format!(
        "DELETE FROM {table} WHERE {column} IN ({})",
        places.join(", ")
    );
    sql.rows(&statement, rows).map(drop)
}

#[cfg(test)]
mod tests;
