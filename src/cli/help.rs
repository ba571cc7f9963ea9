//! The command line with its complete help: commands in groups, examples, exit statuses, the environment. `--help`, `man` and the tests use it.
use std::fmt::Write as _;

use clap::{Command, CommandFactory as _};

use super::args::Cli;
use super::exit::Exit;
use super::paint::{Paint, Tone};
use super::render::human::Page;

/// The commands by purpose, in the order in which they are shown. A command that is not listed comes last.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Tokens",
        &[
            "issue", "renew", "rotate", "revoke", "inspect", "verify", "decode", "encode",
        ],
    ),
    ("Sessions", &["session"]),
    ("Keys", &["key"]),
    (
        "Live: the same over HTTP",
        &["login", "token", "logout", "request", "probe", "serve"],
    ),
    ("Set-up", &["profile", "completions", "man", "help"]),
];

/// The variables of the environment that are read.
pub(crate) const ENVIRONMENT: [(&str, &str); 16] = [
    (
        "JWTSESS_SECRET",
        "Where to find the shared secret, in the form that --secret takes: env:NAME, file:PATH, dotenv:PATH#NAME, …",
    ),
    ("JWTSESS_KEY", "A key, in the form that --key takes"),
    (
        "JWTSESS_KEY_PASSPHRASE",
        "Where to find the passphrase of an encrypted key file, in the form that --key-passphrase takes",
    ),
    (
        "JWTSESS_NO_DEV_KEY",
        "Set it to 1 to never use or make the development key, in CI for example",
    ),
    ("JWTSESS_PROFILE", "The session model, as --profile"),
    ("JWTSESS_CONFIG", "The config file, as --config"),
    ("JWTSESS_STORE", "The session store, as --store"),
    (
        "JWTSESS_PASSWORD",
        "Where to find the password of a login, in the form that --password takes",
    ),
    (
        "JWTSESS_CLIENT_SECRET",
        "Where to find the client's secret, in the form that --client-secret takes",
    ),
    ("JWTSESS_CREDENTIAL", "The credential's name"),
    (
        "JWTSESS_CREDENTIALS",
        "The folder that credentials are kept in, as --credentials",
    ),
    (
        "JWTSESS_CREDENTIAL_HELPER",
        "The program that keeps tokens, as --helper",
    ),
    (
        "JWTSESS_OFFLINE",
        "Set it to 1 to make no request, as --offline",
    ),
    (
        "JWTSESS_CACERT",
        "The certificate authorities to trust, as --cacert",
    ),
    (
        "JWTSESS_NOW",
        "The time that jwtsess takes for now, as --now",
    ),
    ("NO_COLOR", "Set it to anything for output without colours"),
];

/// The exit statuses, each with what it means.
pub(crate) fn exit_statuses() -> impl Iterator<Item = (String, &'static str)> {
    Exit::ALL
        .iter()
        .map(|exit| (exit.code().to_string(), exit.meaning()))
}

/// The command line, with help text that is `columns` wide.
#[must_use]
pub fn command(columns: usize) -> Command {
    let command = Cli::command().mut_subcommands(without_help);
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}Options of every command:\n{}{{after-help}}",
        grouped(&command, columns),
        options(&command, columns)
    );
    let short = command
        .get_after_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let statuses: Vec<_> = exit_statuses().collect();
    let statuses = statuses.iter().map(|(code, means)| (code.as_str(), *means));
    let long = format!(
        "EXIT STATUS\n{}\nENVIRONMENT\n{}\n{short}",
        table(statuses, 2, columns),
        table(ENVIRONMENT, 22, columns)
    );
    command
        .help_template(template)
        .after_long_help(long)
        .term_width(columns)
}

/// Removes each group's own `help` command: it would be listed among the commands and only repeat `--help`.
fn without_help(command: Command) -> Command {
    let command = command.mut_subcommands(without_help);
    if command.has_subcommands() {
        command.disable_help_subcommand(true)
    } else {
        command
    }
}

/// The commands by group.
fn grouped(command: &Command, columns: usize) -> String {
    let about = |command: &Command| {
        command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let all: Vec<_> = command
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .map(|command| (command.get_name(), about(command)))
        .chain([(
            "help",
            "Explain a command, as in jwtsess help issue".to_owned(),
        )])
        .collect();
    let is_listed = |name: &str| GROUPS.iter().any(|(_, names)| names.contains(&name));
    let others: Vec<_> = all
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !is_listed(name))
        .collect();
    let mut text = String::new();
    for (heading, names) in GROUPS.into_iter().chain([("Others", others.as_slice())]) {
        let found = names
            .iter()
            .filter_map(|name| all.iter().find(|(one, _)| one == name));
        let rows = table(
            found.map(|(name, about)| (*name, about.as_str())),
            12,
            columns,
        );
        if !rows.is_empty() {
            _ = writeln!(text, "{heading}:\n{rows}");
        }
    }
    text
}

/// The options, one per row. clap would print two lines and a gap for each.
fn options(command: &Command, columns: usize) -> String {
    let mut built = command.clone();
    built.build();
    let rows: Vec<_> = built
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
        .map(|argument| {
            let short = argument
                .get_short()
                .map_or("    ".to_owned(), |short| format!("-{short}, "));
            let long = argument.get_long().unwrap_or_default();
            let value = argument
                .get_value_names()
                .filter(|_| argument.get_action().takes_values())
                .map_or(String::new(), |names| format!(" {}", names.join(" ")));
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            (format!("{short}--{long}{value}"), help)
        })
        .collect();
    let rows = rows
        .iter()
        .map(|(spec, help)| (spec.as_str(), help.as_str()));
    table(rows, 19, columns)
}

/// Rows of a name and what it means.
fn table<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
    column: usize,
    columns: usize,
) -> String {
    let mut page = Page::new();
    for (name, means) in rows {
        page.row(name, column, Tone::Plain, means);
    }
    page.print(columns, Paint::default())
}

/// An example of a command's help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What to type.
    pub command: String,
    /// What it does, if the help says so.
    pub means: String,
}

/// The examples of a command, read from the section `EXAMPLES` of its help: a command is indented by two columns, its explanation by more.
#[must_use]
pub fn examples(command: &Command) -> Vec<Example> {
    let text = command
        .get_after_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut examples: Vec<Example> = Vec::new();
    let behind = text
        .split_once("EXAMPLES\n")
        .map_or("", |(_, behind)| behind);
    for line in behind.lines() {
        let words = line.trim();
        match (line.len() - line.trim_start().len(), examples.last_mut()) {
            (2, _) => examples.push(Example {
                command: words.to_owned(),
                means: String::new(),
            }),
            (4.., Some(example)) if !words.is_empty() => {
                if !example.means.is_empty() {
                    example.means.push(' ');
                }
                example.means.push_str(words);
            }
            _ => {}
        }
    }
    examples
}

#[cfg(test)]
mod tests;
