//! A PostgreSQL store as a command uses it: reached once, with what the machine adds to its address, however often the command comes back to it.
use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use super::context::Context;
use super::world::{self, FileError};
use crate::core::time::Timestamp;
use crate::session::family::{Change, Family, Session};
use crate::session::store::{Applied, Lookup, Purged, Selection, Store, StoreError};
use crate::store::postgres::{Address, Postgres, PrivateFile, Surroundings, open};

/// A password file is a few lines.
const PASSWORD_FILE_LIMIT: usize = 1024 * 1024;

/// A connection that is used again: reaching a server takes a password's proof and several round trips.
#[derive(Clone)]
pub struct Shared {
    address: Address,
    store: Rc<RefCell<Postgres>>,
}

impl Shared {
    /// The store at an address: of the connection that the call has already, else of a new one. Says what is wrong with a password file.
    ///
    /// # Errors
    /// See [`open`].
    pub fn open(address: &Address, context: &mut Context<'_, '_>) -> Result<Self, StoreError> {
        if let Some(known) = &context.connection
            && known.address == *address
        {
            return Ok(known.clone());
        }
        let world = &*context.world;
        let variable = |name: &str| world.variable(name);
        let around = Surroundings {
            variable: &variable,
            file: &password_file,
        };
        let store = open(address, &around)?;
        for warning in store.warnings() {
            context.warn(warning);
        }
        let shared = Self {
            address: address.clone(),
            store: Rc::new(RefCell::new(store)),
        };
        context.connection = Some(shared.clone());
        Ok(shared)
    }

    /// Whether its tables are there.
    ///
    /// # Errors
    /// See [`Postgres::is_made`].
    pub fn is_made(&self) -> Result<bool, StoreError> {
        self.store.borrow_mut().is_made()
    }
}

/// What a password file holds; none where there is none.
pub(super) fn password_file(path: &Path) -> Result<Option<PrivateFile>, String> {
    match world::read(path, PASSWORD_FILE_LIMIT) {
        Ok(file) => Ok(Some(PrivateFile {
            open_to_others: file.guard.readable_by_others || file.guard.writable_by_others,
            content: file.bytes,
        })),
        Err(FileError::Missing) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

impl Store for Shared {
    fn create(&mut self, family: &Family) -> Result<(), StoreError> {
        self.store.borrow_mut().create(family)
    }
    fn update(
        &mut self,
        lookup: &Lookup,
        decide: &mut dyn FnMut(Option<&Family>) -> Change,
    ) -> Result<Applied, StoreError> {
        self.store.borrow_mut().update(lookup, decide)
    }
    fn find(&mut self, lookup: &Lookup) -> Result<Option<Family>, StoreError> {
        self.store.borrow_mut().find(lookup)
    }
    fn list(&mut self, selection: &Selection) -> Result<Vec<Session>, StoreError> {
        self.store.borrow_mut().list(selection)
    }
    fn end(&mut self, selection: &Selection, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        self.store.borrow_mut().end(selection, now)
    }
    fn purge(&mut self, now: Timestamp, rehearse: bool) -> Result<Purged, StoreError> {
        self.store.borrow_mut().purge(now, rehearse)
    }
}
