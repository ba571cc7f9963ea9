//! JWK and JWKS: bindings, broken members, thumbprints.
#![expect(clippy::too_many_lines, reason = "long tables of short cases")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

#[test]
fn a_jwk_keeps_to_what_it_states() {
    for (jwk, expected) in [
        (with("ec-p256.jwk", "alg", json!("ES256")), Ok((true, true))),
        (
            with("ec-p256.jwk", "alg", json!("ES384")),
            Err("its `alg` is ES384, which its kind (EC P-256)"),
        ),
        (
            with("ec-p256.jwk", "alg", json!("ES521")),
            Err("a JWK whose `alg` names no algorithm"),
        ),
        (
            with("ec-p256.jwk", "alg", json!("none")),
            Err("a JWK whose `alg` names no algorithm"),
        ),
        (
            with("ec-p256.jwk", "alg", json!(7)),
            Err("its `alg` is not a string"),
        ),
        (
            with("ec-p256.jwk", "alg", json!("ECDH-ES")),
            Err("a JWK with `alg` ECDH-ES (key agreement"),
        ),
        (
            with("rsa-2048.jwk", "alg", json!("HS256")),
            Err("its `alg` is HS256, which its kind (RSA 2048)"),
        ),
        (
            with("rsa-2048.jwk", "alg", json!("PS384")),
            Ok((true, true)),
        ),
        (
            with("ed25519.jwk", "alg", json!("Ed25519")),
            Ok((true, true)),
        ),
        (
            with("ed25519.jwk", "alg", json!("ES256")),
            Err("which its kind (Ed25519) does not support"),
        ),
        (with("ec-p256.jwk", "use", json!("sig")), Ok((true, true))),
        (
            with("ec-p256.jwk", "use", json!("enc")),
            Err("for encryption (`use` is enc)"),
        ),
        (
            with("ec-p256.jwk", "use", json!("SIG")),
            Err("with a `use` that is not sig"),
        ),
        (
            with("ec-p256.jwk", "use", json!(["sig"])),
            Err("its `use` is not a string"),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!(["sign", "verify"])),
            Ok((true, true)),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!(["sign"])),
            Ok((true, true)),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!(["verify"])),
            Ok((false, true)),
        ),
        (
            with("ec-p256.public.jwk", "key_ops", json!(["verify"])),
            Ok((false, true)),
        ),
        (
            with("ec-p256.public.jwk", "key_ops", json!(["sign"])),
            Ok((false, false)),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!(["deriveBits"])),
            Err("`key_ops` name neither sign nor verify"),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!([])),
            Err("`key_ops` name neither sign nor verify"),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!("sign")),
            Err("its `key_ops` is not an array"),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!(["sign", "verify", "sign"])),
            Err("its `key_ops` have a value twice (RFC 7517 §4.3)"),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!(["sign", 7])),
            Err("its `key_ops` hold something that is not a string"),
        ),
        (
            with("ec-p256.jwk", "key_ops", json!(["sign", null])),
            Err("its `key_ops` hold something that is not a string"),
        ),
        (
            json!({"kty": "oct", "k": "AAAA", "key_ops": ["sign"]}),
            Ok((true, false)),
        ),
        (
            json!({"kty": "oct", "k": "AAAA", "key_ops": ["verify"]}),
            Ok((false, true)),
        ),
        (
            json!({"kty": "oct", "k": "AAAA", "alg": "HS384"}),
            Ok((true, true)),
        ),
        (
            json!({"kty": "oct", "k": "AAAA", "alg": "RS256"}),
            Err("does not support"),
        ),
        (
            json!({"kty": "oct", "k": "AAAA", "alg": "A256GCM"}),
            Err("content encryption"),
        ),
        (
            with("ec-p256.jwk", "crv", json!("P-384")),
            Err("its `x` has 32 bytes; this curve needs 48"),
        ),
        (
            with("ec-p256.jwk", "crv", json!("secp256k1")),
            Err("its public key is not on the curve secp256k1"),
        ),
        (
            with("ed25519.jwk", "crv", json!("X25519")),
            Err("an OKP JWK with `crv` X25519"),
        ),
        (
            with("ed25519.jwk", "crv", json!("\u{1b}[0m")),
            Err("an OKP JWK with an unknown `crv`"),
        ),
        (
            with("ed25519.jwk", "crv", Value::Null),
            Err("it has no `crv`"),
        ),
        (
            with("ec-p256.jwk", "kty", json!("RSA")),
            Err("it has no `n`"),
        ),
        (
            with("ec-p256.jwk", "kty", json!("AKP")),
            Err("a JWK with `kty` AKP"),
        ),
        (
            with("ec-p256.jwk", "kid", json!(1)),
            Err("its `kid` is not a string"),
        ),
    ] {
        match (load_json(&jwk), expected) {
            (Ok(file), Ok((sign, verify))) => {
                let key = only(file);
                assert_eq!((key.can_sign(), key.can_verify()), (sign, verify), "{jwk}");
                if let Some(algorithm) = jwk["alg"].as_str() {
                    assert_eq!(
                        key.algorithms()
                            .iter()
                            .map(|one| one.name())
                            .collect::<Vec<_>>(),
                        [algorithm]
                    );
                }
            }
            (Err(error), Err(said)) => assert!(error.to_string().contains(said), "{jwk}: {error}"),
            (file, _) => panic!("{jwk}: {:?}", file.map(|file| file.form)),
        }
    }
}

