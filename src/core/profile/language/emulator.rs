//! The servers whose own code reads and writes the tokens, and what of a profile is theirs.
use super::meant::meant;
use super::mistake::Fault;
use super::value::{Plain, Text};

/// An emulated server, so far as the language has to know it.
struct EmulatedServer {
    /// Its package and version.
    name: &'static str,
    /// The claim that tells the kinds apart; none: it has one kind.
    kind_claim: Option<&'static str>,
    /// A key and the server's own setting for it.
    settings: &'static [(&'static str, &'static str)],
}

const PAIR: &[(&str, &str)] = &[
    ("access.ttl", "ACCESS_TOKEN_LIFETIME"),
    ("refresh.ttl", "REFRESH_TOKEN_LIFETIME"),
    ("checks.leeway", "LEEWAY"),
    ("iss", "ISSUER"),
    ("aud", "AUDIENCE"),
    ("alg", "ALGORITHM"),
];

const SLIDING: &[(&str, &str)] = &[
    ("access.ttl", "SLIDING_TOKEN_LIFETIME"),
    ("refresh.ttl", "SLIDING_TOKEN_REFRESH_LIFETIME"),
    ("checks.leeway", "LEEWAY"),
    ("iss", "ISSUER"),
    ("aud", "AUDIENCE"),
    ("alg", "ALGORITHM"),
];

const SINGLE: &[(&str, &str)] = &[
    ("access.ttl", "JWT_EXPIRATION_DELTA"),
    ("refresh.ttl", "JWT_REFRESH_EXPIRATION_DELTA"),
    ("session.max", "JWT_REFRESH_EXPIRATION_DELTA"),
    ("checks.leeway", "JWT_LEEWAY"),
    ("iss", "JWT_ISSUER"),
    ("aud", "JWT_AUDIENCE"),
    ("alg", "JWT_ALGORITHM"),
];

static SERVERS: [EmulatedServer; 6] = [
    EmulatedServer {
        name: "simplejwt 5.5",
        kind_claim: Some("token_type"),
        settings: PAIR,
    },
    EmulatedServer {
        name: "simplejwt 5.3",
        kind_claim: Some("token_type"),
        settings: PAIR,
    },
    EmulatedServer {
        name: "ninja-jwt 5.4",
        kind_claim: Some("token_type"),
        settings: PAIR,
    },
    EmulatedServer {
        name: "simplejwt-sliding 5.5",
        kind_claim: Some("token_type"),
        settings: SLIDING,
    },
    EmulatedServer {
        name: "drf-jwt 1.19",
        kind_claim: None,
        settings: SINGLE,
    },
    EmulatedServer {
        name: "drf-jwt 1.11",
        kind_claim: None,
        settings: SINGLE,
    },
];

/// The keys that an emulator's tokens do not go by, besides the claims and the header of each kind. All of a table where it is one.
const NOT_FOLLOWED: [&str; 9] = [
    "header",
    "claims",
    "kind",
    "unmarked",
    "json",
    "renew",
    "id",
    "rotate.when",
    "rotate.old",
];

/// The settings reader of the emulated servers. The language hands their settings through to it.
pub trait ServerSettings {
    /// The names of a server's settings; none for a server that this reader does not read.
    fn names(&self, emulator: &str) -> Vec<&'static str>;
    /// Why a server does not take a setting of its own; none if it does.
    fn refusal(&self, emulator: &str, name: &str, value: &str) -> Option<SettingRefusal>;
}

/// Why a server does not take a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingRefusal {
    /// It has none of that name.
    Unknown,
    /// This, without the value.
    Because(String),
}

/// Reads an emulator's name.
///
/// # Errors
/// There is none of that name.
pub(crate) fn known(name: &str) -> Result<Text, Fault> {
    let found = server(name).map(|server| Text::Borrowed(server.name));
    found.ok_or_else(|| {
        let meant = meant(name, SERVERS.iter().map(|server| server.name));
        let shown = super::mistake::shown(&name.replace(' ', "-")).map_or("of that name", |_| name);
        Fault::new(format!("there is no emulator {shown}{meant}"))
    })
}

fn server(name: &str) -> Option<&'static EmulatedServer> {
    SERVERS.iter().find(|server| server.name == name)
}

/// The claim that tells an emulator's kinds apart; none if it has one kind.
#[must_use]
pub(crate) fn kind_claim(emulator: &str) -> Option<&'static str> {
    server(emulator)?.kind_claim
}

/// The package's name, without its version.
#[must_use]
pub(crate) fn package(emulator: &str) -> &str {
    emulator.split(' ').next().unwrap_or(emulator)
}

/// Whether an emulator's tokens do not go by a key.
#[must_use]
pub(crate) fn is_its_own(key: &str) -> bool {
    let named = |own: &&str| {
        key.strip_prefix(*own)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let of_kind = key
        .split_once('.')
        .is_some_and(|(kind, _)| super::vocabulary::KINDS.contains(&kind));
    NOT_FOLLOWED.iter().any(named) || of_kind
}

/// The server's own setting for a key.
#[must_use]
pub(crate) fn setting_for(emulator: &str, key: &str) -> Option<&'static str> {
    let mut settings = server(emulator)?.settings.iter();
    settings.find_map(|(ours, name)| (*ours == key).then_some(*name))
}

/// The key that says what a Django setting says, where there is no Django.
#[must_use]
pub(crate) fn key_for(setting: &str) -> Option<&'static str> {
    Some(match setting.strip_prefix("JWT_").unwrap_or(setting) {
        name if name.contains("ROTAT") => "rotate.when",
        "ACCESS_TOKEN_LIFETIME" | "EXPIRATION_DELTA" | "SLIDING_TOKEN_LIFETIME" => "access.ttl",
        "REFRESH_TOKEN_LIFETIME" => "refresh.ttl",
        "REFRESH_EXPIRATION_DELTA" | "SLIDING_TOKEN_REFRESH_LIFETIME" => "session.max",
        "ALGORITHM" => "alg",
        "AUDIENCE" => "aud",
        "ISSUER" => "iss",
        "LEEWAY" => "checks.leeway",
        "USER_ID_CLAIM" | "JTI_CLAIM" | "PAYLOAD_INCLUDE_USER_ID" => "claims",
        "TOKEN_TYPE_CLAIM" => "kind",
        "AUTH_HEADER_TYPES" | "AUTH_HEADER_PREFIX" => "live.scheme",
        "ALLOW_REFRESH" => "renew.presents",
        _ => return None,
    })
}

/// A setting's value as the server's reader takes it: as text, a list in brackets.
#[must_use]
pub(crate) fn text(value: &Plain) -> Text {
    match value {
        Plain::Text(text) | Plain::Decimal(text) => text.clone(),
        Plain::Number(number) => number.to_string().into(),
        Plain::Switch(switch) => Text::Borrowed(if *switch { "true" } else { "false" }),
        Plain::Texts(lines) => {
            let quoted = |text: &str| {
                let quote = if text.contains('"') { '\'' } else { '"' };
                format!("{quote}{text}{quote}")
            };
            let quoted: Vec<String> = lines.iter().map(|line| quoted(&line.text)).collect();
            format!("[{}]", quoted.join(", ")).into()
        }
        Plain::Tree(_) | Plain::Other => Text::Borrowed("[]"),
    }
}
