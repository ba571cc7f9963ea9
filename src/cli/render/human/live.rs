//! Prints `login`, `token` and `logout`: tokens on standard output where they are asked for, whose they are and until when on standard error.
use super::mint::{TokenOutput, Wire, printed, say};
use super::page::{Page, talk};
use crate::cli::args::live::token::AccessForm;
use crate::cli::args::output::OutputForm;
use crate::cli::outcome::live::{
    CredentialView, FreshToken, LoggedOut, Login, Logout, Removal, TokenOrigin,
};
use crate::cli::paint::Tone;
use crate::cli::render::screen::{RenderedText, Screen};
use crate::cli::render::words;
use crate::core::secret::Secret;
use crate::core::time::Timestamp;

fn text(secret: &Secret) -> &str {
    std::str::from_utf8(secret.expose()).unwrap_or_default()
}

/// A moment by a server's clock, told by ours.
fn moment(view: &CredentialView, at: Timestamp, now: Timestamp) -> String {
    let here = Timestamp::from_seconds(at.seconds().saturating_sub(view.skew));
    words::moment(here, now)
}

/// Whose a credential is.
fn who(view: &CredentialView) -> String {
    let user = view
        .user
        .as_deref()
        .map_or_else(String::new, |user| format!(" as {user}"));
    format!("{}{user}", view.origin)
}

pub(super) fn logged_in(login: &Login, now: Timestamp, screen: &Screen) -> RenderedText {
    let view = &login.view;
    let mut page = Page::new();
    if !screen.quiet {
        let model = view.profile.as_deref().unwrap_or("no known model");
        say(
            &mut page,
            Tone::Good,
            &format!("logged in to {} ({model})", who(view)),
        );
        lives(&mut page, view, now);
        match &view.kept_in {
            Some(_) if view.is_encrypted => say(
                &mut page,
                Tone::Plain,
                &format!(
                    "kept as {} by {}",
                    view.name,
                    view.kept_in.as_deref().unwrap_or_default()
                ),
            ),
            Some(place) => say(
                &mut page,
                Tone::Plain,
                &format!("kept as {} in {place}, not encrypted", view.name),
            ),
            None => say(&mut page, Tone::Plain, "nothing is kept"),
        }
    }
    let Some(form) = login.form else {
        return RenderedText {
            stdout: Vec::new(),
            stderr: talk(&page, screen),
        };
    };
    let shown = TokenOutput {
        access: text(&login.access),
        refresh: login.refresh.as_ref().map(text),
        wire: login.wire.as_deref().map_or(Wire::OAuth, Wire::Text),
        scheme: &login.scheme,
        expires_in: view
            .access_expires_at
            .map(|end| view.server_time(now).whole_seconds_until(end)),
        form: Some(form),
    };
    printed(&shown, &page, screen)
}

/// Until when the tokens are good.
fn lives(page: &mut Page, view: &CredentialView, now: Timestamp) {
    let access = match view.access_expires_at {
        Some(end) => format!("access token expires {}", moment(view, end, now)),
        None => {
            "nobody knows when the access token expires: it is used until the server refuses it"
                .to_owned()
        }
    };
    say(page, Tone::Plain, &access);
    let session = match view.session_until {
        Some(end) if !view.is_renewed => {
            format!(
                "there is no refresh token: the session ends {}",
                moment(view, end, now)
            )
        }
        None if !view.is_renewed => {
            "there is no refresh token: the session ends with the access token".to_owned()
        }
        Some(end) => format!(
            "session ends {}, if it is not refreshed before",
            moment(view, end, now)
        ),
        None => return,
    };
    say(page, Tone::Plain, &session);
}

pub(super) fn token(fresh: &FreshToken, screen: &Screen) -> RenderedText {
    let mut page = Page::new();
    if screen.out.terminal && screen.err.terminal && !screen.quiet {
        let how = match fresh.source {
            TokenOrigin::Kept => "as it was kept",
            TokenOrigin::Refreshed => "refreshed",
            TokenOrigin::OtherProcess => "refreshed by another process",
            TokenOrigin::Header => "as the server sent it",
            TokenOrigin::Login => "from a login",
        };
        say(
            &mut page,
            Tone::Plain,
            &format!("access token of {}, {how}", fresh.view.name),
        );
    }
    let form = match fresh.form {
        None | Some(AccessForm::Token) => OutputForm::Access,
        Some(AccessForm::AuthHeader) => OutputForm::AuthHeader,
        Some(AccessForm::Env) => OutputForm::Env,
    };
    let shown = TokenOutput {
        access: text(&fresh.access),
        refresh: None,
        wire: Wire::Token,
        scheme: &fresh.scheme,
        expires_in: None,
        form: Some(form),
    };
    printed(&shown, &page, screen)
}

