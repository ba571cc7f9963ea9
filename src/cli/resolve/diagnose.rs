//! Explains a bad signature: tries each likely mistake, and names one only if it makes the signature valid.
//!
//! This only explains: nothing here makes a token acceptable.
use std::cell::Cell;

use crate::cli::outcome::Explanation;
use crate::core::algorithm::{AlgName, Algorithm};
use crate::core::key::{Key, KeyKind, KeySet, hmac_with};
use crate::core::likely::likely_mistakes;
use crate::core::secret::Secret;
use crate::core::token::Unverified;

/// How much an explanation may cost, in bytes that are hashed: 64 MiB take about 0.1 s. Whoever writes the token and the key set chooses how much there is to try: with
/// 700 secrets and a token of 1.3 MB, explaining took five times as long as checking.
const MAX_WORK: usize = 64 << 20;

/// What an attempt costs besides its message: hashing so much takes as long as checking an ECDSA signature.
const ATTEMPT: usize = 16 << 10;

/// What the keys were made from.
#[derive(Debug, Default)]
pub(crate) struct Materials<'a> {
    /// The HMAC secrets, as they were given.
    pub secrets: Vec<&'a Secret>,
    /// The key files, as they were read.
    pub files: Vec<&'a Secret>,
}

/// Explains why none of the given keys made a token's signature.
#[must_use]
pub(crate) fn explain(
    token: &Unverified,
    keys: &KeySet,
    materials: &Materials<'_>,
) -> Option<Explanation> {
    let Some(AlgName::Supported(algorithm)) = token.alg() else {
        return None;
    };
    let signed = SignedMessage {
        message: token.signing_input(),
        signature: token.signature.bytes.as_deref()?,
        algorithm,
        left: Cell::new(MAX_WORK),
    };
    if signed.message.is_empty() {
        return None;
    }
    signed
        .other_length(keys)
        .or_else(|| signed.other_secret(materials))
        .or_else(|| signed.other_key(keys))
        .or_else(|| signed.other_algorithm(keys))
        .or_else(|| signed.confused(materials))
}

struct SignedMessage<'a> {
    message: &'a [u8],
    signature: &'a [u8],
    algorithm: Algorithm,
    /// The work that is left of [`MAX_WORK`].
    left: Cell<usize>,
}

impl SignedMessage<'_> {
    /// Whether one more attempt is within [`MAX_WORK`]. It is counted.
    fn affords(&self) -> bool {
        let left = self.left.get().checked_sub(self.message.len() + ATTEMPT);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    fn other_length(&self, keys: &KeySet) -> Option<Explanation> {
        let fits = |needs: &usize| *needs == self.signature.len();
        let needs = match self.algorithm {
            Algorithm::Hs256 => vec![32],
            Algorithm::Hs384 => vec![48],
            // RFC 7518 §3.4: r and s, each as long as the curve's order.
            Algorithm::Hs512
            | Algorithm::Es256
            | Algorithm::Es256k
            | Algorithm::EdDsa
            | Algorithm::Ed25519 => vec![64],
            Algorithm::Es384 => vec![96],
            Algorithm::Es512 => vec![132],
            // As long as the modulus of whichever key it was.
            _ => keys.keys().iter().filter_map(modulus_bytes).collect(),
        };
        if needs.iter().any(fits) {
            return None;
        }
        needs.first().map(|needs| Explanation::SignatureLength {
            has: self.signature.len(),
            needs: *needs,
        })
    }

    fn other_secret(&self, materials: &Materials<'_>) -> Option<Explanation> {
        if !self.algorithm.is_hmac() {
            return None;
        }
        materials
            .secrets
            .iter()
            .flat_map(|secret| likely_mistakes(secret))
            .take_while(|_| self.affords())
            .find(|(_, reading)| hmac_with(reading, self.algorithm, self.message, self.signature))
            .map(|(mistake, _)| Explanation::Secret(mistake))
    }

    fn other_key(&self, keys: &KeySet) -> Option<Explanation> {
        self.holds_by(keys, |_| vec![self.algorithm])
            .map(|(key, _)| Explanation::OtherKey(key.kid().map(str::to_owned)))
    }

    fn other_algorithm(&self, keys: &KeySet) -> Option<Explanation> {
        self.holds_by(keys, |key| key.algorithms().to_vec())
            .map(|(_, algorithm)| Explanation::OtherAlgorithm(algorithm.name()))
    }

    fn holds_by<'k>(
        &self,
        keys: &'k KeySet,
        algorithms: impl Fn(&Key) -> Vec<Algorithm>,
    ) -> Option<(&'k Key, Algorithm)> {
        keys.keys().iter().find_map(|key| {
            algorithms(key)
                .into_iter()
                .find(|algorithm| {
                    self.affords() && key.verify(*algorithm, self.message, self.signature)
                })
                .map(|algorithm| (key, algorithm))
        })
    }

    fn confused(&self, materials: &Materials<'_>) -> Option<Explanation> {
        if !self.algorithm.is_hmac() {
            return None;
        }
        let text = |file: &Secret| {
            let whole = file.expose().to_vec();
            let trimmed = whole.trim_ascii().to_vec();
            [whole, trimmed]
        };
        materials
            .files
            .iter()
            .flat_map(|file| text(file))
            .take_while(|_| self.affords())
            .any(|text| {
                hmac_with(
                    &Secret::new(text),
                    self.algorithm,
                    self.message,
                    self.signature,
                )
            })
            .then_some(Explanation::PublicKeyAsSecret)
    }
}

