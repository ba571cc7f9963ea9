//! A server like simplejwt's that rotates strictly, and calls that log in to it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::io::Write as _;
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::signed;
use crate::cli::testing::{Call, CallResult, Folder, NOW};
use crate::net::testing::{Received, Server};

/// The password that the server takes.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// What becomes of the next refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is answered with this status, and nothing is done.
    Status(u16),
    /// It is carried out, and the answer never sent.
    Lost,
}

/// What the server knows.
#[derive(Debug)]
pub(crate) struct State {
    /// The refresh token that is taken.
    pub current: String,
    /// One that is taken, too: its successor's answer was lost, and the server forgives that.
    pub grace: Option<String>,
    /// How long access tokens live.
    pub life: i64,
    /// The server's time, from [`NOW`] on.
    pub at: i64,
    /// How far the server's clock is ahead. It says its time only if this is set.
    pub skew: Option<i64>,
    /// What becomes of the next refreshes, or logouts.
    pub faults: Vec<Fault>,
    /// What the next requests of somebody's own are answered: a status line, with header fields behind it, and a body.
    pub refuses: Vec<(String, &'static str)>,
    /// The header field in which such a request is handed a fresh access token, which is then the only one.
    pub hands_out: Option<&'static str>,
    /// Whether a token that was retired is taken again.
    pub forgives: bool,
    made: u32,
}

/// The server, and a home with its credentials.
pub(crate) struct Live {
    pub server: Server,
    pub state: Arc<Mutex<State>>,
    pub home: Folder,
}

impl State {
    fn now(&self) -> i64 {
        NOW + self.at + self.skew.unwrap_or(0)
    }

    /// The header field that says the server's time.
    fn date(&self) -> String {
        let now = self
            .skew
            .and_then(|_| chrono::DateTime::from_timestamp(self.now(), 0));
        now.map_or_else(String::new, |now| {
            format!("Date: {}\r\n", now.format("%a, %d %b %Y %H:%M:%S GMT"))
        })
    }

