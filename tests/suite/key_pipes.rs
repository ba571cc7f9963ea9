//! Keys that come through pipes and descriptors, as shells make them, and keys of a private set.
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::process::{Run, TempDir, jwtsess};

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys");
const SECRET: &str = "correct-horse-battery-staple, 36 bytes";

/// Runs a line of bash in a folder, with the program in its path; `$KEYS` is where the fixtures are, `$S` the secret.
fn bash(line: &str, folder: &TempDir) -> (i32, String, String) {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_jwtsess"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let output = Command::new("bash")
        .args(["-c", line])
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", path)
        .env("HOME", folder.path())
        .env("KEYS", KEYS)
        .env("S", SECRET)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let status = output.status.code().unwrap_or(-1);
    (status, text(output.stdout), text(output.stderr))
}

fn header(token: &str) -> Value {
    let decoded = jwtsess(&["decode", token.trim_end(), "--json"]);
    serde_json::from_str::<Value>(&decoded.stdout).unwrap()["header"].clone()
}

#[cfg(unix)]
#[test]
fn a_key_comes_through_whatever_a_shell_makes_of_it() {
    let folder = TempDir::new();
    folder.file("settings.env", format!("OTHER=1\nJWT={SECRET}\n"));
    let table = [
        ("jwtsess encode {} --key - <$KEYS/ec-p256.jwk", "ES256"),
        (
            "cat $KEYS/ec-p256.pkcs8.pem | jwtsess encode {} --key -",
            "ES256",
        ),
        (
            "cat $KEYS/ec-p256.pkcs8.der | jwtsess encode {} --key /dev/stdin",
            "ES256",
        ),
        (
            "cat $KEYS/ec-p256.pkcs8.der | jwtsess encode {} --key /proc/self/fd/0",
            "ES256",
        ),
        (
            "jwtsess encode {} --key /dev/fd/7 7<$KEYS/ed25519.pkcs8.pem",
            "EdDSA",
        ),
        (
            "jwtsess encode {} --key <(cat $KEYS/ed25519.pkcs8.pem)",
            "EdDSA",
        ),
        (
            "jwtsess encode {} --alg EdDSA --key <(cat $KEYS/ec-p256.jwk) --key <(cat $KEYS/ed25519.jwk)",
            "EdDSA",
        ),
        (
            "mkfifo fifo; cat $KEYS/ec-p384.jwk >fifo & jwtsess encode {} --key fifo",
            "ES384",
        ),
        (
            "JWTSESS_KEY=/dev/fd/9 jwtsess encode {} 9<$KEYS/ec-p521.jwk",
            "ES512",
        ),
        ("echo \"$S\" | jwtsess encode {} --secret file:-", "HS256"),
        (
            "echo \"$S\" | jwtsess encode {} --secret file:/dev/stdin",
            "HS256",
        ),
        (
            "jwtsess encode {} --secret file:/dev/fd/8 8<<<\"$S\"",
            "HS256",
        ),
        (
            "jwtsess encode {} --secret file:<(printf %s \"$S\")",
            "HS256",
        ),
        (
            "jwtsess encode {} --secret dotenv:settings.env#JWT",
            "HS256",
        ),
        (
            "jwtsess encode {} --secret dotenv:<(cat settings.env)#JWT",
            "HS256",
        ),
        (
            "jwtsess encode {} --secret dotenv:-#JWT <settings.env",
            "HS256",
        ),
        (
            "jwtsess encode {} --secret dotenv:/dev/fd/6#JWT 6<settings.env",
            "HS256",
        ),
        (
            "printf %s \"$S\" | JWTSESS_SECRET=file:- jwtsess encode {}",
            "HS256",
        ),
        (
            "jwtsess encode {} --key $KEYS/encrypted.pkcs8.pem --key-passphrase file:<(echo jwtsess)",
            "ES256",
        ),
    ];
    let public = format!("{KEYS}/public.jwks.json");
    for (line, algorithm) in table {
        let (status, token, stderr) = bash(line, &folder);
        assert_eq!(status, 0, "{line}: {stderr}");
        assert_eq!(header(&token)["alg"], algorithm, "{line}");
        let key = if algorithm == "HS256" {
            ["--secret", "env:S"]
        } else {
            ["--key", public.as_str()]
        };
        let verified = Run::new(["verify", token.trim_end(), "--jws"].iter().chain(&key))
            .env("S", SECRET)
            .run();
        assert_eq!(verified.status, 0, "{line}: {}", verified.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_descriptor_that_gives_nothing_is_named() {
    let folder = TempDir::new();
    let table = [
        (
            "jwtsess encode {} --key /dev/fd/77",
            1,
            "/dev/fd/77: no such file",
        ),
        (
            "jwtsess encode {} --secret file:/dev/fd/77",
            1,
            "/dev/fd/77: no such file",
        ),
        (
            "jwtsess encode {} --key -",
            1,
            "standard input: it is empty",
        ),
        ("jwtsess encode {} --key - <&-", 1, "standard input"),
        ("jwtsess encode {} --key <(true)", 1, "it is empty"),
        ("jwtsess encode {} --secret file:<(true)", 1, "it is empty"),
        (
            "jwtsess encode {} --key /dev/fd/7 7</dev/null",
            1,
            "it is a device, not a file",
        ),
        (
            "jwtsess encode {} --key /dev/fd/7 7</",
            1,
            "it is a directory",
        ),
        (
            "jwtsess encode {} --key <(head -c 100000 /dev/zero)",
            1,
            "it is larger than 64 KiB",
        ),
        (
            "jwtsess encode - --key - </dev/null",
            2,
            "standard input can't be both",
        ),
        (
            "jwtsess encode {} --key - --key - <$KEYS/ec-p256.jwk",
            2,
            "standard input can't be both",
        ),
    ];
    for (line, expected, says) in table {
        let (status, token, stderr) = bash(line, &folder);
        assert_eq!((status, token.as_str()), (expected, ""), "{line}: {stderr}");
        assert!(stderr.contains(says), "{line}: {stderr}");
    }
}

/// A private set of an EC and an RSA key, and one of an RSA key that has another name.
fn sets(folder: &TempDir) -> (String, String) {
    let key = |name: &str, kid: &str| {
        let text = std::fs::read_to_string(format!("{KEYS}/{name}")).unwrap();
        let mut jwk: Value = serde_json::from_str(&text).unwrap();
        jwk["kid"] = kid.into();
        jwk
    };
    let set = |name: &str, keys: &[Value]| {
        folder.file(name, serde_json::json!({ "keys": keys }).to_string())
    };
    let both = [key("ec-p256.jwk", "ec"), key("rsa-2048.jwk", "rsa")];
    (
        set("both.jwks", &both),
        set("other.jwks", &[both[1].clone(), key("ed25519.jwk", "ed")]),
    )
}

#[test]
fn a_private_set_signs_with_the_key_that_is_named() {
    let folder = TempDir::new();
    let (both, _) = sets(&folder);
    let issue =
        |more: &[&str]| jwtsess(&[&["issue", "--user", "alice", "--key", &both], more].concat());
    let undecided = issue(&[]);
    assert_eq!((undecided.status, undecided.stdout.as_str()), (2, ""));
    assert!(
        undecided.stderr.contains("ec, ES256; rsa, RS256"),
        "{}",
        undecided.stderr
    );
    for (more, alg, kid) in [
        (&["--kid", "ec"][..], "ES256", "ec"),
        (&["--kid", "rsa"], "RS256", "rsa"),
        (&["--kid", "rsa", "--alg", "PS512"], "PS512", "rsa"),
        (&["--alg", "RS384"], "RS384", "rsa"),
    ] {
        let issued = issue(more);
        let header = header(&issued.stdout);
        assert_eq!(
            (&header["alg"], &header["kid"]),
            (&alg.into(), &kid.into()),
            "{more:?}"
        );
        let verified = jwtsess(&["verify", issued.stdout.trim_end(), "--key", &both]);
        assert_eq!(verified.status, 0, "{}", verified.stderr);
    }
    let unknown = issue(&["--kid", "none"]);
    assert_eq!(unknown.status, 1, "{}", unknown.stderr);
}

#[test]
fn renewing_keeps_algorithm_and_kid_where_the_key_can() {
    let folder = TempDir::new();
    let (both, other) = sets(&folder);
    let issued = jwtsess(&[
        "issue", "--user", "alice", "--key", &both, "--kid", "rsa", "--alg", "PS384",
    ]);
    let token = issued.stdout.trim_end();
    let renewed = jwtsess(&["renew", token, "--key", &both]);
    assert_eq!(renewed.status, 0, "{}", renewed.stderr);
    assert_eq!(header(&renewed.stdout), header(token));
    let renewed = jwtsess(&["renew", token, "--key", &other]);
    assert_eq!(renewed.status, 0, "{}", renewed.stderr);
    assert_eq!(
        header(&renewed.stdout),
        header(token),
        "the set has that key, too"
    );
    // The old key checks alone: another has to sign.
    let public = folder.file("public.jwks", jwtsess(&["key", "jwks", &both]).stdout);
    let fresh = format!("{KEYS}/jose-ES256.jwk");
    let renewed = jwtsess(&["renew", token, "--key", &public, "--key", &fresh]);
    assert_eq!(renewed.status, 0, "{}", renewed.stderr);
    let changed = header(&renewed.stdout);
    let names = |header: &Value| {
        header
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&changed), names(&header(token)), "in place");
    assert_eq!(
        (&changed["alg"], &changed["kid"]),
        (&"ES256".into(), &"jose-ES256".into())
    );
    for says in [
        "alg changed from \"PS384\" to \"ES256\"",
        "kid changed from \"rsa\" to \"jose-ES256\"",
    ] {
        assert!(renewed.stderr.contains(says), "{}", renewed.stderr);
    }
}
