//! `key jwks`: what is published, and what is not.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use super::{fixture, json, private_members, run, told};
use crate::cli::testing::{Folder, NOW};

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
    jwtsess: error: secret.jwk: a secret has no public part: whoever can verify a token with it can also sign one
    jwtsess: hint: publish the public part of a key pair; to make a pair: jwtsess key generate
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
            .contains("the secret hs was left out: a secret has no public part"),
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
    jwtsess: error: retired.jwk: every key in it is retired and no longer verifies anything
    jwtsess: hint: publish the key that replaced it
    --- exit 1
    ");
}
