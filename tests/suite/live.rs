//! `token` as many processes, as a process that is killed, on a disk that is full, and with a helper: against a server that takes each refresh token once.
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::given::is_ci;
use crate::process::{PROGRAM, Run, RunResult, TempDir};

/// The password that the server takes.
pub(crate) const PASSWORD: &str = "canary-password-41d7";
const PROCESSES: usize = 32;

/// Whether the rounds of what goes wrong once in a while are run in full, which takes minutes: `.ci/run --long`.
#[expect(
    clippy::disallowed_methods,
    reason = "how long the tests may take is said in the environment"
)]
fn is_long() -> bool {
    std::env::var_os("JWTSESS_LONG").is_some_and(|long| long == "true")
}

/// How often a race is run.
fn rounds() -> usize {
    if is_long() { 20 } else { 2 }
}

/// How often a process is killed.
fn kills() -> u64 {
    match (is_long(), is_ci()) {
        (true, _) => 300,
        (false, true) => 30,
        (false, false) => 6,
    }
}

#[derive(Default)]
struct State {
    current: String,
    made: u32,
    refreshes: usize,
    refused: usize,
    ended: usize,
}

/// A server like simplejwt's that takes each refresh token once.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    stopped: Arc<AtomicBool>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program goes by the system's clock"
)]
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap().as_secs()
}

impl State {
    fn token(&mut self, kind: &str, life: u64) -> String {
        self.made += 1;
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = part(json!({"alg": "HS256", "typ": "JWT"}));
        let payload = part(json!({
            "token_type": kind, "exp": now() + life, "iat": now(), "jti": format!("{:032x}", self.made), "user_id": "1",
        }));
        format!("{header}.{payload}.{}", URL_SAFE_NO_PAD.encode([7; 32]))
    }

    fn answer(&mut self, path: &str, body: &Value, has_token: bool) -> (&'static str, Value) {
        let refused = json!({"detail": "Token is blacklisted", "code": "token_not_valid"});
        let given = body["refresh"].as_str().unwrap_or_default();
        match path {
            "/api/token/" if body["password"] == PASSWORD => {
                self.current = self.token("refresh", 86_400);
                // Too short to be used: the first call refreshes it.
                let access = self.token("access", 30);
                ("200 OK", json!({"refresh": self.current, "access": access}))
            }
            "/api/token/refresh/" if given == self.current => {
                self.refreshes += 1;
                self.current = self.token("refresh", 86_400);
                let access = self.token("access", 300);
                ("200 OK", json!({"access": access, "refresh": self.current}))
            }
            "/api/token/refresh/" => {
                self.refused += 1;
                ("401 Unauthorized", refused)
            }
            "/api/token/blacklist/" => {
                self.ended += 1;
                ("200 OK", json!({}))
            }
            "/api/me/" | "/api/whoami" if has_token => ("200 OK", json!({"name": "alice"})),
            "/api/me/" | "/api/whoami" => ("401 Unauthorized", json!({"detail": "No token."})),
            _ => ("404 Not Found", json!({"detail": "Not found."})),
        }
    }
}

impl Server {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (known, stop) = (Arc::clone(&state), Arc::clone(&stopped));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let known = Arc::clone(&known);
                std::thread::spawn(move || _ = serve(&mut stream.unwrap(), &known));
            }
        });
        Self {
            address,
            state,
            stopped,
        }
    }
    /// The beginning of every address on it.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
    fn url(&self) -> String {
        format!("{}/api/token/", self.origin())
    }
    /// How many sessions were ended.
    pub(crate) fn ended(&self) -> usize {
        self.state.lock().unwrap().ended
    }
    fn refreshes(&self) -> (usize, usize) {
        let state = self.state.lock().unwrap();
        (state.refreshes, state.refused)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: &mut TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, &mut bytes)?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
    while bytes.len() < end + length {
        more(stream, &mut bytes)?;
    }
    let path = head.split(' ').nth(1)?.to_owned();
    let body = serde_json::from_slice(&bytes[end..]).unwrap_or_default();
    let has_token = head.contains("\r\nauthorization: bearer ey");
    let (status, body) = state.lock().unwrap().answer(&path, &body, has_token);
    if path.ends_with("/refresh/") {
        // The way of an answer: long enough that others come meanwhile, and that a process is killed on it.
        std::thread::sleep(Duration::from_millis(20));
    }
    let body = body.to_string();
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(text.as_bytes()).ok()
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0; 4096];
    let count = stream.read(&mut piece).ok().filter(|count| *count > 0)?;
    bytes.extend_from_slice(&piece[..count]);
    Some(())
}

