//! The group `key` through the tests' world: stdout, stderr, exit status, and the files that are there afterwards.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod convert;
mod generate;
mod jwks;
mod rotate;
mod show;

use insta::assert_snapshot;
use serde_json::Value;

use crate::cli::testing::{Call, CallResult, Folder};

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/");

fn fixture(name: &str) -> String {
    format!("{KEYS}{name}")
}

fn run(args: &[&str]) -> CallResult {
    Call::new(args).wide().run()
}

/// As it is printed, without the folders' own paths, and without who else may use a file: a checkout's modes are not ours.
fn told(called: &CallResult, folder: &Folder) -> String {
    let folder = format!("{}/", folder.path().display());
    let text = called.to_string().replace(&folder, "").replace(KEYS, "");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains("other users can "))
        .collect();
    lines.join("\n").replace("--- stderr\n---", "---")
}

fn path(folder: &Folder, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The values of every private or secret member in a key file's text.
fn private_members(text: &str) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(text)
                            if ["d", "p", "q", "dp", "dq", "qi", "k"].contains(&name.as_str()) =>
                        {
                            found.push(text.clone());
                        }
                        other => collect(other, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&json(text), &mut found);
    found
}

#[test]
fn what_does_not_fit_together_is_said() {
    let folder = Folder::new();
    let table: [(&[&str], u8, &str); 14] = [
        (
            &["--bits", "2047", "--alg", "RS256"],
            2,
            "--bits: an RSA key can't have 2047 bits",
        ),
        (
            &["--bits", "256"],
            2,
            "--bits: the length of an EC P-256 key is fixed",
        ),
        (
            &["--bits", "256", "--alg", "HS512"],
            2,
            "--bits: 256 bits are too few for HS512, which needs 512",
        ),
        (&["--bits", "many"], 2, "--bits"),
        (
            &["--alg", "Ed448"],
            2,
            "--alg: jwtsess does not have this algorithm",
        ),
        (&["--alg", "none"], 2, "--alg: it means unsigned"),
        (&["--kid", ""], 2, "--kid"),
        (&["--out", ""], 2, "--out: it is empty"),
        (&["--force"], 2, "--out"),
        (
            &["--alg", "HS256", "--format", "pem"],
            1,
            "a secret can't be written as PEM or DER",
        ),
        (
            &["--format", "raw"],
            1,
            "an EC key can't be written as raw bytes",
        ),
        (&["--format", "jks"], 2, "--format does not take that value"),
        (&["key.pem"], 2, "unexpected argument"),
        (&["--secret", "env:X"], 2, "there is no flag --secret"),
    ];
    for (args, exit, says) in table {
        let called = run(&[&["key", "generate"], args].concat());
        assert_eq!(
            (called.exit, called.stdout.as_str()),
            (exit, ""),
            "{args:?}: {called}"
        );
        assert!(called.stderr.contains(says), "{args:?}: {called}");
        if exit == 2 {
            assert!(called.stderr.contains("hint: "), "{args:?}: {called}");
        }
    }
    let set = fixture("public.jwks.json");
    assert_snapshot!(told(&run(&["key", "convert", &set, "--format", "jwk"]), &folder), @r"
    --- stderr
    jwtsess: error: a JWK holds one key, but there are 5
    jwtsess: hint: write them as a set (--format jwks), or choose one with --kid
    --- exit 1
    ");
    assert_snapshot!(told(&run(&["key", "convert", &set, "--format", "jwk", "--kid", "no"]), &folder), @r"
    --- stderr
    jwtsess: error: no key has that kid; the kids are: rsa, ec-p256, ec-p384, ec-p521, ed25519
    --- exit 1
    ");
    assert_snapshot!(told(&run(&["key", "convert", &set]), &folder), @r"
    --- stderr
    jwtsess: error: the format of the key was not given
    jwtsess: hint: give --format jwk, jwks, pem, der or raw, or a file name that says it, such as --out FILE.pem
    --- exit 2
    ");
    assert_snapshot!(told(&run(&["key", "show", "nowhere.pem"]), &folder), @r"
    --- stderr
    jwtsess: error: nowhere.pem: no such file
    --- exit 1
    ");
    assert_snapshot!(told(&run(&["key", "convert", "https://issuer.example/jwks.json", "--format", "jwks"]), &folder), @r"
    --- stderr
    jwtsess: error: https://issuer.example/jwks.json: this command takes no keys at an address
    jwtsess: hint: fetch them first, then give the file: jwtsess key jwks URL > keys.json
    --- exit 1
    ");
    assert_snapshot!(run(&["key", "jwks"]), @r"
    --- stderr
    jwtsess: error: FILE is missing
    jwtsess: hint: see jwtsess key jwks --help
    --- exit 2
    ");
}

#[test]
fn near_misses_name_the_right_word() {
    assert_snapshot!(run(&["key"]), @r"
    --- stderr
    jwtsess: error: key needs one of its commands
    jwtsess: hint: its commands are: jwtsess key generate, jwtsess key show, jwtsess key jwks, jwtsess key convert, jwtsess key rotate
    --- exit 2
    ");
    assert_snapshot!(run(&["key", "new"]), @r"
    --- stderr
    jwtsess: error: jwtsess key has no command `new`
    jwtsess: hint: did you mean: jwtsess key generate
    --- exit 2
    ");
    assert_snapshot!(run(&["key", "generat"]), @r"
    --- stderr
    jwtsess: error: jwtsess key has no command `generat`
    jwtsess: hint: did you mean: jwtsess key generate
    --- exit 2
    ");
    assert_snapshot!(run(&["keygen"]), @r"
    --- stderr
    jwtsess: error: there is no `keygen` command
    jwtsess: hint: to make a key: jwtsess key generate; to see all the key commands: jwtsess key --help
    --- exit 2
    ");
    let command = |args: &[&str]| json(&run(args).stdout)["command"].clone();
    assert_eq!(command(&["key", "show", "--json", "--no-such"]), "key show");
    assert_eq!(command(&["key", "--json"]), "key");
    assert_eq!(command(&["--json", "key", "convert"]), "key convert");
}

#[test]
fn an_answer_that_nobody_got_is_no_quiet_end_where_a_file_was_written() {
    let folder = Folder::new();
    let out = path(&folder, "key.jwk");
    let call = |more: &[&str]| {
        let args = [&["key", "generate", "--json"], more].concat();
        let call = Call::new(&args).stdout_fails(std::io::ErrorKind::BrokenPipe);
        told(&call.wide().run(), &folder)
    };
    assert_snapshot!(call(&["--out", &out]), @r"
    --- stderr
    jwtsess: error: the reader of the output went away; key.jwk was written
    jwtsess: hint: to see what is in it: jwtsess key show FILE
    --- exit 1
    ");
    assert_snapshot!(call(&[]), @r"
    --- exit 0
    ");
}
