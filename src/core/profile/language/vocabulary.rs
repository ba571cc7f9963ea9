//! The keys that a profile may have, and the form of each one's value.
use super::meant::meant;

/// The names of the kinds, which are tables too.
pub const KINDS: [&str; 3] = ["access", "refresh", "id"];

/// The form that a key's value has to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A text.
    Text,
    /// A text, or a list of texts.
    Texts,
    /// A list of texts.
    List,
    /// `true` or `false`.
    Switch,
    /// A length of time.
    Duration,
    /// A length of time, or `"none"`.
    Life,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The entries of a payload.
    Claims,
    /// The entries of a header.
    Header,
    /// The entries of a server's answer.
    Answer,
    /// The source of an opaque token's text.
    Source,
    /// The marks by which a profile's tokens are recognised.
    Marks,
    /// A request, or `"none"`.
    Request,
    /// What a server's errors mean.
    Errors,
    /// A REF to the place of a secret.
    Ref,
    /// A REF, or `prompt`.
    AskedRef,
    /// `"all"`, or a list of claims.
    Keeps,
    /// `"never"`, `"always"`, or a share of a life.
    When,
    /// A span, a count or `"until-used"`.
    Grace,
    /// A claim and a span.
    Until,
    /// `"claim NAME"` or `"cookie NAME"`.
    CsrfFrom,
    /// The users of the server.
    Users,
}

/// The keys of a kind's table.
macro_rules! kind {
    ($kind:literal) => {
        &[
            (concat!($kind, ".ttl"), Form::Life),
            (concat!($kind, ".renew_ttl"), Form::Duration),
            (concat!($kind, ".is"), Form::Texts),
            (concat!($kind, ".has"), Form::List),
            (concat!($kind, ".format"), Form::Word(&["jwt", "opaque"])),
            (concat!($kind, ".text"), Form::Source),
            (concat!($kind, ".claims"), Form::Claims),
            (concat!($kind, ".header"), Form::Header),
            (concat!($kind, ".alg"), Form::Texts),
            (concat!($kind, ".secret"), Form::AskedRef),
            (concat!($kind, ".key"), Form::Texts),
        ]
    };
}

type Keys = &'static [(&'static str, Form)];

/// Every key, in the order in which a profile is printed.
const KEYS: [Keys; 5] = [
    OF_PROFILE,
    kind!("access"),
    kind!("refresh"),
    kind!("id"),
    OF_TABLES,
];

const OF_PROFILE: Keys = &[
    ("extends", Form::Text),
    ("aka", Form::List),
    ("summary", Form::Text),
    ("recognise", Form::Marks),
    ("sure", Form::Switch),
    ("emulator", Form::Text),
    ("secret", Form::AskedRef),
    ("key", Form::Texts),
    ("alg", Form::Texts),
    ("store", Form::Text),
    ("users", Form::Users),
    ("iss", Form::Text),
    ("aud", Form::Texts),
    ("kind", Form::Texts),
    ("unmarked", Form::Word(&KINDS)),
    ("header", Form::Header),
    ("claims", Form::Claims),
];

