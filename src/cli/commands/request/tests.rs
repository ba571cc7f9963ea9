//! `request`: who gets the token, what is printed, and when a token is refreshed for it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use crate::cli::commands::testing::live::Live;

#[test]
fn the_answer_s_body_is_printed_as_it_came_and_the_token_never() {
    let live = Live::logged_in(300);
    let called = live.later(0, &["request", "GET", "/api/me/"]);
    insta::assert_snapshot!(live.readable(&called), @r#"
    --- stdout
    {"name":"alice"}
    --- stderr
    jwtsess: > GET http://127.0.0.1:PORT/api/me/
    jwtsess: > Authorization: Bearer <access token of alice, 4 min 59 s left>
    jwtsess: < 200, N ms
    --- exit 0
    "#);
    let sent = live.server.seen().pop().unwrap();
    assert_eq!(
        sent.header("authorization"),
        Some(&*format!("Bearer {}", live.access()))
    );
}

#[test]
fn a_token_goes_to_its_own_origin_alone() {
    let live = Live::logged_in(300);
    let sent = live.server.seen().len();
    for words in [
        &["request", "GET", "https://other.invalid/api/me/"][..],
        &["request", "GET", "/x", "-H", "Authorization: Bearer x"],
        &["request", "GET", "/x", "-H", "cookie: a=b"],
        &["request", "GET", "/x", "--no-auth"],
        &["request", "GET", "/x", "-d", "a", "--form", "a=b"],
    ] {
        let called = live.later(0, words);
        assert_eq!(called.exit, 2, "{words:?}: {called}");
    }
    assert_eq!(live.server.seen().len(), sent);
}

#[test]
fn bodies_are_json_or_a_form_unless_that_is_said() {
    let live = Live::logged_in(300);
    let file = live.home.file("body.json", "{\"a\":1}\n");
    let at_file = format!("@{file}");
    let table: [(&[&str], &str, &str); 4] = [
        (&["-d", "{\"a\":1}"], "application/json", "{\"a\":1}"),
        (&["-d", &at_file], "application/json", "{\"a\":1}\n"),
        (
            &["-d", "a", "-H", "content-type: text/plain"],
            "text/plain",
            "a",
        ),
        (
            &["--form", "a=b c", "--form", "d=&"],
            "application/x-www-form-urlencoded",
            "a=b%20c&d=%26",
        ),
    ];
    for (more, media_type, body) in table {
        let called = live.later(0, &[&["request", "POST", "/api/me/"][..], more].concat());
        assert_eq!(called.exit, 0, "{called}");
        let sent = live.server.seen().pop().unwrap();
        assert_eq!(
            (sent.header("content-type"), sent.body.as_str()),
            (Some(media_type), body)
        );
    }
}

#[test]
fn an_answer_without_success_is_printed_and_is_exit_8() {
    let live = Live::logged_in(300);
    let called = live.later(0, &["request", "GET", "/nowhere"]);
    assert_eq!(
        (called.exit, called.stdout.as_str()),
        (8, "{\"detail\":\"Not found.\"}")
    );
    let json = live.later(0, &["request", "GET", "/nowhere", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["response"]["status"], 404);
    assert_eq!(
        (&json["ok"], &json["response"]["body"]),
        (&false.into(), &"{\"detail\":\"Not found.\"}".into())
    );
    let with_head = live.later(0, &["request", "GET", "/nowhere", "-i"]);
    assert!(
        with_head
            .stdout
            .starts_with("HTTP/1.1 404\r\ncontent-type: application/json\r\n"),
        "{with_head}"
    );
}

#[test]
fn a_late_token_is_refreshed_first() {
    let live = Live::logged_in(300);
    let called = live.later(290, &["request", "GET", "/api/me/"]);
    assert_eq!((called.exit, live.refreshes()), (0, 1), "{called}");
}

#[test]
fn without_a_token_anyone_is_asked() {
    let live = Live::new(300);
    let url = live.server.url("/api/me/");
    let called = live.later(0, &["request", "GET", &url, "--no-auth"]);
    assert_eq!(called.exit, 8, "{called}");
    assert_eq!(live.later(0, &["request", "GET", &url]).exit, 7);
}
