//! How what was minted is printed, as typed.
use clap::ValueEnum;

/// `-o`. Without it a single token stands alone on its line, and a pair in two lines NAME=token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputForm {
    /// Only the token (the access token of a pair)
    Token,
    /// Only the access token
    Access,
    /// Only the refresh token
    Refresh,
    /// NAME=token lines for a shell
    Env,
    /// The JSON that a server would answer with
    Wire,
    /// An Authorization line for curl -H @-
    AuthHeader,
}
