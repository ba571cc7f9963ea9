//! What is asked of a token, as typed.
use clap::{Args, ValueEnum};

use super::values::{Assignment, Name, filled, leeway, span};
use crate::core::time::Span;

/// What is asked of a token by whoever reads one.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Checks")]
pub struct CheckFlags {
    /// How far clocks may differ, at most a day [default: 0]
    #[arg(long, value_name = "DURATION", value_parser = leeway)]
    pub leeway: Option<Span>,
    /// Refuse a token that was issued longer ago than this
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub max_age: Option<Span>,
    /// The issuer it has to be from (iss) [may repeat: any of them]
    #[arg(long, value_name = "ISSUER", value_parser = filled)]
    pub iss: Vec<String>,
    /// The audience it has to be for (aud) [may repeat: any of them]
    #[arg(long, value_name = "AUDIENCE", value_parser = filled)]
    pub aud: Vec<String>,
    /// The user it has to be about (sub)
    #[arg(long, value_name = "SUBJECT", value_parser = filled)]
    pub sub: Option<String>,
    /// The type that its header has to name (typ)
    #[arg(long, value_name = "TYPE", value_parser = filled)]
    pub typ: Option<String>,
    /// A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]
    #[arg(long, value_name = "CLAIM")]
    pub require: Vec<Name>,
    /// A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]
    #[arg(long, value_name = "NAME=VALUE")]
    pub claim: Vec<Assignment>,
    /// A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]
    #[arg(long, value_name = "NAME=VALUE")]
    pub has: Vec<Assignment>,
    /// Accept a token that never expires
    #[arg(long)]
    pub allow_no_exp: bool,
}

/// Those of [`CheckFlags`] that ask for something of the claims.
pub const OF_THE_CLAIMS: [&str; 9] = [
    "leeway",
    "max_age",
    "iss",
    "aud",
    "sub",
    "require",
    "claim",
    "has",
    "allow_no_exp",
];

/// What `inspect` and `verify` can ask besides.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Checks")]
pub struct UseFlags {
    /// Refuse a token that ends sooner than this
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub min_ttl: Option<Span>,
    /// What the token has to be for: access (using a service), refresh (getting the next) or any
    #[arg(long, value_enum, value_name = "KIND", hide_possible_values = true)]
    pub kind: Option<Kind>,
    /// The key id that its header has to name (kid)
    #[arg(long, value_name = "KID")]
    pub kid: Option<Name>,
}

/// `--kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// For using a service
    Access,
    /// For getting the next access token
    Refresh,
    /// Either
    Any,
}
