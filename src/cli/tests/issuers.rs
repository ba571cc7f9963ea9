//! Sessions of several issuers, and of none, that share an id: each can be named.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::commands::testing::Machine;

/// What a command answers with `--json`.
fn answer(machine: &Machine, args: &[&str]) -> (u8, Json) {
    let called = machine.run(&[args, &["--json", "--quiet"]].concat());
    let json = serde_json::from_str(&called.stdout);
    (called.exit, json.unwrap_or_else(|_| panic!("{called}")))
}

#[test]
fn of_sessions_with_one_id_each_is_shown_printed_again_and_ended_alone() {
    let machine = Machine::new();
    let issuers = [None, Some("https://a.example"), Some("https://b.example")];
    let of = |issuer: Option<&'static str>| match issuer {
        Some(issuer) => vec!["--iss", issuer],
        None => vec!["--no-iss"],
    };
    for issuer in issuers {
        let mut args = vec!["issue", "--user", "alice", "--profile", "pair"];
        args.extend(["-c", "sid=shared"]);
        args.extend(issuer.into_iter().flat_map(|issuer| ["--iss", issuer]));
        let (exit, issued) = answer(&machine, &args);
        assert_eq!(exit, 0, "{issued}");
    }
    let commands = [
        &["session", "show", "shared"][..],
        &["rotate", "--session", "shared"],
        &["revoke", "--session", "shared"],
    ];
    for command in commands {
        let (exit, refused) = answer(&machine, command);
        assert_eq!(exit, 1, "{refused}");
        assert_eq!(refused["verdict"], "session_ambiguous", "{refused}");
        let hint = refused["error"]["hint"].as_str().unwrap();
        assert!(hint.contains("--iss ISSUER, or --no-iss"), "{hint}");
    }
    // As the hint says.
    for (at, issuer) in issuers.into_iter().enumerate() {
        let named = |command: &[&'static str]| {
            let (exit, json) = answer(&machine, &[command, &of(issuer)].concat());
            assert_eq!(exit, 0, "{issuer:?} {json}");
            json
        };
        let [show, rotate, revoke] = commands;
        let shown = named(show);
        assert_eq!(shown["family"]["issuer"].as_str(), issuer, "{shown}");
        assert_eq!(shown["family"]["state"], "live", "{shown}");
        assert_eq!(named(rotate)["payload"]["iss"].as_str(), issuer);
        named(revoke);
        for (other, issuer) in issuers.into_iter().enumerate() {
            let (_, shown) = answer(&machine, &[show, &of(issuer)].concat());
            let state = if other <= at { "revoked" } else { "live" };
            assert_eq!(shown["family"]["state"], state, "{shown}");
        }
    }
    for wrong in [
        &["session", "show", "shared", "--no-iss", "--iss", "a"][..],
        &["rotate", "a.b.c", "--no-iss"],
        &["rotate", "--token-env", "T", "--no-iss"],
        &["revoke", "a.b.c", "--no-iss"],
        &["revoke", "a.b.c", "--iss", "a"],
        &["revoke", "--all", "--iss", "a"],
        &["revoke", "--user", "alice", "--no-iss"],
    ] {
        assert_eq!(answer(&machine, wrong).0, 2, "{wrong:?}");
    }
}

#[test]
fn the_session_that_is_chosen_at_a_terminal_ends_alone() {
    let machine = Machine::new();
    for issuer in [&[][..], &["--iss", "https://a.example"]] {
        let login = [
            "issue",
            "--user",
            "alice",
            "--profile",
            "pair",
            "-c",
            "sid=shared",
        ];
        machine.tokens(&[&login[..], issuer].concat());
    }
    let called = machine.call(&["revoke"]).at_a_terminal(&["0"]).run();
    assert_eq!(called.exit, 0, "{called}");
    let (_, listed) = answer(&machine, &["session", "list"]);
    let live = |session: &&Json| session["state"] == "live";
    let sessions = listed["sessions"].as_array().unwrap();
    assert_eq!(sessions.iter().filter(live).count(), 1, "{listed}");
}