#[test]
fn a_jwk_that_is_broken_is_named() {
    let short = |name: &str, member: &str| {
        let bytes = URL_SAFE_NO_PAD
            .decode(jwk_of(name)[member].as_str().unwrap())
            .unwrap();
        with(name, member, json!(URL_SAFE_NO_PAD.encode(&bytes[1..])))
    };
    let x = jwk_of("ec-p256.jwk")["x"].as_str().unwrap().to_owned();
    let rsa_n = jwk_of("rsa-2048.jwk")["n"].as_str().unwrap().to_owned();
    for (jwk, said) in [
        (
            short("ec-p256.jwk", "x"),
            "its `x` has 31 bytes; this curve needs 32",
        ),
        (
            short("ec-p521.jwk", "y"),
            "its `y` has 65 bytes; this curve needs 66",
        ),
        (
            short("ed25519.jwk", "x"),
            "its public key has 31 bytes, not 32",
        ),
        (
            short("ed25519.public.jwk", "x"),
            "its public key has 31 bytes, not 32",
        ),
        (
            with("ec-p256.public.jwk", "y", json!(x)),
            "its public key is not on the curve P-256",
        ),
        (
            with("ec-p256.jwk", "x", json!(format!("{x}="))),
            "its `x` is not base64url without padding",
        ),
        (
            with("ec-p256.jwk", "x", json!(format!(" {x}"))),
            "its `x` is not base64url without padding",
        ),
        (
            with("ec-p256.jwk", "x", json!(x.replace(['-', '_'], "+") + "+")),
            "its `x` is not base64url",
        ),
        (
            json!({"kty": "oct", "k": "AB"}),
            "its `k` is not base64url without padding",
        ),
        (json!({"kty": "oct", "k": ""}), "its `k` is empty"),
        (json!({"kty": "oct", "k": 1}), "its `k` is not a string"),
        (json!({"kty": "oct"}), "it has no `k`"),
        (
            json!({"kty": "oct", "k": "LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0"}),
            "a PEM file can't be used as an HMAC secret",
        ),
        (
            with("rsa-2048.public.jwk", "e", json!("AQ")),
            "its public exponent is not above 1",
        ),
        (
            with("rsa-2048.public.jwk", "e", json!("")),
            "its public exponent is not above 1",
        ),
        (
            with("rsa-2048.public.jwk", "e", json!("AA")),
            "its public exponent is not above 1",
        ),
        (
            with("rsa-2048.public.jwk", "e", json!("AQAA")),
            "its public exponent is even",
        ),
        (
            with("rsa-2048.public.jwk", "e", json!(rsa_n)),
            "its public exponent has more than 33 bits",
        ),
        (
            with(
                "rsa-2048.public.jwk",
                "n",
                json!(format!("{}A", &rsa_n[..rsa_n.len() - 1])),
            ),
            "its modulus is even",
        ),
        (
            with("rsa-2048.public.jwk", "n", json!("AQAB")),
            "its modulus has 17 bits",
        ),
        (
            with("rsa-2048.public.jwk", "n", json!("_".repeat(10_928))),
            "its modulus has 65568 bits",
        ),
    ] {
        match load_json(&jwk) {
            Ok(file) => panic!("{jwk}: {}", file.form),
            Err(error) => assert!(error.to_string().contains(said), "{jwk}: {error}"),
        }
    }
}

#[test]
fn members_that_stand_twice_are_refused() {
    for text in [
        "{\"kty\":\"oct\",\"k\":null,\"k\":\"BBBB\"}",
        "{\"kty\":\"oct\",\"k\":\"AAAA\",\"k\":\"BBBB\"}",
        "{\"kty\":\"oct\",\"k\":\"AAAA\",\"\\u006b\":\"BBBB\"}",
        "{\"kty\":\"oct\",\"k\":\"AAAA\",\"x\":1,\"x\":1}",
        "{\"keys\":[],\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"k\":\"BBBB\"}]}",
    ] {
        let error = read_bytes(text)
            .map(|file| file.form)
            .unwrap_err()
            .to_string();
        assert!(
            error.ends_with("it has a repeated member"),
            "{text}: {error}"
        );
    }
}