/// A home, and the server that alice logged in to.
struct Home {
    server: Server,
    folder: TempDir,
    path: String,
}

impl Home {
    fn new() -> Self {
        Self {
            server: Server::new(),
            folder: TempDir::new(),
            path: "/usr/bin:/bin".to_owned(),
        }
    }
    fn run(&self, words: &[&str]) -> RunResult {
        Run::new(words)
            .home(&self.folder)
            .env("PASSWORD", PASSWORD)
            .env("PATH", &self.path)
            .run()
    }
    fn login(&self, more: &[&str]) -> RunResult {
        let url = self.server.url();
        let words = [
            "login",
            &url,
            "--user",
            "alice",
            "--password",
            "env:PASSWORD",
            "--as",
            "a",
        ];
        self.run(&[&words[..], more].concat())
    }
    fn logged_in(more: &[&str]) -> Self {
        let home = Self::new();
        let ran = home.login(more);
        assert_eq!(ran.status, 0, "{ran:?}");
        home
    }
    fn credentials(&self) -> std::path::PathBuf {
        self.folder.path().join(".local/share/jwtsess/credentials")
    }
    fn kept(&self) -> Value {
        let text = std::fs::read(self.credentials().join("a.json")).unwrap();
        serde_json::from_slice(&text).unwrap()
    }
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(words)
            .env_clear()
            .env("HOME", self.folder.path())
            .stdin(Stdio::null());
        command
    }
}

