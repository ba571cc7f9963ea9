//! RSA keys (RFC 7518 §3.3, §3.5).
use std::sync::OnceLock;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::rsa::{KeyPairComponents, PublicKeyComponents};
use aws_lc_rs::signature::{self, KeyPair as _, ParsedPublicKey, RsaKeyPair, RsaParameters};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::PrivateKeyInfoRef;
use pkcs8::der::{Decode as _, Encode as _};
use pkcs8::spki::SubjectPublicKeyInfoRef;
use zeroize::Zeroizing;

use super::material::{KeyDefect, KeyKind, Material, SignError};
use super::pss::Pss;
use super::roca;
use super::salt::{self, PssParameters};
use crate::core::algorithm::Algorithm;

/// The moduli that we read, in bits. Below 1024 a signature proves nothing. Above 8192 the backend stops, and checking a token costs too much.
const BITS: std::ops::RangeInclusive<usize> = 1024..=8192;

/// Below this size the backend does not sign, and it checks only RS256 and RS512.
pub(super) const STRONG_BITS: usize = 2048;

/// The members of a private key, big-endian (RFC 8017 §A.1.2).
pub(in crate::core) struct RsaParts<'a> {
    pub(in crate::core) n: &'a [u8],
    pub(in crate::core) e: &'a [u8],
    pub(in crate::core) d: &'a [u8],
    pub(in crate::core) p: &'a [u8],
    pub(in crate::core) q: &'a [u8],
    pub(in crate::core) dp: &'a [u8],
    pub(in crate::core) dq: &'a [u8],
    pub(in crate::core) qi: &'a [u8],
}

/// An RSA key, private or public.
pub(super) struct Rsa {
    public: PublicKeyComponents<Vec<u8>>,
    bits: usize,
    pair: Option<RsaKeyPair>,
    /// What limits the key to PSS, if it is.
    pss: Option<Pss>,
    /// A parsed key serves one algorithm. Each is made at its first use; the order is that of [`Rsa::serves`].
    parsed: [OnceLock<Option<ParsedPublicKey>>; 6],
}

impl Rsa {
    pub(super) fn public(n: &[u8], e: &[u8]) -> Result<Self, KeyDefect> {
        let (n, e) = (trimmed(n), trimmed(e));
        let bits = bit_length(n);
        if !BITS.contains(&bits) {
            let (least, most) = (BITS.start(), BITS.end());
            return Err(KeyDefect(format!(
                "its modulus has {bits} bits; jwtsess can use {least} to {most}"
            )));
        }
        if n.last().is_some_and(|byte| byte % 2 == 0) {
            return Err(KeyDefect("its modulus is even".to_owned()));
        }
        // Anyone who reads the public key can compute the private one, so its signatures prove nothing.
        if roca::has_fingerprint(n) {
            return Err(KeyDefect(
                "its modulus can be factored (ROCA, CVE-2017-15361): make a new key".to_owned(),
            ));
        }
        match e {
            // With e = 1 a signature is its own message, so anyone can write one.
            [] | [1] => return Err(KeyDefect("its public exponent is not above 1".to_owned())),
            [.., last] if last % 2 == 0 => {
                return Err(KeyDefect("its public exponent is even".to_owned()));
            }
            // This is the backend's limit. A longer exponent makes checking as slow as signing.
            _ if bit_length(e) > 33 => {
                return Err(KeyDefect(
                    "its public exponent has more than 33 bits".to_owned(),
                ));
            }
            _ => {}
        }
        let public = PublicKeyComponents {
            n: n.to_vec(),
            e: e.to_vec(),
        };
        public
            .to_parsed_public_key(&signature::RSA_PKCS1_2048_8192_SHA256)
            .map_err(|_| KeyDefect("it is not an RSA key".to_owned()))?;
        Ok(Self {
            public,
            bits,
            pair: None,
            pss: None,
            parsed: Default::default(),
        })
    }

