//! The key flags and the group `key`, as typed.
pub mod convert;
pub mod generate;
pub mod jwks;
pub mod rotate;
pub mod show;
pub mod write;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{Args, Subcommand};

use crate::cli::args::values::{Hidden, algorithm};
use crate::core::algorithm::Algorithm;

/// The flags that say which key, and what it may do.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Key")]
pub struct KeyFlags {
    /// The shared secret, by where it is.
    #[arg(
        long,
        help = "The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with_all = ["key", "key_passphrase"]
    )]
    pub secret: Vec<Hidden>,
    /// A key, by where it is.
    #[arg(
        long,
        help = "A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]",
        value_name = "SOURCE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = OsStringValueParser::new().map(Hidden::from)
    )]
    pub key: Vec<Hidden>,
    /// The passphrase of an encrypted one.
    #[command(flatten)]
    pub passphrase: PassphraseFlag,
    /// Use these algorithms alone of those that the key serves, with commas between [may repeat]
    #[arg(long, value_name = "ALG", value_parser = algorithm, value_delimiter = ',')]
    pub alg: Vec<Algorithm>,
    /// Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    #[arg(long)]
    pub allow_weak_key: bool,
    /// Never use or make the development key
    #[arg(long)]
    pub no_dev_key: bool,
}

/// `--key-passphrase`.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Key")]
pub struct PassphraseFlag {
    /// The passphrase of an encrypted key file, by where it is.
    #[arg(
        long,
        help = "The passphrase of an encrypted key file, given as --secret is; asked for where it is left out",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from)
    )]
    pub key_passphrase: Option<Hidden>,
}

/// Make keys, describe them, publish their public parts, change their form, roll them over
#[derive(Args, Debug)]
#[command(arg_required_else_help = false)]
pub struct KeyGroup {
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
    Generate(generate::Generate),
    Show(Box<show::Show>),
    Jwks(jwks::Jwks),
    Convert(convert::Convert),
    Rotate(rotate::Rotate),
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
