//! `revoke`, as typed.
use clap::Args;

use super::key::{KeyFlags, RefreshKeyFlags};
use super::store::StoreFlags;
use super::token::TokenFlags;
use super::values::{Name, TimeText};

/// End sessions now: one by its token or id, or many at once
///
/// The store remembers the end: services that consult it refuse the session's tokens
/// from then on. Services that don't still accept a token until it expires.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess revoke TOKEN
      End this token's session. It may have expired, but its signature must be valid.
  jwtsess revoke --user alice --dry-run
      See which sessions would end.
  jwtsess revoke --user alice --yes
      In a script: end more than one session without a question.
  jwtsess revoke --issued-before 2026-11-24T12:00:00Z --yes
      End every session that began before a key was changed, say.")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the command line"
)]
pub(crate) struct RevokeArgs {
    /// The token.
    #[command(flatten)]
    pub token: TokenFlags,
    /// End the session with this id
    #[arg(
        long,
        value_name = "ID",
        help_heading = "Which",
        conflicts_with_all = ["token", "token_env", "field"]
    )]
    pub session: Option<Name>,
    /// The issuer of the session, where several issuers have a session with that id
    #[arg(
        long,
        value_name = "ISSUER",
        help_heading = "Which",
        requires = "session",
        // clap does not require what another flag excludes.
        conflicts_with_all = ["token", "token_env", "field", "user", "issued_before", "all"]
    )]
    pub iss: Option<Name>,
    /// The session whose tokens have no issuer, where several issuers have a session with that id
    #[arg(
        long,
        help_heading = "Which",
        requires = "session",
        conflicts_with_all = ["iss", "token", "token_env", "field", "user", "issued_before", "all"]
    )]
    pub no_iss: bool,
    /// End every session of this user
    #[arg(
        short,
        long,
        value_name = "USER",
        help_heading = "Which",
        conflicts_with_all = ["token", "token_env", "field", "session"]
    )]
    pub user: Option<Name>,
    /// End every session that began before this time; with --user, only that user's
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Which",
        conflicts_with_all = ["token", "token_env", "field", "session"]
    )]
    pub issued_before: Option<TimeText>,
    /// End every session in the store
    #[arg(
        long,
        help_heading = "Which",
        conflicts_with_all = ["token", "token_env", "field", "session", "user", "issued_before"]
    )]
    pub all: bool,
    /// End more than one session without asking
    #[arg(long, short)]
    pub yes: bool,
    /// Say what would end, without ending anything
    #[arg(long)]
    pub dry_run: bool,
    /// End the session that the token names even if its signature can't be checked; asks first
    #[arg(long, conflicts_with_all = ["session", "user", "issued_before", "all"])]
    pub unverified: bool,
    /// Exit 0 even if there is nothing to end
    #[arg(long)]
    pub missing_ok: bool,
    /// The store.
    #[command(flatten)]
    pub store: StoreFlags,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
    /// The key of refresh tokens.
    #[command(flatten)]
    pub refresh: RefreshKeyFlags,
}
