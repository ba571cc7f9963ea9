//! Errors about the session store: their data.
use crate::session::store::StoreError;

/// Why a store can't be used, and which store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the session store {place}: {error}")]
pub(crate) struct StoreProblem {
    /// The store, in words that are safe to print.
    pub place: String,
    /// What is wrong.
    pub error: StoreError,
}
