//! Reads a JSON number's text exactly as seconds and nanoseconds: a float would round `1700000000.9999999` and lose 1e400.

/// The point of a number with a larger exponent is counted from this one. It is greater than the length of any text, so it never decides a moment.
const FARTHEST: i64 = 1 << 60;

/// A number by its digits: 0.d₁d₂d₃… × 10^`point`. `digits` neither begins nor ends with a zero; those of zero are none, and nothing else is said of it.
///
/// Compared as numbers: `5`, `5.0` and `50e-1` are equal. Of two with exponents beyond [`FARTHEST`] equal ones may compare as different, if they are not written
/// with the same one; different ones never as equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::core) struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    point: i64,
    /// The digits of an exponent that is too large for a number.
    far: String,
}

impl Decimal {
    /// Reads a number in RFC 8259 §6's grammar; `None` for any other text.
    pub(in crate::core) fn read(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, rest) = digits(rest)?;
        if whole.len() > 1 && whole.starts_with('0') {
            return None;
        }
        let (fraction, rest) = match rest.strip_prefix('.') {
            Some(rest) => digits(rest)?,
            None => ("", rest),
        };
        let (exponent, far) = match rest.strip_prefix(['e', 'E']) {
            Some(rest) => {
                let (number, tail) = digits(rest.strip_prefix(['+', '-']).unwrap_or(rest))?;
                if !tail.is_empty() {
                    return None;
                }
                let size = number.parse().ok().filter(|size| *size < FARTHEST);
                let far = size.map_or(number.trim_start_matches('0'), |_| "");
                let size = size.unwrap_or(FARTHEST);
                (if rest.starts_with('-') { -size } else { size }, far)
            }
            None if rest.is_empty() => (0, ""),
            None => return None,
        };
        let mut digits: Vec<u8> = whole
            .bytes()
            .chain(fraction.bytes())
            .map(|digit| digit - b'0')
            .collect();
        let leading = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..leading);
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            return Some(Self::default());
        }
        let whole_digits = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        Some(Self {
            negative,
            digits,
            point: whole_digits + exponent,
            far: far.to_owned(),
        })
    }

    /// Splits the number into the whole second at or before it, the whole nanoseconds after that, and whether less than a nanosecond remains. `None` if it is
    /// beyond `i64` seconds.
    pub(super) fn floor_nanos(&self) -> Option<(i64, u32, bool)> {
        const NANOS: i128 = 1_000_000_000;
        // 10^19 is beyond i64, so only 19 digits before the point and 9 after it can count.
        if self.digits.is_empty() {
            return Some((0, 0, false));
        }
        if self.point > 19 {
            return None;
        }
        let end = self.point + 9;
        let size = (end - 28..end).fold(0_i128, |size, at| {
            let digit = usize::try_from(at)
                .ok()
                .and_then(|at| self.digits.get(at))
                .copied()
                .unwrap_or(0);
            size * 10 + i128::from(digit)
        });
        let beyond = usize::try_from(end).map_or(true, |end| end < self.digits.len());
        let nanos = if self.negative {
            -size - i128::from(beyond)
        } else {
            size
        };
        let seconds = i64::try_from(nanos.div_euclid(NANOS)).ok()?;
        let nanos = u32::try_from(nanos.rem_euclid(NANOS)).ok()?;
        Some((seconds, nanos, beyond))
    }
}

