//! A real server of another stack than Django REST, of its own process: started on a free port, asked over HTTP, gone with the test.
use std::path::{Path, PathBuf};
use std::process::Child;

use serde_json::{Value, json};

use crate::django_server::{Response, ask};
use crate::given::given;
use crate::interop;
use crate::process::{Run, RunResult, SECRET, TempDir};

/// The secret of `NestJS`'s refresh tokens.
const REFRESH_SECRET: &str = "jwtsess-interop-hs256-refresh-key-0123456789abcdef";

/// What `oidc_server.mjs` has its access tokens for.
const AUDIENCE: &str = "https://api.example";

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stack {
    FlaskJwtExtended,
    NinjaJwt,
    DjRestAuth,
    OidcProvider,
    NestJs,
}

/// The tokens of an answer, by what they are for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    pub access: String,
    pub refresh: Option<String>,
    pub id: Option<String>,
}

impl Tokens {
    fn of(answer: &Response) -> Self {
        assert!(answer.is_success(), "{answer:?}");
        let texts = answer.tokens();
        let text = |names: [&str; 2]| names.iter().find_map(|name| texts.get(*name)).cloned();
        Self {
            access: text(["access_token", "access"]).unwrap(),
            refresh: text(["refresh_token", "refresh"]),
            id: text(["id_token", "id"]),
        }
    }
    pub(crate) fn refresh(&self) -> &str {
        self.refresh.as_deref().unwrap()
    }
}

impl Stack {
    /// The profile that describes it.
    pub(crate) const fn profile(self) -> &'static str {
        match self {
            Self::FlaskJwtExtended => "flask-jwt-extended",
            Self::NinjaJwt => "ninja-jwt",
            Self::DjRestAuth => "dj-rest-auth",
            Self::OidcProvider => "oidc",
            Self::NestJs => "node-pair",
        }
    }

    /// What runs it: the interpreter below the folder, the program, and its arguments.
    fn program(self, folder: &Path) -> (PathBuf, &'static str, Vec<PathBuf>) {
        let python = folder.join("python/bin/python");
        match self {
            Self::FlaskJwtExtended => (python, "flask_server.py", Vec::new()),
            Self::NinjaJwt | Self::DjRestAuth => {
                (python, "django_server.py", vec![self.profile().into()])
            }
            Self::OidcProvider => ("node".into(), "oidc_server.mjs", vec![folder.join("node")]),
            Self::NestJs => ("node".into(), "nest_server.mjs", vec![folder.join("node")]),
        }
    }

    /// What the server is told.
    fn settings(self, folder: &TempDir) -> Value {
        match self {
            Self::FlaskJwtExtended => json!({"signing_key": SECRET, "rotate": true}),
            Self::NinjaJwt | Self::DjRestAuth => json!({
                "database": folder.path().join("db.sqlite3"),
                "settings": {},
                "signing_key": SECRET,
                "verifying_key": SECRET,
            }),
            Self::OidcProvider => {
                json!({"signing_key": std::fs::read_to_string(rsa_key()).unwrap(), "rotate": true})
            }
            Self::NestJs => json!({"signing_key": SECRET, "refresh_key": REFRESH_SECRET}),
        }
    }

    /// The profile of somebody who knows the server: its keys and its users.
    fn config(self, port: u16) -> String {
        let own = match self {
            Self::FlaskJwtExtended => {
                "secret = 'env:SIGNING_KEY'\nrotate.when = 'always'\n".to_owned()
            }
            Self::OidcProvider => format!(
                "rotate.when = 'always'\nkey = '{}'\niss = 'http://127.0.0.1:{port}'\naud = '{AUDIENCE}'\n",
                rsa_key()
            ),
            Self::NestJs => {
                "access.secret = 'env:SIGNING_KEY'\nrefresh.secret = 'env:REFRESH_KEY'\n".to_owned()
            }
            _ => "secret = 'env:SIGNING_KEY'\n".to_owned(),
        };
        let name = self.profile();
        let users = "users = [{ name = 'alice', id = 1 }, { name = 'bob', id = 2 }]\n";
        format!("[profiles.app]\nextends = '{name}'\n{users}{own}")
    }
}

fn rsa_key() -> &'static str {
    concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/keys/rsa-2048.pkcs8.pem"
    )
}

fn with_secret(args: &[&str], secret: &str) -> RunResult {
    let named = Run::new(args).env("JWTSESS_SECRET", "env:KEY_OF_IT");
    named.env("KEY_OF_IT", secret).run()
}

