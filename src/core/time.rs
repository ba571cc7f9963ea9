//! Instants, durations and `NumericDate` (RFC 7519 §2).
use chrono::{DateTime, NaiveDate, NaiveTime};

use super::claims::type_name;

pub(in crate::core) mod decimal;
mod error;
mod span;

pub(crate) use error::TimeError;
pub use span::Span;

/// Tells the time. The only real clock lives in `cli::world`; all other code receives one.
pub(crate) trait Clock {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A moment: seconds since 1970-01-01T00:00:00Z without leap seconds (RFC 7519 §2), and nanoseconds.
///
/// A moment from a claim may lie less than a nanosecond after its `nanos`. Comparisons take that into account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
    /// Whether the moment lies after its nanoseconds. It is the last field, so it decides only between moments that are otherwise equal.
    beyond: bool,
}

impl Timestamp {
    /// A moment on a whole second.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self::new(seconds, 0)
    }
    /// A moment within a second. `nanos` above 999,999,999 count as 999,999,999.
    #[must_use]
    pub const fn new(seconds: i64, nanos: u32) -> Self {
        let nanos = if nanos > 999_999_999 {
            999_999_999
        } else {
            nanos
        };
        Self {
            seconds,
            nanos,
            beyond: false,
        }
    }
    /// The whole second at or before this moment.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }
    /// Nanoseconds past [`Timestamp::seconds`], 0 to 999,999,999.
    #[must_use]
    pub const fn nanos(self) -> u32 {
        self.nanos
    }
    /// The moment later by `span`, or the latest moment there is.
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        self.checked_plus(span)
            .unwrap_or(Self::new(i64::MAX, 999_999_999))
    }
    fn checked_plus(self, span: Span) -> Option<Self> {
        Some(Self {
            seconds: self.seconds.checked_add_unsigned(span.seconds())?,
            ..self
        })
    }
    fn checked_minus(self, span: Span) -> Option<Self> {
        Some(Self {
            seconds: self.seconds.checked_sub_unsigned(span.seconds())?,
            ..self
        })
    }
    /// Whole seconds from this moment to `other`, rounded down: negative if `other` is earlier, by however little. Saturates.
    #[must_use]
    pub fn seconds_until(self, other: Self) -> i64 {
        let borrow = i64::from((other.nanos, other.beyond) < (self.nanos, self.beyond));
        match other.seconds.checked_sub(self.seconds) {
            Some(seconds) => seconds.saturating_sub(borrow),
            None if other.seconds < self.seconds => i64::MIN,
            None => i64::MAX,
        }
    }
    /// Seconds from the second that holds this moment to the second that holds `other`. Saturates. People and `expires_in` count this way, because tokens are
    /// stamped with the second in which they are made.
    #[must_use]
    pub const fn whole_seconds_until(self, other: Self) -> i64 {
        other.seconds.saturating_sub(self.seconds)
    }
    /// The moment in RFC 3339, in UTC and whole seconds (`2026-11-24T03:45:00Z`). `None` outside the years 0000 to 9999.
    #[must_use]
    pub fn rfc3339(self) -> Option<String> {
        let digits = self.rfc3339_digits()?;
        Some(digits.iter().copied().map(char::from).collect())
    }
    /// The same as ASCII digits. Worked out by hand: a batch writes three moments for each token.
    pub(crate) fn rfc3339_digits(self) -> Option<[u8; 20]> {
        const DAY: i64 = 86_400;
        // The years 0000 to 9999.
        if !(-62_167_219_200..253_402_300_800).contains(&self.seconds) {
            return None;
        }
        let (day, second) = (self.seconds.div_euclid(DAY), self.seconds.rem_euclid(DAY));
        // Days from 0000-03-01 on, in cycles of 400 years, and years that begin in March, so that a leap day is the last one.
        let from_march = day + 719_468;
        let (cycle, of_cycle) = (
            from_march.div_euclid(146_097),
            from_march.rem_euclid(146_097),
        );
        let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
        let of_year = of_cycle - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = cycle * 400 + year + i64::from(month <= 2);
        let mut text = *b"0000-00-00T00:00:00Z";
        for (at, pair) in [
            (0, year / 100),
            (2, year % 100),
            (5, month),
            (8, day),
            (11, second / 3600),
            (14, second / 60 % 60),
            (17, second % 60),
        ] {
            text[at] += u8::try_from(pair / 10).ok()?;
            text[at + 1] += u8::try_from(pair % 10).ok()?;
        }
        Some(text)
    }
    /// Reads a moment as people type it: epoch seconds, RFC 3339, a date (midnight UTC), `now`, or an offset from now (`+15m`, `-1h30m`, `2d`).
    ///
    /// # Errors
    /// The text is none of these, or the moment can't be represented.
    pub fn parse(text: &str, now: Self) -> Result<Self, TimeError> {
        if text == "now" {
            return Ok(now);
        }
        if let Some(moment) = rfc3339_or_date(text) {
            return Ok(moment);
        }
        let (sign, span) = match text.as_bytes() {
            [sign @ (b'+' | b'-'), ..] => (Some(*sign), &text[1..]),
            _ => (None, text),
        };
        if span.ends_with(|last: char| last.is_ascii_lowercase()) {
            let span = span.parse().map_err(|error| match error {
                TimeError::NotADuration => TimeError::NotATime,
                other => other,
            })?;
            let moment = if sign == Some(b'-') {
                now.checked_minus(span)
            } else {
                now.checked_plus(span)
            };
            return moment.ok_or(TimeError::OutOfRange);
        }
        // People type epoch seconds without an exponent. JSON's grammar also refuses a leading `+`, which would mean "from now".
        if text.contains(['e', 'E']) {
            return Err(TimeError::NotATime);
        }
        let at = Self::from_json(text).map_err(|error| match error {
            NotNumericDate::Type(_) => TimeError::NotATime,
            NotNumericDate::Range => TimeError::OutOfRange,
        })?;
        Ok(Self::new(at.seconds, at.nanos))
    }
    /// Reads a `NumericDate` from a JSON value's text (`1700000000`, `1.7e9`, `1700000000.5`). Decimal text is read exactly, without float rounding.
    ///
    /// If there are digits after the nanoseconds, the moment remembers that there are, so it compares exactly with the clock's moments. The work is linear in
    /// the text, whatever the exponent.
    ///
    /// # Errors
    /// The value is not a JSON number ([`NotNumericDate::Type`]), or it is beyond `i64` seconds, as 1e400 is ([`NotNumericDate::Range`]).
    pub fn from_json(raw: &str) -> Result<Self, NotNumericDate> {
        match decimal::Decimal::read(raw) {
            Some(decimal) => decimal
                .floor_nanos()
                .map(|(seconds, nanos, beyond)| Self {
                    seconds,
                    nanos,
                    beyond,
                })
                .ok_or(NotNumericDate::Range),
            None => Err(NotNumericDate::Type(match type_name(raw) {
                "number" => "text that is not JSON",
                other => other,
            })),
        }
    }
}

