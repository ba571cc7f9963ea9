//! One call, one answer: every command that takes a token names the same profile, key and session end for it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::commands::testing::{Machine, SECRET};
use crate::cli::testing::{Call, CallResult, Folder, NOW, needed, recognised_as};
use crate::core::profile::BUILTIN_NAMES;

use super::recorded::{Minted, asked, known_answers, minted};

/// Profiles of a user's own, each with a key that nothing else names.
const CONFIG: &str = r#"
[profiles.short]
extends = "pair"
session_max = "1h"
secret = "env:S"
[profiles.shop]
extends = "simplejwt"
secret = "env:S"
[profiles.shop-sliding]
extends = "simplejwt-sliding"
secret = "env:S"
[profiles.api]
extends = "oauth"
secret = "env:S"
[profiles.dock]
recognise = ["cls = 'entry' | 'stay'", "iss = 'dock'"]
sure = true
iss = "dock"
kind = "cls"
claims = ["cls = kind", "sub", "iat", "exp", "jti", "sid", "iss"]
access.is = "entry"
access.ttl = "5m"
refresh.is = "stay"
refresh.ttl = "1h"
rotate.when = "always"
secret = "env:S"
[profiles.other]
extends = "pair"
session_max = "2h"
secret = "env:S"
"#;

/// A call on a machine with these profiles, and with no key but theirs.
fn call(machine: &Machine, args: &[&str]) -> Call {
    let config = machine.home.file("config.toml", CONFIG);
    let unset = machine.call(args).without("JWTSESS_SECRET");
    unset.env("JWTSESS_CONFIG", config).env("S", SECRET)
}

fn run(machine: &Machine, args: &[&str]) -> CallResult {
    call(machine, args).run()
}

fn json(called: &CallResult) -> Json {
    serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"))
}

/// The tokens that `issue` records under a profile; of a pair the refresh token.
fn recorded(machine: &Machine, profile: &str) -> String {
    let aud: &[&str] = if profile == "api" {
        &[
            "--aud",
            "api",
            "--client-id",
            "app",
            "--iss",
            "https://a.example",
        ]
    } else {
        &[]
    };
    let args = [
        &["issue", "--user", "1", "--profile", profile, "--json"],
        aud,
    ]
    .concat();
    let called = run(machine, &args);
    assert_eq!(called.exit, 0, "{profile}: {called}");
    let issued = json(&called);
    let token = issued.get("refresh").unwrap_or(&issued["access"]);
    token.as_str().unwrap().to_owned()
}

/// The profile, key and end that an answer names.
fn named(answer: &Json) -> [String; 3] {
    [
        answer["token"]["profile"].to_string(),
        answer["key"]["source"].to_string(),
        answer["times"]["renewable_until"].to_string(),
    ]
}

#[test]
fn every_command_names_the_same_profile_key_and_end_of_a_recorded_token() {
    for profile in ["short", "other", "shop", "shop-sliding", "api", "dock"] {
        let machine = Machine::new();
        let token = recorded(&machine, profile);
        let token = token.as_str();
        let kind = ["--kind", "any"];
        let inspected = run(&machine, &["inspect", token, "--json"]);
        let expected = named(&json(&inspected));
        assert_eq!(expected[0], format!("\"{profile}\""), "{inspected}");
        assert_eq!(expected[1], "\"env:S\"", "{inspected}");
        let verified = run(
            &machine,
            &[&["verify", token, "--json"][..], &kind].concat(),
        );
        assert_eq!(verified.exit, 0, "{verified}");
        assert_eq!(named(&json(&verified)), expected, "{verified}");
        let batch = [&["verify", "--batch", "--json"][..], &kind].concat();
        let line = call(&machine, &batch).stdin(token).run();
        assert_eq!(line.exit, 0, "{line}");
        assert_eq!(named(&json(&line)), expected, "{line}");
        let revoked = run(&machine, &["revoke", token, "--dry-run", "--json"]);
        assert_eq!(revoked.exit, 0, "{revoked}");
        assert_eq!(named(&json(&revoked)), expected, "{revoked}");
        // What has a single token is not rotated on its server.
        let verbs: &[&str] = match profile {
            "shop-sliding" => &["renew"],
            _ => &["renew", "rotate"],
        };
        // Refused, so that each names what it went by and changes nothing.
        for &verb in verbs {
            let args = [verb, token, "--json", "--sub", "nobody"];
            let refused = run(&machine, &args);
            assert_eq!(refused.exit, 6, "{refused}");
            assert_eq!(named(&json(&refused)), expected, "{refused}");
        }
        // The successors are told by the same rules.
        for &verb in verbs {
            let aud: &[&str] = if profile == "api" {
                &["--aud", "api"]
            } else {
                &[]
            };
            let called = run(&machine, &[&[verb, token, "--json"][..], aud].concat());
            assert_eq!(called.exit, 0, "{verb}: {called}");
            assert_eq!(named(&json(&called)), expected, "{called}");
        }
    }
}

