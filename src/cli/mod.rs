//! The command line: from the words typed to an exit status.
pub(crate) mod args;
pub(crate) mod commands;
pub(crate) mod completions;
pub(crate) mod context;
pub(crate) mod credentials;
mod echo;
pub(crate) mod error;
pub(crate) mod exit;
pub(crate) mod help;
pub(crate) mod manual;
mod near;
pub(crate) mod outcome;
pub(crate) mod paint;
mod parse;
pub(crate) mod paste;
mod progress;
pub(crate) mod render;
pub(crate) mod resolve;
pub(crate) mod start;
mod tell;
pub(crate) mod world;
mod wrap;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::ffi::OsString;

use args::Globals;
use context::Context;
use error::{Failure, Problem};
use exit::Exit;
use parse::CommandLine;
use world::World;

/// The greatest width of help text: longer lines are hard to read.
const MOST_COLUMNS: usize = 100;

/// The answer to `--version`.
const VERSION: &str = concat!("jwtsess ", env!("CARGO_PKG_VERSION"), "\n");

/// Runs one call. `typed` holds the arguments after the program's name.
pub(crate) fn run(typed: &[OsString], world: &mut World<'_>) -> Exit {
    if let [only] = typed
        && (only == "--version" || only == "-V")
    {
        // This is what the parser would print, without building it, which takes four million instructions.
        return Context::new(world, Globals::default()).answer_or_exit(VERSION.as_bytes());
    }
    let columns = world.stdout.columns().min(MOST_COLUMNS);
    let mut parsed = parse::parse(typed, columns);
    if parsed.as_ref().is_ok_and(CommandLine::is_without_command) && world.stdin.has_text() {
        // Something was piped into plain `jwtsess`.
        parsed = parse::parse(&[typed, &["inspect".into()]].concat(), columns);
    }
    let json = parsed
        .as_ref()
        .map_or_else(|_| asks_for_json(typed), |parsed| parsed.cli.globals.json);
    let (globals, command) = match parsed {
        Ok(CommandLine { cli, misplaced }) => (cli.globals, Ok((cli.command, misplaced))),
        Err(refused) => (
            Globals {
                json,
                ..Globals::default()
            },
            Err(refused),
        ),
    };
    let mut context = Context::new(world, globals);
    let command = match command {
        Ok((command, Some(problem))) => {
            context.command = command.map_or_else(String::new, |command| command.name().to_owned());
            return context.fail(&Failure::from(problem));
        }
        Ok((Some(command), None)) => command,
        Ok((None, None)) => return start::nothing_typed(&mut context),
        Err(error) if !error.use_stderr() => {
            // --help and --version.
            let text = error.to_string();
            return context.answer_or_exit(text.as_bytes());
        }
        Err(error) => {
            let problem = args::refusal::problem(&error, typed);
            context.command = args::refusal::command(typed).unwrap_or_default();
            return context.fail(&Failure::from(problem));
        }
    };
    command.name().clone_into(&mut context.command);
    let done = context
        .set_the_clock()
        .map_err(anyhow::Error::new)
        .and_then(|()| commands::run(&command, &mut context));
    match done {
        Ok(exit) => exit,
        Err(error) if is_broken_pipe(&error) => Exit::Done,
        Err(error) => context.fail(&Failure::from(&error)),
    }
}

/// The reader closed the pipe, as `head` does. That is not an error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<Problem>(), Some(Problem::BrokenPipe))
}

/// Whether a command line that could not be parsed has `--json`.
fn asks_for_json(typed: &[OsString]) -> bool {
    let flags = typed.iter().take_while(|word| *word != "--");
    flags.into_iter().any(|word| word == "--json")
}
