//! A text is what the key and the record make, in every form, and nothing else makes it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::secret::Secret;
use crate::session::family::SessionToken;
use crate::session::testing::{Counter, at};

const KEY: &[u8; 32] = b"0123456789abcdef0123456789abcdef";
const OTHER: &[u8; 32] = b"fedcba9876543210fedcba9876543210";

fn key(secret: &[u8; 32]) -> Key {
    Key::from_secret(Secret::new(secret.to_vec())).unwrap()
}

/// The bytes 0 to 31.
struct Rising;

impl Entropy for Rising {
    fn fill(&mut self, bytes: &mut [u8]) {
        for (byte, at) in bytes.iter_mut().zip(0..) {
            *byte = at;
        }
    }
}

fn minted(fresh: Fresh, session: &str, generation: u32) -> MintedToken {
    let place = OpaquePlace {
        session,
        generation,
    };
    let life = (at(100), Some(at(400)));
    mint(fresh, place, &key(KEY), life, &mut Rising).unwrap()
}

fn recorded(minted: &MintedToken) -> SessionToken {
    SessionToken {
        fingerprint: Fingerprint::of_opaque(&minted.text),
        id: None,
        issued_at: Some(at(100)),
        expires_at: crate::session::family::Expiry::At(at(400)),
        signed: minted.seed.clone(),
        access: None,
        text: None,
    }
}

// In Python, with hkdf as in RFC 5869: t = hmac.digest(hkdf(KEY, b"jwtsess opaque 1"), b"\0\0\0\0\0\0\0\2s1" b"\0\0\0\0\0\0\0\4\0\0\0\2"
// b"\0\0\0\0\0\0\0\x20" + bytes(range(32)), "sha256"); urlsafe_b64encode(t), and letters[int.from_bytes(four bytes of expand(t, b"jwtsess opaque 1")) % 62].
#[test]
fn a_text_stays_what_it_is_from_version_to_version() {
    for (fresh, text) in [
        (
            Fresh::Random(43),
            "uzD1LVqQjGc-cfLUCH5T61jAnBBdyXqJdnOixoFX-nE",
        ),
        (
            Fresh::Base64(32),
            "uzD1LVqQjGc-cfLUCH5T61jAnBBdyXqJdnOixoFX-nE",
        ),
        (Fresh::Alnum(12), "jFxUNVlP2tfN"),
        (Fresh::Hex(32), "573ad15149df680d8a829493a1c1ee91"),
    ] {
        assert_eq!(minted(fresh, "s1", 2).text, text, "{fresh}");
    }
}

#[test]
fn the_record_and_one_of_the_keys_give_the_text_again_in_every_form() {
    let keys = KeySet::new(vec![key(OTHER), key(KEY)]);
    for fresh in [
        Fresh::Uuid,
        Fresh::UuidHex,
        Fresh::Hex(999),
        Fresh::Alnum(12),
        Fresh::Random(43),
        Fresh::Random(999),
        Fresh::Base64(32),
        Fresh::Base64(999),
    ] {
        let minted = minted(fresh, "s1", 1);
        let again = again(&recorded(&minted), "s1", &keys).unwrap();
        assert_eq!(again.text, minted.text, "{fresh}");
        assert_eq!(again.claims.text(), r#"{"iat":100,"exp":400}"#);
        let kept = minted.seed.unwrap();
        assert!(!kept.claims.contains(&minted.text), "{fresh}");
        assert_eq!(session(&kept).as_deref(), Some("s1"));
    }
}

#[test]
fn each_text_differs_from_every_other() {
    let texts = [
        minted(Fresh::Random(43), "s1", 1),
        minted(Fresh::Random(43), "s1", 2),
        minted(Fresh::Random(43), "s2", 1),
        mint(
            Fresh::Random(43),
            OpaquePlace {
                session: "s1",
                generation: 1,
            },
            &key(KEY),
            (at(100), None),
            &mut Counter(0),
        )
        .unwrap(),
    ];
    let told: std::collections::HashSet<_> = texts.iter().map(|one| &one.text).collect();
    assert_eq!(told.len(), texts.len());
}

#[test]
fn what_was_changed_gives_no_text() {
    let keys = KeySet::new(vec![key(KEY)]);
    let minted = minted(Fresh::Random(43), "s1", 1);
    let own = recorded(&minted);
    assert!(again(&own, "s1", &keys).is_some());
    assert!(again(&own, "s2", &keys).is_none(), "another session");
    let others = KeySet::new(vec![key(OTHER)]);
    assert!(again(&own, "s1", &others).is_none(), "another key");
    for (old, new) in [
        ("\"s1\"", "\"s2\""),
        ("\"generation\":1", "\"generation\":2"),
        ("\"generation\":1", "\"generation\":\"1\""),
        ("AAEC", "AAED"),
        ("random(43)", "random(42)"),
        ("random(43)", "'x'"),
        ("{", "["),
    ] {
        let mut changed = own.clone();
        let kept = changed.signed.as_mut().unwrap();
        assert!(kept.claims.contains(old), "{old}");
        kept.claims = kept.claims.replacen(old, new, 1);
        assert!(again(&changed, "s1", &keys).is_none(), "{old} {new}");
    }
    let mut other = own;
    other.fingerprint = Fingerprint::of_opaque("other");
    assert!(again(&other, "s1", &keys).is_none(), "another token");
}

/// Other bytes each time.
struct Changing(u32);

impl Entropy for Changing {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0 += 1;
        bytes.fill(0);
        bytes[..4].copy_from_slice(&self.0.to_be_bytes());
    }
}

#[test]
fn no_text_begins_with_a_dash() {
    let place = OpaquePlace {
        session: "s",
        generation: 1,
    };
    let (keys, life) = (KeySet::new(vec![key(KEY)]), (at(100), None));
    let mut entropy = Changing(0);
    for _ in 0..300 {
        let minted = mint(
            Fresh::Base64(32),
            place,
            &keys.keys()[0],
            life,
            &mut entropy,
        )
        .unwrap();
        assert!(!minted.text.starts_with('-'));
        let made_again = again(&recorded(&minted), "s", &keys).unwrap();
        assert_eq!(made_again.text, minted.text);
    }
    assert!(entropy.0 > 300, "another one was drawn where one did");
}
