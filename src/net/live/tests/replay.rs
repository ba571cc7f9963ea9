//! The recorded answers of real servers are read, and what is sent to them is what they took.
use std::collections::BTreeMap;
use std::io::Write as _;

use serde::Deserialize;
use serde_json::Map;

use super::super::error::Refusal;
use super::*;

#[derive(Deserialize)]
struct Recorded {
    recordings: Vec<Recording>,
}

#[derive(Deserialize)]
struct Recording {
    name: String,
    tokens: Map<String, Value>,
    exchanges: Vec<RecordedExchange>,
}

#[derive(Clone, Deserialize)]
struct RecordedExchange {
    what: String,
    at: i64,
    request: RecordedRequest,
    status: u16,
    body: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
}

#[derive(Clone, Deserialize)]
struct RecordedRequest {
    method: String,
    path: String,
    authorization: Option<String>,
    body: Option<String>,
}

fn recording(name: &str) -> Recording {
    let all = include_str!("../../../../tests/vectors/stack-exchanges.json");
    let all: Recorded = serde_json::from_str(all).unwrap();
    all.recordings
        .into_iter()
        .find(|one| one.name == name)
        .unwrap()
}

impl Recording {
    fn exchange(&self, what: &str) -> &RecordedExchange {
        self.exchanges.iter().find(|one| one.what == what).unwrap()
    }
    fn token(&self, name: &str) -> Option<&str> {
        self.tokens.get(name)?.as_str()
    }
}

/// A server that answers as was recorded.
fn answers(exchange: &RecordedExchange) -> testing::Server {
    let exchange = exchange.clone();
    testing::Server::new(move |_, stream| {
        let headers = exchange.headers.iter();
        let fields: Vec<_> = headers
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let fields = fields.concat();
        let (status, body) = (exchange.status, &exchange.body);
        let length = body.len();
        let text = format!("HTTP/1.1 {status} X\r\n{fields}Content-Length: {length}\r\n\r\n{body}");
        _ = stream.write_all(text.as_bytes());
    })
}

/// The members of a body, JSON or form, in no order.
fn members(body: &str) -> BTreeMap<String, String> {
    if body.starts_with('{') {
        let members: BTreeMap<String, Value> = serde_json::from_str(body).unwrap();
        let text = |value: Value| value.as_str().unwrap().to_owned();
        return members
            .into_iter()
            .map(|(name, value)| (name, text(value)))
            .collect();
    }
    form::read(body).unwrap().into_iter().collect()
}

/// Holds what came to what was recorded.
fn same(what: &str, received: &testing::Server, recorded: &RecordedExchange) {
    let seen = received.seen();
    let [seen] = &seen[..] else {
        panic!("{what}: {} requests", seen.len());
    };
    let line = format!("{} {} ", recorded.request.method, recorded.request.path);
    assert!(seen.head.starts_with(&line), "{what}: {}", seen.head);
    let body = recorded.request.body.as_deref().unwrap_or_default();
    assert_eq!(members(&seen.body), members(body), "{what}");
}

fn authorised(what: &str, received: &testing::Server, recorded: &RecordedExchange) {
    let expected = recorded.request.authorization.as_deref();
    let seen = received.seen();
    assert_eq!(seen[0].header("authorization"), expected, "{what}");
}

struct Story {
    recording: &'static str,
    profile: Profile,
    /// Where the password goes.
    login: &'static str,
    /// The exchanges to replay: of the refresh and of the logout.
    refresh: &'static str,
    logout: &'static str,
}

fn story(
    recording: &'static str,
    profile: Profile,
    login: &'static str,
    refresh: &'static str,
    logout: &'static str,
) -> Story {
    Story {
        recording,
        profile,
        login,
        refresh,
        logout,
    }
}

fn stories() -> Vec<Story> {
    let flask_in_cookies = changed(
        "flask-jwt-extended",
        &[
            ("live.cookies.access", "access_token_cookie"),
            ("live.cookies.refresh", "refresh_token_cookie"),
            // The recorded one ended the session of the access token.
            ("live.logout", "DELETE ../logout Authorization:{access}"),
        ],
    );
    vec![
        story(
            "flask-jwt-extended",
            profile("flask-jwt-extended"),
            "/login",
            "refresh",
            "logout refresh",
        ),
        story(
            "flask-jwt-extended-cookies",
            flask_in_cookies,
            "/login",
            "refresh",
            "logout",
        ),
        story(
            "ninja-jwt",
            profile("ninja-jwt"),
            "/api/token/pair",
            "refresh",
            "logout",
        ),
        story(
            "dj-rest-auth-body",
            profile("dj-rest-auth"),
            "/auth/login/",
            "refresh",
            "logout",
        ),
        story(
            "dj-rest-auth-cookies",
            dj_rest_auth_in_cookies(),
            "/auth/login/",
            "refresh by cookie",
            "logout by cookie",
        ),
        story(
            "nestjs",
            profile("node-pair"),
            "/auth/login",
            "refresh in the same second",
            "logout",
        ),
    ]
}

