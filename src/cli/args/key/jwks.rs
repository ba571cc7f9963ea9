//! `key jwks`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::flags::PassphraseFlag;
use crate::cli::args::values::Hidden;

/// Print the public parts of keys as a JWKS, for those who check your tokens
///
/// It never holds a private key or a secret. A secret has no public part: who can
/// check a token with it can also make one.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess key jwks key.pem > jwks.json
      What a service that checks your tokens needs.
  jwtsess key jwks new.pem old.pem > jwks.json
      Two keys, while tokens of the older one are still about.
  jwtsess key jwks keys.jwks > jwks.json
      The public part of a private set; retired keys stay in it until their end.")]
pub struct Jwks {
    /// Key files, - for standard input, env:NAME or dotenv:PATH#NAME
    #[arg(value_name = "FILE", required = true, value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub files: Vec<Hidden>,
    /// The passphrase.
    #[command(flatten)]
    pub passphrase: PassphraseFlag,
}