fn modulus_bytes(key: &Key) -> Option<usize> {
    match key.kind() {
        KeyKind::Rsa { bits } | KeyKind::RsaPss { bits } => Some(bits.div_ceil(8)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::core::likely::SecretMismatch;
    use crate::core::sign::compact;
    use crate::core::token::Limits;

    fn secret(text: &str) -> Secret {
        Secret::new(text.as_bytes().to_vec())
    }
    fn key(text: &str, kid: Option<&str>) -> Key {
        Key::from_secret(secret(text))
            .unwrap()
            .with_kid(kid.map(str::to_owned))
    }
    fn token(header: &str, signer: &Key, algorithm: Algorithm) -> Unverified {
        let text = compact(header.as_bytes(), b"{}", signer, algorithm).unwrap();
        Unverified::read(&text, &Limits::default())
    }

    #[test]
    fn a_mistake_is_named_where_it_makes_the_signature_hold() {
        let signed = token(r#"{"alg":"HS256"}"#, &key("secret", None), Algorithm::Hs256);
        for (given, expected) in [
            (
                "secret\n",
                Some(Explanation::Secret(SecretMismatch::FinalNewline)),
            ),
            (
                "c2VjcmV0",
                Some(Explanation::Secret(SecretMismatch::Base64NotDecoded)),
            ),
            ("another", None),
        ] {
            let secret = secret(given);
            let materials = Materials {
                secrets: vec![&secret],
                files: Vec::new(),
            };
            let keys = KeySet::new(vec![key(given, None)]);
            assert_eq!(explain(&signed, &keys, &materials), expected, "{given:?}");
        }
    }

    #[test]
    fn another_key_of_the_set_is_named_by_its_kid() {
        let old = key("old-secret", Some("old"));
        let signed = token(r#"{"alg":"HS256","kid":"new"}"#, &old, Algorithm::Hs256);
        let keys = KeySet::new(vec![key("new-secret", Some("new")), old]);
        assert_eq!(
            explain(&signed, &keys, &Materials::default()),
            Some(Explanation::OtherKey(Some("old".to_owned())))
        );
    }

    #[test]
    fn a_public_key_used_as_a_secret_is_told() {
        let pem = "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n";
        // `Key::from_secret` would refuse this key. An attacker's own tool does not.
        let mut token = Unverified::read(
            "eyJhbGciOiJIUzI1NiJ9.e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            &Limits::default(),
        );
        let file = secret(pem);
        let materials = Materials {
            secrets: Vec::new(),
            files: vec![&file],
        };
        assert_eq!(explain(&token, &KeySet::default(), &materials), None);
        token.signature.bytes = Some(CONFUSED.to_vec());
        assert_eq!(
            explain(&token, &KeySet::default(), &materials),
            Some(Explanation::PublicKeyAsSecret)
        );
    }

    /// HMAC-SHA256 of that header and payload with the PEM's text, made with Python's hmac.
    const CONFUSED: [u8; 32] = [
        118, 96, 240, 187, 214, 215, 225, 122, 237, 254, 79, 33, 86, 194, 30, 9, 144, 193, 175, 48,
        246, 229, 68, 131, 118, 222, 123, 5, 72, 149, 120, 13,
    ];

    #[test]
    fn the_work_is_bounded_however_many_keys_and_however_long_a_token() {
        let signed = |message: &'static [u8]| SignedMessage {
            message,
            signature: &[0; 32],
            algorithm: Algorithm::Hs256,
            left: Cell::new(MAX_WORK),
        };
        let attempts = |signed: &SignedMessage<'_>| {
            let keys: Vec<Key> = (0..5000)
                .map(|at| key(&format!("secret {at}"), None))
                .collect();
            let tried = Cell::new(0);
            let keys = KeySet::new(keys);
            let found = signed.holds_by(&keys, |_| {
                tried.set(tried.get() + usize::from(signed.left.get() > 0));
                vec![Algorithm::Hs256]
            });
            assert!(found.is_none());
            tried.get()
        };
        let long: &'static [u8] = Box::leak(vec![b'x'; 1_300_000].into_boxed_slice());
        assert!((40..60).contains(&attempts(&signed(long))));
        assert!((4000..5000).contains(&attempts(&signed(b"short"))));
        // The right key among the first few hundred is found for a token of the usual length.
        let other = key("secret 700", Some("old"));
        let token = token(r#"{"alg":"HS256","kid":"new"}"#, &other, Algorithm::Hs256);
        let mut keys: Vec<Key> = (0..700)
            .map(|at| key(&format!("secret {at}"), Some("new")))
            .collect();
        keys.push(other);
        assert_eq!(
            explain(&token, &KeySet::new(keys), &Materials::default()),
            Some(Explanation::OtherKey(Some("old".to_owned())))
        );
    }

    #[test]
    fn a_token_cut_short_is_told_by_its_signatures_length() {
        let whole = token(r#"{"alg":"HS256"}"#, &key("secret", None), Algorithm::Hs256);
        let cut = &whole.text()[..whole.text().len() - 7];
        let cut = Unverified::read(cut, &Limits::default());
        assert_eq!(
            explain(&cut, &KeySet::default(), &Materials::default()),
            Some(Explanation::SignatureLength { has: 27, needs: 32 })
        );
    }
}
