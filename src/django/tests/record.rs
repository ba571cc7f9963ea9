//! What tokens are known by, under the profile of each Django server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::{builtin, changed};
use crate::core::algorithm::Algorithm;
use crate::core::key::Key;
use crate::core::profile::RotationMode;
use crate::core::secret::Secret;
use crate::core::sign::compact;
use crate::core::time::Timestamp;
use crate::core::token::{Limits, Unverified};
use crate::session::family::{Family, PresentedToken};
use crate::session::record::{self, presented};

fn of(profile: &str, typ: &str, claims: &str) -> Option<PresentedToken> {
    let key = Key::from_secret(Secret::new(vec![7; 32])).unwrap();
    let header = format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#);
    let text = compact(header.as_bytes(), claims.as_bytes(), &key, Algorithm::Hs256).unwrap();
    let token = Unverified::read(&text, &Limits::default());
    presented(&token, &builtin(profile), true)
}

#[test]
fn each_profile_s_session_has_its_id() {
    let simple = |kind: &str| {
        format!(
            r#"{{"token_type":"{kind}","jti":"j","user_id":1,"iat":100,"exp":200,"refresh_exp":900}}"#
        )
    };
    let fork = r#"{"username":"alice","jti":"j","iat":100,"exp":200,"orig_iat":50,"orig_jti":"o"}"#;
    let table = [
        (
            "simplejwt",
            "JWT",
            simple("refresh"),
            Some(("j", false, "1")),
        ),
        ("simplejwt", "JWT", simple("access"), None),
        (
            "simplejwt-sliding",
            "JWT",
            simple("sliding"),
            Some(("j", false, "1")),
        ),
        (
            "drf-jwt",
            "JWT",
            fork.to_owned(),
            Some(("o", true, "alice")),
        ),
        (
            "drf-jwt",
            "JWT",
            fork.replace(r#","orig_jti":"o""#, ""),
            Some(("j", true, "alice")),
        ),
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
fn a_token_without_an_id_is_known_by_what_is_signed() {
    let claims = r#"{"username":"alice","exp":200,"orig_iat":50}"#;
    let one = of("drf-jwt-legacy", "JWT", claims).unwrap();
    let other = of("drf-jwt-legacy", "JWT", &claims.replace("200", "201")).unwrap();
    assert_ne!(one.token.fingerprint, other.token.fingerprint);
    assert_ne!(one.origin.key, other.origin.key);
    assert_eq!(one.token.id, None);
    assert_eq!(one.origin.key.id, one.token.fingerprint.short());
}

/// What a record has to outlast: two real servers forget too soon (sessions that are revoked live again).
#[test]
fn a_record_lasts_as_long_as_any_token_of_its_session() {
    const DAY: i64 = 86_400;
    let guard = |profile: &str, typ: &str, claims: &str| {
        let found = of(profile, typ, claims).unwrap();
        let family = Family::new(&found.origin, found.token, Timestamp::from_seconds(100));
        family.session.guards_until.moment().map(Timestamp::seconds)
    };
    // drf-jwt does not cap: a token that was refreshed at the last moment lives for 5 minutes more.
    let fork = r#"{"username":"a","jti":"j","iat":100,"exp":400,"orig_iat":50}"#;
    assert_eq!(
        guard("drf-jwt", "JWT", fork),
        Some(50 + 7 * DAY + 300 + DAY)
    );
    // Nor does a sliding token stop at its refresh_exp.
    let slid = r#"{"token_type":"sliding","jti":"j","iat":100,"exp":400,"refresh_exp":5000}"#;
    assert_eq!(
        guard("simplejwt-sliding", "JWT", slid),
        Some(5000 + 300 + DAY)
    );
}

#[test]
fn a_profile_s_rules_follow_from_its_settings() {
    let rules = |profile: &str, settings: &[(&str, &str)]| {
        let profile = changed(profile, settings);
        (profile.rotation(), record::rules(&profile, None))
    };
    let (rotation, simple) = rules("simplejwt", &[]);
    assert_eq!(rotation, RotationMode::Retires);
    assert!(!simple.allow_list && !simple.reuse_detection && simple.revokes_alone);
    let (rotation, branching) = rules("simplejwt", &[("BLACKLIST_AFTER_ROTATION", "False")]);
    assert_eq!(rotation, RotationMode::Branches);
    assert!(!branching.retires);
    assert_eq!(
        rules("simplejwt", &[("ROTATE_REFRESH_TOKENS", "False")]).0,
        RotationMode::None
    );
    for profile in ["drf-jwt", "drf-jwt-legacy", "simplejwt-sliding"] {
        assert_eq!(rules(profile, &[]).0, RotationMode::None, "{profile}");
    }
    let (rotation, fork) = rules("drf-jwt", &[("reuse_detection", "true")]);
    assert_eq!(rotation, RotationMode::Retires);
    assert!(fork.retires && fork.reuse_detection && !fork.revokes_alone);
}

#[test]
fn reuse_is_not_detected_where_tokens_have_no_ids_of_their_own() {
    let detection = ("reuse_detection", "true");
    for profile in ["drf-jwt-legacy", "simplejwt-sliding"] {
        let profile = changed(profile, &[detection]);
        assert!(profile.no_reuse_detection().is_some(), "{profile:?}");
    }
    let fork = changed("drf-jwt", &[detection]);
    assert!(fork.detects_reuse() && fork.no_reuse_detection().is_none());
    let off = changed("drf-jwt", &[detection, ("JWT_TOKEN_ID", "off")]);
    assert!(off.no_reuse_detection().is_some());
}
