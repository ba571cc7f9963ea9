//! From what was typed to what is done: one file a verb.
pub mod diagnose;
pub mod given;

use crate::cli::args::Command;
use crate::cli::completions;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::exit::Exit;

/// Carries a command out.
///
/// # Errors
/// A [`Problem`], with what was being done as its context.
pub fn run(command: &Command, context: &mut Context<'_, '_>) -> anyhow::Result<Exit> {
    match command {
        Command::Completions(typed) => {
            context.answer(&completions::script(typed.shell))?;
            Ok(Exit::Done)
        }
        Command::Issue(_)
        | Command::Inspect(_)
        | Command::Renew(_)
        | Command::Verify(_)
        | Command::Decode(_)
        | Command::Encode(_) => {
            Err(Problem::usage(format!("{} is not there yet", command.name())).into())
        }
    }
}
