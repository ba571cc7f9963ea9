//! Prints `session show`: a session's facts, and the lives of its tokens as bars under one scale. It is readable without colour, within 80 columns.
use super::page::Page;
use super::sessions::{state, tone};
use crate::cli::outcome::sessions::SessionDetail;
use crate::cli::paint::{self, Tone};
use crate::cli::render::screen::{RenderedText, Screen};
use crate::cli::render::words;
use crate::core::time::Timestamp;
use crate::session::family::{EndReason, Expiry, Family, Generation, Session, State};

/// The cells of the scale. With the columns beside it, a row stays within 80.
const CELLS: usize = 32;
/// How many generations are shown at each end of a long list.
const SHOWN: usize = 25;

pub(super) fn shown(shown: &SessionDetail, now: Timestamp, screen: &Screen) -> RenderedText {
    let family = &shown.family;
    let session = &family.session;
    let mut page = Page::new();
    page.line(2)
        .put(Tone::Heading, &format!("session {}", session.key.id));
    facts(&mut page, session, now);
    page.row("store", 9, Tone::Plain, &shown.store);
    page.gap();
    page.line(0).put(Tone::Heading, "time line");
    time_line(&mut page, family, now);
    RenderedText {
        stdout: page.print(screen.out.width, screen.out.paint).into_bytes(),
        stderr: String::new(),
    }
}

fn facts(page: &mut Page, session: &Session, now: Timestamp) {
    let mut fact = |label: &str, tone: Tone, text: &str| _ = page.row(label, 9, tone, text);
    if let Some(issuer) = &session.key.issuer {
        fact("issuer", Tone::Plain, issuer);
    }
    if let Some(user) = &session.user {
        fact("user", Tone::Plain, user);
    }
    fact("profile", Tone::Plain, &session.profile);
    let is = session.state(now);
    let more = match (is, session.ended, session.idle_end) {
        (_, Some(ended), _) => format!(", {}", words::moment(ended.at, now)),
        (State::Live | State::Expired, None, Expiry::At(at)) => {
            let verb = if at <= now { "expired" } else { "idle until" };
            format!(", {verb} {}", words::moment(at, now))
        }
        (State::Live, None, Expiry::Never) => ", for ever".to_owned(),
        _ => String::new(),
    };
    fact("state", tone(is), &format!("{}{more}", state(session, now)));
    fact("began", Tone::Plain, &words::moment(session.began_at, now));
    let used = words::moment(session.last_used_at, now);
    fact("last used", Tone::Plain, &used);
    if let Some(end) = session.absolute_end {
        let verb = if end <= now { "ended" } else { "ends" };
        fact(verb, Tone::Plain, &words::moment(end, now));
    }
    let kept = match session.guards_until {
        Expiry::At(at) => words::moment(at, now),
        Expiry::Never => "for ever: one of its tokens never expires".to_owned(),
    };
    fact(
        "kept",
        Tone::Plain,
        &format!("until {kept}").replace("until for ever", "for ever"),
    );
}

/// The span of time that the bars are drawn on.
struct Scale {
    from: i64,
    to: i64,
}

impl Scale {
    fn of(family: &Family, now: Timestamp) -> Self {
        let starts = family.generations.iter().map(start);
        let from = starts.min().unwrap_or(now).seconds();
        let ends = family
            .generations
            .iter()
            .filter_map(|generation| generation.token.expires_at.moment());
        let to = ends.max().unwrap_or(now).max(now).seconds();
        Self {
            from,
            to: to.max(from.saturating_add(1)),
        }
    }
    /// The cell in which a moment falls, or the nearest if it is outside the scale.
    fn cell(&self, at: Timestamp) -> usize {
        let whole = i128::from(self.to) - i128::from(self.from);
        let gone = (i128::from(at.seconds()) - i128::from(self.from)).clamp(0, whole);
        let last = i128::try_from(CELLS - 1).unwrap_or_default();
        usize::try_from(gone * last / whole).unwrap_or_default()
    }
}

fn start(generation: &Generation) -> Timestamp {
    generation.token.issued_at.unwrap_or(generation.recorded_at)
}

