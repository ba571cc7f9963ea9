//! A live server: logs in, refreshes, verifies and logs out by what a profile's `live` keys say, or by OAuth.
pub(crate) mod error;
pub(crate) mod grant;
pub(crate) mod server;
pub(crate) mod tokens;

use std::time::Duration;

use crate::core::entropy::Entropy;
use crate::core::key::Key;
use crate::core::profile::Profile;
use crate::core::secret::Secret;
use crate::core::time::Clock;
use crate::net::client::Client;

use server::Server;

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
    /// How long an exchange may take, with what is tried again.
    pub timeout: Duration,
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
