//! What `rotate` does and prints, and what the other commands say of its store, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::commands::testing::Machine;

#[test]
fn a_pair_is_rotated_and_a_replay_ends_its_session() {
    let machine = Machine::new();
    let (_, first) = machine.pair();
    let (access, second) = machine.tokens(&["rotate", &first, "--now", "+1m"]);
    assert_ne!(first, second);
    for args in [
        &["verify", &access][..],
        &["renew", &second, "-o", "access"],
    ] {
        let called = machine.call(args).env("JWTSESS_NOW", "+1m").run();
        assert_eq!(called.exit, 0, "{called}");
    }
    // Looking at it changes nothing.
    assert_snapshot!(machine.told(&machine.run(&["verify", &first, "--kind", "refresh", "--now", "+2m"])), @r"
    --- stderr
    jwtsess: the clock is set to 2027-01-15T08:02:00Z by --now, 2 min ahead of the system's
    jwtsess: refused: retired: the token was retired by a rotation
             2027-01-15T08:01:00Z, 1 min ago
      retired  the token was retired by a rotation 2027-01-15T08:01:00Z, 1 min ago
    jwtsess: hint: log in again: jwtsess issue --profile pair --user alice
    --- exit 7
    ");
    assert_snapshot!(machine.told(&machine.run(&["rotate", &first, "--now", "+3m"])), @r"
    --- stderr
    jwtsess: the clock is set to 2027-01-15T08:03:00Z by --now, 3 min ahead of the system's
    jwtsess: refused: reuse detected: a retired token was used again, so the session
             was ended 2027-01-15T08:03:00Z, now
      reuse_detected  a retired token was used again, so the session was ended
                      2027-01-15T08:03:00Z, now
    jwtsess: hint: log in again: jwtsess issue --profile pair --user alice
    --- exit 7
    ");
    for args in [
        &["rotate", &second][..],
        &["renew", &second],
        &["verify", &access],
        &["verify", &second, "--kind", "refresh"],
    ] {
        let called = machine.call(args).env("JWTSESS_NOW", "+3m").run();
        assert_eq!(called.exit, 7, "{called}");
        assert!(called.stderr.contains("reuse_detected"), "{called}");
    }
}

#[test]
fn inside_the_grace_a_retry_gets_the_same_tokens() {
    let machine = Machine::new();
    let (_, first) = machine.pair();
    let grace = ["--reuse-grace", "10s"];
    let rotate = |now: &str| machine.run(&["rotate", &first, grace[0], grace[1], "--now", now]);
    let (one, two) = (rotate("+1m"), rotate("+65s"));
    assert_eq!((one.exit, two.exit), (0, 0), "{two}");
    assert_eq!(one.stdout, two.stdout);
    assert!(
        two.stderr.contains("a retry within the grace period"),
        "{two}"
    );
    assert_eq!(rotate("+71s").exit, 7);
}

#[test]
fn a_sliding_token_is_retired_and_unknown_ones_stay_good() {
    let machine = Machine::new();
    let first = machine.token(&["issue", "--user", "alice"]);
    assert!(
        !machine.store().exists(),
        "issue under sliding writes no store"
    );
    let copy = machine.token(&["renew", &first]);
    assert!(
        !machine.store().exists(),
        "nor does renewing what is unknown"
    );
    let second = machine.token(&["rotate", &first]);
    for (token, exit) in [(&first, 7), (&second, 0), (&copy, 0)] {
        assert_eq!(machine.run(&["verify", token]).exit, exit);
    }
    assert_eq!(machine.run(&["renew", &first]).exit, 7, "a second use");
    for token in [&first, &second, &copy] {
        assert_eq!(machine.run(&["verify", token]).exit, 7);
    }
}

#[test]
fn a_token_that_fails_a_check_of_its_own_changes_nothing_and_is_still_told_as_retired() {
    let machine = Machine::new();
    let (_, first) = machine.pair();
    let (_, second) = machine.tokens(&["rotate", &first]);
    let called = machine.run(&["rotate", &first, "--now", "+15d"]);
    assert_eq!(called.exit, 7, "{called}");
    assert!(called.stderr.contains("  retired "), "{called}");
    assert!(called.stderr.contains("  expired "), "{called}");
    let forged = format!("{}AAAA", &first[..first.len() - 4]);
    let called = machine.run(&["rotate", &forged]);
    assert_eq!(called.exit, 4, "{called}");
    assert_eq!(
        machine.run(&["renew", &second]).exit,
        0,
        "the session is as it was"
    );
}

#[test]
fn what_the_store_does_not_know_is_refused_under_an_allow_list() {
    let (machine, elsewhere) = (Machine::new(), Machine::new());
    let (access, refresh) = elsewhere.pair();
    for args in [&["renew", &refresh][..], &["rotate", &refresh]] {
        let called = machine.run(args);
        assert_eq!(called.exit, 7, "{called}");
        assert!(called.stderr.contains("unknown_session"), "{called}");
    }
    assert!(!machine.store().exists());
    assert_eq!(machine.run(&["verify", &access]).exit, 0);
    machine.pair();
    let called = machine.run(&["verify", &access]);
    assert_eq!(called.exit, 0, "{called}");
    assert!(
        called.stderr.contains("does not know the session"),
        "{called}"
    );
    assert_snapshot!(machine.run(&["rotate", &refresh, "--no-store", "-o", "token"]).stderr, @r"
    jwtsess: no store in use: revoked sessions and retired tokens are not detected
    jwtsess: the given token is not retired, because no store is in use
    ");
}

#[test]
fn a_lost_answer_is_issued_again() {
    let machine = Machine::new();
    let (_, first) = machine.pair();
    let lost = machine.run(&["rotate", &first]).stdout;
    let id = "00000000-0000-4000-8000-000000000001";
    let again = machine.run(&["rotate", "--session", id]);
    assert_eq!((again.exit, &again.stdout), (0, &lost), "{again}");
    let late = machine.run(&["rotate", "--session", id, "--now", "+1h"]);
    assert!(late.stderr.contains("the access token expired"), "{late}");
    assert_snapshot!(machine.run(&["rotate", "--session", "none"]), @r"
    --- stderr
    jwtsess: error: the store has no session with that id
    jwtsess: hint: check that --store or JWTSESS_STORE names the right store; to list its sessions: jwtsess session list
    --- exit 7
    ");
    machine.run(&["rotate", &first]);
    assert_snapshot!(machine.run(&["rotate", "--session", id]), @r"
    --- stderr
    jwtsess: refused: session 00000000-0000-4000-8000-000000000001: reuse detected
      reuse_detected  a retired token was used again, so the session was ended
                      2027-01-15T08:00:00Z, now
    jwtsess: hint: log in again: jwtsess issue
    --- exit 7
    ");
}

#[test]
fn an_answer_that_is_not_delivered_says_how_to_get_it() {
    for (why, words) in [
        (
            std::io::ErrorKind::StorageFull,
            "the output can't be written: no storage space",
        ),
        (
            std::io::ErrorKind::BrokenPipe,
            "the reader of the output went away",
        ),
    ] {
        let machine = Machine::new();
        let (_, first) = machine.pair();
        let called = machine.call(&["rotate", &first]).stdout_fails(why).run();
        assert_eq!(called.exit, 1, "{called}");
        let expected = format!(
            "jwtsess: error: {words}; session 00000000-0000-4000-8000-000000000001 was rotated\njwtsess: hint: to print its current tokens again: jwtsess rotate --session 00000000-0000-4000-8000-000000000001\n"
        );
        assert_eq!(called.stderr, expected);
    }
}

#[test]
fn where_a_server_rotates_nothing_renew_is_named() {
    let machine = Machine::new();
    let fork = r#"{"username":"a","iat":1800000000,"exp":1800000300,"jti":"j","user_id":1,"orig_iat":1800000000}"#;
    for (profile, command, hint) in [
        (
            "drf-jwt",
            &["encode", fork][..],
            "to renew: jwtsess renew TOKEN; to rotate as jwtsess does: --set reuse_detection=true",
        ),
        (
            "simplejwt-sliding",
            &["issue", "--user", "1", "--profile", "simplejwt-sliding"],
            "to prolong the session: jwtsess renew TOKEN",
        ),
        (
            "plain",
            &["issue", "--user", "1", "--profile", "plain"],
            "to prolong the session: jwtsess renew TOKEN",
        ),
    ] {
        let token = machine.token(command);
        let called = machine.run(&["rotate", &token, "--profile", profile]);
        assert_eq!(called.exit, 2, "{called}");
        let text = called.stderr.replace("\n         ", " ");
        assert!(text.contains(hint), "{called}");
    }
}

#[test]
fn simplejwt_rotates_as_its_server_does() {
    let machine = Machine::new();
    let (_, first) = machine.tokens(&["issue", "--user", "1", "--profile", "simplejwt"]);
    let called = machine.run(&["rotate", &first, "-o", "wire"]);
    assert!(called.stdout.starts_with(r#"{"access":"eyJ"#), "{called}");
    let second = called.stdout.split('"').nth(7).unwrap().to_owned();
    // Blacklisted, and nothing else: its successor goes on.
    let replay = machine.run(&["rotate", &first]);
    assert_eq!(replay.exit, 7, "{replay}");
    assert!(replay.stderr.contains("  retired "), "{replay}");
    assert_eq!(machine.run(&["rotate", &second]).exit, 0);
    // Without BLACKLIST_AFTER_ROTATION the presented token stays good, and each use is a branch.
    let branching = [
        "--set",
        "BLACKLIST_AFTER_ROTATION=False",
        "--profile",
        "simplejwt",
    ];
    let (_, first) = machine.tokens(&["issue", "--user", "1", "--profile", "simplejwt"]);
    for _ in 0..2 {
        let args: Vec<&str> = ["rotate", &first].into_iter().chain(branching).collect();
        let called = machine.run(&args);
        assert_eq!(called.exit, 0, "{called}");
        assert!(called.stderr.contains("stays valid"), "{called}");
    }
}

#[test]
fn a_store_that_is_named_is_used_or_refused() {
    let machine = Machine::new();
    let place = machine.home.path().join("team.sqlite");
    let store = place.to_str().unwrap();
    let pair = ["issue", "--user", "alice", "--profile", "pair", "--store"];
    let mut args = pair.to_vec();
    args.push(store);
    let (_, refresh) = machine.tokens(&args);
    assert!(place.exists() && !machine.store().exists());
    let called = machine
        .call(&["rotate", &refresh])
        .env("JWTSESS_STORE", store)
        .run();
    assert_eq!(called.exit, 0, "{called}");
    std::fs::write(&place, "").unwrap();
    for verb in ["rotate", "verify", "inspect", "renew"] {
        let called = machine.run(&[verb, &refresh, "--store", store]);
        let text = called.stderr.replace("\n         ", " ");
        assert_eq!(called.exit, 1, "{called}");
        assert!(
            text.contains("team.sqlite: it is damaged: it is empty"),
            "{called}"
        );
        assert_eq!(called.stdout, "");
    }
    assert_eq!(std::fs::read(&place).unwrap(), b"");
    for (value, words) in [
        ("", "--store is empty: is the variable set?"),
        (
            "env:NONE",
            "--store: env:NONE: it can't be opened: the variable is not set, or empty",
        ),
        (
            "mysql://me:hunter2@host/db",
            "the session store mysql://…: it can't be opened",
        ),
    ] {
        let called = machine.run(&["rotate", &refresh, "--store", value]);
        assert!(called.stderr.contains(words), "{value}: {called}");
        assert!(!called.stderr.contains("hunter2"), "{called}");
    }
    let called = machine.run(&["verify", &refresh, "--kind", "any", "--store", "env:PLACE"]);
    assert_eq!(called.exit, 1, "{called}");
}

#[test]
fn with_a_store_that_is_no_sound_one_no_command_goes_on() {
    let machine = Machine::new();
    let (access, refresh) = machine.pair();
    assert_eq!(machine.run(&["revoke", &refresh]).exit, 0);
    let place = machine.store();
    let sound = std::fs::read(&place).unwrap();
    // Every second bit of the pages behind the schema's.
    let mut flipped = sound.clone();
    for byte in flipped.iter_mut().skip(4096) {
        *byte ^= 0x55;
    }
    let mut truncated = sound.clone();
    truncated.truncate(sound.len() / 2);
    for content in [
        Vec::new(),
        b"garbage".to_vec(),
        vec![0; 8192],
        truncated,
        flipped,
    ] {
        std::fs::write(&place, &content).unwrap();
        for args in [
            &["verify", &access][..],
            &["inspect", &access],
            &["renew", &refresh],
            &["rotate", &refresh],
            &["rotate", "--session", "some-id"],
            &["revoke", &refresh],
            &["revoke", "--all", "--yes"],
            &["issue", "--user", "bob", "--profile", "pair"],
            &["session", "list"],
            &["session", "show", "some-id"],
            &["session", "purge"],
        ] {
            let called = machine.run(args);
            assert_eq!((called.exit, &*called.stdout), (1, ""), "{args:?} {called}");
            assert!(called.stderr.contains("sessions.sqlite"), "{called}");
            assert!(
                called.stderr.contains("hint: it was not changed"),
                "{called}"
            );
            assert_eq!(std::fs::read(&place).unwrap(), content, "{args:?}");
        }
        // What needs no store goes on.
        assert_eq!(machine.run(&["verify", &access, "--no-store"]).exit, 0);
        assert_eq!(machine.run(&["issue", "--user", "bob"]).exit, 0);
    }
    std::fs::write(&place, &sound).unwrap();
    assert_eq!(machine.run(&["verify", &access]).exit, 7);
}

#[test]
fn a_clock_that_was_set_back_is_told() {
    let machine = Machine::new();
    let (_, first) = machine.pair();
    let (_, second) = machine.tokens(&["rotate", &first, "--now", "+1h"]);
    let called = machine.run(&["rotate", &second]);
    // By the token's own word it was issued in the future.
    assert_eq!(called.exit, 5, "{called}");
    assert!(
        called
            .stderr
            .contains("warning: the clock is set to a time before"),
        "{called}"
    );
}
