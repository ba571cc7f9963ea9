//! Batches with a session store: lines that the store has to be asked about stand among many others.
use serde_json::Value;

use crate::cli::commands::testing::{Machine, signed};
use crate::cli::testing::CallResult;

/// So much of a batch is judged in full, line by line.
const LITTLE: usize = 12_000;

/// Tokens of which the store knows some, and what is none.
fn lines(machine: &Machine) -> Vec<String> {
    let mut recorded = Vec::new();
    for user in ["ada", "bob"] {
        let pair = ["issue", "--profile", "pair", "--user", user];
        let (access, refresh) = machine.tokens(&pair);
        recorded.extend([access, refresh]);
    }
    let rotated = machine.tokens(&["rotate", &recorded[1]]);
    assert_eq!(machine.run(&["revoke", &recorded[3]]).exit, 0);
    recorded.extend([rotated.0, rotated.1]);
    let sliding = machine.token(&["issue", "--user", "eve"]);
    assert_eq!(machine.run(&["revoke", &sliding]).exit, 0);
    recorded.push(sliding);
    recorded.extend(["no token".to_owned(), "opaque".to_owned()]);
    let sliding = |nth: usize, exp: usize| {
        let payload = format!(
            r#"{{"sub":"user{nth}","iat":{},"exp":{exp},"jti":"j{nth}","auth_time":1799999000,"sid":"s{nth}","session_exp":1800603800}}"#,
            1_799_999_000 + nth
        );
        signed(r#"{"alg":"HS256","typ":"JWT"}"#, payload.as_bytes())
    };
    let mut lines = Vec::new();
    for nth in 0..700 {
        match nth {
            10 | 250..260 | 500 | 699 => lines.push(recorded[nth % recorded.len()].clone()),
            _ if nth % 97 == 0 => lines.push(sliding(nth, 1_799_999_999)),
            _ => lines.push(sliding(nth, 1_800_003_600 + nth)),
        }
    }
    lines
}

/// What was printed of each line, without its number.
fn answers(called: &CallResult) -> Vec<String> {
    let answer = |line: &str| {
        if let Ok(mut object) = serde_json::from_str::<Value>(line) {
            object["line"].take();
            return object.to_string();
        }
        match line.split_once(": ") {
            Some((number, rest)) if number.parse::<u32>().is_ok() => rest.to_owned(),
            _ => line.to_owned(),
        }
    };
    called.stdout.lines().map(answer).collect()
}

#[test]
fn many_lines_are_told_with_a_store_as_a_few_are() {
    let machine = Machine::new();
    let lines = lines(&machine);
    let call = |args: &[&str], lines: &[String]| {
        let text = lines.join("\n");
        let called = machine.call(args).stdin(text).run();
        assert!([0, 9].contains(&called.exit), "{called}");
        called
    };
    for verb in ["verify", "inspect"] {
        for form in [
            &["--json"][..],
            &["--columns=sub,sid"],
            &[],
            &["--profile=sliding"],
        ] {
            let args = [&[verb, "--batch", "--kind=any"][..], form].concat();
            let args: Vec<&str> = (args.iter().copied())
                .filter(|flag| verb == "verify" || *flag != "--kind=any")
                .collect();
            let at_once = answers(&call(&args, &lines));
            let mut by_parts = Vec::new();
            for part in lines.chunks(LITTLE / 400) {
                by_parts.extend(answers(&call(&args, part)));
            }
            assert_eq!(at_once.len(), lines.len());
            for (at_once, by_parts) in at_once.iter().zip(&by_parts) {
                assert_eq!(at_once, by_parts, "{args:?}");
            }
            assert_eq!(at_once.len(), by_parts.len());
            let told = at_once.join("\n");
            assert!(told.contains("revoked") && told.contains("valid"), "{told}");
        }
        let counted = call(&[verb, "--batch", "--summary", "--json"], &lines);
        let counted: Value = serde_json::from_str(&counted.stdout).unwrap();
        assert_eq!(counted["tokens"], 700);
    }
}
