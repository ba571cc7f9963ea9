//! Reading: what is taken, what is refused, and at which byte.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use proptest::prelude::*;

const LIMITS: JsonLimits = JsonLimits {
    depth: 128,
    members: 100_000,
};

fn defect(text: &str) -> String {
    Members::parse(text, LIMITS).unwrap_err().to_string()
}

fn nested(levels: usize) -> String {
    format!(
        "{{\"a\":{}1{}}}",
        "[".repeat(levels - 1),
        "]".repeat(levels - 1)
    )
}

#[test]
fn members_keep_their_order_and_their_text() {
    let text = " { \"b\" : 1.50e1 ,\n\t\"\\u0061\":\"\\u0041\\ud800\",\"n\": 1e400, \"o\":{ \"x\" : [ ] } } ";
    let members = Members::parse(text, LIMITS).unwrap();
    let seen: Vec<_> = members.iter().collect();
    let expected = [
        ("b", "1.50e1"),
        ("a", "\"\\u0041\\ud800\""),
        ("n", "1e400"),
        ("o", "{ \"x\" : [ ] }"),
    ];
    assert_eq!(seen, expected);
    assert_eq!(members.text(), text);
}

#[test]
fn a_defect_is_told_with_its_byte() {
    let table = [
        ("", "not JSON (EOF while parsing a value) at byte 0"),
        ("  ", "not JSON (EOF while parsing a value) at byte 2"),
        ("{", "not JSON (EOF while parsing an object) at byte 1"),
        (
            "{\"a\":\"b",
            "not JSON (EOF while parsing a string) at byte 7",
        ),
        (
            "{\"a\":1",
            "not JSON (EOF while parsing an object) at byte 6",
        ),
        (
            "{\"a\":tru",
            "not JSON (EOF while parsing a value) at byte 8",
        ),
        ("{\"a\" 1}", "not JSON (expected `:`) at byte 5"),
        ("{\"a\":1,}", "not JSON (trailing comma) at byte 7"),
        ("{\"a\":1;}", "not JSON (expected `,` or `}`) at byte 6"),
        ("{a:1}", "not JSON (key must be a string) at byte 1"),
        ("{\"a\":NaN}", "not JSON (expected value) at byte 5"),
        ("{\"a\":-Infinity}", "not JSON (invalid number) at byte 6"),
        ("{\"a\":01}", "not JSON (invalid number) at byte 6"),
        ("{\"a\":\"\\x\"}", "not JSON (invalid escape) at byte 7"),
        ("{\n\n\"a\":x}", "not JSON (expected value) at byte 7"),
        ("{} x", "not JSON (trailing characters) at byte 3"),
        ("{}{}", "not JSON (trailing characters) at byte 2"),
        (
            "{\"\\ud800\":1}",
            "not JSON (unexpected end of hex escape) at byte 8",
        ),
        ("\u{feff}{}", "not JSON (byte order mark) at byte 0"),
        ("secret", "not JSON (expected value) at byte 0"),
        ("nul", "not JSON (EOF while parsing a value) at byte 3"),
        ("[1,2", "not JSON (EOF while parsing a list) at byte 4"),
        ("[]", "array, not an object at byte 0"),
        (" null", "null, not an object at byte 1"),
        ("\"s\"", "string, not an object at byte 0"),
        ("true", "boolean, not an object at byte 0"),
        ("-1e999", "number, not an object at byte 0"),
    ];
    for (text, expected) in table {
        assert_eq!(defect(text), expected, "{text}");
    }
    let control = "not JSON (control character (\\u0000-\\u001F) found while parsing a string)";
    assert_eq!(defect("{\"a\":\"x\ny\"}"), format!("{control} at byte 7"));
    assert_eq!(defect("{\"a\tb\":1}"), format!("{control} at byte 3"));
}

#[test]
fn a_defect_never_quotes_the_input() {
    for text in [
        "hunter2",
        "{\"a\":hunter2}",
        "{hunter2}",
        "\"hunter2\" x",
        "{\"hunter2",
        "{\"\\ud800hunter2\":1}",
        "[\"hunter2\"]",
    ] {
        assert!(!defect(text).contains("unter2"), "{text}");
    }
}

#[test]
fn depth_is_counted_from_the_object_itself() {
    assert!(Members::parse(&nested(128), LIMITS).is_ok());
    let problem = JsonProblem::TooDeep(128);
    assert_eq!(
        Members::parse(&nested(129), LIMITS),
        Err(JsonDefect {
            at: 5 + 127,
            problem: problem.clone()
        })
    );
    assert_eq!(
        Members::parse(&nested(200), LIMITS),
        Err(JsonDefect {
            at: 5 + 127,
            problem: problem.clone()
        })
    );
    assert_eq!(
        Members::parse(&nested(1_000_000), LIMITS)
            .unwrap_err()
            .problem,
        problem
    );
    let in_string = format!("{{\"a\":\"\\\"{}\"}}", "[".repeat(500));
    assert!(Members::parse(&in_string, LIMITS).is_ok());
}

#[test]
fn a_deep_array_alone_needs_no_stack() {
    assert_eq!(
        defect(&"[".repeat(1_000_000)),
        "not JSON (EOF while parsing a list) at byte 1000000"
    );
}

