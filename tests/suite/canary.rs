//! No secret and no private key ever reaches a stream: every command is run with marked key material, rightly and wrongly, and everything it prints is searched.
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::process::{Run, RunResult, TempDir};

/// 48 bytes that occur nowhere else.
const CANARY: &str = "canary-9f2c71e4b85d-never-to-be-seen-7a60e3d1c4b";

/// Every spelling under which a secret could slip out.
fn spellings(secret: &[u8]) -> Vec<String> {
    use std::fmt::Write as _;
    let hex = secret.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    });
    let mut spellings = vec![
        hex.to_uppercase(),
        hex,
        STANDARD.encode(secret),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ];
    if let Ok(text) = std::str::from_utf8(secret) {
        spellings.push(text.to_owned());
        // A part would be too much, too.
        spellings.push(text[..text.len() / 2].to_owned());
        spellings.push(text[text.len() / 2..].to_owned());
    }
    spellings
}

fn search(what: &str, ran: &RunResult, secrets: &[Vec<u8>]) {
    for secret in secrets {
        for spelling in spellings(secret) {
            for (stream, text) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
                assert!(!text.contains(&spelling), "{what}: a secret is on {stream}");
            }
        }
    }
}

/// The private members of a JWK and the body lines of a PEM: what of a key file must not be seen.
fn private_parts(file: &str) -> Vec<Vec<u8>> {
    if let Ok(jwk) = serde_json::from_str::<serde_json::Value>(file) {
        let set = jwk["keys"].as_array();
        return set
            .map_or(std::slice::from_ref(&jwk), Vec::as_slice)
            .iter()
            .flat_map(|jwk| ["d", "p", "q", "dp", "dq", "qi", "k"].map(|name| &jwk[name]))
            .filter_map(|member| member.as_str().map(|text| text.as_bytes().to_vec()))
            .collect();
    }
    file.lines()
        .filter(|line| !line.starts_with('-') && line.len() > 40)
        .map(|line| line.as_bytes().to_vec())
        .collect()
}

