//! ECDSA keys on the NIST curves (RFC 7518 §3.4) and on secp256k1 (RFC 8812 §3).
use aws_lc_rs::encoding::{AsBigEndian as _, AsDer as _, EcPrivateKeyBin, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    self, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair as _, ParsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pkcs8::PrivateKeyInfoRef;
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::{Decode as _, Encode as _};
use pkcs8::spki::SubjectPublicKeyInfoRef;
use zeroize::Zeroizing;

use super::material::{KeyDefect, KeyKind, Material, SignError};
use crate::core::algorithm::Algorithm;

/// A curve that a JWT can be signed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) enum Curve {
    P256,
    P384,
    P521,
    Secp256k1,
}

impl Curve {
    /// The length in bytes of a coordinate, and of the private number (RFC 7518 §6.2.1.2, §6.2.2.1).
    pub(in crate::core) const fn bytes(self) -> usize {
        match self {
            Self::P256 | Self::Secp256k1 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }
    /// The JWK's `crv`.
    pub(in crate::core) const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::Secp256k1 => "secp256k1",
        }
    }
    const fn signing(self) -> &'static EcdsaSigningAlgorithm {
        match self {
            Self::P256 => &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
            Self::P384 => &signature::ECDSA_P384_SHA384_FIXED_SIGNING,
            Self::P521 => &signature::ECDSA_P521_SHA512_FIXED_SIGNING,
            Self::Secp256k1 => &signature::ECDSA_P256K1_SHA256_FIXED_SIGNING,
        }
    }
}

/// Whether a point, compressed or not, lies on the curve.
pub(super) fn lies_on(curve: Curve, point: &[u8]) -> bool {
    parsed(curve, point).is_some()
}

/// Whether a point lies on the curve that Bitcoin and Ethereum sign on.
pub(super) fn lies_on_secp256k1(point: &[u8]) -> bool {
    point.len() == 65 && lies_on(Curve::Secp256k1, point)
}

/// Call this only with bytes as long as a point: the backend would try any other length as a `SubjectPublicKeyInfo`.
fn parsed(curve: Curve, point: &[u8]) -> Option<ParsedPublicKey> {
    match curve {
        Curve::P256 => ParsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point),
        Curve::P384 => ParsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, point),
        Curve::P521 => ParsedPublicKey::new(&signature::ECDSA_P521_SHA512_FIXED, point),
        Curve::Secp256k1 => ParsedPublicKey::new(&signature::ECDSA_P256K1_SHA256_FIXED, point),
    }
    .ok()
}

/// An EC key, private or public.
pub(super) struct Ec {
    curve: Curve,
    /// Uncompressed: `04 x y`.
    point: Vec<u8>,
    verifying: ParsedPublicKey,
    pair: Option<EcdsaKeyPair>,
}

impl Ec {
    /// Makes a public key from its point, compressed or not (SEC 1 §2.3.3).
    pub(super) fn public(curve: Curve, point: &[u8]) -> Result<Self, KeyDefect> {
        // The backend would try anything but the two SEC 1 forms as a SubjectPublicKeyInfo.
        let form = (point.first(), point.len());
        let compressed = matches!(form, (Some(2 | 3), length) if length == 1 + curve.bytes());
        let uncompressed = matches!(form, (Some(4), length) if length == 1 + 2 * curve.bytes());
        if !compressed && !uncompressed {
            return Err(KeyDefect(format!(
                "its public key is not a point of {}",
                curve.name()
            )));
        }
        let off = || {
            KeyDefect(format!(
                "its public key is not on the curve {}",
                curve.name()
            ))
        };
        let verifying = parsed(curve, point).ok_or_else(off)?;
        let point = if uncompressed {
            point.to_vec()
        } else {
            decompressed(&verifying).ok_or_else(off)?
        };
        Ok(Self {
            curve,
            point,
            verifying,
            pair: None,
        })
    }

    /// Makes a private key from its big-endian number. If a public point is given, it must belong to this key.
    pub(super) fn private(
        curve: Curve,
        number: &[u8],
        point: Option<&[u8]>,
    ) -> Result<Self, KeyDefect> {
        let range = || {
            KeyDefect(format!(
                "its private number is out of range for {}",
                curve.name()
            ))
        };
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let significant = number.len() - zeros;
        if significant > curve.bytes() {
            return Err(range());
        }
        let mut padded = Zeroizing::new(vec![0_u8; curve.bytes()]);
        padded[curve.bytes() - significant..].copy_from_slice(&number[zeros..]);
        let sec1 = sec1::EcPrivateKey {
            private_key: &padded,
            parameters: None,
            public_key: None,
        };
        let sec1 = Zeroizing::new(sec1.to_der().map_err(|_| range())?);
        let pair =
            EcdsaKeyPair::from_private_key_der(curve.signing(), &sec1).map_err(|_| range())?;
        let mut key = Self::public(curve, pair.public_key().as_ref())?;
        if let Some(point) = point
            && Self::public(curve, point)?.point != key.point
        {
            return Err(KeyDefect(
                "its private and public parts do not match".to_owned(),
            ));
        }
        key.pair = Some(pair);
        Ok(key)
    }
}

