//! The tokens that logins and refreshes mint: order, names of keys, limits.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::emulator::{Cause, DatabaseView, View};
use crate::core::secret::Secret;
use crate::django::oracle::tests::{NOW, REFRESH, SINGLE, answer, secret, signed, token, users};

#[test]
fn drf_jwts_named_keys_are_picked_by_kid_and_written() {
    let key = |secret: &str, kid: &str| {
        let key = Key::from_secret(Secret::new(secret.as_bytes().to_vec())).unwrap();
        key.with_kid(Some(kid.to_owned()))
    };
    let keys = KeySet::new(vec![key("first", "k1"), key("second", "k2")]);
    let mut settings = DjangoSettings::defaults(Stack::DrfJwt);
    let ask = |settings: &DjangoSettings, header: &str, by: &str| {
        let token = token(header, SINGLE, &secret(by));
        answer(
            settings,
            View::Refresh,
            &token,
            &keys,
            &DatabaseView::default(),
            NOW,
        )
        .unwrap()
    };
    let plain = r#"{"alg":"HS256"}"#;
    let named = r#"{"alg":"HS256","kid":"k2"}"#;
    let fresh = ask(&settings, named, "second");
    assert_eq!(
        fresh.minted[0].plan.header,
        r#"{"alg":"HS256","kid":"k1","typ":"JWT"}"#
    );
    assert!(ask(&settings, plain, "second").is_success());
    assert_eq!(
        ask(&settings, named, "first").cause.map(Cause::code),
        Some("bad_signature")
    );
    let unknown = r#"{"alg":"HS256","kid":"k3"}"#;
    assert_eq!(
        ask(&settings, unknown, "first").cause.map(Cause::code),
        Some("unknown_kid")
    );
    settings.set("JWT_INSIST_ON_KID", "True").unwrap();
    assert_eq!(ask(&settings, plain, "first").status, 400);
}

#[test]
fn a_login_past_the_last_year_is_out_of_range() {
    let mut settings = DjangoSettings::defaults(Stack::SimpleJwt);
    settings
        .set("REFRESH_TOKEN_LIFETIME", "timedelta(days=3000000)")
        .unwrap();
    let keys = KeySet::default();
    let login = login_claims(
        &settings,
        LoginToken::Refresh,
        &users()[0],
        Vec::new(),
        &keys,
        NOW,
    );
    assert_eq!(login, Err(OutOfRange));
    let answer = answer(
        &settings,
        View::Refresh,
        &signed(REFRESH),
        &secret("a secret"),
        &DatabaseView::default(),
        NOW,
    );
    assert_eq!(answer.unwrap().status, 500);
}

#[test]
fn claims_of_ones_own_stand_before_audience_and_issuer() {
    let mut settings = DjangoSettings::defaults(Stack::SimpleJwt);
    settings.set("AUDIENCE", "['a']").unwrap();
    settings.set("ISSUER", "me").unwrap();
    let custom = vec![PyClaim::custom("name", "\"Zoë\"").unwrap()];
    let keys = KeySet::default();
    let plan = login_claims(
        &settings,
        LoginToken::Refresh,
        &users()[0],
        custom,
        &keys,
        NOW,
    )
    .unwrap();
    assert_eq!(
        Plan::from(plan).payload_text(&mut |_| "id".to_owned()),
        r#"{"token_type":"refresh","exp":1700086400,"iat":1700000000,"jti":"id","user_id":"1","name":"Zo\u00eb","aud":["a"],"iss":"me"}"#
    );
    assert_eq!(PyClaim::custom("x", "{"), None);
}
