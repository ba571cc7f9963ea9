//! `encode`, as typed.
use clap::Args;

use super::key::KeyFlags;
use super::output::OutputForm;
use super::values::{Assignment, Document, Lifetime, Name, TimeText, filled, lifetime};

/// Sign claims of your own
///
/// The claims are signed as they are; only the flags add to them. With --profile
/// the header is written as that profile's server writes it.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess encode '{\"sub\":\"alice\"}' --ttl 1h --secret env:MY_SECRET
  jwtsess encode @claims.json --key private.pem --kid 2026-11
  jwtsess encode -c sub=alice -c admin:=true --exp 2026-12-31 --secret env:MY_SECRET")]
pub(crate) struct EncodeArgs {
    /// The claims as JSON, @FILE for a file, or - for standard input
    #[arg(value_name = "JSON|@FILE|-")]
    pub claims: Option<Document>,
    /// How to print it: token, access, refresh, env, wire (as a server answers) or auth-header
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true
    )]
    pub output: Option<OutputForm>,
    /// A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]
    #[arg(
        short,
        long,
        value_name = "NAME=VALUE",
        allow_hyphen_values = true,
        help_heading = "Claims"
    )]
    pub claim: Vec<Assignment>,
    /// How long the token lives: sets exp to that long from now
    #[arg(long, value_name = "DURATION", value_parser = lifetime, conflicts_with = "exp", help_heading = "Claims")]
    pub ttl: Option<Lifetime>,
    /// When the token expires (exp)
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Claims"
    )]
    pub exp: Option<TimeText>,
    /// When the token becomes valid (nbf)
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Claims"
    )]
    pub nbf: Option<TimeText>,
    /// A header parameter: NAME=TEXT or NAME:=JSON [may repeat]
    #[arg(
        long,
        value_name = "NAME=VALUE",
        allow_hyphen_values = true,
        help_heading = "Header"
    )]
    pub header: Vec<Assignment>,
    /// The type in the header (typ) [default: JWT]
    #[arg(long, value_name = "TYPE", value_parser = filled, help_heading = "Header")]
    pub typ: Option<String>,
    /// Sign with the key that has this id, or write the id into the header
    #[arg(long, value_name = "KID", help_heading = "Key")]
    pub kid: Option<Name>,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
}
