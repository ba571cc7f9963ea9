//! `inspect --batch`: its lines say what `inspect` says of each token alone.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use super::recorded::{self, exchanges, jwks, known_answers, minted};
use crate::cli::commands::testing::{Machine, call, signed};
use crate::cli::testing::{Call, CallResult, Folder};

/// The objects of a batch, without what lines have more: their number, and who.
fn objects(batch: &CallResult) -> Vec<Json> {
    let line = |(at, line): (usize, &str)| {
        let mut object: Json = serde_json::from_str(line).unwrap_or_else(|_| panic!("{batch}"));
        let members = object.as_object_mut().unwrap();
        assert_eq!(members.remove("line"), Some((at + 1).into()), "{batch}");
        _ = (members.remove("sub"), members.remove("jti"));
        object
    };
    batch.stdout.lines().enumerate().map(line).collect()
}

/// Compares a batch to single calls. `call` makes either, from the words after the command.
fn agree(tokens: &[&str], flags: &[&str], call: impl Fn(&[&str]) -> Call) {
    let mut exit = 0;
    let alone: Vec<Json> = (tokens.iter())
        .map(|token| {
            let called = call(&[&["inspect", token], flags].concat()).run();
            if called.exit != 0 {
                exit = 9;
            }
            serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"))
        })
        .collect();
    let batch = call(&[&["inspect", "--batch"], flags].concat());
    let batch = batch.stdin(tokens.join("\n")).run();
    let found = objects(&batch);
    assert_eq!(found.len(), tokens.len(), "{batch}");
    for (at, (found, alone)) in found.iter().zip(&alone).enumerate() {
        assert_eq!(found, alone, "{flags:?} {}", tokens[at]);
    }
    assert_eq!(batch.exit, exit, "{flags:?} {batch}");
}

#[test]
fn every_recorded_token_is_told_as_inspect_alone_tells_it() {
    let folder = Folder::new();
    let mut told = 0;
    let mut tell = |tokens: &[&str], flags: &[&str], now| {
        agree(tokens, flags, |args| recorded::call(args, now));
        // Without a key.
        agree(tokens, flags, |args| {
            let without = recorded::call(args, now).without("SIGNING_KEY");
            without.without("JWTSESS_SECRET")
        });
        told += tokens.len();
    };
    let all: Vec<_> = minted(&folder).into_iter().chain(known_answers()).collect();
    for minted in &all {
        let token = minted.token.as_str();
        tell(&[token], &["--allow-weak-key"], minted.now);
        let mut flags = vec!["--profile", minted.profile.as_str()];
        flags.extend(minted.flags.iter().map(String::as_str));
        tell(&[token, &format!("Bearer {token}")], &flags, minted.now);
    }
    for sent in exchanges(&jwks(&folder)) {
        // A line is a line: what has none is no token.
        let token = sent.text("token");
        if !token.trim().is_empty() && !token.contains(['\n', '\r']) {
            tell(&[token], &[], sent.now);
        }
    }
    assert!(told > 400, "{told}");
}

#[test]
fn a_batch_asks_the_store_for_each_token_as_inspect_does() {
    let machine = Machine::new();
    let (access, refresh) = machine.pair();
    let rotated = machine.token(&["rotate", &refresh, "-o", "refresh"]);
    let live = machine.token(&["issue", "--user", "bob"]);
    let ended = machine.token(&["issue", "--user", "carol"]);
    assert_eq!(machine.run(&["revoke", &ended]).exit, 0);
    let forged = format!("{}A", &live[..live.len() - 1]);
    let stranger = signed(r#"{"alg":"HS256"}"#, br#"{"sub":"dave","exp":1900000000}"#);
    let odd = signed(r#"{"alg":"HS256","alg":"HS256"}"#, b"{}");
    let opaque = "Zm9vYmFyYmF6cXV4cXV1eHF1dXV4cXV1dXV4";
    let tokens = [
        access.as_str(),
        &refresh,
        &rotated,
        &live,
        &ended,
        &forged,
        &stranger,
        &odd,
        opaque,
        "null",
        "a.b.c",
    ];
    for flags in [
        &[][..],
        &["--profile", "pair"],
        &["--profile", "sliding"],
        &["--no-store"],
        &["--store", "/nowhere/sessions.sqlite"],
        &["--kind", "access", "--min-ttl", "1h", "--aud", "api"],
        &[
            "--refresh-secret",
            "raw:another-secret-of-more-than-256-bits",
            "--profile",
            "pair",
        ],
        &[
            "--secret",
            "raw:the-wrong-secret-of-more-than-256-bits-for-it",
        ],
    ] {
        agree(&tokens, flags, |args| {
            machine.call(&[args, &["--json", "--quiet"]].concat())
        });
    }
}

#[test]
fn an_opaque_token_that_the_store_knows_is_told_by_its_session() {
    let machine = Machine::new();
    let oidc = [
        "issue",
        "--user",
        "alice",
        "--profile",
        "oidc",
        "--iss",
        "https://a.example",
    ];
    let refresh = machine.token(
        &[
            &oidc[..],
            &["--aud", "api", "--client-id", "app", "-o", "refresh"],
        ]
        .concat(),
    );
    assert!(!refresh.contains('.'), "{refresh}");
    agree(
        &[&refresh, "another-opaque-text-of-that-length-or-so-1"],
        &[],
        |args| machine.call(&[args, &["--json", "--quiet"]].concat()),
    );
}

#[test]
fn lines_are_chosen_counted_and_printed_as_columns() {
    let token = |sub: &str, exp: i64| {
        let claims = format!(r#"{{"sub":"{sub}","iss":"i","exp":{exp}}}"#);
        signed(r#"{"alg":"HS256","kid":"k"}"#, claims.as_bytes())
    };
    let lines = [
        token("alice", 1_900_000_000),
        token("bob", 1),
        "null".to_owned(),
    ]
    .join("\n");
    let batch = |args: &[&str]| {
        let args = [&["inspect", "--batch"], args].concat();
        call(&args).stdin(lines.clone()).run()
    };
    let columns = batch(&["--columns", "sub,exp"]);
    let expected = "valid\talice\t1900000000\nexpired\tbob\t1\nmalformed\t-\t-\n";
    assert_eq!((columns.exit, &*columns.stdout), (9, expected));
    let refused = batch(&["--columns", "sub", "--only", "refused"]);
    assert_eq!(refused.stdout, "expired\tbob\nmalformed\t-\n");
    let summary = batch(&["--summary", "--json"]);
    let summary: Json = serde_json::from_str(&summary.stdout).unwrap();
    assert_eq!(summary["command"], "inspect");
    assert_eq!(summary["by_verdict"]["expired"], 1);
    assert_eq!(
        (&summary["accepted"], &summary["refused"]),
        (&1.into(), &2.into())
    );
    // A token that can be read is explained, whatever is wrong with it.
    let args = ["inspect", "--batch"];
    let expired = call(&args).stdin(token("bob", 1)).run();
    assert_eq!(expired.exit, 0, "{expired}");
    assert!(expired.stdout.starts_with("1: expired "), "{expired}");
    let keyless = Call::new(&args).at_home().stdin(lines.clone()).run();
    assert!(keyless.stdout.starts_with("1: not checked"), "{keyless}");
    for wrong in [&[token("bob", 1).as_str()][..], &["--token-env", "T"]] {
        let called = batch(wrong);
        assert_eq!(called.exit, 2, "{called}");
    }
    let called = call(&["inspect", "--summary", &token("bob", 1)]).run();
    assert_eq!(called.exit, 2, "{called}");
}
