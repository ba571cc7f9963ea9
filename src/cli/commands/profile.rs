//! `profile list`, `profile show`: lists the session models, and shows every setting of one.
use crate::cli::args::profile::{ProfileCommand, Show};
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::outcome::profiles::{
    Listed, SecretShown, Setting, Shown, StoreShown, Token, User, Valued,
};
use crate::cli::outcome::{Did, Outcome};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::{shown_reference, shown_source};
use crate::config::file::{Chosen, ConfigFile, all_names};
use crate::core;
use crate::core::emulator::UserId;
use crate::core::profile::{DEFAULT, Kind};

/// Runs `profile list` and `profile show`.
///
/// # Errors
/// The config file is wrong, or there is no such profile.
pub fn run(typed: &ProfileCommand, context: &Context<'_, '_>) -> anyhow::Result<Outcome> {
    let did = match typed {
        ProfileCommand::List(_) => Did::ProfilesListed(list(&*resolve::profile::file(context)?)?),
        ProfileCommand::Show(typed) => Did::ProfileShown(Box::new(show(typed, context)?)),
    };
    Ok(Outcome {
        now: context.now,
        did,
    })
}

fn list(file: &ConfigFile) -> anyhow::Result<Vec<Listed>> {
    let mut listed = Vec::new();
    for name in all_names(file) {
        if let Some(chosen) = file
            .profile(&name)
            .map_err(crate::cli::error::Problem::from)?
        {
            listed.push(Listed {
                default: name == DEFAULT,
                name,
                summary: chosen.profile.summary,
                extends: chosen.extends,
            });
        }
    }
    Ok(listed)
}

fn show(typed: &Show, context: &Context<'_, '_>) -> anyhow::Result<Shown> {
    let chosen = match &typed.name {
        Some(name) => resolve::profile::by_name(context, name.as_str())?,
        None => Call::without_store(context)?.named_or_default(context)?,
    };
    let (path, _) = resolve::profile::place_and_file(context)?;
    let config = path
        .filter(|_| chosen.extends.is_some())
        .map(|path| echo::file(path.as_os_str(), "--config or JWTSESS_CONFIG"));
    Ok(shown(&chosen, config))
}

fn shown(chosen: &Chosen, config: Option<String>) -> Shown {
    let profile = &chosen.profile;
    let settings = profile.settings().into_iter().map(|setting| Setting {
        value: Valued {
            origin: chosen.origin(&setting.name),
            value: setting.value,
        },
        name: setting.name,
        ours: setting.ours,
    });
    let tokens = [Kind::Access, Kind::Refresh]
        .into_iter()
        .filter_map(|kind| {
            Some(Token {
                kind,
                typ: profile.shape(kind)?.typ.clone(),
                claims: profile.written_claims(kind),
            })
        });
    let users = profile.users.as_ref().map(|users| {
        let users = users.iter().map(|user| User {
            name: user.name.clone(),
            id: match &user.id {
                UserId::Number(id) => Ok(*id),
                UserId::Text(id) => Err(id.clone()),
            },
            email: user.email.clone(),
            active: user.active,
        });
        Valued {
            value: users.collect(),
            origin: chosen.origin("users"),
        }
    });
    let secret = chosen.secret.as_deref().map(|reference| Valued {
        value: shown_reference(reference).map_or(SecretShown::WrittenOut, SecretShown::Reference),
        origin: chosen.origin("secret"),
    });
    let keys = (!chosen.keys.is_empty()).then(|| Valued {
        value: chosen.keys.iter().map(|key| shown_source(key)).collect(),
        origin: chosen.origin("key"),
    });
    let store = chosen.store.as_deref().map(|store| Valued {
        value: without_login(store),
        origin: chosen.origin("store"),
    });
    Shown {
        base: profile.base.clone(),
        extends: chosen.extends.clone(),
        config,
        summary: Valued {
            value: profile.summary.clone(),
            origin: chosen.origin("summary"),
        },
        settings: settings.collect(),
        tokens: tokens.collect(),
        secret,
        keys,
        store,
        users,
        name: chosen.profile.name.clone(),
    }
}

/// A store without the parts of its address that may hold a password. Text that is neither an address nor a path is not shown.
fn without_login(store: &str) -> StoreShown {
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
    StoreShown {
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
