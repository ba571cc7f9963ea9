//! The profiles of a config file.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::cli::resolve::built_in::BUILT_IN;
use crate::config::file::ConfigFile;
use crate::core::profile::SessionMax;
use crate::core::time::Span;

#[test]
fn a_profile_starts_from_another_and_changes_any_value() {
    let file = ConfigFile::parse(
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
        &BUILT_IN,
    )
    .unwrap();
    assert_eq!(file.names().collect::<Vec<_>>(), ["base", "staging"]);
    let staging = file.profile("staging").unwrap().unwrap();
    assert_eq!(
        (staging.secret, staging.keys),
        (None, vec!["old.pem".to_owned(), "new.pem".to_owned()])
    );
    let profile = staging.profile;
    assert_eq!(
        (profile.name.as_str(), profile.base.as_str()),
        ("staging", "simplejwt")
    );
    assert_eq!(profile.access_ttl, Span::from_seconds(600));
    assert_eq!(profile.checks.leeway, Span::from_seconds(30));
    assert_eq!(profile.checks.audience, ["a", "b"]);
    let server = profile.server.as_ref().unwrap().entries();
    assert!(server.contains(&("AUDIENCE", "[\"a\", \"b\"]".to_owned())));
    assert_eq!(
        profile
            .user("carol")
            .map(|user| (user.id.to_string(), user.active)),
        Some(("c-3".to_owned(), false))
    );
    assert_eq!(
        file.profile("base").unwrap().unwrap().secret.as_deref(),
        Some("env:JWT_SECRET")
    );
    assert!(file.profile("pair").unwrap().is_some());
    assert!(file.profile("nope").unwrap().is_none());
}

#[test]
fn our_names_reach_a_django_server_s_settings() {
    let mut profile = BUILT_IN.copy("drf-jwt").unwrap();
    profile.set("session_max", "1h").unwrap();
    assert_eq!(
        profile.session_max,
        Some(SessionMax {
            from: "orig_iat".to_owned(),
            span: Span::from_seconds(3600)
        })
    );
    profile
        .set("JWT_EXPIRATION_DELTA", "timedelta(minutes=3)")
        .unwrap();
    assert_eq!(profile.access_ttl, Span::from_seconds(180));
}

#[test]
fn a_mistake_is_told_with_its_place_and_without_its_value() {
    for (text, says) in [
        ("x = [", "line 1: this is not TOML"),
        ("\n\nprofiles = 3", "profiles must be a table"),
        ("profile = 'x'", "unknown key profile"),
        (
            "[profiles.pair]",
            "profiles.pair: that name is built in; choose another name, and let it extend pair",
        ),
        (
            "[profiles.a]\nextends = 'b'",
            "profiles.a extends b, but there is no such profile",
        ),
        (
            "[profiles.a]\nextends = 'b'\n[profiles.b]\nextends='a'",
            "profiles.a extends itself",
        ),
        (
            "[profiles.a]\nsecret = 7",
            "profiles.a.secret must be a string",
        ),
        (
            "[profiles.a]\nsecret = 'x'\nkey = 'y'",
            "profiles.a must be given either a secret or a key, not both",
        ),
        (
            "[profiles.a]\naccess_ttl = 'hunter2'",
            "profiles.a: access_ttl must be a duration such as 90s, 15m or 7d",
        ),
        (
            "[profiles.a]\nleeway = '2d'",
            "profiles.a: leeway must be a duration of at most a day",
        ),
        (
            "[profiles.a]\nnope = 1",
            "profiles.a: the profile has no setting nope",
        ),
        (
            "[profiles.a]\nextends='simplejwt'\nSIGNING_KEY = 'hunter2'",
            "profiles.a: SIGNING_KEY is a key: give it with --secret or --key",
        ),
        (
            "[profiles.a]\nusers = [{name='x'}]",
            "profiles.a.users must be an array of tables, each with at least a name and an id",
        ),
    ] {
        assert_eq!(
            ConfigFile::parse(text, &BUILT_IN).unwrap_err().to_string(),
            says,
            "{text}"
        );
    }
}
