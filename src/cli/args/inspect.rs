//! `inspect`, as typed.
use clap::Args;

use super::check::{CheckFlags, UseFlags};
use super::key::KeyFlags;
use super::store::ReadStoreFlags;
use super::token::TokenFlags;

/// Explain a token: what it says, whether it holds, what to do
///
/// Reads and never writes. Without a key everything is explained but the
/// signature, which is then not checked: anyone could have made the token.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess inspect TOKEN
  pbpaste | jwtsess inspect
      The clipboard: an Authorization line, a curl transcript or JSON will do.
  jwtsess inspect TOKEN --secret env:MY_SECRET
      Says too whether the signature holds and, if not, what the likely mistake is.
  jwtsess inspect TOKEN --now +2h
      As it will stand in two hours.")]
pub struct Inspect {
    /// The token.
    #[command(flatten)]
    pub token: TokenFlags,
    /// What is asked of it.
    #[command(flatten)]
    pub checks: CheckFlags,
    /// What else is asked of it.
    #[command(flatten)]
    pub uses: UseFlags,
    /// The store.
    #[command(flatten)]
    pub store: ReadStoreFlags,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
}
