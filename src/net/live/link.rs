//! A server, and what it takes to speak to it. The operations stand in the files beside it.
use super::server::Server;
use crate::core::entropy::Entropy;
use crate::core::key::Key;
use crate::core::profile::Profile;
use crate::core::secret::Secret;
use crate::core::time::Clock;
use crate::net::budget::Budget;
use crate::net::client::Client;

/// A server, and what it takes to speak to it.
pub(crate) struct Live<'a> {
    /// Sends.
    pub client: &'a Client,
    /// The server.
    pub server: &'a Server,
    /// The profile that says what is sent and how answers are read; `plain` if none is known.
    pub profile: &'a Profile,
    /// What the client authenticates itself with.
    pub secrets: ClientSecrets,
    /// How long the call may take.
    pub budget: Budget,
    /// By how many seconds the server's clock is ahead, as far as its answers said.
    pub skew: i64,
    /// Tells the moments that lives count from.
    pub clock: &'a dyn Clock,
    /// What states, verifiers and ids are made of.
    pub entropy: &'a mut dyn Entropy,
}

/// What a client authenticates itself with.
#[derive(Debug, Default)]
pub(crate) struct ClientSecrets {
    /// Its secret.
    pub secret: Option<Secret>,
    /// Its private key.
    pub key: Option<Key>,
}
