//! `token`: what is printed when, what is sent for it, and what becomes of a credential whose refresh fails.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use crate::cli::commands::testing::live::{Fault, Live};
use crate::cli::testing::NOW;

/// The code of a refusal.
fn code(live: &Live, seconds: i64, words: &[&str]) -> (u8, String) {
    let called = live.later(seconds, &[words, &["--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
    let code = json["error"]["code"].as_str().unwrap_or("none").to_owned();
    (called.exit, code)
}

#[test]
fn a_fresh_token_is_printed_without_a_request_and_without_a_lock() {
    let live = Live::logged_in(300);
    let lock = live.file().with_extension("json.lock");
    std::fs::remove_file(&lock).unwrap();
    let called = live.later(200, &["token"]);
    assert_eq!((called.exit, called.stderr.as_str()), (0, ""));
    assert_eq!(called.stdout, format!("{}\n", live.access()));
    assert!(!lock.exists() && live.refreshes() == 0);
}

#[test]
fn a_late_token_is_refreshed_once_and_both_tokens_are_replaced() {
    let live = Live::logged_in(300);
    let before = live.kept();
    let called = live.later(241, &["token"]);
    let after = live.kept();
    assert_eq!(called.exit, 0, "{called}");
    assert_eq!(called.stdout, format!("{}\n", live.access()));
    for name in ["access_token", "refresh_token"] {
        assert_ne!(before["tokens"][name], after["tokens"][name], "{name}");
    }
    assert_eq!(after["tokens"]["obtained_at"], NOW + 241);
    assert_eq!(after["tokens"].get("refresh_sent_at"), None);
    assert_eq!(live.refreshes(), 1);
    let again = live.later(242, &["token"]);
    assert_eq!((again.stdout, live.refreshes()), (called.stdout, 1));
}

#[test]
fn forms_of_the_output() {
    let live = Live::logged_in(300);
    let access = live.access();
    for (form, expected) in [
        ("token", format!("{access}\n")),
        ("auth-header", format!("Authorization: Bearer {access}\n")),
        ("env", format!("ACCESS_TOKEN={access}\n")),
    ] {
        assert_eq!(live.later(0, &["token", "-o", form]).stdout, expected);
    }
    let masked = live.call(&["token", "--mask", "github"]);
    assert_eq!(masked.run().exit, 2);
    let masked = live
        .call(&["token", "--mask", "github"])
        .env("GITHUB_ACTIONS", "true");
    assert_eq!(masked.run().stderr, format!("::add-mask::{access}\n"));
    assert_eq!(live.later(0, &["token", "--mask", "auto"]).stderr, "");
}

#[test]
fn what_was_asked_for_is_given_or_refused_with_its_reason() {
    let live = Live::logged_in(300);
    assert_eq!(code(&live, 0, &["token", "--refresh"]).0, 0);
    assert_eq!(live.refreshes(), 1);
    // A life that is too short is learnt once.
    let soon = (5, "expires_soon".to_owned());
    assert_eq!(code(&live, 0, &["token", "--min-ttl", "10m"]), soon);
    assert_eq!(live.refreshes(), 1);
    assert_eq!(code(&live, 250, &["token", "--no-refresh"]), soon);
    assert_eq!(code(&live, 400, &["token", "--no-refresh"]), soon);
    assert_eq!(live.refreshes(), 1);
    let called = live.later(0, &["token", "--min-ttl", "10m"]);
    assert_eq!(called.stdout, "");
    assert!(called.stderr.contains("live for 5 min"), "{called}");
}

#[test]
fn what_the_server_refuses_for_good_is_remembered() {
    let live = Live::logged_in(300);
    live.state.lock().unwrap().current = "another".to_owned();
    let called = live.later(300, &["token"]);
    assert_eq!((called.exit, called.stdout.as_str()), (7, ""));
    let login = format!(
        "log in again: jwtsess login {} --profile simplejwt --user alice --as 127.0.0.1-{}",
        live.server.url("/api/token/"),
        live.server.address.port()
    );
    assert!(
        called.stderr.contains("Token is blacklisted") && called.stderr.contains(&login),
        "{called}"
    );
    assert_eq!(live.kept()["tokens"]["over"]["code"], "login_required");
    let again = live.later(301, &["token"]);
    assert_eq!(
        (again.exit, again.stderr == called.stderr, live.refreshes()),
        (7, true, 1)
    );
    // The line that was advised works.
    let words: Vec<&str> = login.split(' ').skip(4).collect();
    let login = live
        .call(&words)
        .env("JWTSESS_PASSWORD", "env:PASSWORD")
        .later(302)
        .run();
    assert_eq!(login.exit, 0, "{login}");
    assert_eq!(live.later(302, &["token"]).exit, 0);
}

#[test]
fn a_server_that_fails_changes_nothing() {
    let live = Live::logged_in(300);
    let before = live.kept();
    live.fail(&[Fault::Status(503); 3]);
    assert_eq!(
        code(&live, 250, &["token"]),
        (8, "server_failed".to_owned())
    );
    assert_eq!(live.kept(), before);
    let stale = live.later(250, &["token", "--stale-ok"]);
    assert_eq!(
        (stale.exit, stale.stdout),
        (0, format!("{}\n", live.access()))
    );
    assert!(
        stale.stderr.contains("was not refreshed"),
        "{}",
        stale.stderr
    );
    let expired = live.later(300, &["token", "--stale-ok"]);
    assert_eq!((expired.exit, expired.stdout.as_str()), (8, ""));
    assert_eq!(live.later(300, &["token"]).exit, 0);
}

#[test]
fn a_refresh_that_is_redirected_is_not_followed_and_names_the_login() {
    let live = Live::logged_in(300);
    live.fail(&[Fault::Status(308)]);
    let called = live.later(250, &["token"]);
    assert_eq!(
        (called.exit, live.asked("/v2/refresh/")),
        (8, 0),
        "{called}"
    );
    let advice = "log in again, with the address where the server is now: jwtsess login http://";
    assert!(called.stderr.contains(advice), "{called}");
}

#[test]
fn a_lost_answer_is_asked_for_once_more_and_the_cause_is_told() {
    for forgives in [true, false] {
        let live = Live::logged_in(300);
        live.state.lock().unwrap().forgives = forgives;
        live.fail(&[Fault::Lost]);
        let lost = live.later(300, &["token"]);
        assert_eq!((lost.exit, lost.stdout.as_str()), (8, ""), "{lost}");
        assert!(lost.stderr.contains("may be used up"), "{lost}");
        assert_eq!(live.kept()["tokens"]["refresh_sent_at"], NOW + 300);
        let next = live.later(310, &["token"]);
        assert!(
            next.stderr
                .contains("was never answered: the same refresh token is sent once more"),
            "{next}"
        );
        let exit = if forgives { 0 } else { 7 };
        assert_eq!(next.exit, exit, "{next}");
        if !forgives {
            let told = "a refresh sent at 2027-01-15T08:05:00Z was never answered";
            assert!(next.stderr.contains(told), "{next}");
            assert!(live.later(311, &["token"]).stderr.contains(told));
        }
        assert_eq!(live.refreshes(), 2);
    }
}

#[test]
fn a_server_that_can_t_be_reached_is_named_and_nothing_is_lost() {
    let live = Live::logged_in(300);
    let before = live.kept();
    let offline = live
        .call(&["token"])
        .later(300)
        .env("JWTSESS_OFFLINE", "1")
        .run();
    assert_eq!(offline.exit, 2, "{offline}");
    assert!(live.later(0, &["token", "--offline"]).exit == 0);
    let file = live.file();
    let kept = std::fs::read_to_string(&file).unwrap();
    // A port that nobody listens on.
    let port = live.server.address.port().to_string();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let free = closed.local_addr().unwrap().port().to_string();
    drop(closed);
    std::fs::write(&file, kept.replacen(&port, &free, 1)).unwrap();
    assert_eq!(code(&live, 300, &["token"]), (8, "unreachable".to_owned()));
    assert_eq!(live.kept()["tokens"], before["tokens"]);
}

#[test]
fn a_moved_clock_judges_and_sends_nothing_that_changes_a_session() {
    let live = Live::logged_in(300);
    let moved = |words: &[&str]| live.call(words).run();
    assert_eq!(moved(&["token", "--now", "+200s"]).exit, 0);
    let refused = moved(&["token", "--now", "+2h"]);
    assert_eq!((refused.exit, live.refreshes()), (2, 0), "{refused}");
    let rehearsed = moved(&["token", "--now", "+2h", "--rehearse"]);
    assert_eq!((rehearsed.exit, live.refreshes()), (0, 1), "{rehearsed}");
}

#[test]
fn all_credentials_are_listed_without_their_tokens() {
    let live = Live::logged_in(300);
    let called = live.later(400, &["token", "--list"]);
    insta::assert_snapshot!(live.readable(&called), @r"
    --- stdout
    127.0.0.1-PORT  live  http://127.0.0.1:PORT as alice, access until 2027-01-15T08:05:00Z, 1 min 40 s ago, session until 2027-01-16T08:00:00Z, in 23 h 53 min, in HOME/.local/share/jwtsess/credentials/127.0.0.1-PORT.json, not encrypted
    --- exit 0
    ");
    let json = live.later(400, &["token", "--list", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["credentials"][0]["state"], "live");
    assert!(!json.to_string().contains("eyJ"));
    live.state.lock().unwrap().current.clear();
    assert_eq!(live.later(400, &["token"]).exit, 7);
    let over = live.later(460, &["token", "--list"]).stdout;
    assert!(
        over.contains("  over  ")
            && over
                .contains("over since 2027-01-15T08:06:40Z, 1 min ago: Token is blacklisted, in ")
            && !over.contains("session until"),
        "{over}"
    );
    std::fs::write(live.file(), "{").unwrap();
    let damaged = live.later(400, &["token", "--list"]);
    assert!(
        damaged.exit == 0 && damaged.stderr.contains("can't be used"),
        "{damaged}"
    );
}

#[test]
fn a_clock_that_is_five_minutes_off_is_reckoned_with() {
    for skew in [300, -300] {
        let live = Live::new(300);
        live.state.lock().unwrap().skew = Some(skew);
        let login = live.login(&[]).run();
        let side = if skew > 0 { "behind" } else { "ahead of" };
        let told = format!(" {side} the server's");
        assert!(login.stderr.contains(&told), "{login}");
        // `Date` has no parts of a second, and the clock stands between two.
        assert_eq!(live.kept()["tokens"]["skew"], skew - 1);
        assert_eq!(live.later(200, &["token"]).exit, 0);
        assert_eq!(live.refreshes(), 0, "{skew}");
        assert_eq!(live.later(245, &["token"]).exit, 0);
        assert_eq!(live.refreshes(), 1, "{skew}");
        assert_eq!(live.later(440, &["token"]).exit, 0);
        assert_eq!(live.refreshes(), 1, "{skew}");
    }
}

#[test]
fn a_token_that_is_handed_out_in_a_header_is_asked_for_by_the_cheap_request() {
    let settings = "extends = 'plain'\nlive.answer = ['access = access']\nlive.me = '/api/me/'\nlive.refresh_header = 'X-Fresh'";
    let live = Live::by_profile(300, settings);
    let before = live.access();
    assert_eq!(live.kept()["tokens"].get("refresh_token"), None);
    live.state.lock().unwrap().hands_out = Some("x-fresh");
    let good = live.later(100, &["token"]);
    assert_eq!((good.exit, live.asked("/api/me/")), (0, 0), "{good}");
    let called = live.later(250, &["token"]);
    let after = live.access();
    assert_eq!((called.exit, called.stdout), (0, format!("{after}\n")));
    assert_ne!(before, after);
    assert_eq!((live.asked("/api/me/"), live.refreshes()), (1, 0));
    let sent = live.server.seen().pop().unwrap();
    assert_eq!(
        sent.header("authorization"),
        Some(&*format!("Bearer {before}"))
    );

    // One that hands out nothing keeps what is there.
    live.state.lock().unwrap().hands_out = None;
    let (exit, reason) = code(&live, 500, &["token"]);
    assert_eq!((exit, &*reason), (8, "unexpected_answer"));
    assert_eq!(live.access(), after);
    live.refuse(&[("401 No", "{}")]);
    assert_ne!(code(&live, 500, &["token"]).0, 0);
}

#[test]
fn a_token_that_had_expired_when_it_came_is_told_as_such_and_no_life_is_learnt() {
    let live = Live::logged_in(300);
    live.state.lock().unwrap().life = -100;
    let called = live.later(290, &["token"]);
    assert_eq!((called.exit, called.stdout.as_str()), (5, ""), "{called}");
    assert!(
        called.stderr.contains("have expired when they come") && called.stderr.contains("clock"),
        "{called}"
    );
    live.state.lock().unwrap().life = 300;
    let called = live.later(290, &["token"]);
    assert_eq!((called.exit, live.refreshes()), (0, 2), "{called}");
}

#[test]
fn the_line_that_logs_in_again_is_a_command_line_whatever_the_names_are() {
    let live = Live::new(300);
    let url = live.server.url("/api/token/");
    for user in ["-x", "--as", "-"] {
        let user = format!("--user={user}");
        let words = [
            "login",
            &url,
            &user,
            "--password",
            "env:PASSWORD",
            "--as=-a",
            "--client-auth=post",
            "--replace",
        ];
        assert_eq!(live.call(&words).run().exit, 0);
        let called = live.later(90_000, &["token"]);
        let (_, line) = called.stderr.split_once("log in again: jwtsess ").unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        assert!(
            words.contains(&&*user) && line.contains("--client-auth post"),
            "{line}"
        );
        let again = live.call(&words).env("JWTSESS_PASSWORD", "env:PASSWORD");
        assert_eq!(again.run().exit, 0, "{line}");
        live.state.lock().unwrap().at = 0;
    }
}

#[test]
fn a_refresh_that_is_refused_says_what_helps() {
    for (status, expected) in [
        (400, "--profile"),
        (401, "log in again: jwtsess login"),
        (403, "ask whoever runs the server"),
        (404, "--refresh-path"),
        (405, "--refresh-path"),
    ] {
        let live = Live::logged_in(300);
        live.fail(&[Fault::Status(status)]);
        let called = live.later(290, &["token"]);
        assert_eq!(called.exit, 8, "{status}: {called}");
        let hint = called.stderr.lines().find(|line| line.contains("hint"));
        assert!(
            hint.is_some_and(|hint| hint.contains(expected) && hint.contains("jwtsess login")),
            "{status}: {called}"
        );
    }
}
