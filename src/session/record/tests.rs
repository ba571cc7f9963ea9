//! What tokens are known by, under each profile.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::algorithm::Algorithm;
use crate::core::key::Key;
use crate::core::profile::builtin;
use crate::core::profile::testing::changed;
use crate::core::sign::compact;
use crate::core::token::Limits;

fn read(typ: &str, claims: &str) -> Unverified {
    let key = Key::from_secret(Secret::new(vec![7; 32])).unwrap();
    let header = format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#);
    let text = compact(header.as_bytes(), claims.as_bytes(), &key, Algorithm::Hs256).unwrap();
    Unverified::read(&text, &Limits::default())
}

fn of(profile: &str, typ: &str, claims: &str) -> Option<PresentedToken> {
    presented(&read(typ, claims), &builtin(profile).unwrap(), true)
}

#[test]
fn each_profile_s_session_has_its_id() {
    let ours = r#"{"sub":"alice","jti":"j","sid":"s","iat":100,"exp":200,"auth_time":50}"#;
    let table = [
        (
            "sliding",
            "JWT",
            ours.to_owned(),
            Some(("s", true, "alice")),
        ),
        (
            "pair",
            "rt+jwt",
            ours.to_owned(),
            Some(("s", true, "alice")),
        ),
        (
            "pair",
            "at+jwt",
            ours.to_owned(),
            Some(("s", true, "alice")),
        ),
        ("plain", "JWT", ours.to_owned(), Some(("s", true, "alice"))),
    ];
    for (profile, typ, claims, expected) in table {
        let found = of(profile, typ, &claims);
        let found = found.as_ref().map(|found| {
            let origin = &found.origin;
            let user = origin.user.as_deref().unwrap();
            (origin.key.id.as_str(), origin.shared, user)
        });
        assert_eq!(found, expected, "{profile} {claims}");
    }
}

#[test]
fn an_id_that_is_no_string_is_none() {
    let numbered = of("plain", "JWT", r#"{"jti":7,"exp":200}"#).unwrap();
    assert_eq!(numbered.token.id, None);
}

#[test]
fn the_same_id_of_another_issuer_is_another_token() {
    let of = |issuer: &str| {
        let claims = format!(r#"{{"jti":"j","sid":"s","iss":"{issuer}","exp":9}}"#);
        of("sliding", "JWT", &claims).unwrap()
    };
    let (one, two) = (of("a"), of("b"));
    assert_ne!(one.token.fingerprint, two.token.fingerprint);
    assert_ne!(one.origin.key, two.origin.key);
}

#[test]
fn a_record_lasts_as_long_as_any_token_of_its_session() {
    const DAY: i64 = 86_400;
    let guard = |profile: &str, typ: &str, claims: &str| {
        let found = of(profile, typ, claims).unwrap();
        let family = Family::new(&found.origin, found.token, Timestamp::from_seconds(100));
        family.session.guards_until.moment().map(Timestamp::seconds)
    };
    let ours = r#"{"jti":"j","sid":"s","iat":100,"exp":200,"auth_time":50}"#;
    // Capped: nothing outlives the absolute end.
    assert_eq!(guard("sliding", "JWT", ours), Some(50 + 7 * DAY + DAY));
    assert_eq!(guard("pair", "rt+jwt", ours), Some(50 + 90 * DAY + DAY));
    assert_eq!(guard("plain", "JWT", r#"{"jti":"j"}"#), None);
}

#[test]
fn a_profile_s_rules_follow_from_its_settings() {
    let rules = |profile: &str, settings: &[(&str, &str)]| {
        let profile = changed(profile, settings).unwrap();
        (profile.rotation(), super::rules(&profile, None))
    };
    let (rotation, pair) = rules("pair", &[("reuse_grace", "10s")]);
    assert_eq!(rotation, RotationMode::Retires);
    assert!(pair.allow_list && pair.retires && pair.reuse_detection);
    assert_eq!(pair.reuse_grace, Grace::For(Span::from_seconds(10)));
    assert_eq!(rules("plain", &[]).0, RotationMode::None);
}

#[test]
fn reuse_is_not_detected_where_there_is_no_session_to_end() {
    let plain = changed("plain", &[("reuse_detection", "true")]).unwrap();
    assert_eq!(
        plain.no_reuse_detection(),
        Some("there is no session to end")
    );
}

#[test]
fn a_record_outlives_what_can_be_renewed_past_its_exp() {
    let claims = r#"{"sub":"7","jti":"j","iat":100,"exp":200}"#;
    let found = of("laravel-jwt-auth", "JWT", claims).unwrap();
    let past = 100 + 14 * 86_400 - 200;
    assert_eq!(found.origin.outlives, Span::from_seconds(3600 + past));
}