#[test]
fn members_are_counted_on_the_first_level_alone() {
    let limits = JsonLimits {
        depth: 128,
        members: 2,
    };
    assert!(Members::parse("{\"a\":{\"x\":1,\"y\":2,\"z\":3},\"b\":1}", limits).is_ok());
    let problem = JsonProblem::TooManyMembers(2);
    assert_eq!(
        Members::parse("{\"a\":1,\"b\":1,\"c\":1}", limits),
        Err(JsonDefect { at: 13, problem })
    );
}

#[test]
fn duplicates_are_found_behind_escapes_each_once() {
    let members = Members::parse(
        r#"{"b":1,"a":1,"\u0061":2,"a":3,"c":0,"b":2,"A":1}"#,
        LIMITS,
    )
    .unwrap();
    assert_eq!(members.duplicates(), ["a", "b"]);
    assert_eq!(members.repeated()[0].name_at, 13..21);
    assert_eq!(members.raw("a"), Some("3"));
    assert!(
        Members::parse(r#"{"a":{"b":1},"b":2}"#, LIMITS)
            .unwrap()
            .duplicates()
            .is_empty()
    );
}

#[test]
fn the_widest_object_with_nothing_but_duplicates_is_read_and_told_at_once() {
    let text = format!("{{{}\"z\":0}}", "\"a\":1,\"b\":2,".repeat(49_999));
    let members = Members::parse(&text, LIMITS).unwrap();
    assert_eq!(members.duplicates(), ["a", "b"]);
    assert_eq!(members.iter().count(), 99_999);
}

#[test]
fn a_string_is_told_from_what_only_looks_like_one() {
    let text = r#"{"s":"a\u00e9","n":1,"z":null,"t":true,"l":["a"],"o":{},"h":"\ud800"}"#;
    let members = Members::parse(text, LIMITS).unwrap();
    let table = [
        ("s", Typed::Is("aé".to_owned())),
        ("n", Typed::Wrong("number")),
        ("z", Typed::Wrong("null")),
        ("t", Typed::Wrong("boolean")),
        ("l", Typed::Wrong("array")),
        ("o", Typed::Wrong("object")),
        ("h", Typed::Wrong("string with a lone surrogate")),
        ("S", Typed::Absent),
    ];
    for (name, expected) in table {
        assert_eq!(members.string(name), expected, "{name}");
    }
}

#[test]
fn a_value_that_nothing_can_hold_is_none_and_still_there() {
    let members = Members::parse(r#"{"a":1e400,"b":["\ud800"],"c":[1]}"#, LIMITS).unwrap();
    assert_eq!(members.value("a"), None);
    assert_eq!(members.raw("a"), Some("1e400"));
    assert_eq!(members.value("b"), None);
    assert_eq!(members.value("c"), Some(serde_json::json!([1])));
}

#[test]
fn quoting_is_pythons() {
    // python3 -c 'import json; print(json.dumps("\"\\\n\r\t\b\f\x00\x1f\x7f/é\u2028\U0001f600"))'
    let text = "\"\\\n\r\t\u{8}\u{c}\u{0}\u{1f}\u{7f}/é\u{2028}\u{1f600}";
    let head = r#""\"\\\n\r\t\b\f\u0000\u001f"#;
    assert_eq!(
        quote(text, true),
        format!("{head}\u{7f}/{}\"", r"\u00e9\u2028\ud83d\ude00")
    );
    assert_eq!(
        quote(text, false),
        format!("{head}\u{7f}/é\u{2028}\u{1f600}\"")
    );
}

#[test]
fn debug_shows_no_claims() {
    let members = Members::parse(r#"{"email":"alice@example.org"}"#, LIMITS).unwrap();
    assert_eq!(format!("{members:?}"), "Members { bytes: 29, members: 1 }");
}

proptest! {
    #[test]
    fn parsing_never_panics(text in "\\PC*|[\\[\\]{}\",:\\\\ \n0-9eE.+tfn-]*") {
        let limits = JsonLimits { depth: 4, members: 3 };
        if let Err(defect) = Members::parse(&text, limits) {
            prop_assert!(defect.at <= text.len());
        }
    }

    #[test]
    fn we_accept_exactly_the_objects_that_serde_json_accepts(text in "[\\[\\]{}\"a,: 01e.-]{0,12}|\\{(\"[a\\\\u]{0,3}\" ?: ?[01.e-]{1,3},?){0,3}\\}") {
        let ours = Members::parse(&text, LIMITS).is_ok();
        let theirs = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text).is_ok();
        let lenient = text.contains('e') || text.contains('\\');
        prop_assert!(ours == theirs || (ours && lenient), "{}", text);
    }

    #[test]
    fn a_cut_object_is_a_defect_at_its_end(cut in 0_usize..33) {
        let text = r#"{"a":[1,{"b":"c"}],"d":"e\u0041"}"#;
        let defect = Members::parse(&text[..cut], LIMITS).unwrap_err();
        prop_assert_eq!(defect.at, cut);
    }

    #[test]
    fn a_quoted_string_reads_back(text in any::<String>(), ascii in any::<bool>()) {
        let quoted = quote(&text, ascii);
        prop_assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
        prop_assert!(!ascii || quoted.is_ascii());
    }
}
