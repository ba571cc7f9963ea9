//! What is written, and what is not.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

fn keys(name: &str) -> Vec<Key> {
    load(name).keys.into_keys()
}

fn text(written: &KeyFileContent) -> &str {
    std::str::from_utf8(written.content.expose()).unwrap()
}

const PAIRS: [&str; 6] = [
    "rsa-2048.jwk",
    "ec-p256.jwk",
    "ec-p384.jwk",
    "ec-p521.jwk",
    "ed25519.jwk",
    "python-rsa-3072.pkcs8.pem",
];

#[test]
fn the_public_form_of_a_pair_holds_nothing_private() {
    for name in PAIRS {
        let keys = keys(name);
        let private = keys[0].to_jwk(true);
        for form in [KeyFileForm::Jwk, KeyFileForm::Jwks, KeyFileForm::Pem] {
            let written = write(&keys, form, Extent::Public).unwrap();
            for member in ["d", "p", "q", "dp", "dq", "qi"] {
                let Some(value) = private.get(member).and_then(Value::as_str) else {
                    continue;
                };
                assert!(!text(&written).contains(value), "{name} {member}");
                assert!(
                    !text(&written).contains(&format!("\"{member}\"")),
                    "{name} {member}"
                );
            }
            assert!(!text(&written).contains("PRIVATE"), "{name}");
            let again = only(read(&written.content).unwrap());
            assert_eq!(again.thumbprint(), keys[0].thumbprint(), "{name}");
            assert!(!again.is_private(), "{name}");
        }
    }
}

#[test]
fn the_whole_of_a_pair_comes_back() {
    for name in PAIRS {
        let keys = keys(name);
        for form in [
            KeyFileForm::Jwk,
            KeyFileForm::Jwks,
            KeyFileForm::Pem,
            KeyFileForm::Der,
        ] {
            let written = write(&keys, form, Extent::Whole).unwrap();
            let again = only(read(&written.content).unwrap());
            assert_eq!(again.thumbprint(), keys[0].thumbprint(), "{name}");
            assert!(again.can_sign(), "{name}");
        }
    }
}

#[test]
fn pem_is_written_as_openssl_writes_it() {
    for (name, whole) in [
        ("rsa-2048.pkcs8.pem", true),
        ("rsa-2048.spki.pem", false),
        ("ec-p256.pkcs8.pem", true),
        ("ec-p256.spki.pem", false),
        ("ec-p521.pkcs8.pem", true),
        ("ec-p521.spki.pem", false),
        ("ed25519.pkcs8.pem", true),
        ("ed25519.spki.pem", false),
    ] {
        let extent = if whole { Extent::Whole } else { Extent::Public };
        let written = write(&keys(name), KeyFileForm::Pem, extent).unwrap();
        assert_eq!(text(&written).as_bytes(), fixture(name), "{name}");
        if name.starts_with("ec-p256") {
            let written = write(&keys(name), KeyFileForm::Der, extent).unwrap();
            let der = fixture(&name.replace("pem", "der"));
            assert_eq!(written.content.expose(), der, "{name}");
        }
    }
}

#[test]
fn a_secret_comes_back_from_its_jwk_byte_for_byte_and_is_never_published() {
    let secret = read_bytes("correct horse battery staple 1234")
        .unwrap()
        .keys
        .into_keys();
    let jwk = write(&secret, KeyFileForm::Jwk, Extent::Whole).unwrap();
    assert_eq!(
        text(&jwk),
        "{\n  \"kty\": \"oct\",\n  \"k\": \"Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZSAxMjM0\"\n}\n"
    );
    assert!(
        jwk.notes.is_empty(),
        "a thumbprint of a secret that someone chose"
    );
    let raw = write(
        read(&jwk.content).unwrap().keys.keys(),
        KeyFileForm::Raw,
        Extent::Whole,
    )
    .unwrap();
    assert_eq!(text(&raw), "correct horse battery staple 1234");
    for form in [
        KeyFileForm::Jwk,
        KeyFileForm::Jwks,
        KeyFileForm::Pem,
        KeyFileForm::Der,
        KeyFileForm::Raw,
    ] {
        let refused = write(&secret, form, Extent::Public).unwrap_err();
        assert_eq!(refused, WriteError::SecretIsNotPublic);
    }
    let mut mixed = keys("ed25519.jwk");
    mixed.extend(secret);
    let refused = write(&mixed, KeyFileForm::Jwks, Extent::Public).unwrap_err();
    assert_eq!(refused, WriteError::SecretIsNotPublic);
}