pub(super) fn listed(views: &[CredentialView], now: Timestamp, screen: &Screen) -> RenderedText {
    let mut talked = Page::new();
    if views.is_empty() && !screen.quiet {
        say(
            &mut talked,
            Tone::Plain,
            "no credential is kept here; to log in: jwtsess login URL",
        );
    }
    let mut page = Page::new();
    for view in views {
        let state = view.state(now);
        let tone = match state {
            "live" => Tone::Good,
            "over" => Tone::Bad,
            _ => Tone::Dim,
        };
        let access = match view.access_expires_at {
            Some(end) => format!("access until {}", moment(view, end, now)),
            None => "access without a known end".to_owned(),
        };
        let session = match (&view.over, view.session_until) {
            (Some(end), _) => {
                let why = end.words.as_deref().unwrap_or(&end.code);
                let at = words::moment(Timestamp::from_seconds(end.at), now);
                format!("over since {at}: {why}")
            }
            (None, Some(end)) => format!("session until {}", moment(view, end, now)),
            (None, None) if view.is_renewed => "session without a known end".to_owned(),
            (None, None) => "session ends with it".to_owned(),
        };
        let place = view.kept_in.as_deref().unwrap_or_default();
        let encrypted = if view.is_encrypted {
            ""
        } else {
            ", not encrypted"
        };
        page.line(2)
            .put(Tone::Heading, &view.name)
            .put(Tone::Plain, "  ")
            .put(tone, state)
            .put(
                Tone::Plain,
                &format!(
                    "  {}, {access}, {session}, in {place}{encrypted}",
                    who(view)
                ),
            );
    }
    RenderedText {
        stdout: page.print(screen.out.width, screen.out.paint).into_bytes(),
        stderr: talk(&talked, screen),
    }
}

pub(super) fn logged_out(logout: &Logout, now: Timestamp, screen: &Screen) -> RenderedText {
    let mut page = Page::new();
    if !screen.quiet {
        if logout.ended.is_empty() && logout.removed.is_empty() {
            say(&mut page, Tone::Plain, "no credential is kept here");
        }
        for one in &logout.ended {
            ended(&mut page, one, logout.rehearsed, now);
        }
        for one in &logout.removed {
            say(&mut page, Tone::Warn, &removed(one, logout.rehearsed));
        }
    }
    RenderedText {
        stdout: Vec::new(),
        stderr: talk(&page, screen),
    }
}

fn removed(one: &Removal, rehearsed: bool) -> String {
    let done = if rehearsed { "would take" } else { "took" };
    let at = one.origin.as_deref();
    let at = at.map_or_else(|| "its server".to_owned(), str::to_owned);
    format!(
        "{done} the credential {} away; its session at {at} is not ended by that, and may live on: {}",
        one.name, one.why
    )
}

fn ended(page: &mut Page, one: &LoggedOut, rehearsed: bool, now: Timestamp) {
    let view = &one.view;
    let (name, who) = (&view.name, who(view));
    let what = match &one.server {
        _ if rehearsed => {
            format!("would end the session of {name} at {who}, and take the credential away")
        }
        None => format!("took the credential {name} away; the session at {who} was not ended"),
        Some(server) if server.already => {
            format!("the session of {name} at {who} had ended already; took the credential away")
        }
        Some(_) => format!("ended the session of {name} at {who}, and took the credential away"),
    };
    say(page, Tone::Plain, &what);
    if rehearsed {
        return;
    }
    if let Some(until) = one.usable_until(now) {
        let until = moment(view, until, now);
        say(
            page,
            Tone::Warn,
            &format!("its access token stays usable: it expires {until}"),
        );
    }
}
