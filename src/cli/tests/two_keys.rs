//! Refresh tokens with a key of their own: what signs and checks which token, what the key tells of an unmarked one, and what is said where a key is missing.
use serde_json::Value as Json;

use crate::cli::commands::testing::Machine;
use crate::cli::testing::{Call, CallResult};

const ACCESS: &str = "a-secret-of-access-tokens-alone-0123456789";
const REFRESH: &str = "a-secret-of-refresh-tokens-alone-0123456789";
const BOTH: [&str; 4] = ["--secret", "env:ACCESS", "--refresh-secret", "env:REFRESH"];

fn call(machine: &Machine, args: &[&str]) -> Call {
    machine
        .call(args)
        .env("JWTSESS_SECRET", "env:ACCESS")
        .env("ACCESS", ACCESS)
        .env("REFRESH", REFRESH)
}

fn run(machine: &Machine, args: &[&str]) -> CallResult {
    call(machine, args).run()
}

fn json(machine: &Machine, args: &[&str]) -> Json {
    let called = run(machine, &[args, &["--json"]].concat());
    serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"))
}

fn pair(machine: &Machine, args: &[&str]) -> (String, String) {
    let printed = json(machine, args);
    let text = |name: &str| {
        let text = printed[name].as_str();
        text.unwrap_or_else(|| panic!("{printed}")).to_owned()
    };
    (text("access"), text("refresh"))
}

fn node_pair(machine: &Machine) -> (String, String) {
    let issue = ["issue", "--user", "alice", "--user-id", "7"];
    pair(
        machine,
        &[&issue[..], &BOTH, &["--profile", "node-pair"]].concat(),
    )
}

