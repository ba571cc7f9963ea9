//! What is a secret by its form never comes back, wherever it was typed or set: every argument of clap's own tree, every variable, every key of a config file.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::CommandFactory as _;

use crate::cli::args::Cli;
use crate::cli::resolve::built_in::BUILT_IN;
use crate::cli::testing::{Call, CallResult, Folder};
use crate::core::profile::BUILTIN_NAMES;
use crate::core::profile::language::vocabulary;

const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
const BASE64: &str = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
const JWK: &str = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
const SYMMETRIC_JWK: &str = r#"{"kty":"oct","k":"FdFYFzERwC2uCBB46pZQi4GG85LujR8obt-KWRBICVQ"}"#;
const PASSPHRASE: &str = "correct horse battery staple";
const WORD: &str = "Tr0ub4dor&3";
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMH0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A text that must not come back, and parts of it that would be too much.
struct Canary {
    text: String,
    parts: Vec<&'static str>,
}

fn canary(text: impl Into<String>, parts: &[&'static str]) -> Canary {
    Canary {
        text: text.into(),
        parts: parts.to_vec(),
    }
}

/// Secrets by their form: they come back from nowhere.
fn by_form() -> Vec<Canary> {
    let key = &["MC4CAQAwBQYD", "rAMcrn9g"];
    let account = format!(
        r#"{{"type":"service_account","project_id":"p","private_key":"{}","client_email":"a@b"}}"#,
        PEM.replace('\n', "\\n")
    );
    let password = &["pa55-w0rd"];
    vec![
        canary(PEM, key),
        canary(PEM.replace('\n', " ").trim(), key),
        canary(PEM.replace('\n', "\\n"), key),
        canary(JWK, &["nWGxne_9WmC6"]),
        canary(SYMMETRIC_JWK, &["FdFYFzERwC2u"]),
        canary(account, key),
        canary("postgres://ann:pa55-w0rd@db.invalid/app", password),
        canary(" postgres://ann:pa55-w0rd@db.invalid/app", password),
        canary("host=db.invalid user=ann password=pa55-w0rd", password),
        canary(
            "jdbc:postgresql://db.invalid/app?user=ann&password=pa55-w0rd",
            password,
        ),
        canary("ann:pa55-w0rd@tcp(db.invalid:3306)/app", password),
        canary("postgres:ann:pa55-w0rd@db.invalid", password),
        canary("https://ann:pa55-w0rd@db.invalid/keys", password),
        canary(
            "Server=db.invalid;User Id=ann;Password=pa55-w0rd;",
            password,
        ),
    ]
}

/// Secrets that look like any text: they come back from no place for a key, a secret, a store or an address, and, being too long or holding blanks, as no name.
fn by_place() -> Vec<Canary> {
    vec![
        canary(BASE64, &["MC4CAQAwBQYD", "rAMcrn9g"]),
        canary(PASSPHRASE, &["horse"]),
        canary(WORD, &["Tr0ub4dor"]),
    ]
}

/// Forms in which a value of an argument or a variable says where the secret is.
fn references(name: &str) -> &'static [&'static str] {
    match name.trim_start_matches("JWTSESS_").to_lowercase().as_str() {
        "secret" | "key" | "key_passphrase" | "refresh_secret" | "refresh_key" | "password"
        | "client_secret" | "client_key" | "refresh_token" => &[
            "",
            "env:",
            "file:",
            "dotenv:",
            "dotenv:/nowhere/.env#",
            "base64:env:",
            "https://",
        ],
        "store" => &["", "env:", "django+env:", "file:", "dotenv:", "https://"],
        _ => &[""],
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ArgumentContent {
    /// A place for a key, a secret, a passphrase, a store, a file or an address.
    Place,
    /// A name: of a profile, a variable, a command.
    Name,
    /// A claim, an id, a number: shown as it is given.
    Text,
}

/// What an argument holds, by its id.
fn holds(id: &str) -> ArgumentContent {
    match id {
        "secret" | "key" | "key_passphrase" | "store" | "config" | "file" | "files" | "out"
        | "cacert" | "allow_http" | "refresh_secret" | "refresh_key" | "url" | "password"
        | "client_secret" | "client_key" | "refresh_token" | "credentials" | "body" | "data"
        | "field" | "form" | "request_header" | "to_origin" | "method" => ArgumentContent::Place,
        "profile" | "token_env" | "name" | "command" | "set" | "credential" | "helper" => {
            ArgumentContent::Name
        }
        _ => ArgumentContent::Text,
    }
}

/// A command that would do something, were it not for the value.
fn working(path: &str) -> Vec<&'static str> {
    let words: &[&str] = match path {
        "issue" => &["--user", "alice"],
        "encode" => &[r#"{"sub":"alice"}"#],
        "inspect" | "verify" | "decode" | "renew" | "rotate" | "revoke" => &[TOKEN],
        "session show" => &["some-session"],
        "key convert" => &["/nowhere/key.pem", "--format", "pem"],
        "key jwks" | "key rotate" | "key show" => &["/nowhere/key.pem"],
        "completions" => &["bash"],
        "login" => &["https://a.invalid/token/", "--user", "alice"],
        "request" => &["GET", "https://a.invalid/x", "--no-auth"],
        _ => &[],
    };
    words.to_vec()
}

struct Argument {
    command: String,
    id: String,
    /// How it is typed: its flag, or none for a word that stands alone.
    flag: Option<String>,
}

/// Every argument that takes a value.
fn arguments() -> Vec<Argument> {
    fn walk(command: &clap::Command, path: &str, all: &mut Vec<Argument>) {
        for argument in command.get_arguments() {
            if !argument.get_action().takes_values() {
                continue;
            }
            all.push(Argument {
                command: path.to_owned(),
                id: argument.get_id().as_str().to_owned(),
                flag: argument.get_long().map(|long| format!("--{long}")),
            });
        }
        for inner in command.get_subcommands() {
            walk(inner, format!("{path} {}", inner.get_name()).trim(), all);
        }
    }
    let mut command = Cli::command();
    command.build();
    let mut all = Vec::new();
    walk(&command, "", &mut all);
    all.retain(|argument| !argument.command.starts_with("help"));
    all
}

fn call(home: &Folder, words: &[&str]) -> Call {
    Call::new(words)
        .wide()
        .env("HOME", home.path())
        .env("JWTSESS_NO_DEV_KEY", "1")
        .env("JWTSESS_OFFLINE", "1")
        .env(
            "SIGNING",
            "a-secret-of-more-than-256-bits-for-the-tests-alone",
        )
}

/// What a call left behind in its home or in the folder that it ran in.
fn left_behind(home: &Folder, value: &str) -> Option<String> {
    let made = std::fs::read_dir(home.path()).unwrap().next();
    if let Some(entry) = made {
        return Some(entry.unwrap().path().display().to_string());
    }
    Path::new(value)
        .exists()
        .then(|| "a file's name".to_owned())
}

fn search(called: &CallResult, canary: &Canary, what: &dyn Fn() -> String) {
    for part in &canary.parts {
        for (stream, text) in [("stdout", &called.stdout), ("stderr", &called.stderr)] {
            assert!(
                !text.contains(part),
                "{}: {part} is on {stream}: {text}",
                what()
            );
        }
    }
}

/// Runs a command with the value in each form, as text and as JSON.
fn feed(argument: &Argument, canary: &Canary, reference: &str) {
    let value = format!("{reference}{}", canary.text);
    let home = Folder::new();
    for json in [false, true] {
        let mut words: Vec<&str> = argument.command.split_whitespace().collect();
        let base = working(&argument.command);
        let typed;
        if let Some(flag) = &argument.flag {
            words.extend(&base);
            typed = format!("{flag}={value}");
            words.push(&typed);
        } else {
            words.extend(["--", &value]);
        }
        let key = ["--secret", "env:SIGNING"];
        let takes_a_key = [
            "issue", "encode", "inspect", "verify", "renew", "rotate", "revoke",
        ];
        let at = words
            .iter()
            .position(|word| *word == "--")
            .unwrap_or(words.len());
        if takes_a_key.contains(&argument.command.as_str())
            && !["key", "secret", "key_passphrase"].contains(&argument.id.as_str())
        {
            words.splice(at..at, key);
        }
        if json {
            let at = words
                .iter()
                .position(|word| *word == "--")
                .unwrap_or(words.len());
            words.insert(at, "--json");
        }
        let called = call(&home, &words).run();
        let what = || format!("{} {:?} {reference}", argument.command, argument.flag);
        search(&called, canary, &what);
        if called.exit != 0 {
            assert_eq!(left_behind(&home, &value), None, "{}", what());
        }
    }
}

#[test]
fn the_walk_meets_every_command() {
    let commands: BTreeSet<_> = arguments().into_iter().map(|one| one.command).collect();
    for command in [
        "issue",
        "verify",
        "key rotate",
        "session show",
        "profile show",
        "man",
    ] {
        assert!(commands.contains(command), "{command}: {commands:?}");
    }
    assert!(arguments().len() > 250);
}

#[test]
fn what_is_a_secret_by_its_form_comes_back_from_no_argument() {
    for argument in arguments() {
        for canary in by_form() {
            feed(&argument, &canary, "");
            if argument.id == "claim" || argument.id == "header" || argument.id == "set" {
                feed(&argument, &canary, "iss=");
            }
        }
    }
}

#[test]
fn a_secret_in_a_claim_an_id_or_a_name_is_a_usage_error() {
    for argument in arguments() {
        let exempt = ["token", "payload", "json"];
        if holds(&argument.id) != ArgumentContent::Text
            || argument.flag.is_none()
            || exempt.contains(&argument.id.as_str())
        {
            continue;
        }
        let home = Folder::new();
        for value in [PEM, JWK, "postgres://ann:pa55-w0rd@db.invalid/app"] {
            let mut words: Vec<&str> = argument.command.split_whitespace().collect();
            words.extend(working(&argument.command));
            let named = if ["claim", "header", "has"].contains(&argument.id.as_str()) {
                format!("x={value}")
            } else {
                value.to_owned()
            };
            let typed = format!("{}={named}", argument.flag.as_deref().unwrap());
            words.push(&typed);
            let called = call(&home, &words).run();
            assert_eq!(called.exit, 2, "{words:?}: {called}");
        }
    }
}

#[test]
fn a_bare_secret_comes_back_from_no_place_and_as_no_name() {
    for argument in arguments() {
        for canary in by_place() {
            let short = canary.text == WORD;
            match holds(&argument.id) {
                ArgumentContent::Place => {
                    for reference in references(&argument.id) {
                        // Behind https:// a word is a host, which is no secret.
                        if short && *reference == "https://" {
                            continue;
                        }
                        feed(&argument, &canary, reference);
                    }
                }
                ArgumentContent::Name if !short => {
                    feed(&argument, &canary, "");
                    feed(&argument, &canary, "x=");
                }
                ArgumentContent::Name | ArgumentContent::Text => {}
            }
        }
    }
}

#[test]
fn a_secret_in_a_file_of_claims_or_behind_escapes_is_a_usage_error() {
    let folder = Folder::new();
    let escaped = r#"{"x":{"\u006bty":"oct","k":"c2VjcmV0"}}"#.to_owned();
    let pem = serde_json::json!({ "x": PEM }).to_string();
    let login = r#"{"db":"postgres:\/\/ann:pa55-w0rd@db.invalid"}"#.to_owned();
    for text in [escaped, pem, login] {
        let at = format!("@{}", folder.file("claims.json", &text));
        let calls: [&[&str]; 5] = [
            &["encode", &text],
            &["encode", &at],
            &["encode", "-"],
            &["issue", "--user", "alice", "--claims", &at],
            &["issue", "--user", "alice", "--claims", "-"],
        ];
        for words in calls {
            let words: Vec<&str> = words
                .iter()
                .chain(&["--secret", "env:SIGNING"])
                .copied()
                .collect();
            let called = call(&folder, &words).stdin(text.clone()).run();
            assert_eq!((called.exit, called.stdout.as_str()), (2, ""), "{called}");
        }
    }
    for claims in [
        r#"{"image":"postgres:15","email":"a@b.c"}"#,
        r#"{"cnf":{"jwk":{"kty":"EC","x":"a"}},"d":1}"#,
    ] {
        let called = call(&folder, &["encode", claims, "--secret", "env:SIGNING"]).run();
        assert_eq!(called.exit, 0, "{called}");
    }
}

#[test]
fn a_key_in_a_token_s_place_comes_back_in_no_form() {
    let home = Folder::new();
    let url_safe = BASE64.replace('+', "-").replace('/', "_");
    let of_the_pem = STANDARD.encode(PEM);
    let texts = [
        BASE64,
        &url_safe,
        &of_the_pem,
        "./ann:pa55-w0rd@db.invalid",
        "password='pa55-w0rd'",
    ];
    let parts = [
        "C4CAQAwBQYDK2VwBCIEI",
        &of_the_pem[20..50],
        "pa55-w0rd",
        "BEGIN PRIVATE",
    ];
    let seen = |called: &CallResult| {
        let all = format!("{}{}", called.stdout, called.stderr);
        parts.iter().any(|part| all.contains(part))
    };
    for text in texts {
        for verb in ["inspect", "verify", "decode", "renew", "rotate", "revoke"] {
            for json in [&[][..], &["--json"]] {
                let words: Vec<&str> = [verb, "--", text].into_iter().collect();
                let words: Vec<&str> = json.iter().copied().chain(words).collect();
                let called = call(&home, &words).run();
                assert_ne!(called.exit, 0, "{called}");
                // Of what is no key, decode shows what can be read of it.
                assert!(
                    text.contains("pa55") && verb == "decode" || !seen(&called),
                    "{called}"
                );
            }
        }
    }
    for json in [&[][..], &["--json"]] {
        let words: Vec<&str> = ["verify", "--batch", "--secret", "env:SIGNING"]
            .iter()
            .chain(json)
            .copied()
            .collect();
        let called = call(&home, &words).stdin(PEM).run();
        assert_eq!(called.exit, 9, "{called}");
        assert!(!seen(&called), "{called}");
    }
}

#[test]
fn no_verb_comes_back_that_is_no_name() {
    let home = Folder::new();
    for canary in by_form().into_iter().chain(by_place()) {
        for words in [
            vec![canary.text.as_str()],
            vec!["key", &canary.text],
            vec!["session", &canary.text],
            vec!["issue", "--", &canary.text],
            vec!["verify", TOKEN, "--", &canary.text],
        ] {
            for json in [false, true] {
                let mut words = words.clone();
                if json {
                    words.insert(0, "--json");
                }
                let called = call(&home, &words).run();
                assert_eq!(called.exit, 2, "{called}");
                search(&called, &canary, &|| words.join(" "));
            }
        }
        // A flag that is none, with the value stuck to it or behind it.
        for flag in ["--secrt", "--pasword", "-x"] {
            for words in [
                vec!["verify".to_owned(), format!("{flag}={}", canary.text)],
                vec!["verify".to_owned(), flag.to_owned(), canary.text.clone()],
            ] {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                search(&call(&home, &words).run(), &canary, &|| words.join(" "));
            }
        }
        assert_eq!(left_behind(&home, &canary.text), None);
    }
}

/// Variables that the program reads; [`every_variable_is_listed`] holds the list to the code.
const VARIABLES: [&str; 15] = [
    "JWTSESS_CACERT",
    "JWTSESS_CLIENT_SECRET",
    "JWTSESS_CONFIG",
    "JWTSESS_CREDENTIAL",
    "JWTSESS_CREDENTIALS",
    "JWTSESS_CREDENTIAL_HELPER",
    "JWTSESS_KEY",
    "JWTSESS_KEY_PASSPHRASE",
    "JWTSESS_NOW",
    "JWTSESS_NO_DEV_KEY",
    "JWTSESS_OFFLINE",
    "JWTSESS_PASSWORD",
    "JWTSESS_PROFILE",
    "JWTSESS_SECRET",
    "JWTSESS_STORE",
];

#[test]
fn every_variable_is_listed() {
    fn walk(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && name != "tests" {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && name != "tests.rs"
                && !name.starts_with("testing")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                for (at, _) in text.match_indices("\"JWTSESS_") {
                    let rest = &text[at + 1..];
                    let end = rest.find('"').unwrap();
                    let plain = |one: char| one.is_ascii_uppercase() || one == '_';
                    if rest[..end].chars().all(plain) && !rest[..end].ends_with('_') {
                        found.insert(rest[..end].to_owned());
                    }
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    // What the tests alone go by.
    for ours in ["JWTSESS_POSTGRES", "JWTSESS_UPDATE"] {
        found.remove(ours);
    }
    let listed: BTreeSet<_> = VARIABLES.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(found, listed);
}

#[test]
fn no_variable_s_value_comes_back_that_is_a_secret() {
    let commands: [&[&str]; 8] = [
        &["issue", "--user", "alice", "--profile", "pair"],
        &["verify", TOKEN],
        &["inspect", TOKEN],
        &["rotate", TOKEN],
        &["key", "show"],
        &["session", "list"],
        &["token"],
        &["login", "https://a.invalid/", "--user", "alice"],
    ];
    for variable in VARIABLES {
        for canary in by_form().into_iter().chain(by_place()) {
            // A short word may be a profile's name.
            if variable == "JWTSESS_PROFILE" && canary.text == WORD {
                continue;
            }
            for reference in references(variable) {
                if canary.text == WORD && *reference == "https://" {
                    continue;
                }
                let value = format!("{reference}{}", canary.text);
                let home = Folder::new();
                for words in commands {
                    for json in [&[][..], &["--json"]] {
                        let words: Vec<&str> = words.iter().chain(json).copied().collect();
                        let called = call(&home, &words).env(variable, &value).run();
                        let what = || format!("{variable} {reference} {}", words.join(" "));
                        search(&called, &canary, &what);
                        assert!(!Path::new(&value).exists(), "{}", what());
                    }
                }
            }
        }
    }
}

/// Every key that a profile of the config file takes, with a built-in profile that has it.
fn config_keys() -> BTreeMap<String, String> {
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    for base in BUILTIN_NAMES {
        for setting in BUILT_IN.known(base).unwrap().settings() {
            for name in [Some(setting.name), setting.ours].into_iter().flatten() {
                keys.entry(name).or_insert_with(|| base.to_owned());
            }
        }
    }
    for key in vocabulary::keys().chain(["nothing"]) {
        keys.insert(key.to_owned(), "pair".to_owned());
    }
    keys
}

#[test]
fn no_value_of_a_config_file_comes_back_that_is_a_secret() {
    let mut texts = Vec::new();
    for (key, base) in config_keys() {
        let extends = if key == "extends" {
            String::new()
        } else {
            format!("extends = '{base}'\n")
        };
        texts.push((
            key.clone(),
            format!("[profiles.own]\n{extends}{key} = VALUE\n"),
        ));
        texts.push((
            key.clone(),
            format!("[profiles.own]\n{extends}{key} = [VALUE]\n"),
        ));
    }
    for user in [
        "name = VALUE, id = 1",
        "name = 'a', id = VALUE",
        "name = 'a', id = 1, email = VALUE",
        "name = 'a', id = 1, VALUE = 1",
    ] {
        texts.push((
            "users".to_owned(),
            format!("[profiles.own]\nusers = [{{{user}}}]\n"),
        ));
    }
    for text in [
        "[profiles.VALUE]\n",
        "VALUE = 1\n",
        "[profiles.own]\nVALUE = 1\n",
        "[VALUE]\n",
        "VALUE",
    ] {
        texts.push(("name".to_owned(), text.to_owned()));
    }
    for (key, text) in texts {
        let last = key.rsplit('.').next().unwrap();
        let place = ["secret", "key", "store", "name", "extends", "client_secret"].contains(&last);
        let canaries =
            by_form()
                .into_iter()
                .chain(by_place().into_iter().filter(|canary| {
                    place && (key != "name" && key != "extends" || canary.text != WORD)
                }));
        for canary in canaries {
            let home = Folder::new();
            let quoted = toml_string(&canary.text);
            let config = home.file("config.toml", text.replace("VALUE", &quoted));
            for words in [
                &["profile", "show", "own"][..],
                &["profile", "show", "own", "--json"],
                &["issue", "--user", "alice", "--profile", "own", "--json"],
            ] {
                let words: Vec<&str> = words
                    .iter()
                    .chain(&["--config", &config])
                    .copied()
                    .collect();
                let called = call(&home, &words).run();
                search(&called, &canary, &|| {
                    format!("{key} {}: {text}", words.join(" "))
                });
                assert!(!Path::new(&canary.text).exists(), "{key}");
            }
        }
    }
}

/// A text as TOML writes it, whatever it holds.
fn toml_string(text: &str) -> String {
    // JSON's escapes are all TOML's.
    serde_json::to_string(text).unwrap()
}
