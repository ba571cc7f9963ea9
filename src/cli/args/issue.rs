//! `issue`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::key::{KeyFlags, RefreshKeyFlags};
use super::output::OutputForm;
use super::store::StoreFlags;
use super::values::{
    Assignment, Document, Hidden, Lifetime, Name, TimeText, filled, filled_path, lifetime, span,
};
use crate::core::time::Span;

/// Log a user in by hand: print a token, or a pair of tokens
///
/// The profile decides which claims a token has and how long it lives. The default is
/// sliding: one token that lives for an hour and can be renewed for up to 7 days.
#[derive(Args, Debug)]
#[group(skip)]
#[command(after_help = "\
EXAMPLES
  jwtsess issue --user alice
      Print a token for alice that lives for an hour. If no key is given anywhere,
      jwtsess makes a development key for this machine, and says so.
  TOKEN=$(jwtsess issue --user alice --secret env:MY_SECRET)
      Sign with the secret in one variable, and keep the token in another.
  jwtsess issue --user alice --profile pair --key private.pem
      Print a short-lived access token, and a refresh token to get the next one.
  jwtsess issue --user alice --ttl 5m -c role=admin -c level:=3
      Add claims of your own: a string and a number.
  jwtsess issue --batch --ttl 1d users.jsonl
      Print a token for each line, which is an object: {\"sub\":\"alice\",\"role\":\"admin\"}.
  jwtsess issue --user alice --now -2h
      Print the token as it would have been two hours ago: it has expired.")]
pub(crate) struct IssueArgs {
    /// The files of --batch.
    #[arg(help = "With --batch: the files to read. Use - or leave them out to read standard input", value_name = "FILE", value_hint = clap::ValueHint::FilePath, value_parser = OsStringValueParser::new().try_map(filled_path).map(Hidden::from))]
    pub files: Vec<Hidden>,
    /// The user to log in.
    #[arg(
        short,
        long,
        help = "The user to log in (written as sub; with simplejwt as user_id, with drf-jwt as username)",
        value_name = "USER"
    )]
    pub user: Option<Name>,
    /// How to print it: token, access, refresh, env, wire (as a server answers) or auth-header
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true
    )]
    pub output: Option<OutputForm>,
    /// Read one JSON object of claims per line, and print the token of each; its sub, or the profile's claim for the user, names the user.
    #[arg(
        long,
        help = "Read one JSON object of claims per line from the files or from standard input (its sub names the user), and print a line for each: the token, or of a pair what a server would answer",
        conflicts_with_all = ["user", "jti", "user_id", "email"]
    )]
    pub batch: bool,
    /// How long the token lives: 90s, 15m, 1h30m, 7d
    #[arg(long, value_name = "DURATION", value_parser = lifetime, conflicts_with = "exp", help_heading = "Life")]
    pub ttl: Option<Lifetime>,
    /// How long the refresh token lives
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Life")]
    pub refresh_ttl: Option<Span>,
    /// How long the session can be prolonged, from now
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Life")]
    pub session_max: Option<Span>,
    /// When the token expires (exp)
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Life"
    )]
    pub exp: Option<TimeText>,
    /// When the token becomes valid (nbf)
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Life"
    )]
    pub nbf: Option<TimeText>,
    /// Who issues the token (iss)
    #[arg(long, value_name = "ISSUER", value_parser = filled, help_heading = "Claims")]
    pub iss: Option<String>,
    /// Whom the token is for (aud) [may repeat]
    #[arg(long, value_name = "AUDIENCE", value_parser = filled, help_heading = "Claims")]
    pub aud: Vec<String>,
    /// The token's id (jti) [default: a random one]
    #[arg(long, value_name = "ID", value_parser = filled, help_heading = "Claims")]
    pub jti: Option<String>,
    /// What the token allows (scope)
    #[arg(long, value_name = "SCOPE", value_parser = filled, help_heading = "Claims")]
    pub scope: Option<String>,
    /// The application that asked for the token.
    #[arg(
        long,
        help = "The application that asked for the token (client_id)",
        value_name = "CLIENT",
        help_heading = "Claims"
    )]
    pub client_id: Option<Name>,
    /// The user's id in a Django server's database.
    #[arg(
        long,
        help = "The user's number or id in a Django server's database (user_id)",
        value_name = "ID",
        help_heading = "Claims"
    )]
    pub user_id: Option<Name>,
    /// The user's e-mail address, as djangorestframework-jwt writes it (email)
    #[arg(long, value_name = "ADDRESS", value_parser = filled, help_heading = "Claims")]
    pub email: Option<String>,
    /// A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]
    #[arg(
        short,
        long,
        value_name = "NAME=VALUE",
        allow_hyphen_values = true,
        help_heading = "Claims"
    )]
    pub claim: Vec<Assignment>,
    /// Claims as a JSON object, @FILE for a file, or - for standard input; --claim overrides them
    #[arg(long, value_name = "JSON|@FILE|-", help_heading = "Claims")]
    pub claims: Option<Document>,
    /// A header parameter: NAME=TEXT or NAME:=JSON [may repeat]
    #[arg(
        long,
        value_name = "NAME=VALUE",
        allow_hyphen_values = true,
        help_heading = "Header"
    )]
    pub header: Vec<Assignment>,
    /// The type in the header (typ)
    #[arg(long, value_name = "TYPE", value_parser = filled, help_heading = "Header")]
    pub typ: Option<String>,
    /// Sign with the key that has this id, or write the id into the header
    #[arg(long, value_name = "KID", help_heading = "Key")]
    pub kid: Option<Name>,
    /// The store.
    #[command(flatten)]
    pub store: StoreFlags,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
    /// The key of refresh tokens.
    #[command(flatten)]
    pub refresh: RefreshKeyFlags,
}
