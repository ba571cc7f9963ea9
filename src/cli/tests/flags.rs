//! No flag is taken and then left out: an empty value is an unset variable's, and of two flags each is carried out or refused.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::CommandFactory as _;
use serde_json::{Value, json};

use crate::cli::args::Cli;
use crate::cli::commands::testing::{call, signed};
use crate::cli::testing::{Call, CallResult, NOW};

/// Every command that does something, by the words that name it.
fn commands() -> Vec<(Vec<String>, clap::Command)> {
    fn below(
        path: &[String],
        command: &clap::Command,
        found: &mut Vec<(Vec<String>, clap::Command)>,
    ) {
        if !command.has_subcommands() {
            found.push((path.to_vec(), command.clone()));
        }
        for inner in command.get_subcommands() {
            below(
                &[path, &[inner.get_name().to_owned()]].concat(),
                inner,
                found,
            );
        }
    }
    let mut cli = Cli::command();
    cli.build();
    let mut found = Vec::new();
    below(&[], &cli, &mut found);
    found.retain(|(path, _)| !path.contains(&"help".to_owned()));
    found
}

/// The flags and arguments of a command, as they are typed.
fn flags(command: &str) -> BTreeSet<String> {
    let all = commands();
    let (_, command) = all
        .iter()
        .find(|(path, _)| path.join(" ") == command)
        .unwrap();
    command.get_arguments().map(typed).collect()
}

fn typed(arg: &clap::Arg) -> String {
    match arg.get_long() {
        Some(long) => format!("--{long}"),
        None => arg.get_id().to_string(),
    }
}

/// Sources of a key: an empty one is exit 1 by itself, so that the next source is not tried.
const OF_A_KEY: [&str; 9] = [
    "--key",
    "--secret",
    "--key-passphrase",
    "--refresh-key",
    "--refresh-secret",
    "--password",
    "--client-secret",
    "--client-key",
    "--refresh-token",
];

#[test]
fn an_empty_value_is_an_unset_variable_s() {
    let mut told = 0;
    for (path, command) in commands() {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let needed: &[&str] = match path.join(" ").as_str() {
            "issue" => &["--user", "alice"],
            "encode" => &["{}"],
            "completions" => &["bash"],
            "login" => &["https://a.invalid/"],
            "request" => &["GET", "/x"],
            "session show" | "key jwks" | "key convert" | "key rotate" | "profile show" => &["x"],
            _ => &[],
        };
        for arg in command.get_arguments() {
            let name = typed(arg);
            if !arg.get_action().takes_values() || OF_A_KEY.contains(&name.as_str()) {
                continue;
            }
            let is_key_file = path[0] == "key" && arg.is_positional();
            let args = if arg.is_positional() {
                [&path[..], &["--", ""]].concat()
            } else if needed == ["--user", "alice"] && name == "--user" {
                [&path[..], &["--user", ""]].concat()
            } else {
                [&path[..], needed, &[&name, ""]].concat()
            };
            let called: CallResult = Call::new(&args).at_home().run();
            let exits: &[u8] = if is_key_file { &[1, 2] } else { &[2] };
            assert!(exits.contains(&called.exit), "{args:?}: {called}");
            let words = [
                "it is empty",
                "is the variable set?",
                &name,
                "needs a value",
                "no such command",
            ];
            let says = words.iter().any(|word| called.stderr.contains(word));
            let of_a_form = ["the format of the key was not given"];
            assert!(
                says || of_a_form.iter().any(|word| called.stderr.contains(word)),
                "{args:?}: {called}"
            );
            told += 1;
        }
    }
    assert!(told > 200, "{told}");
}

#[test]
fn a_blank_value_is_no_value() {
    for args in [
        &["issue", "--user", " "][..],
        &["issue", "--user", "a", "--aud", "\t"],
        &["issue", "--user", "a", "--scope", "\u{a0}"],
        &["verify", "a.b.c", "--iss", " "],
        &["verify", "a.b.c", "--kid", "\n"],
        &["encode", "{}", "--typ", " "],
        &["revoke", "--user", " "],
        &["decode", "--config", " "],
    ] {
        let called = Call::new(args).at_home().run();
        assert_eq!(called.exit, 2, "{args:?}: {called}");
        assert!(called.stderr.contains("white space"), "{args:?}: {called}");
    }
}