fn said(called: &CallResult) -> String {
    let words: Vec<&str> = called.stderr.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn the_key_tells_the_kind_of_an_unmarked_token() {
    let machine = Machine::new();
    let (access, refresh) = node_pair(&machine);
    for (token, kind) in [(&access, "access"), (&refresh, "refresh")] {
        let named = [&BOTH[..], &["--profile", "node-pair"]].concat();
        let inspected = json(&machine, &[&["inspect", token][..], &named].concat());
        assert_eq!(inspected["token"]["kind"], kind, "{inspected}");
        assert_eq!(inspected["token"]["trust"], "verified", "{inspected}");
        for asked in ["access", "refresh", "any"] {
            let args = [&["verify", "--kind", asked, token][..], &named].concat();
            let expected = if asked == kind || asked == "any" {
                0
            } else {
                6
            };
            assert_eq!(run(&machine, &args).exit, expected, "{kind} {args:?}");
        }
        let usual = run(&machine, &[&["verify", token][..], &named].concat());
        assert_eq!(usual.exit == 0, kind == "access", "{usual}");
    }
    let lines = format!("{access}\n{refresh}\n");
    for store in [&[][..], &["--no-store"]] {
        let args = [
            &["verify", "--batch", "--profile", "node-pair"],
            &BOTH[..],
            store,
        ]
        .concat();
        let batch = call(&machine, &args).stdin(lines.as_bytes()).run();
        assert_eq!(batch.exit, 9, "{batch}");
        let lines: Vec<&str> = batch.stdout.lines().collect();
        assert!(lines[0].contains("valid"), "{batch}");
        assert!(lines[1].contains("kind mismatch"), "{batch}");
    }
}

#[test]
fn a_successor_that_would_be_the_same_token_is_none() {
    let machine = Machine::new();
    let (_, refresh) = node_pair(&machine);
    let rotate = [
        &["rotate", &refresh][..],
        &BOTH,
        &["--profile", "node-pair"],
    ]
    .concat();
    // These tokens have no id: nothing but their seconds tells them apart.
    let at_once = call(&machine, &rotate).run();
    assert_eq!(at_once.exit, 0, "{at_once}");
    assert!(at_once.stdout.contains(&refresh), "{at_once}");
    assert!(said(&at_once).contains("the given token comes back as it is: it has no id"));
    let later = call(&machine, &rotate).later(1).run();
    assert!(
        later.exit == 0 && !later.stdout.contains(&refresh),
        "{later}"
    );
    let again = call(&machine, &rotate).later(2).run();
    assert_eq!(again.exit, 7, "{again}");
}

#[test]
fn each_kind_is_renewed_and_rotated_with_its_own_key() {
    let machine = Machine::new();
    for (profile, more) in [
        ("node-pair", &["--user-id", "7"][..]),
        ("pair", &[]),
        ("flask-jwt-extended", &[]),
    ] {
        let named = [&BOTH[..], &["--profile", profile]].concat();
        let issue = [&["issue", "--user", "alice"], more, &named].concat();
        let (_, refresh) = pair(&machine, &issue);
        let later = &["--now", "+10s"][..];
        let renewed = json(
            &machine,
            &[&["renew", &refresh][..], later, &named].concat(),
        );
        assert_eq!(renewed["key"]["source"], "env:ACCESS", "{renewed}");
        let access = renewed["access"].as_str().unwrap_or_default();
        let verified = run(&machine, &[&["verify", access][..], later, &named].concat());
        assert_eq!(verified.exit, 0, "{profile}: {verified}");
        if profile == "flask-jwt-extended" {
            continue;
        }
        let (access, next) = pair(
            &machine,
            &[&["rotate", &refresh][..], later, &named].concat(),
        );
        for (token, kind, key) in [
            (&access, "access", "env:ACCESS"),
            (&next, "refresh", "env:REFRESH"),
        ] {
            let verify = ["verify", "--kind", kind, token, "--profile", profile];
            let alone = [&verify[..], later, &["--secret", key]].concat();
            let alone = json(&machine, &alone);
            assert!(
                alone["findings"]
                    .to_string()
                    .contains("made by a given key"),
                "{profile} {kind}: {alone}"
            );
            let both = run(
                &machine,
                &[&["verify", "--kind", kind, token][..], later, &named].concat(),
            );
            assert_eq!(both.exit, 0, "{profile} {kind}: {both}");
        }
        let again = run(
            &machine,
            &[&["rotate", &refresh][..], later, &named].concat(),
        );
        assert_eq!(again.exit, 7, "{profile}: {again}");
    }
}

#[test]
fn the_current_tokens_and_those_of_a_retry_are_signed_again_each_with_its_key() {
    let machine = Machine::new();
    let (_, refresh) = node_pair(&machine);
    let named = [&BOTH[..], &["--profile", "node-pair"]].concat();
    let rotate = ["rotate", &refresh, "--reuse-grace", "10s"];
    let later = [&rotate[..], &["--now", "+5s"], &named].concat();
    let first = pair(&machine, &later);
    assert_eq!(
        pair(&machine, &[&rotate[..], &["--now", "+8s"], &named].concat()),
        first
    );
    let listed = json(&machine, &["session", "list"]);
    let id = listed["sessions"][0]["id"].as_str().unwrap_or_default();
    let again = [&["rotate", "--session", id, "--now", "+9s"], &BOTH[..]].concat();
    assert_eq!(pair(&machine, &again), first);
}

#[test]
fn a_refresh_token_under_the_access_key_is_told_which_key_it_needs() {
    let machine = Machine::new();
    let (_, refresh) = node_pair(&machine);
    for command in ["renew", "rotate", "verify", "inspect"] {
        let called = run(&machine, &[command, &refresh, "--profile", "node-pair"]);
        let expected = if command == "inspect" { 0 } else { 4 };
        assert_eq!(called.exit, expected, "{command}: {called}");
        let all = format!(
            "{} {}",
            called
                .stdout
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            said(&called)
        );
        assert!(
            all.contains("--refresh-secret env:NAME or --refresh-key FILE"),
            "{command}: {all}"
        );
    }
}

#[test]
fn one_key_for_both_kinds_is_said_and_an_equal_one_is_warned_of() {
    let machine = Machine::new();
    let issue = [
        "issue",
        "--user",
        "alice",
        "--user-id",
        "7",
        "--profile",
        "node-pair",
    ];
    let one = run(&machine, &issue);
    assert_eq!(one.exit, 0, "{one}");
    assert!(
        said(&one).contains("one key signs access and refresh tokens"),
        "{one}"
    );
    let equal = [
        &issue[..],
        &["--refresh-secret", "env:ACCESS", "--now", "+1s"],
    ]
    .concat();
    let equal = run(&machine, &equal);
    assert_eq!(equal.exit, 0, "{equal}");
    assert!(
        said(&equal).contains("warning: access and refresh tokens have the same key"),
        "{equal}"
    );
    for shown in [ACCESS, REFRESH] {
        assert!(!equal.to_string().contains(shown));
    }
}

#[test]
fn what_can_not_sign_refresh_tokens_is_refused() {
    let machine = Machine::new();
    let public = machine.home.file(
        "public.pem",
        include_str!("../../../tests/fixtures/keys/rsa-2048.spki.pem"),
    );
    let issue = [
        "issue",
        "--user",
        "alice",
        "--user-id",
        "7",
        "--profile",
        "node-pair",
    ];
    let called = run(
        &machine,
        &[&issue[..], &["--refresh-key", &public]].concat(),
    );
    assert_eq!(called.exit, 1, "{called}");
    assert!(
        said(&called).contains("refresh tokens can't be signed: a public key"),
        "{called}"
    );
    assert_eq!(called.stdout, "");
    for (profile, words) in [
        ("sliding", "sliding has no refresh token"),
        ("simplejwt", "signs both tokens with one key"),
        ("simplejwt-sliding", "has no refresh token"),
    ] {
        let args = [
            "issue",
            "--user",
            "1",
            "--profile",
            profile,
            "--refresh-secret",
            "env:REFRESH",
        ];
        let called = run(&machine, &args);
        assert_eq!(called.exit, 2, "{called}");
        assert!(said(&called).contains(words), "{called}");
    }
    for set in [
        "refresh.secret=env:REFRESH",
        "refresh.key=a.pem",
        "refresh.alg=HS512",
    ] {
        let called = run(
            &machine,
            &[
                "issue",
                "--user",
                "1",
                "--profile",
                "simplejwt",
                "--set",
                set,
            ],
        );
        assert_eq!(called.exit, 2, "{called}");
        assert!(
            said(&called).contains("signs all its tokens with one key"),
            "{called}"
        );
    }
    let empty = [&issue[..], &["--refresh-secret", "env:NOWHERE"]].concat();
    let empty = run(&machine, &empty);
    assert_eq!(empty.exit, 1, "{empty}");
    assert!(said(&empty).contains("env:NOWHERE"), "{empty}");
}

#[test]
fn a_profile_says_where_each_key_is() {
    let machine = Machine::new();
    let config = machine.home.file(
        "config.toml",
        "[profiles.app]\nextends = 'node-pair'\naccess.secret = 'env:ACCESS'\nrefresh.secret = 'env:REFRESH'\nusers = [{ name = 'alice', id = 7 }]\n",
    );
    let app = |args: &[&str]| {
        let args = [args, &["--profile", "app", "--config", &config]].concat();
        // What the profile says is behind flags and variables.
        let call = Call::new(&args).env("HOME", machine.home.path());
        call.env("ACCESS", ACCESS).env("REFRESH", REFRESH).run()
    };
    let issued = app(&["issue", "--user", "alice", "--json"]);
    let issued: Json = serde_json::from_str(&issued.stdout).unwrap_or_else(|_| panic!("{issued}"));
    let refresh = issued["refresh"].as_str().unwrap_or_default();
    let kind = |asked: &str| app(&["verify", "--kind", asked, refresh]).exit;
    assert_eq!((kind("refresh"), kind("access")), (0, 6));
    let wire = app(&["rotate", refresh, "-o", "wire", "--now", "+2s"]);
    let wire: Json = serde_json::from_str(&wire.stdout).unwrap_or_else(|_| panic!("{wire}"));
    assert!(wire["refresh_token"].is_string(), "{wire}");
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one key, and each way to say its algorithm"
)]
fn an_algorithm_of_the_profile_signs_where_the_key_has_several() {
    let machine = Machine::new();
    let private = machine.home.file(
        "private.pem",
        include_str!("../../../tests/fixtures/keys/rsa-2048.pkcs8.pem"),
    );
    let key = ["--key", &private];
    let alg = |set: &[&str]| {
        let issue = [
            &[
                "issue",
                "--user",
                "alice",
                "--profile",
                "pair",
                "--no-store",
            ],
            &key[..],
            set,
        ];
        json(&machine, &issue.concat())["token"]["alg"].clone()
    };
    assert_eq!(alg(&[]), "RS256");
    assert_eq!(alg(&["--set", "alg=PS256"]), "PS256");
    assert_eq!(alg(&["--set", "alg=ES256,PS384,RS256"]), "PS384");
    assert_eq!(alg(&["--set", "alg=PS256", "--alg", "RS512"]), "RS512");
    assert_eq!(alg(&["--set", "refresh.alg=PS512"]), "RS256");
    let server = [
        "issue",
        "--user",
        "1",
        "--profile",
        "simplejwt",
        "--no-store",
        "--set",
        "alg=HS384",
    ];
    assert_eq!(json(&machine, &server)["token"]["alg"], "HS384");
    let issue = [
        "issue",
        "--user",
        "alice",
        "--profile",
        "pair",
        "--set",
        "alg=ES256",
    ];
    let none = run(&machine, &[&issue[..], &key].concat());
    assert_eq!(none.exit, 1, "{none}");
    assert!(
        said(&none).contains("no private key supports that algorithm"),
        "{none}"
    );
    let unknown = run(&machine, &[&issue[..6], &["alg=RS265"], &key].concat());
    assert_eq!(unknown.exit, 2, "{unknown}");
    assert!(
        said(&unknown).contains("`RS265` is no algorithm"),
        "{unknown}"
    );
    let own = pair(
        &machine,
        &[
            &[
                "issue",
                "--user",
                "alice",
                "--profile",
                "pair",
                "--set",
                "refresh.alg=PS512",
            ],
            &key[..],
        ]
        .concat(),
    );
    for (token, kind, asked) in [(&own.0, "access", "RS256"), (&own.1, "refresh", "PS512")] {
        for (set, exit) in [(asked, 0), ("ES256", 4)] {
            let set = format!("{kind}.alg={set}");
            let args = [
                "verify",
                "--kind",
                kind,
                token,
                "--profile",
                "pair",
                "--set",
                &set,
            ];
            let verified = run(&machine, &[&args[..], &key].concat());
            assert_eq!(verified.exit, exit, "{set}: {verified}");
        }
    }
    let renewed = json(
        &machine,
        &[
            &[
                "renew",
                &own.1,
                "--profile",
                "pair",
                "--set",
                "refresh.alg=PS512",
                "--set",
                "access.alg=RS384",
            ],
            &key[..],
        ]
        .concat(),
    );
    assert_eq!(renewed["token"]["alg"], "RS384", "{renewed}");
}

