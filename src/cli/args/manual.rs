//! `man`, as typed.
use std::ffi::OsString;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::values::filled_path;

/// Print the manual page of a command, or write all pages into a folder
///
/// Without COMMAND it is jwtsess's own page. What is printed is what `man` reads.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess man | man -l -
      Read jwtsess's own page.
  jwtsess man key generate > jwtsess-key-generate.1
      The page of one command.
  jwtsess man --out ~/.local/share/man/man1
      All of them, for `man jwtsess-issue` to find.")]
pub struct Manual {
    /// The command whose page it is, as it is typed
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    pub command: Vec<String>,
    /// Write every page into this folder, and make the folder if it is not there
    #[arg(
        long,
        value_name = "DIR",
        value_hint = clap::ValueHint::DirPath,
        value_parser = OsStringValueParser::new().try_map(filled_path)
    )]
    pub out: Option<OsString>,
}
