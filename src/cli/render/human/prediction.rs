//! Prints `verify --as`: the server's answer as it would come over the wire, and on what the answer depends.
use std::fmt::Write as _;

use super::page::{Page, SPEAKER, talk};
use crate::cli::outcome::Prediction;
use crate::cli::paint::{self, Tone};
use crate::cli::render::advice;
use crate::cli::render::screen::{FRESH, RenderedText, Screen};
use crate::cli::render::words;
use crate::core::emulator::{Answer, DatabaseFact};
use crate::core::time::Timestamp;

pub(super) fn foretold(foretold: &Prediction, now: Timestamp, screen: &Screen) -> RenderedText {
    let answer = &foretold.answer;
    let mut page = Page::new();
    let mut say = |tone, lead: &str, text: &str| {
        page.line(SPEAKER.len())
            .put(Tone::Plain, SPEAKER)
            .put(tone, lead)
            .put(Tone::Plain, text);
    };
    if let Some(by) = foretold.by.as_ref().filter(|_| !screen.quiet) {
        let text = format!(
            "answered as {} would, because the token has {by} (to choose another server: --profile)",
            foretold.profile.name()
        );
        say(Tone::Plain, "", &text);
    }
    if let Some(cause) = answer.cause {
        say(Tone::Bad, "refused: ", &words::cause(cause));
    }
    if !screen.quiet {
        if let Some(text) = stricter(foretold, now) {
            say(Tone::Warn, "", &text);
        }
        if let Some(text) = not_checked(answer) {
            say(Tone::Warn, "", &text);
        }
        if !answer.minted.is_empty() {
            let text =
                format!("nothing is issued: {FRESH} marks where the new token and its id would be");
            say(Tone::Plain, "", &text);
        }
        for minted in &answer.minted {
            let claims = minted.plan.payload_text(&mut |_| FRESH.to_owned());
            page.row(minted.field, 7, Tone::Plain, &claims);
        }
        if let Some(hint) = hint(foretold) {
            page.line(SPEAKER.len())
                .put(Tone::Plain, SPEAKER)
                .put(Tone::Heading, "hint: ")
                .put(Tone::Plain, &hint);
        }
    }
    RenderedText {
        stdout: message(foretold).into_bytes(),
        stderr: talk(&page, screen),
    }
}

/// Writes the answer as an HTTP message. A hidden character in the body becomes its JSON escape, which means the same text.
fn message(foretold: &Prediction) -> String {
    let (answer, server) = (&foretold.answer, foretold.profile.server.as_ref());
    let mut text = format!("HTTP/1.1 {} {}\n", answer.status, answer.phrase());
    _ = writeln!(text, "Content-Type: {}", answer.content_type);
    for (name, value) in &answer.headers {
        _ = writeln!(text, "{name}: {}", paint::shown(value));
    }
    text.push('\n');
    match &answer.body {
        Some(body) => {
            let body = body.text(&vec![FRESH; answer.minted.len()]);
            text.push_str(&paint::json(&body));
            text.push('\n');
        }
        None => text.push_str(server.map_or("", |server| server.error_page())),
    }
    text
}

/// The note for a token that the server accepts and jwtsess refuses.
fn stricter(foretold: &Prediction, now: Timestamp) -> Option<String> {
    let judged = &foretold.judged;
    let lax = foretold.answer.is_success() && !judged.verdict.is_valid();
    lax.then(|| {
        format!(
            "the server is laxer than jwtsess, which refuses the token: {}",
            advice::headline(judged, now)
        )
    })
}

fn not_checked(answer: &Answer) -> Option<String> {
    let words: Vec<_> = answer
        .not_checked
        .iter()
        .map(|what| words::unchecked(*what))
        .collect();
    (!words.is_empty()).then(|| {
        format!(
            "not checked, because only the server's database knows: {}",
            words.join(", ")
        )
    })
}

fn hint(foretold: &Prediction) -> Option<String> {
    let answer = &foretold.answer;
    let server = foretold.profile.server.as_ref()?;
    let model = &*foretold.judged.recognised.profile;
    let advice = answer.cause.and_then(|cause| server.advice(model, cause));
    if let Some(advice) = advice {
        return Some(advice.to_owned());
    }
    let asks_users = answer
        .not_checked
        .iter()
        .any(|what| !matches!(what, DatabaseFact::Blacklist));
    asks_users.then(|| {
        "to check the user, give the server's database (--store django+sqlite:///PATH), or list its users in the config file (`users` of a profile)"
            .to_owned()
    })
}
