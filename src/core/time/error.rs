//! Why a text is no time and no duration.

/// Why a time or a duration could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// The text is not a time in any accepted form.
    #[error("not a time")]
    NotATime,
    /// The text is not a duration such as `90s`, `15m` or `1h30m`.
    #[error("not a duration")]
    NotADuration,
    /// The time is further away than can be represented.
    #[error("out of range")]
    OutOfRange,
}
