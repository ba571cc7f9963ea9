//! What bytes are wrapped in, taken off: base64, base32, hexadecimal, escapes, character sets, lists of numbers, gzip and zlib.
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use zeroize::Zeroizing;

use super::glance::Glance;

type Bytes = Zeroizing<Vec<u8>>;

/// The shortest identifier of an algorithm: fewer bytes hold no key.
const FEWEST: usize = 5;
/// A text of more words than this has its key in one of the first, or is found by its alignment.
const MOST_WORDS: usize = 64;
/// The letters of a word that is worth decoding.
const FEWEST_LETTERS: usize = 16;

/// What the letters of base64 and base64url in it, and the digits of hexadecimal, stand for, at each alignment; and the letters of base32, from the first.
pub(super) fn decoded(text: &[u8]) -> Vec<Bytes> {
    let mut all = Vec::with_capacity(6);
    let letters = sextets(text);
    if letters.len() > FEWEST {
        for start in 0..4 {
            all.push(bytes_of(&letters[start..]));
        }
    }
    let digits = digits(text);
    if digits.len() >= 2 * FEWEST {
        for start in 0..2 {
            all.push(pairs_of(&digits[start..]));
        }
    }
    all.extend(base32(text));
    // What stands before a word moves it at an alignment, and runs into what it holds: a second encoding, say.
    let joined = joined(text);
    let text = joined.as_ref().map_or(text, |joined| joined.as_slice());
    let words = text.split(|byte| !is_letter(*byte)).map(digits_of);
    for word in words
        .filter(|word| word.len() >= FEWEST_LETTERS)
        .take(MOST_WORDS)
    {
        if word.len() == letters.len() {
            break;
        }
        all.push(bytes_of(&sextets(word)));
        all.extend(base32(word));
        if word.iter().all(u8::is_ascii_hexdigit) {
            all.push(pairs_of(&self::digits(word)));
        }
    }
    all
}

fn bytes_of(letters: &[u8]) -> Bytes {
    let mut bytes = Zeroizing::new(Vec::with_capacity(letters.len()));
    let mut groups = letters.chunks_exact(4);
    for group in groups.by_ref() {
        let [a, b, c, d] = [group[0], group[1], group[2], group[3]];
        bytes.extend([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
    }
    match groups.remainder() {
        [a, b] => bytes.push(a << 2 | b >> 4),
        [a, b, c] => bytes.extend([a << 2 | b >> 4, b << 4 | c >> 2]),
        _ => {}
    }
    bytes
}

/// What the letters of base32 (RFC 4648 §6) stand for, in either case, if there are no others in it.
fn base32(text: &[u8]) -> Option<Bytes> {
    let upper = text.iter().any(u8::is_ascii_uppercase);
    let mut all = Zeroizing::new(Vec::with_capacity(text.len()));
    let (mut joined, mut bits) = (0_u32, 0);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' if !upper => byte - b'a',
            b'2'..=b'7' => byte - b'2' + 26,
            other if is_letter(*other) => return None,
            _ => continue,
        };
        joined = joined << 5 | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            let [.., low] = (joined >> bits).to_be_bytes();
            all.push(low);
        }
    }
    (all.len() > FEWEST).then_some(all)
}

fn pairs_of(digits: &[u8]) -> Bytes {
    let pairs = digits.chunks_exact(2);
    let bytes: Vec<u8> = pairs.map(|pair| pair[0] << 4 | pair[1]).collect();
    bytes.into()
}

/// What each byte stands for in base64 and base64url; 64: it is no letter of them.
const SEXTETS: [u8; 256] = {
    let mut sextets = [64; 256];
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    let mut at = 0;
    while at < letters.len() {
        let sextet = if at < 64 { at } else { at - 2 };
        sextets[letters[at] as usize] = sextet.to_le_bytes()[0];
        at += 1;
    }
    sextets
};

/// A letter of base64 or base64url.
pub(super) const fn is_letter(byte: u8) -> bool {
    SEXTETS[byte as usize] < 64
}