#[test]
fn keycloak_s_refresh_tokens_are_made_and_checked_by_who_has_their_key_alone() {
    let machine = Machine::new();
    let private = machine.home.file(
        "private.pem",
        include_str!("../../../tests/fixtures/keys/rsa-2048.pkcs8.pem"),
    );
    let named = ["--profile", "keycloak", "--key", &private];
    let with = [&named[..], &["--refresh-secret", "env:REFRESH"]].concat();
    let issue = [
        "issue",
        "--user",
        "alice",
        "--client-id",
        "web",
        "--iss",
        "https://realm",
    ];
    let without = run(&machine, &[&issue[..], &named].concat());
    assert_eq!(without.exit, 0, "{without}");
    assert!(!without.stdout.contains("REFRESH_TOKEN"), "{without}");
    assert!(
        said(&without).contains("never leaves its server"),
        "{without}"
    );
    let (_, refresh) = pair(&machine, &[&issue[..], &with].concat());
    let verify = ["verify", "--kind", "refresh"];
    let rotate = ["rotate", "--set", "rotate.when=always"];
    for command in [&verify[..], &["renew"], &rotate] {
        let called = run(&machine, &[command, &[&refresh], &named].concat());
        assert_eq!(called.exit, 1, "{command:?}: {called}");
        let words = "a key that never leaves its server, which alone can renew and rotate them";
        assert!(said(&called).contains(words), "{command:?}: {called}");
        let called = run(&machine, &[command, &[&refresh], &with].concat());
        assert_eq!(called.exit, 0, "{command:?}: {called}");
    }
}

#[test]
fn a_profile_can_name_every_algorithm_that_signs() {
    use crate::core::algorithm::Algorithm;
    use crate::core::profile::language::forms::ALGORITHMS;
    assert_eq!(ALGORITHMS, Algorithm::ALL.map(Algorithm::name));
}
