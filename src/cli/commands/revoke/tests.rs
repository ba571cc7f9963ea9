//! What `revoke` does and prints, through the tests' world.
use insta::assert_snapshot;

use crate::cli::commands::testing::Machine;

const ID: &str = "00000000-0000-4000-8000-0000000000";

#[test]
fn a_session_is_ended_by_one_of_its_tokens() {
    let machine = Machine::new();
    let (access, refresh) = machine.pair();
    let dry = machine.run(&["revoke", &refresh, "--dry-run"]);
    assert!(dry.stdout.starts_with("would end session"), "{dry}");
    assert_eq!(machine.run(&["verify", &access]).exit, 0);
    assert_snapshot!(machine.told(&machine.run(&["revoke", &access])), @r"
    --- stdout
    ended session 00000000-0000-4000-8000-000000000001 of alice (pair)
    store  HOME/.local/share/jwtsess/sessions.sqlite
    note  services that don't consult this store accept its access tokens until they
      expire, for 5 min at most
    --- exit 0
    ");
    for args in [
        &["verify", &access][..],
        &["verify", &refresh, "--kind", "any"],
        &["renew", &refresh],
        &["rotate", &refresh],
    ] {
        let called = machine.run(args);
        assert_eq!(called.exit, 7, "{called}");
        assert!(called.stderr.contains("  revoked "), "{called}");
    }
    let again = machine.run(&["revoke", &refresh]);
    assert_eq!(again.exit, 0, "{again}");
    assert!(again.stdout.contains("had already ended"), "{again}");
}

#[test]
fn a_token_s_signature_has_to_hold_and_its_time_need_not() {
    let machine = Machine::new();
    let (_, refresh) = machine.pair();
    let forged = format!("{}AAAA", &refresh[..refresh.len() - 4]);
    let called = machine.run(&["revoke", &forged]);
    assert_eq!((called.exit, called.stdout.as_str()), (4, ""), "{called}");
    let asked = machine.run(&["revoke", &forged, "--unverified"]);
    assert_eq!(asked.exit, 2, "{asked}");
    let token = machine.token(&["issue", "--user", "bob"]);
    let late = machine.run(&["revoke", &token, "--now", "+2h"]);
    assert_eq!(late.exit, 0, "{late}");
    assert_eq!(machine.run(&["verify", &token]).exit, 7);
    let unverified = machine.run(&["revoke", &forged, "--unverified", "--yes"]);
    assert_eq!(unverified.exit, 0, "{unverified}");
    assert_eq!(machine.run(&["renew", &refresh]).exit, 7);
}

#[test]
fn what_a_store_can_t_end_is_said() {
    let machine = Machine::new();
    let (access, refresh) = machine.tokens(&["issue", "--user", "1", "--profile", "simplejwt"]);
    assert_snapshot!(machine.run(&["revoke", &access]), @r"
    --- stderr
    jwtsess: error: an access token of simplejwt can't be revoked: it stays usable until 2027-01-15T08:05:00Z, in 5 min
    jwtsess: hint: revoke the refresh token that was issued with it, so that no further access token can be issued
    --- exit 1
    ");
    let ended = machine.run(&["revoke", &refresh]);
    assert!(ended.stdout.contains("for 5 min at most: they"), "{ended}");
    assert_eq!(machine.run(&["verify", &access]).exit, 0);
    let called = machine.run(&["revoke", "--user", "alice", "--profile", "drf-jwt"]);
    assert_eq!(called.exit, 1, "{called}");
    assert!(
        called.stderr.contains("keeps no list of a user's tokens"),
        "{called}"
    );
}

#[test]
fn where_nothing_is_found_the_exit_status_says_so() {
    let (machine, elsewhere) = (Machine::new(), Machine::new());
    let (_, refresh) = elsewhere.pair();
    for args in [
        &["revoke", &refresh][..],
        &["revoke", "--session", "none"],
        &["revoke", "--user", "nobody"],
        &["revoke", "--all", "--yes"],
    ] {
        let called = machine.run(args);
        assert_eq!(called.exit, 1, "{called}");
        assert!(called.stderr.contains("nothing to end"), "{called}");
        let args: Vec<&str> = args.iter().copied().chain(["--missing-ok"]).collect();
        assert_eq!(machine.run(&args).exit, 0);
    }
    assert!(!machine.store().exists());
    let called = machine.run(&["revoke", "--all", "--no-store"]);
    assert_eq!(called.exit, 2, "{called}");
}

#[test]
fn more_than_one_session_is_ended_after_a_question() {
    let machine = Machine::new();
    for _ in 0..2 {
        machine.pair();
    }
    let (_, other) = machine.tokens(&["issue", "--user", "bob", "--profile", "pair"]);
    let refused = machine.run(&["revoke", "--user", "alice"]);
    assert_eq!(refused.exit, 2, "{refused}");
    assert!(refused.stderr.contains("to confirm: --yes"), "{refused}");
    let no = machine
        .call(&["revoke", "--user", "alice"])
        .at_a_terminal(&["n"])
        .run();
    assert_eq!(no.exit, 1, "{no}");
    assert!(no.stderr.contains("? end 2 sessions of alice in "), "{no}");
    assert!(
        no.stderr
            .contains("the newest used 2027-01-15T08:00:00Z, now?"),
        "{no}"
    );
    let yes = machine
        .call(&["revoke", "--user", "alice"])
        .at_a_terminal(&["y"])
        .run();
    assert_eq!(yes.exit, 0, "{yes}");
    assert_eq!(yes.stdout.matches("session 0").count(), 2, "{yes}");
    assert_eq!(machine.run(&["renew", &other]).exit, 0);
    // One needs no question.
    assert_eq!(machine.run(&["revoke", "--all"]).exit, 0);
    assert_eq!(machine.run(&["renew", &other]).exit, 7);
    let again = machine.run(&["revoke", "--all"]);
    assert!(
        again
            .stdout
            .contains("every matching session had already ended"),
        "{again}"
    );
}

#[test]
fn sessions_that_began_before_a_moment_are_ended() {
    let machine = Machine::new();
    let (_, old) = machine.pair();
    let args = [
        "issue",
        "--user",
        "alice",
        "--profile",
        "pair",
        "--now",
        "+1h",
    ];
    let (_, new) = machine.tokens(&args);
    let called = machine.run(&["revoke", "--issued-before", "+30m", "--yes"]);
    assert_eq!(called.exit, 0, "{called}");
    assert!(called.stdout.contains(&format!("{ID}01")), "{called}");
    assert_eq!(machine.run(&["renew", &old, "--now", "+1h"]).exit, 7);
    assert_eq!(machine.run(&["renew", &new, "--now", "+1h"]).exit, 0);
}

#[test]
fn at_a_terminal_the_session_is_chosen() {
    let machine = Machine::new();
    let (_, old) = machine.pair();
    let args = [
        "issue",
        "--user",
        "bob",
        "--profile",
        "pair",
        "--now",
        "+1m",
    ];
    let (_, new) = machine.tokens(&args);
    let called = machine.call(&["revoke"]).at_a_terminal(&["1"]).run();
    assert_eq!(called.exit, 0, "{called}");
    assert!(called.stderr.contains("? which session"), "{called}");
    assert_eq!(machine.run(&["renew", &old]).exit, 7);
    assert_eq!(machine.run(&["renew", &new, "--now", "+1m"]).exit, 0);
}

// What the real servers did with these, recorded: R4 to R8 of drf-jwt, A23, A25, F2 and L1 to L5 of simplejwt.

#[test]
fn revoking_any_member_of_a_drf_jwt_family_refuses_every_member() {
    let machine = Machine::new();
    let login = |user: &str, digit: u8| {
        let claims = format!(
            r#"{{"username":"{user}","iat":1800000000,"exp":1800000300,"jti":"00000000-0000-4000-8000-00000000010{digit}","user_id":1,"orig_iat":1800000000}}"#
        );
        machine.token(&["encode", &claims])
    };
    let (first, other) = (login("alice", 1), login("bob", 2));
    let second = machine.token(&["renew", &first, "--now", "+1m"]);
    let third = machine.token(&["renew", &second, "--now", "+2m"]);
    let called = machine.run(&["revoke", &second, "--now", "+2m"]);
    assert_eq!(called.exit, 0, "{called}");
    for token in [&first, &second, &third] {
        let called = machine.run(&["verify", token, "--now", "+2m"]);
        assert_eq!(called.exit, 7, "{called}");
        assert_eq!(machine.run(&["renew", token, "--now", "+2m"]).exit, 7);
    }
    assert_eq!(machine.run(&["verify", &other, "--now", "+2m"]).exit, 0);
    // Its server forgets the row once the blacklisted member has expired, and lets the newer ones in again (T1 to T6); this record stays.
    let listed = machine.run(&["session", "list", "--json"]).stdout;
    let week = 1_800_000_000 + 7 * 86_400 + 300 + 86_400;
    assert!(
        listed.contains(&format!(r#""kept_until":{week}"#)),
        "{listed}"
    );
}

#[test]
fn a_revoked_sliding_token_stays_revoked_however_it_was_slid() {
    let machine = Machine::new();
    let args = ["issue", "--user", "1", "--profile", "simplejwt-sliding"];
    let first = machine.token(&args);
    let slid = machine.token(&["renew", &first, "--now", "+4m"]);
    assert_ne!(first, slid);
    assert_eq!(machine.run(&["revoke", &first]).exit, 0);
    // Its server's flushexpiredtokens deletes the row at the first one's exp (L1 to L5): the slid one has the same jti, and lives longer.
    for token in [&first, &slid] {
        assert_eq!(machine.run(&["verify", token, "--now", "+4m"]).exit, 7);
    }
    let listed = machine.run(&["session", "list", "--json"]).stdout;
    let day = 1_800_000_000 + 86_400 + 300 + 86_400;
    assert!(
        listed.contains(&format!(r#""kept_until":{day}"#)),
        "{listed}"
    );
}

#[test]
fn under_simplejwt_one_branch_is_revoked_and_the_others_live() {
    let machine = Machine::new();
    let branching = [
        "--profile",
        "simplejwt",
        "--set",
        "BLACKLIST_AFTER_ROTATION=False",
    ];
    let run = |args: &[&str]| {
        let args: Vec<&str> = args.iter().copied().chain(branching).collect();
        machine.tokens(&args).1
    };
    let first = run(&["issue", "--user", "1"]);
    let (one, two) = (run(&["rotate", &first]), run(&["rotate", &first]));
    assert_eq!(machine.run(&["revoke", &one]).exit, 0);
    let exit = |token: &str| machine.run(&["renew", token]).exit;
    assert_eq!((exit(&first), exit(&one), exit(&two)), (0, 7, 0));
}

#[test]
fn of_a_user_s_logins_those_that_no_store_records_are_told_of() {
    let machine = Machine::new();
    machine.pair();
    let unrecorded = machine.token(&["issue", "--user", "alice"]);
    let note = "not recorded until they are first rotated or revoked";
    for more in [&["--dry-run"][..], &[], &[]] {
        let called = machine.run(&[&["revoke", "--user", "alice"], more].concat());
        assert_eq!(called.exit, 0, "{called}");
        let told = called
            .stdout
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            told.contains(note) && told.contains("jwtsess revoke TOKEN"),
            "{called}"
        );
    }
    let json = machine.run(&["revoke", "--user", "alice", "--json"]);
    assert!(json.stdout.contains(note), "{json}");
    assert_eq!(machine.run(&["verify", &unrecorded]).exit, 0);
    let all = machine.run(&["revoke", "--all"]);
    assert!(!all.stdout.contains("not recorded"), "{all}");
}
