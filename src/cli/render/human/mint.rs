//! Prints `issue`, `renew`, `encode`: the token on standard output in the form asked for, what was made on standard error.
use serde_json::{Map, Value, json};

use super::page::{Page, SPEAKER, talk};
use super::refusal;
use crate::cli::args::output::OutputForm;
use crate::cli::outcome::{EncodedToken, Issuance, ProfileSource, Renewal, Reply, date};
use crate::cli::paint::Tone;
use crate::cli::render::advice::Verb;
use crate::cli::render::screen::{RenderedText, Screen};
use crate::cli::render::{guess, words};
use crate::core::profile::TokenKind;
use crate::core::time::Timestamp;
use crate::session::flow::HeaderChange;
use crate::session::mint::MintedToken;

/// What to print: an access token, and a refresh token if there is one.
pub(super) struct TokenOutput<'a> {
    pub(super) access: &'a str,
    pub(super) refresh: Option<&'a str>,
    /// How a server would send it.
    pub(super) wire: Wire<'a>,
    /// The word before the token in an `Authorization` header.
    pub(super) scheme: &'a str,
    /// How many seconds the access token lives.
    pub(super) expires_in: Option<i64>,
    pub(super) form: Option<OutputForm>,
}

impl TokenOutput<'_> {
    fn text(&self) -> String {
        let Self {
            access, refresh, ..
        } = *self;
        match (self.form, refresh) {
            (None | Some(OutputForm::Env), Some(refresh)) => {
                format!("ACCESS_TOKEN={access}\nREFRESH_TOKEN={refresh}\n")
            }
            (Some(OutputForm::Env), None) => format!("ACCESS_TOKEN={access}\n"),
            (None | Some(OutputForm::Token | OutputForm::Access), _) => {
                format!("{access}\n")
            }
            // A missing refresh token was refused before anything was signed.
            (Some(OutputForm::Refresh), refresh) => format!("{}\n", refresh.unwrap_or_default()),
            (Some(OutputForm::Wire), _) => format!("{}\n", self.wire()),
            (Some(OutputForm::AuthHeader), _) => {
                format!("Authorization: {} {access}\n", self.scheme)
            }
        }
    }

    fn wire(&self) -> String {
        let Self {
            access, refresh, ..
        } = *self;
        let answer = match (self.wire, refresh) {
            (Wire::Text(text), _) => return text.to_owned(),
            (Wire::Token, _) => json!({ "token": access }),
            (Wire::OAuth, refresh) => {
                let mut answer = Map::new();
                let mut add = |name: &str, value| _ = answer.insert(name.to_owned(), value);
                add("access_token", json!(access));
                add("token_type", json!("Bearer"));
                if let Some(seconds) = self.expires_in {
                    add("expires_in", json!(seconds));
                }
                if let Some(refresh) = refresh {
                    add("refresh_token", json!(refresh));
                }
                Value::Object(answer)
            }
        };
        answer.to_string()
    }
}

/// Which server's answer to print.
#[derive(Clone, Copy)]
pub(super) enum Wire<'a> {
    /// An OAuth 2.0 server's (RFC 6749 §5.1).
    OAuth,
    /// That of a server with one token. There is no standard for it; this is what most servers send.
    Token,
    /// The predicted answer of the server that the profile is, as text.
    Text(&'a str),
}

pub(super) fn printed(shown: &TokenOutput<'_>, page: &Page, screen: &Screen) -> RenderedText {
    RenderedText {
        stdout: shown.text().into_bytes(),
        stderr: talk(page, screen),
    }
}

pub(super) fn say(page: &mut Page, tone: Tone, text: &str) {
    page.line(SPEAKER.len())
        .put(Tone::Plain, SPEAKER)
        .put(tone, text);
}

/// Whether to say what was made: only at a terminal, where no program parses it.
pub(super) fn chatty(screen: &Screen) -> bool {
    screen.out.terminal && screen.err.terminal && !screen.quiet
}

pub(super) fn life(token: &MintedToken, now: Timestamp) -> String {
    match date(&token.claims, "exp") {
        Some(exp) => format!("expires {}", words::moment(exp, now)),
        None => "never expires".to_owned(),
    }
}

pub(super) fn expires_in(token: &MintedToken, now: Timestamp) -> Option<i64> {
    date(&token.claims, "exp").map(|exp| now.whole_seconds_until(exp))
}