/// A running server, and a machine of somebody who knows its keys.
pub(crate) struct Server {
    pub stack: Stack,
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Server {
    /// Starts one and waits until it listens. None if the test is to be left out.
    pub(crate) fn start(stack: Stack) -> Option<Self> {
        let folder = given(
            "JWTSESS_STACKS",
            "a folder with python, a virtual environment with tests/interop/stacks.txt, and node, with tests/interop/node",
        )?;
        let (program, script, args) = stack.program(&folder);
        let folder = TempDir::new();
        let (process, port) = interop::start(&program, script, args, &stack.settings(&folder));
        folder.file("config.toml", stack.config(port));
        Some(Self {
            stack,
            process,
            port,
            folder,
        })
    }

    /// A run with the profile that knows the server, on this machine: one home, and so one session store, for all runs.
    pub(crate) fn run(&self, args: &[&str]) -> RunResult {
        let config = self.folder.path().join("config.toml");
        Run::new([args, &["--profile", "app"]].concat())
            .home(&self.folder)
            .env("JWTSESS_CONFIG", config)
            .env("SIGNING_KEY", SECRET)
            .env("REFRESH_KEY", REFRESH_SECRET)
            .run()
    }

    /// A run that knows nothing but the secret or the key that verifies a token.
    pub(crate) fn run_without_profile(&self, args: &[&str], is_refresh: bool) -> RunResult {
        match self.stack {
            Stack::OidcProvider => {
                let (command, rest) = args.split_at(1);
                Run::new([command, &["--key", rsa_key()], rest].concat()).run()
            }
            Stack::NestJs if is_refresh => with_secret(args, REFRESH_SECRET),
            _ => with_secret(args, SECRET),
        }
    }

    /// What a run prints in JSON that has to succeed.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let ran = self.run(&[args, &["--json"]].concat());
        assert_eq!(ran.status, 0, "{args:?}: {}{}", ran.stdout, ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    }

    /// Our tokens of a login, for the users of the server.
    pub(crate) fn issue(&self, user: &str) -> Tokens {
        let mut args = vec!["issue", "--user", user];
        if self.stack == Stack::OidcProvider {
            args.extend([
                "--client-id",
                "web",
                "--scope",
                "openid offline_access read",
            ]);
        }
        let answer = self.json(&args);
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        let tokens = Tokens {
            access: text("access").unwrap_or_else(|| panic!("{answer}")),
            refresh: text("refresh"),
            id: None,
        };
        self.adopt(user, &tokens);
        tokens
    }

    /// Where the server keeps each user's last refresh token: from now on it is this one.
    pub(crate) fn adopt(&self, user: &str, tokens: &Tokens) {
        if let (Stack::NestJs, Some(token)) = (self.stack, &tokens.refresh) {
            let answer = self.post("/adopt", &json!({"username": user, "refresh_token": token}));
            assert!(answer.is_success(), "{answer:?}");
        }
    }

    /// The server's own tokens of a login.
    pub(crate) fn log_in(&self, user: &str) -> Tokens {
        let path = match self.stack {
            Stack::NinjaJwt => "/token/pair",
            Stack::DjRestAuth => "/auth/login/",
            Stack::OidcProvider => {
                let code = ask(self.port, "GET", &format!("/code?user={user}"), &[], "");
                let code = &code.tokens()["code"];
                let form = "grant_type=authorization_code&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb";
                return Tokens::of(&self.form(&format!("{form}&code={code}")));
            }
            _ => "/login",
        };
        let password = format!("{user}-password");
        Tokens::of(&self.post(path, &json!({"username": user, "password": password})))
    }

    /// Presents a refresh token.
    pub(crate) fn refresh(&self, token: &str) -> Response {
        match self.stack {
            Stack::FlaskJwtExtended | Stack::NestJs => {
                let bearer = format!("Bearer {token}");
                ask(
                    self.port,
                    "POST",
                    "/refresh",
                    &[("Authorization", &bearer)],
                    "",
                )
            }
            Stack::NinjaJwt => self.post("/token/refresh", &json!({"refresh": token})),
            Stack::DjRestAuth => self.post("/auth/token/refresh/", &json!({"refresh": token})),
            Stack::OidcProvider => {
                self.form(&format!("grant_type=refresh_token&refresh_token={token}"))
            }
        }
    }

    /// The tokens for a refresh token that the server accepts.
    pub(crate) fn refreshed(&self, token: &str) -> Tokens {
        Tokens::of(&self.refresh(token))
    }

    /// Asks the protected view with a token.
    pub(crate) fn view(&self, token: &str) -> Response {
        let bearer = format!("Bearer {token}");
        ask(self.port, "GET", "/view", &[("Authorization", &bearer)], "")
    }

    fn post(&self, path: &str, body: &Value) -> Response {
        let headers = [("Content-Type", "application/json")];
        ask(self.port, "POST", path, &headers, &body.to_string())
    }

    /// Asks the token endpoint of a provider as the client `web`.
    fn form(&self, body: &str) -> Response {
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Authorization", "Basic d2ViOndlYi1zZWNyZXQ="),
        ];
        ask(self.port, "POST", "/token", &headers, body)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
