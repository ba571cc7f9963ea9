//! Reads the key in a DER structure: PKCS#8, PKCS#1, SEC1, SPKI or a certificate.
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::PrivateKeyInfoRef;
use pkcs8::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use pkcs8::der::{Decode as _, Encode as _};
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use sec1::EcPrivateKey;
use x509_cert::certificate::{CertificateInner, Raw};

use super::content::{KeyFileError, unsound};
use super::encrypted::Opener;
use crate::core::key::asn1::{self, DerStructure};
use crate::core::key::{Curve, Key, KeyKind, Pss, PssError, RSA_PSS, RsaParts};

/// A key, and the notes about it for the user.
pub(super) struct DerKey {
    pub(super) key: Key,
    pub(super) notes: Vec<String>,
}

impl From<Key> for DerKey {
    fn from(key: Key) -> Self {
        Self {
            key,
            notes: Vec::new(),
        }
    }
}

/// Reads a structure whose shape is known. Errors call it `form`.
pub(super) fn read(
    shape: DerStructure,
    der: &[u8],
    form: &str,
    opener: &Opener<'_>,
) -> Result<DerKey, KeyFileError> {
    match shape {
        DerStructure::Pkcs8 => pkcs8(der, form),
        DerStructure::Spki => spki(der, form).map(DerKey::from),
        DerStructure::Pkcs1Private => pkcs1_private(der, None, form),
        DerStructure::Pkcs1Public => pkcs1_public(der, None, form).map(DerKey::from),
        DerStructure::Sec1 => sec1(der, None, form).map(DerKey::from),
        DerStructure::EncryptedPkcs8 => encrypted(der, form, opener),
        DerStructure::Certificate => certificate(der, form),
        // OpenSSL 3.0 does not see by itself that a request is in DER.
        DerStructure::Request => Err(KeyFileError::unusable(
            form,
            "take its public key out: `openssl req -inform DER -in FILE -noout -pubkey > public.pem`",
        )),
        DerStructure::RevocationList => Err(KeyFileError::unusable(form, "it holds no key")),
        DerStructure::Pkcs12 => Err(KeyFileError::unusable(
            form,
            "extract the key: `openssl pkcs12 -in FILE -nocerts -nodes -out key.pem`, with a umask of 077",
        )),
        DerStructure::Pkcs7 => Err(KeyFileError::unusable(
            form,
            "`openssl pkcs7 -inform DER -in FILE -print_certs | openssl x509 -noout -pubkey > public.pem`",
        )),
        DerStructure::Parameters => Err(KeyFileError::unusable(form, "they hold no key")),
        DerStructure::Dsa => Err(no_algorithm(form, "DSA")),
    }
}

const NEW_KEY: &str = "make a key that can: `jwtsess key generate --out key.jwk`";

fn no_algorithm(form: &str, kind: &str) -> KeyFileError {
    KeyFileError::unusable(
        format!("{form} ({kind})"),
        format!("jwtsess can't sign JWTs with it; {NEW_KEY}"),
    )
}

/// The kind of key that an algorithm identifier names.
enum KeyFamily {
    Rsa(Option<Pss>),
    Ec(Curve),
    Ed25519,
}

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const SECP256K1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.10");

/// Kinds of key that people have, but that sign no JWT of ours.
const OTHER_KINDS: [(&str, &str); 14] = [
    ("1.3.101.110", "X25519, for key agreement"),
    ("1.3.101.111", "X448, for key agreement"),
    ("1.3.101.113", "Ed448"),
    ("1.2.840.10040.4.1", "DSA"),
    ("1.2.840.10046.2.1", "Diffie-Hellman"),
    ("1.2.840.113549.1.3.1", "Diffie-Hellman"),
    ("1.2.840.113549.1.1.7", "RSA-OAEP, for encryption"),
    ("1.3.132.1.12", "ECDH, for key agreement"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
    ("2.16.840.1.101.3.4.4.1", "ML-KEM-512"),
    ("2.16.840.1.101.3.4.4.2", "ML-KEM-768"),
    ("2.16.840.1.101.3.4.4.3", "ML-KEM-1024"),
];

const OTHER_CURVES: [(&str, &str); 9] = [
    ("1.3.132.0.33", "EC P-224"),
    ("1.2.840.10045.3.1.1", "EC P-192"),
    ("1.3.36.3.3.2.8.1.1.7", "EC brainpoolP256r1"),
    ("1.3.36.3.3.2.8.1.1.8", "EC brainpoolP256t1"),
    ("1.3.36.3.3.2.8.1.1.11", "EC brainpoolP384r1"),
    ("1.3.36.3.3.2.8.1.1.12", "EC brainpoolP384t1"),
    ("1.3.36.3.3.2.8.1.1.13", "EC brainpoolP512r1"),
    ("1.3.36.3.3.2.8.1.1.14", "EC brainpoolP512t1"),
    ("1.2.156.10197.1.301", "EC SM2"),
];

fn named(names: &[(&'static str, &'static str)], oid: ObjectIdentifier) -> Option<&'static str> {
    names
        .iter()
        .find(|(known, _)| ObjectIdentifier::new(known) == Ok(oid))
        .map(|(_, name)| *name)
}

