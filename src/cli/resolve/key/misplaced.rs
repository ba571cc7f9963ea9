//! What is said of a value that stands where a path or a name belongs, and may not be shown: who gave it, what it looks like, and the way to give it.
use std::ffi::OsStr;

use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyError, KeyProblem, What};
use crate::config::resolve::Origin;
use crate::core::echo;

/// A value that is asked for: what it is to lead to, and who gave it.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) what: What,
    pub(super) by: &'a Origin,
}

impl Asked<'_> {
    /// How a reference is given in the same place.
    fn given(self, reference: &str) -> String {
        match self.by {
            // The argument of a command.
            Origin::Flag(flag) if flag.starts_with('-') => format!("{flag} {reference}"),
            Origin::Environment(variable) => format!("{variable}={reference}"),
            _ => reference.to_owned(),
        }
    }

    /// How it is given on standard input.
    fn on_standard_input(self) -> String {
        let source = if self.what == What::Key {
            "-"
        } else {
            "file:-"
        };
        match self.by {
            Origin::Flag(_) => self.given(source),
            _ if self.what == What::Passphrase => format!("--key-passphrase {source}"),
            _ => format!("--{} {source}", self.what.name()),
        }
    }

    fn problem(self, prefix: &str, value: &str, wanted: &'static str, advice: String) -> Problem {
        let verb = match self.by {
            _ if !prefix.is_empty() => format!("what stands behind {prefix} is"),
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

    /// A value that names no file. `prefix` stands before it.
    pub(super) fn is_no_path(
        self,
        prefix: &str,
        value: &OsStr,
        context: &Context<'_, '_>,
    ) -> Problem {
        let value = value.to_string_lossy();
        let env = self.given("env:NAME");
        let advice = if context.world.variable(&value).is_some() {
            format!("it is the name of a variable; for what that holds: {env}")
        } else {
            let what = self.what.name();
            let stdin = self.on_standard_input();
            let bare = echo::name(&value).map_or_else(String::new, |_| {
                let here = self.given(&format!("{prefix}./NAME"));
                format!("; for a file in this folder: {here}")
            });
            format!(
                "name the variable that holds the {what}: {env}, or give it on standard input: {stdin}{bare}"
            )
        };
        self.problem(prefix, &value, "a file's path", advice)
    }

    /// A value that names no variable.
    pub(super) fn is_no_variable(self, value: &str) -> Problem {
        let env = self.given("env:NAME");
        let advice = format!("give the name of a variable, not what it holds: {env}");
        self.problem("env:", value, "a variable's name", advice)
    }

    /// A value that names no setting of a `.env` file.
    pub(super) fn is_no_setting(self, value: &str) -> Problem {
        let dotenv = self.given("dotenv:PATH#NAME");
        let advice = format!("give a name that the file sets, not its value: {dotenv}");
        self.problem("dotenv:PATH#", value, "a setting's name", advice)
    }
}
