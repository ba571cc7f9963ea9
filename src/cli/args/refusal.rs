//! What clap refused, in our words: without what was typed where that could be a secret or a token, and with the word that was meant.
use std::ffi::OsString;

use clap::CommandFactory as _;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::values::Hidden;
use super::{Cli, Command};
use crate::cli::error::Problem;
use crate::cli::near::near;
use crate::core::echo;

/// Words that people of other tools type first: the command that is meant, and what to type. An entry counts once there is the command.
const NEAR_MISSES: &[(&[&str], &str, &str)] = &[
    (
        &["login", "log-in", "signin", "sign-in", "auth"],
        "login",
        "to log in to a server: jwtsess login URL",
    ),
    (
        &[
            "create", "new", "generate", "make", "mint", "login", "log-in", "signin", "sign-in",
            "auth", "token", "get",
        ],
        "issue",
        "to log a user in and get a token: jwtsess issue --user alice",
    ),
    (
        &["sign", "enc", "build"],
        "encode",
        "to sign claims of your own: jwtsess encode; to log a user in: jwtsess issue --user alice",
    ),
    (
        &["check", "validate", "valid", "test", "judge", "auth-check"],
        "verify",
        "to check a token: jwtsess verify TOKEN",
    ),
    (
        &[
            "show",
            "explain",
            "debug",
            "info",
            "view",
            "read",
            "introspect",
            "whoami",
            "describe",
        ],
        "inspect",
        "to explain a token: jwtsess inspect TOKEN",
    ),
    (
        &["dec", "parse", "dump", "print"],
        "decode",
        "to see a token's parts: jwtsess decode TOKEN",
    ),
    (
        &["extend", "prolong", "reissue", "renewal", "update"],
        "renew",
        "to prolong a session: jwtsess renew TOKEN",
    ),
    (
        &["rollover", "roll", "exchange"],
        "rotate",
        "to renew a token and retire it: jwtsess rotate TOKEN",
    ),
    (
        &[
            "blacklist",
            "blocklist",
            "denylist",
            "invalidate",
            "end",
            "kill",
            "expire",
            "delete",
            "logout",
            "log-out",
            "signout",
        ],
        "revoke",
        "to end a session: jwtsess revoke TOKEN",
    ),
    (
        &["sessions", "tokens", "list", "ls"],
        "session",
        "to see the sessions: jwtsess session list",
    ),
    (
        &["keygen", "genkey", "keys", "secret", "jwks", "jwk"],
        "key",
        "to make a key: jwtsess key generate; to see all the key commands: jwtsess key --help",
    ),
    (
        &["profiles", "config", "model", "models"],
        "profile",
        "to see the session models: jwtsess profile list",
    ),
    (
        &["server", "run", "start"],
        "serve",
        "to be a server: jwtsess serve",
    ),
    (
        &["curl", "call", "http", "fetch"],
        "request",
        "to call a server with a fresh token: jwtsess request METHOD URL",
    ),
    (
        &["completion", "complete", "autocomplete"],
        "completions",
        "to print a completion script: jwtsess completions SHELL",
    ),
    (
        &["manpage", "manual", "docs"],
        "man",
        "to read the manual page: jwtsess man",
    ),
];

/// The same for the commands of a group (`key`, `session`, `profile`).
const NEAR_IN_GROUP: &[(&[&str], &str)] = &[
    (
        &["create", "new", "make", "add", "gen", "keygen"],
        "generate",
    ),
    (&["ls", "all"], "list"),
    (
        &[
            "get",
            "view",
            "info",
            "describe",
            "inspect",
            "read",
            "list",
            "ls",
            "print",
            "explain",
            "thumbprint",
        ],
        "show",
    ),
    (
        &["rm", "delete", "clean", "cleanup", "prune", "gc"],
        "purge",
    ),
    (&["public", "publish", "export", "jwk", "set"], "jwks"),
    (&["to", "import", "transform"], "convert"),
    (&["roll", "rollover", "renew"], "rotate"),
];

/// What was refused, for people.
pub(in crate::cli) fn problem(error: &clap::Error, typed: &[OsString]) -> Problem {
    let argument = text(error, ContextKind::InvalidArg).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_command(error, typed),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let group = command(typed).unwrap_or_default();
            Problem::usage_with(
                format!("{group} needs one of its commands"),
                format!("its commands are: {}", members(&group)),
            )
        }
        ErrorKind::UnknownArgument => unknown_argument(&argument, error, typed),
        ErrorKind::MissingRequiredArgument => {
            Problem::usage_with(format!("{} is missing", listed(error)), see(typed))
        }
        ErrorKind::InvalidValue
            if text(error, ContextKind::InvalidValue).is_none_or(|value| value.is_empty()) =>
        {
            Problem::usage_with(format!("{} needs a value", flag(&argument)), see(typed))
        }
        ErrorKind::InvalidValue => {
            let values = values(error, ContextKind::ValidValue);
            Problem::usage_with(
                format!("{} does not take that value", flag(&argument)),
                format!("give one of: {}", values.join(", ")),
            )
        }
        ErrorKind::ValueValidation => {
            use std::error::Error as _;
            let why = error.source().map_or_else(
                || "the flag does not take that value".to_owned(),
                ToString::to_string,
            );
            Problem::usage_with(format!("{}: {why}", flag(&argument)), see(typed))
        }
        ErrorKind::ArgumentConflict => conflict(&argument, error, typed),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Problem::usage_with(format!("{} takes one value", flag(&argument)), see(typed))
        }
        ErrorKind::NoEquals => {
            Problem::usage(format!("{} needs a value after the =", flag(&argument)))
        }
        ErrorKind::InvalidUtf8 => Problem::usage("an argument is not UTF-8"),
        _ => Problem::usage_with("the command line does not make sense", see(typed)),
    }
}