/// What the commands that take a token name for it, which has to be the same. `renew` and `rotate` are refused, so that they name what they went by and
/// change nothing.
fn named_by_all(token: &str, how: &[&str], now: i64) -> [String; 3] {
    let asked = |words: &[&str]| asked(&[words, how].concat(), now);
    let (answer, called) = asked(&["inspect", token]);
    assert!(answer["error"].is_null(), "{called}");
    let expected = named(&answer);
    for words in [
        &["verify", token, "--kind", "any"][..],
        &["renew", token, "--sub", "nobody"],
        &["rotate", token, "--sub", "nobody"],
    ] {
        let (answer, called) = asked(words);
        // What has a single token is not rotated on its server.
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        if words[0] == "rotate" && message.ends_with(" can't be rotated") {
            continue;
        }
        assert_eq!(named(&answer), expected, "{words:?} {how:?}: {called}");
        assert!(called.exit != 0 || words[0] == "verify", "{called}");
    }
    expected
}

/// With the profile named, with one of the config file's that extends it, and with none.
fn agrees_however_it_is_asked(one: &Minted, config: &str) {
    let is_set = |flag: &&String| *flag != "--key" && !flag.ends_with("jwks.json");
    let settings: Vec<&str> = one
        .flags
        .iter()
        .filter(is_set)
        .map(String::as_str)
        .collect();
    let key: Vec<&str> = (one.flags.iter().filter(|flag| !is_set(flag)))
        .map(String::as_str)
        .collect();
    let ask = |named: &[&str]| {
        let unwritten = ["--no-store", "--allow-weak-key", "--config", config];
        named_by_all(&one.token, &[&unwritten, named, &key].concat(), one.now)
    };
    let (what, profile) = (&one.what, one.profile.as_str());
    let [name, key, end] = ask(&[&["--profile", profile], &settings[..]].concat());
    assert_eq!(name, format!("\"{profile}\""), "{what}");
    let mine = ask(&[&["--profile", "mine"], &settings[..]].concat());
    assert_eq!(mine, ["\"mine\"", &key, &end], "{what}");
    let [unnamed, its_key, its_end] = ask(&[]);
    assert_eq!(its_key, key, "{what}");
    // An RFC 9068 token has the marks of many servers.
    let known = BUILTIN_NAMES.iter().find(|name| **name == profile);
    let goes_by = match known {
        Some(name) if !one.is_unmarked() => recognised_as(name),
        _ => "plain",
    };
    assert_eq!(unnamed, format!("\"{goes_by}\""), "{what}");
    // Its own settings are not said where no profile is.
    if settings.is_empty() && goes_by == profile {
        assert_eq!(its_end, end, "{what}");
    }
}

/// A config file with a profile `mine` that extends this one.
fn extending(folder: &Folder, profile: &str) -> String {
    let users = r#"users = [{name = "alice", id = 1, email = "alice@example.com"}]"#;
    let mine = format!("[profiles.mine]\nextends = \"{profile}\"\n{users}\n");
    folder.file("config.toml", mine)
}

#[test]
fn every_command_names_the_same_of_every_token_that_a_server_was_recorded_to_mint() {
    let folder = Folder::new();
    let all = [minted(&folder), known_answers()].concat();
    assert_eq!(all.len(), 84 + 7);
    for one in &all {
        agrees_however_it_is_asked(one, &extending(&folder, &one.profile));
    }
}

#[test]
fn every_command_names_the_same_of_a_token_of_every_profile() {
    let folder = Folder::new();
    for profile in BUILTIN_NAMES {
        let config = extending(&folder, profile);
        let args = [
            &[
                "issue",
                "--user",
                "alice",
                "--profile",
                "mine",
                "--no-store",
                "--config",
                &config,
            ][..],
            &needed(profile),
        ];
        let (issued, called) = asked(&args.concat(), NOW);
        assert_eq!(called.exit, 0, "{called}");
        for kind in ["access", "refresh"] {
            let Some(token) = issued[kind].as_str() else {
                continue;
            };
            let one = Minted {
                what: format!("{profile} {kind}"),
                token: token.to_owned(),
                profile: profile.to_owned(),
                kind,
                flags: Vec::new(),
                now: NOW,
                is_rsa: false,
            };
            agrees_however_it_is_asked(&one, &config);
        }
    }
}

