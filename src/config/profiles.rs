//! A user's own profiles, as the config file's text says them.
use std::borrow::Cow;

use super::tree;
use crate::core::echo::SecretForm;
use crate::core::emulator::Emulators;
use crate::core::profile::language::builtin::{self, SOURCES};
use crate::core::profile::language::emulator::ServerSettings;
use crate::core::profile::language::mistake::{Mistake, shown};
use crate::core::profile::language::model::{KeySource, Model};
use crate::core::profile::language::own::ProfileDeclaration;
use crate::core::profile::language::resolve::{MOST_LEVELS, Profiles, ROOT, ResolvedProfile};
use crate::core::profile::language::set;
use crate::core::profile::language::value::{Node, TableEntry, Text, Value};
use crate::core::profile::{BUILTIN_NAMES, Profile, TokenKind};

/// The most bytes a config file may have: 1 MiB.
pub(crate) const MAX_CONFIG: usize = 1 << 20;

/// The most profiles that a config file may have. Each is resolved at every call.
const MOST_PROFILES: usize = 1000;

/// The profile of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct CallProfile {
    /// The profile, with all changes applied.
    pub profile: Profile,
    /// The name of the profile that it extends, if it is the user's own.
    pub extends: Option<String>,
}

impl CallProfile {
    /// Where the key of access tokens is, and of all others without a key of their own.
    #[must_use]
    pub fn key(&self) -> &KeySource {
        self.profile.model.key_of(TokenKind::Access)
    }
    /// The REF of that secret, as `--secret` takes it.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        self.key().secret()
    }
    /// Those key sources, as `--key` takes them.
    #[must_use]
    pub fn keys(&self) -> &[Text] {
        self.key().sources()
    }
    /// Where the key of refresh tokens is, if they have one of their own.
    #[must_use]
    pub fn refresh_key(&self) -> Option<&KeySource> {
        let own = &self.profile.kind(TokenKind::Refresh)?.key;
        (*own != KeySource::Unsaid).then_some(own)
    }
    /// Whether it says where a key is.
    #[must_use]
    pub fn names_keys(&self) -> bool {
        let refresh = self.refresh_key();
        self.key().names_a_key() || refresh.is_some_and(KeySource::names_a_key)
    }
}

/// A user's own profiles, each with its model.
#[derive(Clone, Debug, Default)]
pub struct OwnProfiles {
    sources: Vec<ProfileDeclaration>,
    models: Vec<Model>,
    credential_helper: Option<String>,
}

impl OwnProfiles {
    /// Reads the text of a config file. Every profile is resolved, so that a mistake shows whichever profile is used.
    ///
    /// # Errors
    /// Every mistake in it, in the order of their lines.
    pub fn parse(text: &str, servers: &dyn ServerSettings) -> Result<Self, Vec<Mistake>> {
        let file = tree::file(text).map_err(|error| vec![whole_file(error.line, "not TOML")])?;
        let mut mistakes = Vec::new();
        secrets(&mut Vec::new(), &file, &mut mistakes);
        if !mistakes.is_empty() {
            // A table may be continued further down in the file.
            mistakes.sort();
            return Err(mistakes);
        }
        let mut found = Vec::new();
        let mut credential_helper = None;
        for member in file {
            match (&*member.name, member.node.value) {
                ("profiles", Value::Table(profiles)) => found = profiles.into_owned(),
                ("profiles", _) => {
                    let message = "is a table: write [profiles.NAME]";
                    mistakes.push(at(member.line, "profiles", message));
                }
                ("credential_helper", Value::Text(name)) if is_helper(&name) => {
                    credential_helper = Some(name.into_owned());
                }
                ("credential_helper", _) => {
                    let message = "is what stands behind docker-credential-, as in \"pass\"";
                    mistakes.push(at(member.line, "credential_helper", message));
                }
                _ => {
                    let key = shown(&member.name).unwrap_or("a key");
                    let message = "is unknown at the top: profiles stand under [profiles.NAME]";
                    mistakes.push(at(member.line, key, message));
                }
            }
        }
        if let Some(profile) = found.get(MOST_PROFILES) {
            let message = format!(
                "there are more than {MOST_PROFILES}: split the file, and choose one with --config"
            );
            return Err(vec![at(profile.line, "profiles", &message)]);
        }
        let mut sources = Vec::with_capacity(found.len());
        let mut own_mistakes = Vec::with_capacity(found.len());
        for profile in found {
            match own(profile) {
                Ok((own, found)) => {
                    sources.push(own);
                    own_mistakes.push(found);
                }
                Err(mistake) => mistakes.push(mistake),
            }
        }
        let broken: Vec<Text> = std::iter::zip(&sources, &own_mistakes)
            .filter(|(_, mistakes)| !mistakes.is_empty())
            .map(|(own, _)| own.name.clone())
            .collect();
        let profiles = Profiles {
            builtin: &SOURCES,
            own: &sources,
            servers,
        };
        let mut models = Vec::with_capacity(sources.len());
        for (own, found) in sources.iter().zip(own_mistakes) {
            if starts_from(own, &sources, &broken) {
                mistakes.extend(found);
                continue;
            }
            match profiles.model(own, &[], found) {
                Ok(model) => models.push(model),
                Err(found) => mistakes.extend(found),
            }
        }
        if mistakes.is_empty() {
            return Ok(Self {
                sources,
                models,
                credential_helper,
            });
        }
        mistakes.sort();
        // A profile's mistake is told again by each that extends it.
        mistakes.dedup();
        Err(mistakes)
    }