fn dj_rest_auth_in_cookies() -> Profile {
    let mut profile = profile("dj-rest-auth");
    let live = &mut profile.model.to_mut().live;
    live.access_cookie = Some("app-auth".into());
    live.refresh_cookie = Some("app-refresh".into());
    profile
}

#[test]
fn each_recorded_server_is_logged_in_to_refreshed_and_logged_out_of() {
    for story in stories() {
        let Story {
            recording: name,
            profile,
            login,
            ..
        } = &story;
        let recording = recording(name);
        let at_login = recording.exchange("login");
        let stage = answers(at_login);
        let password = secret(PASSWORD);
        let asked = server(&stage.url(login));
        let got = at(at_login.at, &asked, profile, |live| {
            live.login(&by_password(&password))
        });
        let got = got.unwrap_or_else(|error| panic!("{name}: {error}"));
        same(name, &stage, at_login);
        authorised(name, &stage, at_login);
        let token = |name| recording.token(name);
        assert_eq!(Some(text(&got.access)), token("access"), "{name}");
        let refresh = got.refresh.as_ref().map(text);
        assert_eq!(refresh, token("refresh"), "{name}");
        assert!(got.access_expires_at.is_some(), "{name}");

        let kept = KeptSession {
            access: Some(&got.access),
            refresh: got.refresh.as_ref(),
            cookies: &got.cookies,
        };
        let at_refresh = recording.exchange(story.refresh);
        let stage = answers(at_refresh);
        let asked = server(&stage.url(login));
        let renewed = at(at_refresh.at, &asked, profile, |live| live.refresh(&kept));
        let renewed = renewed.unwrap_or_else(|error| panic!("{name}: {error}"));
        same(name, &stage, at_refresh);
        authorised(name, &stage, at_refresh);
        let mut answered = at_refresh.headers.iter().map(|(_, value)| value);
        let new = text(&renewed.access);
        assert!(
            at_refresh.body.contains(new) || answered.any(|value| value.contains(new)),
            "{name}"
        );

        let recorded = recording.exchange(story.logout);
        let stage = answers(recorded);
        let asked = server(&stage.url(login));
        let ended = at(recorded.at, &asked, profile, |live| live.logout(&kept));
        let ended = ended.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((ended.already, ended.exchanges.len()), (false, 1), "{name}");
        let seen = &stage.seen()[0];
        let line = format!("{} {} ", recorded.request.method, recorded.request.path);
        assert!(seen.head.starts_with(&line), "{name}: {}", seen.head);
    }
}

/// A refusal, as a recorded server answers it.
fn refusal(recording_name: &str, what: &str, profile: &Profile, operation: Operation) -> Refusal {
    let recording = recording(recording_name);
    let exchange = recording.exchange(what);
    let stage = answers(exchange);
    let asked = server(&stage.url("/login"));
    let (password, token) = (secret("x"), secret("abc.def.ghi"));
    let kept = KeptSession {
        access: Some(&token),
        refresh: Some(&token),
        ..KeptSession::default()
    };
    let error = at(exchange.at, &asked, profile, |live| match operation {
        Operation::Login => live.login(&by_password(&password)).unwrap_err(),
        Operation::Refresh => live.refresh(&kept).unwrap_err(),
        Operation::Logout => live.logout(&kept).unwrap_err(),
    });
    match error {
        LiveError::Refused(refusal) => *refusal,
        other => panic!("{recording_name}, {what}: {other}"),
    }
}

/// Recording and exchange, profile, operation, and what is understood: reason, the server's code, its words.
const REFUSALS: &str = "\
flask-jwt-extended/wrong password|flask-jwt-extended|log in|login_refused||Bad username or password
flask-jwt-extended/refresh with access|flask-jwt-extended|refresh|kind_mismatch||Only refresh tokens are allowed
flask-jwt-extended/refresh after logout|flask-jwt-extended|refresh|revoked||Token has been revoked
ninja-jwt/wrong password|ninja-jwt|log in|login_refused|authentication_failed|No active account found with the given credentials
ninja-jwt/missing field|ninja-jwt|log in|refused|invalid|Invalid input.
ninja-jwt/reuse old refresh|ninja-jwt|refresh|login_required|token_not_valid|Token is blacklisted
dj-rest-auth-body/wrong password|dj-rest-auth|log in|login_refused||Unable to log in with provided credentials.
dj-rest-auth-body/logout garbage|dj-rest-auth|log out|refused||Token is invalid
nestjs/wrong password|node-pair|log in|login_refused||Unauthorized
nestjs/access as refresh|node-pair|refresh|expired||Unauthorized
nestjs/reuse old refresh|node-pair|refresh|retired|Forbidden|Access Denied";

