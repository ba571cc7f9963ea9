//! Opens private keys under a passphrase: `EncryptedPrivateKeyInfo` (RFC 5958 §3) with PBES2 (RFC 8018 §6.2), at a bounded cost.
use std::cell::Cell;

use pkcs8::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use pkcs8::der::{self, Decode as _};
use pkcs8::pkcs5::{Error, pbes2};
use pkcs8::spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::content::KeyFileError;
use crate::core::secret::Secret;

/// How much work the passphrases of one file may cost: rounds of PBKDF2 (a round of SHA-384 or SHA-512 counts twice), or blocks of scrypt, `N·r·p`.
///
/// Whoever writes the file chooses the number, and no honest writer chooses one so high: OWASP asks for 1,300,000 rounds of SHA-1, 600,000 of SHA-256 or
/// 210,000 of SHA-512, and openssl writes 2048. The full amount takes from 0.2 s (SHA-256) to 0.7 s (scrypt, with 256 MiB) on two cores of 2.1 GHz.
const MAX_WORK: u64 = 1 << 21;

/// Opens the encrypted keys of one file.
pub(super) struct Opener<'a> {
    passphrase: Option<&'a Secret>,
    /// The work that is left of [`MAX_WORK`]. It is counted for the whole file, because a file may hold hundreds of blocks.
    left: Cell<u64>,
}

impl<'a> Opener<'a> {
    pub(super) fn new(passphrase: Option<&'a Secret>) -> Self {
        Self {
            passphrase,
            left: Cell::new(MAX_WORK),
        }
    }

    /// Decrypts to the `PrivateKeyInfo` inside. The caller must check that the bytes are one.
    pub(super) fn open(&self, der: &[u8], form: &str) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
        let malformed = |_| KeyFileError::broken(form, "its DER is malformed");
        let (algorithm, data) = outer(der).map_err(malformed)?;
        let parameters = parameters(&algorithm, form)?;
        let work = work(&parameters.kdf, form)?;
        let Some(passphrase) = self.passphrase else {
            return Err(KeyFileError::NeedsPassphrase {
                form: form.to_owned(),
            });
        };
        let left = self.left.get().checked_sub(work).ok_or_else(|| {
            KeyFileError::broken(
                form,
                "the file's encrypted keys would need too much computation",
            )
        })?;
        self.left.set(left);
        let mut buffer = Zeroizing::new(data.as_bytes().to_vec());
        let length = parameters
            .decrypt_in_place(passphrase.expose(), &mut buffer)
            .map_err(|error| match error {
                Error::DecryptFailed => KeyFileError::WrongPassphrase {
                    form: form.to_owned(),
                },
                _ => KeyFileError::broken(form, "its encryption parameters contradict each other"),
            })?
            .len();
        buffer.truncate(length);
        Ok(buffer)
    }
}

fn outer(der: &[u8]) -> der::Result<(AlgorithmIdentifierRef<'_>, &OctetStringRef)> {
    AnyRef::from_der(der)?.sequence(|reader| {
        let algorithm = AlgorithmIdentifierRef::decode(reader)?;
        Ok::<_, der::Error>((algorithm, <&OctetStringRef>::decode(reader)?))
    })
}

/// The schemes before PBES2 (RFC 8018 §6.1, RFC 7292 §C): DES, RC2 or RC4 with MD5 or SHA-1.
const OLD: [(&str, &str); 12] = [
    ("1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC"),
    ("1.2.840.113549.1.5.3", "pbeWithMD5AndDES-CBC"),
    ("1.2.840.113549.1.5.4", "pbeWithMD2AndRC2-CBC"),
    ("1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC"),
    ("1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC"),
    ("1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC"),
    ("1.2.840.113549.1.12.1.1", "pbeWithSHA1And128BitRC4"),
    ("1.2.840.113549.1.12.1.2", "pbeWithSHA1And40BitRC4"),
    (
        "1.2.840.113549.1.12.1.3",
        "pbeWithSHA1And3-KeyTripleDES-CBC",
    ),
    (
        "1.2.840.113549.1.12.1.4",
        "pbeWithSHA1And2-KeyTripleDES-CBC",
    ),
    ("1.2.840.113549.1.12.1.5", "pbeWithSHA1And128BitRC2-CBC"),
    ("1.2.840.113549.1.12.1.6", "pbeWithSHA1And40BitRC2-CBC"),
];

