//! A server and how to reach it: its address, what the environment adds to it, and the connection.
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use postgres::config::SslMode;
use postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::address::{Address, Host};
use super::failure::{self, pause};
use super::passfile;
use crate::core::secret::Secret;
use crate::session::store::StoreError;
use crate::tls::{self, Authorities};

/// How often to ask again if a server has no place for one more connection.
const ATTEMPTS: u32 = 12;
/// A silent connection is given up after 10 + 3 · 5 seconds: idle time, interval between probes, number of probes.
const SILENCE: (Duration, Duration, u32) = (Duration::from_secs(10), Duration::from_secs(5), 3);

/// What a connection may read from the machine, besides its address.
pub struct Surroundings<'a> {
    /// Reads a variable of the environment.
    pub variable: &'a dyn Fn(&str) -> Option<OsString>,
    /// Reads a file. `None` if there is none.
    pub file: &'a dyn Fn(&Path) -> Result<Option<PrivateFile>, String>,
}

/// A file that only its owner should be able to read.
#[derive(Debug)]
pub struct PrivateFile {
    /// The file's content.
    pub content: Secret,
    /// Whether its group or others may read or write it.
    pub open_to_others: bool,
}

/// How to reach a server. It has no `Debug`, because it holds the password.
pub(crate) struct ConnectionPlan {
    /// The address without the password.
    pub(crate) name: String,
    /// Warnings for the user: a password file that was not used.
    pub(crate) warnings: Vec<String>,
    targets: Vec<ConnectionTarget>,
    timeout: Duration,
}

struct ConnectionTarget {
    host: Host,
    config: Config,
    /// `None` if the connection uses no TLS.
    connector: Option<MakeRustlsConnect>,
}

impl ConnectionPlan {
    /// Combines what the address says and what the machine adds: the role, its password, the authorities to trust.
    pub(crate) fn new(address: &Address, around: &Surroundings) -> Result<Self, StoreError> {
        let variable = |name: &str| {
            let value = (around.variable)(name)?;
            value.into_string().ok().filter(|value| !value.is_empty())
        };
        let user = address
            .user
            .clone()
            .or_else(|| ["PGUSER", "USER", "LOGNAME"].into_iter().find_map(variable))
            .ok_or_else(|| unreachable("its address names no user, and PGUSER is not set"))?;
        let database = address.database.as_ref().unwrap_or(&user);
        let mut warnings = Vec::new();
        let mut given = address.password.clone();
        given = given.or_else(|| variable("PGPASSWORD").map(|text| Secret::new(text.into_bytes())));
        let passfile = match given {
            Some(_) => None,
            None => password_file(around, &mut warnings),
        };
        let needs_tls = address.hosts.iter().any(|host| address.needs_tls(host));
        let connector = if needs_tls {
            let config = tls::config(&authorities(address, around)).map_err(unreachable)?;
            Some(MakeRustlsConnect::new(config))
        } else {
            None
        };
        let target = |host: &Host| {
            let mut config = Config::new();
            config
                // On systems with sockets, the library takes a folder for that of a socket.
                .host(&host.name)
                .user(&user)
                .dbname(database)
                .application_name(&address.application)
                .connect_timeout(address.timeout)
                .target_session_attrs(address.target)
                .channel_binding(address.channel_binding)
                .keepalives_idle(SILENCE.0)
                .keepalives_interval(SILENCE.1)
                .keepalives_retries(SILENCE.2)
                .tcp_user_timeout(SILENCE.0 + SILENCE.1 * SILENCE.2)
                .port(host.port);
            if let Some(options) = &address.options {
                config.options(options);
            }
            let listed = || passfile::password(passfile.as_ref()?, host, database, &user);
            if let Some(password) = given.clone().or_else(listed) {
                config.password(password.expose());
            }
            let connector = connector.clone().filter(|_| address.needs_tls(host));
            config.ssl_mode(match connector {
                Some(_) => SslMode::Require,
                None => SslMode::Disable,
            });
            ConnectionTarget {
                host: host.clone(),
                config,
                connector,
            }
        };
        let targets = address.hosts.iter().map(target).collect();
        Ok(Self {
            name: address.name(),
            warnings,
            targets,
            timeout: address.timeout,
        })
    }

