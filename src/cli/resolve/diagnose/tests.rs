//! Tests of the explanation of a bad signature.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::cli::testing::Counter;
use crate::core::key::PssParameters;
use crate::core::keyfile;
use crate::core::likely::SecretMismatch;
use crate::core::likely::message::MessageMismatch;
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

/// A token whose signature was made in another way than JWS asks for: what was signed, and how the signature is written.
fn made(
    header: &str,
    message: impl Fn(&str, &str) -> Vec<u8>,
    written: impl Fn(Vec<u8>) -> Vec<u8>,
) -> Unverified {
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let (first, second) = (encode(header.as_bytes()), encode(b"{}"));
    let message = message(&first, &second);
    let signature = key("secret", None).sign(Algorithm::Hs256, &message);
    let signature = encode(&written(signature.unwrap()));
    Unverified::read(&format!("{first}.{second}.{signature}"), &Limits::default())
}

fn explained(token: &Unverified) -> Option<Explanation> {
    let keys = KeySet::new(vec![key("another", None), key("secret", None)]);
    explain(token, &keys, &Materials::default())
}

#[test]
fn other_bytes_than_the_signing_input_are_named() {
    type Message = fn(&str, &str) -> String;
    const HEADER: &str = r#"{"alg":"HS256"}"#;
    let table: [(Message, MessageMismatch); 5] = [
        (
            |first, second| format!("{first}.{second}\n"),
            MessageMismatch::FinalNewline,
        ),
        (
            |first, second| format!("{first}.{second}\r\n"),
            MessageMismatch::FinalNewline,
        ),
        (
            |first, _| format!("{first}.{{}}"),
            MessageMismatch::PlainPayload,
        ),
        (|_, _| format!("{HEADER}.{{}}"), MessageMismatch::PlainParts),
        (|_, second| second.to_owned(), MessageMismatch::PayloadAlone),
    ];
    for (message, expected) in table {
        let message = |first: &str, second: &str| message(first, second).into_bytes();
        let token = made(HEADER, message, |signature| signature);
        assert_eq!(explained(&token), Some(Explanation::Message(expected)));
    }
    let token = made(
        HEADER,
        |_, _| b"nothing of it".to_vec(),
        |signature| signature,
    );
    assert_eq!(explained(&token), None);
}

#[test]
fn a_header_that_was_signed_with_its_nonce_hashed_is_named() {
    let header = |nonce: &str| format!(r#"{{"alg":"HS256","nonce":"{nonce}","typ":"JWT"}}"#);
    // printf abc | openssl dgst -sha256 -binary | base64 | tr +/ -_
    let hashed = header("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    let message = |_: &str, second: &str| {
        format!("{}.{second}", URL_SAFE_NO_PAD.encode(&hashed)).into_bytes()
    };
    let token = made(&header("abc"), message, |signature| signature);
    let expected = Explanation::Message(MessageMismatch::HashedNonce);
    assert_eq!(explained(&token), Some(expected));
    let token = made(&header("abd"), message, |signature| signature);
    assert_eq!(explained(&token), None, "another nonce");
}

#[test]
fn a_signature_in_another_form_is_named() {
    let plain = |first: &str, second: &str| format!("{first}.{second}").into_bytes();
    let token = made(r#"{"alg":"HS256"}"#, plain, |signature| {
        hex::encoded(&signature).into_bytes()
    });
    assert_eq!(
        explained(&token),
        Some(Explanation::SignatureForm("hexadecimal"))
    );
    let signer = Key::generate(KeyKind::P256, &mut Counter(0)).unwrap();
    let token = token_in_der(&signer);
    let keys = KeySet::new(vec![signer]);
    let explained = explain(&token, &keys, &Materials::default());
    assert_eq!(explained, Some(Explanation::SignatureForm("DER")));
}

