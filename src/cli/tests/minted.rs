//! What judging points out of a token is said when the token is made.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::commands::testing::{Machine, call, signed};
use crate::cli::testing::CallResult;

fn said(called: &CallResult) -> String {
    let words: Vec<_> = called.stderr.split_whitespace().collect();
    words.join(" ")
}

/// The codes of what is noted in a call's JSON.
fn noted(called: &CallResult) -> Vec<String> {
    let answer: Json = serde_json::from_str(&called.stdout).unwrap();
    let findings = answer["findings"].as_array().unwrap();
    let notes = findings.iter().filter(|one| one["severity"] == "note");
    notes
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect()
}

/// What is typed, the code in the JSON, and the words.
const REMARKS: &[(&[&str], &str, &str)] = &[
    (
        &["--exp", "1900000000000"],
        "looks_like_milliseconds",
        "exp looks like milliseconds: 1900000000 would be 2030-03-17",
    ),
    (
        &["--exp", "1900000000000000"],
        "looks_like_microseconds",
        "exp looks like microseconds",
    ),
    (
        &["--nbf", "1800000000000"],
        "looks_like_milliseconds",
        "nbf looks like milliseconds",
    ),
    (
        &["-c", "exp:=1900000000000"],
        "looks_like_milliseconds",
        "exp looks like milliseconds",
    ),
    (
        &["-c", "exp:=1.9e12"],
        "looks_like_milliseconds",
        "exp looks like milliseconds",
    ),
    (
        &["-c", "exp:=1900000000000000000"],
        "looks_like_nanoseconds",
        "exp looks like nanoseconds",
    ),
    (
        &["-c", "iat:=1800000000000"],
        "looks_like_milliseconds",
        "iat looks like milliseconds",
    ),
    (
        &["-c", "auth_time:=1800000000000"],
        "looks_like_milliseconds",
        "auth_time looks like milliseconds",
    ),
    (
        &["-c", "iat:=1800009999"],
        "issued_in_future",
        "whoever checks this token will refuse it: issued",
    ),
    (
        &["-c", "exp=1900000000"],
        "claim_malformed",
        "will refuse it: exp is \"1900000000\"",
    ),
    (
        &["-c", "aud:=7"],
        "claim_malformed",
        "will refuse it: aud is 7",
    ),
    (
        &["--ttl", "0"],
        "expired",
        "whoever checks this token will refuse it: expired",
    ),
    (
        &["--ttl", "0s"],
        "expired",
        "whoever checks this token will refuse it: expired",
    ),
    (
        &["--exp", "-1h"],
        "expired",
        "whoever checks this token will refuse it: expired",
    ),
    (
        &["--ttl", "15"],
        "short_life",
        "lives for 15 s only: a number without a unit counts seconds",
    ),
    (&["--exp", "+15s"], "short_life", "lives for 15 s only"),
    (
        &["-c", "aud="],
        "suspicious_text",
        "aud is empty (is a variable not set?)",
    ),
    (&["-c", "iss= "], "suspicious_text", "iss is empty"),
    (
        &["-c", "aud:=[\"a\",\"b\\n\"]"],
        "suspicious_text",
        "aud has a line break or another control character in it: [\"a\",\"b\\n\"]",
    ),
    (
        &["-c", "sub=alice "],
        "suspicious_text",
        "sub has white space around it: \"alice \"",
    ),
    (
        &["--typ", "JWT\r"],
        "suspicious_text",
        "typ has a line break",
    ),
    (
        &["--kid", "one\n"],
        "suspicious_text",
        "kid has a line break",
    ),
    (&["--header", "kid="], "suspicious_text", "kid is empty"),
];

#[test]
fn issue_and_encode_say_what_judging_points_out() {
    for command in [
        &["issue", "--user", "alice", "--no-store"][..],
        &["encode", "{}"],
    ] {
        for (flags, code, words) in REMARKS {
            let args = [command, flags].concat();
            let made = call(&args).run();
            assert_eq!(made.exit, 0, "{made}");
            assert!(said(&made).contains(words), "{args:?} {made}");
            let json = call(&[&args[..], &["--json"]].concat()).run();
            assert_eq!(noted(&json), [*code], "{args:?} {json}");
        }
    }
}

