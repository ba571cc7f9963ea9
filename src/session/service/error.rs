//! Why a use case came to nothing. A refused token is no error.
use crate::core::algorithm::Algorithm;
use crate::core::key::NoSigner;
use crate::session::flow::FlowError;
use crate::session::store::StoreError;

/// Why a use case came to nothing.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ServiceError {
    /// Nothing was minted.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// The key is too short to sign with.
    #[error("the key has {has} bits, but {algorithm} needs {needs}")]
    WeakKey {
        /// The algorithm.
        algorithm: Algorithm,
        /// Bits it has.
        has: usize,
        /// Bits it needs.
        needs: usize,
    },
    /// The store was of no use.
    #[error("the session store {place}: {error}")]
    Store {
        /// The store as it is said, or the profile whose tokens it can't give again.
        place: String,
        /// What is wrong.
        error: StoreError,
    },
}

impl From<NoSigner> for ServiceError {
    fn from(error: NoSigner) -> Self {
        Self::Flow(FlowError::NoSigner(error))
    }
}
