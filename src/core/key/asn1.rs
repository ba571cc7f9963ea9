//! Tells what a DER structure is by its outermost layer (X.690), before any parser of key material sees it.
use pkcs8::der::asn1::AnyRef;
use pkcs8::der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};

/// No key or certificate is nested deeper than this. A parser that recurses overflows its stack at 30,000 levels.
const MAX_DEPTH: usize = 32;

/// A structure that key material comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) enum DerStructure {
    /// `PrivateKeyInfo` (RFC 5208, 5958).
    Pkcs8,
    /// `EncryptedPrivateKeyInfo`.
    EncryptedPkcs8,
    /// `SubjectPublicKeyInfo` (RFC 5280 §4.1).
    Spki,
    /// `RSAPrivateKey` (RFC 8017 §A.1.2).
    Pkcs1Private,
    /// `RSAPublicKey` (RFC 8017 §A.1.1).
    Pkcs1Public,
    /// `ECPrivateKey` (RFC 5915).
    Sec1,
    /// A DSA private key in OpenSSL's traditional form.
    Dsa,
    /// An X.509 certificate (RFC 5280 §4.1).
    Certificate,
    /// A certificate request (RFC 2986).
    Request,
    /// A list of revoked certificates (RFC 5280 §5.1).
    RevocationList,
    /// PKCS#12 (RFC 7292).
    Pkcs12,
    /// PKCS#7, or CMS (RFC 5652).
    Pkcs7,
    /// Diffie-Hellman (PKCS#3) or DSA parameters: the numbers that keys are made from.
    Parameters,
}

impl DerStructure {
    /// The name that people use for it.
    pub(in crate::core) const fn name(self) -> &'static str {
        match self {
            Self::Pkcs8 => "PKCS#8 private key",
            Self::EncryptedPkcs8 => "encrypted PKCS#8 private key",
            Self::Spki => "SPKI public key",
            Self::Pkcs1Private => "PKCS#1 private key",
            Self::Pkcs1Public => "PKCS#1 public key",
            Self::Sec1 => "SEC1 private key",
            Self::Dsa => "DSA private key",
            Self::Certificate => "certificate",
            Self::Request => "certificate request",
            Self::RevocationList => "certificate revocation list",
            Self::Pkcs12 => "PKCS#12 file",
            Self::Pkcs7 => "PKCS#7 file",
            Self::Parameters => "set of DH or DSA parameters",
        }
    }
    /// The name with its article.
    pub(in crate::core) fn with_article(self) -> String {
        let article = match self {
            Self::Spki | Self::EncryptedPkcs8 => "an",
            _ => "a",
        };
        format!("{article} {}", self.name())
    }
    /// The name with its article, and that it is in DER.
    pub(in crate::core) const fn in_der(self) -> &'static str {
        match self {
            Self::Pkcs8 => "a DER PKCS#8 private key",
            Self::EncryptedPkcs8 => "an encrypted PKCS#8 private key in DER",
            Self::Spki => "a DER SPKI public key",
            Self::Pkcs1Private => "a DER PKCS#1 private key",
            Self::Pkcs1Public => "a DER PKCS#1 public key",
            Self::Sec1 => "a DER SEC1 private key",
            Self::Dsa => "a DER DSA private key",
            Self::Certificate => "a DER certificate",
            Self::Request => "a DER certificate request",
            Self::RevocationList => "a DER certificate revocation list",
            Self::Pkcs12 => "a PKCS#12 file",
            Self::Pkcs7 => "a PKCS#7 file in DER",
            Self::Parameters => "a set of DH or DSA parameters in DER",
        }
    }
}

