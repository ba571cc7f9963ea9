//! From the words typed to a command: read by a parser of that command, or by the parser of all commands.
//!
//! The parser of all commands takes four million instructions to build; checking a token takes a third of a million. So a parser that has the arguments of one
//! command reads the words first. It never says what is wrong: whatever it refuses, a call for help too, the parser of all commands reads again.
use std::ffi::OsString;

use clap::{ArgMatches, Args as _, FromArgMatches as _};

use super::args::key::{self, KeyArgs, KeyCommand};
use super::args::live::{login, logout, request, token};
use super::args::profile::{self, ProfileArgs, ProfileCommand};
use super::args::session::{self, SessionArgs, SessionCommand};
use super::args::{
    Cli, Command, CompletionsArgs, Globals, decode, encode, inspect, issue, manual, renew, revoke,
    rotate, verify,
};
use super::error::Problem;
use super::{echo, help};
use crate::core::token::{Limits, Unverified};

/// A command line that was understood.
pub(super) struct CommandLine {
    /// What it says.
    pub cli: Cli,
    /// The error if a secret was given where none belongs.
    pub misplaced: Option<Problem>,
}

impl CommandLine {
    /// Whether only flags were given, if anything.
    pub(super) const fn is_without_command(&self) -> bool {
        self.cli.command.is_none() && self.misplaced.is_none()
    }
}

/// Reads the arguments after the program's name. `columns` is how wide help may be.
///
/// # Errors
/// What is wrong with them in clap's words, or the text of `--help` or `--version`.
pub(super) fn parse(typed: &[OsString], columns: usize) -> Result<CommandLine, clap::Error> {
    if let Some(parsed) = by_one_command(typed) {
        return Ok(parsed);
    }
    let with_verb = with_verb(typed);
    match with_verb.as_deref().and_then(by_one_command) {
        Some(parsed) => Ok(parsed),
        None => by_all_commands(with_verb.as_deref().unwrap_or(typed), all_commands(columns)),
    }
}

/// The words with `inspect` before a token that stands in the command's place. `None` if no token stands there.
fn with_verb(typed: &[OsString]) -> Option<Vec<OsString>> {
    let (flags, words) = typed.split_at_checked(flags_before(typed)?)?;
    words.first().filter(|first| is_token(first))?;
    Some([flags, &["inspect".into()], words].concat())
}

/// Whether a word has two dots, and before the first one a JSON object in base64url.
fn is_token(word: &OsString) -> bool {
    let Some(text) = word.to_str() else {
        return false;
    };
    let limits = Limits::default();
    text.matches('.').take(3).count() == 2
        && text.len() <= limits.token_bytes
        && Unverified::read(text, &limits).header.members.is_some()
}

fn all_commands(columns: usize) -> clap::Command {
    let mut command = help::command(columns).no_binary_name(true);
    command.build();
    command
}

fn by_all_commands(typed: &[OsString], mut all: clap::Command) -> Result<CommandLine, clap::Error> {
    let mut matches = all.try_get_matches_from_mut(typed)?;
    let misplaced = echo::refuse_secrets(&all, &matches).err();
    let cli = Cli::from_arg_matches_mut(&mut matches)?;
    Ok(CommandLine { cli, misplaced })
}

/// The command line, if the words name a command and its parser accepts the rest.
fn by_one_command(typed: &[OsString]) -> Option<CommandLine> {
    let (flags, words) = typed.split_at_checked(flags_before(typed)?)?;
    let one = COMMANDS.iter().find(|one| one.is_named_by(words))?;
    let rest = words.get(one.names.len()..)?;
    let mut parser = one.parser();
    let read = parser.try_get_matches_from_mut(flags.iter().chain(rest));
    let mut matches = read.ok()?;
    let misplaced = echo::refuse_secrets(&parser, &matches).err();
    let globals = Globals::from_arg_matches_mut(&mut matches).ok()?;
    let command = Some((one.read)(&mut matches).ok()?);
    // The process ends soon: freeing the parser would add a tenth to the time that reading the words took.
    std::mem::forget(parser);
    Some(CommandLine {
        cli: Cli { globals, command },
        misplaced,
    })
}