/// A token whose ECDSA signature is DER, as openssl writes it.
fn token_in_der(signer: &Key) -> Unverified {
    let whole = compact(br#"{"alg":"ES256"}"#, b"{}", signer, Algorithm::Es256).unwrap();
    let (input, signature) = whole.rsplit_once('.').unwrap();
    let raw = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let integer = |number: &[u8]| {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let number = &number[zeros..];
        let sign: &[u8] = if number[0] > 0x7f { &[0] } else { &[] };
        let length = u8::try_from(sign.len() + number.len()).unwrap();
        [&[2, length][..], sign, number].concat()
    };
    let both = [integer(&raw[..32]), integer(&raw[32..])].concat();
    let der = [&[0x30, u8::try_from(both.len()).unwrap()][..], &both].concat();
    let text = format!("{input}.{}", URL_SAFE_NO_PAD.encode(der));
    Unverified::read(&text, &Limits::default())
}

#[test]
fn a_salt_of_another_length_is_named() {
    // openssl dgst -sha256 -sign KEY -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20
    let token = Unverified::read(PSS, &Limits::default());
    let keys = keyfile::read(&secret(PSS_KEY)).unwrap().keys;
    let expected = PssParameters {
        salt: 20,
        needs: 32,
        sha1_mask: false,
    };
    assert_eq!(
        explain(&token, &keys, &Materials::default()),
        Some(Explanation::PssParameters(expected))
    );
    let altered = PSS.replacen("J9.", "J9.e30", 1);
    let altered = Unverified::read(&altered, &Limits::default());
    assert_eq!(explain(&altered, &keys, &Materials::default()), None);
}

#[test]
fn explaining_costs_no_more_than_its_bound() {
    let many = (0..700).map(|number| key(&format!("secret {number}"), None));
    let keys = KeySet::new(many.collect());
    let payload = format!(r#"{{"a":"{}"}}"#, "x".repeat(1_300_000));
    let signer = key("none of them", None);
    let text = compact(
        br#"{"alg":"HS256"}"#,
        payload.as_bytes(),
        &signer,
        Algorithm::Hs256,
    );
    let token = Unverified::read(&text.unwrap(), &Limits::default());
    let signed = SignedMessage {
        message: token.signing_input(),
        signature: token.signature.bytes.as_deref().unwrap(),
        algorithm: Algorithm::Hs256,
        left: Cell::new(MAX_WORK),
    };
    assert_eq!(signed.other_key(&keys), None);
    assert_eq!(signed.left.get(), 0);
    assert_eq!(signed.other_message(&token, &keys), None);
    assert_eq!(explain(&token, &keys, &Materials::default()), None);
}

const PSS: &str = "eyJhbGciOiJQUzI1NiJ9.eyJleHAiOjQxMDI0NDQ4MDAsImF1ZCI6ImFwaSJ9.V7P45OIwhUEtpJmkpYj2YU0bT51CtY-Nw6BvV8wPIvFWeyYp2nf356XT5TSDGkONgrRolKOHzH-ErxQMdtcNxE2824kVjs83zmsUvxgesKLfGNhmMCTs5Z4RHtwNcgAtYlK2je4SvduLKrtlaKKc8Ts74EbHpOHPxqWWBwwjD5-cnM2ca7ta1I8LhGZ2tEEEMS2nbgp3s4r7IZBCSYXjtoQGgPjswaBpiwsGm5dg642a62QE5mnS-wLY4zTX6L8l-DJ2RAq7g9xSct6V4jK7WjKmNsn7aPcwOxyP5bhlgY_DReOKwljhdtezVeCxUNewqc8JxJtWU0CPc7Am6i-2Uw";

const PSS_KEY: &str = "\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAobiifuc8J3WA/LqXMSR7
pXcKRcf/lQvjZrcS/0cf69HD+SoX75257Ubp7XA+OliWZu5XBcyZBMn1Aag2/4bQ
bh1o4AVXLi+apm+LN6u5GD/Tp8uRG88Xgx6epASvmG4sJr8pvzdXm5huVjBcBbJT
kwQKATtt3KQkMOQ6ou77AUo+2diajZ2kxZNFrYflet7naTHB8EVZT79fnZYRpvk9
NumT4q8xYJ/e0EJK6Jutwrls/s7rutyCLibCBw6Lt29hKlJwXk0GGXrsOGOlvACk
oTSFjsDdYnRd5kfED2YB64v3cxnpBjIe2XRUwYoPUoHTNMJmj8IHHrysD9f+akLV
3QIDAQAB
-----END PUBLIC KEY-----
";
