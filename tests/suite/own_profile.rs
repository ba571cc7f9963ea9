//! A server that nobody has heard of, described in a config file alone: its tokens are issued, told apart, verified, renewed and rotated as the file says.
use serde_json::{Map, Value, json};

use crate::process::{Run, RunResult, SECRET, TempDir};

/// The moment of the login.
const LOGIN: i64 = 1_795_680_000;

/// A machine whose config file describes the server.
struct Machine {
    home: TempDir,
}

impl Machine {
    fn new() -> Self {
        Self {
            home: TempDir::new(),
        }
    }

    /// A run so many seconds after the login.
    fn run_at(&self, seconds: i64, args: &[&str]) -> RunResult {
        let config = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/profiles/harbour.toml"
        );
        Run::new(args)
            .home(&self.home)
            .env("JWTSESS_CONFIG", config)
            .env("HARBOUR_JWT_SECRET", SECRET)
            .env("JWTSESS_NOW", (LOGIN + seconds).to_string())
            .run()
    }

    /// The same under the server's profile.
    fn own_at(&self, seconds: i64, args: &[&str]) -> RunResult {
        self.run_at(seconds, &[args, &["--profile", "harbour"]].concat())
    }

    /// What such a run answers that has to succeed.
    fn json_at(&self, seconds: i64, args: &[&str]) -> Value {
        let ran = self.own_at(seconds, &[args, &["--json"]].concat());
        assert_eq!(
            ran.status, 0,
            "{args:?} at {seconds}: {}{}",
            ran.stdout, ran.stderr
        );
        serde_json::from_str(&ran.stdout).unwrap()
    }

    /// The access and the refresh token of a login.
    fn log_in(&self) -> (String, String) {
        pair(&self.json_at(0, &["issue", "--user", "alice", "-c", "dock=north"]))
    }
}

fn pair(answer: &Value) -> (String, String) {
    let text = |name: &str| {
        answer[name]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"))
            .to_owned()
    };
    (text("access"), text("refresh"))
}

/// A token's claims in their order, with a stand-in for what is random, once its form is seen.
fn claims(token: &str) -> Vec<(String, Value)> {
    let ran = Run::new(["decode", token, "--json"]).run();
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        json["header"]
            .as_object()
            .unwrap()
            .iter()
            .collect::<Vec<_>>(),
        [
            (&"typ".to_owned(), &json!("JWT")),
            (&"alg".to_owned(), &json!("HS256"))
        ]
    );
    let mut claims: Map<String, Value> = json["payload"].as_object().unwrap().clone();
    let jti = claims["jti"].as_str().unwrap();
    let is_hex = |one: u8| matches!(one, b'0'..=b'9' | b'a'..=b'f');
    assert!(jti.len() == 20 && jti.bytes().all(is_hex), "{jti}");
    claims["jti"] = json!("20 hex digits");
    if let Some(voyage) = claims.get_mut("voyage") {
        assert_eq!(voyage.as_str().unwrap().len(), 36, "{voyage}");
        *voyage = json!("a UUID");
    }
    claims.into_iter().collect()
}

/// The claims of a token that was made so many seconds after the login, and lives so long.
fn expected(word: &str, made: i64, lives: i64) -> Vec<(String, Value)> {
    let own = |name: &str, value: Value| (name.to_owned(), value);
    vec![
        own("cls", json!(word)),
        own("sub", json!(7)),
        own("berth", json!("B3")),
        own("dock", json!("north")),
        own("voyage", json!("a UUID")),
        own("first", json!(LOGIN)),
        own("iat", json!(LOGIN + made)),
        own("nbf", json!(LOGIN + made)),
        own("exp", json!(LOGIN + made + lives)),
        own("jti", json!("20 hex digits")),
        own("iss", json!("harbour")),
    ]
}

#[test]
fn both_tokens_have_the_claims_in_their_order() {
    let (access, refresh) = Machine::new().log_in();
    assert_eq!(claims(&access), expected("entry", 0, 600));
    assert_eq!(claims(&refresh), expected("stay", 0, 7200));
}

