//! A login in a browser, and what others on the machine see of jwtsess and of the programs that it starts: no secret stands in a process's arguments or environment.
#![cfg(target_os = "linux")]
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use serde_json::{Value, json};

use crate::given::left_out;
use crate::http::stage;
use crate::process::{PROGRAM, TempDir};

const ACCESS: &str = "canary-access-5d0a";
const REFRESH: &str = "canary-refresh-91be";
const CODE: &str = "canary-code-c77f";
const CLIENT_SECRET: &str = "canary-client-secret-20e4";
const PASSWORD: &str = "canary-password-41d7";
/// What the server hands out and is told. All of it is secret.
const CANARIES: [&str; 5] = [ACCESS, REFRESH, CODE, CLIENT_SECRET, PASSWORD];

/// What was sent to the token endpoint.
type Sent = Arc<Mutex<Vec<String>>>;

/// An OAuth server that takes everything.
fn issuer() -> (SocketAddr, Sent) {
    let here: Arc<OnceLock<SocketAddr>> = Arc::default();
    let sent = Sent::default();
    let (known, log) = (Arc::clone(&here), Arc::clone(&sent));
    let address = stage(move |path, body, stream| {
        let at = |path: &str| format!("http://{}{path}", known.wait());
        let (status, answer) = match path {
            "/.well-known/oauth-authorization-server" => (
                "200 OK",
                json!({
                    "issuer": at(""), "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"),
                    "code_challenge_methods_supported": ["S256"],
                }),
            ),
            "/token" => {
                log.lock().unwrap().push(body.to_owned());
                (
                    "200 OK",
                    json!({"access_token": ACCESS, "refresh_token": REFRESH, "token_type": "Bearer", "expires_in": 300}),
                )
            }
            _ => ("404 Not Found", json!({})),
        };
        let answer = answer.to_string();
        let length = answer.len();
        let text = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{answer}"
        );
        _ = stream.write_all(text.as_bytes());
    });
    here.set(address).unwrap();
    (address, sent)
}

/// A home with a browser and a helper that write down what the process list shows of them and of what started them.
fn home() -> TempDir {
    let home = TempDir::new();
    std::fs::create_dir_all(home.path().join("bin")).unwrap();
    let folder = home.path().to_str().unwrap();
    let seen = format!(
        "#!/bin/sh\ncd '{folder}' || exit 1\n\
         for one in $$ $PPID; do echo \"${{0##*/}}\"; tr '\\0' '\\n' < /proc/$one/cmdline; tr '\\0' '\\n' < /proc/$one/environ; done >> processes\n"
    );
    let browser = format!("{seen}printf '%s' \"$1\" > opening && mv opening opened\n");
    let helper = format!(
        "{seen}case $1 in\nstore) cat > entry.new; mv entry.new entry;;\n\
         get) cat > asked; cat entry || {{ echo 'credentials not found in native keychain'; exit 1; }};;\n\
         erase) cat > asked; rm -f entry;;\nesac\n"
    );
    for (name, script) in [("xdg-open", browser), ("docker-credential-fake", helper)] {
        let program = home.file(&format!("bin/{name}"), script);
        let made = Command::new("/bin/chmod").args(["+x", &program]).status();
        assert!(made.unwrap().success());
    }
    home.file("client-secret", CLIENT_SECRET);
    home.file("password", PASSWORD);
    home
}

/// A program in that home.
fn command(home: &TempDir, program: &str, words: &[&str]) -> Command {
    let folder = home.path().to_str().unwrap();
    let mut command = Command::new(program);
    command
        .args(words)
        .env_clear()
        .env("HOME", folder)
        .env("DISPLAY", ":0")
        .env("PATH", format!("{folder}/bin:/usr/bin:/bin"))
        .stdin(Stdio::null());
    command
}

