//! What is sent to a live server, how its answers are read, and that none of it leaks.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod clock;
mod cookies;
mod device;
mod discover;
mod header;
mod hostile;
mod loopback;
mod oauth;
mod replay;
mod requests;

use std::borrow::Cow;
use std::time::Duration;

use serde_json::Value;

use super::link::ClientSecrets;
use super::server::Server;
use super::*;
use crate::core::key::Key;
use crate::core::profile::Profile;
use crate::core::profile::language::builtin;
use crate::core::time::{Clock, Timestamp};
use crate::net::address::Address;
use crate::net::budget::Budget;
use crate::net::client::Client;
use crate::net::testing::{self, Received};
use crate::session::testing::Counter;

/// A clock that stands.
pub(super) struct Standing(pub(super) i64);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.0)
    }
}

/// A built-in profile, without the server that it may imitate.
pub(super) fn profile(name: &str) -> Profile {
    Profile {
        model: Cow::Borrowed(builtin::model(name).unwrap()),
        ..Profile::default()
    }
}

/// A profile with changes, as `--set` makes them.
pub(super) fn changed(name: &str, changes: &[(&str, &str)]) -> Profile {
    crate::core::profile::testing::changed(name, changes).unwrap()
}

pub(super) fn secret(text: &str) -> Secret {
    Secret::new(text.as_bytes().to_vec())
}

pub(super) fn text(secret: &Secret) -> &str {
    std::str::from_utf8(secret.expose()).unwrap()
}

pub(super) const PASSWORD: &str = "wonderland";

/// A password of alice.
pub(super) fn by_password(password: &Secret) -> Grant<'_> {
    Grant::Password {
        user: "alice",
        password,
    }
}

/// Speaks to a server at a moment.
pub(super) fn at<T>(
    now: i64,
    server: &Server,
    profile: &Profile,
    speak: impl FnOnce(&mut Live<'_>) -> T,
) -> T {
    let (client, clock) = (testing::client(), Standing(now));
    speak(&mut Live {
        client: &client,
        server,
        profile,
        secrets: ClientSecrets::default(),
        skew: 0,
        budget: Budget::new(Duration::from_secs(15)),
        clock: &clock,
        entropy: &mut Counter(0),
    })
}

/// The server at an address of a test's server.
pub(super) fn server(url: &str) -> Server {
    Server::new(Address::parse(url).unwrap())
}

pub(super) fn json(received: &Received) -> Value {
    serde_json::from_str(&received.body).unwrap()
}

/// Answers with a JSON body, whatever is asked.
pub(super) fn answering(status: &'static str, body: &'static str) -> testing::Server {
    testing::Server::of(move |_| {
        let fields = "Content-Type: application/json\r\n".to_owned();
        (status, fields, body.to_owned())
    })
}
