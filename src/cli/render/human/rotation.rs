//! Prints `rotate`: the successor on standard output in the form asked for, what became of the presented token on standard error.
use super::mint::{
    TokenOutput, Wire, chatty, expires_in, life, printed, say, say_capped, say_changed,
    say_given_back,
};
use super::page::{Page, talk};
use super::refusal;
use crate::cli::outcome::{Minting, Provenance, Reply, Rotation, RotationSubject, date};
use crate::cli::paint::Tone;
use crate::cli::render::advice::Verb;
use crate::cli::render::screen::{RenderedText, Screen};
use crate::cli::render::words;
use crate::core::time::Timestamp;
use crate::session::flow::Tokens;

pub(super) fn rotated(rotation: &Rotation, now: Timestamp, screen: &Screen) -> RenderedText {
    let Some(answer) = &rotation.answer else {
        let page = match &rotation.presented {
            RotationSubject::Token(judged) => refusal::page(judged, Verb::Renew, now),
            RotationSubject::Session { seen, verdict } => refusal::of_session(seen, verdict, now),
        };
        return RenderedText {
            stdout: Vec::new(),
            stderr: talk(&page, screen),
        };
    };
    let mut page = Page::new();
    if !screen.quiet {
        refusal::notes(&mut page, rotation.verdict(), now);
        told(&mut page, rotation, answer, now, screen);
    }
    let shown = match answer {
        Reply::Tokens {
            minting: Minting { tokens, .. },
            ..
        } => TokenOutput {
            access: &tokens.access.text,
            refresh: tokens.refresh.as_ref().map(|token| token.text.as_str()),
            wire: match (&rotation.wire, &tokens.refresh) {
                (Some(text), _) => Wire::Text(text),
                (None, Some(_)) => Wire::OAuth,
                (None, None) => Wire::Token,
            },
            scheme: &rotation.scheme,
            expires_in: expires_in(&tokens.access, now),
            form: rotation.form,
        },
        Reply::NotDue { .. } | Reply::AtTheEnd { .. } => {
            let RotationSubject::Token(judged) = &rotation.presented else {
                return RenderedText::default();
            };
            let exp = judged.token.claims().and_then(|claims| date(claims, "exp"));
            TokenOutput {
                access: judged.token.text(),
                refresh: None,
                wire: rotation.wire.as_deref().map_or(Wire::Token, Wire::Text),
                scheme: &rotation.scheme,
                expires_in: exp.map(|exp| now.whole_seconds_until(exp)),
                form: rotation.form,
            }
        }
    };
    printed(&shown, &page, screen)
}

fn told(page: &mut Page, rotation: &Rotation, answer: &Reply, now: Timestamp, screen: &Screen) {
    let Reply::Tokens { minting, how } = answer else {
        say_given_back(page, answer, "the same token, not retired", now);
        return;
    };
    refusal::notes(page, &minting.notes.beside(rotation.verdict()), now);
    say_changed(page, &minting.changed);
    say_capped(page, minting.capped_at, now);
    if let Some((tone, text)) = how_told(*how) {
        say(page, tone, &text);
    }
    if matches!(how, Provenance::Again { .. }) {
        say_if_dead(page, &minting.tokens, now);
    }
    if chatty(screen) {
        if matches!(how, Provenance::Retired) {
            say(page, Tone::Good, "the given token is now retired");
        }
        lives(page, &rotation.profile, &minting.tokens, now);
    }
}

fn how_told(how: Provenance) -> Option<(Tone, String)> {
    Some(match how {
        Provenance::Renewed | Provenance::Retired | Provenance::Again { others: 0 } => return None,
        Provenance::Branched => (
            Tone::Warn,
            "the given token stays valid: its profile retires no tokens, and each use starts another branch"
                .to_owned(),
        ),
        Provenance::Early => (
            Tone::Plain,
            "the given token is not due to be retired (rotate.when): it comes back as it is".to_owned(),
        ),
        Provenance::SameSecond => (
            Tone::Plain,
            "the given token comes back as it is: it has no id, and its successor would be the same within this second".to_owned(),
        ),
        Provenance::WithoutStore => (
            Tone::Warn,
            "the given token is not retired, because no store is in use".to_owned(),
        ),
        Provenance::Retried => (
            Tone::Plain,
            "this is a retry within the grace period: it gets the same successor as the first time".to_owned(),
        ),
        Provenance::Again { others } => (
            Tone::Warn,
            format!("this is the newest of {} branches; to see them all: jwtsess session show ID", others + 1),
        ),
    })
}

/// Says if the access token has expired: tokens that are issued again may be old.
fn say_if_dead(page: &mut Page, tokens: &Tokens, now: Timestamp) {
    let access = date(&tokens.access.claims, "exp").filter(|exp| *exp <= now);
    if let (Some(exp), Some(_)) = (access, &tokens.refresh) {
        let text = format!(
            "the access token expired {}: renew it with the refresh token",
            words::distance(exp, now)
        );
        say(page, Tone::Warn, &text);
    }
}

fn lives(page: &mut Page, profile: &str, tokens: &Tokens, now: Timestamp) {
    let what = if tokens.refresh.is_some() {
        "access token "
    } else {
        ""
    };
    let text = format!("{profile}: {what}{}", life(&tokens.access, now));
    say(page, Tone::Good, &text);
    if let Some(refresh) = &tokens.refresh {
        let text = format!("{profile}: refresh token {}", life(refresh, now));
        say(page, Tone::Good, &text);
    }
}