/// Starts the program at a terminal of its own, which ends up in the file `said`.
fn at_a_terminal(home: &TempDir, words: &[&str]) -> Option<Child> {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let line = format!("exec '{PROGRAM}' {}", quoted.join(" "));
    let said = std::fs::File::create(home.path().join("said")).unwrap();
    command(home, "script", &["-qec", &line, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(said)
        .stderr(Stdio::null())
        .spawn()
        .ok()
}

/// The address that the browser was opened at.
fn opened(home: &TempDir) -> String {
    for _ in 0..200 {
        if let Ok(address) = std::fs::read_to_string(home.path().join("opened")) {
            return address;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let said = std::fs::read_to_string(home.path().join("said"));
    panic!("no browser was opened: {said:?}");
}

/// A parameter of an address, of which colons and slashes alone are escaped.
fn parameter(address: &str, name: &str) -> String {
    let query = address.split_once('?').unwrap().1;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.into_iter().find(|(one, _)| *one == name).unwrap().1;
    value.replace("%3A", ":").replace("%2F", "/")
}

/// What the process list showed, which has to hold no secret.
fn processes(home: &TempDir) -> String {
    let seen = std::fs::read_to_string(home.path().join("processes")).unwrap();
    for secret in CANARIES {
        assert!(!seen.contains(secret), "{secret} is in {seen}");
    }
    assert!(seen.contains(PROGRAM) && seen.contains("HOME="), "{seen}");
    seen
}

#[test]
fn a_browser_logs_in_and_no_secret_is_in_the_process_list() {
    let ((address, sent), home) = (issuer(), home());
    let url = format!("http://{address}");
    let secret = format!("file:{}", home.path().join("client-secret").display());
    let words = ["login", &url, "--grant", "code", "--client-id", "cli"];
    let more = ["--client-secret", &secret, "--as", "a", "--helper", "fake"];
    let Some(mut child) = at_a_terminal(&home, &[&words[..], &more].concat()) else {
        left_out("there is no script, of bsdutils");
        return;
    };
    let asked = opened(&home);
    assert!(asked.starts_with(&format!("{url}/authorize?")), "{asked}");
    let (back, state) = (
        parameter(&asked, "redirect_uri"),
        parameter(&asked, "state"),
    );
    let host = back.strip_prefix("http://").unwrap();
    let host = host.strip_suffix("/callback").unwrap();
    let mut browser = TcpStream::connect(host).unwrap();
    let request =
        format!("GET /callback?code={CODE}&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    browser.write_all(request.as_bytes()).unwrap();
    let mut page = String::new();
    browser.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    let status = child.wait().unwrap();
    let said = std::fs::read_to_string(home.path().join("said")).unwrap();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(
        said.contains("open this address in a browser: http"),
        "{said}"
    );
    let sent = sent.lock().unwrap().clone();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains("grant_type=authorization_code") && sent[0].contains(CODE));
    for text in [&page, &said] {
        for secret in CANARIES {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
    let token = command(&home, PROGRAM, &["token"]).output().unwrap();
    assert_eq!(
        String::from_utf8(token.stdout).unwrap(),
        format!("{ACCESS}\n")
    );
    let seen = processes(&home);
    for program in ["xdg-open", "docker-credential-fake"] {
        assert!(seen.lines().any(|line| line == program), "{seen}");
    }
    let entry = std::fs::read_to_string(home.path().join("entry")).unwrap();
    let kept: Value = serde_json::from_str(&entry).unwrap();
    assert!(kept.to_string().contains(REFRESH), "the helper has it");
}

#[test]
fn a_password_and_a_refresh_show_nothing_in_the_process_list() {
    let ((address, sent), home) = (issuer(), home());
    let url = format!("http://{address}");
    let password = format!("file:{}", home.path().join("password").display());
    let words = ["login", &url, "--grant", "password", "--client-id", "cli"];
    let more = [
        "--user",
        "alice",
        "--password",
        &password,
        "--helper",
        "fake",
    ];
    let calls: [&[&str]; 3] = [
        &[&words[..], &more].concat(),
        &["token", "--refresh"],
        &["request", "GET", "/nowhere"],
    ];
    for words in calls {
        let output = command(&home, PROGRAM, words).output().unwrap();
        let status = if words[0] == "request" { 8 } else { 0 };
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{words:?}: {said}");
    }
    let sent = sent.lock().unwrap().clone();
    assert!(
        sent[0].contains(PASSWORD) && sent[1].contains(REFRESH),
        "they were used"
    );
    processes(&home);
}