/// A word without the `0x` or `\x` of a number.
pub(super) fn digits_of(word: &[u8]) -> &[u8] {
    word.strip_prefix(b"0x")
        .or_else(|| word.strip_prefix(b"x"))
        .unwrap_or(word)
}

/// The text with its broken words in one piece: pairs of digits with colons, blanks, `\x` or `, 0x` between them, and lines of 48 letters and more.
pub(super) fn joined(text: &[u8]) -> Option<Bytes> {
    if text.iter().all(|byte| is_letter(*byte)) {
        return None;
    }
    let mut all = Zeroizing::new(Vec::with_capacity(text.len()));
    let (mut at, mut letters) = (0, 0);
    while let Some(byte) = text.get(at) {
        if is_letter(*byte) {
            letters += 1;
            all.push(*byte);
            at += 1;
            continue;
        }
        let between = text[at..]
            .iter()
            .take(12)
            .take_while(|byte| !is_letter(**byte));
        let end = at + between.clone().count();
        let behind = digits_of(&text[end..]);
        let is_pair =
            |pair: Option<&[u8]>| pair.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        let pairs =
            is_pair(all.last_chunk::<2>().map(|pair| &pair[..])) && is_pair(behind.get(..2));
        let broken = letters >= 48 && between.clone().any(|byte| matches!(byte, b'\n' | b'\r'));
        let word = digits_of(&all[all.len() - letters..]);
        if pairs && !is_label(word, behind) {
            at = text.len() - behind.len();
        } else if broken {
            at = end;
        } else {
            all.push(b' ');
            at = end;
        }
        letters = 0;
    }
    (all.len() < text.len()).then_some(all)
}

/// Whether a word that only ends in a pair of digits, as `base64` does, stands before a whole word of them: it names what follows, and is no part of it.
fn is_label(word: &[u8], behind: &[u8]) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_hexdigit();
    let named = || behind.iter().take_while(|byte| is_letter(**byte));
    !word.iter().all(is_digit) && named().all(is_digit) && named().count() >= FEWEST_LETTERS
}

/// Six bits for each letter of either alphabet. A sign that touches no letter joins strings in a program, or begins a comment: it is none.
fn sextets(text: &[u8]) -> Bytes {
    let mut all = Zeroizing::new(Vec::with_capacity(text.len()));
    let sign = |byte: &u8| matches!(byte, b'+' | b'/' | b'-' | b'_');
    let mut touches = false;
    for (at, byte) in text.iter().enumerate() {
        let value = SEXTETS[usize::from(*byte)];
        if value > 61 {
            if value > 63 {
                touches = false;
                continue;
            }
            // Before the first sign of several it is looked behind the last.
            if !touches && at.checked_sub(1).is_none_or(|before| !sign(&text[before])) {
                let behind = text[at..].iter().find(|byte| !sign(byte));
                touches = behind.is_some_and(u8::is_ascii_alphanumeric);
            }
            if !touches {
                continue;
            }
        }
        touches = true;
        all.push(value);
    }
    all
}

/// Four bits for each digit, without the `0x` and `\x` before it.
fn digits(text: &[u8]) -> Bytes {
    let mut all = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut zero = false;
    for byte in text {
        if matches!(byte, b'x' | b'X') && zero {
            all.pop();
        }
        zero = *byte == b'0';
        all.extend(digit(*byte));
    }
    all
}

const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// The text without its escapes, the bytes that were written as characters, and those that were written as a list of numbers.
pub(super) fn rewritten(bytes: &[u8], seen: &Glance) -> impl Iterator<Item = Bytes> {
    let numbers = if seen.is_text { numbers(bytes) } else { None };
    let unescaped = if seen.has_pair {
        unescaped(bytes)
    } else {
        None
    };
    let rewritten = [unescaped, numbers, characters(bytes)];
    rewritten.into_iter().flatten()
}

