//! A real Django server of its own process: started on a free port, asked over HTTP, gone with the test.
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::given::given;
use crate::interop;
use crate::process::{Run, SECRET, TempDir};

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stack {
    SimpleJwt,
    DrfJwt,
    DrfJwtLegacy,
}

impl Stack {
    /// The name of its profile, of its requirements and of its virtual environment.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SimpleJwt => "simplejwt",
            Self::DrfJwt => "drf-jwt",
            Self::DrfJwtLegacy => "drf-jwt-legacy",
        }
    }
    /// The setting that holds the algorithm.
    const fn algorithm(self) -> &'static str {
        match self {
            Self::SimpleJwt => "ALGORITHM",
            _ => "JWT_ALGORITHM",
        }
    }
}

/// The users of `django_server.py`, as a profile's `users` holds them.
const USERS: &str = "[\
     {name = \"alice\", id = 1, email = \"alice@example.com\"}, \
     {name = \"bob\", id = 2, email = \"bob@example.com\"}, \
     {name = \"carol\", id = 3, email = \"carol@example.com\", active = false}]";

/// A setting: Django's name, the value as it stands in a settings.py, and as it stands in our config file.
pub(crate) type Setting = (&'static str, &'static str, &'static str);

/// An algorithm, with the files of the key that signs and of the key that verifies; none for the secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signing {
    pub algorithm: &'static str,
    pub files: Option<(&'static str, &'static str)>,
}

pub(crate) const HS256: Signing = Signing {
    algorithm: "HS256",
    files: None,
};

/// What the servers sign with, one of each kind of key and of each length of digest.
pub(crate) const SIGNINGS: [Signing; 8] = [
    HS256,
    Signing {
        algorithm: "HS512",
        files: None,
    },
    Signing {
        algorithm: "RS256",
        files: Some(("rsa-2048.pkcs8.pem", "rsa-2048.spki.pem")),
    },
    Signing {
        algorithm: "PS384",
        files: Some(("rsa-2048.pkcs1.pem", "rsa-2048.spki.pem")),
    },
    Signing {
        algorithm: "ES256",
        files: Some(("ec-p256.sec1.pem", "ec-p256.spki.pem")),
    },
    Signing {
        algorithm: "ES384",
        files: Some(("ec-p384.pkcs8.pem", "ec-p384.spki.pem")),
    },
    Signing {
        algorithm: "ES512",
        files: Some(("ec-p521.pkcs8.pem", "ec-p521.spki.pem")),
    },
    Signing {
        algorithm: "EdDSA",
        files: Some(("ed25519.pkcs8.pem", "ed25519.spki.pem")),
    },
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/keys")
        .join(name)
}

impl Signing {
    /// The key that signs, and the one that verifies, as text.
    pub(crate) fn texts(self) -> (String, String) {
        let read = |name| std::fs::read_to_string(fixture(name)).unwrap();
        match self.files {
            Some((private, public)) => (read(private), read(public)),
            None => (SECRET.to_owned(), SECRET.to_owned()),
        }
    }
}

/// How the program is told what the server is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingsInput {
    /// By the config file, values in our own forms.
    ByConfig,
    /// By `--set`, values as in the settings.py.
    BySet,
}

impl SettingsInput {
    pub(crate) const ALL: [Self; 2] = [Self::ByConfig, Self::BySet];
}

/// The folder with a virtual environment for each stack; none if the tests are to be skipped.
pub(crate) fn environments() -> Option<PathBuf> {
    given(
        "JWTSESS_DJANGO",
        "a folder with a virtual environment for each of tests/interop/*.txt",
    )
}

/// A running server, and what the program needs to know of it.
pub(crate) struct DjangoServer {
    pub stack: Stack,
    pub signing: Signing,
    settings: Vec<Setting>,
    process: Child,
    port: u16,
    folder: TempDir,
    /// Its database, as the program's `--store` names it.
    pub store: String,
}

/// What it answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Response {
    pub status: u16,
    /// None if it is no JSON.
    pub body: Option<Value>,
    pub headers: BTreeMap<String, String>,
}

