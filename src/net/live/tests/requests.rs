//! Where a request goes, what it holds, and what becomes of an answer that is none.
use serde_json::json;

use super::*;
use crate::core::profile::language::entry;
use crate::net::error::NetError;
use crate::net::live::server::{BodyMember, ExtraHeader};

const GOOD: &str = r#"{"access":"a.b.c","refresh":"d.e.f"}"#;

/// The paths that a profile's requests go to from an address.
fn paths(profile_name: &str, path: &str, change: impl Fn(&mut Server)) -> Vec<String> {
    let stage = answering("200 OK", GOOD);
    let mut asked = server(&stage.url(path));
    change(&mut asked);
    let (password, token) = (secret(PASSWORD), secret("a.b.c"));
    let kept = KeptSession {
        access: Some(&token),
        refresh: Some(&token),
        ..KeptSession::default()
    };
    at(0, &asked, &profile(profile_name), |live| {
        live.login(&by_password(&password)).unwrap();
        live.refresh(&kept).unwrap();
        live.logout(&kept).unwrap();
    });
    let seen = stage.seen();
    seen.iter().map(|one| one.path().to_owned()).collect()
}

#[test]
fn what_is_written_behind_an_address_ends_as_the_address_does() {
    for (address, expected) in [
        (
            "/api/token/",
            [
                "/api/token/",
                "/api/token/refresh/",
                "/api/token/blacklist/",
            ],
        ),
        (
            "/api/token",
            ["/api/token", "/api/token/refresh", "/api/token/blacklist"],
        ),
        ("/", ["/", "/refresh/", "/blacklist/"]),
        (
            "/t/?tenant=a",
            ["/t/?tenant=a", "/t/refresh/", "/t/blacklist/"],
        ),
        (
            "//twice/",
            ["//twice/", "//twice/refresh/", "//twice/blacklist/"],
        ),
    ] {
        assert_eq!(paths("simplejwt", address, |_| {}), expected, "{address}");
    }
    assert_eq!(
        paths("dj-rest-auth", "/auth/login/", |_| {}),
        ["/auth/login/", "/auth/token/refresh/", "/auth/logout/"]
    );
}

#[test]
fn a_path_may_have_a_query_and_a_request_no_body() {
    let stage = testing::Server::of(|received| {
        let body = r#"{"access_token":"a.b.c","token_type":"bearer","expires_in":3600,"refresh_token":"r"}"#;
        if received.path().contains("logout") {
            ("204 No Content", String::new(), String::new())
        } else {
            ("200 OK", String::new(), body.to_owned())
        }
    });
    let speak = |profile_name: &str, path: &str| {
        let mut asked = server(&stage.url(path));
        asked.client_id = Some("anon".to_owned());
        let password = secret(PASSWORD);
        at(0, &asked, &profile(profile_name), |live| {
            let got = live.login(&by_password(&password)).unwrap();
            let kept = KeptSession {
                access: Some(&got.access),
                refresh: got.refresh.as_ref(),
                ..KeptSession::default()
            };
            live.refresh(&kept).unwrap();
            live.logout(&kept).unwrap();
        });
    };
    speak("supabase", "/auth/v1");
    speak("laravel-jwt-auth", "/api/auth/login");
    let seen = stage.seen();
    let paths: Vec<_> = seen.iter().map(Received::path).collect();
    assert_eq!(
        paths,
        [
            "/auth/v1/token?grant_type=password",
            "/auth/v1/token?grant_type=refresh_token",
            "/auth/v1/logout?scope=local",
            "/api/auth/login",
            "/api/auth/refresh",
            "/api/auth/logout",
        ]
    );
    assert_eq!(
        super::json(&seen[0]),
        json!({ "email": "alice", "password": PASSWORD })
    );
    assert_eq!(super::json(&seen[1]), json!({ "refresh_token": "r" }));
    let sent: Vec<_> = seen.iter().map(|one| one.header("authorization")).collect();
    let bearer = Some("Bearer a.b.c");
    assert_eq!(sent, [None, None, bearer, None, bearer, bearer]);
    let keys: Vec<_> = seen.iter().map(|one| one.header("apikey")).collect();
    let key = Some("anon");
    assert_eq!(keys, [key, key, key, None, None, None]);
    for one in [&seen[2], &seen[4], &seen[5]] {
        assert_eq!(
            (
                one.header("content-length"),
                one.header("transfer-encoding")
            ),
            (Some("0"), None)
        );
    }
}

#[test]
fn a_typed_path_stands_as_it_is() {
    let typed = |asked: &mut Server| {
        asked.paths.refresh = Some("../renew".to_owned());
        asked.paths.logout = Some("out/".to_owned());
    };
    assert_eq!(
        paths("simplejwt", "/api/token/", typed),
        ["/api/token/", "/api/renew", "/api/token/out/"]
    );
    assert_eq!(
        paths("simplejwt", "/api/token", typed),
        ["/api/token", "/api/renew", "/api/token/out/"]
    );
}