/// Reads RFC 3339 with any offset and with `T`, `t` or a space in the middle, or a date, which means its midnight UTC.
fn rfc3339_or_date(text: &str) -> Option<Timestamp> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        // chrono keeps a leap second as nanoseconds beyond the second. Here it becomes the start of the next second (RFC 7519 §2).
        let nanos = moment.timestamp_subsec_nanos();
        return Some(match nanos.checked_sub(1_000_000_000) {
            Some(beyond) => Timestamp::new(moment.timestamp() + 1, beyond),
            None => Timestamp::new(moment.timestamp(), nanos),
        });
    }
    let parts: Vec<&str> = text.splitn(4, '-').collect();
    let digits = |part: &str, width: usize| {
        part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    match parts[..] {
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            let date = NaiveDate::from_ymd_opt(
                year.parse().ok()?,
                month.parse().ok()?,
                day.parse().ok()?,
            )?;
            Some(Timestamp::from_seconds(
                date.and_time(NaiveTime::MIN).and_utc().timestamp(),
            ))
        }
        _ => None,
    }
}

/// A unit of time that is finer than a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FinerUnit {
    /// A thousandth: `Date.now()` of JavaScript.
    Milliseconds,
    /// A millionth.
    Microseconds,
    /// A thousandth of a millionth: `time.time_ns()` of Python.
    Nanoseconds,
}

impl FinerUnit {
    /// How many make a second.
    #[must_use]
    pub const fn per_second(self) -> i64 {
        match self {
            Self::Milliseconds => 1_000,
            Self::Microseconds => 1_000_000,
            Self::Nanoseconds => 1_000_000_000,
        }
    }
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Microseconds => "microseconds",
            Self::Nanoseconds => "nanoseconds",
        }
    }
}

