//! Prints `verify --batch`: one line per token.
use std::fmt::Write as _;

use crate::cli::error::Failure;
use crate::cli::outcome::JudgedToken;
use crate::cli::paint::{Paint, Tone};
use crate::cli::render::{advice, words};
use crate::core::time::Timestamp;
use crate::core::verdict::CheckResult;

/// How many characters of a subject or an id are shown.
const WHO: usize = 80;

/// Writes a line such as `3: expired 12 min ago; audience not checked: aud is "api"; sub "alice"`: the verdict, then what else was refused or let pass, then who.
pub(crate) fn line(
    number: u64,
    judged: Result<&JudgedToken, &Failure>,
    now: Timestamp,
    paint: Paint,
    out: &mut Vec<u8>,
) {
    let (tone, text) = match judged {
        Ok(judged) if judged.verdict.is_valid() => (Tone::Good, told(judged, now)),
        Ok(judged) => (Tone::Bad, told(judged, now)),
        Err(failure) => (Tone::Bad, failure.message.clone()),
    };
    let line = format!("{number}: {}\n", paint.tone(tone, &text));
    out.extend_from_slice(line.as_bytes());
}

fn told(judged: &JudgedToken, now: Timestamp) -> String {
    let mut text = advice::headline(judged, now);
    let deciding = judged.verdict.deciding();
    for finding in &judged.verdict.findings {
        let is_told = deciding.is_some_and(|deciding| std::ptr::eq(deciding, finding));
        if matches!(finding.result, CheckResult::Passed) || is_told {
            continue;
        }
        text.push_str("; ");
        text.push_str(&words::finding(finding, now));
    }
    for name in ["sub", "jti"] {
        if let Some(raw) = judged.token.claims().and_then(|claims| claims.raw(name)) {
            _ = write!(text, "; {name} {}", words::shortened(raw, WHO));
        }
    }
    text
}
