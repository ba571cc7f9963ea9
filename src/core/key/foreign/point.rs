//! Points of the NIST curves (SEC 1 §2.3.3), which some projects ship as their public key files.
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::super::{SecretRefused, ec};
use super::NoSecret;
use super::wrapping::{digits_of, is_letter, joined};
use crate::core::key::Curve;

/// A point that lies on its curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// Chance puts no random secret on a curve.
    Whole,
    /// Its one coordinate is on the curve every second time, and its first byte is right every 128th.
    Compressed,
}

impl Point {
    pub(super) const fn refusal(self) -> SecretRefused {
        SecretRefused::NoSecret(match self {
            Self::Whole => NoSecret {
                what: "a raw EC point, which is a public key,",
                advice: "give the key as PEM or as a JWK",
            },
            Self::Compressed => NoSecret {
                what: "a compressed EC point, which is a public key,",
                advice: "give the key as PEM or as a JWK; if this is a secret, take one of another length: about one random secret in 270 of 33 or 49 bytes looks like such a point, and far fewer of 67",
            },
        })
    }
}

/// A whole point, or a compressed one, perhaps in quotes, or with a byte order mark before it and line breaks around it.
pub(super) fn raw(bytes: &[u8]) -> Option<Point> {
    let quoted = match bytes {
        [b'b', first @ (b'"' | b'\''), inner @ .., last]
        | [first @ (b'"' | b'\''), inner @ .., last] => (first == last).then_some(inner),
        _ => None,
    };
    alone(bytes).or_else(|| alone(quoted?))
}

fn alone(bytes: &[u8]) -> Option<Point> {
    let line_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
    LENGTHS
        .into_iter()
        .filter(|length| (*length..=length + 5).contains(&bytes.len()))
        .find_map(|length| {
            bytes.windows(length).enumerate().find_map(|(at, point)| {
                let before = &bytes[..at];
                let before = before.strip_prefix(b"\xef\xbb\xbf").unwrap_or(before);
                let alone = before.iter().chain(&bytes[at + length..]).all(line_break);
                if alone { on_curve(point) } else { None }
            })
        })
}

fn on_curve(bytes: &[u8]) -> Option<Point> {
    let curve = match bytes.len() {
        33 | 65 => Curve::P256,
        49 | 97 => Curve::P384,
        67 | 133 => Curve::P521,
        _ => return None,
    };
    let (first, coordinates) = bytes.split_first()?;
    let compressed = coordinates.len() == curve.bytes();
    match (first, compressed) {
        (2 | 3, true) => ec::lies_on(curve, bytes).then_some(Point::Compressed),
        (4, false) => {
            let known = ec::lies_on(curve, bytes) || ec::lies_on_secp256k1(bytes);
            known.then_some(Point::Whole)
        }
        // The hybrid form says of y in its first byte what y says itself.
        (6 | 7, false) => {
            let whole = Zeroizing::new([&[4], coordinates].concat());
            ec::lies_on(curve, &whole).then_some(Point::Whole)
        }
        _ => None,
    }
}

/// Bytes of a point.
const LENGTHS: [usize; 6] = [33, 49, 67, 65, 97, 133];
/// Letters of base64, without padding, for every length of a point.
const BASE64: [usize; 6] = [44, 66, 90, 87, 130, 178];
/// Digits of hexadecimal.
const HEX: [usize; 6] = [66, 98, 134, 130, 194, 266];
/// A file of nothing but such texts must not take long.
const MOST: usize = 256;

/// A point in base64, base64url or hexadecimal, as a word of the text.
pub(super) fn in_text(text: &[u8]) -> Option<Point> {
    let of_any_word = |text: &[u8]| {
        let words = text.split(|byte| !is_letter(*byte)).map(digits_of);
        let fits = |word: &&[u8]| BASE64.contains(&word.len()) || HEX.contains(&word.len());
        words.filter(fits).take(MOST).find_map(of_word)
    };
    of_any_word(text).or_else(|| of_any_word(&joined(text)?))
}

fn of_word(word: &[u8]) -> Option<Point> {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
    const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
    if HEX.contains(&word.len()) {
        let value = |digit: u8| {
            char::from(digit)
                .to_digit(16)
                .and_then(|value| u8::try_from(value).ok())
        };
        let bytes: Option<Vec<u8>> = word
            .chunks_exact(2)
            .map(|pair| Some(value(pair[0])? << 4 | value(pair[1])?))
            .collect();
        if let Some(bytes) = bytes {
            return on_curve(&Zeroizing::new(bytes));
        }
    }
    // The first byte is 2 to 7.
    if !matches!(word.first(), Some(b'A' | b'B')) {
        return None;
    }
    let decoded = STANDARD
        .decode(word)
        .or_else(|_| URL_SAFE.decode(word))
        .ok()?;
    on_curve(&Zeroizing::new(decoded))
}
