//! An error as it is reported: a stable code, a message, a hint and the exit status.
use crate::cli::exit::Exit;
use crate::core::verdict::Reason;

/// An error as both renderers report it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The stable code.
    pub code: &'static str,
    /// The message: lower case, no final period, no secret and no token.
    pub message: String,
    /// Whether the message's line breaks are our own. In any other message a line break belongs to what is told, and is escaped.
    pub lines: bool,
    /// The hint: what to do next.
    pub hint: Option<String>,
    /// The exit status.
    pub exit: Exit,
}

impl Failure {
    pub(super) fn new(code: &'static str, exit: Exit) -> Self {
        Self {
            code,
            message: String::new(),
            lines: false,
            hint: None,
            exit,
        }
    }
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    pub(super) fn of_lines(self) -> Self {
        Self {
            lines: true,
            ..self
        }
    }
    pub(super) fn refused(reason: Reason) -> Self {
        Self::new(reason.code(), reason.class().into())
    }
}
