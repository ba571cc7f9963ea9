//! How a message shows a value that names a file or an address: the value itself if it is safe to show, else the flag or variable that gave it.
use std::ffi::OsStr;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::error::Problem;
use super::paint::{shown, shown_os};
use crate::core::echo::{self, SecretForm};

/// A path, if it may be shown.
pub(super) fn path(value: &OsStr) -> Option<String> {
    echo::place(&value.to_string_lossy()).map(|_| shown_os(value))
}

/// A file: its path if that may be shown, else who named it (`--key`, `JWTSESS_KEY`).
pub(super) fn file(value: &OsStr, by: &str) -> String {
    path(value).unwrap_or_else(|| format!("the file named by {by}"))
}

/// An address without its login, query and fragment, if the rest may be shown.
pub(super) fn address(value: &str) -> Option<String> {
    let (scheme, rest) = value.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A password may contain any of these characters: if an @ follows, nobody can tell where the password ends.
    if rest[authority.len()..].contains('@') {
        return None;
    }
    let host = authority.rfind('@').map_or(0, |at| at + 1);
    let rest = rest[host..].split(['?', '#']).next().unwrap_or_default();
    let plain = format!("{scheme}://{rest}");
    echo::place(&plain).map(|plain| shown(plain).into_owned())
}

/// A name if it is safe to show, else a description of what it looks like.
#[must_use]
pub(super) fn name(value: &str) -> String {
    echo::name(value).map_or_else(|| format!("({})", echo::described(value)), str::to_owned)
}

/// A word as a shell has to be given it: in single quotes, unless none of its characters means anything to a shell.
#[must_use]
pub(super) fn word(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,~".contains(&byte);
    // A shell puts a home in place of a ~ that begins a word, or its value; zsh looks up what follows a = that does.
    let begins =
        value.starts_with(['~', '=']) || [":~", "=~"].iter().any(|two| value.contains(two));
    if !value.is_empty() && value.bytes().all(plain) && !begins {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

/// Refuses to make a file or folder whose name may be a secret.
///
/// # Errors
/// The name may be a secret. The error names the flag.
pub(super) fn refuse_to_write(value: &OsStr, flag: &str) -> Result<(), Problem> {
    let text = value.to_string_lossy();
    if echo::may_be_written(&text) {
        return Ok(());
    }
    Err(Problem::usage_with(
        format!(
            "{flag} needs a path, but was given {}",
            echo::described(&text)
        ),
        "if that is a file's name, write ./ before it",
    ))
}

/// Arguments whose values say where something is, the token, and what is sent to a server: their commands report what is wrong with them, and repeat nothing.
const PLACES: [&str; 20] = [
    "body",
    "client_key",
    "client_secret",
    "config",
    "credentials",
    "data",
    "field",
    "file",
    "files",
    "form",
    "key",
    "key_passphrase",
    "out",
    "password",
    "refresh_token",
    "request_header",
    "secret",
    "store",
    "token",
    "url",
];

/// Refuses a secret in text that will become claims, an id or a name. `named` says where the text comes from.
///
/// # Errors
/// The text is a secret. The error says what it looks like.
pub(super) fn refuse_secret(text: &str, named: impl FnOnce() -> String) -> Result<(), Problem> {
    let Some(secret) = SecretForm::in_text(text) else {
        return Ok(());
    };
    Err(Problem::usage_with(
        format!("{} holds {}", named(), echo::described(text)),
        match secret {
            SecretForm::Login => {
                "this value is printed and signed as it is: leave the password out"
            }
            _ => {
                "this value is printed and signed as it is; to give a key, use --key FILE, --key env:NAME or --secret env:NAME"
            }
        },
    ))
}

/// Refuses a secret given as a claim, an id or a name: it would be signed, recorded or printed.
///
/// # Errors
/// An argument holds a secret. The error names the argument and says what the value looks like.
pub(super) fn refuse_secrets(command: &clap::Command, matches: &ArgMatches) -> Result<(), Problem> {
    let is_typed = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let ids = matches.ids().map(clap::Id::as_str);
    let typed: Vec<&str> = (ids.filter(|id| !PLACES.contains(id) && is_typed(id))).collect();
    let is_among_them = |one: &&clap::Arg| typed.contains(&one.get_id().as_str());
    for argument in command.get_arguments().filter(is_among_them) {
        let id = argument.get_id().as_str();
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
    fn a_word_is_quoted_if_a_shell_reads_something_into_it() {
        let table = [
            ("~alice", "'~alice'"),
            ("~", "'~'"),
            ("=ls", "'=ls'"),
            ("--key=~/k", "'--key=~/k'"),
            ("file:~/k", "'file:~/k'"),
            ("https://h/~alice/", "https://h/~alice/"),
            ("a=b", "a=b"),
            ("", "''"),
            ("it's", r"'it'\''s'"),
        ];
        for (value, expected) in table {
            assert_eq!(word(value), expected);
        }
    }

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
