//! Where a key is from and what is said of it, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod canary;
mod forms;
mod several;

use crate::cli::testing::{Call, CallResult, Folder};

const SECRET: &str = "a-secret-of-more-than-256-bits-for-the-tests-alone";

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/");
    std::fs::read(format!("{folder}{name}")).unwrap()
}

/// A folder with copies of fixtures that no one else can read.
fn folder(names: &[&str]) -> Folder {
    let folder = Folder::new();
    for name in names {
        let path = folder.file(name, fixture(name));
        set_mode(&path, 0o600);
    }
    folder
}

#[cfg(unix)]
fn set_mode(path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_: &str, _: u32) {}

/// `encode {}` with these words behind it: signs, or says why not. The folder's own path is left out of what it says.
fn said(call: Call, folder: &Folder) -> (u8, String) {
    let CallResult { exit, stderr, .. } = call.env("NO_COLOR", "1").run();
    let path = format!("{}/", folder.path().display());
    let stderr = stderr.replace(&path, "").replace("jwtsess: ", "");
    let stderr = stderr.replace(
        "no exp: the token never expires (to set one: --ttl 1h)\n",
        "",
    );
    (exit, stderr.trim_end().replace('\n', " | "))
}

fn signing(folder: &Folder, keys: &[&str], more: &[&str]) -> Call {
    let mut words = vec!["encode".to_owned(), "{}".to_owned()];
    for key in keys {
        words.push("--key".to_owned());
        words.push(folder.path().join(key).to_str().unwrap().to_owned());
    }
    words.extend(more.iter().map(|&word| word.to_owned()));
    Call::new(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_source_that_is_named_is_used_or_refused() {
    let folder = folder(&[]);
    folder.file(".env", format!("JWT_SECRET='{SECRET}'\nEMPTY=\n"));
    set_mode(folder.path().join(".env").to_str().unwrap(), 0o600);
    let dotenv = |name: &str| format!("dotenv:{}/.env#{name}", folder.path().display());
    let call = |secret: &str| {
        Call::new(&["encode", "{}", "--secret", secret])
            .env("HOME", folder.path())
            .env("GOOD", SECRET)
            .env("NOTHING", "")
    };
    let table = [
        ("env:GOOD".to_owned(), 0, ""),
        (dotenv("JWT_SECRET"), 0, ""),
        (
            "env:MISSING".to_owned(),
            1,
            "error: env:MISSING: the variable is not set | hint: check that it is exported; jwtsess tries no other source in its place",
        ),
        (
            "env:NOTHING".to_owned(),
            1,
            "error: env:NOTHING: it is empty | hint: an empty key would let anyone sign: check that the secret is set for this job; jwtsess tries no other source in its place",
        ),
        (
            dotenv("EMPTY"),
            1,
            "error: dotenv:.env#EMPTY: it is empty | hint: an empty key would let anyone sign: check that the secret is set for this job; jwtsess tries no other source in its place",
        ),
        (
            dotenv("OTHER"),
            1,
            "error: dotenv:.env#OTHER: the file does not set that name",
        ),
        (
            "base64:a!b".to_owned(),
            1,
            "warning: a secret on the command line stays in the shell's history and shows in process lists: use env:NAME, file:PATH or prompt | error: --secret: it is not base64 at character 2 | hint: to use the characters themselves, write raw: before them",
        ),
        (
            String::new(),
            1,
            "error: --secret: it is empty | hint: an empty key would let anyone sign: check that the secret is set for this job; jwtsess tries no other source in its place",
        ),
    ];
    for (reference, exit, expected) in table {
        assert_eq!(
            said(call(&reference), &folder),
            (exit, expected.to_owned()),
            "{reference}"
        );
    }
}

#[test]
fn the_flag_comes_before_the_environment_and_that_before_the_profile() {
    let folder = folder(&["ec-p256.jwk", "ed25519.jwk", "rsa-2048.jwk"]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let config = folder.file(
        "config.toml",
        format!(
            "[profiles.mine]\nextends = 'plain'\nkey = '{}'\n",
            path("rsa-2048.jwk")
        ),
    );
    let algorithm = |call: Call| {
        let called = call.run();
        let token = called.stdout.trim_end().to_owned();
        let decoded = Call::new(&["decode", &token, "--json"]).run().stdout;
        let decoded: serde_json::Value = serde_json::from_str(&decoded).unwrap();
        assert_eq!(called.exit, 0, "{called}");
        decoded["header"]["alg"].as_str().unwrap().to_owned()
    };
    let words = ["encode", "{}", "--config", &config, "--profile", "mine"];
    let ed25519 = path("ed25519.jwk");
    let flag = [&words[..], &["--key", &ed25519]].concat();
    let environment = || Call::new(&words).env("JWTSESS_KEY", path("ec-p256.jwk"));
    assert_eq!(algorithm(Call::new(&words)), "RS256");
    assert_eq!(algorithm(environment()), "ES256");
    let both = Call::new(&flag).env("JWTSESS_KEY", path("ec-p256.jwk"));
    assert_eq!(algorithm(both), "EdDSA");
    // What the profile names is used or refused, like any other.
    std::fs::remove_file(path("rsa-2048.jwk")).unwrap();
    assert_eq!(
        said(Call::new(&words), &folder),
        (
            1,
            "error: rsa-2048.jwk: no such file | hint: to use a secret in a variable: --secret env:NAME"
                .to_owned()
        )
    );
    let two = environment().env("JWTSESS_SECRET", "env:X");
    assert_eq!(
        said(two, &folder),
        (
            2,
            "error: JWTSESS_SECRET and JWTSESS_KEY are both set | hint: unset one of them, or give --secret or --key"
                .to_owned()
        )
    );
}

#[test]
fn an_encrypted_key_is_opened_by_what_is_named_or_typed() {
    let folder = folder(&["encrypted.pkcs8.pem", "encrypted.rsa.pem", "ec-p256.jwk"]);
    let file = folder.file("passphrase", "jwtsess\n");
    set_mode(&file, 0o600);
    let by_file = format!("file:{file}");
    let key = ["encrypted.pkcs8.pem"];
    let call = |more: &[&str]| signing(&folder, &key, more).env("RIGHT", "jwtsess");
    let named = ["--key-passphrase", "env:RIGHT"];
    let table = [
        (call(&named), 0, ""),
        (call(&["--key-passphrase", &by_file]), 0, ""),
        (call(&[]).env("JWTSESS_KEY_PASSPHRASE", "env:RIGHT"), 0, ""),
        (
            call(&[]).at_a_terminal(&["jwtsess"]),
            0,
            "? passphrase of encrypted.pkcs8.pem",
        ),
        (
            call(&["--key-passphrase", "prompt"]).at_a_terminal(&["jwtsess"]),
            0,
            "? passphrase",
        ),
        (
            call(&[]),
            1,
            "error: encrypted.pkcs8.pem: an encrypted PKCS#8 private key needs its passphrase | hint: say where to find the passphrase: --key-passphrase env:NAME, or JWTSESS_KEY_PASSPHRASE=env:NAME",
        ),
        (
            call(&["--no-input"]).at_a_terminal(&["jwtsess"]),
            1,
            "error: encrypted.pkcs8.pem: an encrypted |          PKCS#8 private key needs its passphrase | hint: say where to find the passphrase: --key-passphrase env:NAME, or |          JWTSESS_KEY_PASSPHRASE=env:NAME",
        ),
        (
            call(&["--key-passphrase", "env:RIGHT"]).env("RIGHT", "wrong"),
            1,
            "error: encrypted.pkcs8.pem: the passphrase does not open an encrypted PKCS#8 private key, or the file is damaged | hint: to type the passphrase: --key-passphrase prompt; to test the file: openssl pkey -in FILE -noout",
        ),
        (
            call(&["--key-passphrase", "env:MISSING"]),
            1,
            "error: env:MISSING: the variable is not set | hint: check that it is exported; jwtsess tries no other source in its place",
        ),
        (
            signing(&folder, &["ec-p256.jwk"], &named).env("RIGHT", "jwtsess"),
            0,
            "--key-passphrase was not needed: no key given is encrypted",
        ),
        (
            signing(&folder, &["ec-p256.jwk"], &[]).env("JWTSESS_KEY_PASSPHRASE", "env:MISSING"),
            0,
            "",
        ),
    ];
    for (at, (call, exit, expected)) in table.into_iter().enumerate() {
        assert_eq!(said(call, &folder), (exit, expected.to_owned()), "row {at}");
    }
    let two = ["encrypted.pkcs8.pem", "encrypted.rsa.pem"];
    let both = signing(&folder, &two, &["--alg", "RS256"]);
    assert_eq!(
        said(both.at_a_terminal(&["jwtsess", "jwtsess"]), &folder),
        (
            0,
            "? passphrase of encrypted.pkcs8.pem | ? passphrase of encrypted.rsa.pem".to_owned()
        ),
        "each is asked for"
    );
}

#[test]
fn several_private_keys_that_fit_are_listed() {
    let folder = folder(&[
        "ec-p256.jwk",
        "ed25519.jwk",
        "jose.jwks.json",
        "jose-ES256.jwk",
    ]);
    let two = ["ec-p256.jwk", "ed25519.jwk"];
    let table = [
        (
            signing(&folder, &two, &[]),
            2,
            "error: several keys could sign: (no kid), ES256; (no kid), EdDSA Ed25519 | hint: choose one with --kid or --alg",
        ),
        (signing(&folder, &two, &["--alg", "ES256"]), 0, ""),
        (
            signing(&folder, &["jose.jwks.json"], &[]),
            2,
            "error: several keys could sign: (no kid), ES256; (no kid), ES384 | hint: choose one with --kid or --alg",
        ),
        (
            signing(
                &folder,
                &["jose-ES256.jwk", "ed25519.jwk"],
                &["--kid", "jose-ES256"],
            ),
            0,
            "",
        ),
        (
            signing(
                &folder,
                &["jose-ES256.jwk", "ed25519.jwk"],
                &["--kid", "other"],
            ),
            1,
            "error: no private key has that kid; the kids are: jose-ES256 | hint: choose one of them with --kid",
        ),
        (
            signing(&folder, &["ed25519.jwk", "ed25519.jwk"], &[]),
            0,
            "",
        ),
    ];
    for (at, (call, exit, expected)) in table.into_iter().enumerate() {
        assert_eq!(said(call, &folder), (exit, expected.to_owned()), "row {at}");
    }
}

#[test]
fn a_key_is_read_from_standard_input_once() {
    let folder = folder(&["ec-p256.jwk"]);
    let call = |words: &[&str]| Call::new(words).stdin(fixture("ec-p256.jwk"));
    assert_eq!(
        said(call(&["encode", "{}", "--key", "-"]), &folder),
        (0, String::new())
    );
    // Not the key itself, which no payload may be.
    let both = Call::new(&["encode", "-", "--key", "-"]).stdin("{}");
    let (exit, words) = said(both, &folder);
    assert_eq!(exit, 2);
    assert!(
        words.starts_with("error: standard input can't be both the payload and --key"),
        "{words}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_use_is_a_warning() {
    let folder = folder(&["ec-p256.jwk", "ec-p256.public.jwk"]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let private = || said(signing(&folder, &["ec-p256.jwk"], &[]), &folder);
    let read = "warning: other users can read ec-p256.jwk and sign tokens with its key: run chmod go-r on the file";
    let written = "warning: other users can change ec-p256.jwk and so choose the key: run chmod go-w on the file";
    for (mode, expected) in [
        (0o600, String::new()),
        (0o640, read.to_owned()),
        (0o622, written.to_owned()),
        (0o666, format!("{written} | {read}")),
    ] {
        set_mode(&path("ec-p256.jwk"), mode);
        assert_eq!(private(), (0, expected), "{mode:o}");
    }
    for (mode, warned) in [(0o644, false), (0o664, true)] {
        set_mode(&path("ec-p256.public.jwk"), mode);
        let called = Call::new(&["inspect", "a.b.c", "--key", &path("ec-p256.public.jwk")]).run();
        assert_eq!(
            called.stderr.contains("other users can change"),
            warned,
            "{mode:o} {called}"
        );
        assert!(!called.stderr.contains("can be read"), "{called}");
    }
}
