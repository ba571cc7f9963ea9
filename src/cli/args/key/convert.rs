//! `key convert`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::flags::PassphraseFlag;
use super::write::Target;
use crate::cli::args::values::{Hidden, Name};

/// Write a key in another form: JWK, JWKS, PEM or DER
///
/// What is written is not encrypted, also where FILE was.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess key convert key.pem --out key.jwk
      A PEM key as a JWK, in a file of your own (mode 0600).
  jwtsess key convert key.jwk --public --format pem > public.pem
      The public part alone, as openssl and most libraries read it.
  jwtsess key convert key.pem --out keys.jwks
      A set of one key, to which others can be added.")]
pub struct Convert {
    /// A key file, - for standard input, env:NAME or dotenv:PATH#NAME
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub file: Hidden,
    /// The public part alone
    #[arg(long)]
    pub public: bool,
    /// Take this key of a set; a single key without a kid is given it
    #[arg(long, value_name = "KID")]
    pub kid: Option<Name>,
    /// Where it goes.
    #[command(flatten)]
    pub target: Target,
    /// The passphrase.
    #[command(flatten)]
    pub passphrase: PassphraseFlag,
}