const OF_TABLES: Keys = &[
    ("json.ascii", Form::Switch),
    ("json.spaced", Form::Switch),
    ("json.sorted", Form::Switch),
    ("session.max", Form::Life),
    ("session.cap", Form::Switch),
    ("session.unknown", Form::Word(&["live", "refuse"])),
    ("session.recorded", Form::Word(&["login", "change"])),
    ("session.one_per_user", Form::Switch),
    ("renew.presents", Form::Word(&["access", "refresh", "none"])),
    ("renew.keeps", Form::Keeps),
    ("renew.until", Form::Until),
    ("renew.ttl", Form::Word(&["own", "profile"])),
    ("rotate.when", Form::When),
    ("rotate.old", Form::Word(&["dead", "good"])),
    ("rotate.grace", Form::Grace),
    ("rotate.again", Form::Word(&["same", "sibling"])),
    (
        "rotate.reuse",
        Form::Word(&["refuse", "end-session", "end-user"]),
    ),
    ("rotate.ttl", Form::Word(&["full", "remaining"])),
    (
        "revoke.ends",
        Form::Word(&["nothing", "token", "session", "user"]),
    ),
    ("revoke.access", Form::Word(&["at-exp", "at-once"])),
    ("checks.leeway", Form::Duration),
    ("checks.require_aud", Form::Switch),
    ("checks.refuse_future_iat", Form::Switch),
    ("checks.allow_weak_key", Form::Switch),
    ("live.wire", Form::Word(&["oauth"])),
    ("live.url", Form::Text),
    ("live.login", Form::Request),
    ("live.refresh", Form::Request),
    ("live.verify", Form::Request),
    ("live.logout", Form::Request),
    ("live.answer", Form::Answer),
    ("live.scheme", Form::Text),
    ("live.scheme_case", Form::Word(&["any", "exact"])),
    ("live.words", Form::Texts),
    ("live.errors", Form::Errors),
    ("live.cookies.access", Form::Text),
    ("live.cookies.refresh", Form::Text),
    ("live.csrf.header", Form::Text),
    ("live.csrf.from", Form::CsrfFrom),
    ("live.me", Form::Text),
    ("live.origins", Form::List),
    ("live.client_id", Form::Text),
    ("live.client_secret", Form::Ref),
    ("live.refresh_header", Form::Text),
];

/// The keys that belong to one profile and that `--set` can't reach: a copy must not pass for its original.
pub const OWN: [&str; 4] = ["extends", "aka", "recognise", "sure"];

/// A key as it stands in the vocabulary, with the form of its value; none if there is no such key.
#[must_use]
pub fn known(key: &str) -> Option<(&'static str, Form)> {
    all().find(|(known, _)| *known == key)
}

/// Whether a key is a table: other keys begin with it and a dot.
#[must_use]
pub fn is_table(key: &str) -> bool {
    all().any(|(known, _)| inside(known, key).is_some())
}

/// Every key with all its dots, in the order in which a profile is printed.
pub fn keys() -> impl Iterator<Item = &'static str> {
    all().map(|(key, _)| key)
}

fn all() -> impl Iterator<Item = (&'static str, Form)> {
    KEYS.into_iter().flatten().copied()
}

/// What of a key stands behind a table and its dot.
fn inside<'k>(key: &'k str, table: &str) -> Option<&'k str> {
    if table.is_empty() {
        return Some(key);
    }
    key.strip_prefix(table)?.strip_prefix('.')
}

/// The names that may stand in a table, without what stands in front; of the profile itself if `table` is empty.
fn names(table: &str) -> Vec<&'static str> {
    let rest = keys().filter_map(|key| inside(key, table));
    let mut names: Vec<&str> = rest
        .map(|key| key.split('.').next().unwrap_or(key))
        .collect();
    names.dedup();
    names
}

/// The first key of a table, to show how one writes it.
#[must_use]
pub fn first_key(table: &str) -> String {
    let name = names(table).first().copied().unwrap_or_default();
    format!("{table}.{name}")
}

/// What was meant by a name that a table has not: a name that is like it, or the tables that have it.
#[must_use]
pub fn suggestion<'n>(table: &str, name: &str, more: impl IntoIterator<Item = &'n str>) -> String {
    let near = meant(name, names(table).into_iter().chain(more));
    if !near.is_empty() {
        return near;
    }
    let suffix = format!(".{name}");
    let elsewhere: Vec<&str> = keys()
        .filter(|key| key.ends_with(&suffix))
        .take(2)
        .collect();
    match elsewhere.as_slice() {
        [] if known(name).is_some() && !table.is_empty() => {
            format!("; it stands in no table: write {name} alone")
        }
        [] => String::new(),
        _ => format!("; it belongs to a table, such as {}", elsewhere.join(", ")),
    }
}
