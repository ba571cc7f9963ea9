//! The group `key` through the tests' world: stdout, stderr, exit status, and the files that are there afterwards.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;
use serde_json::Value;

use crate::cli::testing::{Call, Called, Folder, NOW};
use crate::core::algorithm::Algorithm;

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/");

fn fixture(name: &str) -> String {
    format!("{KEYS}{name}")
}

fn run(args: &[&str]) -> Called {
    Call::new(args).wide().run()
}

/// As it is printed, without the folders' own paths, and without who else may use a file: a checkout's modes are not ours.
fn told(called: &Called, folder: &Folder) -> String {
    let folder = format!("{}/", folder.path().display());
    let text = called.to_string().replace(&folder, "").replace(KEYS, "");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains("by others: chmod"))
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
    jwtsess: [33mwhoever has this signs as you do; --out FILE keeps it in a file of your
             own[0m
    ");
    let bytes = Call::new(&["key", "generate", "--alg", "HS256", "--format", "raw"]);
    assert_snapshot!(bytes.at_a_terminal(&[]).run(), @r"
    --- stderr
    jwtsess: [1;31merror:[0m these are bytes that a terminal can't show
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
    jwtsess: error: key.jwk is there already
    jwtsess: hint: choose another name, or replace it with --force
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
    jwtsess: error: link.jwk is there already
    jwtsess: hint: choose another name, or replace it with --force
    --- exit 1
    ");
    assert_snapshot!(told(&generate(&link, &["--force"]), &folder), @r"
    --- stderr
    jwtsess: error: can't create link.jwk: it is a symbolic link: give the file that it leads to
    --- exit 1
    ");
    assert!(!std::path::Path::new(&target).exists());
    assert_snapshot!(told(&generate(&path(&folder, "none/key.jwk"), &[]), &folder), @r"
    --- stderr
    jwtsess: error: can't create none/key.jwk: there is no such folder
    --- exit 1
    ");
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        2,
        "no draft stays"
    );
}

#[test]
fn what_does_not_fit_together_is_said() {
    let folder = Folder::new();
    let table: [(&[&str], u8, &str); 14] = [
        (
            &["--bits", "2047", "--alg", "RS256"],
            2,
            "--bits: no RSA key of 2047 bits is made",
        ),
        (
            &["--bits", "256"],
            2,
            "--bits: the length of an EC P-256 key is fixed",
        ),
        (
            &["--bits", "256", "--alg", "HS512"],
            2,
            "--bits: 256 are too few for HS512, which needs 512",
        ),
        (&["--bits", "many"], 2, "--bits"),
        (
            &["--alg", "ES256K"],
            2,
            "--alg: not an algorithm that jwtsess has",
        ),
        (&["--alg", "none"], 2, "--alg: it means unsigned"),
        (&["--kid", ""], 2, "--kid"),
        (&["--out", ""], 2, "--out is empty"),
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
        (&["--format", "jks"], 2, "--format: not one of its values"),
        (&["key.pem"], 2, "is one argument too many"),
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
    jwtsess: error: 5 keys don't fit into one JWK
    jwtsess: hint: write them as a set, --format jwks, or take one of them with --kid
    --- exit 1
    ");
    assert_snapshot!(told(&run(&["key", "convert", &set, "--format", "jwk", "--kid", "no"]), &folder), @r"
    --- stderr
    jwtsess: error: no key has that kid; there are: rsa, ec-p256, ec-p384, ec-p521, ed25519
    --- exit 1
    ");
    assert_snapshot!(told(&run(&["key", "convert", &set]), &folder), @r"
    --- stderr
    jwtsess: error: nothing says in which form the key is to be written
    jwtsess: hint: give --format jwk, jwks, pem, der or raw, or --out FILE.pem and the like
    --- exit 2
    ");
    assert_snapshot!(told(&run(&["key", "show", "nowhere.pem"]), &folder), @r"
    --- stderr
    jwtsess: error: nowhere.pem: no such file
    --- exit 1
    ");
    assert_snapshot!(told(&run(&["key", "jwks", "https://issuer.example/jwks.json"]), &folder), @r"
    --- stderr
    jwtsess: error: https://issuer.example/jwks.json: a key set is not fetched from an address by this command
    jwtsess: hint: fetch it first, then give the file: curl -sSfo keys.json URL && jwtsess … --key keys.json
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
    jwtsess: error: key is a group of commands, and none of them was given
    jwtsess: hint: there are: jwtsess key generate, jwtsess key show, jwtsess key jwks, jwtsess key convert, jwtsess key rotate
    --- exit 2
    ");
    assert_snapshot!(run(&["key", "new"]), @r"
    --- stderr
    jwtsess: error: `new` is no command of jwtsess key
    jwtsess: hint: did you mean: jwtsess key generate
    --- exit 2
    ");
    assert_snapshot!(run(&["key", "generat"]), @r"
    --- stderr
    jwtsess: error: `generat` is no command of jwtsess key
    jwtsess: hint: did you mean: jwtsess key generate
    --- exit 2
    ");
    assert_snapshot!(run(&["keygen"]), @r"
    --- stderr
    jwtsess: error: `keygen` is no command
    jwtsess: hint: for a fresh key: jwtsess key generate; for what there is: jwtsess key --help
    --- exit 2
    ");
    let command = |args: &[&str]| json(&run(args).stdout)["command"].clone();
    assert_eq!(command(&["key", "show", "--json", "--no-such"]), "key show");
    assert_eq!(command(&["key", "--json"]), "key");
    assert_eq!(command(&["--json", "key", "convert"]), "key convert");
}

#[test]
fn show_describes_a_key_and_never_the_secret_in_it() {
    let folder = Folder::new();
    let show = |name: &str| told(&run(&["key", "show", &fixture(name), "-q"]), &folder);
    assert_snapshot!(show("rsa-2048.public.jwk"), @r"
    --- stdout
    rsa-2048.public.jwk: a JWK (RSA 2048, public)

    RSA 2048, public
      kid         none
      algorithms  RS256, RS384, RS512, PS256, PS384, PS512
      may         check alone
      thumbprint  kss9njtcK7TZVTKNuoE-58gozZ42JLO0UX7zdLnU7Eo  (RFC 7638)

    checks signatures, and makes none
    --- exit 0
    ");
    assert_snapshot!(show("rsa-1024.pkcs8.pem"), @r"
    --- stdout
    rsa-1024.pkcs8.pem: a PEM PKCS#8 private key (RSA 1024)

    RSA 1024, public
      kid         none
      too short   1024 for RS256 (needs 2048 bits), RS512 (needs 2048 bits)
      may         check alone, only with --allow-weak-key
      thumbprint  JrBl6LpAohp-Gws1JIe_aIySm_nIHJ1L4mMtM3Sg1Mk  (RFC 7638)

    checks signatures, and makes none
    --- exit 0
    ");
    let secret = folder.file("secret", "correct horse battery staple, 32");
    assert_snapshot!(told(&run(&["key", "show", &secret, "-q"]), &folder), @r"
    --- stdout
    secret: raw secret bytes

    256-bit secret
      kid         none
      algorithms  HS256
      too short   256 for HS384 (needs 384 bits), HS512 (needs 512 bits)
      may         sign and check

    signs with HS256
    --- exit 0
    ");
    let short = folder.file("short", "secret");
    assert_snapshot!(told(&run(&["key", "show", &short, "-q"]), &folder), @r"
    --- stdout
    short: raw secret bytes

    48-bit secret
      kid         none
      too short   48 for HS256 (needs 256 bits), HS384 (needs 384 bits), HS512 (needs 512 bits)
      may         sign and check, only with --allow-weak-key

    signs with HS256, only with --allow-weak-key
    --- exit 0
    ");
    let allowed = run(&["key", "show", &short, "-q", "--allow-weak-key"]).stdout;
    assert!(allowed.ends_with("\nsigns with HS256\n"), "{allowed}");
    let signs = |more: &[&str]| {
        let args = [&["key", "show", &short, "--json"], more].concat();
        json(&run(&args).stdout).get("signs_with").is_some()
    };
    assert_eq!((signs(&[]), signs(&["--allow-weak-key"])), (false, true));
    assert!(signs(&["--profile", "simplejwt"]), "as its server does");
    let operations = r#"{"kty":"oct","k":"Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZSwgMzI","key_ops":["verify"],"alg":"HS384","kid":"a\u001b[31m\u202e"}"#;
    let limited = folder.file("limited.jwk", operations);
    assert_snapshot!(told(&run(&["key", "show", &limited, "-q"]), &folder), @r"
    --- stdout
    limited.jwk: a JWK (256-bit secret)

    256-bit secret
      kid         a\u001b[31m\u{202e}
      too short   256 for HS384 (needs 384 bits)
      may         check alone, only with --allow-weak-key

    checks signatures, and makes none
    --- exit 0
    ");
    for entry in std::fs::read_dir(KEYS).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let Ok(Value::Object(_)) = serde_json::from_str(&text) else {
            continue;
        };
        for more in [&[][..], &["--json", "-v"]] {
            let called = run(&[&["key", "show", path.to_str().unwrap()], more].concat());
            for value in private_members(&text) {
                assert!(!called.to_string().contains(&value), "{}", path.display());
            }
        }
    }
}

#[test]
fn show_of_a_set_says_which_key_signs() {
    let folder = Folder::new();
    let set = |name: &str, keys: &[Value]| {
        folder.file(name, serde_json::json!({ "keys": keys }).to_string())
    };
    let mut retired = json(&std::fs::read_to_string(fixture("ec-p256.jwk")).unwrap());
    let ed25519 = json(&std::fs::read_to_string(fixture("ed25519.jwk")).unwrap());
    retired["kid"] = "old".into();
    let two = set("two.jwks", &[ed25519.clone(), retired.clone()]);
    assert_snapshot!(told(&run(&["key", "show", &two, "-q"]), &folder), @r"
    --- stdout
    two.jwks: a JWKS of 2 keys

    Ed25519, private
      kid         none
      algorithms  EdDSA, Ed25519
      may         sign and check
      thumbprint  FZdGalmWJ1SvW_CC2eLf5liOElE2HrAqOFYVb2oQrf4  (RFC 7638)

    EC P-256, private
      kid         old
      algorithms  ES256
      may         sign and check
      thumbprint  rtvm187j87hM325FDRVVHKW-08J6Od66IyUHaCCvOmI  (RFC 7638)

    several of them could sign: --kid or --alg chooses
    --- exit 0
    ");
    retired["exp"] = (NOW + 3600).into();
    let one = set("one.jwks", &[ed25519.clone(), retired.clone()]);
    assert_snapshot!(told(&run(&["key", "show", &one, "-q"]), &folder), @r"
    --- stdout
    one.jwks: a JWKS of 2 keys

    Ed25519, private  the one that signs
      kid         none
      algorithms  EdDSA, Ed25519
      may         sign and check
      thumbprint  FZdGalmWJ1SvW_CC2eLf5liOElE2HrAqOFYVb2oQrf4  (RFC 7638)

    EC P-256, private
      kid         old
      algorithms  ES256
      may         check alone
      retired     checks signatures until 2027-01-15T09:00:00Z, in 1 h
      thumbprint  rtvm187j87hM325FDRVVHKW-08J6Od66IyUHaCCvOmI  (RFC 7638)

    signs with EdDSA
    --- exit 0
    ");
    retired["exp"] = (NOW - 60).into();
    let none = set("none.jwks", &[retired]);
    assert_snapshot!(told(&run(&["key", "show", &none, "-q"]), &folder), @r"
    --- stdout
    none.jwks: a JWKS of 1 key

    EC P-256, private
      kid         old
      algorithms  ES256
      may         do nothing
      retired     its time is over since 2027-01-15T07:59:00Z, 1 min ago
      thumbprint  rtvm187j87hM325FDRVVHKW-08J6Od66IyUHaCCvOmI  (RFC 7638)

    neither makes nor checks a signature
    --- exit 0
    ");
    let shown = json(&run(&["key", "show", &one, "--json"]).stdout);
    assert_eq!(
        shown["signs_with"],
        serde_json::json!({"index": 0, "kid": null, "alg": "EdDSA"})
    );
    assert_eq!(shown["keys"][1]["retired_until"], NOW + 3600);
}

#[test]
fn show_without_a_file_is_the_key_that_would_be_used() {
    let home = Folder::new();
    let show = |more: &[&str]| {
        Call::new(&[&["key", "show"], more].concat())
            .env("HOME", home.path())
            .wide()
    };
    assert_snapshot!(show(&[]).run(), @r"
    --- stderr
    jwtsess: error: no key is named anywhere, and there is no development key to use
    jwtsess: hint: name one: FILE, --key FILE, --secret env:NAME; to make one: jwtsess key generate
    --- exit 1
    ");
    let issued = Call::new(&["issue", "--user", "alice"]);
    assert_eq!(issued.env("HOME", home.path()).run().exit, 0);
    assert_snapshot!(told(&show(&[]).run(), &home), @r"
    --- stdout
    the development key: a JWKS of 1 key
      file        .local/share/jwtsess/development-key.jwks.json

    256-bit secret
      kid         dev-5ae12d31
      algorithms  HS256  (its `alg`)
      may         sign and check

    signs with HS256
    --- exit 0
    ");
    assert_snapshot!(show(&["--no-dev-key"]).run(), @r"
    --- stderr
    jwtsess: error: no key is named anywhere, and there is no development key to use
    jwtsess: hint: name one: FILE, --key FILE, --secret env:NAME; to make one: jwtsess key generate
    --- exit 1
    ");
    let named = show(&[]).env("JWTSESS_SECRET", "env:SIGNING_KEY").env(
        "SIGNING_KEY",
        "a-secret-of-more-than-256-bits-for-the-tests-alone",
    );
    assert_snapshot!(named.run(), @r"
    --- stdout
    env:SIGNING_KEY: a secret
      named by    JWTSESS_SECRET

    400-bit secret
      kid         none
      algorithms  HS256, HS384
      too short   400 for HS512 (needs 512 bits)
      may         sign and check

    signs with HS256
    --- exit 0
    ");
    let config = home.file(
        "config.toml",
        format!("[profiles.mine]\nextends = 'plain'\nkey = '{KEYS}ed25519.pkcs8.pem'\n"),
    );
    let of_profile = show(&["--config", &config, "--profile", "mine", "-q"]);
    assert_snapshot!(told(&of_profile.run(), &home), @r"
    --- stdout
    ed25519.pkcs8.pem: a PEM PKCS#8 private key (Ed25519)
      named by    the profile mine

    Ed25519, private
      kid         none
      algorithms  EdDSA, Ed25519
      may         sign and check
      thumbprint  FZdGalmWJ1SvW_CC2eLf5liOElE2HrAqOFYVb2oQrf4  (RFC 7638)

    signs with EdDSA
    --- exit 0
    ");
    let two = [fixture("ed25519.spki.pem"), fixture("ec-p256.spki.pem")];
    let two = show(&["--key", &two[0], "--key", &two[1], "-q"]);
    assert_snapshot!(told(&two.run(), &home), @r"
    --- stdout
    ed25519.spki.pem: a PEM SPKI public key (Ed25519)
      named by    --key

    Ed25519, public
      kid         none
      algorithms  EdDSA, Ed25519
      may         check alone
      thumbprint  FZdGalmWJ1SvW_CC2eLf5liOElE2HrAqOFYVb2oQrf4  (RFC 7638)

    ec-p256.spki.pem: a PEM SPKI public key (EC P-256)
      named by    --key

    EC P-256, public
      kid         none
      algorithms  ES256
      may         check alone
      thumbprint  rtvm187j87hM325FDRVVHKW-08J6Od66IyUHaCCvOmI  (RFC 7638)

    checks signatures, and makes none
    --- exit 0
    ");
    let both = show(&[&fixture("ed25519.jwk"), "--key", &fixture("ed25519.jwk")]);
    assert_eq!(both.run().exit, 2);
}

#[test]
fn jwks_publishes_public_parts_alone() {
    let folder = Folder::new();
    let two = [fixture("ed25519.jwk"), fixture("ec-p256.pkcs8.pem")];
    let jwks = run(&["key", "jwks", &two[0], &two[1], &two[0], "-q"]);
    assert_snapshot!(told(&jwks, &folder), @r#"
    --- stdout
    {
      "keys": [
        {
          "kty": "OKP",
          "kid": "FZdGalmWJ1SvW_CC2eLf5liOElE2HrAqOFYVb2oQrf4",
          "use": "sig",
          "crv": "Ed25519",
          "x": "9lcdLtektX7JaFqqGZTPDWlkSVJWd9Ny8MjsiIn2x0Y"
        },
        {
          "kty": "EC",
          "kid": "rtvm187j87hM325FDRVVHKW-08J6Od66IyUHaCCvOmI",
          "use": "sig",
          "crv": "P-256",
          "x": "DimMlBrMNMd2liK000Kt65kaer93p2fnyUgvVla85bY",
          "y": "w8baQLY7FL2JzTGKzY3Zw-DuYPMMLEUGQXTmWqrBckE"
        }
      ]
    }
    --- exit 0
    "#);
    for name in [
        "rsa-2048.jwk",
        "ec-p521.jwk",
        "ed25519.jwk",
        "jose-RS256.jwk",
        "jose-ES512.jwk",
        "jose.jwks.json",
    ] {
        let private = std::fs::read_to_string(fixture(name)).unwrap();
        for more in [&[][..], &["--json", "-v"]] {
            let called = run(&[&["key", "jwks", &fixture(name)], more].concat());
            assert_eq!(called.exit, 0, "{called}");
            assert_eq!(private_members(&called.stdout), [""; 0], "{name}");
            for value in private_members(&private) {
                assert!(!called.to_string().contains(&value), "{name}");
            }
        }
    }
}

#[test]
fn jwks_of_a_secret_is_refused_and_one_in_a_set_left_out() {
    let folder = Folder::new();
    let oct = json(r#"{"kty":"oct","kid":"hs","k":"Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZSwgMzI"}"#);
    let ed25519 = json(&std::fs::read_to_string(fixture("ed25519.jwk")).unwrap());
    let secret = folder.file("secret.jwk", oct.to_string());
    assert_snapshot!(told(&run(&["key", "jwks", &secret]), &folder), @r"
    --- stderr
    jwtsess: error: secret.jwk: a secret has no public part: whoever can check a token with it can also sign one
    jwtsess: hint: publish the public part of a key pair; to make one: jwtsess key generate
    --- exit 1
    ");
    let with_a_pair = run(&["key", "jwks", &fixture("ed25519.jwk"), &secret, "-q"]);
    assert_eq!(
        (with_a_pair.exit, with_a_pair.stdout.as_str()),
        (1, ""),
        "{with_a_pair}"
    );
    let mixed = folder.file(
        "mixed.jwks",
        serde_json::json!({ "keys": [oct, ed25519] }).to_string(),
    );
    let published = run(&["key", "jwks", &mixed]);
    assert_eq!(json(&published.stdout)["keys"].as_array().unwrap().len(), 1);
    assert!(
        published
            .stderr
            .contains("the secret hs is left out: a secret has no public part"),
        "{published}"
    );
}

#[test]
fn a_retired_key_is_published_until_its_end() {
    let folder = Folder::new();
    let mut retired = json(&std::fs::read_to_string(fixture("ed25519.jwk")).unwrap());
    retired["kid"] = "old".into();
    retired["exp"] = (NOW + 60).into();
    let file = folder.file("retired.jwk", retired.to_string());
    let published = run(&["key", "jwks", &file, "-q"]);
    assert_eq!(json(&published.stdout)["keys"][0]["exp"], NOW + 60);
    let over = run(&["key", "jwks", &file, "-q", "--now", "+60s"]);
    assert_snapshot!(told(&over, &folder), @r"
    --- stderr
    jwtsess: the clock is set to 2027-01-15T08:01:00Z by --now, 1 min ahead of the system's
    jwtsess: error: retired.jwk: every key in it is retired, and its time is over
    jwtsess: hint: publish the key that took its place
    --- exit 1
    ");
}

#[test]
fn convert_keeps_the_key_and_what_it_is() {
    let folder = Folder::new();
    let thumbprint = |file: &str| {
        json(&run(&["key", "show", file, "--json"]).stdout)["keys"][0]["thumbprint"].clone()
    };
    for name in ["rsa-2048.pkcs1.pem", "ec-p521.sec1.pem", "ed25519.jwk"] {
        let from = fixture(name);
        for ending in ["jwk", "jwks", "pem", "der"] {
            for public in [false, true] {
                let to = path(&folder, &format!("{name}.{public}.{ending}"));
                let mut args = vec!["key", "convert", &from, "--out", &to];
                if public {
                    args.push("--public");
                }
                let called = run(&args);
                assert_eq!((called.exit, called.stdout.as_str()), (0, ""), "{called}");
                assert_eq!(thumbprint(&to), thumbprint(&from), "{to}");
                let shown = json(&run(&["key", "show", &to, "--json"]).stdout);
                let part = if public { "public" } else { "private" };
                assert_eq!(shown["keys"][0]["part"], part, "{to}");
            }
        }
    }
    let secret = fixture("jose-HS256.jwk");
    let raw = run(&["key", "convert", &secret, "--format", "raw", "--json"]);
    let written = &json(&raw.stdout)["written"];
    assert!(written["content"]["base64"].is_string(), "{raw}");
    let public = run(&["key", "convert", &secret, "--format", "jwk", "--public"]);
    assert_snapshot!(told(&public, &folder), @r"
    --- stderr
    jwtsess: error: a secret has no public part: whoever can check a token with it can also sign one
    jwtsess: hint: keep it secret; for tokens that others can check, make a pair: jwtsess key generate
    --- exit 1
    ");
}

#[test]
fn convert_says_what_a_form_does_not_hold() {
    let folder = Folder::new();
    let out = path(&folder, "public.pem");
    let called = run(&[
        "key",
        "convert",
        &fixture("jose-RS256.jwk"),
        "--public",
        "--out",
        &out,
    ]);
    assert_snapshot!(told(&called, &folder), @r"
    --- stderr
    jwtsess: PEM holds no kid: jose-RS256 is not in it
    jwtsess: PEM binds to no algorithm: the key's `alg`, `use` or `key_ops` is not in it
    jwtsess: wrote public.pem: RSA 2048 public key as PEM
    --- exit 0
    ");
    let encrypted = fixture("encrypted.pkcs8.pem");
    let out = path(&folder, "key.jwk");
    let opened = Call::new(&[
        "key",
        "convert",
        &encrypted,
        "--out",
        &out,
        "--kid",
        "k",
        "--key-passphrase",
        "env:PASSPHRASE",
    ]);
    assert_snapshot!(told(&opened.wide().env("PASSPHRASE", "jwtsess").run(), &folder), @r"
    --- stderr
    jwtsess: what was encrypted is written without its passphrase
    jwtsess: wrote key.jwk: EC P-256 private key as a JWK, kid k
    --- exit 0
    ");
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
    jwtsess: error: the reader of the answer went away; key.jwk was written
    jwtsess: hint: what is in it is told by jwtsess key show FILE
    --- exit 1
    ");
    assert_snapshot!(call(&[]), @r"
    --- exit 0
    ");
}

/// A private set of these keys, by their kids.
fn private_set(folder: &Folder, keys: &[(&str, &str)]) -> String {
    let keys = keys.iter().map(|(name, kid)| {
        let mut jwk = json(&std::fs::read_to_string(fixture(name)).unwrap());
        jwk["kid"] = (*kid).into();
        jwk
    });
    let keys: Vec<Value> = keys.collect();
    let set = serde_json::json!({ "keys": keys }).to_string();
    folder.file("keys.jwks", set)
}

#[test]
fn rotate_signs_with_a_new_key_and_says_until_when_the_old_one_checks() {
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "old")]);
    let rotate = |more: &[&str]| {
        let args = [&["key", "rotate", &set, "--kid", "new"], more].concat();
        told(&run(&args), &folder)
    };
    let before = std::fs::read(&set).unwrap();
    assert_snapshot!(rotate(&["--dry-run"]), @r"
    --- stderr
    jwtsess: keys.jwks: the key new (Ed25519) would sign from now on
    jwtsess: the key old would be retired: it checks signatures until 2027-01-15T09:00:00Z, in 1 h (the longest lifetime under sliding; --overlap says another)
    jwtsess: a dry run: nothing was changed
    --- exit 0
    ");
    assert_eq!(std::fs::read(&set).unwrap(), before);
    let token = run(&["issue", "--user", "alice", "--key", &set]).stdout;
    assert_snapshot!(rotate(&[]), @r"
    --- stderr
    jwtsess: keys.jwks: the key new (Ed25519) signs from now on
    jwtsess: the key old is retired: it checks signatures until 2027-01-15T09:00:00Z, in 1 h (the longest lifetime under sliding; --overlap says another)
    jwtsess: whoever checks tokens needs the new public key, too: jwtsess key jwks FILE
    --- exit 0
    ");
    let verify = |token: &str, now: &str| {
        run(&[
            "verify",
            token.trim_end(),
            "--key",
            &set,
            "--now",
            now,
            "--leeway",
            "2h",
        ])
        .exit
    };
    let fresh = run(&["issue", "--user", "alice", "--key", &set]).stdout;
    let header = json(&run(&["decode", fresh.trim_end(), "--json"]).stdout)["header"].clone();
    assert_eq!(header["kid"], "new");
    let of_old = [verify(&token, "+3599s"), verify(&token, "+3600s")];
    let of_new = [verify(&fresh, "+3599s"), verify(&fresh, "+3601s")];
    assert_eq!((of_old, of_new), ([0, 4], [0, 0]));
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no draft, no lock"
    );
}

#[test]
fn rotate_takes_the_overlap_of_the_profile_or_what_is_said() {
    let folder = Folder::new();
    for (more, overlap, says) in [
        (&[][..], 3600, "the longest lifetime under sliding"),
        (
            &["--profile", "pair"],
            14 * 86400,
            "the longest lifetime under pair",
        ),
        (
            &["--profile", "simplejwt"],
            86400,
            "the longest lifetime under simplejwt",
        ),
        (
            &["--profile", "pair", "--set", "refresh_ttl=1m"],
            300,
            "under pair",
        ),
        (
            &["--profile", "pair", "--overlap", "90s"],
            90,
            "in 1 min 30 s",
        ),
        (&["--overlap", "0"], 0, "is refused from now on"),
    ] {
        let set = private_set(&folder, &[("ec-p256.jwk", "old")]);
        let args = [&["key", "rotate", &set], more].concat();
        let said = run(&[args.clone(), vec!["--dry-run"]].concat()).stderr;
        assert!(said.contains(says), "{more:?}: {said}");
        let rotated = json(&run(&[args, vec!["--json"]].concat()).stdout);
        let rotation = &rotated["rotation"];
        assert_eq!(rotation["overlap"], overlap, "{more:?}");
        assert_eq!(rotation["retired_until"], NOW + overlap, "{more:?}");
        assert_eq!(rotation["retired_kid"], "old");
        assert_eq!(rotation["kid"], rotated["keys"][0]["kid"]);
    }
}

#[test]
fn rotate_prunes_by_the_earlier_of_two_clocks() {
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "first")]);
    let rotate = |more: &[&str]| {
        let args = [&["key", "rotate", &set, "--json"], more].concat();
        json(&run(&args).stdout)["rotation"].clone()
    };
    assert_eq!(
        rotate(&["--overlap", "1h", "--kid", "second"])["pruned"],
        serde_json::json!([])
    );
    let ahead = rotate(&[
        "--overlap",
        "0",
        "--kid",
        "third",
        "--prune",
        "--now",
        "+2h",
    ]);
    assert_eq!(
        ahead["pruned"],
        serde_json::json!([]),
        "the system's clock is the earlier one"
    );
    // Which the clock that was set ahead retired until then.
    let behind = rotate(&[
        "--overlap",
        "0",
        "--kid",
        "fourth",
        "--prune",
        "--now",
        "-2h",
    ]);
    assert_eq!(
        behind["pruned"],
        serde_json::json!([]),
        "the clock that is set is"
    );
    let now = run(&["key", "rotate", &set, "--kid", "fifth", "--prune"]);
    assert_snapshot!(told(&now, &folder), @r"
    --- stderr
    jwtsess: keys.jwks: the key fifth (Ed25519) signs from now on
    jwtsess: the key fourth is retired: it checks signatures until 2027-01-15T09:00:00Z, in 1 h (the longest lifetime under sliding; --overlap says another)
    jwtsess: the key third is dropped: its time is over
    jwtsess: whoever checks tokens needs the new public key, too: jwtsess key jwks FILE
    --- exit 0
    ");
}

#[cfg(unix)]
#[test]
fn rotate_keeps_who_may_read_the_file_and_follows_no_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "old")]);
    let mode = || std::fs::metadata(&set).unwrap().permissions().mode() & 0o777;
    for (wanted, kid) in [(0o600, "a"), (0o640, "b")] {
        std::fs::set_permissions(&set, std::fs::Permissions::from_mode(wanted)).unwrap();
        assert_eq!(run(&["key", "rotate", &set, "--kid", kid]).exit, 0);
        assert_eq!(mode(), wanted);
    }
    let before = std::fs::read(&set).unwrap();
    let link = path(&folder, "link.jwks");
    symlink(&set, &link).unwrap();
    assert_snapshot!(told(&run(&["key", "rotate", &link]), &folder), @r"
    --- stderr
    jwtsess: error: link.jwks: it is a symbolic link: give the file that it leads to
    --- exit 1
    ");
    assert_snapshot!(told(&run(&["key", "rotate", &link, "--dry-run"]), &folder), @r"
    --- stderr
    jwtsess: error: link.jwks: it is a symbolic link: give the file that it leads to
    --- exit 1
    ");
    assert_eq!(std::fs::read(&set).unwrap(), before);
}

#[test]
fn rotate_refuses_what_is_no_private_set() {
    let folder = Folder::new();
    let refused = |file: &str, more: &[&str]| {
        let called = run(&[&["key", "rotate", file], more].concat());
        told(&called, &folder)
    };
    assert_snapshot!(refused(&fixture("ec-p256.jwk"), &[]), @r"
    --- stderr
    jwtsess: error: ec-p256.jwk: it is a JWK (EC P-256, private), and a key is rolled over in a set (JWKS)
    jwtsess: hint: make a set of it first: jwtsess key convert FILE --out keys.jwks
    --- exit 2
    ");
    assert_snapshot!(refused(&fixture("encrypted.pkcs8.pem"), &[]), @r"
    --- stderr
    jwtsess: error: encrypted.pkcs8.pem: it is an encrypted PKCS#8 private key, and a key is rolled over in a set (JWKS)
    jwtsess: hint: make a set of it first: jwtsess key convert FILE --out keys.jwks
    --- exit 2
    ");
    assert_snapshot!(refused(&fixture("public.jwks.json"), &[]), @r"
    --- stderr
    jwtsess: error: public.jwks.json: no key in it signs, so that there is none to retire
    jwtsess: hint: a fresh set: jwtsess key generate --out keys.jwks; what is in this one: jwtsess key show FILE
    --- exit 1
    ");
    assert_snapshot!(refused(&path(&folder, "missing.jwks"), &[]), @r"
    --- stderr
    jwtsess: error: missing.jwks: no such file
    --- exit 1
    ");
    assert_snapshot!(refused("-", &[]), @r"
    --- stderr
    jwtsess: error: standard input can't be changed
    jwtsess: hint: give the file that holds the set
    --- exit 2
    ");
    let two = private_set(&folder, &[("ec-p256.jwk", "a"), ("ed25519.jwk", "b")]);
    let before = std::fs::read(&two).unwrap();
    assert_snapshot!(refused(&two, &[]), @r"
    --- stderr
    jwtsess: error: keys.jwks: several keys in it sign: a, b
    jwtsess: hint: name the one to retire with --retire KID
    --- exit 2
    ");
    assert_snapshot!(refused(&two, &["--retire", "c"]), @r"
    --- stderr
    jwtsess: error: keys.jwks: no key that signs has that kid; there are: a, b
    jwtsess: hint: name one of them with --retire
    --- exit 1
    ");
    assert_snapshot!(refused(&two, &["--retire", "a", "--kid", "b"]), @r"
    --- stderr
    jwtsess: error: --kid: a key with that kid is in it already
    jwtsess: hint: give it another name
    --- exit 2
    ");
    assert_eq!(std::fs::read(&two).unwrap(), before);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no draft, no lock"
    );
    let chosen = run(&["key", "rotate", &two, "--retire", "a", "--json"]);
    assert_eq!(json(&chosen.stdout)["rotation"]["retired_kid"], "a");
}

#[test]
fn rotate_tells_where_nobody_heard_that_the_file_changed() {
    let folder = Folder::new();
    let set = private_set(&folder, &[("ed25519.jwk", "old")]);
    let call = |more: &[&str]| {
        let args = [&["key", "rotate", &set, "--json", "--kid", "new"], more].concat();
        let call = Call::new(&args).stdout_fails(std::io::ErrorKind::BrokenPipe);
        call.run().exit
    };
    assert_eq!(call(&["--dry-run"]), 0);
    assert_eq!(call(&[]), 1);
}
