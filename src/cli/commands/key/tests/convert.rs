//! `key convert`: the same key in another form.
use insta::assert_snapshot;

use super::{fixture, json, path, run, told};
use crate::cli::testing::{Call, Folder};

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
    jwtsess: error: a secret has no public part: whoever can verify a token with it can also sign one
    jwtsess: hint: keep it secret; to let others verify tokens, make a key pair: jwtsess key generate
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
    jwtsess: PEM can't hold a kid: jose-RS256 was left out
    jwtsess: PEM can't bind a key to an algorithm: the key's `alg`, `use` or `key_ops` was left out
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
    jwtsess: the key was encrypted; the output is not
    jwtsess: wrote key.jwk: EC P-256 private key as a JWK, kid k
    --- exit 0
    ");
}
