//! How a server is reached, as typed.
use std::ffi::OsString;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::values::{filled, filled_path, span};
use crate::core::time::Span;
use crate::net::address::PlainHost;

/// The flags of every command that may reach a server.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Network")]
pub(crate) struct NetFlags {
    /// Make no request.
    #[arg(
        long,
        help = "Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]"
    )]
    pub offline: bool,
    /// How long the whole of it may take [default: 15s; 5s to fetch keys]
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub timeout: Option<Span>,
    /// The authorities that sign servers' certificates.
    #[arg(
        long,
        help = "The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]",
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = OsStringValueParser::new().try_map(filled_path)
    )]
    pub cacert: Option<OsString>,
    /// A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    #[arg(long, value_name = "HOST[:PORT]", value_parser = plain_host)]
    pub allow_http: Vec<PlainHost>,
}

/// The flags about keys at an address.
#[derive(Args, Clone, Debug, Default)]
#[group(skip)]
#[command(next_help_heading = "Network")]
pub(crate) struct FetchFlags {
    /// How servers are reached.
    #[command(flatten)]
    pub net: NetFlags,
    /// Fetch the keys at an address now, even if those fetched before are fresh
    #[arg(long, conflicts_with = "offline")]
    pub refetch: bool,
    /// If the keys at an address can't be fetched, use those that were fetched at most this long ago
    #[arg(long, value_name = "DURATION", value_parser = span)]
    pub stale_keys: Option<Span>,
}

fn plain_host(text: &str) -> Result<PlainHost, String> {
    filled(text)?
        .parse()
        .map_err(|_| "give HOST or HOST:PORT, as in keycloak:8080".to_owned())
}