/// In which finer unit a moment was probably meant: it lies after the year 5138, and in that unit within a century of `now`, or after the year 2001 in a unit
/// finer than milliseconds.
#[must_use]
pub(crate) fn finer_unit(at: Timestamp, now: Timestamp) -> Option<FinerUnit> {
    const CENTURY: u64 = 36_525 * 86_400;
    const YEAR_2001: i64 = 1_000_000_000;
    let fits = |unit: &FinerUnit| {
        let seconds = at.seconds / unit.per_second();
        let is_late = *unit == FinerUnit::Milliseconds || seconds >= YEAR_2001;
        is_late && seconds.abs_diff(now.seconds) <= CENTURY
    };
    [
        FinerUnit::Milliseconds,
        FinerUnit::Microseconds,
        FinerUnit::Nanoseconds,
    ]
    .into_iter()
    .find(|unit| at.seconds > 100_000_000_000 && fits(unit))
}

/// Why a JSON value is not a `NumericDate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNumericDate {
    /// The value is not a number; names its JSON type.
    Type(&'static str),
    /// The number is beyond every moment that can be represented.
    Range,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Ordering;

    const NOW: Timestamp = Timestamp::new(1_700_000_000, 500_000_000);

    const fn at(seconds: i64, nanos: u32) -> Timestamp {
        Timestamp::new(seconds, nanos)
    }

    proptest! {
        #[test]
        fn moments_are_written_as_chrono_writes_them(seconds in -62_167_300_000_i64..253_402_400_000) {
            let theirs = DateTime::from_timestamp(seconds, 0).unwrap();
            let theirs = theirs.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            let is_in_range = theirs.len() == 20;
            prop_assert_eq!(at(seconds, 0).rfc3339(), is_in_range.then_some(theirs));
        }
    }

    #[test]
    fn a_moment_is_compared_with_the_clock_exactly() {
        let now = at(1_700_000_000, 0);
        let read = |text| Timestamp::from_json(text).unwrap();
        for (text, order) in [
            ("1700000000", Ordering::Equal),
            ("17e8", Ordering::Equal),
            ("1700000000.00000000000", Ordering::Equal),
            ("1700000000.0000000000000000001", Ordering::Greater),
            ("17000000000000000000000000001e-19", Ordering::Greater),
            ("1699999999.9999999999999999999", Ordering::Less),
        ] {
            assert_eq!(read(text).cmp(&now), order, "{text}");
            let later = (Span::from_seconds(60), at(1_700_000_060, 0));
            assert_eq!(read(text).plus(later.0).cmp(&later.1), order, "{text}");
        }
        assert_eq!(read("1700000000.0000000001").seconds_until(now), -1);
        assert_eq!(now.seconds_until(read("1700000000.0000000001")), 0);
    }

    #[test]
    fn a_time_is_read_in_each_of_its_forms() {
        let table = [
            ("now", Ok(at(1_700_000_000, 500_000_000))),
            ("0", Ok(at(0, 0))),
            ("1700000000", Ok(at(1_700_000_000, 0))),
            ("1700000000.25", Ok(at(1_700_000_000, 250_000_000))),
            ("-1", Ok(at(-1, 0))),
            ("-0.5", Ok(at(-1, 500_000_000))),
            ("9223372036854775808", Err(TimeError::OutOfRange)),
            ("2026-11-24T03:45:00Z", Ok(at(1_795_491_900, 0))),
            ("2026-11-24t03:45:00z", Ok(at(1_795_491_900, 0))),
            (
                "2026-11-24 04:45:00.5+01:00",
                Ok(at(1_795_491_900, 500_000_000)),
            ),
            ("2016-12-31T23:59:60Z", Ok(at(1_483_228_800, 0))),
            ("1969-12-31T23:59:59.25Z", Ok(at(-1, 250_000_000))),
            ("2026-11-24", Ok(at(1_795_478_400, 0))),
            ("0000-01-01", Ok(at(-62_167_219_200, 0))),
            ("+15m", Ok(at(1_700_000_900, 500_000_000))),
            ("-1h30m", Ok(at(1_699_994_600, 500_000_000))),
            ("2d", Ok(at(1_700_172_800, 500_000_000))),
            ("+18446744073709551615s", Err(TimeError::OutOfRange)),
            ("-99999999999999999999w", Err(TimeError::OutOfRange)),
        ];
        for (text, expected) in table {
            assert_eq!(Timestamp::parse(text, NOW), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_time_is_refused() {
        let table = [
            "",
            " ",
            "+",
            "-",
            "Now",
            "tomorrow",
            "+900",
            "1e9",
            "01",
            "1.",
            ".5",
            "0x10",
            "1_000",
            " 1",
            "1 ",
            "NaN",
            "2026-11",
            "2026-11-24T03:45Z",
            "2026-11-24T03:45:00",
            "2026-02-30",
            "2026-13-01",
            "26-11-24",
            "2026-1-2",
            "2026-11-24-",
            "+2026-11-24",
            "-2026-11-24",
            "2026-11-24T25:00:00Z",
            "2026-11-24T03:45:00+99:00",
            "+-1m",
            "--1m",
            "+1.5h",
            "30m1h",
            "1m1m",
            "m",
            "+m",
            "1M",
            "1y",
            "é",
            "1é",
            "-é",
            "1\u{0}",
        ];
        for text in table {
            assert_eq!(
                Timestamp::parse(text, NOW),
                Err(TimeError::NotATime),
                "{text}"
            );
        }
    }

    #[test]
    fn a_value_of_another_type_is_no_numeric_date() {
        let table = [
            ("\"1700000000\"", "string"),
            ("null", "null"),
            ("true", "boolean"),
            ("[1]", "array"),
            ("{}", "object"),
            ("NaN", "text that is not JSON"),
            ("", "text that is not JSON"),
        ];
        for (raw, expected) in table {
            assert_eq!(
                Timestamp::from_json(raw),
                Err(NotNumericDate::Type(expected)),
                "{raw}"
            );
        }
    }

    #[test]
    fn a_moment_is_written_within_the_years_that_rfc_3339_has() {
        let table = [
            (0, Some("1970-01-01T00:00:00Z")),
            (1_795_491_900, Some("2026-11-24T03:45:00Z")),
            (-62_167_219_200, Some("0000-01-01T00:00:00Z")),
            (-62_167_219_201, None),
            (253_402_300_799, Some("9999-12-31T23:59:59Z")),
            (253_402_300_800, None),
            (i64::MAX, None),
            (i64::MIN, None),
        ];
        for (seconds, expected) in table {
            assert_eq!(
                Timestamp::from_seconds(seconds).rfc3339().as_deref(),
                expected,
                "{seconds}"
            );
        }
    }

    #[test]
    fn moments_stop_at_the_ends_of_what_can_be_said() {
        let (first, last) = (
            Timestamp::from_seconds(i64::MIN),
            Timestamp::new(i64::MAX, u32::MAX),
        );
        assert_eq!(NOW.plus(Span::from_seconds(u64::MAX)), last);
        assert_eq!(
            first.plus(Span::from_seconds(u64::MAX)),
            Timestamp::from_seconds(i64::MAX)
        );
        assert_eq!(first.seconds_until(last), i64::MAX);
        assert_eq!(last.seconds_until(first), i64::MIN);
        assert_eq!(Timestamp::new(1, 1).seconds_until(first), i64::MIN);
    }

    #[test]
    fn seconds_between_moments_are_whole_and_round_towards_the_past() {
        let table = [
            ((100, 0), (160, 0), 60),
            ((100, 0), (100, 900_000_000), 0),
            ((100, 1), (100, 0), -1),
            ((100, 1), (101, 0), 0),
            ((5, 0), (-5, 0), -10),
        ];
        for ((from, from_nanos), (to, to_nanos), expected) in table {
            assert_eq!(
                Timestamp::new(from, from_nanos).seconds_until(Timestamp::new(to, to_nanos)),
                expected
            );
        }
    }

    #[test]
    fn finer_units_are_told_from_a_far_future() {
        use FinerUnit::{Microseconds, Milliseconds, Nanoseconds};
        let table = [
            (1_700_003_600_000, Some(Milliseconds)),
            (1_700_003_600, None),
            (100_000_000_000, None),
            (100_000_000_001, Some(Milliseconds)),
            (1_700_003_600_000_000, Some(Microseconds)),
            (1_700_003_600_000_000_000, Some(Nanoseconds)),
            (253_402_300_799, Some(Milliseconds)),
            (10_000_000_000_000, None),
            (-1_700_003_600_000, None),
            (i64::MAX, None),
        ];
        for (seconds, expected) in table {
            assert_eq!(
                finer_unit(Timestamp::from_seconds(seconds), NOW),
                expected,
                "{seconds}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_written_moment_reads_back(seconds in -62_167_219_200_i64..253_402_300_800, nanos in 0_u32..1_000_000_000) {
            let text = Timestamp::new(seconds, nanos).rfc3339().unwrap();
            prop_assert_eq!(Timestamp::parse(&text, NOW), Ok(Timestamp::from_seconds(seconds)));
        }

        #[test]
        fn reading_never_panics(text in "\\PC*|[-+0-9.eEwdhmsTZ: ]*", seconds in any::<i64>(), nanos in any::<u32>()) {
            let now = Timestamp::new(seconds, nanos);
            let _ = Timestamp::parse(&text, now);
            let _ = text.parse::<Span>();
            let _ = Timestamp::from_json(&text);
            let _ = (now.rfc3339(), finer_unit(now, NOW), now.seconds_until(NOW));
        }
    }
}
