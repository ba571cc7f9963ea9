//! Holds a JWK against the certificate that it carries: `x5c`, `x5t` and `x5t#S256` must be of the same key (RFC 7517 §4.7 to §4.9).
use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::members::JwkMembers;
use crate::core::key::{Key, asn1};
use crate::core::keyfile::content::KeyFileError;
use crate::core::keyfile::der;
use crate::core::keyfile::encrypted::Opener;
use crate::core::keyfile::json::JwkValue;

/// Refuses a key whose certificate is another key's. What can't be compared is noted: nothing is decided by it.
pub(super) fn compare(
    key: &Key,
    member: &JwkMembers<'_>,
    notes: &mut Vec<String>,
) -> Result<(), KeyFileError> {
    let chain = match member.0.get("x5c") {
        None => return Ok(()),
        Some(JwkValue::List(chain)) => chain,
        Some(_) => return Err(KeyFileError::broken("a JWK", "its `x5c` is not an array")),
    };
    let leaf = match chain.first() {
        Some(JwkValue::Text(leaf)) => STANDARD.decode(leaf.as_bytes()).ok(),
        _ => None,
    };
    let read = leaf.as_deref().and_then(certificate);
    let (Some(leaf), Some(certified)) = (leaf, read) else {
        notes.push("its `x5c` can't be read (RFC 7517 §4.7), and is not compared".to_owned());
        return Ok(());
    };
    if certified.thumbprint() != key.thumbprint() {
        return Err(other_key("x5c"));
    }
    for (name, algorithm) in [("x5t", &SHA1_FOR_LEGACY_USE_ONLY), ("x5t#S256", &SHA256)] {
        match member
            .optional(name)?
            .map(|text| is_of(text, algorithm, &leaf))
        {
            None | Some(Some(true)) => {}
            Some(Some(false)) => return Err(other_certificate(name)),
            Some(None) => notes.push(format!(
                "its `{name}` is no thumbprint (RFC 7517 §4.8, §4.9), and is not compared"
            )),
        }
    }
    Ok(())
}

fn other_key(name: &str) -> KeyFileError {
    KeyFileError::unusable(
        format!("a JWK whose `{name}` is the certificate of another key (RFC 7517 §4.7)"),
        "nobody can tell which of the two is meant: fetch the key again, or remove the member that is wrong",
    )
}

fn other_certificate(name: &str) -> KeyFileError {
    KeyFileError::unusable(
        format!("a JWK whose `{name}` is the thumbprint of another certificate than its `x5c`"),
        "fetch the key again, or remove the member that is wrong (RFC 7517 §4.8, §4.9)",
    )
}

fn certificate(der: &[u8]) -> Option<Key> {
    let shape = asn1::shape(der).filter(|shape| *shape == asn1::DerStructure::Certificate)?;
    let read = der::read(shape, der, shape.in_der(), &Opener::new(None)).ok()?;
    Some(read.key)
}

/// Whether a thumbprint is that of a certificate; `None` if it is no thumbprint. Auth0 encodes the hexadecimal digits instead of the bytes.
fn is_of(thumbprint: &str, algorithm: &'static Algorithm, certificate: &[u8]) -> Option<bool> {
    let given = URL_SAFE_NO_PAD
        .decode(thumbprint.trim_end_matches('='))
        .ok()?;
    let made = digest(algorithm, certificate);
    let made = made.as_ref();
    if given.len() == made.len() {
        return Some(given == made);
    }
    let digit = |at: usize| {
        let digit = char::from(*given.get(at)?).to_digit(16)?;
        u8::try_from(digit).ok()
    };
    (given.len() == 2 * made.len()).then(|| {
        made.iter().enumerate().all(|(at, byte)| {
            (digit(2 * at), digit(2 * at + 1)) == (Some(byte >> 4), Some(byte & 15))
        })
    })
}
