//! Uses a Django application's own tables as a session store: those of simplejwt's `token_blacklist` app and of drf-jwt's `blacklist` app. It only ever makes
//! rows in them, and writes those as the packages would. The tables keep no families and no first uses, so the rules can't rely on these here.
mod claims;
mod database;
mod drf_jwt;
mod location;
mod postgresql;
mod schema;
mod simplejwt;
mod sql;
mod sqlite;
mod users;

use std::cell::{Cell, RefCell};

use crate::core::emulator::{self, BlacklistEntry, Emulator, ServerUser, ServerUserId};
use crate::core::time::{Span, Timestamp};
use crate::django::settings::{DjangoSettings, Stack};
use crate::django::stack;
use crate::session::family::{Change, Family};
use crate::session::store::{
    Listing, Lookup, PurgeSummary, Selection, ServerTables, Store, StoreError, UpdateResult,
};
use crate::store::postgres::Surroundings;
use crate::store::sqlite::Access;

use database::Database;
use drf_jwt::DrfJwtTable;
use schema::{Schema, UserTableSchema};
use simplejwt::SimpleJwtTables;
use sql::{Sql, StatementError};

pub use location::Location;
#[cfg(test)]
pub(crate) use location::LocationError;

/// A Django application's tables as a session store.
pub struct Django {
    database: Database,
    tables: Tables,
}

enum Tables {
    SimpleJwt(SimpleJwtTables),
    DrfJwt(DrfJwtTable),
}

impl std::fmt::Debug for Django {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Django").field(&self.stack()).finish()
    }
}

impl Django {
    /// Opens the tables of `server`. Without one, because no profile is named, it opens those of the stack that the database has.
    ///
    /// # Errors
    /// There is no database, it has no such tables, or they are not as they have to be. It stays as it is.
    pub fn open(
        location: &Location,
        access: Access,
        server: Option<&dyn Emulator>,
        around: &Surroundings<'_>,
    ) -> Result<Self, StoreError> {
        let settings = server.and_then(stack::settings_of);
        let mut database = match location {
            Location::Sqlite(path) => Database::Sqlite(sqlite::SqliteDatabase::open(path, access)?),
            Location::Postgres(address) => {
                let opened = postgresql::PostgresDatabase::open(address, around, access)?;
                Database::Postgres(Box::new(opened))
            }
        };
        let (stack, users, named) = database.read(&mut |sql| {
            let (stack, users) = chosen(Schema::read(sql)?, settings)?;
            let tables = [schema::OUTSTANDING, schema::ENDED, schema::BLACKLIST];
            Ok((stack, users, tables.map(|table| (table, sql.table(table)))))
        })?;
        let named = |table: &str| {
            let found = named.iter().find(|(name, _)| *name == table);
            found.map_or_else(String::new, |(_, named)| named.clone())
        };
        let settings = settings
            .cloned()
            .unwrap_or_else(|| DjangoSettings::defaults(stack));
        let tables = match stack {
            Stack::SimpleJwt => Tables::SimpleJwt(SimpleJwtTables::new(&named, users, settings)),
            _ => Tables::DrfJwt(DrfJwtTable::new(&named, users, settings)),
        };
        Ok(Self { database, tables })
    }

    const fn stack(&self) -> Stack {
        match self.tables {
            Tables::SimpleJwt(_) => Stack::SimpleJwt,
            Tables::DrfJwt(_) => Stack::DrfJwt,
        }
    }

    /// Goes over from reading to writing, without opening it again; whether it could.
    ///
    /// # Errors
    /// It can't be written.
    pub fn upgrade(&mut self) -> Result<bool, StoreError> {
        match &mut self.database {
            Database::Sqlite(database) => database.upgrade(),
            Database::Postgres(database) => {
                database.upgrade();
                Ok(true)
            }
        }
    }

    /// Warnings for the user: a password file that was not used.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        match &self.database {
            Database::Sqlite(_) => &[],
            Database::Postgres(database) => database.warnings(),
        }
    }
}

impl ServerTables for Django {
    fn lists_tokens_of_users(&self) -> bool {
        self.stack() == Stack::SimpleJwt
    }

    fn access_ttl(&self) -> Span {
        let settings = match &self.tables {
            Tables::SimpleJwt(tables) => &tables.settings,
            Tables::DrfJwt(tables) => &tables.settings,
        };
        Span::from_seconds(settings.access_lifetime.as_secs())
    }

    fn user(&mut self, name: &str) -> Result<Option<ServerUser>, StoreError> {
        let users = self.tables.users();
        let found = self.database.read(&mut |sql| users.named(sql, name))?;
        Ok(found.map(|found| found.user))
    }

    fn with_database(
        &mut self,
        ask: &mut dyn FnMut(&emulator::DatabaseView<'_>),
    ) -> Result<(), StoreError> {
        let asked = DatabaseQueries {
            database: RefCell::new(&mut self.database),
            tables: &self.tables,
            failed: Cell::new(None),
        };
        ask(&emulator::DatabaseView {
            users: Some(&asked),
            blacklisted: Some(&|listed| asked.blacklisted(listed)),
        });
        asked.failed.take().map_or(Ok(()), Err)
    }
}

/// The tables while a server's answer is predicted, which asks of them what it needs to know.
struct DatabaseQueries<'a> {
    database: RefCell<&'a mut Database>,
    tables: &'a Tables,
    failed: Cell<Option<StoreError>>,
}

