//! Prints a refused token on standard error: the verdict, every failed check with the values that were compared, and what to do next. Also prints what `verify`
//! says about an accepted token.
use super::page::{Page, SPEAKER, talk};
use crate::cli::outcome::{JudgedToken, ServerAnswer};
use crate::cli::paint::{self, Tone};
use crate::cli::render::advice::{self, Verb};
use crate::cli::render::screen::{FRESH, RenderedText, Screen};
use crate::cli::render::words;
use crate::core::time::Timestamp;
use crate::core::verdict::{CheckResult, Finding, Verdict};
use crate::session::service::records::SessionView;

/// The whole refusal: what failed, and what to do about it.
pub(super) fn page(judged: &JudgedToken, verb: Verb, now: Timestamp) -> Page {
    let mut page = found(judged, now);
    hints(&mut page, judged, verb, now);
    page
}

/// The headline, and every check that failed.
pub(super) fn found(judged: &JudgedToken, now: Timestamp) -> Page {
    let mut page = headed(&advice::headline(judged, now));
    let failures: Vec<&Finding> = judged.verdict.failures().collect();
    rows(&mut page, &failures, now);
    page
}

/// Adds what to do about it.
pub(super) fn hints(page: &mut Page, judged: &JudgedToken, verb: Verb, now: Timestamp) {
    for sentence in advice::of(judged, verb, now) {
        hint(page, &sentence);
    }
}

/// Adds one hint.
pub(super) fn hint(page: &mut Page, sentence: &str) {
    page.line(SPEAKER.len())
        .put(Tone::Plain, SPEAKER)
        .put(Tone::Heading, "hint: ")
        .put(Tone::Plain, sentence);
}

/// Begins a page with the first line of a refusal.
pub(super) fn headed(headline: &str) -> Page {
    let mut page = Page::new();
    page.line(SPEAKER.len())
        .put(Tone::Plain, SPEAKER)
        .put(Tone::Bad, "refused: ")
        .put(Tone::Heading, headline);
    page
}

/// The whole refusal of a session.
pub(super) fn of_session(seen: &SessionView, verdict: &Verdict, now: Timestamp) -> Page {
    let mut page = Page::new();
    let failures: Vec<&Finding> = verdict.failures().collect();
    let headline = format!(
        "session {}: {}",
        seen.id,
        seen.state.name().replace('_', " ")
    );
    page.line(SPEAKER.len())
        .put(Tone::Plain, SPEAKER)
        .put(Tone::Bad, "refused: ")
        .put(Tone::Heading, &headline);
    rows(&mut page, &failures, now);
    hint(&mut page, advice::of_session(verdict));
    page
}

/// Adds what the token's server would answer, word for word.
pub(super) fn server(page: &mut Page, server: &ServerAnswer) {
    let answer = &server.answer;
    let body = answer.body.as_ref().map(|body| {
        let text = body.text(&vec![FRESH; answer.minted.len()]);
        paint::json(&text).into_owned()
    });
    let text = format!(
        "the server's {} view would answer {}: {}",
        server.view.name(),
        answer.status,
        body.as_deref().unwrap_or_else(|| answer.phrase())
    );
    page.line(0)
        .whole()
        .put(Tone::Plain, SPEAKER)
        .put(Tone::Plain, &text);
}

/// Adds one row per finding: its code in a column, then what was compared.
fn rows(page: &mut Page, findings: &[&Finding], now: Timestamp) {
    let column = findings
        .iter()
        .map(|finding| finding.code().len())
        .max()
        .unwrap_or_default();
    for finding in findings {
        let sentence = words::finding(finding, now);
        page.row(finding.code(), column, Tone::Plain, &sentence);
    }
}

/// Adds notes on an accepted token: what was let pass, or not checked.
pub(super) fn notes(page: &mut Page, verdict: &Verdict, now: Timestamp) {
    for finding in &verdict.findings {
        if matches!(finding.result, CheckResult::Noted(_)) {
            page.line(SPEAKER.len())
                .put(Tone::Plain, SPEAKER)
                .put(Tone::Warn, &words::finding(finding, now));
        }
    }
}

/// Says whose key was used and how old it is, if it came from an address.
fn fetched(page: &mut Page, judged: &JudgedToken, now: Timestamp) {
    if let Some(key) = judged.key.as_ref().filter(|key| key.fetched.is_some()) {
        let text = format!("checked with {}", words::key(key, now));
        page.line(SPEAKER.len())
            .put(Tone::Plain, SPEAKER)
            .put(Tone::Plain, &text);
    }
}

/// Prints `verify`. About an accepted token it says only what it let pass, and at a terminal one line more.
pub(super) fn verified(judged: &JudgedToken, now: Timestamp, screen: &Screen) -> RenderedText {
    let page = if judged.verdict.is_valid() {
        let mut page = Page::new();
        if !screen.quiet {
            notes(&mut page, &judged.verdict, now);
            if screen.err.terminal {
                page.line(SPEAKER.len())
                    .put(Tone::Plain, SPEAKER)
                    .put(Tone::Good, &advice::headline(judged, now));
                fetched(&mut page, judged, now);
            }
        }
        page
    } else {
        let mut page = page(judged, Verb::Verify, now);
        fetched(&mut page, judged, now);
        page
    };
    RenderedText {
        stdout: Vec::new(),
        stderr: talk(&page, screen),
    }
}
