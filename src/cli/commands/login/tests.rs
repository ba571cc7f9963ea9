//! `login`: what is sent, what is kept, and what is said before and after.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::io::Write as _;
use std::net::TcpStream;

use crate::cli::commands::testing::live::{Live, PASSWORD};
use crate::cli::testing::{Call, Folder};
use crate::net::testing::{Received, Server};

#[test]
fn a_login_says_where_the_tokens_go_and_keeps_no_password() {
    let live = Live::new(300);
    let called = live.login(&["-v"]).run();
    insta::assert_snapshot!(live.readable(&called), @r"
    --- stderr
    jwtsess: GET http://127.0.0.1:PORT/.well-known/oauth-authorization-server/api/token: 404, N ms
    jwtsess: GET http://127.0.0.1:PORT/api/token/.well-known/openid-configuration: 404, N ms
    jwtsess: http://127.0.0.1:PORT/api/token/ has no OAuth metadata: user and password are sent there as JSON
    jwtsess: the tokens will be in HOME/.local/share/jwtsess/credentials/127.0.0.1-PORT.json, which is yours alone, and not encrypted
    jwtsess: POST http://127.0.0.1:PORT/api/token/: 200, N ms
    jwtsess: config file: none, because HOME/.config/jwtsess/config.toml does not exist
    jwtsess: logged in to http://127.0.0.1:PORT as alice (simplejwt)
    jwtsess: access token expires 2027-01-15T08:05:00Z, in 5 min
    jwtsess: session ends 2027-01-16T08:00:00Z, in 1 d, if it is not refreshed before
    jwtsess: kept as 127.0.0.1-PORT in HOME/.local/share/jwtsess/credentials/127.0.0.1-PORT.json, not encrypted
    --- exit 0
    ");
    let text = std::fs::read_to_string(live.file()).unwrap();
    assert!(!text.contains(PASSWORD) && !text.contains("env:PASSWORD"));
    let kept = live.kept();
    assert_eq!(
        (&kept["profile"], &kept["user"]),
        (&"simplejwt".into(), &"alice".into())
    );
}

#[test]
fn one_try_a_call() {
    let live = Live::new(300);
    let wrong = live.login(&[]).env("PASSWORD", "wrong").run();
    assert_eq!((wrong.exit, live.asked("/api/token/")), (8, 1), "{wrong}");
    assert!(!live.file().exists(), "nothing is kept");
    assert!(wrong.stderr.contains("No active account found"), "{wrong}");
}

#[test]
fn tokens_are_printed_as_asked_and_kept_nowhere_with_no_save() {
    let live = Live::new(300);
    let refused = live.login(&["--no-save"]).run();
    assert_eq!(
        (refused.exit, live.server.seen().len()),
        (2, 0),
        "{refused}"
    );
    let called = live.login(&["--no-save", "-o", "access"]).run();
    assert!(
        called.stdout.starts_with("eyJ") && called.stdout.ends_with('\n'),
        "{called}"
    );
    for (form, begins) in [
        ("refresh", "eyJ"),
        ("env", "ACCESS_TOKEN=eyJ"),
        ("auth-header", "Authorization: Bearer eyJ"),
        ("wire", "{\"refresh\":\"eyJ"),
    ] {
        let called = live.login(&["--no-save", "-o", form]).run();
        assert!(called.stdout.starts_with(begins), "{form}: {called}");
    }
    let folder = live.file();
    assert!(!folder.parent().unwrap().exists());
    let json = live.login(&["--no-save", "-o", "access", "--json"]).run();
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert!(json["access"].is_string() && json.get("refresh").is_none());
}

#[test]
fn another_one_is_not_replaced_unless_that_is_asked() {
    let live = Live::logged_in(300);
    let url = live.server.url("/api/token/");
    let other = |more: &[&str]| {
        let words = ["login", &url, "--user", "bob", "--password", "env:PASSWORD"];
        live.call(&[&words[..], more].concat()).run()
    };
    let sent = live.asked("/api/token/");
    let refused = other(&[]);
    assert_eq!(
        (refused.exit, live.asked("/api/token/")),
        (2, sent),
        "{refused}"
    );
    assert!(refused.stderr.contains("for alice at"), "{refused}");
    assert_eq!(other(&["--as", "bob"]).exit, 0);
    assert_eq!(other(&["--replace"]).exit, 0);
    assert_eq!(live.kept()["user"], "bob");
    assert_eq!(live.login(&[]).run().exit, 2);
}

#[test]
fn a_question_is_asked_at_a_terminal_alone() {
    let live = Live::new(300);
    let url = live.server.url("/api/token/");
    let asked = live
        .call(&["login", &url])
        .at_a_terminal(&["alice", PASSWORD])
        .run();
    assert_eq!(asked.exit, 0, "{asked}");
    assert_eq!(live.kept()["user"], "alice");
    for words in [
        &["login", &url][..],
        &["login", &url, "--user", "alice"],
        &["login", &url, "--grant", "code"],
        &["login"],
    ] {
        let called = live.call(words).run();
        assert_eq!(called.exit, 2, "{words:?}: {called}");
    }
}

#[test]
fn what_can_t_be_reached_safely_is_refused_before_a_password_is_asked_for() {
    let live = Live::new(300);
    for (url, code) in [
        ("http://staging.invalid/api/token/", "insecure_origin"),
        ("staging.invalid/api/token/", "usage"),
        ("https://stäging.invalid/", "usage"),
        ("https://staging.invalid/#a", "usage"),
        ("ftp://staging.invalid/", "usage"),
    ] {
        let called = live
            .call(&["login", url, "--user", "alice", "--json"])
            .run();
        assert!(
            called.exit == 2 && called.stdout.contains(code),
            "{url}: {called}"
        );
    }
    let offline = live.login(&["--offline", "--json"]).run();
    assert!(
        offline.exit == 2 && offline.stdout.contains("\"offline\""),
        "{offline}"
    );
}

#[test]
fn a_device_shows_a_code_and_waits_for_the_person() {
    let server = Server::of(|received| {
        let here = format!("http://{}", received.header("host").unwrap());
        let (status, body) = match received.path() {
            "/.well-known/oauth-authorization-server" => (
                "200 OK",
                serde_json::json!({
                    "issuer": here, "token_endpoint": format!("{here}/token"),
                    "device_authorization_endpoint": format!("{here}/device"),
                }),
            ),
            "/device" => (
                "200 OK",
                serde_json::json!({
                    "device_code": "canary-device", "user_code": "WDJB-MJHT",
                    "verification_uri": format!("{here}/activate"), "expires_in": 600, "interval": 5,
                }),
            ),
            // The metadata, the device's request and a first try were before it.
            "/token" if received.before < 4 => (
                "400 X",
                serde_json::json!({"error": "authorization_pending"}),
            ),
            "/token" => (
                "200 OK",
                serde_json::json!({
                    "access_token": "canary-access", "refresh_token": "canary-refresh",
                    "token_type": "Bearer", "expires_in": 300,
                }),
            ),
            _ => ("404 Not Found", serde_json::json!({})),
        };
        let fields = "Content-Type: application/json\r\n".to_owned();
        (status, fields, body.to_string())
    });
    let live = Live::new(300);
    let url = server.url("");
    let words = ["login", &url, "--grant", "device", "--client-id", "cli"];
    let login = live.call(&[&words[..], &["--as", "a"]].concat());
    let called = login.at_a_terminal(&[]).run();
    assert_eq!((called.exit, &*called.stdout), (0, ""), "{called}");
    let prompt = format!("open {url}/activate in a browser, and type WDJB-MJHT");
    assert!(called.stderr.contains(&prompt), "{called}");
    assert!(!called.stderr.contains("canary"), "{called}");
    let sent: Vec<_> = server.seen();
    let tries: Vec<_> = sent.iter().filter(|one| one.path() == "/token").collect();
    assert_eq!(tries.len(), 3, "{called}");
    for one in tries {
        assert!(one.body.contains("device_code=canary-device"), "{one:?}");
        assert!(one.body.contains("client_id=cli"), "{one:?}");
    }
    let token = live.call(&["token", "a"]).run();
    assert_eq!((token.exit, &*token.stdout), (0, "canary-access\n"));
    let kept = live.file().with_file_name("a.json");
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(kept).unwrap()).unwrap();
    assert_eq!(
        (&kept["grant"], &kept["tokens"]["refresh_token"]),
        (&"device".into(), &"canary-refresh".into())
    );
    assert!(!kept.to_string().contains("canary-device"));
}

