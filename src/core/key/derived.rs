//! Keys that are derived from a signing key, for proofs that are no token's signature: whoever has the signing key has them, and nobody else.
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::one::Key;
use crate::core::secret::Secret;

/// A key for HMAC-SHA-256, made by HKDF-SHA-256 (RFC 5869) of a signing key.
pub(crate) struct DerivedKey(hmac::Key);

impl std::fmt::Debug for DerivedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DerivedKey(..)")
    }
}

impl Key {
    /// Derives a key for the purpose that `info` names. `None` if only the public part is here.
    #[must_use]
    pub(crate) fn derived(&self, info: &str) -> Option<DerivedKey> {
        let number = self.secret_bytes().or_else(|| self.private_number())?;
        let pseudorandom = Salt::new(HKDF_SHA256, &[]).extract(number.expose());
        let info = [info.as_bytes()];
        let derived = pseudorandom.expand(&info, HMAC_SHA256).ok()?;
        Some(DerivedKey(derived.into()))
    }

    /// The private number of an RSA, EC or Ed25519 key: the member `d` of its JWK.
    fn private_number(&self) -> Option<Secret> {
        let members = self.material.private_members().into_iter();
        let mut members = members.map(|(name, value)| (name, Zeroizing::new(value)));
        let (_, number) = members.find(|(name, _)| *name == "d")?;
        URL_SAFE_NO_PAD.decode(&*number).ok().map(Secret::new)
    }
}

impl DerivedKey {
    /// The MAC over parts, each after its length, so that no part can pass for a piece of its neighbour.
    #[must_use]
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let tag = hmac::sign(&self.0, &joined(parts));
        let mut mac = [0; 32];
        mac.copy_from_slice(tag.as_ref());
        mac
    }

    /// The MAC over parts, lengthened to `length` bytes by HKDF-Expand for the purpose that `info` names. `None` beyond the 8160 bytes that it can give.
    #[must_use]
    pub(crate) fn lengthened(&self, parts: &[&[u8]], info: &str, length: usize) -> Option<Secret> {
        let pseudorandom = Prk::new_less_safe(HKDF_SHA256, &self.mac(parts));
        let info = [info.as_bytes()];
        let mut bytes = vec![0; length];
        pseudorandom
            .expand(&info, Length(length))
            .and_then(|expanded| expanded.fill(&mut bytes))
            .ok()?;
        Some(Secret::new(bytes))
    }

    /// Whether this is the MAC over these parts. It takes the same time for every wrong one.
    #[must_use]
    pub(crate) fn proves(&self, parts: &[&[u8]], mac: &[u8; 32]) -> bool {
        hmac::verify(&self.0, &joined(parts), mac).is_ok()
    }
}

/// How many bytes HKDF-Expand gives.
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::new();
    for part in parts {
        joined.extend((part.len() as u64).to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::super::tests::Counter;
    use super::*;
    use crate::core::key::KeyKind;

    fn secret() -> Key {
        Key::from_secret(Secret::new(b"0123456789abcdef0123456789abcdef".to_vec())).unwrap()
    }

    // In Python: hmac.digest(hkdf(b"0123456789abcdef0123456789abcdef", info=b"jwtsess store 1"), b"\0\0\0\0\0\0\0\1a" b"\0\0\0\0\0\0\0\2bc", "sha256")
    #[test]
    fn a_proof_stays_what_it_is_from_version_to_version() {
        let mac = secret().derived("jwtsess store 1").unwrap();
        assert_eq!(
            crate::core::hex::encoded(&mac.mac(&[b"a", b"bc"])),
            "79d2db6277b0b34b1ba2d37dbf6ce5e5945953baa2c51569dd3dcbd5683bb810"
        );
    }

    #[test]
    fn a_proof_holds_for_its_key_its_purpose_and_its_parts_alone() {
        let parts: [&[u8]; 2] = [b"a", b"bc"];
        let kinds = [
            KeyKind::Secret { bytes: 32 },
            KeyKind::P256,
            KeyKind::P521,
            KeyKind::Ed25519,
            KeyKind::Rsa { bits: 2048 },
        ];
        let mut bytes = Counter(9);
        let keys = kinds.map(|kind| Key::generate(kind, &mut bytes).unwrap());
        for (at, key) in keys.iter().enumerate() {
            let derived = key.derived("one").unwrap();
            let mac = derived.mac(&parts);
            assert!(key.derived("one").unwrap().proves(&parts, &mac), "{key:?}");
            assert!(!key.derived("two").unwrap().proves(&parts, &mac), "{key:?}");
            assert!(!derived.proves(&[b"ab", b"c"], &mac), "{key:?}");
            assert!(!derived.proves(&[b"abc"], &mac), "{key:?}");
            for other in keys.iter().skip(at + 1) {
                assert!(!other.derived("one").unwrap().proves(&parts, &mac));
            }
        }
    }
}