#[test]
fn a_path_to_another_origin_gets_nothing() {
    let other = answering("200 OK", GOOD);
    let mut asked = server("http://127.0.0.1:9/token/");
    asked.paths.refresh = Some(other.url("/refresh/"));
    let token = secret("d.e.f");
    let kept = KeptSession {
        refresh: Some(&token),
        ..KeptSession::default()
    };
    let refused = at(0, &asked, &profile("simplejwt"), |live| live.refresh(&kept));
    let is_origins = matches!(
        refused,
        Err(LiveError::Net(NetError::OriginNotAllowed { .. }))
    );
    assert!(is_origins && other.seen().is_empty());

    asked.origins = vec![Address::parse(&other.url("/")).unwrap().origin().clone()];
    at(0, &asked, &profile("simplejwt"), |live| live.refresh(&kept)).unwrap();
    assert_eq!(other.seen().len(), 1);
}

#[test]
fn a_login_has_what_was_asked_for_besides() {
    let stage = answering("200 OK", GOOD);
    let mut asked = server(&stage.url("/token/"));
    let member = |name: &str, value: Value| BodyMember {
        name: name.to_owned(),
        value,
    };
    asked.user_field = Some("email".to_owned());
    asked.body = vec![
        member("otp", json!("123456")),
        member("remember", json!(true)),
        member("/device/name", json!("ci")),
    ];
    asked.headers = vec![
        ExtraHeader {
            name: "X-Tenant".into(),
            value: "a".into(),
        },
        ExtraHeader {
            name: "accept".into(),
            value: "application/vnd.api+json".into(),
        },
    ];
    let (password, token) = (secret("pass \"word\""), secret("d.e.f"));
    let kept = KeptSession {
        refresh: Some(&token),
        ..KeptSession::default()
    };
    at(0, &asked, &profile("simplejwt"), |live| {
        live.login(&by_password(&password)).unwrap();
        live.refresh(&kept).unwrap();
    });
    let [login, refresh] = &stage.seen()[..] else {
        panic!("two requests");
    };
    let sent = json!({
        "email": "alice", "password": "pass \"word\"",
        "otp": "123456", "remember": true, "device": { "name": "ci" },
    });
    assert_eq!(super::json(login), sent);
    assert_eq!(super::json(refresh), json!({ "refresh": "d.e.f" }));
    for one in [login, refresh] {
        assert_eq!(one.header("x-tenant"), Some("a"));
        assert_eq!(one.header("accept"), Some("application/vnd.api+json"));
        assert_eq!(one.header("content-type"), Some("application/json"));
        assert_eq!(one.header("cookie"), None);
        assert_eq!(one.header("origin"), None);
    }
}

#[test]
fn a_profile_of_a_users_own_says_what_is_sent_and_read() {
    let mut profile = changed(
        "plain",
        &[
            (
                "live.login",
                "PUT session form who={user} pw={password} app={client_id} X-App:{client_id} -> 201",
            ),
            (
                "live.refresh",
                "POST ../renew /auth/token={refresh} full:=true",
            ),
            ("live.logout", "none"),
            ("live.scheme", "Token"),
        ],
    );
    let entries = [
        "/data/0/key = access",
        "header X-Refresh = refresh",
        "/data/1/ms = ttl as ms",
    ];
    let entries = entries.map(|text| entry::answer(text).unwrap());
    profile.model.to_mut().live.answer = Some(entries.to_vec().into());
    let stage = testing::Server::of(|received| {
        let status = if received.head.starts_with("PUT") {
            "201 Created"
        } else {
            "200 OK"
        };
        let body = r#"{"data":[{"key":"A.b-c"},{"ms":90000}]}"#;
        (status, "X-Refresh: r~1\r\n".to_owned(), body.to_owned())
    });
    let mut asked = server(&stage.url("/v1/"));
    asked.client_id = Some("ci".to_owned());
    let password = secret("a&b=c");
    let got = at(1_000, &asked, &profile, |live| {
        let got = live.login(&by_password(&password)).unwrap();
        let kept = KeptSession {
            access: Some(&got.access),
            refresh: got.refresh.as_ref(),
            ..KeptSession::default()
        };
        live.refresh(&kept).unwrap();
        let none = live.logout(&kept);
        assert_eq!(none, Err(LiveError::NoRoute(Operation::Logout)));
        got
    });
    assert_eq!(
        (text(&got.access), got.refresh.as_ref().map(text)),
        ("A.b-c", Some("r~1"))
    );
    let end = got.access_expires_at.map(Timestamp::seconds);
    assert!(
        end.is_some_and(|end| (1_085..=1_090).contains(&end)),
        "{end:?}"
    );
    let [login, refresh] = &stage.seen()[..] else {
        panic!("two requests");
    };
    assert!(login.head.starts_with("PUT /v1/session "), "{}", login.head);
    assert_eq!(login.body, "who=alice&pw=a%26b%3Dc&app=ci");
    assert_eq!(login.header("x-app"), Some("ci"));
    assert_eq!(refresh.path(), "/renew");
    assert_eq!(
        super::json(refresh),
        json!({ "auth": { "token": "r~1" }, "full": true })
    );
}

