//! `key rotate`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use crate::cli::args::values::{Hidden, Name, span};
use crate::core::time::Span;

/// Rotate the keys of a private JWKS: a new key signs, the old one still verifies for a while
///
/// The new key has the same kind as the one it replaces, and comes first in the set.
/// The old key no longer signs, and verifies signatures until the overlap is over.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess key rotate keys.jwks
      Sign with a new key from now on; the old key's tokens stay valid until they expire.
  jwtsess key rotate keys.jwks --profile pair --prune
      The old key verifies for as long as a refresh token lives; older keys are removed.
  jwtsess key rotate keys.jwks --overlap 0
      The key has leaked: refuse what it signed from now on.
  jwtsess key rotate keys.jwks --dry-run
      Say what would be done, without doing it.
  jwtsess key convert key.pem --out keys.jwks
      First make a set from a key in another form.")]
pub(crate) struct KeyRotateArgs {
    /// A private JWKS
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub file: Hidden,
    /// How long the retired key still verifies signatures [default: the longest lifetime of the profile's tokens]
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub overlap: Option<Span>,
    /// The id of the key to retire, if several sign
    #[arg(long, value_name = "KID")]
    pub retire: Option<Name>,
    /// The id of the new key [default: its RFC 7638 thumbprint]
    #[arg(long, value_name = "KID")]
    pub kid: Option<Name>,
    /// Also remove retired keys that no longer verify anything
    #[arg(long)]
    pub prune: bool,
    /// Say what would be done, without doing it
    #[arg(long)]
    pub dry_run: bool,
}
