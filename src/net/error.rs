//! Why a request was not made, or its answer not taken. No error holds a secret, a query or the text of an answer.
use std::time::Duration;

use super::address::{Address, Origin};
use super::message::Answer;

/// Why a request was not made, or its answer not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NetError {
    /// No request may be made. Names what forbids it.
    #[error("{address} can't be asked: {by} forbids every request")]
    Offline {
        /// The address.
        address: Box<Address>,
        /// The flag or variable.
        by: &'static str,
    },
    /// Nothing may be sent there without encryption.
    #[error("nothing is sent to {0} without encryption")]
    Insecure(Origin),
    /// Metadata names an address without encryption, or on this machine, that its own address does not allow it to name.
    #[error("nothing is sent to {target} without encryption, which {place} names")]
    Downgrade {
        /// The metadata.
        place: Box<Address>,
        /// What it names.
        target: Origin,
    },
    /// A credential may not be sent there.
    #[error("the credential belongs to {}, not to {asked}", listed(.allowed))]
    OriginNotAllowed {
        /// Where it was to be sent.
        asked: Origin,
        /// Where it may be sent.
        allowed: Vec<Origin>,
    },
    /// The variable that names the proxy does not.
    #[error("{0} is not the address of an HTTP proxy")]
    Proxy(&'static str),
    /// A header field that was typed, or that a profile fills in, can't be written.
    #[error("the header field {name} can't be sent: {why}")]
    Field {
        /// Its name.
        name: String,
        /// The reason.
        why: &'static str,
    },
    /// There was no way through the proxy.
    #[error("{origin} can't be reached: the proxy {proxy} gives no way there: {why}")]
    ProxyFailed {
        /// The server.
        origin: Origin,
        /// The proxy, and what names it.
        proxy: String,
        /// The reason.
        why: String,
    },
    /// There was no connection.
    #[error("{origin} can't be reached: {why}")]
    Unreachable {
        /// The server.
        origin: Origin,
        /// The reason.
        why: String,
    },
    /// The time was over.
    #[error("{origin} {} within {}", if *.sent { "did not answer" } else { "could not be reached" }, seconds(*.after))]
    TimedOut {
        /// The server.
        origin: Origin,
        /// How much time there was.
        after: Duration,
        /// Whether the server may have seen the request.
        sent: bool,
    },
    /// The connection ended without a whole answer.
    #[error("{origin} closed the connection without a whole answer")]
    Lost {
        /// The server.
        origin: Origin,
    },
    /// The connection is not encrypted as it has to be, or its certificate not to be trusted.
    #[error("{origin}: {why}")]
    Tls {
        /// The server.
        origin: Origin,
        /// The reason.
        why: String,
    },
    /// The status is none of success.
    #[error("{address} answers {status}")]
    Status {
        /// The address that was asked.
        address: Box<Address>,
        /// The status.
        status: u16,
    },
    /// The server sent us elsewhere.
    #[error("{address} answers {status}, a redirect to {target}")]
    Redirected {
        /// The address that was asked.
        address: Box<Address>,
        /// The status.
        status: u16,
        /// Where to, in words that are safe to print.
        target: String,
        /// Whether the same address with a final `/` is meant.
        slash: bool,
    },
    /// The answer is none that we can take.
    #[error("the answer of {address} can't be used: {why}")]
    Unexpected {
        /// The address that was asked.
        address: Box<Address>,
        /// The reason.
        why: String,
    },
}

impl NetError {
    /// An answer whose status is the end of it.
    pub(crate) fn status(answer: &Answer) -> Self {
        Self::Status {
            address: Box::new(answer.address.clone()),
            status: answer.status,
        }
    }
    /// An answer that can't be taken.
    pub(crate) fn unexpected(address: &Address, why: impl Into<String>) -> Self {
        Self::Unexpected {
            address: Box::new(address.clone()),
            why: why.into(),
        }
    }
}

fn listed(origins: &[Origin]) -> String {
    let shown: Vec<_> = origins.iter().map(ToString::to_string).collect();
    shown.join(", ")
}

fn seconds(time: Duration) -> String {
    if time.subsec_millis() == 0 {
        format!("{} s", time.as_secs())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
