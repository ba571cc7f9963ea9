//! The commands that speak to a live server, as typed: what several of them share.
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod request;
pub(crate) mod token;

use std::ffi::OsString;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{Args, ValueEnum};

use super::net::NetFlags;
use super::values::filled_path;

/// What `--offline` means where no keys are fetched.
const OFFLINE: &str = "Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]";

/// Where credentials are kept, and how their servers are reached.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Credential", mut_arg("offline", |flag| flag.help(OFFLINE)))]
pub(crate) struct KeepingFlags {
    /// The folder that credentials are kept in.
    #[arg(
        long,
        help = "The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]",
        value_name = "DIR",
        value_hint = clap::ValueHint::DirPath,
        value_parser = OsStringValueParser::new().try_map(filled_path)
    )]
    pub credentials: Option<OsString>,
    /// Allow what changes a session at the server while --now is set
    #[arg(long)]
    pub rehearse: bool,
    /// How servers are reached.
    #[command(flatten)]
    pub net: NetFlags,
}

/// `--mask`.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct MaskFlag {
    /// Have the log of a CI system hide the token.
    #[arg(
        long,
        help = "Have GitHub Actions hide the token in its log; auto: only where it runs",
        value_enum,
        value_name = "WHERE",
        hide_possible_values = true
    )]
    pub mask: Option<MaskChoice>,
}

/// Whose log hides the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MaskChoice {
    /// GitHub Actions'. Anywhere else it is an error
    Github,
    /// That of the system in which the call runs, if it has one
    Auto,
}
