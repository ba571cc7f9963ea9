//! How what was minted is printed, as typed.
use clap::ValueEnum;

/// `-o`. Without it a single token stands alone on its line, and a pair in two lines NAME=token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// The token alone; of a pair the access token
    Token,
    /// The access token alone
    Access,
    /// The refresh token alone
    Refresh,
    /// Lines NAME=token for a shell
    Env,
    /// The JSON answer of a server
    Wire,
    /// An Authorization line for curl -H @-
    AuthHeader,
}