#[test]
fn a_command_line_that_does_not_fit_together_is_told_by_its_own_flags() {
    let live = Live::new(300);
    let called = live.login(&["--no-save"]).run();
    assert!(
        called.stderr.contains("error: --output is missing\n"),
        "{called}"
    );
    let called = live
        .login(&["--no-save", "-o", "access", "--as", "a"])
        .run();
    assert!(
        called.exit == 2 && called.stderr.contains("hint: give one of them\n"),
        "{called}"
    );
    let url = live.server.url("/api/token/");
    let words = ["login", &url, "--user", "alice", "--password"];
    let called = live.call(&[&words[..], &["file:./nowhere"]].concat()).run();
    assert!(
        called.exit == 1
            && called.stderr.contains("no such file")
            && !called.stderr.contains("--secret"),
        "{called}"
    );
}

#[test]
fn when_to_try_again_is_said_in_words() {
    let server = Server::new(|received: &Received, stream: &mut TcpStream| {
        let status = if received.path() == "/" {
            "429 Slow"
        } else {
            "404 No"
        };
        _ = write!(
            stream,
            "HTTP/1.1 {status}\r\nRetry-After: 90061\r\nContent-Length: 2\r\n\r\n{{}}"
        );
    });
    let home = Folder::new();
    let words = [
        "login",
        &server.url("/"),
        "--user",
        "alice",
        "--password",
        "env:PASSWORD",
    ];
    let called = Call::new(&words)
        .env("HOME", home.path())
        .env("PASSWORD", PASSWORD)
        .run();
    assert!(
        called.exit == 8 && called.stderr.contains("try again in 1 d 1 h\n"),
        "{called}"
    );
}

