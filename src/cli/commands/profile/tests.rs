//! What `profile list` and `profile show` print, and that it is taken back.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::sync::Arc;

use insta::assert_snapshot;

use crate::cli::resolve::built_in::BUILT_IN;
use crate::cli::testing::{Call, Folder};
use crate::config::profiles::OwnProfiles;
use crate::core::emulator::{Emulator, Users};
use crate::core::profile::language::builtin;
use crate::core::profile::language::model::Model;
use crate::core::profile::{BUILTIN_NAMES, DEFAULT, Profile};
use crate::django::{self, SettingsReader};

const OWN: &str = r#"
[profiles.base]
extends = "djangorestframework-simplejwt"
secret = "env:SIGNING_KEY"
ACCESS_TOKEN_LIFETIME = "timedelta(minutes=10)"
AUDIENCE = ["a", "b"]

[profiles.staging]
extends = "base"
summary = "the staging server"
key = ["keys/staging.pem", "https://me:hunter2@example.com/jwks"]
require_exp = false
LEEWAY = 30
users = [{ name = "alice", id = 1, password_hash = "HUNTER2" }, { name = "b\"o", id = "x-2", active = false }]
"#;

fn call(args: &[&str], file: &str) -> Call {
    Call::new(args).env("JWTSESS_CONFIG", file)
}

