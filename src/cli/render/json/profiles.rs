//! Profiles as JSON.
use serde::Serialize;

use crate::cli::outcome::profiles::{Listed, SecretShown, Shown};
use crate::config::resolve::Origin;
use crate::config::write;

#[derive(Serialize)]
pub(super) struct ListedShown {
    name: String,
    summary: String,
    extends: Option<String>,
    default: bool,
}

#[derive(Serialize)]
pub(super) struct ProfileShown {
    name: String,
    base: String,
    extends: Option<String>,
    config: Option<String>,
    summary: Valued<String>,
    /// The profile's text, but for what could hold a secret.
    text: String,
    settings: Vec<SettingShown>,
    tokens: Vec<TokenShown>,
    secret: Option<SecretGiven>,
    keys: Option<Valued<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<Valued<String>>,
    users: Option<Valued<Vec<UserShown>>>,
}

#[derive(Serialize)]
struct Valued<T> {
    value: T,
    origin: String,
}

#[derive(Serialize)]
struct SettingShown {
    name: String,
    ours: Option<String>,
    value: String,
    origin: String,
}

#[derive(Serialize)]
struct TokenShown {
    kind: &'static str,
    typ: Option<String>,
    claims: Vec<ClaimShown>,
}

#[derive(Serialize)]
struct ClaimShown {
    name: String,
    always: bool,
}

#[derive(Serialize)]
struct SecretGiven {
    /// Null if the config file holds the secret itself.
    reference: Option<String>,
    origin: String,
}

#[derive(Serialize)]
struct UserShown {
    name: String,
    id: Id,
    email: String,
    active: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(String),
}

fn from(origin: &Origin) -> String {
    match origin {
        Origin::Default => "built_in".to_owned(),
        other => other.to_string(),
    }
}

pub(super) fn listed(profiles: &[Listed]) -> Vec<ListedShown> {
    let listed = |profile: &Listed| ListedShown {
        name: profile.name.clone(),
        summary: profile.summary.clone(),
        extends: profile.extends.clone(),
        default: profile.default,
    };
    profiles.iter().map(listed).collect()
}

/// The profile as a section of a config file.
fn text(profile: &Shown) -> String {
    let lines = profile.lines.iter().filter(|line| !line.comment);
    let lines = lines.map(|line| format!("{} = {}\n", line.key, line.value));
    let django = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
    let theirs = profile.settings.iter().filter(|one| django(&one.name));
    let theirs = theirs.map(|one| format!("{} = {}\n", one.name, write::value(&one.value.value)));
    lines.chain(theirs).collect()
}

pub(super) fn shown(profile: &Shown) -> ProfileShown {
    let settings = profile.settings.iter().map(|setting| SettingShown {
        name: setting.name.clone(),
        ours: setting.ours.clone(),
        value: setting.value.value.clone(),
        origin: from(&setting.value.origin),
    });
    let tokens = profile.tokens.iter().map(|token| TokenShown {
        kind: token.kind.name(),
        typ: token.typ.clone(),
        claims: token
            .claims
            .iter()
            .map(|(name, always)| ClaimShown {
                name: name.clone(),
                always: *always,
            })
            .collect(),
    });
    let users = profile.users.as_ref().map(|users| Valued {
        origin: from(&users.origin),
        value: users
            .value
            .iter()
            .map(|user| UserShown {
                name: user.name.clone(),
                id: user.id.clone().map_or_else(Id::Text, Id::Number),
                email: user.email.clone(),
                active: user.active,
            })
            .collect(),
    });
    ProfileShown {
        name: profile.name.clone(),
        base: profile.base.clone(),
        extends: profile.extends.clone(),
        config: profile.config.clone(),
        summary: Valued {
            value: profile.summary.value.clone(),
            origin: from(&profile.summary.origin),
        },
        text: text(profile),
        settings: settings.collect(),
        tokens: tokens.collect(),
        secret: profile.secret.as_ref().map(|secret| SecretGiven {
            reference: match &secret.value {
                SecretShown::Reference(reference) => Some(reference.clone()),
                SecretShown::WrittenOut => None,
            },
            origin: from(&secret.origin),
        }),
        keys: profile.keys.as_ref().map(|keys| Valued {
            value: keys.value.clone(),
            origin: from(&keys.origin),
        }),
        store: profile.store.as_ref().map(|store| Valued {
            value: store.value.place.clone(),
            origin: from(&store.origin),
        }),
        users,
    }
}
