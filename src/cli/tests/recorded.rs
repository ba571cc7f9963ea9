//! Tokens that real Django servers made and were sent: they verify, inspect and renew here as they were recorded.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::testing::{Call, CallResult, Folder};

const KNOWN: &str = include_str!("../../../tests/vectors/django-known-answers.json");
const EXCHANGES: &str = include_str!("../../../tests/vectors/django-exchanges.json");

/// A call that answers in JSON, with the servers' secret at hand.
pub(super) fn asked(args: &[&str], now: i64) -> (Json, CallResult) {
    let called = call(args, now).run();
    let json = serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"));
    (json, called)
}

/// The same call, before it is made.
pub(super) fn call(args: &[&str], now: i64) -> Call {
    let file: Json = serde_json::from_str(KNOWN).unwrap();
    let now = now.to_string();
    let args = [args, &["--now", &now, "--json", "--quiet"]].concat();
    Call::new(&args)
        .env("JWTSESS_SECRET", "env:SIGNING_KEY")
        .env("SIGNING_KEY", file["key"].as_str().unwrap())
}

#[test]
fn the_known_answer_tokens_verify_and_are_recognised() {
    let file: Json = serde_json::from_str(KNOWN).unwrap();
    let tokens = file["tokens"].as_array().unwrap();
    assert_eq!(tokens.len(), 7);
    for known in tokens {
        let text = |name: &str| known[name].as_str().unwrap();
        let (token, profile, kind) = (text("token"), text("profile"), text("kind"));
        let now = file["now"].as_i64().unwrap() + 1;
        for args in [
            &["verify", token, "--kind", kind][..],
            &["verify", token, "--kind", kind, "--profile", profile],
            &["inspect", token],
            &["inspect", token, "--profile", profile],
        ] {
            // The secret is shorter than HS512 asks for, which its server does not mind, and so its profile.
            let named = args.contains(&"--profile");
            let mut args = args.to_vec();
            args.extend((!named).then_some("--allow-weak-key"));
            let (json, called) = asked(&args, now);
            assert_eq!(called.exit, 0, "{} {args:?} {called}", text("name"));
            assert_eq!(json["verdict"], "valid", "{} {args:?}", text("name"));
            assert_eq!(json["token"]["profile"], profile, "{args:?}");
            assert_eq!(json["token"]["kind"], kind, "{args:?}");
            assert_eq!(json["token"]["trust"], "verified", "{args:?}");
        }
        let late = ["verify", token, "--kind", kind, "--allow-weak-key"];
        let (json, called) = asked(&late, now + 90_000);
        assert_eq!(called.exit, 5, "{called}");
        assert_eq!(json["verdict"], "expired");
    }
}

/// The users of the servers that made the known answers.
const USERS_FILE: &str = r#"
[profiles.fork]
extends = "drf-jwt"
users = [{name = "alice", id = 1, email = "alice@example.com"}]
[profiles.legacy]
extends = "drf-jwt-legacy"
users = [{name = "alice", id = 1, email = "alice@example.com"}]
"#;

#[test]
fn the_known_answers_come_out_of_issue_and_of_encode_character_for_character() {
    let file: Json = serde_json::from_str(KNOWN).unwrap();
    let folder = Folder::new();
    let config = folder.file("config.toml", USERS_FILE);
    let (first, second) = (format!("{:032}", 1), format!("{:032}", 2));
    let second = format!("jti={second}");
    let uuid = "00000000-0000-4000-8000-000000000001";
    let simplejwt = ["--profile", "simplejwt", "--user", "1"];
    let access = [&simplejwt[..], &["-o", "access", "--jti", &first]].concat();
    let refresh = [&simplejwt[..], &["-o", "refresh", "-c", &second]].concat();
    let alice = ["--user", "alice", "--config", &config];
    let issued: [Vec<&str>; 7] = [
        access.clone(),
        refresh.clone(),
        [&access[..], &["--set", "ALGORITHM=HS384"]].concat(),
        [&access[..], &["--set", "ALGORITHM=HS512"]].concat(),
        [&refresh[..], &["-c", "name=Zoë"]].concat(),
        [&alice[..], &["--profile", "fork", "--jti", uuid]].concat(),
        [&alice[..], &["--profile", "legacy"]].concat(),
    ];
    for (known, args) in file["tokens"].as_array().unwrap().iter().zip(issued) {
        let (token, name) = (known["token"].as_str().unwrap(), &known["name"]);
        let printed = |args: &[&str]| {
            let called = Call::new(&[args, &["--now", "1700000000", "-q"]].concat())
                .env("JWTSESS_SECRET", "env:SIGNING_KEY")
                .env("SIGNING_KEY", file["key"].as_str().unwrap())
                .run();
            assert_eq!(called.exit, 0, "{name}: {called}");
            called.stdout.trim_end().to_owned()
        };
        assert_eq!(
            printed(&[&["issue", "--no-store"], &args[..]].concat()),
            token,
            "{name}"
        );
        let payload = printed(&["decode", token, "--part", "payload"]);
        let header: Json =
            serde_json::from_str(&printed(&["decode", token, "--part", "header"])).unwrap();
        let alg = header["alg"].as_str().unwrap();
        let profile = known["profile"].as_str().unwrap();
        let encoded = printed(&["encode", &payload, "--profile", profile, "--alg", alg]);
        assert_eq!(encoded, token, "{name}");
        let decoded = printed(&["decode", token, "--json"]);
        let again = printed(&["encode", &decoded, "--alg", alg, "--allow-weak-key"]);
        assert_eq!(again, token, "{name}");
    }
}

