//! Prints what `inspect` says about a Django server: its answers in one line, and where it is unsafe.
use super::page::Page;
use crate::cli::outcome::{JudgedToken, PredictedAnswers};
use crate::cli::paint::Tone;
use crate::cli::render::{advice, words};
use crate::core::emulator::DatabaseFact;
use crate::core::time::Timestamp;

/// Writes `view 200, verify 200, refresh 401 (kind mismatch)`, and what only the database could tell.
pub(super) fn answers(server: &PredictedAnswers) -> String {
    let mut unchecked: Vec<DatabaseFact> = Vec::new();
    let mut parts = Vec::new();
    for (view, answer) in &server.answers {
        let why = answer.cause.map_or_else(String::new, |cause| {
            format!(" ({})", cause.code().replace('_', " "))
        });
        parts.push(format!("{} {}{why}", view.name(), answer.status));
        unchecked.extend(&answer.not_checked);
    }
    unchecked.sort();
    unchecked.dedup();
    let text = format!("{} says: {}", server.profile, parts.join(", "));
    if unchecked.is_empty() {
        return text;
    }
    let words: Vec<_> = unchecked
        .iter()
        .map(|what| what.code().replace('_', " "))
        .collect();
    format!("{text}; not checked: {}", words.join(", "))
}

/// Adds a row if the server accepts a token that we refuse, and one for each hazard.
pub(super) fn hazards(
    page: &mut Page,
    server: &PredictedAnswers,
    judged: &JudgedToken,
    now: Timestamp,
) {
    let accepting: Vec<_> = server
        .answers
        .iter()
        .filter(|(_, answer)| answer.is_success())
        .map(|(view, _)| view.name())
        .collect();
    let mut rows = Vec::new();
    if !accepting.is_empty() && !judged.verdict.is_valid() {
        let headline = advice::headline(judged, now);
        let text = format!(
            "accepted by {}, but not by jwtsess: {headline}",
            accepting.join(", ")
        );
        rows.push(("laxer", text));
    }
    let hazards = server.hazards.iter();
    rows.extend(hazards.map(|hazard| (hazard.code(), words::hazard(*hazard).to_owned())));
    if rows.is_empty() {
        return;
    }
    page.gap();
    page.line(0).put(Tone::Heading, "beware of its server");
    let column = rows
        .iter()
        .map(|(code, _)| code.len())
        .max()
        .unwrap_or_default();
    for (code, text) in rows {
        page.row(code, column, Tone::Plain, &text);
    }
}
