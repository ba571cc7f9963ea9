//! `man`, as typed.
use std::ffi::OsString;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::values::filled_path;

/// Print the manual page of a command, or write all pages into a folder
///
/// Without COMMAND it prints jwtsess's own page. The output is the source that `man`
/// reads.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess man | man -l -
      Read jwtsess's own page.
  jwtsess man key generate > jwtsess-key-generate.1
      Save the page of one command.
  jwtsess man --out ~/.local/share/man/man1
      Write them all where `man jwtsess-issue` finds them.")]
pub(crate) struct ManualArgs {
    /// The command whose page to print, as you would type it
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    pub command: Vec<String>,
    /// Write every page into this folder, which is made if it does not exist
    #[arg(
        long,
        value_name = "DIR",
        value_hint = clap::ValueHint::DirPath,
        value_parser = OsStringValueParser::new().try_map(filled_path)
    )]
    pub out: Option<OsString>,
}
