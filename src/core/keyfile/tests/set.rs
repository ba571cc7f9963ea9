//! Which key of a set checks or signs a token.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::time::Timestamp;

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

#[test]
fn a_tokens_kid_and_algorithm_pick_from_a_set() {
    let keys = load("public.jwks.json").keys;
    let kinds = |found: ForVerifying<'_>| match found {
        ForVerifying::Try(keys) => keys
            .iter()
            .map(|key| key.kid().unwrap().to_owned())
            .collect(),
        other => vec![format!("{other:?}")],
    };
    for (algorithm, kid, narrow, expected) in [
        (Algorithm::Rs256, Some("rsa"), &[][..], "rsa"),
        (Algorithm::Rs256, None, &[], "rsa"),
        (Algorithm::Es512, None, &[], "ec-p521"),
        (
            Algorithm::Ed25519,
            Some("ed25519"),
            &[Algorithm::Ed25519],
            "ed25519",
        ),
        (
            Algorithm::Rs512,
            Some("rsa"),
            &[],
            "WrongAlgorithm([Rs256])",
        ),
        (
            Algorithm::Es256,
            Some("rsa"),
            &[],
            "WrongAlgorithm([Rs256])",
        ),
        (
            Algorithm::Es256,
            None,
            &[Algorithm::Es384],
            "WrongAlgorithm([Es384])",
        ),
        (
            Algorithm::Hs256,
            None,
            &[],
            "WrongAlgorithm([Rs256, Es256, Es384, Es512, EdDsa, Ed25519])",
        ),
        (
            Algorithm::Es256,
            Some("nobody"),
            &[],
            "UnknownKid([\"rsa\", \"ec-p256\", \"ec-p384\", \"ec-p521\", \"ed25519\"])",
        ),
    ] {
        assert_eq!(
            kinds(keys.for_verifying(algorithm, kid, narrow, NOW)),
            [expected],
            "{algorithm} {kid:?}"
        );
    }
    assert!(matches!(
        KeySet::default().for_verifying(Algorithm::Es256, None, &[], NOW),
        ForVerifying::NoKey
    ));
    assert_eq!(
        keys.for_signing(None, None).unwrap_err(),
        NoSigner::PublicOnly
    );
    assert_eq!(
        KeySet::default().for_signing(None, None).unwrap_err(),
        NoSigner::NoKey
    );
}

#[test]
fn a_key_without_a_kid_fits_any_token_and_one_with_another_does_not() {
    let keys = load_json(&json!({"keys": [
        {"kty": "oct", "k": "AAAA", "kid": "a"},
        {"kty": "oct", "k": "AAAB"},
        {"kty": "oct", "k": "AAAC", "key_ops": ["sign"]},
    ]}));
    let keys = keys.unwrap().keys;
    for (kid, expected) in [(None, 2), (Some("a"), 2), (Some("b"), 1)] {
        let ForVerifying::Try(found) = keys.for_verifying(Algorithm::Hs256, kid, &[], NOW) else {
            panic!("{kid:?}")
        };
        assert_eq!(found.len(), expected, "{kid:?}");
    }
    let signs_alone = load_json(&json!({"kty": "oct", "k": "AAAC", "key_ops": ["sign"]}))
        .unwrap()
        .keys;
    assert!(matches!(
        signs_alone.for_verifying(Algorithm::Hs256, None, &[], NOW),
        ForVerifying::WrongAlgorithm(there) if there.is_empty()
    ));
}

