//! Renders an outcome as text to print: for people, or as JSON, from the same data.
pub mod advice;
pub mod human;
pub mod json;
pub mod words;

use crate::cli::outcome::Outcome;
use crate::cli::paint::Paint;

/// The columns of a terminal that does not say how many it has, and of a stream that is no terminal.
pub const DEFAULT_WIDTH: usize = 80;

/// Stands for a token, or a token's id, that a server would make afresh.
const FRESH: &str = "…";

/// The properties of a stream that change the text.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    /// Whether it is a terminal.
    pub terminal: bool,
    /// How many columns it has.
    pub width: usize,
    /// Its colours, or none.
    pub paint: Paint,
}

/// The two streams, and how much to say.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Standard output, which gets the answer.
    pub out: Stream,
    /// Standard error, which gets everything else.
    pub err: Stream,
    /// `-q`: standard error gets refusals only.
    pub quiet: bool,
}

/// The text for the two streams.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// The answer. It is bytes because `decode --part` prints those of the token.
    pub stdout: Vec<u8>,
    /// What standard error gets, escaped.
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