/// A flag of `verify` that narrows, with values by which the token is refused, and the code that says so.
const NARROWS: [(&str, &[&str], &str); 18] = [
    ("--iss", &["--iss", "x"], "issuer_mismatch"),
    ("--aud", &["--aud", "x"], "audience_mismatch"),
    ("--sub", &["--sub", "x"], "subject_mismatch"),
    ("--typ", &["--typ", "x"], "type_mismatch"),
    ("--kid", &["--kid", "x"], "kid_mismatch"),
    ("--require", &["--require", "none"], "claim_missing"),
    ("--require exp", &["--require", "exp"], "claim_missing"),
    ("--claim", &["--claim", "role=x"], "claim_mismatch"),
    ("--has", &["--has", "scope=x"], "claim_mismatch"),
    ("--max-age", &["--max-age", "1s"], "too_old"),
    ("--min-ttl", &["--min-ttl", "9000w"], "expires_soon"),
    ("--kind", &["--kind", "refresh"], "kind_mismatch"),
    ("--alg", &["--alg", "HS512,HS384"], "algorithm_not_allowed"),
    ("--profile", &["--profile", "pair"], "model_mismatch"),
    ("--now", &["--now", "+9000w"], "expired"),
    (
        "--secret",
        &[
            "--secret",
            "hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        ],
        "bad_signature",
    ),
    (
        "--max-token-size",
        &["--max-token-size", "20"],
        "over_limits",
    ),
    (
        "--config",
        &["--config", "/nowhere/at/all.toml"],
        "could_not",
    ),
];

/// The other flags of `verify`, with a value that is right for the token: what they do, and that they take back nothing.
const OTHERS: [(&str, &[&str]); 32] = [
    ("--leeway", &["--leeway", "1d"]),
    ("--allow-no-exp", &["--allow-no-exp"]),
    ("--allow-weak-key", &["--allow-weak-key"]),
    ("--no-dev-key", &["--no-dev-key"]),
    ("--no-store", &["--no-store"]),
    ("--store", &["--store", "/nowhere/sessions.sqlite"]),
    ("--jws", &["--jws"]),
    ("--as", &["--as", "view"]),
    ("--batch", &["--batch"]),
    ("--only", &["--only", "refused"]),
    ("--columns", &["--columns", "sub"]),
    ("--summary", &["--summary"]),
    ("--set", &["--set", "leeway=1d"]),
    ("--field", &["--field", "1"]),
    ("--token-env", &["--token-env", "TOKEN"]),
    ("--key", &["--key", "env.pem"]),
    ("--key-passphrase", &["--key-passphrase", "env:SIGNING_KEY"]),
    (
        "--refresh-secret",
        &[
            "--refresh-secret",
            "raw:a-secret-of-refresh-tokens-alone-32",
        ],
    ),
    ("--refresh-key", &["--refresh-key", "env.pem"]),
    ("--offline", &["--offline"]),
    ("--timeout", &["--timeout", "3s"]),
    ("--cacert", &["--cacert", "ca.pem"]),
    ("--allow-http", &["--allow-http", "keycloak"]),
    ("--refetch", &["--refetch"]),
    ("--stale-keys", &["--stale-keys", "1h"]),
    ("--json", &["--json"]),
    ("--color", &["--color", "never"]),
    ("--no-input", &["--no-input"]),
    ("--quiet", &["--quiet"]),
    ("--verbose", &["--verbose"]),
    ("--profile plain", &["--profile", "plain"]),
    ("--kind any", &["--kind", "any"]),
];

/// Pairs of which the first would refuse the token alone, and does not beside the second: why.
const ALLOWED: [(&str, &str, &str); 2] = [
    (
        "--profile",
        "--jws",
        "said: only the profile's key and algorithms are used",
    ),
    (
        "--now",
        "--jws",
        "no time of the token's is asked for; a retired key's end is",
    ),
];

/// No flag: the argument, and what clap adds.
const NONE: [&str; 3] = ["token", "files", "--help"];

fn without_a_value<'n>(names: impl Iterator<Item = &'n str>) -> BTreeSet<String> {
    names
        .map(|name| name.split(' ').next().unwrap().to_owned())
        .collect()
}

/// What a call was told: its exit status, and the codes of what failed.
fn refused(called: &CallResult) -> (u8, Vec<String>) {
    let object: Value =
        serde_json::from_str(called.stdout.lines().next().unwrap_or("null")).unwrap();
    let failed = |finding: &&Value| finding["ok"] == json!(false);
    let findings = object["findings"].as_array().cloned().unwrap_or_default();
    let codes = findings
        .iter()
        .filter(failed)
        .map(|finding| &finding["code"]);
    let error = object["error"]["code"].as_str();
    let codes = codes.filter_map(Value::as_str).chain(error);
    (called.exit, codes.map(str::to_owned).collect())
}