    /// The program that keeps the tokens of live servers.
    #[must_use]
    pub(crate) fn credential_helper(&self) -> Option<&str> {
        self.credential_helper.as_deref()
    }
    /// The models of the user's own profiles, in the order of the file.
    #[must_use]
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// A profile's model, the user's own or a built-in one.
    #[must_use]
    pub fn model(&self, name: &str) -> Option<&Model> {
        let own = self.models.iter().find(|model| model.name == name);
        own.or_else(|| builtin::model(name))
    }

    /// A profile's model with the changes of a call. None if there is no such profile.
    ///
    /// # Errors
    /// Every mistake in the changes.
    pub fn changed(
        &self,
        name: &str,
        changes: &[(String, String)],
        servers: &dyn ServerSettings,
    ) -> Result<Option<Model>, Vec<Mistake>> {
        let profiles = self.all(servers);
        let Some(own) = profiles.find(name) else {
            return Ok(None);
        };
        let mut read = Vec::with_capacity(changes.len());
        for (key, value) in changes {
            read.push(set::change(key, value, &tree::value)?);
        }
        profiles.model(own, &read, Vec::new()).map(Some)
    }

    /// A profile's settings with all that it extends, to be printed. None if there is no such profile.
    #[must_use]
    pub fn resolved(
        &self,
        name: &str,
        changes: &[(String, String)],
        servers: &dyn ServerSettings,
    ) -> Option<ResolvedProfile> {
        let profiles = self.all(servers);
        let resolved = profiles.resolved(profiles.find(name)?).ok()?;
        let read = |(key, value): &(String, String)| set::change(key, value, &tree::value).ok();
        let read: Vec<ProfileDeclaration> = changes.iter().filter_map(read).collect();
        Some(resolved.changed(&read))
    }

    /// The profile of that name with the changes of a call, in their order; none if there is no such profile.
    ///
    /// # Errors
    /// Every mistake in the changes.
    pub fn chosen(
        &self,
        name: &str,
        changes: &[(String, String)],
        servers: &dyn ServerSettings,
        emulators: Emulators,
    ) -> Result<Option<CallProfile>, Vec<Mistake>> {
        let own = self.sources.iter().find(|own| own.name == name);
        let builtin = if changes.is_empty() && own.is_none() {
            builtin::model(name).map(Cow::Borrowed)
        } else {
            None
        };
        let model = match builtin {
            Some(model) => Some(model),
            None => self.changed(name, changes, servers)?.map(Cow::Owned),
        };
        let profile = model.and_then(|model| Profile::of(model, emulators));
        Ok(profile.map(|profile| CallProfile {
            profile,
            extends: own.map(|own| own.text("extends").unwrap_or(ROOT).to_owned()),
        }))
    }

    /// The user's own profile that says a key of a profile, if one does: the profile itself, or one that it extends.
    #[must_use]
    pub fn says(&self, name: &str, key: &str) -> Option<&str> {
        let mut next = self.sources.iter().find(|own| own.name == name);
        for _ in 0..=MOST_LEVELS {
            let own = next?;
            if own.get(key).is_some() {
                return Some(&own.name);
            }
            let parent = own.text("extends")?;
            next = self.sources.iter().find(|own| own.name == parent);
        }
        None
    }

