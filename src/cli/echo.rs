//! How a value from a flag, a variable or the config file is named in what people read.
use std::ffi::OsStr;

use clap::ArgMatches;

use super::error::Problem;
use crate::core::echo::{self, Secret};

/// A path or address as it may be shown; where it may not, whoever gave it and what it looks like.
#[must_use]
pub fn place(value: &OsStr, given_by: &str) -> String {
    let text = value.to_string_lossy();
    match echo::place(&text).filter(|_| value.to_str().is_some()) {
        Some(place) => place.to_owned(),
        None => format!("{given_by} ({})", echo::described(&text)),
    }
}

/// A name as it may be shown; where it may not, what it looks like.
#[must_use]
pub fn name(value: &str) -> String {
    echo::name(value).map_or_else(|| echo::described(value), str::to_owned)
}

/// Refuses to make a file or folder whose name may be a secret.
///
/// # Errors
/// Such a name, told by the flag that has it.
pub fn refuse_to_write(value: &OsStr, flag: &str) -> Result<(), Problem> {
    let text = value.to_string_lossy();
    if echo::may_be_written(&text) {
        return Ok(());
    }
    Err(Problem::usage_with(
        format!("{flag} holds {}, and no path", echo::described(&text)),
        "for a file of that name write ./ before it",
    ))
}

/// Arguments whose values are places: their own commands say what is wrong with one. So is a token, which is read for what it is.
const PLACES: [&str; 9] = [
    "config",
    "file",
    "files",
    "key",
    "key_passphrase",
    "out",
    "secret",
    "store",
    "token",
];

/// Refuses a secret that stands in a claim, an id or a name: it would be minted, recorded or printed.
///
/// # Errors
/// The argument, and what its value looks like.
pub fn refuse_secrets(command: &clap::Command, matches: &ArgMatches) -> Result<(), Problem> {
    for argument in command.get_arguments() {
        let id = argument.get_id().as_str();
        if PLACES.contains(&id) {
            continue;
        }
        let values = matches.try_get_raw(id).ok().flatten();
        for value in values.into_iter().flatten() {
            let text = value.to_string_lossy();
            let Some(secret) = Secret::in_text(&text) else {
                continue;
            };
            let named = argument.get_long().map_or_else(
                || {
                    argument
                        .get_value_names()
                        .map_or_else(String::new, <[_]>::concat)
                },
                |long| format!("--{long}"),
            );
            return Err(Problem::usage_with(
                format!("{named} holds {}", echo::described(&text)),
                match secret {
                    Secret::Login => {
                        "what stands there is shown and minted as it is: leave the password out"
                    }
                    _ => {
                        "what stands there is shown and minted as it is; a key is given by --key FILE, --key env:NAME or --secret env:NAME"
                    }
                },
            ));
        }
    }
    match matches.subcommand() {
        Some((name, matches)) => match command.find_subcommand(name) {
            Some(command) => refuse_secrets(command, matches),
            None => Ok(()),
        },
        None => Ok(()),
    }
}