#[test]
fn a_modulus_with_a_leading_zero_is_the_same_key() {
    let n = URL_SAFE_NO_PAD
        .decode(jwk_of("rsa-2048.jwk")["n"].as_str().unwrap())
        .unwrap();
    let padded = with(
        "rsa-2048.jwk",
        "n",
        json!(URL_SAFE_NO_PAD.encode([&[0][..], &n].concat())),
    );
    assert_eq!(
        only(load_json(&padded).unwrap()).thumbprint(),
        only(load("rsa-2048.jwk")).thumbprint()
    );
}

#[test]
fn the_small_order_points_of_ed25519_are_refused_in_every_spelling() {
    // The ten of the eight points, with both signs where the point has one; then the spellings with a y that is not below 2^255 - 19.
    let canonical = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    ];
    let other = [
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    for (spelling, said) in canonical
        .map(|one| (one, "its public key has a small order"))
        .into_iter()
        .chain(other.map(|one| (one, "its public key is not encoded as RFC 8032 requires")))
    {
        let mut bytes: Vec<u8> = (0..32)
            .map(|at| u8::from_str_radix(&spelling[2 * at..2 * at + 2], 16).unwrap())
            .collect();
        for _ in 0..2 {
            let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(&bytes)});
            let error = load_json(&jwk)
                .map(|file| file.form)
                .unwrap_err()
                .to_string();
            assert!(error.contains(said), "{spelling}: {error}");
            let spki = [
                &b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"[..],
                &bytes,
            ]
            .concat();
            assert!(
                read_bytes(spki).unwrap_err().to_string().contains(said),
                "{spelling}"
            );
            bytes[31] ^= 0x80;
        }
    }
}

#[test]
fn an_unusable_member_of_a_jwks_is_left_out_and_named() {
    let mut keys = vec![jwk_of("ed25519.public.jwk")];
    keys.push(with("ec-p256.public.jwk", "use", json!("enc")));
    keys.push(json!({"kty": "RSA", "kid": "old", "n": "AQAB", "e": "AQAB"}));
    keys.push(json!("not a key"));
    let file = load_json(&json!({"keys": keys})).unwrap();
    assert_eq!(file.form, "a JWKS of 4 keys");
    assert_eq!(
        file.notes,
        [
            "key 2 was left out: a JWK for encryption (`use` is enc) can't be used: give a key for signatures",
            "key 3 (kid old) was left out: an RSA JWK: its modulus has 17 bits; jwtsess can use 1024 to 8192",
            "key 4 was left out: a JWK: it has no `kty`",
        ]
    );
    assert_eq!(only(file).kind(), KeyKind::Ed25519);
    let error = load_json(&json!({"keys": keys[1..]}))
        .map(|file| file.form)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with(
            "a JWKS of 3 keys: none of them can be used; about the first: a JWK for encryption"
        ),
        "{error}"
    );
}

#[test]
fn a_private_jwk_comes_out_as_it_went_in_and_a_public_one_holds_no_private_member() {
    for name in [
        "rsa-2048.jwk",
        "ec-p256.jwk",
        "ec-p384.jwk",
        "ec-p521.jwk",
        "ed25519.jwk",
    ] {
        let (key, jwk) = (only(load(name)), jwk_of(name));
        assert_eq!(Value::Object(key.to_jwk(true)), jwk, "{name}");
        let public = key.to_jwk(false);
        for member in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(!public.contains_key(member), "{name} {member}");
        }
        let again = only(load_json(&Value::Object(public)).unwrap());
        assert_eq!(
            (again.thumbprint(), again.is_private()),
            (key.thumbprint(), false),
            "{name}"
        );
    }
}

#[test]
fn thumbprints_are_those_of_the_rfcs() {
    let of_rsa = json!({
        "kty": "RSA",
        "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs\
              tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbI\
              SD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"
    });
    let of_ed25519 =
        json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    for (jwk, thumbprint) in [
        (of_rsa, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        (of_ed25519, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
    ] {
        assert_eq!(only(load_json(&jwk).unwrap()).thumbprint(), thumbprint);
    }
}

#[test]
fn rfc_8037_a_4_comes_out_as_written() {
    let key = json!({"kty": "OKP", "crv": "Ed25519", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    let key = only(load_json(&key).unwrap());
    let signed = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    assert_eq!(
        URL_SAFE_NO_PAD.encode(key.sign(Algorithm::EdDsa, signed).unwrap()),
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    );
}