    /// Makes a new connection to the first host that accepts one.
    pub(super) fn connect(&self) -> Result<Client, StoreError> {
        let mut failures = Vec::new();
        let mut no_login = true;
        for target in &self.targets {
            match self.connect_to(target) {
                Ok(client) => return Ok(client),
                Err((words, refused)) => {
                    no_login &= refused;
                    failures.push(match self.targets.len() {
                        1 => words,
                        _ => format!("{}: {words}", target.host),
                    });
                }
            }
        }
        failures.extend(self.warnings.iter().cloned());
        let words = failures.join("; ");
        Err(if no_login {
            StoreError::NoLogin(words)
        } else {
            StoreError::Unreachable(words)
        })
    }

    /// The error is in words, with whether the server answered and let nobody in.
    fn connect_to(&self, target: &ConnectionTarget) -> Result<Client, (String, bool)> {
        let mut attempt = 0;
        loop {
            let error = match self.call(target).map_err(|words| (words, false))? {
                Ok(client) => return Ok(client),
                Err(error) => error,
            };
            attempt += 1;
            if attempt >= ATTEMPTS || !failure::has_no_place(&error) {
                let words = failure::connecting(&error, &target.host.name);
                return Err((words, failure::is_no_login(&error)));
            }
            pause(attempt);
        }
    }

    /// Makes one connection attempt, in a thread of its own. The client library's own limit covers only the TCP connection, and whatever accepts that may be no
    /// PostgreSQL and never answer.
    fn call(&self, target: &ConnectionTarget) -> Result<Result<Client, postgres::Error>, String> {
        let (tell, told) = mpsc::sync_channel(1);
        let (config, connector) = (target.config.clone(), target.connector.clone());
        let call = move || {
            let connected = match connector {
                Some(connector) => config.connect(connector),
                None => config.connect(NoTls),
            };
            // If the time limit has passed, nobody receives this any more.
            _ = tell.send(connected);
        };
        std::thread::Builder::new()
            .spawn(call)
            .map_err(|error| error.to_string())?;
        let seconds = self.timeout.as_secs();
        told.recv_timeout(self.timeout)
            .map_err(|_| format!("it did not answer within {seconds} s"))
    }
}

fn unreachable(words: impl Into<String>) -> StoreError {
    StoreError::Unreachable(words.into())
}

/// The authorities to trust: those of `sslrootcert`, otherwise of OpenSSL's variables, otherwise the platform's.
fn authorities(address: &Address, around: &Surroundings) -> Authorities {
    let path = |name: &str| {
        let value = (around.variable)(name).filter(|value| !value.is_empty());
        value.map(PathBuf::from)
    };
    let (file, folder) = match &address.authorities {
        Some(file) => (Some(file.clone()), None),
        None => (path("SSL_CERT_FILE"), path("SSL_CERT_DIR")),
    };
    match (file, folder) {
        (None, None) => Authorities::Platform,
        (file, folder) => Authorities::Named { file, folder },
    }
}

/// Reads the file that `PGPASSFILE` names, otherwise `~/.pgpass`. As with libpq, a file that others may read is not used; a warning says so.
fn password_file(around: &Surroundings, warnings: &mut Vec<String>) -> Option<Secret> {
    let folder = |name: &str| {
        (around.variable)(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let named = (around.variable)("PGPASSFILE").filter(|path| !path.is_empty());
    let path = match named {
        Some(path) => PathBuf::from(path),
        None if cfg!(windows) => folder("APPDATA")?.join("postgresql").join("pgpass.conf"),
        None => folder("HOME")?.join(".pgpass"),
    };
    let shown = path.display();
    match (around.file)(&path) {
        Ok(None) => None,
        Ok(Some(file)) if file.open_to_others => {
            warnings.push(format!(
                "the password file {shown} was not used, because other users can read or change it: run chmod 0600 on it"
            ));
            None
        }
        Ok(Some(file)) => Some(file.content),
        Err(words) => {
            warnings.push(format!(
                "the password file {shown} could not be read: {words}"
            ));
            None
        }
    }
}