/// A flag without the name of its value: `--color <WHEN>` is `--color`. What has no flag is that name: `<METHOD>` is METHOD.
fn flag(argument: &str) -> &str {
    let name = argument.split(" <").next().unwrap_or(argument);
    let bare = name
        .strip_prefix('<')
        .and_then(|name| name.strip_suffix('>'));
    bare.unwrap_or(name)
}

fn listed(error: &clap::Error) -> String {
    // `<FILE>...` is FILE.
    let name = |argument: &String| flag(argument.trim_end_matches("...")).to_owned();
    let names = values(error, ContextKind::InvalidArg);
    names.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Where to read on: the help of the command that was typed, if one was.
fn see(typed: &[OsString]) -> String {
    match command(typed) {
        Some(name) => format!("see jwtsess {name} --help"),
        None => "see jwtsess --help".to_owned(),
    }
}

/// The command that was typed, by the first words that are one: `issue`, `profile show`; an alias by the name that it stands for.
pub(in crate::cli) fn command(typed: &[OsString]) -> Option<String> {
    let mut command = &Cli::command();
    let mut path: Vec<&str> = Vec::new();
    for word in typed.iter().take_while(|word| *word != "--") {
        let word = word.to_string_lossy();
        if let Some(found) = command.find_subcommand(word.as_ref()) {
            path.push(found.get_name());
            command = found;
        }
    }
    (!path.is_empty()).then(|| path.join(" "))
}

/// The commands of a group, each as it is typed.
fn members(group: &str) -> String {
    let cli = Cli::command();
    let found = group
        .split_whitespace()
        .try_fold(&cli, |command, name| command.find_subcommand(name));
    let names = found
        .into_iter()
        .flat_map(clap::Command::get_subcommands)
        .filter(|command| !command.is_hide_set());
    let names: Vec<_> = names
        .map(|command| format!("jwtsess {group} {}", command.get_name()))
        .collect();
    names.join(", ")
}

fn unknown_command(error: &clap::Error, typed: &[OsString]) -> Problem {
    let word = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
    if looks_like_a_token(&word) {
        return Problem::usage_with(
            "expected a command, got a token",
            "to explain the token: jwtsess inspect TOKEN",
        );
    }
    let lower = word.to_lowercase();
    // clap suggests what shares some letters: of a far word that is a command which does something else.
    let mut suggested = values(error, ContextKind::SuggestedSubcommand);
    suggested.retain(|name| near(&word, [name.as_str()]).is_some());
    if let Some(group) = command(typed) {
        let all = members(&group);
        let is_there = |name: &str| {
            all.split(", ")
                .any(|one| one.ends_with(&format!(" {name}")))
        };
        let meant = NEAR_IN_GROUP
            .iter()
            .find(|(words, name)| words.contains(&lower.as_str()) && is_there(name))
            .map(|(_, name)| *name)
            .or_else(|| suggested.last().map(String::as_str));
        return Problem::usage_with(
            format!("jwtsess {group} has no command {}", quoted(&word)),
            meant.map_or_else(
                || format!("its commands are: {all}"),
                |name| format!("did you mean: jwtsess {group} {name}"),
            ),
        );
    }
    let cli = Cli::command();
    let meant = NEAR_MISSES.iter().find(|(words, command, _)| {
        words.contains(&lower.as_str()) && cli.find_subcommand(command).is_some()
    });
    let hint = meant
        .map(|(_, _, hint)| (*hint).to_owned())
        .or_else(|| {
            let same = cli.find_subcommand(&lower)?;
            Some(format!("did you mean: jwtsess {}", same.get_name()))
        })
        .or_else(|| (lower == "version").then(|| "jwtsess --version".to_owned()))
        .or_else(|| {
            let several = suggested.join(", jwtsess ");
            (!several.is_empty()).then(|| format!("did you mean: jwtsess {several}"))
        });
    Problem::usage_with(
        format!("there is no {} command", quoted(&word)),
        hint.unwrap_or_else(|| "to list the commands: jwtsess --help".to_owned()),
    )
}

fn unknown_argument(argument: &str, error: &clap::Error, typed: &[OsString]) -> Problem {
    let Some(name) = flag_name(argument) else {
        return unexpected(argument, typed);
    };
    let hint = super::meant::of_flag(name, command(typed).as_deref())
        .or_else(|| {
            // clap suggests what shares some letters. That misleads where the meaning is another.
            let suggested = text(error, ContextKind::SuggestedArg)?;
            let suggested = flag(&suggested);
            near(name, [suggested]).map(|near| format!("did you mean {near}"))
        })
        .unwrap_or_else(|| see(typed));
    Problem::usage_with(format!("there is no flag {name}"), hint)
}

/// Refuses the files of a batch where there is none.
///
/// # Errors
/// There are some.
pub(in crate::cli) fn files_without_a_batch(command: &Command) -> Result<(), Problem> {
    let (token, files) = match command {
        Command::Issue(typed) if !typed.batch => (None, &typed.files),
        Command::Verify(typed) if !typed.batch => (typed.token.token.as_ref(), &typed.lines.files),
        Command::Inspect(typed) if !typed.batch => (typed.token.token.as_ref(), &typed.lines.files),
        _ => return Ok(()),
    };
    let Some(first) = files.first() else {
        return Ok(());
    };
    let words = token.into_iter().chain(files).map(Hidden::expose);
    let typed: Vec<OsString> = std::iter::once(&command.name().into())
        .chain(words)
        .cloned()
        .collect();
    Err(unexpected(&first.expose().to_string_lossy(), &typed))
}

fn unexpected(argument: &str, typed: &[OsString]) -> Problem {
    let hint = match command(typed).as_deref() {
            Some("issue") => "name the user with --user: jwtsess issue --user USER".to_owned(),
            Some(command) if came_apart(typed) => {
                format!(
                    "the shell splits arguments at blanks: put the whole text in quotes, as in jwtsess {command} 'Authorization: Bearer eyJ…'"
                )
            }
            _ if echo::SecretForm::in_text(argument).is_some() => {
                "to give a key, use --key FILE, --key env:NAME or --secret env:NAME; to give an address, leave its password out".to_owned()
            }
            _ if looks_like_a_token(argument) => {
                format!("give one token at a time; {}", see(typed))
            }
            _ => see(typed),
        };
    Problem::usage_with(format!("unexpected argument {}", quoted(argument)), hint)
}

/// Whether a header's line was typed without quotes around it.
fn came_apart(typed: &[OsString]) -> bool {
    const WORDS: [&str; 5] = ["authorization:", "bearer", "jwt", "cookie:", "token"];
    let mut words = typed.iter().map(|word| word.to_string_lossy());
    words.any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

/// The name of a flag that was typed, without a value that stuck to it (`--secrt=hunter2`, `-shunter2`).
fn flag_name(argument: &str) -> Option<&str> {
    let name = argument.split('=').next().unwrap_or_default();
    if let Some(long) = name.strip_prefix("--") {
        let plain = |character: char| character.is_ascii_alphanumeric() || character == '-';
        return (long.len() <= MOST_SHOWN && long.chars().all(plain)).then_some(name);
    }
    let mut characters = name.strip_prefix('-')?.chars();
    let letter = characters.next().filter(char::is_ascii_alphanumeric)?;
    name.get(..=letter.len_utf8())
}

fn conflict(argument: &str, error: &clap::Error, typed: &[OsString]) -> Problem {
    let others = values(error, ContextKind::PriorArg);
    let others: Vec<_> = others.iter().map(|other| flag(other)).collect();
    if others.contains(&flag(argument)) || others.is_empty() {
        return Problem::usage(format!("{} can be given once only", flag(argument)));
    }
    let is_given = |name: &str| flag(argument) == name || others.contains(&name);
    let hint = if is_given("--jws") {
        "--jws checks the header and the signature only: leave it out to check more"
    } else if is_given("--as")
        && !is_given("--batch")
        && command(typed).as_deref() == Some("verify")
    {
        "--as goes by the server's own settings, and --set changes those: give one of the two"
    } else if is_given("--session") && command(typed).as_deref() == Some("rotate") {
        "rotate --session prints the current tokens again, unchanged: leave one of the two out"
    } else {
        "give one of them"
    };
    Problem::usage_with(
        format!(
            "{} and {} can't be given together",
            flag(argument),
            others.join(", ")
        ),
        hint,
    )
}

/// The longest text of the command line that is shown again.
const MOST_SHOWN: usize = 24;

/// A typed word, if it may be shown as a name; of anything else, which could be a secret or a token, what it looks like.
fn quoted(typed: &str) -> String {
    echo::name(typed).map_or_else(|| echo::described(typed), |name| format!("`{name}`"))
}

/// Two dots at least, and long; or the first letters of a header in base64url.
fn looks_like_a_token(text: &str) -> bool {
    text.starts_with("eyJ") || (text.len() > MOST_SHOWN && text.matches('.').count() >= 2)
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => texts.first().map(StyledStr::to_string),
        _ => None,
    }
}

fn values(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}
