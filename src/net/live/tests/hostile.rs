//! Servers that answer with what can't be taken, send us elsewhere, or repeat what they were told.
use std::io::Write as _;

use super::*;
use crate::net::error::NetError;

/// A secret of each kind, none of which may be seen.
const CANARIES: [&str; 5] = [
    "canary-password",
    "canary-access",
    "canary-refresh",
    "canary-client",
    // printf ci:canary-client | base64
    "Y2k6Y2FuYXJ5LWNsaWVudA==",
];

fn tokens() -> (Secret, Secret) {
    (secret("canary-access"), secret("canary-refresh"))
}

/// What each operation makes of a server, in the words of its errors.
fn all(stage: &testing::Server, profile: &Profile, oauth: bool) -> Vec<String> {
    let mut asked = server(&stage.url("/token/"));
    asked.client_id = Some("ci".to_owned());
    if oauth {
        asked.oauth = Some(super::oauth::endpoints(stage));
    }
    let (access, refresh) = tokens();
    let password = secret("canary-password");
    let kept = KeptSession {
        access: Some(&access),
        refresh: Some(&refresh),
        ..KeptSession::default()
    };
    let seen = at(0, &asked, profile, |live| {
        live.secrets.secret = Some(secret("canary-client"));
        vec![
            live.login(&by_password(&password)).map(|_| ()),
            live.refresh(&kept).map(|_| ()),
            live.logout(&kept).map(|_| ()),
        ]
    });
    seen.into_iter()
        .map(|result| match result {
            Ok(()) => "taken".to_owned(),
            Err(error) => {
                let (shown, debug) = (error.to_string(), format!("{error:?}"));
                for canary in CANARIES {
                    assert!(
                        !shown.contains(canary) && !debug.contains(canary),
                        "{debug}"
                    );
                }
                shown
            }
        })
        .collect()
}

