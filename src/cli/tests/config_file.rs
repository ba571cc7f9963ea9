//! The profiles of a config file.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::config::profiles::OwnProfiles;
use crate::core::profile::BUILTIN_NAMES;
use crate::core::profile::SessionMax;
use crate::core::time::Span;
use crate::django::{self, SettingsReader};

#[test]
fn a_profile_starts_from_another_and_changes_any_value() {
    let file = OwnProfiles::parse(
        r#"
[profiles.base]
extends = "djangorestframework-simplejwt"
secret = "env:JWT_SECRET"
ACCESS_TOKEN_LIFETIME = "10m"
AUDIENCE = ["a", "b"]

[profiles.staging]
extends = "base"
key = ["old.pem", "new.pem"]
leeway = 30
users = [{ name = "alice", id = 1 }, { name = "carol", id = "c-3", email = "c@x", active = false }]
"#,
        &SettingsReader,
    )
    .unwrap();
    let chosen = |name: &str| {
        file.chosen(name, &[], &SettingsReader, django::emulator)
            .unwrap()
    };
    assert_eq!(file.names()[BUILTIN_NAMES.len()..], ["base", "staging"]);
    let staging = chosen("staging").unwrap();
    assert_eq!(staging.secret(), None);
    assert_eq!(staging.keys(), ["old.pem", "new.pem"]);
    let profile = staging.profile;
    assert_eq!((profile.name(), profile.base()), ("staging", "simplejwt"));
    assert_eq!(profile.access_ttl(), Span::from_seconds(600));
    assert_eq!(profile.leeway(), Span::from_seconds(30));
    assert_eq!(profile.audience(), ["a", "b"]);
    let server = profile.server.as_ref().unwrap().entries();
    assert!(server.contains(&("AUDIENCE", "[\"a\", \"b\"]".to_owned())));
    assert_eq!(
        profile
            .user("carol")
            .map(|user| (user.id.to_string(), user.active)),
        Some(("c-3".to_owned(), false))
    );
    let base = chosen("base").unwrap();
    assert_eq!(base.secret(), Some("env:JWT_SECRET"));
    assert!(chosen("pair").is_some());
    assert!(chosen("nope").is_none());
}

#[test]
fn our_names_reach_a_django_server_s_settings() {
    let set = [
        ("session_max".to_owned(), "1h".to_owned()),
        (
            "JWT_EXPIRATION_DELTA".to_owned(),
            "timedelta(minutes=3)".to_owned(),
        ),
    ];
    let file = OwnProfiles::default();
    let chosen = file.chosen("drf-jwt", &set, &SettingsReader, django::emulator);
    let profile = chosen.unwrap().unwrap().profile;
    assert_eq!(
        profile.session_max(),
        Some(SessionMax {
            from: "orig_iat".to_owned(),
            span: Span::from_seconds(3600)
        })
    );
    assert_eq!(profile.access_ttl(), Span::from_seconds(180));
}
