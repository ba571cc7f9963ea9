//! Prints `profile list`, one line per profile, and `profile show`, a section of a config file.
use super::page::Page;
use crate::cli::outcome::profiles::{Listed, SecretShown, Shown, Token, User};
use crate::cli::paint::{Paint, Tone};
use crate::cli::render::screen::{Printed, Screen};
use crate::config::resolve::Origin;
use crate::config::write;

pub(super) fn listed(profiles: &[Listed], screen: &Screen) -> Printed {
    let column = profiles.iter().map(|one| one.name.chars().count()).max();
    let column = column.unwrap_or_default();
    let mut page = Page::new();
    for profile in profiles {
        let own = match &profile.extends {
            Some(extends) => format!("yours, from {extends}: "),
            None => String::new(),
        };
        let default = if profile.default {
            " [issue's default]"
        } else {
            ""
        };
        page.line(column + 2)
            .put(Tone::Good, &format!("{:<column$}  ", profile.name))
            .put(Tone::Plain, &own)
            .put(Tone::Plain, &profile.summary)
            .put(Tone::Dim, default);
    }
    // Each profile stays on one line; only a terminal's own width breaks it.
    let width = if screen.out.terminal {
        screen.out.width
    } else {
        usize::from(u16::MAX)
    };
    Printed {
        stdout: page.print(width, screen.out.paint).into_bytes(),
        stderr: String::new(),
    }
}

/// Lines of a config file. None of them is wrapped, because the rest of a comment would not be a comment.
struct Lines {
    text: String,
    paint: Paint,
}

/// The column in which comments begin, unless the value is longer.
const COMMENT_AT: usize = 42;

impl Lines {
    fn comment(&mut self, text: &str) {
        let line = self.paint.dim(&format!("# {text}"));
        self.text.push_str(&line);
        self.text.push('\n');
    }
    fn gap(&mut self) {
        self.text.push('\n');
    }
    /// Adds `name = value`, followed by a comment that says where the value is from.
    fn value(&mut self, name: &str, value: &str, comment: &str) {
        let line = format!("{name} = {value}");
        let line = format!("{line:<COMMENT_AT$}");
        self.text.push_str(&self.paint.tone(Tone::Plain, &line));
        if comment.is_empty() {
            self.text.truncate(self.text.trim_end().len());
        } else {
            self.text
                .push_str(&self.paint.dim(&format!(" # {comment}")));
        }
        self.text.push('\n');
    }
}

pub(super) fn shown(profile: &Shown, screen: &Screen) -> Printed {
    let mut lines = Lines {
        text: String::new(),
        paint: screen.out.paint,
    };
    let (own, extends) = match &profile.extends {
        Some(extends) => (profile.name.clone(), extends),
        // A profile of the user's own can't have a built-in name.
        None => (format!("my-{}", profile.name), &profile.name),
    };
    match &profile.config {
        Some(config) => lines.comment(&format!("{}: in {config}", profile.name)),
        None => lines.comment(&format!("{}: built in", profile.name)),
    }
    for token in &profile.tokens {
        lines.comment(&claims(token, profile.tokens.len() > 1));
    }
    lines.gap();
    let heading = format!("[profiles.{}]", write::key(&own));
    lines.text.push_str(&screen.out.paint.heading(&heading));
    lines.gap();
    lines.value("extends", &write::string(extends), "");
    let summary = &profile.summary;
    lines.value(
        "summary",
        &write::string(&summary.value),
        &from(&summary.origin),
    );
    match profile
        .secret
        .as_ref()
        .map(|secret| (&secret.value, from(&secret.origin)))
    {
        Some((SecretShown::Reference(reference), from)) => {
            lines.value("secret", &write::string(reference), &from);
        }
        Some((SecretShown::WrittenOut, from)) => {
            lines.comment(&format!(
                "secret: written out in the config file, so not shown ({from})"
            ));
        }
        None => {}
    }
    if let Some(keys) = &profile.keys {
        let list: Vec<_> = keys.value.iter().map(|key| write::string(key)).collect();
        lines.value(
            "key",
            &format!("[{}]", list.join(", ")),
            &from(&keys.origin),
        );
    }
    if let Some(store) = &profile.store {
        let (place, from) = (&store.value.place, from(&store.origin));
        if store.value.whole {
            lines.value("store", &write::string(place), &from);
        } else {
            let place = write::string(place);
            lines.comment(&format!("store: {place}, not shown whole ({from})"));
        }
    }
    if let Some(users) = &profile.users {
        let list: Vec<_> = users.value.iter().map(user).collect();
        lines.value(
            "users",
            &format!("[{}]", list.join(", ")),
            &from(&users.origin),
        );
    }
    settings(&mut lines, profile);
    Printed {
        stdout: lines.text.into_bytes(),
        stderr: String::new(),
    }
}

fn settings(lines: &mut Lines, profile: &Shown) {
    let django = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
    let (theirs, ours): (Vec<_>, Vec<_>) = profile
        .settings
        .iter()
        .partition(|setting| django(&setting.name));
    for (heading, settings) in [
        (
            "Django's settings, each with jwtsess's name for it, if there is one",
            &theirs,
        ),
        (
            if theirs.is_empty() {
                "settings"
            } else {
                "jwtsess's settings for which Django has no name"
            },
            &ours,
        ),
    ] {
        if settings.is_empty() {
            continue;
        }
        lines.gap();
        lines.comment(heading);
        for setting in settings {
            let ours = setting.ours.as_ref().map(|name| format!("{name}; "));
            let comment = ours.unwrap_or_default() + &from(&setting.value.origin);
            lines.value(&setting.name, &write::value(&setting.value.value), &comment);
        }
    }
}

fn from(origin: &Origin) -> String {
    match origin {
        Origin::Default => "built in".to_owned(),
        other => other.to_string(),
    }
}

fn claims(token: &Token, pair: bool) -> String {
    let kind = if pair { token.kind.name() } else { "its" };
    let typ = token.typ.as_ref().map(|typ| format!(" (typ {typ})"));
    let claims: Vec<_> = token
        .claims
        .iter()
        .map(|(name, always)| {
            if *always {
                name.clone()
            } else {
                format!("[{name}]")
            }
        })
        .collect();
    let claims = if claims.is_empty() {
        "any claims".to_owned()
    } else {
        claims.join(" ")
    };
    format!("{kind} token{}: {claims}", typ.unwrap_or_default())
}

fn user(user: &User) -> String {
    let id = match &user.id {
        Ok(number) => number.to_string(),
        Err(text) => write::string(text),
    };
    format!(
        "{{ name = {}, id = {id}, email = {}, active = {} }}",
        write::string(&user.name),
        write::string(&user.email),
        user.active
    )
}