#[test]
fn an_answer_that_is_none_is_not_taken() {
    for (body, why) in [
        ("", "it is no JSON object"),
        ("[]", "it is no JSON object: array, not an object"),
        (
            "<!doctype html><title>Log in</title>",
            "it is no JSON object",
        ),
        (
            r#"{"access":"a","access":"b"}"#,
            "a member of it stands twice",
        ),
        (
            r#"{"access":"a","user":{"x":1,"\u0078":2}}"#,
            "a member of it stands twice",
        ),
        (r#"{"access":"a"} {}"#, "it is no JSON object"),
        (r#"{"access":"a b"}"#, "access is no token (RFC 6750 §2.1)"),
        (
            r#"{"access":"a\r\nX: y"}"#,
            "access is no token (RFC 6750 §2.1)",
        ),
        (r#"{"access":["a"]}"#, "access is no token (RFC 6750 §2.1)"),
        (r#"{"access":"ä"}"#, "access is no token (RFC 6750 §2.1)"),
        (
            r#"{"access":"a","refresh":7}"#,
            "refresh is no token (RFC 6749 A.17)",
        ),
        (
            r#"{"access":"a","refresh":"a\nb"}"#,
            "refresh is no token (RFC 6749 A.17)",
        ),
        (
            r#"{"mfa_required":true,"mfa_token":"canary-password"}"#,
            "it has no access token; its members are mfa_required, mfa_token",
        ),
        (
            r#"{"access":null}"#,
            "it has no access token; its members are access",
        ),
        ("{}", "it has no access token and no members"),
        (
            r#"{"access":"a","token_type":"DPoP"}"#,
            "its tokens are of type DPoP: they are bound to a key that jwtsess does not hold",
        ),
    ] {
        let stage = answering("200 OK", body);
        let errors = all(&stage, &profile("simplejwt"), false);
        for error in &errors[..2] {
            assert!(error.contains(why), "{body}: {error}");
        }
        // What ends a session is told by its status alone.
        assert_eq!(errors[2], "taken", "{body}");
    }
}

/// What a login at a server of no known profile makes of an answer: the access token, the refresh token, until when, or why none is taken.
fn guessed(body: &'static str) -> Result<Tokens, String> {
    let stage = answering("200 OK", body);
    let password = secret(PASSWORD);
    let asked = server(&stage.url("/login"));
    let got = at(0, &asked, &profile("plain"), |live| {
        live.login(&by_password(&password))
    });
    got.map_err(|error| error.to_string())
}

#[test]
fn a_member_of_the_wrong_type_is_called_that_where_names_are_guessed() {
    for (body, why) in [
        (
            r#"{"access":"a","refresh":5}"#,
            "refresh is no token (RFC 6749 A.17), but a number",
        ),
        (
            r#"{"access":"a","refresh":{}}"#,
            "refresh is no token (RFC 6749 A.17), but an object",
        ),
        (
            r#"{"token":"a","refreshToken":["r"]}"#,
            "refreshToken is no token (RFC 6749 A.17), but a list",
        ),
        (
            r#"{"access":5}"#,
            "access is no token (RFC 6750 §2.1), but a number",
        ),
        (
            r#"{"jwt":true}"#,
            "jwt is no token (RFC 6750 §2.1), but true or false",
        ),
        (
            r#"{"access":{}}"#,
            "access is no token (RFC 6750 §2.1), but an object",
        ),
        (
            r#"{"token":{"id":1}}"#,
            "token is no token (RFC 6750 §2.1), but an object",
        ),
        (
            r#"{"data":{"access":5}}"#,
            "access is no token (RFC 6750 §2.1), but a number",
        ),
        (
            r#"{"data":{"access":"a","refresh":false}}"#,
            "refresh is no token (RFC 6749 A.17), but true or false",
        ),
        (r#"{"access":""}"#, "its access token is an empty text"),
        (
            r#"{"access":null,"id":1}"#,
            "it has no access token; its members are access, id",
        ),
        (
            r#"{"access":"a","expires_in":-1}"#,
            "expires_in is no number of seconds, but a number",
        ),
        (
            r#"{"access":"a","expires_in":[60]}"#,
            "expires_in is no number of seconds, but a list",
        ),
        (
            r#"{"access":"a","expiresIn":1e300}"#,
            "expiresIn is no number of seconds, but a number",
        ),
    ] {
        let error = guessed(body).unwrap_err();
        assert!(error.ends_with(why), "{body}: {error}");
    }
}

#[test]
fn what_is_null_or_elsewhere_is_no_obstacle_to_a_guess() {
    for (body, refresh, is_empty) in [
        (r#"{"access":"a","refresh":null}"#, None, false),
        (
            r#"{"access":"a","refresh":null,"refresh_token":"r"}"#,
            Some("r"),
            false,
        ),
        (r#"{"access":null,"token":"a"}"#, None, false),
        (r#"{"access":"a","refresh":""}"#, None, true),
        (
            r#"{"user":{"token":7},"data":{"token":"a","refreshToken":"r"}}"#,
            Some("r"),
            false,
        ),
        (
            r#"{"token":{"access":"a","refresh":"r"}}"#,
            Some("r"),
            false,
        ),
        (r#"{"access":"a","user":{"refresh":5}}"#, None, false),
    ] {
        let got = guessed(body).unwrap_or_else(|error| panic!("{body}: {error}"));
        assert_eq!(text(&got.access), "a", "{body}");
        assert_eq!(got.refresh.as_ref().map(text), refresh, "{body}");
        assert_eq!(got.refresh_is_empty, is_empty, "{body}");
        let in_refresh = got.member.as_deref() == Some("refresh");
        assert_eq!(in_refresh, body.contains(r#""refresh":"r""#), "{body}");
    }
}

#[test]
fn a_life_is_read_however_it_is_written() {
    for (written, life) in [
        ("300", Some(300)),
        ("\"300\"", Some(300)),
        ("299.9", Some(299)),
        ("3e2", Some(300)),
        ("0", Some(0)),
        ("null", None),
        ("\"1h\"", None),
        ("\"\"", None),
        ("\"-5\"", None),
        ("9000000000000000000", Some(i64::MAX)),
    ] {
        let body = format!(r#"{{"access":"a","expires_in":{written}}}"#);
        let got = guessed(Box::leak(body.into_boxed_str())).unwrap();
        let end = got.access_expires_at.map(Timestamp::seconds);
        match life {
            None => assert_eq!(end, None, "{written}"),
            // It counts from the sending, just before the moment 0.
            Some(life) => assert!(
                end.is_some_and(
                    |end| end <= life && end >= life.min(9_000_000_000_000_000_000) - 20
                ),
                "{written}: {end:?}"
            ),
        }
    }
}

#[test]
fn a_page_is_named_as_what_it_is() {
    let stage = testing::Server::of(|_| {
        let fields = "Content-Type: text/html; charset=utf-8\r\n".to_owned();
        ("200 OK", fields, "<p>Log in".to_owned())
    });
    let errors = all(&stage, &profile("simplejwt"), false);
    assert!(errors[0].contains("(text/html)"), "{}", errors[0]);
}

#[test]
fn a_server_that_repeats_secrets_does_not_have_them_shown() {
    let echo = |received: &Received| {
        let told = format!("{} {}", received.body, received.head);
        let lines = told.replace(['\\', '"'], " ").replace(['\r', '\n'], " ");
        let said = lines.chars().rev().take(290).collect::<Vec<_>>();
        let said: String = said.into_iter().rev().collect();
        let code = received.header("authorization").unwrap_or("none");
        let code = code.rsplit(' ').next().unwrap_or_default().to_owned();
        let body = format!(r#"{{"detail":"{said}","error":"{code}"}}"#);
        ("400 Bad Request", String::new(), body)
    };
    for (name, oauth) in [
        ("simplejwt", false),
        ("flask-jwt-extended", false),
        ("pair", true),
    ] {
        let stage = testing::Server::of(echo);
        let errors = all(&stage, &profile(name), oauth);
        assert!(
            errors.iter().all(|error| error.contains("answers 400")),
            "{errors:?}"
        );
    }
}

#[test]
fn a_redirect_is_followed_nowhere() {
    let elsewhere = answering("200 OK", r#"{"access":"a"}"#);
    let target = elsewhere.url("/steal");
    for status in ["301 X", "302 X", "303 X", "307 X", "308 X"] {
        for (name, oauth) in [("simplejwt", false), ("pair", true)] {
            let target = target.clone();
            let stage = testing::Server::of(move |_| {
                (status, format!("Location: {target}\r\n"), String::new())
            });
            for error in all(&stage, &profile(name), oauth) {
                assert!(error.contains("a redirect to"), "{error}");
            }
        }
    }
    assert!(elsewhere.seen().is_empty());
}

#[test]
fn an_answer_without_an_end_and_one_that_is_too_large_are_not_taken() {
    let endless = testing::Server::new(|_, stream| {
        _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while stream.write_all(b"8000\r\n").is_ok() {
            let piece = vec![b' '; 0x8000];
            if stream
                .write_all(&piece)
                .and_then(|()| stream.write_all(b"\r\n"))
                .is_err()
            {
                return;
            }
        }
    });
    let errors = all(&endless, &profile("simplejwt"), false);
    assert!(
        errors[0].contains("it is larger than 1024 KiB"),
        "{}",
        errors[0]
    );

    let broken = testing::Server::new(|_, stream| {
        _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access\":");
    });
    let errors = all(&broken, &profile("simplejwt"), false);
    assert!(errors[1].contains("closed the connection"), "{}", errors[1]);
    assert_eq!(broken.seen().len(), 3, "what was sent is not sent again");
}

#[test]
fn a_slow_server_costs_no_more_than_its_time() {
    let stage = testing::Server::new(|_, stream| {
        let mut rest = [0; 1];
        _ = std::io::Read::read(stream, &mut rest);
    });
    let asked = server(&stage.url("/token/"));
    let password = secret(PASSWORD);
    let error = at(0, &asked, &profile("simplejwt"), |live| {
        live.budget = Budget::new(Duration::from_secs(1));
        live.login(&by_password(&password)).unwrap_err()
    });
    assert!(
        matches!(error, LiveError::Net(NetError::TimedOut { sent: true, .. })),
        "{error:?}"
    );
}

#[test]
fn a_refusal_has_its_reason() {
    for (status, body, operation, code) in [
        ("401 X", r#"{"detail":"no"}"#, 0, "login_refused"),
        ("403 X", "", 0, "refused"),
        (
            "400 X",
            r#"{"password":["This field is required."]}"#,
            0,
            "refused",
        ),
        (
            "400 X",
            r#"{"non_field_errors":["no"]}"#,
            0,
            "login_refused",
        ),
        ("400 X", r#"{"error":"invalid_grant"}"#, 0, "login_refused"),
        (
            "401 X",
            r#"{"error":"invalid_client"}"#,
            0,
            "client_refused",
        ),
        ("429 X", "", 0, "rate_limited"),
        ("500 X", "<h1>Server Error</h1>", 1, "server_failed"),
        ("503 X", "", 1, "server_failed"),
        ("400 X", r#"{"error":"invalid_grant"}"#, 1, "login_required"),
        (
            "401 X",
            r#"{"detail":"no","code":"token_not_valid"}"#,
            1,
            "login_required",
        ),
        ("401 X", r#"{"detail":"no"}"#, 1, "refused"),
        ("404 X", "", 2, "refused"),
        // Authlib 1.9.
        (
            "400 X",
            r#"{"error":"invalid_request","error_description":"Invalid 'username' or 'password' in request."}"#,
            0,
            "login_refused",
        ),
        (
            "400 X",
            r#"{"error":"invalid_request","error_description":"Missing 'password' in request."}"#,
            0,
            "refused",
        ),
        (
            "400 X",
            r#"{"error":"invalid_request","error_description":"Invalid 'scope' in request."}"#,
            0,
            "refused",
        ),
        // Django REST framework.
        (
            "400 X",
            r#"{"token":["This field is required."]}"#,
            1,
            "refused",
        ),
        (
            "400 X",
            r#"{"non_field_errors":["Signature has expired."]}"#,
            1,
            "login_required",
        ),
    ] {
        let stage = answering(status, body);
        let asked = server(&stage.url("/token/"));
        let (access, refresh) = tokens();
        let kept = KeptSession {
            access: Some(&access),
            refresh: Some(&refresh),
            ..KeptSession::default()
        };
        let password = secret(PASSWORD);
        let error = at(0, &asked, &profile("simplejwt"), |live| match operation {
            0 => live.login(&by_password(&password)).unwrap_err(),
            1 => live.refresh(&kept).unwrap_err(),
            _ => live.logout(&kept).unwrap_err(),
        });
        let LiveError::Refused(refusal) = error else {
            panic!("{status} {body}: {error}");
        };
        assert_eq!(refusal.code, code, "{status} {body}");
    }
}

#[test]
fn a_refused_field_is_said_with_its_name_and_a_wait_in_seconds() {
    let stage = testing::Server::of(|_| {
        let fields = "Retry-After: 90\r\n".to_owned();
        (
            "429 X",
            fields,
            r#"{"username":["Slow","down."]}"#.to_owned(),
        )
    });
    let asked = server(&stage.url("/token/"));
    let password = secret(PASSWORD);
    let error = at(0, &asked, &profile("simplejwt"), |live| {
        live.login(&by_password(&password)).unwrap_err()
    });
    let LiveError::Refused(refusal) = error else {
        panic!("{error}");
    };
    assert_eq!(refusal.words.as_deref(), Some("username: Slow; down."));
    assert_eq!(refusal.retry_after, Some(Duration::from_secs(90)));
}

#[test]
fn what_holds_secrets_shows_none() {
    let stage = answering(
        "200 OK",
        r#"{"access":"canary-access","refresh":"canary-refresh"}"#,
    );
    let mut asked = server(&stage.url("/token/?key=canary-query"));
    asked.body = vec![crate::net::live::server::BodyMember {
        name: "otp".to_owned(),
        value: "canary-password".into(),
    }];
    asked.headers = vec![crate::net::live::server::ExtraHeader {
        name: "X-Key".to_owned(),
        value: "canary-client".to_owned(),
    }];
    let password = secret("canary-password");
    let got = at(0, &asked, &profile("simplejwt"), |live| {
        live.login(&by_password(&password)).unwrap()
    });
    let kept = KeptSession {
        access: Some(&got.access),
        refresh: got.refresh.as_ref(),
        ..KeptSession::default()
    };
    let secrets = ClientSecrets {
        secret: Some(secret("canary-client")),
        key: None,
    };
    let shown = format!("{got:?} {kept:?} {secrets:?} {asked:?}");
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn a_device_and_a_code_are_sent_nowhere_else_either() {
    let elsewhere = answering("200 OK", r#"{"access_token":"a","token_type":"Bearer"}"#);
    let target = elsewhere.url("/steal");
    let stage =
        testing::Server::of(move |_| ("307 X", format!("Location: {target}\r\n"), String::new()));
    let asked = super::oauth::oauth_server(&stage);
    let refresh = secret("canary-refresh");
    let errors = at(0, &asked, &profile("oauth"), |live| {
        vec![
            live.login(&Grant::Device {
                show: &|_| panic!("nothing is shown"),
            })
            .unwrap_err(),
            live.login(&Grant::ClientCredentials).unwrap_err(),
            live.login(&Grant::Refresh(&refresh)).unwrap_err(),
        ]
    });
    for error in errors {
        assert!(error.to_string().contains("a redirect to"), "{error}");
    }
    assert!(elsewhere.seen().is_empty());
}

#[test]
fn a_session_is_not_over_because_its_access_token_has_expired() {
    let blacklisted = r#"{"detail":"Token is blacklisted","code":"token_not_valid"}"#;
    let expired = r#"{"detail":"Token is expired","code":"token_not_valid"}"#;
    for (name, body, is_over) in [
        (
            "node-pair",
            r#"{"message":"Unauthorized","statusCode":401}"#,
            false,
        ),
        ("node-pair", r#"{"message":"Token has been revoked"}"#, true),
        ("simplejwt", blacklisted, true),
        ("simplejwt", r#"{"detail":"no"}"#, false),
        ("drf-jwt", r#"{"detail":"Token has expired."}"#, true),
        ("sliding", r#"{"error":"expired"}"#, true),
        ("flask-jwt-extended", r#"{"msg":"Token has expired"}"#, true),
        ("dj-rest-auth", expired, true),
    ] {
        let stage = answering("401 X", body);
        let (access, refresh) = tokens();
        let kept = KeptSession {
            access: Some(&access),
            refresh: Some(&refresh),
            ..KeptSession::default()
        };
        let asked = server(&stage.url("/auth/login/"));
        let ended = at(0, &asked, &profile(name), |live| live.logout(&kept));
        assert_eq!(
            ended.is_ok_and(|ended| ended.already),
            is_over,
            "{name} {body}"
        );
    }
}
