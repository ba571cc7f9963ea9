//! A line of `verify --batch` reports of a token what `verify` reports of it alone.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::commands::testing::Machine;
use crate::cli::testing::{Call, NOW, needed};
use crate::core::profile::BUILTIN_NAMES;

use super::kinds::{JWT, KEY, shapes, token};

/// A user's own profiles: one that is told by its marks and ends its sessions, and one that nobody is told.
const CONFIG: &str = r#"
[profiles.dock]
recognise = ["cls = 'entry' | 'stay'", "iss = 'dock'"]
sure = true
iss = "dock"
kind = "cls"
claims = ["cls = kind", "sub", "iat", "exp", "jti", "sid", "auth_time", "iss"]
access.is = "entry"
access.ttl = "5m"
refresh.is = "stay"
refresh.ttl = "1h"
session.max = "1d"
rotate.when = "always"
[profiles.pier]
extends = "dock"
"#;

fn call(machine: &Machine, args: &[&str]) -> Call {
    let config = machine.home.file("config.toml", CONFIG);
    let call = machine.call(args).env("SIGNING_KEY", KEY);
    call.env("JWTSESS_CONFIG", config)
}

fn objects(text: &str) -> Vec<Json> {
    let object = |line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
    text.lines().map(object).collect()
}

/// The tokens of a login under each profile, all recorded that are recorded at a login.
fn issued(machine: &Machine) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for profile in BUILTIN_NAMES.into_iter().chain(["dock", "pier"]) {
        let login = ["issue", "--user", "alice", "--profile", profile, "--json"];
        let called = call(machine, &[&login[..], &needed(profile)].concat()).run();
        assert_eq!(called.exit, 0, "{called}");
        let answer = &objects(&called.stdout)[0];
        for kind in ["access", "refresh"] {
            if let Some(text) = answer[kind].as_str() {
                all.push((format!("{profile} {kind}"), text.to_owned()));
            }
        }
    }
    all
}

/// Tokens that `sliding` issued before it wrote a mark of its own: in their life, and after their sessions' end.
fn of_before_the_mark() -> [(String, String); 2] {
    let claims = |since: &str| {
        format!(r#"{{"sub":"a","iat":IAT,"exp":EXP,"jti":"j","auth_time":{since},"sid":"s"}}"#)
    };
    [("old sliding", "IAT"), ("old sliding, over", "1700000000")]
        .map(|(name, since)| (name.to_owned(), token(JWT, &claims(since))))
}

#[test]
fn a_line_of_a_batch_says_of_every_token_what_verify_says_of_it() {
    let machine = Machine::new();
    let shapes = shapes().map(|(name, text)| (name.to_owned(), text));
    let mut tokens = issued(&machine);
    // One session has ended, and one token was retired.
    let of = |tokens: &[(String, String)], what: &str| {
        let found = tokens.iter().find(|(name, _)| name == what);
        found.unwrap().1.clone()
    };
    for args in [
        ["revoke", &of(&tokens, "pair refresh")],
        ["rotate", &of(&tokens, "sliding access")],
        ["rotate", &of(&tokens, "simplejwt refresh")],
    ] {
        let called = call(&machine, &args).run();
        assert_eq!(called.exit, 0, "{called}");
    }
    tokens.extend(shapes);
    tokens.extend(of_before_the_mark());
    let lines: Vec<&str> = tokens.iter().map(|(_, text)| text.as_str()).collect();
    let (mut ends, mut sessions) = (0, 0);
    for asked in [
        &["--no-store"][..],
        &[],
        &["--no-store", "--kind", "any", "--now", "+8d"],
        &["--kind", "any", "--now", "+1m"],
        &["--no-store", "--profile", "sliding"],
        &["--profile", "plain", "--kind", "any"],
        &["--profile", "dock"],
    ] {
        let batch = [&["verify", "--batch", "--json"], asked].concat();
        let batch = call(&machine, &batch).stdin(lines.join("\n")).run();
        let batch = objects(&batch.stdout);
        assert_eq!(batch.len(), tokens.len(), "{asked:?}");
        for (mut line, (what, text)) in batch.into_iter().zip(&tokens) {
            let alone = [&["verify", text, "--json"], asked].concat();
            let alone = call(&machine, &alone).run();
            let alone = objects(&alone.stdout).remove(0);
            for name in ["line", "sub", "jti"] {
                line.as_object_mut().unwrap().shift_remove(name);
            }
            assert_eq!(line, alone, "{what} {asked:?}");
            ends += usize::from(alone["times"]["renewable_until"].is_number());
            sessions += usize::from(alone["session"].is_object());
        }
    }
    // What is compared is there.
    assert!(ends > 20 && sessions > 20, "{ends} {sessions}");
}

#[test]
fn a_token_of_before_the_mark_keeps_its_claims_and_its_sessions_end() {
    let [(_, old), (_, over)] = of_before_the_mark();
    let machine = Machine::new();
    let renew = |token: &str, how: &[&str]| {
        let called = call(&machine, &[&["renew", token, "--json"], how].concat()).run();
        (called.exit, objects(&called.stdout).remove(0))
    };
    let names = |answer: &Json| -> Vec<String> {
        let claims = answer["payload"].as_object().unwrap();
        claims.keys().cloned().collect()
    };
    let six = ["sub", "iat", "exp", "jti", "auth_time", "sid"];
    for named in [&[][..], &["--profile", "sliding"], &["--profile", "plain"]] {
        let (exit, answer) = renew(&old, &[named, &["--no-store"]].concat());
        assert_eq!(exit, 0, "{answer}");
        // Its mark may be absent, so it is not added to a token that is edited in place.
        assert_eq!(names(&answer), six, "{named:?}");
    }
    // A guess bounds it as well as the profile itself does.
    for named in [&[][..], &["--profile", "sliding"]] {
        let (exit, refused) = renew(&over, &[named, &["--no-store"]].concat());
        let verdict = &refused["verdict"];
        assert_eq!((exit, verdict), (5, &"session_ended".into()), "{refused}");
    }
    // An end that the caller chooses bounds it, too.
    let chosen = ["--profile", "sliding", "--session-max", "2d", "--no-store"];
    let (exit, answer) = renew(&old, &chosen);
    let end = NOW - 60 + 2 * 86_400;
    let told = &answer["times"]["renewable_until"];
    assert_eq!((exit, told), (0, &end.into()), "{answer}");
}