/// Recognises bytes that are one whole DER sequence of a known shape.
pub(in crate::core) fn shape(der: &[u8]) -> Option<DerStructure> {
    if der.first() != Some(&0x30) || too_deep(der) {
        return None;
    }
    let parts = children(AnyRef::from_der(der).ok()?)?;
    let number = |at: usize| {
        parts
            .get(at)
            .filter(|part| part.tag() == Tag::Integer)
            .map(|part| part.value())
    };
    let tags: Vec<Tag> = parts.iter().map(AnyRef::tag).collect();
    match (tags.as_slice(), number(0)) {
        ([Tag::Sequence, Tag::BitString], _) => Some(DerStructure::Spki),
        ([Tag::Sequence, Tag::OctetString], _) => Some(DerStructure::EncryptedPkcs8),
        ([Tag::Sequence, Tag::Sequence, Tag::BitString], _) => Some(signed(*parts.first()?)),
        ([Tag::Integer, Tag::Sequence, Tag::OctetString, ..], Some([0 | 1])) => {
            Some(DerStructure::Pkcs8)
        }
        ([Tag::Integer, Tag::OctetString, ..], Some([1])) => Some(DerStructure::Sec1),
        ([Tag::Integer, Tag::Sequence, ..], Some([3])) => Some(DerStructure::Pkcs12),
        ([Tag::ObjectIdentifier, Tag::ContextSpecific { .. }], _) => is_pkcs7(parts.first()?),
        // A DH generator is usually 2; an RSA exponent is odd.
        ([Tag::Integer, Tag::Integer], _) if number(1) == Some(&[2]) => {
            Some(DerStructure::Parameters)
        }
        ([Tag::Integer, Tag::Integer], _) => Some(DerStructure::Pkcs1Public),
        // DH: a prime, a generator and the length of a private number. DSA and X9.42: a prime, its order and a generator.
        ([Tag::Integer, Tag::Integer, Tag::Integer, ..], Some(prime))
            if prime.len() >= 64 && tags.len() <= 5 =>
        {
            Some(DerStructure::Parameters)
        }
        (numbers, Some([0 | 1])) if numbers.iter().take(9).all(|tag| *tag == Tag::Integer) => {
            match numbers.len() {
                6 => Some(DerStructure::Dsa),
                9.. => Some(DerStructure::Pkcs1Private),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The PKCS#7 object identifiers begin with 1.2.840.113549.1.7: data, signed data and the like.
fn is_pkcs7(identifier: &AnyRef<'_>) -> Option<DerStructure> {
    let known = identifier
        .value()
        .starts_with(b"\x2a\x86\x48\x86\xf7\x0d\x01\x07");
    known.then_some(DerStructure::Pkcs7)
}

/// Tells what the issuer has signed: a certificate, a request or a revocation list.
fn signed(about: AnyRef<'_>) -> DerStructure {
    let parts = children(about).unwrap_or_default();
    let tags: Vec<Tag> = parts.iter().map(AnyRef::tag).collect();
    let is_time = |tag: &Tag| matches!(tag, Tag::UtcTime | Tag::GeneralizedTime);
    match tags.as_slice() {
        [Tag::Integer, Tag::Sequence, Tag::Sequence, rest @ ..] if rest.len() < 2 => {
            DerStructure::Request
        }
        // A revocation list holds an algorithm, an issuer and a time, perhaps after a version.
        tags if tags.iter().skip(2).take(2).any(is_time) => DerStructure::RevocationList,
        _ => DerStructure::Certificate,
    }
}

/// The first element; more bytes may follow it.
pub(in crate::core) fn first(der: &[u8]) -> Option<&[u8]> {
    let (_, _, end) = element(der, 0)?;
    der.get(..end)
}

/// Whether the bytes begin like a key or a certificate but end before the length that they state.
pub(in crate::core) fn cut_short(der: &[u8]) -> bool {
    let (length, content) = match der {
        [0x30, 0x82, high, low, content @ ..] => {
            (usize::from(*high) << 8 | usize::from(*low), content)
        }
        [0x30, 0x81, length, content @ ..] | [0x30, length @ ..=0x7f, content @ ..] => {
            (usize::from(*length), content)
        }
        _ => return false,
    };
    // PKCS#8, PKCS#1 and SEC1 begin with a version; SPKI and encrypted PKCS#8 with an algorithm; a certificate with its content, whose version comes first.
    let begins_a_key = matches!(
        content,
        [2, 1, 0 | 1 | 3, 0x02 | 0x04 | 0x30, ..]
            | [0x30, _, 6, ..]
            | [0x30, 0x82, _, _, 0xa0, 3, 2, 1, ..]
    );
    begins_a_key && content.len() < length
}

/// The elements of a sequence, or `None` if one of them is broken.
fn children(sequence: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(sequence.value()).ok()?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        parts.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(parts)
}

/// Whether elements are nested deeper than [`MAX_DEPTH`]. It never recurses. A broken length ends the walk; the parser reports it.
pub(in crate::core) fn too_deep(der: &[u8]) -> bool {
    let mut ends: Vec<usize> = Vec::with_capacity(MAX_DEPTH + 1);
    let mut at = 0;
    while at < der.len() {
        while ends.last().is_some_and(|end| *end <= at) {
            ends.pop();
        }
        let within = ends.last().copied().unwrap_or(der.len());
        let Some((constructed, start, end)) = element(&der[..within], at) else {
            return false;
        };
        if !constructed {
            at = end;
            continue;
        }
        ends.push(end);
        if ends.len() > MAX_DEPTH {
            return true;
        }
        at = start;
    }
    false
}

/// Whether the element at `at` holds other elements, and where its content begins and ends.
fn element(der: &[u8], at: usize) -> Option<(bool, usize, usize)> {
    let (tag, first) = (*der.get(at)?, *der.get(at + 1)?);
    let (length, start) = match first {
        0..=0x7f => (usize::from(first), at + 2),
        // Three bytes of length are enough: a key file has at most 64 KiB.
        0x81..=0x83 => {
            let bytes = der.get(at + 2..at + 2 + usize::from(first & 0x7f))?;
            let length = bytes
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte));
            (length, at + 2 + bytes.len())
        }
        _ => return None,
    };
    let end = start + length;
    (end <= der.len()).then_some((tag & 0x20 != 0, start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A null inside so many sequences.
    fn nested(levels: usize) -> Vec<u8> {
        // Written from the inside out, and so backwards.
        let mut der = vec![0, 5];
        for _ in 0..levels {
            let [.., high, middle, low] = der.len().to_be_bytes();
            der.extend([low, middle, high, 0x83, 0x30]);
        }
        der.reverse();
        der
    }

    #[test]
    fn nesting_is_told_without_recursion() {
        assert!(!too_deep(&nested(32)));
        assert!(too_deep(&nested(33)));
        assert!(too_deep(&nested(30_000)));
        assert_eq!(shape(&nested(30_000)), None);
    }

    #[test]
    fn a_text_of_zeros_is_not_taken_for_nested_sequences() {
        assert!(!too_deep(&[b'0'; 4096]));
    }

    #[test]
    fn side_by_side_is_not_deep() {
        assert!(!too_deep(&[0x30, 0].repeat(1000)));
    }
}
