//! jsonwebtoken's boxed signers and verifiers, prepared once for each key, algorithm and thread that uses them.
//!
//! The boxes are not `Send`, but threads share a [`Key`](super::Key). So the key holds the material, and each thread keeps the boxes that it has made. The
//! thread that drops the key drops its boxes at once; any other thread drops them before it makes its next box.
use std::cell::RefCell;
use std::sync::{Arc, Weak};

use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::crypto::{JwtSigner, JwtVerifier};
use jsonwebtoken::{Algorithm as Backend, DecodingKey, EncodingKey};

use crate::core::algorithm::Algorithm;

/// Ties a key's boxes to the key's life.
#[derive(Default)]
pub(super) struct KeyIdentity(Arc<()>);

/// A box, and the key that it belongs to.
struct CachedKey<T: ?Sized> {
    // While this `Weak` lives, no other key can get the same address.
    key: Weak<()>,
    algorithm: Backend,
    boxed: Box<T>,
}

thread_local! {
    static SIGNERS: RefCell<Vec<CachedKey<dyn JwtSigner>>> = const { RefCell::new(Vec::new()) };
    static VERIFIERS: RefCell<Vec<CachedKey<dyn JwtVerifier>>> = const { RefCell::new(Vec::new()) };
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

    /// Checks with this thread's box, which the first call makes from `key`. The box compares a MAC in constant time.
    pub(super) fn verify(
        &self,
        algorithm: Algorithm,
        key: &DecodingKey,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let Some(algorithm) = backend(algorithm) else {
            return false;
        };
        VERIFIERS.with_borrow_mut(|held| {
            let make =
                || (DEFAULT_PROVIDER.verifier_factory)(&algorithm, key).map_err(|_| BackendError);
            self.find(held, algorithm, make)
                .is_ok_and(|verifier| verifier.verify(message, &signature.to_vec()).is_ok())
        })
    }

    fn find<'a, T: ?Sized>(
        &self,
        held: &'a mut Vec<CachedKey<T>>,
        algorithm: Backend,
        make: impl FnOnce() -> Result<Box<T>, BackendError>,
    ) -> Result<&'a T, BackendError> {
        let ours = |one: &CachedKey<T>| {
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
        Ok(&held[at].boxed)
    }
}

impl Drop for KeyIdentity {
    fn drop(&mut self) {
        let other = |key: &Weak<()>| !std::ptr::eq(key.as_ptr(), Arc::as_ptr(&self.0));
        // A thread that is ending may have destroyed its boxes already; then nothing is left to drop.
        let _ = SIGNERS.try_with(|held| held.borrow_mut().retain(|one| other(&one.key)));
        let _ = VERIFIERS.try_with(|held| held.borrow_mut().retain(|one| other(&one.key)));
    }
}

/// jsonwebtoken's name for an algorithm that it prepares. It has no ES512 and no ES256K, and it does not prepare RSA keys.
const fn backend(algorithm: Algorithm) -> Option<Backend> {
    match algorithm {
        Algorithm::Hs256 => Some(Backend::HS256),
        Algorithm::Hs384 => Some(Backend::HS384),
        Algorithm::Hs512 => Some(Backend::HS512),
        Algorithm::Es256 => Some(Backend::ES256),
        Algorithm::Es384 => Some(Backend::ES384),
        Algorithm::EdDsa | Algorithm::Ed25519 => Some(Backend::EdDSA),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held() -> usize {
        SIGNERS.with_borrow(Vec::len)
    }

    #[test]
    fn a_box_is_made_once_and_goes_with_its_key() {
        std::thread::spawn(|| {
            let key = EncodingKey::from_secret(&[1; 32]);
            let prepared = KeyIdentity::default();
            for _ in 0..3 {
                assert!(prepared.sign(Algorithm::Hs256, &key, b"m").is_ok());
            }
            assert_eq!(held(), 1);
            assert!(prepared.sign(Algorithm::Hs512, &key, b"m").is_ok());
            assert_eq!(held(), 2);
            drop(prepared);
            assert_eq!(held(), 0);
        })
        .join()
        .expect("the thread ran to its end");
    }

    #[test]
    fn a_box_of_a_key_that_another_thread_dropped_goes_before_the_next_is_made() {
        let (key, gone) = (EncodingKey::from_secret(&[1; 32]), KeyIdentity::default());
        assert!(gone.sign(Algorithm::Hs256, &key, b"m").is_ok());
        assert_eq!(held(), 1);
        std::thread::spawn(move || drop(gone))
            .join()
            .expect("the thread ran to its end");
        assert_eq!(held(), 1);
        let next = KeyIdentity::default();
        assert!(next.sign(Algorithm::Hs256, &key, b"m").is_ok());
        assert_eq!(held(), 1);
    }
}
