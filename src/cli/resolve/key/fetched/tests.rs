//! Keys at an address: when they are asked for, which of them are used, and what is said.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod batch;
mod kept;
mod tls;

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::cli::testing::{Call, CallResult, Folder, NOW};
use crate::net::testing::{Received, Server, site};

fn fixture(name: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/");
    let text = std::fs::read_to_string(format!("{folder}{name}")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn jwk(name: &str, kid: &str) -> Value {
    let mut key = fixture(name);
    key["kid"] = json!(kid);
    key
}

fn set(keys: &[Value]) -> String {
    json!({ "keys": keys }).to_string()
}

/// A server of one key set, and a user's home.
struct Issuer {
    server: Server,
    body: Arc<Mutex<String>>,
    status: Arc<Mutex<&'static str>>,
    fields: Arc<Mutex<String>>,
    home: Folder,
}

impl Issuer {
    /// Publishes a key with the kid `one`.
    fn new() -> Self {
        let body = Arc::new(Mutex::new(set(&[jwk("ec-p256.public.jwk", "one")])));
        let status = Arc::new(Mutex::new("200 OK"));
        let fields = Arc::new(Mutex::new(String::new()));
        let shared = (Arc::clone(&body), Arc::clone(&status), Arc::clone(&fields));
        let server = Server::of(move |received| {
            let (body, status, fields) = &shared;
            let fields = fields.lock().unwrap().clone();
            if received.header("if-none-match").is_some() {
                return ("304 Not Modified", fields, String::new());
            }
            (
                *status.lock().unwrap(),
                fields,
                body.lock().unwrap().clone(),
            )
        });
        let home = Folder::new();
        Self {
            server,
            body,
            status,
            fields,
            home,
        }
    }
    fn publish(&self, keys: &[Value]) {
        *self.body.lock().unwrap() = set(keys);
    }
    fn answer_with(&self, fields: &str) {
        *self.fields.lock().unwrap() = fields.to_owned();
    }
    fn break_down(&self) {
        *self.status.lock().unwrap() = "500 Broken";
    }
    fn url(&self) -> String {
        self.server.url("/jwks.json")
    }
    fn asked(&self) -> usize {
        self.server.seen().len()
    }
    fn last(&self) -> Received {
        self.server.seen().last().unwrap().clone()
    }
    fn call(&self, words: &[&str]) -> Call {
        let url = self.url();
        let words: Vec<&str> = words.iter().copied().chain(["--key", &url]).collect();
        Call::new(&words)
            .wide()
            .env("XDG_CACHE_HOME", self.home.path())
    }
    /// `verify TOKEN --json`, so many seconds after the first moment.
    fn verify(&self, token: &str, later: i64, more: &[&str]) -> (u8, String, Value) {
        let words = [&["verify", token, "--json"], more].concat();
        let called = self.call(&words).later(later).run();
        let object: Value = serde_json::from_str(&called.stdout).unwrap();
        let code = object["error"]["code"].as_str();
        let code = code.or(object["verdict"].as_str()).unwrap().to_owned();
        (called.exit, code, object)
    }
    fn verdict(&self, token: &str, later: i64, more: &[&str]) -> (u8, String) {
        let (exit, code, _) = self.verify(token, later, more);
        (exit, code)
    }
    /// The file of what was fetched.
    fn file(&self) -> std::path::PathBuf {
        let folder = self.home.path().join("jwtsess/jwks");
        let files = std::fs::read_dir(folder).unwrap();
        let files = files.map(|entry| entry.unwrap().path());
        let kept = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "json");
        let files: Vec<_> = files.filter(kept).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }
}

/// A token that a key signed, good for ten years.
fn token(name: &str, kid: Option<&str>) -> String {
    token_of(name, kid, &json!({"sub": "alice"}))
}

fn token_of(name: &str, kid: Option<&str>, claims: &Value) -> String {
    let folder = Folder::new();
    let mut key = fixture(name);
    if let Some(kid) = kid {
        key["kid"] = json!(kid);
    }
    let file = folder.file("key.jwk", key.to_string());
    let mut claims = claims.clone();
    claims["exp"] = json!(NOW + 315_360_000);
    let claims = claims.to_string();
    let called = Call::new(&["encode", &claims, "--key", &file]).run();
    assert_eq!(called.exit, 0, "{called}");
    called.stdout.trim().to_owned()
}

fn good(code: &str) -> (u8, String) {
    (0, code.to_owned())
}

#[test]
fn a_key_at_an_address_says_whose_it_is_and_how_old() {
    let issuer = Issuer::new();
    issuer.answer_with("Cache-Control: max-age=300\r\n");
    let token = token("ec-p256.jwk", Some("one"));
    let (exit, code, object) = issuer.verify(&token, 0, &[]);
    assert_eq!((exit, code.as_str()), (0, "valid"));
    let expected = json!({
        "source": issuer.url(), "kid": "one", "fetched_at": NOW, "fresh_until": NOW + 300
    });
    assert_eq!(object["key"], expected);
    let received = issuer.last();
    assert!(
        received
            .header("accept")
            .unwrap()
            .contains("application/jwk-set+json")
    );
    let called = issuer.call(&["inspect", &token]).later(180).run();
    let whose = format!(
        "valid, checked with kid one of {}, 3 min old (EC P-256)",
        issuer.url()
    );
    assert!(called.stdout.contains(&whose), "{called}");
    let called = issuer
        .call(&["verify", &token])
        .at_a_terminal(&[])
        .later(180)
        .run();
    let whose = format!("checked with kid one of {}, 3 min old", issuer.url());
    assert!(called.stderr.contains(&whose), "{called}");
    let silent = issuer.call(&["verify", &token]).run();
    assert!(!silent.stderr.contains("checked with"), "{silent}");
    let called = issuer.call(&["verify", &token, "-v", "--refetch"]).run();
    assert!(called.stderr.contains("GET http://127.0.0.1:"), "{called}");
}

#[test]
fn the_environment_and_a_profile_may_name_an_address() {
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    let call = |words: &[&str]| Call::new(words).env("XDG_CACHE_HOME", issuer.home.path());
    let called = call(&["verify", &token])
        .env("JWTSESS_KEY", issuer.url())
        .run();
    assert_eq!(called.exit, 0, "{called}");
    let config = format!(
        "[profiles.mine]\nextends = 'plain'\nkey = '{}'\n",
        issuer.url()
    );
    let config = issuer.home.file("config.toml", config);
    let called = call(&["verify", &token, "--config", &config, "--profile", "mine"]).run();
    assert_eq!((called.exit, issuer.asked()), (0, 1), "{called}");
}

#[test]
fn the_commands_about_keys_read_an_address() {
    let issuer = Issuer::new();
    let url = issuer.url();
    let call = |words: &[&str]| {
        Call::new(words)
            .env("XDG_CACHE_HOME", issuer.home.path())
            .run()
    };
    let shown = call(&["key", "show", &url]);
    assert!(shown.exit == 0 && shown.stdout.contains("one"), "{shown}");
    let printed = call(&["key", "jwks", &url]);
    let printed: Value = serde_json::from_str(&printed.stdout).unwrap();
    assert_eq!(printed["keys"][0]["kid"], "one");
    assert_eq!(issuer.asked(), 1);
    let refused = call(&["key", "convert", &url, "--format", "pem"]);
    assert!(
        refused.exit == 1 && refused.stderr.contains("takes no keys at an address"),
        "{refused}"
    );
}

#[test]
fn a_token_is_renewed_by_a_private_key_and_checked_by_one_at_an_address() {
    let issuer = Issuer::new();
    let key = issuer
        .home
        .file("new.jwk", jwk("ed25519.jwk", "two").to_string());
    let claims = json!({"sub": "alice", "iat": NOW});
    let token = token_of("ec-p256.jwk", Some("one"), &claims);
    let called = issuer
        .call(&["renew", &token, "--key", &key, "--profile", "plain"])
        .run();
    assert_eq!(called.exit, 0, "{called}");
    let called = Call::new(&["verify", called.stdout.trim(), "--key", &key]).run();
    assert_eq!(called.exit, 0, "{called}");
    let alone = issuer.call(&["renew", &token, "--profile", "plain"]).run();
    assert!(
        alone.exit == 1 && alone.stderr.contains("private key"),
        "{alone}"
    );
}

#[test]
fn a_kid_that_is_not_there_is_asked_for_once_in_30_seconds() {
    let issuer = Issuer::new();
    let (one, two) = (
        token("ec-p256.jwk", Some("one")),
        token("ed25519.jwk", Some("two")),
    );
    assert_eq!(issuer.verdict(&one, 0, &[]), good("valid"));
    issuer.publish(&[
        jwk("ec-p256.public.jwk", "one"),
        jwk("ed25519.public.jwk", "two"),
    ]);
    assert_eq!(issuer.verdict(&two, 5, &[]), good("valid"));
    assert_eq!(issuer.asked(), 2);
    let three = token("ed25519.jwk", Some("three"));
    let unknown = (4, "unknown_kid".to_owned());
    for later in [6, 20, 34] {
        assert_eq!(issuer.verdict(&three, later, &[]), unknown);
    }
    assert_eq!(issuer.asked(), 2);
    for later in [36, 40, 64] {
        assert_eq!(issuer.verdict(&three, later, &[]), unknown);
    }
    assert_eq!(issuer.asked(), 3);
    // A first fetch is not made twice for the same token.
    let other = Issuer::new();
    assert_eq!(other.verdict(&three, 0, &[]), unknown);
    assert_eq!(other.asked(), 1);
}

#[test]
fn a_token_without_a_kid_that_no_key_made_is_asked_for_once_too() {
    let issuer = Issuer::new();
    issuer.publish(&[fixture("ec-p256.public.jwk")]);
    let (mine, other) = (token("ec-p256.jwk", None), token("ed25519.jwk", None));
    assert_eq!(issuer.verdict(&mine, 0, &[]), good("valid"));
    assert_eq!(issuer.verdict(&other, 1, &[]).0, 4);
    assert_eq!(issuer.verdict(&other, 2, &[]).0, 4);
    assert_eq!(issuer.asked(), 2);
    // A bad signature under a kid that is there is just that.
    let forged = format!("{}AAAA", &token("ec-p256.jwk", Some("one"))[..20]);
    assert_ne!(issuer.verdict(&forged, 40, &[]).0, 0);
    assert_eq!(issuer.asked(), 2);
}

#[test]
fn what_must_not_be_published_is_left_out_with_a_warning() {
    let issuer = Issuer::new();
    let secret =
        json!({"kty": "oct", "kid": "s", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"});
    issuer.publish(&[jwk("ec-p256.jwk", "one"), secret]);
    let token = token("ec-p256.jwk", Some("one"));
    let called = issuer.call(&["verify", &token]).run();
    assert_eq!(called.exit, 0, "{called}");
    let warned = "private_key_published: ";
    assert!(called.stderr.contains(warned), "{called}");
    assert!(
        called.stderr.contains("2 secrets or private keys"),
        "{called}"
    );
    let called = issuer.call(&["encode", "{}"]).run();
    assert_eq!(called.exit, 1, "what was published signs nothing: {called}");
}

#[test]
fn an_issuer_is_what_iss_has_to_be() {
    let server = Server::of(|received| {
        let here = format!("http://{}", received.header("host").unwrap());
        let body = match received.path() {
            "/.well-known/openid-configuration" => {
                json!({"issuer": here, "jwks_uri": format!("{here}/keys")}).to_string()
            }
            "/keys" => set(&[jwk("ec-p256.public.jwk", "one")]),
            _ => return ("404 Not Found", String::new(), String::new()),
        };
        ("200 OK", String::new(), body)
    });
    let home = Folder::new();
    let here = server.url("");
    let of = |issuer: &str| token_of("ec-p256.jwk", Some("one"), &json!({"iss": issuer}));
    let call = |words: &[&str]| -> CallResult {
        let words: Vec<&str> = words.iter().copied().chain(["--key", &here]).collect();
        Call::new(&words)
            .wide()
            .env("XDG_CACHE_HOME", home.path())
            .run()
    };
    let called = call(&["verify", &of(&here)]);
    assert_eq!(called.exit, 0, "{called}");
    let said = format!("{here}/ is an issuer: its keys are used, and iss has to be {here}");
    assert!(called.stderr.contains(&said), "{called}");
    for command in ["verify", "renew", "inspect"] {
        let called = call(&[command, &of("https://evil.example"), "--json"]);
        assert!(called.stdout.contains("issuer_mismatch"), "{called}");
    }
    let named = call(&["verify", &of("other"), "--iss", "other"]);
    assert_eq!(named.exit, 0, "{named}");
    let jws = call(&["verify", &of("other"), "--jws"]);
    assert_eq!(jws.exit, 0, "{jws}");
    let lines = format!("{}\n{}\n", of(&here), of("other"));
    let words = ["verify", "--batch", "--json", "--key", &here];
    let batch = Call::new(&words)
        .env("XDG_CACHE_HOME", home.path())
        .stdin(lines)
        .run();
    assert!(
        batch.exit == 9 && batch.stdout.contains("issuer_mismatch"),
        "{batch}"
    );
    assert_eq!(server.seen().len(), 4, "all the rest came from the file");
}

#[test]
fn the_keys_of_each_issuer_are_for_its_own_tokens() {
    let site = |key: &str, kid: &str| {
        let keys = set(&[jwk(key, kid)]);
        site(&[
            (
                "/.well-known/oauth-authorization-server",
                "200 OK",
                r#"{"issuer":"HERE","jwks_uri":"HERE/keys"}"#,
            ),
            ("/keys", "200 OK", &keys),
        ])
    };
    let (one, two) = (
        site("ec-p256.public.jwk", "one"),
        site("ed25519.public.jwk", "two"),
    );
    let (one, two) = (one.url(""), two.url(""));
    let home = Folder::new();
    let file = home.file("own.jwk", jwk("ec-p384.jwk", "own").to_string());
    let of = |key: &str, kid: &str, iss: &str| token_of(key, Some(kid), &json!({"iss": iss}));
    let good = [
        of("ec-p256.jwk", "one", &one),
        of("ed25519.jwk", "two", &two),
        of("ec-p384.jwk", "own", &two),
        of("ec-p384.jwk", "own", "https://other.example"),
    ];
    let bad = [
        of("ec-p256.jwk", "one", &two),
        of("ed25519.jwk", "two", &one),
        of("ed25519.jwk", "two", "https://other.example"),
        token_of("ed25519.jwk", Some("two"), &json!({})),
    ];
    let verify = |words: &[&str], lines: &str| {
        let keys = ["--key", &one, "--key", &two, "--key", &file, "--json"];
        let words = [&["verify"], words, &keys].concat();
        let call = Call::new(&words).env("XDG_CACHE_HOME", home.path());
        call.stdin(lines.to_owned()).run().stdout
    };
    let verdict =
        |text: &str| -> Value { serde_json::from_str::<Value>(text).unwrap()["verdict"].clone() };
    for token in &good {
        assert_eq!(verdict(&verify(&[token], "")), "valid");
    }
    for token in &bad {
        assert_ne!(verdict(&verify(&[token], "")), "valid");
        assert_eq!(verdict(&verify(&[token, "--jws"], "")), "valid");
    }
    // Each line twice: the second is one that a batch might answer by the first.
    let lines = good.iter().chain(&bad).chain(&good).chain(&bad);
    let lines: Vec<&str> = lines.map(String::as_str).collect();
    for store in [&["--batch"][..], &["--batch", "--no-store"]] {
        let said = verify(store, &lines.join("\n"));
        let valid: Vec<bool> = said.lines().map(|line| verdict(line) == "valid").collect();
        let expected = [true, true, true, true, false, false, false, false];
        assert_eq!(valid, [expected, expected].concat());
    }
}

#[test]
fn addresses_that_differ_in_their_queries_alone_are_two() {
    let server = Server::of(|received| {
        let keys = match received.path() {
            "/keys?of=one" => [jwk("ec-p256.public.jwk", "one")],
            _ => [jwk("ed25519.public.jwk", "two")],
        };
        ("200 OK", String::new(), set(&keys))
    });
    let home = Folder::new();
    let [one, two] = ["one", "two"].map(|of| server.url(&format!("/keys?of={of}")));
    for token in [
        token("ec-p256.jwk", Some("one")),
        token("ed25519.jwk", Some("two")),
    ] {
        let called = Call::new(&["inspect", &token, "--json", "--key", &one, "--key", &two])
            .env("XDG_CACHE_HOME", home.path())
            .run();
        assert_eq!(called.exit, 0, "{called}");
        assert!(!called.stdout.contains("of="), "{called}");
    }
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn an_address_that_nothing_may_be_sent_to_is_a_usage_error() {
    let token = token("ec-p256.jwk", Some("one"));
    for (address, code) in [
        ("http://issuer.example/jwks.json", "insecure_origin"),
        ("http://localhost.example/", "insecure_origin"),
        ("https://user:hunter2@issuer.example/", "usage"),
        ("https://bücher.example/", "usage"),
        ("https://issuer.example/#x", "usage"),
        ("https://", "usage"),
    ] {
        let called = Call::new(&["verify", &token, "--key", address, "--json"])
            .at_home()
            .run();
        let object: Value = serde_json::from_str(&called.stdout).unwrap();
        assert_eq!(
            (called.exit, object["error"]["code"].as_str()),
            (2, Some(code)),
            "{called}"
        );
        assert!(!called.stdout.contains("hunter2"), "{called}");
    }
}

#[test]
fn what_is_at_the_address_and_is_no_key_is_refused() {
    let issuer = Issuer::new();
    let token = token("ec-p256.jwk", Some("one"));
    for body in [
        "<html>hunter2</html>",
        r#"{"keys":[]}"#,
        r#"{"keys":[],"keys":[]}"#,
        r#"{"keys":{}}"#,
        r#"{"kty":"EC"}"#,
        "hunter2",
        "",
    ] {
        *issuer.body.lock().unwrap() = body.to_owned();
        let called = issuer.call(&["verify", &token, "--json"]).run();
        let object: Value = serde_json::from_str(&called.stdout).unwrap();
        assert_eq!(
            object["error"]["code"], "unexpected_answer",
            "{body} {called}"
        );
        assert!(
            called.exit == 8 && !called.stdout.contains("hunter2"),
            "{called}"
        );
    }
}
