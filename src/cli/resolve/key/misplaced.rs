//! The error for a value that was given in place of a path or a name and may not be shown: who gave it, what it looks like, and how to give it.
use std::ffi::OsStr;

use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyError, KeyProblem, ReferenceTarget};
use crate::config::resolve::Origin;
use crate::core::echo;

/// A value that was given for something: what it should lead to, and who gave it.
#[derive(Clone, Copy)]
pub(super) struct ReferenceUse<'a> {
    pub(super) what: ReferenceTarget,
    pub(super) by: &'a Origin,
}

impl ReferenceUse<'_> {
    /// How to give a reference in the same place.
    fn given(self, reference: &str) -> String {
        match self.by {
            // The argument of a command.
            Origin::Flag(flag) if flag.starts_with('-') => format!("{flag} {reference}"),
            Origin::Environment(variable) => format!("{variable}={reference}"),
            _ => reference.to_owned(),
        }
    }

    /// How to give it on standard input.
    fn on_standard_input(self) -> String {
        let source = if self.what == ReferenceTarget::Key {
            "-"
        } else {
            "file:-"
        };
        match self.by {
            Origin::Flag(_) => self.given(source),
            _ if self.what == ReferenceTarget::Passphrase => format!("--key-passphrase {source}"),
            _ => format!("--{} {source}", self.what.name()),
        }
    }

    fn problem(self, prefix: &str, value: &str, wanted: &'static str, advice: String) -> Problem {
        let verb = match self.by {
            _ if !prefix.is_empty() => format!("the text after {prefix} is"),
            Origin::Environment(_) => "holds".to_owned(),
            _ => "is".to_owned(),
        };
        Problem::Key(KeyError {
            place: self.by.to_string(),
            problem: KeyProblem::Misplaced {
                said_of_the_place: prefix.is_empty(),
                what: format!("{verb} {}", echo::described(value)),
                wanted,
                advice,
            },
        })
    }

    /// The error for a value that is not a path. `prefix` comes before it.
    pub(super) fn is_no_path(
        self,
        prefix: &str,
        value: &OsStr,
        context: &Context<'_, '_>,
    ) -> Problem {
        let value = value.to_string_lossy();
        let env = self.given("env:NAME");
        let advice = if context.world.variable(&value).is_some() {
            format!("a variable has this name; to use what it holds: {env}")
        } else {
            let what = self.what.name();
            let stdin = self.on_standard_input();
            let bare = echo::name(&value).map_or_else(String::new, |_| {
                let here = self.given(&format!("{prefix}./NAME"));
                format!("; to use a file in this folder: {here}")
            });
            format!(
                "name the variable that holds the {what}: {env}, or give it on standard input: {stdin}{bare}"
            )
        };
        self.problem(prefix, &value, "a file's path", advice)
    }

    /// The error for a value that is not the name of a variable.
    pub(super) fn is_no_variable(self, value: &str) -> Problem {
        let env = self.given("env:NAME");
        let advice = format!("give the name of a variable, not what it holds: {env}");
        self.problem("env:", value, "a variable's name", advice)
    }

    /// The error for a value that is not the name of a setting in a `.env` file.
    pub(super) fn is_no_setting(self, value: &str) -> Problem {
        let dotenv = self.given("dotenv:PATH#NAME");
        let advice = format!("give a name that the file sets, not the value: {dotenv}");
        self.problem("dotenv:PATH#", value, "a setting's name", advice)
    }
}
