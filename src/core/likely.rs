//! Explains why a signature fails: other readings of a secret that people often mistake for each other.
pub(crate) mod message;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::hex;
use super::secret::Secret;

/// The difference between our secret and the signer's. `Display` completes "the secret would fit …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SecretMismatch {
    /// Our secret ends in a line break that the signer's lacks.
    FinalNewline,
    /// The signer's secret ends in a line break that ours lacks.
    NoFinalNewline,
    /// The signer's secret ends in a carriage return and a line feed that ours lacks.
    NoFinalCrlf,
    /// Our secret has white space around it.
    WhiteSpace,
    /// Our secret has quotes around it.
    Quotes,
    /// The signer's secret has quotes around it that ours lacks.
    NoQuotes,
    /// Our secret has line breaks that the signer's lacks.
    LineBreaks,
    /// Our secret has line breaks where the signer's has blanks.
    LineBreaksForBlanks,
    /// The signer's secret has line breaks where ours has blanks.
    BlanksForLineBreaks,
    /// The signer's secret is ours, broken into lines of 64 or 76 characters, as `openssl` and `base64` do.
    NoLineBreaks,
    /// The signer used only the first line of our secret.
    MoreLines,
    /// Our secret has `\n` in two characters where the signer's has a line break.
    LineEscapes,
    /// Our secret has a line break where the signer's has `\n` in two characters.
    NoLineEscapes,
    /// Our secret begins with a byte order mark.
    ByteOrderMark,
    /// Our secret is written in UTF-16.
    Utf16,
    /// Our secret is the base64 of the signer's.
    Base64NotDecoded,
    /// Our secret is the base64url of the signer's.
    Base64UrlNotDecoded,
    /// Our secret is the hexadecimal of the signer's.
    HexNotDecoded,
    /// The signer used the base64 text of our secret.
    Base64Decoded,
    /// The signer used the base64url text of our secret.
    Base64UrlDecoded,
    /// The signer used the hexadecimal text of our secret.
    HexDecoded,
}

impl std::fmt::Display for SecretMismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::FinalNewline => "without the line break at its end",
            Self::NoFinalNewline => "with a line break (LF) at its end",
            Self::NoFinalCrlf => "with a line break (CRLF) at its end",
            Self::WhiteSpace => "without the white space around it",
            Self::Quotes => "without the quotes around it",
            Self::NoQuotes => "with quotes around it",
            Self::LineBreaks => "with its lines joined",
            Self::LineBreaksForBlanks => "with a blank in place of each line break",
            Self::BlanksForLineBreaks => "with a line break in place of each blank",
            Self::NoLineBreaks => "broken into lines, as openssl and base64 print it",
            Self::MoreLines => "cut off after its first line",
            Self::LineEscapes => r"with a line break for each \n in it",
            Self::NoLineEscapes => r"with \n written for each line break in it",
            Self::ByteOrderMark => "without the byte order mark before it",
            Self::Utf16 => "written in UTF-8 in place of UTF-16",
            Self::Base64NotDecoded => "decoded from base64",
            Self::Base64UrlNotDecoded => "decoded from base64url",
            Self::HexNotDecoded => "decoded from hexadecimal",
            Self::Base64Decoded => "as its base64 text, not decoded",
            Self::Base64UrlDecoded => "as its base64url text, not decoded",
            Self::HexDecoded => "as its hexadecimal text, not decoded",
        })
    }
}

/// As lenient as the decoders that people used on their secrets: padding is optional, and stray bits at the end are ignored.
const LAX: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const LAX_STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LAX);
const LAX_URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LAX);

/// Other readings of a secret as it was given, the most likely first. None is empty or repeated. Try each with [`hmac_with`](super::key::hmac_with). Use them only to explain a
/// refusal: a token that fits one of them is still not accepted.
#[must_use]
pub(crate) fn likely_mistakes(secret: &Secret) -> Vec<(SecretMismatch, Secret)> {
    let bytes = secret.expose();
    let mut readings: Vec<(SecretMismatch, Secret)> = Vec::new();
    let mut add = |mistake, reading: Option<Vec<u8>>| {
        let Some(reading) = reading.map(Secret::new) else {
            return;
        };
        // The secret as it was given is one of them: a file's final line break was dropped.
        if !reading.is_empty() && readings.iter().all(|(_, known)| *known != reading) {
            readings.push((mistake, reading));
        }
    };
    let trimmed = bytes.trim_ascii();
    let newline = bytes
        .strip_suffix(b"\r\n")
        .or_else(|| bytes.strip_suffix(b"\n"));
    // A file's line break at the end belongs to no secret, so it is not looked for a second time in what follows.
    let whole = newline.unwrap_or(bytes);
    // As a decoder takes a text that was printed in several lines.
    let compact = without(trimmed, |byte| byte.is_ascii_whitespace());
    add(SecretMismatch::FinalNewline, newline.map(<[u8]>::to_vec));
    add(
        SecretMismatch::Base64NotDecoded,
        LAX_STANDARD.decode(&compact).ok(),
    );
    add(
        SecretMismatch::Base64UrlNotDecoded,
        LAX_URL_SAFE.decode(&compact).ok(),
    );
    add(SecretMismatch::HexNotDecoded, hex::decoded(&compact));
    add(SecretMismatch::WhiteSpace, Some(trimmed.to_vec()));
    add(SecretMismatch::Quotes, unquoted(trimmed));
    add(
        SecretMismatch::ByteOrderMark,
        bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .map(|rest| rest.trim_ascii().to_vec()),
    );
    add(SecretMismatch::Utf16, from_utf16(bytes));
    add(
        SecretMismatch::NoFinalNewline,
        Some([whole, b"\n"].concat()),
    );
    add(SecretMismatch::NoFinalCrlf, Some([whole, b"\r\n"].concat()));
    for quote in [b"\"", b"'"] {
        let quoted = [quote.as_slice(), whole, quote].concat();
        add(SecretMismatch::NoQuotes, Some(quoted));
    }
    for (mistake, reading) in of_lines(whole) {
        add(mistake, Some(reading));
    }
    for bytes in [whole, bytes] {
        for (mistake, reading) in encoded(bytes) {
            add(mistake, Some(reading));
        }
    }
    readings
}

