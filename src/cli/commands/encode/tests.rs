//! What `encode` prints, through the tests' world.
use insta::assert_snapshot;

use crate::cli::commands::testing::{call, readable, signed};

#[test]
fn encode_signs_the_bytes_it_is_given() {
    let called = call(&["encode", "{\"exp\" : 1800003600,\"n\":1.50}"]).run();
    assert_snapshot!(readable(&called), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{"exp" : 1800003600,"n":1.50}.32>
    --- exit 0
    "#);
    assert_snapshot!(readable(&call(&["encode", "-"]).stdin("{}\n").run()), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{}.32>
    --- stderr
    jwtsess: no exp: the token never expires (to set one: --ttl 1h)
    --- exit 0
    "#);
    let called = call(&[
        "encode",
        "-c",
        "sub=alice",
        "--ttl",
        "1h",
        "--typ",
        "x",
        "--kid",
        "k",
    ])
    .run();
    assert_snapshot!(readable(&called), @r#"
    --- stdout
    <{"alg":"HS256","typ":"x","kid":"k"}.{"sub":"alice","exp":1800003600}.32>
    --- exit 0
    "#);
}

#[test]
fn encode_takes_what_decode_prints() {
    let token = signed(
        r#"{"typ":"x", "alg":"HS256","y":1.0}"#,
        br#"{"b": 1.0,"a": "\u00e9","exp":1e10}"#,
    );
    let json = call(&["decode", &token, "--json"]).run().stdout;
    let called = call(&["encode", "-"]).stdin(json).run();
    assert_eq!(called.stdout.trim_end(), token, "{called}");
    let human = call(&["decode", &token]).run().stdout;
    let called = call(&["encode"]).stdin(human).run();
    assert_eq!(called.exit, 0, "{called}");
    assert!(readable(&called).contains("1e10"), "{called}");
}

#[test]
fn encode_of_no_object_is_a_usage_error() {
    assert_snapshot!(call(&["encode", "[1]"]).run(), @r#"
    --- stderr
    jwtsess: error: the payload is JSON of type array, not an object at byte 0
    jwtsess: hint: give a JSON object (RFC 7519 §7.1), or the output of jwtsess decode
    --- exit 2
    "#);
    assert_snapshot!(call(&["encode", "{\"a\":}"]).run(), @r#"
    --- stderr
    jwtsess: error: the payload is not JSON (expected value) at byte 5
    jwtsess: hint: give a JSON object (RFC 7519 §7.1), or the output of jwtsess decode
    --- exit 2
    "#);
}
