//! Tokens of other stacks than Django REST, recorded from their servers or made up in their shape: whose each looks like, and what tells its kind.
use serde_json::{Value, json};

use crate::process::{Run, RunResult, SECRET, TempDir};
use crate::stack_recorded::{Recorded, Recording, recorded};

/// What a token is told to be, where nobody names a profile.
#[derive(Debug, PartialEq)]
struct TokenFacts {
    verdict: &'static str,
    trust: &'static str,
    looks_like: &'static str,
    /// None: nothing in it tells.
    kind: Option<&'static str>,
}

/// A token that the right key verifies.
const fn verified(looks_like: &'static str, kind: Option<&'static str>) -> TokenFacts {
    let verdict = match kind {
        Some(kind) if !matches!(kind.as_bytes(), b"access") => "kind_mismatch",
        _ => "valid",
    };
    TokenFacts {
        verdict,
        trust: "verified",
        looks_like,
        kind,
    }
}

/// What stacks of these names write.
fn told(recording: &str, token: &str) -> TokenFacts {
    let kind = token.trim_end_matches('2').trim_end_matches("_token");
    let pair = Some(if kind == "refresh" {
        "refresh"
    } else {
        "access"
    });
    match (recording, kind) {
        ("flask-jwt-extended" | "flask-jwt-extended-rotate" | "flask-jwt-extended-cookies", _) => {
            verified("flask-jwt-extended", pair)
        }
        ("ninja-jwt", "sliding") => verified("simplejwt-sliding", pair),
        ("ninja-jwt" | "dj-rest-auth-body" | "dj-rest-auth-cookies", _) => {
            verified("simplejwt", pair)
        }
        // RFC 7519 wants a text, and there is a number.
        ("nestjs", _) => TokenFacts {
            verdict: "claim_malformed",
            ..verified("plain", None)
        },
        ("dot-oidc", "id") => TokenFacts {
            verdict: "no_key",
            trust: "not_checked",
            ..verified("plain", Some("id"))
        },
        // Without at_hash and nonce an ID token has no mark.
        ("fastify-jwt" | "fastapi-tutorial", _) | (_, "id") => verified("plain", None),
        _ => verified("oidc", pair),
    }
}

/// What reads a token of this recording: its key, and a moment in its life.
fn judged(
    recorded: &Recorded,
    recording: &Recording,
    name: &str,
    args: &[&str],
) -> (RunResult, Value) {
    let folder = TempDir::new();
    let token = recording.tokens[name].as_str().unwrap();
    let ran = Run::new(["decode", token, "--json"]).run();
    let decoded: Value = serde_json::from_str(&ran.stdout).unwrap();
    let run = Run::new([args, &[token, "--json"]].concat());
    let alg = decoded["header"]["alg"].as_str();
    let run = match alg {
        Some("RS256") if recording.name != "dot-oidc" => {
            let jwks = folder.file("jwks.json", recorded.jwks.to_string());
            run.env("JWTSESS_KEY", jwks)
        }
        Some("HS256") => {
            let second = recording.name == "nestjs" && name.starts_with("refresh");
            let secret = if second {
                &recorded.keys.refresh
            } else {
                &recorded.keys.access
            };
            run.env("JWTSESS_SECRET", format!("raw:{secret}"))
        }
        _ => run,
    };
    let last = decoded["payload"]["exp"].as_i64().unwrap_or(1) - 1;
    let ran = run.env("JWTSESS_NOW", last.to_string()).run();
    let json = serde_json::from_str(&ran.stdout).unwrap();
    (ran, json)
}