pub(super) fn issued(issued: &Issuance, now: Timestamp, screen: &Screen) -> RenderedText {
    let access = &issued.tokens.access;
    let refresh = issued.tokens.refresh.as_ref();
    let mut page = Page::new();
    if !screen.quiet {
        refusal::notes(&mut page, &issued.notes, now);
        if !issued.ended.is_empty() {
            let text = match issued.ended.len() {
                1 => "the user's session before has ended".to_owned(),
                more => format!("the user's {more} sessions before have ended"),
            };
            say(&mut page, Tone::Plain, &text);
        }
    }
    if chatty(screen) {
        let what = if refresh.is_some() {
            "access token "
        } else {
            ""
        };
        let text = format!("{}: {what}{}", issued.profile, life(access, now));
        say(&mut page, Tone::Good, &text);
        if let Some(refresh) = refresh {
            let text = format!("{}: refresh token {}", issued.profile, life(refresh, now));
            say(&mut page, Tone::Good, &text);
        }
        if let Some(end) = issued.session_end {
            let text = format!("the session ends {}", words::moment(end, now));
            say(&mut page, Tone::Plain, &text);
        }
    }
    printed(&output(issued, now), &page, screen)
}

/// The line of `issue --batch`: the tokens in the form asked for.
#[must_use]
pub(crate) fn issued_line(issued: &Issuance, now: Timestamp) -> String {
    output(issued, now).text()
}

fn output(issued: &Issuance, now: Timestamp) -> TokenOutput<'_> {
    let access = &issued.tokens.access;
    let refresh = issued.tokens.refresh.as_ref();
    TokenOutput {
        access: &access.text,
        refresh: refresh.map(|token| token.text.as_str()),
        wire: match (&issued.wire, refresh) {
            (Some(text), _) => Wire::Text(text),
            (None, Some(_)) => Wire::OAuth,
            (None, None) => Wire::Token,
        },
        scheme: &issued.scheme,
        expires_in: expires_in(access, now),
        form: issued.form,
    }
}

pub(super) fn encoded(encoded: &EncodedToken, now: Timestamp, screen: &Screen) -> RenderedText {
    let token = &encoded.token;
    let mut page = Page::new();
    if !screen.quiet {
        refusal::notes(&mut page, &encoded.notes, now);
        if encoded.from_decode {
            say(
                &mut page,
                Tone::Plain,
                "this looks like the output of decode: its header and payload are signed again",
            );
        }
        if token.claims.raw("exp").is_none() {
            say(
                &mut page,
                Tone::Warn,
                "no exp: the token never expires (to set one: --ttl 1h)",
            );
        } else if chatty(screen) {
            say(&mut page, Tone::Good, &life(token, now));
        }
        for name in token.claims.duplicates() {
            let name = words::shortened(name, 80);
            let text = format!("{name:?} appears more than once, as it was given");
            say(&mut page, Tone::Warn, &text);
        }
    }
    let shown = TokenOutput {
        access: &token.text,
        refresh: None,
        wire: Wire::Token,
        scheme: "Bearer",
        expires_in: expires_in(token, now),
        form: encoded.form,
    };
    printed(&shown, &page, screen)
}

pub(super) fn renewed(renewal: &Renewal, now: Timestamp, screen: &Screen) -> RenderedText {
    let judged = &renewal.judged;
    let Some(answer) = &renewal.answer else {
        let by_server = renewal.refused_by_server();
        let mut page = match by_server {
            Some(cause) => refusal::headed(&words::cause(cause)),
            None => refusal::found(judged, now),
        };
        if let Some(server) = &renewal.server {
            refusal::server(&mut page, server);
        }
        if by_server.is_none() {
            refusal::hints(&mut page, judged, Verb::Renew, now);
        } else if guess::is_without_refresh(&judged.token) {
            refusal::hint(&mut page, guess::WITHOUT_REFRESH);
        }
        return RenderedText {
            stdout: Vec::new(),
            stderr: talk(&page, screen),
        };
    };
    let mut page = Page::new();
    if !screen.quiet {
        refusal::notes(&mut page, &judged.verdict, now);
        told(&mut page, renewal, answer, now, screen);
    }
    let (access, left) = match answer {
        Reply::Tokens { minting, .. } => {
            let token = &minting.tokens.access;
            (token.text.as_str(), expires_in(token, now))
        }
        Reply::NotDue { .. } | Reply::AtTheEnd { .. } => {
            let exp = judged.token.claims().and_then(|claims| date(claims, "exp"));
            (
                judged.token.text(),
                exp.map(|exp| now.whole_seconds_until(exp)),
            )
        }
    };
    let shown = TokenOutput {
        access,
        refresh: None,
        wire: match &renewal.wire {
            Some(text) => Wire::Text(text),
            None if judged.recognised.kind() == Some(TokenKind::Refresh) => Wire::OAuth,
            None => Wire::Token,
        },
        scheme: &renewal.scheme,
        expires_in: left,
        form: renewal.form,
    };
    printed(&shown, &page, screen)
}