#[test]
fn every_profile_is_listed_on_a_line() {
    let folder = Folder::new();
    let file = folder.file("config.toml", OWN);
    let listed = call(&["profile", "list"], &file).run();
    let (built_in, own) = listed.stdout.split_once("\nbase").unwrap();
    let width = BUILTIN_NAMES.iter().map(|name| name.len()).max().unwrap();
    let line = |name: &str| {
        let summary = &builtin::model(name).unwrap().summary;
        let default = if name == DEFAULT {
            " [issue's default]"
        } else {
            ""
        };
        format!("{name:width$}  {summary}{default}")
    };
    let lines: Vec<String> = BUILTIN_NAMES.iter().map(|name| line(name)).collect();
    assert_eq!(built_in.lines().collect::<Vec<_>>(), lines);
    assert_snapshot!(format!("base{own}"), @r"
    base                yours, from djangorestframework-simplejwt: djangorestframework-simplejwt 5.5: an access token and a refresh token
    staging             yours, from base: the staging server
    ");
    assert_eq!((listed.exit, &*listed.stderr), (0, ""));
}

#[test]
fn a_profile_is_shown_as_a_section_of_a_config_file() {
    assert_snapshot!(Call::new(&["profile", "show", "pair", "--set", "access_ttl=10m"]).run(), @r#"
    --- stdout
    # pair: built in
    # access token (typ at+jwt): sub iat exp jti auth_time sid [iss] [aud] [client_id] [scope]
    # refresh token (typ rt+jwt): sub iat exp jti auth_time sid [iss] [aud] [client_id] [scope]

    [profiles.my-pair]
    # recognise = ["header.typ = 'at+jwt' | 'rt+jwt'", "auth_time", "sid", "!client_id"]
    # sure = true
    summary = "a short-lived access token, and a refresh token to get the next one, up to 90 days after login"
    kind = "header.typ"
    header = ["alg", "typ = kind", "kid?"]
    claims = ["sub", "iat", "exp", "jti", "auth_time", "sid", "iss?", "aud?", "client_id?", "scope?"]
    access.ttl = "10m"                         # --set
    access.is = "at+jwt"
    refresh.ttl = "14d"
    refresh.is = "rt+jwt"
    session.max = "90d"
    session.unknown = "refuse"
    session.recorded = "login"
    rotate.when = "always"
    rotate.reuse = "end-session"
    checks.refuse_future_iat = true
    live.wire = "oauth"
    --- exit 0
    "#);
    assert_snapshot!(Call::new(&["profile", "show", "djangorestframework-jwt"]).run(), @r#"
    --- stdout
    # drf-jwt-legacy: built in
    # its token (typ JWT): user_id username exp email orig_iat

    [profiles.my-drf-jwt-legacy]
    # aka = ["djangorestframework-jwt"]
    # recognise = ["orig_iat", "username", "!iat"]
    # sure = true
    summary = "djangorestframework-jwt 1.11: one token, refreshed while it is valid, up to 7 days after login"
    emulator = "drf-jwt 1.11"
    checks.require_aud = true
    checks.refuse_future_iat = false
    checks.allow_weak_key = true
    live.refresh = "POST ../api-token-refresh/ token={access}"
    live.verify = "POST ../api-token-verify/ token={access}"
    live.logout = "none"
    live.answer = ["token = access"]

    # Django's settings
    JWT_ALGORITHM = "HS256"
    JWT_AUDIENCE = "None"
    JWT_ISSUER = "None"
    JWT_VERIFY = true
    JWT_VERIFY_EXPIRATION = true
    JWT_LEEWAY = "0s"
    JWT_EXPIRATION_DELTA = "5m"
    JWT_ALLOW_REFRESH = true                   # the package's default is false
    JWT_REFRESH_EXPIRATION_DELTA = "1w"
    JWT_AUTH_HEADER_PREFIX = "JWT"
    --- exit 0
    "#);
}

#[test]
fn a_profile_of_ones_own_shows_where_each_value_is_from_and_no_secret() {
    let folder = Folder::new();
    let file = folder.file("config.toml", OWN);
    let called = call(&["profile", "show", "staging", "--set", "iss=me"], &file).run();
    let text = called.to_string().replace(&file, "CONFIG");
    assert_snapshot!(text, @r#"
    --- stdout
    # staging: in CONFIG
    # access token (typ JWT): token_type exp iat jti user_id aud iss
    # refresh token (typ JWT): token_type exp iat jti user_id aud iss

    [profiles.staging]
    key = ["keys/staging.pem", "https://…@example.com/jwks"] # profile staging
    summary = "the staging server"             # profile staging
    emulator = "simplejwt 5.5"
    users = [{ id = 1, name = "alice" }, { active = false, id = "x-2", name = "b\"o" }] # profile staging
    session.recorded = "login"
    checks.refuse_future_iat = true
    checks.allow_weak_key = true
    live.refresh = "POST refresh/ refresh={refresh}"
    live.verify = "POST verify/ token={access}"
    live.logout = "POST blacklist/ refresh={refresh}"
    live.answer = ["refresh = refresh at login", "access = access", "refresh? = refresh at renew"]
    require_exp = false                        # profile staging

    # Django's settings
    ACCESS_TOKEN_LIFETIME = "10m"              # profile base
    REFRESH_TOKEN_LIFETIME = "1d"
    ROTATE_REFRESH_TOKENS = true               # the package's default is false
    BLACKLIST_AFTER_ROTATION = true            # the package's default is false
    ALGORITHM = "HS256"
    AUDIENCE = ["a", "b"]                      # profile base
    ISSUER = "me"                              # --set
    JWK_URL = "None"
    LEEWAY = "30s"                             # profile staging
    AUTH_HEADER_TYPES = ["Bearer"]
    USER_ID_CLAIM = "user_id"
    AUTH_TOKEN_CLASSES = ["AccessToken"]
    TOKEN_TYPE_CLAIM = "token_type"
    JTI_CLAIM = "jti"
    SLIDING_TOKEN_REFRESH_EXP_CLAIM = "refresh_exp"
    SLIDING_TOKEN_LIFETIME = "5m"
    SLIDING_TOKEN_REFRESH_LIFETIME = "1d"
    CHECK_REVOKE_TOKEN = false
    REVOKE_TOKEN_CLAIM = "hash_password"
    CHECK_USER_IS_ACTIVE = true
    INSTALLED_APPS = ["rest_framework_simplejwt.token_blacklist"]
    --- exit 0
    "#);
    for name in ["base", "staging"] {
        for form in [&["--json"][..], &[]] {
            let args = [&["profile", "show", name], form].concat();
            let called = call(&args, &file).run();
            assert_eq!(called.exit, 0, "{called}");
            assert!(
                !called.to_string().to_lowercase().contains("hunter2"),
                "{called}"
            );
        }
    }
    let base = call(&["profile", "show", "base"], &file).run();
    let secret = "secret = \"env:SIGNING_KEY\"";
    assert!(base.stdout.contains(secret), "{base}");
}

#[test]
fn where_a_profile_keeps_its_sessions_is_shown_without_a_password() {
    let folder = Folder::new();
    for (store, expected) in [
        ("sessions.db", "store = \"sessions.db\""),
        ("env:DATABASE_URL", "store = \"env:DATABASE_URL\""),
        (
            "django+sqlite:///srv/db.sqlite3",
            "store = \"django+sqlite:///srv/db.sqlite3\"",
        ),
        (
            "postgres://me:hunter2@db.example/team",
            "# store: \"postgres://…@db.example/team\", not shown whole (profile own)",
        ),
        (
            "postgres://db.example/team?password=hunter2",
            "# store: \"postgres://db.example/team?…\", not shown whole (profile own)",
        ),
    ] {
        let text = format!("[profiles.own]\nextends = \"pair\"\nstore = {store:?}\n");
        let file = folder.file("config.toml", text);
        let shown = call(&["profile", "show", "own"], &file).run();
        assert!(shown.stdout.contains(expected), "{shown}");
        let json = call(&["profile", "show", "own", "--json"], &file).run();
        assert!(json.stdout.contains("\"store\":{\"value\":\""), "{json}");
        assert!(
            !format!("{shown}{json}").contains("hunter2"),
            "{shown}{json}"
        );
    }
}

/// What a copy has not: what tells its own tokens, and its name.
fn copied(profile: Profile) -> (Model, Option<Arc<dyn Emulator>>, Option<Users>) {
    let plain = Model::default();
    let model = Model {
        name: plain.name,
        base: plain.base,
        extends: plain.extends,
        aka: plain.aka,
        recognise: plain.recognise,
        sure: plain.sure,
        users: None,
        emulator: None,
        ..profile.model.into_owned()
    };
    (model, profile.server, profile.users)
}

/// A profile of a config file, with one change.
fn chosen(text: &str, name: &str, set: &[(String, String)]) -> Profile {
    let read = OwnProfiles::parse(text, &SettingsReader).unwrap();
    let chosen = read
        .chosen(name, set, &SettingsReader, django::emulator)
        .unwrap();
    chosen.unwrap().profile
}

#[test]
fn what_is_shown_is_taken_back_as_it_is() {
    let folder = Folder::new();
    let file = folder.file("config.toml", OWN);
    for name in BUILTIN_NAMES {
        let shown = call(&["profile", "show", name], &file).run().stdout;
        let read = chosen(&shown, &format!("my-{name}"), &[]);
        assert_eq!(
            copied(read),
            copied(BUILT_IN.copy(name).unwrap()),
            "{shown}"
        );
    }
    // Every setting changed, so that none is read back by being the default.
    let changes = [
        ("sliding", "session_max=1d"),
        ("pair", "session_max=3d"),
        ("simplejwt", "AUDIENCE=['a']"),
        ("simplejwt", "aud=a,b"),
        ("simplejwt", "aud=a"),
        ("simplejwt", "LEEWAY=0.5"),
        ("simplejwt-sliding", "refresh_ttl=3d"),
        ("drf-jwt", "JWT_ALGORITHM=['HS512', 'HS256']"),
        ("drf-jwt", "session_max=3h"),
        ("drf-jwt-legacy", "JWT_ALLOW_REFRESH=False"),
        ("oauth", "iss=https://x\"y"),
        ("oidc", "claims=[\"...\", \"role = 'x'\", \"!scope\"]"),
    ];
    for (name, set) in changes {
        let shown = call(&["profile", "show", name, "--set", set], &file).run();
        assert_eq!(shown.exit, 0, "{shown}");
        let read = chosen(&shown.stdout, &format!("my-{name}"), &[]);
        let (setting, value) = set.split_once('=').unwrap();
        let set = [(setting.to_owned(), value.to_owned())];
        assert_eq!(copied(read), copied(chosen(OWN, name, &set)), "{shown}");
    }
}

#[test]
fn a_name_that_is_none_is_met_with_the_one_that_was_meant() {
    let folder = Folder::new();
    let file = folder.file("config.toml", OWN);
    let refused = call(&["profile", "show", "simplejtw"], &file).run();
    let names = BUILTIN_NAMES.join(", ");
    let expected = format!(
        "jwtsess: error: there is no profile simplejtw\njwtsess: hint: did you mean simplejwt? the profiles are: {names}, base, staging\n"
    );
    assert_eq!((refused.exit, refused.stderr), (2, expected));
    for (args, says) in [
        (&["profile", "show", "stagin"][..], "did you mean staging?"),
        (&["profile", "show", "drf_jwt"], "did you mean drf-jwt?"),
        (
            &["issue", "-u", "a", "--profile", "slidding"],
            "did you mean sliding?",
        ),
        (
            &["profile", "show", "zzz"],
            "hint: the profiles are: sliding, pair,",
        ),
        (
            &["profile", "show", "pair", "--set", "acces_ttl=1m"],
            "unknown key `acces_ttl`; did you mean access_ttl?",
        ),
        (
            &[
                "profile",
                "show",
                "simplejwt",
                "--set",
                "ACCESS_TOKEN_LIFETIM=1m",
            ],
            "did you mean ACCESS_TOKEN_LIFETIME?",
        ),
        (
            &["profile", "show", "drf-jwt", "--set", "EXPIRATION_DELTA=1m"],
            "did you mean JWT_EXPIRATION_DELTA?",
        ),
        (
            &["profile", "show", "pair", "--set", "colour=red"],
            "to list its settings: jwtsess profile show pair",
        ),
        (
            &["profile", "show", "pair", "--set", "access_ttl=soon"],
            "access_ttl: has to be a duration",
        ),
        (
            &["profile"],
            "its commands are: jwtsess profile list, jwtsess profile show",
        ),
        (&["profile", "get"], "did you mean: jwtsess profile show"),
        (&["profile", "lst"], "did you mean: jwtsess profile list"),
        (
            &["profile", "frobnicate"],
            "its commands are: jwtsess profile list, jwtsess profile show",
        ),
        (&["profiles"], "jwtsess profile list"),
    ] {
        let called = call(args, &file).run();
        assert_eq!(called.exit, 2, "{args:?}: {called}");
        assert!(called.stderr.contains(says), "{args:?}: {called}");
    }
}
