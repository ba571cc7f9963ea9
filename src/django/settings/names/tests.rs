//! Django's settings: taken as they stand in a settings.py, read back, refused with a reason.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::time::Duration;

use super::*;

const STACKS: [Stack; 3] = [Stack::SimpleJwt, Stack::DrfJwt, Stack::DrfJwtLegacy];

#[test]
fn every_entry_is_read_back() {
    for stack in STACKS {
        let mut changed = DjangoSettings::defaults(stack);
        for (name, value) in [
            ("AUDIENCE", "['a', 'b']"),
            ("JWT_AUDIENCE", "api"),
            ("ISSUER", "https://issuer.example"),
            ("LEEWAY", "0.5"),
            ("JWT_LEEWAY", "30"),
            ("ALGORITHM", "EdDSA"),
            ("JWT_ALGORITHM", "RS256"),
            (
                "AUTH_TOKEN_CLASSES",
                "('rest_framework_simplejwt.tokens.AccessToken', 'SlidingToken')",
            ),
            ("AUTH_HEADER_TYPES", "('Bearer', 'JWT')"),
            ("JWT_AUTH_HEADER_PREFIX", "Token"),
            ("ACCESS_TOKEN_LIFETIME", "timedelta(minutes=1)"),
            ("JWT_EXPIRATION_DELTA", "1h"),
            ("USER_ID_CLAIM", "sub"),
            ("JWT_TOKEN_ID", "require"),
            ("INSTALLED_APPS", "[]"),
            ("ROTATE_REFRESH_TOKENS", "off"),
        ] {
            let _ = changed.set(name, value);
        }
        for settings in [DjangoSettings::defaults(stack), changed] {
            let mut read = DjangoSettings::defaults(stack);
            for (name, value) in settings.entries() {
                read.set(name, &value).unwrap();
            }
            assert_eq!(read, settings);
        }
    }
}

#[test]
fn a_setting_is_taken_as_it_stands_in_a_settings_file() {
    let mut simple = DjangoSettings::defaults(Stack::SimpleJwt);
    simple
        .set("ACCESS_TOKEN_LIFETIME", "timedelta(minutes=15)")
        .unwrap();
    simple.set("LEEWAY", "10.5").unwrap();
    simple.set("AUDIENCE", "['a', 'b']").unwrap();
    simple.set("UPDATE_LAST_LOGIN", "True").unwrap();
    simple.set("CHECK_USER_IS_ACTIVE", "False").unwrap();
    assert_eq!(simple.access_lifetime, Duration::from_secs(900));
    assert_eq!(simple.leeway, Duration::from_millis(10_500));
    let audience = simple.audience.as_ref().unwrap();
    assert_eq!((audience.values.len(), audience.list), (2, true));
    assert!(!simple.check_user_is_active);
    simple.set("AUDIENCE", "None").unwrap();
    assert_eq!(simple.audience, None);
    let mut fork = DjangoSettings::defaults(Stack::DrfJwt);
    fork.set("JWT_ALGORITHM", "['HS512', 'HS256']").unwrap();
    assert_eq!(fork.signing_algorithm(), Algorithm::Hs512);
}

#[test]
fn what_is_not_taken_says_why() {
    let refused = |stack, name: &str, value: &str| {
        let mut settings = DjangoSettings::defaults(stack);
        let error = settings.set(name, value).unwrap_err();
        assert_eq!(settings, DjangoSettings::defaults(stack), "{name}");
        error
    };
    for (stack, name, value, expected) in [
        (
            Stack::SimpleJwt,
            "ACCESS_TOKEN_LIFETIME",
            "soon",
            "ACCESS_TOKEN_LIFETIME must be a duration such as 5m or timedelta(minutes=5)",
        ),
        (
            Stack::SimpleJwt,
            "ROTATE_REFRESH_TOKENS",
            "maybe",
            "ROTATE_REFRESH_TOKENS must be True or False",
        ),
        (
            Stack::SimpleJwt,
            "ALGORITHM",
            "['HS256']",
            "ALGORITHM must be one algorithm",
        ),
        (
            Stack::SimpleJwt,
            "USER_ID_FIELD",
            "uuid",
            "USER_ID_FIELD must be id: jwtsess follows no other field",
        ),
        (
            Stack::SimpleJwt,
            "SIGNING_KEY",
            "x",
            "SIGNING_KEY is a key: give it with --secret or --key",
        ),
        (
            Stack::SimpleJwt,
            "SECRET_KEY",
            "x",
            "simplejwt has removed SECRET_KEY and refuses to start with it",
        ),
        (
            Stack::SimpleJwt,
            "JWT_LEEWAY",
            "1",
            "there is no setting JWT_LEEWAY",
        ),
        (
            Stack::DrfJwt,
            "JWT_TOKEN_ID",
            "on",
            "JWT_TOKEN_ID must be off, include or require",
        ),
        (
            Stack::DrfJwtLegacy,
            "JWT_TOKEN_ID",
            "off",
            "there is no setting JWT_TOKEN_ID",
        ),
    ] {
        assert_eq!(refused(stack, name, value).to_string(), expected);
    }
    for (stack, algorithm) in [
        (Stack::SimpleJwt, "Ed25519"),
        (Stack::SimpleJwt, "none"),
        (Stack::DrfJwtLegacy, "EdDSA"),
    ] {
        let name = if stack == Stack::SimpleJwt {
            "ALGORITHM"
        } else {
            "JWT_ALGORITHM"
        };
        assert!(matches!(
            refused(stack, name, algorithm),
            SettingError::Value { .. }
        ));
    }
    assert_eq!(
        refused(Stack::DrfJwt, "JWT_PAYLOAD_HANDLER", "my.handler"),
        SettingError::NotFollowed("JWT_PAYLOAD_HANDLER")
    );
}
