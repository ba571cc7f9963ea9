//! The open store of a call: one handle of whatever kind, opened for reading or for writing, and upgraded from the one to the other.
use std::cell::{RefCell, RefMut};
use std::path::PathBuf;
use std::rc::Rc;

use crate::cli::error::Problem;
use crate::cli::error::store::StoreProblem;
use crate::core::server::Settings;
use crate::session::store::{Store, StoreError};
use crate::store::django::{Django, Location};
use crate::store::postgres::{Address, Postgres};
use crate::store::sqlite::Sqlite;

/// Which store it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A SQLite file.
    File(PathBuf),
    /// A database in PostgreSQL.
    Postgres(Box<Address>),
    /// A Django application's own database, with what its server is set to where the profile says it.
    Django(Box<Location>, Option<Box<Settings>>),
}

/// A store of one of the kinds, open.
pub enum Opened {
    /// A SQLite file.
    Sqlite(Sqlite),
    /// A database in PostgreSQL.
    Postgres(Box<Postgres>),
    /// A Django application's own database.
    Django(Box<Django>),
}

impl Opened {
    fn store(&mut self) -> &mut (dyn Store + 'static) {
        match self {
            Self::Sqlite(store) => store,
            Self::Postgres(store) => &mut **store,
            Self::Django(store) => &mut **store,
        }
    }
}

/// The handle of an open store. Its clones are the same store: reaching a server takes a password's proof and several round trips, and opening a file
/// a check of its pages.
#[derive(Clone)]
pub struct OpenStore {
    kind: Kind,
    opened: Rc<RefCell<Opened>>,
    /// Where it is, as it is said.
    pub place: String,
}

impl OpenStore {
    /// The handle of a store that was opened.
    #[must_use]
    pub fn new(kind: Kind, place: String, opened: Opened) -> Self {
        Self {
            kind,
            opened: Rc::new(RefCell::new(opened)),
            place,
        }
    }

    /// Whether this is that store.
    #[must_use]
    pub fn is(&self, kind: &Kind) -> bool {
        self.kind == *kind
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> RefMut<'_, dyn Store> {
        RefMut::map(self.opened.borrow_mut(), Opened::store)
    }

    /// Whether there is a store in it: a database without our tables has none yet.
    ///
    /// # Errors
    /// The database can't be read.
    pub fn is_made(&self) -> Result<bool, StoreError> {
        match &mut *self.opened.borrow_mut() {
            Opened::Postgres(store) => store.is_made(),
            Opened::Sqlite(_) | Opened::Django(_) => Ok(true),
        }
    }

    /// Goes over from reading to writing, without opening it again; whether it could. Where nothing can be written, opening it for writing tells why.
    ///
    /// # Errors
    /// It can't be written.
    pub fn upgrade(&self) -> Result<bool, StoreError> {
        match &mut *self.opened.borrow_mut() {
            Opened::Sqlite(store) => store.upgrade(),
            Opened::Postgres(_) => Ok(true),
            Opened::Django(store) => store.upgrade(),
        }
    }

    /// A failure of this store's.
    #[must_use]
    pub fn failed(&self, error: StoreError) -> Problem {
        Problem::Store(StoreProblem {
            place: self.place.clone(),
            error,
        })
    }
}
