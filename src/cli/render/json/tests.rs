//! What `--json` prints, in success, refusal and error, against the committed schema.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::{Value, json};

use crate::cli::testing::{Call, Folder};

const SCHEMA: &str = include_str!("../../../../schema/jwtsess-output.schema.json");

const PAIR: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/keys/ec-p256.jwk"
);

fn call(args: &[&str]) -> Call {
    Call::new(args)
        .at_home()
        .env("JWTSESS_SECRET", "env:SIGNING_KEY")
        .env(
            "SIGNING_KEY",
            "a-secret-of-more-than-256-bits-for-the-tests-alone",
        )
}

/// The one object that a call prints.
fn printed(args: &[&str]) -> Value {
    let mut args = args.to_vec();
    args.push("--json");
    let called = call(&args).run();
    let line = called
        .stdout
        .strip_suffix('\n')
        .unwrap_or_else(|| panic!("{args:?}: {called}"));
    assert!(!line.contains('\n'), "{args:?}: more than a line: {called}");
    let object: Value = serde_json::from_str(line).unwrap();
    assert_eq!(object["ok"], called.exit == 0, "{args:?}: {called}");
    object
}

fn problems(object: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator
        .iter_errors(object)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn every_answer_is_of_the_schema() {
    let sliding = printed(&["issue", "--user", "alice"])["access"]
        .as_str()
        .unwrap()
        .to_owned();
    let pair = printed(&["issue", "--user", "alice", "--profile", "pair"]);
    let (access, refresh) = (
        pair["access"].as_str().unwrap(),
        pair["refresh"].as_str().unwrap(),
    );
    let odd = "{\"a\":1e400,\"exp\":\"x\",\"nbf\":1.5,\"b\":1,\"b\":2}";
    let odd = printed(&["encode", odd])["access"]
        .as_str()
        .unwrap()
        .to_owned();
    let django = "{\"token_type\":\"refresh\",\"exp\":1900000000,\"jti\":\"x\",\"user_id\":\"7\"}";
    let django = printed(&["encode", django])["access"]
        .as_str()
        .unwrap()
        .to_owned();
    let (cut, unsigned) = (&sliding[..100], "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.");
    let folder = Folder::new();
    let jwk = std::fs::read_to_string(PAIR).unwrap();
    let set = folder.file("keys.jwks", format!("{{\"keys\":[{jwk}]}}"));
    let table: &[(&[&str], &str)] = &[
        (&["profile", "list"], "null"),
        (&["profile", "show", "oauth"], "null"),
        (&["profile", "show", "drf-jwt", "--set", "aud=a,b"], "null"),
        (&["profile", "frob"], "usage"),
        (&["inspect", &django], "valid"),
        (&["verify", &django, "--as", "refresh"], "valid"),
        (&["verify", &sliding, "--as", "view"], "usage"),
        (&["issue", "--user", "alice"], "valid"),
        (&["issue", "--user", "alice", "--profile", "pair"], "valid"),
        (
            &[
                "issue",
                "--user",
                "alice",
                "--profile",
                "plain",
                "-c",
                "exp:=\"x\"",
            ],
            "valid",
        ),
        (&["issue"], "usage"),
        (
            &["issue", "--user", "alice", "--profile", "none-such"],
            "usage",
        ),
        (
            &["issue", "--user", "alice", "--alg", "RS256"],
            "algorithm_not_allowed",
        ),
        (&["issue", "--no-such-flag"], "usage"),
        (&["no-such-command"], "usage"),
        (&[], "usage"),
        (&["inspect", &sliding], "valid"),
        (&["inspect", &sliding, "--now", "+2h"], "expired"),
        (&["inspect", &odd], "duplicate_member"),
        (&["inspect", cut], "malformed"),
        (&["inspect", "eyJhbGciOiJkaXIifQ.a.b.c.d"], "encrypted"),
        (&["inspect", "eyJhbGciOiJIUzI1NiJ9.W10.AAAA"], "malformed"),
        (&["inspect", unsigned], "alg_none"),
        (&["verify", &sliding], "valid"),
        (&["verify", refresh], "kind_mismatch"),
        (
            &["verify", &odd, "--aud", "x", "--claim", "a:={\"b\":[1]}"],
            "duplicate_member",
        ),
        (&["renew", &sliding], "valid"),
        (&["renew", &sliding, "--within", "5m"], "valid"),
        (&["renew", refresh, "--no-store"], "valid"),
        (&["renew", refresh], "unknown_session"),
        (&["rotate", refresh], "unknown_session"),
        (&["rotate", refresh, "--no-store"], "valid"),
        (&["rotate", &sliding], "valid"),
        (&["rotate", &django], "valid"),
        (&["rotate", "--session", "x"], "unknown_session"),
        (&["revoke", &sliding], "valid"),
        (&["revoke", &django, "--dry-run"], "valid"),
        (&["revoke", unsigned], "alg_none"),
        (&["revoke", "--all", "--missing-ok"], "null"),
        (&["revoke", "--all"], "nothing_found"),
        (&["session", "list"], "null"),
        (&["session", "show", "x"], "unknown_session"),
        (&["session", "purge"], "null"),
        (&["renew", access], "kind_mismatch"),
        (&["decode", &sliding], "null"),
        (&["decode", cut], "null"),
        (&["encode", "{}"], "null"),
        (&["key", "generate"], "null"),
        (&["key", "generate", "--format", "pem"], "null"),
        (
            &["key", "generate", "--alg", "HS256", "--format", "raw"],
            "null",
        ),
        (&["key", "show"], "null"),
        (&["key", "show", PAIR], "null"),
        (&["key", "jwks", PAIR], "null"),
        (&["key", "convert", PAIR], "usage"),
        (&["key", "rotate", PAIR], "usage"),
        (&["key", "rotate", &set, "--prune"], "null"),
        (&["key", "convert", PAIR, "--format", "der"], "null"),
    ];
    for &(args, verdict) in table {
        let object = printed(args);
        assert_eq!(problems(&object), [""; 0], "{args:?}\n{object}");
        let expected = if verdict == "null" {
            Value::Null
        } else {
            json!(verdict)
        };
        assert_eq!(object["verdict"], expected, "{args:?}\n{object}");
        assert_eq!(
            object.get("error").is_some(),
            verdict == "usage"
                || args.contains(&"RS256")
                || args.contains(&"--session")
                || args == ["session", "show", "x"]
                || verdict == "nothing_found",
            "{args:?}"
        );
    }
}

#[test]
fn a_refused_token_comes_back_in_no_key() {
    let sliding = printed(&["issue", "--user", "alice"])["access"]
        .as_str()
        .unwrap()
        .to_owned();
    for args in [
        &["renew", &sliding, "--now", "+2h"][..],
        &["verify", &sliding, "--now", "+2h"],
        &["inspect", &sliding, "--now", "+2h"],
    ] {
        let object = printed(args).to_string();
        assert!(
            !object.contains(&sliding) && !object.contains("access\":\""),
            "{args:?}\n{object}"
        );
    }
}

#[test]
fn header_and_payload_stand_as_they_were_signed() {
    let payload = r#"{"z":1.50,"a":"\u00e9", "exp":18000036000000000000}"#;
    let token = call(&["encode", payload]).run().stdout;
    let called = call(&["decode", token.trim_end(), "--json"]).run();
    assert!(
        called.stdout.contains(&format!(r#""payload":{payload},"#)),
        "{called}"
    );
}

#[test]
fn what_readers_take_differently_stands_as_base64url() {
    for payload in [
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1e400}",
    ] {
        let token = call(&["encode", payload]).run().stdout;
        let object = printed(&["decode", token.trim_end()]);
        assert_eq!(object["payload"], Value::Null);
        let part = token.split('.').nth(1).unwrap();
        assert_eq!(object["payload_base64url"], part, "{payload}");
    }
}

/// Not the schema alone may not fail: it has to refuse what is not of it.
#[test]
fn the_schema_refuses_other_objects() {
    let good = printed(&["issue", "--user", "alice"]);
    for (name, value) in [
        ("schema", json!(1)),
        ("ok", json!("yes")),
        ("verdict", json!("Not A Code")),
        ("now", json!(1.5)),
        ("access", json!("two.parts")),
        ("surprise", json!(1)),
        (
            "error",
            json!({"code": "usage", "message": "x", "hint": null}),
        ),
        ("token", json!({"profile": "x"})),
        ("payload_base64url", json!("e30")),
    ] {
        let mut wrong = good.clone();
        wrong[name] = value;
        assert_ne!(problems(&wrong), [""; 0], "{name}");
    }
}

#[test]
fn what_a_store_knows_is_of_the_schema() {
    use crate::cli::commands::testing::Machine;
    let machine = Machine::new();
    let (_, refresh) = machine.pair();
    let id = "00000000-0000-4000-8000-000000000001";
    for (args, member) in [
        (&["rotate", &refresh][..], "/session/generation"),
        (&["rotate", &refresh], "/session/state"),
        (&["session", "list"], "/sessions/0/generations"),
        (&["session", "show", id], "/family/tokens/1/parent"),
        (&["revoke", &refresh], "/revoked/had_ended"),
        (&["verify", &refresh, "--kind", "any"], "/session/store"),
        (&["session", "purge", "--dry-run"], "/purged/next_at"),
    ] {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        let object: Value = serde_json::from_str(&machine.run(&args).stdout).unwrap();
        assert_eq!(problems(&object), [""; 0], "{args:?}\n{object}");
        assert!(
            !object.pointer(member).unwrap().is_null(),
            "{args:?}\n{object}"
        );
    }
}
