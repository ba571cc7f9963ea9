//! `inspect`, as typed.
use clap::Args;

use super::check::{CheckFlags, UseFlags};
use super::key::{KeyFlags, RefreshKeyFlags};
use super::store::ReadStoreFlags;
use super::token::TokenFlags;
use super::verify::BatchFlags;

/// Explain a token: what it says, whether it is valid, and what to do
///
/// It only reads. Without a key it explains everything except the signature, which
/// is then not checked: anyone could have made the token.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess inspect TOKEN
  pbpaste | jwtsess inspect
      Read the clipboard: an Authorization line, a curl transcript or JSON will do.
  jwtsess inspect TOKEN --secret env:MY_SECRET
      Also say whether the signature is valid and, if not, what the likely mistake is.
  jwtsess inspect TOKEN --now +2h
      Explain how the token will stand in two hours.
  jwtsess inspect --batch --columns iss,sub,exp tokens.txt
      Read one token per line; print the verdict, iss, sub and exp of each, with tabs between.")]
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
    /// Read one token per line from the files that are given in place of TOKEN, or from standard input, and print a line for each: its number, the verdict and why (with --json an object). Files that gzip or zstd packed are unpacked. Blank lines are skipped
    #[arg(long, conflicts_with = "token_env")]
    pub batch: bool,
    /// How its answers are printed.
    #[command(flatten)]
    pub lines: BatchFlags,
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
