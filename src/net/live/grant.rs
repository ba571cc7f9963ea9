//! By what right tokens are asked for.
use std::time::Duration;

use crate::core::secret::Secret;

/// By what right tokens are asked for.
pub(crate) enum Grant<'a> {
    /// A user's password.
    Password {
        /// The login name.
        user: &'a str,
        /// The password.
        password: &'a Secret,
    },
    /// The client's own.
    ClientCredentials,
    /// A refresh token that somebody has already.
    Refresh(&'a Secret),
    /// What a person allows in a browser on this machine (RFC 6749 §4.1 with RFC 7636 and RFC 8252).
    Code(Loopback<'a>),
    /// What a person allows in a browser anywhere (RFC 8628).
    Device {
        /// Tells the person.
        show: &'a dyn Fn(&DevicePrompt),
    },
}

/// Where the browser's answer is awaited.
#[derive(Clone, Copy)]
pub(crate) struct Loopback<'a> {
    /// The host in the redirect's address: `127.0.0.1` or `localhost`.
    pub host: &'a str,
    /// The port; none: one that is free.
    pub port: Option<u16>,
    /// How long the answer is awaited.
    pub wait: Duration,
    /// Tells the person the address, and opens it where there is a browser.
    pub open: &'a dyn Fn(&str),
}

/// What a person needs to allow a device.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DevicePrompt {
    /// The address to open, as the server says it.
    pub verification_uri: String,
    /// The same with the code in it.
    pub verification_uri_complete: Option<String>,
    /// The code to type there.
    pub user_code: String,
    /// How long it is good for.
    pub expires_in: Duration,
}