#[test]
fn no_secret_is_ever_seen() {
    let folder = TempDir::new();
    let canary = CANARY.as_bytes().to_vec();
    let as_file = folder.file("secret", format!("{CANARY}\n"));
    let two_lines = folder.file("two", format!("{CANARY}\n\n"));
    let dotenv = folder.file("env", format!("OTHER=1\nJWT_SECRET={CANARY}\n"));
    let broken_jwk = folder.file(
        "broken.jwk",
        format!(
            r#"{{"kty":"oct","k":"{}="}}"#,
            URL_SAFE_NO_PAD.encode(&canary)
        ),
    );
    let refs = [
        "env:CANARY".to_owned(),
        "env:BROKEN".to_owned(),
        format!("file:{as_file}"),
        format!("file:{two_lines}"),
        format!("dotenv:{dotenv}#JWT_SECRET"),
        format!("dotenv:{dotenv}#MISSING"),
        format!("base64:{}", STANDARD.encode(&canary)),
        format!("base64:{}!", STANDARD.encode(&canary)),
        format!("base64url:{}", URL_SAFE_NO_PAD.encode(&canary)),
        format!("base64url:{}=", URL_SAFE_NO_PAD.encode(&canary)),
        format!("hex:{}", spellings(&canary)[1]),
        format!("hex:{}0", spellings(&canary)[1]),
        format!("raw:{CANARY}"),
        CANARY.to_owned(),
    ];
    let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMH0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let commands: &[&[&str]] = &[
        &["issue", "--user", "alice"],
        &[
            "issue",
            "--user",
            "alice",
            "--profile",
            "pair",
            "-o",
            "wire",
        ],
        &["issue"],
        &["issue", "--user", "alice", "--alg", "RS256"],
        &["inspect", token],
        &["verify", token],
        &["verify", token, "--alg", "HS512"],
        &["renew", token],
        &["decode", token],
        &["encode", r#"{"sub":"alice"}"#],
        &["encode", "{"],
        &["key", "show"],
        &["no-such-command"],
        &["verify", token, "--no-such-flag"],
        &["sign", token],
    ];
    let mut runs = 0;
    for reference in &refs {
        for command in commands {
            for json in [&[][..], &["--json", "-v"]] {
                let args: Vec<&str> = command
                    .iter()
                    .copied()
                    .chain(["--secret", reference])
                    .chain(json.iter().copied())
                    .collect();
                let ran = Run::new(&args)
                    .env("CANARY", CANARY)
                    .env("BROKEN", format!("-----BEGIN {CANARY}"))
                    .run();
                search(
                    &args.join(" ").replace(CANARY, "…"),
                    &ran,
                    std::slice::from_ref(&canary),
                );
                runs += 1;
            }
        }
    }
    for command in commands {
        let ran = Run::new(command.iter().copied().chain(["--key", &broken_jwk])).run();
        search(&command.join(" "), &ran, std::slice::from_ref(&canary));
    }
    assert!(runs > 300);
}

/// What of a key file only its owner may see, as bytes and in base64url: of a PEM file its lines hold the public part as well.
fn private_members(file: &str) -> Vec<Vec<u8>> {
    use jwtsess::internals::core::{keyfile, secret::Secret};
    let Ok(read) = keyfile::read(&Secret::new(file.as_bytes().to_vec())) else {
        return private_parts(file);
    };
    let mut members = Vec::new();
    for key in read.keys.keys() {
        let public = key.to_jwk(false);
        for (name, value) in key.to_jwk(true) {
            if name != "key_ops" && !public.contains_key(&name) {
                let text = value.as_str().unwrap();
                members.push(URL_SAFE_NO_PAD.decode(text).unwrap());
                members.push(text.as_bytes().to_vec());
            }
        }
    }
    members
}

/// Runs every command that reads a key with this one, and searches what it prints for what only the owner may see.
fn show_nothing_private(path: &str, text: &str) {
    let secrets = private_members(text);
    for args in [
        &["key", "show", path][..],
        &["key", "show", path, "--json", "-v"],
        &["key", "jwks", path, "-v"],
        &[
            "key", "convert", path, "--public", "--format", "jwks", "--json",
        ],
        &["key", "rotate", path, "--dry-run", "--json"],
    ] {
        search(&args.join(" "), &Run::new(args).run(), &secrets);
    }
    let secrets = private_parts(text);
    for command in [
        &["key", "show"][..],
        &["issue", "--user", "alice"],
        &["encode", "{}"],
        &["verify", "a.b.c"],
        &["inspect", "a.b.c"],
    ] {
        for flag in [&["--key", path][..], &["--secret", &format!("file:{path}")]] {
            let args: Vec<&str> = command
                .iter()
                .chain(flag)
                .copied()
                .chain(["--json", "-v"])
                .collect();
            search(&args.join(" "), &Run::new(&args).run(), &secrets);
        }
    }
}

#[test]
fn no_private_key_is_ever_seen() {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/keys");
    let private = |text: &String| {
        text.contains("PRIVATE KEY") || text.contains("\"d\"") || text.contains("\"k\"")
    };
    let keys: Vec<(String, String)> = std::fs::read_dir(fixtures)
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).ok().filter(private)?;
            Some((path.to_str().unwrap().to_owned(), text))
        })
        .collect();
    assert!(keys.len() > 20, "{}", keys.len());
    std::thread::scope(|scope| {
        for some in keys.chunks(keys.len().div_ceil(2)) {
            scope.spawn(move || {
                for (path, text) in some {
                    show_nothing_private(path, text);
                }
            });
        }
    });
}

#[test]
fn help_never_shows_what_the_environment_holds() {
    for command in [
        &["--help"][..],
        &["issue", "--help"],
        &["verify", "--help"],
        &["inspect", "--help"],
        &["renew", "--help"],
        &["encode", "--help"],
        &["decode", "--help"],
        &["key", "--help"],
        &["key", "generate", "--help"],
        &["key", "show", "--help"],
        &["key", "jwks", "--help"],
        &["key", "convert", "--help"],
        &["key", "rotate", "--help"],
    ] {
        let ran = Run::new(command)
            .env("JWTSESS_SECRET", CANARY)
            .env("JWTSESS_KEY", CANARY)
            .run();
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert!(ran.stdout.len() > 200);
        search(&command.join(" "), &ran, &[CANARY.as_bytes().to_vec()]);
    }
}