fn family(algorithm: &AlgorithmIdentifierRef<'_>, form: &str) -> Result<KeyFamily, KeyFileError> {
    match algorithm.oid {
        RSA => Ok(KeyFamily::Rsa(None)),
        RSA_PSS => pss(algorithm.parameters, form).map(|pss| KeyFamily::Rsa(Some(pss))),
        EC => curve(algorithm.parameters, form).map(KeyFamily::Ec),
        ED25519 => Ok(KeyFamily::Ed25519),
        other => Err(named(&OTHER_KINDS, other).map_or_else(
            || KeyFileError::unusable(format!("{form} (of a kind with the OID {other})"), NEW_KEY),
            |kind| no_algorithm(form, kind),
        )),
    }
}

fn pss(parameters: Option<AnyRef<'_>>, form: &str) -> Result<Pss, KeyFileError> {
    Pss::new(parameters).map_err(|refused| match refused {
        PssError::Malformed => KeyFileError::broken(form, "its PSS parameters are malformed"),
        PssError::Unfit(what) => KeyFileError::unusable(
            format!("{form} (RSA-PSS with {what})"),
            "PS256, PS384 and PS512 use their own hash for MGF1 too, and a salt as long as the hash (RFC 7518 §3.5); make a suitable key: `jwtsess key generate --alg PS256 --out key.jwk`",
        ),
    })
}

fn curve(parameters: Option<AnyRef<'_>>, form: &str) -> Result<Curve, KeyFileError> {
    let parameters =
        parameters.ok_or_else(|| KeyFileError::broken(form, "it does not say its curve"))?;
    let oid: ObjectIdentifier = parameters.decode_as().map_err(|_| explicit(form))?;
    curve_named(oid, form)
}

/// Refuses a curve that is given by its numbers instead of its name: no reader should trust one (CVE-2020-0601).
fn explicit(form: &str) -> KeyFileError {
    let command = if form.contains("certificate") {
        "openssl x509 -in FILE -noout -pubkey | openssl pkey -pubin -pubout -ec_param_enc named_curve -out public.pem"
    } else if form.contains("public key") {
        "openssl pkey -pubin -in FILE -pubout -ec_param_enc named_curve -out public.pem"
    } else {
        "openssl pkey -in FILE -ec_param_enc named_curve -out key.pem"
    };
    KeyFileError::unusable(
        format!("{form} (EC, its curve given by numbers)"),
        format!("name the curve: `{command}`"),
    )
}

fn curve_named(oid: ObjectIdentifier, form: &str) -> Result<Curve, KeyFileError> {
    match oid {
        P256 => Ok(Curve::P256),
        P384 => Ok(Curve::P384),
        P521 => Ok(Curve::P521),
        SECP256K1 => Ok(Curve::Secp256k1),
        other => Err(named(&OTHER_CURVES, other).map_or_else(
            || {
                KeyFileError::unusable(
                    format!("{form} (EC, on a curve with the OID {other})"),
                    NEW_KEY,
                )
            },
            |curve| no_algorithm(form, curve),
        )),
    }
}

fn malformed(form: &str) -> impl Fn(pkcs8::der::Error) -> KeyFileError {
    move |_| KeyFileError::broken(form, "its DER is malformed")
}

fn encrypted(der: &[u8], form: &str, opener: &Opener<'_>) -> Result<DerKey, KeyFileError> {
    let inner = opener.open(der, form)?;
    // One wrong passphrase in 256 leaves bytes that look like valid padding.
    if asn1::shape(&inner) != Some(DerStructure::Pkcs8) {
        return Err(KeyFileError::WrongPassphrase {
            form: form.to_owned(),
        });
    }
    pkcs8(&inner, form)
}

/// Reads only the key of a certificate's subject. It looks at no name, time or signature.
fn certificate(der: &[u8], form: &str) -> Result<DerKey, KeyFileError> {
    // `Raw` accepts serial numbers and times that exist in practice but break RFC 5280.
    let spki_der = CertificateInner::<Raw>::from_der(der)
        .and_then(|certificate| certificate.tbs_certificate().subject_public_key_info().to_der())
        .map_err(|_| {
            KeyFileError::broken(
                form,
                "its DER is malformed; `openssl x509 -in FILE -noout -pubkey` may still find its public key",
            )
        })?;
    Ok(DerKey {
        key: spki(&spki_der, form)?,
        notes: vec![
            "only the certificate's key is used; the certificate itself is not checked".to_owned(),
        ],
    })
}