fn time_line(page: &mut Page, family: &Family, now: Timestamp) {
    let scale = Scale::of(family, now);
    let (from, to) = (
        words::instant(Timestamp::from_seconds(scale.from)),
        words::instant(Timestamp::from_seconds(scale.to)),
    );
    let margin = " ".repeat(10);
    let gap = (CELLS + 2).saturating_sub(from.chars().count() + to.chars().count());
    if gap > 0 {
        page.line(2)
            .put(Tone::Dim, &format!("{margin}{from}{}{to}", " ".repeat(gap)));
    } else {
        page.line(2).put(Tone::Dim, &format!("{margin}from {from}"));
        page.line(2).put(Tone::Dim, &format!("{margin}  to {to}"));
    }
    let count = family.generations.len();
    for (place, generation) in family.generations.iter().enumerate() {
        if count > 2 * SHOWN && (SHOWN..count - SHOWN).contains(&place) {
            if place == SHOWN {
                let text = format!("  … {} more", count - 2 * SHOWN);
                page.line(2).put(Tone::Dim, &text);
            }
            continue;
        }
        row(page, family, generation, &scale, now);
    }
    page.line(2).put(Tone::Dim, &legend(family, now, &scale));
}

fn legend(family: &Family, now: Timestamp, scale: &Scale) -> String {
    let mut legend = format!("{}= current, - left, . retired", " ".repeat(2));
    if (scale.from..=scale.to).contains(&now.seconds()) {
        legend += ", | now";
    }
    match family.session.ended.map(|ended| ended.why) {
        Some(EndReason::Revoked) => legend += ", X revoked",
        Some(EndReason::Reuse) => legend += ", X reuse",
        None => {}
    }
    legend
}

fn row(page: &mut Page, family: &Family, generation: &Generation, scale: &Scale, now: Timestamp) {
    let from = match generation.parent {
        Some(parent) if parent + 1 == generation.number => String::new(),
        Some(parent) => format!("<{parent}"),
        None if generation.number == 1 => String::new(),
        None => "met".to_owned(),
    };
    let (tone, said) = fate(family, generation, now);
    page.line(14 + CELLS)
        .put(
            Tone::Plain,
            &format!("  {:>3} {from:<3} ", generation.number),
        )
        .put(tone, &format!("[{}]", bar(family, generation, scale, now)))
        .put(Tone::Plain, &format!(" {said}"));
}

/// Says what became of a generation.
fn fate(family: &Family, generation: &Generation, now: Timestamp) -> (Tone, String) {
    let ended = family.session.ended;
    if let Some(at) = generation.retired_at {
        return (Tone::Dim, format!("retired {}", words::distance(at, now)));
    }
    if let Some(at) = generation.revoked_at {
        return (Tone::Bad, format!("revoked {}", words::distance(at, now)));
    }
    if let Some(ended) = ended {
        return (
            Tone::Bad,
            format!("ended {}", words::distance(ended.at, now)),
        );
    }
    match generation.token.expires_at {
        Expiry::At(at) if at <= now => (Tone::Dim, format!("expired {}", words::distance(at, now))),
        Expiry::At(at) => (Tone::Good, format!("expires {}", words::distance(at, now))),
        Expiry::Never => (Tone::Good, "never expires".to_owned()),
    }
}

/// Draws a token's life on the scale: as current until it was retired or ended, then what would have been left of it.
fn bar(family: &Family, generation: &Generation, scale: &Scale, now: Timestamp) -> String {
    let session = &family.session;
    let first = scale.cell(start(generation));
    let last = match generation.token.expires_at {
        Expiry::At(at) => scale.cell(at),
        Expiry::Never => CELLS - 1,
    };
    let ended = session.ended.map(|ended| ended.at);
    let dead = [generation.retired_at, generation.revoked_at, ended];
    let dead = dead.into_iter().flatten().min();
    let until = scale.cell(dead.map_or(now, |dead| dead.min(now)));
    let mut cells = vec![' '; CELLS];
    for (place, cell) in cells.iter_mut().enumerate() {
        if (first..=last.max(first)).contains(&place) {
            *cell = match dead {
                _ if place <= until => '=',
                Some(_) => '.',
                None => '-',
            };
        }
    }
    if (scale.from..=scale.to).contains(&now.seconds()) {
        cells[scale.cell(now)] = '|';
    }
    // The session's end is marked in the row of each token that it ended.
    if let Some(at) = ended.filter(|_| generation.is_current()) {
        cells[scale.cell(at)] = 'X';
    }
    let bar: String = cells.into_iter().collect();
    paint::shown(&bar).into_owned()
}
