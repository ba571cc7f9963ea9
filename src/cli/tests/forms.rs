//! Whatever `issue` and `renew` print with `-o` is taken back, under every profile.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value;

use crate::cli::resolve::built_in::BUILT_IN;
use crate::cli::testing::{Call, Folder, needed, recognised_as, tells_kinds};
use crate::core::profile::language::entry::{Item, ValueForm};
use crate::core::profile::language::model::{KeySource, KindSource};
use crate::core::profile::{BUILTIN_NAMES, Profile, TokenKind};

const FORMS: [Option<&str>; 7] = [
    None,
    Some("token"),
    Some("access"),
    Some("refresh"),
    Some("env"),
    Some("wire"),
    Some("auth-header"),
];

/// A call at a home of its own: the ids of the tests' world are the same at each.
fn call(home: &Folder, args: &[&str]) -> Call {
    Call::new(args)
        .env("HOME", home.path())
        .env("JWTSESS_SECRET", "env:SIGNING_KEY")
        .env(
            "SIGNING_KEY",
            "a-secret-of-more-than-256-bits-for-the-tests-alone",
        )
}

/// What a login under the profile prints in that form.
fn issued(home: &Folder, profile: &str, form: Option<&str>) -> String {
    let mut args = vec!["issue", "--user", "alice", "--profile", profile];
    let needed = needed(profile);
    args.extend(&needed);
    args.extend(form.iter().flat_map(|form| ["-o", form]));
    let called = call(home, &args).run();
    assert_eq!(called.exit, 0, "{profile} {form:?}: {called}");
    called.stdout
}

/// Every form that a profile has.
fn printed() -> Vec<(Folder, &'static str, Option<&'static str>, String)> {
    let mut printed = Vec::new();
    for profile in BUILTIN_NAMES {
        let pair = BUILT_IN.known(profile).unwrap().is_pair();
        for form in FORMS {
            if form != Some("refresh") || pair {
                let home = Folder::new();
                let text = issued(&home, profile, form);
                printed.push((home, profile, form, text));
            }
        }
    }
    printed
}

/// Whether a profile's access tokens have a `sub` that is a number.
fn writes_numbers(profile: &Profile) -> bool {
    let items = profile.kind(TokenKind::Access).map(|kind| &*kind.claims);
    let is_number = |item: &Item| matches!(item, Item::Entry(entry) if entry.name == "sub" && entry.forms.first() == Some(&ValueForm::Number));
    items.unwrap_or_default().iter().any(is_number)
}

fn json(home: &Folder, args: &[&str], stdin: &str) -> (u8, Value) {
    let called = call(home, &[args, &["--json"]].concat()).stdin(stdin).run();
    let object = serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"));
    (called.exit, object)
}

#[test]
fn inspect_takes_back_what_issue_prints() {
    for (home, profile, form, text) in printed() {
        let (exit, object) = json(&home, &["inspect"], &text);
        let what = format!("{profile} {form:?}: {object}");
        // Its sub is a number, which RFC 7519 allows nobody who has not named the profile.
        let known = BUILT_IN.known(profile).unwrap();
        let verdict = if writes_numbers(known) {
            "claim_malformed"
        } else {
            "valid"
        };
        assert_eq!((exit, &object["verdict"]), (0, &verdict.into()), "{what}");
        // By its marks, or by its record where a login is recorded.
        let recorded = known.model.session.recorded_at_login || known.opaque().is_some();
        let named = object["token"]["profile"].as_str().unwrap();
        let fits = named == recognised_as(profile) || (recorded && named == profile);
        assert!(fits, "{what}");
        let kind = match (profile, form) {
            (_, Some("refresh")) if known.opaque().is_some() => "refresh".into(),
            // Nothing in it tells.
            _ if !tells_kinds(profile) => Value::Null,
            (_, Some("refresh")) => "refresh".into(),
            _ => "access".into(),
        };
        assert_eq!(object["token"]["kind"], kind, "{what}");
        let as_argument = call(&home, &["inspect", &text]).run();
        assert_eq!(as_argument.exit, 0, "{what}");
        let in_a_variable = call(&home, &["inspect", "--token-env", "T"])
            .env("T", &text)
            .run();
        assert_eq!(in_a_variable.stdout, as_argument.stdout, "{what}");
    }
}

#[test]
fn verify_takes_back_what_issue_prints_and_no_refresh_token_for_an_access_token() {
    for (home, profile, form, text) in printed() {
        let verify = ["verify", "--profile", profile];
        let aud: &[&str] = if needed(profile).contains(&"--aud=api") {
            &["--aud", "api"]
        } else {
            &[]
        };
        let (exit, object) = json(&home, &[&verify[..], aud].concat(), &text);
        let known = BUILT_IN.known(profile).unwrap();
        let expected = match form {
            Some("refresh") if known.opaque().is_some() => 3,
            Some("refresh") if known.model.told_by != KindSource::Key => 6,
            _ => 0,
        };
        assert_eq!(exit, expected, "{profile} {form:?}: {object}");
        let (exit, object) = json(
            &home,
            &[&verify[..], aud, &["--kind", "any"]].concat(),
            &text,
        );
        let expected = if expected == 3 { 3 } else { 0 };
        assert_eq!(exit, expected, "{profile} {form:?}: {object}");
    }
}

#[test]
fn renew_takes_back_what_issue_prints_and_of_a_pair_the_refresh_token() {
    for (home, profile, form, text) in printed() {
        let known = BUILT_IN.known(profile).unwrap();
        let pair = known.is_pair();
        let refresh = known.kind(TokenKind::Refresh);
        // What its server alone can renew, and what a key tells, is not taken back so.
        if known.model.told_by == KindSource::Key
            || refresh.is_some_and(|kind| kind.key == KeySource::Withheld)
        {
            continue;
        }
        let named = ["--profile", profile];
        // Of a pair these three hold the access token alone, which renews nothing.
        let alone = [Some("token"), Some("access"), Some("auth-header")].contains(&form);
        let (exit, object) = json(
            &home,
            &[&["renew", "--now", "+1m"], &named[..]].concat(),
            &text,
        );
        let expected = if pair && alone { 6 } else { 0 };
        assert_eq!(exit, expected, "{profile} {form:?}: {object}");
        if exit != 0 {
            continue;
        }
        for form in FORMS.into_iter().filter(|form| *form != Some("refresh")) {
            let args = ["renew", "--now", "+1m"].into_iter();
            let args: Vec<_> = args
                .chain(named)
                .chain(form.iter().flat_map(|form| ["-o", *form]))
                .collect();
            let fresh = call(&home, &args).stdin(text.as_str()).run();
            assert_eq!(fresh.exit, 0, "{profile} {form:?}: {fresh}");
            let (exit, object) = json(&home, &["verify", "--now", "+1m"], &fresh.stdout);
            let expected = if writes_numbers(known) { 6 } else { 0 };
            assert_eq!(exit, expected, "{profile} {form:?}: {object}");
            let kind = tells_kinds(profile).then_some("access");
            assert_eq!(
                object["token"]["kind"],
                serde_json::json!(kind),
                "{profile} {form:?}: {object}"
            );
        }
    }
}
