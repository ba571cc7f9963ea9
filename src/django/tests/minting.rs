//! The tokens that real Django servers mint, character for character.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::builtin;
use crate::core::algorithm::Algorithm;
use crate::core::entropy::Entropy;
use crate::core::key::{Key, KeySet};
use crate::core::secret::Secret;
use crate::core::time::Timestamp;
use crate::session::emulation::{EmulatedRenewal, RefreshRequest, renew};
use crate::session::flow::{self, Login, RenewalRequest, Tokens};
use crate::session::mint::{Signer, Signers};

struct NoEntropy;

impl Entropy for NoEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

fn keys() -> KeySet {
    let secret = Secret::new(b"jwtsess-interop-hs256-signing-key-0123456789abcdef".to_vec());
    KeySet::new(vec![Key::from_secret(secret).unwrap()])
}

fn log_in(profile: &str, algorithm: Algorithm, login: &Login) -> Tokens {
    let keys = keys();
    let signer = Signer {
        key: &keys.keys()[0],
        algorithm,
        kid: None,
    };
    let now = Timestamp::from_seconds(1_700_000_000);
    let signers = Signers::one(&signer);
    flow::issue(login, &builtin(profile), &signers, now, &mut NoEntropy).unwrap()
}

/// PyJWT 2.15.1 and 1.7.1 wrote these, with that key.
#[test]
fn a_login_is_the_server_s_own_token_to_the_last_character() {
    let one = Login {
        user: "1".into(),
        access_id: Some("00000000000000000000000000000001".into()),
        refresh_id: Some("00000000000000000000000000000002".into()),
        ..Login::default()
    };
    let access = [
        (
            Algorithm::Hs256,
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNzAwMDAwMzAwLCJpYXQiOjE3MDAwMDAwMDAsImp0aSI6IjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAxIiwidXNlcl9pZCI6IjEifQ.qDb3cuBDjfgt7mpwvfOXZzUxt6OW0PVOdt3vMDj4Y00",
        ),
        (
            Algorithm::Hs384,
            "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNzAwMDAwMzAwLCJpYXQiOjE3MDAwMDAwMDAsImp0aSI6IjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAxIiwidXNlcl9pZCI6IjEifQ.nqy26Vh43pjS6Q3ee0bzI8sBZcgAoWVCHblGqASPrCym8JUsstpQZ9CU7SpcVYJ9",
        ),
        (
            Algorithm::Hs512,
            "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNzAwMDAwMzAwLCJpYXQiOjE3MDAwMDAwMDAsImp0aSI6IjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAxIiwidXNlcl9pZCI6IjEifQ.M4uZgFREgk5yv0ho9JJrqdNpQkF18_BV8wCbB5Nmfd7faGhXtjnxdn_e8Na9uKEi4ll092mMDPo_ABCZm2oEnA",
        ),
    ];
    for (algorithm, token) in access {
        assert_eq!(log_in("simplejwt", algorithm, &one).access.text, token);
    }
    let refresh = |login: &Login| {
        log_in("simplejwt", Algorithm::Hs256, login)
            .refresh
            .unwrap()
            .text
    };
    assert_eq!(
        refresh(&one),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6MTcwMDA4NjQwMCwiaWF0IjoxNzAwMDAwMDAwLCJqdGkiOiIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMiIsInVzZXJfaWQiOiIxIn0.hVBMvxGSHcZWrWIhF-dSvBtFpWCa5i9E0MJT6_G9vO0"
    );
    let named = Login {
        claims: vec![("name".into(), "\"Zo\u{eb}\"".into())],
        ..one
    };
    assert_eq!(
        refresh(&named),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6MTcwMDA4NjQwMCwiaWF0IjoxNzAwMDAwMDAwLCJqdGkiOiIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMiIsInVzZXJfaWQiOiIxIiwibmFtZSI6IlpvXHUwMGViIn0.6APiTOhKtXUkju8GFbx0u1CKzSX8hvzVaLieVS0M5ms"
    );
    let alice = Login {
        user: "alice".into(),
        user_id: Some("1".into()),
        email: Some("alice@example.com".into()),
        access_id: Some("00000000-0000-4000-8000-000000000001".into()),
        ..Login::default()
    };
    assert_eq!(
        log_in("drf-jwt", Algorithm::Hs256, &alice).access.text,
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImFsaWNlIiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDAzMDAsImp0aSI6IjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSIsInVzZXJfaWQiOjEsIm9yaWdfaWF0IjoxNzAwMDAwMDAwfQ.8trSCKsLUM0Q7aGEoU8omrJs72AE0EeUhjDlYBfzI1I"
    );
    assert_eq!(
        log_in("djangorestframework-jwt", Algorithm::Hs256, &alice)
            .access
            .text,
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoxLCJ1c2VybmFtZSI6ImFsaWNlIiwiZXhwIjoxNzAwMDAwMzAwLCJlbWFpbCI6ImFsaWNlQGV4YW1wbGUuY29tIiwib3JpZ19pYXQiOjE3MDAwMDAwMDB9.AE2oUfgEsfE96B-wguiF_Qs0QDtCKRvxe8-u44q_98U"
    );
}

