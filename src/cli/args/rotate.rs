//! `rotate`, as typed.
use clap::Args;

use super::check::{CheckFlags, OF_THE_CLAIMS};
use super::key::{KeyFlags, RefreshKeyFlags};
use super::output::OutputForm;
use super::store::{GraceFlag, StoreFlags};
use super::token::TokenFlags;
use super::values::{Lifetime, Name, lifetime, span};
use crate::core::time::Span;

/// Renew a token and retire it: from then on only its successor can be used
///
/// For a pair, give the refresh token; both new tokens are printed. The store
/// remembers retired tokens: one that is used again was stolen, or used twice by
/// mistake, so its whole session is ended.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  out=$(jwtsess rotate \"$REFRESH_TOKEN\") || exit; eval \"$out\"
      ACCESS_TOKEN and REFRESH_TOKEN then hold the new tokens.
  jwtsess rotate TOKEN --reuse-grace 10s
      A retry within 10 seconds, after a lost answer, gets the same tokens.
  jwtsess rotate --session ID
      Print the session's current tokens again (you need the key and the store).")]
pub(crate) struct RotateArgs {
    /// The token.
    #[command(flatten)]
    pub token: TokenFlags,
    /// Print this session's current tokens again, after an answer was lost
    #[arg(
        long,
        value_name = "ID",
        help_heading = "Token",
        // The current tokens come again as they are.
        conflicts_with_all = OF_THE_CLAIMS
            .into_iter()
            // Of several sessions with that id it names one.
            .filter(|flag| *flag != "iss")
            .chain(OF_A_TOKEN)
    )]
    pub session: Option<Name>,
    /// The session whose tokens have no issuer, where several issuers have a session with that id
    #[arg(
        long,
        help_heading = "Token",
        requires = "session",
        conflicts_with_all = ["iss", "token", "token_env", "field"]
    )]
    pub no_iss: bool,
    /// How to print them: token, access, refresh, env, wire (as a server answers) or auth-header
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true
    )]
    pub output: Option<OutputForm>,
    /// How long the fresh access token lives [default: as long as the one before it]
    #[arg(long, value_name = "DURATION", value_parser = lifetime, help_heading = "Life")]
    pub ttl: Option<Lifetime>,
    /// How long the fresh refresh token lives [default: as long as the token given]
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Life")]
    pub refresh_ttl: Option<Span>,
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

/// The flags that name a presented token or shape its successor.
const OF_A_TOKEN: [&str; 9] = [
    "token",
    "token_env",
    "field",
    "max_token_size",
    "ttl",
    "refresh_ttl",
    "session_max",
    "reuse_grace",
    "typ",
];
