//! A real server of its own process, and somebody's machine from which jwtsess logs in to it.
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Child, Command};

use serde_json::{Value, json};

use crate::django_server::{HS256, Response, SIGNINGS, Signing, ask};
use crate::given::given;
use crate::interop;
use crate::process::{PROGRAM, Run, RunResult, SECRET, TempDir};

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys");

/// Which program serves.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stack {
    /// `django_server.py` with the package of a virtual environment of its own.
    Django(&'static str),
    /// `django_server.py` with a package that shares one with the servers of other stacks.
    DjangoBeside(&'static str),
    Flask,
    Authlib,
    Nest,
    Oidc,
}

/// A server, and how somebody says to jwtsess which it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub stack: Stack,
    /// Its settings, as JSON, beside its keys.
    pub settings: &'static str,
    pub signing: Signing,
    /// The built-in profile, and the keys that somebody's own has beside it. None: jwtsess is to see by itself what it is.
    pub profile: Option<(&'static str, &'static str)>,
    /// Where to log in.
    pub path: &'static str,
    /// The words of the login beside it; a + stands for a blank in a word, `KEYS` for the folder of our keys.
    pub login: &'static str,
    /// The cookie that opens the view, instead of a header.
    pub cookie: Option<&'static str>,
}

pub(crate) const SETUP: Setup = Setup {
    stack: Stack::Django("simplejwt"),
    settings: "{}",
    signing: HS256,
    profile: None,
    path: "/",
    login: "--user alice --password env:PASSWORD",
    cookie: None,
};

pub(crate) const SIMPLEJWT: Setup = Setup {
    profile: Some(("simplejwt", "")),
    path: "/api/token/",
    ..SETUP
};

pub(crate) const DRF_JWT: Setup = Setup {
    stack: Stack::Django("drf-jwt"),
    profile: Some(("drf-jwt", "")),
    path: "/api-token-auth/",
    ..SETUP
};

pub(crate) const DRF_JWT_LEGACY: Setup = Setup {
    stack: Stack::Django("drf-jwt-legacy"),
    profile: Some(("drf-jwt-legacy", "")),
    ..DRF_JWT
};

pub(crate) const FLASK: Setup = Setup {
    stack: Stack::Flask,
    settings: r#"{"rotate": false}"#,
    profile: Some(("flask-jwt-extended", "")),
    path: "/login",
    ..SETUP
};

pub(crate) const DJ_REST_AUTH: Setup = Setup {
    stack: Stack::DjangoBeside("dj-rest-auth"),
    profile: Some(("dj-rest-auth", "")),
    path: "/auth/login/",
    ..SETUP
};

pub(crate) const NODE_PAIR: Setup = Setup {
    stack: Stack::Nest,
    profile: Some(("node-pair", "")),
    path: "/login",
    ..SETUP
};

pub(crate) const TOOLKIT: Setup = Setup {
    stack: Stack::DjangoBeside("django-oauth-toolkit"),
    path: "/o",
    login: "--user alice --password env:PASSWORD --client-id lab --client-secret env:CLIENT_SECRET --scope read",
    ..SETUP
};

pub(crate) const AUTHLIB: Setup = Setup {
    stack: Stack::Authlib,
    settings: r#"{"rotate": true, "algorithm": "RS256"}"#,
    path: "",
    ..TOOLKIT
};

pub(crate) const OIDC: Setup = Setup {
    stack: Stack::Oidc,
    settings: "{}",
    signing: Signing {
        algorithm: "RS256",
        files: Some(("rsa-2048.pkcs8.pem", "rsa-2048.spki.pem")),
    },
    path: "",
    ..SETUP
};

pub(crate) const OIDC_ROBOT: Setup = Setup {
    login: "--client-id robot --client-secret env:CLIENT_SECRET --scope read",
    ..OIDC
};

/// What signs, by its algorithm.
pub(crate) fn signing(algorithm: &str) -> Signing {
    let mut all = SIGNINGS.into_iter();
    all.find(|signing| signing.algorithm == algorithm).unwrap()
}

/// A running one.
pub(crate) struct LiveServer {
    setup: Setup,
    process: Child,
    port: u16,
    folder: TempDir,
}