#[test]
fn of_two_flags_of_verify_each_is_carried_out_or_refused() {
    let classified = without_a_value(
        NARROWS
            .iter()
            .map(|(name, ..)| *name)
            .chain(OTHERS.iter().map(|(name, _)| *name))
            .chain(NONE),
    );
    assert_eq!(
        flags("verify"),
        classified,
        "each flag is in one of the tables"
    );
    let of = |exp: &str| {
        let claims = r#"{"iss":"i","aud":"a","sub":"s","role":"user","scope":"read write","iat":"#;
        let claims = format!("{claims}{}{exp}}}", NOW - 100_000);
        signed(
            r#"{"alg":"HS256","typ":"JWT","kid":"k"}"#,
            claims.as_bytes(),
        )
    };
    let (token, no_exp) = (of(&format!(r#","exp":{}"#, NOW + 3600)), of(""));
    let all: Vec<(&str, &[&str], Option<&str>)> = NARROWS
        .iter()
        .map(|(name, args, code)| (*name, *args, Some(*code)))
        .chain(OTHERS.iter().map(|(name, args)| (*name, *args, None)))
        .collect();
    let run = |flags: &[&str]| {
        let batch = flags.contains(&"--batch");
        let by_name = flags.contains(&"--token-env");
        let token = if flags.contains(&"exp") {
            &no_exp
        } else {
            &token
        };
        let given = [token.as_str()];
        let given: &[&str] = if batch || by_name { &[] } else { &given };
        let json: &[&str] = if flags.contains(&"--json") {
            &[]
        } else {
            &["--json"]
        };
        let called = call(&[&["verify"], given, flags, json].concat())
            .env("TOKEN", token)
            .stdin(if batch { token.as_bytes() } else { b"" })
            .run();
        assert!(!called.stdout.contains("panicked"), "{called}");
        called
    };
    for (name, args, code) in NARROWS {
        let called = run(args);
        let (_, codes) = refused(&called);
        assert!(codes.contains(&code.to_owned()), "{name} alone: {called}");
    }
    let (mut carried_out, mut usage) = (0, 0);
    for (name, args, code) in NARROWS {
        for (other, more, other_code) in &all {
            if args[0] == more[0] {
                continue;
            }
            let called = run(&[args, *more].concat());
            let (exit, codes) = refused(&called);
            if exit == 2 {
                usage += 1;
                continue;
            }
            let allowed = ALLOWED
                .iter()
                .any(|(one, two, _)| (name, *other) == (*one, *two));
            if allowed {
                assert_eq!(exit, 0, "{name} {other}: {called}");
                carried_out += 1;
                continue;
            }
            let says = |code: &str| codes.iter().any(|one| one == code);
            // Without a file, a store, a token or a moment there is nothing to check the rest with.
            let ends = ["could_not", "key_missing", "over_limits", "store_missing"]
                .into_iter()
                .any(says);
            let no_exp = args.contains(&"exp") || more.contains(&"exp");
            // The signature's checks end at the first that fails.
            let is_of_key = |code: &str| ["bad_signature", "algorithm_not_allowed"].contains(&code);
            let both = says(code) && other_code.is_none_or(says)
                || is_of_key(code) && other_code.is_some_and(is_of_key)
                || no_exp && says("claim_missing");
            assert!(
                exit != 0 && (ends || both),
                "{name} {other}: {codes:?} {called}"
            );
            carried_out += 1;
        }
    }
    assert_eq!((carried_out, usage), (779, 99));
}

#[test]
fn jws_carries_out_what_is_of_header_and_key_and_refuses_the_rest() {
    let token = signed(r#"{"alg":"HS256","kid":"k"}"#, b"anything");
    for (args, exit) in [
        (&[][..], 0),
        (&["--kid", "k"], 0),
        (&["--kid", "x"], 4),
        (&["--typ", "JWT"], 6),
        (&["--alg", "HS512,HS256"], 0),
        (&["--alg", "HS512"], 4),
        (&["--profile", "pair"], 0),
        (&["--no-store"], 0),
        (&["--iss", "i"], 2),
        (&["--aud", "a"], 2),
        (&["--sub", "s"], 2),
        (&["--kind", "any"], 2),
        (&["--min-ttl", "1s"], 2),
        (&["--max-age", "1s"], 2),
        (&["--leeway", "1s"], 2),
        (&["--require", "sub"], 2),
        (&["--claim", "a=b"], 2),
        (&["--has", "a=b"], 2),
        (&["--allow-no-exp"], 2),
        (&["--as", "view"], 2),
        (&["--store", "x"], 2),
    ] {
        let called = call(&[&["verify", &token, "--jws"], args].concat())
            .env("JWTSESS_STORE", "/nowhere/sessions.sqlite")
            .env("JWTSESS_PROFILE", "sliding")
            .run();
        assert_eq!(called.exit, exit, "{args:?}: {called}");
        let said = called
            .stderr
            .contains("it only uses the key and the algorithms");
        assert_eq!(said, exit != 2, "{args:?}: {called}");
        let in_batch = call(&[&["verify", "--batch", "--jws"], args].concat())
            .stdin(token.clone())
            .run();
        let exit = if [4, 6].contains(&exit) { 9 } else { exit };
        assert_eq!(in_batch.exit, exit, "{args:?}: {in_batch}");
    }
}

/// Flags of `issue` that set something in the token, each with the profiles that have it, what is typed, and what the token then has.
#[expect(clippy::type_complexity, reason = "a table")]
const SETS: &[(&str, &[&str], &[&str], fn(&Value) -> bool)] = &[
    ("--user", ALL, &["--user", "7"], |it| {
        let claims = &it["payload"];
        ["sub", "user_id", "username"]
            .iter()
            .any(|name| claims[name] == "7")
    }),
    ("--ttl", ALL, &["--ttl", "4m"], |it| {
        claim(it, "exp") == json!(NOW + 240)
    }),
    ("--exp", ALL, &["--exp", "+2m"], |it| {
        claim(it, "exp") == json!(NOW + 120)
    }),
    ("--refresh-ttl", TWO, &["--refresh-ttl", "1h"], |it| {
        let of_refresh = &of_refresh(it)["exp"];
        [of_refresh, &claim(it, "refresh_exp")].contains(&&json!(NOW + 3600))
    }),
    ("--session-max", OURS, &["--session-max", "2h"], |it| {
        it["times"]["renewable_until"] == json!(NOW + 7200)
    }),
    ("--nbf", ALL, &["--nbf", "now"], |it| {
        claim(it, "nbf") == json!(NOW)
    }),
    ("--iss", ALL, &["--iss", "i"], |it| claim(it, "iss") == "i"),
    ("--aud", ALL, &["--aud", "a"], |it| claim(it, "aud") == "a"),
    ("--jti", ALL, &["--jti", "j"], |it| claim(it, "jti") == "j"),
    ("--scope", ALL, &["--scope", "read"], |it| {
        claim(it, "scope") == "read"
    }),
    ("--client-id", ALL, &["--client-id", "c"], |it| {
        claim(it, "client_id") == "c"
    }),
    ("--user-id", ALL, &["--user-id", "7"], |it| {
        [json!(7), json!("7")].contains(&claim(it, "user_id"))
    }),
    ("--email", ALL, &["--email", "e@x"], |it| {
        claim(it, "email") == "e@x"
    }),
    ("--claim", ALL, &["--claim", "role=admin"], |it| {
        claim(it, "role") == "admin"
    }),
    ("--claims", ALL, &["--claims", r#"{"level":3}"#], |it| {
        claim(it, "level") == 3
    }),
    ("--header", ALL, &["--header", "x=1"], |it| {
        header(it, "x") == "1"
    }),
    ("--typ", ALL, &["--typ", "t"], |it| header(it, "typ") == "t"),
    ("--kid", ALL, &["--kid", "k"], |it| header(it, "kid") == "k"),
    ("--alg", ALL, &["--alg", "HS384"], |it| {
        header(it, "alg") == "HS384"
    }),
    // The same by other words.
    ("--claim iss", ALL, &["-c", "iss=other"], |it| {
        claim(it, "iss") == "other"
    }),
    ("--claim aud", ALL, &["-c", "aud=other"], |it| {
        claim(it, "aud") == "other"
    }),
    ("--claim jti", ALL, &["-c", "jti=other"], |it| {
        claim(it, "jti") == "other"
    }),
    ("--claim exp", ALL, &["-c", "exp:=1800000060"], |it| {
        claim(it, "exp") == json!(NOW + 60)
    }),
    ("--claim nbf", ALL, &["-c", "nbf:=5"], |it| {
        claim(it, "nbf") == 5
    }),
    ("--claim scope", ALL, &["-c", "scope=other"], |it| {
        claim(it, "scope") == "other"
    }),
    ("--claim role", ALL, &["-c", "role=other"], |it| {
        claim(it, "role") == "other"
    }),
    (
        "--claims aud",
        ALL,
        &["--claims", r#"{"aud":"other"}"#],
        |it| claim(it, "aud") == "other",
    ),
    (
        "--claims exp",
        ALL,
        &["--claims", r#"{"exp":1800000030}"#],
        |it| claim(it, "exp") == json!(NOW + 30),
    ),
    ("--header typ", ALL, &["--header", "typ=other"], |it| {
        header(it, "typ") == "other"
    }),
    ("--header kid", ALL, &["--header", "kid=other"], |it| {
        header(it, "kid") == "other"
    }),
    ("--header alg", ALL, &["--header", "alg=HS512"], |it| {
        header(it, "alg") == "HS512"
    }),
    ("--header x", ALL, &["--header", "x=other"], |it| {
        header(it, "x") == "other"
    }),
];
const ALL: &[&str] = &["sliding", "pair", "simplejwt", "drf-jwt"];
const OURS: &[&str] = &["sliding", "pair"];
const TWO: &[&str] = &["pair", "simplejwt"];

/// The refresh token's claims.
fn of_refresh(it: &Value) -> Value {
    let payload = it["refresh"]
        .as_str()
        .and_then(|token| token.split('.').nth(1));
    let bytes = payload.and_then(|payload| URL_SAFE_NO_PAD.decode(payload).ok());
    bytes.map_or(Value::Null, |bytes| serde_json::from_slice(&bytes).unwrap())
}

/// Flags of `issue` that set nothing in the token.
const SETS_NOTHING: [&str; 30] = [
    "files",
    "--output",
    "--batch",
    "--store",
    "--no-store",
    "--rehearse",
    "--secret",
    "--key",
    "--key-passphrase",
    "--refresh-secret",
    "--refresh-key",
    "--allow-weak-key",
    "--no-dev-key",
    "--offline",
    "--timeout",
    "--cacert",
    "--allow-http",
    "--refetch",
    "--stale-keys",
    "--profile",
    "--config",
    "--set",
    "--now",
    "--json",
    "--color",
    "--no-input",
    "--quiet",
    "--verbose",
    "--help",
    "--user",
];

/// `-c` comes after `--claims`, as its help says: what it sets wins.
const COMES_AFTER: [&str; 2] = ["--claim", "--claims"];

fn claim(it: &Value, name: &str) -> Value {
    it["payload"][name].clone()
}
fn header(it: &Value, name: &str) -> Value {
    it["header"][name].clone()
}

#[test]
fn of_two_flags_of_issue_each_is_carried_out_or_refused() {
    let sets = SETS.iter().map(|(name, ..)| *name);
    let classified = without_a_value(sets.chain(SETS_NOTHING));
    assert_eq!(
        flags("issue"),
        classified,
        "each flag is in one of the tables"
    );
    let (mut carried_out, mut usage) = (0, 0);
    for profile in ALL {
        // Without it drf-jwt asks for the user's id at each call.
        let set: &[&str] = match *profile {
            "drf-jwt" => &["--set", "JWT_PAYLOAD_INCLUDE_USER_ID=False"],
            _ => &[],
        };
        for (at, (name, profiles, args, holds)) in SETS.iter().enumerate() {
            for (other, others, more, also) in &SETS[at + 1..] {
                let user: &[&str] = if *name == "--user" || *other == "--user" {
                    &[]
                } else {
                    &["--user", "7"]
                };
                let base = ["issue", "--profile", profile, "--json", "--no-store"];
                let called = call(&[&base[..], set, user, args, *more].concat()).run();
                if called.exit == 2 {
                    usage += 1;
                    continue;
                }
                let it: Value = serde_json::from_str(&called.stdout).unwrap();
                let one = holds(&it) || !profiles.contains(profile);
                let two = also(&it) || !others.contains(profile);
                // What a profile's tokens have no place for is said to be left out, by its flag's name.
                let said = |flag: &str| called.stderr.contains(&format!("{flag}: "));
                let after =
                    [name, other].map(|name| name.split(' ').next().unwrap()) == COMES_AFTER;
                assert!(
                    called.exit == 0 && (one || said(name)) && (two || said(other) || after && one),
                    "{profile} {name} {other}: {called}"
                );
                carried_out += 1;
            }
        }
    }
    assert_eq!((carried_out, usage), (1414, 570));
}
