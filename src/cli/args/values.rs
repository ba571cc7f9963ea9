//! The values of flags: how each is typed.
use std::ffi::OsString;
use std::fmt;
use std::str::FromStr;

use crate::cli::args::assignment;
use crate::core::algorithm::Algorithm;
use crate::core::policy::MAX_LEEWAY;
use crate::core::time::{Span, Timestamp};

/// Text that may be a secret or a token: `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Hidden<T = OsString>(T);

impl<T> Hidden<T> {
    /// The text. The one way in: look for this name when reviewing.
    pub(crate) const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Hidden<T> {
    fn from(text: T) -> Self {
        Self(text)
    }
}

impl<T> fmt::Debug for Hidden<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(..)")
    }
}

/// A path that is not empty, and not blank.
///
/// # Errors
/// It is.
pub(crate) fn filled_path(path: OsString) -> Result<OsString, &'static str> {
    match path.to_str() {
        Some(text) => filled(text).map(OsString::from),
        None => Ok(path),
    }
}

/// A name that is not blank: see [`filled`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    /// The text.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        filled(text).map(Self)
    }
}

/// Text that is not blank.
///
/// # Errors
/// It is empty or only white space, as when a script uses a variable that is not set.
pub(crate) fn filled(text: &str) -> Result<String, &'static str> {
    match text {
        "" => Err("it is empty: is the variable set?"),
        _ if text.trim().is_empty() => Err("it is only white space: is the variable set?"),
        _ => Ok(text.to_owned()),
    }
}

/// A time as typed. What it means depends on what time it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TimeText(String);

impl TimeText {
    /// The moment that it means.
    ///
    /// # Errors
    /// The moment can't be represented.
    pub(crate) fn at(&self, now: Timestamp) -> Result<Timestamp, crate::core::time::TimeError> {
        Timestamp::parse(&self.0, now)
    }
}

/// The forms of a time, for the errors that name them.
pub(crate) const TIME_FORMS: &str =
    "give epoch seconds, 2026-11-24T12:00:00Z, 2026-11-24, now, +15m, -1h30m or 2d";

impl FromStr for TimeText {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Whether the form is right does not depend on the moment.
        match Timestamp::parse(text, Timestamp::from_seconds(0)) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(error) => Err(format!("{error}: {TIME_FORMS}")),
        }
    }
}

/// A setting of a profile: its name and its value.
///
/// # Errors
/// No `=`, or nothing before it.
pub(crate) fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("give NAME=VALUE, as in access_ttl=10m".to_owned()),
    }
}

/// A duration.
///
/// # Errors
/// Not one.
pub(crate) fn span(text: &str) -> Result<Span, String> {
    text.parse()
        .map_err(|error| format!("{error}: give 90s, 15m, 1h30m, 7d, 2w or a number of seconds"))
}

/// How long a token lives, and whether it was typed with a unit: a number alone may be meant in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lifetime {
    span: Span,
    has_unit: bool,
}

impl Lifetime {
    /// The duration.
    #[must_use]
    pub(crate) const fn span(self) -> Span {
        self.span
    }
    /// Whether a unit was typed.
    #[must_use]
    pub(crate) const fn has_unit(self) -> bool {
        self.has_unit
    }
}

/// A lifetime.
///
/// # Errors
/// Not a duration.
pub(crate) fn lifetime(text: &str) -> Result<Lifetime, String> {
    Ok(Lifetime {
        span: span(text)?,
        has_unit: text.ends_with(|last: char| !last.is_ascii_digit()),
    })
}

/// A leeway: a duration of at most a day.
///
/// # Errors
/// Not one.
pub(crate) fn leeway(text: &str) -> Result<Span, String> {
    let leeway = span(text)?;
    if leeway > MAX_LEEWAY {
        return Err("it is more than a day, which would make expiry meaningless".to_owned());
    }
    Ok(leeway)
}

/// An algorithm to sign or check with.
///
/// # Errors
/// jwtsess does not have the algorithm. For `none` the error says what it means.
pub(crate) fn algorithm(text: &str) -> Result<Algorithm, String> {
    let text = filled(text)?;
    let text = text.trim();
    if let Ok(algorithm) = text.parse() {
        return Ok(algorithm);
    }
    if text.eq_ignore_ascii_case("none") {
        return Err("it means unsigned: jwtsess neither issues nor accepts such tokens".to_owned());
    }
    let near = Algorithm::ALL
        .into_iter()
        .find(|algorithm| algorithm.name().eq_ignore_ascii_case(text));
    Err(if let Some(algorithm) = near {
        format!("its name is written {algorithm}")
    } else {
        let names: Vec<_> = Algorithm::ALL.iter().map(|one| one.name()).collect();
        format!(
            "jwtsess does not have this algorithm; it has {}",
            names.join(", ")
        )
    })
}

