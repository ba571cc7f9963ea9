//! An error as it is reported: a stable code, a message, a hint and the exit status.
use crate::cli::exit::Exit;
use crate::core::verdict::Reason;
use crate::net::live::tokens::Exchange;

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
    /// The exchange with a server that failed, with what the server said.
    pub exchange: Option<Box<FailedExchange>>,
}

/// An exchange that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FailedExchange {
    /// The exchange.
    pub exchange: Exchange,
    /// The server's own code.
    pub server_code: Option<String>,
    /// The server's words.
    pub server_words: Option<String>,
    /// How many seconds it wants to be left alone.
    pub retry_after: Option<u64>,
}

impl Failure {
    pub(super) fn new(code: &'static str, exit: Exit) -> Self {
        Self {
            code,
            message: String::new(),
            lines: false,
            hint: None,
            exit,
            exchange: None,
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
