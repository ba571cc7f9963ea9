//! What `verify --batch` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod files;
pub(in crate::cli::commands) mod hostile;
mod kept;
mod lanes;

use std::fmt::Write as _;

use insta::assert_snapshot;
use serde_json::Value;

use crate::cli::commands::testing::{Machine, call, pair, printed, signed, sliding};
use crate::cli::testing::CallResult;

fn batch(lines: &str, more: &[&str]) -> CallResult {
    let args = [&["verify", "--batch"], more].concat();
    call(&args).stdin(lines).run()
}

/// Every kind of line there is.
fn lines() -> String {
    let (access, refresh) = pair();
    let plain = |payload: &str| signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
    [
        access.as_str(),
        &refresh,
        "",
        "  ",
        "hello",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.",
        &format!("Authorization: Bearer {access}\r"),
        &format!("{{\"access\":\"{access}\",\"refresh\":\"{refresh}\"}}"),
        &format!("{access} {refresh}"),
        &plain(r#"{"exp":1,"aud":"\u001b[2J"}"#),
        &plain(r#"{"exp":1800000300,"aud":"x"}"#),
        &format!("{}x", &access[..access.len() - 1]),
        "{\"error\":\"invalid_grant\"}",
        &access[..100],
    ]
    .join("\n")
}

#[test]
fn each_line_is_answered_in_its_order() {
    assert_snapshot!(batch(&lines(), &[]), @r#"
    --- stdout
    1: valid, expires in 5 min; sub "alice"; jti "00000000-0000-4000-8000-000000000003"
    2: kind mismatch: a refresh token, expected access; sub "alice"; jti "00000000-0000-4000-8000-000000000002"
    5: not a token: one part, but a token has three with dots between them; the header breaks off at byte 5: it was cut short
    6: UNSIGNED (alg none): anyone could have written it; nothing in this token tells its kind; no exp; sub "alice"
    7: valid, expires in 5 min; sub "alice"; jti "00000000-0000-4000-8000-000000000003"
    8: valid, expires in 5 min; sub "alice"; jti "00000000-0000-4000-8000-000000000003"
    9: the given text contains several tokens: 1, 2
    10: expired 57 y 28 d ago; nothing in this token tells its kind; audience not checked: aud is "\u001b[2J"; aud has a line break or another control character in it: "\u001b[2J"
    11: valid, expires in 5 min; nothing in this token tells its kind; audience not checked: aud is "x"
    12: malformed: the signature's last character, at byte 300, has stray bits: it was altered or cut short; none of the given keys made this signature; sub "alice"; jti "00000000-0000-4000-8000-000000000003"
    13: this is a server's refusal, not a token: invalid_grant
    14: not a token: 2 parts, but a token has three (byte 100); the payload is not JSON (EOF while parsing an object) at byte 100; none of the given keys made this signature
    --- exit 9
    "#);
}

#[test]
fn with_json_each_line_is_an_object() {
    let schema: Value = serde_json::from_str(include_str!(
        "../../../../schema/jwtsess-output.schema.json"
    ))
    .unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let called = batch(&lines(), &["--json"]);
    assert_eq!((called.exit, called.stderr.as_str()), (9, ""));
    let mut told = String::new();
    for line in called.stdout.lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        assert!(schema.is_valid(&object), "{line}");
        assert_eq!(object["ok"], object["verdict"] == "valid");
        writeln!(told, "{} {}", object["line"], object["verdict"]).unwrap();
    }
    assert_snapshot!(told, @r#"
    1 "valid"
    2 "kind_mismatch"
    5 "malformed"
    6 "alg_none"
    7 "valid"
    8 "valid"
    9 "usage"
    10 "expired"
    11 "valid"
    12 "malformed"
    13 "malformed"
    14 "malformed"
    "#);
}

/// Takes out what only a line of a batch has.
fn without_who(line: &mut Value) {
    let line = line.as_object_mut().unwrap();
    for name in ["line", "sub", "jti"] {
        line.remove(name);
    }
}

#[test]
fn a_batch_says_what_verify_says_of_each() {
    for line in lines().lines().filter(|line| !line.trim().is_empty()) {
        let in_batch = batch(line, &["--json"]);
        let alone = call(&["verify", "--json", "-q"]).stdin(line).run();
        let read = |called: &CallResult| -> Value {
            let mut object: Value = serde_json::from_str(&called.stdout).unwrap();
            // Each call has a home of its own.
            if let Some(session) = object.get_mut("session") {
                session["store"].take();
            }
            object
        };
        let (mut in_batch_says, alone_says) = (read(&in_batch), read(&alone));
        without_who(&mut in_batch_says);
        assert_eq!(in_batch_says, alone_says, "{line}");
        assert_eq!(in_batch.exit == 0, alone.exit == 0, "{line}");
    }
}

#[test]
fn the_flags_and_the_profile_count_for_each_line() {
    let (access, refresh) = pair();
    let both = format!("{access}\n{refresh}\n{}\n", sliding());
    for (more, expected) in [
        (&[][..], "valid kind_mismatch valid"),
        (&["--kind", "any"], "valid valid valid"),
        (
            &["--kind", "any", "--profile", "pair"],
            "valid valid model_mismatch",
        ),
        (&["--kind", "refresh"], "kind_mismatch valid kind_mismatch"),
        (&["--min-ttl", "10m"], "expires_soon kind_mismatch valid"),
        (&["--now", "+1y"], "usage"),
        (
            &["--now", "+365d", "--kind", "any"],
            "expired expired expired",
        ),
        (&["--jws"], "valid valid valid"),
        (
            &["--jws", "--typ", "at+jwt"],
            "valid type_mismatch type_mismatch",
        ),
        (&["--iss", "x", "--jws"], "usage"),
        (&["--has", "sub=alice"], "valid kind_mismatch valid"),
        (
            &["--claim", "sub:=5"],
            "claim_mismatch kind_mismatch claim_mismatch",
        ),
    ] {
        let called = batch(&both, &[&["--json"], more].concat());
        let verdict = |line: &str| {
            let object: Value = serde_json::from_str(line).unwrap();
            object["verdict"].as_str().unwrap().to_owned()
        };
        let verdicts: Vec<_> = called.stdout.lines().map(verdict).collect();
        assert_eq!(verdicts.join(" "), expected, "{more:?} {called}");
    }
}

#[test]
fn a_batch_without_a_token_is_no_success() {
    assert_snapshot!(batch(" \n\n", &[]), @r#"
    --- stderr
    jwtsess: error: standard input contains no token
    jwtsess: hint: give one token per line, as in jwtsess verify --batch FILE
    --- exit 2
    "#);
    assert_snapshot!(batch("a.b.c", &[&sliding()]), @r#"
    --- stderr
    jwtsess: error: --batch reads its lines from files or from standard input, but was given a token as an argument
    jwtsess: hint: to read from a file: jwtsess verify --batch FILE
    --- exit 2
    "#);
    assert_snapshot!(batch("a.b.c", &["--as", "view"]), @r#"
    --- stderr
    jwtsess: error: --batch and --as can't be given together
    jwtsess: hint: give one of them
    --- exit 2
    "#);
    assert_snapshot!(batch("a.b.c", &["--key", "-"]), @r#"
    --- stderr
    jwtsess: error: standard input can't be both --key and the tokens
    jwtsess: hint: give one of the two as an argument, a file or an environment variable
    --- exit 2
    "#);
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_judged() {
    let token = sliding();
    let long = "a".repeat(3 << 20);
    let text = format!("{token}\n{long}\n{token}\n{}\n{token}", &long[..2000]);
    let called = batch(&text, &["--max-token-size", "1k"]);
    assert_snapshot!(called, @r#"
    --- stdout
    1: valid, expires in 1 h; sub "alice"; jti "00000000-0000-4000-8000-000000000002"
    2: the line is larger than 1049600 bytes
    3: valid, expires in 1 h; sub "alice"; jti "00000000-0000-4000-8000-000000000002"
    4: not a token: the token is larger than 1 KiB
    5: valid, expires in 1 h; sub "alice"; jti "00000000-0000-4000-8000-000000000002"
    --- exit 9
    "#);
}

#[test]
fn many_lines_keep_their_order() {
    let token = sliding();
    let mut text = String::new();
    for at in 1..=2000 {
        // Every seventh is another.
        text.push_str(if at % 7 == 0 { "no.tok.en" } else { &token });
        text.push('\n');
    }
    let called = batch(&text, &["--json"]);
    assert_eq!(called.exit, 9);
    let mut count = 0;
    for (line, at) in called.stdout.lines().zip(1..) {
        let object: Value = serde_json::from_str(line).unwrap();
        assert_eq!(object["line"], at);
        assert_eq!(object["ok"], at % 7 != 0);
        count = at;
    }
    assert_eq!(count, 2000);
}

#[test]
fn a_reader_that_went_away_ends_a_batch_quietly() {
    let text = format!("{}\n", sliding()).repeat(10);
    let called = call(&["verify", "--batch"]).stdin(text);
    let called = called.stdout_fails(std::io::ErrorKind::BrokenPipe).run();
    assert_eq!((called.exit, called.stderr.as_str()), (0, ""));
}

#[test]
fn at_a_terminal_the_end_says_how_many() {
    let token = sliding();
    for (text, says) in [
        (format!("{token}\n"), "1 token, all accepted"),
        (format!("{token}\nx\n"), "2 tokens, 1 of them refused"),
        ("x\ny\n".to_owned(), "2 tokens, all refused"),
    ] {
        let called = call(&["verify", "--batch", "--color", "never"]);
        let called = called.at_a_terminal(&[]).stdin(text).run();
        assert_eq!(
            called.stderr,
            format!("jwtsess: give one token per line, and end with Ctrl-D\njwtsess: {says}\n")
        );
    }
}

#[test]
fn a_batch_asks_the_store_for_each_token() {
    let folder = crate::cli::testing::Folder::new();
    let store = folder.path().join("sessions").to_str().unwrap().to_owned();
    let kept = ["--store", store.as_str(), "--profile", "pair"];
    let refresh = |ids, args: &[&str]| {
        let args = [args, &["-o", "refresh"], &kept].concat();
        printed(call(&args).ids_from(ids))
    };
    let first = refresh(10, &["issue", "--user", "alice"]);
    let second = refresh(20, &["rotate", &first]);
    let other = refresh(30, &["issue", "--user", "bob"]);
    let text = [first.as_str(), &second, &other, "x"].join("\n");
    let flags = [&kept[..], &["--kind", "refresh", "--json"]].concat();
    let called = batch(&text, &flags);
    let mut verdicts = Vec::new();
    for (line, token) in called.stdout.lines().zip(text.lines()) {
        let mut object: Value = serde_json::from_str(line).unwrap();
        verdicts.push(object["verdict"].as_str().unwrap().to_owned());
        let alone = call(&[&["verify", token], &flags[..]].concat()).run();
        let alone: Value = serde_json::from_str(&alone.stdout).unwrap();
        without_who(&mut object);
        assert_eq!(object, alone);
    }
    assert_eq!(verdicts, ["retired", "valid", "valid", "malformed"]);
    let flags = ["--kind", "refresh", "--no-store"];
    assert_snapshot!(batch(&first, &flags), @r#"
    --- stdout
    1: valid, expires in 14 d; sub "alice"; jti "00000000-0000-4000-8000-00000000000c"
    --- stderr
    jwtsess: no store in use: revoked sessions and retired tokens are not detected
    --- exit 0
    "#);
}

#[test]
fn a_token_whose_id_another_session_has_is_refused_and_the_lines_around_it_are_not() {
    let machine = Machine::new();
    let alice = machine.token(&["issue", "--user", "alice", "--jti", "X1"]);
    let bob = machine.token(&["issue", "--user", "bob", "--jti", "X1"]);
    let fresh = machine.token(&["rotate", &alice]);
    let lines = [&fresh, &bob, &fresh].map(String::as_str).join("\n");
    let called = machine.call(&["verify", "--batch"]).stdin(lines).run();
    assert_eq!(called.exit, 9, "{called}");
    let verdicts: Vec<&str> = called.stdout.lines().collect();
    assert!(verdicts[0].starts_with("1: valid"), "{called}");
    assert!(
        verdicts[1].starts_with(
            "2: token id taken: the store has a token with the same jti in another session"
        ),
        "{called}"
    );
    assert!(verdicts[2].starts_with("3: valid"), "{called}");
    let verified = machine.run(&["verify", &bob]);
    assert_eq!(verified.exit, 7, "{verified}");
    let inspected = machine.run(&["inspect", &bob]);
    assert_eq!(inspected.exit, 0, "{inspected}");
    assert!(
        inspected.stdout.starts_with("token id taken"),
        "{inspected}"
    );
    for verb in ["renew", "rotate", "revoke"] {
        let called = machine.run(&[verb, &bob]);
        assert_eq!((called.exit, &*called.stdout), (7, ""), "{called}");
        assert!(!called.stderr.contains("damaged"), "{called}");
    }
    assert_eq!(
        machine.run(&["verify", &fresh]).exit,
        0,
        "alice's session is as it was"
    );
}

#[test]
fn columns_are_lines_of_the_verdict_and_the_claims() {
    let plain = |payload: &str| signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
    let text = [
        plain(
            r#"{"exp":1800000300,"sub":"alice","n":1.50,"roles":["a", "b"],"o":{"x":{"y":null}}}"#,
        ),
        plain(r#"{"exp":1800000300,"sub":"tab\there\u001b[2J\nend","o":{"x":"in"}}"#),
        plain(r#"{"exp":1,"sub":"-"}"#),
        "nothing".to_owned(),
    ]
    .join("\n");
    let called = batch(&text, &["--columns", "sub,exp,n,roles,/o/x,/o/x/y"]);
    assert_snapshot!(called.stdout.replace('\t', "|"), @r#"
    valid|alice|1800000300|1.50|["a", "b"]|{"y":null}|null
    valid|tab\u0009here\u001b[2J\u000aend|1800000300|-|-|in|-
    expired|-|1|-|-|-|-
    malformed|-|-|-|-|-|-
    "#);
    assert_eq!(called.exit, 9);
    for (more, says) in [
        (
            &["--columns", "sub", "--json"][..],
            "--columns prints lines with tabs",
        ),
        (&["--columns", "/a~b"], "--columns /a~b: a JSON Pointer"),
        (
            &["--columns", "sub", "--summary"],
            "can't be given together",
        ),
        (&["--columns", ""], "--columns"),
    ] {
        let called = batch(&text, more);
        assert_eq!(
            (called.exit, called.stdout.contains('\t')),
            (2, false),
            "{called}"
        );
        assert!(
            format!("{}{}", called.stdout, called.stderr).contains(says),
            "{called}"
        );
    }
    let alone = call(&["verify", "a.b.c", "--columns", "sub"]).run();
    assert_eq!(alone.exit, 2, "{alone}");
}

#[test]
fn only_some_lines_are_printed_and_all_are_counted() {
    let text = lines();
    let all = batch(&text, &[]);
    let only = |which| batch(&text, &["--only", which]);
    let (accepted, refused) = (only("accepted"), only("refused"));
    assert_eq!((all.exit, accepted.exit, refused.exit), (9, 9, 9));
    let is_valid = |line: &&str| line.contains(": valid");
    let lines = |called: &CallResult, valid: bool| -> Vec<String> {
        let lines = called.stdout.lines().filter(|line| is_valid(line) == valid);
        lines.map(str::to_owned).collect()
    };
    assert_eq!(lines(&accepted, true), lines(&all, true));
    assert_eq!(lines(&refused, false), lines(&all, false));
    assert!(lines(&accepted, false).is_empty() && lines(&refused, true).is_empty());
    let good = format!("{}\n", sliding()).repeat(3);
    let called = batch(&good, &["--only", "refused"]);
    assert_eq!((called.exit, called.stdout.as_str()), (0, ""));
}

#[test]
fn a_summary_counts_by_verdict_key_and_issuer() {
    let of = |header: &str, payload: &str| signed(header, payload.as_bytes());
    let key = r#"{"alg":"HS256","kid":"k\u001b"}"#;
    let text = [
        of(key, r#"{"exp":1800000300,"iss":"a"}"#),
        of(key, r#"{"exp":1800000300,"iss":"a"}"#),
        of(key, r#"{"exp":1800000300,"iss":"b"}"#),
        of(r#"{"alg":"HS256"}"#, r#"{"exp":1,"iss":5}"#),
        "nothing".to_owned(),
    ]
    .join("\n");
    assert_snapshot!(batch(&text, &["--summary"]), @r"
    --- stdout
    5 tokens, 2 of them refused
    by verdict
      3  valid
      1  claim_malformed
      1  malformed
    by kid
      3  k\u001b
    by iss
      2  a
      1  b
    --- exit 9
    ");
    assert_snapshot!(batch(&text, &["--summary", "--json"]), @r#"
    --- stdout
    {"schema":2,"command":"verify","ok":false,"verdict":null,"now":1800000000,"tokens":5,"accepted":3,"refused":2,"by_verdict":{"claim_malformed":1,"malformed":1,"valid":3},"by_kid":{"k\u001b":3},"by_iss":{"a":2,"b":1}}
    --- exit 9
    "#);
}