#[test]
fn the_usual_names_are_found_where_no_profile_says_more() {
    for (body, access, refresh, member) in [
        (
            r#"{"accessToken":"a","refreshToken":"r","user":{"id":1}}"#,
            "a",
            Some("r"),
            "refreshToken",
        ),
        (r#"{"token":"a"}"#, "a", None, "token"),
        (
            r#"{"status":"ok","data":{"access_token":"a","refresh_token":"r","expires_in":"60"}}"#,
            "a",
            Some("r"),
            "refresh_token",
        ),
        (
            r#"{"AuthenticationResult":{"AccessToken":"a","RefreshToken":"r","ExpiresIn":60}}"#,
            "a",
            Some("r"),
            "RefreshToken",
        ),
        (
            r#"{"jwt":"a","refresh":null,"refreshToken":null,"expires_in":"never"}"#,
            "a",
            None,
            "jwt",
        ),
    ] {
        let stage = answering("200 OK", body);
        let mut asked = server(&stage.url("/login"));
        let password = secret(PASSWORD);
        let got = at(0, &asked, &profile("plain"), |live| {
            live.login(&by_password(&password))
        })
        .unwrap();
        let read = (
            text(&got.access),
            got.refresh.as_ref().map(text),
            got.member.as_deref(),
        );
        assert_eq!(read, (access, refresh, Some(member)), "{body}");

        asked.member = got.member;
        asked.paths.refresh = Some("/renew".to_owned());
        let kept = KeptSession {
            access: Some(&got.access),
            refresh: got.refresh.as_ref(),
            ..KeptSession::default()
        };
        at(0, &asked, &profile("plain"), |live| live.refresh(&kept)).unwrap();
        let expected = json!({ member: refresh.unwrap_or(access) });
        assert_eq!(super::json(&stage.seen()[1]), expected, "{body}");
    }
}

#[test]
fn a_server_of_no_known_profile_is_not_refreshed_by_a_guess() {
    let token = secret("a.b.c");
    let kept = KeptSession {
        refresh: Some(&token),
        ..KeptSession::default()
    };
    let asked = server("http://127.0.0.1:9/login");
    let refused = at(0, &asked, &profile("plain"), |live| live.refresh(&kept));
    assert_eq!(refused.unwrap_err(), LiveError::NoRoute(Operation::Refresh));
}

#[test]
fn what_is_not_at_hand_is_named_before_anything_is_sent() {
    let stage = answering("200 OK", GOOD);
    let asked = server(&stage.url("/token/"));
    let missing = |profile_name: &str,
                   kept: &KeptSession<'_>,
                   change: fn(&mut Live<'_>, &KeptSession<'_>) -> LiveError| {
        at(0, &asked, &profile(profile_name), |live| change(live, kept)).to_string()
    };
    let nothing = KeptSession::default();
    let words = missing("simplejwt", &nothing, |live, kept| {
        live.refresh(kept).unwrap_err()
    });
    assert_eq!(words, "a refresh token is needed");
    let words = missing("sliding", &nothing, |live, kept| {
        live.refresh(kept).unwrap_err()
    });
    assert_eq!(words, "an access token is needed");
    let words = missing("supabase", &nothing, |live, _| {
        live.login(&by_password(&secret(PASSWORD))).unwrap_err()
    });
    assert_eq!(words, "the client's id is needed");
    assert!(stage.seen().is_empty());
}

#[test]
fn a_token_may_come_in_a_header_field_beside_any_body() {
    let stage = testing::Server::of(|_| {
        let fields = "Authorization: Bearer a.b.c\r\n".to_owned();
        ("201 Created", fields, "<p>Welcome".to_owned())
    });
    let mut profile = profile("plain");
    let entries = vec![entry::answer("header Authorization = access").unwrap()];
    profile.model.to_mut().live.answer = Some(entries.into());
    let password = secret(PASSWORD);
    let got = at(0, &server(&stage.url("/users/sign_in")), &profile, |live| {
        live.login(&by_password(&password)).unwrap()
    });
    assert_eq!(text(&got.access), "a.b.c");
}
