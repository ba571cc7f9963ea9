//! `key generate`: what is made, in which form, and where.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use super::{json, path, run, told};
use crate::cli::testing::{Call, Folder};
use crate::core::algorithm::Algorithm;

#[test]
fn generate_prints_a_key_alone() {
    assert_snapshot!(run(&["key", "generate", "--alg", "EdDSA"]), @r#"
    --- stdout
    {
      "kty": "OKP",
      "kid": "3iR-H6Xx_3rpt7eNMUVNazSZkUclb_cekBJZZL4mlUs",
      "alg": "EdDSA",
      "crv": "Ed25519",
      "x": "TLWr9q15-_WrvMr8wmnYXNJlHtS4hbWGnyQa7fCluik",
      "d": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"
    }
    --- exit 0
    "#);
    assert_snapshot!(run(&["key", "generate", "--alg", "HS256", "--kid", "k1", "--format", "jwks"]), @r#"
    --- stdout
    {
      "keys": [
        {
          "kty": "oct",
          "kid": "k1",
          "alg": "HS256",
          "k": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"
        }
      ]
    }
    --- exit 0
    "#);
    assert_snapshot!(run(&["key", "generate", "--alg", "EdDSA", "--format", "pem"]), @r"
    --- stdout
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB
    -----END PRIVATE KEY-----
    --- exit 0
    ");
    let seen = Call::new(&["key", "generate", "--alg", "EdDSA", "--format", "pem"]);
    assert_snapshot!(seen.at_a_terminal(&[]).run().stderr, @r"
    jwtsess: [33mwhoever has this key can sign tokens as you do; to keep it in a file
             that only you can read: --out FILE[0m
    ");
    let bytes = Call::new(&["key", "generate", "--alg", "HS256", "--format", "raw"]);
    assert_snapshot!(bytes.at_a_terminal(&[]).run(), @r"
    --- stderr
    jwtsess: [1;31merror:[0m a terminal can't show these bytes
    jwtsess: [1mhint:[0m give --out FILE, or another --format
    --- exit 2
    ");
}

#[test]
fn generate_makes_a_key_for_every_algorithm_that_then_signs_with_it() {
    let folder = Folder::new();
    for algorithm in Algorithm::ALL {
        for ending in ["jwk", "jwks", "pem", "der", "bin"] {
            let is_secret = algorithm.is_hmac();
            let unfit = if is_secret {
                matches!(ending, "pem" | "der")
            } else {
                ending == "bin"
            };
            if unfit {
                continue;
            }
            let file = path(&folder, &format!("{algorithm}.{ending}"));
            let made = run(&["key", "generate", "--alg", algorithm.name(), "--out", &file]);
            assert_eq!((made.exit, made.stdout.as_str()), (0, ""), "{made}");
            let mut args = vec!["encode", "{}", "--key", &file];
            if !matches!(ending, "jwk" | "jwks") {
                args.extend(["--alg", algorithm.name()]);
            }
            let signed = run(&args);
            let decoded = run(&["decode", signed.stdout.trim_end(), "--json"]).stdout;
            assert_eq!(
                json(&decoded)["header"]["alg"],
                algorithm.name(),
                "{signed}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn generate_never_writes_over_a_file_or_through_a_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new();
    let file = path(&folder, "key.jwk");
    let generate = |file: &str, more: &[&str]| {
        run(&[
            &[
                "key", "generate", "--alg", "EdDSA", "--kid", "k", "--out", file,
            ],
            more,
        ]
        .concat())
    };
    assert_snapshot!(told(&generate(&file, &[]), &folder), @r"
    --- stderr
    jwtsess: made key.jwk: Ed25519 private key as a JWK, kid k
    --- exit 0
    ");
    let first = std::fs::read(&file).unwrap();
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_snapshot!(told(&generate(&file, &[]), &folder), @r"
    --- stderr
    jwtsess: error: key.jwk already exists
    jwtsess: hint: choose another name, or replace the file with --force
    --- exit 1
    ");
    assert_eq!(std::fs::read(&file).unwrap(), first);
    let forced = generate(&file, &["--force", "--alg", "HS512"]);
    assert_eq!(forced.exit, 2, "--alg twice: {forced}");
    let forced = run(&[
        "key", "generate", "--alg", "HS512", "--out", &file, "--force",
    ]);
    assert_eq!(forced.exit, 0, "{forced}");
    assert_ne!(std::fs::read(&file).unwrap(), first);
    let (link, target) = (path(&folder, "link.jwk"), path(&folder, "elsewhere"));
    symlink(&target, &link).unwrap();
    assert_snapshot!(told(&generate(&link, &[]), &folder), @r"
    --- stderr
    jwtsess: error: link.jwk already exists
    jwtsess: hint: choose another name, or replace the file with --force
    --- exit 1
    ");
    assert_snapshot!(told(&generate(&link, &["--force"]), &folder), @r"
    --- stderr
    jwtsess: error: can't write link.jwk: it is a symbolic link: give the file that it points to
    --- exit 1
    ");
    assert!(!std::path::Path::new(&target).exists());
    assert_snapshot!(told(&generate(&path(&folder, "none/key.jwk"), &[]), &folder), @r"
    --- stderr
    jwtsess: error: can't write none/key.jwk: the folder does not exist
    --- exit 1
    ");
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        2,
        "no draft stays"
    );
}