    fn token(&mut self, kind: &str, life: i64) -> String {
        self.made += 1;
        let now = self.now();
        let payload = format!(
            r#"{{"token_type":"{kind}","exp":{},"iat":{now},"jti":"{:032x}","user_id":"1"}}"#,
            now + life,
            self.made
        );
        signed(r#"{"alg":"HS256","typ":"JWT"}"#, payload.as_bytes())
    }

    fn answer(&mut self, received: &Received) -> Option<(String, String)> {
        let owned = |(status, body): (&str, String)| (status.to_owned(), body);
        if received.path() != "/api/me/" || received.header("authorization").is_none() {
            return self.answer_of_route(received).map(owned);
        }
        if !self.refuses.is_empty() {
            let (status, body) = self.refuses.remove(0);
            return Some((status, body.to_owned()));
        }
        let field = self.hands_out.map_or_else(String::new, |name| {
            let token = self.token("access", self.life);
            format!("\r\n{name}: Bearer {token}")
        });
        Some((format!("200 OK{field}"), r#"{"name":"alice"}"#.to_owned()))
    }

    fn answer_of_route(&mut self, received: &Received) -> Option<(&'static str, String)> {
        let body: serde_json::Value = serde_json::from_str(&received.body).unwrap_or_default();
        let given = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let refused = |words: &str, code: &str| {
            let body = serde_json::json!({"detail": words, "code": code});
            Some(("401 Unauthorized", body.to_string()))
        };
        let blacklisted = || refused("Token is blacklisted", "token_not_valid");
        match received.path() {
            "/api/token/" => {
                if given("password") != PASSWORD {
                    return refused("No active account found", "no_active_account");
                }
                self.current = self.token("refresh", 86_400);
                let access = self.token("access", self.life);
                let refresh = &self.current;
                let body = serde_json::json!({"refresh": refresh, "access": access});
                Some(("200 OK", body.to_string()))
            }
            "/api/token/refresh/" => {
                let fault = (!self.faults.is_empty()).then(|| self.faults.remove(0));
                if let Some(Fault::Status(status)) = fault {
                    let line = match status {
                        308 => "308 Moved\r\nlocation: /v2/refresh/",
                        401 => "401 No",
                        403 => "403 No",
                        404 => "404 No",
                        405 => "405 No",
                        503 => "503 Busy",
                        _ => "400 No",
                    };
                    return Some((line, r#"{"detail":"not now"}"#.to_owned()));
                }
                let given = given("refresh");
                let forgiven = self.forgives && self.grace.as_ref() == Some(&given);
                if given != self.current && !forgiven {
                    return blacklisted();
                }
                self.grace = Some(given);
                self.current = self.token("refresh", 86_400);
                let access = self.token("access", self.life);
                let body = serde_json::json!({"access": access, "refresh": self.current});
                (fault != Some(Fault::Lost)).then(|| ("200 OK", body.to_string()))
            }
            "/api/token/blacklist/" if self.faults.first() == Some(&Fault::Status(500)) => {
                self.faults.remove(0);
                Some(("500 No", "{}".to_owned()))
            }
            "/api/token/blacklist/" if given("refresh") == self.current => {
                self.current.clear();
                Some(("200 OK", "{}".to_owned()))
            }
            "/api/token/blacklist/" => blacklisted(),
            "/api/me/" => refused("Authentication credentials were not provided.", "none"),
            _ => Some(("404 Not Found", r#"{"detail":"Not found."}"#.to_owned())),
        }
    }
}

impl Live {
    /// A server whose access tokens live for so long, and nobody logged in.
    pub(crate) fn new(life: i64) -> Self {
        let state = Arc::new(Mutex::new(State {
            current: String::new(),
            grace: None,
            life,
            at: 0,
            skew: None,
            faults: Vec::new(),
            refuses: Vec::new(),
            hands_out: None,
            forgives: false,
            made: 0,
        }));
        let known = Arc::clone(&state);
        let server = Server::new(move |received: &Received, stream: &mut TcpStream| {
            let mut state = known.lock().unwrap();
            let (date, answer) = (state.date(), state.answer(received));
            drop(state);
            if let Some((status, body)) = answer {
                let length = body.len();
                let text = format!(
                    "HTTP/1.1 {status}\r\n{date}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
                );
                _ = stream.write_all(text.as_bytes());
            }
        });
        Self {
            server,
            state,
            home: Folder::new(),
        }
    }
    /// The same, and alice logged in.
    pub(crate) fn logged_in(life: i64) -> Self {
        let live = Self::new(life);
        let called = live.login(&[]).run();
        assert_eq!(called.exit, 0, "{called}");
        live
    }
    /// A call in the home.
    pub(crate) fn call(&self, words: &[&str]) -> Call {
        Call::new(words)
            .wide()
            .env("HOME", self.home.path())
            .env("PASSWORD", PASSWORD)
    }
    /// So many seconds later, for the server, too.
    pub(crate) fn later(&self, seconds: i64, words: &[&str]) -> CallResult {
        self.state.lock().unwrap().at = seconds;
        self.call(words).later(seconds).run()
    }
    /// The same by a profile of the user's own, and alice logged in.
    pub(crate) fn by_profile(life: i64, settings: &str) -> Self {
        let live = Self::new(life);
        live.profile(settings);
        let called = live.login(&["--profile", "own"]).run();
        assert_eq!(called.exit, 0, "{called}");
        live
    }
    /// Writes the profile `own`.
    pub(crate) fn profile(&self, settings: &str) {
        let folder = self.home.path().join(".config/jwtsess");
        std::fs::create_dir_all(&folder).unwrap();
        let text = format!("[profiles.own]\n{settings}\n");
        std::fs::write(folder.join("config.toml"), text).unwrap();
    }
    /// Has the next requests of somebody's own answered so.
    pub(crate) fn refuse(&self, answers: &[(&str, &'static str)]) {
        let owned = answers
            .iter()
            .map(|(status, body)| ((*status).to_owned(), *body));
        self.state.lock().unwrap().refuses = owned.collect();
    }
    /// A login of alice.
    pub(crate) fn login(&self, more: &[&str]) -> Call {
        let url = self.server.url("/api/token/");
        let words = [
            "login",
            &url,
            "--user",
            "alice",
            "--password",
            "env:PASSWORD",
        ];
        self.call(&[&words[..], more].concat())
    }
    /// Has the next refreshes fail.
    pub(crate) fn fail(&self, faults: &[Fault]) {
        self.state.lock().unwrap().faults = faults.to_vec();
    }
    /// How many requests to a path there were.
    pub(crate) fn asked(&self, path: &str) -> usize {
        let seen = self.server.seen();
        seen.iter().filter(|one| one.path() == path).count()
    }
    /// How many refreshes there were.
    pub(crate) fn refreshes(&self) -> usize {
        self.asked("/api/token/refresh/")
    }
    /// The file of the only credential.
    pub(crate) fn file(&self) -> PathBuf {
        let folder = self.home.path().join(".local/share/jwtsess/credentials");
        let name = format!("127.0.0.1-{}.json", self.server.address.port());
        folder.join(name)
    }
    /// What the file holds.
    pub(crate) fn kept(&self) -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(self.file()).unwrap()).unwrap()
    }
    /// The access token that is kept.
    pub(crate) fn access(&self) -> String {
        let kept = self.kept();
        kept["tokens"]["access_token"].as_str().unwrap().to_owned()
    }
    /// A text with the server's port, the home and tokens replaced by words.
    pub(crate) fn readable(&self, called: &CallResult) -> String {
        let text = super::readable(called);
        let port = self.server.address.port().to_string();
        let home = self.home.path().to_str().unwrap();
        let text = text.replace(home, "HOME").replace(&port, "PORT");
        // How long an exchange took differs.
        let mut out = String::new();
        for line in text.lines() {
            match line
                .rsplit_once(", ")
                .filter(|(_, last)| last.ends_with(" ms"))
            {
                Some((before, _)) => {
                    out.push_str(before);
                    out.push_str(", N ms");
                }
                None => out.push_str(line),
            }
            out.push('\n');
        }
        out
    }
}
