//! One key, prepared once for any number of tokens.
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::ec::{self, Curve};
use super::material::{KeyDefect, KeyKind, Material, SecretError, SignError};
use super::pss::Pss;
use super::rsa::{self, RsaParts};
use super::salt::PssParameters;
use super::{ed25519, foreign, hmac};
use crate::core::algorithm::Algorithm;
use crate::core::entropy::Entropy;
use crate::core::secret::Secret;
use crate::core::time::Timestamp;

/// One key, prepared once for any number of tokens. `Debug` shows its kind, its kid and whether it is private, never its material.
pub struct Key {
    pub(super) material: Box<dyn Material>,
    kid: Option<String>,
    algorithms: Vec<Algorithm>,
    bound: Option<Algorithm>,
    may_sign: bool,
    may_verify: bool,
    retired: Option<Timestamp>,
    /// Why its private part is not here, if the file had one.
    defect: Option<String>,
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

/// What a JWK says its key may be used for (RFC 7517 §4.2, §4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) struct KeyUse {
    pub(in crate::core) sign: bool,
    pub(in crate::core) verify: bool,
}

impl Key {
    pub(super) fn from_material(material: impl Material + 'static) -> Self {
        Self {
            algorithms: material.serves().to_vec(),
            material: Box::new(material),
            kid: None,
            bound: None,
            may_sign: true,
            may_verify: true,
            retired: None,
            defect: None,
        }
    }

