//! Errors about other servers: how they are reported.
use super::failure::Failure;
use crate::cli::exit::Exit;
use crate::net::error::NetError;

/// Why the keys at an address can't be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FetchError {
    /// There was no answer, or it was refused.
    #[error("the keys can't be fetched: {0}")]
    Net(NetError),
    /// What came holds no key.
    #[error("what is at {place} can't be used: {why}")]
    NotKeys {
        /// The address, in words that are safe to print.
        place: String,
        /// The reason.
        why: String,
    },
}

pub(super) fn fetch(error: &FetchError) -> Failure {
    match error {
        FetchError::Net(
            NetError::Unreachable { .. }
            | NetError::ProxyFailed { .. }
            | NetError::TimedOut { .. }
            | NetError::Lost { .. }
            | NetError::Status { .. },
        ) => Failure::new("keys_unreachable", Exit::OtherEnd)
            .hint("to go by keys that were fetched before: --stale-keys 1h, or --offline"),
        FetchError::Net(NetError::Offline { .. }) => Failure::new("offline", Exit::Usage)
            .hint("fetch the keys once with a network, or give a file: --key keys.json"),
        FetchError::Net(error) => net(error),
        FetchError::NotKeys { .. } => Failure::new("unexpected_answer", Exit::OtherEnd)
            .hint("give the address of a JWKS, of a key in PEM, or of an issuer"),
    }
}

/// Code, hint and exit status of a request that failed.
pub(super) fn net(error: &NetError) -> Failure {
    let other = |code| Failure::new(code, Exit::OtherEnd);
    match error {
        NetError::Offline { .. } => Failure::new("offline", Exit::Usage),
        NetError::Insecure(origin) => Failure::new("insecure_origin", Exit::Usage).hint(format!(
            "use https://; to send unencrypted all the same: --allow-http {}",
            origin.host_and_port()
        )),
        NetError::Downgrade { .. } => Failure::new("insecure_origin", Exit::Usage)
            .hint("the metadata has to name an https:// address; else give the address of the key set itself"),
        NetError::OriginNotAllowed { .. } => Failure::new("origin_not_allowed", Exit::Usage)
            .hint("to allow an origin, name it at login with --to-origin"),
        NetError::Proxy(variable) => Failure::new("usage", Exit::Usage).hint(format!(
            "set {variable} to http://HOST:PORT, or name the host in NO_PROXY"
        )),
        NetError::Field { .. } => Failure::new("usage", Exit::Usage)
            .hint("encode its value as the server expects it, or leave it out"),
        NetError::ProxyFailed { .. } => other("unreachable")
            .hint("see whether the proxy runs; to go past it, name the host in NO_PROXY"),
        NetError::Unreachable { .. } => other("unreachable"),
        NetError::TimedOut { .. } | NetError::Lost { .. } => other("timed_out"),
        NetError::Tls { .. } => other("tls_failed"),
        NetError::Status { status, .. } if *status >= 500 => other("server_failed"),
        NetError::Status { .. } => other("refused"),
        NetError::Redirected { slash: true, .. } => {
            other("redirected").hint("the address lacks a / at its end")
        }
        NetError::Redirected { .. } => {
            other("redirected").hint("give the address that it redirects to, if you trust it")
        }
        NetError::Unexpected { .. } => other("unexpected_answer"),
    }
}
