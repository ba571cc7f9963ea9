//! What `profile list` and `profile show` print, and that it is taken back.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::resolve::built_in::BUILT_IN;
use crate::cli::testing::{Call, Folder};
use crate::config::file::ConfigFile;
use crate::core::profile::BUILTIN_NAMES;

const OWN: &str = r#"
[profiles.base]
extends = "djangorestframework-simplejwt"
secret = "hunter2-hunter2-hunter2-hunter2-hunter2"
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
    assert_snapshot!(call(&["profile", "list"], &file).run(), @r"
    --- stdout
    sliding            one token, renewed while it is valid, up to 7 days after login [issue's default]
    pair               a short-lived access token, and a refresh token to get the next one, up to 90 days after login
    oauth              OAuth: an RFC 9068 access token and a refresh token, up to 90 days after login
    simplejwt          djangorestframework-simplejwt 5.5: an access token and a refresh token
    simplejwt-sliding  djangorestframework-simplejwt 5.5: sliding tokens
    drf-jwt            drf-jwt 1.19: one token, refreshed while it is valid, up to 7 days after login
    drf-jwt-legacy     djangorestframework-jwt 1.11: one token, refreshed while it is valid, up to 7 days after login
    plain              any JWT: no session claims, no known end
    base               yours, from djangorestframework-simplejwt: djangorestframework-simplejwt 5.5: an access token and a refresh token
    staging            yours, from base: the staging server
    --- exit 0
    ");
}

#[test]
fn a_profile_is_shown_as_a_section_of_a_config_file() {
    assert_snapshot!(Call::new(&["profile", "show", "pair", "--set", "access_ttl=10m"]).run(), @r#"
    --- stdout
    # pair: built in
    # access token (typ at+jwt): sub iat exp jti auth_time sid [iss] [aud] [client_id] [scope]
    # refresh token (typ rt+jwt): sub iat exp jti auth_time sid [iss] [aud] [client_id] [scope]

    [profiles.my-pair]
    extends = "pair"
    summary = "a short-lived access token, and a refresh token to get the next one, up to 90 days after login" # built in

    # settings
    access_ttl = "10m"                         # --set
    refresh_ttl = "2w"                         # built in
    session_max = "12w6d"                      # built in
    leeway = "0s"                              # built in
    iss = ""                                   # built in
    aud = ""                                   # built in
    require_aud = false                        # built in
    require_exp = true                         # built in
    refuse_future_iat = true                   # built in
    allow_weak_key = false                     # built in
    cap_at_session_end = true                  # built in
    allow_list = true                          # built in
    recorded_at_issue = true                   # built in
    reuse_detection = true                     # built in
    reuse_grace = "0s"                         # built in
    --- exit 0
    "#);
    assert_snapshot!(Call::new(&["profile", "show", "djangorestframework-jwt"]).run(), @r#"
    --- stdout
    # drf-jwt-legacy: built in
    # its token (typ JWT): user_id username exp email orig_iat

    [profiles.my-drf-jwt-legacy]
    extends = "drf-jwt-legacy"
    summary = "djangorestframework-jwt 1.11: one token, refreshed while it is valid, up to 7 days after login" # built in

    # Django's settings, each with jwtsess's name for it, if there is one
    JWT_ALGORITHM = "HS256"                    # built in
    JWT_AUDIENCE = "None"                      # aud; built in
    JWT_ISSUER = "None"                        # iss; built in
    JWT_VERIFY = true                          # built in
    JWT_VERIFY_EXPIRATION = true               # built in
    JWT_LEEWAY = "0s"                          # leeway; built in
    JWT_EXPIRATION_DELTA = "5m"                # access_ttl; built in
    JWT_ALLOW_REFRESH = true                   # built in
    JWT_REFRESH_EXPIRATION_DELTA = "1w"        # session_max; built in
    JWT_AUTH_HEADER_PREFIX = "JWT"             # built in

    # jwtsess's settings for which Django has no name
    require_aud = true                         # built in
    require_exp = false                        # built in
    refuse_future_iat = false                  # built in
    allow_weak_key = true                      # built in
    allow_list = false                         # built in
    recorded_at_issue = false                  # built in
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
    extends = "base"
    summary = "the staging server"             # profile staging
    key = ["keys/staging.pem", "https://…@example.com/jwks"] # profile staging
    users = [{ name = "alice", id = 1, email = "", active = true }, { name = "b\"o", id = "x-2", email = "", active = false }] # profile staging

    # Django's settings, each with jwtsess's name for it, if there is one
    ACCESS_TOKEN_LIFETIME = "10m"              # access_ttl; profile base
    REFRESH_TOKEN_LIFETIME = "1d"              # refresh_ttl; built in
    ROTATE_REFRESH_TOKENS = true               # built in
    BLACKLIST_AFTER_ROTATION = true            # built in
    ALGORITHM = "HS256"                        # built in
    AUDIENCE = ["a", "b"]                      # aud; profile base
    ISSUER = "me"                              # iss; --set
    JWK_URL = "None"                           # built in
    LEEWAY = "30s"                             # leeway; profile staging
    AUTH_HEADER_TYPES = ["Bearer"]             # built in
    USER_ID_CLAIM = "user_id"                  # built in
    AUTH_TOKEN_CLASSES = ["AccessToken"]       # built in
    TOKEN_TYPE_CLAIM = "token_type"            # built in
    JTI_CLAIM = "jti"                          # built in
    SLIDING_TOKEN_REFRESH_EXP_CLAIM = "refresh_exp" # built in
    SLIDING_TOKEN_LIFETIME = "5m"              # built in
    SLIDING_TOKEN_REFRESH_LIFETIME = "1d"      # built in
    CHECK_REVOKE_TOKEN = false                 # built in
    REVOKE_TOKEN_CLAIM = "hash_password"       # built in
    CHECK_USER_IS_ACTIVE = true                # built in
    INSTALLED_APPS = ["rest_framework_simplejwt.token_blacklist"] # built in

    # jwtsess's settings for which Django has no name
    require_aud = false                        # built in
    require_exp = false                        # profile staging
    refuse_future_iat = true                   # built in
    allow_weak_key = true                      # built in
    allow_list = false                         # built in
    recorded_at_issue = true                   # built in
    reuse_detection = false                    # built in
    reuse_grace = "0s"                         # built in
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
    assert!(
        base.stdout
            .contains("# secret: written out in the config file, so not shown (profile base)"),
        "{base}"
    );
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

#[test]
fn what_is_shown_is_taken_back_as_it_is() {
    let folder = Folder::new();
    let file = folder.file("config.toml", OWN);
    for name in BUILTIN_NAMES {
        let shown = call(&["profile", "show", name], &file).run().stdout;
        let own = format!("my-{name}");
        let read = ConfigFile::parse(&shown, &BUILT_IN)
            .unwrap()
            .profile(&own)
            .unwrap()
            .unwrap();
        let mut expected = BUILT_IN.copy(name).unwrap();
        expected.name = own;
        assert_eq!(read.profile, expected, "{shown}");
    }
    // Every setting changed, so that none is read back by being the default.
    let changes = [
        ("sliding", "session_max=none"),
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
        ("staging", "require_exp=false"),
    ];
    for (name, set) in changes {
        let args = ["profile", "show", name, "--set", set];
        let shown = call(&args, &file).run();
        assert_eq!(shown.exit, 0, "{shown}");
        let text = if name == "staging" {
            shown
                .stdout
                .replace("extends = \"base\"", "extends = \"simplejwt\"")
        } else {
            shown.stdout
        };
        let own = if name == "staging" {
            name.to_owned()
        } else {
            format!("my-{name}")
        };
        let read = ConfigFile::parse(&text, &BUILT_IN)
            .unwrap()
            .profile(&own)
            .unwrap()
            .unwrap();
        let mut expected = ConfigFile::parse(OWN, &BUILT_IN)
            .unwrap()
            .profile(name)
            .unwrap()
            .unwrap();
        let (setting, value) = set.split_once('=').unwrap();
        expected.profile.set(setting, value).unwrap();
        assert_eq!(
            read.profile.settings(),
            expected.profile.settings(),
            "{text}"
        );
        assert_eq!(read.profile.server, expected.profile.server, "{text}");
    }
}

#[test]
fn a_name_that_is_none_is_met_with_the_one_that_was_meant() {
    let folder = Folder::new();
    let file = folder.file("config.toml", OWN);
    assert_snapshot!(call(&["profile", "show", "simplejtw"], &file).run(), @r"
    --- stderr
    jwtsess: error: there is no profile simplejtw
    jwtsess: hint: did you mean simplejwt? the profiles are: sliding, pair, oauth, simplejwt, simplejwt-sliding, drf-jwt, drf-jwt-legacy, plain, base, staging
    --- exit 2
    ");
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
            "did you mean access_ttl?",
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
            "access_ttl must be a duration",
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
