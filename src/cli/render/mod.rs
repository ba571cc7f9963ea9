//! An outcome as what is printed: for people, or as JSON, from the same data.
pub mod advice;
pub mod human;
pub mod json;
pub mod words;

use crate::cli::outcome::Outcome;
use crate::cli::paint::Paint;

/// Columns of a terminal that does not say how many it has, and of what is no terminal.
pub const DEFAULT_WIDTH: usize = 80;

/// What stands for a token, or a token's id, that a server would make afresh.
const FRESH: &str = "…";

/// Where the text goes, as far as it changes the text.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    /// Whether it is a terminal.
    pub terminal: bool,
    /// Its columns.
    pub width: usize,
    /// Its colours, or none.
    pub paint: Paint,
}

/// The two streams, and how much is to be said.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Standard output: the answer.
    pub out: Stream,
    /// Standard error: the talk.
    pub err: Stream,
    /// `-q`: no talk but refusals.
    pub quiet: bool,
}

/// What is printed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// The answer; bytes, because `decode --part` gives those of the token.
    pub stdout: Vec<u8>,
    /// The talk, escaped.
    pub stderr: String,
}

/// Prints an outcome for people.
#[must_use]
pub fn human(outcome: &Outcome, screen: &Screen) -> Printed {
    human::outcome(outcome, screen)
}

/// Prints an outcome as one line of JSON.
#[must_use]
pub fn json(outcome: &Outcome) -> Printed {
    Printed {
        stdout: json::outcome(outcome).into_bytes(),
        stderr: String::new(),
    }
}
