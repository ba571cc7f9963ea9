//! One mistake, one hint: what is wrong in the config file is met as it is in `--set` and `--profile`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::testing::{Call, Folder};
use crate::config::file::PROFILE_KEYS;

/// The hint of a call that fails; null if there is none.
fn hint(args: &[&str]) -> Json {
    let called = Call::new(&[args, &["--json"]].concat()).at_home().run();
    assert_ne!(called.exit, 0, "{called}");
    let answer: Json = serde_json::from_str(&called.stdout).unwrap();
    answer["error"]["hint"].clone()
}

/// The hint of any command that reads this config file.
fn hint_of_file(content: &str) -> Json {
    let folder = Folder::new();
    let config = folder.file("config.toml", content);
    hint(&["profile", "list", "--config", &config])
}

/// The names of all settings that `profile show` shows, ours before Django's.
fn names(profile: &str) -> String {
    let called = Call::new(&["profile", "show", profile, "--json"]).at_home();
    let answer: Json = serde_json::from_str(&called.run().stdout).unwrap();
    let settings = answer["profile"]["settings"].as_array().unwrap();
    let names = settings
        .iter()
        .flat_map(|setting| [&setting["ours"], &setting["name"]]);
    names
        .filter_map(Json::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

const FORM: &str =
    "write it as in --set leeway=30s, or in a Django profile as in --set ACCESS_TOKEN_LIFETIME=10m";

/// A profile, a mistake as it is made in the file and in `--set`, and the hint.
const MISTAKES: [(&str, &str, &str, Option<&str>); 14] = [
    (
        "pair",
        "access_tl = '5m'",
        "access_tl=5m",
        Some("did you mean access_ttl?"),
    ),
    (
        "simplejwt",
        "ACCESS_TOKEN_LIFETIM = '5m'",
        "ACCESS_TOKEN_LIFETIM=5m",
        Some("did you mean ACCESS_TOKEN_LIFETIME?"),
    ),
    (
        "drf-jwt",
        "EXPIRATION_DELTA = 60",
        "EXPIRATION_DELTA=60",
        Some("did you mean JWT_EXPIRATION_DELTA?"),
    ),
    (
        "pair",
        "colour = 'red'",
        "colour=red",
        Some("to list its settings: jwtsess profile show pair"),
    ),
    (
        "simplejwt",
        "colour = 'red'",
        "colour=red",
        Some("to list its settings: jwtsess profile show simplejwt"),
    ),
    (
        "oauth",
        "ROTATE_REFRESH_TOKENS = true",
        "ROTATE_REFRESH_TOKENS=true",
        Some("to list its settings: jwtsess profile show oauth"),
    ),
    ("pair", "access_ttl = 'soon'", "access_ttl=soon", Some(FORM)),
    ("pair", "access_ttl = true", "access_ttl=true", Some(FORM)),
    (
        "pair",
        "access_ttl = ['a', 'b']",
        "access_ttl=a,b",
        Some(FORM),
    ),
    ("pair", "leeway = '2d'", "leeway=2d", Some(FORM)),
    (
        "pair",
        "require_exp = 'perhaps'",
        "require_exp=perhaps",
        Some(FORM),
    ),
    (
        "simplejwt",
        "ROTATE_REFRESH_TOKENS = 'perhaps'",
        "ROTATE_REFRESH_TOKENS=perhaps",
        Some(FORM),
    ),
    // The message says what to do.
    ("simplejwt", "SIGNING_KEY = 'x'", "SIGNING_KEY=x", None),
    (
        "simplejwt-sliding",
        "reuse_detection = true",
        "reuse_detection=true",
        None,
    ),
];

#[test]
fn a_mistake_in_the_config_file_is_met_with_the_hint_that_set_gives() {
    for (profile, written, typed, expected) in MISTAKES {
        let typed = hint(&["profile", "show", profile, "--set", typed]);
        assert_eq!(typed.as_str(), expected, "{profile}: {written}");
        let file = hint_of_file(&format!(
            "[profiles.mine]\nextends = '{profile}'\n{written}\n"
        ));
        // The same in the file's own words. No command shows the names while no command reads the file, so that they are listed.
        let file = file.as_str().map(|hint| {
            hint.replace(
                &format!("its settings are: {}", names(profile)),
                &format!("to list its settings: jwtsess profile show {profile}"),
            )
            .replace("leeway = \"30s\"", "--set leeway=30s")
            .replace(
                "ACCESS_TOKEN_LIFETIME = \"10m\"",
                "--set ACCESS_TOKEN_LIFETIME=10m",
            )
        });
        assert_eq!(file.as_deref(), expected, "{profile}: {written}");
    }
}

#[test]
fn a_profile_that_is_none_is_met_alike_in_extends_and_in_profile() {
    for name in ["simplejtw", "mnie", "zzz"] {
        let folder = Folder::new();
        let config = folder.file("config.toml", "[profiles.mine]\n");
        let typed = hint(&["profile", "show", name, "--config", &config]);
        let written = hint_of_file(&format!("[profiles.mine]\nextends = '{name}'\n"));
        assert_eq!(typed, written, "{name}");
        assert!(
            typed
                .as_str()
                .unwrap()
                .contains("the profiles are: sliding, pair,"),
            "{typed}"
        );
    }
}

#[test]
fn what_stands_nowhere_but_in_the_file_has_a_hint_of_its_own() {
    for (content, expected) in [
        (
            "[profile.mine]\nextends = 'pair'\n",
            "did you mean [profiles.NAME]?",
        ),
        ("access_ttl = '5m'\n", "put settings under [profiles.NAME]"),
        (
            "[profiles.mine]\nextend = 'pair'\n",
            "did you mean extends?",
        ),
        (
            "[profiles.mine]\nsecert = 'env:S'\n",
            "did you mean secret?",
        ),
    ] {
        assert_eq!(hint_of_file(content), expected, "{content}");
    }
    // None of the names that are suggested is taken for a setting.
    for key in PROFILE_KEYS {
        assert_eq!(
            hint_of_file(&format!("[profiles.mine]\n{key} = 7\n")),
            Json::Null,
            "{key}"
        );
    }
}
