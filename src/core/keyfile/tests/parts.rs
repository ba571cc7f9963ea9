//! JWKs of which something is missing, null or broken: what can be computed is, and the public part serves where the private one can't.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

fn only_members(name: &str, members: &[&str]) -> Value {
    let mut jwk = jwk_of(name);
    let kept = jwk.as_object_mut().unwrap();
    kept.retain(|name, _| members.contains(&name.as_str()));
    jwk
}

const CRT: [&str; 5] = ["p", "q", "dp", "dq", "qi"];

#[test]
fn an_rsa_jwk_without_all_its_members_is_completed() {
    let whole = only(load("rsa-2048.jwk"));
    let public = only(load("rsa-2048.public.jwk"));
    let mut cases = vec![
        only_members("rsa-2048.jwk", &["kty", "n", "e", "d"]),
        only_members("rsa-2048.jwk", &["kty", "n", "e", "d", "p", "q"]),
        only_members("rsa-2048.jwk", &["kty", "n", "e", "d", "p"]),
        only_members("rsa-2048.jwk", &["kty", "n", "e", "d", "dp", "dq", "qi"]),
        only_members("jose-RS256.jwk", &["kty", "n", "e", "d"]),
    ];
    cases.extend(CRT.map(|missing| with("rsa-2048.jwk", missing, Value::Null)));
    // The primes in the other order: RFC 8017 asks for none.
    let mut swapped = only_members("rsa-2048.jwk", &["kty", "n", "e", "d", "p", "q"]);
    let (p, q) = (swapped["p"].clone(), swapped["q"].clone());
    (swapped["p"], swapped["q"]) = (q, p);
    cases.push(swapped);
    for jwk in cases {
        let file = load_json(&jwk).unwrap();
        assert_eq!(file.notes, Vec::<String>::new());
        let key = only(file);
        assert!(key.can_sign(), "{jwk}");
        let signature = key.sign(Algorithm::Rs256, MESSAGE).unwrap();
        let checker = if key.thumbprint() == whole.thumbprint() {
            &public
        } else {
            &key
        };
        assert!(checker.verify(Algorithm::Rs256, MESSAGE, &signature));
        let written = write(&[key], KeyFileForm::Jwk, Extent::Whole).unwrap();
        let written: Value = serde_json::from_slice(written.content.expose()).unwrap();
        assert!(CRT.iter().all(|name| written[name].is_string()), "{jwk}");
    }
}

#[test]
fn keys_with_other_exponents_and_lengths_are_completed() {
    // Made by openssl: 3072 bits with e = 3, and 2048 bits with e = 2^32 + 1.
    let made = |bits: usize, exponent: &str| {
        let output = std::process::Command::new("openssl")
            .args(["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt"])
            .arg(format!("rsa_keygen_bits:{bits}"))
            .args(["-pkeyopt", &format!("rsa_keygen_pubexp:{exponent}")])
            .output();
        output.ok().filter(|output| output.status.success())
    };
    for (bits, exponent) in [(3072, "3"), (2048, "4294967297"), (4096, "65537")] {
        let Some(output) = made(bits, exponent) else {
            continue;
        };
        let key = only(read_bytes(output.stdout).unwrap());
        let whole = key.to_jwk(true);
        let mut jwk = Value::Object(whole.clone());
        for name in CRT {
            jwk.as_object_mut().unwrap().remove(name);
        }
        let again = only(load_json(&jwk).unwrap());
        assert!(again.can_sign(), "{bits} {exponent}");
        let again = again.to_jwk(true);
        // The same primes, the larger one first.
        assert_eq!(again["d"], whole["d"]);
        let primes = |jwk: &serde_json::Map<String, Value>| {
            let mut primes = [jwk["p"].to_string(), jwk["q"].to_string()];
            primes.sort();
            primes
        };
        assert_eq!(primes(&again), primes(&whole));
    }
}

#[test]
fn members_that_are_null_are_absent() {
    for (name, nulls) in [
        (
            "rsa-2048.public.jwk",
            &[
                "d", "p", "q", "dp", "dq", "qi", "oth", "alg", "use", "key_ops", "kid", "x5c",
                "x5t", "exp",
            ][..],
        ),
        ("ec-p256.public.jwk", &["d", "k", "kid", "use"]),
        ("ed25519.jwk", &["kid", "alg", "exp", "key_ops"]),
        ("rsa-2048.jwk", &["oth"]),
    ] {
        let mut jwk = jwk_of(name);
        for null in nulls {
            jwk[null] = Value::Null;
        }
        let file = load_json(&jwk).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (key, plain) = (only(file), only(load(name)));
        assert_eq!(key.is_private(), plain.is_private(), "{name}");
        assert_eq!(key.thumbprint(), plain.thumbprint(), "{name}");
        assert_eq!((key.kid(), key.retirement()), (None, None), "{name}");
    }
    let error = load_json(&json!({"kty": "oct", "k": null})).unwrap_err();
    assert_eq!(error.to_string(), "a JWK: it has no `k`");
}

