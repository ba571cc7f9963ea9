//! `decode`, as typed.
use clap::{Args, ValueEnum};

use super::token::TokenFlags;

/// Show a token's parts as they are, without checking anything
///
/// Anyone can write a token that decodes. To check who signed it, use verify or inspect.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess decode TOKEN
  jwtsess decode TOKEN --part payload > claims.json
      Print the claims, byte for byte.
  jwtsess decode TOKEN --json | jwtsess encode - --secret env:MY_SECRET
      Sign the same claims again.")]
pub(crate) struct DecodeArgs {
    /// The token.
    #[command(flatten)]
    pub token: TokenFlags,
    /// Print only one part, byte for byte: header, payload or signature
    #[arg(long, value_enum, value_name = "PART", hide_possible_values = true)]
    pub part: Option<PartFlag>,
}

/// `--part`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PartFlag {
    /// The type, the algorithm and the key id
    Header,
    /// The claims
    Payload,
    /// The bytes of the signature
    Signature,
}
