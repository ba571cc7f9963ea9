//! Makes fresh keys of every kind.
use zeroize::Zeroizing;

use super::ec::{self, Curve};
use super::material::KeyKind;
use super::one::Key;
use super::pss::Pss;
use super::{ed25519, hmac, rsa};
use crate::core::algorithm::Algorithm;
use crate::core::entropy::Entropy;
use crate::core::secret::Secret;

/// The RSA moduli that we make, in bits. RFC 7518 §3.3 forbids shorter ones; with longer ones a signature takes too long for what it gives.
pub(super) const RSA_SIZES: [usize; 3] = [2048, 3072, 4096];

/// The secrets that we make, in bytes. RFC 7518 §3.2 asks for at least the hash's length, and HMAC hashes a secret that is longer than its block.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 32..=128;

impl KeyKind {
    /// The kind of key to make for an algorithm: a secret as long as the hash, RSA 2048, or the algorithm's curve.
    #[must_use]
    pub const fn made_for(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Hs256 => Self::Secret { bytes: 32 },
            Algorithm::Hs384 => Self::Secret { bytes: 48 },
            Algorithm::Hs512 => Self::Secret { bytes: 64 },
            Algorithm::Rs256
            | Algorithm::Rs384
            | Algorithm::Rs512
            | Algorithm::Ps256
            | Algorithm::Ps384
            | Algorithm::Ps512 => Self::Rsa { bits: 2048 },
            Algorithm::Es256 => Self::P256,
            Algorithm::Es384 => Self::P384,
            Algorithm::Es512 => Self::P521,
            Algorithm::Es256k => Self::Secp256k1,
            Algorithm::EdDsa | Algorithm::Ed25519 => Self::Ed25519,
        }
    }

    /// The same kind of key with another length, in bits.
    ///
    /// # Errors
    /// We make no such key of that length.
    pub fn sized(self, bits: usize) -> Result<Self, GenerateError> {
        match self {
            Self::Rsa { .. } if RSA_SIZES.contains(&bits) => Ok(Self::Rsa { bits }),
            Self::RsaPss { .. } if RSA_SIZES.contains(&bits) => Ok(Self::RsaPss { bits }),
            Self::Rsa { .. } | Self::RsaPss { .. } => Err(GenerateError::RsaSize(bits)),
            Self::Secret { .. } if bits.is_multiple_of(8) && SECRET_BYTES.contains(&(bits / 8)) => {
                Ok(Self::Secret { bytes: bits / 8 })
            }
            Self::Secret { .. } => Err(GenerateError::SecretSize(bits)),
            fixed => Err(GenerateError::FixedSize(fixed)),
        }
    }
}

impl Key {
    /// Makes a fresh private key or secret, bound to no algorithm. A secret and an Ed25519 seed come from `entropy`. RSA and EC keys come from the backend's
    /// own generator, which the operating system seeds.
    ///
    /// # Errors
    /// We make no such key of that length, or the backend failed.
    pub fn generate(kind: KeyKind, entropy: &mut dyn Entropy) -> Result<Self, GenerateError> {
        let backend = |_| GenerateError::Backend;
        match kind {
            KeyKind::Secret { bytes } => {
                kind.sized(bytes * 8)?;
                let mut secret = vec![0; bytes];
                entropy.fill(&mut secret);
                // Not `from_secret`, which inspects what a user gave: this is fresh random data.
                Ok(Self::from_material(hmac::Hmac::new(&Secret::new(secret))))
            }
            KeyKind::Rsa { bits } | KeyKind::RsaPss { bits } => {
                kind.sized(bits)?;
                let pss = matches!(kind, KeyKind::RsaPss { .. }).then(Pss::unlimited);
                rsa::Rsa::generate(bits)
                    .and_then(|key| key.limited(pss))
                    .map(Self::from_material)
                    .map_err(backend)
            }
            KeyKind::P256 => Self::generate_ec(Curve::P256),
            KeyKind::P384 => Self::generate_ec(Curve::P384),
            KeyKind::P521 => Self::generate_ec(Curve::P521),
            KeyKind::Secp256k1 => Self::generate_ec(Curve::Secp256k1),
            KeyKind::Ed25519 => {
                let mut seed = Zeroizing::new([0; 32]);
                entropy.fill(seed.as_mut_slice());
                ed25519::Ed25519::private(seed.as_slice(), None)
                    .map(Self::from_material)
                    .map_err(backend)
            }
        }
    }

    fn generate_ec(curve: Curve) -> Result<Self, GenerateError> {
        ec::Ec::generate(curve)
            .map(Self::from_material)
            .map_err(|_| GenerateError::Backend)
    }

    /// Binds the key to one algorithm, as a JWK's `alg` does. If the key can't serve that algorithm, it serves none.
    #[must_use]
    pub fn bound_to(mut self, algorithm: Algorithm) -> Self {
        self.bind(algorithm);
        self
    }

