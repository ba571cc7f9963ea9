//! Refresh tokens with a key of their own: `key show` describes both keys, `profile show` says where each is, and `session show` has the session of both tokens.
use serde_json::{Value as Json, json};

use crate::cli::commands::testing::Machine;
use crate::cli::testing::{Call, CallResult};

const ACCESS: &str = "a-secret-of-access-tokens-alone-0123456789";
const REFRESH: &str = "a-secret-of-refresh-tokens-alone-0123456789";

/// Profiles whose refresh tokens have a key of their own, in each way to say so.
const PROFILES: &str = "\
[profiles.app]
extends = 'node-pair'
access.secret = 'env:ACCESS'
refresh.secret = 'env:REFRESH'

[profiles.child]
extends = 'app'
refresh.alg = 'HS512'
refresh.secret = 'env:LONG'

[profiles.keys]
extends = 'pair'
key = 'a.pem'
refresh.key = ['b.pem', 'https://me:hunter2@example.com/jwks']
";

fn of_config(machine: &Machine, args: &[&str]) -> CallResult {
    let config = machine.home.file("two.toml", PROFILES);
    let call = Call::new(&[args, &["--config", &config]].concat());
    call.env("HOME", machine.home.path())
        .env("ACCESS", ACCESS)
        .env("REFRESH", REFRESH)
        .env("LONG", REFRESH.repeat(2))
        .run()
}

fn of_json(called: &CallResult) -> Json {
    for secret in [ACCESS, REFRESH, "hunter2"] {
        assert!(!called.to_string().contains(secret), "{called}");
    }
    serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"))
}

