//! `profile list`, `profile show`: lists the session models, and shows every setting of one.
use crate::cli::args::profile::{ProfileCommand, ProfileShowArgs};
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::outcome::profiles::{
    ProfileSummary, ProfileToken, ProfileView, SecretView, SettingLine, SettingView, StoreView,
    UserView, ValueWithOrigin,
};
use crate::cli::outcome::{Action, Outcome};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::{shown_reference, shown_source};
use crate::config::profiles::{CallProfile, OwnProfiles};
use crate::config::resolve::Origin;
use crate::config::write;
use crate::core;
use crate::core::emulator::{self, ServerUserId};
use crate::core::profile::language::model::KeySource;
use crate::core::profile::language::own::is_server_setting;
use crate::core::profile::language::resolve::ROOT;
use crate::core::profile::language::value::{Plain, Value};
use crate::core::profile::language::{old, render};
use crate::core::profile::{DEFAULT, TokenKind};
use crate::django::SettingsReader;

/// Runs `profile list` and `profile show`.
///
/// # Errors
/// The config file is wrong, or there is no such profile.
pub(crate) fn run(typed: &ProfileCommand, context: &Context<'_, '_>) -> anyhow::Result<Outcome> {
    let action = match typed {
        ProfileCommand::List(_) => Action::ProfilesListed(list(&*resolve::profile::file(context)?)),
        ProfileCommand::Show(typed) => Action::ProfileShown(Box::new(show(typed, context)?)),
    };
    Ok(Outcome {
        now: context.now,
        action,
    })
}

fn list(file: &OwnProfiles) -> Vec<ProfileSummary> {
    let one = |name: String| {
        let model = file.model(&name)?;
        let own = file.models().iter().any(|own| own.name == name);
        Some(ProfileSummary {
            default: name == DEFAULT,
            summary: model.summary.to_string(),
            extends: own.then(|| {
                let extends = model.extends.as_deref();
                extends.unwrap_or(ROOT).to_owned()
            }),
            name,
        })
    };
    file.names().into_iter().filter_map(one).collect()
}

fn show(typed: &ProfileShowArgs, context: &Context<'_, '_>) -> anyhow::Result<ProfileView> {
    let chosen = match &typed.name {
        Some(name) => resolve::profile::by_name(context, name.as_str())?,
        None => Call::without_store(context)?.named_or_default(context)?,
    };
    let (path, file) = resolve::profile::place_and_file(context)?;
    let config = path
        .filter(|_| chosen.extends.is_some())
        .map(|path| echo::file(path.as_os_str(), "--config or JWTSESS_CONFIG"));
    let source = ProfileOrigin {
        chosen: &chosen,
        file: &file,
        set: &context.globals.set,
    };
    Ok(source.shown(config))
}

/// The profile that is shown, and where its values are from.
struct ProfileOrigin<'a> {
    chosen: &'a CallProfile,
    file: &'a OwnProfiles,
    set: &'a [(String, String)],
}