/// Ciphers that exist with PBES2 but that we do not open.
const OTHER_CIPHERS: [(&str, &str); 5] = [
    ("1.3.14.3.2.7", "DES-CBC"),
    ("1.2.840.113549.3.2", "RC2-CBC"),
    ("1.2.392.200011.61.1.1.1.2", "Camellia-128-CBC"),
    ("1.2.392.200011.61.1.1.1.4", "Camellia-256-CBC"),
    ("1.2.410.200046.1.1.12", "ARIA-256-CBC"),
];

/// How to encrypt such a key again with the same passphrase.
pub(super) const ENCRYPT_ANEW: &str = "encrypt it in today's way: `openssl pkcs8 -topk8 -in FILE -out key.pem` (if OpenSSL 3 refuses, add `-provider legacy -provider default`)";

fn parameters(
    algorithm: &AlgorithmIdentifierRef<'_>,
    form: &str,
) -> Result<pbes2::Parameters, KeyFileError> {
    let malformed = |_| KeyFileError::broken(form, "its encryption parameters are malformed");
    let unusable = |how: String| {
        KeyFileError::unusable(format!("{form} that is encrypted {how}"), ENCRYPT_ANEW)
    };
    if algorithm.oid != pbes2::PBES2_OID {
        return Err(unusable(match name(&OLD, algorithm.oid) {
            Some(name) => format!("in an old way (PBES1, {name})"),
            None => format!("by a scheme with the OID {}", algorithm.oid),
        }));
    }
    let parameters = algorithm
        .parameters
        .ok_or_else(|| KeyFileError::broken(form, "it does not say how it is encrypted"))?;
    let (derivation, cipher) = parameters
        .sequence(|reader| {
            let derivation = AlgorithmIdentifierRef::decode(reader)?;
            Ok::<_, der::Error>((derivation, AlgorithmIdentifierRef::decode(reader)?))
        })
        .map_err(malformed)?;
    if ![pbes2::PBKDF2_OID, pbes2::SCRYPT_OID].contains(&derivation.oid) {
        let oid = derivation.oid;
        return Err(unusable(format!("by a key derivation with the OID {oid}")));
    }
    let served = [
        pbes2::AES_128_CBC_OID,
        pbes2::AES_192_CBC_OID,
        pbes2::AES_256_CBC_OID,
        pbes2::AES_128_GCM_OID,
        pbes2::AES_256_GCM_OID,
        pbes2::DES_EDE3_CBC_OID,
    ];
    if !served.contains(&cipher.oid) {
        return Err(unusable(match name(&OTHER_CIPHERS, cipher.oid) {
            Some(name) => format!("with {name}"),
            None => format!("by a cipher with the OID {}", cipher.oid),
        }));
    }
    pbes2::Parameters::try_from(parameters).map_err(malformed)
}

fn name(names: &[(&'static str, &'static str)], oid: ObjectIdentifier) -> Option<&'static str> {
    names
        .iter()
        .find(|(known, _)| ObjectIdentifier::new(known) == Ok(oid))
        .map(|(_, name)| *name)
}

/// Computes the cost of opening, before anyone is asked for a passphrase.
fn work(derivation: &pbes2::Kdf, form: &str) -> Result<u64, KeyFileError> {
    let malformed = || KeyFileError::broken(form, "its encryption parameters are malformed");
    let (work, said) = match derivation {
        pbes2::Kdf::Pbkdf2(pbkdf2) => {
            let rounds = u64::from(pbkdf2.iteration_count);
            let slow = matches!(
                pbkdf2.prf,
                pbes2::Pbkdf2Prf::HmacWithSha384 | pbes2::Pbkdf2Prf::HmacWithSha512
            );
            let work = if slow { rounds * 2 } else { rounds };
            (work, format!("over {rounds} rounds of PBKDF2"))
        }
        pbes2::Kdf::Scrypt(scrypt) => {
            let (n, r, p) = (
                scrypt.cost_parameter,
                u64::from(scrypt.block_size),
                u64::from(scrypt.parallelization),
            );
            // The library counts the bits of N, and would panic if N were 0.
            if n < 2 || !n.is_power_of_two() {
                return Err(malformed());
            }
            let work = n.checked_mul(r).and_then(|blocks| blocks.checked_mul(p));
            (
                work.unwrap_or(u64::MAX),
                format!("by scrypt with N={n}, r={r}, p={p}"),
            )
        }
        _ => return Err(malformed()),
    };
    match work {
        0 => Err(malformed()),
        1..=MAX_WORK => Ok(work),
        _ => Err(KeyFileError::unusable(
            format!("{form} whose passphrase is stretched {said}, more than {MAX_WORK},"),
            "encrypt it with fewer rounds: `openssl pkcs8 -topk8 -in FILE -out key.pem`",
        )),
    }
}
