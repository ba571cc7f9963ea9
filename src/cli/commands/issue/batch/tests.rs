//! What `issue --batch` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod lane;

use insta::assert_snapshot;
use serde_json::Value;

use crate::cli::commands::testing::{Machine, call};
use crate::cli::testing::CallResult;

fn batch(lines: &str, more: &[&str]) -> CallResult {
    let args = [&["issue", "--batch"], more].concat();
    call(&args).stdin(lines).run()
}

/// The claims of each token that was printed.
fn payloads(called: &CallResult) -> Vec<Value> {
    let lines = called.stdout.lines().filter(|line| !line.is_empty());
    lines
        .map(|token| {
            let decoded = call(&["decode", token, "--json", "-q"]).run();
            let decoded: Value = serde_json::from_str(&decoded.stdout).unwrap();
            decoded["payload"].clone()
        })
        .collect()
}

#[test]
fn each_line_gives_a_token_in_its_order() {
    let lines =
        "{\"sub\":\"alice\",\"role\":\"admin\"}\n\n {\"level\":3.0,\"sub\":\"bob\"}\r\n{\"sub\":5}";
    let called = batch(lines, &["--ttl", "1d", "-c", "role=user"]);
    assert_eq!((called.exit, called.stderr.as_str()), (0, ""), "{called}");
    let payloads = payloads(&called);
    let seen: Vec<_> = payloads
        .iter()
        .map(|payload| {
            let life = payload["exp"].as_i64().unwrap() - payload["iat"].as_i64().unwrap();
            format!(
                "{} {} {} {life}",
                payload["sub"], payload["role"], payload["level"]
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            "\"alice\" \"admin\" null 86400",
            "\"bob\" \"user\" 3.0 86400",
            "5 \"user\" null 86400"
        ]
    );
    let ids: std::collections::HashSet<_> =
        payloads.iter().map(|one| one["jti"].to_string()).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_line_that_gives_no_token_leaves_its_place_empty() {
    let lines = "{\"sub\":\"alice\"}\nalice\n{\"role\":\"x\"}\n{\"sub\":\"a\",\"r\":1,\"r\":2}\n[]\n{\"sub\":\"\"}\n{\"sub\":\"bob\",\"iss\":\"y\"}\n{\"sub\":\"carol\"}";
    let called = batch(
        lines,
        &[
            "--iss",
            "x",
            "--profile",
            "oauth",
            "--aud",
            "a",
            "--client-id",
            "c",
        ],
    );
    assert_eq!(called.exit, 9, "{called}");
    let shape: Vec<_> = called.stdout.lines().map(|line| !line.is_empty()).collect();
    assert_eq!(
        shape,
        [true, false, false, false, false, false, false, true]
    );
    assert_snapshot!(called.stderr, @r"
    jwtsess: error: line 2: no object of claims: the value is not JSON (expected value) at byte 0
    jwtsess: error: line 3: no user: it has no sub
    jwtsess: error: line 4: the line sets r twice
    jwtsess: error: line 5: no object of claims: the value is JSON of type array, not an object at byte 0
    jwtsess: error: line 6: no user: it has no sub
    jwtsess: error: line 7: --iss and the line both set iss
    ");
    let first: Value = serde_json::from_str(called.stdout.lines().next().unwrap()).unwrap();
    assert!(first["refresh_token"].is_string(), "{first}");
}

#[test]
fn with_json_each_line_is_an_object() {
    let schema = include_str!("../../../../../schema/jwtsess-output.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let called = batch("{\"sub\":\"alice\"}\nx\n", &["--json", "--profile", "pair"]);
    assert_eq!(called.exit, 9, "{called}");
    let objects: Vec<Value> = called
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        objects.iter().all(|object| schema.is_valid(object)),
        "{called}"
    );
    assert_eq!(
        (&objects[0]["line"], &objects[1]["line"]),
        (&1.into(), &2.into())
    );
    assert!(objects[0]["refresh"].is_string() && objects[1]["error"]["message"].is_string());
}

#[test]
fn a_profile_that_records_records_each_login() {
    let machine = Machine::new();
    let flags = ["issue", "--batch", "--profile", "pair", "-o", "refresh"];
    let lines = "{\"sub\":\"alice\"}\n{\"sub\":\"bob\"}\n";
    let called = machine.call(&flags).stdin(lines).run();
    assert_eq!(called.exit, 0, "{called}");
    let tokens: Vec<&str> = called.stdout.lines().collect();
    assert_eq!(tokens.len(), 2);
    for token in tokens {
        let rotated = machine.run(&["rotate", token]);
        assert_eq!(rotated.exit, 0, "{rotated}");
    }
}

#[test]
fn what_makes_no_sense_for_many_is_refused() {
    for (more, says) in [
        (&["--user", "alice"][..], "--batch"),
        (&["--jti", "x"], "--batch"),
        (&["-o", "env"], "--batch prints a token per line"),
        (&["--claims", "-"], "standard input"),
    ] {
        let called = batch("{\"sub\":\"alice\"}", more);
        assert_eq!((called.exit, called.stdout.as_str()), (2, ""), "{called}");
        assert!(called.stderr.contains(says), "{called}");
    }
    assert_snapshot!(batch(" \n", &[]), @r"
    --- stderr
    jwtsess: error: standard input contains no claims
    jwtsess: hint: give one JSON object per line, as in jwtsess issue --batch FILE
    --- exit 2
    ");
}