#[test]
fn both_keys_are_described_each_by_the_tokens_that_it_signs() {
    let machine = Machine::new();
    let shown = of_config(&machine, &["key", "show", "--profile", "child"]);
    insta::assert_snapshot!(shown, @r"
    --- stdout
    Access tokens

    env:ACCESS: a secret
      named by    the profile child

    336-bit secret
      kid         none
      algorithms  HS256
      too short   336 for HS384 (needs 384 bits), HS512 (needs 512 bits)
      use         sign and verify

    signs with HS256

    Refresh tokens

    env:LONG: a secret
      named by    the profile child

    688-bit secret
      kid         none
      algorithms  HS256, HS384, HS512
      use         sign and verify

    signs with HS512
    --- exit 0
    ");
    for (args, [access, refresh]) in [
        (
            &["--profile", "app"][..],
            [("env:ACCESS", "HS256"), ("env:REFRESH", "HS256")],
        ),
        (
            &["--profile", "app", "--refresh-secret", "env:LONG"],
            [("env:ACCESS", "HS256"), ("env:LONG", "HS256")],
        ),
        (
            &["--profile", "child", "--secret", "env:LONG"],
            [("env:LONG", "HS256"), ("env:LONG", "HS512")],
        ),
        // Without a profile, too. What --alg asks for is asked of the access token's key.
        (
            &[
                "--secret",
                "env:LONG",
                "--refresh-secret",
                "env:REFRESH",
                "--alg",
                "HS384",
            ],
            [("env:LONG", "HS384"), ("env:REFRESH", "HS256")],
        ),
    ] {
        let shown = of_config(&machine, &[&["key", "show", "--json"], args].concat());
        let shown = of_json(&shown);
        for (keys, (source, alg)) in [(&shown, access), (&shown["refresh_key"], refresh)] {
            assert_eq!(keys["keys"][0]["source"], source, "{args:?}: {shown}");
            assert_eq!(keys["sources"][0]["source"], source, "{args:?}: {shown}");
            assert_eq!(keys["signs_with"]["alg"], alg, "{args:?}: {shown}");
        }
    }
    let one = of_config(&machine, &["key", "show", "--json", "--secret", "env:LONG"]);
    assert!(of_json(&one).get("refresh_key").is_none(), "{one}");
}

#[test]
fn the_one_key_of_two_that_there_is_is_described_and_the_other_said_to_be_missing() {
    let machine = Machine::new();
    let refresh = ["key", "show", "--refresh-secret", "env:REFRESH"];
    let alone = of_config(&machine, &refresh);
    assert_eq!(alone.exit, 0, "{alone}");
    let words = "Access tokens\n\nno key was given, and there is no development key\n\nRefresh tokens\n\nenv:REFRESH: a secret\n";
    assert!(alone.stdout.starts_with(words), "{alone}");
    let keycloak = [
        "key",
        "show",
        "--profile",
        "keycloak",
        "--secret",
        "env:ACCESS",
    ];
    let withheld = of_config(&machine, &keycloak);
    let words = "Refresh tokens\n\nsigned with a key that never leaves its server\n";
    assert!(withheld.stdout.ends_with(words), "{withheld}");
    let withheld = of_json(&of_config(&machine, &[&keycloak[..], &["--json"]].concat()));
    let none = json!({"sources": [], "keys": []});
    assert_eq!(withheld["refresh_key"], none, "{withheld}");
    let given = [&keycloak[..], &refresh[2..]].concat();
    let given = of_json(&of_config(&machine, &[&given[..], &["--json"]].concat()));
    assert_eq!(given["refresh_key"]["keys"][0]["source"], "env:REFRESH");
    for (args, exit) in [
        (&["--profile", "keycloak"][..], 1),
        (
            &["--profile", "sliding", "--refresh-secret", "env:REFRESH"],
            2,
        ),
        (&["--profile", "simplejwt", "--refresh-key", "a.pem"], 2),
        (&["a.pem", "--refresh-secret", "env:REFRESH"], 2),
        (&["a.pem", "--refresh-key", "b.pem"], 2),
        (&["--refresh-secret", "env:NOWHERE"], 1),
    ] {
        let called = of_config(&machine, &[&["key", "show"], args].concat());
        assert_eq!(called.exit, exit, "{args:?}: {called}");
        assert_eq!(called.stdout, "", "{args:?}");
    }
}

#[test]
fn a_profile_is_shown_with_both_keys_and_who_named_each() {
    let machine = Machine::new();
    let show = |args: &[&str]| {
        let shown = of_config(&machine, &[&["profile", "show", "--json"], args].concat());
        of_json(&shown)["profile"].take()
    };
    let secret = |name: &str, by: &str| json!({"reference": name, "origin": by});
    let app = show(&["app"]);
    assert_eq!(app["secret"], secret("env:ACCESS", "profile app"));
    assert_eq!(app["refresh_secret"], secret("env:REFRESH", "profile app"));
    assert!(app.get("refresh_keys").is_none(), "{app}");
    let child = show(&["child"]);
    assert_eq!(child["secret"], secret("env:ACCESS", "profile app"));
    assert_eq!(child["refresh_secret"], secret("env:LONG", "profile child"));
    let set = show(&["app", "--set", "refresh.secret=env:OTHER"]);
    assert_eq!(set["refresh_secret"], secret("env:OTHER", "--set"));
    let keys = show(&["keys"]);
    let shown = json!({
        "value": ["b.pem", "https://…@example.com/jwks"], "origin": "profile keys"
    });
    assert_eq!(keys["refresh_keys"], shown);
    assert_eq!(keys["keys"]["value"][0], "a.pem");
    for one in ["pair", "simplejwt", "keycloak"] {
        let shown = show(&[one]);
        let refresh = ["refresh_secret", "refresh_keys"].map(|name| shown.get(name).is_some());
        assert_eq!(refresh, [false, false], "{shown}");
    }
    let text = of_config(&machine, &["profile", "show", "app"]).stdout;
    let secrets: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("secret = "))
        .filter_map(|line| line.split(" #").next())
        .map(str::trim_end)
        .collect();
    let expected = [
        "access.secret = \"env:ACCESS\"",
        "refresh.secret = \"env:REFRESH\"",
    ];
    assert_eq!(secrets, expected, "{text}");
}

#[test]
fn a_session_whose_tokens_have_two_keys_is_shown_as_any_other() {
    let machine = Machine::new();
    let app = |args: &[&str]| {
        let args = [args, &["--profile", "app", "--json"]].concat();
        of_json(&of_config(&machine, &args))
    };
    let issued = app(&["issue", "--user", "alice", "--user-id", "7"]);
    let first = issued["refresh"].as_str().unwrap_or_default();
    let rotated = app(&["rotate", first, "--now", "+2s"]);
    let id = &rotated["session"]["id"];
    let show = || {
        app(&[
            "session",
            "show",
            id.as_str().unwrap_or_default(),
            "--now",
            "+4s",
        ])
    };
    let shown = &show()["family"];
    assert_eq!((&shown["id"], &shown["generations"]), (id, &2.into()));
    assert_eq!(shown["state"], "live", "{shown}");
    let next = rotated["refresh"].as_str().unwrap_or_default();
    for token in [first, next] {
        let inspected = app(&["inspect", token]);
        assert_eq!(&inspected["session"]["id"], id, "{inspected}");
    }
}