fn pkcs8(der: &[u8], form: &str) -> Result<DerKey, KeyFileError> {
    let info = PrivateKeyInfoRef::from_der(der).map_err(malformed(form))?;
    let inner = info.private_key.as_bytes();
    let public = match &info.public_key {
        Some(bits) => Some(
            bits.as_bytes()
                .ok_or_else(|| KeyFileError::broken(form, "its public key is malformed"))?,
        ),
        None => None,
    };
    match family(&info.algorithm, form)? {
        KeyFamily::Rsa(pss) => pkcs1_private(inner, pss, form),
        KeyFamily::Ec(curve) => sec1(inner, Some((curve, public)), form).map(DerKey::from),
        KeyFamily::Ed25519 => {
            let seed = <&OctetStringRef>::from_der(inner).map_err(malformed(form))?;
            Key::ed25519_private(seed.as_bytes(), public)
                .map(DerKey::from)
                .map_err(unsound(form))
        }
    }
}

fn spki(der: &[u8], form: &str) -> Result<Key, KeyFileError> {
    let info = SubjectPublicKeyInfoRef::from_der(der).map_err(malformed(form))?;
    let family = family(&info.algorithm, form)?;
    let bits = info.subject_public_key.as_bytes();
    let public = bits.ok_or_else(|| KeyFileError::broken(form, "its public key is malformed"))?;
    match family {
        KeyFamily::Rsa(pss) => pkcs1_public(public, pss, form),
        KeyFamily::Ec(curve) => Key::ec_public(curve, public).map_err(unsound(form)),
        KeyFamily::Ed25519 => Key::ed25519_public(public).map_err(unsound(form)),
    }
}

pub(super) fn pkcs1_private(
    der: &[u8],
    pss: Option<Pss>,
    form: &str,
) -> Result<DerKey, KeyFileError> {
    let key = RsaPrivateKeyRef::from_der(der).map_err(malformed(form))?;
    if key.other_prime_infos.is_some() {
        return Err(multi_prime(form));
    }
    let parts = RsaParts {
        n: key.modulus.as_bytes(),
        e: key.public_exponent.as_bytes(),
        d: key.private_exponent.as_bytes(),
        p: key.prime1.as_bytes(),
        q: key.prime2.as_bytes(),
        dp: key.exponent1.as_bytes(),
        dq: key.exponent2.as_bytes(),
        qi: key.coefficient.as_bytes(),
    };
    rsa_private(&parts, pss, form)
}

/// Makes an RSA private key, and a note if it is too short to sign with.
pub(super) fn rsa_private(
    parts: &RsaParts<'_>,
    pss: Option<Pss>,
    form: &str,
) -> Result<DerKey, KeyFileError> {
    let key = Key::rsa_private(parts, pss).map_err(unsound(form))?;
    let notes = match key.kind() {
        KeyKind::Rsa { bits } if !key.is_private() => {
            vec![format!(
                "an RSA key of {bits} bits is too short to sign with: only its public part is used"
            )]
        }
        _ => Vec::new(),
    };
    Ok(DerKey { key, notes })
}

pub(super) fn multi_prime(form: &str) -> KeyFileError {
    KeyFileError::unusable(
        format!("{form} (RSA with more than two primes)"),
        "make a key with two primes: `jwtsess key generate --alg RS256 --out key.pem`",
    )
}

fn pkcs1_public(der: &[u8], pss: Option<Pss>, form: &str) -> Result<Key, KeyFileError> {
    let key = RsaPublicKeyRef::from_der(der).map_err(malformed(form))?;
    Key::rsa_public(key.modulus.as_bytes(), key.public_exponent.as_bytes(), pss)
        .map_err(unsound(form))
}

/// `outer` is what the PKCS#8 structure around it states: the curve, and perhaps the public key.
fn sec1(
    der: &[u8],
    outer: Option<(Curve, Option<&[u8]>)>,
    form: &str,
) -> Result<Key, KeyFileError> {
    // Only a key that gives its curve by numbers contains id-prime-field (RFC 3279 §2.3.5).
    let by_numbers = || {
        der.windows(9)
            .any(|window| window == b"\x06\x07\x2a\x86\x48\xce\x3d\x01\x01")
    };
    let key = EcPrivateKey::from_der(der).map_err(|error| {
        if by_numbers() {
            explicit(form)
        } else {
            malformed(form)(error)
        }
    })?;
    let inner = key.parameters.and_then(sec1::EcParameters::named_curve);
    let inner = inner.map(|oid| curve_named(oid, form)).transpose()?;
    let (curve, outer_point) = match (outer, inner) {
        (Some((curve, _)), Some(inner)) if curve != inner => {
            return Err(KeyFileError::broken(form, "it names two curves"));
        }
        (Some(outer), _) => outer,
        (None, Some(curve)) => (curve, None),
        (None, None) => return Err(KeyFileError::broken(form, "it does not say its curve")),
    };
    if let (Some(outer), Some(inner)) = (outer_point, key.public_key)
        && outer != inner
    {
        return Err(KeyFileError::broken(
            form,
            "it holds two different public keys",
        ));
    }
    Key::ec_private(curve, key.private_key, key.public_key.or(outer_point)).map_err(unsound(form))
}