#[test]
fn recorded_tokens_are_told_by_their_marks() {
    let recorded = recorded();
    let mut seen = 0;
    for recording in &recorded.recordings {
        for (name, token) in &recording.tokens {
            if !token.as_str().unwrap().contains('.') {
                continue;
            }
            let what = format!("{} {name}", recording.name);
            let (_, json) = judged(&recorded, recording, name, &["verify"]);
            let token = &json["token"];
            let looks_like = token["looks_like"][0]
                .as_str()
                .or(token["profile"].as_str());
            let expected = told(&recording.name, name);
            assert_eq!(
                (
                    json["verdict"].as_str(),
                    token["trust"].as_str(),
                    looks_like,
                    token["kind"].as_str(),
                ),
                (
                    Some(expected.verdict),
                    Some(expected.trust),
                    Some(expected.looks_like),
                    expected.kind,
                ),
                "{what}: {json}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 40);
}

#[test]
fn recorded_opaque_tokens_are_called_opaque() {
    let recorded = recorded();
    let mut seen = 0;
    for recording in &recorded.recordings {
        for (name, token) in &recording.tokens {
            let token = token.as_str().unwrap();
            if token.contains('.') {
                continue;
            }
            for command in ["inspect", "verify", "decode", "renew"] {
                let ran = Run::new([command, token, "--json"])
                    .env("JWTSESS_SECRET", format!("raw:{SECRET}"))
                    .run();
                let json: Value = serde_json::from_str(&ran.stdout).unwrap();
                let found = &json["findings"][0]["code"];
                let code = if command == "renew" {
                    &json["verdict"]
                } else {
                    found
                };
                assert_eq!(
                    (ran.status, code),
                    (3, &"opaque".into()),
                    "{command} {} {name}: {json}",
                    recording.name
                );
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 8);
}

#[test]
fn a_bound_token_has_a_note() {
    let recorded = recorded();
    let of_dpop = |one: &&Recording| one.name == "oidc-provider-dpop";
    let recording = recorded.recordings.iter().find(of_dpop).unwrap();
    let (ran, json) = judged(&recorded, recording, "access", &["verify"]);
    assert_eq!(ran.status, 0, "{json}");
    let findings = json["findings"].as_array().unwrap();
    let is_of_cnf = |finding: &&Value| finding["claim"] == "cnf" && finding["severity"] == "note";
    assert!(findings.iter().any(|one| is_of_cnf(&one)), "{json}");
}

/// A token with these claims, which lives from `NOW` for five minutes.
fn signed(claims: &Value) -> String {
    let ran = Run::new(["encode", &claims.to_string()])
        .env("JWTSESS_SECRET", format!("raw:{SECRET}"))
        .env("JWTSESS_NOW", NOW.to_string())
        .run();
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran.stdout.trim_end().to_owned()
}

const NOW: i64 = 1_795_680_000;

fn keycloak(word: &str) -> String {
    let issuer = "https://id.example/realms/shop";
    signed(&json!({
        "exp": NOW + 300, "iat": NOW, "auth_time": NOW - 800_000, "jti": "a-jti", "iss": issuer, "aud": "account", "sub": "a-user", "typ": word, "azp": "web",
        "sid": "a-session", "acr": "1", "scope": "openid"
    }))
}

fn supabase() -> String {
    signed(&json!({
        "iss": "https://project.example/auth/v1", "sub": "a-user", "aud": "authenticated", "exp": NOW + 3600, "iat": NOW, "email": "alice@example.com", "phone": "",
        "app_metadata": {"provider": "email"}, "user_metadata": {}, "role": "authenticated", "aal": "aal1", "amr": [{"method": "password", "timestamp": NOW}],
        "session_id": "a-session", "is_anonymous": false
    }))
}

fn laravel() -> String {
    signed(&json!({
        "iss": "http://127.0.0.1/api/auth/login", "iat": NOW, "exp": NOW + 3600, "nbf": NOW, "jti": "0123456789abcdef", "sub": "1",
        "prv": "23bd5c8949f600adb39e701c400872db7a5976f7"
    }))
}

fn run(args: &[&str], given: &str) -> RunResult {
    Run::new(args)
        .env("JWTSESS_SECRET", format!("raw:{SECRET}"))
        .env("REFRESH", SECRET)
        .env("JWTSESS_NOW", (NOW + 1).to_string())
        .stdin(given)
        .run()
}

fn json_of(ran: &RunResult) -> Value {
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn tokens_in_the_shape_of_servers_that_were_not_run_are_told_by_their_marks() {
    for (token, like, kind) in [
        (keycloak("Bearer"), "keycloak", Some("access")),
        (keycloak("Refresh"), "keycloak", Some("refresh")),
        (keycloak("Offline"), "keycloak", Some("refresh")),
        (keycloak("ID"), "keycloak", Some("id")),
        (supabase(), "supabase", None),
        (laravel(), "laravel-jwt-auth", None),
    ] {
        let ran = run(&["verify", "-", "--json"], &token);
        let json = json_of(&ran);
        assert_eq!(
            (&json["token"]["looks_like"], json["token"]["kind"].as_str()),
            (&json!([like]), kind),
            "{json}"
        );
        let is_access = kind.is_none_or(|kind| kind == "access");
        let expected = if is_access { "valid" } else { "kind_mismatch" };
        assert_eq!(json["verdict"], expected, "{json}");
        // Whose it is, is a guess: an access token is prolonged as it is, no other at all, and that is said.
        let ran = run(&["renew", "-"], &token);
        assert_eq!(
            ran.status,
            if is_access { 0 } else { 6 },
            "{like}: {}",
            ran.stderr
        );
        let stderr: Vec<&str> = ran.stderr.split_whitespace().collect();
        let hint = format!("looks like {like}; --profile {like} goes by it");
        assert!(stderr.join(" ").contains(&hint), "{}", ran.stderr);
    }
}

#[test]
fn the_access_token_of_an_answer_is_taken() {
    let keycloak = json!({
        "access_token": keycloak("Bearer"), "expires_in": 300, "refresh_expires_in": 1800, "refresh_token": keycloak("Refresh"), "token_type": "Bearer",
        "id_token": keycloak("ID"), "not-before-policy": 0, "session_state": "a-session", "scope": "openid"
    });
    let supabase = json!({
        "access_token": supabase(), "token_type": "bearer", "expires_in": 3600, "expires_at": NOW + 3600, "refresh_token": "0123456789ab",
        "user": {"id": "a-user", "aud": "authenticated", "role": "authenticated", "email": "alice@example.com"}
    });
    let laravel = json!({"access_token": laravel(), "token_type": "bearer", "expires_in": 3600});
    for (answer, like) in [
        (keycloak, "keycloak"),
        (supabase, "supabase"),
        (laravel, "laravel-jwt-auth"),
    ] {
        let ran = run(&["inspect", "-", "--json"], &answer.to_string());
        let json = json_of(&ran);
        assert_eq!(ran.status, 0, "{json}");
        assert_eq!(json["token"]["looks_like"], json!([like]), "{json}");
        assert_ne!(json["token"]["kind"], "refresh", "{json}");
        assert_ne!(json["token"]["kind"], "id", "{json}");
    }
}

/// Under its own profile a token is of its kind, and nothing is asked that its server does not write.
#[test]
fn under_its_profile_a_token_is_of_its_kind() {
    for (token, profile, kind) in [
        (keycloak("Bearer"), "keycloak", "access"),
        (keycloak("Refresh"), "keycloak", "refresh"),
        (keycloak("ID"), "keycloak", "id"),
        (supabase(), "supabase", "access"),
        (laravel(), "laravel-jwt-auth", "access"),
    ] {
        for asked in ["access", "refresh", "id"] {
            let mut args = vec!["verify", "-", "--profile", profile, "--kind", asked];
            if (profile, kind) == ("keycloak", "refresh") {
                // Its refresh tokens have a key of their own.
                args.extend(["--refresh-secret", "env:REFRESH"]);
            }
            let ran = run(&args, &token);
            let expected = if asked == kind { 0 } else { 6 };
            assert_eq!(
                ran.status, expected,
                "{profile} {kind}, asked {asked}: {}",
                ran.stderr
            );
        }
    }
    let recorded = recorded();
    for (name, token, args) in [
        (
            "flask-jwt-extended",
            "access",
            &["--profile", "flask-jwt-extended"][..],
        ),
        (
            "flask-jwt-extended",
            "access2",
            &["--profile", "flask-jwt-extended"],
        ),
        ("ninja-jwt", "access", &["--profile", "ninja-jwt"]),
        (
            "dj-rest-auth-body",
            "access2",
            &["--profile", "dj-rest-auth"],
        ),
        (
            "oidc-provider-spa",
            "access",
            &["--profile", "oidc", "--aud", "https://api.example"],
        ),
        (
            "authlib",
            "access2",
            &["--profile", "oidc", "--aud", "https://api.example"],
        ),
        (
            "authlib",
            "access",
            &["--profile", "oauth", "--aud", "https://api.example"],
        ),
    ] {
        let is = |one: &&Recording| one.name == name;
        let recording = recorded.recordings.iter().find(is).unwrap();
        let (ran, json) = judged(&recorded, recording, token, &[&["verify"], args].concat());
        assert_eq!(ran.status, 0, "{name} {token}: {json}");
    }
}