impl Ec {
    /// Makes a fresh key.
    pub(super) fn generate(curve: Curve) -> Result<Self, KeyDefect> {
        let refused = || KeyDefect("it could not be created".to_owned());
        let pair = EcdsaKeyPair::generate(curve.signing()).map_err(|_| refused())?;
        let private = pair.private_key();
        let number: EcPrivateKeyBin<'_> = private.as_be_bytes().map_err(|_| refused())?;
        Self::private(curve, number.as_ref(), None)
    }

    /// The private number, padded to the curve's length.
    fn number(&self) -> Option<Zeroizing<Vec<u8>>> {
        let pair = self.pair.as_ref()?;
        let number: EcPrivateKeyBin<'_> = pair.private_key().as_be_bytes().ok()?;
        Some(Zeroizing::new(number.as_ref().to_vec()))
    }
}

/// Uncompresses a point by having the backend encode the key.
fn decompressed(key: &ParsedPublicKey) -> Option<Vec<u8>> {
    let spki: PublicKeyX509Der<'_> = key.as_der().ok()?;
    let spki = SubjectPublicKeyInfoRef::from_der(spki.as_ref()).ok()?;
    let point = spki.subject_public_key.as_bytes()?;
    (point.first() == Some(&4)).then(|| point.to_vec())
}

impl Material for Ec {
    fn kind(&self) -> KeyKind {
        match self.curve {
            Curve::P256 => KeyKind::P256,
            Curve::P384 => KeyKind::P384,
            Curve::P521 => KeyKind::P521,
            Curve::Secp256k1 => KeyKind::Secp256k1,
        }
    }
    fn serves(&self) -> &'static [Algorithm] {
        match self.curve {
            Curve::P256 => &[Algorithm::Es256],
            Curve::P384 => &[Algorithm::Es384],
            Curve::P521 => &[Algorithm::Es512],
            Curve::Secp256k1 => &[Algorithm::Es256k],
        }
    }
    fn is_private(&self) -> bool {
        self.pair.is_some()
    }
    fn sign(&self, _: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let pair = self.pair.as_ref().ok_or(SignError::Unfit)?;
        let signed = pair.sign(&SystemRandom::new(), message);
        let signed = signed.map_err(|_| SignError::Backend)?;
        Ok(signed.as_ref().to_vec())
    }
    fn verify(&self, _: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        self.verifying.verify_sig(message, signature).is_ok()
    }
    fn required_members(&self) -> Vec<(&'static str, String)> {
        let (x, y) = self.point[1..].split_at(self.curve.bytes());
        vec![
            ("crv", self.curve.name().to_owned()),
            ("kty", "EC".to_owned()),
            ("x", URL_SAFE_NO_PAD.encode(x)),
            ("y", URL_SAFE_NO_PAD.encode(y)),
        ]
    }
    fn private_members(&self) -> Vec<(&'static str, String)> {
        self.number()
            .map_or_else(Vec::new, |d| vec![("d", URL_SAFE_NO_PAD.encode(&*d))])
    }
    /// The PKCS#8 holds the public key too (RFC 5915 §3): the backend omits it, and some readers do not compute it.
    fn private_der(&self) -> Option<Zeroizing<Vec<u8>>> {
        let sec1 = sec1::EcPrivateKey {
            private_key: &self.number()?,
            parameters: None,
            public_key: Some(&self.point),
        };
        let sec1 = Zeroizing::new(sec1.to_der().ok()?);
        let public = self.public_der()?;
        let public = SubjectPublicKeyInfoRef::from_der(&public).ok()?;
        let info = PrivateKeyInfoRef::new(public.algorithm, OctetStringRef::new(&sec1).ok()?);
        info.to_der().ok().map(Zeroizing::new)
    }
    fn public_der(&self) -> Option<Vec<u8>> {
        let der: PublicKeyX509Der<'_> = self.verifying.as_der().ok()?;
        Some(der.as_ref().to_vec())
    }
}
