//! A seal holds for the content that was sealed, in its place, under one of the keys.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::key::Key;
use crate::core::secret::Secret;

fn keys(secrets: &[&[u8; 32]]) -> KeySet {
    let keys = secrets
        .iter()
        .map(|secret| Key::from_secret(Secret::new(secret.to_vec())).unwrap());
    KeySet::new(keys.collect())
}

fn session(issuer: Option<&str>, id: &str) -> SessionKey {
    SessionKey {
        issuer: issuer.map(str::to_owned),
        id: id.to_owned(),
    }
}

fn content(claims: &str) -> SignedContent {
    SignedContent {
        header: r#"{"alg":"HS256","typ":"at+jwt"}"#.to_owned(),
        claims: claims.to_owned(),
        seal: Seal::Missing,
    }
}

const KEY: &[u8; 32] = b"0123456789abcdef0123456789abcdef";
const OTHER: &[u8; 32] = b"fedcba9876543210fedcba9876543210";

fn place(session: &SessionKey, generation: u32, kind: ContentKind) -> ContentPlace<'_> {
    ContentPlace {
        session,
        generation,
        kind,
    }
}

#[test]
fn a_seal_holds_in_its_place_alone() {
    let own = session(Some("a"), "s");
    let mut sealed = content(r#"{"sub":"alice"}"#);
    place(&own, 2, ContentKind::Token).seal(&mut sealed, &keys(&[KEY]), &mut None);
    let holds = |place: ContentPlace<'_>, content: &SignedContent, secrets: &[&[u8; 32]]| {
        place.is_proved(content, &keys(secrets))
    };
    let own_place = place(&own, 2, ContentKind::Token);
    assert!(holds(own_place, &sealed, &[KEY]));
    assert!(holds(own_place, &sealed, &[OTHER, KEY]), "any key given");
    assert!(!holds(own_place, &sealed, &[OTHER]));
    assert!(!holds(own_place, &sealed, &[]));
    for other in [
        session(None, "s"),
        session(Some("a"), "t"),
        session(Some("as"), ""),
    ] {
        assert!(!holds(
            place(&other, 2, ContentKind::Token),
            &sealed,
            &[KEY]
        ));
    }
    assert!(!holds(place(&own, 3, ContentKind::Token), &sealed, &[KEY]));
    assert!(!holds(place(&own, 2, ContentKind::Access), &sealed, &[KEY]));
}

#[test]
fn a_seal_holds_for_its_content_alone() {
    let own = session(None, "s");
    let own_place = place(&own, 1, ContentKind::Token);
    let mut sealed = content(r#"{"sub":"alice"}"#);
    own_place.seal(&mut sealed, &keys(&[KEY]), &mut None);
    let proved = |changed: SignedContent| own_place.is_proved(&changed, &keys(&[KEY]));
    assert!(proved(sealed.clone()));
    for claims in [r#"{"sub":"root"}"#, r#"{"sub":"alice" }"#, ""] {
        assert!(!proved(SignedContent {
            claims: claims.to_owned(),
            ..sealed.clone()
        }));
    }
    // The same bytes, cut elsewhere.
    let (header, claims) = (sealed.header.clone() + "{", sealed.claims[1..].to_owned());
    assert!(!proved(SignedContent {
        header,
        claims,
        ..sealed.clone()
    }));
    for seal in [
        Seal::Missing,
        Seal::Unkept,
        Seal::Mac {
            mac: [0; 32],
            kid: None,
        },
    ] {
        assert!(!proved(SignedContent {
            seal,
            ..sealed.clone()
        }));
    }
    let Seal::Mac { mac, .. } = sealed.seal.clone() else {
        panic!("no seal")
    };
    for bit in 0..256 {
        let mut mac = mac;
        mac[bit / 8] ^= 1 << (bit % 8);
        assert!(!proved(SignedContent {
            seal: Seal::Mac { mac, kid: None },
            ..sealed.clone()
        }));
    }
}

#[test]
fn what_no_key_could_sign_again_is_not_sealed() {
    let own = session(None, "s");
    for header in [r#"{"alg":"RS256"}"#, r#"{"alg":"none"}"#, "{}", "no JSON"] {
        let mut content = content("{}");
        content.header = header.to_owned();
        place(&own, 1, ContentKind::Token).seal(&mut content, &keys(&[KEY]), &mut None);
        assert!(content.seal == Seal::Missing, "{header}");
    }
}
