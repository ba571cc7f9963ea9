//! `key jwks`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::flags::PassphraseFlag;
use crate::cli::args::net::FetchFlags;
use crate::cli::args::values::Hidden;

/// Print the public parts of keys as a JWKS, for the services that verify your tokens
///
/// The set never holds a private key or a secret. A secret has no public part: whoever
/// can verify a token with it can also issue one.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess key jwks key.pem > jwks.json
      Print what a service needs to verify your tokens.
  jwtsess key jwks new.pem old.pem > jwks.json
      Publish two keys while tokens signed by the older one are still in use.
  jwtsess key jwks keys.jwks > jwks.json
      Publish a private set; its retired keys stay in it until their end.")]
pub(crate) struct KeyJwksArgs {
    /// Key files, - for standard input, env:NAME, dotenv:PATH#NAME or an https:// address
    #[arg(value_name = "FILE", required = true, value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub files: Vec<Hidden>,
    /// The passphrase.
    #[command(flatten)]
    pub passphrase: PassphraseFlag,
    /// How keys at an address are fetched.
    #[command(flatten)]
    pub fetch: FetchFlags,
}