/// Splits off the digits that a text starts with, of which there must be at least one.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(i64, u32)> {
        let (seconds, nanos, _) = Decimal::read(text).unwrap().floor_nanos()?;
        Some((seconds, nanos))
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let far = "9".repeat(400);
        for (left, right, same) in [
            ("5", "5.0", true),
            ("5", "5e0", true),
            ("50e-1", "0.5E+1", true),
            ("0", "-0.0e99999999999999999999999", true),
            ("5", "-5", false),
            ("0", "1", false),
            ("1e-400", "0", false),
            ("0.1", "0.10000000000000001", false),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567891",
                false,
            ),
            (
                "123456789012345678901234567890",
                "12345678901234567890123456789e1",
                true,
            ),
            ("1e999999999999", "10e999999999998", true),
            ("1e999999999999", "1e999999999998", false),
            (&format!("1e{far}"), "1e99999999999999999999", false),
            (&format!("1e-{far}"), "0", false),
            (&format!("1e{far}"), &format!("1.0E+000{far}"), true),
            (&format!("1e{far}"), &format!("1e-{far}"), false),
            (&format!("1e{far}"), &format!("2e{far}"), false),
            (&format!("1e{far}"), &format!("10e{far}"), false),
            (&format!("1e{far}"), &format!("1e{far}9"), false),
            (&format!("1e{far}"), &format!("1e{FARTHEST}"), false),
        ] {
            let read = |text| Decimal::read(text).unwrap();
            assert_eq!(read(left) == read(right), same, "{left} {right}");
            assert_eq!(read(right) == read(left), same, "{right} {left}");
        }
    }

    #[test]
    fn what_lies_behind_the_nanoseconds_is_not_forgotten() {
        for (text, beyond) in [
            ("1700000000", false),
            ("1700000000.000000001", false),
            ("1700000000.0000000000000000001", true),
            ("17000000000000000000000000001e-19", true),
            ("1700000000.0000000010000000", false),
            ("-0.0000000001", true),
            ("1e-400", true),
            ("0e-400", false),
        ] {
            let (.., is) = Decimal::read(text).unwrap().floor_nanos().unwrap();
            assert_eq!(is, beyond, "{text}");
        }
    }

    #[test]
    fn a_number_is_read_to_the_nanosecond() {
        let zeros = "0".repeat(400);
        let table = [
            ("0".to_owned(), Some((0, 0))),
            ("-0".to_owned(), Some((0, 0))),
            ("-0.0e5".to_owned(), Some((0, 0))),
            ("0e999999999999999999999".to_owned(), Some((0, 0))),
            ("1700000000".to_owned(), Some((1_700_000_000, 0))),
            ("1.7e9".to_owned(), Some((1_700_000_000, 0))),
            ("1.7E+9".to_owned(), Some((1_700_000_000, 0))),
            ("17000000000e-1".to_owned(), Some((1_700_000_000, 0))),
            (
                "1700000000.5".to_owned(),
                Some((1_700_000_000, 500_000_000)),
            ),
            (
                "1700000000.9999999999".to_owned(),
                Some((1_700_000_000, 999_999_999)),
            ),
            ("0.000000001".to_owned(), Some((0, 1))),
            ("123456789e-9".to_owned(), Some((0, 123_456_789))),
            ("-0.5".to_owned(), Some((-1, 500_000_000))),
            ("-1.000000000".to_owned(), Some((-1, 0))),
            ("-1.0000000001".to_owned(), Some((-2, 999_999_999))),
            ("1e-400".to_owned(), Some((0, 0))),
            ("-1e-400".to_owned(), Some((-1, 999_999_999))),
            ("1e-999999999999".to_owned(), Some((0, 0))),
            ("9223372036854775807".to_owned(), Some((i64::MAX, 0))),
            (
                "9223372036854775807.9".to_owned(),
                Some((i64::MAX, 900_000_000)),
            ),
            ("-9223372036854775808".to_owned(), Some((i64::MIN, 0))),
            ("9223372036854775808".to_owned(), None),
            ("-9223372036854775808.1".to_owned(), None),
            ("1e19".to_owned(), None),
            ("-1e19".to_owned(), None),
            ("1e18".to_owned(), Some((1_000_000_000_000_000_000, 0))),
            ("1e400".to_owned(), None),
            ("1e999999999999".to_owned(), None),
            (format!("1{zeros}e-400"), Some((1, 0))),
            (format!("0.{zeros}17e402"), Some((17, 0))),
            (format!("0.{zeros}17e-2147483648"), Some((0, 0))),
            (format!("1{zeros}"), None),
        ];
        for (text, expected) in table {
            assert_eq!(read(&text), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "", "-", "+1", "01", "-01", "00", "1.", ".5", "1e", "1e+", "1e+-1", "1.e1", "1 ", " 1",
            "0x1", "1_0", "NaN", "Infinity", "--1", "1e1.5", "٣",
        ] {
            assert!(Decimal::read(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_shifted_point_changes_nothing(seconds in any::<i64>(), nanos in 0_u32..1_000_000_000, shift in 0_usize..40) {
            let whole = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
            let zeros = "0".repeat(shift);
            prop_assert_eq!(read(&format!("{whole}{zeros}e-{}", 9 + shift)), Some((seconds, nanos)));
        }

        #[test]
        fn it_agrees_with_a_float_as_far_as_that_goes(number in -1e12_f64..1e12) {
            let (seconds, _) = read(&format!("{number}")).unwrap();
            prop_assert_eq!(format!("{seconds}"), format!("{}", number.floor()).replace("-0", "0"));
        }
    }
}
