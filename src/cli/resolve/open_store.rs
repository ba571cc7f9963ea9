//! The open store of a call: one handle for every kind of store. It is opened for reading or writing, and can be upgraded from reading to writing.
use std::cell::{RefCell, RefMut};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use crate::cli::error::Problem;
use crate::cli::error::store::StoreProblem;
use crate::cli::world;
use crate::core::emulator::Emulator;
use crate::django::tables::{Django, Location};
use crate::session::service::records::Record;
use crate::session::store::{Lookup, Store, StoreError, StoreIds};
use crate::store::postgres::{Address, Postgres};
use crate::store::sqlite::Sqlite;

/// Which store it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StoreKind {
    /// A SQLite file.
    File(PathBuf),
    /// A database in PostgreSQL.
    Postgres(Box<Address>),
    /// A Django application's own database, with the server if the profile has one.
    Django(Box<Location>, Option<Arc<dyn Emulator>>),
}

/// An open store of one of the kinds.
pub(crate) enum AnyStore {
    /// A SQLite file.
    Sqlite(Sqlite),
    /// A database in PostgreSQL.
    Postgres(Box<Postgres>),
    /// A Django application's own database.
    Django(Box<Django>),
}

impl AnyStore {
    fn store(&mut self) -> &mut (dyn Store + 'static) {
        match self {
            Self::Sqlite(store) => store,
            Self::Postgres(store) => &mut **store,
            Self::Django(store) => &mut **store,
        }
    }
}

/// What tells a file from another one of the same name.
pub(crate) type FileId = (u64, u64);

/// The file that has the store's name now. `None` if it is no file, or if the system does not number its files.
#[must_use]
pub(crate) fn file_id(kind: &StoreKind) -> Option<FileId> {
    let StoreKind::File(path) = kind else {
        return None;
    };
    world::file_id(path)
}

/// The handle of an open store. Its clones are the same store: reaching a server takes a password's proof and several round trips, and opening a file
/// a check of its pages.
#[derive(Clone)]
pub(crate) struct OpenStore {
    kind: StoreKind,
    /// The file that was opened, if it is a file.
    file: Option<FileId>,
    opened: Rc<RefCell<AnyStore>>,
    /// Its place, in words that are safe to print.
    pub place: String,
}

impl OpenStore {
    /// The handle of a store that was opened.
    #[must_use]
    pub(crate) fn new(
        kind: StoreKind,
        file: Option<FileId>,
        place: String,
        opened: AnyStore,
    ) -> Self {
        Self {
            file,
            kind,
            opened: Rc::new(RefCell::new(opened)),
            place,
        }
    }

    /// Whether this is that store, and no other file has been put in its place.
    #[must_use]
    pub(crate) fn is(&self, kind: &StoreKind) -> bool {
        self.kind == *kind && self.file == file_id(kind)
    }

    /// The store.
    #[must_use]
    pub(crate) fn store(&self) -> RefMut<'_, dyn Store> {
        RefMut::map(self.opened.borrow_mut(), AnyStore::store)
    }

    /// What it answers to a lookup.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) fn record(&self, lookup: &Lookup) -> Result<Record, Problem> {
        let found = self.store().find(lookup);
        Record::of(found).map_err(|error| self.failed(error))
    }

    /// What all its tokens and sessions are known by, if it is a file and has not too many. See [`Sqlite::ids`].
    ///
    /// # Errors
    /// They can't be read.
    pub(crate) fn ids(&self, may_read: bool) -> Result<Option<Arc<StoreIds>>, StoreError> {
        match &mut *self.opened.borrow_mut() {
            AnyStore::Sqlite(store) => store.ids(may_read),
            AnyStore::Postgres(_) | AnyStore::Django(_) => Ok(None),
        }
    }

    /// Whether the store exists: a database without our tables is not a store yet.
    ///
    /// # Errors
    /// The database can't be read.
    pub(crate) fn is_made(&self) -> Result<bool, StoreError> {
        match &mut *self.opened.borrow_mut() {
            AnyStore::Postgres(store) => store.is_made(),
            AnyStore::Sqlite(_) | AnyStore::Django(_) => Ok(true),
        }
    }

    /// Makes our tables in a database that has none. Returns whether it made them.
    ///
    /// # Errors
    /// They can't be made.
    pub(crate) fn make(&self) -> Result<bool, StoreError> {
        match &mut *self.opened.borrow_mut() {
            AnyStore::Postgres(store) => store.make(),
            AnyStore::Sqlite(_) | AnyStore::Django(_) => Ok(false),
        }
    }

    /// Whether its schema is an older one.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) fn is_old(&self) -> Result<bool, StoreError> {
        match &mut *self.opened.borrow_mut() {
            AnyStore::Sqlite(store) => store.is_old(),
            AnyStore::Postgres(store) => store.is_old(),
            AnyStore::Django(_) => Ok(false),
        }
    }

    /// Brings an older schema up to date. Returns whether it did.
    ///
    /// # Errors
    /// It can't be changed.
    pub(crate) fn bring_up(&self) -> Result<bool, StoreError> {
        match &mut *self.opened.borrow_mut() {
            AnyStore::Sqlite(store) => store.bring_up(),
            AnyStore::Postgres(store) => store.bring_up(),
            AnyStore::Django(_) => Ok(false),
        }
    }

    /// Whether a change has brought an older schema up to date on the way, since this was last asked.
    #[must_use]
    pub(crate) fn brought_up(&self) -> bool {
        match &mut *self.opened.borrow_mut() {
            AnyStore::Sqlite(store) => store.brought_up(),
            AnyStore::Postgres(_) | AnyStore::Django(_) => false,
        }
    }

    /// Upgrades from reading to writing without opening the store again. Returns false if it can't: then opening it for writing says why.
    ///
    /// # Errors
    /// It can't be written.
    pub(crate) fn upgrade(&self) -> Result<bool, StoreError> {
        match &mut *self.opened.borrow_mut() {
            AnyStore::Sqlite(store) => store.upgrade(),
            AnyStore::Postgres(_) => Ok(true),
            AnyStore::Django(store) => store.upgrade(),
        }
    }

    /// The problem for a failure of this store.
    #[must_use]
    pub(crate) fn failed(&self, error: StoreError) -> Problem {
        Problem::Store(StoreProblem {
            place: self.place.clone(),
            error,
        })
    }
}