#[test]
fn a_call_changes_what_the_file_says() {
    let machine = Machine::new();
    let changes = [
        "--set",
        "access.ttl=5m",
        "--set",
        "session.max=1h",
        "--set",
        r#"claims=["...", "!berth", "pier = user.berth"]"#,
    ];
    let answer = machine.json_at(0, &[&["issue", "--user", "alice"], &changes[..]].concat());
    let (access, refresh) = pair(&answer);
    let names =
        |token: &str| -> Vec<String> { claims(token).into_iter().map(|(name, _)| name).collect() };
    let order = "cls sub voyage first iat nbf exp jti iss pier".split(' ');
    assert_eq!(names(&access), order.collect::<Vec<_>>());
    let exp = |token: &str| claims(token)[6].1.clone();
    assert_eq!(exp(&access), json!(LOGIN + 300));
    // The session ends before the token would.
    assert_eq!(exp(&refresh), json!(LOGIN + 3600));
}

#[test]
fn the_answer_is_in_the_servers_words() {
    let machine = Machine::new();
    let ran = machine.own_at(0, &["issue", "--user", "alice", "-o", "wire"]);
    let answer: Map<String, Value> = serde_json::from_str(&ran.stdout).unwrap();
    let names: Vec<&String> = answer.keys().collect();
    assert_eq!(names, ["stay", "entry", "until"]);
    assert_eq!(answer["until"], json!(LOGIN + 600));
}