#[test]
fn a_client_s_secret_that_comes_back_is_not_shown() {
    let server = Server::new(|received: &Received, stream: &mut TcpStream| {
        let url = format!("http://{}", received.header("host").unwrap_or_default());
        let (status, body) = match received.path() {
            "/token" => (
                "401 No",
                r#"{"error":"invalid_client","error_description":"no correct-horse here"}"#
                    .to_owned(),
            ),
            _ => (
                "200 OK",
                format!(r#"{{"issuer":"{url}","token_endpoint":"{url}/token"}}"#),
            ),
        };
        let length = body.len();
        _ = write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
    });
    let home = Folder::new();
    for method in ["basic", "post"] {
        let words = [
            "login",
            &server.url(""),
            "--client-id",
            "a",
            "--client-auth",
            method,
            "--json",
            "-v",
        ];
        let called = Call::new(&words)
            .env("HOME", home.path())
            .env("JWTSESS_CLIENT_SECRET", "env:SECRET")
            .env("SECRET", "correct-horse")
            .run();
        let text = called.to_string();
        assert!(called.exit == 8 && text.contains("no … here"), "{called}");
        assert!(!text.contains("correct-horse"), "{called}");
    }
}

#[test]
fn an_origin_that_would_be_reached_unencrypted_is_refused_at_login() {
    let live = Live::new(300);
    let to = ["--to-origin", "http://api.example:8080"];
    let called = live.login(&to).run();
    assert_eq!((called.exit, live.server.seen().len()), (2, 0), "{called}");
    assert!(
        called.stderr.contains("--allow-http api.example"),
        "{called}"
    );
    for host in ["api.example", "api.example:8080"] {
        let allowed = [&to[..], &["--allow-http", host, "--replace"]].concat();
        assert_eq!(live.login(&allowed).run().exit, 0, "{host}");
    }
}
