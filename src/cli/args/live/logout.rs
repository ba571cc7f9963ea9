//! `logout`, as typed.
use clap::Args;

use super::KeepingFlags;
use crate::cli::credentials::name::CredentialName;

/// End a session at its server, and forget its credential
///
/// The credential is kept if the server does not say that the session has ended.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess logout
      End the only session there is.
  jwtsess logout staging --forget
      Take the credential away without asking the server.")]
pub(crate) struct LogoutArgs {
    /// The credential's name.
    #[arg(
        value_name = "NAME",
        help = "The credential [default: the only one] [env: JWTSESS_CREDENTIAL]"
    )]
    pub name: Option<CredentialName>,
    /// End every session that is kept here
    #[arg(long, conflicts_with = "name")]
    pub all: bool,
    /// Send nothing: only take the credential away
    #[arg(long)]
    pub forget: bool,
    /// Say what would be ended, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Where it is kept.
    #[command(flatten)]
    pub keeping: KeepingFlags,
}
