//! Reads `postgres://…`: which hosts to ask, as which role, and whether the connection has to be encrypted. The password is kept apart and never shown.
use std::borrow::Cow;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use postgres::config::{ChannelBinding, TargetSessionAttrs};

use crate::core::secret::Secret;

/// PostgreSQL's default port.
const DEFAULT_PORT: u16 = 5432;
/// How long a host may take to answer a connection attempt, if the address does not say it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The address of a PostgreSQL store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The hosts, tried one after another.
    pub(super) hosts: Vec<Host>,
    /// The role, if the address names it.
    pub(super) user: Option<String>,
    /// The password, if the address holds it.
    pub(super) password: Option<Secret>,
    /// The database, if the address names it. Otherwise it is the one with the role's name.
    pub(super) database: Option<String>,
    /// Whether the address asks for TLS by name. Then even a host of this machine needs it.
    pub(super) asks_for_tls: bool,
    /// `sslrootcert`: the file of the authorities to trust, in place of the platform's.
    pub(super) authorities: Option<PathBuf>,
    /// Settings that are passed to the server, as libpq does.
    pub(super) options: Option<String>,
    /// The name of the connection in the server's views.
    pub(super) application: String,
    /// How long a host may take to answer a connection attempt.
    pub(super) timeout: Duration,
    /// Whether the host has to accept writes.
    pub(super) target: TargetSessionAttrs,
    /// Whether the proof of the password is bound to the TLS connection.
    pub(super) channel_binding: ChannelBinding,
}

/// One host of an address, with its port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host {
    /// A name, an address, or the folder of a socket.
    pub(super) name: String,
    pub(super) port: u16,
}

impl Host {
    /// Whether the name is the folder of a socket.
    pub(super) fn is_socket(&self) -> bool {
        self.name.starts_with('/')
    }
    /// Whether data that is sent to the host stays on this machine.
    pub(super) fn is_local(&self) -> bool {
        self.is_socket()
            || self.name.eq_ignore_ascii_case("localhost")
            || self
                .name
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }
}

impl std::fmt::Display for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.name.contains(':') {
            write!(f, "[{}]:{}", self.name, self.port)
        } else {
            write!(f, "{}:{}", self.name, self.port)
        }
    }
}

/// What is wrong with an address. It never quotes a value: a value in the wrong place may be a piece of the password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It does not begin with `postgres://` or `postgresql://`.
    #[error("it does not begin with postgres://")]
    Scheme,
    /// A character in the user or the password ends its part of the address too early.
    #[error("in its user and password, write @ / ? and # as %40 %2F %3F and %23")]
    Reserved,
    /// A `%` without two hexadecimal digits behind it, or bytes that are not UTF-8.
    #[error("a % must be followed by two hexadecimal digits, and the bytes must be UTF-8")]
    Percent,
    /// A port that is not a number from 1 to 65535.
    #[error("its port is not a number from 1 to 65535")]
    Port,
    /// The number of ports differs from that of hosts.
    #[error("it does not have as many ports as hosts")]
    Ports,
    /// A setting that jwtsess does not know.
    #[error("its setting {0} is not known; the known ones are {KNOWN}")]
    Unknown(String),
    /// A setting with a value that it can't have.
    #[error("its {0} must be {1}")]
    Value(&'static str, &'static str),
    /// The address asks for plain text to another host, where anyone on the network could read and change the sessions.
    #[error(
        "sslmode=disable is only for this machine: jwtsess connects to {0} over TLS or not at all"
    )]
    Plain(String),
}

/// The known settings, for the error message.
const KNOWN: &str = "host, port, user, password, dbname, sslmode, sslrootcert, options, application_name, connect_timeout, target_session_attrs, channel_binding";

/// Whether a text begins like such an address.
#[must_use]
pub(crate) fn is_address(text: &str) -> bool {
    without_scheme(text).is_some()
}

fn without_scheme(text: &str) -> Option<&str> {
    text.strip_prefix("postgres://")
        .or_else(|| text.strip_prefix("postgresql://"))
}

