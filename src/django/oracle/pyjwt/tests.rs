//! What each version makes of one token, told by the answers of the views that verify: simplejwt's, drf-jwt's, the legacy package's.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::core::algorithm::Algorithm;
use crate::core::emulator::{DatabaseView, View};
use crate::core::key::{Key, KeySet};
use crate::core::secret::Secret;
use crate::core::time::Timestamp;
use crate::django::oracle::tests::answer;
use crate::django::settings::{DjangoSettings, Stack};

const NOW: i64 = 1_700_000_000;

fn keys() -> KeySet {
    let secret = Secret::new(b"a short secret".to_vec());
    KeySet::new(vec![Key::from_secret(secret).unwrap()])
}

fn sign(header: &[u8], payload: &[u8]) -> String {
    let encoded = [header, payload].map(|part| URL_SAFE_NO_PAD.encode(part));
    sign_segments(&encoded[0], &encoded[1])
}

fn sign_segments(header: &str, payload: &str) -> String {
    let input = format!("{header}.{payload}");
    let keys = keys();
    let signature = keys.keys()[0]
        .sign(Algorithm::Hs256, input.as_bytes())
        .unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The status, and what the check that refused is called.
fn verdict(stack: Stack, token: &str, now: Timestamp) -> String {
    let settings = DjangoSettings::defaults(stack);
    let database = DatabaseView::default();
    let answer = answer(&settings, View::Verify, token, &keys(), &database, now).unwrap();
    match answer.cause {
        None => answer.status.to_string(),
        Some(cause) => format!("{} {}", answer.status, cause.code()),
    }
}

fn verdicts(token: &str) -> [String; 3] {
    [Stack::SimpleJwt, Stack::DrfJwt, Stack::DrfJwtLegacy]
        .map(|stack| verdict(stack, token, Timestamp::from_seconds(NOW)))
}

/// A payload that all three accept, with one more claim at its end; of a name that is there already it is the last, and so counts.
fn with(claim: &str) -> String {
    let rest = r#""token_type":"access","jti":"98351030-30e7-4e93-bd9e-bffbfdd9abdf","user_id":1,"username":"dora""#;
    let payload = format!("{{{rest},\"exp\":{}{claim}}}", NOW + 60);
    sign(br#"{"alg":"HS256"}"#, payload.as_bytes())
}

#[test]
fn claims_of_odd_types_are_read_as_each_version_reads_them() {
    const MALFORMED: &str = "claim_malformed";
    for (claim, simple, fork, legacy) in [
        ("", "200", "201", "200"),
        (r#","exp":1700000000"#, "401 expired", "400 expired", "200"),
        (
            r#","exp":1699999999"#,
            "401 expired",
            "400 expired",
            "400 expired",
        ),
        (r#","exp":1700000001.9"#, "200", "201", "200"),
        (
            r#","exp":1700000000.9"#,
            "401 expired",
            "400 expired",
            "200",
        ),
        (
            r#","exp":true"#,
            "401 expired",
            "400 expired",
            "400 expired",
        ),
        (
            r#","exp":" 1_700_000_060\n""#,
            "500 server_error",
            "201",
            "200",
        ),
        (r#","exp":"soon""#, MALFORMED, MALFORMED, MALFORMED),
        (r#","exp":NaN"#, MALFORMED, MALFORMED, MALFORMED),
        (r#","exp":1e400"#, MALFORMED, MALFORMED, "500 server_error"),
        (r#","exp":null"#, MALFORMED, MALFORMED, "500 server_error"),
        (r#","exp":1700000060000"#, "500 server_error", "201", "200"),
        (
            r#","iat":1700000001"#,
            "401 issued_in_future",
            "400 issued_in_future",
            "200",
        ),
        (r#","iat":[]"#, MALFORMED, MALFORMED, "500 server_error"),
        (r#","iat":"x""#, MALFORMED, MALFORMED, "500 server_error"),
        (
            r#","nbf":1700000001"#,
            "401 not_yet_valid",
            "400 not_yet_valid",
            "500 server_error",
        ),
        // Two that fail: the order is the server's.
        (
            r#","nbf":1700000001,"exp":1"#,
            "401 not_yet_valid",
            "400 not_yet_valid",
            "500 server_error",
        ),
        (
            r#","aud":"x""#,
            "200",
            "400 audience_mismatch",
            "500 server_error",
        ),
        (r#","aud":"""#, "200", "201", "500 server_error"),
        (r#","aud":[]"#, "200", "201", "500 server_error"),
        (r#","sub":1"#, MALFORMED, MALFORMED, "200"),
        (r#","sub":null"#, MALFORMED, MALFORMED, "200"),
        (r#","jti":7"#, MALFORMED, MALFORMED, "200"),
        (r#","iss":1"#, "200", "201", "200"),
        (r#","x":"\ud800""#, "200", "201", "200"),
        (
            r#","x":01"#,
            "401 malformed",
            "400 malformed",
            "400 malformed",
        ),
    ] {
        let expected = [(simple, 401), (fork, 400), (legacy, 400)].map(|(text, status)| {
            if text == MALFORMED {
                format!("{status} {text}")
            } else {
                text.to_owned()
            }
        });
        assert_eq!(verdicts(&with(claim)), expected, "{claim}");
    }
}

#[test]
fn headers_are_read_as_each_version_reads_them() {
    for (header, simple, fork, legacy) in [
        (
            r#"{"alg":"HS256","typ":7,"kid":"any","x":1}"#,
            "200",
            "201",
            "200",
        ),
        (r#"{"alg":"none","alg":"HS256"}"#, "200", "201", "200"),
        (
            r#"{"alg":"none"}"#,
            "401 alg_none",
            "400 alg_none",
            "500 server_error",
        ),
        (
            r#"{"alg":"hs256"}"#,
            "401 algorithm_not_allowed",
            "400 algorithm_not_allowed",
            "500 server_error",
        ),
        // The fork looks the name up before PyJWT can refuse.
        (
            r#"{"typ":"JWT"}"#,
            "401 algorithm_not_allowed",
            "500 server_error",
            "500 server_error",
        ),
        (
            r#"{"alg":"HS256","kid":1}"#,
            "401 malformed",
            "400 malformed",
            "200",
        ),
        (
            r#"{"alg":"HS256","kid":null}"#,
            "401 malformed",
            "400 malformed",
            "200",
        ),
        (
            r#"{"alg":"HS256","crit":["x"],"x":1}"#,
            "401 crit_unsupported",
            "400 crit_unsupported",
            "200",
        ),
        (
            r#"{"alg":"HS256","crit":[]}"#,
            "401 crit_unsupported",
            "400 crit_unsupported",
            "200",
        ),
        (
            r#"{"alg":"HS256","crit":["b64"],"b64":true}"#,
            "200",
            "201",
            "200",
        ),
        (
            r#"{"alg":"HS256","b64":false}"#,
            "401 malformed",
            "400 malformed",
            "200",
        ),
        (
            r#"["HS256"]"#,
            "401 malformed",
            "400 malformed",
            "400 malformed",
        ),
    ] {
        let payload = with("");
        let payload = payload.split('.').nth(1).unwrap();
        let token = sign_segments(&URL_SAFE_NO_PAD.encode(header), payload);
        assert_eq!(verdicts(&token), [simple, fork, legacy], "{header}");
    }
}

#[test]
fn encodings_are_read_as_each_version_reads_them() {
    let [header, payload] = [0, 1].map(|part| with("").split('.').nth(part).unwrap().to_owned());
    let plain = URL_SAFE_NO_PAD.decode(&payload).unwrap();
    let text = String::from_utf8(plain.clone()).unwrap();
    let marked = [b"\xef\xbb\xbf", plain.as_slice()].concat();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let padding = "=".repeat((4 - payload.len() % 4) % 4);
    assert_ne!(padding, "");
    let junk = format!("{}!{}", &payload[..8], &payload[8..]);
    for (what, payload, newer_reads, older_reads) in [
        ("as it should be", payload.clone(), true, true),
        ("padding", format!("{payload}{padding}"), true, true),
        (
            "too much padding",
            format!("{payload}{padding}="),
            false,
            true,
        ),
        ("a character that is none", junk, false, false),
        (
            "a byte order mark",
            URL_SAFE_NO_PAD.encode(&marked),
            true,
            false,
        ),
        ("UTF-16", URL_SAFE_NO_PAD.encode(&utf16), true, false),
        ("a second dot", format!("{payload}.{payload}"), false, false),
    ] {
        let [simple, fork, legacy] = verdicts(&sign_segments(&header, &payload));
        let newer = if newer_reads {
            ["200", "201"]
        } else {
            ["401 malformed", "400 malformed"]
        };
        let older = if older_reads { "200" } else { "400 malformed" };
        assert_eq!(
            [simple.as_str(), &fork, &legacy],
            [newer[0], newer[1], older],
            "{what}"
        );
    }
}

#[test]
fn the_newer_version_counts_fractions_of_a_second_and_the_older_whole_ones() {
    let token = with(r#","exp":1700000060"#);
    for (nanos, seconds, simple, legacy) in [
        (999_999_000, NOW + 59, "200", "200"),
        (0, NOW + 60, "401 expired", "200"),
        (999_999_999, NOW + 60, "401 expired", "200"),
        (0, NOW + 61, "401 expired", "400 expired"),
    ] {
        let now = Timestamp::new(seconds, nanos);
        assert_eq!(
            verdict(Stack::SimpleJwt, &token, now),
            simple,
            "{seconds} {nanos}"
        );
        assert_eq!(
            verdict(Stack::DrfJwtLegacy, &token, now),
            legacy,
            "{seconds} {nanos}"
        );
    }
}

#[test]
fn a_signature_of_another_key_or_none_is_refused_last() {
    let token = with("");
    let (input, _) = token.rsplit_once('.').unwrap();
    for signature in ["", "AAAA"] {
        let expected = [
            "401 bad_signature",
            "400 bad_signature",
            "400 bad_signature",
        ];
        assert_eq!(verdicts(&format!("{input}.{signature}")), expected);
    }
}
