//! Keys, sets of keys, and which of them may check or sign a token: the key decides the algorithms, never the token.
use super::algorithm::{AlgName, Algorithm};
use super::secret::Secret;

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// An HMAC secret of so many bytes.
    Secret {
        /// Length in bytes.
        bytes: usize,
    },
    /// RSA with a modulus of so many bits.
    Rsa {
        /// Length of the modulus in bits.
        bits: usize,
    },
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
    /// ECDSA on P-521.
    P521,
    /// Ed25519.
    Ed25519,
}

/// One key, prepared once for any number of tokens. `Debug` shows kind, kid and whether it is private, never material.
pub struct Key {
    _private: (),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").finish_non_exhaustive()
    }
}

impl Key {
    /// An HMAC secret as it is; serves HS256, HS384 and HS512.
    ///
    /// # Errors
    /// Empty; or public- or private-key material (PEM, SSH, JWK text, a DER key or certificate), which must not become an HMAC secret.
    pub fn from_secret(secret: Secret) -> Result<Self, SecretRefused> {
        let _ = secret;
        todo!()
    }
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        todo!()
    }
    /// Its `kid`, if it has one.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        todo!()
    }
    /// Gives it a kid, or takes it away.
    #[must_use]
    pub fn with_kid(self, kid: Option<String>) -> Self {
        let _ = kid;
        todo!()
    }
    /// Whether it holds what signing needs (a secret or a private key) and its `use`/`key_ops` allow signing.
    #[must_use]
    pub fn can_sign(&self) -> bool {
        todo!()
    }
    /// Whether its `use`/`key_ops` allow verifying.
    #[must_use]
    pub fn can_verify(&self) -> bool {
        todo!()
    }
    /// The algorithms it serves after its own bindings (`alg`), the default for signing first; empty where its bindings contradict it.
    #[must_use]
    pub fn algorithms(&self) -> &[Algorithm] {
        todo!()
    }
    /// Whether it is too weak for `algorithm` (RFC 7518 §3.2: a secret shorter than the hash; §3.3: RSA below 2048 bits): `(what it has, what is needed)`, in bits.
    #[must_use]
    pub fn weakness(&self, algorithm: Algorithm) -> Option<(usize, usize)> {
        let _ = algorithm;
        todo!()
    }
    /// RFC 7638 SHA-256 thumbprint, base64url, of the public part (of a secret: of its `oct` JWK; never to be shown for one a user chose).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        todo!()
    }
    /// Signs. Everything that may refuse (binding, weakness) was asked before, by [`KeySet::for_signing`].
    ///
    /// # Errors
    /// The key holds no private part, or does not serve `algorithm`, or the backend failed.
    pub fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let _ = (algorithm, message);
        todo!()
    }
    /// Whether `signature` is this key's over `message`. False for an algorithm it does not serve. Says nothing about weakness.
    #[must_use]
    pub fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let _ = (algorithm, message, signature);
        todo!()
    }
}

/// Why bytes can't be an HMAC secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretRefused {
    /// No bytes at all.
    #[error("the secret is empty")]
    Empty,
    /// It is key material of another kind: what.
    #[error("{0} can't be used as an HMAC secret")]
    KeyMaterial(&'static str),
}

/// Why nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// No private part, or an algorithm that the key does not serve.
    #[error("the key can't sign with that algorithm")]
    Unfit,
    /// The backend refused.
    #[error("signing failed")]
    Backend,
}

/// The keys of one or more sources, in their order.
#[derive(Default)]
pub struct KeySet {
    keys: Vec<Key>,
}

/// Which of a set's keys may check a token.
#[derive(Debug)]
pub enum ForVerifying<'a> {
    /// These, in order; never empty. Weakness is not judged here: see [`Key::weakness`].
    Try(Vec<&'a Key>),
    /// The token's `kid` is not in the set (all keys have kids, none is this): the kids there are.
    UnknownKid(Vec<&'a str>),
    /// No key serves that algorithm: the algorithms there are, without repeats.
    WrongAlgorithm(Vec<Algorithm>),
    /// The set is empty.
    NoKey,
}

/// Why no key can sign.
#[derive(Debug, PartialEq, Eq)]
pub enum NoSigner {
    /// The set is empty.
    NoKey,
    /// Public keys only.
    PublicOnly,
    /// No private key has that kid: the kids there are.
    UnknownKid(Vec<String>),
    /// No private key serves the algorithm asked for: the algorithms there are.
    WrongAlgorithm(Vec<Algorithm>),
    /// Several would do, and no kid was named: `kid or "(no kid)", algorithms`.
    Ambiguous(Vec<String>),
}

impl KeySet {
    /// A set of these.
    #[must_use]
    pub fn new(keys: Vec<Key>) -> Self {
        Self { keys }
    }
    /// Its keys.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }
    /// Adds another source's keys behind these.
    pub fn extend(&mut self, other: Self) {
        self.keys.extend(other.keys);
    }
    /// The keys that may check a token with this header: a key's kid, where both have one, must be the token's; a key without a kid fits any; `narrow`
    /// (`--alg`; empty: no narrowing) and the keys' own bindings decide the algorithm.
    #[must_use]
    pub fn for_verifying(
        &self,
        alg: Algorithm,
        kid: Option<&str>,
        narrow: &[Algorithm],
    ) -> ForVerifying<'_> {
        let _ = (alg, kid, narrow);
        todo!()
    }
    /// The key and algorithm that sign: `kid` picks, or (with a single private key without that kid) is simply written; the algorithm is the JWK's `alg`, else
    /// `alg`, else the key's default (HS256, RS256, the curve's).
    ///
    /// # Errors
    /// See [`NoSigner`].
    pub fn for_signing(
        &self,
        alg: Option<Algorithm>,
        kid: Option<&str>,
    ) -> Result<(&Key, Algorithm), NoSigner> {
        let _ = (alg, kid);
        todo!()
    }
}

/// The header's algorithm as a token presents it, for callers that hold an [`AlgName`].
#[must_use]
pub fn supported(name: &AlgName) -> Option<Algorithm> {
    match name {
        AlgName::Supported(algorithm) => Some(*algorithm),
        _ => None,
    }
}
