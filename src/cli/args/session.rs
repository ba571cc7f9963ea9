//! `session`, as typed.
use clap::{Args, Subcommand, ValueEnum};

use super::store::{ReadStoreFlags, StoreFlags};
use super::values::Name;
use crate::session::family;

/// Make the store; list, show and clean up its sessions
///
/// A session is a login and all the tokens made from it. The store records it at
/// `issue`, or when it is first rotated or revoked.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess session list --user alice
  jwtsess session show ID
  jwtsess session purge --dry-run")]
pub(crate) struct SessionArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: SessionCommand,
}

/// `session`'s commands.
#[derive(Debug, Subcommand)]
pub(crate) enum SessionCommand {
    Init(Init),
    List(SessionListArgs),
    Show(SessionShowArgs),
    Purge(SessionPurgeArgs),
}

impl SessionCommand {
    /// Its name, as `--json` says it.
    #[must_use]
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Init(_) => "session init",
            Self::List(_) => "session list",
            Self::Show(_) => "session show",
            Self::Purge(_) => "session purge",
        }
    }
}

/// Make the session store; one that is there and sound stays as it is
///
/// A store that a flag, a variable or a profile names has to exist: every command
/// but issue and rotate, which make it, fails without it.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess session init --store ./team.sqlite
  jwtsess session init --store postgres://app@db.example/app
  jwtsess session init --upgrade --store postgres://app@db.example/app
      Bring a store of an earlier version up to date, once everyone has this one.")]
pub(crate) struct Init {
    /// Bring a store that an earlier version made up to date: earlier versions then refuse it
    #[arg(long)]
    pub upgrade: bool,
    /// The store.
    #[command(flatten)]
    pub store: StoreFlags,
}

/// List the sessions, one per line, the last used first
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess session list
  jwtsess session list --user alice --state live
  jwtsess session list --json | jq -r '.sessions[].id'")]
pub(crate) struct SessionListArgs {
    /// List only this user's sessions
    #[arg(short, long, value_name = "USER", help_heading = "Which")]
    pub user: Option<Name>,
    /// List only sessions in this state: live, expired, ended, revoked or reuse-detected [may repeat]
    #[arg(
        long,
        value_enum,
        value_name = "STATE",
        hide_possible_values = true,
        help_heading = "Which"
    )]
    pub state: Vec<StateFlag>,
    /// The store.
    #[command(flatten)]
    pub store: ReadStoreFlags,
}

/// Show a session: its tokens on a time line, when each was retired, and how the session ended
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess session show 6f1f2c9e-0d6e-4b57-9d39-2f0c3b6f3a10")]
pub(crate) struct SessionShowArgs {
    /// The session's id
    #[arg(value_name = "ID")]
    pub id: Name,
    /// The session's issuer, where several issuers have a session with that id
    #[arg(long, value_name = "ISSUER")]
    pub iss: Option<Name>,
    /// The session whose tokens have no issuer, where several issuers have a session with that id
    #[arg(long, conflicts_with = "iss")]
    pub no_iss: bool,
    /// The store.
    #[command(flatten)]
    pub store: ReadStoreFlags,
}

/// Remove records that are no longer needed; those of tokens that could still be used stay
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess session purge --dry-run
      See how many records would go, and why the rest would stay.
  jwtsess session purge")]
pub(crate) struct SessionPurgeArgs {
    /// Say what would be removed, without removing anything
    #[arg(long)]
    pub dry_run: bool,
    /// The store.
    #[command(flatten)]
    pub store: StoreFlags,
}

/// `--state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StateFlag {
    /// One of its tokens can be used
    Live,
    /// All its tokens have expired
    Expired,
    /// Its absolute end has passed
    Ended,
    /// It was ended by hand
    Revoked,
    /// It was ended because a retired token was used again
    #[value(alias = "reuse_detected")]
    ReuseDetected,
}

impl From<StateFlag> for family::State {
    fn from(typed: StateFlag) -> Self {
        match typed {
            StateFlag::Live => Self::Live,
            StateFlag::Expired => Self::Expired,
            StateFlag::Ended => Self::Ended,
            StateFlag::Revoked => Self::Revoked,
            StateFlag::ReuseDetected => Self::ReuseDetected,
        }
    }
}
