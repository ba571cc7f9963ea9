//! How long an answer may be used without asking again: RFC 9111 for a private cache, within bounds of our own.
use std::time::{SystemTime, UNIX_EPOCH};

use super::message::Answer;
use crate::core::time::Timestamp;

/// The shortest and the longest time that an answer is used, in seconds.
const BOUNDS: (u64, u64) = (30, 24 * 60 * 60);
/// The time for an answer that does not say, in seconds.
const UNSAID: u64 = 10 * 60;

/// The header fields that say how long. What a 304 does not say anew still holds (RFC 9111 §4.3.4).
pub(crate) const FIELDS: [&str; 3] = ["cache-control", "expires", "vary"];

/// How long an answer may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Freshness {
    /// Seconds from its arrival.
    pub seconds: u64,
    /// Whether it may be kept for another process.
    pub keep: bool,
}

impl Freshness {
    /// What an answer that came at this moment says of itself.
    #[must_use]
    pub(crate) fn of(answer: &Answer, now: Timestamp) -> Self {
        let directives: Vec<(String, Option<String>)> =
            answer.all("cache-control").flat_map(directives).collect();
        let has = |name: &str| directives.iter().any(|(known, _)| known == name);
        // An answer that varies by everything fits no other request (RFC 9111 §4.1).
        let varies = |value: &str| value.split(',').any(|one| one.trim() == "*");
        let (shortest, longest) = BOUNDS;
        let seconds = if has("no-cache") || has("no-store") || answer.all("vary").any(varies) {
            shortest
        } else {
            lifetime(answer, &directives, now).clamp(shortest, longest)
        };
        Self {
            seconds,
            keep: !has("no-store"),
        }
    }
}

/// The time that is left of what the answer allows, without bounds.
fn lifetime(answer: &Answer, directives: &[(String, Option<String>)], now: Timestamp) -> u64 {
    let ages = directives.iter().filter(|(name, _)| name == "max-age");
    let ages = ages.map(|(_, value)| value.as_deref().map_or(0, delta_seconds));
    // If it says two, the shorter counts (RFC 9111 §4.2.1).
    let whole = ages.min().or_else(|| expires_in(answer, now));
    let Some(whole) = whole else { return UNSAID };
    let age = answer.header("age").map_or(0, delta_seconds);
    whole.saturating_sub(age)
}

/// The time until `Expires`, from the answer's own `Date` if it has one. What is no date has passed (RFC 9111 §5.3).
fn expires_in(answer: &Answer, now: Timestamp) -> Option<u64> {
    let text = answer.header("expires")?;
    let date = answer.header("date").and_then(seconds);
    let from = date.unwrap_or(now.seconds());
    let until = seconds(text).unwrap_or(from);
    Some(u64::try_from(until.saturating_sub(from)).unwrap_or(0))
}

fn seconds(date: &str) -> Option<i64> {
    let at: SystemTime = httpdate::parse_http_date(date.trim()).ok()?;
    let since = at.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

/// A number of seconds. One that is too large counts as the largest, what is none as 0 (RFC 9111 §1.2.2).
fn delta_seconds(text: &str) -> u64 {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        text.parse().unwrap_or(u64::MAX)
    } else {
        0
    }
}

/// The directives of a `Cache-Control` field, their names in lower case. A comma inside quotes separates nothing.
fn directives(value: &str) -> Vec<(String, Option<String>)> {
    let (mut found, mut word, mut quoted, mut escaped) = (Vec::new(), String::new(), false, false);
    for one in value.chars().chain([',']) {
        match one {
            _ if escaped => {
                word.push(one);
                escaped = false;
            }
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                let (name, value) = match word.split_once('=') {
                    Some((name, value)) => (name, Some(value.trim().to_owned())),
                    None => (word.as_str(), None),
                };
                if !name.trim().is_empty() {
                    found.push((name.trim().to_ascii_lowercase(), value));
                }
                word.clear();
            }
            _ => word.push(one),
        }
    }
    found
}

#[cfg(test)]
mod tests;