impl Address {
    /// Reads an address in the form that libpq uses (PostgreSQL, "Connection URIs").
    ///
    /// # Errors
    /// See [`AddressError`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let rest = without_scheme(text).ok_or(AddressError::Scheme)?;
        let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, database) = before.split_once('/').unwrap_or((before, ""));
        // Without this check, a password with one of these characters would end early. Its rest would become a host's or a database's name, and those are
        // shown.
        if query.contains('@')
            || database.contains(['@', '/'])
            || rest.contains('#')
            || authority.matches('@').count() > 1
        {
            return Err(AddressError::Reserved);
        }
        let (login, hosts) = match authority.split_once('@') {
            Some((login, hosts)) => (Some(login), hosts),
            None => (None, authority),
        };
        let mut address = Self {
            hosts: Vec::new(),
            user: None,
            password: None,
            database: some(decoded(database)?),
            asks_for_tls: false,
            authorities: None,
            options: None,
            application: "jwtsess".to_owned(),
            timeout: CONNECT_TIMEOUT,
            target: TargetSessionAttrs::Any,
            channel_binding: ChannelBinding::Prefer,
        };
        if let Some(login) = login {
            let (user, password) = login.split_once(':').unwrap_or((login, ""));
            address.user = some(decoded(user)?);
            address.password = some(decoded(password)?).map(secret);
        }
        let (mut names, mut ports) = names_and_ports(hosts)?;
        let mut plain = false;
        for setting in query.split('&').filter(|setting| !setting.is_empty()) {
            let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
            let value = decoded(value)?;
            match key {
                "host" => names = value.split(',').map(str::to_owned).collect(),
                "port" => ports = value.split(',').map(port).collect::<Result<_, _>>()?,
                "sslmode" => (plain, address.asks_for_tls) = tls_mode(&value)?,
                _ => address.set(key, value)?,
            }
        }
        address.hosts = hosts_of(names, &ports)?;
        if let Some(remote) = address.hosts.iter().find(|host| plain && !host.is_local()) {
            return Err(AddressError::Plain(remote.name.clone()));
        }
        Ok(address)
    }

    fn set(&mut self, key: &str, value: String) -> Result<(), AddressError> {
        match key {
            "user" => self.user = some(value),
            "password" => self.password = some(value).map(secret),
            "dbname" => self.database = some(value),
            "options" => self.options = some(value),
            "application_name" => self.application = value,
            // libpq's word for the platform's own authorities.
            "sslrootcert" => {
                self.authorities = (value != "system" && !value.is_empty()).then(|| value.into());
            }
            "connect_timeout" => {
                let seconds = value.parse().ok().filter(|seconds| *seconds > 0);
                let wrong =
                    AddressError::Value("connect_timeout", "a number of seconds, at least 1");
                self.timeout = Duration::from_secs(seconds.ok_or(wrong)?);
            }
            "target_session_attrs" => {
                self.target = match &*value {
                    "any" => TargetSessionAttrs::Any,
                    "read-write" | "primary" => TargetSessionAttrs::ReadWrite,
                    "read-only" | "standby" => TargetSessionAttrs::ReadOnly,
                    _ => {
                        let may = "any, read-write, read-only, primary or standby";
                        return Err(AddressError::Value("target_session_attrs", may));
                    }
                };
            }
            "channel_binding" => {
                self.channel_binding = match &*value {
                    "disable" => ChannelBinding::Disable,
                    "prefer" => ChannelBinding::Prefer,
                    "require" => ChannelBinding::Require,
                    _ => {
                        let may = "disable, prefer or require";
                        return Err(AddressError::Value("channel_binding", may));
                    }
                };
            }
            _ => return Err(AddressError::Unknown(word(key))),
        }
        Ok(())
    }

    /// Whether the connection to a host needs TLS: always for another machine, and for a TCP host of this machine if the address asks for it by name.
    pub(super) fn needs_tls(&self, host: &Host) -> bool {
        !host.is_local() || (self.asks_for_tls && !host.is_socket())
    }

    /// The address in the form that may be shown: without the password and the settings.
    #[must_use]
    pub fn name(&self) -> String {
        let user = self.user.as_ref().map(|user| encoded(user) + "@");
        let database = self.database.as_ref().map(|name| encoded(name));
        let hosts: Vec<String> = self.hosts.iter().map(shown).collect();
        let mut name = format!("postgres://{}{}", user.unwrap_or_default(), hosts.join(","));
        if let Some(database) = database {
            name.push('/');
            name.push_str(&database);
        }
        name
    }
}

