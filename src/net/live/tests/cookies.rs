//! Cookies: which are kept, where they go, and what goes with them against cross-site requests.
use std::io::Write as _;

use super::*;
use crate::core::profile::language::request::route;
use crate::session::credential::KeptCookie;

/// A server that sets cookies, whatever is asked.
fn setting(fields: &'static str) -> testing::Server {
    testing::Server::new(move |_, stream| {
        let body = r#"{"access":"a.b.c","refresh":""}"#;
        let text = format!(
            "HTTP/1.1 200 OK\r\n{fields}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        _ = stream.write_all(text.as_bytes());
    })
}

fn in_cookies(name: &str) -> Profile {
    let mut profile = profile(name);
    let live = &mut profile.model.to_mut().live;
    live.access_cookie = Some("acc".into());
    live.refresh_cookie = Some("ref".into());
    profile
}

fn logged_in(stage: &testing::Server, profile: &Profile) -> Tokens {
    let password = secret(PASSWORD);
    at(
        1_000,
        &server(&stage.url("/auth/login/")),
        profile,
        |live| live.login(&by_password(&password)).unwrap(),
    )
}

fn kept(got: &Tokens) -> KeptSession<'_> {
    KeptSession {
        access: Some(&got.access),
        refresh: got.refresh.as_ref(),
        cookies: &got.cookies,
    }
}

fn names(cookies: &[KeptCookie]) -> Vec<&str> {
    cookies.iter().map(|one| one.name.as_str()).collect()
}

#[test]
fn only_named_cookies_are_kept_with_their_path_and_their_end() {
    let stage = setting(
        "Set-Cookie: acc=A1; Path=/; Max-Age=300; HttpOnly\r\n\
         Set-Cookie: sessionid=S; Path=/\r\n\
         Set-Cookie: ref=R1; Path=/auth/token; Expires=Thu, 01 Jan 1970 01:00:00 GMT; Domain=example.com\r\n",
    );
    let got = logged_in(&stage, &in_cookies("dj-rest-auth"));
    assert_eq!(
        (text(&got.access), got.refresh.as_ref().map(text)),
        ("A1", Some("R1"))
    );
    assert!(!got.refresh_is_empty);
    assert_eq!(names(&got.cookies), ["csrftoken", "acc", "ref"]);
    let end = |name: &str| {
        let cookie = got.cookies.iter().find(|one| one.name == name).unwrap();
        (cookie.path.as_str(), cookie.expires_at)
    };
    assert!(
        matches!(end("acc"), ("/", Some(1_295..=1_300))),
        "{:?}",
        end("acc")
    );
    assert_eq!(end("ref"), ("/auth/token", Some(3_600)));
    assert_eq!(got.refresh_expires_at.map(Timestamp::seconds), Some(3_600));

    at(
        1_001,
        &server(&stage.url("/auth/login/")),
        &in_cookies("dj-rest-auth"),
        |live| {
            live.refresh(&kept(&got)).unwrap();
            live.logout(&kept(&got)).unwrap();
        },
    );
    // The access cookie ends at 1300, and the refresh cookie at 3600.
    at(
        1_400,
        &server(&stage.url("/auth/login/")),
        &in_cookies("dj-rest-auth"),
        |live| {
            live.refresh(&kept(&got)).unwrap();
        },
    );
    let seen = stage.seen();
    let csrf = text(&got.cookies[0].value).to_owned();
    let with = |rest: &str| Some(format!("csrftoken={csrf}; {rest}"));
    let sent: Vec<_> = seen
        .iter()
        .map(|one| one.header("cookie").map(str::to_owned))
        .collect();
    assert_eq!(
        sent,
        [
            Some(format!("csrftoken={csrf}")),
            with("acc=A1; ref=R1"),
            with("acc=A1"),
            with("ref=R1")
        ]
    );
    for one in &seen {
        assert_eq!(one.header("x-csrftoken"), Some(&*csrf));
        assert_eq!(one.header("origin"), Some(stage.url("").as_str()));
    }
    assert_eq!(seen[1].body, "{}");
    assert!(csrf.len() == 32 && csrf.bytes().all(|byte| byte.is_ascii_alphabetic()));
}

