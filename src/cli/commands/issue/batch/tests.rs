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
fn each_login_is_recorded_and_printed_at_its_place_among_lines_that_log_nobody_in() {
    let machine = Machine::new();
    let line = |number: usize| match number % 7 {
        3 => "x\n".to_owned(),
        _ => format!("{{\"sub\":\"user-{number}\"}}\n"),
    };
    let lines: String = (0..100).map(line).collect();
    let called = machine
        .call(&["issue", "--batch", "--profile", "pair", "-o", "refresh"])
        .stdin(&*lines)
        .run();
    assert_eq!(called.exit, 9);
    let tokens: Vec<&str> = called.stdout.lines().collect();
    assert_eq!(tokens.len(), 100);
    for (number, token) in tokens.iter().enumerate() {
        assert_eq!(token.is_empty(), number % 7 == 3, "{number}");
    }
    let refused = called.stderr.lines().next();
    assert!(refused.is_some_and(|line| line.starts_with("jwtsess: error: line 4: ")));
    assert_eq!(called.stderr.lines().count(), 14);
    let listed = machine.run(&["session", "list", "--json"]);
    let listed: Value = serde_json::from_str(&listed.stdout).unwrap();
    assert_eq!(listed["sessions"].as_array().unwrap().len(), 100 - 14);
    for number in [0, 50, 99] {
        let seen = machine.run(&["inspect", tokens[number], "--json"]);
        let seen: Value = serde_json::from_str(&seen.stdout).unwrap();
        assert_eq!(seen["payload"]["sub"], format!("user-{number}"));
        assert_eq!(seen["session"]["state"], "live", "{seen}");
    }
}

/// A user's last login alone stays live, in a batch too.
#[test]
fn where_a_user_has_one_session_a_batch_ends_those_before() {
    let machine = Machine::new();
    let called = machine
        .call(&[
            "issue",
            "--batch",
            "--profile",
            "pair",
            "--set",
            "session.one_per_user=true",
            "-o",
            "refresh",
        ])
        .stdin("{\"sub\":\"a\"}\n{\"sub\":\"b\"}\n{\"sub\":\"a\"}\n")
        .run();
    assert_eq!(called.exit, 0, "{called}");
    let exits: Vec<_> = (called.stdout.lines())
        .map(|token| machine.run(&["rotate", token]).exit)
        .collect();
    assert_eq!(exits, [7, 0, 0]);
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
