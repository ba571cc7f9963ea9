//! `key convert`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::flags::PassphraseFlag;
use super::write::KeyTargetFlags;
use crate::cli::args::values::{Hidden, Name};

/// Write a key in another form: JWK, JWKS, PEM or DER
///
/// The output is never encrypted, even if FILE was.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess key convert key.pem --out key.jwk
      Write a PEM key as a JWK, into a file that only you can read (mode 0600).
  jwtsess key convert key.jwk --public --format pem > public.pem
      Print only the public part, as openssl and most libraries read it.
  jwtsess key convert key.pem --out keys.jwks
      Make a set of one key, to which others can be added.")]
pub(crate) struct KeyConvertArgs {
    /// A key file, - for standard input, env:NAME or dotenv:PATH#NAME
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub file: Hidden,
    /// Write only the public part
    #[arg(long)]
    pub public: bool,
    /// Take the key with this id from a set; a single key without an id gets this one
    #[arg(long, value_name = "KID")]
    pub kid: Option<Name>,
    /// Where it goes.
    #[command(flatten)]
    pub target: KeyTargetFlags,
    /// The passphrase.
    #[command(flatten)]
    pub passphrase: PassphraseFlag,
}