#[test]
fn every_command_goes_by_the_record_of_a_servers_token_that_the_store_has_met() {
    let folder = Folder::new();
    let mut met = 0;
    for one in known_answers().iter().filter(|one| one.kind == "refresh") {
        let (config, scratch) = (extending(&folder, &one.profile), Folder::new());
        let store = scratch.path().join("store.sqlite");
        let how = ["--config", &config, "--store", store.to_str().unwrap()];
        let rotate = ["rotate", &one.token, "--profile", "mine", "--rehearse"];
        let (rotated, called) = asked(&[&rotate, &how[..]].concat(), one.now);
        assert_eq!(called.exit, 0, "{called}");
        let successor = rotated["refresh"].as_str().unwrap();
        let [profile, ..] = named_by_all(successor, &how, one.now);
        assert_eq!(profile, "\"mine\"", "{}", one.what);
        met += 1;
    }
    assert!(met > 1);
}

#[test]
fn the_profile_that_was_recorded_ends_the_session_for_inspect_as_for_renew() {
    let machine = Machine::new();
    let token = recorded(&machine, "short");
    let inspected = run(&machine, &["inspect", &token]);
    for words in [
        "profile    short, as the store recorded it",
        "in 1 h",
        "env:S",
    ] {
        assert!(inspected.stdout.contains(words), "{words}: {inspected}");
    }
    let late = run(&machine, &["renew", &token, "--now", "+2h"]);
    assert_eq!(late.exit, 5, "{late}");
    let stderr = late.stderr.replace("\n         ", " ");
    assert!(
        stderr.contains("jwtsess issue --profile short --user 1"),
        "{late}"
    );
}

#[test]
fn what_is_asked_of_a_token_follows_no_record() {
    // The profile asks for the audience; a call that does not name it asks what the RFCs ask.
    let machine = Machine::new();
    let token = recorded(&machine, "api");
    let args = ["verify", token.as_str(), "--kind", "any"];
    assert_eq!(run(&machine, &args).exit, 0);
    let named = run(&machine, &[&args[..], &["--profile", "api"]].concat());
    assert_eq!(named.exit, 6, "{named}");
}

#[test]
fn a_recorded_profile_that_is_gone_or_of_another_model_by_now_is_not_gone_by() {
    let machine = Machine::new();
    let token = recorded(&machine, "short");
    for config in ["", "[profiles.short]\nextends = \"sliding\"\n"] {
        let folder = Folder::new();
        let config = folder.file("config.toml", config);
        let args = ["inspect", token.as_str(), "--json", "--config", &config];
        let inspected = json(&run(&machine, &args));
        assert_eq!(inspected["token"]["profile"], "pair", "{inspected}");
    }
}

#[test]
fn a_batch_opens_its_store_once_and_goes_by_each_tokens_record() {
    let machine = Machine::new();
    let tokens = ["short", "other", "short"].map(|profile| recorded(&machine, profile));
    let args = ["verify", "--batch", "--json", "--kind", "any"];
    let batch = call(&machine, &args).stdin(tokens.join("\n")).run();
    assert_eq!(batch.exit, 0, "{batch}");
    let profiles: Vec<Json> = (batch.stdout.lines())
        .map(|line| serde_json::from_str::<Json>(line).unwrap()["token"]["profile"].clone())
        .collect();
    assert_eq!(profiles, ["short", "other", "short"]);
}

#[test]
fn a_recorded_profiles_key_that_is_not_there_fails_its_lines_alone() {
    let machine = Machine::new();
    let token = recorded(&machine, "short");
    let args = ["verify", "--batch", "--json", "--kind", "any"];
    let two = format!("{token}\n{}", "eyJhbGciOiJIUzI1NiJ9.e30.AA");
    let batch = call(&machine, &args).without("S").stdin(two).run();
    assert_eq!(batch.exit, 9, "{batch}");
    assert_eq!(batch.stdout.lines().count(), 2, "{batch}");
    assert!(batch.stdout.contains("env:S"), "{batch}");
}
