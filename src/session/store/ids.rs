//! What all tokens and sessions of a store are known by, in memory: who has many tokens to look up asks the store only for those that it may have.
use std::collections::HashSet;

use crate::core::secret::Fingerprint;

/// The most that are held in memory: some 3 MiB.
pub(crate) const MOST_IDS: usize = 1 << 18;

/// The fingerprints of a store's tokens and sessions, of each the first eight bytes: one that is not among them is not in the store.
#[derive(Debug, Default)]
pub(crate) struct StoreIds(HashSet<u64>);

impl StoreIds {
    /// Adds a token's or a session's fingerprint.
    pub(crate) fn add(&mut self, fingerprint: &Fingerprint) {
        self.0.insert(start(fingerprint));
    }

    /// How many there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the store may have a token with this fingerprint or a session whose key has that one.
    #[must_use]
    pub(crate) fn may_have(&self, token: &Fingerprint, session: &Fingerprint) -> bool {
        self.0.contains(&start(token)) || self.0.contains(&start(session))
    }
}

fn start(fingerprint: &Fingerprint) -> u64 {
    let mut start = [0; 8];
    start.copy_from_slice(&fingerprint.as_bytes()[..8]);
    u64::from_be_bytes(start)
}