/// The secret's text in the encodings in which people keep secrets.
fn encoded(bytes: &[u8]) -> [(SecretMismatch, Vec<u8>); 6] {
    let standard = STANDARD.encode(bytes);
    let bare = standard.trim_end_matches('=').to_owned();
    let url_safe = URL_SAFE_NO_PAD.encode(bytes);
    let padding = "=".repeat((4 - url_safe.len() % 4) % 4);
    let hex = hex::encoded(bytes);
    [
        (SecretMismatch::Base64Decoded, bare),
        (SecretMismatch::Base64Decoded, standard),
        (
            SecretMismatch::Base64UrlDecoded,
            format!("{url_safe}{padding}"),
        ),
        (SecretMismatch::Base64UrlDecoded, url_safe),
        (SecretMismatch::HexDecoded, hex.to_ascii_uppercase()),
        (SecretMismatch::HexDecoded, hex),
    ]
    .map(|(mistake, text)| (mistake, text.into_bytes()))
}

/// The secret with other line breaks: joined, broken, or written in two characters.
fn of_lines(bytes: &[u8]) -> Vec<(SecretMismatch, Vec<u8>)> {
    let unix = without(bytes, |byte| byte == b'\r');
    let lines: Vec<&[u8]> = unix.split(|byte| *byte == b'\n').collect();
    let joined = |by: &[u8]| lines.join(by);
    let mut readings = vec![
        (SecretMismatch::LineBreaks, joined(b"")),
        (SecretMismatch::LineBreaksForBlanks, joined(b" ")),
        (SecretMismatch::NoLineEscapes, joined(br"\n")),
        (SecretMismatch::LineBreaks, unix.clone()),
    ];
    if let [first, _, ..] = lines.as_slice() {
        readings.push((SecretMismatch::MoreLines, first.to_vec()));
    }
    let blanks: Vec<&[u8]> = bytes.split(|byte| *byte == b' ').collect();
    readings.push((SecretMismatch::BlanksForLineBreaks, blanks.join(&b"\n"[..])));
    if let Ok(text) = std::str::from_utf8(bytes) {
        let broken = text.replace(r"\r\n", "\n").replace(r"\n", "\n");
        readings.push((SecretMismatch::LineEscapes, broken.into_bytes()));
    }
    for width in [64, 76] {
        let wrapped = bytes.chunks(width).collect::<Vec<_>>().join(&b"\n"[..]);
        let ended = [wrapped.as_slice(), b"\n"].concat();
        readings.push((SecretMismatch::NoLineBreaks, wrapped));
        if bytes.len() > width {
            readings.push((SecretMismatch::NoLineBreaks, ended));
        }
    }
    readings
}

fn without(bytes: &[u8], which: impl Fn(u8) -> bool) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| !which(*byte)).collect()
}

fn unquoted(text: &[u8]) -> Option<Vec<u8>> {
    match text {
        [open @ (b'"' | b'\'' | b'`'), inner @ .., close] if open == close => Some(inner.to_vec()),
        _ => None,
    }
}

