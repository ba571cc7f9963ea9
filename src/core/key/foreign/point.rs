//! Points of the NIST curves (SEC 1 §2.3.3), which some projects ship as their public key files.
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::super::ec::{self, Curve};
use super::super::material::SecretError;
use super::placeholder::NoSecret;
use super::wrapping::{digits_of, is_letter, joined};
use crate::core::hex;

/// A point that lies on its curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// Two coordinates, with or without a first byte. Chance puts no random secret on a curve.
    Whole,
    /// Its one coordinate is on the curve every second time, and its first byte is right every 128th.
    Compressed,
}

impl Point {
    pub(super) const fn refusal(self) -> SecretError {
        SecretError::NoSecret(match self {
            Self::Whole => NoSecret {
                what: "a raw EC point, which is a public key,",
                advice: "give the key as PEM or as a JWK",
            },
            Self::Compressed => NoSecret {
                what: "a compressed EC point, which is a public key,",
                advice: "give the key as PEM or as a JWK; if this is a secret, use one of another length: about one in 270 random secrets of 33 or 49 bytes looks like such a point, and far fewer of 67",
            },
        })
    }
}

/// A whole point, its two coordinates, or a compressed one, perhaps in quotes, or with a byte order mark before it and line breaks around it.
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
        // The two coordinates alone.
        64 | 96 | 132 => {
            let (x, y) = bytes.split_at(bytes.len() / 2);
            return of_coordinates(x, y);
        }
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

/// A point of these coordinates, each as long as those of its curve.
fn of_coordinates(x: &[u8], y: &[u8]) -> Option<Point> {
    let curve = CURVES
        .into_iter()
        .find(|curve| curve.bytes() == x.len() && x.len() == y.len())?;
    let whole = Zeroizing::new([&[4], x, y].concat());
    let known = ec::lies_on(curve, &whole) || ec::lies_on_secp256k1(&whole);
    known.then_some(Point::Whole)
}

/// A point anywhere in the bytes, behind its length: as an OCTET STRING (`CKA_EC_POINT` of PKCS#11), as a BIT STRING, in SSH, in COSE. A compressed one has to be
/// the last thing in them, or chance would put one there too often.
pub(super) fn behind_its_length(bytes: &[u8]) -> Option<Point> {
    let lengths = bytes
        .windows(4)
        .enumerate()
        .filter_map(|(at, head)| match head {
            [length @ (66 | 98 | 134), 0, 4, _] => Some((at + 2, length - 1)),
            [_, length @ (65 | 97 | 133), 4, _] | [4, length @ (33 | 49 | 67), 2 | 3, _] => {
                Some((at + 2, *length))
            }
            [3, length @ (34 | 50 | 68), 0, 2 | 3] => Some((at + 3, length - 1)),
            _ => None,
        });
    lengths.take(MOST).find_map(|(at, length)| {
        let length = usize::from(length);
        let behind = bytes.len().checked_sub(at + length)?;
        on_curve(&bytes[at..at + length]).filter(|point| *point == Point::Whole || behind <= 4)
    })
}

const CURVES: [Curve; 3] = [Curve::P256, Curve::P384, Curve::P521];
/// Bytes of a point.
const LENGTHS: [usize; 9] = [33, 49, 67, 65, 97, 133, 64, 96, 132];
/// Letters of base64, without padding, for every length of a point.
const BASE64: [usize; 9] = [44, 66, 90, 87, 130, 178, 86, 128, 176];
/// Digits of hexadecimal.
const HEX: [usize; 9] = [66, 98, 134, 130, 194, 266, 128, 192, 264];
/// Letters of the shortest coordinate or point.
const SHORTEST: usize = 42;
/// A file of nothing but such texts must not take long.
const MOST: usize = 256;

/// A point in base64, base64url or hexadecimal, as a word of the text.
pub(super) fn in_text(text: &[u8]) -> Option<Point> {
    if text.len() < SHORTEST {
        return None;
    }
    let of_any_word = |text: &[u8]| {
        let words = text.split(|byte| !is_letter(*byte)).map(digits_of);
        let fits = |word: &&[u8]| BASE64.contains(&word.len()) || HEX.contains(&word.len());
        words
            .filter(fits)
            .take(MOST)
            .find_map(of_word)
            .or_else(|| of_two_words(text))
    };
    of_any_word(text).or_else(|| of_any_word(&joined(text)?))
}

/// Coordinates that are words of their own: JSON, TOML and YAML without a key type, CSV, what Python prints of a key. Either may be the first, and a word or two
/// may stand between them.
fn of_two_words(text: &[u8]) -> Option<Point> {
    /// A text with more of them is made to take long.
    const MOST: usize = 32;
    const NEXT: usize = 3;
    if text.len() <= 2 * SHORTEST {
        return None;
    }
    let words = text.split(|byte| !is_letter(*byte)).map(digits_of);
    let all: Vec<Zeroizing<Vec<u8>>> = words.filter_map(coordinate).take(MOST).collect();
    all.iter().enumerate().find_map(|(at, one)| {
        all[at + 1..]
            .iter()
            .take(NEXT)
            .find_map(|other| of_coordinates(one, other).or_else(|| of_coordinates(other, one)))
    })
}

/// A number as long as a coordinate, in base64, base64url, hexadecimal or decimal. Some programs drop zeros before it, some put one there.
fn coordinate(word: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let decimal = || word.iter().all(u8::is_ascii_digit);
    let bytes = match word.len() {
        75..=78 | 113..=116 | 154..=157 if decimal() => from_decimal(word),
        61..=66 | 93..=98 | 125..=134 if word.iter().all(u8::is_ascii_hexdigit) => hex(word)?,
        42..=44 | 63..=66 | 84..=90 => base64(word)?,
        _ => return None,
    };
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let number = &bytes[zeros..];
    let length = CURVES
        .into_iter()
        .map(Curve::bytes)
        .find(|length| (length - 3..=*length).contains(&number.len()))?;
    let mut all = Zeroizing::new(vec![0; length]);
    all[length - number.len()..].copy_from_slice(number);
    Some(all)
}

fn from_decimal(digits: &[u8]) -> Zeroizing<Vec<u8>> {
    // 157 digits are 66 bytes.
    let mut all = Zeroizing::new(vec![0_u8; 66]);
    for digit in digits {
        let mut carry = u16::from(digit - b'0');
        for byte in all.iter_mut().rev() {
            let [high, low] = (u16::from(*byte) * 10 + carry).to_be_bytes();
            *byte = low;
            carry = u16::from(high);
        }
    }
    all
}

/// The bytes of so many digits of hexadecimal, the first of which may be alone.
fn hex(word: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (first, pairs) = word.split_at(word.len() % 2);
    let first = first.iter().copied().map(hex::digit);
    let pairs = pairs
        .chunks_exact(2)
        .map(|pair| Some(hex::digit(pair[0])? << 4 | hex::digit(pair[1])?));
    first
        .chain(pairs)
        .collect::<Option<Vec<u8>>>()
        .map(Zeroizing::new)
}

fn base64(word: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
    const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
    STANDARD
        .decode(word)
        .or_else(|_| URL_SAFE.decode(word))
        .ok()
        .map(Zeroizing::new)
}

fn of_word(word: &[u8]) -> Option<Point> {
    if HEX.contains(&word.len())
        && let Some(bytes) = hex(word)
    {
        return on_curve(&bytes);
    }
    on_curve(&base64(word)?)
}
