//! The store flags, as typed.
use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{ArgMatches, Args, Command, FromArgMatches};

use super::values::{Hidden, span};
use crate::core::time::Span;

/// Where sessions are stored.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Store")]
pub(crate) struct StoreFlags {
    /// Where sessions are stored.
    #[arg(
        long,
        help = "Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]",
        value_name = "STORE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with = "no_store"
    )]
    pub store: Option<Hidden>,
    /// Don't use a store: revocation and reuse are not checked, nothing is recorded
    #[arg(long)]
    pub no_store: bool,
    /// Allow writing to a shared (PostgreSQL) store while --now is set
    #[arg(long)]
    pub rehearse: bool,
}

/// The store flags of a command that never writes: they lack `--rehearse`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadStoreFlags(pub StoreFlags);

impl Args for ReadStoreFlags {
    fn augment_args(command: Command) -> Command {
        let all = StoreFlags::augment_args(Command::new("store"));
        let reading = all.get_arguments().filter(|arg| arg.get_id() != "rehearse");
        command.args(reading.cloned())
    }
    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for ReadStoreFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self(StoreFlags {
            store: matches.get_one("store").cloned(),
            no_store: matches.get_flag("no_store"),
            rehearse: false,
        }))
    }
    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// How long a retired token still gets the same successor.
#[derive(Args, Clone, Copy, Debug, Default)]
#[group(skip)]
pub(crate) struct GraceFlag {
    /// How long after its first use a retired token still gets the same successor [default: 0]
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Store")]
    pub reuse_grace: Option<Span>,
}
