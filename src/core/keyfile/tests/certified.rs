//! JWKs that carry a certificate: it has to be of the same key (RFC 7517 §4.7 to §4.9).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

fn certified(name: &str, members: &[(&str, Value)]) -> Value {
    let mut jwk = jwk_of(name);
    for (name, value) in members {
        jwk[*name] = value.clone();
    }
    jwk
}

fn thumbprints(certificate: &[u8]) -> [Vec<u8>; 2] {
    [&SHA1_FOR_LEGACY_USE_ONLY, &SHA256]
        .map(|algorithm| digest(algorithm, certificate).as_ref().to_vec())
}

#[test]
fn a_jwk_with_its_own_certificate_is_read() {
    let certificate = fixture("certificate.der");
    let chain = json!([base64_of(&certificate), "not even base64"]);
    let [sha1, sha256] = thumbprints(&certificate).map(|print| URL_SAFE_NO_PAD.encode(print));
    // Auth0 writes the base64url of the hexadecimal digits, in capitals.
    let [sha1_hex, sha256_hex] = thumbprints(&certificate)
        .map(|print| URL_SAFE_NO_PAD.encode(hex_of(&print).to_uppercase()));
    for members in [
        &[("x5c", chain.clone())][..],
        &[
            ("x5c", chain.clone()),
            ("x5t", json!(sha1)),
            ("x5t#S256", json!(sha256)),
        ],
        &[
            ("x5c", chain.clone()),
            ("x5t", json!(sha1_hex)),
            ("x5t#S256", json!(sha256_hex)),
        ],
        &[("x5c", chain.clone()), ("x5t", json!(format!("{sha1}=")))],
        &[("x5c", json!(null)), ("x5t", json!(null))],
        // Without the certificate nothing can be compared.
        &[("x5t", json!("AAAA"))],
    ] {
        for name in ["ec-p256.jwk", "ec-p256.public.jwk"] {
            let file = load_json(&certified(name, members)).unwrap();
            assert_eq!(file.notes, Vec::<String>::new(), "{members:?}");
        }
    }
    let rsa = fixture("certificate.rsa-pss-sha256.der");
    let key = only(load("certificate.rsa-pss-sha256.der")).to_jwk(false);
    let mut jwk = Value::Object(key);
    jwk["x5c"] = json!([base64_of(&rsa)]);
    assert!(load_json(&jwk).is_ok());
}

#[test]
fn a_jwk_with_another_key_s_certificate_is_refused() {
    let chain = json!([base64_of(&fixture("certificate.der"))]);
    let other = json!([base64_of(&fixture("certificate.ec-p384.der"))]);
    let [other_sha1, other_sha256] =
        thumbprints(&fixture("certificate.ec-p384.der")).map(|print| URL_SAFE_NO_PAD.encode(print));
    let [other_hex, _] = thumbprints(&fixture("certificate.ec-p384.der"))
        .map(|print| URL_SAFE_NO_PAD.encode(hex_of(&print)));
    for (name, members, said) in [
        (
            "ec-p256.public.jwk",
            &[("x5c", other)][..],
            "whose `x5c` is the certificate of another key",
        ),
        (
            "ec-p384.jwk",
            &[("x5c", chain.clone())],
            "whose `x5c` is the certificate of another key",
        ),
        (
            "rsa-2048.public.jwk",
            &[("x5c", chain.clone())],
            "whose `x5c` is the certificate of another key",
        ),
        (
            "ec-p256.jwk",
            &[("x5c", chain.clone()), ("x5t", json!(other_sha1))],
            "whose `x5t` is the thumbprint of another certificate",
        ),
        (
            "ec-p256.jwk",
            &[("x5c", chain.clone()), ("x5t", json!(other_hex))],
            "whose `x5t` is the thumbprint of another certificate",
        ),
        (
            "ec-p256.jwk",
            &[("x5c", chain.clone()), ("x5t#S256", json!(other_sha256))],
            "whose `x5t#S256` is the thumbprint of another certificate",
        ),
        (
            "ec-p256.jwk",
            &[("x5c", json!("MII"))],
            "its `x5c` is not an array",
        ),
    ] {
        let error = load_json(&certified(name, members))
            .map(|file| file.form)
            .unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
    // Of a set, only that member was left out.
    let bad = certified("rsa-2048.public.jwk", &[("x5c", chain)]);
    let file = load_json(&json!({"keys": [bad, jwk_of("ed25519.public.jwk")]})).unwrap();
    assert!(
        file.notes[0].starts_with("key 1 was left out: a JWK whose `x5c`"),
        "{:?}",
        file.notes
    );
    assert_eq!(only(file).kind(), KeyKind::Ed25519);
}

#[test]
fn a_certificate_that_cannot_be_compared_is_noted() {
    let chain = json!([base64_of(&fixture("certificate.der"))]);
    for (members, said) in [
        (&[("x5c", json!([]))][..], "its `x5c` can't be read"),
        (&[("x5c", json!([7]))], "its `x5c` can't be read"),
        (&[("x5c", json!(["AAAA"]))], "its `x5c` can't be read"),
        (
            &[("x5c", chain.clone()), ("x5t", json!("kid-1"))],
            "its `x5t` is no thumbprint",
        ),
        (
            &[("x5c", chain), ("x5t#S256", json!("~"))],
            "its `x5t#S256` is no thumbprint",
        ),
    ] {
        let file = load_json(&certified("ec-p256.jwk", members)).unwrap();
        assert!(
            file.notes.iter().any(|note| note.contains(said)),
            "{:?}",
            file.notes
        );
    }
}
