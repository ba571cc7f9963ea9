//! What each kind of key does with its bytes, and what can be wrong with them.
use zeroize::Zeroizing;

use super::foreign::placeholder::NoSecret;
use super::salt::PssParameters;
use crate::core::algorithm::Algorithm;
use crate::core::secret::Secret;

/// The kind of a key, with its size where that varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// An HMAC secret.
    Secret {
        /// Length in bytes.
        bytes: usize,
    },
    /// An RSA key.
    Rsa {
        /// Length of the modulus in bits.
        bits: usize,
    },
    /// An RSA key that is for PSS alone (RFC 4055 §1.2).
    RsaPss {
        /// Length of the modulus in bits.
        bits: usize,
    },
    /// An ECDSA key on P-256.
    P256,
    /// An ECDSA key on P-384.
    P384,
    /// An ECDSA key on P-521.
    P521,
    /// An ECDSA key on secp256k1.
    Secp256k1,
    /// An Ed25519 key.
    Ed25519,
}

/// The name that people use: `256-bit secret`, `RSA 2048`, `EC P-256`, `Ed25519`.
impl std::fmt::Display for KeyKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Secret { bytes } => write!(f, "{}-bit secret", bytes * 8),
            Self::Rsa { bits } => write!(f, "RSA {bits}"),
            Self::RsaPss { bits } => write!(f, "RSA-PSS {bits}"),
            Self::P256 => f.write_str("EC P-256"),
            Self::P384 => f.write_str("EC P-384"),
            Self::P521 => f.write_str("EC P-521"),
            Self::Secp256k1 => f.write_str("EC secp256k1"),
            Self::Ed25519 => f.write_str("Ed25519"),
        }
    }
}

/// The cryptographic part of a key, ready for use.
pub(super) trait Material: Send + Sync {
    fn kind(&self) -> KeyKind;
    /// The algorithms that it can serve while nothing binds it, the default for signing first.
    fn serves(&self) -> &'static [Algorithm];
    fn is_private(&self) -> bool;
    /// Callers pass only an algorithm that it serves.
    fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError>;
    /// Callers pass only an algorithm that it serves.
    fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool;
    /// The members of its JWK that RFC 7638 §3.2 hashes, in lexicographic order. For a secret, they contain the secret.
    fn required_members(&self) -> Vec<(&'static str, String)>;
    /// The JWK members that only a private key has.
    fn private_members(&self) -> Vec<(&'static str, String)>;
    /// The PKCS#8 of a pair's private part.
    fn private_der(&self) -> Option<Zeroizing<Vec<u8>>>;
    /// The SPKI of a pair.
    fn public_der(&self) -> Option<Vec<u8>>;
    /// With which parameters an RSA-PSS signature was made that does not verify.
    fn pss_parameters(&self, _: Algorithm, _: &[u8], _: &[u8]) -> Option<PssParameters> {
        None
    }
    /// The bytes of a secret.
    fn secret_bytes(&self) -> Option<Secret> {
        None
    }
}

/// What is wrong with key material. The text quotes none of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::core) struct KeyDefect(pub(in crate::core) String);

/// Why bytes can't be an HMAC secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// No bytes at all.
    #[error("the secret is empty")]
    Empty,
    /// Key material of another kind; the text names it.
    #[error("{0} can't be used as an HMAC secret")]
    KeyMaterial(&'static str),
    /// A text that is no secret but leads to one; it says what the text is and how to get the secret.
    #[error(transparent)]
    NoSecret(#[from] NoSecret),
}

/// Why nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key has no private part, may not sign, or does not serve the algorithm.
    #[error("the key can't sign with that algorithm")]
    Unfit,
    /// The backend failed.
    #[error("signing failed")]
    Backend,
}
