//! Tokens recorded from real Django servers, each judged and explained in the last second of its life and at its end.
use serde::Deserialize;
use serde_json::Value;

use crate::process::{Run, RunResult};

const RECORDED: &str = include_str!("../vectors/django-exchanges.json");

#[derive(Deserialize)]
struct Recorded {
    key: String,
    exchanges: Vec<Exchange>,
}

#[derive(Deserialize)]
struct Exchange {
    name: String,
    stack: String,
    #[serde(default)]
    minted: Vec<Minted>,
}

/// A token of the server's answer, in its field.
#[derive(Deserialize)]
struct Minted {
    field: String,
    token: String,
}

/// The profile and kind that a token has to be recognised as.
fn model(exchange: &Exchange, minted: &Minted) -> (&'static str, Option<&'static str>) {
    let (profile, kind) = match (exchange.stack.as_str(), minted.field.as_str()) {
        // One of its marks is the claim `user_id`.
        ("simplejwt", kind @ ("refresh" | "access")) if !has_user(minted) => {
            return (
                "plain",
                Some(if kind == "refresh" {
                    "refresh"
                } else {
                    "access"
                }),
            );
        }
        ("simplejwt", "refresh") => ("simplejwt", "refresh"),
        ("simplejwt", "access") => ("simplejwt", "access"),
        ("simplejwt", "token") => ("simplejwt-sliding", "access"),
        // Without `orig_iat` nothing marks it (JWT_ALLOW_REFRESH off).
        _ if exchange.name.contains("norefresh") => return ("plain", None),
        ("drf-jwt", _) => ("drf-jwt", "access"),
        ("drf-jwt-legacy", _) => ("drf-jwt-legacy", "access"),
        other => panic!("{}: {other:?}", exchange.name),
    };
    (profile, Some(kind))
}

fn has_user(minted: &Minted) -> bool {
    let ran = Run::new(["decode", &minted.token, "--json"]).run();
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    !json["payload"]["user_id"].is_null()
}

fn judged(command: &str, minted: &Minted, key: &str, now: i64) -> (RunResult, Value) {
    let ran = Run::new([command, &minted.token, "--kind", "any", "--json"])
        .env("JWTSESS_SECRET", format!("raw:{key}"))
        .env("JWTSESS_NOW", now.to_string())
        .run();
    let json = serde_json::from_str(&ran.stdout).unwrap();
    (ran, json)
}

/// When a token ends, by its own word; `None` of one that another key than the recorded secret signed.
fn end(minted: &Minted) -> Option<i64> {
    let ran = Run::new(["decode", &minted.token, "--json"]).run();
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    (json["header"]["alg"] == "HS256").then(|| json["payload"]["exp"].as_i64().unwrap())
}

#[test]
fn what_the_servers_minted_verifies_and_is_recognised() {
    let recorded: Recorded = serde_json::from_str(RECORDED).unwrap();
    let mut seen = 0;
    for exchange in &recorded.exchanges {
        for minted in &exchange.minted {
            let Some(end) = end(minted) else { continue };
            let name = format!("{} {}", exchange.name, minted.field);
            let judged = |command, now| judged(command, minted, &recorded.key, now);
            let (ran, json) = judged("verify", end - 1);
            assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
            assert_eq!(json["token"]["trust"], "verified", "{name}");
            let (ran, json) = judged("inspect", end - 1);
            assert_eq!(
                (ran.status, &json["verdict"]),
                (0, &"valid".into()),
                "{name}"
            );
            let (profile, kind) = model(exchange, minted);
            assert_eq!(
                (&json["token"]["profile"], &json["token"]["kind"]),
                (&profile.into(), &serde_json::json!(kind)),
                "{name}"
            );
            let (ran, json) = judged("verify", end);
            assert_eq!(
                (ran.status, &json["verdict"]),
                (5, &"expired".into()),
                "{name}"
            );
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}
