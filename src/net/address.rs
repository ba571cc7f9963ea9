//! Addresses and origins: which are understood, when two are the same, and which may be reached without encryption.
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use iri_string::types::{UriAbsoluteStr, UriReferenceStr, UriStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::core::echo;

/// The scheme of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scheme {
    /// `http`.
    Http,
    /// `https`.
    Https,
}

impl Scheme {
    const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
    const fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// Scheme, host and port of an address (RFC 6454 §4). The host is in lower case, an IPv6 address in its short form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Origin {
    scheme: Scheme,
    host: String,
    port: u16,
}

impl Origin {
    /// The host, without the brackets of an IPv6 address.
    #[must_use]
    pub(crate) fn host(&self) -> &str {
        &self.host
    }
    /// The port, whether or not it is the scheme's.
    #[must_use]
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }
    /// Host and port, as `--allow-http` takes them; the words for them if they may not be shown.
    #[must_use]
    pub(crate) fn host_and_port(&self) -> String {
        let Self { scheme, host, port } = self;
        let scheme = scheme.name();
        let whole = safe(format!("{scheme}://{}:{port}", bracketed(host)));
        let bare = whole
            .strip_prefix(scheme)
            .and_then(|rest| rest.strip_prefix("://"));
        bare.unwrap_or("HOST:PORT").to_owned()
    }
    /// The text that a request holds.
    #[must_use]
    pub(crate) fn as_sent(&self) -> String {
        let Self { scheme, host, port } = self;
        let (scheme, usual) = (scheme.name(), scheme.port());
        let host = bracketed(host);
        if *port == usual {
            format!("{scheme}://{host}")
        } else {
            format!("{scheme}://{host}:{port}")
        }
    }
    /// Whether what is sent there is encrypted.
    #[must_use]
    pub(crate) const fn is_encrypted(&self) -> bool {
        matches!(self.scheme, Scheme::Https)
    }
    /// Whether it is this machine: `localhost`, `127.0.0.0/8`, `::1`.
    #[must_use]
    pub(crate) fn is_loopback(&self) -> bool {
        let is_loopback = |ip: IpAddr| ip.is_loopback();
        is_localhost(&self.host) || self.host.parse().is_ok_and(is_loopback)
    }
}

/// As it may be shown.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&safe(self.as_sent()))
    }
}

/// What may be a secret that was pasted in an address's place is described.
fn safe(text: String) -> String {
    if echo::place(&text).is_some() {
        return text;
    }
    format!("an address ({})", echo::described(&text))
}

/// Whether a host is the name that is resolved to this machine without asking anybody.
#[must_use]
pub(crate) fn is_localhost(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
}

/// The addresses of `localhost`.
pub(crate) const LOCALHOST: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::LOCALHOST),
    IpAddr::V6(Ipv6Addr::LOCALHOST),
];

fn bracketed(host: &str) -> String {
    if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

/// The address of something that is reached over HTTP: absolute, without a user, a password or a fragment.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address {
    text: String,
    origin: Origin,
    path: String,
    query: Option<String>,
}

/// Leaves the query out, which may hold a secret.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

/// The address without its query, as it may be shown.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&safe(format!("{}{}", self.origin.as_sent(), self.path)))
    }
}

/// Why a text is not an address. It quotes nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AddressError {
    /// A character outside ASCII in the host.
    #[error("its host is not ASCII: write it as xn--…")]
    ForeignHost,
    /// `user:password@`.
    #[error("it holds a user or a password before the host: give them in another way")]
    UserInfo,
    /// Another scheme, or none.
    #[error("it does not begin with https://")]
    Scheme,
    /// A fragment, which is never sent.
    #[error("it has a part behind #, which is never sent")]
    Fragment,
    /// A host that is no name and no IP address.
    #[error("its host is no name and no IP address")]
    Host,
    /// A port that is no number from 1 to 65535.
    #[error("its port is no number from 1 to 65535")]
    Port,
    /// An origin with a path or a query.
    #[error("it has a part behind the host: an origin is https://HOST[:PORT]")]
    NoOrigin,
    /// Not what RFC 3986 calls a URI.
    #[error("it is no address (RFC 3986)")]
    Syntax,
}

