//! `key generate`, as typed.
use clap::Args;

use super::write::KeyTargetFlags;
use crate::cli::args::values::{Name, algorithm, filled};
use crate::core::algorithm::Algorithm;

/// Make a key: a pair of a private and a public key, or a secret
///
/// The key is printed, or with --out written to a file that only you can read. Whoever
/// has it can log anyone in: give others only the public part of a pair (jwtsess key
/// jwks).
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess key generate --out key.jwk
      Make a key pair for ES256, in a file that only you can read (mode 0600).
  jwtsess issue --user alice --key key.jwk
      Then sign with it.
  jwtsess key generate --alg RS256 --bits 3072 --out key.pem
      Make an RSA key as PEM, which openssl and most servers read.
  jwtsess key generate --alg HS256 --out secret.jwk
      Make a secret: whoever verifies your tokens with it can issue them, too.")]
pub(crate) struct KeyGenerateArgs {
    /// The algorithm that it is for.
    #[arg(
        long,
        help = "The algorithm to sign with: HS256, HS384, HS512, RS256 …, PS256 …, ES256, ES384, ES512, ES256K or EdDSA [default: ES256]",
        value_name = "ALG",
        value_parser = algorithm,
        default_value = "ES256",
        hide_default_value = true
    )]
    pub alg: Algorithm,
    /// The key's length: 2048, 3072 or 4096 for RSA, 256 to 1024 for a secret [default: 2048 for RSA; a secret is as long as its hash]
    #[arg(long, value_name = "BITS", value_parser = bits)]
    pub bits: Option<usize>,
    /// The key's id in tokens and key sets (kid) [default: its RFC 7638 thumbprint]
    #[arg(long, value_name = "KID")]
    pub kid: Option<Name>,
    /// Where it goes.
    #[command(flatten)]
    pub target: KeyTargetFlags,
}

/// A number of bits.
fn bits(text: &str) -> Result<usize, String> {
    let text = filled(text)?;
    text.parse()
        .map_err(|_| "it is not a number of bits: give 2048 or 256, for example".to_owned())
}
