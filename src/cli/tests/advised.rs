//! Hints are followed to their end: what a refusal advises is done, and then the token passes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::cli::commands::testing::{Machine, call, signed};
use crate::cli::testing::{Call, CallResult, Folder, NOW};
use crate::core::algorithm::Algorithm;
use crate::core::key::Key;
use crate::core::secret::Secret;
use crate::core::sign::compact;

const CLAIMS: &str = r#"{"sub":"alice","exp":1900000000,"aud":"api"}"#;
const TEXT: &str = "0123456789abcdef0123456789abcdef";

fn token_by(secret: &[u8]) -> String {
    let key = Key::from_secret(Secret::new(secret.to_vec())).unwrap();
    compact(
        br#"{"alg":"HS256"}"#,
        CLAIMS.as_bytes(),
        &key,
        Algorithm::Hs256,
    )
    .unwrap()
}

/// The words of standard error, however they are broken into lines.
fn said(called: &CallResult) -> String {
    let words: Vec<_> = called.stderr.split_whitespace().collect();
    words.join(" ")
}

fn verify(args: &[&str]) -> Call {
    Call::new(&[&["verify", "--aud", "api"], args].concat()).at_home()
}

/// What the signer's secret is, what is given, and how the two differ.
fn other_secrets() -> Vec<(Vec<u8>, String, &'static str)> {
    let wrapped = format!("{TEXT}{TEXT}\n{TEXT}");
    vec![
        (
            b"\0\x01".repeat(16),
            STANDARD.encode(b"\0\x01".repeat(16)),
            "decoded from base64",
        ),
        (
            b"\0\xff".repeat(16),
            "00ff".repeat(16),
            "decoded from hexadecimal",
        ),
        (
            b"\0\xff".repeat(16),
            format!("{}\n", "00ff".repeat(16)),
            "decoded from hexadecimal",
        ),
        (
            format!("{TEXT}\n").into(),
            TEXT.to_owned(),
            "with a line break (LF) at its end",
        ),
        (
            format!("{TEXT}\n").into(),
            format!("{TEXT}\n"),
            "with a line break (LF) at its end",
        ),
        (
            format!("\"{TEXT}\"").into(),
            TEXT.to_owned(),
            "with quotes around it",
        ),
        (
            format!("'{TEXT}'").into(),
            format!("{TEXT}\n"),
            "with quotes around it",
        ),
        (
            TEXT.into(),
            format!("\"{TEXT}\"\n"),
            "without the quotes around it",
        ),
        (
            TEXT.into(),
            format!("  {TEXT}\n"),
            "without the white space around it",
        ),
        (
            TEXT.repeat(3).into(),
            format!("{wrapped}\n"),
            "with its lines joined",
        ),
        (wrapped.clone().into(), TEXT.repeat(3), "broken into lines"),
        (
            wrapped.into(),
            format!(r"{TEXT}{TEXT}\n{TEXT}"),
            r"with a line break for each \n in it",
        ),
        (
            STANDARD.encode(TEXT).into(),
            format!("{TEXT}\n"),
            "as its base64 text, not decoded",
        ),
    ]
}

#[test]
fn another_reading_of_a_key_file_is_named_as_that_of_a_secret_and_can_be_given() {
    let home = Folder::new();
    for (signer, given, expected) in other_secrets() {
        let token = token_by(&signer);
        let path = home.file("secret", &given);
        for flags in [["--key", &path], ["--secret", &format!("file:{path}")]] {
            let refused = verify(&[&[&*token], &flags[..]].concat()).run();
            assert_eq!(refused.exit, 4, "{given:?} {refused}");
            let said = said(&refused);
            assert!(
                said.contains(&format!("matches the secret {expected}")),
                "{given:?} {refused}"
            );
            let advised = |prefix: &str| said.contains(&format!("--secret {prefix}:file:PATH"));
            let mut prefixes = ["base64", "base64url", "hex"].into_iter();
            let passes = if let Some(prefix) = prefixes.find(|one| advised(one)) {
                let reference = format!("{prefix}:file:{path}");
                verify(&[&token, "--secret", &reference]).run()
            } else {
                let is_advised = said.contains("--secret base64:file:-, with the base64");
                assert!(is_advised, "{refused}");
                let bytes = format!("{}\n", STANDARD.encode(&signer));
                verify(&[&token, "--secret", "base64:file:-"])
                    .stdin(bytes)
                    .run()
            };
            assert_eq!(passes.exit, 0, "{given:?} {passes}");
        }
    }
}