/// Writes a host as it stands in an address.
fn shown(host: &Host) -> String {
    let name = match host.name.parse() {
        Ok(IpAddr::V6(address)) => format!("[{address}]"),
        _ => encoded(&host.name),
    };
    match host.port {
        DEFAULT_PORT => name,
        port => format!("{name}:{port}"),
    }
}

fn secret(text: String) -> Secret {
    Secret::new(text.into_bytes())
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// A setting's name, if it is a word. Anything else may be a piece of something secret, and is not repeated.
fn word(key: &str) -> String {
    let is_word = key.len() <= 40
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_word { key } else { "of another name" }.to_owned()
}

/// Whether the address asks for plain text, and whether it asks for TLS. Where libpq would use TLS without verifying the server, it is verified here.
fn tls_mode(mode: &str) -> Result<(bool, bool), AddressError> {
    match mode {
        "disable" => Ok((true, false)),
        // These modes change nothing: a host of this machine gets no TLS, and any other has to have it.
        "allow" | "prefer" => Ok((false, false)),
        "require" | "verify-ca" | "verify-full" => Ok((false, true)),
        _ => Err(AddressError::Value(
            "sslmode",
            "disable, allow, prefer, require, verify-ca or verify-full",
        )),
    }
}

fn port(text: &str) -> Result<u16, AddressError> {
    let port = text.parse().map_err(|_| AddressError::Port)?;
    if port == 0 {
        return Err(AddressError::Port);
    }
    Ok(port)
}

/// Reads a list such as `db1:5432,[::1]:5433,%2Frun%2Fpostgresql`.
fn names_and_ports(hosts: &str) -> Result<(Vec<String>, Vec<u16>), AddressError> {
    let (mut names, mut ports) = (Vec::new(), Vec::new());
    for host in hosts.split(',') {
        let (name, behind) = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
            Some((name, behind)) => (name, behind),
            None => host.split_at(host.find(':').unwrap_or(host.len())),
        };
        names.push(decoded(name)?);
        ports.push(match behind.strip_prefix(':') {
            Some(text) => port(text)?,
            None if behind.is_empty() => DEFAULT_PORT,
            None => return Err(AddressError::Port),
        });
    }
    Ok((names, ports))
}

fn hosts_of(names: Vec<String>, ports: &[u16]) -> Result<Vec<Host>, AddressError> {
    let port_of = |at: usize| match ports {
        [one] => Ok(*one),
        many => many.get(at).copied().ok_or(AddressError::Ports),
    };
    if ports.len() > names.len() {
        return Err(AddressError::Ports);
    }
    let mut hosts = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let port = port_of(at)?;
        // An empty host means this machine: the socket where Debian and Red Hat put it, otherwise the loopback. The socket in /tmp is not tried, because anyone
        // can put one there.
        let names = match name.is_empty() {
            true if cfg!(unix) => vec!["/var/run/postgresql".to_owned(), "localhost".to_owned()],
            true => vec!["localhost".to_owned()],
            false => vec![name],
        };
        hosts.extend(names.into_iter().map(|name| Host { name, port }));
    }
    Ok(hosts)
}

fn decoded(text: &str) -> Result<String, AddressError> {
    let spelled = |behind: &str| {
        let digits = behind.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !text.split('%').skip(1).all(spelled) {
        return Err(AddressError::Percent);
    }
    let text = percent_decode_str(text).decode_utf8();
    text.map(Cow::into_owned).map_err(|_| AddressError::Percent)
}

/// Percent-encodes everything but RFC 3986's unreserved characters and the letters of other scripts.
fn encoded(text: &str) -> String {
    let mut bytes = [0; 4];
    text.chars().fold(String::new(), |mut encoded, character| {
        match character {
            '-' | '.' | '_' | '~' => encoded.push(character),
            _ if character.is_alphanumeric() => encoded.push(character),
            _ => {
                let bytes = character.encode_utf8(&mut bytes);
                encoded.extend(utf8_percent_encode(bytes, NON_ALPHANUMERIC));
            }
        }
        encoded
    })
}
