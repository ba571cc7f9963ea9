//! `issue`, as typed.
use clap::Args;

use super::key::KeyFlags;
use super::output::Form;
use super::store::StoreFlags;
use super::values::{Assignment, Document, Name, TimeText, filled, span};
use crate::core::time::Span;

/// Log a user in by hand: print a token, or a pair of tokens
///
/// The profile says which claims there are and how long they live; without
/// --profile it is sliding: one token for an hour, renewed for up to 7 days.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess issue --user alice
      A token for alice, for an hour. With no key given anywhere, a development
      key is made for this machine, and said so.
  TOKEN=$(jwtsess issue --user alice --secret env:MY_SECRET)
      Signed with the secret in a variable, kept in another.
  jwtsess issue --user alice --profile pair --key private.pem
      A short access token, and a refresh token to get the next with.
  jwtsess issue --user alice --ttl 5m -c role=admin -c level:=3
      With claims of your own: a string and a number.
  jwtsess issue --user alice --now -2h
      As it would have come out two hours ago: one that has expired.")]
pub struct Issue {
    /// The user to log in.
    #[arg(
        short,
        long,
        help = "The user to log in (sub; under simplejwt user_id, under drf-jwt username)",
        value_name = "USER"
    )]
    pub user: Option<Name>,
    /// How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true
    )]
    pub output: Option<Form>,
    /// How long the token lives: 90s, 15m, 1h30m, 7d
    #[arg(long, value_name = "DURATION", value_parser = span, conflicts_with = "exp", help_heading = "Life")]
    pub ttl: Option<Span>,
    /// How long the refresh token lives
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Life")]
    pub refresh_ttl: Option<Span>,
    /// How long the session can be prolonged, from now
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Life")]
    pub session_max: Option<Span>,
    /// When the token ends (exp)
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Life"
    )]
    pub exp: Option<TimeText>,
    /// When the token begins to hold (nbf)
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Life"
    )]
    pub nbf: Option<TimeText>,
    /// Who issues it (iss)
    #[arg(long, value_name = "ISSUER", value_parser = filled, help_heading = "Claims")]
    pub iss: Option<String>,
    /// Whom it is for (aud) [may repeat]
    #[arg(long, value_name = "AUDIENCE", value_parser = filled, help_heading = "Claims")]
    pub aud: Vec<String>,
    /// Its id (jti), in place of a fresh one
    #[arg(long, value_name = "ID", value_parser = filled, help_heading = "Claims")]
    pub jti: Option<String>,
    /// What it allows (scope)
    #[arg(long, value_name = "SCOPE", value_parser = filled, help_heading = "Claims")]
    pub scope: Option<String>,
    /// The application that asked for it.
    #[arg(
        long,
        help = "The application that asked for it (client_id)",
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
    /// Claims as a JSON object, typed, in a file or - for standard input; --claim comes after
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
    /// The type that the header names (typ)
    #[arg(long, value_name = "TYPE", value_parser = filled, help_heading = "Header")]
    pub typ: Option<String>,
    /// Sign with the key of this id, or write it into the header
    #[arg(long, value_name = "KID", help_heading = "Key")]
    pub kid: Option<Name>,
    /// The store.
    #[command(flatten)]
    pub store: StoreFlags,
    /// The key.
    #[command(flatten)]
    pub key: KeyFlags,
}
