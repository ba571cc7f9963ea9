//! `inspect`, as typed.
use clap::Args;

use super::check::{CheckFlags, UseFlags};
use super::key::{KeyFlags, RefreshKeyFlags};
use super::store::ReadStoreFlags;
use super::token::TokenFlags;

/// Explain a token: what it says, whether it is valid, and what to do
///
/// It only reads. Without a key it explains everything except the signature, which
/// is then not checked: anyone could have made the token.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess inspect TOKEN
  pbpaste | jwtsess inspect
      Read the clipboard: an Authorization line, a curl transcript or JSON will do.
  jwtsess inspect TOKEN --secret env:MY_SECRET
      Also say whether the signature is valid and, if not, what the likely mistake is.
  jwtsess inspect TOKEN --now +2h
      Explain how the token will stand in two hours.")]
pub(crate) struct InspectArgs {
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
    /// The key of refresh tokens.
    #[command(flatten)]
    pub refresh: RefreshKeyFlags,
}
