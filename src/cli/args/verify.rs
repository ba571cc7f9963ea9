//! `verify`, as typed.
use clap::Args;

use super::check::{CheckFlags, UseFlags};
use super::key::KeyFlags;
use super::token::TokenFlags;

/// Check a token: the exit status says yes or no
///
/// 0: it holds. 3: not a token. 4: not trusted (signature, key, algorithm).
/// 5: out of time. 6: a claim is refused. 1: there was no key to check with.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess verify TOKEN --secret env:MY_SECRET
  jwtsess verify TOKEN --key public.pem --iss https://auth.example.com --aud api
  jwtsess verify --token-env TOKEN --min-ttl 5m || TOKEN=$(jwtsess issue --user ci)
      In a script: is it good for five more minutes?")]
pub struct Verify {
    /// The token.
    #[command(flatten)]
    pub token: TokenFlags,
    /// What is asked of it.
    #[command(flatten)]
    pub checks: CheckFlags,
    /// What else is asked of it.
    #[command(flatten)]
    pub uses: UseFlags,
    /// Check header and signature alone; the payload may be anything
    #[arg(long, help_heading = "Checks")]
    pub jws: bool,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
}
