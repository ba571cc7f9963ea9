//! A length of time, as people write it (`1h30m`) and as we say it (`1 h 30 min`).
use std::fmt;
use std::str::FromStr;

use super::error::TimeError;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// The units of a written duration, in the order in which they must appear.
const UNITS: [(char, u64); 5] = [
    ('w', 7 * DAY),
    ('d', DAY),
    ('h', HOUR),
    ('m', MINUTE),
    ('s', 1),
];

/// A length of time in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct Span(u64);

impl Span {
    /// Makes a span of that many seconds.
    #[must_use]
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }
    /// The span's seconds.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0
    }
    /// The two largest units, for people (`1 h 30 min`, `6 d 23 h`, `45 s`, `0 s`).
    ///
    /// Days never become weeks. More than 730 days become years of 365 days.
    #[must_use]
    pub fn words(self) -> String {
        match self.largest() {
            (large, (0, _)) => format!("{} {}", large.0, large.1),
            (large, small) => format!("{} {} {} {}", large.0, large.1, small.0, small.1),
        }
    }
    /// The two largest units, each with its number. The second one may be 0.
    pub(crate) const fn largest(self) -> ((u64, &'static str), (u64, &'static str)) {
        let (days, rest) = (self.0 / DAY, self.0 % DAY);
        match self.0 {
            _ if days > 730 => ((days / 365, "y"), (days % 365, "d")),
            _ if days > 0 => ((days, "d"), (rest / HOUR, "h")),
            HOUR.. => ((rest / HOUR, "h"), (rest % HOUR / MINUTE, "min")),
            MINUTE.. => ((rest / MINUTE, "min"), (rest % MINUTE, "s")),
            seconds => ((seconds, "s"), (0, "s")),
        }
    }
}

/// Reads `90s`, `15m`, `1h30m`, `7d`, `2w`; a bare number is seconds. Signs, fractions and blanks are refused. Units must descend, each at most once.
impl FromStr for Span {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let mut units = UNITS.iter();
        let mut total = Some(0_u64);
        let mut rest = text;
        loop {
            let end = rest
                .find(|character: char| !character.is_ascii_digit())
                .unwrap_or(rest.len());
            let (number, tail) = rest.split_at(end);
            if number.is_empty() {
                return Err(TimeError::NotADuration);
            }
            let mut characters = tail.chars();
            let seconds = match characters.next() {
                None if rest.len() == text.len() => 1,
                None => return Err(TimeError::NotADuration),
                Some(letter) => {
                    units
                        .find(|unit| unit.0 == letter)
                        .ok_or(TimeError::NotADuration)?
                        .1
                }
            };
            // Report an overflow only after the whole text has proved to be a duration.
            let number: Option<u64> = number.parse().ok();
            total = total.and_then(|total| total.checked_add(number?.checked_mul(seconds)?));
            rest = characters.as_str();
            if rest.is_empty() {
                return total.map(Self).ok_or(TimeError::OutOfRange);
            }
        }
    }
}

/// Writes the largest exact units (`1h30m`, `1w`, `0s`), which [`Span::from_str`] reads back.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        let mut rest = self.0;
        for (letter, seconds) in UNITS {
            if rest >= seconds {
                write!(f, "{}{letter}", rest / seconds)?;
                rest %= seconds;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_duration_is_read_by_its_units() {
        let table = [
            ("90s", 90),
            ("15m", 900),
            ("1h30m", 5400),
            ("7d", 604_800),
            ("2w", 1_209_600),
            ("1w2d3h4m5s", 788_645),
            ("1w5s", 604_805),
            ("90m", 5400),
            ("0", 0),
            ("0s", 0),
            ("007", 7),
            ("3600", 3600),
            ("18446744073709551615", u64::MAX),
        ];
        for (text, expected) in table {
            assert_eq!(text.parse(), Ok(Span(expected)), "{text}");
        }
        let refused = [
            "",
            "s",
            "1.5h",
            "30m1h",
            "1h1h",
            "1H",
            "1h30",
            "+1h",
            "-1h",
            " 1h",
            "1h ",
            "1 h",
            "1ms",
            "1y",
            "٣s",
            "1é",
            "99999999999999999999x",
        ];
        for text in refused {
            assert_eq!(text.parse::<Span>(), Err(TimeError::NotADuration), "{text}");
        }
        for text in [
            "18446744073709551616",
            "99999999999999999999s",
            "30500568904944w",
            "18446744073709551615m",
            "1m18446744073709551615s",
        ] {
            assert_eq!(text.parse::<Span>(), Err(TimeError::OutOfRange), "{text}");
        }
    }

    #[test]
    fn a_duration_is_written_short_and_in_words() {
        let table = [
            (0, "0s", "0 s"),
            (45, "45s", "45 s"),
            (60, "1m", "1 min"),
            (90, "1m30s", "1 min 30 s"),
            (720, "12m", "12 min"),
            (3605, "1h5s", "1 h"),
            (5400, "1h30m", "1 h 30 min"),
            (86_400, "1d", "1 d"),
            (86_459, "1d59s", "1 d"),
            (604_799, "6d23h59m59s", "6 d 23 h"),
            (604_800, "1w", "7 d"),
            (1_209_600, "2w", "14 d"),
            (730 * DAY + HOUR, "104w2d1h", "730 d 1 h"),
            (731 * DAY, "104w3d", "2 y 1 d"),
            (1115 * DAY, "159w2d", "3 y 20 d"),
            (1095 * DAY, "156w3d", "3 y"),
            (u64::MAX, "30500568904943w7h15s", "584942417355 y 26 d"),
        ];
        for (seconds, short, words) in table {
            assert_eq!(Span(seconds).to_string(), short);
            assert_eq!(Span(seconds).words(), words);
        }
    }

    proptest! {
        #[test]
        fn a_written_duration_reads_back(seconds in any::<u64>(), few in 0_u64..10_000_000) {
            for seconds in [seconds, few] {
                prop_assert_eq!(Span(seconds).to_string().parse(), Ok(Span(seconds)));
            }
        }
    }
}
