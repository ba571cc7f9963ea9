//! Prints `profile list`, one line per profile, and `profile show`, a section of a config file.
use super::page::Page;
use crate::cli::outcome::profiles::{ProfileSummary, ProfileToken, ProfileView, SecretView};
use crate::cli::paint::{Paint, Tone};
use crate::cli::render::screen::{RenderedText, Screen};
use crate::config::resolve::Origin;
use crate::config::write;

pub(super) fn listed(profiles: &[ProfileSummary], screen: &Screen) -> RenderedText {
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
    RenderedText {
        stdout: page.print(width, screen.out.paint).into_bytes(),
        stderr: String::new(),
    }
}

/// Lines of a config file. None of them is wrapped, because the rest of a comment would not be a comment.
struct ConfigLines {
    text: String,
    paint: Paint,
}

/// The column in which comments begin, unless the value is longer.
const COMMENT_AT: usize = 42;

impl ConfigLines {
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
        let text = format!("{name} = {value}");
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            // A long list has a line for each of its entries.
            if lines.peek().is_some() {
                self.text.push_str(&self.paint.tone(Tone::Plain, line));
                self.text.push('\n');
            } else {
                let line = format!("{line:<COMMENT_AT$}");
                self.text.push_str(&self.paint.tone(Tone::Plain, &line));
            }
        }
        if comment.is_empty() {
            self.text.truncate(self.text.trim_end().len());
        } else {
            self.text
                .push_str(&self.paint.dim(&format!(" # {comment}")));
        }
        self.text.push('\n');
    }
}

pub(super) fn shown(profile: &ProfileView, screen: &Screen) -> RenderedText {
    let mut lines = ConfigLines {
        text: String::new(),
        paint: screen.out.paint,
    };
    let own = match &profile.extends {
        Some(_) => profile.name.clone(),
        // A profile of the user's own can't have a built-in name.
        None => format!("my-{}", profile.name),
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
    // What a profile says of access tokens alone stands among its lines.
    let apart = |key: &str| !profile.lines.iter().any(|line| line.key == key);
    match profile
        .secret
        .as_ref()
        .filter(|_| apart("access.secret"))
        .map(|secret| (&secret.value, from(&secret.origin)))
    {
        Some((SecretView::Reference(reference), from)) => {
            lines.value("secret", &write::string(reference), &from);
        }
        Some((SecretView::WrittenOut, from)) => {
            lines.comment(&format!("secret: not shown ({from})"));
        }
        None => {}
    }
    if let Some(keys) = profile.keys.as_ref().filter(|_| apart("access.key")) {
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
    settings(&mut lines, profile);
    RenderedText {
        stdout: lines.text.into_bytes(),
        stderr: String::new(),
    }
}

/// What the settings of a package are if nobody sets them, where the built-in profile differs.
const PACKAGES: [(&str, &str, &str); 3] = [
    (
        "ROTATE_REFRESH_TOKENS",
        "true",
        "the package's default is false",
    ),
    (
        "BLACKLIST_AFTER_ROTATION",
        "true",
        "the package's default is false",
    ),
    (
        "JWT_ALLOW_REFRESH",
        "true",
        "the package's default is false",
    ),
];

fn settings(lines: &mut ConfigLines, profile: &ProfileView) {
    let django = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
    for line in profile.lines.iter().filter(|line| line.comment) {
        lines.comment(&format!("{} = {}", line.key, line.value));
    }
    for line in profile.lines.iter().filter(|line| !line.comment) {
        lines.value(&line.key, &line.value, &from(&line.origin));
    }
    let theirs: Vec<_> = profile
        .settings
        .iter()
        .filter(|one| django(&one.name))
        .collect();
    if theirs.is_empty() {
        return;
    }
    lines.gap();
    lines.comment("Django's settings");
    for setting in theirs {
        let value = write::value(&setting.value.value);
        let differs =
            |(name, package, _): &&(&str, &str, &str)| *name == setting.name && *package == value;
        let differs = PACKAGES.iter().find(differs).map(|(_, _, why)| *why);
        let origin = from(&setting.value.origin);
        let comment = match (origin.as_str(), differs) {
            ("", Some(differs)) => differs.to_owned(),
            (_, Some(differs)) => format!("{origin}; {differs}"),
            (_, None) => origin,
        };
        lines.value(&setting.name, &value, &comment);
    }
}

/// Where a value is from, unless it is built in.
fn from(origin: &Origin) -> String {
    match origin {
        Origin::Default => String::new(),
        other => other.to_string(),
    }
}

fn claims(token: &ProfileToken, pair: bool) -> String {
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
