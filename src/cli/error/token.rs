//! Why there is no token: the error's data.
use crate::core;

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing was given, and nobody can be asked.
    #[error("no token is given")]
    None,
    /// The variable that was named is not there.
    #[error("--token-env {0}: the variable is not set")]
    Unset(String),
    /// Nothing in it: where.
    #[error("{0} is empty: is the variable set?")]
    Empty(&'static str),
    /// More on standard input than a token and what may stand around it.
    #[error("standard input holds more than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// A line over the limit.
    #[error("the line is larger than {limit} bytes")]
    LineTooLarge {
        /// The limit.
        limit: usize,
    },
    /// A token over the limit, where it is not judged.
    #[error("the token is larger than {limit} bytes")]
    OverLimit {
        /// The limit.
        limit: usize,
    },
    /// Text without a token.
    #[error("there is no token in what was given")]
    NoneFound,
    /// A server's refusal: its words.
    #[error("this is a server's refusal, and holds no token: {0}")]
    ErrorAnswer(String),
    /// A web page without one.
    #[error("this is a web page, and holds no token")]
    WebPage,
    /// A key file in a token's place.
    #[error("this is a key, and no token")]
    Key,
    /// A secret of another kind in a token's place.
    #[error("this is {0}, and no token")]
    Secret(core::echo::SecretForm),
    /// Several, and no telling which: their names.
    #[error("there are several tokens in what was given: {}", .0.join(", "))]
    Several(Vec<String>),
    /// One whose member stands twice in its JSON: the member, and the numbers to choose by.
    #[error("the JSON given has {name} more than once, and readers differ on which of them counts")]
    Twice {
        /// The member's name.
        name: String,
        /// The names to choose by.
        names: Vec<String>,
    },
    /// `--field` names none of them: their names.
    #[error("there is no token of that name in what was given; there are: {}", .names.join(", "))]
    NoField {
        /// Their names.
        names: Vec<String>,
        /// The one that is most like what was typed.
        near: Option<String>,
    },
}
