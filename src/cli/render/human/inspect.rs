//! Prints `inspect`: the verdict first, then who and what, header, claims, life, checks, advice.
use super::page::{Page, SPEAKER, talk};
use super::{lifetime, server};
use crate::cli::outcome::{Inspection, JudgedToken, ProfileSource, Trust, date};
use crate::cli::paint::{self, Tone};
use crate::cli::render::advice::{self, Verb};
use crate::cli::render::screen::{RenderedText, Screen};
use crate::cli::render::{guess, words};
use crate::core::algorithm::AlgName;
use crate::core::claims::{Members, Typed};
use crate::core::time::Timestamp;
use crate::core::token::{CompactForm, Part};
use crate::core::verdict::{CheckResult, Finding, Reason};
use crate::session::family::State;
use crate::session::service::records::SessionState;

/// How many lines a small terminal shows, with one for the next prompt.
const ROWS: usize = 23;
/// How many members of an object are shown. The rest is counted.
const MEMBERS: usize = 200;
/// How many characters of a value are shown.
const VALUE: usize = 600;
/// The greatest width of the column of labels.
const LABEL: usize = 16;
/// The claims that are shown as moments, whoever wrote them.
const MOMENTS: [&str; 8] = [
    "iat",
    "nbf",
    "exp",
    "auth_time",
    "orig_iat",
    "refresh_exp",
    "session_exp",
    "updated_at",
];

pub(super) fn inspected(inspected: &Inspection, now: Timestamp, screen: &Screen) -> RenderedText {
    let judged = &inspected.judged;
    let mut page = Page::new();
    let tone = match judged.verdict.code() {
        "valid" => Tone::Good,
        "no_key" | "store_missing" | "encrypted" => Tone::Warn,
        _ => Tone::Bad,
    };
    page.line(2).put(tone, &advice::headline(judged, now));
    page.gap();
    let mut told = InspectionPage {
        judged,
        now,
        page: &mut page,
    };
    told.who();
    if let Some(server) = &inspected.server {
        told.fact("server", Tone::Plain, &server::answers(server));
    }
    told.part("header", &judged.token.header);
    told.part("claims", &judged.token.payload);
    told.life();
    told.checks();
    if let Some(server) = &inspected.server {
        server::hazards(told.page, server, judged, now);
    }
    told.next();
    let mut stdout = page.print(screen.out.width, screen.out.paint);
    if screen.out.terminal && stdout.lines().count() > ROWS {
        // The first lines have left the screen.
        let mut last = Page::new();
        last.line(2).put(tone, &advice::headline(judged, now));
        stdout.push('\n');
        stdout.push_str(&last.print(screen.out.width, screen.out.paint));
    }
    let stderr = if judged.is_readable() {
        String::new()
    } else {
        let mut error = Page::new();
        error
            .line(SPEAKER.len())
            .put(Tone::Plain, SPEAKER)
            .put(Tone::Bad, "error: ")
            .put(Tone::Heading, &advice::headline(judged, now));
        talk(&error, screen)
    };
    RenderedText {
        stdout: stdout.into_bytes(),
        stderr,
    }
}

struct InspectionPage<'a> {
    judged: &'a JudgedToken,
    now: Timestamp,
    page: &'a mut Page,
}

