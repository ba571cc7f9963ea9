//! How a key is written and where to, as typed.
use std::ffi::OsString;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{Args, ValueEnum};

use crate::cli::args::values::filled_path;

/// `--format`, `--out` and `--force`.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "File")]
pub(crate) struct KeyTargetFlags {
    /// The format to write: jwk, jwks, pem, der or raw (a secret's bytes) [default: by the ending of --out: .pem, .der, .jwk, .jwks, .bin]
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<KeyFormat>,
    /// The file to write, which only you can read (mode 0600). Use - or leave it out to write to standard output
    #[arg(
        long,
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = OsStringValueParser::new().try_map(filled_path)
    )]
    pub out: Option<OsString>,
    /// Replace a file that already exists
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyFormat {
    /// One JSON Web Key
    Jwk,
    /// A set of JSON Web Keys
    Jwks,
    /// PEM: PKCS#8, or SPKI of a public key
    Pem,
    /// DER of the same
    Der,
    /// A secret's bytes
    Raw,
}
