//! Prints `session list`, `session purge` and `revoke`: what the store knows, what was ended or removed, and what stays.
use super::page::{Page, SPEAKER, talk};
use super::refusal;
use crate::cli::error::store_failure;
use crate::cli::outcome::sessions::{
    Reach, Revocation, SessionInit, SessionList, SessionPurge, StoreBefore,
};
use crate::cli::paint::{self, Tone};
use crate::cli::render::advice::Verb;
use crate::cli::render::screen::{RenderedText, Screen};
use crate::cli::render::words;
use crate::core::time::{Span, Timestamp};
use crate::session::family::{Expiry, Session, State};
use crate::session::store::{DamagedRecord, StoreError};

/// How many sessions are listed one by one. The rest is counted.
const TOLD: usize = 20;
/// The column with which the second line of a session begins, on a terminal that is too narrow for one line.
const SECOND_LINE: usize = 2;
/// How many characters of a user or an id are shown.
const NAME: usize = 40;

pub(super) const fn tone(state: State) -> Tone {
    match state {
        State::Live => Tone::Good,
        State::Expired | State::Ended => Tone::Dim,
        State::Revoked | State::ReuseDetected => Tone::Bad,
    }
}

pub(super) fn state(session: &Session, now: Timestamp) -> String {
    session.state(now).name().replace('_', " ")
}