/// A recorded request, with the flags that a call needs to be that server.
pub(super) struct Recorded {
    exchange: Json,
    pub(super) flags: Vec<String>,
    pub(super) now: i64,
}

impl Recorded {
    pub(super) fn text(&self, name: &str) -> &str {
        self.exchange[name].as_str().unwrap_or_default()
    }
    fn takes_sliding_tokens(&self) -> bool {
        let classes = &self.exchange["set"]["AUTH_TOKEN_CLASSES"];
        classes
            .as_str()
            .is_some_and(|classes| classes.contains("Sliding"))
    }
}

/// The servers' public keys, in a file.
pub(super) fn jwks(folder: &Folder) -> String {
    let file: Json = serde_json::from_str(EXCHANGES).unwrap();
    folder.file("jwks.json", file["jwks"].to_string())
}

/// Every recorded exchange.
pub(super) fn exchanges(jwks: &str) -> Vec<Recorded> {
    let file: Json = serde_json::from_str(EXCHANGES).unwrap();
    let recorded = |exchange: &Json| {
        let mut flags = Vec::new();
        let mut is_rsa = false;
        for (name, value) in exchange["set"].as_object().unwrap() {
            let value = value.as_str().unwrap();
            is_rsa |= name == "ALGORITHM" && value.starts_with("RS");
            flags.extend(["--set".to_owned(), format!("{name}={value}")]);
        }
        if is_rsa {
            flags.extend(["--key".to_owned(), jwks.to_owned()]);
        }
        // In whole seconds: the one that counts is the one that had begun.
        let now = exchange["now"].as_f64().unwrap().floor();
        Recorded {
            exchange: exchange.clone(),
            flags,
            now: format!("{now}").parse().unwrap(),
        }
    };
    let exchanges = file["exchanges"].as_array().unwrap();
    exchanges.iter().map(recorded).collect()
}

/// Minted a second after the recorded moment, which is in whole seconds.
const TICKED: [&str; 2] = ["G1 login access", "M2 refresh for an inactive user access"];

/// A token that a server minted, with what a call needs to be that server.
#[derive(Clone)]
pub(super) struct Minted {
    pub(super) what: String,
    pub(super) token: String,
    pub(super) profile: String,
    pub(super) kind: &'static str,
    pub(super) flags: Vec<String>,
    pub(super) now: i64,
    pub(super) is_rsa: bool,
}

impl Minted {
    /// Without `orig_iat` nothing marks drf-jwt's, and one of simplejwt's marks is the claim `user_id`.
    pub(super) fn is_unmarked(&self) -> bool {
        let renamed = |flag: &String| flag.contains("USER_ID_CLAIM");
        ["norefresh", "no user_id"]
            .iter()
            .any(|one| self.what.contains(one))
            || self.flags.iter().any(renamed)
    }
}