/// The limit of `--max-token-size`: a token is held in memory several times over.
const MOST_TOKEN_BYTES: usize = 1 << 30;

/// A number of bytes: `65536`, `64k`, `4m`.
///
/// # Errors
/// The text is not a size, or it is zero or more than a gibibyte.
pub(crate) fn size(text: &str) -> Result<usize, String> {
    let wrong = || "not a size: give a number of bytes, 512k or 16m".to_owned();
    let lower = text.to_ascii_lowercase();
    let lower = lower.trim_end_matches("ib").trim_end_matches('b');
    let (digits, unit) = match lower.as_bytes() {
        [.., b'k'] => (&lower[..lower.len() - 1], 1 << 10),
        [.., b'm'] => (&lower[..lower.len() - 1], 1 << 20),
        _ => (lower, 1),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let bytes = digits
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_mul(unit));
    match bytes {
        Some(bytes @ 1..=MOST_TOKEN_BYTES) => Ok(bytes),
        Some(0) => Err(wrong()),
        _ => Err("it is more than 1024m".to_owned()),
    }
}

/// A claim or header parameter as typed: its name, and its value as JSON text. `NAME=VALUE` is a string, `NAME:=JSON` any JSON.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The name.
    pub name: String,
    /// The value, as JSON text.
    pub json: String,
}

/// Shows the name only: the value can be anything, even a secret.
impl fmt::Debug for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assignment")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl FromStr for Assignment {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, json) = assignment::one(text).map_err(|error| {
            format!(
                "{error}: give NAME=VALUE for a string, NAME:=JSON for a number, true, a list …"
            )
        })?;
        Ok(Self { name, json })
    }
}

/// JSON that is typed, in a file, or on standard input.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Document {
    /// Typed.
    Text(String),
    /// In a file: `@FILE`.
    File(OsString),
    /// On standard input: `-` or `@-`.
    Stdin,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text(..)"),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Stdin => f.write_str("Stdin"),
        }
    }
}

impl FromStr for Document {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "" => Err("it is empty: is the variable set?"),
            "-" | "@-" => Ok(Self::Stdin),
            _ => match text.strip_prefix('@') {
                Some("") => Err("there is no file name after the @"),
                Some(path) => Ok(Self::File(path.into())),
                None => Ok(Self::Text(text.to_owned())),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignment_is_a_string_or_json() {
        let table = [
            ("role=admin", Some(("role", "\"admin\""))),
            ("level:=3", Some(("level", "3"))),
            ("role", None),
            ("n:=admin", None),
        ];
        for (text, expected) in table {
            let read = text.parse::<Assignment>().ok();
            let read = read
                .as_ref()
                .map(|one| (one.name.as_str(), one.json.as_str()));
            assert_eq!(read, expected, "{text}");
        }
        let deep = format!("n:={}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(deep.parse::<Assignment>().is_err());
    }

    #[test]
    fn a_wrong_assignment_is_not_quoted() {
        for text in ["hunter2", "password:=hunter2"] {
            let error = text.parse::<Assignment>().err().unwrap_or_default();
            assert!(!error.is_empty() && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn sizes_have_units() {
        let table = [
            ("1", Some(1)),
            ("64k", Some(65_536)),
            ("64KiB", Some(65_536)),
            ("4m", Some(4 << 20)),
            ("1024M", Some(1 << 30)),
            ("1025m", None),
            ("99999999999999999999m", None),
            ("0", None),
            ("", None),
            ("k", None),
            ("-1", None),
            ("1.5m", None),
        ];
        for (text, expected) in table {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn an_algorithm_that_is_almost_one_is_named() {
        let table = [
            ("hs256", "its name is written HS256"),
            ("eddsa", "its name is written EdDSA"),
            (
                "nOnE",
                "it means unsigned: jwtsess neither issues nor accepts such tokens",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(algorithm(text).err().as_deref(), Some(expected));
        }
        assert!(algorithm("Ed448").is_err_and(|error| error.contains("ES256, ES384")));
        assert_eq!(algorithm("Ed25519"), Ok(Algorithm::Ed25519));
    }

    #[test]
    fn a_leeway_is_at_most_a_day() {
        assert_eq!(leeway("24h"), Ok(MAX_LEEWAY));
        assert!(leeway("86401").is_err());
        assert!(leeway("18446744073709551615").is_err());
    }

    #[test]
    fn nothing_typed_shows_in_debug() {
        let shown = format!(
            "{:?} {:?} {:?}",
            Hidden::from("hunter2"),
            Document::Text("hunter2".into()),
            Assignment {
                name: "n".into(),
                json: "hunter2".into()
            }
        );
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
