//! The keys that a profile may have, and the form of each one's value.
use super::meant::meant;

/// The names of the kinds, which are tables too.
pub(crate) const KINDS: [&str; 3] = ["access", "refresh", "id"];

/// The form that a key's value has to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingForm {
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
            (concat!($kind, ".ttl"), SettingForm::Life),
            (concat!($kind, ".renew_ttl"), SettingForm::Duration),
            (concat!($kind, ".is"), SettingForm::Texts),
            (concat!($kind, ".has"), SettingForm::List),
            (
                concat!($kind, ".format"),
                SettingForm::Word(&["jwt", "opaque"]),
            ),
            (concat!($kind, ".text"), SettingForm::Source),
            (concat!($kind, ".claims"), SettingForm::Claims),
            (concat!($kind, ".header"), SettingForm::Header),
            (concat!($kind, ".alg"), SettingForm::Texts),
            (concat!($kind, ".secret"), SettingForm::AskedRef),
            (concat!($kind, ".key"), SettingForm::Texts),
        ]
    };
}

type KeyForms = &'static [(&'static str, SettingForm)];

/// Every key, in the order in which a profile is printed.
const KEYS: [KeyForms; 5] = [
    OF_PROFILE,
    kind!("access"),
    kind!("refresh"),
    kind!("id"),
    OF_TABLES,
];

const OF_PROFILE: KeyForms = &[
    ("extends", SettingForm::Text),
    ("aka", SettingForm::List),
    ("summary", SettingForm::Text),
    ("recognise", SettingForm::Marks),
    ("sure", SettingForm::Switch),
    ("emulator", SettingForm::Text),
    ("secret", SettingForm::AskedRef),
    ("key", SettingForm::Texts),
    ("alg", SettingForm::Texts),
    ("store", SettingForm::Text),
    ("users", SettingForm::Users),
    ("iss", SettingForm::Text),
    ("aud", SettingForm::Texts),
    ("kind", SettingForm::Texts),
    ("unmarked", SettingForm::Word(&KINDS)),
    ("header", SettingForm::Header),
    ("claims", SettingForm::Claims),
];

const OF_TABLES: KeyForms = &[
    ("json.ascii", SettingForm::Switch),
    ("json.spaced", SettingForm::Switch),
    ("json.sorted", SettingForm::Switch),
    ("session.max", SettingForm::Life),
    ("session.cap", SettingForm::Switch),
    ("session.unknown", SettingForm::Word(&["live", "refuse"])),
    ("session.recorded", SettingForm::Word(&["login", "change"])),
    ("session.one_per_user", SettingForm::Switch),
    (
        "renew.presents",
        SettingForm::Word(&["access", "refresh", "none"]),
    ),
    ("renew.keeps", SettingForm::Keeps),
    ("renew.until", SettingForm::Until),
    ("renew.ttl", SettingForm::Word(&["own", "profile"])),
    ("rotate.when", SettingForm::When),
    ("rotate.old", SettingForm::Word(&["dead", "good"])),
    ("rotate.grace", SettingForm::Grace),
    ("rotate.again", SettingForm::Word(&["same", "sibling"])),
    (
        "rotate.reuse",
        SettingForm::Word(&["refuse", "end-session", "end-user"]),
    ),
    ("rotate.ttl", SettingForm::Word(&["full", "remaining"])),
    (
        "revoke.ends",
        SettingForm::Word(&["nothing", "token", "session", "user"]),
    ),
    ("revoke.access", SettingForm::Word(&["at-exp", "at-once"])),
    ("checks.leeway", SettingForm::Duration),
    ("checks.require_aud", SettingForm::Switch),
    ("checks.refuse_future_iat", SettingForm::Switch),
    ("checks.allow_weak_key", SettingForm::Switch),
    ("live.wire", SettingForm::Word(&["oauth"])),
    ("live.url", SettingForm::Text),
    ("live.login", SettingForm::Request),
    ("live.refresh", SettingForm::Request),
    ("live.verify", SettingForm::Request),
    ("live.logout", SettingForm::Request),
    ("live.answer", SettingForm::Answer),
    ("live.scheme", SettingForm::Text),
    ("live.scheme_case", SettingForm::Word(&["any", "exact"])),
    ("live.words", SettingForm::Texts),
    ("live.errors", SettingForm::Errors),
    ("live.cookies.access", SettingForm::Text),
    ("live.cookies.refresh", SettingForm::Text),
    ("live.csrf.header", SettingForm::Text),
    ("live.csrf.from", SettingForm::CsrfFrom),
    ("live.me", SettingForm::Text),
    ("live.origins", SettingForm::List),
    ("live.client_id", SettingForm::Text),
    ("live.client_secret", SettingForm::Ref),
    ("live.refresh_header", SettingForm::Text),
];

/// The keys that belong to one profile and that `--set` can't reach: a copy must not pass for its original.
pub const OWN: [&str; 4] = ["extends", "aka", "recognise", "sure"];

/// A key as it stands in the vocabulary, with the form of its value; none if there is no such key.
#[must_use]
pub(crate) fn known(key: &str) -> Option<(&'static str, SettingForm)> {
    all().find(|(known, _)| *known == key)
}

/// Whether a key is a table: other keys begin with it and a dot.
#[must_use]
pub(crate) fn is_table(key: &str) -> bool {
    all().any(|(known, _)| inside(known, key).is_some())
}

/// Every key with all its dots, in the order in which a profile is printed.
pub fn keys() -> impl Iterator<Item = &'static str> {
    all().map(|(key, _)| key)
}

fn all() -> impl Iterator<Item = (&'static str, SettingForm)> {
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
pub(crate) fn first_key(table: &str) -> String {
    let name = names(table).first().copied().unwrap_or_default();
    format!("{table}.{name}")
}

/// What was meant by a name that a table has not: a name that is like it, or the tables that have it.
#[must_use]
pub(crate) fn suggestion<'n>(
    table: &str,
    name: &str,
    more: impl IntoIterator<Item = &'n str>,
) -> String {
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
