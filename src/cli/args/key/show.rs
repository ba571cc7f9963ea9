//! `key show`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::flags::{KeyFlags, RefreshKeyFlags};
use crate::cli::args::values::Hidden;

/// Describe a key: what it is, what it may do, how strong it is
///
/// Without FILE it describes the key that would be used, and says where that key comes
/// from; where refresh tokens have a key of their own, both. It never shows anything secret or private.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess key show key.pem
      Print its kind, algorithms and thumbprint, and whether it can sign.
  jwtsess key show
      Describe the key that a command would use now: the one from --key or --secret,
      the environment, the profile, or the development key.
  curl -s https://issuer.example/jwks.json | jwtsess key show -
      Describe the keys that somebody publishes.")]
pub(crate) struct KeyShowArgs {
    /// A key file, - for standard input, env:NAME, dotenv:PATH#NAME or an https:// address
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().map(Hidden::from), conflicts_with_all = ["secret", "key", "no_dev_key", "refresh_secret", "refresh_key"])]
    pub file: Option<Hidden>,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
    /// The key of refresh tokens.
    #[command(flatten)]
    pub refresh: RefreshKeyFlags,
}
