//! `token`, as typed.
use clap::{Args, ValueEnum};

use super::{KeepingFlags, MaskFlag};
use crate::cli::args::values::span;
use crate::cli::credentials::name::CredentialName;
use crate::core::time::Span;

/// Print an access token that is good now, refreshed if need be
///
/// The credential comes from jwtsess login. Many calls at once make one refresh, and all
/// print the same token.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  curl -H @<(jwtsess token -o auth-header) https://staging.example/api/me/
      Call an API with a fresh token.
  TOKEN=$(jwtsess token staging --min-ttl 5m) || exit
      In a script: a token that is good for 5 minutes more, or a reason why not.
  jwtsess token --list
      Show every credential that is kept here, without its tokens.")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the command line"
)]
pub(crate) struct TokenArgs {
    /// The credential's name.
    #[arg(
        value_name = "NAME",
        help = "The credential [default: the only one] [env: JWTSESS_CREDENTIAL]"
    )]
    pub name: Option<CredentialName>,
    /// How much longer the token has to be good
    #[arg(long, value_name = "DURATION", value_parser = span, default_value = "60s")]
    pub min_ttl: Span,
    /// How to print it: token, auth-header or env
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true
    )]
    pub output: Option<AccessForm>,
    /// Refresh the token even if it is fresh
    #[arg(long, conflicts_with = "no_refresh")]
    pub refresh: bool,
    /// Never refresh the token: a late one is an error (exit 5)
    #[arg(long)]
    pub no_refresh: bool,
    /// If the server can't be asked, print a token that has only a second left
    #[arg(long)]
    pub stale_ok: bool,
    /// Show the credentials that are kept here
    #[arg(
        long,
        conflicts_with_all = ["name", "output", "refresh", "no_refresh", "stale_ok", "mask", "rehearse"]
    )]
    pub list: bool,
    /// Whose log hides the token.
    #[command(flatten)]
    pub mask: MaskFlag,
    /// Where it is kept.
    #[command(flatten)]
    pub keeping: KeepingFlags,
}

/// How an access token is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AccessForm {
    /// Only the token
    Token,
    /// An Authorization line for curl -H @-
    AuthHeader,
    /// A line `ACCESS_TOKEN=token` for a shell
    Env,
}
