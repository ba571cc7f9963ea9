//! The group `key`, as typed.
pub mod convert;
mod flags;
pub mod generate;
pub mod jwks;
pub mod rotate;
pub mod show;
pub mod write;

use clap::{Args, Subcommand};

pub use flags::{KeyFlags, PassphraseFlag};

/// Make, describe, publish, convert and rotate keys
#[derive(Args, Debug)]
#[command(arg_required_else_help = false)]
pub struct KeyArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: KeyCommand,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
#[expect(
    missing_docs,
    reason = "a variant's doc sentence would be its help in place of the struct's"
)]
pub enum KeyCommand {
    Generate(generate::KeyGenerateArgs),
    Show(Box<show::KeyShowArgs>),
    Jwks(jwks::KeyJwksArgs),
    Convert(convert::KeyConvertArgs),
    Rotate(rotate::KeyRotateArgs),
}

impl KeyCommand {
    /// Its name, as `--json` says it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Generate(_) => "key generate",
            Self::Show(_) => "key show",
            Self::Jwks(_) => "key jwks",
            Self::Convert(_) => "key convert",
            Self::Rotate(_) => "key rotate",
        }
    }
}