#[test]
fn what_a_form_cannot_hold_is_refused() {
    let secret = || {
        read_bytes("a secret of some bytes")
            .unwrap()
            .keys
            .into_keys()
    };
    let two = keys("two-public-keys.pem");
    for (keys, form, expected) in [
        (&two, KeyFileForm::Jwk, WriteError::SeveralInJwk(2)),
        (&two, KeyFileForm::Raw, WriteError::SeveralInRaw(2)),
        (&two, KeyFileForm::Der, WriteError::SeveralInDer(2)),
        (&secret(), KeyFileForm::Pem, WriteError::SecretAsPem),
        (&secret(), KeyFileForm::Der, WriteError::SecretAsPem),
        (
            &keys("ec-p256.jwk"),
            KeyFileForm::Raw,
            WriteError::NoRawBytes("an EC"),
        ),
        (
            &keys("rsa-1024.pkcs8.pem"),
            KeyFileForm::Pem,
            WriteError::PrivatePartNotKept(1024),
        ),
    ] {
        assert_eq!(write(keys, form, Extent::Whole).unwrap_err(), expected);
    }
    let short = write(
        &keys("rsa-1024.pkcs8.pem"),
        KeyFileForm::Jwk,
        Extent::Public,
    )
    .unwrap();
    assert_eq!(
        only(read(&short.content).unwrap()).kind(),
        KeyKind::Rsa { bits: 1024 }
    );
}

#[test]
fn a_pair_without_a_kid_gets_its_thumbprint_and_one_with_keeps_its_own() {
    let written = write(&keys("ec-p256.spki.pem"), KeyFileForm::Jwk, Extent::Public).unwrap();
    let key = only(read(&written.content).unwrap());
    assert_eq!(key.kid(), Some(key.thumbprint().as_str()));
    assert_eq!(written.notes.len(), 1);
    let set = write(&keys("public.jwks.json"), KeyFileForm::Jwks, Extent::Public).unwrap();
    assert!(set.notes.is_empty());
    let kids: Vec<String> = read(&set.content)
        .unwrap()
        .keys
        .keys()
        .iter()
        .map(|key| key.kid().unwrap().to_owned())
        .collect();
    assert_eq!(kids, ["rsa", "ec-p256", "ec-p384", "ec-p521", "ed25519"]);
}

#[test]
fn what_binds_a_key_goes_with_it() {
    for (operations, written_operations) in [
        (json!(["sign"]), json!(null)),
        (json!(["verify"]), json!(["verify"])),
        (json!(["sign", "verify"]), json!(null)),
    ] {
        let mut jwk = with("ec-p256.jwk", "key_ops", operations);
        jwk["alg"] = json!("ES256");
        let file = load_json(&jwk).unwrap();
        let key = only(file);
        let again = key.to_jwk(true);
        assert_eq!(again.get("alg"), Some(&json!("ES256")));
        assert_eq!(
            again.get("key_ops").unwrap_or(&Value::Null),
            &written_operations
        );
    }
    let secret = load_json(&json!({"kty": "oct", "k": "A".repeat(43), "key_ops": ["sign"]}));
    let secret = only(secret.unwrap());
    assert_eq!(secret.to_jwk(true)["key_ops"], json!(["sign"]));
    for (name, form, expected) in [
        (
            "jose-RS256.jwk",
            KeyFileForm::Pem,
            &[
                "PEM can't hold a kid: jose-RS256 was left out",
                "PEM can't bind a key to an algorithm: the key's `alg`, `use` or `key_ops` was left out",
            ][..],
        ),
        (
            "jose-ES256.jwk",
            KeyFileForm::Der,
            &["DER can't hold a kid: jose-ES256 was left out"],
        ),
        ("ec-p256.pkcs8.pem", KeyFileForm::Pem, &[]),
    ] {
        let written = write(&keys(name), form, Extent::Whole).unwrap();
        assert_eq!(written.notes, expected, "{name}");
    }
}

#[test]
fn a_set_holds_each_key_once() {
    let mut twice = keys("ec-p256.spki.pem");
    twice.extend(keys("ec-p256.spki.der"));
    let written = write(&twice, KeyFileForm::Jwks, Extent::Public).unwrap();
    assert_eq!(written.notes[0], "a duplicate key was left out");
    assert_eq!(read(&written.content).unwrap().keys.keys().len(), 1);
    let same_kid = ["ed25519.jwk", "ec-p384.jwk"]
        .into_iter()
        .flat_map(keys)
        .map(|key| key.with_kid(Some("k".to_owned())));
    let written = write(
        &same_kid.collect::<Vec<_>>(),
        KeyFileForm::Jwks,
        Extent::Public,
    )
    .unwrap();
    assert_eq!(written.notes, ["two keys have the kid k"]);
}

#[test]
fn keys_of_jose_are_read() {
    for (name, algorithm) in [
        ("jose-ES256.jwk", Algorithm::Es256),
        ("jose-ES512.jwk", Algorithm::Es512),
        ("jose-RS256.jwk", Algorithm::Rs256),
        ("jose-PS256.jwk", Algorithm::Ps256),
        ("jose-HS256.jwk", Algorithm::Hs256),
    ] {
        let key = only(load(name));
        assert_eq!(key.algorithms(), [algorithm], "{name}");
        assert!(key.can_sign() && key.can_verify(), "{name}");
    }
    assert_eq!(load("jose.jwks.json").keys.keys().len(), 2);
    let public = load("jose.public.jwks.json");
    assert_eq!(public.keys.keys().len(), 2);
    assert!(public.notes[0].starts_with("key 3 (kid jose-A256GCM) was left out: "));
}
