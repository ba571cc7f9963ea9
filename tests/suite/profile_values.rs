//! What a profile's keys mean: inherited, changed for one call, under their older names, and wrong.
use jwtsess::internals::config::profiles::OwnProfiles;
use jwtsess::internals::core::profile::language::entry::Item;
use jwtsess::internals::core::profile::language::forms::{Grace, Life};
use jwtsess::internals::core::profile::language::kind::TokenKind;
use jwtsess::internals::core::profile::language::model::{KeySource, Model, Reuse};
use jwtsess::internals::core::profile::language::vocabulary::{OWN, keys};
use jwtsess::internals::core::time::Span;
use jwtsess::internals::django::SettingsReader;

use super::profiles::{parsed, told};

/// The model of a user's profile `a`, of these lines.
fn model(lines: &str) -> Model {
    let text = format!("[profiles.a]\n{lines}");
    parsed(&text).model("a").unwrap().clone()
}

/// The names of the claims of a kind, in order, `?` behind those that may be absent.
fn claims(model: &Model, kind: TokenKind) -> Vec<String> {
    let items = &model.kind(kind).unwrap().claims;
    items
        .iter()
        .map(|item| match item {
            Item::Entry(entry) => {
                format!("{}{}", entry.name, if entry.optional { "?" } else { "" })
            }
            Item::Rest => "*".to_owned(),
        })
        .collect()
}

#[test]
fn a_list_takes_up_the_inherited_entries_and_changes_them_in_their_place() {
    let pair = "sub iat exp jti auth_time sid iss? aud? client_id? scope?";
    for (lines, kind, expected) in [
        ("", TokenKind::Access, pair.to_owned()),
        (
            "claims = ['...', 'role = user.role']",
            TokenKind::Refresh,
            format!("{pair} role"),
        ),
        (
            "claims = ['role = user.role', '...']",
            TokenKind::Access,
            format!("role {pair}"),
        ),
        (
            "claims = ['...', '!jti', '!scope']",
            TokenKind::Access,
            "sub iat exp auth_time sid iss? aud? client_id?".to_owned(),
        ),
        (
            "claims = ['...', 'iat?']",
            TokenKind::Access,
            pair.replace("iat", "iat?"),
        ),
        (
            "access.claims = ['...', '*', 'x = 1']",
            TokenKind::Access,
            format!("{pair} * x"),
        ),
        (
            "access.claims = ['...', 'x = 1']",
            TokenKind::Refresh,
            pair.to_owned(),
        ),
        (
            "access.claims = ['...', 'x = 1']\nclaims = ['sub', 'auth_time']",
            TokenKind::Access,
            "sub auth_time x".to_owned(),
        ),
        (
            "access.claims = ['sub', 'auth_time']",
            TokenKind::Access,
            "sub auth_time".to_owned(),
        ),
        (
            "require_exp = false",
            TokenKind::Refresh,
            pair.replace("exp", "exp?"),
        ),
    ] {
        let model = model(&format!("extends = 'pair'\n{lines}"));
        assert_eq!(claims(&model, kind).join(" "), expected, "{lines}");
    }
    let flask = model("extends = 'flask-jwt-extended'\naccess.claims = ['...', 'fresh = false']");
    assert_eq!(
        claims(&flask, TokenKind::Access).join(" "),
        "fresh iat jti? type? sub nbf? csrf? exp?"
    );
    let keycloak = model(
        "extends = 'keycloak'\nlive.errors = ['...', \"400 /error_description 'Stale token' = expired\"]",
    );
    assert_eq!(keycloak.live.errors.len(), 5);
    assert_eq!(keycloak.live.errors[2].code, "expired");
}

