//! A set rolled over: what is new, what is retired, what stays as it was.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::key::tests::Counter;
use crate::core::keyfile::rotate::{PrivateSet, RotateError};
use crate::core::time::Timestamp;

const END: Timestamp = Timestamp::from_seconds(2_000_000_000);

fn set_of(keys: &[Value]) -> Secret {
    Secret::new(json!({ "keys": keys }).to_string().into_bytes())
}

fn jwk(name: &str, kid: &str) -> Value {
    with(name, "kid", json!(kid))
}

fn written(set: &PrivateSet) -> Value {
    serde_json::from_slice(set.write().unwrap().expose()).unwrap()
}

/// Rolls the one key over, and returns the new one's JWK.
fn successor_of(old: Value) -> Value {
    let mut set = PrivateSet::read(&set_of(&[old])).unwrap();
    let at = set.signer(None).unwrap();
    set.roll(at, Some("new".to_owned()), END, &mut Counter(0))
        .unwrap();
    written(&set)["keys"][0].clone()
}

#[test]
fn the_new_key_is_first_and_signs_and_the_old_one_checks_until_its_end() {
    for name in [
        "ec-p256.jwk",
        "ec-p521.jwk",
        "ed25519.jwk",
        "rsa-2048.jwk",
        "jose-HS256.jwk",
    ] {
        let mut set = PrivateSet::read(&set_of(&[jwk(name, "old")])).unwrap();
        let at = set.signer(None).unwrap();
        set.roll(at, None, END, &mut Counter(0)).unwrap();
        let read = read(&set.write().unwrap()).unwrap();
        let [fresh, old] = read.keys.keys() else {
            panic!("{name}: {:?}", read.keys);
        };
        assert_eq!(fresh.kind(), old.kind(), "{name}");
        assert_eq!(fresh.algorithms(), old.algorithms(), "{name}");
        assert_eq!(fresh.kid(), Some(fresh.thumbprint().as_str()), "{name}");
        assert!(fresh.can_sign() && !old.can_sign(), "{name}");
        assert_eq!(
            (old.kid(), old.retirement()),
            (Some("old"), Some(END)),
            "{name}"
        );
        let (signer, _) = read.keys.for_signing(None, None).unwrap();
        assert_eq!(signer.kid(), fresh.kid(), "{name}");
    }
}

#[test]
fn what_else_is_in_the_file_stays_as_it_was() {
    let mut old = jwk("ec-p256.jwk", "old");
    old["x5t"] = json!("abc");
    let others = [
        json!({"kty": "AKP", "kid": "unknown", "priv": "AAAA"}),
        json!(7),
        jwk("ed25519.public.jwk", "public"),
    ];
    let mut keys = others.to_vec();
    keys.insert(1, old.clone());
    let file = json!({"note": "kept", "keys": keys, "more": [1, 2.5]}).to_string();
    let mut set = PrivateSet::read(&Secret::new(file.into_bytes())).unwrap();
    let at = set.signer(None).unwrap();
    assert_eq!(at, 1);
    set.roll(at, None, END, &mut Counter(0)).unwrap();
    let after = written(&set);
    old["exp"] = json!(END.seconds());
    assert_eq!(
        after["keys"].as_array().unwrap()[1..],
        [others[0].clone(), old, others[1].clone(), others[2].clone()]
    );
    assert_eq!(
        (&after["note"], &after["more"]),
        (&json!("kept"), &json!([1, 2.5]))
    );
}

#[test]
fn the_new_key_is_bound_as_the_old_one_and_longer_where_that_was_too_short() {
    let oct = |bytes: usize, alg: Value| {
        let mut jwk =
            json!({"kty": "oct", "kid": "old", "k": URL_SAFE_NO_PAD.encode(vec![b'k'; bytes])});
        if !alg.is_null() {
            jwk["alg"] = alg;
        }
        jwk
    };
    let bytes = |jwk: &Value| {
        URL_SAFE_NO_PAD
            .decode(jwk["k"].as_str().unwrap())
            .unwrap()
            .len()
    };
    for (old, expected) in [
        (oct(40, Value::Null), 40),
        (oct(16, Value::Null), 32),
        (oct(200, Value::Null), 32),
        (oct(32, json!("HS512")), 64),
        (oct(128, json!("HS512")), 128),
    ] {
        let fresh = successor_of(old.clone());
        assert_eq!(bytes(&fresh), expected, "{old}");
        assert_eq!(fresh.get("alg"), old.get("alg"));
    }
    let mut old = jwk("rsa-2048.jwk", "old");
    old["alg"] = json!("PS384");
    old["use"] = json!("sig");
    old["key_ops"] = json!(["sign"]);
    let fresh = successor_of(old);
    let names: Vec<&str> = fresh
        .as_object()
        .unwrap()
        .keys()
        .take(5)
        .map(String::as_str)
        .collect();
    assert_eq!(names, ["kty", "kid", "use", "key_ops", "alg"]);
    assert_eq!(
        (&fresh["alg"], &fresh["use"]),
        (&json!("PS384"), &json!("sig"))
    );
    assert_eq!(fresh["key_ops"], json!(["sign"]));
}

