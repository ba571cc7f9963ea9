//! Why a session store was of no use: the error's data.
use crate::session::store::StoreError;

/// Why a store was of no use, and which.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the session store {place}: {error}")]
pub struct StoreProblem {
    /// As it is said.
    pub place: String,
    /// What is wrong.
    pub error: StoreError,
}
