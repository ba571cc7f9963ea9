//! The flags that say what a token is checked for, as typed.
use clap::{Args, ValueEnum};

use super::values::{Assignment, Name, filled, leeway, span};
use crate::core::time::Span;

/// The checks that every command reading a token can make.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Checks")]
pub(crate) struct CheckFlags {
    /// How much two clocks may differ, at most a day [default: 0]
    #[arg(long, value_name = "DURATION", value_parser = leeway)]
    pub leeway: Option<Span>,
    /// Refuse a token issued longer ago than this
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub max_age: Option<Span>,
    /// The required issuer (iss) [may repeat: any of them will do]
    #[arg(long, value_name = "ISSUER", value_parser = filled)]
    pub iss: Vec<String>,
    /// The required audience (aud) [may repeat: any of them will do]
    #[arg(long, value_name = "AUDIENCE", value_parser = filled)]
    pub aud: Vec<String>,
    /// The required subject (sub)
    #[arg(long, value_name = "SUBJECT", value_parser = filled)]
    pub sub: Option<String>,
    /// The required type in the header (typ)
    #[arg(long, value_name = "TYPE", value_parser = filled)]
    pub typ: Option<String>,
    /// A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]
    #[arg(long, value_name = "CLAIM")]
    pub require: Vec<Name>,
    /// A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]
    #[arg(long, value_name = "NAME=VALUE")]
    pub claim: Vec<Assignment>,
    /// A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]
    #[arg(long, value_name = "NAME=VALUE")]
    pub has: Vec<Assignment>,
    /// Accept a token that never expires
    #[arg(long)]
    pub allow_no_exp: bool,
}

/// The flags of [`CheckFlags`] that check claims.
pub(crate) const OF_THE_CLAIMS: [&str; 9] = [
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

/// The further checks of `inspect` and `verify`.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Checks")]
pub(crate) struct UseFlags {
    /// Refuse a token that expires in less than this
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub min_ttl: Option<Span>,
    /// What the token must be for: access (using a service), refresh (getting the next token), id (telling a client who logged in) or any
    #[arg(long, value_enum, value_name = "KIND", hide_possible_values = true)]
    pub kind: Option<KindFlag>,
    /// The required key id in the header (kid)
    #[arg(long, value_name = "KID")]
    pub kid: Option<Name>,
}

/// `--kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindFlag {
    /// For using a service
    Access,
    /// For getting the next access token
    Refresh,
    /// For telling a client who has logged in
    Id,
    /// Whatever it is
    Any,
}
