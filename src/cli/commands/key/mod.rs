//! The group `key`: makes, describes, publishes, converts and rotates keys.
mod convert;
mod generate;
mod jwks;
mod rotate;
mod show;
mod target;

use crate::cli::args::key::{KeyArgs, KeyCommand};
use crate::cli::context::Context;
use crate::cli::outcome::{Action, Outcome};

/// Runs a command of the group.
///
/// # Errors
/// A key can't be read, or can't be written as asked.
pub(crate) fn run(typed: &KeyArgs, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let action = match &typed.command {
        KeyCommand::Generate(typed) => generate::run(typed, context)?,
        KeyCommand::Show(typed) => show::run(typed, context)?,
        KeyCommand::Jwks(typed) => jwks::run(typed, context)?,
        KeyCommand::Convert(typed) => convert::run(typed, context)?,
        KeyCommand::Rotate(typed) => rotate::run(typed, context)?,
    };
    Ok(Outcome {
        now: context.now,
        action: Action::Key(Box::new(action)),
    })
}

#[cfg(test)]
mod tests;