/// Without the escapes of JSON, of strings in programs, of URLs and of HTML, if it has any.
fn unescaped(text: &[u8]) -> Option<Bytes> {
    let mut all = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        let escape = match first {
            b'\\' => backslash(behind),
            b'%' => number(behind, 16, 2, 2),
            b'&' => entity(behind),
            _ => None,
        };
        let Some((character, length)) = escape else {
            all.push(*first);
            rest = behind;
            continue;
        };
        if let Ok(byte) = u8::try_from(character) {
            all.push(byte);
        } else {
            let character = char::from_u32(character).unwrap_or('?');
            all.extend(character.encode_utf8(&mut [0; 4]).bytes());
        }
        rest = &behind[length..];
    }
    (all.len() < text.len()).then_some(all)
}

/// What stands behind a backslash: the character, and how many bytes of text it is.
fn backslash(behind: &[u8]) -> Option<(u32, usize)> {
    let more =
        |escape: Option<(u32, usize)>, by| escape.map(|(value, length)| (value, length + by));
    match behind.first()? {
        b'n' => Some((u32::from(b'\n'), 1)),
        b'r' => Some((u32::from(b'\r'), 1)),
        b't' => Some((u32::from(b'\t'), 1)),
        b'a' => Some((7, 1)),
        b'b' => Some((8, 1)),
        b'f' => Some((12, 1)),
        b'v' => Some((11, 1)),
        b'x' => more(number(&behind[1..], 16, 1, 2), 1),
        b'u' if behind.get(1) == Some(&b'{') => more(number(&behind[2..], 16, 1, 6), 3),
        b'u' => more(number(&behind[1..], 16, 4, 4), 1),
        b'0'..=b'7' => number(behind, 8, 1, 3),
        other @ (b'\\' | b'/' | b'"' | b'\'' | b'`') => Some((u32::from(*other), 1)),
        // A line that goes on.
        b'\n' => Some((u32::from(b' '), 1)),
        _ => None,
    }
    .filter(|(_, length)| *length <= behind.len())
}

fn entity(behind: &[u8]) -> Option<(u32, usize)> {
    let names: [(&[u8], u8); 6] = [
        (b"quot;", b'"'),
        (b"apos;", b'\''),
        (b"amp;", b'&'),
        (b"lt;", b'<'),
        (b"gt;", b'>'),
        (b"nbsp;", b' '),
    ];
    let named = names.iter().find(|(name, _)| behind.starts_with(name));
    if let Some((name, character)) = named {
        return Some((u32::from(*character), name.len()));
    }
    let (prefix, base) = match behind {
        [b'#', b'x' | b'X', ..] => (2, 16),
        [b'#', ..] => (1, 10),
        _ => return None,
    };
    let (value, length) = number(&behind[prefix..], base, 1, 6)?;
    let end = prefix + length;
    Some((value, end + usize::from(behind.get(end) == Some(&b';'))))
}

/// A number of so many digits, and how many they were.
fn number(text: &[u8], base: u32, fewest: usize, most: usize) -> Option<(u32, usize)> {
    let digits = text
        .iter()
        .take(most)
        .map_while(|byte| char::from(*byte).to_digit(base));
    let (value, length) = digits.fold((0, 0), |(value, length), digit| {
        (value * base + digit, length + 1)
    });
    (length >= fewest).then_some((value, length))
}

/// A list of bytes as programs print one: `[48, 130, 1]`, Java's with minus signs, Go's `0x1` with one digit.
fn numbers(text: &[u8]) -> Option<Bytes> {
    // So many commas.
    text.split(|byte| *byte == b',').nth(FEWEST)?;
    let mut all = Zeroizing::new(Vec::with_capacity(text.len() / 2));
    for word in text.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-') {
        let word = std::str::from_utf8(word).unwrap_or_default();
        let value = match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
            Some(digits) => i16::from_str_radix(digits, 16),
            None => word.parse(),
        };
        if let Ok(value @ -128..=255) = value {
            all.push(value.to_le_bytes()[0]);
        }
    }
    (all.len() > FEWEST).then_some(all)
}

