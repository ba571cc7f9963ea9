//! Keys, sets of keys, and which of them may check or sign a token: the key decides the algorithms, never the token.
pub(in crate::core) mod asn1;
mod ec;
mod ed25519;
mod foreign;
mod generate;
mod hmac;
mod prepared;
mod roca;
mod rsa;
mod set;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::algorithm::Algorithm;
use super::entropy::Entropy;
use super::secret::Secret;
use super::time::Timestamp;

pub(in crate::core) use ec::Curve;
pub use foreign::NoSecret;
pub(in crate::core) use foreign::no_secret;
pub use generate::{GenerateError, RSA_SIZES};
pub use hmac::hmac_with;
pub(in crate::core) use rsa::RsaParts;
pub use set::{ForVerifying, KeySet, NoSigner};

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

/// As people name it: `256-bit secret`, `RSA 2048`, `EC P-256`, `Ed25519`.
impl std::fmt::Display for KeyKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Secret { bytes } => write!(f, "{}-bit secret", bytes * 8),
            Self::Rsa { bits } => write!(f, "RSA {bits}"),
            Self::P256 => f.write_str("EC P-256"),
            Self::P384 => f.write_str("EC P-384"),
            Self::P521 => f.write_str("EC P-521"),
            Self::Ed25519 => f.write_str("Ed25519"),
        }
    }
}

/// The cryptographic part of a key, ready for use.
trait Material: Send + Sync {
    fn kind(&self) -> KeyKind;
    /// What it could serve if nothing were bound, the default for signing first.
    fn serves(&self) -> &'static [Algorithm];
    fn is_private(&self) -> bool;
    /// Called for an algorithm it serves alone.
    fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError>;
    /// Called for an algorithm it serves alone.
    fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool;
    /// The members of its JWK that RFC 7638 §3.2 hashes, in lexicographic order. A secret's hold the secret.
    fn required_members(&self) -> Vec<(&'static str, String)>;
    /// The JWK members beyond those that only a private key has.
    fn private_members(&self) -> Vec<(&'static str, String)>;
    /// PKCS#8, of the private part of a pair.
    fn private_der(&self) -> Option<Zeroizing<Vec<u8>>>;
    /// SPKI, of a pair.
    fn public_der(&self) -> Option<Vec<u8>>;
    /// A secret's own bytes.
    fn secret_bytes(&self) -> Option<Secret> {
        None
    }
}

/// One key, prepared once for any number of tokens. `Debug` shows kind, kid and whether it is private, never material.
pub struct Key {
    material: Box<dyn Material>,
    kid: Option<String>,
    algorithms: Vec<Algorithm>,
    bound: Option<Algorithm>,
    may_sign: bool,
    may_verify: bool,
    retired: Option<Timestamp>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key")
            .field("kind", &self.kind())
            .field("kid", &self.kid)
            .field("private", &self.material.is_private())
            .finish_non_exhaustive()
    }
}

/// What is wrong with key material, in words that quote none of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::core) struct Unsound(pub(in crate::core) String);

/// What a JWK says that its key is for (RFC 7517 §4.2, §4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) struct Purpose {
    pub(in crate::core) sign: bool,
    pub(in crate::core) verify: bool,
}

impl Key {
    fn from_material(material: impl Material + 'static) -> Self {
        Self {
            algorithms: material.serves().to_vec(),
            material: Box::new(material),
            kid: None,
            bound: None,
            may_sign: true,
            may_verify: true,
            retired: None,
        }
    }