impl LiveServer {
    /// Starts it and waits until it listens. None if the test is to be left out.
    pub(crate) fn start(setup: Setup) -> Option<Self> {
        let stacks = given(
            "JWTSESS_STACKS",
            "a folder with python, a virtual environment with tests/interop/stacks.txt, and node, with tests/interop/node",
        )?;
        let django = given(
            "JWTSESS_DJANGO",
            "a folder with a virtual environment for each of tests/interop/*.txt",
        )?;
        let folder = TempDir::new();
        let python = stacks.join("python/bin/python");
        let node = stacks.join("node").into_os_string();
        let (program, script, args) = match setup.stack {
            Stack::Django(name) => (
                django.join(name).join("bin/python"),
                "django_server.py",
                vec![name.into()],
            ),
            Stack::DjangoBeside(name) => (python, "django_server.py", vec![name.into()]),
            Stack::Flask => (python, "flask_server.py", Vec::new()),
            Stack::Authlib => (python, "authlib_server.py", Vec::new()),
            Stack::Nest => ("node".into(), "nest_server.mjs", vec![node]),
            Stack::Oidc => ("node".into(), "oidc_server.mjs", vec![node]),
        };
        let (process, port) = interop::start(&program, script, args, &setup.given(&folder));
        if let Some((base, own)) = setup.profile {
            let config = format!("[profiles.app]\nextends = '{base}'\n{own}\n");
            folder.file("config.toml", config.replace("{port}", &port.to_string()));
        }
        Some(Self {
            setup,
            process,
            port,
            folder,
        })
    }

    /// The address of a path.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// A call of jwtsess on that machine.
    pub(crate) fn call<S: AsRef<OsStr>>(&self, args: &[S]) -> Run {
        let mut call = Run::new(args)
            .home(&self.folder)
            .env("JWTSESS_CREDENTIALS", self.credentials())
            .env("PASSWORD", "alice-password")
            .env("CLIENT_SECRET", self.secret_of_the_client());
        if self.setup.profile.is_some() {
            call = call.env("JWTSESS_CONFIG", self.folder.path().join("config.toml"));
        }
        call
    }

    pub(crate) fn run(&self, args: &[&str]) -> RunResult {
        self.call(args).run()
    }

    /// What a call says in JSON. Its status has to be this.
    pub(crate) fn json(&self, status: i32, args: &[&str]) -> Value {
        self.said(status, self.call(&[args, &["--json"]].concat()))
    }

    fn said(&self, status: i32, call: Run) -> Value {
        let ran = call.run();
        assert_eq!(ran.status, status, "{}: {ran:?}", self.what());
        serde_json::from_str(&ran.stdout).unwrap()
    }

    /// What is said to a wrong password.
    pub(crate) fn log_in_wrongly(&self) -> Value {
        self.said(8, self.call(&self.login(&[])).env("PASSWORD", "another"))
    }

    /// What is said to a login that the server does not take.
    pub(crate) fn log_in_in_vain(&self) -> Value {
        self.said(8, self.call(&self.login(&["--replace"])))
    }

    /// The words of a login.
    fn login(&self, more: &[&str]) -> Vec<String> {
        let mut words = vec!["login".to_owned(), self.address(self.setup.path)];
        let own = self.setup.login.split(' ');
        words.extend(own.map(|word| word.replace('+', " ").replace("KEYS", KEYS)));
        if self.setup.profile.is_some() {
            words.extend(["--profile", "app"].map(str::to_owned));
        }
        words.extend(["--as", "app", "--json"].map(str::to_owned));
        words.extend(more.iter().map(|word| (*word).to_owned()));
        words
    }

    /// Whether a user logs in to it by name and password.
    pub(crate) fn has_user(&self) -> bool {
        self.setup.login.contains("--user")
    }

    /// Logs in, and returns what is said of it.
    pub(crate) fn log_in(&self) -> Value {
        if self.setup.login.contains("--grant") {
            return self.log_in_by_browser();
        }
        self.said(0, self.call(&self.login(&["--replace"])))
    }

