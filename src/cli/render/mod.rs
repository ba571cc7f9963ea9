//! Renders an outcome as text to print: for people, or as JSON, from the same data.
pub mod advice;
pub mod guess;
pub mod human;
pub mod json;
mod screen;
pub mod words;

use crate::cli::outcome::Outcome;

pub use screen::{RenderedText, Screen, Stream};

/// Prints an outcome for people.
#[must_use]
pub fn human(outcome: &Outcome, screen: &Screen) -> RenderedText {
    human::outcome(outcome, screen)
}

/// Prints an outcome as one line of JSON.
#[must_use]
pub fn json(outcome: &Outcome) -> RenderedText {
    RenderedText {
        stdout: json::outcome(outcome).into_bytes(),
        stderr: String::new(),
    }
}
