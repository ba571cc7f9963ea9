//! The key flags, as typed.
use std::ffi::OsString;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::values::{Hidden, algorithm};
use crate::core::algorithm::Algorithm;

/// The flags that say which key, and what it may do.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Key")]
pub struct KeyFlags {
    /// The shared secret, by where it is.
    #[arg(
        long,
        help = "The shared secret: env:NAME, file:PATH, base64:…, hex:…, or prompt to be asked",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with = "key"
    )]
    pub secret: Option<Hidden>,
    /// A key file: PEM, JWK, a JWKS or a raw secret; - for standard input [may repeat]
    #[arg(long, value_name = "SOURCE", value_hint = clap::ValueHint::FilePath)]
    pub key: Vec<OsString>,
    /// The passphrase of an encrypted key file, by where it is.
    #[arg(
        long,
        help = "The passphrase of an encrypted key file, given as --secret is; asked for where it is left out",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with = "secret"
    )]
    pub key_passphrase: Option<Hidden>,
    /// Use these algorithms alone of those that the key serves [may repeat]
    #[arg(long, value_name = "ALG", value_parser = algorithm)]
    pub alg: Vec<Algorithm>,
    /// Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    #[arg(long)]
    pub allow_weak_key: bool,
    /// Never use or make the development key
    #[arg(long)]
    pub no_dev_key: bool,
}
