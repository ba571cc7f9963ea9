//! The signs of a key in DER, BER and the binary form of SSH: whole, cut or damaged.
use super::super::asn1;

/// What a key's or certificate's algorithm is named by: the content of its object identifier, or as much of it as all of a kind have. Five bytes and more:
/// one random secret of 64 bytes in 10¹⁰ has one.
pub(super) const IDENTIFIERS: &[&[u8]] = &[
    // 1.2.840.113549.1: RSA and its kin, and PKCS#3, #5, #7, #9 and #12.
    b"\x2a\x86\x48\x86\xf7\x0d\x01",
    // 1.2.840.10045.2 and .3: elliptic curves, and those of X9.62.
    b"\x2a\x86\x48\xce\x3d\x02",
    b"\x2a\x86\x48\xce\x3d\x03",
    // 1.2.840.10040.4.1 and 1.2.840.10046.2.1: DSA, Diffie-Hellman.
    b"\x2a\x86\x48\xce\x38\x04\x01",
    b"\x2a\x86\x48\xce\x3e\x02\x01",
    // 1.3.132.0 and .1: the curves of SECG, with their tag.
    b"\x06\x05\x2b\x81\x04\x00",
    b"\x06\x05\x2b\x81\x04\x01",
    // 1.3.101.110 to .113: X25519, X448, Ed25519, Ed448, with their tag.
    b"\x06\x03\x2b\x65\x6e",
    b"\x06\x03\x2b\x65\x6f",
    b"\x06\x03\x2b\x65\x70",
    b"\x06\x03\x2b\x65\x71",
    // 1.3.36.3.3.2.8.1.1: Brainpool.
    b"\x2b\x24\x03\x03\x02\x08\x01\x01",
    // 1.2.156.10197.1.301: SM2.
    b"\x2a\x81\x1c\xcf\x55\x01",
    // 2.16.840.1.101.3.4.3 and .4: ML-DSA, SLH-DSA, ML-KEM.
    b"\x60\x86\x48\x01\x65\x03\x04\x03",
    b"\x60\x86\x48\x01\x65\x03\x04\x04",
    // The version of a certificate and the tag of its number: its head names no algorithm yet.
    b"\xa0\x03\x02\x01\x02\x02",
];

/// What an SSH key is named by (RFC 4253 §6.6, RFC 5656 §3.1): the type behind the last byte of its length, or before the first byte of the next length.
/// `ssh-rsa` is too short to make a text of the bytes around it.
pub(super) const SSH: &[&[u8]] = &[
    b"\x07ssh-rsa",
    b"\x07ssh-dss",
    b"\x0bssh-ed25519",
    b"\x13ecdsa-sha2-",
    b"\0\x1ask-ssh-",
    b"\0\x22sk-ecdsa-",
    b"ssh-rsa\0",
    b"ssh-dss\0",
    b"ssh-ed25519\0",
    b"nistp256\0",
    b"nistp384\0",
    b"nistp521\0",
    b"-cert-v01@openssh.com",
    // No type: an exponent of 65537, and the first bytes of the modulus' length.
    b"\0\0\0\x03\x01\0\x01\0\0",
];

/// The same where a character set swallowed every byte above 127, or put a question mark in its place.
pub(super) const IN_ASCII: &[&[u8]] = &[
    b"\x06\x09\x2a\x48\x0d\x01",
    b"\x06\x07\x2a\x48\x3d\x02\x01",
    b"\x06\x07\x2a\x48\x38\x04\x01",
    b"\x06\x08\x2a\x48\x3d\x03\x01",
    b"\x06\x05\x2b\x04\x00",
];

const PIECE: &str = "a piece of a key or certificate in DER";

/// What it is, if it is a key or a piece of one.
pub(super) fn sign(bytes: &[u8]) -> Option<&'static str> {
    if let Some(shape) = shape_at(bytes, 0) {
        return Some(shape.in_der());
    }
    if bytes.starts_with(b"\xfe\xed\xfe\xed") || bytes.starts_with(b"\xce\xce\xce\xce") {
        return Some("a Java keystore");
    }
    for at in 0..bytes.len() {
        let rest = &bytes[at..];
        match rest[0] {
            0x06 | 0x2a | 0x2b | 0x60 | 0xa0
                if IDENTIFIERS.iter().any(|known| rest.starts_with(known)) =>
            {
                return Some(named(bytes, at));
            }
            0 | 0x07 | 0x0b | 0x13 | b'-' | b'n' | b's'
                if SSH.iter().any(|known| rest.starts_with(known)) =>
            {
                return Some("an SSH public key");
            }
            0x20..=0x22 if is_cose(rest) => return Some("a COSE key"),
            0x30 if begins_certificate(rest) => {
                return Some(shape_at(bytes, at).map_or(PIECE, asn1::DerStructure::in_der));
            }
            0x30 if begins_rsa(rest) => {
                return Some(
                    shape_at(bytes, at)
                        .map_or("a piece of an RSA key in DER", asn1::DerStructure::in_der),
                );
            }
            _ => {}
        }
    }
    swallowed(bytes).then_some("a key in DER that a character conversion damaged")
}

