//! Ed25519 keys (RFC 8032, RFC 8037).
use aws_lc_rs::encoding::{AsBigEndian as _, AsDer as _, Curve25519SeedBin, PublicKeyX509Der};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::material::{KeyDefect, KeyKind, Material, SignError};
use crate::core::algorithm::Algorithm;

/// An Ed25519 key, private or public.
pub(super) struct Ed25519 {
    public: [u8; 32],
    verifying: ParsedPublicKey,
    pair: Option<Ed25519KeyPair>,
}

impl Ed25519 {
    pub(super) fn public(bytes: &[u8]) -> Result<Self, KeyDefect> {
        let public: [u8; 32] = bytes
            .try_into()
            .map_err(|_| KeyDefect(format!("its public key has {} bytes, not 32", bytes.len())))?;
        if is_not_canonical(&public) {
            return Err(KeyDefect(
                "its public key is not encoded as RFC 8032 requires".to_owned(),
            ));
        }
        if has_small_order(&public) {
            return Err(KeyDefect(
                "its public key has a small order, so anyone can sign for it".to_owned(),
            ));
        }
        let verifying = ParsedPublicKey::new(&ED25519, public)
            .map_err(|_| KeyDefect("it is not an Ed25519 key".to_owned()))?;
        Ok(Self {
            public,
            verifying,
            pair: None,
        })
    }

    /// Makes a private key from its seed. If a public key is given, it must belong to this seed.
    pub(super) fn private(seed: &[u8], public: Option<&[u8]>) -> Result<Self, KeyDefect> {
        if seed.len() != 32 {
            return Err(KeyDefect(format!(
                "its private key has {} bytes, not 32",
                seed.len()
            )));
        }
        let broken = |_| KeyDefect("it is not an Ed25519 key".to_owned());
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(broken)?;
        if public.is_some_and(|public| public != pair.public_key().as_ref()) {
            return Err(KeyDefect(
                "its private and public parts do not match".to_owned(),
            ));
        }
        let mut key = Self::public(pair.public_key().as_ref())?;
        key.pair = Some(pair);
        Ok(key)
    }
}

/// 2^255 - 19, little-endian as RFC 8032 §5.1.2 writes a coordinate.
const PRIME: [u8; 32] = {
    let mut prime = [0xff; 32];
    prime[0] = 0xed;
    prime[31] = 0x7f;
    prime
};

/// The `y` of the eight points whose order divides eight, without the sign bit of `x`. If one of them is the public key, the signature with the neutral element
/// as `R` and `S = 0` holds for at least every eighth message. If the neutral element is the key, it holds for every message.
const SMALL_ORDER: [[u8; 32]; 5] = [
    [0; 32],
    {
        let mut one = [0; 32];
        one[0] = 1;
        one
    },
    {
        let mut minus_one = PRIME;
        minus_one[0] = 0xec;
        minus_one
    },
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
];

fn without_sign(encoded: &[u8; 32]) -> [u8; 32] {
    let mut y = *encoded;
    y[31] &= 0x7f;
    y
}

fn has_small_order(encoded: &[u8; 32]) -> bool {
    SMALL_ORDER.contains(&without_sign(encoded))
}

/// Whether `y` is not below the prime, which makes it a second spelling of another point (RFC 8032 §5.1.3 step 1).
fn is_not_canonical(encoded: &[u8; 32]) -> bool {
    without_sign(encoded).iter().rev().ge(PRIME.iter().rev())
}

impl Material for Ed25519 {
    fn kind(&self) -> KeyKind {
        KeyKind::Ed25519
    }
    fn serves(&self) -> &'static [Algorithm] {
        &[Algorithm::EdDsa, Algorithm::Ed25519]
    }
    fn is_private(&self) -> bool {
        self.pair.is_some()
    }
    fn sign(&self, _: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let pair = self.pair.as_ref().ok_or(SignError::Unfit)?;
        let signed = pair.try_sign(message).map_err(|_| SignError::Backend)?;
        Ok(signed.as_ref().to_vec())
    }
    fn verify(&self, _: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        self.verifying.verify_sig(message, signature).is_ok()
    }
    fn required_members(&self) -> Vec<(&'static str, String)> {
        vec![
            ("crv", "Ed25519".to_owned()),
            ("kty", "OKP".to_owned()),
            ("x", URL_SAFE_NO_PAD.encode(self.public)),
        ]
    }
    fn private_members(&self) -> Vec<(&'static str, String)> {
        let seed = self.pair.as_ref().and_then(|pair| pair.seed().ok());
        let seed: Option<Curve25519SeedBin<'_>> = seed.and_then(|seed| seed.as_be_bytes().ok());
        seed.map_or_else(Vec::new, |seed| {
            vec![("d", URL_SAFE_NO_PAD.encode(seed.as_ref()))]
        })
    }
    fn private_der(&self) -> Option<Zeroizing<Vec<u8>>> {
        let der = self.pair.as_ref()?.to_pkcs8v1().ok()?;
        Some(Zeroizing::new(der.as_ref().to_vec()))
    }
    fn public_der(&self) -> Option<Vec<u8>> {
        let der: PublicKeyX509Der<'_> = self.verifying.as_der().ok()?;
        Some(der.as_ref().to_vec())
    }
}