fn told(page: &mut Page, renewal: &Renewal, answer: &Reply, now: Timestamp, screen: &Screen) {
    let Reply::Tokens { minting, .. } = answer else {
        say_given_back(page, answer, "the same token", now);
        return;
    };
    refusal::notes(page, &minting.notes.beside(&renewal.judged.verdict), now);
    say_changed(page, &minting.changed);
    say_capped(page, minting.capped_at, now);
    let given = renewal.judged.token.claims();
    let given = given.and_then(|claims| date(claims, "exp"));
    let fresh = date(&minting.tokens.access.claims, "exp");
    if let (Some(given), Some(fresh)) = (given, fresh)
        && fresh < given
        && minting.capped_at.is_none()
        && renewal.judged.recognised.kind() != Some(TokenKind::Refresh)
    {
        let text = format!(
            "the fresh token expires {}, sooner than the one given, which expires {}: under {} a renewal has a lifetime of its own",
            words::distance(fresh, now),
            words::distance(given, now),
            renewal.profile
        );
        say(page, Tone::Warn, &text);
    }
    let (used, looks_like) = (
        &renewal.judged.profile,
        &renewal.judged.recognised.looks_like,
    );
    if used.by == ProfileSource::Recognised && !looks_like.is_empty() {
        say(page, Tone::Warn, &guess::prolonged(looks_like));
    }
    if chatty(screen) {
        let text = format!("{}: {}", renewal.profile, life(&minting.tokens.access, now));
        say(page, Tone::Good, &text);
        if renewal.judged.session_end.is_none() {
            say(page, Tone::Plain, "no session end is known");
        }
    }
}

/// Says why the presented token is the answer.
pub(super) fn say_given_back(page: &mut Page, reply: &Reply, given_back: &str, now: Timestamp) {
    match reply {
        Reply::Tokens { .. } => {}
        Reply::NotDue { left } => {
            let text = format!(
                "not due yet: {} left, so this is {given_back}",
                words::seconds(*left)
            );
            say(page, Tone::Plain, &text);
        }
        Reply::AtTheEnd { end } => {
            let text = format!(
                "the session ends with this token, so this is {given_back}; log in again by {}",
                words::moment(*end, now)
            );
            say(page, Tone::Warn, &text);
        }
    }
}

/// Says which header parameters could not be kept, and whether another key signed.
pub(super) fn say_changed(page: &mut Page, changed: &[HeaderChange]) {
    for (name, before, after) in changed {
        let text = match (before, after) {
            (Some(before), Some(after)) if *name == "key" => {
                format!(
                    "the key changed: {before} signed the given token, {after} signs the fresh one"
                )
            }
            (Some(before), Some(after)) => {
                format!(
                    "{name} changed from {} to {after}, because the given key has no other",
                    words::shortened(before, 80)
                )
            }
            (Some(before), None) => {
                format!(
                    "{name} {} was left out, because the given key has none",
                    words::shortened(before, 80)
                )
            }
            (None, after) => {
                format!("{name} {} was added", after.as_deref().unwrap_or_default())
            }
        };
        say(page, Tone::Warn, &text);
    }
}

/// Says that the session's end cut a token's life short.
pub(super) fn say_capped(page: &mut Page, capped_at: Option<Timestamp>, now: Timestamp) {
    if let Some(end) = capped_at {
        let text = format!(
            "exp is capped at the session's end: log in again by {}",
            words::moment(end, now)
        );
        say(page, Tone::Warn, &text);
    }
}
