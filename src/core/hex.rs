//! Hexadecimal digits.

/// Two lower-case digits for each byte.
#[must_use]
pub(crate) fn encoded(bytes: &[u8]) -> String {
    let pairs = bytes.iter().flat_map(|byte| digits(*byte));
    pairs.map(char::from).collect()
}

/// The two lower-case digits of a byte.
#[must_use]
pub(super) const fn digits(byte: u8) -> [u8; 2] {
    const fn letter(half: u8) -> u8 {
        // Without a table the compiler handles many at a time.
        b'0' + half + (half > 9) as u8 * (b'a' - b'0' - 10)
    }
    [letter(byte >> 4), letter(byte & 15)]
}

/// The bytes that pairs of digits spell. `None` if a digit is alone, or another character stands among them.
#[must_use]
pub(crate) fn decoded(digits: &[u8]) -> Option<Vec<u8>> {
    let (pairs, []) = digits.as_chunks::<2>() else {
        return None;
    };
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    pairs.iter().map(byte).collect()
}

/// The number that a digit stands for.
#[must_use]
pub(crate) fn digit(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}
