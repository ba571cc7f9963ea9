//! The commands, one file each. The arguments become a request of resolved values, the request an outcome, the outcome text.
pub(crate) mod batch;
pub(crate) mod decode;
pub(crate) mod encode;
pub(crate) mod inspect;
pub(crate) mod issue;
pub(crate) mod key;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod manual;
pub(crate) mod profile;
pub(crate) mod renew;
pub(crate) mod request;
pub(crate) mod revoke;
pub(crate) mod rotate;
pub(crate) mod session;
mod stand_in;
mod template;
pub(crate) mod token;
pub(crate) mod verify;
pub(crate) mod verify_as;

#[cfg(test)]
pub(crate) mod testing;

use crate::cli::args::{self, Command};
use crate::cli::completions;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::exit::Exit;
use crate::cli::outcome::Outcome;
use crate::cli::paint::Paint;
use crate::cli::render::{self, Screen, Stream};
use crate::cli::resolve;
use crate::cli::world::Output;

/// Runs a command.
///
/// # Errors
/// A [`Problem`], with what was being done as its context.
pub(crate) fn run(command: &Command, context: &mut Context<'_, '_>) -> anyhow::Result<Exit> {
    args::refusal::files_without_a_batch(command)?;
    if command.reads_config() {
        resolve::profile::file(context)?;
    }
    let done = carry_out(command, context);
    context.say_sources();
    context.say_if_brought_up();
    let outcome = match done? {
        CommandResult::Outcome(outcome) => outcome,
        CommandResult::Printed(exit) => return Ok(exit),
    };
    print(&outcome, context).map_err(|problem| match (problem, outcome.changed()) {
        (problem @ (Problem::BrokenPipe | Problem::Output(_)), Some(changed)) => {
            Problem::Undelivered {
                why: problem.to_string(),
                changed: changed.what,
                recovery: changed.recovery,
            }
        }
        (problem, _) => problem,
    })?;
    Ok(outcome.refusal().map_or(Exit::Done, Exit::from))
}

/// The result of a command: an outcome to print, or an exit status if it has already printed its answer.
enum CommandResult {
    Outcome(Box<Outcome>),
    Printed(Exit),
}

fn carry_out(command: &Command, context: &mut Context<'_, '_>) -> anyhow::Result<CommandResult> {
    if let Command::Issue(_)
    | Command::Renew(_)
    | Command::Rotate(_)
    | Command::Login(_)
    | Command::Fresh(_)
    | Command::Request(_) = command
    {
        context.can_answer()?;
    }
    let outcome = match command {
        Command::Completions(typed) => {
            context.answer(&completions::script(typed.shell))?;
            return Ok(CommandResult::Printed(Exit::Done));
        }
        Command::Manual(typed) => {
            manual::run(typed, context)?;
            return Ok(CommandResult::Printed(Exit::Done));
        }
        Command::Issue(typed) if typed.batch => {
            return issue::batch::run(typed, context).map(CommandResult::Printed);
        }
        Command::Issue(typed) => issue::run(typed, context)?,
        Command::Inspect(typed) if typed.batch => {
            let batch = batch::BatchCall::of_inspect(typed);
            return batch::run(&batch, context).map(CommandResult::Printed);
        }
        Command::Inspect(typed) => inspect::run(typed, context)?,
        Command::Renew(typed) => renew::run(typed, context)?,
        Command::Rotate(typed) => rotate::run(typed, context)?,
        Command::Revoke(typed) => revoke::run(typed, context)?,
        Command::Session(typed) => session::run(&typed.command, context)?,
        Command::Verify(typed) if typed.batch => {
            let batch = batch::BatchCall::of_verify(typed);
            return batch::run(&batch, context).map(CommandResult::Printed);
        }
        Command::Verify(typed) => verify::run(typed, context)?,
        Command::Decode(typed) => decode::run(typed, context)?,
        Command::Encode(typed) => encode::run(typed, context)?,
        Command::Login(typed) => login::run(typed, context)?,
        Command::Fresh(typed) => token::run(typed, context)?,
        Command::Logout(typed) => logout::run(typed, context)?,
        Command::Request(typed) => {
            return request::run(typed, context).map(CommandResult::Printed);
        }
        Command::Profile(typed) => profile::run(&typed.command, context)?,
        Command::Key(typed) => key::run(typed, context)?,
    };
    Ok(CommandResult::Outcome(Box::new(outcome)))
}

/// Prints an outcome. The messages come first, so that at a terminal the answer is the last thing to see.
fn print(outcome: &Outcome, context: &mut Context<'_, '_>) -> Result<(), Problem> {
    let printed = if context.globals.json {
        render::json(outcome)
    } else {
        let stream = |output: &Output<'_>, paint: Paint| Stream {
            terminal: output.terminal,
            width: output.columns(),
            paint,
        };
        let screen = Screen {
            out: stream(&context.world.stdout, context.out),
            err: stream(&context.world.stderr, context.err),
            quiet: context.globals.quiet,
        };
        render::human(outcome, &screen)
    };
    if !printed.stderr.is_empty() {
        context.print_talk(&[printed.stderr.trim_end_matches('\n').to_owned()]);
    }
    if !printed.stdout.is_empty() {
        context.answer(&printed.stdout)?;
    }
    Ok(())
}
