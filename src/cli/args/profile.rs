//! `profile`, as typed.
use clap::{Args, Subcommand};

use super::values::Name;

/// See the session models: which there are, and every value of one
///
/// A profile says which claims a token has, how long it lives, what renewing changes
/// and what is asked of it. Those of your own stand in the config file, each starting
/// from another.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess profile list
  jwtsess profile show simplejwt
      One of your own, in the config file:
        [profiles.staging]
        extends = \"simplejwt\"
        secret = \"dotenv:.env#SECRET_KEY\"
        ACCESS_TOKEN_LIFETIME = \"10m\"")]
pub struct Profile {
    /// What to do.
    #[command(subcommand)]
    pub command: ProfileCommand,
}

/// `profile`'s commands.
#[derive(Debug, Subcommand)]
#[expect(
    missing_docs,
    reason = "a variant's doc sentence would be its help in place of the struct's"
)]
pub enum ProfileCommand {
    List(List),
    Show(Show),
}

impl ProfileCommand {
    /// Its name, as `--json` says it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::List(_) => "profile list",
            Self::Show(_) => "profile show",
        }
    }
}

/// List every profile, built in and of your own, a line each
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess profile list
  jwtsess profile list --config ./jwtsess.toml
      With the profiles of another file than the usual one.")]
pub struct List {}

/// Show every value of a profile, and where each is from
///
/// What is printed is a section of a config file: put it there, change a value, and
/// you have a profile of your own. A secret or password hash that stands in the file
/// is not shown.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess profile show simplejwt
      A Django server's settings, by Django's names.
  jwtsess profile show pair --set access_ttl=10m
      As the profile would be with that change.
  jwtsess profile show simplejwt | sed s/my-simplejwt/staging/ >> config.toml
      A profile of your own to start from.")]
pub struct Show {
    /// Which one [default: that of --profile, else the one that issue uses]
    #[arg(value_name = "NAME")]
    pub name: Option<Name>,
}
