//! Shapes, read against full readings.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::token::Limits;

fn shape(text: &str) -> Option<Shape> {
    let claims = Members::parse(text, Limits::default().json).unwrap();
    Shape::of(&claims, |name| name == "aud", |name| name == "jti")
}

#[test]
fn another_payload_of_the_shape_is_read_in_place() {
    let known =
        shape(r#"{"sub":"a", "exp":5,"aud":"x","on":true,"n":1.5,"l":[1],"o":{"a":""},"jti":"a b","z":null}"#)
            .unwrap();
    let mut values = Vec::new();
    let mut read = |text: &str| {
        known
            .read(text.as_bytes(), &mut values)
            .then_some(values.len())
    };
    let other = r#"{"sub":"b\u0061é", "exp":12,"aud":"x","on":false,"n":-12,"l":[[{"b" : [ ] , "c":-0.5}]],"o":{"a":""},"jti":"c","z":null}"#;
    assert_eq!(read(other), Some(9));
    for (from, to) in [
        ("\"exp\":12", "\"exp\":12.0"),
        ("\"exp\":12", "\"exp\":012"),
        ("\"exp\":12", "\"exp\":-12"),
        ("\"exp\":12", "\"exp\":1e2"),
        ("\"exp\":12", "\"exp\":1234567890123456"),
        ("\"exp\":12", "\"exp\":\"12\""),
        ("\"aud\":\"x\"", "\"aud\":\"xy\""),
        ("\"z\":null", "\"z\":true"),
        ("\"on\":false", "\"on\":null"),
        ("\"o\":{\"a\"", "\"o\":{\"b\""),
        ("\"l\":[", "\"l\":[{\"a\":1,\"a\":2},"),
        ("\"l\":[", "\"l\":[{\"\\u0061\":1},"),
        ("\"l\":[", "\"l\":[{\"a\":1,},"),
        ("\"l\":[", "\"l\":[{\"a\":\"\\ud83d\\ude00\"},"),
        ("\"l\":[", "\"l\":[1e9,"),
        ("\"l\":[", "\"l\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]],"),
        ("\"sub\":\"b", "\"sub\":\"\u{1}"),
        ("\"sub\":\"b", "\"sub\":\"\\x"),
        ("\"sub\":\"b", "\"sub\":\"\\ud800"),
        ("\"jti\":\"c\"", "\"jti\":\"\""),
        ("\"jti\":\"c\"", "\"jti\":\"c \""),
        ("\"jti\":\"c\"", "\"jti\":\"é\""),
        ("\"jti\":\"c\"", "\"jti\":\"\\u0063\""),
        ("\"sub\"", "\"subj\""),
        (", \"exp\"", ",\"exp\""),
        ("null}", "null} "),
        ("null}", "null,\"a\":1}"),
        ("null}", "null"),
    ] {
        let text = other.replace(from, to);
        assert_ne!(text, other, "{from}");
        assert_eq!(read(&text), None, "{text}");
    }
}

#[test]
fn what_is_unusual_has_no_shape() {
    for text in [
        r#"{"a":1,"a":2}"#,
        r#"{"a":1e5}"#,
        r#"{"a":"\ud83d\ude00"}"#,
        r#"{"a":[1e400]}"#,
        r#"{"a":1234567890123456}"#,
    ] {
        assert_eq!(shape(text), None, "{text}");
    }
    assert!(shape("{}").is_some());
    let long = format!("{{\"aud\":\"{}\"}}", "a".repeat(600));
    assert_eq!(shape(&long), None);
}

#[test]
fn a_payload_is_made_with_other_values() {
    let known = shape(r#"{ "a" : 1, "b":"c" }"#).unwrap();
    let made = known.filled(|at| [b"7".to_vec(), b"\"d\"".to_vec()][at].clone());
    assert_eq!(String::from_utf8(made).unwrap(), r#"{ "a" : 7, "b":"d" }"#);
}
