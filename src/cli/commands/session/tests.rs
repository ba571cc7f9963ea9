//! What `session` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::commands::testing::Machine;

const FIRST: &str = "00000000-0000-4000-8000-000000000001";

#[test]
fn sessions_are_listed_a_line_each() {
    let machine = Machine::new();
    assert_snapshot!(machine.run(&["session", "list"]), @r"
    --- stderr
    jwtsess: there is no session store yet, because nothing was recorded
    --- exit 0
    ");
    let (_, first) = machine.pair();
    machine.tokens(&["rotate", &first, "--now", "+1m"]);
    machine.tokens(&[
        "issue",
        "--user",
        "7",
        "--profile",
        "simplejwt",
        "--now",
        "+2m",
    ]);
    let bob = machine.token(&["issue", "--user", "bob\u{1b}[31m"]);
    machine.run(&["revoke", &bob, "--now", "+1s"]);
    assert_snapshot!(machine.told(&machine.run(&["session", "list", "--now", "+5m"])), @r"
    --- stdout
    ID                                    USER           PROFILE    STATE    TOKENS  LAST USED  LEFT
    0000000000004000800000000000001f      7              simplejwt  live     1       3 min ago  23 h 57 min
    00000000-0000-4000-8000-00000000000b  alice          pair       live     2       4 min ago  13 d 23 h
    00000000-0000-4000-8000-000000000029  bob\u001b[31m  sliding    revoked  1       5 min ago  -
    --- stderr
    jwtsess: the clock is set to 2027-01-15T08:05:00Z by --now, 5 min ahead of the system's
    --- exit 0
    ");
    let alice = machine.run(&["session", "list", "--user", "alice"]).stdout;
    assert_eq!(alice.lines().count(), 2, "{alice}");
    let revoked = machine
        .run(&["session", "list", "--state", "revoked"])
        .stdout;
    assert_eq!(revoked.lines().count(), 2, "{revoked}");
}

#[test]
fn a_session_is_shown_on_a_time_line() {
    let machine = Machine::new();
    let (_, first) = machine.pair();
    let (_, second) = machine.tokens(&["rotate", &first, "--now", "+2d"]);
    machine.tokens(&["rotate", &second, "--now", "+5d"]);
    assert_snapshot!(machine.told(&machine.run(&["session", "show", FIRST, "--now", "+6d"])), @r"
    --- stdout
    session 00000000-0000-4000-8000-000000000001
      user       alice
      profile    pair
      state      live, idle until 2027-02-03T08:00:00Z, in 13 d
      began      2027-01-15T08:00:00Z, 6 d ago
      last used  2027-01-20T08:00:00Z, 1 d ago
      ends       2027-04-15T08:00:00Z, in 84 d
      kept       until 2027-04-16T08:00:00Z, in 85 d
      store      HOME/.local/share/jwtsess/sessions.sqlite

    time line
              from 2027-01-15T08:00:00Z
                to 2027-02-03T08:00:00Z
        1     [====.....|.............         ] retired 4 d ago
        2     [   ======|.................     ] retired 1 d ago
        3     [        =|----------------------] expires in 13 d
      = current, - left, . retired, | now
    --- stderr
    jwtsess: the clock is set to 2027-01-21T08:00:00Z by --now, 6 d ahead of the system's
    --- exit 0
    ");
    machine.run(&["rotate", &first, "--now", "+7d"]);
    assert_snapshot!(machine.told(&machine.run(&["session", "show", FIRST, "--now", "+8d"])), @r"
    --- stdout
    session 00000000-0000-4000-8000-000000000001
      user       alice
      profile    pair
      state      reuse detected, 2027-01-22T08:00:00Z, 1 d ago
      began      2027-01-15T08:00:00Z, 8 d ago
      last used  2027-01-22T08:00:00Z, 1 d ago
      ends       2027-04-15T08:00:00Z, in 82 d
      kept       until 2027-04-16T08:00:00Z, in 83 d
      store      HOME/.local/share/jwtsess/sessions.sqlite

    time line
              from 2027-01-15T08:00:00Z
                to 2027-02-03T08:00:00Z
        1     [====.........|.........         ] retired 6 d ago
        2     [   ======....|.............     ] retired 3 d ago
        3     [        ===X.|..................] ended 1 d ago
      = current, - left, . retired, | now, X reuse
    --- stderr
    jwtsess: the clock is set to 2027-01-23T08:00:00Z by --now, 8 d ahead of the system's
    --- exit 0
    ");
    let none = machine.run(&["session", "show", "none"]);
    assert_eq!(none.exit, 7, "{none}");
}

#[test]
fn branches_are_shown_with_what_they_came_from() {
    let machine = Machine::new();
    let first = machine.token(&["issue", "--user", "alice"]);
    let copy = machine.token(&["renew", &first]);
    machine.token(&["rotate", &first]);
    machine.token(&["rotate", &copy]);
    assert_snapshot!(machine.told(&machine.run(&["session", "show", FIRST, "--now", "+10m"])), @r"
    --- stdout
    session 00000000-0000-4000-8000-000000000001
      user       alice
      profile    sliding
      state      live, idle until 2027-01-15T09:00:00Z, in 50 min
      began      2027-01-15T08:00:00Z, 10 min ago
      last used  2027-01-15T08:00:00Z, 10 min ago
      ends       2027-01-22T08:00:00Z, in 6 d 23 h
      kept       until 2027-01-23T08:00:00Z, in 7 d 23 h
      store      HOME/.local/share/jwtsess/sessions.sqlite

    time line
              from 2027-01-15T08:00:00Z
                to 2027-01-15T09:00:00Z
        1     [=....|..........................] retired 10 min ago
        2     [=====|--------------------------] expires in 50 min
        3 met [=....|..........................] retired 10 min ago
        4     [=====|--------------------------] expires in 50 min
      = current, - left, . retired, | now
    --- stderr
    jwtsess: the clock is set to 2027-01-15T08:10:00Z by --now, 10 min ahead of the system's
    --- exit 0
    ");
}

#[test]
fn a_time_line_stays_within_eighty_columns() {
    let machine = Machine::new();
    let (_, mut token) = machine.pair();
    for minute in 1..9 {
        let now = format!("+{minute}m");
        (_, token) = machine.tokens(&["rotate", &token, "--now", &now]);
    }
    for color in ["never", "always"] {
        let shown = machine.run(&["session", "show", FIRST, "--color", color]);
        let plain = shown.stdout.split("\u{1b}[").enumerate();
        let text: String = plain
            .map(|(place, part)| match part.split_once('m') {
                Some((_, rest)) if place > 0 => rest,
                _ => part,
            })
            .collect();
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert!(text.contains("[|--"), "{text}");
    }
}

#[test]
fn a_clean_up_says_what_stays_and_why() {
    let machine = Machine::new();
    machine.pair();
    let endless = machine.token(&["encode", r#"{"jti":"j"}"#]);
    machine.run(&["revoke", &endless]);
    assert_snapshot!(machine.run(&["session", "purge"]), @r"
    --- stdout
    removed 0 sessions with 0 tokens
    1 session stays: a token could still be used; the next can be removed
      2027-04-16T08:00:00Z, in 91 d
    1 session stays for ever: a token without exp never expires
    --- exit 0
    ");
    // A clock that is moved ahead does not make it forget.
    let ahead = machine.run(&["session", "purge", "--now", "+200d"]);
    assert!(ahead.stdout.starts_with("removed 0 sessions"), "{ahead}");
    assert_eq!(machine.run(&["verify", &endless, "--allow-no-exp"]).exit, 7);
}

#[test]
fn a_store_that_was_named_and_does_not_exist_is_not_taken_for_an_empty_one() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice"]);
    let (_, refresh) = machine.pair();
    let path = machine.home.path().join("typo.sqlite");
    let place = path.to_str().unwrap();
    for args in [
        &["verify", &token][..],
        &["verify", &token, "--json"],
        &["verify", "--batch"],
        &["renew", &token],
        &["revoke", &token],
        &["revoke", "--user", "alice", "--missing-ok"],
        &["rotate", "--session", FIRST],
        &["session", "list"],
        &["session", "show", FIRST],
        &["session", "purge"],
    ] {
        let call = machine.call(args).env("JWTSESS_STORE", place);
        let called = call.stdin(format!("{token}\n")).run();
        assert_eq!(called.exit, 1, "{args:?}: {called}");
        let said = format!("the session store {place}: it does not exist");
        assert!(called.stderr.contains(&said), "{args:?}: {called}");
        assert!(called.stderr.contains("jwtsess session init"), "{called}");
        assert!(!path.exists(), "{args:?}");
    }
    // With --no-store nobody is asked, and the default store that does not exist is empty.
    let called = machine.run(&["verify", &token, "--no-store"]);
    assert_eq!(called.exit, 0, "{called}");
    let fresh = Machine::new();
    assert_eq!(fresh.run(&["verify", &token]).exit, 0);
    // A refused rotation leaves nothing behind.
    let called = machine.run(&["rotate", &refresh, "--store", place]);
    assert_eq!(called.exit, 7, "{called}");
    assert!(
        called.stderr.contains("there is no session store at"),
        "{called}"
    );
    assert!(!path.exists());
}

#[test]
fn inspect_says_that_a_missing_store_was_not_asked() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice"]);
    let path = std::path::Path::new("./typo.sqlite");
    let called = machine.run(&["inspect", &token, "--store", "./typo.sqlite"]);
    assert_eq!(
        called.stdout.lines().next(),
        Some("not checked: there is no session store at ./typo.sqlite")
    );
    assert_eq!(called.exit, 0, "{called}");
    assert!(called.stdout.contains("jwtsess session init"), "{called}");
    let json = machine.run(&["inspect", &token, "--json", "--store", "./typo.sqlite"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&json["ok"], &json["verdict"]),
        (&true.into(), &"store_missing".into())
    );
    assert!(!path.exists());
}

#[test]
fn inspect_says_that_an_application_s_missing_database_was_not_asked() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "7", "--profile", "simplejwt-sliding"]);
    let path = machine.home.path().join("missing.sqlite3");
    let store = format!("django+sqlite:///{}", path.display());
    let called = machine.run(&["inspect", &token, "--store", &store]);
    assert_eq!(called.exit, 0, "{called}");
    let first = called.stdout.lines().next().unwrap();
    assert!(
        first.starts_with("not checked: there is no session store at"),
        "{called}"
    );
    for command in ["verify", "rotate", "revoke"] {
        let called = machine.run(&[command, &token, "--store", &store]);
        assert_eq!(called.exit, 1, "{command}: {called}");
        assert!(
            called.stderr.contains("no such file"),
            "{command}: {called}"
        );
    }
    assert!(!path.exists());
}

#[test]
fn issue_and_rotate_make_the_store_that_was_named() {
    let machine = Machine::new();
    for (number, profile) in ["sliding", "pair", "simplejwt"].iter().enumerate() {
        let path = machine.home.path().join(format!("{number}.sqlite"));
        let store = ["--store", path.to_str().unwrap()];
        let issue = ["issue", "--user", "7", "--profile", profile];
        let called = machine.run(&[&issue[..], &store].concat());
        assert_eq!(called.exit, 0, "{called}");
        assert!(called.stderr.contains("made the session store"), "{called}");
        assert!(path.exists());
        let again = machine.run(&[&issue[..], &store].concat());
        assert!(!again.stderr.contains("made"), "{again}");
    }
    let token = machine.token(&["issue", "--user", "alice"]);
    let path = machine.home.path().join("rotated.sqlite");
    let called = machine.run(&["rotate", &token, "--store", path.to_str().unwrap()]);
    assert_eq!(called.exit, 0, "{called}");
    assert!(called.stderr.contains("made the session store"), "{called}");
    // What fails makes none.
    let path = machine.home.path().join("none.sqlite");
    let store = path.to_str().unwrap();
    let called = machine.run(&[
        "issue", "--user", "alice", "--kid", "a", "--alg", "RS256", "--store", store,
    ]);
    assert_ne!(called.exit, 0, "{called}");
    assert!(!path.exists());
}

#[test]
fn session_init_makes_a_store_once_and_touches_nothing_else() {
    let machine = Machine::new();
    let path = machine.home.path().join("team.sqlite");
    let init = ["session", "init", "--store", path.to_str().unwrap()];
    assert_snapshot!(machine.told(&machine.run(&init)), @r"
    --- stdout
    made the session store HOME/team.sqlite
    --- exit 0
    ");
    let before = std::fs::read(&path).unwrap();
    assert_snapshot!(machine.told(&machine.run(&init)), @r"
    --- stdout
    the session store HOME/team.sqlite was already there
    --- exit 0
    ");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    for content in ["", "mine"] {
        std::fs::write(&path, content).unwrap();
        let called = machine.run(&init);
        assert_eq!(called.exit, 1, "{called}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
    }
    let called = machine.run(&["session", "init", "--json"]);
    assert_eq!(called.exit, 0, "{called}");
    assert!(called.stdout.contains(r#""made":true"#), "{called}");
    assert!(machine.store().exists());
}

/// A store with the sessions of three users, of which a statement damages one's.
fn damaged(sql: &str) -> (Machine, [String; 3]) {
    let machine = Machine::new();
    let tokens = ["alice", "bob", "carol"].map(|user| {
        machine
            .tokens(&["issue", "--user", user, "--profile", "pair"])
            .1
    });
    crate::store::sqlite::tests::change(&machine.store(), sql);
    (machine, tokens)
}

const BOBS: [&str; 3] = [
    "UPDATE session SET ended_why = 9 WHERE user = 'bob'",
    "UPDATE session SET generations = 2 WHERE user = 'bob'",
    "UPDATE session SET last_used_at = 0 WHERE user = 'bob'",
];

#[test]
fn a_damaged_record_is_named_and_the_others_are_listed() {
    for sql in BOBS {
        let (machine, _) = damaged(sql);
        let listed = machine.run(&["session", "list"]);
        assert_eq!(listed.exit, 1, "{listed}");
        assert!(listed.stdout.contains("alice") && listed.stdout.contains("carol"));
        assert_eq!(listed.stdout.lines().count(), 3, "{listed}");
        assert!(listed.stderr.contains(": damaged: ") && listed.stderr.contains("log in again"));
        let listed = machine.run(&["session", "list", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
        assert_eq!((listed.exit, &json["ok"]), (1, &false.into()));
        assert_eq!(json["sessions"].as_array().unwrap().len(), 2);
        assert_eq!(json["damaged"][0]["code"], "store_damaged");
        let bob = json["damaged"][0]["session"].as_str().unwrap();
        assert_eq!(machine.run(&["session", "show", bob]).exit, 1);
        let alice = json["sessions"][0]["id"].as_str().unwrap();
        assert_eq!(machine.run(&["session", "show", alice]).exit, 0);
        let purged = machine.run(&["session", "purge"]);
        assert_eq!(purged.exit, 0, "none is due: {purged}");
    }
}

#[test]
fn a_purge_leaves_a_damaged_record_and_says_so() {
    let (machine, _) = damaged("UPDATE session SET guards_until = 0 WHERE user = 'bob'");
    for more in [&["--dry-run"][..], &[]] {
        let purged = machine.run(&[&["session", "purge"], more].concat());
        assert_eq!(purged.exit, 1, "{purged}");
        assert!(purged.stdout.contains(" 0 sessions"), "{purged}");
        assert!(purged.stdout.contains("2 sessions stay"), "{purged}");
        assert!(purged.stderr.contains(": damaged: "), "{purged}");
    }
    assert!(machine.run(&["session", "list"]).stderr.contains("damaged"));
}

#[test]
fn a_damaged_record_spoils_the_answer_about_its_own_tokens_alone() {
    for sql in BOBS.into_iter().chain([
        "UPDATE generation SET claims = '{' WHERE claims LIKE '%bob%'",
        "UPDATE generation SET mac = x'00' WHERE claims LIKE '%bob%'",
        "DELETE FROM generation WHERE claims LIKE '%bob%'",
        "UPDATE generation SET fingerprint = x'00' WHERE claims LIKE '%bob%'",
    ]) {
        let (machine, [alice, bob, carol]) = damaged(sql);
        let lines = format!("{alice}\n{bob}\n{carol}\n");
        let call = machine.call(&["verify", "--batch", "--kind", "any"]);
        let judged = call.stdin(lines).run();
        assert_eq!(judged.exit, 9, "{sql}: {judged}");
        let told: Vec<_> = judged.stdout.lines().collect();
        assert_eq!(told.len(), 3, "{sql}: {judged}");
        assert!(told[0].starts_with("1: valid") && told[2].starts_with("3: valid"));
        assert!(told[1].contains("damaged"), "{sql}: {judged}");
        for command in ["inspect", "rotate"] {
            assert_eq!(machine.run(&[command, &bob]).exit, 1, "{sql}: {command}");
            assert_eq!(machine.run(&[command, &alice]).exit, 0, "{sql}: {command}");
        }
    }
}

#[test]
fn a_damaged_record_lets_none_of_its_user_s_other_sessions_live() {
    for damage in [
        "UPDATE session SET ended_why = 9 WHERE row = 2",
        "UPDATE session SET last_used_at = 0 WHERE row = 2",
        "UPDATE generation SET claims = '{' WHERE session = 2",
        "DELETE FROM generation WHERE session = 2",
    ] {
        let machine = Machine::new();
        let tokens: Vec<String> = (0..3).map(|_| machine.pair().1).collect();
        crate::store::sqlite::tests::change(&machine.store(), damage);
        let revoke = ["revoke", "--user", "alice", "--yes"];
        let rehearsed = machine.run(&[&revoke[..], &["--dry-run"]].concat());
        assert!(rehearsed.stdout.contains("would end "), "{rehearsed}");
        let revoked = machine.run(&revoke);
        assert_eq!(revoked.exit, 1, "{damage}: {revoked}");
        assert_eq!(revoked.stdout.matches("ended session ").count(), 2);
        assert!(revoked.stderr.contains(": damaged: "), "{revoked}");
        assert!(revoked.stderr.contains("log in again"), "{revoked}");
        let states = [7, 1, 7];
        for (token, exit) in tokens.iter().zip(states) {
            let verified = machine.run(&["verify", token, "--kind", "any"]);
            assert_eq!(verified.exit, exit, "{damage}: {verified}");
        }
        // And again: the others had ended, and the damaged one is still named.
        let again = machine.run(&[&revoke[..], &["--json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&again.stdout).unwrap();
        assert_eq!((again.exit, &json["ok"]), (1, &false.into()), "{again}");
        assert_eq!(json["damaged"].as_array().unwrap().len(), 1, "{again}");
    }
}

#[test]
fn a_login_ends_what_it_can_of_the_user_s_sessions_before() {
    let machine = Machine::new();
    let tokens: Vec<String> = (0..3).map(|_| machine.pair().1).collect();
    let damage = "UPDATE session SET ended_why = 9 WHERE row = 2";
    crate::store::sqlite::tests::change(&machine.store(), damage);
    let one = ["--profile", "pair", "--set", "session.one_per_user=true"];
    let issued = machine.run(&[&["issue", "--user", "alice"], &one[..]].concat());
    assert_eq!(issued.exit, 0, "{issued}");
    assert!(issued.stderr.contains("was not ended: "), "{issued}");
    for (token, exit) in tokens.iter().zip([7, 1, 7]) {
        let verified = machine.run(&["verify", token, "--kind", "any"]);
        assert_eq!(verified.exit, exit, "{verified}");
    }
}
