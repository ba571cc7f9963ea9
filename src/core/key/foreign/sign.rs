//! A sign of a key in bytes, and what these were wrapped in.
use super::point::Point;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Key(&'static str),
    Point(Point),
}

/// How a layer was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapping {
    None,
    Encoding,
    Utf16,
    Rewriting,
    Compression,
}
