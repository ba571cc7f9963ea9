//! Which answers are one JSON object.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::time::Duration;

use super::*;
use crate::core::secret::Secret;
use crate::net::address::Address;

fn read(body: &[u8]) -> Result<Members, String> {
    let answer = Answer {
        address: Address::parse("https://a.example/token?x=hunter2").unwrap(),
        status: 200,
        headers: Vec::new(),
        body: Secret::new(body.to_vec()),
        took: Duration::ZERO,
    };
    object(&answer).map_err(|error| error.to_string())
}

#[test]
fn an_answer_is_one_object_whose_members_stand_once() {
    for good in [r"{}", r#" {"a":{"b":1},"b":[{"b":1},{"b":1}]} "#] {
        assert!(read(good.as_bytes()).is_ok(), "{good}");
    }
    for bad in [
        &b""[..],
        b"[]",
        b"null",
        b"{} {}",
        b"{}x",
        b"<html>hunter2</html>",
        b"access_token=hunter2",
        b"\xef\xbb\xbf{}",
        b"{\"a\":\"\xff\"}",
        br#"{"hunter2":1,"hunter2":2}"#,
        br#"{"a":1,"\u0061":2}"#,
        br#"{"a":{"b":1,"b":2}}"#,
        br#"{"a":[[{"b":1,"b":2}]]}"#,
    ] {
        let words = read(bad).unwrap_err();
        let named = words.starts_with("the answer of https://a.example/token can't be used: ");
        assert!(named && !words.contains("hunter2"), "{words}");
    }
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(40), "]".repeat(40));
    assert!(read(deep.as_bytes()).is_err());
}