#[test]
fn what_a_profile_inherits_hangs_on_what_it_says_itself() {
    let typed = model("extends = 'pair'\nkind = 'use'\nclaims = ['...', 'use = kind']");
    assert_eq!(*typed.access.as_ref().unwrap().is, ["access"]);
    assert!(typed.recognise.is_empty() && !typed.sure && typed.base == "pair");
    let single = model("extends = 'pair'\nrefresh = 'none'");
    assert!(single.refresh.is_none() && single.renew.presents == Some(TokenKind::Access));
    assert!(single.renew.own_ttl && !model("extends = 'pair'").renew.own_ttl);
    let secret = model("extends = 'b'\nsecret = 'env:S'\n[profiles.b]\nkey = 'a.pem'");
    assert_eq!(secret.key, KeySource::Secret("env:S".into()));
    let server = model(
        "extends = 'simplejwt'\naccess.ttl = '10m'\nAUDIENCE = ['x', 'y']\nallow_list = true",
    );
    let settings = &server.emulator.as_ref().unwrap().settings;
    assert_eq!(
        settings[3..],
        [
            ("ACCESS_TOKEN_LIFETIME".into(), "10m".into()),
            ("AUDIENCE".into(), "[\"x\", \"y\"]".into())
        ]
    );
    assert!(server.session.refuse_unknown && server.access.is_none());
}

#[test]
fn a_profile_of_another_server_inherits_the_settings_that_it_has_too() {
    let names = |lines: &str| {
        let model = model(lines);
        let settings = &model.emulator.as_ref().unwrap().settings;
        let names: Vec<String> = settings.iter().map(|(name, _)| name.to_string()).collect();
        names.join(" ")
    };
    for (lines, expected) in [
        ("extends = 'drf-jwt'", "INSTALLED_APPS"),
        ("extends = 'drf-jwt'\nemulator = 'drf-jwt 1.11'", ""),
        (
            "extends = 'drf-jwt'\nemulator = 'drf-jwt 1.11'\nINSTALLED_APPS = []",
            "INSTALLED_APPS",
        ),
        (
            "extends = 'b'\nJWT_ALLOW_REFRESH = true\n[profiles.b]\nextends = 'drf-jwt'\nemulator = 'drf-jwt 1.11'",
            "JWT_ALLOW_REFRESH",
        ),
        (
            "extends = 'b'\nemulator = 'drf-jwt 1.19'\n[profiles.b]\nextends = 'drf-jwt'\nJWT_ALLOW_REFRESH = true\nJWT_EXPIRATION_DELTA = '1h'",
            "INSTALLED_APPS JWT_ALLOW_REFRESH JWT_EXPIRATION_DELTA",
        ),
        ("extends = 'oidc'\nemulator = 'drf-jwt 1.19'", ""),
        (
            "extends = 'pair'\nsession.max = '3d'\nemulator = 'drf-jwt 1.19'",
            "JWT_REFRESH_EXPIRATION_DELTA",
        ),
        (
            "extends = 'simplejwt'\nemulator = 'drf-jwt 1.19'\naccess.ttl = '10m'",
            "INSTALLED_APPS JWT_EXPIRATION_DELTA",
        ),
    ] {
        assert_eq!(names(lines), expected, "{lines}");
    }
}

#[test]
fn an_older_config_means_what_it_meant() {
    let model = model(
        "extends = 'pair'\naccess_ttl = 600\nrefresh_ttl = '30d'\nsession_max = 'none'\nleeway = 30\nrequire_aud = true\nrefuse_future_iat = false
allow_weak_key = true\ncap_at_session_end = false\nallow_list = false\nrecorded_at_issue = false\nreuse_detection = false\nreuse_grace = '10s'",
    );
    let span = Span::from_seconds;
    assert_eq!(
        model.access.as_ref().unwrap().ttl,
        Some(Life::For(span(600)))
    );
    assert_eq!(
        model.refresh.as_ref().unwrap().ttl,
        Some(Life::For(span(2_592_000)))
    );
    assert_eq!(model.session.max, None);
    assert!(
        !model.session.cap && !model.session.refuse_unknown && !model.session.recorded_at_login
    );
    assert_eq!(
        (model.checks.leeway, model.checks.require_aud),
        (span(30), true)
    );
    assert!(!model.checks.refuse_future_iat && model.checks.allow_weak_key);
    assert_eq!(
        (model.rotate.reuse, model.rotate.grace),
        (Reuse::Refuse, Grace::For(span(10)))
    );
    assert_eq!(
        told("[profiles.a]\nextends = 'pair'\nreuse_detection = 'hunter2'\nleeway = '2d'"),
        [
            "config.toml:3: profiles.a.reuse_detection: has to be true or false",
            "config.toml:4: profiles.a.leeway: has to be a duration of at most a day",
        ]
    );
}

