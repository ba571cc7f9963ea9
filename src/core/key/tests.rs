//! What every key and every set of keys must do.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value;

use super::*;
use crate::core::algorithm::Algorithm;
use crate::core::entropy::Entropy;
use crate::core::secret::Secret;

/// Bytes that go on where the last ones ended.
pub(in crate::core) struct Counter(pub(in crate::core) u8);

impl Entropy for Counter {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
    }
}

fn secret(bytes: &[u8]) -> Key {
    Key::from_secret(Secret::new(bytes.to_vec())).unwrap()
}

#[test]
fn a_key_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Key>();
    shared::<KeySet>();
    let key = secret(&[7; 32]);
    let mac = key.sign(Algorithm::Hs256, b"m").unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(key.verify(Algorithm::Hs256, b"m", &mac)));
        }
    });
}

#[test]
fn a_secret_serves_its_three_algorithms_and_no_other() {
    let key = secret(&[7; 64]);
    for algorithm in Algorithm::ALL {
        match key.sign(algorithm, b"message") {
            Ok(mac) => {
                assert!(algorithm.is_hmac());
                assert!(key.verify(algorithm, b"message", &mac));
                assert!(!key.verify(algorithm, b"messagE", &mac));
                assert!(
                    !key.verify(algorithm, b"message", &mac[..mac.len() - 1]),
                    "cut short"
                );
                assert!(!key.verify(algorithm, b"message", b""));
                assert!(!secret(&[8; 64]).verify(algorithm, b"message", &mac));
            }
            Err(error) => {
                assert_eq!((algorithm.is_hmac(), error), (false, SignError::Unfit));
                assert!(!key.verify(algorithm, b"message", b"anything"));
            }
        }
    }
}

#[test]
fn a_secret_shorter_than_the_hash_is_weak() {
    for (bytes, algorithm, expected) in [
        (31, Algorithm::Hs256, Some((248, 256))),
        (32, Algorithm::Hs256, None),
        (47, Algorithm::Hs384, Some((376, 384))),
        (48, Algorithm::Hs384, None),
        (63, Algorithm::Hs512, Some((504, 512))),
        (64, Algorithm::Hs512, None),
        (1, Algorithm::Es256, None),
    ] {
        assert_eq!(
            secret(&vec![1; bytes]).weakness(algorithm),
            expected,
            "{bytes} {algorithm}"
        );
    }
}

#[test]
fn an_empty_secret_is_refused() {
    assert_eq!(
        Key::from_secret(Secret::new(Vec::new())).unwrap_err(),
        SecretError::Empty
    );
}

#[test]
fn a_generated_secret_is_bound_to_hs256_and_comes_back_from_its_jwk() {
    let key = Key::generate_secret(&mut Counter(0)).with_kid(Some("dev".to_owned()));
    assert_eq!(key.kind(), KeyKind::Secret { bytes: 32 });
    assert_eq!(key.algorithms(), [Algorithm::Hs256]);
    assert_eq!(
        Value::Object(key.to_jwk(true)),
        serde_json::json!({"kty": "oct", "k": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "kid": "dev", "alg": "HS256"})
    );
    assert_eq!(
        Value::Object(key.to_jwk(false)),
        serde_json::json!({"kty": "oct", "kid": "dev", "alg": "HS256"})
    );
}

#[test]
fn debug_shows_what_a_key_is_and_nothing_of_it() {
    let key = secret(b"correct horse battery staple, 32").with_kid(Some("k1".to_owned()));
    let one = format!("{key:?}");
    let shown = format!("{one} {:?}", KeySet::new(vec![key]));
    assert!(
        shown.contains("Secret { bytes: 32 }") && shown.contains("k1"),
        "{shown}"
    );
    assert!(
        !shown.contains("horse") && !shown.contains("Y29ycmVjdC"),
        "{shown}"
    );
    assert!(!shown.contains("99, 111, 114"), "{shown}");
}

#[test]
fn a_pem_text_used_as_a_secret_is_found_by_the_hmac_alone() {
    let pem = Secret::new(b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n".to_vec());
    assert!(Key::from_secret(pem.clone()).is_err());
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, pem.expose());
    let mac = aws_lc_rs::hmac::sign(&key, b"token");
    assert!(hmac_with(&pem, Algorithm::Hs256, b"token", mac.as_ref()));
    assert!(!hmac_with(&pem, Algorithm::Hs512, b"token", mac.as_ref()));
    assert!(!hmac_with(&pem, Algorithm::Rs256, b"token", mac.as_ref()));
    assert!(!hmac_with(
        &Secret::new(Vec::new()),
        Algorithm::Hs256,
        b"token",
        mac.as_ref()
    ));
}
