//! Errors about a missing or unclear token: their data.
use crate::cli::paste::Lookalike;
use crate::core;
use crate::core::echo::listed;

const NAME_OF_A_FILE: &str = "this is the name of a file, not a token";
const NO_SUCH_FILE: &str = "this looks like the name of a file, but there is no such file";

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenError {
    /// Nothing was given, and nobody can be asked.
    #[error("no token was given")]
    None,
    /// The named variable is not set.
    #[error("--token-env {0}: the variable is not set")]
    Unset(String),
    /// The source is empty. Names the source.
    #[error("{0} is empty: is the variable set?")]
    Empty(&'static str),
    /// Standard input has more than a token and its surrounding text may have.
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
    /// A token over the limit, for a command that does not verify it.
    #[error("the token is larger than {limit} bytes")]
    OverLimit {
        /// The limit.
        limit: usize,
    },
    /// The text has no token.
    #[error("the given text contains no token")]
    NoneFound,
    /// The text is a server's refusal. Holds its words.
    #[error("this is a server's refusal, not a token: {0}")]
    ErrorAnswer(String),
    /// The text is a web page without a token.
    #[error("this is a web page, not a token")]
    WebPage,
    /// The text has the form of something else, which is named.
    #[error("{}", .0.says)]
    Lookalike(Lookalike),
    /// The text is a file's name. Holds what to type instead.
    #[error("{}", if *.is_there { NAME_OF_A_FILE } else { NO_SUCH_FILE })]
    FileName {
        /// Whether there is such a file.
        is_there: bool,
        /// The command that reads a token from a file.
        instead: String,
    },
    /// A key file was given in place of a token.
    #[error("this is a key, not a token")]
    Key,
    /// Another secret was given in place of a token.
    #[error("this is {0}, not a token")]
    Secret(core::echo::SecretForm),
    /// There are several tokens, and nothing says which is meant. Holds their names.
    #[error("the given text contains several tokens: {}", listed(.0, ", "))]
    Several(Vec<String>),
    /// The token's member is repeated in its JSON.
    #[error("the given JSON has {name} more than once, and programs differ on which one they read")]
    Twice {
        /// The member's name.
        name: String,
        /// The names to choose by.
        names: Vec<String>,
    },
    /// `--field` names none of the tokens.
    #[error("the given text has no token with that name; it has: {}", listed(.names, ", "))]
    NoField {
        /// Their names.
        names: Vec<String>,
        /// The name that is most like the typed one.
        near: Option<String>,
    },
}