fn from_utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    let (big_endian, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (false, rest),
        [0xfe, 0xff, rest @ ..] => (true, rest),
        [0, ..] => (true, bytes),
        _ => (false, bytes),
    };
    let (units, []) = rest.as_chunks::<2>() else {
        return None;
    };
    let unit = |unit: &[u8; 2]| {
        if big_endian {
            u16::from_be_bytes(*unit)
        } else {
            u16::from_le_bytes(*unit)
        }
    };
    let text: Result<String, _> = char::decode_utf16(units.iter().map(unit)).collect();
    text.ok()
        .filter(|text| text.is_ascii())
        .map(|text| text.trim().as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::core::algorithm::Algorithm;
    use crate::core::key::{Key, hmac_with};

    /// What explains that a token signed with `signer` does not verify with `given`.
    fn explained(given: &[u8], signer: &[u8]) -> Vec<SecretMismatch> {
        let mac = Key::from_secret(Secret::new(signer.to_vec()))
            .unwrap()
            .sign(Algorithm::Hs256, b"token")
            .unwrap();
        let given = Secret::new(given.to_vec());
        assert!(
            !hmac_with(&given, Algorithm::Hs256, b"token", &mac),
            "nothing to explain"
        );
        likely_mistakes(&given)
            .into_iter()
            .filter(|(_, reading)| hmac_with(reading, Algorithm::Hs256, b"token", &mac))
            .map(|(mistake, _)| mistake)
            .collect()
    }

    /// 88 characters, as `openssl rand -base64 64` prints as many.
    fn wrapped(width: usize) -> Vec<u8> {
        [&vec![b'x'; width][..], b"\n", &vec![b'x'; 88 - width]].concat()
    }

    #[test]
    fn each_mistake_is_the_one_explanation() {
        for (given, signer, expected) in [
            (
                &b"secret\n"[..],
                &b"secret"[..],
                SecretMismatch::FinalNewline,
            ),
            (b"secret\r\n", b"secret", SecretMismatch::FinalNewline),
            (b"secret", b"secret\n", SecretMismatch::NoFinalNewline),
            (b"secret", b"secret\r\n", SecretMismatch::NoFinalCrlf),
            (b" secret ", b"secret", SecretMismatch::WhiteSpace),
            (b"\"secret\"", b"secret", SecretMismatch::Quotes),
            (b"'secret'\n", b"secret", SecretMismatch::Quotes),
            (
                b"\xef\xbb\xbfsecret",
                b"secret",
                SecretMismatch::ByteOrderMark,
            ),
            (b"\xff\xfes\0e\0c\0\n\0", b"sec", SecretMismatch::Utf16),
            (
                b"+/+/AAEC",
                b"\xfb\xff\xbf\x00\x01\x02",
                SecretMismatch::Base64NotDecoded,
            ),
            (
                b"-_-_AAEC\n",
                b"\xfb\xff\xbf\x00\x01\x02",
                SecretMismatch::Base64UrlNotDecoded,
            ),
            (b"secret", b"\"secret\"", SecretMismatch::NoQuotes),
            (b"secret\n", b"'secret'", SecretMismatch::NoQuotes),
            (b"one\ntwo\n", b"onetwo", SecretMismatch::LineBreaks),
            (b"one\r\ntwo", b"onetwo", SecretMismatch::LineBreaks),
            (b"one\r\ntwo", b"one\ntwo", SecretMismatch::LineBreaks),
            (b"one\ntwo", b"one two", SecretMismatch::LineBreaksForBlanks),
            (b"one two", b"one\ntwo", SecretMismatch::BlanksForLineBreaks),
            (b"one\ntwo", b"one", SecretMismatch::MoreLines),
            (br"one\ntwo", b"one\ntwo", SecretMismatch::LineEscapes),
            (b"one\ntwo", br"one\ntwo", SecretMismatch::NoLineEscapes),
            (&[b'x'; 88], &wrapped(64), SecretMismatch::NoLineBreaks),
            (
                &[b'x'; 88],
                &[&wrapped(76)[..], b"\n"].concat(),
                SecretMismatch::NoLineBreaks,
            ),
            (
                b"+/+/\nAAEC\n",
                b"\xfb\xff\xbf\x00\x01\x02",
                SecretMismatch::Base64NotDecoded,
            ),
            (b"secret\n", b"c2VjcmV0", SecretMismatch::Base64Decoded),
            (b"secret\n", b"c2VjcmV0Cg==", SecretMismatch::Base64Decoded),
            (b"00ffA0z", b"\x00\xff\xa0", SecretMismatch::HexNotDecoded),
            (
                b"\xfb\xff\xbf\x00",
                b"+/+/AA==",
                SecretMismatch::Base64Decoded,
            ),
            (
                b"\xfb\xff\xbf\x00",
                b"+/+/AA",
                SecretMismatch::Base64Decoded,
            ),
            (
                b"\xfb\xff\xbf\x00",
                b"-_-_AA",
                SecretMismatch::Base64UrlDecoded,
            ),
            (
                b"\xfb\xff\xbf\x00",
                b"-_-_AA==",
                SecretMismatch::Base64UrlDecoded,
            ),
            (b"\x00\xff", b"00ff", SecretMismatch::HexDecoded),
            (b"\x00\xff", b"00FF", SecretMismatch::HexDecoded),
        ] {
            // An odd digit at the end is no hexadecimal.
            let expected = if given.ends_with(b"z") {
                Vec::new()
            } else {
                vec![expected]
            };
            assert_eq!(
                explained(given, signer),
                expected,
                "{given:?} for {signer:?}"
            );
        }
        assert_eq!(
            explained(b"00ffA0", b"\x00\xff\xa0"),
            [SecretMismatch::HexNotDecoded]
        );
    }

    #[test]
    fn a_secret_that_is_simply_another_is_not_explained() {
        assert_eq!(explained(b"secret", b"another"), []);
    }
}
