//! Two secrets at a time, while one takes the other's place.
use super::{Call, CallResult, Folder, SECRET, said};

const NEW: &str = "another-secret-of-more-than-256-bits-for-the-tests";

fn call(words: &[&str]) -> Call {
    Call::new(words)
        .env("NO_COLOR", "1")
        .env("OLD", SECRET)
        .env("NEW", NEW)
}

fn token(secret: &str) -> String {
    let issued = call(&["issue", "--user", "alice", "--secret", secret]).run();
    issued.stdout.trim_end().to_owned()
}

const BOTH: [&str; 4] = ["--secret", "env:NEW", "--secret", "env:OLD"];

#[test]
fn each_of_several_secrets_checks() {
    let (old, new) = (token("env:OLD"), token("env:NEW"));
    for token in [&old, &new] {
        for verb in ["verify", "inspect"] {
            let called = call(&[&[verb, token][..], &BOTH].concat()).run();
            assert_eq!(called.exit, 0, "{called}");
            assert!(!called.stdout.contains("bad signature"), "{called}");
        }
    }
    let batch =
        call(&[&["verify", "--batch"][..], &BOTH].concat()).stdin(format!("{old}\n{new}\n"));
    let CallResult { exit, stdout, .. } = batch.run();
    assert_eq!((exit, stdout.matches("valid").count()), (0, 2), "{stdout}");
    let foreign = token("raw:a-third-secret-of-more-than-256-bits-for-the-tests");
    assert_eq!(
        call(&[&["verify", &foreign][..], &BOTH].concat())
            .run()
            .exit,
        4
    );
}

#[test]
fn a_token_is_signed_with_one_secret() {
    let folder = Folder::new();
    let expected = "error: --secret is given more than once | hint: a token is signed with one secret; inspect, verify, renew and rotate take several";
    for words in [&["issue", "--user", "alice"][..], &["encode", "{}"]] {
        let call = call(&[words, &BOTH].concat()).at_home();
        assert_eq!(said(call, &folder), (2, expected.to_owned()));
    }
}

#[test]
fn what_takes_a_token_s_place_is_signed_by_the_first() {
    let folder = Folder::new();
    let store = folder.path().join("s.db");
    let store = ["--store", store.to_str().unwrap()];
    assert_eq!(
        call(&[&["session", "init"][..], &store].concat())
            .run()
            .exit,
        0
    );
    let old = token("env:OLD");
    let new = call(&["issue", "--user", "bob", "--secret", "env:NEW"])
        .ids_from(100)
        .run();
    let new = new.stdout.trim_end().to_owned();
    let changed = "the key changed: secret 2 (env:OLD) signed the given token, secret 1 (env:NEW) signs the fresh one";
    for verb in ["renew", "rotate"] {
        for (token, says, ids) in [(&old, true, 40), (&new, false, 160)] {
            let fresh = call(&[&[verb, token][..], &BOTH, &store].concat())
                .wide()
                .ids_from(ids)
                .run();
            assert_eq!(fresh.exit, 0, "{fresh}");
            assert_eq!(fresh.stderr.contains(changed), says, "{verb}: {fresh}");
            let check = call(&[
                "verify",
                fresh.stdout.trim_end(),
                "--secret",
                "env:NEW",
                "--no-store",
            ]);
            assert_eq!(check.run().exit, 0, "{verb}");
        }
    }
}

#[test]
fn the_tokens_of_a_session_are_given_again_by_the_first() {
    let folder = Folder::new();
    let path = folder.path().join("s.db");
    let store = ["--store", path.to_str().unwrap()];
    let pair = call(
        &[
            &[
                "issue",
                "--user",
                "alice",
                "--profile",
                "pair",
                "--secret",
                "env:OLD",
                "-o",
                "refresh",
            ][..],
            &store,
        ]
        .concat(),
    )
    .run();
    let refresh = pair.stdout.trim_end();
    let rotated = call(&[&["rotate", refresh, "-o", "refresh"][..], &BOTH, &store].concat())
        .ids_from(40)
        .run();
    assert_eq!(rotated.exit, 0, "{rotated}");
    let retried = call(
        &[
            &["rotate", refresh, "--reuse-grace", "1m", "-o", "refresh"][..],
            &BOTH,
            &store,
        ]
        .concat(),
    )
    .ids_from(80)
    .run();
    assert_eq!(retried.stdout, rotated.stdout, "{retried}");
}

#[test]
fn a_mistake_is_looked_for_in_each_secret() {
    let old = token("env:OLD");
    let call = call(&[
        "verify",
        &old,
        "--secret",
        "env:NEW",
        "--secret",
        "env:BASE64",
    ])
    .env(
        "BASE64",
        "YS1zZWNyZXQtb2YtbW9yZS10aGFuLTI1Ni1iaXRzLWZvci10aGUtdGVzdHMtYWxvbmU=",
    )
    .wide();
    let called = call.run();
    assert_eq!(called.exit, 4);
    assert!(
        called
            .stderr
            .contains("the signature matches the secret decoded from base64"),
        "{called}"
    );
}

#[test]
fn a_secret_to_be_decoded_is_named_in_that_form() {
    let old = token("env:OLD");
    for flag in ["--secret", "--key"] {
        let called = call(&["verify", &old, flag, "env:BASE64"])
            .env(
                "BASE64",
                "YS1zZWNyZXQtb2YtbW9yZS10aGFuLTI1Ni1iaXRzLWZvci10aGUtdGVzdHMtYWxvbmU=",
            )
            .wide()
            .run();
        assert!(
            called
                .stderr
                .contains("or give it in that form: --secret base64:env:BASE64"),
            "{called}"
        );
    }
}

#[test]
fn of_several_secrets_the_one_that_signs_is_shown() {
    let called = call(&[&["key", "show"][..], &BOTH].concat()).run();
    assert!(
        called.stdout.starts_with("env:NEW: a secret\n")
            && called.stdout.ends_with("signs with HS256\n"),
        "{called}"
    );
}
