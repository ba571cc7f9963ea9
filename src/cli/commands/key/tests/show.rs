//! `key show`: what is said of a key, and which one would be used.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;
use serde_json::Value;

use super::{KEYS, fixture, json, private_members, run, told};
use crate::cli::testing::{Call, Folder, NOW};

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
      use         verify only
      thumbprint  kss9njtcK7TZVTKNuoE-58gozZ42JLO0UX7zdLnU7Eo  (RFC 7638)

    can verify signatures, not create them
    --- exit 0
    ");
    assert_snapshot!(show("rsa-1024.pkcs8.pem"), @r"
    --- stdout
    rsa-1024.pkcs8.pem: a PEM PKCS#8 private key (RSA 1024)

    RSA 1024, public
      kid         none
      too short   1024 for RS256 (needs 2048 bits), RS512 (needs 2048 bits)
      use         verify only, only with --allow-weak-key
      thumbprint  JrBl6LpAohp-Gws1JIe_aIySm_nIHJ1L4mMtM3Sg1Mk  (RFC 7638)

    can verify signatures, not create them
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
      use         sign and verify

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
      use         sign and verify, only with --allow-weak-key

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
      use         verify only, only with --allow-weak-key

    can verify signatures, not create them
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
      use         sign and verify
      thumbprint  FZdGalmWJ1SvW_CC2eLf5liOElE2HrAqOFYVb2oQrf4  (RFC 7638)

    EC P-256, private
      kid         old
      algorithms  ES256
      use         sign and verify
      thumbprint  rtvm187j87hM325FDRVVHKW-08J6Od66IyUHaCCvOmI  (RFC 7638)

    several of these keys could sign: choose one with --kid or --alg
    --- exit 0
    ");
    retired["exp"] = (NOW + 3600).into();
    let one = set("one.jwks", &[ed25519.clone(), retired.clone()]);
    assert_snapshot!(told(&run(&["key", "show", &one, "-q"]), &folder), @r"
    --- stdout
    one.jwks: a JWKS of 2 keys

    Ed25519, private  the key that signs
      kid         none
      algorithms  EdDSA, Ed25519
      use         sign and verify
      thumbprint  FZdGalmWJ1SvW_CC2eLf5liOElE2HrAqOFYVb2oQrf4  (RFC 7638)

    EC P-256, private
      kid         old
      algorithms  ES256
      use         verify only
      retired     verifies signatures until 2027-01-15T09:00:00Z, in 1 h
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
      use         nothing
      retired     has not verified anything since 2027-01-15T07:59:00Z, 1 min ago
      thumbprint  rtvm187j87hM325FDRVVHKW-08J6Od66IyUHaCCvOmI  (RFC 7638)

    can neither create nor verify a signature
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
    jwtsess: error: no key was given, and there is no development key
    jwtsess: hint: give a key: FILE, --key FILE or --secret env:NAME; to make one: jwtsess key generate
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
      use         sign and verify

    signs with HS256
    --- exit 0
    ");
    assert_snapshot!(show(&["--no-dev-key"]).run(), @r"
    --- stderr
    jwtsess: error: no key was given, and there is no development key
    jwtsess: hint: give a key: FILE, --key FILE or --secret env:NAME; to make one: jwtsess key generate
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
      use         sign and verify

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
      use         sign and verify
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
      use         verify only
      thumbprint  FZdGalmWJ1SvW_CC2eLf5liOElE2HrAqOFYVb2oQrf4  (RFC 7638)

    ec-p256.spki.pem: a PEM SPKI public key (EC P-256)
      named by    --key

    EC P-256, public
      kid         none
      algorithms  ES256
      use         verify only
      thumbprint  rtvm187j87hM325FDRVVHKW-08J6Od66IyUHaCCvOmI  (RFC 7638)

    can verify signatures, not create them
    --- exit 0
    ");
    let both = show(&[&fixture("ed25519.jwk"), "--key", &fixture("ed25519.jwk")]);
    assert_eq!(both.run().exit, 2);
}