#[test]
fn a_secret_of_a_jwk_is_explained_too() {
    let home = Folder::new();
    let jwk = format!(
        r#"{{"kty":"oct","k":"{}"}}"#,
        STANDARD.encode(TEXT).trim_end_matches('=')
    );
    let path = home.file("key.json", jwk);
    let token = token_by(STANDARD.encode(TEXT).as_bytes());
    let refused = verify(&[&token, "--key", &path]).run();
    assert!(
        said(&refused).contains("as its base64 text, not decoded"),
        "{refused}"
    );
}

#[test]
fn under_a_bad_signature_no_claim_is_advised_on() {
    let token = token_by(b"another secret of more than 256 bits");
    for flags in [
        &[][..],
        &["--aud", "other"],
        &["--iss", "me", "--sub", "bob"],
    ] {
        let args = [&["verify", &token], flags].concat();
        let refused = call(&args).run();
        assert_eq!(refused.exit, 4, "{refused}");
        assert!(
            said(&refused).contains("hint: check that this is the issuer's key"),
            "{refused}"
        );
        assert_eq!(said(&refused).matches("hint: ").count(), 1, "{refused}");
    }
}

#[test]
fn a_claim_that_contains_what_was_asked_for_is_advised_on_as_before() {
    let token = signed(
        r#"{"alg":"HS256"}"#,
        br#"{"exp":1900000000,"scope":"read write","aud":"api"}"#,
    );
    let refused = call(&["verify", &token, "--claim", "scope=read"]).run();
    assert!(said(&refused).contains("--has scope=VALUE"), "{refused}");
    let passes = call(&["verify", &token, "--has", "scope=read"]).run();
    assert_eq!(passes.exit, 0, "{passes}");
}

