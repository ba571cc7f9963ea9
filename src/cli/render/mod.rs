//! Renders an outcome as text to print: for people, or as JSON, from the same data.
pub(crate) mod advice;
pub(crate) mod batch;
pub(crate) mod guess;
pub(crate) mod human;
pub(crate) mod json;
mod near_miss;
mod screen;
pub(crate) mod words;

use crate::cli::outcome::Outcome;

pub(crate) use screen::{RenderedText, Screen, Stream};

/// Prints an outcome for people.
#[must_use]
pub(crate) fn human(outcome: &Outcome, screen: &Screen) -> RenderedText {
    human::outcome(outcome, screen)
}

/// Prints an outcome as one line of JSON.
#[must_use]
pub(crate) fn json(outcome: &Outcome) -> RenderedText {
    RenderedText {
        stdout: json::outcome(outcome).into_bytes(),
        stderr: String::new(),
    }
}