impl DatabaseQueries<'_> {
    /// `None`: the question failed, and the answer that hangs on it will be discarded.
    fn read<T>(&self, work: &dyn Fn(&mut dyn Sql) -> Result<T, StatementError>) -> Option<T> {
        let read = self.database.borrow_mut().read(&mut |sql| work(sql));
        read.map_err(|error| self.failed.set(Some(error))).ok()
    }

    fn blacklisted(&self, listed: BlacklistEntry<'_>) -> bool {
        let found = self.read(&|sql| match self.tables {
            Tables::SimpleJwt(tables) => match listed {
                BlacklistEntry::Id(id) => tables.is_ended(sql, id),
                BlacklistEntry::Token(_) => Ok(false),
            },
            Tables::DrfJwt(tables) => tables.is_ended(sql, listed),
        });
        // A question that fails is never taken for "not blacklisted".
        found.unwrap_or(true)
    }
}

impl emulator::UserTable for DatabaseQueries<'_> {
    fn has_numbers(&self) -> bool {
        self.tables.users().has_numbers()
    }

    fn by_id(&self, id: &ServerUserId) -> Option<ServerUser> {
        let text = id.to_string();
        let found = self.read(&|sql| self.tables.users().by_id(sql, &text))??;
        // A UUID is found in other forms, too.
        (found.user.id == *id).then_some(found.user)
    }

    fn by_name(&self, name: &str) -> Option<ServerUser> {
        let users = self.tables.users();
        let found = self.read(&|sql| match users.name {
            Some(_) => users.by_name(sql, name),
            None => users.by_id(sql, name),
        })??;
        (found.user.name == name).then_some(found.user)
    }
}

impl Tables {
    const fn users(&self) -> &UserTableSchema {
        match self {
            Self::SimpleJwt(tables) => &tables.users,
            Self::DrfJwt(tables) => &tables.users,
        }
    }
}

/// Chooses the stack, and the table of users that its tables point to.
fn chosen(
    schema: Schema,
    settings: Option<&DjangoSettings>,
) -> Result<(Stack, UserTableSchema), StatementError> {
    let stack = settings.map(|settings| settings.stack);
    let words = match (stack, schema.simplejwt, schema.drf_jwt) {
        (None | Some(Stack::SimpleJwt), Some(users), None)
        | (Some(Stack::SimpleJwt), Some(users), _) => return Ok((Stack::SimpleJwt, users)),
        (None | Some(Stack::DrfJwt), None, Some(users)) | (Some(Stack::DrfJwt), _, Some(users)) => {
            return Ok((Stack::DrfJwt, users));
        }
        (None, ..) => "it has the tables of both simplejwt and drf-jwt: choose one with --profile",
        (Some(Stack::SimpleJwt), ..) => "it has drf-jwt's table, but the profile is for simplejwt",
        (Some(Stack::DrfJwt), ..) => "it has simplejwt's tables, but the profile is for drf-jwt",
        (Some(Stack::DrfJwtLegacy), ..) => {
            "the profile is for djangorestframework-jwt, which has no table"
        }
    };
    Err(StoreError::Foreign(words.to_owned()).into())
}

impl Store for Django {
    fn create(&mut self, family: &Family) -> Result<(), StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.create(&mut self.database, family),
            // drf-jwt's server records no login.
            Tables::DrfJwt(_) => Ok(()),
        }
    }

    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<UpdateResult, StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.update(&mut self.database, lookup, decide),
            Tables::DrfJwt(tables) => tables.update(&mut self.database, lookup, decide),
        }
    }

    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError> {
        let tables = &self.tables;
        self.database.read(&mut |sql| match tables {
            Tables::SimpleJwt(tables) => tables.find(sql, lookup),
            Tables::DrfJwt(tables) => tables.find(sql, lookup),
        })
    }

    fn listing(&mut self, selection: &Selection) -> Result<Listing, StoreError> {
        let tables = &self.tables;
        self.database.read(&mut |sql| match tables {
            Tables::SimpleJwt(tables) => tables.list(sql, selection),
            Tables::DrfJwt(tables) => tables.list(sql, selection),
        })
    }

    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Listing, StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.end(&mut self.database, selection, now),
            Tables::DrfJwt(tables) => self.database.read(&mut |sql| tables.end(sql, selection)),
        }
    }

    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<PurgeSummary, StoreError> {
        match &self.tables {
            Tables::SimpleJwt(tables) => tables.purge(&mut self.database, now, rehearse),
            Tables::DrfJwt(tables) => tables.purge(&mut self.database, now, rehearse),
        }
    }

    fn keeps_families(&self) -> bool {
        false
    }

    fn server(&mut self) -> Option<&mut dyn ServerTables> {
        Some(self)
    }
}

#[cfg(test)]
mod tests;