fn renewed(text: &str, profile: &str, now: i64) -> EmulatedRenewal {
    let keys = keys();
    let profile = builtin(profile);
    let signer = Signer {
        key: &keys.keys()[0],
        algorithm: Algorithm::Hs256,
        kid: None,
    };
    let request = RefreshRequest {
        text,
        profile: &profile,
        server: profile.server.as_deref().unwrap(),
        keys: &keys,
        renew: &RenewalRequest::default(),
        now: Timestamp::from_seconds(now),
    };
    renew(&request, &signer, &mut NoEntropy).unwrap()
}

#[test]
fn a_refresh_token_yields_the_server_s_access_token_and_is_not_rotated() {
    let login = Login {
        user: "1".into(),
        claims: vec![("role".into(), r#""x""#.into())],
        ..Login::default()
    };
    let refresh = log_in("simplejwt", Algorithm::Hs256, &login)
        .refresh
        .unwrap();
    let served = renewed(&refresh.text, "simplejwt", 1_700_000_100);
    assert_eq!(served.answer.status, 200);
    let [(field, token)] = served.tokens.as_slice() else {
        panic!("{served:?}")
    };
    assert_eq!(*field, "access");
    assert_eq!(
        token.claims.text(),
        r#"{"token_type":"access","exp":1700000400,"iat":1700000100,"jti":"00000000000040008000000000000000","user_id":"1","role":"x"}"#
    );
}

#[test]
fn a_refusal_is_the_server_s_text_for_text() {
    let login = Login {
        user: "alice".into(),
        user_id: Some("1".into()),
        ..Login::default()
    };
    for (profile, token, now, body) in [
        (
            "simplejwt",
            log_in("simplejwt", Algorithm::Hs256, &login).access,
            1_700_000_100,
            r#"{"detail":"Token has wrong type","code":"token_not_valid"}"#,
        ),
        (
            "simplejwt-sliding",
            log_in("simplejwt-sliding", Algorithm::Hs256, &login).access,
            1_700_000_300,
            r#"{"detail":"Token is expired","code":"token_not_valid"}"#,
        ),
        (
            "drf-jwt",
            log_in("drf-jwt", Algorithm::Hs256, &login).access,
            1_700_000_300,
            r#"{"non_field_errors":["Token has expired."]}"#,
        ),
        (
            "drf-jwt-legacy",
            log_in("drf-jwt-legacy", Algorithm::Hs256, &login).access,
            1_700_000_301,
            r#"{"non_field_errors":["Signature has expired."]}"#,
        ),
    ] {
        let served = renewed(&token.text, profile, now);
        assert_eq!(
            served.answer.body.unwrap().text::<&str>(&[]),
            body,
            "{profile}"
        );
        assert!(served.tokens.is_empty());
    }
}
