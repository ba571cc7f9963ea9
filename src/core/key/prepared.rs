//! jsonwebtoken's boxed signers, prepared once for each key, algorithm and thread that uses them.
//!
//! The boxes are not `Send`, but threads share a [`Key`](super::Key). So the key holds the material, and each thread keeps the boxes that it has made. The
//! thread that drops the key drops its boxes at once; any other thread drops them before it makes its next box.
use std::cell::RefCell;
use std::sync::{Arc, Weak};

use jsonwebtoken::crypto::JwtSigner;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::{Algorithm as Backend, EncodingKey};

use crate::core::algorithm::Algorithm;

/// Ties a key's boxes to the key's life.
#[derive(Default)]
pub(super) struct KeyIdentity(Arc<()>);

/// A box, and the key that it belongs to.
struct CachedKey {
    // While this `Weak` lives, no other key can get the same address.
    key: Weak<()>,
    algorithm: Backend,
    boxed: Box<dyn JwtSigner>,
}

thread_local! {
    static SIGNERS: RefCell<Vec<CachedKey>> = const { RefCell::new(Vec::new()) };
}

/// The backend failed or does not serve the algorithm.
pub(super) struct BackendError;

impl KeyIdentity {
    /// Signs with this thread's box, which the first call makes from `key`.
    pub(super) fn sign(
        &self,
        algorithm: Algorithm,
        key: &EncodingKey,
        message: &[u8],
    ) -> Result<Vec<u8>, BackendError> {
        let algorithm = backend(algorithm).ok_or(BackendError)?;
        SIGNERS.with_borrow_mut(|held| {
            let make =
                || (DEFAULT_PROVIDER.signer_factory)(&algorithm, key).map_err(|_| BackendError);
            self.find(held, algorithm, make)?
                .try_sign(message)
                .map_err(|_| BackendError)
        })
    }

    fn find<'a>(
        &self,
        held: &'a mut Vec<CachedKey>,
        algorithm: Backend,
        make: impl FnOnce() -> Result<Box<dyn JwtSigner>, BackendError>,
    ) -> Result<&'a dyn JwtSigner, BackendError> {
        let ours = |one: &CachedKey| {
            one.algorithm == algorithm && std::ptr::eq(one.key.as_ptr(), Arc::as_ptr(&self.0))
        };
        let at = if let Some(at) = held.iter().position(ours) {
            at
        } else {
            let boxed = make()?;
            held.retain(|one| one.key.strong_count() > 0);
            held.push(CachedKey {
                key: Arc::downgrade(&self.0),
                algorithm,
                boxed,
            });
            held.len() - 1
        };
        Ok(&*held[at].boxed)
    }
}

impl Drop for KeyIdentity {
    fn drop(&mut self) {
        let other = |key: &Weak<()>| !std::ptr::eq(key.as_ptr(), Arc::as_ptr(&self.0));
        // A thread that is ending may have destroyed its boxes already; then nothing is left to drop.
        let _ = SIGNERS.try_with(|held| held.borrow_mut().retain(|one| other(&one.key)));
    }
}

/// jsonwebtoken's name for an algorithm that it prepares. It has no ES512 and no ES256K, and it does not prepare RSA keys and secrets.
const fn backend(algorithm: Algorithm) -> Option<Backend> {
    match algorithm {
        Algorithm::Es256 => Some(Backend::ES256),
        Algorithm::Es384 => Some(Backend::ES384),
        Algorithm::EdDsa | Algorithm::Ed25519 => Some(Backend::EdDSA),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PKCS8: &[u8] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20the seed of an Ed25519 key pair..";

    fn held() -> usize {
        SIGNERS.with_borrow(Vec::len)
    }

    #[test]
    fn a_box_is_made_once_and_goes_with_its_key() {
        std::thread::spawn(|| {
            let key = EncodingKey::from_ed_der(PKCS8);
            let prepared = KeyIdentity::default();
            for _ in 0..3 {
                assert!(prepared.sign(Algorithm::EdDsa, &key, b"m").is_ok());
            }
            assert_eq!(held(), 1);
            let other = KeyIdentity::default();
            assert!(other.sign(Algorithm::EdDsa, &key, b"m").is_ok());
            assert_eq!(held(), 2);
            drop((prepared, other));
            assert_eq!(held(), 0);
        })
        .join()
        .expect("the thread ran to its end");
    }

    #[test]
    fn a_box_of_a_key_that_another_thread_dropped_goes_before_the_next_is_made() {
        let (key, gone) = (EncodingKey::from_ed_der(PKCS8), KeyIdentity::default());
        assert!(gone.sign(Algorithm::EdDsa, &key, b"m").is_ok());
        assert_eq!(held(), 1);
        std::thread::spawn(move || drop(gone))
            .join()
            .expect("the thread ran to its end");
        assert_eq!(held(), 1);
        let next = KeyIdentity::default();
        assert!(next.sign(Algorithm::EdDsa, &key, b"m").is_ok());
        assert_eq!(held(), 1);
    }
}
