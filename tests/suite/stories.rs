//! Four people who have not read the manual: what each types, and that it leads to the right place.
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use crate::given::left_out;
use crate::process::{Run, RunResult, TempDir};

/// One person's machine.
struct Desk {
    home: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Desk {
    fn new() -> Self {
        Self {
            home: TempDir::new(),
            variables: Vec::new(),
        }
    }
    fn set(&mut self, name: &'static str, value: &str) {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.to_owned()));
    }
    fn types(&self, words: &[&str]) -> RunResult {
        let run = Run::new(words).home(&self.home);
        let variables = self.variables.iter();
        variables
            .fold(run, |run, (name, value)| run.env(name, value))
            .run()
    }
}

/// As a person reads it: a line may break anywhere between words.
fn read(ran: &RunResult) -> String {
    let both = format!("{}\n{}", ran.stdout, ran.stderr);
    both.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(ran: &RunResult, status: i32, words: &[&str]) {
    let text = read(ran);
    assert_eq!(ran.status, status, "{text}");
    for words in words {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
}

#[test]
fn a_django_developer_finds_out_why_there_is_a_401() {
    let desk = Desk::new();
    let secret = "django-insecure-8x!k2@l#9q$w4e5r6t7y8u9i0o";
    let env = format!("DEBUG=1\nSECRET_KEY='{secret}'\n");
    let env = desk.home.file(".env", env);
    let key = format!("dotenv:{env}#SECRET_KEY");
    let login = [
        "issue",
        "--profile",
        "simplejwt",
        "--user",
        "7",
        "--secret",
        &key,
        "--now",
        "-10m",
    ];
    let pair = desk.types(&[&login[..], &["-o", "wire"]].concat()).stdout;
    let access = desk.types(&[&login[..], &["-o", "access"]].concat()).stdout;
    let refused = format!(
        "> GET /api/me/ HTTP/1.1\n> Authorization: Bearer {access}> \n< HTTP/1.1 401 Unauthorized\n< Content-Type: application/json\n< \n{{\"detail\":\"Given token not valid for any token type\",\"code\":\"token_not_valid\"}}"
    );
    // The whole of curl -v is pasted, without a key: why, and how to be sure.
    let ran = desk.types(&["inspect", &refused]);
    says(
        &ran,
        0,
        &[
            "taken from the header Authorization",
            "expired 5 min",
            "simplejwt, access token",
            "--secret dotenv:.env#SECRET_KEY",
        ],
    );
    // The name is misspelt; the file's is told.
    let misspelt = format!("dotenv:{env}#SECRETKEY");
    let ran = desk.types(&["inspect", &refused, "--secret", &misspelt]);
    says(
        &ran,
        1,
        &[
            "the file does not set that name",
            "did you mean SECRET_KEY, which it sets?",
        ],
    );
    // The file itself is given for the secret.
    let ran = desk.types(&["inspect", &refused, "--secret", &env]);
    says(&ran, 0, &["is also the name of a file", "dotenv:"]);
    // With the key it is what the server says, and what to do.
    let ran = desk.types(&["inspect", &refused, "--secret", &key]);
    says(
        &ran,
        0,
        &[
            "valid, checked with dotenv:",
            "view 401 (expired)",
            "jwtsess renew REFRESH_TOKEN",
        ],
    );
    // Which is done with the login's answer as it is.
    let ran = desk.types(&["renew", &pair, "--secret", &key]);
    says(&ran, 0, &["taken from refresh of the given JSON"]);
    let fresh = ran.stdout;
    says(
        &desk.types(&["verify", &fresh, "--secret", &key, "--profile", "simplejwt"]),
        0,
        &[],
    );
}

#[test]
fn a_go_developer_checks_a_token_against_a_key_set() {
    let desk = Desk::new();
    let at = |name: &str| desk.home.path().join(name).display().to_string();
    let (new, old) = (at("new.jwk"), at("old.jwk"));
    for (kid, file) in [("2026-11", &new), ("2026-05", &old)] {
        says(
            &desk.types(&["key", "generate", "--kid", kid, "--out", file]),
            0,
            &[],
        );
    }
    let both = desk
        .home
        .file("jwks.json", desk.types(&["key", "jwks", &new, &old]).stdout);
    let stale = desk
        .home
        .file("stale.json", desk.types(&["key", "jwks", &old]).stdout);
    let (iss, aud) = ("https://auth.example", "api");
    let token = desk
        .types(&[
            "issue", "--user", "alice", "--key", &new, "--iss", iss, "--aud", aud,
        ])
        .stdout;
    says(
        &desk.types(&["verify", &token, "--key", &both, "--iss", iss, "--aud", aud]),
        0,
        &[],
    );
    // A set from before the roll-over: the kid that is missing, and those that are there.
    let ran = desk.types(&["verify", &token, "--key", &stale, "--aud", aud]);
    says(
        &ran,
        4,
        &["2026-11", "2026-05", "the issuer's whole key set"],
    );
    // For another service.
    let ran = desk.types(&["verify", &token, "--key", &both, "--aud", "billing"]);
    says(&ran, 6, &["aud is \"api\", expected \"billing\""]);
    // Signing with what can only check.
    let ran = desk.types(&["issue", "--user", "alice", "--key", &both]);
    says(
        &ran,
        1,
        &[
            "a public key can verify a signature, not make one",
            "sign with its private key",
        ],
    );
    // Two keys, and which one is meant.
    let ran = desk.types(&["issue", "--user", "alice", "--key", &new, "--key", &old]);
    says(&ran, 2, &["2026-11", "2026-05", "--kid"]);
}

#[test]
fn a_ci_job_whose_secret_is_missing_stops_and_says_which() {
    let mut desk = Desk::new();
    desk.set("JWTSESS_NO_DEV_KEY", "1");
    let issue = ["issue", "--user", "ci"];
    says(
        &desk.types(&issue),
        1,
        &["there is no key to sign with", "--secret env:NAME"],
    );
    desk.set("JWTSESS_SECRET", "env:SIGNING_KEY");
    says(
        &desk.types(&issue),
        1,
        &[
            "env:SIGNING_KEY: the variable is not set",
            "check that it is exported",
        ],
    );
    desk.set("SIGNING_KEY", "");
    let ran = desk.types(&issue);
    says(
        &ran,
        1,
        &[
            "env:SIGNING_KEY: it is empty",
            "check that the secret is set for this job",
        ],
    );
    assert_eq!(ran.stdout, "");
    desk.set("SIGNING_KEY", "changeme");
    says(
        &desk.types(&issue),
        4,
        &["64 bits, but HS256 needs 256", "a longer key"],
    );
    desk.set("SIGNING_KEY", "a-secret-of-more-than-256-bits-for-the-job");
    let token = desk.types(&issue).stdout;
    // The next step forgot to take the token over.
    says(
        &desk.types(&["verify", ""]),
        2,
        &["is empty: is the variable set?"],
    );
    says(
        &desk.types(&["verify"]),
        2,
        &["standard input is empty", "--token-env NAME"],
    );
    says(
        &desk.types(&["verify", "--token-env", "TOKEN"]),
        2,
        &["--token-env TOKEN: the variable is not set"],
    );
    desk.set("TOKEN", &token);
    says(
        &desk.types(&["verify", "--token-env", "TOKEN", "--min-ttl", "5m"]),
        0,
        &[],
    );
    says(
        &desk.types(&["issue"]),
        2,
        &["no user was given", "--user alice"],
    );
}

#[test]
fn someone_who_has_never_seen_a_jwt_gets_one_and_has_it_explained() {
    let desk = Desk::new();
    says(
        &desk.types(&[]),
        2,
        &[
            "To begin, type: jwtsess issue --user alice",
            "jwtsess --help",
        ],
    );
    says(
        &desk.types(&["--help"]),
        0,
        &[
            "A JWT is a text of three parts",
            "Log alice in: prints a token",
            "EXIT STATUS",
            "ENVIRONMENT",
        ],
    );
    says(&desk.types(&["create"]), 2, &["jwtsess issue --user alice"]);
    says(
        &desk.types(&["issue"]),
        2,
        &["no user was given", "jwtsess issue --user alice"],
    );
    says(
        &desk.types(&["issue", "alice"]),
        2,
        &["name the user with --user: jwtsess issue --user"],
    );
    let ran = desk.types(&["issue", "--user", "alice"]);
    says(&ran, 0, &["made a development key"]);
    let token = ran.stdout;
    assert_eq!(token.lines().count(), 1, "{token}");
    says(
        &desk.types(&[token.trim()]),
        0,
        &["valid, expires in", "model sliding", "left of 1 h"],
    );
    says(
        &desk.types(&["inspect", &token]),
        0,
        &["valid, expires in", "sub \"alice\"", "jwtsess renew TOKEN"],
    );
    says(
        &desk.types(&["inspect", "alice"]),
        3,
        &[
            "not a token",
            "header, payload and signature with dots between",
        ],
    );
    says(&desk.types(&["renew", &token]), 0, &[]);
    says(
        &desk.types(&["inspect", &token, "--now", "+2h"]),
        0,
        &["expired", "jwtsess issue --user alice"],
    );
}

/// Types this at a terminal once a question stands there; what stands on it in the end. None where there is no `script` to make one.
fn at_a_terminal(desk: &Desk, command: &str, question: &str, typed: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_jwtsess");
    let mut child = Command::new("script")
        .args(["-qec", &format!("{program} {command}"), "/dev/null"])
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("SHELL", "/bin/sh")
        .env("TERM", "xterm")
        .env("HOME", desk.home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut screen = Vec::new();
    let mut buffer = [0; 4096];
    // Nothing is typed before it is asked for: the terminal would show it.
    while !String::from_utf8_lossy(&screen).contains(question) {
        match stdout.read(&mut buffer).unwrap() {
            0 => break,
            read => screen.extend_from_slice(&buffer[..read]),
        }
    }
    // The answer may be more than a terminal holds at once.
    let typed = typed.to_owned();
    let writer = std::thread::spawn(move || {
        _ = stdin.write_all(typed.as_bytes());
        // Closed only once the program is done: script would type an end of file.
        stdin
    });
    stdout.read_to_end(&mut screen).unwrap();
    child.wait().unwrap();
    drop(writer.join().unwrap());
    Some(String::from_utf8_lossy(&screen).into_owned())
}

#[test]
fn at_a_terminal_what_is_missing_is_asked_for_and_a_paste_is_read_to_its_end() {
    let desk = Desk::new();
    let Some(screen) = at_a_terminal(&desk, "issue", "user to log in", "alice\r") else {
        left_out("there is no script(1) here");
        return;
    };
    assert!(screen.contains("user to log in"), "{screen}");
    assert!(
        screen.contains("made a development key") && screen.contains("eyJ"),
        "{screen}"
    );
    let token = desk.types(&["issue", "--user", "alice"]).stdout;
    let token = token.trim();
    // Longer than a terminal's own line may be, in lines of 70 columns, and within a whole answer.
    let long = desk
        .types(&[
            "issue",
            "--user",
            "alice",
            "-c",
            &format!("filler={}", "x".repeat(6000)),
        ])
        .stdout;
    let wrapped = token
        .as_bytes()
        .chunks(70)
        .map(|line| std::str::from_utf8(line).unwrap());
    let wrapped = wrapped.collect::<Vec<_>>().join("\r");
    for (pasted, part) in [
        (format!("{token}\r"), "\"sub\":\"alice\""),
        (format!("{wrapped}\r"), "\"sub\":\"alice\""),
        (
            format!("\u{1b}[200~{wrapped}\r\u{1b}[201~\r"),
            "\"sub\":\"alice\"",
        ),
        (
            format!(
                "HTTP/1.1 200 OK\rContent-Type: application/json\r\r{{\r  \"access\": \"{token}\"\r}}\r"
            ),
            "access of the body",
        ),
        (format!("{}\r", long.trim()), "xxxxxxxx\"}"),
    ] {
        let screen = at_a_terminal(&desk, "decode --part payload", "press Enter", &pasted).unwrap();
        assert!(screen.contains("paste the token"), "{screen}");
        assert!(screen.contains(part), "{part}: {screen}");
        assert!(!screen.contains(&token[..40]), "{screen}");
    }
    let screen = at_a_terminal(&desk, "decode", "press Enter", "\u{3}").unwrap();
    assert!(!screen.contains("error"), "{screen}");
}
