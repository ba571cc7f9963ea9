//! The key flags of every command, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use crate::cli::args::net::FetchFlags;
use crate::cli::args::values::{Hidden, algorithm};
use crate::core::algorithm::Algorithm;

/// The flags that say which key, and what it may do.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Key")]
pub(crate) struct KeyFlags {
    /// The shared secret, by where it is.
    #[arg(
        long,
        help = "The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with_all = ["key", "key_passphrase"]
    )]
    pub secret: Vec<Hidden>,
    /// A key, by where it is.
    #[arg(
        long,
        help = "A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]",
        value_name = "SOURCE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = OsStringValueParser::new().map(Hidden::from)
    )]
    pub key: Vec<Hidden>,
    /// The passphrase of an encrypted one.
    #[command(flatten)]
    pub passphrase: PassphraseFlag,
    /// Allow only these of the algorithms the key supports, with commas between [may repeat]
    #[arg(long, value_name = "ALG", value_parser = algorithm, value_delimiter = ',')]
    pub alg: Vec<Algorithm>,
    /// Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    #[arg(long)]
    pub allow_weak_key: bool,
    /// Never use or make the development key
    #[arg(long)]
    pub no_dev_key: bool,
    /// How keys at an address are fetched.
    #[command(flatten)]
    pub fetch: FetchFlags,
}

/// `--key-passphrase`.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Key")]
pub(crate) struct PassphraseFlag {
    /// The passphrase of an encrypted key file, by where it is.
    #[arg(
        long,
        help = "Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from)
    )]
    pub key_passphrase: Option<Hidden>,
}

/// The flags that say which key refresh tokens have, where they have one of their own.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Key")]
pub(crate) struct RefreshKeyFlags {
    /// The shared secret of refresh tokens, by where it is.
    #[arg(
        long,
        help = "The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with = "refresh_key"
    )]
    pub refresh_secret: Vec<Hidden>,
    /// A key of refresh tokens, by where it is.
    #[arg(
        long,
        help = "A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]",
        value_name = "SOURCE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = OsStringValueParser::new().map(Hidden::from)
    )]
    pub refresh_key: Vec<Hidden>,
}

impl RefreshKeyFlags {
    /// Whether one was given.
    #[must_use]
    pub(crate) const fn any(&self) -> bool {
        !self.refresh_secret.is_empty() || !self.refresh_key.is_empty()
    }
}
