//! `login`, as typed.
use std::ffi::OsString;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{Args, ValueEnum};

use super::{KeepingFlags, MaskFlag};
use crate::cli::args::output::OutputForm;
use crate::cli::args::values::{Assignment, Hidden, Name, filled, span};
use crate::cli::credentials::name::CredentialName;
use crate::core::time::Span;
use crate::net::address::Origin;
use crate::net::live::server::ClientAuth;

/// Log in to a server, and keep its tokens for jwtsess token and jwtsess request
///
/// URL is an OAuth server's issuer, or the address that takes a user's password.
#[derive(Args, Debug)]
#[command(after_help = "\
EXAMPLES
  jwtsess login https://staging.example/api/token/ --user alice
      Log in where a Django server takes a password. jwtsess asks for the password.
  jwtsess login https://issuer.example --client-id cli
      Log in to an OAuth server in a browser.
  TOKEN=$(jwtsess login https://staging.example/api/token/ --user ci --password env:CI_PASSWORD --no-save -o access --mask auto) || exit
      In CI: keep nothing, print the access token.")]
pub(crate) struct LoginArgs {
    /// An OAuth server's issuer, or the address that takes the password [default: the profile's]
    #[arg(value_name = "URL", value_parser = OsStringValueParser::new().map(Hidden::from))]
    pub url: Option<Hidden>,
    /// The user to log in
    #[arg(short, long, value_name = "USER")]
    pub user: Option<Name>,
    /// Where the password is.
    #[arg(
        long,
        help = "Where the password is: env:NAME, file:PATH, … [default: asked for] [env: JWTSESS_PASSWORD]",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from)
    )]
    pub password: Option<Hidden>,
    /// How to log in: password, client-credentials, code (in a browser) or device
    #[arg(
        long,
        value_enum,
        value_name = "GRANT",
        hide_possible_values = true,
        conflicts_with = "refresh_token"
    )]
    pub grant: Option<GrantChoice>,
    /// Where a refresh token is that you have already
    #[arg(
        long,
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with_all = ["password"]
    )]
    pub refresh_token: Option<Hidden>,
    /// What the tokens are to allow
    #[arg(long, value_name = "SCOPE", value_parser = filled)]
    pub scope: Option<String>,
    /// What the access token is for (RFC 8707)
    #[arg(long, value_name = "URI", value_parser = filled)]
    pub resource: Option<String>,
    /// How to print the tokens: access, refresh, env, wire or auth-header [default: not at all]
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true
    )]
    pub output: Option<OutputForm>,
    /// Whose log hides the tokens.
    #[command(flatten)]
    pub mask: MaskFlag,
    /// The credential's name [default: the server's host]
    #[arg(long = "as", value_name = "NAME", help_heading = "Credential")]
    pub name: Option<CredentialName>,
    /// Put the credential in the place of another one of that name
    #[arg(long, help_heading = "Credential")]
    pub replace: bool,
    /// Keep nothing: print the tokens with -o
    #[arg(
        long,
        help_heading = "Credential",
        requires = "output",
        conflicts_with_all = ["name", "replace", "helper"]
    )]
    pub no_save: bool,
    /// Another origin that may have the access token.
    #[arg(long, help = "Another origin that may have the access token, as in https://api.example [may repeat]", value_name = "ORIGIN", value_parser = origin, help_heading = "Credential")]
    pub to_origin: Vec<Origin>,
    /// The program that keeps the tokens.
    #[arg(
        long,
        help = "Keep the tokens with docker-credential-NAME: pass, osxkeychain, secretservice … [env: JWTSESS_CREDENTIAL_HELPER]",
        value_name = "NAME",
        value_parser = helper,
        help_heading = "Credential"
    )]
    pub helper: Option<String>,
    /// The client's id
    #[arg(long, value_name = "ID", value_parser = filled, help_heading = "Client")]
    pub client_id: Option<String>,
    /// Where the client's secret is.
    #[arg(
        long,
        help = "Where the client's secret is: env:NAME, file:PATH, … [env: JWTSESS_CLIENT_SECRET]",
        value_name = "REF",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        help_heading = "Client"
    )]
    pub client_secret: Option<Hidden>,
    /// How the client authenticates itself.
    #[arg(
        help = "How the client authenticates itself: basic, post, none or private_key_jwt",
        long,
        value_enum,
        value_name = "METHOD",
        hide_possible_values = true,
        help_heading = "Client"
    )]
    pub client_auth: Option<ClientAuthChoice>,
    /// The client's private key, as --key takes it elsewhere
    #[arg(
        long,
        value_name = "SOURCE",
        value_parser = OsStringValueParser::new().map(Hidden::from),
        conflicts_with = "client_secret",
        help_heading = "Client"
    )]
    pub client_key: Option<Hidden>,
    /// Where the server refreshes tokens, relative to URL
    #[arg(long, value_name = "PATH", value_parser = filled, help_heading = "Requests")]
    pub refresh_path: Option<String>,
    /// Where the server logs out, relative to URL
    #[arg(long, value_name = "PATH", value_parser = filled, help_heading = "Requests")]
    pub logout_path: Option<String>,
    /// Where the server verifies tokens, relative to URL
    #[arg(long, value_name = "PATH", value_parser = filled, help_heading = "Requests")]
    pub verify_path: Option<String>,
    /// The member that holds the user, as in email
    #[arg(long, value_name = "NAME", value_parser = filled, help_heading = "Requests")]
    pub user_field: Option<String>,
    /// Another member of the login: NAME=TEXT or NAME:=JSON [may repeat]
    #[arg(
        long,
        value_name = "NAME=VALUE",
        allow_hyphen_values = true,
        help_heading = "Requests"
    )]
    pub body: Vec<Assignment>,
    /// Another header field of each request to the server [may repeat]
    #[arg(long, value_name = "NAME:VALUE", value_parser = OsStringValueParser::new().map(Hidden::<OsString>::from), help_heading = "Requests")]
    pub request_header: Vec<Hidden>,
    /// The port on which the browser's answer is awaited [default: a free one]
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Browser")]
    pub redirect_port: Option<u16>,
    /// The host in the address that the browser is sent back to: 127.0.0.1 or localhost
    #[arg(
        long,
        value_enum,
        value_name = "HOST",
        hide_possible_values = true,
        help_heading = "Browser"
    )]
    pub redirect_host: Option<RedirectHost>,
    /// How long the browser's answer is awaited [default: 3m]
    #[arg(long, value_name = "DURATION", value_parser = span, help_heading = "Browser")]
    pub wait: Option<Span>,
    /// Don't open a browser: only print the address
    #[arg(long, help_heading = "Browser")]
    pub no_browser: bool,
    /// Where it is kept.
    #[command(flatten)]
    pub keeping: KeepingFlags,
}

