//! The RFCs' own examples: 7515 A.1–A.5, 7520 §4.1–4.5, 7638 §3.1, 8037 A.1–A.5, read, verified and (where the algorithm gives one answer only) signed again byte for byte.
use jwtsess::internals::core::algorithm::Algorithm;
use jwtsess::internals::core::key::KeySet;
use jwtsess::internals::core::keyfile;
use jwtsess::internals::core::policy::Policy;
use jwtsess::internals::core::secret::Secret;
use jwtsess::internals::core::sign;
use jwtsess::internals::core::time::Timestamp;
use jwtsess::internals::core::token::{Limits, Unverified};
use jwtsess::internals::core::verify::judge;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
struct Vectors {
    source: String,
    #[serde(default)]
    signatures: Vec<Signature>,
    #[serde(default)]
    thumbprints: Vec<Thumbprint>,
}

#[derive(Deserialize)]
struct Signature {
    section: String,
    title: String,
    alg: String,
    key: Option<Map<String, Value>>,
    header: String,
    payload: String,
    jws: String,
    /// The same signature with the payload left out (RFC 7515, appendix F).
    detached: Option<String>,
    #[serde(default)]
    deterministic: bool,
}

#[derive(Deserialize)]
struct Thumbprint {
    section: String,
    title: String,
    key: Map<String, Value>,
    #[serde(rename = "thumbprint")]
    expected: String,
}

fn all() -> Vec<Vectors> {
    [
        include_str!("../vectors/rfc7515.json"),
        include_str!("../vectors/rfc7520.json"),
        include_str!("../vectors/rfc7638.json"),
        include_str!("../vectors/rfc8037.json"),
    ]
    .iter()
    .map(|text| serde_json::from_str(text).unwrap())
    .collect()
}

/// Every signature example with the words that name it in a failure.
fn signatures() -> Vec<(String, Signature)> {
    let name = |source: &str, one: &Signature| format!("{source}, {}: {}", one.section, one.title);
    let named: Vec<_> = all()
        .into_iter()
        .flat_map(|file| {
            let source = file.source;
            file.signatures
                .into_iter()
                .map(move |one| (name(&source, &one), one))
        })
        .collect();
    assert_eq!(named.len(), 11, "an example went missing");
    named
}

fn keys(jwk: &Map<String, Value>) -> KeySet {
    let text = serde_json::to_vec(jwk).unwrap();
    keyfile::read(&Secret::new(text)).unwrap().keys
}

/// The JWK without its private members; `None` for a secret, which has no public part.
fn public(jwk: &Map<String, Value>) -> Option<Map<String, Value>> {
    let private = ["d", "p", "q", "dp", "dq", "qi"];
    let mut jwk = jwk.clone();
    jwk.retain(|name, _| !private.contains(&name.as_str()));
    (jwk["kty"] != "oct").then_some(jwk)
}

/// What a judge of header and signature alone says.
fn judged(jws: &str, keys: &KeySet) -> &'static str {
    let policy = Policy {
        jws_only: true,
        ..Policy::default()
    };
    let token = Unverified::read(jws, &Limits::default());
    judge(&token, keys, &policy, Timestamp::from_seconds(0))
        .verdict
        .code()
}

#[test]
fn every_example_verifies_with_its_key_and_with_the_public_part_alone() {
    for (name, one) in signatures() {
        let Some(key) = &one.key else {
            assert_eq!(judged(&one.jws, &KeySet::default()), "alg_none", "{name}");
            continue;
        };
        assert_eq!(judged(&one.jws, &keys(key)), "valid", "{name}");
        if let Some(public) = public(key) {
            let keys = keys(&public);
            assert!(!keys.keys()[0].is_private(), "{name}");
            assert_eq!(judged(&one.jws, &keys), "valid", "{name}, public part");
        }
    }
}