    /// Makes a key of an HMAC secret's bytes as they are. It serves HS256, HS384 and HS512.
    ///
    /// # Errors
    /// The secret is empty. Or it is public or private key material in any wrapping (PEM, SSH, JWK text, a DER key or certificate, a point of a curve), or a
    /// text that only stands in a secret's place: neither may become an HMAC secret.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the caller's copy of a secret ends here"
    )]
    pub fn from_secret(secret: Secret) -> Result<Self, SecretError> {
        if secret.is_empty() {
            return Err(SecretError::Empty);
        }
        if let Some(refused) = foreign::refusal(secret.expose()) {
            return Err(refused);
        }
        Ok(Self::from_material(hmac::Hmac::new(&secret)))
    }

    /// Makes an RSA public key from its big-endian members.
    pub(in crate::core) fn rsa_public(
        modulus: &[u8],
        exponent: &[u8],
        pss: Option<Pss>,
    ) -> Result<Self, KeyDefect> {
        let key = rsa::Rsa::public(modulus, exponent)?;
        key.limited(pss).map(Self::from_material)
    }
    /// Makes an RSA private key. Below 2048 bits only the public part is kept, because the backend does not sign with such a key.
    pub(in crate::core) fn rsa_private(
        parts: &RsaParts<'_>,
        pss: Option<Pss>,
    ) -> Result<Self, KeyDefect> {
        let key = rsa::Rsa::private(parts)?;
        key.limited(pss).map(Self::from_material)
    }
    /// Makes an EC public key from its point (SEC 1 §2.3.3).
    pub(in crate::core) fn ec_public(curve: Curve, point: &[u8]) -> Result<Self, KeyDefect> {
        ec::Ec::public(curve, point).map(Self::from_material)
    }
    /// Makes an EC private key from its number. If a point is given, it must fit.
    pub(in crate::core) fn ec_private(
        curve: Curve,
        number: &[u8],
        point: Option<&[u8]>,
    ) -> Result<Self, KeyDefect> {
        ec::Ec::private(curve, number, point).map(Self::from_material)
    }
    /// Makes an Ed25519 public key.
    pub(in crate::core) fn ed25519_public(public: &[u8]) -> Result<Self, KeyDefect> {
        ed25519::Ed25519::public(public).map(Self::from_material)
    }
    /// Makes an Ed25519 private key from its seed. If a public key is given, it must fit.
    pub(in crate::core) fn ed25519_private(
        seed: &[u8],
        public: Option<&[u8]>,
    ) -> Result<Self, KeyDefect> {
        ed25519::Ed25519::private(seed, public).map(Self::from_material)
    }

    /// Makes a fresh 256-bit secret, bound to HS256.
    pub fn generate_secret(entropy: &mut dyn Entropy) -> Self {
        let mut bytes = vec![0_u8; 32];
        entropy.fill(&mut bytes);
        // Not `from_secret`, which inspects what a user gave: this is fresh random data.
        let mut key = Self::from_material(hmac::Hmac::new(&Secret::new(bytes)));
        key.bind(Algorithm::Hs256);
        key
    }

    /// Binds the key to one algorithm, as a JWK's `alg` does. If the key can't serve that algorithm, it serves none.
    pub(in crate::core) fn bind(&mut self, algorithm: Algorithm) {
        self.algorithms.retain(|served| *served == algorithm);
        self.bound = Some(algorithm);
    }

    /// Limits the key to the purpose that its JWK states.
    pub(in crate::core) fn limit(&mut self, purpose: KeyUse) {
        self.may_sign = purpose.sign;
        self.may_verify = purpose.verify;
    }

    /// Retires the key: it no longer signs, and it checks signatures until `end`. A JWK states this as `exp`.
    #[must_use]
    pub fn retired_until(mut self, end: Timestamp) -> Self {
        self.retired = Some(end);
        self
    }

    /// Records why the private part that the key had in its file can't be used.
    #[must_use]
    pub(in crate::core) fn without_private(mut self, why: String) -> Self {
        self.defect = Some(why);
        self
    }

    /// Why the private part that the key had in its file can't be used, if that is why the key has none.
    pub(in crate::core) fn defect(&self) -> Option<&str> {
        self.defect.as_deref()
    }

    /// The key's kind and size.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.material.kind()
    }
    /// The key's `kid`, if it has one.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }
    /// Sets or removes the key's kid.
    #[must_use]
    pub fn with_kid(mut self, kid: Option<String>) -> Self {
        self.kid = kid;
        self
    }
    /// Whether the key holds what signing needs: a secret or a private key.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.material.is_private()
    }
    /// Whether the key can sign: it is a secret or a private key, its `use` and `key_ops` allow signing, and it is not retired.
    #[must_use]
    pub fn can_sign(&self) -> bool {
        self.may_sign && self.material.is_private() && self.retired.is_none()
    }
    /// When a retired key stops checking signatures (a JWK's `exp`). `None` if the key is not retired.
    #[must_use]
    pub fn retirement(&self) -> Option<Timestamp> {
        self.retired
    }
    /// Whether the key is retired and its end has passed, so that it no longer checks signatures.
    #[must_use]
    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.retired.is_some_and(|end| now >= end)
    }
    /// The one algorithm that the key is bound to (a JWK's `alg`).
    #[must_use]
    pub fn bound(&self) -> Option<Algorithm> {
        self.bound
    }
    /// Whether the key's `use` and `key_ops` allow verifying.
    #[must_use]
    pub fn can_verify(&self) -> bool {
        self.may_verify
    }
    /// The algorithms that the key serves within its own binding (`alg`), the default for signing first. Empty if the binding contradicts the key.
    #[must_use]
    pub fn algorithms(&self) -> &[Algorithm] {
        &self.algorithms
    }
    /// Whether the key is too weak for `algorithm` (RFC 7518 §3.2: a secret shorter than the hash; §3.3: RSA below 2048 bits). If so, returns the length it has
    /// and the length it needs, in bits.
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
    /// The RFC 7638 SHA-256 thumbprint of the public part, in base64url. A secret's thumbprint covers its `oct` JWK: never show it for a secret that a user
    /// chose.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        // Every value is base64url or a registered name, so nothing needs escaping and the text is the JSON that §3.3 asks for.
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
    /// Whether an `alg`, `use` or `key_ops` limits the key beyond its kind.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.bound.is_some() || !self.may_sign || !self.may_verify
    }
    /// Whether the binding takes nothing away, because keys of this kind serve only that one algorithm.
    pub(in crate::core) fn is_bound_to_all(&self) -> bool {
        self.may_sign && self.may_verify && self.material.serves() == self.algorithms
    }
    /// Whether the backend gets no private part of this key, because it is RSA below 2048 bits.
    pub(in crate::core) fn weakness_of_kind(&self) -> bool {
        matches!(self.kind(), KeyKind::Rsa { bits } if bits < rsa::STRONG_BITS)
    }
    /// Writes the key as a JWK (RFC 7517): `kty`, `kid`, `use: sig` if it is public, `alg` if it is bound to one or for PSS alone, `key_ops` if they limit it, `exp` if it is
    /// retired, and its members. With `private`, these include the secret or private members: use that only to write key files. Without it, a secret has no
    /// members.
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
        // No other member of a JWK limits a key to PSS: without `alg` it would serve RS256 too.
        let alg = match self.kind() {
            KeyKind::RsaPss { .. } => self.algorithms.first().copied(),
            _ => self.bound,
        };
        let first = [
            ("kty", kty.as_deref().map(text)),
            ("kid", self.kid.as_deref().map(text)),
            ("use", (public && !private).then(|| text("sig"))),
            ("alg", alg.map(|algorithm| text(algorithm.name()))),
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
    /// The `key_ops` of a key that may not do all it could. A public part has none: it is there to verify, even if its private key may only sign.
    fn operations(&self, private: bool) -> Option<Value> {
        (private && !(self.may_sign && self.may_verify)).then(|| {
            let both = [(self.may_sign, "sign"), (self.may_verify, "verify")];
            both.iter()
                .filter(|(may, _)| *may)
                .map(|(_, name)| Value::String((*name).to_owned()))
                .collect()
        })
    }
    /// Signs a message. Ask [`super::KeySet::for_signing`] and [`Key::weakness`] first: they decide what to refuse (binding, weakness).
    ///
    /// # Errors
    /// The key can't sign (no private part, forbidden or retired), or it does not serve `algorithm`, or the backend failed.
    pub fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        if !self.can_sign() || !self.algorithms.contains(&algorithm) {
            return Err(SignError::Unfit);
        }
        self.material.sign(algorithm, message)
    }
    /// With which parameters this key made an RSA-PSS signature that does not verify, if it did. Use it only to explain a refusal.
    #[must_use]
    pub(crate) fn pss_parameters(
        &self,
        algorithm: Algorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Option<PssParameters> {
        self.material.pss_parameters(algorithm, message, signature)
    }
    /// Whether this key made `signature` over `message`. False for an algorithm that the key does not serve. A weak key is not refused here.
    #[must_use]
    pub fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        self.may_verify
            && self.algorithms.contains(&algorithm)
            && self.material.verify(algorithm, message, signature)
    }
}
