//! The two streams as a renderer sees them, and the text for each.
use crate::cli::paint::Paint;

/// Stands for a token, or a token's id, that a server would make afresh.
pub(super) const FRESH: &str = "…";

/// The properties of a stream that change the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stream {
    /// Whether it is a terminal.
    pub terminal: bool,
    /// How many columns it has.
    pub width: usize,
    /// Its colours, or none.
    pub paint: Paint,
}

/// The two streams, and how much to say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    /// Standard output, which gets the answer.
    pub out: Stream,
    /// Standard error, which gets everything else.
    pub err: Stream,
    /// `-q`: standard error gets refusals only.
    pub quiet: bool,
}

/// The text for the two streams.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RenderedText {
    /// The answer. It is bytes because `decode --part` prints those of the token.
    pub stdout: Vec<u8>,
    /// What standard error gets, escaped.
    pub stderr: String,
}
