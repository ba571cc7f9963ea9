//! `profile`, as typed.
use clap::{Args, Subcommand};

use super::values::Name;

/// List the session models, or show one's settings
///
/// A profile says which claims a token has, how long it lives, what renewing changes
/// and what is checked. The config file holds your own profiles; each of them extends
/// another one.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess profile list
  jwtsess profile show simplejwt
      A profile of your own, in the config file:
        [profiles.staging]
        extends = \"simplejwt\"
        secret = \"dotenv:.env#SECRET_KEY\"
        ACCESS_TOKEN_LIFETIME = \"10m\"")]
pub(crate) struct ProfileArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ProfileCommand,
}

/// `profile`'s commands.
#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    List(ProfileListArgs),
    Show(ProfileShowArgs),
}

impl ProfileCommand {
    /// Its name, as `--json` says it.
    #[must_use]
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::List(_) => "profile list",
            Self::Show(_) => "profile show",
        }
    }
}

/// List all profiles, built in and your own, one per line
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess profile list
  jwtsess profile list --config ./jwtsess.toml
      Include the profiles of another config file.")]
pub(crate) struct ProfileListArgs {}

/// Show every setting of a profile and where it comes from
///
/// The output is a section of a config file: put it there, change a value, and you
/// have a profile of your own. Secrets and password hashes in the config file are
/// never shown.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess profile show simplejwt
      Show a Django server's settings, by Django's names.
  jwtsess profile show pair --set access_ttl=10m
      Show the profile as that change would make it.
  jwtsess profile show simplejwt | sed s/my-simplejwt/staging/ >> config.toml
      Start a profile of your own.")]
pub(crate) struct ProfileShowArgs {
    /// The profile to show [default: the one --profile names, else the one issue uses]
    #[arg(value_name = "NAME")]
    pub name: Option<Name>,
}