#[test]
fn each_recorded_refusal_is_understood() {
    use Operation::{Login, Logout, Refresh};
    for line in REFUSALS.lines() {
        let columns: Vec<_> = line.split('|').collect();
        let [exchange, profile_name, operation, expected @ ..] = &columns[..] else {
            panic!("{line}");
        };
        let (recording, what) = exchange.split_once('/').unwrap();
        let mut operations = [Login, Logout, Refresh].into_iter();
        let operation = operations.find(|one| one.to_string() == *operation);
        let seen = refusal(recording, what, &profile(profile_name), operation.unwrap());
        let text = |text: Option<String>| text.unwrap_or_default();
        let seen = [
            seen.code.to_owned(),
            text(seen.server_code),
            text(seen.words),
        ];
        assert_eq!(seen[..], *expected, "{line}");
    }
}

#[test]
fn what_has_ended_already_is_as_good_as_logged_out() {
    let recording = recording("dj-rest-auth-body");
    let stage = answers(recording.exchange("logout again"));
    let asked = server(&stage.url("/auth/login/"));
    let token = secret("abc.def.ghi");
    let kept = KeptSession {
        refresh: Some(&token),
        ..KeptSession::default()
    };
    let ended = at(0, &asked, &profile("dj-rest-auth"), |live| {
        live.logout(&kept)
    })
    .unwrap();
    assert!(ended.already);
}

/// An answer of a Django server, by its name.
fn django(name: &str) -> (u16, String, i64) {
    let all = include_str!("../../../../tests/vectors/django-exchanges.json");
    let all: Value = serde_json::from_str(all).unwrap();
    let mut exchanges = all["exchanges"].as_array().unwrap().iter();
    let found = exchanges.find(|one| one["name"] == name).unwrap();
    let status = u16::try_from(found["status"].as_u64().unwrap()).unwrap();
    let body = found["body"].as_str().unwrap().to_owned();
    (status, body, found["now"].as_i64().unwrap())
}

#[test]
fn the_answers_of_django_servers_are_read() {
    for (name, profile_name, path, is_login, refreshes) in [
        ("A1 login", "simplejwt", "/api/token/", true, true),
        (
            "A22 refresh: rotates",
            "simplejwt",
            "/api/token/",
            false,
            true,
        ),
        (
            "E1 refresh: only `access` comes back",
            "simplejwt",
            "/api/token/",
            false,
            false,
        ),
        (
            "B1 sliding login",
            "simplejwt-sliding",
            "/api/sliding/",
            true,
            false,
        ),
        (
            "B2 sliding refresh: same jti and refresh_exp; new exp and iat",
            "simplejwt-sliding",
            "/api/sliding/",
            false,
            false,
        ),
        (
            "P15 refresh: new exp, same orig_iat",
            "drf-jwt-legacy",
            "/api-token-auth/",
            false,
            false,
        ),
        (
            "Q15 refresh: new exp, same orig_iat",
            "drf-jwt",
            "/api-token-auth/",
            false,
            false,
        ),
    ] {
        let (status, body, now) = django(name);
        let recorded = RecordedExchange {
            what: name.to_owned(),
            at: now,
            request: RecordedRequest {
                method: String::new(),
                path: String::new(),
                authorization: None,
                body: None,
            },
            status,
            body,
            headers: Vec::new(),
        };
        let stage = answers(&recorded);
        let asked = server(&stage.url(path));
        let (password, token) = (secret(PASSWORD), secret("abc.def.ghi"));
        let kept = KeptSession {
            access: Some(&token),
            refresh: Some(&token),
            ..KeptSession::default()
        };
        let got = at(now, &asked, &profile(profile_name), |live| {
            if is_login {
                live.login(&by_password(&password))
            } else {
                live.refresh(&kept)
            }
        });
        let got = got.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(recorded.body.contains(text(&got.access)), "{name}");
        assert_eq!(got.refresh.is_some(), refreshes, "{name}");
        assert!(got.access_expires_at.is_some(), "{name}");
    }
}

/// Recording, the exchanges that refresh and log out, and whether the client has a secret.
const OAUTH: [(&str, &str, &str, bool); 4] = [
    ("authlib", "refresh", "logout", true),
    ("dot", "refresh", "logout: revoke refresh", true),
    ("dot-oidc", "refresh", "logout: revoke refresh", true),
    ("oidc-provider-spa", "refresh", "logout: revoke", false),
];

