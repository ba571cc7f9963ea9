//! Recorded answers of real Django servers, each foretold by `verify --as`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value as Json, json};

use crate::cli::testing::{Call, CallResult, Folder};

const SCHEMA: &str = include_str!("../../../schema/jwtsess-output.schema.json");
const ANSWERS: &str = include_str!("../../../tests/vectors/django-answers.json");

/// The servers as they were set up, with the users they had.
const CONFIG: &str = r#"
[profiles.simplejwt-server]
extends = "simplejwt"
users = [
  { name = "alice", id = 1, email = "alice@example.com" },
  { name = "bob", id = 2, email = "bob@example.com" },
  { name = "carol", id = 3, email = "carol@example.com", active = false },
]

[profiles.sliding-server]
extends = "simplejwt-sliding"
users = [
  { name = "alice", id = 1, email = "alice@example.com" },
  { name = "bob", id = 2, email = "bob@example.com" },
  { name = "carol", id = 3, email = "carol@example.com", active = false },
]

[profiles.strict-server]
extends = "simplejwt-server"
LEEWAY = 30
AUDIENCE = "api"
ISSUER = "me"

[profiles.drf-server]
extends = "drf-jwt"
users = [
  { name = "alice", id = 1, email = "alice@example.com" },
  { name = "bob", id = 2, email = "bob@example.com" },
  { name = "carol", id = 3, email = "carol@example.com", active = false },
]

[profiles.legacy-server]
extends = "drf-jwt-legacy"
users = [
  { name = "alice", id = 1, email = "alice@example.com" },
  { name = "bob", id = 2, email = "bob@example.com" },
  { name = "carol", id = 3, email = "carol@example.com", active = false },
]
"#;

/// How the token is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenInput {
    Argument,
    /// The JSON that is posted to the server, on standard input.
    Body,
}

/// A token that is pasted may be wrapped, and its lines are put together before it is renewed. `verify --as` sends what it was given.
const WRAPPED: (&str, &str) = ("simplejwt-5.5.1", "inner newline");

fn profile(server: &str) -> &'static str {
    match server {
        "simplejwt-5.5.1" => "simplejwt-server",
        "simplejwt-5.5.1 LEEWAY 30, AUDIENCE api, ISSUER me" => "strict-server",
        "drf-jwt-1.19.2" => "drf-server",
        "djangorestframework-jwt-1.11.0" => "legacy-server",
        other => panic!("{other}"),
    }
}

/// A token as the recordings describe it: without `exp` and `iat`, and without an id that is fresh.
fn described(header: &Json, payload: &Json) -> Json {
    let claims = payload.as_object().unwrap();
    let order: Vec<_> = claims.keys().cloned().collect();
    let told = |(name, value): &(&String, &Json)| {
        !["exp", "iat"].contains(&name.as_str()) && **value != json!("…")
    };
    let claims: Map<String, Json> = claims
        .iter()
        .filter(told)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    json!({ "header": header, "claim_order": order, "claims": claims })
}

/// The answer in the form of the recordings, as text: the order of its members counts.
fn answered(object: &Json) -> String {
    let answer = &object["answer"];
    let mut body = answer["body"].clone();
    for minted in answer["minted"].as_array().unwrap() {
        let field = minted["field"].as_str().unwrap();
        assert_eq!(body[field], "…");
        body[field] = described(&minted["header"], &minted["payload"]);
    }
    // drf-jwt sends the token back that it verified.
    if let Some(token) = body.get("token").and_then(Json::as_str) {
        let parts = token.split('.').take(2).map(|part| {
            let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
            serde_json::from_slice(&bytes).unwrap()
        });
        let parts: Vec<Json> = parts.collect();
        body["token"] = described(&parts[0], &parts[1]);
    }
    json!({ "status": answer["status"], "body": body }).to_string()
}