#[test]
fn a_broken_private_part_leaves_the_public_one_and_is_said() {
    let other = jwk_of("ed25519.jwk")["d"].clone();
    let modulus = jwk_of("rsa-2048.jwk")["n"].clone();
    let zeros = json!("A".repeat(43));
    let d_alone = |d: Value| {
        let mut jwk = only_members("rsa-2048.jwk", &["kty", "n", "e"]);
        jwk["d"] = d;
        jwk
    };
    for (jwk, said) in [
        (
            with("ec-p256.jwk", "d", json!("AQ")),
            "its `d` has 1 bytes; this curve needs 32",
        ),
        (
            with("ec-p256.jwk", "d", json!("A=")),
            "its `d` is not base64url",
        ),
        (
            with("ec-p256.jwk", "d", json!(7)),
            "its `d` is not a string",
        ),
        (with("ec-p256.jwk", "d", other), "do not match"),
        (
            with("ec-p256.jwk", "d", zeros.clone()),
            "out of range for P-256",
        ),
        (
            with("ed25519.jwk", "d", json!("AQ")),
            "its private key has 1 bytes, not 32",
        ),
        (with("ed25519.jwk", "d", zeros.clone()), "do not match"),
        (
            with("rsa-2048.jwk", "oth", json!([])),
            "RSA with more than two primes",
        ),
        (with("rsa-2048.jwk", "d", modulus.clone()), "do not match"),
        (with("rsa-2048.jwk", "qi", json!("AQAB")), "do not match"),
        (with("rsa-2048.jwk", "p", json!("AQAB")), "do not match"),
        (d_alone(json!("AQAB")), "do not match"),
        (d_alone(json!("AQ")), "do not match"),
        (d_alone(json!("AA")), "do not match"),
        (d_alone(json!("")), "do not match"),
        (d_alone(modulus), "do not match"),
        (d_alone(json!("A".repeat(9000))), "do not match"),
    ] {
        let file = load_json(&jwk).unwrap_or_else(|error| panic!("{jwk}: {error}"));
        let is_said = |note: &String| {
            note.starts_with("its private part can't be used, so only its public part is used: ")
                && note.contains(said)
        };
        assert!(file.notes.iter().any(is_said), "{said}: {:?}", file.notes);
        assert!(file.form.contains("public"), "{}", file.form);
        let key = only(file);
        assert!(!key.can_sign() && key.can_verify(), "{said}");
        let keys = [key];
        // What is written is never less than was asked for.
        assert!(matches!(
            write(&keys, KeyFileForm::Jwk, Extent::Whole),
            Err(WriteError::PrivatePartBroken(_))
        ));
        assert!(write(&keys, KeyFileForm::Jwk, Extent::Public).is_ok());
    }
}

#[test]
fn a_coordinate_without_its_leading_zero_is_named_for_it() {
    // RFC 7518 §6.2.1.2. Keys were made one had an x that begins with a zero.
    let jwk = json!({"kty": "EC", "crv": "P-256", "x": ZERO_X, "y": ZERO_Y});
    assert!(load_json(&jwk).is_ok());
    let short = URL_SAFE_NO_PAD.encode(&URL_SAFE_NO_PAD.decode(ZERO_X).unwrap()[1..]);
    let error =
        load_json(&json!({"kty": "EC", "crv": "P-256", "x": short, "y": ZERO_Y})).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("its `x` has 31 bytes; this curve needs 32: the leading zeros are missing"),
        "{error}"
    );
    // Where zeros would make no point of it, nothing is said of them.
    let error =
        load_json(&json!({"kty": "EC", "crv": "P-256", "x": short, "y": ZERO_X})).unwrap_err();
    assert!(!error.to_string().contains("leading zeros"), "{error}");
}

#[test]
fn an_end_that_nobody_meant_is_noted() {
    for (exp, said) in [
        ("4102444800", None),
        ("1767225600000", Some("looks like milliseconds")),
        ("1e300", Some("beyond any date")),
        ("9223372036854775807", Some("beyond any date")),
        ("-5", None),
    ] {
        let text = format!(
            "{{\"kty\":\"oct\",\"k\":\"{}\",\"exp\":{exp}}}",
            "A".repeat(43)
        );
        let file = read_bytes(text).unwrap();
        let note = file.notes.iter().find(|note| note.contains("its `exp`"));
        assert_eq!(note.is_some(), said.is_some(), "{exp}: {:?}", file.notes);
        if let (Some(note), Some(said)) = (note, said) {
            assert!(note.contains(said), "{exp}: {note}");
        }
    }
}

const ZERO_X: &str = "AN1fadW2rN2-9hGuvFMEkh9V-VdJlFrSZrBXQTKsTNQ";
const ZERO_Y: &str = "tTYrKVC4bi4-pbL15iCfXMWtUix67ropo9JklsF451k";