/// A profile with one change of a call.
fn change(profile: &str, key: &str, value: &str) -> Result<Model, Vec<String>> {
    let change = [(key.to_owned(), value.to_owned())];
    let changed = OwnProfiles::default().changed(profile, &change, &SettingsReader);
    changed
        .map(Option::unwrap)
        .map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect())
}

#[test]
fn a_change_is_read_by_the_type_of_its_key() {
    let changed = |profile: &str, key: &str, value: &str| change(profile, key, value).unwrap();
    assert_eq!(
        changed("pair", "access.ttl", "10m").access.unwrap().ttl,
        Some(Life::For(Span::from_seconds(600)))
    );
    assert_eq!(
        changed("pair", "access_ttl", "90").access.unwrap().ttl,
        Some(Life::For(Span::from_seconds(90)))
    );
    assert!(
        changed("pair", "checks.require_aud", "on")
            .checks
            .require_aud
    );
    assert!(!changed("pair", "allow_list", "no").session.refuse_unknown);
    assert_eq!(*changed("pair", "aud", "a, b").aud, ["a", "b"]);
    assert!(changed("pair", "aud", "").aud.is_empty());
    assert_eq!(changed("pair", "iss", "x").iss.as_deref(), Some("x"));
    assert_eq!(
        *changed("pair", "access.alg", "HS256,ES256")
            .access
            .unwrap()
            .alg,
        ["HS256", "ES256"]
    );
    assert!(changed("pair", "refresh", "none").refresh.is_none());
    let claims_changed = changed("pair", "claims", r#"["...", "!jti"]"#);
    assert!(!claims(&claims_changed, TokenKind::Access).contains(&"jti".to_owned()));
    let cookies = changed(
        "dj-rest-auth",
        "live.cookies",
        r#"{ access = "a", refresh = "r" }"#,
    );
    assert_eq!(cookies.live.access_cookie.as_deref(), Some("a"));
    let server = changed("simplejwt", "ROTATE_REFRESH_TOKENS", "false");
    assert!(
        server
            .emulator
            .unwrap()
            .settings
            .contains(&("ROTATE_REFRESH_TOKENS".into(), "false".into()))
    );
}

#[test]
fn a_wrong_change_names_its_key() {
    for (profile, key, value, says) in [
        (
            "pair",
            "access.ttl",
            "soon",
            "--set access.ttl: has to be a duration such as 90s, 15m or 7d, or none",
        ),
        (
            "pair",
            "acess.ttl",
            "1m",
            "--set acess.ttl: unknown key `acess`; did you mean access?",
        ),
        (
            "pair",
            ".access.ttl",
            "1m",
            "--set .access.ttl: begins or ends with a dot, or has two in a row",
        ),
        (
            "pair",
            "access.",
            "1m",
            "--set access.: begins or ends with a dot, or has two in a row",
        ),
        (
            "pair",
            "access..ttl",
            "1m",
            "--set access..ttl: begins or ends with a dot, or has two in a row",
        ),
        (
            "pair",
            "ttl",
            "1m",
            "--set ttl: unknown key `ttl`; it belongs to a table, such as access.ttl, refresh.ttl",
        ),
        (
            "pair",
            "extends",
            "x",
            "--set extends: can't be set for one call: it belongs to a profile in the config file",
        ),
        (
            "pair",
            "claims",
            "role",
            "--set claims: has to be a list, as in --set 'claims=[\"...\", \"role = user.role\"]'",
        ),
        (
            "pair",
            "claims",
            "[",
            "--set claims: begins like TOML, and is none",
        ),
        (
            "pair",
            "secret",
            "hunter2",
            "--set secret: takes no literal: say where the secret is, as env:NAME, file:PATH, dotenv:PATH#NAME",
        ),
        (
            "flask-jwt-extended",
            "claims",
            "['sub']",
            "--set claims: has no effect: access and refresh have their own from flask-jwt-extended; write access.claims",
        ),
        (
            "simplejwt",
            "LEEWAY",
            "soon",
            "--set LEEWAY: must be seconds or a duration, not negative",
        ),
        (
            "simplejwt",
            "SIGNING_KEY",
            "hunter2",
            "--set SIGNING_KEY: is a key: give it with --secret or --key",
        ),
        (
            "plain",
            "session.max",
            "7d",
            "--set session.max: can't be counted: no claim holds the first login; add \"auth_time\"",
        ),
        (
            "pair",
            "kind",
            "use",
            "--set kind: nothing in these tokens tells access from refresh: add \"type = kind\" to claims and set kind = \"type\" (or \"nothing\")",
        ),
    ] {
        assert_eq!(change(profile, key, value).unwrap_err(), [says]);
    }
}

#[test]
fn what_is_wrong_is_told_at_its_line() {
    for (lines, says) in [
        (
            "sure = true",
            "2: profiles.a.sure: has no effect without recognise",
        ),
        (
            "secret = 'env:A'\nkey = 'b'",
            "2: profiles.a.secret: excludes key: keep one of them",
        ),
        (
            "refresh.text = 'hex(8)'",
            "2: profiles.a.refresh.text: has no effect: a JWT has no text of its own; add refresh.format = \"opaque\"",
        ),
        (
            "claims = [\n  'sub',\n  'a = now + soon',\n]",
            "4: profiles.a.claims: `a = now + soon`: soon is no duration (90s, 15m, 7d) and not ttl",
        ),
        (
            "claims = ['...', '!nope']",
            "2: profiles.a.claims: `!nope` takes nothing out: there is no nope",
        ),
        (
            "claims = ['!sub']",
            "2: profiles.a.claims: `!sub` takes an inherited entry out, and stands beside \"...\" alone",
        ),
        (
            "claims = ['a = {x']",
            "2: profiles.a.claims: `a = {x`: the constant is not JSON",
        ),
        (
            "claims = ['a = 1 as txt']",
            "2: profiles.a.claims: `a = 1 as txt`: txt is no form; did you mean text?",
        ),
        (
            "claims = ['a = 1 at noon']",
            "2: profiles.a.claims: `a = 1 at noon`: after `at` stands login or renew",
        ),
        (
            "recognise = ['a b']",
            "2: profiles.a.recognise: `a b` has to be CLAIM, !CLAIM, CLAIM = 'text' or CLAIM is number",
        ),
        (
            "live.errors = ['401 = expird']",
            "2: profiles.a.live.errors: expird is no reason code; did you mean expired?",
        ),
        (
            "live.login = 'POST . hunter2'",
            "2: profiles.a.live.login: item 1 is neither NAME=VALUE (body), NAME:=JSON nor NAME:VALUE (header)",
        ),
        (
            "live.client_secret = 'hunter2'",
            "2: profiles.a.live.client_secret: takes no literal: say where the secret is, as env:NAME, file:PATH, dotenv:PATH#NAME",
        ),
    ] {
        let told = told(&format!("[profiles.a]\n{lines}\n"));
        assert_eq!(told, [format!("config.toml:{says}")], "{lines}");
    }
}

#[test]
fn what_only_the_whole_profile_shows_is_told_at_its_line() {
    for (lines, says) in [
        (
            "users = [{ name = 'x' }]",
            "2: profiles.a.users: each user needs a name and an id",
        ),
        (
            "users = [{ name = 'x', id = 1, mail = 'y' }]",
            "2: profiles.a.users: unknown key `mail`; did you mean email?; other facts belong into claims = {…}",
        ),
        (
            "emulator = 'simplejwt 5.4'",
            "2: profiles.a.emulator: there is no emulator simplejwt 5.4; did you mean simplejwt 5.5?",
        ),
        ("extends = 'a'", "2: profiles.a.extends: extends itself"),
        (
            "access.is = 'id'",
            "2: profiles.a.access.is: 'id' marks access and id: one word can tell one kind alone",
        ),
        (
            "ISSUER = 'x'",
            "2: profiles.a.ISSUER: is a Django setting, and this is no Django profile; the key here is iss",
        ),
        (
            "claims = ['exp = end']",
            "2: profiles.a.claims: a claim whose source is end needs session.max",
        ),
        (
            "iss = '-----BEGIN PRIVATE KEY-----'",
            "2: profiles.a.iss: holds a private key",
        ),
        (
            "renew.presents = 'id'",
            "2: profiles.a.renew.presents: has to be one of access, refresh, none",
        ),
    ] {
        let told = told(&format!("[profiles.a]\n{lines}\n"));
        assert_eq!(told, [format!("config.toml:{says}")], "{lines}");
    }
}

#[test]
fn what_is_wrong_with_the_file_is_told_at_its_line() {
    for (text, says) in [
        ("x = [", "1: the file: not TOML"),
        (
            "\nprofile = 'x'",
            "2: profile: is unknown at the top: profiles stand under [profiles.NAME]",
        ),
        (
            "[profiles.pair]",
            "1: profiles.pair: that name is built in: give yours another and let it extend pair",
        ),
        (
            "[profiles.a]\nextends = 'b'\n[profiles.b]\nacess = 1",
            "4: profiles.b.acess: unknown key `acess`; did you mean access?",
        ),
    ] {
        assert_eq!(told(text), [format!("config.toml:{says}")], "{text}");
    }
}

#[test]
fn a_change_of_a_call_reaches_every_key_but_those_of_the_profile_alone() {
    let builtin = OwnProfiles::default();
    for key in keys() {
        let told = builtin
            .changed(
                "pair",
                &[(key.to_owned(), "\u{1}".to_owned())],
                &SettingsReader,
            )
            .map_or_else(
                |mistakes| mistakes.iter().map(ToString::to_string).collect(),
                |_| Vec::new(),
            );
        let refused = told
            .iter()
            .any(|one: &String| one.contains("can't be set for one call"));
        assert_eq!(refused, OWN.contains(&key), "{key}: {told:?}");
        assert!(
            !told.iter().any(|one| one.contains("unknown key")),
            "{key}: {told:?}"
        );
        for one in told {
            assert!(one.starts_with(&format!("--set {key}: ")), "{one}");
        }
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = "[profiles.a]\nacess.ttl = '1m'\nleeway = '2d'\nclaims = ['sub', 'a = x', 'b = y']\nrotate.reuse = 'hunter2'\nsecret = 'hunter2'\n";
    let told = told(text);
    let lines: Vec<&str> = told
        .iter()
        .map(|one| one.split(": ").nth(1).unwrap())
        .collect();
    let places = [
        "acess",
        "leeway",
        "claims",
        "claims",
        "rotate.reuse",
        "secret",
    ];
    assert_eq!(lines, places.map(|key| format!("profiles.a.{key}")));
    assert!(!told.join("").contains("hunter2"));
}

#[test]
fn a_request_may_hold_what_is_filled_in_and_no_password() {
    let login = |request: &str| told(&format!("[profiles.a]\nlive.login = '{request}'\n"));
    assert_eq!(login("POST . username={user} password={password}"), [""; 0]);
    let refused = "config.toml:2: profiles.a.live.login: holds an address with a password in it";
    assert_eq!(login("POST . username=alice password=hunter2"), [refused]);
}