#[test]
fn what_is_as_it_was_meant_is_made_without_a_word() {
    let table: [&[&str]; 8] = [
        &["--ttl", "15s"],
        &["--ttl", "60"],
        &["--ttl", "1m30s"],
        &["--exp", "2027-01-20"],
        &["--nbf", "+1h"],
        &["-c", "sub=José de la Cruz"],
        &["-c", "created:=1800000000000"],
        &["-c", "note="],
    ];
    for flags in table {
        let made = call(&[&["issue", "--user", "alice", "--no-store"], flags].concat()).run();
        assert_eq!(
            (made.exit, made.stderr.as_str()),
            (0, ""),
            "{flags:?} {made}"
        );
    }
}

#[test]
fn an_end_beyond_the_sessions_is_said_to_be_capped() {
    for flags in [["--exp", "2030-01-01"], ["--ttl", "30d"]] {
        let args = ["issue", "--user", "alice", "--no-store"];
        let made = call(&[&args[..], &flags].concat()).run();
        let expected = "exp is capped at the session's end: 2027-01-22T08:00:00Z";
        assert!(said(&made).contains(expected), "{made}");
    }
}

#[test]
fn a_user_with_a_line_break_is_pointed_out_under_every_profile() {
    for profile in ["sliding", "pair", "oauth", "drf-jwt"] {
        let more: &[&str] = match profile {
            "oauth" => &["--iss", "me", "--aud", "api", "--client-id", "app"],
            "drf-jwt" => &["--user-id", "7"],
            _ => &[],
        };
        let args = [
            "issue",
            "--user",
            "alice\r",
            "--profile",
            profile,
            "--no-store",
        ];
        let made = call(&[&args[..], more].concat()).run();
        assert_eq!(made.exit, 0, "{made}");
        let about = made.stderr.matches("has a line break or another").count();
        assert_eq!(about, 1, "of both tokens of a pair once: {made}");
    }
}

#[test]
fn what_takes_a_tokens_place_is_held_to_the_same() {
    for command in ["renew", "rotate"] {
        let machine = Machine::new();
        let token = machine.token(&["issue", "--user", "alice"]);
        let run = |ttl: &str, more: &[&str]| {
            let token = if command == "rotate" {
                machine.token(&["issue", "--user", "alice"])
            } else {
                token.clone()
            };
            machine.run(&[&[command, &token, "--ttl", ttl], more].concat())
        };
        let words = "lives for 15 s only";
        assert!(said(&run("15", &[])).contains(words), "{command}");
        assert!(!said(&run("15s", &[])).contains(words), "{command}");
        assert_eq!(noted(&run("15", &["--json"])), ["short_life"], "{command}");
        assert!(
            said(&run("0", &[])).contains("will refuse it: expired"),
            "{command}"
        );
    }
}

#[test]
fn what_was_said_of_the_presented_token_is_not_said_again() {
    let token = signed(
        r#"{"alg":"HS256"}"#,
        br#"{"sub":"alice\n","iat":1799999990,"exp":1800000010}"#,
    );
    let renewed = call(&["renew", &token, "--profile", "plain"]).run();
    assert_eq!(renewed.exit, 0, "{renewed}");
    assert_eq!(
        said(&renewed).matches("sub has a line break").count(),
        1,
        "{renewed}"
    );
    assert!(
        !renewed.stderr.contains("lives for"),
        "it is the token's own life: {renewed}"
    );
}

#[test]
fn the_values_of_a_profile_are_held_to_the_same() {
    let table = [
        ("access.ttl = 15", "lives for 15 s only"),
        ("access.ttl = \"15\"", "lives for 15 s only"),
        (
            "iss = \"https://a.example \"",
            "iss has white space around it",
        ),
        ("aud = [\"api\", \"b\\n\"]", "aud has a line break"),
        (
            "claims = [\"...\", \"client_id = 'app\\r'\"]",
            "client_id has a line break",
        ),
    ];
    for (line, expected) in table {
        let machine = Machine::new();
        let config = format!("[profiles.shop]\nextends = \"sliding\"\n{line}\n");
        let config = machine.home.file("config.toml", config);
        let args = [
            "issue",
            "--user",
            "alice",
            "--profile",
            "shop",
            "--config",
            &config,
        ];
        let made = machine.run(&args);
        assert_eq!(made.exit, 0, "{line} {made}");
        assert!(said(&made).contains(expected), "{line} {made}");
    }
}
