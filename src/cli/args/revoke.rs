//! `revoke`, as typed.
use clap::Args;

use super::key::KeyFlags;
use super::store::StoreFlags;
use super::token::TokenFlags;
use super::values::{Name, TimeText};

/// End sessions now: one by its token or id, or many at once
///
/// The store remembers the end: whoever asks it refuses the session's tokens from
/// then on. Where nobody asks it, a token stays good until it expires.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess revoke TOKEN
      The session of this token. It may have expired; its signature has to hold.
  jwtsess revoke --user alice --dry-run
      Which sessions would end?
  jwtsess revoke --user alice --yes
      In a script: more than one session is ended without a question.
  jwtsess revoke --issued-before 2026-11-24T12:00:00Z --yes
      Every session that began before a key was changed, say.")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the command line"
)]
pub struct Revoke {
    /// The token.
    #[command(flatten)]
    pub token: TokenFlags,
    /// The session of this id
    #[arg(
        long,
        value_name = "ID",
        help_heading = "Which",
        conflicts_with_all = ["token", "token_env", "field"]
    )]
    pub session: Option<Name>,
    /// Every session of this user
    #[arg(
        short,
        long,
        value_name = "USER",
        help_heading = "Which",
        conflicts_with_all = ["token", "token_env", "field", "session"]
    )]
    pub user: Option<Name>,
    /// Every session that began before; with --user, of that user
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Which",
        conflicts_with_all = ["token", "token_env", "field", "session"]
    )]
    pub issued_before: Option<TimeText>,
    /// Every session in the store
    #[arg(
        long,
        help_heading = "Which",
        conflicts_with_all = ["token", "token_env", "field", "session", "user", "issued_before"]
    )]
    pub all: bool,
    /// End more than one session without asking
    #[arg(long, short)]
    pub yes: bool,
    /// Say what would end, and end nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Go by the ids that the token gives, whoever signed it; asks first
    #[arg(long, conflicts_with_all = ["session", "user", "issued_before", "all"])]
    pub unverified: bool,
    /// Exit with 0 also where there is nothing to end
    #[arg(long)]
    pub missing_ok: bool,
    /// The store.
    #[command(flatten)]
    pub store: StoreFlags,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
}