#[test]
fn the_key_that_signs_is_the_one_that_was_meant() {
    let named = |name: &str, kid: &str| with(name, "kid", json!(kid));
    let set = |keys: Value| load_json(&json!({"keys": keys})).unwrap().keys;
    let chosen = |keys: &KeySet, algorithm, kid| {
        keys.for_signing(algorithm, kid)
            .map(|(key, algorithm)| (key.kid().map(str::to_owned), algorithm))
    };

    let one = set(json!([
        jwk_of("rsa-2048.jwk"),
        named("ec-p256.public.jwk", "public")
    ]));
    assert_eq!(chosen(&one, None, None), Ok((None, Algorithm::Rs256)));
    assert_eq!(
        chosen(&one, Some(Algorithm::Ps384), Some("written")),
        Ok((None, Algorithm::Ps384))
    );
    assert_eq!(
        chosen(&one, Some(Algorithm::Es256), None),
        Err(NoSigner::WrongAlgorithm(
            only(load("rsa-2048.jwk")).algorithms().to_vec()
        ))
    );

    let other_kid = set(json!([named("ec-p521.jwk", "a")]));
    assert_eq!(
        chosen(&other_kid, None, None),
        Ok((Some("a".into()), Algorithm::Es512))
    );
    assert_eq!(
        chosen(&other_kid, None, Some("b")),
        Err(NoSigner::UnknownKid(vec!["a".into()]))
    );

    let several = set(json!([
        named("ed25519.jwk", "a"),
        named("ec-p384.jwk", "b"),
        jwk_of("ec-p256.jwk")
    ]));
    assert_eq!(
        chosen(&several, None, Some("b")),
        Ok((Some("b".into()), Algorithm::Es384))
    );
    assert_eq!(
        chosen(&several, Some(Algorithm::Ed25519), None),
        Ok((Some("a".into()), Algorithm::Ed25519))
    );
    assert_eq!(
        chosen(&several, None, Some("c")),
        Err(NoSigner::UnknownKid(vec!["a".into(), "b".into()]))
    );
    assert_eq!(
        chosen(&several, None, None),
        Err(NoSigner::Ambiguous(vec![
            "a, EdDSA Ed25519".into(),
            "b, ES384".into(),
            "(no kid), ES256".into()
        ]))
    );
    let bound = set(json!([with("rsa-2048.jwk", "alg", json!("PS256"))]));
    assert_eq!(chosen(&bound, None, None), Ok((None, Algorithm::Ps256)));
    assert_eq!(
        chosen(&bound, Some(Algorithm::Rs256), None),
        Err(NoSigner::WrongAlgorithm(vec![Algorithm::Ps256]))
    );
}

/// A set of P-256 keys: `a`, which signs, and `b`, which is retired until an hour from now.
fn rolled_over() -> KeySet {
    let key = |name: &str, kid: &str| only(load(name)).with_kid(Some(kid.to_owned()));
    let end = Timestamp::from_seconds(NOW.seconds() + 3600);
    KeySet::new(vec![
        key("ec-p256.jwk", "a"),
        key("jose-ES256.jwk", "b").retired_until(end),
    ])
}

#[test]
fn a_retired_key_signs_no_more_and_checks_until_its_end() {
    let keys = rolled_over();
    let signer = keys.for_signing(None, None).unwrap().0;
    assert_eq!(signer.kid(), Some("a"), "no choice is to be made");
    assert_eq!(
        keys.for_signing(None, Some("b")).unwrap_err(),
        NoSigner::Retired(vec!["b".into()])
    );
    let later = |seconds| Timestamp::from_seconds(NOW.seconds() + seconds);
    let tried = |kid, now| match keys.for_verifying(Algorithm::Es256, kid, &[], now) {
        ForVerifying::Try(keys) => keys.iter().filter_map(|key| key.kid()).collect(),
        ForVerifying::Ended(end) => vec!["ended"; usize::from(end == later(3600))],
        other => panic!("{other:?}"),
    };
    assert_eq!(tried(Some("b"), NOW), ["b"]);
    assert_eq!(tried(None, NOW), ["a", "b"]);
    assert_eq!(tried(Some("b"), later(3599)), ["b"]);
    assert_eq!(tried(Some("b"), later(3600)), ["ended"]);
    assert_eq!(tried(None, later(3600)), ["a"]);
    assert_eq!(tried(Some("a"), later(3600)), ["a"]);
}

#[test]
fn a_retirement_is_the_jwk_s_exp_and_is_written_again() {
    let file = load_json(&with("jose-ES256.jwk", "exp", json!(1_800_003_600.5))).unwrap();
    let key = only(file);
    assert_eq!(
        key.retirement(),
        Some(Timestamp::from_seconds(1_800_003_600))
    );
    assert!(key.is_private() && !key.can_sign());
    for private in [true, false] {
        assert_eq!(key.to_jwk(private)["exp"], json!(1_800_003_600));
    }
    let error = load_json(&with("jose-ES256.jwk", "exp", json!("soon"))).unwrap_err();
    assert_eq!(error.to_string(), "a JWK: its `exp` is not a number");
}

#[test]
fn the_same_key_given_twice_is_no_choice_to_make() {
    let twice = || {
        KeySet::new(vec![
            only(load("ec-p256.jwk")),
            only(load("ec-p256.pkcs8.pem")),
        ])
    };
    assert!(twice().for_signing(None, None).is_ok());
}
