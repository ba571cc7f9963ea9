//! The config file. It holds the user's own profiles; each starts from another profile and can change any value.
use std::collections::BTreeMap;

use toml::{Table, Value};

use super::resolve::Origin;
use crate::core::echo::{self, SecretForm};
use crate::core::emulator::{User, UserId};
use crate::core::profile::{BUILTIN_NAMES, BuiltIn, ChangeError, Profile, canonical};

/// The most bytes a config file may have: 1 MiB.
pub const MAX_CONFIG: usize = 1 << 20;

/// What a profile of the config file can say besides settings.
pub const PROFILE_KEYS: [&str; 6] = ["extends", "summary", "secret", "key", "store", "users"];

/// The user's own profiles, as the config file defines them.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    built_in: &'static BuiltIn,
    profiles: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, Default)]
struct Entry {
    extends: Option<String>,
    summary: Option<String>,
    secret: Option<String>,
    keys: Vec<String>,
    store: Option<String>,
    settings: Vec<(String, String)>,
    users: Option<Vec<User>>,
}

/// A profile, with the key sources that the file names for it, and the origin of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The profile, with all changes applied.
    pub profile: Profile,
    /// The name of the profile that it extends, if it is the user's own.
    pub extends: Option<String>,
    /// The origin of each value that differs from the built-in profile's. The keys are the names of settings as in [`Profile::settings`], or `summary`,
    /// `users`, `secret`, `key`, `store`.
    pub origins: BTreeMap<String, Origin>,
    /// The REF of a secret, as `--secret` takes it.
    pub secret: Option<String>,
    /// Key sources, as `--key` takes them.
    pub keys: Vec<String>,
    /// Where its sessions are kept, as `--store` takes it.
    pub store: Option<String>,
}

/// What is wrong with a config file. It never quotes a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file is not TOML.
    #[error("line {line}: this is not TOML")]
    Syntax {
        /// The line, counted from 1.
        line: usize,
    },
    /// A value has another form than it has to have.
    #[error("{place} must be {expected}")]
    Form {
        /// Where the value stands: `profiles.NAME.key`.
        place: String,
        /// What the value has to be.
        expected: &'static str,
    },
    /// A name at the top level that means nothing.
    #[error("unknown key {0}")]
    Unknown(String),
    /// The name of a built-in profile.
    #[error("profiles.{0}: that name is built in; choose another name, and let it extend {0}")]
    BuiltIn(String),
    /// A text that is no name and could be a secret, so it is not repeated. Holds where it stands.
    #[error("{0}: a name must have 1 to 40 characters out of A-Z, a-z, 0-9, `_`, `.` and `-`")]
    Name(String),
    /// A secret in a place where none belongs.
    #[error("{place} holds {secret}")]
    Misplaced {
        /// Where it stands: `profiles.NAME.key`.
        place: String,
        /// What kind of secret it looks like.
        secret: SecretForm,
    },
    /// `extends` names no profile.
    #[error("profiles.{profile} extends {extends}, but there is no such profile")]
    Extends {
        /// The profile that extends.
        profile: String,
        /// The name that is no profile.
        extends: String,
        /// The profiles that there are.
        names: Vec<String>,
    },
    /// A chain of `extends` leads back to the profile itself.
    #[error("profiles.{0} extends itself")]
    Cycle(String),
    /// A setting that the profile does not take.
    #[error("profiles.{profile}: {problem}")]
    Setting {
        /// The profile that has the setting.
        profile: String,
        /// The setting's name.
        setting: String,
        /// Those that it has.
        names: Vec<String>,
        /// Why the setting was not taken.
        problem: ChangeError,
    },
}

impl ConfigFile {
    /// No profiles but the built-in ones.
    #[must_use]
    pub const fn empty(built_in: &'static BuiltIn) -> Self {
        Self {
            built_in,
            profiles: BTreeMap::new(),
        }
    }

