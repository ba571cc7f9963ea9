//! Key material of another kind, recognised wherever someone hands it in as an HMAC secret.
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use zeroize::Zeroizing;

use super::asn1;

/// What the bytes are, if they are anything but a secret. Errs on the side of refusing: no secret that was made at random looks like one of these.
pub(crate) fn key_material(bytes: &[u8]) -> Option<&'static str> {
    if contains(bytes, b"-----BEGIN CERTIFICATE") {
        return Some("a PEM certificate");
    }
    // Anywhere: one space before it was enough for CVE-2026-34950.
    if contains(bytes, b"-----BEGIN") || contains(bytes, b"---- BEGIN SSH2") {
        return Some("a PEM file");
    }
    // Without its first line it is a key all the same.
    if contains(bytes, b"-----END ") {
        return Some("a PEM file");
    }
    if contains(&narrow(bytes), b"-----BEGIN") {
        return Some("a PEM file in UTF-16");
    }
    // Nine bytes: so many as have a base64 text of their own, whatever follows.
    if contains(bytes, STANDARD.encode(b"-----BEGI").as_bytes()) {
        return Some("a PEM file in base64");
    }
    // The base64 of an SSH key's length-prefixed type name (RFC 4253 §6.6).
    let ssh: [&[u8]; 4] = [
        b"AAAAB3NzaC1yc2E",
        b"AAAAC3NzaC1lZDI1NTE5",
        b"AAAAE2VjZHNhLXNoYTIt",
        b"AAAAB3NzaC1kc3M",
    ];
    if ssh.iter().any(|prefix| contains(bytes, prefix)) {
        return Some("an SSH public key");
    }
    if is_jwk_text(bytes) {
        return Some("a JWK");
    }
    // What age calls a recipient: bech32 of a public key.
    if bytes.trim_ascii().starts_with(b"age1") && bytes.trim_ascii().len() == 62 {
        return Some("an age public key");
    }
    in_der(bytes)
        .or_else(|| in_der(&base64_text(bytes)?))
        .or_else(|| in_der(&hex_text(bytes)?))
        .map(asn1::Shape::in_der)
}

/// Whether it begins with a key's DER: what is behind it, a line break, say, makes no secret of it.
fn in_der(bytes: &[u8]) -> Option<asn1::Shape> {
    asn1::shape(asn1::first(bytes)?)
}

/// What a text stands for in hexadecimal, white space and colons aside.
fn hex_text(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let digits: Option<Vec<u8>> = bytes
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace() && **byte != b':')
        .map(|byte| {
            let digit = char::from(*byte).to_digit(16)?;
            u8::try_from(digit).ok()
        })
        .collect();
    let digits = Zeroizing::new(digits?);
    let pairs = digits.chunks_exact(2);
    Some(Zeroizing::new(
        pairs.map(|pair| pair[0] << 4 | pair[1]).collect(),
    ))
}

/// What a text stands for in base64, white space and padding aside.
fn base64_text(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let passed_over = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'=';
    let packed: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| !passed_over(byte))
        .collect();
    STANDARD_NO_PAD
        .decode(Zeroizing::new(packed).as_slice())
        .ok()
        .map(Zeroizing::new)
}

/// A JWK, a JWKS or an array of JWKs, even one that is broken.
fn is_jwk_text(bytes: &[u8]) -> bool {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii();
    if !matches!(text.first(), Some(b'{' | b'[')) {
        return false;
    }
    if contains(text, b"\"kty\"") {
        return true;
    }
    let names = |value: &serde_json::Value| value.get("kty").is_some();
    serde_json::from_slice::<serde_json::Value>(text).is_ok_and(|value| {
        names(&value)
            || value.get("keys").is_some_and(serde_json::Value::is_array)
            || value.as_array().is_some_and(|keys| keys.iter().any(names))
    })
}

/// Without zero bytes: what UTF-16 makes of ASCII, in either order.
fn narrow(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(bytes.iter().copied().filter(|byte| *byte != 0).collect())
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
