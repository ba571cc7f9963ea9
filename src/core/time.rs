//! Instants, durations and NumericDate (RFC 7519 §2).
use std::str::FromStr;

/// Tells the time. The one real clock lives in `cli::world`; everything else is handed one.
pub trait Clock {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A moment: seconds since 1970-01-01T00:00:00Z, leap seconds ignored (RFC 7519 §2), with nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    /// A whole second.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanos: 0 }
    }
    /// A moment inside a second; `nanos` of 1,000,000,000 and more count as 999,999,999.
    #[must_use]
    pub const fn new(seconds: i64, nanos: u32) -> Self {
        let nanos = if nanos > 999_999_999 {
            999_999_999
        } else {
            nanos
        };
        Self { seconds, nanos }
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
    /// Later by `span`; stops at the largest moment.
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        let _ = span;
        todo!()
    }
    /// Earlier by `span`; stops at the smallest moment.
    #[must_use]
    pub fn minus(self, span: Span) -> Self {
        let _ = span;
        todo!()
    }
    /// Whole seconds from here to `other`, negative if it is earlier; saturating.
    #[must_use]
    pub fn seconds_until(self, other: Self) -> i64 {
        let _ = other;
        todo!()
    }
    /// RFC 3339 in UTC with whole seconds (`2026-11-24T03:45:00Z`), or `None` outside the years 0000 to 9999.
    #[must_use]
    pub fn rfc3339(self) -> Option<String> {
        todo!()
    }
    /// Reads what CLI.md's "Times: in" lists: epoch seconds, RFC 3339, a date (midnight UTC), `now`, `+15m`, `-1h30m`, `2d` (from `now`).
    ///
    /// # Errors
    /// Text that is none of these, or a moment that can't be represented.
    pub fn parse(text: &str, now: Self) -> Result<Self, TimeError> {
        let _ = (text, now);
        todo!()
    }
    /// Reads a NumericDate from a JSON value's own text (`1700000000`, `1.7e9`, `1700000000.5`); exact for decimal text, no float rounding.
    ///
    /// # Errors
    /// Not a JSON number ([`NotNumericDate::Type`]), or out of the range of `i64` seconds ([`NotNumericDate::Range`]), 1e400 among them.
    pub fn from_json(raw: &str) -> Result<Self, NotNumericDate> {
        let _ = raw;
        todo!()
    }
}

/// Why a JSON value is not a NumericDate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNumericDate {
    /// Not a number: the JSON type it has instead.
    Type(&'static str),
    /// A number that no moment has.
    Range,
}

/// A length of time in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(u64);

impl Span {
    /// That many seconds.
    #[must_use]
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }
    /// Its seconds.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0
    }
    /// For people: the two largest units (`1 h 30 min`, `6 d 23 h`, `45 s`, `0 s`).
    #[must_use]
    pub fn words(self) -> String {
        todo!()
    }
}

/// `90s`, `15m`, `1h30m`, `7d`, `2w`; a bare number is seconds. No sign, no fraction, no blanks.
impl FromStr for Span {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let _ = text;
        todo!()
    }
}

/// The form that [`Span::from_str`] reads back, in the largest exact units (`1h30m`, `1w`, `0s`).
impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let _ = f;
        todo!()
    }
}

/// A time or a duration that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not a time in any of the forms that are taken.
    #[error("not a time")]
    NotATime,
    /// Not a duration such as `90s`, `15m` or `1h30m`.
    #[error("not a duration")]
    NotADuration,
    /// Further away than can be represented.
    #[error("out of range")]
    OutOfRange,
}

/// Whether a NumericDate would be right as milliseconds: past the year 5138, and a thousandth of it within a century of now.
#[must_use]
pub fn looks_like_milliseconds(at: Timestamp, now: Timestamp) -> bool {
    let _ = (at, now);
    todo!()
}