    /// Reads the text of a config file, whose profiles extend the built-in ones.
    ///
    /// # Errors
    /// See [`ConfigError`]. Every profile is resolved, so that a mistake shows whichever profile is used.
    pub fn parse(text: &str, built_in: &'static BuiltIn) -> Result<Self, ConfigError> {
        let table: Table = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
            ConfigError::Syntax { line }
        })?;
        refuse_secrets(&table, "")?;
        let mut file = Self::empty(built_in);
        for (name, value) in &table {
            if name != "profiles" {
                return Err(ConfigError::Unknown(name.clone()));
            }
            for (name, value) in expect_table(value, "profiles")? {
                if built_in.known(name).is_some() {
                    return Err(ConfigError::BuiltIn(name.clone()));
                }
                file.profiles
                    .insert(name.clone(), Entry::read(name, value)?);
            }
        }
        for name in file.profiles.keys() {
            file.profile(name)?;
        }
        Ok(file)
    }

    /// The names of the user's own profiles, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// Finds a profile by its name, built in or the user's own. `None` if there is no such profile.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn profile(&self, name: &str) -> Result<Option<Chosen>, ConfigError> {
        self.resolve(name, &mut Vec::new())
    }

    fn resolve(&self, name: &str, above: &mut Vec<String>) -> Result<Option<Chosen>, ConfigError> {
        let Some(entry) = self.profiles.get(name) else {
            return Ok(self.built_in.copy(canonical(name)).map(|profile| Chosen {
                profile,
                extends: None,
                origins: BTreeMap::new(),
                secret: None,
                keys: Vec::new(),
                store: None,
            }));
        };
        if above.iter().any(|one| one == name) {
            return Err(ConfigError::Cycle(name.to_owned()));
        }
        above.push(name.to_owned());
        let extends = entry.extends.as_deref().unwrap_or("plain");
        let Some(mut chosen) = self.resolve(extends, above)? else {
            return Err(ConfigError::Extends {
                profile: name.to_owned(),
                extends: extends.to_owned(),
                names: all_names(self),
            });
        };
        name.clone_into(&mut chosen.profile.name);
        chosen.extends = Some(extends.to_owned());
        let origin = Origin::File(format!("profile {name}"));
        if let Some(summary) = &entry.summary {
            chosen.profile.summary.clone_from(summary);
            chosen.is_from("summary", &origin);
        }
        for (setting, value) in &entry.settings {
            let set = chosen.set(setting, value, &origin);
            set.map_err(|problem| ConfigError::Setting {
                profile: name.to_owned(),
                setting: setting.clone(),
                names: chosen.profile.setting_names(),
                problem,
            })?;
        }
        if let Some(users) = &entry.users {
            chosen.profile.users = Some(users.clone().into());
            chosen.is_from("users", &origin);
        }
        if entry.secret.is_some() || !entry.keys.is_empty() {
            chosen.secret.clone_from(&entry.secret);
            chosen.keys.clone_from(&entry.keys);
            chosen.is_from("secret", &origin);
            chosen.is_from("key", &origin);
        }
        if entry.store.is_some() {
            chosen.store.clone_from(&entry.store);
            chosen.is_from("store", &origin);
        }
        Ok(Some(chosen))
    }
}

impl Chosen {
    /// Changes a setting, and notes the origin: of the setting that is named, and of every other that changes with it.
    ///
    /// # Errors
    /// See [`Profile::set`].
    pub fn set(&mut self, name: &str, value: &str, origin: &Origin) -> Result<(), ChangeError> {
        let before = self.profile.settings();
        self.profile.set(name, value)?;
        for shown in self.profile.settings() {
            let named = shown.name == name || shown.ours.as_deref() == Some(name);
            if named || !before.contains(&shown) {
                self.is_from(&shown.name, origin);
            }
        }
        Ok(())
    }
    /// The origin of a value.
    #[must_use]
    pub fn origin(&self, name: &str) -> Origin {
        self.origins.get(name).cloned().unwrap_or(Origin::Default)
    }
    fn is_from(&mut self, name: &str, origin: &Origin) {
        self.origins.insert(name.to_owned(), origin.clone());
    }
}

/// The names of all profiles: the built-in ones, then the user's own.
#[must_use]
pub fn all_names(file: &ConfigFile) -> Vec<String> {
    BUILTIN_NAMES
        .iter()
        .map(|name| (*name).to_owned())
        .chain(file.names().map(str::to_owned))
        .collect()
}

impl Entry {
    fn read(profile: &str, value: &Value) -> Result<Self, ConfigError> {
        let mut entry = Self::default();
        for (name, value) in expect_table(value, &format!("profiles.{profile}"))? {
            let place = || format!("profiles.{profile}.{name}");
            let text = || match value {
                Value::String(text) => Ok(text.clone()),
                _ => Err(ConfigError::Form {
                    place: place(),
                    expected: "a string",
                }),
            };
            match name.as_str() {
                "extends" => {
                    let extends = text()?;
                    if echo::name(&extends).is_none() {
                        return Err(ConfigError::Name(place()));
                    }
                    entry.extends = Some(extends);
                }
                "summary" => entry.summary = Some(text()?),
                "secret" => entry.secret = Some(text()?),
                "store" => entry.store = Some(text()?),
                "key" => {
                    entry.keys = strings(value).ok_or_else(|| ConfigError::Form {
                        place: place(),
                        expected: "a string, or an array of strings",
                    })?;
                }
                "users" => entry.users = Some(users(value, &place())?),
                _ => {
                    let text = setting(name, value).ok_or_else(|| ConfigError::Form {
                        place: place(),
                        expected: "a string, a number, true or false, or an array of strings",
                    })?;
                    entry.settings.push((name.clone(), text));
                }
            }
        }
        if entry.secret.is_some() && !entry.keys.is_empty() {
            return Err(ConfigError::Form {
                place: format!("profiles.{profile}"),
                expected: "given either a secret or a key, not both",
            });
        }
        Ok(entry)
    }
}

