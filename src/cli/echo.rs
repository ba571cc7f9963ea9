//! What a message says of a value that names a file or an address: the value where its class allows it, else who gave it.
use std::ffi::OsStr;

use clap::ArgMatches;

use super::error::Problem;
use super::paint::{shown, shown_os};
use crate::core::echo::{self, SecretForm};

/// A path, if it may be shown.
pub fn path(value: &OsStr) -> Option<String> {
    echo::place(&value.to_string_lossy()).map(|_| shown_os(value))
}

/// A file: its path if that may be shown, else who named it (`--key`, `JWTSESS_KEY`).
pub fn file(value: &OsStr, by: &str) -> String {
    path(value).unwrap_or_else(|| format!("the file that {by} names"))
}

/// An address without its login, query and fragment, if the rest may be shown.
pub fn address(value: &str) -> Option<String> {
    let (scheme, rest) = value.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A password may hold any of these signs: with an @ behind them, nothing tells where it ends.
    if rest[authority.len()..].contains('@') {
        return None;
    }
    let host = authority.rfind('@').map_or(0, |at| at + 1);
    let rest = rest[host..].split(['?', '#']).next().unwrap_or_default();
    let plain = format!("{scheme}://{rest}");
    echo::place(&plain).map(|plain| shown(plain).into_owned())
}

/// A name as it may be shown; where it may not, what it looks like.
#[must_use]
pub fn name(value: &str) -> String {
    echo::name(value).map_or_else(|| format!("({})", echo::described(value)), str::to_owned)
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

/// Refuses a secret in text that is to become claims, an id or a name. `named` says where the text is from.
///
/// # Errors
/// What the text looks like.
pub fn refuse_secret(text: &str, named: impl FnOnce() -> String) -> Result<(), Problem> {
    let Some(secret) = SecretForm::in_text(text) else {
        return Ok(());
    };
    Err(Problem::usage_with(
        format!("{} holds {}", named(), echo::described(text)),
        match secret {
            SecretForm::Login => {
                "what stands there is shown and minted as it is: leave the password out"
            }
            _ => {
                "what stands there is shown and minted as it is; a key is given by --key FILE, --key env:NAME or --secret env:NAME"
            }
        },
    ))
}

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
            let named = || match argument.get_long() {
                Some(long) => format!("--{long}"),
                None => argument
                    .get_value_names()
                    .map_or_else(String::new, <[_]>::concat),
            };
            refuse_secret(&value.to_string_lossy(), named)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_may_be_secret() {
        let table = [
            ("https://h/jwks.json", Some("https://h/jwks.json")),
            ("https://u:pw@h/jwks.json", Some("https://h/jwks.json")),
            ("https://u:p@w@h/", Some("https://h/")),
            ("https://h/a?token=hunter2#x", Some("https://h/a")),
            ("https://u:p/w@h/", None),
            ("https://u:p?w@h/", None),
            ("https://u:p#w@h/", None),
            ("https://h/dGhpcyBpcyBhIHNlY3JldCB0aGF0IGlzIGxvbmc", None),
            ("h/jwks.json", None),
        ];
        for (value, expected) in table {
            assert_eq!(address(value).as_deref(), expected, "{value}");
        }
    }
}
