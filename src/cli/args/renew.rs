//! `renew`, as typed.
use clap::Args;

use super::check::CheckFlags;
use super::key::{KeyFlags, RefreshKeyFlags};
use super::output::OutputForm;
use super::store::{GraceFlag, StoreFlags};
use super::token::TokenFlags;
use super::values::{Lifetime, lifetime, span};
use crate::core::time::Span;

/// Prolong a session: print a fresh token for one that is still valid
///
/// Only the token's times and its id change. For a refresh token, it prints a fresh
/// access token. The token given is not retired.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess renew TOKEN
  TOKEN=$(jwtsess renew --token-env TOKEN --within 20m)
      Before every call in a script: renew the token when less than 20 minutes are
      left, else print the same token again.
  jwtsess renew TOKEN --ttl 8h --secret env:MY_SECRET")]
pub(crate) struct RenewArgs {
    /// The token.
    #[command(flatten)]
    pub token: TokenFlags,
    /// How to print it: token, access, refresh, env, wire (as a server answers) or auth-header
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true
    )]
    pub output: Option<OutputForm>,
    /// Renew only if the token expires within this time; else print the same token
    #[arg(long, alias = "min-ttl", value_name = "DURATION", value_parser = span, help_heading = "Life")]
    pub within: Option<Span>,
    /// How long the fresh token lives [default: as long as the token given; under a
    /// Django profile, as long as its server would let it]
    #[arg(long, value_name = "DURATION", value_parser = lifetime, help_heading = "Life")]
    pub ttl: Option<Lifetime>,
    /// How long the session can be prolonged, counted from its login
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Life")]
    pub session_max: Option<Span>,
    /// What is asked of it.
    #[command(flatten)]
    pub checks: CheckFlags,
    /// The store.
    #[command(flatten)]
    pub store: StoreFlags,
    /// How long a retired token still gets the same successor.
    #[command(flatten)]
    pub grace: GraceFlag,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
    /// The key of refresh tokens.
    #[command(flatten)]
    pub refresh: RefreshKeyFlags,
}
