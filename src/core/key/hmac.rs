//! HMAC secrets (RFC 7518 §3.2).
use std::sync::OnceLock;

use ::hmac::{EagerHash, KeyInit as _, Mac as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::material::{KeyKind, Material, SignError};
use crate::core::algorithm::Algorithm;
use crate::core::secret::Secret;

/// An HMAC secret. A message is hashed from a copy of the state that a hash has after the secret.
pub(super) struct Hmac {
    secret: Secret,
    sha256: SecretState<Sha256>,
    sha384: SecretState<Sha384>,
    sha512: SecretState<Sha512>,
}

/// The state of a hash after the secret, made at its first use.
struct SecretState<D: EagerHash>(OnceLock<Option<::hmac::Hmac<D>>>);

impl<D: EagerHash> SecretState<D> {
    const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The hash of the secret and a message, still to be read or compared.
    fn hashed(&self, secret: &Secret, message: &[u8]) -> Option<::hmac::Hmac<D>> {
        let new = || ::hmac::Hmac::new_from_slice(secret.expose()).ok();
        let mut mac = self.0.get_or_init(new).clone()?;
        mac.update(message);
        Some(mac)
    }

    fn sign(&self, secret: &Secret, message: &[u8]) -> Option<Vec<u8>> {
        let mac = self.hashed(secret, message)?;
        Some(mac.finalize().as_bytes().to_vec())
    }

    /// Compares in constant time.
    fn verify(&self, secret: &Secret, message: &[u8], signature: &[u8]) -> bool {
        let mac = self.hashed(secret, message);
        mac.is_some_and(|mac| mac.verify_slice(signature).is_ok())
    }
}

impl Hmac {
    pub(super) fn new(secret: &Secret) -> Self {
        Self {
            secret: secret.clone(),
            sha256: SecretState::new(),
            sha384: SecretState::new(),
            sha512: SecretState::new(),
        }
    }
}

impl Material for Hmac {
    fn kind(&self) -> KeyKind {
        KeyKind::Secret {
            bytes: self.secret.len(),
        }
    }
    fn serves(&self) -> &'static [Algorithm] {
        &[Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512]
    }
    fn is_private(&self) -> bool {
        true
    }
    fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let secret = &self.secret;
        match algorithm {
            Algorithm::Hs256 => self.sha256.sign(secret, message),
            Algorithm::Hs384 => self.sha384.sign(secret, message),
            Algorithm::Hs512 => self.sha512.sign(secret, message),
            _ => return Err(SignError::Unfit),
        }
        .ok_or(SignError::Backend)
    }
    fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let secret = &self.secret;
        match algorithm {
            Algorithm::Hs256 => self.sha256.verify(secret, message, signature),
            Algorithm::Hs384 => self.sha384.verify(secret, message, signature),
            Algorithm::Hs512 => self.sha512.verify(secret, message, signature),
            _ => false,
        }
    }
    fn required_members(&self) -> Vec<(&'static str, String)> {
        vec![
            ("k", URL_SAFE_NO_PAD.encode(self.secret.expose())),
            ("kty", "oct".to_owned()),
        ]
    }
    fn private_members(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    fn private_der(&self) -> Option<Zeroizing<Vec<u8>>> {
        None
    }
    fn public_der(&self) -> Option<Vec<u8>> {
        None
    }
    fn secret_bytes(&self) -> Option<Secret> {
        Some(self.secret.clone())
    }
}

/// Whether `signature` is the HMAC of `message` under these bytes, even if they are no sound secret (a PEM file's text, for example). Use it only to explain a
/// refusal (the server that made the token took a public key for a secret), never to accept a token.
#[must_use]
pub(crate) fn hmac_with(
    bytes: &Secret,
    algorithm: Algorithm,
    message: &[u8],
    signature: &[u8],
) -> bool {
    algorithm.is_hmac()
        && !bytes.is_empty()
        && Hmac::new(bytes).verify(algorithm, message, signature)
}