/// How many words come before the name of the command. They are flags that every command takes. `None` if they would mean something else after the name.
fn flags_before(typed: &[OsString]) -> Option<usize> {
    if !typed.first()?.as_encoded_bytes().starts_with(b"-") {
        return Some(0);
    }
    let flags = Globals::augment_args(bare()).allow_external_subcommands(true);
    let matches = flags.try_get_matches_from(typed).ok()?;
    let behind = matches.subcommand()?.1.get_raw("");
    let before = typed
        .len()
        .checked_sub(behind.map_or(0, Iterator::count) + 1)?;
    // clap drops a `--set` before the name if another one follows the name, and refuses a name after `--`.
    let moves = !matches.contains_id("set") && typed.iter().take(before).all(|word| word != "--");
    moves.then_some(before)
}

/// A parser without help: that comes from the parser of all commands.
fn bare() -> clap::Command {
    let command = clap::Command::new("jwtsess").no_binary_name(true);
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
}

/// A command that can be parsed without the others.
struct CommandParser {
    /// The words that name it.
    names: &'static [&'static str],
    /// Adds its arguments.
    arguments: fn(clap::Command) -> clap::Command,
    /// Makes the command from the parsed arguments.
    read: fn(&mut ArgMatches) -> Result<Command, clap::Error>,
}

impl CommandParser {
    fn is_named_by(&self, words: &[OsString]) -> bool {
        let mut words = words.iter();
        self.names
            .iter()
            .all(|name| words.next().is_some_and(|word| word == name))
    }
    /// The flags of every command come first, as in the whole tree: of two misplaced secrets the same one is reported.
    fn parser(&self) -> clap::Command {
        let globals = Globals::augment_args(bare());
        (self.arguments)(globals.mut_args(|argument| argument.global(false)))
    }
}

/// The words that name a command, the type of its arguments, and the steps that make a [`Command`] of them.
macro_rules! one {
    ($($name:literal)+, $typed:ty, $($step:expr),+) => {
        CommandParser {
            names: &[$($name),+],
            arguments: <$typed>::augment_args,
            read: |matches| <$typed>::from_arg_matches_mut(matches)$(.map($step))+,
        }
    };
}

/// Every command by each of its names.
const COMMANDS: [CommandParser; 26] = [
    one!("issue", issue::IssueArgs, Box::new, Command::Issue),
    one!("inspect", inspect::InspectArgs, Box::new, Command::Inspect),
    one!("renew", renew::RenewArgs, Box::new, Command::Renew),
    one!("refresh", renew::RenewArgs, Box::new, Command::Renew),
    one!("rotate", rotate::RotateArgs, Box::new, Command::Rotate),
    one!("revoke", revoke::RevokeArgs, Box::new, Command::Revoke),
    one!("verify", verify::VerifyArgs, Box::new, Command::Verify),
    one!("decode", decode::DecodeArgs, Command::Decode),
    one!("encode", encode::EncodeArgs, Box::new, Command::Encode),
    one!("login", login::LoginArgs, Box::new, Command::Login),
    one!("token", token::TokenArgs, Box::new, Command::Fresh),
    one!("logout", logout::LogoutArgs, Box::new, Command::Logout),
    one!("request", request::RequestArgs, Box::new, Command::Request),
    one!("session" "init", session::Init, SessionCommand::Init, in_session),
    one!("session" "list", session::SessionListArgs, SessionCommand::List, in_session),
    one!("session" "show", session::SessionShowArgs, SessionCommand::Show, in_session),
    one!("session" "purge", session::SessionPurgeArgs, SessionCommand::Purge, in_session),
    one!("profile" "list", profile::ProfileListArgs, ProfileCommand::List, in_profile),
    one!("profile" "show", profile::ProfileShowArgs, ProfileCommand::Show, in_profile),
    one!("key" "generate", key::generate::KeyGenerateArgs, KeyCommand::Generate, in_key),
    one!("key" "show", key::show::KeyShowArgs, Box::new, KeyCommand::Show, in_key),
    one!("key" "jwks", key::jwks::KeyJwksArgs, KeyCommand::Jwks, in_key),
    one!("key" "convert", key::convert::KeyConvertArgs, KeyCommand::Convert, in_key),
    one!("key" "rotate", key::rotate::KeyRotateArgs, KeyCommand::Rotate, in_key),
    one!("completions", CompletionsArgs, Command::Completions),
    one!("man", manual::ManualArgs, Command::Manual),
];

fn in_session(command: SessionCommand) -> Command {
    Command::Session(SessionArgs { command })
}

fn in_profile(command: ProfileCommand) -> Command {
    Command::Profile(ProfileArgs { command })
}

fn in_key(command: KeyCommand) -> Command {
    Command::Key(KeyArgs { command })
}

#[cfg(test)]
mod tests;