impl InspectionPage<'_> {
    fn fact(&mut self, label: &str, tone: Tone, text: &str) {
        self.page.row(label, 9, tone, text);
    }

    fn who(&mut self) {
        let judged = self.judged;
        let token = &judged.token;
        if token.claims().is_some() {
            let text = guess::model(&judged.recognised);
            self.fact("model", Tone::Plain, &text);
            let profile = &judged.profile;
            if profile.by == ProfileSource::Recorded && profile.name != judged.recognised.profile {
                let text = format!("{}, as the store recorded it", profile.name);
                self.fact("profile", Tone::Plain, &text);
            }
        }
        if judged.is_recorded_text() {
            let text = format!("opaque refresh token of {}", judged.profile.name);
            self.fact("model", Tone::Plain, &text);
        }
        if let Some(life) = judged.recorded {
            if let Some(issued) = life.issued_at {
                self.fact("issued", Tone::Plain, &words::moment(issued, self.now));
            }
            let expires = life.expires_at.moment();
            let expires = expires.map_or("never".into(), |exp| words::moment(exp, self.now));
            self.fact("expires", Tone::Plain, &expires);
        }
        match token.alg() {
            Some(AlgName::Supported(algorithm)) => {
                self.fact("algorithm", Tone::Plain, algorithm.name());
            }
            Some(AlgName::None) => self.fact("algorithm", Tone::Bad, "none"),
            Some(AlgName::Known(name, what)) => {
                self.fact("algorithm", Tone::Warn, &format!("{name} ({what})"));
            }
            Some(AlgName::Unknown(name)) => {
                let name = words::shortened(&name, 80);
                self.fact(
                    "algorithm",
                    Tone::Warn,
                    &format!("{name} (not a registered name)"),
                );
            }
            None => {}
        }
        if let Typed::Is(kid) = token.kid() {
            self.fact("kid", Tone::Plain, &words::shortened(&kid, VALUE));
        }
        if token.form == CompactForm::Jws {
            self.signature();
        }
        if let Some(end) = judged.session_end {
            let text = format!("ends {}", words::moment(end, self.now));
            self.fact("session", Tone::Plain, &text);
        }
        self.session();
    }

    fn session(&mut self) {
        let Some(seen) = &self.judged.session else {
            return;
        };
        let Some(store) = &seen.store else { return };
        let (tone, text) = match (seen.state, seen.generation) {
            (SessionState::Unknown, _) => return,
            (SessionState::Known(state), number) => {
                let tone = match state {
                    State::Live => Tone::Good,
                    State::Expired | State::Ended => Tone::Warn,
                    State::Revoked | State::ReuseDetected => Tone::Bad,
                };
                let place = match number {
                    Some(number) => format!(", generation {number} of {}", seen.generations),
                    None => String::new(),
                };
                let state = state.name().replace('_', " ");
                (tone, format!("{state}{place}, by {store}"))
            }
        };
        self.fact("store", tone, &text);
    }

    fn signature(&mut self) {
        let key = self
            .judged
            .key
            .as_ref()
            .map(|key| words::key(key, self.now));
        let key = key.unwrap_or_else(|| "no key".to_owned());
        let (tone, text) = match self.judged.trust() {
            Trust::Verified | Trust::Signed => (Tone::Good, format!("valid, checked with {key}")),
            Trust::Failed if self.judged.refused_for(Reason::BadSignature) => {
                (Tone::Bad, format!("not valid; checked with {key}"))
            }
            Trust::Failed => (Tone::Bad, format!("can't be checked with {key}")),
            Trust::NotChecked => (Tone::Warn, "not checked: no key was given".to_owned()),
            Trust::Unsigned => (Tone::Bad, "there is none".to_owned()),
        };
        self.fact("signature", tone, &text);
    }

    fn part(&mut self, name: &str, part: &Part) {
        if let Some(members) = &part.members {
            self.page.gap();
            self.page.line(0).put(Tone::Heading, name);
            self.members(members);
        } else if let Some(readable) = part.readable_prefix().filter(|text| is_text(text)) {
            self.page.gap();
            self.page
                .line(0)
                .put(Tone::Heading, name)
                .put(Tone::Plain, ", as far as it can be read");
            let text = words::shortened(&readable, VALUE);
            self.page
                .line(2)
                .put(Tone::Plain, "  ")
                .put(Tone::Plain, &text);
        }
    }

    fn members(&mut self, members: &Members) {
        let column = members
            .iter()
            .take(MEMBERS)
            .map(|(name, _)| paint::shown(name).chars().count())
            .max()
            .unwrap_or_default()
            .min(LABEL);
        let mut count = 0;
        for (name, raw) in members.iter() {
            count += 1;
            if count > MEMBERS {
                continue;
            }
            let mut text = words::shortened(raw, VALUE);
            if MOMENTS.contains(&name)
                && let Ok(at) = Timestamp::from_json(raw)
            {
                text.push_str("  ");
                text.push_str(&words::moment(at, self.now));
            }
            // The name is escaped here, so that the column fits what is shown. The page does not escape it again.
            let name = paint::shown(&words::shortened(name, 64)).into_owned();
            self.page.row(&name, column, Tone::Plain, &text);
        }
        if count > MEMBERS {
            let text = format!(
                "  … and {} more; to see them all: jwtsess decode",
                count - MEMBERS
            );
            self.page.line(2).put(Tone::Dim, &text);
        }
    }

    fn life(&mut self) {
        let (start, exp) = match (self.judged.token.claims(), self.judged.recorded) {
            (Some(claims), _) => {
                let mut starts = ["iat", "nbf"].into_iter();
                let start = starts.find_map(|name| Some((name, date(claims, name)?)));
                (start, date(claims, "exp"))
            }
            (None, Some(life)) => {
                let start = life.issued_at.map(|issued| ("iat", issued));
                (start, life.expires_at.moment())
            }
            (None, None) => return,
        };
        if let (Some(start), Some(exp)) = (start, exp)
            && let Some((bar, said)) = lifetime::bar(start, exp, self.now)
        {
            self.page.gap();
            self.page.line(0).put(Tone::Heading, "lifetime");
            self.page
                .line(2)
                .put(Tone::Plain, &format!("  {bar}  "))
                .put(Tone::Plain, &said);
        }
    }

    fn checks(&mut self) {
        self.page.gap();
        self.page.line(0).put(Tone::Heading, "checks");
        let findings = &self.judged.verdict.findings;
        let column = findings
            .iter()
            .map(|finding| finding.code().len())
            .max()
            .unwrap_or_default();
        for finding in findings {
            self.check(finding, column);
        }
    }

    fn check(&mut self, finding: &Finding, column: usize) {
        let (tone, mark) = match finding.result {
            CheckResult::Passed => (Tone::Good, "ok  "),
            CheckResult::Noted(_) => (Tone::Warn, "note"),
            CheckResult::Failed(_) => (Tone::Bad, "FAIL"),
        };
        let code = format!("  {:<column$}  ", finding.code());
        self.page
            .line(column + 10)
            .put(Tone::Plain, "  ")
            .put(tone, mark)
            .put(Tone::Plain, &code)
            .put(Tone::Plain, &words::finding(finding, self.now));
    }

    fn next(&mut self) {
        let advice = advice::of(self.judged, Verb::Inspect, self.now);
        if advice.is_empty() {
            return;
        }
        self.page.gap();
        self.page.line(0).put(Tone::Heading, "next");
        for sentence in advice {
            self.page
                .line(2)
                .put(Tone::Plain, "  ")
                .put(Tone::Plain, &sentence);
        }
    }
}

/// Whether a value reads as text. Noise that happens to be base64url tells nobody anything.
pub(super) fn is_text(readable: &str) -> bool {
    let noise = readable
        .chars()
        .filter(|character| {
            *character == char::REPLACEMENT_CHARACTER || paint::is_hidden(*character)
        })
        .count();
    noise * 4 < readable.chars().count()
}