#[test]
fn header_and_payload_are_read_as_the_rfc_prints_them() {
    for (name, one) in signatures() {
        let token = Unverified::read(&one.jws, &Limits::default());
        assert_eq!(
            token.header.bytes.as_deref(),
            Some(one.header.as_bytes()),
            "{name}"
        );
        assert_eq!(
            token.payload.bytes.as_deref(),
            Some(one.payload.as_bytes()),
            "{name}"
        );
    }
}

#[test]
fn where_the_algorithm_gives_one_answer_signing_again_gives_the_same_token() {
    let mut signed = 0;
    for (name, one) in signatures()
        .into_iter()
        .filter(|(_, one)| one.deterministic)
    {
        let keys = keys(one.key.as_ref().unwrap());
        let algorithm: Algorithm = one.alg.parse().unwrap();
        let token = sign::compact(
            one.header.as_bytes(),
            one.payload.as_bytes(),
            &keys.keys()[0],
            algorithm,
        );
        assert_eq!(token.as_deref(), Ok(one.jws.as_str()), "{name}");
        signed += 1;
    }
    assert_eq!(signed, 6, "HMAC, RS256 and EdDSA examples");
}

#[test]
fn where_it_does_not_the_new_signature_differs_and_holds() {
    let mut signed = 0;
    for (name, one) in signatures() {
        let Some(key) = one.key.as_ref().filter(|_| !one.deterministic) else {
            continue;
        };
        let keys = keys(key);
        let algorithm: Algorithm = one.alg.parse().unwrap();
        let token = sign::compact(
            one.header.as_bytes(),
            one.payload.as_bytes(),
            &keys.keys()[0],
            algorithm,
        )
        .unwrap();
        assert_ne!(token, one.jws, "{name}");
        assert_eq!(judged(&token, &keys), "valid", "{name}");
        signed += 1;
    }
    assert_eq!(signed, 4, "ES256, two ES512 and PS384");
}

#[test]
fn any_one_changed_character_of_an_example_is_refused() {
    for (name, one) in signatures() {
        let Some(key) = &one.key else { continue };
        let keys = keys(key);
        // Every part, and the last character of the signature among them: its unused bits must be zero.
        let places = [
            5,
            one.jws.find('.').unwrap() + 3,
            one.jws.rfind('.').unwrap() + 4,
            one.jws.len() - 1,
        ];
        for at in places {
            let mut changed = one.jws.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_ne!(judged(&changed, &keys), "valid", "{name}, byte {at}");
        }
    }
}

#[test]
fn a_detached_payload_is_not_taken_for_an_empty_one() {
    let detached: Vec<_> = signatures()
        .into_iter()
        .filter_map(|(name, one)| Some((name, one.detached?, one.key?)))
        .collect();
    assert_eq!(detached.len(), 1);
    for (name, jws, key) in detached {
        assert_eq!(judged(&jws, &keys(&key)), "bad_signature", "{name}");
    }
}

/// RFC 7519 §4.1.4: not to be accepted "on or after" the expiration time, which the claims of RFC 7515's appendix A set to 1300819380.
#[test]
fn the_rfc_7515_claims_hold_until_the_second_before_their_exp() {
    for (name, one) in signatures() {
        let (Some(key), true) = (&one.key, one.payload.contains("1300819380")) else {
            continue;
        };
        let token = Unverified::read(&one.jws, &Limits::default());
        let code = |now| {
            let now = Timestamp::from_seconds(now);
            judge(&token, &keys(key), &Policy::default(), now)
                .verdict
                .code()
        };
        assert_eq!(code(1_300_819_379), "valid", "{name}");
        assert_eq!(code(1_300_819_380), "expired", "{name}");
    }
}

#[test]
fn thumbprints_are_those_of_the_rfcs() {
    let mut seen = 0;
    for file in all() {
        for one in &file.thumbprints {
            assert_eq!(
                keys(&one.key).keys()[0].thumbprint(),
                one.expected,
                "{}, {}: {}",
                file.source,
                one.section,
                one.title
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 3, "an example went missing");
}