/// A call for one recording, and what it answers.
fn foretold(given: TokenInput, file: &Json, vector: &Json, config: &str) -> (Json, CallResult) {
    let text = |name: &str| vector[name].as_str().unwrap();
    let view = match text("endpoint") {
        "whoami" => "view",
        view => view,
    };
    let (argument, body) = match given {
        TokenInput::Argument => (text("token"), String::new()),
        TokenInput::Body => {
            let field = if view == "refresh" {
                "refresh"
            } else {
                "token"
            };
            ("-", json!({ field: text("token") }).to_string())
        }
    };
    let called = Call::new(&[
        "verify",
        "--as",
        view,
        "--profile",
        profile(text("server")),
        "--config",
        config,
        // Between the tokens' own moments; past them, where a token says when it was made.
        "--now",
        "1795441400",
        "--json",
        "--quiet",
        "--",
        argument,
    ])
    .stdin(body)
    .env("JWTSESS_SECRET", "env:SIGNING_KEY")
    .env("SIGNING_KEY", file["key"].as_str().unwrap())
    .run();
    let object = serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"));
    (object, called)
}

#[test]
fn renew_refuses_text_for_text_as_the_recorded_server_did() {
    let folder = Folder::new();
    let config = folder.file("config.toml", CONFIG);
    let file: Json = serde_json::from_str(ANSWERS).unwrap();
    let vectors = file["vectors"].as_array().unwrap().iter();
    let schema: Json = serde_json::from_str(SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut refused = 0;
    for vector in vectors {
        let text = |name: &str| vector[name].as_str().unwrap();
        let sliding = match text("endpoint") {
            "refresh" => false,
            "sliding-refresh" => true,
            _ => continue,
        };
        let profile = match profile(text("server")) {
            "simplejwt-server" if sliding => "sliding-server",
            other => other,
        };
        let place = (text("server"), text("endpoint"), text("name"));
        if (text("server"), text("name")) == WRAPPED {
            continue;
        }
        let called = Call::new(&[
            "renew",
            "--profile",
            profile,
            "--config",
            &config,
            "--now",
            "1795441400",
            "--json",
            "--quiet",
            "--",
            text("token"),
        ])
        .env("JWTSESS_SECRET", "env:SIGNING_KEY")
        .env("SIGNING_KEY", file["key"].as_str().unwrap())
        .run();
        let object: Json =
            serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"));
        assert!(schema.is_valid(&object), "{place:?} {called}");
        let status = vector["status"].as_u64().unwrap();
        if called.exit == 0 {
            assert!((200..300).contains(&status), "{place:?} {called}");
            continue;
        }
        refused += 1;
        let expected = json!({ "status": vector["status"], "body": vector["body"] }).to_string();
        assert_eq!(answered(&object), expected, "{place:?} {called}");
    }
    assert_eq!(refused, 147);
}

#[test]
fn every_recorded_answer_is_foretold() {
    let folder = Folder::new();
    let config = folder.file("config.toml", CONFIG);
    let file: Json = serde_json::from_str(ANSWERS).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 341);
    let schema: Json = serde_json::from_str(SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let both = [TokenInput::Argument, TokenInput::Body];
    for (given, vector) in vectors
        .iter()
        .flat_map(|one| both.map(|given| (given, one)))
    {
        let text = |name: &str| vector[name].as_str().unwrap();
        let place = (given, text("server"), text("endpoint"), text("name"));
        let (object, called) = foretold(given, &file, vector, &config);
        assert!(schema.is_valid(&object), "{place:?} {called}");
        let expected = json!({ "status": vector["status"], "body": vector["body"] }).to_string();
        assert_eq!(answered(&object), expected, "{place:?} {called}");
        let not_checked = object["answer"]["not_checked"].as_array().unwrap();
        let list_alone = not_checked.iter().all(|what| what == "blacklist");
        assert!(list_alone, "{place:?} {called}");
        match vector["status"].as_u64().unwrap() {
            200..=299 => assert_eq!((called.exit, &object["verdict"]), (0, &json!("valid"))),
            500 => assert_eq!(
                (called.exit, &object["verdict"]),
                (6, &json!("server_error"))
            ),
            _ => assert!((3..=7).contains(&called.exit), "{place:?} {called}"),
        }
    }
}