    /// The names of all profiles: the built-in ones, then the user's own, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut own: Vec<_> = self
            .sources
            .iter()
            .map(|own| own.name.to_string())
            .collect();
        own.sort();
        BUILTIN_NAMES
            .iter()
            .map(|name| (*name).to_owned())
            .chain(own)
            .collect()
    }

    const fn all<'a>(&'a self, servers: &'a dyn ServerSettings) -> Profiles<'a> {
        Profiles {
            builtin: &SOURCES,
            own: self.sources.as_slice(),
            servers,
        }
    }
}

/// A profile's own text, with the mistakes in its keys.
fn own(profile: TableEntry) -> Result<(ProfileDeclaration, Vec<Mistake>), Mistake> {
    let line = profile.line;
    let Some(name) = shown(&profile.name) else {
        let message = "a name has to be 1 to 40 of A-Z, a-z, 0-9, `_`, `.` and `-`";
        return Err(at(line, "profiles", message));
    };
    let key = format!("profiles.{name}");
    if builtin::model(name).is_some() {
        let message = format!("that name is built in: give yours another and let it extend {name}");
        return Err(at(line, &key, &message));
    }
    match profile.node.value {
        Value::Table(members) => Ok(ProfileDeclaration::read(profile.name, line, members)),
        _ => Err(at(line, &key, &format!("is a table: write [{key}]"))),
    }
}

/// Whether what a profile extends, near or far, could not be read.
fn starts_from(own: &ProfileDeclaration, sources: &[ProfileDeclaration], broken: &[Text]) -> bool {
    let mut next = own.text("extends");
    for _ in 0..MOST_LEVELS {
        match next {
            Some(name) if broken.iter().any(|one| one == name) => return true,
            Some(name) => {
                let parent = sources.iter().find(|own| own.name == name);
                next = parent.and_then(|own| own.text("extends"));
            }
            None => return false,
        }
    }
    false
}

fn at(line: u32, key: &str, message: &str) -> Mistake {
    Mistake {
        line,
        key: key.to_owned(),
        message: message.to_owned(),
    }
}

/// Whether a text can be a helper's name: it becomes part of a program's name.
#[must_use]
pub(crate) fn is_helper(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

fn whole_file(line: u32, message: &str) -> Mistake {
    at(line, "the file", message)
}

/// Finds secrets in values that are shown. `secret` and `store` are not shown: they say where a secret is, or hold one.
fn secrets<'m>(place: &mut Vec<&'m str>, members: &'m [TableEntry], mistakes: &mut Vec<Mistake>) {
    for member in members {
        if ["secret", "client_secret", "store"].contains(&member.name.as_ref()) {
            continue;
        }
        place.push(&member.name);
        secret(place, &member.node, mistakes);
        place.pop();
    }
}

fn secret<'m>(place: &mut Vec<&'m str>, node: &'m Node, mistakes: &mut Vec<Mistake>) {
    match &node.value {
        Value::Table(members) => secrets(place, members, mistakes),
        Value::List(nodes) => nodes.iter().for_each(|node| secret(place, node, mistakes)),
        Value::Text(text) => {
            let found = SecretForm::in_text(&literal(place, text));
            // This is the address of a key set. It is used or refused when the key is needed.
            let of_keys = place.last() == Some(&"key") && found == Some(SecretForm::Login);
            if let Some(secret) = found.filter(|_| !of_keys) {
                let names: Vec<&str> = place
                    .iter()
                    .map(|name| shown(name).unwrap_or("…"))
                    .collect();
                mistakes.push(at(node.line, &names.join("."), &format!("holds {secret}")));
            }
        }
        _ => {}
    }
}

/// What of a text is said as it is: a request without the items that are filled in (`password={password}`).
fn literal<'t>(place: &[&str], text: &'t str) -> Cow<'t, str> {
    if !place.contains(&"live") || !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let filled = |word: &&str| {
        let value = word.split_once(['=', ':']).map_or("", |(_, value)| value);
        let inner = value
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        inner.is_some_and(|inner| shown(inner).is_some())
    };
    let words: Vec<&str> = text.split(' ').filter(|word| !filled(word)).collect();
    Cow::Owned(words.join(" "))
}
