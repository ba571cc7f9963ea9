//! Which keys are taken of what somebody publishes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

fn fixture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/");
    std::fs::read_to_string(format!("{folder}{name}")).unwrap()
}

fn read(text: &str) -> Result<PublishedKeys, String> {
    published(&Secret::new(text.as_bytes().to_vec()))
}

#[test]
fn secrets_and_private_parts_are_left_out() {
    let private = fixture("ec-p256.jwk");
    let alone = read(&private).unwrap();
    assert_eq!((alone.keys.keys().len(), alone.private), (1, 1));
    assert!(alone.keys.keys().iter().all(|key| !key.is_private()));
    let oct = r#"{"kty":"oct","kid":"s","k":"FdFYFzERwC2uCBB46pZQi4GG85LujR8obt-KWRBICVQ"}"#;
    let public = fixture("ec-p256.public.jwk");
    let set = read(&format!("{{\"keys\":[{oct},{public},{private}]}}")).unwrap();
    assert_eq!((set.keys.keys().len(), set.private), (2, 2));
    assert_eq!(read(oct).unwrap_err(), "it holds no public key");
}

#[test]
fn a_text_that_is_no_key_is_no_secret() {
    for text in [
        "<html>login</html>",
        "password",
        "{}",
        "[]",
        "{\"keys\":[]}",
        "",
        "null",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn a_set_has_at_most_100_keys_and_may_be_larger_than_a_file() {
    let public = fixture("ec-p256.public.jwk");
    let set = |count: usize| format!("{{\"keys\":[{}]}}", vec![public.trim(); count].join(","));
    assert_eq!(read(&set(100)).unwrap().keys.keys().len(), 100);
    assert!(read(&set(101)).is_err());
    let wide = format!("{{\"x\":\"{}\",\"keys\":[{public}]}}", "y".repeat(100_000));
    assert_eq!(read(&wide).unwrap().keys.keys().len(), 1);
}
