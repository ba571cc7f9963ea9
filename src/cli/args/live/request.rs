//! `request`, as typed.
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::KeepingFlags;
use crate::cli::args::values::{Hidden, filled, span};
use crate::cli::credentials::name::CredentialName;
use crate::core::time::Span;

/// Send a request with a fresh access token, and print the answer's body
///
/// A token that the server calls expired is refreshed once, and the request sent once more.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess request GET /api/me/
      Ask the server of the only credential.
  jwtsess request POST https://staging.example/api/items/ -d '{\"name\":\"a\"}'
      Send JSON.
  jwtsess request POST /api/items/ -d @item.json -H 'Accept: application/json' -i
      Send a file, and print the answer's header fields, too.")]
pub(crate) struct RequestArgs {
    /// GET, POST, PUT …
    #[arg(value_name = "METHOD", value_parser = method)]
    pub method: String,
    /// Where to; a path alone is at the credential's server
    #[arg(value_name = "URL", value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub url: Hidden,
    /// A header field [may repeat]
    #[arg(short = 'H', long = "header", value_name = "NAME:VALUE", value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub field: Vec<Hidden>,
    /// The body: text, @FILE for a file, or - for standard input; sent as application/json unless -H Content-Type says else
    #[arg(
        short,
        long,
        value_name = "TEXT|@FILE|-",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with = "form",
        allow_hyphen_values = true
    )]
    pub data: Option<Hidden>,
    /// A field of a form, which is the body [may repeat]
    #[arg(long, value_name = "NAME=VALUE", value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub form: Vec<Hidden>,
    /// Print the answer's status and header fields before its body
    #[arg(short, long)]
    pub include: bool,
    /// The credential.
    #[arg(
        long,
        help = "The credential [default: the one for that address] [env: JWTSESS_CREDENTIAL]",
        value_name = "NAME",
        help_heading = "Credential",
        conflicts_with = "no_auth"
    )]
    pub credential: Option<CredentialName>,
    /// Send no token
    #[arg(long, help_heading = "Credential")]
    pub no_auth: bool,
    /// How much longer the token has to be good [default: 60s]
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Credential", conflicts_with = "no_auth")]
    pub min_ttl: Option<Span>,
    /// Don't refresh and repeat when the server calls the token expired
    #[arg(long, help_heading = "Credential")]
    pub no_retry: bool,
    /// Where it is kept.
    #[command(flatten)]
    pub keeping: KeepingFlags,
}

/// A method: a token of RFC 9110 §9.1.
fn method(text: &str) -> Result<String, String> {
    let text = filled(text)?;
    let is_token = text.len() <= 32
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    is_token
        .then(|| text.to_ascii_uppercase())
        .ok_or_else(|| "give GET, POST, PUT, PATCH, DELETE …".to_owned())
}
