//! `logout`: ends the session at the server, and only then takes the credential away.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use crate::cli::commands::testing::live::{Fault, Live};

#[test]
fn the_server_ends_it_and_the_credential_goes() {
    let live = Live::logged_in(300);
    let rehearsed = live.later(0, &["logout", "--dry-run"]);
    assert_eq!(rehearsed.exit, 0, "{rehearsed}");
    assert!(live.file().exists() && live.asked("/api/token/blacklist/") == 0);
    let called = live.later(100, &["logout"]);
    insta::assert_snapshot!(live.readable(&called), @r"
    --- stderr
    jwtsess: ended the session of 127.0.0.1-PORT at http://127.0.0.1:PORT as alice, and took the credential away
    jwtsess: its access token stays usable: it expires 2027-01-15T08:05:00Z, in 3 min 20 s
    --- exit 0
    ");
    assert!(!live.file().exists());
    assert_eq!(live.later(100, &["token"]).exit, 7);
    assert_eq!(live.later(100, &["logout"]).exit, 7);
}

#[test]
fn what_has_ended_already_is_done() {
    let live = Live::logged_in(300);
    live.state
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .current
        .clear();
    let called = live.later(100, &["logout"]);
    assert_eq!(called.exit, 0, "{called}");
    assert!(
        called.stderr.contains("had ended already") && !live.file().exists(),
        "{called}"
    );
}

#[test]
fn without_an_endpoint_the_credential_is_kept_and_the_way_out_works() {
    let live = Live::new(300);
    let called = live.login(&["--logout-path", "nowhere/"]).run();
    assert_eq!(called.exit, 0, "{called}");
    let refused = live.later(0, &["logout"]);
    assert_eq!(refused.exit, 1, "{refused}");
    assert!(
        live.file().exists() && refused.stderr.contains("--forget"),
        "{refused}"
    );
    let sent = live.server.seen().len();
    let forgotten = live.later(0, &["logout", "--forget"]);
    assert_eq!(
        (forgotten.exit, live.server.seen().len()),
        (0, sent),
        "{forgotten}"
    );
    assert!(!live.file().exists());
}

#[test]
fn all_are_ended() {
    let live = Live::logged_in(300);
    assert_eq!(live.login(&["--as", "other"]).run().exit, 0);
    // The second login is another session: the server knows the last one alone, and the other has ended.
    let called = live.later(0, &["logout", "--all"]);
    assert_eq!(called.exit, 0, "{called}");
    assert!(!live.file().exists());
    assert_eq!(live.asked("/api/token/blacklist/"), 2);
}

#[test]
fn of_a_server_that_does_not_answer_the_way_out_works() {
    let live = Live::logged_in(300);
    live.state.lock().unwrap().faults = vec![Fault::Status(500); 2];
    for words in [["logout", "--timeout=1s"], ["logout", "--json"]] {
        let called = live.later(0, &words);
        assert_eq!(called.exit, 8, "{called}");
        let told = called.stderr.clone() + &called.stdout;
        assert!(told.contains("the credential is kept: try again"), "{told}");
        assert!(told.contains("--forget") && live.file().exists(), "{told}");
    }
    let forgotten = live.later(0, &["logout", "--forget"]);
    assert!(forgotten.exit == 0 && !live.file().exists(), "{forgotten}");
}

/// What a file of a credential may hold that nobody can use.
const DAMAGED: [&str; 5] = [
    "",
    "{\"schema\":1,\"ser",
    "{\"schema\":1}",
    "{\"schema\":77,\"tokens\":{}}",
    "[1]",
];

#[test]
fn a_credential_that_cannot_be_used_is_taken_away_and_its_session_is_not_called_ended() {
    for content in DAMAGED {
        let live = Live::logged_in(300);
        std::fs::write(live.file(), content).unwrap();
        let sent = live.server.seen().len();
        let refused = live.later(0, &["logout"]);
        assert_eq!(refused.exit, 1, "{refused}");
        let rehearsed = live.later(0, &["logout", "--forget", "--dry-run"]);
        assert!(
            rehearsed.exit == 0 && rehearsed.stderr.contains("would take"),
            "{rehearsed}"
        );
        assert!(live.file().exists());
        let name = format!("127.0.0.1-{}", live.server.address.port());
        let called = live.later(0, &["logout", &name, "--forget", "--json"]);
        assert_eq!((called.exit, live.file().exists()), (0, false), "{called}");
        let said: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
        assert_eq!(said["removed"][0]["name"], name, "{said}");
        assert_eq!(said["logged_out"], serde_json::json!([]), "{said}");
        assert_eq!(live.server.seen().len(), sent);
        let again = live.later(0, &["logout", &name, "--forget"]);
        assert_eq!(again.exit, 7, "{again}");
    }
}

#[test]
fn a_later_version_s_credential_asks_for_that_version() {
    let live = Live::logged_in(300);
    std::fs::write(live.file(), DAMAGED[3]).unwrap();
    for words in [&["token"][..], &["logout"], &["request", "GET", "/"]] {
        let called = live.later(0, words);
        assert_eq!(called.exit, 1, "{called}");
        assert!(called.stderr.contains("update jwtsess"), "{called}");
    }
}

#[test]
fn a_credential_whose_profile_is_gone_is_taken_away() {
    let live = Live::by_profile(300, "extends = 'simplejwt'");
    std::fs::remove_file(live.home.path().join(".config/jwtsess/config.toml")).unwrap();
    let refused = live.later(0, &["logout"]);
    assert!(refused.exit != 0 && live.file().exists(), "{refused}");
    let called = live.later(0, &["logout", "--forget"]);
    assert_eq!((called.exit, live.file().exists()), (0, false), "{called}");
    assert!(called.stderr.contains("was not ended"), "{called}");
}

#[test]
fn all_are_forgotten_and_what_is_in_the_way_of_one_is_told() {
    let live = Live::logged_in(300);
    assert_eq!(live.login(&["--as", "b-good"]).run().exit, 0);
    assert_eq!(live.login(&["--as", "c-folder"]).run().exit, 0);
    std::fs::write(live.file(), "{").unwrap();
    let folder = live.file().with_file_name("c-folder.json");
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    let called = live.later(0, &["logout", "--all", "--forget"]);
    assert_eq!(called.exit, 1, "{called}");
    for gone in ["127.0.0.1-", "b-good"] {
        let said = called.stderr.lines();
        let mut said = said.filter(|line| line.contains(gone));
        assert!(said.any(|line| line.contains("was taken away")), "{called}");
    }
    let left = std::fs::read_dir(folder.parent().unwrap()).unwrap();
    let left = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = left.filter(|name| !name.contains(".lock")).collect();
    assert_eq!(left, ["c-folder.json"]);
}