#[test]
fn of_several_that_sign_one_has_to_be_named() {
    let two = set_of(&[jwk("ec-p256.jwk", "a"), jwk("ed25519.jwk", "b")]);
    let mut set = PrivateSet::read(&two).unwrap();
    let kids = || vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(set.signer(None), Err(RotateError::Several(kids())));
    assert_eq!(set.signer(Some("c")), Err(RotateError::NoSuchKid(kids())));
    assert_eq!(set.signer(Some("b")), Ok(1));
    let taken = set.roll(1, Some("a".to_owned()), END, &mut Counter(0));
    assert_eq!(taken, Err(RotateError::KidTaken));
    assert_eq!(
        written(&set),
        serde_json::from_slice::<Value>(two.expose()).unwrap(),
        "as it was"
    );
}

#[test]
fn pruning_drops_what_is_over_and_nothing_else() {
    let retired = |name: &str, kid: &str, end: i64| {
        let mut jwk = jwk(name, kid);
        jwk["exp"] = json!(end);
        jwk
    };
    let keys = [
        retired("ec-p256.jwk", "over", 1000),
        jwk("ed25519.jwk", "signs"),
        json!({"kty": "AKP", "exp": 1}),
        retired("ec-p384.jwk", "just over", 2000),
        retired("ec-p521.jwk", "still checks", 2001),
    ];
    let mut set = PrivateSet::read(&set_of(&keys)).unwrap();
    let now = Timestamp::from_seconds(2000);
    assert_eq!(set.ended(now), 2);
    let dropped = [Some("over".to_owned()), Some("just over".to_owned())];
    assert_eq!(set.prune(now), dropped);
    assert_eq!(set.ended(now), 0);
    let kept = [keys[1].clone(), keys[2].clone(), keys[4].clone()];
    assert_eq!(written(&set)["keys"], json!(kept));
    assert_eq!(set.signer(None), Ok(0));
}

#[test]
fn what_is_no_private_set_is_refused() {
    let one = |name: &str| PrivateSet::read(&Secret::new(fixture(name)));
    for (name, form) in [
        ("ec-p256.jwk", "a JWK (EC P-256, private)"),
        ("ec-p256.pkcs8.pem", "a PEM PKCS#8 private key (EC P-256)"),
        ("encrypted.pkcs8.pem", "an encrypted PKCS#8 private key"),
        ("message.txt", "raw secret bytes"),
    ] {
        let error = one(name).unwrap_err();
        assert_eq!(error, RotateError::NotASet(form.to_owned()), "{name}");
    }
    let public = one("public.jwks.json").unwrap();
    assert_eq!(public.signer(None), Err(RotateError::NoSigner));
    let twice =
        br#"{"keys":[{"kty":"oct","k":"c2VjcmV0","k":"b3RoZXI"},{"kty":"oct","k":"c2VjcmV0"}]}"#;
    let twice = PrivateSet::read(&Secret::new(twice.to_vec())).unwrap_err();
    assert_eq!(twice.to_string(), "a JWK: it has a repeated member");
}

#[test]
fn a_set_does_not_outgrow_a_key_file() {
    let mut large = jwk("ed25519.jwk", "old");
    large["note"] = json!("x".repeat(MAX_KEY_FILE - 600));
    let mut set = PrivateSet::read(&set_of(&[large])).unwrap();
    let at = set.signer(None).unwrap();
    set.roll(at, Some("y".repeat(600)), END, &mut Counter(0))
        .unwrap();
    assert_eq!(set.write().unwrap_err(), RotateError::TooLarge);
}

#[test]
fn debug_shows_nothing_of_the_keys() {
    let set = PrivateSet::read(&set_of(&[jwk("ec-p256.jwk", "old")])).unwrap();
    let shown = format!("{set:?}");
    let d = jwk("ec-p256.jwk", "old")["d"].as_str().unwrap().to_owned();
    assert!(shown.contains("old") && !shown.contains(&d), "{shown}");
}
