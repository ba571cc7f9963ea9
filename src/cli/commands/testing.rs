//! For the tests of the commands: calls with a secret at hand, and tokens to call them with.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(crate) mod live;

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::cli::testing::{Call, CallResult, Folder};

pub(crate) const SECRET: &str = "a-secret-of-more-than-256-bits-for-the-tests-alone";

/// A call with the secret at hand.
pub(crate) fn call(args: &[&str]) -> Call {
    Call::new(args)
        .at_home()
        .env("JWTSESS_SECRET", "env:SIGNING_KEY")
        .env("SIGNING_KEY", SECRET)
}

/// What a call printed, without its line break. It has to have succeeded.
pub(crate) fn printed(call: Call) -> String {
    let called = call.run();
    assert_eq!(called.exit, 0, "{called}");
    called.stdout.trim_end().to_owned()
}

pub(super) fn sliding() -> String {
    printed(call(&["issue", "--user", "alice"]))
}

/// Access and refresh token.
pub(super) fn pair() -> (String, String) {
    let lines = printed(call(&["issue", "--user", "alice", "--profile", "pair"]));
    let (access, refresh) = lines.split_once('\n').unwrap();
    (
        access.strip_prefix("ACCESS_TOKEN=").unwrap().to_owned(),
        refresh.strip_prefix("REFRESH_TOKEN=").unwrap().to_owned(),
    )
}

/// A token of a header and a payload, with a signature that holds for the secret.
pub(crate) fn signed(header: &str, payload: &[u8]) -> String {
    use crate::core::algorithm::Algorithm;
    use crate::core::key::Key;
    use crate::core::secret::Secret;
    let key = Key::from_secret(Secret::new(SECRET.into())).unwrap();
    crate::core::sign::compact(header.as_bytes(), payload, &key, Algorithm::Hs256).unwrap()
}

/// With each token as its header and payload, and its signature's bytes counted.
pub(super) fn readable(called: &CallResult) -> String {
    let text = called.to_string();
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find("eyJ") {
        out.push_str(&rest[..start]);
        let behind = &rest[start..];
        let end = behind
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)))
            .unwrap_or(behind.len());
        let parts: Vec<Vec<u8>> = behind[..end]
            .split('.')
            .map(|part| URL_SAFE_NO_PAD.decode(part).unwrap_or_default())
            .collect();
        match parts.as_slice() {
            [header, payload, signature] => {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let token = format!("<{}.{}.{}>", text(header), text(payload), signature.len());
                out.push_str(&token);
            }
            _ => out.push_str(&behind[..end]),
        }
        rest = &behind[end..];
    }
    out.push_str(rest);
    out
}

/// One user's machine: calls that share a home, and ids that go on from call to call.
pub(crate) struct Machine {
    pub(crate) home: Folder,
    calls: Cell<u8>,
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self {
            home: Folder::new(),
            calls: Cell::new(0),
        }
    }
    pub(crate) fn call(&self, args: &[&str]) -> Call {
        let last = self.calls.get();
        self.calls.set(last.wrapping_add(10));
        Call::new(args)
            .env("HOME", self.home.path())
            .env("JWTSESS_SECRET", "env:SIGNING_KEY")
            .env("SIGNING_KEY", SECRET)
            .ids_from(last)
    }
    pub(crate) fn run(&self, args: &[&str]) -> CallResult {
        self.call(args).run()
    }
    /// The access and refresh token of a call, which has to succeed.
    pub(crate) fn tokens(&self, args: &[&str]) -> (String, String) {
        let called = self.run(args);
        assert_eq!(called.exit, 0, "{called}");
        let (access, refresh) = called.stdout.trim_end().split_once('\n').unwrap();
        (
            access.strip_prefix("ACCESS_TOKEN=").unwrap().to_owned(),
            refresh.strip_prefix("REFRESH_TOKEN=").unwrap().to_owned(),
        )
    }
    pub(crate) fn token(&self, args: &[&str]) -> String {
        let called = self.run(args);
        assert_eq!(called.exit, 0, "{called}");
        called.stdout.trim_end().to_owned()
    }
    pub(crate) fn pair(&self) -> (String, String) {
        self.tokens(&["issue", "--user", "alice", "--profile", "pair"])
    }
    pub(crate) fn store(&self) -> std::path::PathBuf {
        self.home
            .path()
            .join(".local/share/jwtsess/sessions.sqlite")
    }
    /// Text without the machine's own folder.
    pub(crate) fn told(&self, called: &CallResult) -> String {
        let home = self.home.path().to_str().unwrap();
        called.to_string().replace(home, "HOME")
    }
}