impl Address {
    /// Reads an absolute address.
    ///
    /// # Errors
    /// See [`AddressError`].
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let begins = |with: &str| {
            text.get(..with.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(with))
        };
        if !begins("https://") && !begins("http://") {
            return Err(AddressError::Scheme);
        }
        let behind = text.split_once("://").map_or("", |(_, behind)| behind);
        let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(AddressError::UserInfo);
        }
        if !authority.is_ascii() {
            return Err(AddressError::ForeignHost);
        }
        let uri = UriStr::new(text).map_err(|_| AddressError::Syntax)?;
        if uri.fragment().is_some() {
            return Err(AddressError::Fragment);
        }
        let scheme = if begins("https://") {
            Scheme::Https
        } else {
            Scheme::Http
        };
        let parts = uri.authority_components().ok_or(AddressError::Host)?;
        let port = match parts.port() {
            None => scheme.port(),
            Some(digits) => port(digits)?,
        };
        let host = host(parts.host())?;
        let origin = Origin { scheme, host, port };
        let path = match uri.path_str() {
            "" => "/".to_owned(),
            path => path.to_owned(),
        };
        let query = uri.query_str().map(str::to_owned);
        Ok(Self {
            text: text.to_owned(),
            origin,
            path,
            query,
        })
    }
    /// The address that a reference means here (RFC 3986 §5).
    ///
    /// # Errors
    /// It is no reference, or what it means is no address.
    pub(crate) fn join(&self, reference: &str) -> Result<Self, AddressError> {
        let whole = self.as_sent();
        let base = UriAbsoluteStr::new(&whole).map_err(|_| AddressError::Syntax)?;
        let reference = UriReferenceStr::new(reference).map_err(|_| AddressError::Syntax)?;
        let joined = reference.resolve_against(base).to_string();
        // A fragment belongs to whoever follows the reference (RFC 9110 §10.2.2).
        let without = joined.split('#').next().unwrap_or_default();
        Self::parse(without)
    }
    /// The text as it was given.
    #[must_use]
    pub(crate) fn as_given(&self) -> &str {
        &self.text
    }
    /// The text that a request is sent to: host in lower case, no port if it is the scheme's, `/` for an empty path.
    #[must_use]
    pub(crate) fn as_sent(&self) -> String {
        let Self { origin, path, .. } = self;
        match &self.query {
            Some(query) => format!("{}{path}?{query}", origin.as_sent()),
            None => format!("{}{path}", origin.as_sent()),
        }
    }
    /// Another address on the same origin. `path` begins with `/` and is made of the paths of addresses.
    pub(super) fn at_path(&self, path: &str) -> Self {
        Self {
            text: format!("{}{path}", self.origin.as_sent()),
            origin: self.origin.clone(),
            path: path.to_owned(),
            query: None,
        }
    }
    /// Its origin.
    #[must_use]
    pub(crate) const fn origin(&self) -> &Origin {
        &self.origin
    }
    /// Its path, which begins with `/`.
    #[must_use]
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
    /// Its query, without the question mark.
    #[must_use]
    pub(crate) fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }
}

fn port(digits: &str) -> Result<u16, AddressError> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(port @ 1..) if plain => Ok(port),
        _ => Err(AddressError::Port),
    }
}

/// A host as it is compared: a name in lower case, or an IP address in its usual form.
fn host(text: &str) -> Result<String, AddressError> {
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.strip_suffix(']').ok_or(AddressError::Host)?;
        let address: Ipv6Addr = inner.parse().map_err(|_| AddressError::Host)?;
        return Ok(address.to_string());
    }
    let of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if text.is_empty() || text.len() > LONGEST_NAME || !text.bytes().all(of_a_name) {
        return Err(AddressError::Host);
    }
    Ok(text.to_ascii_lowercase())
}

/// RFC 1035 §2.3.4.
const LONGEST_NAME: usize = 253;

/// A host that may be reached without encryption, `HOST[:PORT]`. Without a port, any port of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlainHost {
    host: String,
    port: Option<u16>,
}

impl PlainHost {
    /// Whether it names the origin's host.
    #[must_use]
    pub(crate) fn covers(&self, origin: &Origin) -> bool {
        self.host == origin.host && self.port.is_none_or(|port| port == origin.port)
    }
}

impl std::str::FromStr for PlainHost {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains("://") || text.contains('/') {
            return Err(AddressError::Host);
        }
        let address = Address::parse(&format!("http://{text}"))?;
        let has_port = text.rsplit(']').next().is_some_and(|end| end.contains(':'));
        Ok(Self {
            port: has_port.then_some(address.origin.port),
            host: address.origin.host,
        })
    }
}

impl fmt::Display for PlainHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bracketed(&self.host))?;
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

impl std::str::FromStr for Origin {
    type Err = AddressError;
    /// Reads an origin: an address without anything behind the host and the port but, at most, a `/`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let address = Address::parse(text)?;
        if address.path != "/" || address.query.is_some() {
            return Err(AddressError::NoOrigin);
        }
        Ok(address.origin)
    }
}

impl std::str::FromStr for Address {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Written and read as texts, as a person types them.
macro_rules! as_text {
    ($type:ty, $text:expr) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&$text(self))
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

as_text!(Address, |address: &Address| address.text.clone());
as_text!(Origin, Origin::as_sent);
as_text!(PlainHost, PlainHost::to_string);

#[cfg(test)]
mod tests;