/// Whether a key's structure begins there: what is behind it, a line break, say, makes no secret of it.
fn shape_at(bytes: &[u8], at: usize) -> Option<asn1::DerStructure> {
    asn1::shape(asn1::first(bytes.get(at..)?)?)
}

/// What the structure around an identifier is, where it is still whole.
fn named(bytes: &[u8], identifier: usize) -> &'static str {
    // A certificate names an algorithm after its version and number: within 64 bytes, as all the others.
    (identifier.saturating_sub(64)..identifier)
        .filter(|at| bytes[*at] == 0x30)
        .find_map(|at| shape_at(bytes, at))
        .map_or(PIECE, asn1::DerStructure::in_der)
}

/// A certificate without a version, a request or a revocation list, cut before its first identifier: a long sequence, in it another that is shorter by a
/// signature, in that a number.
fn begins_certificate(bytes: &[u8]) -> bool {
    match bytes {
        [0x30, 0x82, a, b, 0x30, 0x82, c, d, 0x02, 1..=20, ..] => {
            let less = u16::from_be_bytes([*a, *b]).saturating_sub(u16::from_be_bytes([*c, *d]));
            (64..=1100).contains(&less)
        }
        _ => false,
    }
}

/// An RSA key of PKCS#1, which has no identifier: a sequence whose first large number is a modulus that fits into it.
fn begins_rsa(bytes: &[u8]) -> bool {
    let number = |high: u8, low: u8| usize::from(high) << 8 | usize::from(low);
    match bytes {
        // A public one: behind the modulus there is room for an exponent of one to nine bytes.
        [0x30, 0x82, a, b, 0x02, 0x82, c, d, 0, 0x80..=0xff, ..] => {
            (7..=15).contains(&number(*a, *b).saturating_sub(number(*c, *d)))
        }
        [0x30, 0x81, a, 0x02, 0x81, b, 0, 0x80..=0xff, ..] => {
            (6..=14).contains(&a.saturating_sub(*b))
        }
        [
            0x30,
            0x82,
            a,
            b,
            0x02,
            1,
            0 | 1,
            0x02,
            0x82,
            c,
            d,
            0,
            0x80..=0xff,
            ..,
        ] => number(*a, *b) > 2 * number(*c, *d),
        [
            0x30,
            0x82,
            _,
            _,
            0x02,
            1,
            0 | 1,
            0x02,
            0x81,
            _,
            0,
            0x80..=0xff,
            ..,
        ] => true,
        _ => false,
    }
}

/// The public members of a COSE key (RFC 9053 §7, RFC 8230 §4), as passkeys have one: x and y of a point, an Ed25519 key behind its curve, an exponent of 65537.
fn is_cose(bytes: &[u8]) -> bool {
    let y_is_at = |at: usize, length: u8| bytes.get(at..at + 3) == Some(&[0x22, 0x58, length]);
    match bytes {
        [0x21, 0x58, length @ (32 | 48 | 66), ..] => y_is_at(3 + usize::from(*length), *length),
        [0x20, 6, 0x21, 0x58, 32, ..] | [0x21, 0x43, 1, 0, 1, ..] => true,
        _ => false,
    }
}

/// Whether an identifier stands there once what a character set left in the place of other bytes is gone.
fn swallowed(bytes: &[u8]) -> bool {
    let tags = (0..bytes.len()).filter(|at| bytes[*at] == 0x06);
    let mut left = tags.map(|at| {
        let rest = bytes[at..].iter();
        rest.filter(|byte| byte.is_ascii() && **byte != b'?')
    });
    left.any(|left| {
        let is_there = |known: &&[u8]| left.clone().take(known.len()).eq(known.iter());
        IN_ASCII.iter().any(is_there)
    })
}
