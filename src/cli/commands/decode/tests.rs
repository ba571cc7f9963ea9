//! What `decode` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::commands::testing::{call, signed};

#[test]
fn decode_shows_both_parts_and_says_that_nothing_was_checked() {
    let token = signed(r#"{"alg":"HS256"}"#, br#"{"b":1.0,"a":[],"b":{"c":1e400}}"#);
    assert_snapshot!(call(&["decode", &token]).run(), @r#"
    --- stdout
    {
      "header": {
        "alg": "HS256"
      },
      "payload": {
        "b": 1.0,
        "a": [],
        "b": {
          "c": 1e400
        }
      }
    }
    --- stderr
    jwtsess: the payload has "b" more than once (byte 42)
    jwtsess: nothing was checked, neither the signature nor the times
    --- exit 0
    "#);
    assert_snapshot!(call(&["decode", "eyJhbGciOiJIUzI1NiJ9.eyJzdWI"]).run(), @r#"
    --- stdout
    {
      "header": {
        "alg": "HS256"
      },
      "payload_readable": "{\"sub",
      "payload_base64url": "eyJzdWI"
    }
    --- stderr
    jwtsess: 2 parts, but a token has three (byte 28)
    jwtsess: the payload is not JSON (EOF while parsing a string) at byte 28
    jwtsess: nothing was checked, neither the signature nor the times
    --- exit 3
    "#);
}

#[test]
fn decode_gives_one_part_byte_for_byte() {
    let payload = "{\"a\" : \"\u{202e}\"}\n";
    let token = signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
    let part = |part| call(&["decode", &token, "--part", part]);
    assert_eq!(part("payload").run().stdout, payload);
    assert_eq!(part("header").run().stdout, r#"{"alg":"HS256"}"#);
    assert_eq!(
        part("payload").at_a_terminal(&[]).run().stdout,
        "{\"a\" : \"\\u{202e}\"}\\u000a\n"
    );
    let signature = token.rsplit('.').next().unwrap();
    assert_eq!(
        part("signature").at_a_terminal(&[]).run().stdout,
        format!("{signature}\n")
    );
}
