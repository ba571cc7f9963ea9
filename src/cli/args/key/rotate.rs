//! `key rotate`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use crate::cli::args::values::{Hidden, Name, span};
use crate::core::time::Span;

/// Roll a private JWKS over: a new key signs, the one before checks for a while longer
///
/// The new key is of the kind of the one that it replaces, and stands first. The one
/// before signs no more, and checks signatures until the overlap is over.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess key rotate keys.jwks
      Sign with a new key from now on; tokens of the old one hold until they end.
  jwtsess key rotate keys.jwks --profile pair --prune
      The old key checks as long as a refresh token lives; keys whose time is over go.
  jwtsess key rotate keys.jwks --overlap 0
      At once, because the key has leaked: what it signed is refused from now on.
  jwtsess key rotate keys.jwks --dry-run
      Say what would be done, and do nothing.
  jwtsess key convert key.pem --out keys.jwks
      Make a set of a key in another form first.")]
pub struct Rotate {
    /// A private JWKS
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub file: Hidden,
    /// How long the retired key still checks signatures [default: the longest lifetime of the profile's tokens]
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub overlap: Option<Span>,
    /// The key to retire, where several sign
    #[arg(long, value_name = "KID")]
    pub retire: Option<Name>,
    /// The name of the new key [default: its RFC 7638 thumbprint]
    #[arg(long, value_name = "KID")]
    pub kid: Option<Name>,
    /// Also drop retired keys whose time is over
    #[arg(long)]
    pub prune: bool,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
}
