//! The verifier, check by check.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::core::claims::exact::{Comparison, Expectation};
use crate::core::key::Key;
use crate::core::policy::Policy;
use crate::core::profile::language::forms::RenewalLimit;
use crate::core::profile::{TokenKind, builtin};
use crate::core::secret::Secret;
use crate::core::sign::compact;
use crate::core::time::Span;
use crate::core::token::Limits;

const NOW: i64 = 1_800_000_000;
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

fn now() -> Timestamp {
    Timestamp::from_seconds(NOW)
}

fn keys() -> KeySet {
    KeySet::new(vec![key(b"0123456789abcdef0123456789abcdef")])
}

fn key(secret: &[u8]) -> Key {
    Key::from_secret(Secret::new(secret.to_vec())).unwrap()
}

fn token(header: &str, payload: &str) -> Unverified {
    let text = compact(
        header.as_bytes(),
        payload.as_bytes(),
        &keys().keys()[0],
        Algorithm::Hs256,
    )
    .unwrap();
    Unverified::read(&text, &Limits::default())
}

fn is(claim: &str, json: &str) -> Expectation {
    Expectation::new(claim, Comparison::Is, json).unwrap()
}

fn claims(payload: &str) -> Unverified {
    token(HEADER, payload)
}

fn failures(token: &Unverified, policy: &Policy) -> Vec<String> {
    let judgement = judge(token, &keys(), policy, now());
    assert_eq!(
        judgement.verified.is_some(),
        judgement.verdict.is_valid() && !policy.jws_only
    );
    judgement
        .verdict
        .failures()
        .map(|finding| match &finding.claim {
            Some(claim) => format!("{}:{claim}", finding.code()),
            None => finding.code().to_owned(),
        })
        .collect()
}