    /// Logs in while somebody opens the address that is told, and fills in the forms that come.
    fn log_in_by_browser(&self) -> Value {
        let python = given("JWTSESS_STACKS", "")
            .unwrap()
            .join("python/bin/python");
        let ran = Command::new(python)
            .arg(interop::file("browser.py"))
            .arg(PROGRAM)
            .args(self.login(&["--replace"]))
            .env_clear()
            .env("HOME", self.folder.path())
            .env("JWTSESS_CREDENTIALS", self.credentials())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}: {ran:?}", self.what());
        serde_json::from_slice(&ran.stdout).unwrap()
    }

    /// Moves the server's clock.
    pub(crate) fn advance(&self, seconds: u64) {
        self.tell("/clock", &json!({ "advance": seconds }));
    }

    /// Tells the server what only a test does.
    pub(crate) fn tell(&self, path: &str, body: &Value) {
        let headers = [("Content-Type", "application/json")];
        let answer = ask(self.port, "POST", path, &headers, &body.to_string());
        assert!(answer.is_success(), "{answer:?}");
    }

    /// The access token that is printed.
    pub(crate) fn token(&self, args: &[&str]) -> String {
        let ran = self.run(&[&["token"], args].concat());
        assert_eq!(ran.status, 0, "{}: {ran:?}", self.what());
        ran.stdout.trim_end().to_owned()
    }

    /// What the server answers to whoever shows it an access token.
    pub(crate) fn view(&self, token: &str) -> Response {
        let scheme = match self.setup.stack {
            Stack::Django("drf-jwt-legacy") => "JWT",
            _ => "Bearer",
        };
        let header = match self.setup.cookie {
            Some(name) => ("Cookie", format!("{name}={token}")),
            None => ("Authorization", format!("{scheme} {token}")),
        };
        ask(self.port, "GET", "/view", &[(header.0, &header.1)], "")
    }

    /// What refreshes, as it is kept.
    pub(crate) fn refresh_token(&self) -> Value {
        let tokens = self.kept()["tokens"].take();
        let cookies = tokens["cookies"].as_array().cloned().unwrap_or_default();
        let of_cookie = cookies.into_iter().find(|cookie| {
            cookie["name"]
                .as_str()
                .is_some_and(|name| name.contains("refresh"))
        });
        of_cookie.map_or_else(
            || tokens["refresh_token"].clone(),
            |cookie| cookie["value"].clone(),
        )
    }

    /// Has this machine believe that the access token has expired.
    pub(crate) fn let_expire(&self) {
        let mut kept = self.kept();
        kept["tokens"]["access_expires_at"] = 1.into();
        let path = self.credentials().join("app.json");
        std::fs::write(path, kept.to_string()).unwrap();
    }

    /// The folder of the credentials.
    fn credentials(&self) -> PathBuf {
        self.folder.path().join("credentials")
    }

    /// Whether a credential is kept.
    pub(crate) fn keeps(&self) -> bool {
        self.credentials().join("app.json").exists()
    }

    /// The credential as it is kept.
    pub(crate) fn kept(&self) -> Value {
        let kept = std::fs::read(self.credentials().join("app.json")).unwrap();
        serde_json::from_slice(&kept).unwrap()
    }

    /// Copies the credential aside.
    pub(crate) fn copy_aside(&self) {
        let kept = self.credentials().join("app.json");
        std::fs::copy(kept, self.folder.path().join("aside.json")).unwrap();
    }

    /// Puts the copy back.
    pub(crate) fn put_back(&self) {
        let kept = self.credentials().join("app.json");
        std::fs::copy(self.folder.path().join("aside.json"), kept).unwrap();
    }

    /// Ends the server.
    pub(crate) fn stop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }

    /// Which one it is, for the message of a test that fails.
    pub(crate) fn what(&self) -> String {
        let Setup {
            stack,
            settings,
            login,
            ..
        } = &self.setup;
        format!("{stack:?} {settings} {login:?}")
    }

    fn secret_of_the_client(&self) -> String {
        let mut words = self.setup.login.split(' ');
        let id = words.find(|word| *word == "--client-id").and(words.next());
        format!("{}-secret", id.unwrap_or_default())
    }
}

impl Setup {
    /// What the server is told.
    fn given(self, folder: &TempDir) -> Value {
        let (signing_key, verifying_key) = self.signing.texts();
        let mut given = json!({
            "database": folder.path().join("db.sqlite3"),
            "settings": {},
            "signing_key": signing_key,
            "verifying_key": verifying_key,
            "refresh_key": SECRET.replace("signing", "refresh"),
            "client_key": std::fs::read_to_string(format!("{KEYS}/ec-p256.spki.pem")).unwrap(),
        });
        let own: Value = serde_json::from_str(self.settings).unwrap();
        for (name, value) in own.as_object().unwrap() {
            given[name] = value.clone();
        }
        given
    }
}

impl Drop for LiveServer {
    fn drop(&mut self) {
        self.stop();
    }
}