    /// Makes a private key. Below 2048 bits it returns the public key, because the private part can't sign.
    pub(super) fn private(parts: &RsaParts<'_>) -> Result<Self, KeyDefect> {
        let mut key = Self::public(parts.n, parts.e)?;
        if key.bits < STRONG_BITS {
            return Ok(key);
        }
        let pair = RsaKeyPair::from_components(&KeyPairComponents {
            public_key: PublicKeyComponents {
                n: key.public.n.as_slice(),
                e: key.public.e.as_slice(),
            },
            d: parts.d,
            p: parts.p,
            q: parts.q,
            dP: parts.dp,
            dQ: parts.dq,
            qInv: parts.qi,
        });
        key.pair = Some(
            pair.map_err(|_| KeyDefect("its private and public parts do not match".to_owned()))?,
        );
        Ok(key)
    }

    /// Limits the key to PSS, which the backend does not do for keys below 2048 bits.
    pub(super) fn limited(self, pss: Option<Pss>) -> Result<Self, KeyDefect> {
        if pss.is_some() && self.bits < STRONG_BITS {
            return Err(KeyDefect(format!(
                "its modulus has {} bits, but PSS needs {STRONG_BITS}",
                self.bits
            )));
        }
        Ok(Self { pss, ..self })
    }

    /// Makes a fresh key of 2048, 3072 or 4096 bits with the exponent 65537.
    pub(super) fn generate(bits: usize) -> Result<Self, KeyDefect> {
        let refused = || KeyDefect("it could not be created".to_owned());
        let size = match bits {
            2048 => KeySize::Rsa2048,
            3072 => KeySize::Rsa3072,
            4096 => KeySize::Rsa4096,
            _ => return Err(refused()),
        };
        let pair = RsaKeyPair::generate(size).map_err(|_| refused())?;
        let public = pair.public_key().as_ref();
        let public = RsaPublicKeyRef::from_der(public).map_err(|_| refused())?;
        let (n, e) = (public.modulus, public.public_exponent);
        let mut key = Self::public(n.as_bytes(), e.as_bytes())?;
        key.pair = Some(pair);
        Ok(key)
    }
}

