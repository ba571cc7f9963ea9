//! The store flags, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::values::{Hidden, span};
use crate::core::time::Span;

/// Where sessions are kept.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Store")]
pub struct StoreFlags {
    /// Where sessions are kept.
    #[arg(
        long,
        help = "Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]",
        value_name = "STORE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with = "no_store"
    )]
    pub store: Option<Hidden>,
    /// Do without a store: what it would know is not checked, and nothing is recorded
    #[arg(long)]
    pub no_store: bool,
    /// Write to a store that others go by as of another moment: with --now, to a PostgreSQL store
    #[arg(long)]
    pub rehearse: bool,
}

/// How long a retired token is forgiven.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct GraceFlag {
    /// How long after its first use a retired token still gets the same successor [default: 0]
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Store")]
    pub reuse_grace: Option<Span>,
}
