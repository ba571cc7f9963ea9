//! Runs the built program as its own process, with an empty environment and a home of its own.
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

/// A secret of 256 bits and more, the same that the recorded Django servers use.
pub(crate) const SECRET: &str = "jwtsess-interop-hs256-signing-key-0123456789abcdef";

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_jwtsess");

/// A folder that is removed with everything in it.
pub(crate) struct TempDir(PathBuf);

impl TempDir {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests write below the system's folder for temporary files"
    )]
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "jwtsess-test-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
    /// Writes a file in it and returns its path as text.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

/// One run of the program.
pub(crate) struct Run {
    command: Command,
    stdin: Vec<u8>,
    home: Option<TempDir>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct RunResult {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Whether it is a server's opaque token, 32 random bytes in base64url, that would be taken for a flag: it is given behind `--`.
fn begins_with_a_dash(arg: &std::ffi::OsStr) -> bool {
    let arg = arg.as_encoded_bytes();
    arg.len() == 43 && arg.starts_with(b"-") && !arg.contains(&b'=')
}

impl Run {
    pub(crate) fn new<I: IntoIterator<Item = S>, S: AsRef<std::ffi::OsStr>>(args: I) -> Self {
        let home = TempDir::new();
        let mut command = Command::new(PROGRAM);
        let args: Vec<S> = args.into_iter().collect();
        let is_behind = args.iter().any(|arg| arg.as_ref() == "--");
        let (tokens, args): (Vec<S>, Vec<S>) =
            (args.into_iter()).partition(|arg| !is_behind && begins_with_a_dash(arg.as_ref()));
        command.args(args);
        if !tokens.is_empty() {
            command.arg("--").args(tokens);
        }
        command.env_clear().env("HOME", home.path());
        Self {
            command,
            stdin: Vec::new(),
            home: Some(home),
        }
    }
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }
    /// A home that outlives the run.
    pub(crate) fn home(mut self, home: &TempDir) -> Self {
        self.command.env("HOME", home.path());
        self.home = None;
        self
    }
    pub(crate) fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }
    /// As [`Run::run`], but ended after so long: then there is nothing to return.
    pub(crate) fn within(mut self, limit: Duration) -> Option<RunResult> {
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let (sender, receiver) = channel();
        let read = |mut stream: Box<dyn Read + Send>| {
            let sender = sender.clone();
            std::thread::spawn(move || {
                let mut bytes = Vec::new();
                stream.read_to_end(&mut bytes).unwrap();
                _ = sender.send(());
                String::from_utf8(bytes).expect("the program prints UTF-8")
            })
        };
        let (stdout, stderr) = (read(Box::new(stdout)), read(Box::new(stderr)));
        let ended = (0..2).all(|_| receiver.recv_timeout(limit).is_ok());
        if !ended {
            child.kill().unwrap();
        }
        let status = child.wait().unwrap();
        let ran = RunResult {
            status: status.code().unwrap_or(-1),
            stdout: stdout.join().unwrap(),
            stderr: stderr.join().unwrap(),
        };
        ended.then_some(ran)
    }
    pub(crate) fn run(mut self) -> RunResult {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let bytes = std::mem::take(&mut self.stdin);
        // A program that reads nothing may close the pipe first.
        let writer = std::thread::spawn(move || _ = stdin.write_all(&bytes));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        // A process that a signal ended has no status: -1 equals none that we document.
        RunResult {
            status: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// One user's machine: calls that share a home, a secret and a session store.
pub(crate) struct Machine {
    pub home: TempDir,
    /// The store that `JWTSESS_STORE` names; without one it is the home's own.
    pub store: Option<String>,
}

impl Machine {
    /// What logs alice in, and prints the refresh token of her new session.
    pub(crate) const LOGIN: [&str; 7] = [
        "issue",
        "--user",
        "alice",
        "--profile",
        "pair",
        "-o",
        "refresh",
    ];
    pub(crate) fn new() -> Self {
        Self {
            home: TempDir::new(),
            store: None,
        }
    }
    pub(crate) fn with_store(store: impl Into<String>) -> Self {
        Self {
            store: Some(store.into()),
            ..Self::new()
        }
    }
    /// Another program in the same environment: a copy of ours, or one that starts it.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("JWTSESS_SECRET", "env:SIGNING_KEY")
            .env("SIGNING_KEY", SECRET)
            .envs(self.store.as_ref().map(|store| ("JWTSESS_STORE", store)));
        command
    }
    pub(crate) fn call(&self, args: &[&str]) -> Run {
        let mut command = self.command(PROGRAM);
        command.args(args);
        Run {
            command,
            stdin: Vec::new(),
            home: None,
        }
    }
    pub(crate) fn run(&self, args: &[&str]) -> RunResult {
        self.call(args).run()
    }
    /// What a call prints that has to succeed.
    pub(crate) fn token(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.status, 0, "{args:?}: {ran:?}");
        ran.stdout.trim_end().to_owned()
    }
    /// The answer in JSON of a call that has to succeed.
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.token(&[args, &["--json"]].concat())).unwrap()
    }
    /// The refresh token of a new session.
    pub(crate) fn login(&self) -> String {
        self.token(&Self::LOGIN)
    }
}

/// Runs with these words.
pub(crate) fn jwtsess(args: &[&str]) -> RunResult {
    Run::new(args).run()
}
