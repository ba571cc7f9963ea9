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
