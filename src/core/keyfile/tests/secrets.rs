//! Secrets as people have them: each is taken, by `--key` and by `--secret`, with every one of its bytes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ParsedPublicKey};
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::*;

fn taken(bytes: &[u8]) -> bool {
    let as_it_is = Key::from_secret(Secret::new(bytes.to_vec())).is_ok();
    let by_file = read_bytes(bytes).is_ok_and(|file| file.form == "raw secret bytes");
    as_it_is && by_file
}

#[test]
fn every_usual_secret_is_taken() {
    for secret in [
        "secret",
        "changeme",
        "hunter2",
        "correct horse battery staple, 32",
        "correct horse battery staple\nmany lines of it\nand one more\n",
        "12345678901234567890123456789012",
        "4111111111111111",
        "django-insecure-x&2!m^1a$=b{0}#k(_w)+7@z-_p%8q*e",
        "django-insecure-=kty=lock-_end-key*begin(aqab)modulus",
        "3w!k$_@=(z+begin^2public&key-end#9pw*0x)-_k+q%7e",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "{f47ac10b-58cc-4372-a567-0e02b2c3d479}",
        "F47AC10B58CC4372A5670E02B2C3D479",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
        "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg",
        "it's a \"quoted\" secret, with $dollars, {braces} = signs",
        "$ecret$ and {curly} things = fine",
        "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
        "key=value",
        "a_b=c2VjcmV0",
        "jwt_secret",
        "JWT_SECRET",
        "nullify the whole thing",
        "true colours of a longer secret",
        "the public key is not the secret, begin with that, and end it so",
        "vault: a passphrase with a colon",
        "horse kty rsa battery staple correct",
        "horse rsa battery kty, crv p-256, staple",
        "horse-kty-rsa-battery-staple-correct-okp-and-ec",
        "horse begin battery certificate staple end",
        "horse-begin-battery-certificate-staple-end-public-key",
        "horse_begin_certificate_staple_end_public_key",
        "HORSE BEGIN BATTERY CERTIFICATE STAPLE",
        "HORSE BEGIN CERTIFICATE BATTERY STAPLE",
        "HORSE-BEGIN-CERTIFICATE-BATTERY-STAPLE",
        "the pros and the cons: a set of ssh-rsa and ssh-ed25519 keys",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "ключ, который никто не угадает 42",
        "秘密の鍵は誰にも教えない三十二文字以上のとても長い文字列です",
        "🔑🔑🔑🔑🔑🔑🔑🔑",
        "café crème brûlée à la carte, s'il vous plaît",
        "100%25 sure & &amp; \\n escaped \\x41",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20",
        "*** three stars and more ***",
        "{{ not closed",
        "${ not closed",
        "a${b}c",
        "<html lover's passphrase>",
    ] {
        // `<html` is a page by --key; the last one shows that --secret asks for nothing of that.
        let by_secret = Key::from_secret(Secret::new(secret.as_bytes().to_vec()));
        assert!(by_secret.is_ok(), "{secret:?}: {:?}", by_secret.err());
        if !secret.starts_with("<html") {
            assert!(
                taken(secret.as_bytes()),
                "{secret:?}: {:?}",
                read_bytes(secret).map(|file| file.form)
            );
        }
    }
}

/// Seeded: what holds here holds on every machine.
fn random() -> TestRng {
    TestRng::deterministic_rng(RngAlgorithm::ChaCha)
}

#[test]
fn random_secrets_are_taken_in_every_usual_form() {
    let mut random = random();
    let points = [33, 49, 67];
    let mut refused = Vec::new();
    for round in 0..6000 {
        let length = 16 + round % 113;
        let mut bytes = vec![0; length];
        random.fill_bytes(&mut bytes);
        let hex = hex_of(&bytes);
        let forms = [
            hex.clone().into_bytes(),
            STANDARD.encode(&bytes).into_bytes(),
            URL_SAFE_NO_PAD.encode(&bytes).into_bytes(),
            format!("{}\n", STANDARD.encode(&bytes)).into_bytes(),
            bytes.clone(),
        ];
        for (at, form) in forms.into_iter().enumerate() {
            if Key::from_secret(Secret::new(form)).is_err() {
                refused.push((length, at));
            }
        }
    }
    // A line break behind the bytes of a point is not looked at in 34 and 35 random ones but by chance.
    let others: Vec<_> = refused
        .iter()
        .filter(|(length, _)| !points.contains(length))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(refused.len() <= 8, "{refused:?}");
}

