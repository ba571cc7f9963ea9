//! HMAC secrets (RFC 7518 §3.2).
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use zeroize::Zeroizing;

use super::material::{KeyKind, Material, SignError};
use super::prepared::KeyIdentity;
use crate::core::algorithm::Algorithm;
use crate::core::secret::Secret;

/// An HMAC secret. jsonwebtoken's two keys hold it, and zeroize it when they are dropped.
pub(super) struct Hmac {
    signing: EncodingKey,
    verifying: DecodingKey,
    prepared: KeyIdentity,
}

impl Hmac {
    pub(super) fn new(secret: &Secret) -> Self {
        Self {
            signing: EncodingKey::from_secret(secret.expose()),
            verifying: DecodingKey::from_secret(secret.expose()),
            prepared: KeyIdentity::default(),
        }
    }
}

impl Material for Hmac {
    fn kind(&self) -> KeyKind {
        KeyKind::Secret {
            bytes: self.signing.as_bytes().len(),
        }
    }
    fn serves(&self) -> &'static [Algorithm] {
        &[Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512]
    }
    fn is_private(&self) -> bool {
        true
    }
    fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.prepared
            .sign(algorithm, &self.signing, message)
            .map_err(|_| SignError::Backend)
    }
    fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        self.prepared
            .verify(algorithm, &self.verifying, message, signature)
    }
    fn required_members(&self) -> Vec<(&'static str, String)> {
        vec![
            ("k", URL_SAFE_NO_PAD.encode(self.signing.as_bytes())),
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
        Some(Secret::new(self.signing.as_bytes().to_vec()))
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