/// A claim, the flags that don't fit it by a little, what is said, and the flags that then pass.
type NearMiss<'a> = (&'a str, &'a [&'a str], &'a str, &'a [&'a str]);

#[test]
fn a_value_that_differs_by_little_is_said_and_the_tokens_own_passes() {
    let table: [NearMiss<'_>; 9] = [
        (
            r#""iss":"https://a.example/""#,
            &["--iss", "https://a.example"],
            "only by a final slash",
            &["--iss", "https://a.example/"],
        ),
        (
            r#""iss":"https://a.example""#,
            &["--iss", "https://a.example//"],
            "only by a final slash",
            &["--iss", "https://a.example"],
        ),
        (
            r#""aud":"api""#,
            &["--aud", "api\n"],
            "only by white space or a line break",
            &["--aud", "api"],
        ),
        (
            r#""aud":["x","api\r"]"#,
            &["--aud", "api"],
            "only by white space or a line break",
            &["--aud", "api\r"],
        ),
        (
            r#""aud":"b""#,
            &["--aud", "a,b"],
            "repeat the flag: --aud FIRST --aud SECOND",
            &["--aud", "a", "--aud", "b"],
        ),
        (
            r#""aud":["c","b"]"#,
            &["--aud", "a b"],
            "repeat the flag: --aud FIRST --aud SECOND",
            &["--aud", "a", "--aud", "b"],
        ),
        (
            r#""aud":"a,b""#,
            &["--aud", "b"],
            "ask for the whole text",
            &["--aud", "a,b"],
        ),
        (
            r#""sub":"Alice""#,
            &["--sub", "alice"],
            "only by upper and lower case",
            &["--sub", "Alice"],
        ),
        (
            r#""tenant":"acme ""#,
            &["--claim", "tenant=acme"],
            "only by white space",
            &["--claim", "tenant=acme "],
        ),
    ];
    for (claim, asked, expected, right) in table {
        let token = signed(
            r#"{"alg":"HS256"}"#,
            format!(r#"{{"exp":1900000000,{claim}}}"#).as_bytes(),
        );
        let refused = call(&[&["verify", &token], asked].concat()).run();
        assert_eq!(refused.exit, 6, "{refused}");
        assert!(said(&refused).contains(expected), "{refused}");
        assert!(!said(&refused).contains("another purpose"), "{refused}");
        let passes = call(&[&["verify", &token], right].concat()).run();
        assert_eq!(passes.exit, 0, "{passes}");
    }
}

#[test]
fn clocks_that_differ_are_named_with_the_leeway_that_allows_for_them() {
    let table = [
        (
            format!(r#""nbf":{},"exp":1900000000"#, NOW + 60),
            "clocks differ",
        ),
        (
            format!(r#""nbf":{},"exp":1900000000"#, NOW + 900),
            "clocks differ",
        ),
        (
            format!(r#""nbf":{},"exp":1900000000"#, NOW + 3600),
            "clocks differ",
        ),
        (
            format!(r#""nbf":{},"exp":1900000000"#, NOW + 7200),
            "its local time in place of UTC",
        ),
        (format!(r#""exp":{}"#, NOW - 60), "clocks differ"),
    ];
    for (claims, expected) in table {
        let token = signed(r#"{"alg":"HS256"}"#, format!("{{{claims}}}").as_bytes());
        let refused = call(&["verify", &token]).run();
        assert_eq!(refused.exit, 5, "{refused}");
        let said = said(&refused);
        assert!(said.contains(expected), "{refused}");
        assert!(
            said.contains("on this machine it is 2027-01-15T08:00:00Z"),
            "{refused}"
        );
        let (_, leeway) = said.split_once("--leeway ").unwrap();
        let passes = call(&["verify", &token, "--leeway", leeway]).run();
        assert_eq!(passes.exit, 0, "{passes}");
    }
}

#[test]
fn nobody_is_told_to_wait_for_years() {
    let year = 365 * 86_400;
    let table = [
        (
            NOW + 3 * 86_400,
            "it can be used from 2027-01-18T08:00:00Z on",
        ),
        (NOW + 100 * year, "the issuer has to correct nbf"),
        (NOW * 1000, "the issuer seems to write milliseconds"),
        (NOW * 1_000_000, "the issuer seems to write microseconds"),
    ];
    for (nbf, expected) in table {
        let payload = format!(r#"{{"nbf":{nbf},"exp":{}}}"#, i64::MAX);
        let token = signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
        let refused = call(&["verify", &token]).run();
        assert_eq!(refused.exit, 5, "{refused}");
        assert!(said(&refused).contains(expected), "{refused}");
        assert!(!said(&refused).contains("wait"), "{refused}");
    }
}

#[test]
fn another_servers_tokens_need_its_key_which_the_hint_names() {
    let machine = Machine::new();
    let own = machine
        .call(&["issue", "--user", "alice"])
        .without("JWTSESS_SECRET")
        .run();
    assert!(own.stderr.contains("made a development key"), "{own}");
    let path = machine.home.file(".env", format!("SECRET_KEY={TEXT}\n"));
    let table: [&[&str]; 5] = [
        &["issue", "--profile", "simplejwt", "--user", "7"],
        &["issue", "--profile", "simplejwt-sliding", "--user", "7"],
        &[
            "issue",
            "--profile",
            "drf-jwt",
            "--user",
            "alice",
            "--user-id",
            "7",
        ],
        &["encode", "--profile", "drf-jwt", r#"{"exp":1900000000}"#],
        &[
            "encode",
            "--profile",
            "simplejwt",
            "-c",
            "user_id=7",
            "--ttl",
            "5m",
        ],
    ];
    for args in table {
        let refused = machine.call(args).without("JWTSESS_SECRET").run();
        assert_eq!(refused.exit, 1, "{refused}");
        let profile = args[2];
        let expected =
            format!("the development key signs no tokens of {profile}: their server accepts only");
        assert!(said(&refused).contains(&expected), "{refused}");
        assert!(
            said(&refused).contains("--secret dotenv:.env#SECRET_KEY"),
            "{refused}"
        );
        let reference = format!("dotenv:{path}#SECRET_KEY");
        let passes = machine.run(&[args, &["--secret", &reference]].concat());
        assert_eq!(passes.exit, 0, "{passes}");
    }
}
