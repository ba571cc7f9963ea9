//! The token flags, as typed.

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::values::{Hidden, Name, size};

/// Where the token is.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
pub(crate) struct TokenFlags {
    /// The token, with or without surrounding text (quotes, `Bearer`, a curl line). Use - or leave it out to read standard input
    #[arg(
        value_name = "TOKEN",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with = "token_env"
    )]
    pub token: Option<Hidden>,
    /// Take the token from this environment variable
    #[arg(long, value_name = "NAME", help_heading = "Token")]
    pub token_env: Option<Name>,
    /// If the text holds several tokens, take the one with this name
    #[arg(long, value_name = "NAME", help_heading = "Token")]
    pub field: Option<Name>,
    /// The largest token to read, in bytes [default: 4m]
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Token")]
    pub max_token_size: Option<usize>,
}