#[test]
fn of_many_processes_one_refreshes_and_all_print_the_same_token() {
    for _ in 0..rounds() {
        let home = Home::logged_in(&[]);
        let barrier = Barrier::new(PROCESSES);
        let all: Vec<RunResult> = std::thread::scope(|scope| {
            let call = || {
                barrier.wait();
                home.run(&["token"])
            };
            let threads: Vec<_> = (0..PROCESSES).map(|_| scope.spawn(call)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        let first = &all[0];
        assert_eq!(first.status, 0, "{first:?}");
        for ran in &all {
            assert_eq!(
                (ran.status, &ran.stdout, &*ran.stderr),
                (0, &first.stdout, ""),
                "{ran:?}"
            );
        }
        assert_eq!(home.server.refreshes(), (1, 0));
        let access = home.kept()["tokens"]["access_token"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(first.stdout.trim_end(), access);
    }
}

#[test]
fn a_process_that_is_killed_loses_one_refresh_at_most_and_that_is_said() {
    let home = Home::logged_in(&[]);
    let mut lost = 0;
    for number in 0..kills() {
        let mut child = home
            .command(&["token", "--refresh"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Somewhere in its 50 ms or so, another place each time.
        std::thread::sleep(Duration::from_millis(number * 37 % 61));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(home.kept()["tokens"]["access_token"].is_string());
        let next = home.run(&["token", "--refresh"]);
        match next.status {
            0 => {}
            7 => {
                assert!(next.stderr.contains("was never answered"), "{next:?}");
                lost += 1;
                assert_eq!(home.login(&[]).status, 0);
            }
            _ => panic!("{next:?}"),
        }
        let files = std::fs::read_dir(home.credentials()).unwrap().count();
        assert_eq!(files, 2, "the credential and its lock");
    }
    let (_, refused) = home.server.refreshes();
    assert_eq!(refused, lost, "each refusal was told once");
}

#[test]
fn on_a_full_disk_nothing_is_sent_and_the_session_lives() {
    let home = Home::logged_in(&[]);
    let before = home.kept();
    // Files may grow to one block: what does not fit is refused, as on a full disk.
    let script = format!("trap '' XFSZ; ulimit -f 1; exec '{PROGRAM}' token");
    let output = Command::new("/bin/sh")
        .args(["-c", &script])
        .env_clear()
        .env("HOME", home.folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        output.stdout.is_empty() && said.contains("can't write"),
        "{said}"
    );
    assert_eq!((home.server.refreshes(), home.kept()), ((0, 0), before));
    assert_eq!(home.run(&["token"]).status, 0);
}

/// A helper that keeps its entry in a file, takes at most so many bytes, and fails where a file says so.
fn with_helper() -> Home {
    let mut home = Home::new();
    let folder = home.folder.path().to_str().unwrap().to_owned();
    std::fs::create_dir_all(format!("{folder}/bin")).unwrap();
    let script = format!(
        "#!/bin/sh\ncd '{folder}' || exit 1\necho \"$1\" >> actions\n\
         [ -e fail-$1 ] && {{ cat > refused; exit 1; }}\n\
         case $1 in\n\
         store) cat > entry.new; [ \"$(wc -c < entry.new)\" -le \"$(cat most 2>/dev/null || echo 100000)\" ] || exit 1; mv entry.new entry;;\n\
         get) cat > asked; cat entry || {{ echo 'credentials not found in native keychain'; exit 1; }};;\n\
         erase) cat > asked; rm -f entry;;\nesac\n"
    );
    let program = home.folder.file("bin/docker-credential-fake", script);
    let made = Command::new("/bin/chmod").args(["+x", &program]).status();
    assert!(made.unwrap().success());
    home.path = format!("{folder}/bin:/usr/bin:/bin");
    home
}

#[test]
fn a_helper_has_the_tokens_and_the_file_has_none() {
    let home = with_helper();
    let ran = home.login(&["--helper", "fake"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        ran.stderr
            .contains("docker-credential-fake will keep the tokens"),
        "{ran:?}"
    );
    let kept = home.kept();
    assert_eq!(
        (&kept["helper"], kept.get("tokens")),
        (&"fake".into(), None)
    );
    let entry = || std::fs::read_to_string(home.folder.path().join("entry")).unwrap();
    let url = format!("jwtsess:{}", home.credentials().join("a.json").display());
    let stored: Value = serde_json::from_str(&entry()).unwrap();
    assert_eq!(
        (&stored["ServerURL"], &stored["Username"]),
        (&url.into(), &"a".into())
    );
    let before = home.kept();
    let ran = home.run(&["token"]);
    assert_eq!(
        (ran.status, home.server.refreshes()),
        (0, (1, 0)),
        "{ran:?}"
    );
    assert!(entry().contains(ran.stdout.trim_end()));
    assert_eq!(home.kept(), before, "the file keeps what never changes");
    assert_eq!(home.run(&["token"]).stdout, ran.stdout);
    let ran = home.run(&["logout"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(!home.folder.path().join("entry").exists());
}

#[test]
fn what_a_helper_failed_to_do_is_told_with_what_helps() {
    let home = with_helper();
    let ran = home.login(&["--helper", "nowhere"]);
    assert!(
        ran.status == 1
            && ran
                .stderr
                .contains("no program docker-credential-nowhere in PATH"),
        "{ran:?}"
    );
    assert_eq!(home.login(&["--helper", "fake"]).status, 0);
    home.folder.file("fail-erase", "");
    let ran = home.run(&["logout"]);
    assert!(
        ran.status == 1 && !ran.stderr.contains("nothing was sent"),
        "{ran:?}"
    );
    // The session has ended, and what is left is taken away.
    std::fs::remove_file(home.folder.path().join("fail-erase")).unwrap();
    assert_eq!(home.run(&["logout"]).status, 0);
    assert_eq!(home.login(&["--helper", "fake"]).status, 0);
    std::fs::remove_file(home.folder.path().join("entry")).unwrap();
    let ran = home.run(&["token"]);
    assert!(
        ran.status == 1 && ran.stderr.contains("--replace"),
        "{ran:?}"
    );
    assert_eq!(home.login(&["--helper", "fake", "--replace"]).status, 0);
    assert_eq!(
        home.run(&["token", "--no-refresh", "--min-ttl", "0"])
            .status,
        0
    );
}

#[test]
fn what_a_helper_lost_or_no_longer_gives_back_can_be_forgotten() {
    for fault in ["lost", "gone", "stuck"] {
        let home = with_helper();
        assert_eq!(home.login(&["--helper", "fake"]).status, 0);
        let folder = home.folder.path();
        match fault {
            "lost" => std::fs::remove_file(folder.join("entry")).unwrap(),
            "gone" => std::fs::remove_file(folder.join("bin/docker-credential-fake")).unwrap(),
            _ => drop(home.folder.file("fail-erase", "")),
        }
        let ran = home.run(&["logout", "--forget"]);
        assert_eq!(ran.status, 0, "{fault}: {ran:?}");
        assert!(ran.stderr.contains("not ended"), "{fault}: {ran:?}");
        let is_told = ran.stderr.contains("the tokens may still be there");
        assert_eq!(is_told, fault != "lost", "{fault}: {ran:?}");
        assert_eq!(home.run(&["token"]).status, 7, "{fault}");
    }
}

#[test]
fn a_helper_gets_no_secret_of_the_environment() {
    let home = with_helper();
    let program = home.folder.path().join("bin/docker-credential-fake");
    let script = std::fs::read_to_string(&program).unwrap();
    std::fs::write(
        &program,
        script.replace("case $1 in", "env >> environment\ncase $1 in"),
    )
    .unwrap();
    assert_eq!(home.login(&["--helper", "fake"]).status, 0);
    let given = std::fs::read_to_string(home.folder.path().join("environment")).unwrap();
    assert!(given.contains("HOME="), "{given}");
    assert!(
        !given.contains(PASSWORD) && !given.contains("PASSWORD="),
        "{given}"
    );
}

#[test]
fn a_helper_that_does_not_take_the_trial_keeps_anything_from_being_sent() {
    let home = with_helper();
    home.folder.file("most", "2000");
    let ran = home.login(&["--helper", "fake", "--json"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stdout.contains("\"helper_failed\""), "{ran:?}");
    assert!(
        home.server.state.lock().unwrap().current.is_empty(),
        "nothing was sent"
    );
    home.folder.file("most", "100000");
    assert_eq!(home.login(&["--helper", "fake"]).status, 0);
    let entry = std::fs::metadata(home.folder.path().join("entry")).unwrap();
    home.folder.file("most", (entry.len() + 100).to_string());
    let ran = home.run(&["token"]);
    assert_eq!(
        (ran.status, &*ran.stdout, home.server.refreshes()),
        (1, "", (0, 0)),
        "{ran:?}"
    );
    home.folder.file("most", "100000");
    assert_eq!(home.run(&["token"]).status, 0, "the session lives");
}

#[test]
fn a_helper_that_fails_after_the_answer_costs_the_session_and_that_is_said() {
    let home = with_helper();
    assert_eq!(home.login(&["--helper", "fake"]).status, 0);
    // The trial of the refresh is taken, and what follows it is not.
    let folder = home.folder.path().to_owned();
    let program = folder.join("bin/docker-credential-fake");
    let script = std::fs::read_to_string(&program).unwrap();
    let failing = "[ -e fail-$1 ] &&";
    let twice = "[ $1 = store ] && [ -e late ] && { [ -e tried ] && { cat > refused; exit 1; }; touch tried; }\n";
    std::fs::write(
        &program,
        script.replace(failing, &format!("{twice}{failing}")),
    )
    .unwrap();
    home.folder.file("late", "");
    let ran = home.run(&["token"]);
    assert_eq!((ran.status, &*ran.stdout), (1, ""), "{ran:?}");
    assert!(
        ran.stderr.contains("the session is lost") && ran.stderr.contains("jwtsess login"),
        "{ran:?}"
    );
}

#[test]
fn no_token_and_no_password_is_said_and_no_other_user_can_read_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::logged_in(&[]);
    let mut said = String::new();
    let mut secrets = vec![PASSWORD.to_owned()];
    let kept = |home: &Home, secrets: &mut Vec<String>| {
        let tokens = &home.kept()["tokens"];
        for name in ["access_token", "refresh_token"] {
            secrets.push(tokens[name].as_str().unwrap().to_owned());
        }
    };
    kept(&home, &mut secrets);
    let me = format!("http://{}/api/me/", home.server.address);
    for words in [
        &[
            "login",
            &home.server.url(),
            "--user",
            "alice",
            "--password",
            "env:PASSWORD",
            "--as",
            "a",
            "-v",
        ][..],
        &["token", "-v", "--refresh"],
        &["token", "--list", "--json"],
        &["token", "--list", "-v"],
        &["request", "GET", &me, "-v"],
        &["request", "GET", "/nowhere", "-v", "--json"],
        &["token", "--min-ttl", "10h", "-v"],
        &["logout", "--dry-run", "-v"],
    ] {
        let ran = home.run(words);
        kept(&home, &mut secrets);
        said.push_str(&ran.stderr);
        if words[0] != "token" || words.contains(&"--list") {
            said.push_str(&ran.stdout);
        }
    }
    for secret in &secrets {
        assert!(
            !said.contains(secret.as_str()),
            "a secret is among what was said"
        );
    }
    for entry in std::fs::read_dir(home.credentials()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