/// The server of a recording: its endpoints are where they were recorded.
fn recorded_oauth(
    stage: &testing::Server,
    refresh: &RecordedExchange,
    logout: &RecordedExchange,
) -> Server {
    let mut asked = super::oauth::oauth_server(stage);
    let at =
        |exchange: &RecordedExchange| Address::parse(&stage.url(&exchange.request.path)).unwrap();
    let endpoints = asked.oauth.as_mut().unwrap();
    endpoints.token = at(refresh);
    endpoints.revocation = Some(at(logout));
    asked
}

#[test]
fn each_recorded_oauth_server_is_refreshed_and_logged_out_of() {
    for (name, refresh, logout, has_secret) in OAUTH {
        let recording = recording(name);
        let (refresh, logout) = (recording.exchange(refresh), recording.exchange(logout));
        let sent = members(refresh.request.body.as_deref().unwrap());
        let token = secret(&sent["refresh_token"]);
        let kept = KeptSession {
            refresh: Some(&token),
            ..KeptSession::default()
        };
        let client = sent.get("client_id").map_or("lab", String::as_str);
        let speak = |exchange: &RecordedExchange, logs_out: bool| {
            let stage = answers(exchange);
            let mut asked = recorded_oauth(&stage, refresh, logout);
            asked.client_id = Some(client.to_owned());
            let got = at(exchange.at, &asked, &profile("oauth"), |live| {
                live.secrets.secret = has_secret.then(|| secret("lab-secret"));
                if logs_out {
                    live.logout(&kept).map(|_| None)
                } else {
                    live.refresh(&kept).map(Some)
                }
            });
            (got.unwrap_or_else(|error| panic!("{name}: {error}")), stage)
        };
        let (got, stage) = speak(refresh, false);
        same(name, &stage, refresh);
        // printf lab:lab-secret | base64
        let basic = has_secret.then_some("Basic bGFiOmxhYi1zZWNyZXQ=");
        let authorization = |stage: &testing::Server| {
            let seen = stage.seen();
            seen[0].header("authorization").map(str::to_owned)
        };
        assert_eq!(authorization(&stage).as_deref(), basic, "{name}");
        let got = got.unwrap();
        assert!(refresh.body.contains(text(&got.access)), "{name}");
        assert!(
            got.refresh
                .is_some_and(|one| refresh.body.contains(text(&one))),
            "{name}"
        );
        assert!(
            got.access_expires_at.is_some() && got.scope.is_some(),
            "{name}"
        );
        let (_, stage) = speak(logout, true);
        let seen = &stage.seen()[0];
        assert_eq!(seen.path(), logout.request.path, "{name}");
        assert_eq!(authorization(&stage).as_deref(), basic, "{name}");
    }
}

#[test]
fn a_token_bound_to_a_key_is_refused_as_it_was_recorded() {
    let recording = recording("oidc-provider-dpop");
    let recorded = recording.exchange("refresh");
    let stage = answers(recorded);
    let token = secret("r");
    let kept = KeptSession {
        refresh: Some(&token),
        ..KeptSession::default()
    };
    let asked = recorded_oauth(&stage, recorded, recorded);
    let refused = at(recorded.at, &asked, &profile("oidc"), |live| {
        live.refresh(&kept)
    });
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.contains("token_type is DPoP, not Bearer"),
        "{refused}"
    );
}

#[test]
fn a_recorded_oauth_refusal_is_understood() {
    for (name, what, code) in [
        ("authlib", "reuse old refresh", "login_required"),
        ("authlib", "no client", "client_refused"),
        ("dot", "wrong client", "client_refused"),
        ("dot", "reuse old refresh", "login_required"),
        ("oidc-provider-spa", "reuse old refresh", "login_required"),
        (
            "oidc-provider-dpop",
            "refresh without proof",
            "login_required",
        ),
    ] {
        let recording = recording(name);
        let recorded = recording.exchange(what);
        let stage = answers(recorded);
        let token = secret("r");
        let kept = KeptSession {
            refresh: Some(&token),
            ..KeptSession::default()
        };
        let asked = recorded_oauth(&stage, recorded, recorded);
        let refused = at(recorded.at, &asked, &profile("oidc"), |live| {
            live.refresh(&kept)
        });
        let Err(LiveError::Refused(refusal)) = refused else {
            panic!("{name}, {what}");
        };
        assert_eq!(refusal.code, code, "{name}, {what}");
        assert_eq!(
            refusal.is_over(),
            code == "login_required",
            "{name}, {what}"
        );
    }
}
