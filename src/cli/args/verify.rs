//! `verify`, as typed.
use clap::builder::{OsStringValueParser, PossibleValue, TypedValueParser as _};
use clap::{Args, ValueEnum};

use super::check::{CheckFlags, OF_THE_CLAIMS, UseFlags};
use super::key::{KeyFlags, RefreshKeyFlags};
use super::store::ReadStoreFlags;
use super::token::TokenFlags;
use super::values::{Hidden, Name, filled_path};
use crate::core::emulator::View;

/// Check a token: the exit status says yes or no
///
/// 0: it is valid. 3: not a token. 4: not trusted (signature, key, algorithm).
/// 5: out of time. 6: a claim is refused. 7: its session is refused.
/// 1: there was no key to check with. 9: of a batch, some are refused.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess verify TOKEN --secret env:MY_SECRET
  jwtsess verify TOKEN --key public.pem --iss https://auth.example.com --aud api
  jwtsess verify --token-env TOKEN --min-ttl 5m || TOKEN=$(jwtsess issue --user ci)
      In a script: get a new token unless this one is good for five more minutes.
  jwtsess verify --batch --key jwks.json --json tokens.txt
      Read one token per line, print one answer per line.
  jwtsess verify --batch --key jwks.json --only refused --columns sub,jti,exp tokens.txt
      Print the verdict, sub, jti and exp of each token that is refused, with tabs between.
  jwtsess verify TOKEN --as refresh --profile simplejwt --secret env:SECRET_KEY
      Print what its Django server would answer: the HTTP status and the body.")]
pub(crate) struct VerifyArgs {
    /// The token.
    #[command(flatten)]
    pub token: TokenFlags,
    /// What is asked of it.
    #[command(flatten)]
    pub checks: CheckFlags,
    /// What else is asked of it.
    #[command(flatten)]
    pub uses: UseFlags,
    /// Check only the header and the signature; the payload may be anything, and no claim can be checked. Only the profile's key and algorithms are used
    #[arg(long, help_heading = "Checks", conflicts_with_all = OF_THE_CLAIMS.into_iter().chain(["min_ttl", "kind", "view", "store"]))]
    pub jws: bool,
    /// Read one token per line from the files that are given in place of TOKEN, or from standard input, and print a line for each: its number, the verdict and why (with --json an object). Files that gzip or zstd packed are unpacked. Blank lines are skipped
    #[arg(long, conflicts_with_all = ["token_env", "view"])]
    pub batch: bool,
    /// How its answers are printed.
    #[command(flatten)]
    pub lines: BatchFlags,
    /// Print what the profile's Django server would answer if the token were sent to this view: view (any view that asks for authentication), stateless, verify, refresh, sliding-refresh or blacklist
    #[arg(
        long = "as",
        value_enum,
        value_name = "VIEW",
        hide_possible_values = true,
        help_heading = "A server's answer",
        // A server goes by its own settings, which `--set` changes.
        conflicts_with_all = OF_THE_CLAIMS.into_iter().chain(["typ", "min_ttl", "kind", "kid", "jws", "alg"])
    )]
    pub view: Option<View>,
    /// The store.
    #[command(flatten)]
    pub store: ReadStoreFlags,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
    /// The key of refresh tokens.
    #[command(flatten)]
    pub refresh: RefreshKeyFlags,
}

/// How a batch is answered.
#[derive(Args, Debug)]
#[group(skip)]
#[command(next_help_heading = "Batch")]
pub(crate) struct BatchFlags {
    /// With --batch: the files to read, TOKEN the first of them. Use - or leave them out to read standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().try_map(filled_path).map(Hidden::from), help_heading = None)]
    pub files: Vec<Hidden>,
    /// Print the lines of these tokens alone: accepted (valid) or refused (all others). All are counted
    #[arg(
        long,
        value_enum,
        value_name = "WHICH",
        hide_possible_values = true,
        requires = "batch"
    )]
    pub only: Option<OnlyFlag>,
    /// Print the verdict and these claims, with tabs between: sub,jti,exp. A claim that is not there is -; a name beginning with / is a JSON Pointer
    #[arg(long, value_name = "CLAIMS", value_delimiter = ',', requires = "batch")]
    pub columns: Vec<Name>,
    /// Print no lines, only how many tokens there were by verdict, key id and issuer
    #[arg(long, requires = "batch", conflicts_with_all = ["only", "columns"])]
    pub summary: bool,
}

/// `--only`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnlyFlag {
    /// Tokens that are accepted
    Accepted,
    /// Tokens that are refused
    Refused,
}

/// `--as`.
impl ValueEnum for View {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Protected => "Any view that asks for authentication",
            Self::Stateless => {
                "Any view that asks for authentication but not for the user's row (simplejwt)"
            }
            Self::Verify => "The view that verifies",
            Self::Refresh => "The view that refreshes",
            Self::SlidingRefresh => "The view that refreshes sliding tokens (simplejwt)",
            Self::Blacklist => "The view that blacklists",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}
