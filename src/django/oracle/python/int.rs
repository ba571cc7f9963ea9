//! Python's `int`: an integer of any size, read from text as leniently as `int()` reads it.
use std::cmp::Ordering;

use super::text::{PyText, is_space};

/// Python refuses to read a number with more digits than this (CVE-2020-10735).
pub(super) const MAX_DIGITS: usize = 4300;

/// An integer as decimal digits without leading zeros, and a minus sign if it is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct PyInt(String);

/// Why `int()` failed: the class of the exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum NotAnInt {
    Value,
    Type,
    Overflow,
}

/// The zero of each run of decimal digits in Unicode 14, which Python 3.11 knows. `int()` accepts all these digits.
#[rustfmt::skip]
const ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
    0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0,
    0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60,
    0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

fn decimal(point: u32) -> Option<char> {
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&point))?;
    char::from_digit(point - zero, 10)
}

impl PyInt {
    /// Makes an integer from digits, perhaps after a minus sign, as JSON and `format!` write them.
    pub(super) fn from_digits(digits: &str) -> Self {
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits),
        };
        let digits = digits.trim_start_matches('0');
        Self(match (digits, negative) {
            ("", _) => "0".to_owned(),
            (_, false) => digits.to_owned(),
            (_, true) => format!("-{digits}"),
        })
    }
    /// `int(text)`: accepts surrounding white space, a sign, leading zeros, single underscores between digits, and the digits of any script.
    pub(super) fn read(text: &PyText) -> Result<Self, NotAnInt> {
        let text = text.as_str().ok_or(NotAnInt::Value)?;
        let text = text.trim_matches(is_space);
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        };
        let mut digits = sign.to_owned();
        let mut after_digit = false;
        for character in rest.chars() {
            if character == '_' && after_digit {
                after_digit = false;
                continue;
            }
            digits.push(decimal(u32::from(character)).ok_or(NotAnInt::Value)?);
            after_digit = true;
        }
        if !after_digit || digits.len() - sign.len() > MAX_DIGITS {
            return Err(NotAnInt::Value);
        }
        Ok(Self::from_digits(&digits))
    }
    /// `int(float)`: rounds towards zero.
    pub(super) fn truncated(value: f64) -> Result<Self, NotAnInt> {
        if value.is_nan() {
            return Err(NotAnInt::Value);
        }
        if value.is_infinite() {
            return Err(NotAnInt::Overflow);
        }
        Ok(Self::from_digits(&format!("{:.0}", value.trunc())))
    }
    pub(in super::super) fn digits(&self) -> &str {
        &self.0
    }
    pub(super) fn is_zero(&self) -> bool {
        self.0 == "0"
    }
    /// The value, clamped to 128 bits. What lies beyond is later or earlier than any moment anyway.
    pub(in super::super) fn saturated(&self) -> i128 {
        self.0.parse().unwrap_or(if self.0.starts_with('-') {
            i128::MIN
        } else {
            i128::MAX
        })
    }
    /// `float(self)`.
    pub(super) fn to_float(&self) -> Result<f64, NotAnInt> {
        match self.0.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(NotAnInt::Overflow),
        }
    }
    /// Compares `self` with a float exactly, as Python does.
    pub(in super::super) fn compared(&self, other: f64) -> Ordering {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "beyond 128 bits the nearest end is taken: no moment is there"
        )]
        let whole = other.trunc() as i128;
        let fraction = other.fract();
        self.saturated()
            .cmp(&whole)
            .then_with(|| 0.0_f64.total_cmp(&(fraction + 0.0)))
    }
}

impl From<i64> for PyInt {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::django::oracle::python::PyValue;

    #[test]
    fn text_is_read_as_laxly_as_python_reads_it() {
        for (text, expected) in [
            ("1700000000", Some("1700000000")),
            (" 1_700_000_000\n", Some("1700000000")),
            ("\u{1f}+007\u{3000}", Some("7")),
            ("-0", Some("0")),
            ("-12", Some("-12")),
            ("١٢٣", Some("123")),
            ("４２", Some("42")),
            ("1__0", None),
            ("_1", None),
            ("1_", None),
            ("", None),
            ("+", None),
            ("- 1", None),
            ("1.0", None),
            ("1e3", None),
            ("0x10", None),
            ("²", None),
        ] {
            let read = PyInt::read(&PyText::from(text)).ok();
            assert_eq!(read.as_ref().map(PyInt::digits), expected, "{text:?}");
        }
    }

    #[test]
    fn more_than_4300_digits_are_refused() {
        assert!(PyInt::read(&PyText::Plain("9".repeat(4300))).is_ok());
        assert!(PyInt::read(&PyText::Plain("9".repeat(4301))).is_err());
    }

    #[test]
    fn what_int_makes_of_other_types() {
        for (value, expected) in [
            (PyValue::Bool(true), Ok("1")),
            (PyValue::Float(-1.9), Ok("-1")),
            (PyValue::Float(-0.5), Ok("0")),
            (PyValue::Float(1e20), Ok("100000000000000000000")),
            (PyValue::Float(f64::NAN), Err(NotAnInt::Value)),
            (PyValue::Float(f64::INFINITY), Err(NotAnInt::Overflow)),
            (PyValue::None, Err(NotAnInt::Type)),
            (PyValue::List(vec![]), Err(NotAnInt::Type)),
        ] {
            let read = value.to_int();
            assert_eq!(read.as_ref().map(PyInt::digits), expected.as_ref().copied());
        }
    }

    #[test]
    fn integers_and_floats_compare_exactly() {
        let int = |digits| PyInt::from_digits(digits);
        assert_eq!(int("10").compared(10.0), Ordering::Equal);
        assert_eq!(int("10").compared(10.25), Ordering::Less);
        assert_eq!(int("-10").compared(-10.25), Ordering::Greater);
        assert_eq!(int("0").compared(-0.0), Ordering::Equal);
        assert_eq!(
            int("9007199254740993").compared(9_007_199_254_740_992.0),
            Ordering::Greater
        );
        assert_eq!(int(&"9".repeat(60)).compared(1e30), Ordering::Greater);
    }
}
