//! Reading tokens: whole ones, broken ones, hostile ones.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;

use super::super::algorithm::{AlgName, Algorithm};
use super::super::claims::{JsonDefect, JsonProblem};
use super::*;

/// RFC 7515 A.1.
const RFC_7515: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// `{"alg":"HS256"}`
const HEADER: &str = "eyJhbGciOiJIUzI1NiJ9";

fn read(text: &str) -> Unverified {
    Unverified::read(text, &Limits::default())
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn of(header: &str, payload: impl AsRef<[u8]>) -> Unverified {
    read(&format!("{}.{}.AAAA", encoded(header), encoded(payload)))
}

fn syntax(at: usize, words: &str) -> DefectKind {
    DefectKind::Json(JsonDefect {
        at,
        problem: JsonProblem::Syntax(words.to_owned()),
    })
}

fn only(token: &Unverified) -> (usize, &'static str, DefectKind) {
    assert_eq!(token.defects.len(), 1, "{:?}", token.defects);
    let Defect { at, part, kind } = token.defects[0].clone();
    (at, part, kind)
}

#[test]
fn the_token_of_rfc_7515_is_read_whole() {
    let token = read(RFC_7515);
    assert_eq!(token.form, CompactForm::Jws);
    assert_eq!(token.defects, []);
    assert_eq!(token.alg(), Some(AlgName::Supported(Algorithm::Hs256)));
    assert_eq!(token.typ(), Typed::Is("JWT".to_owned()));
    assert_eq!(token.kid(), Typed::Absent);
    assert_eq!(
        token.header.members.as_ref().unwrap().text(),
        "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}"
    );
    assert_eq!(token.claims().unwrap().raw("exp"), Some("1300819380"));
    assert_eq!(token.signature.bytes.as_ref().map(Vec::len), Some(32));
    assert_eq!(
        token.signing_input(),
        RFC_7515.rsplit_once('.').unwrap().0.as_bytes()
    );
    assert_eq!(token.text(), RFC_7515);
    assert_eq!(token.payload.readable_prefix(), None);
}

#[test]
fn parts_other_than_three_are_told_and_still_shown() {
    let payload = encoded("{\"sub\":\"alice\"}");
    let table = [
        (HEADER.to_owned(), 1, HEADER.len(), false),
        (format!("{HEADER}.{payload}"), 2, 41, true),
        (format!("{HEADER}.{payload}.AAAA."), 4, 46, true),
        (format!("{HEADER}.{payload}.AAAA.A.A.A"), 6, 46, true),
    ];
    for (text, parts, at, claims) in table {
        let token = read(&text);
        assert_eq!(token.form, CompactForm::Other(parts));
        assert_eq!(only(&token), (at, "token", DefectKind::Parts(parts)));
        assert_eq!(token.alg(), Some(AlgName::Supported(Algorithm::Hs256)));
        assert_eq!(token.claims().is_some(), claims);
        assert_eq!(token.signing_input(), b"");
    }
}

#[test]
fn an_encrypted_token_shows_its_header_alone() {
    let token = read(&format!(
        "{}.!.!.!.!",
        encoded("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"kid\":\"k\"}")
    ));
    assert_eq!(token.form, CompactForm::Jwe);
    assert_eq!(only(&token), (0, "token", DefectKind::Encrypted));
    assert_eq!(token.kid(), Typed::Is("k".to_owned()));
    assert!(token.payload.bytes.is_none() && token.signature.bytes.is_none());
    assert_eq!(token.signing_input(), b"");
}

#[test]
fn what_is_no_token_at_all_is_told() {
    assert_eq!(only(&read("")), (0, "token", DefectKind::Empty));
    assert_eq!(read("hunter2 ").defects.len(), 2);
    let dots = ".".repeat(100_000);
    assert_eq!(read(&dots).form, CompactForm::Other(100_001));
    assert_eq!(
        read("..")
            .defects
            .iter()
            .map(|defect| (defect.at, defect.part))
            .collect::<Vec<_>>(),
        [(0, "header"), (1, "payload")]
    );
}

#[test]
fn a_token_over_the_limit_is_not_read() {
    let limits = Limits {
        token_bytes: RFC_7515.len() - 1,
        ..Limits::default()
    };
    let token = Unverified::read(RFC_7515, &limits);
    assert_eq!(
        only(&token),
        (
            limits.token_bytes,
            "token",
            DefectKind::TooLarge(limits.token_bytes)
        )
    );
    assert_eq!(
        (token.form, token.alg(), token.text()),
        (CompactForm::Other(0), None, RFC_7515)
    );
    let limits = Limits {
        token_bytes: RFC_7515.len(),
        ..limits
    };
    assert_eq!(Unverified::read(RFC_7515, &limits).defects, []);
}

#[test]
fn a_header_over_its_limit_is_not_read() {
    let header = format!("{{\"alg\":\"HS256\",\"x\":\"{}\"}}", "x".repeat(1000));
    let limits = Limits {
        header_bytes: 1000,
        ..Limits::default()
    };
    let text = format!("{}.e30.AAAA", encoded(&header));
    let token = Unverified::read(&text, &limits);
    assert_eq!(only(&token), (0, "header", DefectKind::TooLarge(1000)));
    assert!(token.claims().is_some());
    let limits = Limits {
        header_bytes: header.len(),
        ..limits
    };
    assert_eq!(Unverified::read(&text, &limits).defects, []);
}

#[test]
fn base64url_is_strict_and_the_place_is_named() {
    // `e30` is `{}`; the same bytes in other spellings are other tokens.
    let table = [
        ("e30=", 24, DefectKind::NotBase64url('=')),
        ("e3+0", 23, DefectKind::NotBase64url('+')),
        ("e3/0", 23, DefectKind::NotBase64url('/')),
        ("e3 0", 23, DefectKind::NotBase64url(' ')),
        ("e30\n", 24, DefectKind::NotBase64url('\n')),
        ("eé30", 22, DefectKind::NotBase64url('é')),
        ("e30\u{0}", 24, DefectKind::NotBase64url('\u{0}')),
        ("e30%", 24, DefectKind::NotBase64url('%')),
        ("e31", 23, DefectKind::NonCanonical),
        ("e3", 22, DefectKind::NonCanonical),
        ("e", 22, DefectKind::Truncated),
        ("e30gI", 26, DefectKind::Truncated),
    ];
    for (payload, at, kind) in table {
        let token = read(&format!("{HEADER}.{payload}.AAAA"));
        assert_eq!(only(&token), (at, "payload", kind), "{payload:?}");
        assert!(token.payload.bytes.is_none() && token.claims().is_none());
        assert!(token.alg().is_some());
    }
    assert_eq!(
        only(&read(&format!("{HEADER}.e30.AAA!"))),
        (28, "signature", DefectKind::NotBase64url('!'))
    );
    assert_eq!(
        only(&read(&format!("{HEADER}.e30.AB"))),
        (26, "signature", DefectKind::NonCanonical)
    );
}

#[test]
fn an_unsigned_token_is_well_formed() {
    let token = read(&format!("{}.e30.", encoded("{\"alg\":\"none\"}")));
    assert_eq!(token.defects, []);
    assert_eq!(token.alg(), Some(AlgName::None));
    assert_eq!(token.signature.bytes, Some(Vec::new()));
}

#[test]
fn a_header_parameter_of_the_wrong_type_is_told() {
    let table = [
        ("{}", DefectKind::Alg, 0),
        ("{\"alg\":null}", DefectKind::Alg, 9),
        ("{\"alg\":[\"HS256\"]}", DefectKind::Alg, 9),
        ("{\"alg\":\"\\ud800\"}", DefectKind::Alg, 9),
        (
            "{\"alg\":\"HS256\",\"kid\":null}",
            DefectKind::HeaderType("kid".to_owned(), "null", "string"),
            28,
        ),
        (
            "{\"alg\":\"HS256\",\"typ\":1}",
            DefectKind::HeaderType("typ".to_owned(), "number", "string"),
            28,
        ),
        (
            "{\"alg\":\"HS256\",\"cty\":{}}",
            DefectKind::HeaderType("cty".to_owned(), "object", "string"),
            28,
        ),
        (
            "[]",
            DefectKind::Json(JsonDefect {
                at: 0,
                problem: JsonProblem::NotAnObject("array"),
            }),
            0,
        ),
        ("", syntax(0, "EOF while parsing a value"), 0),
    ];
    for (header, kind, at) in table {
        assert_eq!(only(&of(header, "{}")), (at, "header", kind), "{header}");
    }
    let kept = of(
        "{\"alg\":\"HS256\",\"crit\":7,\"b64\":\"x\",\"zip\":null}",
        "{}",
    );
    assert_eq!(kept.defects, []);
    assert_eq!(kept.header.members.unwrap().raw("crit"), Some("7"));
}

#[test]
fn an_unknown_algorithm_is_still_read() {
    assert!(
        matches!(of("{\"alg\":\"HS1\\u001b\"}", "{}").alg(), Some(AlgName::Unknown(name)) if name == "HS1\u{1b}")
    );
}

#[test]
fn duplicates_are_told_in_the_order_of_the_text() {
    let token = of(
        "{\"alg\":\"HS256\",\"a\":1,\"a\":2}",
        "{\"sub\":\"a\",\"\\u0073ub\":\"b\",\"x\":{\"y\":1,\"y\":2}}",
    );
    let expected = [
        Defect {
            at: 28,
            part: "header",
            kind: DefectKind::Duplicate("a".to_owned()),
        },
        Defect {
            at: 51,
            part: "payload",
            kind: DefectKind::Duplicate("sub".to_owned()),
        },
    ];
    assert_eq!(token.defects, expected);
    assert_eq!(
        token
            .claims()
            .unwrap()
            .iter()
            .filter(|(name, _)| *name == "sub")
            .count(),
        2
    );
}

#[test]
fn a_payload_that_is_no_json_object_is_told_and_shown() {
    let nested = format!("{{\"a\":{}{}}}", "[".repeat(199), "]".repeat(199));
    let table: [(&[u8], usize, DefectKind, &str); 7] = [
        (b"", 0, syntax(0, "EOF while parsing a value"), ""),
        (b"hello", 0, syntax(0, "expected value"), "hello"),
        (
            b"[1]",
            0,
            DefectKind::Json(JsonDefect {
                at: 0,
                problem: JsonProblem::NotAnObject("array"),
            }),
            "[1]",
        ),
        (
            b"\xef\xbb\xbf{}",
            0,
            syntax(0, "byte order mark"),
            "\u{feff}{}",
        ),
        (
            b"{\"a\":\"\xff\"}",
            8,
            DefectKind::NotUtf8,
            "{\"a\":\"\u{fffd}\"}",
        ),
        (b"{\0\"\0", 1, syntax(1, "key must be a string"), "{\0\"\0"),
        (
            nested.as_bytes(),
            176,
            DefectKind::Json(JsonDefect {
                at: 132,
                problem: JsonProblem::TooDeep(128),
            }),
            &nested,
        ),
    ];
    for (payload, at, kind, shown) in table {
        let token = of("{\"alg\":\"HS256\"}", payload);
        assert_eq!(only(&token), (HEADER.len() + 1 + at, "payload", kind));
        assert_eq!(token.payload.bytes.as_deref(), Some(payload));
        assert_eq!(token.payload.readable_prefix().unwrap_or_default(), shown);
    }
}

#[test]
fn a_token_within_a_token_is_a_payload_that_is_no_json() {
    let token = of("{\"alg\":\"HS256\",\"cty\":\"JWT\"}", RFC_7515);
    assert_eq!(only(&token).1, "payload");
    assert_eq!(token.payload.bytes.as_deref(), Some(RFC_7515.as_bytes()));
}

#[test]
fn a_token_cut_short_shows_what_there_is() {
    let payload =
        "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
    let start = RFC_7515.find('.').unwrap() + 1;
    for cut in start + 2..RFC_7515.rfind('.').unwrap() {
        let token = read(&RFC_7515[..cut]);
        assert_eq!(
            token.payload.readable_prefix().unwrap(),
            payload[..(cut - start) * 3 / 4],
            "{cut}"
        );
        assert!(token.defects.iter().any(|defect| defect.part == "payload"));
    }
    let bent = read(&RFC_7515.replacen("OjEzMDA4", "OjEz%DA4", 1));
    assert_eq!(
        bent.payload.readable_prefix().unwrap(),
        "{\"iss\":\"joe\",\r\n \"exp\":13"
    );
}

#[test]
fn debug_shows_sizes_and_no_text() {
    let shown = format!(
        "{:?}",
        of(
            "{\"alg\":\"HS256\",\"kid\":\"hunter2\"}",
            "{\"sub\":\"hunter2\"}"
        )
    );
    let cut = format!("{:?}", read(&RFC_7515[..60]));
    for text in ["hunter2", "104, 117", "aHVudGVy", "eyJ", "joe"] {
        assert!(
            !shown.contains(text) && !cut.contains(text),
            "{shown} {cut}"
        );
    }
    assert!(shown.contains("Jws"));
}

proptest! {
    #[test]
    fn reading_never_panics(text in "\\PC*|[A-Za-z0-9_.=-]*|(eyJ[A-Za-z0-9_-]{0,40}\\.?){0,6}") {
        let limits = Limits { token_bytes: 100, header_bytes: 20, ..Limits::default() };
        for limits in [limits, Limits::default()] {
            let token = Unverified::read(&text, &limits);
            prop_assert!(token.defects.iter().all(|defect| defect.at <= text.len()));
            prop_assert!(token.defects.is_sorted_by_key(|defect| defect.at));
            for part in [&token.header, &token.payload, &token.signature] {
                prop_assert!(text.get(part.at.clone()).is_some());
                let _ = part.readable_prefix();
            }
            let _ = (token.signing_input(), token.alg(), token.kid(), token.typ(), format!("{token:?}"));
        }
    }

    #[test]
    fn any_payload_reads_back_byte_for_byte(payload in any::<Vec<u8>>()) {
        let token = of("{\"alg\":\"HS256\"}", &payload);
        prop_assert_eq!(token.payload.bytes.as_deref(), Some(&payload[..]));
    }

    #[test]
    fn no_two_texts_hold_the_same_token(at in 0_usize..RFC_7515.len(), with in any::<char>()) {
        let changed = format!("{}{with}{}", &RFC_7515[..at], &RFC_7515[at + 1..]);
        let (token, whole) = (read(&changed), read(RFC_7515));
        let same = |one: &Part, other: &Part| one.bytes == other.bytes;
        prop_assert!(
            changed == RFC_7515
                || !token.defects.is_empty()
                || !(same(&token.header, &whole.header) && same(&token.payload, &whole.payload) && same(&token.signature, &whole.signature))
        );
    }
}