impl ProfileOrigin<'_> {
    /// The origin of a value, by the keys that may have said it.
    fn origin(&self, keys: &[&str]) -> Origin {
        if self.set.iter().any(|(key, _)| keys.contains(&key.as_str())) {
            return Origin::Flag("--set");
        }
        let name = self.chosen.profile.name();
        let own = keys.iter().find_map(|key| self.file.says(name, key));
        own.map_or(Origin::Default, |own| {
            Origin::File(format!("profile {own}"))
        })
    }

    fn valued<T>(&self, value: T, key: &str) -> ValueWithOrigin<T> {
        let origin = self.origin(&[key]);
        ValueWithOrigin { value, origin }
    }

    /// Where a secret is, by the keys of the profile that may say it.
    fn secret(&self, source: &KeySource, by: &[&str]) -> Option<ValueWithOrigin<SecretView>> {
        let shown = shown_reference(source.secret()?);
        Some(ValueWithOrigin {
            value: shown.map_or(SecretView::WrittenOut, SecretView::Reference),
            origin: self.origin(by),
        })
    }

    /// The same of other keys.
    fn keys(&self, source: &KeySource, by: &[&str]) -> Option<ValueWithOrigin<Vec<String>>> {
        let keys = source.sources();
        (!keys.is_empty()).then(|| ValueWithOrigin {
            value: keys.iter().map(|key| shown_source(key)).collect(),
            origin: self.origin(by),
        })
    }

    fn shown(&self, config: Option<String>) -> ProfileView {
        let (chosen, profile) = (self.chosen, &self.chosen.profile);
        let settings = profile.settings().into_iter().map(|setting| {
            let ours = setting.ours.as_deref();
            let today = ours.or(Some(&setting.name)).and_then(old::today);
            let keys = [Some(setting.name.as_str()), ours, today];
            let keys: Vec<&str> = keys.into_iter().flatten().collect();
            SettingView {
                value: ValueWithOrigin {
                    origin: self.origin(&keys),
                    value: setting.value,
                },
                name: setting.name,
                ours: setting.ours,
            }
        });
        let tokens = [TokenKind::Access, TokenKind::Refresh]
            .into_iter()
            .filter(|kind| *kind == TokenKind::Access || profile.is_pair());
        let tokens = tokens.map(|kind| ProfileToken {
            kind,
            typ: profile.typ(kind).map(str::to_owned),
            claims: profile.written_claims(kind),
        });
        let refresh = chosen.refresh_key();
        let store = profile.model.store.as_deref();
        ProfileView {
            name: profile.name().to_owned(),
            base: profile.base().to_owned(),
            extends: chosen.extends.clone(),
            config,
            summary: self.valued(profile.model.summary.to_string(), "summary"),
            tokens: tokens.collect(),
            secret: self.secret(chosen.key(), &["access.secret", "secret"]),
            keys: self.keys(chosen.key(), &["access.key", "key"]),
            refresh_secret: refresh.and_then(|own| self.secret(own, &["refresh.secret"])),
            refresh_keys: refresh.and_then(|own| self.keys(own, &["refresh.key"])),
            store: store.map(|store| self.valued(without_login(store), "store")),
            users: profile
                .users
                .as_ref()
                .map(|users| self.valued(users.iter().map(user).collect(), "users")),
            lines: self.lines(),
            settings: settings.collect(),
        }
    }

    /// The profile's text. What could hold a secret is left out: it is shown apart.
    fn lines(&self) -> Vec<SettingLine> {
        let name = self.chosen.profile.name();
        let Some(mut resolved) = self.file.resolved(name, self.set, &SettingsReader) else {
            return Vec::new();
        };
        for setting in &mut resolved.settings {
            without_hashes(&mut setting.value);
        }
        let apart = |key: &str| {
            let last = key.rsplit('.').next().unwrap_or(key);
            ["secret", "client_secret", "key", "store"].contains(&last)
        };
        let mut lines: Vec<SettingLine> = render::lines(&resolved)
            .into_iter()
            .filter(|line| !is_server_setting(&line.key) && !apart(&line.key))
            .map(|line| SettingLine {
                origin: self.origin(&[&line.key, old::before(&line.key).unwrap_or_default()]),
                key: line.key.to_string(),
                value: line.value,
                comment: line.comment,
            })
            .collect();
        for (kind, model) in self.chosen.profile.model.kinds() {
            let (key, value) = match &model.key {
                KeySource::Secret(reference) => (
                    "secret",
                    shown_reference(reference).map(|shown| write::string(&shown)),
                ),
                KeySource::Keys(keys) => {
                    let keys: Vec<_> = keys
                        .iter()
                        .map(|key| write::string(&shown_source(key)))
                        .collect();
                    ("key", Some(format!("[{}]", keys.join(", "))))
                }
                KeySource::Withheld => ("key", Some(write::string("none"))),
                KeySource::Unsaid => continue,
            };
            let key = format!("{}.{key}", kind.name());
            lines.extend(value.map(|value| SettingLine {
                origin: self.origin(&[&key]),
                comment: false,
                key,
                value,
            }));
        }
        lines
    }
}

fn user(user: &emulator::ServerUser) -> UserView {
    UserView {
        name: user.name.clone(),
        id: match &user.id {
            ServerUserId::Number(id) => Ok(*id),
            ServerUserId::Text(id) => Err(id.clone()),
        },
        email: user.email.clone(),
        active: user.active,
    }
}

/// Takes out of a list of users what an attacker could try passwords on.
fn without_hashes(users: &mut Plain) {
    let Plain::Tree(users) = users else {
        return;
    };
    for user in users.to_mut() {
        if let Value::Table(members) = &mut user.value {
            members
                .to_mut()
                .retain(|member| member.name != "password_hash");
        }
    }
}

/// A store without the parts of its address that may hold a password. Text that is neither an address nor a path is not shown.
fn without_login(store: &str) -> StoreView {
    let shown = without_password(store);
    let variable = ["env:", "django+env:"].iter().any(|form| {
        store
            .strip_prefix(form)
            .is_some_and(|name| core::echo::name(name).is_some())
    });
    let place = match shown.split_once('?') {
        Some((place, _)) if shown.contains("://") => format!("{place}?…"),
        _ if variable || shown.contains("://") => shown,
        _ => echo::path(store.as_ref()).unwrap_or_else(|| "…".to_owned()),
    };
    StoreView {
        whole: place == store,
        place,
    }
}

/// A store without the login of its address.
fn without_password(source: &str) -> String {
    let Some((scheme, rest)) = source.split_once("://") else {
        return source.to_owned();
    };
    let host = rest.split('/').next().unwrap_or_default();
    match host.rsplit_once('@') {
        Some((login, _)) => format!("{scheme}://…{}", &rest[login.len()..]),
        None => source.to_owned(),
    }
}

#[cfg(test)]
mod tests;
