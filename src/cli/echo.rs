//! What a message says of a value that names a file or an address: the value where its class allows it, else who gave it.
use std::ffi::OsStr;

use super::paint::{shown, shown_os};
use super::world::NotCreated;
use crate::core::echo;

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

/// An error about a file that `by` names, with its path only if that may be shown.
pub fn not_created(error: NotCreated, by: &str) -> NotCreated {
    match path(error.path.as_os_str()) {
        Some(_) => error,
        None => NotCreated {
            path: format!("the file that {by} names").into(),
            ..error
        },
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