#[test]
fn what_the_server_sets_against_cross_site_requests_is_what_goes_back() {
    let stage = setting(
        "Set-Cookie: acc=A1; Path=/\r\nSet-Cookie: csrftoken=theirs; Path=/\r\nSet-Cookie: acc=; Path=/; Max-Age=0\r\n\
         Set-Cookie: acc=A2; Path=/\r\nSet-Cookie: ref=\"R1\"; Path=/\r\nSet-Cookie: ref=a b; Path=/\r\n",
    );
    let got = logged_in(&stage, &in_cookies("dj-rest-auth"));
    assert_eq!(
        (text(&got.access), got.refresh.as_ref().map(text)),
        ("A2", Some("R1"))
    );
    at(
        1_000,
        &server(&stage.url("/auth/login/")),
        &in_cookies("dj-rest-auth"),
        |live| {
            live.logout(&kept(&got)).unwrap();
        },
    );
    let seen = stage.seen();
    assert_eq!(seen[1].header("x-csrftoken"), Some("theirs"));
    assert_eq!(
        seen[1].header("cookie"),
        Some("csrftoken=theirs; acc=A2; ref=R1")
    );
}

#[test]
fn a_claim_of_the_token_that_authorises_goes_against_cross_site_requests() {
    // {"alg":"none"} with {"csrf":"of-access"} and {"csrf":"of-refresh"}.
    let stage = setting(
        "Set-Cookie: acc=eyJhbGciOiJub25lIn0.eyJjc3JmIjoib2YtYWNjZXNzIn0.; Path=/\r\n\
         Set-Cookie: ref=eyJhbGciOiJub25lIn0.eyJjc3JmIjoib2YtcmVmcmVzaCJ9.; Path=/\r\n",
    );
    let mut profile = in_cookies("flask-jwt-extended");
    let got = logged_in(&stage, &profile);
    let logout = route("DELETE ../logout Authorization:{access}").unwrap();
    profile.model.to_mut().live.logout = Some(logout);
    at(1_000, &server(&stage.url("/login")), &profile, |live| {
        live.refresh(&kept(&got)).unwrap();
        live.logout(&kept(&got)).unwrap();
    });
    let seen = stage.seen();
    let csrf: Vec<_> = seen.iter().map(|one| one.header("x-csrf-token")).collect();
    assert_eq!(csrf, [None, Some("of-refresh"), Some("of-access")]);
    assert!(seen.iter().all(|one| one.header("authorization").is_none()));
    assert_eq!(names(&got.cookies), ["acc", "ref"]);
}

#[test]
fn a_cookie_goes_to_the_origin_that_set_it_and_below_its_path_alone() {
    let other = setting("Set-Cookie: acc=EVIL; Path=/\r\n");
    let stage =
        setting("Set-Cookie: acc=A1; Path=/\r\nSet-Cookie: ref=R1; Path=/auth/token/ref\r\n");
    let got = logged_in(&stage, &in_cookies("dj-rest-auth"));
    let mut asked = server(&stage.url("/auth/login/"));
    asked.origins = vec![Address::parse(&other.url("/")).unwrap().origin().clone()];
    asked.paths.refresh = Some(other.url("/auth/token/refresh/"));
    let renewed = at(1_000, &asked, &in_cookies("dj-rest-auth"), |live| {
        live.refresh(&kept(&got)).unwrap()
    });
    assert_eq!(other.seen()[0].header("cookie"), None);
    // Its own cookies count for nothing there.
    assert_eq!(text(&renewed.access), "a.b.c");
    assert_eq!(names(&renewed.cookies), names(&got.cookies));

    asked.paths.refresh = Some("/auth/token/refreshed".to_owned());
    at(1_000, &asked, &in_cookies("dj-rest-auth"), |live| {
        live.refresh(&kept(&got)).unwrap();
    });
    let seen = stage.seen();
    assert!(
        !seen[1].header("cookie").unwrap().contains("ref=R1"),
        "/auth/token/ref is no folder of refreshed"
    );
}

