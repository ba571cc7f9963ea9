//! RSA keys that are for PSS alone (`id-RSASSA-PSS`, RFC 4055 §1.2): which JWS algorithms their parameters leave them.
use pkcs1::RsaPssParams;
use pkcs8::der::asn1::{Any, AnyRef, ObjectIdentifier};
use pkcs8::der::{Decode as _, Encode as _};
use pkcs8::spki::AlgorithmIdentifierRef;

use crate::core::algorithm::Algorithm;

/// The OID of a key for RSASSA-PSS.
pub(in crate::core) const RSA_PSS: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");

/// The algorithms that a hash leaves, and the salt's length in bytes.
type Fit = (&'static [Algorithm], u8);

/// The hashes that a key may name, with the algorithm of each that a JWS can have and its salt's length: RFC 7518 §3.5 takes one as long as the hash.
const HASHES: [(&str, &str, Option<Fit>); 7] = [
    (
        "2.16.840.1.101.3.4.2.1",
        "SHA-256",
        Some((&[Algorithm::Ps256], 32)),
    ),
    (
        "2.16.840.1.101.3.4.2.2",
        "SHA-384",
        Some((&[Algorithm::Ps384], 48)),
    ),
    (
        "2.16.840.1.101.3.4.2.3",
        "SHA-512",
        Some((&[Algorithm::Ps512], 64)),
    ),
    ("1.3.14.3.2.26", "SHA-1", None),
    ("2.16.840.1.101.3.4.2.4", "SHA-224", None),
    ("2.16.840.1.101.3.4.2.5", "SHA-512/224", None),
    ("2.16.840.1.101.3.4.2.6", "SHA-512/256", None),
];

/// What limits an RSA key to PSS.
#[derive(Clone)]
pub(in crate::core) struct Pss {
    /// The parameters of its algorithm identifier, in DER.
    parameters: Option<Vec<u8>>,
    serves: &'static [Algorithm],
}

/// Why a key for PSS serves no JWS algorithm.
pub(in crate::core) enum PssError {
    /// The parameters can't be read.
    Malformed,
    /// The parameters fit no JWS algorithm; says what they ask for.
    Unfit(String),
}

impl Pss {
    /// A key without parameters, which may be used with any hash.
    pub(in crate::core) const fn unlimited() -> Self {
        Self {
            parameters: None,
            serves: &[Algorithm::Ps256, Algorithm::Ps384, Algorithm::Ps512],
        }
    }

    /// Reads the parameters of an algorithm identifier (RFC 4055 §3.1). In a key, the salt's length is the shortest that may be used.
    pub(in crate::core) fn new(parameters: Option<AnyRef<'_>>) -> Result<Self, PssError> {
        let Some(parameters) = parameters else {
            return Ok(Self::unlimited());
        };
        let malformed = |_| PssError::Malformed;
        let der = parameters.to_der().map_err(malformed)?;
        let read = RsaPssParams::<Any>::from_der(&der).map_err(malformed)?;
        let mask = read.mask_gen.parameters.ok_or(PssError::Malformed)?;
        let hash = named(read.hash.oid);
        let serves = hash.and_then(|(_, algorithm)| algorithm);
        match serves {
            Some((serves, salt))
                if read.mask_gen.oid == MGF1
                    && mask.oid == read.hash.oid
                    && read.salt_len <= salt =>
            {
                Ok(Self {
                    parameters: Some(der),
                    serves,
                })
            }
            _ => {
                let name = |oid| match named(oid) {
                    Some((name, _)) => name.to_owned(),
                    None => format!("the hash {oid}"),
                };
                Err(PssError::Unfit(format!(
                    "{}, MGF1 with {} and a salt of at least {} bytes",
                    name(read.hash.oid),
                    name(mask.oid),
                    read.salt_len
                )))
            }
        }
    }

    pub(super) const fn serves(&self) -> &'static [Algorithm] {
        self.serves
    }

    /// The algorithm identifier of the key's SPKI and PKCS#8.
    pub(super) fn identifier(&self) -> Option<AlgorithmIdentifierRef<'_>> {
        let parameters = self.parameters.as_deref().map(AnyRef::try_from);
        Some(AlgorithmIdentifierRef {
            oid: RSA_PSS,
            parameters: parameters.transpose().ok()?,
        })
    }
}

fn named(oid: ObjectIdentifier) -> Option<(&'static str, Option<Fit>)> {
    HASHES
        .iter()
        .find(|(known, ..)| ObjectIdentifier::new(known) == Ok(oid))
        .map(|(_, name, serves)| (*name, *serves))
}