    /// The key's PKCS#8 (RFC 5958), if it is the private part of a pair.
    pub(in crate::core) fn private_der(&self) -> Option<Zeroizing<Vec<u8>>> {
        self.material.private_der()
    }
    /// The key's `SubjectPublicKeyInfo` (RFC 5280 §4.1), if it has a public part.
    pub(in crate::core) fn public_der(&self) -> Option<Vec<u8>> {
        self.material.public_der()
    }
    /// The secret's bytes, if the key is a secret.
    pub(crate) fn secret_bytes(&self) -> Option<Secret> {
        self.material.secret_bytes()
    }
}

/// Why no key was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// We make no RSA key of that length in bits.
    #[error("an RSA key can't have {0} bits: give 2048, 3072 or 4096")]
    RsaSize(usize),
    /// We make no secret of that length in bits.
    #[error("a secret can't have {0} bits: give 256 to 1024, in whole bytes")]
    SecretSize(usize),
    /// A key of this kind has only one length.
    #[error("the length of an {0} key is fixed")]
    FixedSize(KeyKind),
    /// The backend failed.
    #[error("the key could not be created")]
    Backend,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::core::key::tests::Counter;
    use crate::core::keyfile::{self, Extent, KeyFileForm};

    #[test]
    fn a_key_is_made_for_every_algorithm_and_comes_back_from_each_of_its_forms() {
        for algorithm in Algorithm::ALL {
            let kind = KeyKind::made_for(algorithm);
            let key = Key::generate(kind, &mut Counter(3)).unwrap();
            assert_eq!((key.kind(), key.is_private()), (kind, true));
            assert_eq!(key.weakness(algorithm), None);
            let key = key.bound_to(algorithm).with_kid(Some("k1".to_owned()));
            let signature = key.sign(algorithm, b"message").unwrap();
            let keys = [key];
            for form in [
                KeyFileForm::Jwk,
                KeyFileForm::Jwks,
                KeyFileForm::Pem,
                KeyFileForm::Raw,
            ] {
                let Ok(written) = keyfile::write(&keys, form, Extent::Whole) else {
                    assert_eq!(
                        algorithm.is_hmac(),
                        form == KeyFileForm::Pem,
                        "{algorithm} {form:?}"
                    );
                    continue;
                };
                let read = keyfile::read(&written.content).unwrap().keys.into_keys();
                let [again] = read.as_slice() else {
                    panic!("one key was written");
                };
                assert_eq!(again.kind(), kind, "{algorithm} {form:?}");
                assert!(again.can_sign(), "{algorithm} {form:?}");
                assert!(again.verify(algorithm, b"message", &signature));
                let named = matches!(form, KeyFileForm::Jwk | KeyFileForm::Jwks);
                assert_eq!(again.kid(), named.then_some("k1"));
                assert_eq!(
                    again.algorithms() == [algorithm],
                    named || again.algorithms().len() == 1
                );
            }
        }
    }

    #[test]
    fn two_keys_differ() {
        let mut entropy = Counter(0);
        for kind in [
            KeyKind::Secret { bytes: 32 },
            KeyKind::P256,
            KeyKind::P521,
            KeyKind::Ed25519,
        ] {
            let mut make = || Key::generate(kind, &mut entropy).unwrap().thumbprint();
            assert_ne!(make(), make(), "{kind}");
        }
    }

    #[test]
    fn a_length_that_no_key_is_made_in_is_refused() {
        let rsa = KeyKind::Rsa { bits: 2048 };
        let secret = KeyKind::Secret { bytes: 32 };
        for (kind, bits, expected) in [
            (rsa, 1024, Err(GenerateError::RsaSize(1024))),
            (rsa, 2049, Err(GenerateError::RsaSize(2049))),
            (rsa, 3072, Ok(KeyKind::Rsa { bits: 3072 })),
            (rsa, 8192, Err(GenerateError::RsaSize(8192))),
            (secret, 248, Err(GenerateError::SecretSize(248))),
            (secret, 257, Err(GenerateError::SecretSize(257))),
            (secret, 512, Ok(KeyKind::Secret { bytes: 64 })),
            (
                secret,
                usize::MAX,
                Err(GenerateError::SecretSize(usize::MAX)),
            ),
            (
                KeyKind::P256,
                256,
                Err(GenerateError::FixedSize(KeyKind::P256)),
            ),
        ] {
            assert_eq!(kind.sized(bits), expected);
        }
        let short = Key::generate(KeyKind::Rsa { bits: 1024 }, &mut Counter(0));
        assert_eq!(short.unwrap_err(), GenerateError::RsaSize(1024));
        let short = Key::generate(KeyKind::Secret { bytes: 8 }, &mut Counter(0));
        assert_eq!(short.unwrap_err(), GenerateError::SecretSize(64));
    }
}
