//! The group `key`, as typed.
pub(crate) mod convert;
mod flags;
pub(crate) mod generate;
pub(crate) mod jwks;
pub(crate) mod rotate;
pub(crate) mod show;
pub(crate) mod write;

use clap::{Args, Subcommand};

pub(crate) use flags::{KeyFlags, PassphraseFlag, RefreshKeyFlags};

/// Make, describe, publish, convert and rotate keys
#[derive(Args, Debug)]
#[group(skip)]
#[command(arg_required_else_help = false)]
pub(crate) struct KeyArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: KeyCommand,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    Generate(generate::KeyGenerateArgs),
    Show(Box<show::KeyShowArgs>),
    Jwks(jwks::KeyJwksArgs),
    Convert(convert::KeyConvertArgs),
    Rotate(rotate::KeyRotateArgs),
}

impl KeyCommand {
    /// Its name, as `--json` says it.
    #[must_use]
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Generate(_) => "key generate",
            Self::Show(_) => "key show",
            Self::Jwks(_) => "key jwks",
            Self::Convert(_) => "key convert",
            Self::Rotate(_) => "key rotate",
        }
    }
}
