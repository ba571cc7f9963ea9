//! PyJWT, joserfc and openssl accept what the program signs, and it accepts what they sign: every algorithm, with keys that openssl and cryptography made.
//!
//! `JWTSESS_PEERS` names the Python that has `tests/interop/peers.txt`; without it these tests say that they are skipped, and fail in CI.
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::given::given;
use crate::process::{Run, TempDir};

/// A key as `peers.py keys` made it: the files that hold it, in each form.
#[derive(Deserialize)]
struct PeerKey {
    algs: Vec<String>,
    private: Vec<String>,
    public: Vec<String>,
    /// The public key that the peers check with; none for a secret.
    peer: Option<String>,
    secret: Option<String>,
}

/// A token that a peer signed.
#[derive(Deserialize)]
struct PeerToken {
    peer: String,
    alg: String,
    name: String,
    /// The files that each have to verify it.
    files: Vec<String>,
    token: String,
}

fn python() -> Option<PathBuf> {
    given(
        "JWTSESS_PEERS",
        "the Python that has tests/interop/peers.txt",
    )
}

fn peers(python: &Path, args: &[&str], stdin: &str) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/peers.py");
    let mut child = Command::new(python)
        .arg(script)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let stdin = stdin.to_owned();
    let writer = std::thread::spawn(move || input.write_all(stdin.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "peers.py {args:?} failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Makes the keys in `folder`; as JSON for the peers, and read.
fn keys(python: &Path, folder: &TempDir) -> (String, Vec<PeerKey>) {
    let made = peers(python, &["keys", folder.path().to_str().unwrap()], "");
    (made.to_string(), serde_json::from_value(made).unwrap())
}

/// Runs with a key and no surprises from the environment; the token that stdout carries.
fn signed(args: &[&str], file: &str, alg: &str) -> String {
    let ran = Run::new(args.iter().copied().chain(["--key", file, "--alg", alg])).run();
    assert_eq!(ran.status, 0, "{args:?} with {file} as {alg}: {ran:?}");
    ran.stdout.trim_end().to_owned()
}

#[test]
fn the_peers_accept_what_the_program_signs() {
    let Some(python) = python() else { return };
    let folder = TempDir::new();
    let (_, keys) = keys(&python, &folder);
    let mut cases = Vec::new();
    for key in &keys {
        for alg in &key.algs {
            let mut case = |how: &str, file: &str, token: String| {
                let name = format!("{how} with {file} as {alg}");
                cases.push(json!({"name": name, "alg": alg, "key": key.peer, "secret": key.secret, "token": token}));
            };
            for file in &key.private {
                // Year 2100: the peers read their own clocks.
                let claims = r#"{"sub":"älice", "exp" : 4102444800,"n":12345678901234567890}"#;
                case("encode", file, signed(&["encode", claims], file, alg));
            }
            let file = &key.private[0];
            case(
                "issue",
                file,
                signed(&["issue", "--user", "älice"], file, alg),
            );
        }
    }
    let expected_at_least = keys.iter().map(|key| key.algs.len()).sum::<usize>() * 2;
    assert!(cases.len() >= expected_at_least && cases.len() > 80);
    let answer = peers(
        &python,
        &["verify"],
        &Value::from(cases.clone()).to_string(),
    );
    assert_eq!(answer["failures"], json!([]));
    assert!(answer["checked"].as_u64().unwrap() >= 2 * cases.len() as u64);
}

#[test]
fn the_program_accepts_what_the_peers_sign() {
    let Some(python) = python() else { return };
    let folder = TempDir::new();
    let (made, keys) = keys(&python, &folder);
    let tokens: Vec<PeerToken> = serde_json::from_value(peers(&python, &["sign"], &made)).unwrap();
    assert!(tokens.len() > 100, "{} tokens", tokens.len());
    let mut algorithms: Vec<&str> = tokens.iter().map(|token| token.alg.as_str()).collect();
    algorithms.sort_unstable();
    algorithms.dedup();
    assert_eq!(
        algorithms.len(),
        jwtsess::internals::core::algorithm::Algorithm::ALL.len()
    );
    let mut failures = Vec::new();
    for one in &tokens {
        for file in &one.files {
            let what = format!(
                "{} signed {} as {}, read from {file}",
                one.peer, one.name, one.alg
            );
            let ran = Run::new(["verify", &one.token, "--key", file]).run();
            if ran.status != 0 {
                failures.push(format!("{what}: {ran:?}"));
            }
            let ran = Run::new(["verify", &changed(&one.token), "--key", file]).run();
            if ran.status != 4 {
                failures.push(format!("{what}, changed: {ran:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(keys.iter().any(|key| key.public.len() > 1));
}

/// The token with the first character of its signature changed.
fn changed(token: &str) -> String {
    let at = token.rfind('.').unwrap() + 1;
    let other = if token.as_bytes()[at] == b'A' {
        "B"
    } else {
        "A"
    };
    format!("{}{other}{}", &token[..at], &token[at + 1..])
}