/// Shortens and escapes foreign text, so that its width is measured as it is shown. Text with a blank is quoted: cut at the blanks, it would be another name.
fn name(text: &str) -> String {
    let shown = paint::shown(&words::shortened(text, NAME)).into_owned();
    if shown.contains(char::is_whitespace) || shown.starts_with(['"', '\'']) || shown.is_empty() {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

/// How long a live session still lasts; `-` for any other.
fn left(session: &Session, now: Timestamp) -> String {
    if session.state(now) != State::Live {
        return "-".to_owned();
    }
    let end = session.absolute_end.map(Expiry::At);
    let end = end.map_or(session.idle_end, |end| end.min(session.idle_end));
    match end {
        Expiry::Never => "for ever".to_owned(),
        Expiry::At(at) => words::seconds(now.whole_seconds_until(at)),
    }
}

fn not_there(page: &mut Page) {
    page.line(SPEAKER.len()).put(Tone::Plain, SPEAKER).put(
        Tone::Plain,
        "there is no session store yet, because nothing was recorded",
    );
}

/// Names the records that could not be read, and the way out.
fn tell_damaged(page: &mut Page, damaged: &[DamagedRecord]) {
    let mut tell = |text: &str| {
        page.line(SPEAKER.len())
            .put(Tone::Plain, SPEAKER)
            .put(Tone::Plain, text);
    };
    for record in damaged.iter().take(TOLD) {
        tell(&match &record.session {
            Some(session) => format!("session {}: damaged: {}", name(session), record.what),
            None => format!("a session: damaged: {}", record.what),
        });
    }
    if damaged.len() > TOLD {
        tell(&format!("{} more are damaged", damaged.len() - TOLD));
    }
    if let Some(record) = damaged.first()
        && let Some(hint) = store_failure(&StoreError::DamagedRecord(record.clone())).hint
    {
        page.line(2)
            .put(Tone::Dim, "hint  ")
            .put(Tone::Plain, &hint);
    }
}

pub(super) fn made(init: &SessionInit, screen: &Screen) -> RenderedText {
    let store = &init.store;
    let text = match init.was {
        StoreBefore::Missing => format!("made the session store {store}"),
        StoreBefore::Sound => format!("the session store {store} was already there"),
        StoreBefore::Old => format!(
            "the session store {store} was already there; an earlier version of jwtsess made it, and session init --upgrade brings it up to date"
        ),
        StoreBefore::BroughtUp => format!(
            "brought the session store {store} up to date: earlier versions of jwtsess refuse it from now on"
        ),
    };
    let mut page = Page::new();
    page.say(&text);
    RenderedText {
        stdout: page.print(screen.out.width, screen.out.paint).into_bytes(),
        stderr: String::new(),
    }
}

pub(super) fn listed(list: &SessionList, now: Timestamp, screen: &Screen) -> RenderedText {
    let mut talked = Page::new();
    if !screen.quiet {
        match &list.store {
            None => not_there(&mut talked),
            Some(store) if list.found.sessions.is_empty() && list.found.damaged.is_empty() => {
                let text = format!("{store} has no such session");
                talked
                    .line(SPEAKER.len())
                    .put(Tone::Plain, SPEAKER)
                    .put(Tone::Plain, &text);
            }
            Some(_) => {}
        }
    }
    let head = [
        "ID",
        "USER",
        "PROFILE",
        "STATE",
        "TOKENS",
        "LAST USED",
        "LEFT",
    ];
    tell_damaged(&mut talked, &list.found.damaged);
    let rows: Vec<[String; 7]> = list
        .found
        .sessions
        .iter()
        .map(|session| {
            [
                name(&session.key.id),
                name(session.user.as_deref().unwrap_or("-")),
                name(&session.profile),
                state(session, now),
                session.generations.to_string(),
                words::distance(session.last_used_at, now),
                left(session, now),
            ]
        })
        .collect();
    let mut page = Page::new();
    if !rows.is_empty() {
        let mut widths = head.map(str::len);
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let cell = |cell: &str, column: usize| {
            let last = column == head.len() - 1;
            let width = if last { 0 } else { widths[column] + 2 };
            format!("{cell:<width$}")
        };
        // On a narrow terminal a session has two lines, each with columns of its own.
        let columns: usize = widths.iter().map(|width| width + 2).sum();
        let in_two = screen.out.terminal && columns > screen.out.width + 2;
        page.line(2);
        for (column, text) in head.iter().enumerate() {
            if in_two && column == SECOND_LINE {
                page.line(2).put(Tone::Plain, "  ");
            }
            page.put(Tone::Dim, &cell(text, column));
        }
        for (row, session) in rows.iter().zip(&list.found.sessions) {
            page.line(2);
            for (column, text) in row.iter().enumerate() {
                if in_two && column == SECOND_LINE {
                    page.line(2).put(Tone::Plain, "  ");
                }
                let tone = match column {
                    3 => tone(session.state(now)),
                    _ => Tone::Plain,
                };
                page.put(tone, &cell(text, column));
            }
        }
    }
    // Each session stays on one line, so that a script can cut it; only a terminal's own width breaks it.
    let width = if screen.out.terminal {
        screen.out.width
    } else {
        usize::from(u16::MAX)
    };
    RenderedText {
        stdout: page.print(width, screen.out.paint).into_bytes(),
        stderr: talk(&talked, screen),
    }
}

fn count(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

pub(super) fn purged(purge: &SessionPurge, now: Timestamp, screen: &Screen) -> RenderedText {
    let mut talked = Page::new();
    if purge.store.is_none() && !screen.quiet {
        not_there(&mut talked);
    }
    let done = &purge.purged;
    tell_damaged(&mut talked, &done.damaged);
    let mut page = Page::new();
    let removed = if purge.rehearsed {
        "would remove"
    } else {
        "removed"
    };
    page.say(&format!(
        "{removed} {} with {}",
        count(done.sessions, "session"),
        count(done.tokens, "token")
    ));
    if done.guarding > 0 {
        let verb = if done.guarding == 1 { "stays" } else { "stay" };
        let mut text = format!(
            "{} {verb}: a token could still be used",
            count(done.guarding, "session")
        );
        if let Some(next) = done.next {
            text += "; the next can be removed ";
            text += &words::moment(next, now);
        }
        page.say(&text);
    }
    if done.for_ever > 0 {
        let verb = if done.for_ever == 1 { "stays" } else { "stay" };
        page.say(&format!(
            "{} {verb} for ever: a token without exp never expires",
            count(done.for_ever, "session")
        ));
    }
    RenderedText {
        stdout: page.print(screen.out.width, screen.out.paint).into_bytes(),
        stderr: talk(&talked, screen),
    }
}

pub(super) fn revoked(revocation: &Revocation, now: Timestamp, screen: &Screen) -> RenderedText {
    if let Some(judged) = revocation
        .judged
        .as_ref()
        .filter(|_| revocation.refusal().is_some())
    {
        return RenderedText {
            stdout: Vec::new(),
            stderr: talk(&refusal::page(judged, Verb::Verify, now), screen),
        };
    }
    let mut talked = Page::new();
    if let Some(judged) = revocation.judged.as_ref().filter(|_| !screen.quiet) {
        refusal::notes(&mut talked, &judged.verdict, now);
    }
    tell_damaged(&mut talked, &revocation.damaged);
    let store = &revocation.store;
    let mut page = Page::new();
    let verb = if revocation.rehearsed {
        "would end"
    } else {
        "ended"
    };
    for session in revocation.ended.iter().take(TOLD) {
        let text = format!("session {}", described(session));
        page.line(2)
            .put(Tone::Good, &format!("{verb} "))
            .put(Tone::Plain, &text);
    }
    if revocation.ended.len() > TOLD {
        page.say(&format!(
            "{verb} {} more; to list them: session list --state revoked",
            revocation.ended.len() - TOLD
        ));
    }
    match (&revocation.had_ended, revocation.already) {
        (Some(session), Some(ended)) => {
            let since = words::moment(ended.at, now);
            let text = format!("session {} had already ended: {since}", described(session));
            page.say(&text);
        }
        (Some(_), None) => {
            page.say("every matching session had already ended");
        }
        (None, _) if revocation.ended.is_empty() => {
            page.say("there was nothing to end");
        }
        (None, _) => {}
    }
    page.line(2)
        .put(Tone::Dim, "store  ")
        .put(Tone::Plain, store);
    if let Some(reach) = revocation.reach {
        page.line(2)
            .put(Tone::Dim, "note  ")
            .put(Tone::Plain, &stays(reach, now));
    }
    if revocation.may_miss {
        page.line(2)
            .put(Tone::Dim, "note  ")
            .put(Tone::Plain, words::UNRECORDED);
    }
    RenderedText {
        stdout: page.print(screen.out.width, screen.out.paint).into_bytes(),
        stderr: talk(&talked, screen),
    }
}

fn described(session: &Session) -> String {
    let user = match &session.user {
        Some(user) => format!(" of {}", name(user)),
        None => String::new(),
    };
    format!(
        "{}{user} ({})",
        name(&session.key.id),
        name(&session.profile)
    )
}

fn stays(reach: Reach, now: Timestamp) -> String {
    let life = Span::words;
    match reach {
        Reach::Token(Expiry::At(until)) if until <= now => {
            "nothing stays usable: its token had already expired".to_owned()
        }
        Reach::Token(Expiry::At(until)) => format!(
            "services that don't consult this store accept its token until {}",
            words::moment(until, now)
        ),
        Reach::Token(Expiry::Never) => {
            "services that don't consult this store accept its token for ever: it has no exp"
                .to_owned()
        }
        Reach::AccessTokens(span) => format!(
            "services that don't consult this store accept its access tokens until they expire, for {} at most",
            life(span)
        ),
        Reach::AccessTokensAnywhere(span) => format!(
            "access tokens stay usable until they expire, for {} at most: they name no session",
            life(span)
        ),
        Reach::OfMany => {
            "services that don't consult this store accept the tokens until they expire".to_owned()
        }
    }
}