#[test]
fn random_passwords_are_taken() {
    let mut random = random();
    let django = b"abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";
    let printable: Vec<u8> = (b'!'..=b'~').collect();
    let letters: Vec<u8> = printable
        .iter()
        .copied()
        .filter(u8::is_ascii_alphanumeric)
        .collect();
    let alphabets: [&[u8]; 3] = [django, &printable, &letters];
    for round in 0..6000 {
        let alphabet = alphabets[round % 3];
        let length = [50, 20, 32, 40, 64, 48, 50][round % 7];
        let text: Vec<u8> = (0..length)
            .map(|_| alphabet[random.next_u32() as usize % alphabet.len()])
            .collect();
        let refused = Key::from_secret(Secret::new(text.clone())).err();
        assert_eq!(refused, None, "{:?}", String::from_utf8_lossy(&text));
        if round % 3 == 0 {
            assert!(taken(&text), "{:?}", String::from_utf8_lossy(&text));
        }
    }
}

#[test]
fn of_the_lengths_of_a_compressed_point_one_random_secret_in_some_270_is_refused() {
    let mut random = random();
    for (length, most) in [
        (33, 60),
        (49, 60),
        (67, 3),
        (32, 0),
        (48, 0),
        (64, 0),
        (65, 0),
        (66, 0),
    ] {
        let mut refused = 0;
        for _ in 0..8000 {
            let mut bytes = vec![0; length];
            random.fill_bytes(&mut bytes);
            refused += usize::from(Key::from_secret(Secret::new(bytes)).is_err());
        }
        // 8000/256 are 31.
        assert!(refused <= most, "{length}: {refused}");
    }
}

/// Whether bytes are, and are no more than, a point of P-256 or P-384 with one coordinate.
fn is_compressed_point(bytes: &[u8]) -> bool {
    let curve = match bytes.len() {
        33 => &ECDSA_P256_SHA256_FIXED,
        49 => &ECDSA_P384_SHA384_FIXED,
        _ => return false,
    };
    matches!(bytes[0], 2 | 3) && ParsedPublicKey::new(curve, bytes).is_ok()
}

/// Random bytes, one in four of which have the length and the first byte of a compressed point.
fn secret_or_point() -> impl Strategy<Value = Vec<u8>> {
    let like_a_point =
        (prop::sample::select(vec![33, 49]), 2..=3_u8).prop_flat_map(|(length, first)| {
            prop::collection::vec(any::<u8>(), length).prop_map(move |mut bytes| {
                bytes[0] = first;
                bytes
            })
        });
    prop_oneof![
        3 => prop::collection::vec(any::<u8>(), 33..=49),
        1 => like_a_point,
    ]
}

proptest! {
    #[test]
    fn a_secret_that_is_taken_signs_as_its_own_bytes(bytes in prop::collection::vec(any::<u8>(), 36..48)) {
        prop_assume!(bytes.iter().any(|byte| *byte != 0));
        let key = Key::from_secret(Secret::new(bytes.clone())).unwrap();
        let mac = key.sign(Algorithm::Hs256, MESSAGE).unwrap();
        prop_assert!(crate::core::key::hmac_with(&Secret::new(bytes), Algorithm::Hs256, MESSAGE, &mac));
    }

    #[test]
    fn a_secret_in_a_jwk_stays_one_unless_it_is_a_compressed_point(bytes in secret_or_point()) {
        match load_json(&json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(&bytes)})) {
            Ok(file) => {
                prop_assert_eq!(only(file).kind(), KeyKind::Secret { bytes: bytes.len() });
                prop_assert!(!is_compressed_point(&bytes));
            }
            Err(KeyFileError::Secret(SecretError::NoSecret(refused))) => {
                prop_assert_eq!(refused.what, "a compressed EC point, which is a public key,");
                // There may be line breaks or its own length around it.
                let mut parts = [33, 49].into_iter().flat_map(|length| bytes.windows(length));
                prop_assert!(parts.any(is_compressed_point));
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