/// Bytes of which each was taken for a character of Latin-1 or Windows-1252, and written as UTF-8.
fn characters(bytes: &[u8]) -> Option<Bytes> {
    // Text that stood around the base64 is bytes of no character now. Of bytes that were characters, a third begin one of Latin-1's upper half.
    let begin = |bytes: &[u8]| {
        let begins = bytes.iter().filter(|byte| matches!(byte, 0xc2 | 0xc3));
        begins.count() >= bytes.len() / 8
    };
    if bytes.is_ascii() || (std::str::from_utf8(bytes).is_err() && !begin(bytes)) {
        return None;
    }
    let byte = |character: char| {
        u8::try_from(u32::from(character)).unwrap_or_else(|_| windows_1252(character))
    };
    let mut all = Zeroizing::new(Vec::with_capacity(bytes.len()));
    for chunk in bytes.utf8_chunks() {
        all.extend(chunk.valid().chars().map(byte));
        all.extend_from_slice(chunk.invalid());
    }
    (all.len() < bytes.len()).then_some(all)
}

/// The byte of a character that Windows-1252 has and Latin-1 has not.
fn windows_1252(character: char) -> u8 {
    const CHARACTERS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let at = CHARACTERS.chars().position(|known| known == character);
    at.and_then(|at| u8::try_from(at + 0x80).ok())
        .unwrap_or(b'?')
}

/// UTF-16 of ASCII or Latin-1, in either order: the bytes that are not the high ones. Of UTF-32 it takes two rounds.
pub(super) fn utf16(bytes: &[u8]) -> Option<Bytes> {
    let mark = |mark| bytes.strip_prefix(mark);
    let bytes = mark(b"\xff\xfe")
        .or_else(|| mark(b"\xfe\xff"))
        .unwrap_or(bytes);
    // Three quarters of the one half: what stands before it may be no character.
    let many = |zeros: usize| zeros >= FEWEST && zeros > bytes.len() / 8 * 3;
    let zeros = bytes.iter().map(|byte| usize::from(*byte == 0)).sum();
    if !many(zeros) {
        return None;
    }
    let every_second = |start: usize| bytes.iter().copied().skip(start).step_by(2);
    let are_high = |start: usize| many(every_second(start).filter(|byte| *byte == 0).count());
    let left: Vec<u8> = match (are_high(0), are_high(1)) {
        (true, false) => every_second(1).collect(),
        (false, true) => every_second(0).collect(),
        // A byte that was lost moved the rest: of a text all zeros go.
        _ => bytes.iter().copied().filter(|byte| *byte != 0).collect(),
    };
    (!left.is_empty()).then(|| left.into())
}

/// Key files unpacked are smaller.
const MOST_INFLATED: usize = 1 << 16;
/// Random bytes look like the head of a zlib stream once in 16,000 times.
const MOST_STREAMS: usize = 16;

/// What the streams of gzip (RFC 1952) and zlib (RFC 1950) in it hold, cut ones as far as they go.
pub(super) fn inflated(bytes: &[u8]) -> Vec<Bytes> {
    let streams = (0..bytes.len()).filter_map(|at| match &bytes[at..] {
        [0x1f, 0x8b, 8, rest @ ..] => gzip_data(rest),
        // By its second byte: no dictionary, and a checksum over both.
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, rest @ ..] => Some(rest),
        _ => None,
    });
    streams
        .take(MOST_STREAMS)
        .filter_map(|stream| {
            let inflated = match decompress_to_vec_with_limit(stream, MOST_INFLATED) {
                Ok(whole) => whole,
                Err(broken) => broken.output,
            };
            (inflated.len() >= FEWEST).then(|| Zeroizing::new(inflated))
        })
        .collect()
}

/// The stream behind the head of a gzip file, of which the first three bytes are read.
fn gzip_data(rest: &[u8]) -> Option<&[u8]> {
    let (flags, mut data) = (*rest.first()?, rest.get(7..)?);
    if flags & 4 != 0 {
        let (low, high) = (*data.first()?, *data.get(1)?);
        data = data.get(2 + usize::from(u16::from_le_bytes([low, high]))..)?;
    }
    // A name, a comment.
    for flag in [8, 16] {
        if flags & flag != 0 {
            let end = data.iter().position(|byte| *byte == 0)?;
            data = &data[end + 1..];
        }
    }
    if flags & 2 != 0 {
        data.get(2..)
    } else {
        Some(data)
    }
}