#[test]
fn cookies_that_no_profile_names_are_left_and_an_empty_refresh_token_is_said() {
    let stage = setting("Set-Cookie: acc=A1; Path=/\r\nSet-Cookie: ref=R1; Path=/\r\n");
    let got = logged_in(&stage, &profile("dj-rest-auth"));
    assert_eq!((text(&got.access), got.refresh.is_some()), ("a.b.c", false));
    assert!(got.refresh_is_empty && got.cookies.is_empty());
}

#[test]
fn any_request_is_authorised_by_cookies_at_home_and_by_the_token_elsewhere() {
    let stage = setting("Set-Cookie: acc=A1; Path=/\r\nSet-Cookie: ref=R1; Path=/auth/token/\r\n");
    let profiles = [in_cookies("dj-rest-auth"), profile("dj-rest-auth")];
    let [in_cookies, in_bodies] = profiles
        .each_ref()
        .map(|profile| logged_in(&stage, profile));
    let fields = |profile, got: &Tokens, method: &str, url: &str| {
        at(
            1_000,
            &server(&stage.url("/auth/login/")),
            profile,
            |live| {
                let address = Address::parse(url).unwrap();
                let headers = live.authorisation(method, &address, &kept(got));
                let shown = headers
                    .iter()
                    .map(|one| format!("{}: {}", one.name, *one.value));
                shown.collect::<Vec<_>>()
            },
        )
    };
    let here = stage.url("/api/me");
    let csrf = text(&in_cookies.cookies[0].value);
    let cookie = format!("Cookie: csrftoken={csrf}; acc=A1");
    assert_eq!(
        fields(&profiles[0], &in_cookies, "GET", &here),
        [cookie.as_str()]
    );
    assert_eq!(
        fields(&profiles[0], &in_cookies, "PATCH", &here),
        [
            cookie,
            format!("Origin: {}", stage.url("")),
            format!("X-CSRFToken: {csrf}")
        ]
    );
    let elsewhere = "https://api.example/me";
    assert_eq!(
        fields(&profiles[0], &in_cookies, "POST", elsewhere),
        ["Authorization: Bearer A1"]
    );
    assert_eq!(
        fields(&profiles[1], &in_bodies, "POST", &here),
        ["Authorization: Bearer a.b.c"]
    );
}

#[test]
fn cookies_may_be_all_that_an_answer_has_and_a_broken_body_counts_all_the_same() {
    for (body, is_taken) in [
        ("", true),
        (r#"{"detail":"ok"}"#, true),
        ("ok", false),
        (r#"{"access":1,"access":2}"#, false),
        (r#"{"access":7}"#, false),
    ] {
        let stage = testing::Server::of(move |_| {
            let fields = "Set-Cookie: acc=A1; Path=/\r\n".to_owned();
            ("200 OK", fields, body.to_owned())
        });
        let password = secret(PASSWORD);
        let got = at(
            0,
            &server(&stage.url("/login/")),
            &in_cookies("dj-rest-auth"),
            |live| live.login(&by_password(&password)),
        );
        assert_eq!(got.is_ok(), is_taken, "{body}: {got:?}");
    }
}

#[test]
fn a_path_that_is_none_stands_for_the_folder_of_the_address() {
    for (path, expected) in [
        ("", "/auth/login"),
        ("; Path", "/auth/login"),
        ("; Path=", "/auth/login"),
        ("; Path=auth", "/auth/login"),
        ("; Path=/; Path=auth", "/"),
        ("; path=/auth", "/auth"),
    ] {
        let fields = format!("Set-Cookie: acc=A1{path}\r\nSet-Cookie: ref=R1\r\n");
        let stage = setting(fields.leak());
        let got = logged_in(&stage, &in_cookies("dj-rest-auth"));
        let cookie = got.cookies.iter().find(|one| one.name == "acc").unwrap();
        assert_eq!(cookie.path, expected, "{path}");
    }
}
