//! Profiles as JSON.
use serde::Serialize;

use crate::cli::outcome::profiles::{ProfileSummary, ProfileView, SecretView, ValueWithOrigin};
use crate::config::resolve::Origin;
use crate::config::write;

#[derive(Serialize)]
pub(super) struct ProfileSummaryJson {
    name: String,
    summary: String,
    extends: Option<String>,
    default: bool,
}

#[derive(Serialize)]
pub(super) struct ProfileJson {
    name: String,
    base: String,
    extends: Option<String>,
    config: Option<String>,
    summary: ValueJson<String>,
    /// The profile's text, but for what could hold a secret.
    text: String,
    settings: Vec<SettingJson>,
    tokens: Vec<ProfileTokenJson>,
    secret: Option<SecretJson>,
    keys: Option<ValueJson<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_secret: Option<SecretJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_keys: Option<ValueJson<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<ValueJson<String>>,
    users: Option<ValueJson<Vec<UserJson>>>,
}

#[derive(Serialize)]
struct ValueJson<T> {
    value: T,
    origin: String,
}

#[derive(Serialize)]
struct SettingJson {
    name: String,
    ours: Option<String>,
    value: String,
    origin: String,
}

#[derive(Serialize)]
struct ProfileTokenJson {
    kind: &'static str,
    typ: Option<String>,
    claims: Vec<ClaimJson>,
}

#[derive(Serialize)]
struct ClaimJson {
    name: String,
    always: bool,
}

#[derive(Serialize)]
struct SecretJson {
    /// Null if the config file holds the secret itself.
    reference: Option<String>,
    origin: String,
}

#[derive(Serialize)]
struct UserJson {
    name: String,
    id: UserIdJson,
    email: String,
    active: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum UserIdJson {
    Number(i64),
    Text(String),
}

fn from(origin: &Origin) -> String {
    match origin {
        Origin::Default => "built_in".to_owned(),
        other => other.to_string(),
    }
}

pub(super) fn listed(profiles: &[ProfileSummary]) -> Vec<ProfileSummaryJson> {
    let listed = |profile: &ProfileSummary| ProfileSummaryJson {
        name: profile.name.clone(),
        summary: profile.summary.clone(),
        extends: profile.extends.clone(),
        default: profile.default,
    };
    profiles.iter().map(listed).collect()
}

/// The profile as a section of a config file.
fn text(profile: &ProfileView) -> String {
    let lines = profile.lines.iter().filter(|line| !line.comment);
    let lines = lines.map(|line| format!("{} = {}\n", line.key, line.value));
    let django = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
    let theirs = profile.settings.iter().filter(|one| django(&one.name));
    let theirs = theirs.map(|one| format!("{} = {}\n", one.name, write::value(&one.value.value)));
    lines.chain(theirs).collect()
}

fn secret(secret: &ValueWithOrigin<SecretView>) -> SecretJson {
    SecretJson {
        reference: match &secret.value {
            SecretView::Reference(reference) => Some(reference.clone()),
            SecretView::WrittenOut => None,
        },
        origin: from(&secret.origin),
    }
}

fn keys(keys: &ValueWithOrigin<Vec<String>>) -> ValueJson<Vec<String>> {
    ValueJson {
        value: keys.value.clone(),
        origin: from(&keys.origin),
    }
}

pub(super) fn shown(profile: &ProfileView) -> ProfileJson {
    let settings = profile.settings.iter().map(|setting| SettingJson {
        name: setting.name.clone(),
        ours: setting.ours.clone(),
        value: setting.value.value.clone(),
        origin: from(&setting.value.origin),
    });
    let tokens = profile.tokens.iter().map(|token| ProfileTokenJson {
        kind: token.kind.name(),
        typ: token.typ.clone(),
        claims: token
            .claims
            .iter()
            .map(|(name, always)| ClaimJson {
                name: name.clone(),
                always: *always,
            })
            .collect(),
    });
    let users = profile.users.as_ref().map(|users| ValueJson {
        origin: from(&users.origin),
        value: users
            .value
            .iter()
            .map(|user| UserJson {
                name: user.name.clone(),
                id: user
                    .id
                    .clone()
                    .map_or_else(UserIdJson::Text, UserIdJson::Number),
                email: user.email.clone(),
                active: user.active,
            })
            .collect(),
    });
    ProfileJson {
        name: profile.name.clone(),
        base: profile.base.clone(),
        extends: profile.extends.clone(),
        config: profile.config.clone(),
        summary: ValueJson {
            value: profile.summary.value.clone(),
            origin: from(&profile.summary.origin),
        },
        text: text(profile),
        settings: settings.collect(),
        tokens: tokens.collect(),
        secret: profile.secret.as_ref().map(secret),
        keys: profile.keys.as_ref().map(keys),
        refresh_secret: profile.refresh_secret.as_ref().map(secret),
        refresh_keys: profile.refresh_keys.as_ref().map(keys),
        store: profile.store.as_ref().map(|store| ValueJson {
            value: store.value.place.clone(),
            origin: from(&store.origin),
        }),
        users,
    }
}
