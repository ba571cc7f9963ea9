//! `request`: who gets the token, what is printed, and when a token is refreshed for it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use crate::cli::commands::testing::live::Live;
use crate::cli::testing::NOW;
use crate::net::testing::Server;

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

/// A profile that is no Django server's.
const OWN: &str = "extends = 'plain'\nlive.refresh = 'POST refresh/ refresh={refresh}'\nlive.errors = [\"400 /code 'stale' = expired\", \"403 /code 'gone' = revoked\"]";
const INVALID: &str = "401 No\r\nWWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"";
const OTHER: &str = "401 No\r\nWWW-Authenticate: Bearer realm=\"api\"";

#[test]
fn what_is_called_expired_is_refreshed_and_repeated_once() {
    // Whether the server is known for a Django server, its answer, and whether it means that the token expired.
    let table: [(bool, (&str, &str), bool); 9] = [
        (false, (INVALID, ""), true),
        (false, (OTHER, "{}"), false),
        (false, ("401 No", r#"{"code":"stale"}"#), false),
        (false, ("400 No", r#"{"code":"stale"}"#), true),
        (false, ("400 No", r#"{"code":"other"}"#), false),
        (false, ("403 No", r#"{"code":"gone"}"#), false),
        (true, ("401 No", r#"{"code":"token_not_valid"}"#), true),
        (true, ("403 No", r#"{"code":"token_not_valid"}"#), false),
        (true, ("400 No", "no JSON"), false),
    ];
    for (django, answer, expired) in table {
        let live = if django {
            Live::logged_in(300)
        } else {
            Live::by_profile(300, OWN)
        };
        let before = live.access();
        live.refuse(&[answer]);
        let words = ["request", "PUT", "/api/me/", "-d", "{\"a\":1}"];
        let called = live.later(0, &words);
        let sent: Vec<_> = live.server.seen();
        let sent: Vec<_> = sent.iter().filter(|one| one.path() == "/api/me/").collect();
        if !expired {
            assert_eq!((called.exit, &*called.stdout), (8, answer.1), "{answer:?}");
            assert_eq!((live.refreshes(), sent.len()), (0, 1), "{answer:?}");
            continue;
        }
        assert_eq!(
            (called.exit, &*called.stdout),
            (0, "{\"name\":\"alice\"}"),
            "{answer:?}"
        );
        assert_eq!((live.refreshes(), sent.len()), (1, 2), "{answer:?}");
        let after = live.access();
        assert_ne!(before, after);
        for (one, token) in sent.iter().zip([&before, &after]) {
            assert_eq!(
                one.header("authorization"),
                Some(&*format!("Bearer {token}"))
            );
            assert_eq!(one.body, "{\"a\":1}", "the body is sent both times");
        }
    }
}

#[test]
fn a_second_refusal_is_printed_and_no_retry_means_none() {
    let live = Live::by_profile(300, OWN);
    live.refuse(&[(INVALID, "one"), (INVALID, "two"), (INVALID, "three")]);
    let called = live.later(0, &["request", "GET", "/api/me/"]);
    assert_eq!(
        (called.exit, &*called.stdout, live.refreshes()),
        (8, "two", 1)
    );
    let called = live.later(0, &["request", "GET", "/api/me/", "--no-retry"]);
    assert_eq!(
        (called.exit, &*called.stdout, live.refreshes()),
        (8, "three", 1)
    );
}

#[test]
fn a_refresh_that_is_refused_ends_the_request_with_the_login() {
    let live = Live::logged_in(300);
    live.state.lock().unwrap().current.clear();
    live.refuse(&[("401 No", "{}")]);
    let called = live.later(0, &["request", "GET", "/api/me/"]);
    assert_eq!((called.exit, &*called.stdout), (7, ""), "{called}");
    assert!(called.stderr.contains("jwtsess login"), "{called}");
}

#[test]
fn a_token_that_is_handed_out_in_a_header_is_kept_before_the_body_is_printed() {
    let settings = format!("{OWN}\nlive.refresh_header = 'X-Fresh'");
    let live = Live::by_profile(300, &settings);
    live.state.lock().unwrap().hands_out = Some("x-fresh");
    let before = live.access();
    live.state.lock().unwrap().at = 10;
    let called = live
        .call(&["request", "GET", "/api/me/"])
        .later(10)
        .stdout_fails(std::io::ErrorKind::BrokenPipe)
        .run();
    assert_eq!(called.exit, 0, "{called}");
    let kept = live.access();
    assert_ne!(before, kept);
    assert!(!called.stderr.contains(&kept), "{called}");
    assert!(
        called.stderr.contains("the token in X-Fresh was taken up"),
        "{called}"
    );
}

#[test]
fn a_token_in_the_body_is_told_and_one_beyond_the_first_mebibyte_is_not() {
    let live = Live::logged_in(300);
    let token = live.access();
    for (before, told) in [(0, 1), (1 << 19, 1), (1 << 20, 0)] {
        let body = format!("{} {token}", " ".repeat(before));
        let body: &'static str = Box::leak(body.into_boxed_str());
        live.refuse(&[("200 OK", body)]);
        let called = live.later(0, &["request", "GET", "/api/me/"]);
        assert_eq!((called.exit, called.stdout == body), (0, true));
        let lines = called.stderr.matches("in body: access token").count();
        assert_eq!(lines, told, "{}", called.stderr);
        assert!(!called.stderr.contains(&token));
    }
}

#[test]
fn what_says_where_a_request_goes_and_where_it_ends_is_not_typed() {
    let live = Live::logged_in(300);
    let sent = live.server.seen().len();
    for field in [
        "Host: other.example",
        "content-length: 5",
        "Transfer-Encoding: chunked",
        "CONNECTION: upgrade",
        "Expect: 100-continue",
    ] {
        for more in [&[][..], &["--json"]] {
            let words = ["request", "POST", "/api/me/", "-d", "a", "-H", field];
            let called = live.later(0, &[&words[..], more].concat());
            assert_eq!(
                (called.exit, live.server.seen().len()),
                (2, sent),
                "{called}"
            );
        }
        let called = live.login(&["--request-header", field]).run();
        assert_eq!(
            (called.exit, live.server.seen().len()),
            (2, sent),
            "{called}"
        );
    }
    let called = live.later(0, &["request", "G T", "/"]);
    assert!(
        called.stderr.contains("error: METHOD: give GET"),
        "{called}"
    );
}

#[test]
fn a_redirect_is_printed_and_told_and_never_followed() {
    let live = Live::logged_in(300);
    let body = "<a href=\"/v2/me/\">moved</a>";
    for status in ["301 M", "302 F", "303 S", "307 T", "308 P"] {
        let line = format!("{status}\r\nLocation: /v2/me/");
        live.refuse(&[(&line, body), (&line, body), (&line, body)]);
        let called = live.later(0, &["request", "GET", "/api/me/"]);
        assert_eq!((called.exit, called.stdout.as_str()), (8, body), "{called}");
        let told = format!("a redirect to {}", live.server.url("/v2/me/"));
        assert!(called.stderr.contains(&told), "{called}");
        let called = live.later(0, &["request", "GET", "/api/me/", "-i"]);
        assert!(called.stdout.contains("location: /v2/me/\r\n"), "{called}");
        let called = live.later(0, &["request", "GET", "/api/me/", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
        assert_eq!((called.exit, &json["ok"]), (8, &false.into()));
        assert_eq!(json["response"]["body"], body);
        assert_eq!(json["error"]["code"], "redirected");
    }
    // Neither names a place to go to.
    live.refuse(&[("304 N", ""), ("300 Choose", "one, two")]);
    let called = live.later(0, &["request", "GET", "/api/me/"]);
    assert_eq!((called.exit, called.stdout.as_str()), (0, ""), "{called}");
    let called = live.later(0, &["request", "GET", "/api/me/"]);
    assert_eq!((called.exit, called.stdout.as_str()), (8, "one, two"));
    assert_eq!(live.asked("/v2/me/"), 0);
}

#[test]
fn a_redirect_to_what_is_no_address_is_printed_too() {
    let live = Live::logged_in(300);
    live.refuse(&[("302 F\r\nLocation: http://[", "gone")]);
    let called = live.later(0, &["request", "GET", "/api/me/"]);
    assert_eq!((called.exit, called.stdout.as_str()), (8, "gone"));
    assert!(called.stderr.contains("what is no address"), "{called}");
}

#[test]
fn a_token_of_a_redirect_s_header_is_taken_up() {
    let live = Live::by_profile(300, &format!("{OWN}\nlive.refresh_header = 'X-Fresh'"));
    let later = crate::cli::commands::testing::signed(
        r#"{"alg":"HS256","typ":"JWT"}"#,
        format!(
            r#"{{"token_type":"access","exp":{},"iat":{NOW},"jti":"x","user_id":"1"}}"#,
            NOW + 900
        )
        .as_bytes(),
    );
    let line = format!("302 F\r\nX-Fresh: {later}\r\nLocation: /v2/");
    live.refuse(&[(&line, "")]);
    let called = live.later(0, &["request", "GET", "/api/me/"]);
    assert_eq!((called.exit, live.access()), (8, later), "{called}");
}

#[test]
fn cookies_are_said_where_cookies_are_sent() {
    let mut live = Live::new(300);
    live.server = Server::of(|received| {
        match received.path() {
        "/api/token/" => (
            "200 OK",
            "Set-Cookie: app-auth=abc.def; Path=/\r\nSet-Cookie: app-refresh=ghi; Path=/api/token\r\n"
                .to_owned(),
            "{}".to_owned(),
        ),
        _ => ("200 OK", String::new(), "{}".to_owned()),
    }
    });
    let settings = "extends = 'plain'\nlive.cookies = { access = 'app-auth', refresh = 'app-refresh' }\nlive.refresh = 'POST refresh/'";
    live.profile(settings);
    let called = live.login(&["--profile", "own"]).run();
    assert_eq!(called.exit, 0, "{called}");
    let called = live.later(0, &["request", "GET", "/api/token/me/"]);
    insta::assert_snapshot!(live.readable(&called), @r"
    --- stdout
    {}
    --- stderr
    jwtsess: nobody knows when this access token expires: it is used until the server refuses it
    jwtsess: > GET http://127.0.0.1:PORT/api/token/me/
    jwtsess: > Cookie: csrftoken=<kept>; app-auth=<access token of alice, no known end>; app-refresh=<kept>
    jwtsess: < 200, N ms
    --- exit 0
    ");
    let sent = live.server.seen().pop().unwrap();
    assert_eq!(sent.header("authorization"), None);
    assert!(sent.header("cookie").unwrap().contains("app-auth=abc.def"));
}

#[test]
fn a_header_field_that_cannot_be_written_is_a_usage_error() {
    let live = Live::logged_in(300);
    let sent = live.server.seen().len();
    let url = live.server.url("/api/me/");
    let words = ["request", "GET", &url, "--no-auth", "-H"];
    for field in [
        "Authorization: Basic \u{e4}",
        &format!("X-Long: {}", "x".repeat(99_999)),
    ] {
        let called = live.later(0, &[&words[..], &[field]].concat());
        let name = field.split(':').next().unwrap();
        assert_eq!(called.exit, 2, "{called}");
        assert!(
            called
                .stderr
                .contains(&format!("the header field {name} can't be sent"))
        );
    }
    assert_eq!(live.server.seen().len(), sent);
}