/// Refuses names that can't be shown, and secrets in values that are shown. `secret` and `store` are not shown: they say where a secret is, or hold one.
fn refuse_secrets(table: &Table, place: &str) -> Result<(), ConfigError> {
    for (name, value) in table {
        if echo::name(name).is_none() {
            let place = if place.is_empty() { "the file" } else { place };
            return Err(ConfigError::Name(place.to_owned()));
        }
        if !["secret", "store"].contains(&name.as_str()) {
            let separator = if place.is_empty() { "" } else { "." };
            refuse_secret(value, &format!("{place}{separator}{name}"))?;
        }
    }
    Ok(())
}

fn refuse_secret(value: &Value, place: &str) -> Result<(), ConfigError> {
    match value {
        Value::Table(table) => refuse_secrets(table, place),
        Value::Array(values) => values
            .iter()
            .try_for_each(|value| refuse_secret(value, place)),
        Value::String(text) => match SecretForm::in_text(text) {
            // This is the address of a key set. It is used or refused when the key is needed.
            Some(SecretForm::Login) if place.rsplit('.').next() == Some("key") => Ok(()),
            Some(secret) => {
                let place = place.to_owned();
                Err(ConfigError::Misplaced { place, secret })
            }
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn expect_table<'a>(value: &'a Value, place: &str) -> Result<&'a Table, ConfigError> {
    value.as_table().ok_or_else(|| ConfigError::Form {
        place: place.to_owned(),
        expected: "a table",
    })
}

fn strings(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(several) => several
            .iter()
            .map(|one| one.as_str().map(str::to_owned))
            .collect(),
        _ => None,
    }
}

/// A setting's value as text. A list is written as in Django's settings.py under a Django name, and with commas under our own.
fn setting(name: &str, value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Array(_) => {
            let several = strings(value)?;
            if name.starts_with(|first: char| first.is_ascii_uppercase()) {
                let quoted: Vec<_> = several
                    .iter()
                    .map(|one| format!("'{}'", one.replace('\\', "\\\\").replace('\'', "\\'")))
                    .collect();
                format!("[{}]", quoted.join(", "))
            } else {
                several.join(",")
            }
        }
        Value::Datetime(_) | Value::Table(_) => return None,
    })
}

fn users(value: &Value, place: &str) -> Result<Vec<User>, ConfigError> {
    let wrong = |expected| ConfigError::Form {
        place: place.to_owned(),
        expected,
    };
    let several = value
        .as_array()
        .ok_or_else(|| wrong("an array of tables"))?;
    several
        .iter()
        .map(|one| {
            let one = one.as_table().ok_or_else(|| wrong("an array of tables"))?;
            let mut user = User {
                name: String::new(),
                id: UserId::Text(String::new()),
                email: String::new(),
                active: true,
                password_hash: None,
            };
            let (mut named, mut identified) = (false, false);
            for (key, value) in one {
                match (key.as_str(), value) {
                    ("name", Value::String(name)) => (user.name, named) = (name.clone(), true),
                    ("id", Value::Integer(id)) => {
                        (user.id, identified) = (UserId::Number(*id), true);
                    }
                    ("id", Value::String(id)) => {
                        (user.id, identified) = (UserId::Text(id.clone()), true);
                    }
                    ("email", Value::String(email)) => user.email.clone_from(email),
                    ("active", Value::Boolean(active)) => user.active = *active,
                    ("password_hash", Value::String(hash)) => {
                        user.password_hash = Some(hash.clone());
                    }
                    _ => {
                        return Err(wrong(
                            "an array of tables with name, id and optionally email, active, password_hash",
                        ));
                    }
                }
            }
            if named && identified {
                Ok(user)
            } else {
                Err(wrong("an array of tables, each with at least a name and an id"))
            }
        })
        .collect()
}