    /// An HMAC secret as it is; serves HS256, HS384 and HS512.
    ///
    /// # Errors
    /// Empty; or public- or private-key material in whatever wrapping (PEM, SSH, JWK text, a DER key or certificate, a point of a curve), or a text that stands
    /// in a secret's place, which must not become an HMAC secret.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the caller's copy of a secret ends here"
    )]
    pub fn from_secret(secret: Secret) -> Result<Self, SecretRefused> {
        if secret.is_empty() {
            return Err(SecretRefused::Empty);
        }
        if let Some(refused) = foreign::refusal(secret.expose()) {
            return Err(refused);
        }
        Ok(Self::from_material(hmac::Hmac::new(&secret)))
    }

    /// An RSA public key from its big-endian members.
    pub(in crate::core) fn rsa_public(modulus: &[u8], exponent: &[u8]) -> Result<Self, Unsound> {
        rsa::Rsa::public(modulus, exponent).map(Self::from_material)
    }
    /// An RSA private key; below 2048 bits its public part alone, for the backend signs with no such key.
    pub(in crate::core) fn rsa_private(parts: &RsaParts<'_>) -> Result<Self, Unsound> {
        rsa::Rsa::private(parts).map(Self::from_material)
    }
    /// An EC public key from its point (SEC 1 §2.3.3).
    pub(in crate::core) fn ec_public(curve: Curve, point: &[u8]) -> Result<Self, Unsound> {
        ec::Ec::public(curve, point).map(Self::from_material)
    }
    /// An EC private key from its number, which must fit the point where there is one.
    pub(in crate::core) fn ec_private(
        curve: Curve,
        number: &[u8],
        point: Option<&[u8]>,
    ) -> Result<Self, Unsound> {
        ec::Ec::private(curve, number, point).map(Self::from_material)
    }
    /// An Ed25519 public key.
    pub(in crate::core) fn ed25519_public(public: &[u8]) -> Result<Self, Unsound> {
        ed25519::Ed25519::public(public).map(Self::from_material)
    }
    /// An Ed25519 private key from its seed, which must fit the public key where there is one.
    pub(in crate::core) fn ed25519_private(
        seed: &[u8],
        public: Option<&[u8]>,
    ) -> Result<Self, Unsound> {
        ed25519::Ed25519::private(seed, public).map(Self::from_material)
    }

    /// A fresh 256-bit secret, bound to HS256.
    pub fn generate_secret(entropy: &mut dyn Entropy) -> Self {
        let mut bytes = vec![0_u8; 32];
        entropy.fill(&mut bytes);
        // Not by `from_secret`: what entropy gives is no one's key file.
        let mut key = Self::from_material(hmac::Hmac::new(&Secret::new(bytes)));
        key.bind(Algorithm::Hs256);
        key
    }

    /// Binds the key to one algorithm, as a JWK's `alg` does; one that it can't serve leaves it with none.
    pub(in crate::core) fn bind(&mut self, algorithm: Algorithm) {
        self.algorithms.retain(|served| *served == algorithm);
        self.bound = Some(algorithm);
    }

    /// Binds the key to what its JWK says that it is for.
    pub(in crate::core) fn limit(&mut self, purpose: Purpose) {
        self.may_sign = purpose.sign;
        self.may_verify = purpose.verify;
    }

    /// Retires it: it signs no more, and checks signatures until then. A JWK's `exp` says so.
    #[must_use]
    pub fn retired_until(mut self, end: Timestamp) -> Self {
        self.retired = Some(end);
        self
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.material.kind()
    }
    /// Its `kid`, if it has one.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }
    /// Gives it a kid, or takes it away.
    #[must_use]
    pub fn with_kid(mut self, kid: Option<String>) -> Self {
        self.kid = kid;
        self
    }
    /// Whether it holds what signing needs: a secret or a private key.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.material.is_private()
    }
    /// Whether it holds what signing needs (a secret or a private key), its `use`/`key_ops` allow signing, and it is not retired.
    #[must_use]
    pub fn can_sign(&self) -> bool {
        self.may_sign && self.material.is_private() && self.retired.is_none()
    }
    /// Until when it checks signatures, if it is retired (a JWK's `exp`).
    #[must_use]
    pub fn retirement(&self) -> Option<Timestamp> {
        self.retired
    }
    /// Whether it is retired and its time is over: it checks no signature any more.
    #[must_use]
    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.retired.is_some_and(|end| now >= end)
    }
    /// The one algorithm that it is bound to (a JWK's `alg`).
    #[must_use]
    pub fn bound(&self) -> Option<Algorithm> {
        self.bound
    }
    /// Whether its `use`/`key_ops` allow verifying.
    #[must_use]
    pub fn can_verify(&self) -> bool {
        self.may_verify
    }
    /// The algorithms it serves after its own bindings (`alg`), the default for signing first; empty where its bindings contradict it.
    #[must_use]
    pub fn algorithms(&self) -> &[Algorithm] {
        &self.algorithms
    }
    /// Whether it is too weak for `algorithm` (RFC 7518 §3.2: a secret shorter than the hash; §3.3: RSA below 2048 bits): `(what it has, what is needed)`, in bits.
    #[must_use]
    pub fn weakness(&self, algorithm: Algorithm) -> Option<(usize, usize)> {
        let (has, needed) = match (self.kind(), algorithm) {
            (KeyKind::Secret { bytes }, Algorithm::Hs256) => (bytes * 8, 256),
            (KeyKind::Secret { bytes }, Algorithm::Hs384) => (bytes * 8, 384),
            (KeyKind::Secret { bytes }, Algorithm::Hs512) => (bytes * 8, 512),
            (KeyKind::Rsa { bits }, _) => (bits, 2048),
            _ => return None,
        };
        (has < needed).then_some((has, needed))
    }
    /// RFC 7638 SHA-256 thumbprint, base64url, of the public part (of a secret: of its `oct` JWK; never to be shown for one a user chose).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        // Every value is base64url or a registered name: nothing to escape, so the text is the JSON that §3.3 asks for.
        let mut json = Zeroizing::new(String::from("{"));
        for (name, value) in self.material.required_members() {
            if json.len() > 1 {
                json.push(',');
            }
            for piece in ["\"", name, "\":\"", &value, "\""] {
                json.push_str(piece);
            }
        }
        json.push('}');
        URL_SAFE_NO_PAD.encode(digest(&SHA256, json.as_bytes()))
    }
    /// Whether an `alg`, `use` or `key_ops` says more than its kind does.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.bound.is_some() || !self.may_sign || !self.may_verify
    }
    /// Whether such a binding takes nothing away: its kind serves the one algorithm alone.
    pub(in crate::core) fn is_bound_to_all(&self) -> bool {
        self.may_sign && self.may_verify && self.material.serves() == self.algorithms
    }
    /// Whether the backend is given no private part of such a key: RSA below 2048 bits.
    pub(in crate::core) fn weakness_of_kind(&self) -> bool {
        matches!(self.kind(), KeyKind::Rsa { bits } if bits < rsa::STRONG_BITS)
    }
    /// The key as a JWK (RFC 7517): `kty`, `kid`, `use: sig` for a public one, `alg` where it is bound to one, `key_ops` where these limit it, `exp` where it is
    /// retired, and its members. With
    /// `private` the secret or private members are among these: for writing key files, and for nothing else. Without, a secret gives none.
    #[must_use]
    pub fn to_jwk(&self, private: bool) -> Map<String, Value> {
        let public = !matches!(self.kind(), KeyKind::Secret { .. });
        let mut members = self.material.required_members();
        if private {
            members.extend(self.material.private_members());
        }
        let kty = members.iter().position(|(name, _)| *name == "kty");
        let kty = kty.map(|at| members.remove(at).1);
        let text = |value: &str| Value::String(value.to_owned());
        let first = [
            ("kty", kty.as_deref().map(text)),
            ("kid", self.kid.as_deref().map(text)),
            ("use", (public && !private).then(|| text("sig"))),
            ("alg", self.bound.map(|algorithm| text(algorithm.name()))),
            ("key_ops", self.operations(private || !public)),
            ("exp", self.retired.map(|end| Value::from(end.seconds()))),
        ];
        let mut jwk = Map::new();
        for (name, value) in first {
            if let Some(value) = value {
                jwk.insert(name.to_owned(), value);
            }
        }
        if public || private {
            for (name, value) in members {
                jwk.insert(name.to_owned(), Value::String(value));
            }
        }
        jwk
    }
    /// `key_ops` of a key that may not do all it could. The public part of a key that may sign is there to verify.
    fn operations(&self, private: bool) -> Option<Value> {
        (private && !(self.may_sign && self.may_verify)).then(|| {
            let both = [(self.may_sign, "sign"), (self.may_verify, "verify")];
            both.iter()
                .filter(|(may, _)| *may)
                .map(|(_, name)| Value::String((*name).to_owned()))
                .collect()
        })
    }
    /// Signs. What may refuse (binding, weakness) is asked before, by [`KeySet::for_signing`] and [`Key::weakness`].
    ///
    /// # Errors
    /// The key holds no private part, or does not serve `algorithm`, or the backend failed.
    pub fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        if !self.can_sign() || !self.algorithms.contains(&algorithm) {
            return Err(SignError::Unfit);
        }
        self.material.sign(algorithm, message)
    }
    /// Whether `signature` is this key's over `message`. False for an algorithm it does not serve. Says nothing about weakness.
    #[must_use]
    pub fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        self.may_verify
            && self.algorithms.contains(&algorithm)
            && self.material.verify(algorithm, message, signature)
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
    /// It is no secret, and there is a way to the secret: what, and how.
    #[error(transparent)]
    NoSecret(#[from] NoSecret),
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

#[cfg(test)]
pub(in crate::core) mod tests;
