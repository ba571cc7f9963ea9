//! The profile of a call: `--profile` or `JWTSESS_PROFILE`, built in or from the config file, changed by `--set`.
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::context::Context;
use super::error::Problem;
use super::world::{self, FileError};
use crate::config::file::{Chosen, ConfigFile, MAX_CONFIG, all_names};
use crate::config::resolve::Resolve;
use crate::core::profile::canonical;

/// The user's own profiles: of `--config`, else `JWTSESS_CONFIG`, else the platform's folder, where there may be none.
///
/// # Errors
/// A file that is named and can't be read, or one that is wrong. The next one is never tried.
pub fn file(context: &Context<'_, '_>) -> anyhow::Result<ConfigFile> {
    let chosen = Resolve::flag("--config", context.globals.config.clone())
        .environment("JWTSESS_CONFIG", |name| context.world.variable(name))
        .given();
    let (path, must_be) = match chosen {
        Some(setting) if setting.value.is_empty() => {
            let message = format!("{} is empty: is the variable set?", setting.origin);
            return Err(Problem::usage(message).into());
        }
        Some(setting) => (PathBuf::from(setting.value), true),
        None => match context.world.config_folder() {
            Some(folder) => (folder.join("config.toml"), false),
            None => return Ok(ConfigFile::default()),
        },
    };
    let content = match world::read(&path, MAX_CONFIG) {
        Ok(content) => content,
        Err(FileError::Missing) if !must_be => return Ok(ConfigFile::default()),
        Err(error) => return Err(error).with_context(|| place(&path)),
    };
    let text = std::str::from_utf8(content.bytes.expose())
        .map_err(|error| anyhow::anyhow!("not UTF-8 at byte {}", error.valid_up_to()))
        .with_context(|| place(&path))?;
    ConfigFile::parse(text)
        .map_err(Problem::from)
        .with_context(|| place(&path))
}

fn place(path: &Path) -> String {
    format!("the config file {}", path.display())
}

/// The profile that was named, by flag or environment; none if none was.
///
/// # Errors
/// No such profile, a config file that is wrong, or a setting that the profile has not.
pub fn named(context: &Context<'_, '_>) -> anyhow::Result<Option<Chosen>> {
    let named = Resolve::flag(
        "--profile",
        context
            .globals
            .profile
            .as_ref()
            .map(|name| name.as_str().to_owned()),
    )
    .environment("JWTSESS_PROFILE", |name| {
        Some(context.world.variable(name)?.to_string_lossy().into_owned())
    })
    .given();
    match named {
        Some(setting) if setting.value.is_empty() => {
            Err(Problem::usage(format!("{} is empty: is the variable set?", setting.origin)).into())
        }
        Some(setting) => by_name(context, &setting.value).map(Some),
        None => Ok(None),
    }
}

/// A profile by its name, with `--set` on top.
///
/// # Errors
/// As [`named`].
pub fn by_name(context: &Context<'_, '_>, name: &str) -> anyhow::Result<Chosen> {
    let file = file(context)?;
    let Some(mut chosen) = file.profile(canonical(name)).map_err(Problem::from)? else {
        let names = all_names(&file).join(", ");
        return Err(Problem::usage_with(
            format!("there is no profile {name}"),
            format!("there are: {names}"),
        )
        .into());
    };
    for (setting, value) in &context.globals.set {
        chosen.profile.set(setting, value).map_err(|error| {
            Problem::usage_with(
                format!("--set: {error}"),
                "as in --set leeway=30s, or of a Django profile --set ACCESS_TOKEN_LIFETIME=10m",
            )
        })?;
    }
    Ok(chosen)
}