/// The tokens of the known answers, in the second after they were made.
pub(super) fn known_answers() -> Vec<Minted> {
    let file: Json = serde_json::from_str(KNOWN).unwrap();
    let known = |known: &Json| {
        let text = |name: &str| known[name].as_str().unwrap().to_owned();
        Minted {
            what: text("name"),
            token: text("token"),
            profile: text("profile"),
            kind: if text("kind") == "refresh" {
                "refresh"
            } else {
                "access"
            },
            flags: Vec::new(),
            now: file["now"].as_i64().unwrap() + 1,
            is_rsa: false,
        }
    };
    file["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(known)
        .collect()
}

/// Every token that a server minted.
pub(super) fn minted(folder: &Folder) -> Vec<Minted> {
    let mut all = Vec::new();
    for recorded in exchanges(&jwks(folder)) {
        let minted = recorded.exchange["minted"].as_array().cloned();
        for one in minted.unwrap_or_default() {
            let field = one["field"].as_str().unwrap();
            let what = format!("{} {field}", recorded.text("name"));
            all.push(Minted {
                token: one["token"].as_str().unwrap().to_owned(),
                profile: match (recorded.text("stack"), field) {
                    ("simplejwt", "token") => "simplejwt-sliding".to_owned(),
                    (stack, _) => stack.to_owned(),
                },
                kind: if field == "refresh" {
                    "refresh"
                } else {
                    "access"
                },
                flags: recorded.flags.clone(),
                now: recorded.now + i64::from(TICKED.contains(&what.as_str())),
                is_rsa: recorded.exchange["set"]["ALGORITHM"] == "RS256",
                what,
            });
        }
    }
    assert_eq!(all.len(), 84);
    all
}

#[test]
fn every_token_that_a_server_minted_holds_and_is_recognised() {
    let folder = Folder::new();
    for minted in minted(&folder) {
        let (what, token, kind) = (&minted.what, minted.token.as_str(), minted.kind);
        let profile = minted.profile.as_str();
        let mut args = vec!["verify", token, "--kind", kind, "--profile", profile];
        args.extend(minted.flags.iter().map(String::as_str));
        let (json, called) = asked(&args, minted.now);
        // Its views refuse a token without a user, though its refresh view makes one.
        let userless = what.contains("no user_id access");
        let verdict = if userless { "claim_missing" } else { "valid" };
        assert_eq!(json["verdict"], verdict, "{what} {called}");
        let (json, _) = asked(&["inspect", token, "--allow-weak-key"], minted.now);
        let recognised = if minted.is_unmarked() {
            "plain"
        } else {
            profile
        };
        assert_eq!(json["token"]["profile"], recognised, "{what}");
        if what.contains("norefresh") {
            assert_eq!(json["token"]["kind"], Json::Null, "{what}");
        } else {
            assert_eq!(json["token"]["kind"], kind, "{what}");
        }
        let verdict = if minted.is_rsa {
            "algorithm_not_allowed"
        } else {
            "valid"
        };
        assert_eq!(json["verdict"], verdict, "{what}");
    }
}

const USERS: &str = "the server asked its users";
const LISTED: &str = "the server asked its blacklist";
const PASSWORD: &str = "the server asked for the user's password";

/// Sent tokens that are judged otherwise than the server did: the exchange, and why.
const JUDGED_OTHERWISE: [(&str, &str); 32] = [
    ("A23", LISTED),
    ("A24", LISTED),
    ("A28", LISTED),
    ("A29", LISTED),
    ("A34", USERS),
    ("A35", USERS),
    ("A61", USERS),
    ("A62", USERS),
    ("E5", LISTED),
    ("H15", PASSWORD),
    ("H16", PASSWORD),
    ("H18", PASSWORD),
    ("L4", LISTED),
    ("P25", USERS),
    ("P26", USERS),
    ("P36", USERS),
    ("P37", USERS),
    ("Q25", USERS),
    ("Q26", USERS),
    ("Q36", USERS),
    ("Q37", USERS),
    ("R5", LISTED),
    ("R6", LISTED),
    ("R7", LISTED),
    ("R8", LISTED),
    ("R11", LISTED),
    ("S2", LISTED),
    ("T4", LISTED),
    ("A49", "the server has one algorithm; here the key decides"),
    ("A59", "the server reads base64url with padding"),
    ("A60", "the server's verify view takes a token of any type"),
    ("U1", "the server finds its key by kid alone"),
];

#[test]
fn a_token_that_was_sent_is_judged_as_the_server_judged_it() {
    let folder = Folder::new();
    let mut otherwise = Vec::new();
    let mut sent = 0;
    for recorded in exchanges(&jwks(&folder)) {
        let (profile, kind) = match (recorded.text("stack"), recorded.text("view")) {
            (_, "login") => continue,
            ("simplejwt", "sliding-refresh") => ("simplejwt-sliding", "access"),
            ("simplejwt", "refresh" | "blacklist") => ("simplejwt", "refresh"),
            ("simplejwt", "verify") => ("simplejwt", "any"),
            ("simplejwt", "view") if recorded.takes_sliding_tokens() => {
                ("simplejwt-sliding", "access")
            }
            (stack, _) => (stack, "access"),
        };
        let token = recorded.text("token");
        let mut args = if recorded.text("view").ends_with("refresh") {
            vec!["renew", token, "--profile", profile]
        } else {
            vec!["verify", token, "--kind", kind, "--profile", profile]
        };
        args.extend(recorded.flags.iter().map(String::as_str));
        let (_, called) = asked(&args, recorded.now);
        let status = recorded.exchange["status"].as_u64().unwrap();
        if (200..300).contains(&status) != (called.exit == 0) {
            otherwise.push(recorded.text("name").to_owned());
        }
        sent += 1;
    }
    assert_eq!(sent, 203);
    let is = |name: &str, start: &str| {
        let rest = name.strip_prefix(start);
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    let unexplained: Vec<_> = otherwise
        .iter()
        .filter(|name| !JUDGED_OTHERWISE.iter().any(|(start, _)| is(name, start)))
        .collect();
    assert_eq!(unexplained, [""; 0]);
    for (start, why) in JUDGED_OTHERWISE {
        let found = otherwise.iter().any(|name| is(name, start));
        assert!(
            found,
            "{start}: judged as the server did, whatever this says: {why}"
        );
    }
}
