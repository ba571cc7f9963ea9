//! Reads by what the tokens and sessions of a store are known, without looking at the rest of their rows.
use rusqlite::{Connection, Statement};

use super::error::told;
use crate::core::secret::Fingerprint;
use crate::session::store::{StoreError, StoreIds};

/// All that a table or its index names: what one has and the other lacks is damage, which is told of a token that is looked up. `None` if there are more than
/// `most`.
///
/// # Errors
/// They can't be read.
pub(super) fn all(connection: &Connection, most: usize) -> Result<Option<StoreIds>, StoreError> {
    let mut ids = StoreIds::default();
    // Only the tables themselves have the checksum, so no index can stand in for them.
    for sql in [
        "SELECT key, checksum FROM session NOT INDEXED",
        "SELECT key FROM session INDEXED BY session_key",
        "SELECT fingerprint, checksum FROM generation NOT INDEXED",
        "SELECT fingerprint FROM generation INDEXED BY generation_fingerprint",
    ] {
        let added = (connection.prepare(sql)).and_then(|mut query| add(&mut query, most, &mut ids));
        if !added.map_err(told)? {
            return Ok(None);
        }
    }
    Ok(Some(ids))
}

/// Adds the fingerprints that a query finds. False if there are too many.
fn add(query: &mut Statement<'_>, most: usize, ids: &mut StoreIds) -> rusqlite::Result<bool> {
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(0)?.as_bytes();
        // What is no fingerprint is found by none.
        if let Some(bytes) = bytes.ok().and_then(|bytes| bytes.try_into().ok()) {
            ids.add(&Fingerprint::from_bytes(bytes));
        }
        if ids.len() > most {
            return Ok(false);
        }
    }
    Ok(true)
}