impl Material for Rsa {
    fn kind(&self) -> KeyKind {
        let bits = self.bits;
        match self.pss {
            Some(_) => KeyKind::RsaPss { bits },
            None => KeyKind::Rsa { bits },
        }
    }
    fn serves(&self) -> &'static [Algorithm] {
        if let Some(pss) = &self.pss {
            return pss.serves();
        }
        if self.bits < STRONG_BITS {
            return &[Algorithm::Rs256, Algorithm::Rs512];
        }
        &[
            Algorithm::Rs256,
            Algorithm::Rs384,
            Algorithm::Rs512,
            Algorithm::Ps256,
            Algorithm::Ps384,
            Algorithm::Ps512,
        ]
    }
    fn is_private(&self) -> bool {
        self.pair.is_some()
    }
    fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let encoding = match algorithm {
            Algorithm::Rs256 => &signature::RSA_PKCS1_SHA256,
            Algorithm::Rs384 => &signature::RSA_PKCS1_SHA384,
            Algorithm::Rs512 => &signature::RSA_PKCS1_SHA512,
            Algorithm::Ps256 => &signature::RSA_PSS_SHA256,
            Algorithm::Ps384 => &signature::RSA_PSS_SHA384,
            Algorithm::Ps512 => &signature::RSA_PSS_SHA512,
            _ => return Err(SignError::Unfit),
        };
        let pair = self.pair.as_ref().ok_or(SignError::Unfit)?;
        let mut signed = vec![0; pair.public_modulus_len()];
        pair.sign(encoding, &SystemRandom::new(), message, &mut signed)
            .map_err(|_| SignError::Backend)?;
        Ok(signed)
    }
    fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let Some((slot, parameters)) = verifying(algorithm, self.bits) else {
            return false;
        };
        self.parsed[slot]
            .get_or_init(|| self.public.to_parsed_public_key(parameters).ok())
            .as_ref()
            .is_some_and(|key| key.verify_sig(message, signature).is_ok())
    }
    fn pss_parameters(
        &self,
        algorithm: Algorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Option<PssParameters> {
        salt::parameters(
            (&self.public.n, &self.public.e),
            algorithm,
            message,
            signature,
        )
    }
    fn required_members(&self) -> Vec<(&'static str, String)> {
        vec![
            ("e", URL_SAFE_NO_PAD.encode(&self.public.e)),
            ("kty", "RSA".to_owned()),
            ("n", URL_SAFE_NO_PAD.encode(&self.public.n)),
        ]
    }
    fn private_members(&self) -> Vec<(&'static str, String)> {
        let der: Option<Pkcs8V1Der<'_>> = self.pair.as_ref().and_then(|pair| pair.as_der().ok());
        let Some(der) = der else { return Vec::new() };
        let inner = PrivateKeyInfoRef::from_der(der.as_ref())
            .ok()
            .and_then(|info| RsaPrivateKeyRef::from_der(info.private_key.as_bytes()).ok());
        let Some(key) = inner else { return Vec::new() };
        [
            ("d", key.private_exponent),
            ("p", key.prime1),
            ("q", key.prime2),
            ("dp", key.exponent1),
            ("dq", key.exponent2),
            ("qi", key.coefficient),
        ]
        .map(|(name, value)| (name, URL_SAFE_NO_PAD.encode(value.as_bytes())))
        .to_vec()
    }
    fn private_der(&self) -> Option<Zeroizing<Vec<u8>>> {
        let der: Pkcs8V1Der<'_> = self.pair.as_ref()?.as_der().ok()?;
        let Some(pss) = &self.pss else {
            return Some(Zeroizing::new(der.as_ref().to_vec()));
        };
        let mut info = PrivateKeyInfoRef::from_der(der.as_ref()).ok()?;
        info.algorithm = pss.identifier()?;
        info.to_der().ok().map(Zeroizing::new)
    }
    fn public_der(&self) -> Option<Vec<u8>> {
        let der: PublicKeyX509Der<'_> = self.public.as_der().ok()?;
        let Some(pss) = &self.pss else {
            return Some(der.as_ref().to_vec());
        };
        let mut info = SubjectPublicKeyInfoRef::from_der(der.as_ref()).ok()?;
        info.algorithm = pss.identifier()?;
        info.to_der().ok()
    }
}

/// The index of an algorithm's parsed key, and the backend's parameters. Below 2048 bits the backend checks only RS256 and RS512.
fn verifying(algorithm: Algorithm, bits: usize) -> Option<(usize, &'static RsaParameters)> {
    let weak = bits < STRONG_BITS;
    Some(match algorithm {
        Algorithm::Rs256 if weak => (
            0,
            &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        ),
        Algorithm::Rs512 if weak => (
            2,
            &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        ),
        Algorithm::Rs256 => (0, &signature::RSA_PKCS1_2048_8192_SHA256),
        Algorithm::Rs384 => (1, &signature::RSA_PKCS1_2048_8192_SHA384),
        Algorithm::Rs512 => (2, &signature::RSA_PKCS1_2048_8192_SHA512),
        Algorithm::Ps256 => (3, &signature::RSA_PSS_2048_8192_SHA256),
        Algorithm::Ps384 => (4, &signature::RSA_PSS_2048_8192_SHA384),
        Algorithm::Ps512 => (5, &signature::RSA_PSS_2048_8192_SHA512),
        _ => return None,
    })
}

/// Removes leading zeros: RFC 7518 §6.3.1.1 warns that some libraries write one.
fn trimmed(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

/// The number of bits. The number must have no leading zero bytes.
fn bit_length(number: &[u8]) -> usize {
    number
        .first()
        .map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}
