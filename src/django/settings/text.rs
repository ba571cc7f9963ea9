//! Reads setting values as people write them: in our own notation, or as they stand in a `settings.py`.
use std::time::Duration;

use crate::core::time::Span;

/// The longest `timedelta` is 999,999,999 days and a little more.
const MAX_SECONDS: f64 = 86_400.0 * 1e9;

/// Reads `True`, `false`, `on`, `1` and the like.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "on" | "yes" | "1" => Some(true),
        "false" | "off" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// Reads `5m`, seconds (`90`, `0.5`), or `timedelta(hours=1, minutes=30)`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    if let Ok(span) = text.parse::<Span>() {
        return in_range(Duration::from_secs(span.seconds()));
    }
    let call = text.strip_prefix("datetime.").unwrap_or(text);
    match call.strip_prefix("timedelta(") {
        Some(rest) => rounded(timedelta(rest.strip_suffix(')')?)?),
        None => rounded(decimal(text)?),
    }
}

fn in_range(duration: Duration) -> Option<Duration> {
    (duration.as_secs_f64() < MAX_SECONDS).then_some(duration)
}

/// Rounds to the microsecond, as a `timedelta` does.
fn rounded(seconds: f64) -> Option<Duration> {
    if !(0.0..MAX_SECONDS).contains(&seconds) {
        return None;
    }
    let exact = Duration::try_from_secs_f64(seconds).ok()?;
    Some(Duration::from_micros(
        u64::try_from((exact.as_nanos() + 500) / 1000).ok()?,
    ))
}

/// Reads a number in digits, without an exponent.
fn decimal(text: &str) -> Option<f64> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let valid = digits(whole) && digits(fraction) && whole.len() + fraction.len() > 0;
    valid.then(|| text.parse().ok()).flatten()
}

/// The seconds of a `timedelta` with these arguments.
fn timedelta(arguments: &str) -> Option<f64> {
    let mut positional = [
        "days",
        "seconds",
        "microseconds",
        "milliseconds",
        "minutes",
        "hours",
        "weeks",
    ]
    .iter();
    let mut sum = 0.0;
    for argument in arguments.split(',').map(str::trim) {
        if argument.is_empty() {
            continue;
        }
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.trim(), value.trim()),
            None => (*positional.next()?, argument),
        };
        let unit = match name {
            "weeks" => 604_800.0,
            "days" => 86_400.0,
            "hours" => 3_600.0,
            "minutes" => 60.0,
            "seconds" => 1.0,
            "milliseconds" => 1e-3,
            "microseconds" => 1e-6,
            _ => return None,
        };
        sum += decimal(&value.replace('_', ""))? * unit;
    }
    Some(sum)
}

/// Writes a duration so that [`duration`] reads it back.
pub(super) fn of_duration(duration: Duration) -> String {
    if duration.subsec_micros() == 0 {
        return Span::from_seconds(duration.as_secs()).to_string();
    }
    let text = format!("{}.{:06}", duration.as_secs(), duration.subsec_micros());
    text.trim_end_matches('0').to_owned()
}

/// Reads a text with or without quotes; `None` if it is empty or says `None`.
pub(super) fn string(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text == "None" || text == "null" {
        return None;
    }
    let inner = |quote: char| {
        text.strip_prefix(quote)?
            .strip_suffix(quote)
            .filter(|inner| !inner.contains(quote))
    };
    let inner = inner('"').or_else(|| inner('\'')).unwrap_or(text);
    Some(inner.to_owned())
}

/// The items of `[…]` or `(…)`; `None` if the text is neither.
pub(super) fn list(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let inner = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .or_else(|| text.strip_prefix('(')?.strip_suffix(')'))?;
    Some(parts(inner))
}

/// The items of a list with or without brackets.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut quote = None;
    let mut part = String::new();
    for character in text.chars() {
        match (quote, character) {
            (None, ',') => parts.extend(string(&std::mem::take(&mut part))),
            (None, '"' | '\'') => {
                quote = Some(character);
                part.push(character);
            }
            (Some(open), character) if open == character => {
                quote = None;
                part.push(character);
            }
            _ => part.push(character),
        }
    }
    parts.extend(string(&part));
    parts
}

/// Writes a list so that [`list`] reads it back.
pub(super) fn of_list<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = values.into_iter().map(of_string).collect();
    format!("[{}]", quoted.join(", "))
}

/// Writes a text so that [`string`] reads it back inside a list.
fn of_string(text: &str) -> String {
    let quote = if text.contains('"') { '\'' } else { '"' };
    format!("{quote}{text}{quote}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_ours_and_as_pythons() {
        for (text, micros) in [
            ("5m", Some(300_000_000)),
            ("1h30m", Some(5_400_000_000)),
            ("90", Some(90_000_000)),
            ("0.5", Some(500_000)),
            ("0.0000004", Some(0)),
            ("timedelta(minutes=5)", Some(300_000_000)),
            ("datetime.timedelta(days=1, hours=2)", Some(93_600_000_000)),
            ("timedelta(1, 30)", Some(86_430_000_000)),
            ("timedelta( hours = 1.5 )", Some(5_400_000_000)),
            ("timedelta(seconds=1_000)", Some(1_000_000_000)),
            ("timedelta()", Some(0)),
            ("timedelta(years=1)", None),
            ("timedelta(days=-1)", None),
            ("timedelta(days=1", None),
            ("timedelta(days=99999999999)", None),
            ("-5", None),
            ("1e3", None),
            (".", None),
            ("", None),
            ("nan", None),
            ("soon", None),
        ] {
            let expected = micros.map(Duration::from_micros);
            assert_eq!(duration(text), expected, "{text}");
            if let Some(read) = expected {
                assert_eq!(duration(&of_duration(read)), Some(read), "{text}");
            }
        }
    }

    #[test]
    fn texts_and_lists_are_read_with_and_without_quotes() {
        for (text, expected) in [
            ("api", Some("api")),
            ("'api'", Some("api")),
            ("\"a'b\"", Some("a'b")),
            ("'a', 'b'", Some("'a', 'b'")),
            ("None", None),
            (" ", None),
        ] {
            assert_eq!(string(text).as_deref(), expected, "{text}");
        }
        assert_eq!(
            list("['a', \"b,c\"]"),
            Some(vec!["a".to_owned(), "b,c".to_owned()])
        );
        assert_eq!(list("('a',)"), Some(vec!["a".to_owned()]));
        assert_eq!(list("[]"), Some(vec![]));
        assert_eq!(list("a,b"), None);
        assert_eq!(of_list(["a", "b\"c"]), "[\"a\", 'b\"c']");
    }
}
