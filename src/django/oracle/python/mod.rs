//! Python's values as `json.loads` makes them, and what Python's own functions do with them.
mod encoding;
mod int;
mod read;
mod text;
mod value;
mod write;

pub(super) use int::{NotAnInt, PyInt};
pub(super) use read::{NotJson, loads, loads_text};
pub(super) use text::{PyText, is_space};
pub(super) use value::{PyDict, PyValue};
pub(super) use write::{ascii, quoted, rendered, rendered_dict};

/// Microseconds converted to seconds as Python's `total_seconds()` does.
#[expect(
    clippy::cast_precision_loss,
    reason = "the float is what the server compares with; exact up to the year 2255"
)]
pub(super) fn total_seconds(micros: i128) -> f64 {
    micros as f64 / 1e6
}