#[test]
fn an_answer_has_nested_members_and_forms_and_what_counts_at_its_moment() {
    let machine = Machine::new();
    let answer = r#"live.answer=["/data/a~1b = access", "header X-Token = access", "left = ttl as ms", "who? = user at login", "/data/until = expires as date", "kind = 'it''s'", "more = [1]", "again = true at renew", "refresh? = refresh", "scope? = scope"]"#;
    let set = ["-o", "wire", "--set", answer];
    let body = |at, words: &[&str]| {
        let ran = machine.own_at(at, &[words, &set].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stdout.trim_end().to_owned()
    };
    let first = body(0, &["issue", "--user", "alice"]);
    let json: Value = serde_json::from_str(&first).unwrap();
    let text = |json: &Value, at: &str| json.pointer(at).unwrap().as_str().unwrap().to_owned();
    let (access, refresh) = (text(&json, "/data/a~1b"), text(&json, "/refresh"));
    assert_eq!(claims(&access)[0].1, json!("entry"));
    let expected = format!(
        r#"{{"data":{{"a/b":"{access}","until":"2026-11-26T08:10:00Z"}},"left":600000,"who":"alice","kind":"it's","more":[1],"refresh":"{refresh}"}}"#
    );
    assert_eq!(first, expected);
    let renewed = body(60, &["renew", &refresh]);
    let json: Value = serde_json::from_str(&renewed).unwrap();
    let access = text(&json, "/data/a~1b");
    let expected = format!(
        r#"{{"data":{{"a/b":"{access}","until":"2026-11-26T08:11:00Z"}},"left":600000,"kind":"it's","more":[1],"again":true}}"#
    );
    assert_eq!(renewed, expected);
}

#[test]
fn the_kinds_are_told_apart_by_the_claim() {
    let machine = Machine::new();
    let (access, refresh) = machine.log_in();
    for (token, kind) in [(&access, "access"), (&refresh, "refresh")] {
        // Its marks are the profile's, which says that nobody else writes them.
        let named = ["--secret", "env:HARBOUR_JWT_SECRET", "--json"];
        let ran = machine.run_at(1, &[&["inspect", token.as_str()], &named[..]].concat());
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(
            (&json["token"]["profile"], &json["token"]["kind"]),
            (&json!("harbour"), &json!(kind)),
            "{json}"
        );
        for asked in ["access", "refresh", "any"] {
            let ran = machine.own_at(1, &["verify", token, "--kind", asked]);
            let fits = asked == kind || asked == "any";
            assert_eq!(
                ran.status,
                if fits { 0 } else { 6 },
                "{kind}: {}",
                ran.stderr
            );
        }
        let ran = machine.own_at(1, &["verify", token]);
        assert_eq!(
            ran.status,
            if kind == "access" { 0 } else { 6 },
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_token_that_breaks_the_profile_is_refused() {
    let machine = Machine::new();
    let whole = json!({
        "cls": "entry", "sub": 7, "berth": "B3", "voyage": "1", "first": LOGIN, "iat": LOGIN, "nbf": LOGIN, "exp": LOGIN + 600, "jti": "0123456789abcdef0123",
        "iss": "harbour"
    });
    let verdict = |claims: &Value| {
        let secret = ["--secret", "env:HARBOUR_JWT_SECRET"];
        let signed = machine.run_at(0, &[&["encode", &claims.to_string()], &secret[..]].concat());
        let ran = machine.own_at(1, &["verify", signed.stdout.trim_end(), "--json"]);
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        format!("{} {}", ran.status, json["verdict"].as_str().unwrap())
    };
    assert_eq!(verdict(&whole), "0 valid");
    for (name, value, expected) in [
        // A word of no kind.
        ("cls", json!("leave"), "6 kind_mismatch"),
        ("sub", json!("7"), "6 claim_malformed"),
        ("berth", Value::Null, "6 claim_missing"),
        ("iss", json!("marina"), "6 issuer_mismatch"),
        ("first", json!(LOGIN - 86_400), "5 session_ended"),
    ] {
        let mut claims = whole.clone();
        if value.is_null() {
            claims.as_object_mut().unwrap().shift_remove(name);
        } else {
            claims[name] = value;
        }
        assert_eq!(verdict(&claims), expected, "{claims}");
    }
}

#[test]
fn it_is_renewed_until_six_hours_after_its_iat() {
    let machine = Machine::new();
    let (access, refresh) = machine.log_in();
    let last = 6 * 3600 - 1;
    for at in [1, 7199, 7200, last] {
        let answer = machine.json_at(at, &["renew", &refresh]);
        let renewed = answer["access"].as_str().unwrap();
        assert_eq!(claims(renewed), expected("entry", at, 600), "at {at}");
        assert_eq!(answer["refresh"], Value::Null, "{answer}");
    }
    let ran = machine.own_at(last + 1, &["renew", &refresh]);
    assert_eq!(ran.status, 5, "{}", ran.stderr);
    // That it can still be renewed makes it no better for anything else.
    let ran = machine.own_at(7200, &["verify", &refresh, "--kind", "refresh"]);
    assert_eq!(ran.status, 5, "{}", ran.stderr);
    let ran = machine.own_at(1, &["renew", &access]);
    assert_eq!(ran.status, 6, "{}", ran.stderr);
}

#[test]
fn it_is_rotated_with_a_grace_and_ends_at_a_reuse() {
    let machine = Machine::new();
    let (_, first) = machine.log_in();
    let (access, second) = pair(&machine.json_at(60, &["rotate", &first]));
    assert_eq!(claims(&access), expected("entry", 60, 600));
    assert_eq!(claims(&second), expected("stay", 60, 7200));
    // Within the grace it is the same successor.
    let (_, again) = pair(&machine.json_at(65, &["rotate", &first]));
    assert_eq!(again, second);
    let (_, third) = pair(&machine.json_at(66, &["rotate", &second]));
    // Behind it somebody has a copy.
    let ran = machine.own_at(77, &["rotate", &second, "--json"]);
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (ran.status, &json["verdict"]),
        (7, &json!("reuse_detected"))
    );
    for command in ["rotate", "renew"] {
        let ran = machine.own_at(78, &[command, &third]);
        assert_eq!(ran.status, 7, "{command}: {}", ran.stderr);
    }
}

#[test]
fn a_logout_ends_its_session() {
    let machine = Machine::new();
    let (_, first) = machine.log_in();
    let (access, second) = pair(&machine.json_at(60, &["rotate", &first]));
    machine.json_at(61, &["revoke", &second]);
    for args in [["rotate", &second], ["renew", &second], ["verify", &access]] {
        let ran = machine.own_at(62, &args);
        assert_eq!(ran.status, 7, "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_user_who_may_have_one_session_loses_the_one_before() {
    let machine = Machine::new();
    let one = ["--set", "session.one_per_user=true"];
    let recorded = ["--set", "session.recorded=login"];
    let ran = machine.own_at(0, &[&["issue", "--user", "alice"], &one[..]].concat());
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("session.recorded"), "{}", ran.stderr);
    let log_in = |at| {
        let login = ["issue", "--user", "alice", "-c", "dock=north"];
        machine.json_at(at, &[&login[..], &one, &recorded].concat())
    };
    let first = log_in(0);
    assert_eq!(first["sessions"], Value::Null, "{first}");
    let second = log_in(1);
    assert_eq!(
        second["sessions"][0]["id"], first["session"]["id"],
        "{second}"
    );
    assert_eq!(second["sessions"].as_array().unwrap().len(), 1, "{second}");
    let (first, second) = (pair(&first).1, pair(&second).1);
    for (token, status) in [(&first, 7), (&second, 0)] {
        let ran = machine.own_at(2, &["renew", token]);
        assert_eq!(ran.status, status, "{}", ran.stderr);
    }
    let login = ["issue", "--user", "alice", "--no-store"];
    let ran = machine.own_at(3, &[&login[..], &one, &recorded].concat());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("is not ended"), "{}", ran.stderr);
    let ran = machine.own_at(4, &["renew", &second]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

#[test]
fn a_token_is_retired_only_when_so_much_of_its_life_has_passed() {
    let machine = Machine::new();
    let (_, first) = machine.log_in();
    let late = ["--set", "rotate.when=after 70%"];
    let rotate = |at, token: &str| machine.json_at(at, &[&["rotate", token], &late[..]].concat());
    let due = 7200 * 7 / 10;
    let (access, kept) = pair(&rotate(due - 1, &first));
    assert_eq!(kept, first);
    assert_eq!(claims(&access), expected("entry", due - 1, 600));
    let (access, second) = pair(&rotate(due, &first));
    assert_eq!(claims(&access), expected("entry", due, 600));
    assert_eq!(claims(&second), expected("stay", due, 7200));
    let ran = machine.own_at(due + 11, &["rotate", &first]);
    assert_eq!(ran.status, 7, "{}", ran.stderr);
}

#[test]
fn what_is_forgiven_is_counted_in_uses_or_lasts_until_the_successor_is_used() {
    struct Grace(Machine, String, Vec<String>);
    impl Grace {
        fn of(changes: &[&str]) -> Self {
            let machine = Machine::new();
            let (_, first) = machine.log_in();
            let set = changes.iter().flat_map(|set| ["--set", set]);
            let set = set.map(str::to_owned).collect();
            Self(machine, first, set)
        }
        /// Rotates the first token again.
        fn again(&self, at: i64) -> RunResult {
            let set: Vec<&str> = self.2.iter().map(String::as_str).collect();
            let rotate = ["rotate", self.1.as_str(), "--json"];
            self.0.own_at(at, &[&rotate[..], &set].concat())
        }
        fn given(&self, at: i64) -> String {
            let ran = self.again(at);
            assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
            pair(&serde_json::from_str(&ran.stdout).unwrap()).1
        }
        fn is_refused(&self, at: i64) {
            let ran = self.again(at);
            assert_eq!(ran.status, 7, "{}{}", ran.stdout, ran.stderr);
        }
    }
    let grace = Grace::of(&["rotate.grace=1 use", "rotate.again=sibling"]);
    let (second, third) = (grace.given(60), grace.given(600));
    assert_ne!(second, third);
    grace.is_refused(601);
    let ran = grace.0.own_at(602, &["renew", &third]);
    assert_eq!(ran.status, 7, "{}", ran.stderr);

    let grace = Grace::of(&["rotate.grace=until-used"]);
    let second = grace.given(60);
    assert_eq!(grace.given(3600), second);
    grace.0.json_at(3601, &["renew", &second]);
    grace.is_refused(3602);

    let grace = Grace::of(&["rotate.again=sibling"]);
    let (second, third) = (grace.given(60), grace.given(69));
    assert_ne!(second, third);
    for token in [&second, &third] {
        grace.0.json_at(69, &["renew", token]);
    }
    grace.is_refused(70);

    // What a count forgives is told by the siblings.
    let grace = Grace::of(&["rotate.grace=1 use"]);
    let ran = grace.again(60);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("rotate.again"), "{}", ran.stderr);
}

#[test]
fn an_end_that_a_call_brought_forward_is_counted_by_every_later_call() {
    let machine = Machine::new();
    let sliding = |at, args: &[&str]| {
        let named = ["--profile", "sliding", "--secret", "env:HARBOUR_JWT_SECRET"];
        machine.run_at(at, &[args, &named, &["--json", "--no-store"]].concat())
    };
    let token = |ran: &RunResult| -> String {
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        json["access"].as_str().unwrap().to_owned()
    };
    let first = token(&sliding(0, &["issue", "--user", "alice"]));
    let second = token(&sliding(3000, &["renew", &first, "--session-max", "90m"]));
    let ran = sliding(5399, &["verify", &second]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    for args in [&["verify", &second][..], &["renew", &second]] {
        let ran = sliding(5400, args);
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(ran.status, 5, "{json}");
        let mut findings = json["findings"].as_array().unwrap().iter();
        let ended = findings.find(|one| one["code"] == "session_ended");
        assert_eq!(ended.unwrap()["claim"], "session_exp", "{json}");
    }
    // What is asked for takes the place of the claim, also where it is later.
    let ran = sliding(5399, &["renew", &second, "--session-max", "1d"]);
    let third = token(&ran);
    let ran = sliding(7000, &["verify", &third]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
}