#[test]
fn a_claim_is_judged_by_value_and_by_type() {
    let policy = Policy::default();
    let table: &[(&str, &[&str])] = &[
        (r#"{"exp":1800000001}"#, &[]),
        (r#"{"exp":1800000000}"#, &["expired:exp"]),
        (r#"{"exp":1800000000.5}"#, &[]),
        (r#"{"exp":1799999999.999}"#, &["expired:exp"]),
        (r#"{"exp":18e8}"#, &["expired:exp"]),
        (r#"{"exp":1.8000000010e9}"#, &[]),
        ("{}", &["claim_missing:exp"]),
        (r#"{"exp":"1800000001"}"#, &["claim_malformed:exp"]),
        (r#"{"exp":null}"#, &["claim_malformed:exp"]),
        (r#"{"exp":[]}"#, &["claim_malformed:exp"]),
        (r#"{"exp":true}"#, &["claim_malformed:exp"]),
        (r#"{"exp":1e400}"#, &["claim_malformed:exp"]),
        (r#"{"exp":9223372036854775808}"#, &["claim_malformed:exp"]),
        (r#"{"exp":-1}"#, &["expired:exp"]),
        (r#"{"exp":1900000000,"nbf":1800000000}"#, &[]),
        (
            r#"{"exp":1900000000,"nbf":1800000001}"#,
            &["not_yet_valid:nbf"],
        ),
        (r#"{"exp":1900000000,"nbf":"x"}"#, &["claim_malformed:nbf"]),
        (r#"{"exp":1900000000,"iat":1800000000}"#, &[]),
        (
            r#"{"exp":1900000000,"iat":1800000001}"#,
            &["issued_in_future:iat"],
        ),
        (r#"{"exp":1900000000,"iat":{}}"#, &["claim_malformed:iat"]),
        (
            r#"{"exp":1900000000,"iss":["a"]}"#,
            &["claim_malformed:iss"],
        ),
        (r#"{"exp":1900000000,"sub":1}"#, &["claim_malformed:sub"]),
        (r#"{"exp":1900000000,"jti":1}"#, &["claim_malformed:jti"]),
        (r#"{"exp":1900000000,"aud":1}"#, &["claim_malformed:aud"]),
        (
            r#"{"exp":1900000000,"aud":["a",1]}"#,
            &["claim_malformed:aud"],
        ),
        (
            r#"{"exp":1,"nbf":1900000000,"iat":1900000000,"sub":2}"#,
            &[
                "expired:exp",
                "not_yet_valid:nbf",
                "issued_in_future:iat",
                "claim_malformed:sub",
            ],
        ),
    ];
    for (payload, expected) in table {
        assert_eq!(failures(&claims(payload), &policy), *expected, "{payload}");
    }
}

#[test]
fn leeway_moves_every_time_check_by_itself_alone() {
    let policy = Policy {
        leeway: Span::from_seconds(30),
        ..Policy::default()
    };
    for (payload, expected) in [
        (r#"{"exp":1799999971}"#, &[][..]),
        (r#"{"exp":1799999970}"#, &["expired:exp"]),
        (r#"{"exp":1900000000,"nbf":1800000030}"#, &[]),
        (
            r#"{"exp":1900000000,"nbf":1800000031}"#,
            &["not_yet_valid:nbf"],
        ),
        (r#"{"exp":1900000000,"iat":1800000030}"#, &[]),
        (
            r#"{"exp":1900000000,"iat":1800000031}"#,
            &["issued_in_future:iat"],
        ),
    ] {
        assert_eq!(failures(&claims(payload), &policy), expected, "{payload}");
    }
}

#[test]
fn a_token_to_be_renewed_is_judged_by_the_profile_s_moment_in_place_of_exp() {
    let table: &[(&str, u64, u64, &str, &[&str])] = &[
        ("iat", 60, 0, r#"{"iat":1799999941,"exp":1799999950}"#, &[]),
        (
            "iat",
            60,
            0,
            r#"{"iat":1799999940,"exp":1900000000}"#,
            &["expired:iat"],
        ),
        ("iat", 60, 5, r#"{"iat":1799999936,"exp":1799999950}"#, &[]),
        (
            "iat",
            60,
            5,
            r#"{"iat":1799999935,"exp":1799999950}"#,
            &["expired:iat"],
        ),
        (
            "iat",
            60,
            0,
            r#"{"exp":1900000000}"#,
            &["claim_missing:iat"],
        ),
        (
            "login",
            60,
            0,
            r#"{"exp":1900000000,"login":"x"}"#,
            &["claim_malformed:login"],
        ),
        ("exp", 60, 0, r#"{"exp":1799999941}"#, &[]),
        ("exp", 60, 0, r#"{"exp":1799999940}"#, &["expired:exp"]),
        ("exp", 60, 0, "{}", &["claim_missing:exp"]),
        ("exp", 60, 0, r#"{"exp":"x"}"#, &["claim_malformed:exp"]),
    ];
    for (claim, span, leeway, payload, expected) in table {
        let policy = Policy {
            until: Some(RenewalLimit {
                claim: (*claim).into(),
                span: Span::from_seconds(*span),
            }),
            leeway: Span::from_seconds(*leeway),
            ..Policy::default()
        };
        assert_eq!(
            failures(&claims(payload), &policy),
            *expected,
            "{claim} + {span}: {payload}"
        );
    }
}

#[test]
fn what_is_asked_for_has_to_be_there_and_equal() {
    let good = r#"{"exp":1900000000,"iat":1799999000,"iss":"https://a","aud":["x","y"],"sub":"alice","level":3}"#;
    let asks = |change: fn(&mut Policy)| {
        let mut policy = Policy::default();
        change(&mut policy);
        policy
    };
    let table: Vec<(Policy, &[&str])> = vec![
        (asks(|p| p.issuers = vec!["https://a".into()]), &[]),
        (
            asks(|p| p.issuers = vec!["https://a/".into()]),
            &["issuer_mismatch:iss"],
        ),
        (asks(|p| p.audiences = vec!["y".into()]), &[]),
        (
            asks(|p| p.audiences = vec!["z".into()]),
            &["audience_mismatch:aud"],
        ),
        (
            asks(|p| p.audiences = vec![String::new()]),
            &["audience_mismatch:aud"],
        ),
        (
            asks(|p| p.require_audience = true),
            &["audience_mismatch:aud"],
        ),
        (
            asks(|p| p.subject = Some("bob".into())),
            &["subject_mismatch:sub"],
        ),
        (
            asks(|p| p.typ = Some("at+jwt".into())),
            &["type_mismatch:typ"],
        ),
        (
            asks(|p| p.require = vec!["level".into(), "nope".into()]),
            &["claim_missing:nope"],
        ),
        (asks(|p| p.expect = vec![is("level", "3.0")]), &[]),
        (
            asks(|p| p.expect = vec![is("level", "\"3\"")]),
            &["claim_mismatch:level"],
        ),
        (asks(|p| p.max_age = Some(Span::from_seconds(1000))), &[]),
        (
            asks(|p| p.max_age = Some(Span::from_seconds(999))),
            &["too_old:iat"],
        ),
        (
            asks(|p| p.min_ttl = Some(Span::from_seconds(100_000_001))),
            &["expires_soon:exp"],
        ),
    ];
    for (policy, expected) in table {
        assert_eq!(failures(&claims(good), &policy), expected, "{policy:?}");
    }
    let bare = claims(r#"{"exp":1900000000}"#);
    let policy = Policy {
        issuers: vec!["a".into()],
        audiences: vec!["x".into()],
        subject: Some("s".into()),
        max_age: Some(Span::from_seconds(1)),
        ..Policy::default()
    };
    assert_eq!(
        failures(&bare, &policy),
        [
            "claim_missing:iat",
            "claim_missing:iss",
            "claim_missing:aud",
            "claim_missing:sub"
        ]
    );
}

#[test]
fn the_header_can_not_talk_its_way_past_the_key() {
    let payload = r#"{"exp":1900000000}"#;
    let policy = Policy::default();
    let table: &[(&str, &[&str])] = &[
        (r#"{"alg":"none"}"#, &["alg_none:alg"]),
        (r#"{"alg":"NoNe"}"#, &["alg_none:alg"]),
        (r#"{"alg":"hs256"}"#, &["algorithm_unsupported:alg"]),
        (r#"{"alg":"Ed448"}"#, &["algorithm_unsupported:alg"]),
        (r#"{"alg":"RS256"}"#, &["algorithm_not_allowed:alg"]),
        (r#"{"alg":"HS512"}"#, &["bad_signature", "weak_key"]),
        (
            r#"{"alg":"HS256","crit":["exp"],"exp":1}"#,
            &["crit_unsupported:crit"],
        ),
        (r#"{"alg":"HS256","crit":[]}"#, &["crit_unsupported:crit"]),
        (r#"{"alg":"HS256","b64":false}"#, &["crit_unsupported:b64"]),
        (r#"{"alg":"HS256","b64":true}"#, &[]),
        (r#"{"alg":"HS256","kid":"any"}"#, &[]),
        (r#"{"alg":"HS256","kid":1}"#, &["malformed:kid"]),
        (
            r#"{"alg":"HS256","alg":"HS256"}"#,
            &["duplicate_member:alg"],
        ),
        (r#"{"typ":"JWT"}"#, &["malformed"]),
    ];
    for (header, expected) in table {
        assert_eq!(
            failures(&token(header, payload), &policy),
            *expected,
            "{header}"
        );
    }
}

#[test]
fn a_narrowed_algorithm_is_the_only_one() {
    let policy = Policy {
        algorithms: vec![Algorithm::Hs384],
        ..Policy::default()
    };
    assert_eq!(
        failures(&claims(r#"{"exp":1900000000}"#), &policy),
        ["algorithm_not_allowed:alg"]
    );
}

#[test]
fn another_key_s_token_is_refused_and_the_right_key_of_a_set_is_told() {
    let good = claims(r#"{"exp":1900000000}"#);
    let other = key(b"another secret, long enough to be one");
    let judgement = judge(&good, &KeySet::new(vec![other]), &Policy::default(), now());
    assert_eq!(judgement.verdict.code(), "bad_signature");
    assert_eq!(judgement.signed_by, None);
    let set = KeySet::new(vec![
        key(b"another secret, long enough to be one"),
        key(b"0123456789abcdef0123456789abcdef"),
    ]);
    assert_eq!(
        judge(&good, &set, &Policy::default(), now()).signed_by,
        Some(1)
    );
    let none = judge(&good, &KeySet::default(), &Policy::default(), now());
    assert_eq!(
        (none.verdict.code(), none.verified.is_some()),
        ("no_key", false)
    );
}

#[test]
fn a_weak_key_verifies_only_where_that_is_allowed() {
    let weak = KeySet::new(vec![key(b"short")]);
    let text = compact(
        HEADER.as_bytes(),
        br#"{"exp":1900000000}"#,
        &weak.keys()[0],
        Algorithm::Hs256,
    )
    .unwrap();
    let token = Unverified::read(&text, &Limits::default());
    assert_eq!(
        judge(&token, &weak, &Policy::default(), now())
            .verdict
            .code(),
        "weak_key"
    );
    let policy = Policy {
        allow_weak_key: true,
        ..Policy::default()
    };
    let judgement = judge(&token, &weak, &policy, now());
    assert!(judgement.verified.is_some());
    assert_eq!(
        judgement.verdict.of(Check::Strength).unwrap().code(),
        "weak_key_allowed"
    );
}

#[test]
fn a_jws_over_any_bytes_holds_only_where_the_signature_alone_is_asked_for() {
    let token = claims("not a claims set");
    assert_eq!(failures(&token, &Policy::default()), ["malformed"]);
    let policy = Policy {
        jws_only: true,
        ..Policy::default()
    };
    assert_eq!(failures(&token, &policy), [""; 0]);
}

#[test]
fn a_refresh_token_is_no_access_token() {
    let header = r#"{"alg":"HS256","typ":"rt+jwt"}"#;
    let payload = r#"{"sub":"alice","iat":1799999990,"exp":1900000000,"jti":"1","auth_time":1799999990,"sid":"2"}"#;
    let refresh = token(header, payload);
    assert_eq!(failures(&refresh, &Policy::default()), ["kind_mismatch"]);
    assert_eq!(
        failures(
            &refresh,
            &Policy {
                kind: None,
                ..Policy::default()
            }
        ),
        [""; 0]
    );
    let pair = builtin("pair").unwrap();
    assert_eq!(
        failures(&refresh, &Policy::of(&pair, TokenKind::Refresh)),
        [""; 0]
    );
    let sliding = Policy::of(&builtin("sliding").unwrap(), TokenKind::Access);
    assert_eq!(
        failures(&refresh, &sliding),
        ["model_mismatch", "kind_mismatch"]
    );
}

#[test]
fn a_session_past_its_absolute_end_is_over_whatever_exp_says() {
    let login = NOW - 7 * 86_400;
    let payload = format!(
        r#"{{"sub":"a","iat":{login},"exp":1900000000,"jti":"1","auth_time":{login},"sid":"2"}}"#
    );
    let policy = Policy::of(&builtin("sliding").unwrap(), TokenKind::Access);
    assert_eq!(
        failures(&claims(&payload), &policy),
        ["session_ended:auth_time"]
    );
    let later = payload.replace(
        &format!(r#""auth_time":{login}"#),
        &format!(r#""auth_time":{}"#, login + 1),
    );
    assert_eq!(failures(&claims(&later), &policy), [""; 0]);
}

#[test]
fn milliseconds_are_pointed_out_and_not_refused() {
    let judgement = judge(
        &claims(r#"{"exp":1900000000000}"#),
        &keys(),
        &Policy::default(),
        now(),
    );
    assert!(judgement.verdict.is_valid());
    assert!(
        judgement
            .verdict
            .findings
            .iter()
            .any(|finding| finding.code() == "looks_like_milliseconds")
    );
}
