//! An error as it is told: a stable word, a message, what to do next, and the exit status.
use crate::cli::exit::Exit;
use crate::core::verdict::Reason;

/// An error as it is told, by both renderers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A stable word.
    pub code: &'static str,
    /// What, which, why: lower case, no final period, no secret and no token.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// The exit status.
    pub exit: Exit,
}

impl Failure {
    pub(super) fn new(code: &'static str, exit: Exit) -> Self {
        Self {
            code,
            message: String::new(),
            hint: None,
            exit,
        }
    }
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    pub(super) fn refused(reason: Reason) -> Self {
        Self::new(reason.code(), reason.class().into())
    }
}