impl DjangoServer {
    /// Starts one and waits until it listens.
    pub(crate) fn start(
        environments: &Path,
        stack: Stack,
        signing: Signing,
        settings: &[Setting],
    ) -> Self {
        Self::start_over(environments, stack, signing, settings, None)
    }

    /// The same, its tables in a schema of its own in PostgreSQL where a server is named.
    pub(crate) fn start_over(
        environments: &Path,
        stack: Stack,
        signing: Signing,
        settings: &[Setting],
        postgres: Option<&str>,
    ) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = TempDir::new();
        let python = environments.join(stack.name()).join("bin/python");
        let algorithm = format!("'{}'", signing.algorithm);
        let mut django: BTreeMap<&str, &str> = settings
            .iter()
            .map(|(name, python, _)| (*name, *python))
            .collect();
        django.insert(stack.algorithm(), &algorithm);
        let (signing_key, verifying_key) = signing.texts();
        let mut given = json!({
            "database": folder.path().join("db.sqlite3"),
            "settings": django,
            "signing_key": signing_key,
            "verifying_key": verifying_key,
        });
        let mut store = format!("django+sqlite://{}", given["database"].as_str().unwrap());
        if let Some(address) = postgres {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let schema = format!("server_{}_{count}", std::process::id());
            store = format!("django+{address}&options=-csearch_path%3D{schema}");
            given["database"] = address.split('?').next().into();
            given["schema"] = schema.into();
        }
        let (process, port) = interop::start(&python, "django_server.py", [stack.name()], &given);
        let server = Self {
            stack,
            signing,
            settings: settings.to_vec(),
            process,
            port,
            folder,
            store,
        };
        server.write_config();
        server
    }

    /// Profiles that say what the server is set to; with `bare-` before their names, profiles that do not; and with `db-`, profiles that do, but do not know
    /// its users.
    fn write_config(&self) {
        let mut config = String::new();
        let sliding = (self.stack == Stack::SimpleJwt).then_some("simplejwt-sliding");
        for base in std::iter::once(self.stack.name()).chain(sliding) {
            let start = format!("extends = \"{base}\"\nusers = {USERS}\n");
            _ = write!(
                config,
                "[profiles.bare-{base}]\n{start}[profiles.app-{base}]\n{start}"
            );
            let algorithm = self.signing.algorithm;
            let mut set = format!("{} = \"{algorithm}\"\n", self.stack.algorithm());
            for (name, _, toml) in &self.settings {
                _ = writeln!(set, "{name} = {toml}");
            }
            _ = write!(
                config,
                "{set}[profiles.db-{base}]\nextends = \"{base}\"\n{set}"
            );
        }
        self.folder.file("config.toml", config);
    }

    /// Which one this is, for the message of a test that fails.
    pub(crate) fn what(&self) -> String {
        let settings: Vec<String> = self
            .settings
            .iter()
            .map(|(name, python, _)| format!("{name} = {python}"))
            .collect();
        let (name, algorithm) = (self.stack.name(), self.signing.algorithm);
        format!("{name} with {algorithm}, {}", settings.join(", "))
    }

    /// Whether it is set so.
    pub(crate) fn is_set(&self, name: &str, python: &str) -> bool {
        self.settings
            .iter()
            .any(|(setting, value, _)| (*setting, *value) == (name, python))
    }

    /// A run of the program that knows the server's settings and the key that signs. `base` is the built-in profile.
    pub(crate) fn jwtsess(&self, told: SettingsInput, base: &str, args: &[&str]) -> Run {
        let mut all: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        let config = self.folder.path().join("config.toml");
        all.extend(["--config".to_owned(), config.to_str().unwrap().to_owned()]);
        all.push("--profile".to_owned());
        match told {
            SettingsInput::ByConfig => all.push(format!("app-{base}")),
            SettingsInput::BySet => {
                all.push(format!("bare-{base}"));
                all.push("--set".to_owned());
                all.push(format!(
                    "{}={}",
                    self.stack.algorithm(),
                    self.signing.algorithm
                ));
                for (name, python, _) in &self.settings {
                    all.push("--set".to_owned());
                    all.push(format!("{name}={python}"));
                }
            }
        }
        match self.signing.files {
            Some((private, _)) => {
                all.push("--key".to_owned());
                all.push(fixture(private).to_str().unwrap().to_owned());
                Run::new(all)
            }
            None => Run::new(all).env("JWTSESS_SECRET", format!("raw:{SECRET}")),
        }
    }

    /// A run of the program with the server's own database as its store, which alone knows the users.
    pub(crate) fn over_its_database(&self, base: &str, args: &[&str]) -> Run {
        let config = self.folder.path().join("config.toml");
        let named = [
            "--profile".to_owned(),
            format!("db-{base}"),
            "--config".to_owned(),
        ];
        let mut all: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        all.extend(named);
        all.push(config.to_str().unwrap().to_owned());
        Run::new(all)
            .env("JWTSESS_SECRET", format!("raw:{SECRET}"))
            .env("JWTSESS_STORE", &self.store)
    }

    /// Posts an object as JSON.
    pub(crate) fn post(&self, view: &str, body: &Value) -> Response {
        self.ask("POST", view, None, Some(body))
    }

    /// Asks a view with the token in its header.
    pub(crate) fn get(&self, view: &str, token: &str) -> Response {
        self.ask("GET", view, Some(token), None)
    }

    /// Has simplejwt's server delete the record of a token.
    pub(crate) fn forget(&self, jti: &str) {
        let answer = self.ask("DELETE", "outstanding", None, Some(&json!({"jti": jti})));
        assert!(answer.is_success(), "{answer:?}");
    }

    /// Posts nothing, with the token in the header.
    pub(crate) fn post_as(&self, view: &str, token: &str) -> Response {
        self.ask("POST", view, Some(token), Some(&json!({})))
    }

    /// The tokens of a login, by the fields of the answer.
    pub(crate) fn log_in(&self, view: &str, user: &str) -> BTreeMap<String, String> {
        let password = format!("{user}-password");
        let answer = self.post(view, &json!({"username": user, "password": password}));
        assert!(answer.is_success(), "{user} can't log in: {answer:?}");
        answer.tokens()
    }

    fn ask(&self, method: &str, view: &str, token: Option<&str>, body: Option<&Value>) -> Response {
        let scheme = self
            .settings
            .iter()
            .find(|(name, ..)| *name == "JWT_AUTH_HEADER_PREFIX")
            .map_or(
                if self.stack == Stack::DrfJwtLegacy {
                    "JWT"
                } else {
                    "Bearer"
                },
                |(_, python, _)| python.trim_matches('\''),
            );
        let token = token.map(|token| ("Authorization", format!("{scheme} {token}")));
        let mut headers = vec![("Content-Type", "application/json")];
        headers.extend(token.as_ref().map(|(name, value)| (*name, value.as_str())));
        let body = body.map(Value::to_string).unwrap_or_default();
        ask(self.port, method, &format!("/{view}"), &headers, &body)
    }
}

/// Asks a server on this port.
pub(crate) fn ask(
    port: u16,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response {
    let mut request =
        format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    for (name, value) in headers {
        _ = write!(request, "{name}: {value}\r\n");
    }
    _ = write!(request, "Content-Length: {}\r\n\r\n{body}", body.len());
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    Response::read(&answer)
}

impl Drop for DjangoServer {
    fn drop(&mut self) {
        if self.store.starts_with("django+sqlite:") {
            _ = self.process.kill();
        } else {
            // It drops its tables when its standard input ends.
            drop(self.process.stdin.take());
        }
        _ = self.process.wait();
    }
}

impl Response {
    fn read(answer: &str) -> Self {
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self {
            status: status.parse().unwrap(),
            body: serde_json::from_str(body).ok(),
            headers,
        }
    }
    pub(crate) const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
    /// The texts of the body's object.
    pub(crate) fn tokens(&self) -> BTreeMap<String, String> {
        let body = self.body.as_ref().and_then(Value::as_object).unwrap();
        body.iter()
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect()
    }
}