/// How to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GrantChoice {
    /// With a user's password
    Password,
    /// With the client's own secret or key
    ClientCredentials,
    /// In a browser on this machine
    Code,
    /// In a browser on any machine
    Device,
}

/// How the client authenticates itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClientAuthChoice {
    /// With its secret, in the header
    Basic,
    /// With its secret, in the body
    Post,
    /// By its id alone
    None,
    /// With its private key
    #[value(name = "private_key_jwt", alias = "private-key-jwt")]
    PrivateKeyJwt,
}

impl From<ClientAuthChoice> for ClientAuth {
    fn from(choice: ClientAuthChoice) -> Self {
        match choice {
            ClientAuthChoice::Basic => Self::Basic,
            ClientAuthChoice::Post => Self::Post,
            ClientAuthChoice::None => Self::None,
            ClientAuthChoice::PrivateKeyJwt => Self::PrivateKeyJwt,
        }
    }
}

/// The host that the browser is sent back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RedirectHost {
    /// 127.0.0.1
    #[value(name = "127.0.0.1")]
    Address,
    /// localhost
    Localhost,
}

impl RedirectHost {
    /// The host.
    #[must_use]
    pub(crate) const fn host(self) -> &'static str {
        match self {
            Self::Address => "127.0.0.1",
            Self::Localhost => "localhost",
        }
    }
}

fn origin(text: &str) -> Result<Origin, String> {
    let read = filled(text)?.parse::<Origin>();
    read.map_err(|error| format!("{error}: give https://HOST[:PORT]"))
}

fn helper(text: &str) -> Result<String, String> {
    let text = filled(text)?;
    let fits = crate::config::profiles::is_helper(&text);
    let wrong = "give what stands behind docker-credential-, as in pass";
    fits.then_some(text).ok_or_else(|| wrong.to_owned())
}
