//! The fast lane of `issue --batch` writes what the careful way writes, byte for byte, whatever the lines are.
use proptest::prelude::*;
use proptest::sample::select;

use super::super::lane::{ANSWERED, IS_OFF};
use super::super::user_claim;
use crate::cli::commands::batch::tests::hostile::payloads;
use crate::cli::commands::testing::call;
use crate::cli::resolve::built_in::BUILT_IN;
use crate::cli::testing::needed;
use crate::core::profile::BUILTIN_NAMES;

/// Issues the lines in both ways. Returns how many the fast lane answered.
fn agree(lines: &str, flags: &[&str]) -> usize {
    let flags = [&["issue", "--batch", "--no-store"], flags].concat();
    let issue = |is_off: bool| {
        IS_OFF.set(is_off);
        ANSWERED.set(0);
        let called = call(&flags).stdin(lines).run();
        (called.to_string(), ANSWERED.get())
    };
    let (slow, none) = issue(true);
    let (fast, answered) = issue(false);
    assert_eq!(fast, slow, "{flags:?} {lines}");
    assert_eq!(none, 0);
    answered
}

/// The profiles whose logins are written in place.
const FAST: [&str; 10] = [
    "sliding",
    "pair",
    "oauth",
    "flask-jwt-extended",
    "keycloak",
    "plain",
    "simplejwt",
    "simplejwt-sliding",
    "ninja-jwt",
    "dj-rest-auth",
];

/// Lines whose user stands where a profile's server has it.
fn of_users(profile: &str, lines: &str) -> String {
    let known = BUILT_IN.known(profile).expect("a built-in profile");
    lines.replace("\"sub\"", &format!("\"{}\"", user_claim(known)))
}

const FORMS: [&[&str]; 4] = [&[], &["--json"], &["-o", "access"], &["-o", "wire"]];

#[test]
fn the_logins_of_each_profile_are_answered_fast() {
    let line = |nth: i64| {
        format!(
            "{{\"sub\":\"user{nth}\",\"n\":{},\"team\":\"r-{nth}\",\"ok\":{}}}\n",
            nth * nth * 1000,
            nth % 2 == 0
        )
    };
    let lines: String = (0..20).map(line).collect();
    for profile in BUILTIN_NAMES {
        for form in FORMS {
            let flags = [&["--profile", profile], needed(profile).as_slice(), form].concat();
            let fast = agree(&of_users(profile, &lines), &flags);
            // The others tell a token by its user, need more of a user, or write ids that are no UUIDs.
            let is_fast = FAST.contains(&profile);
            assert_eq!(fast, if is_fast { 16 } else { 0 }, "{profile} {form:?}");
        }
    }
}

#[test]
fn what_a_server_writes_in_its_own_way_is_issued_alike() {
    let line = |user: &str, value: &str| format!("{{\"sub\":{user},\"n\":{value}}}\n");
    for profile in FAST {
        for (usual, others) in [
            (
                "\"a\"",
                &[
                    "\"\u{e9}\"",
                    r#""\u0041""#,
                    r#""a\/b""#,
                    "\"a b\"",
                    "\"<&>\"",
                ][..],
            ),
            ("7", &["-0", "007", "123456789012345678"][..]),
            ("1.5", &["1.50", "-0.0", "0.1"][..]),
            ("[1,2]", &["[1, 2]", "[1.0]", "[]"][..]),
            ("true", &["false", "null"][..]),
        ] {
            let mut lines = line("\"alice\"", usual).repeat(6);
            lines.extend(others.iter().map(|other| line("\"alice\"", other)));
            for user in [
                "5", "\"5\"", "\"+5\"", "\"-5\"", "\"007\"", "\"_5\"", "\"inf\"",
            ] {
                lines.push_str(&line(user, usual));
            }
            let flags = [&["--profile", profile], needed(profile).as_slice()].concat();
            agree(&of_users(profile, &lines), &flags);
        }
    }
}

#[test]
fn a_secret_in_a_line_is_refused_in_both_ways() {
    let line = |nth: u32| format!("{{\"sub\":\"user{nth}\",\"note\":\"n{nth}\"}}\n");
    let usual = (0..12).map(line).collect::<Vec<_>>().concat();
    for (user, note) in [
        (
            "alice",
            r"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----",
        ),
        (
            "alice",
            r"-----BEGIN \u0050RIVATE KEY-----MC4CAQ-----END PRIVATE KEY-----",
        ),
        ("alice", r#"{\"kty\":\"oct\",\"k\":\"AAAA\"}"#),
        ("alice", "postgres://app:hunter2@db.example/app"),
        ("postgres://app:hunter2@db.example/app", "n"),
    ] {
        let lines = format!("{usual}{{\"sub\":\"{user}\",\"note\":\"{note}\"}}\n{usual}");
        assert!(agree(&lines, &["--profile", "plain"]) > 16, "{note}");
        let called = call(&["issue", "--batch", "--no-store", "--profile", "plain"]);
        let called = called.stdin(lines.as_str()).run();
        let empty: Vec<usize> = (called.stdout.lines().enumerate())
            .filter_map(|(at, line)| line.is_empty().then_some(at))
            .collect();
        assert_eq!((called.exit, empty), (9, vec![12]), "{note}: {called}");
        assert!(called.stderr.contains("line 13: the "), "{called}");
        assert!(!called.to_string().contains("hunter2"), "{called}");
    }
}

#[test]
fn a_number_that_may_be_printed_in_another_form_is_issued_alike() {
    for first in ["-1", "1.5"] {
        let usual = format!("{{\"sub\":\"alice\",\"jti\":{first},\"n\":{first}}}\n").repeat(6);
        for other in [
            "-0",
            "-0.0",
            "1.50",
            "7",
            "-7",
            "true",
            "9007199254740993.0",
        ] {
            let line = format!("{{\"sub\":\"alice\",\"jti\":{other},\"n\":{other}}}\n");
            for form in FORMS {
                agree(
                    &format!("{usual}{line}"),
                    &[&["--profile", "sliding"], form].concat(),
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn hostile_lines_are_issued_alike(
        payloads in payloads(),
        profile in select(&FAST[..]),
        form in select(&FORMS[..]),
    ) {
        let lines = [&payloads[..], &payloads, &payloads].concat().join("\n");
        let flags = [&["--profile", profile], needed(profile).as_slice(), form].concat();
        agree(&of_users(profile, &lines), &flags);
    }
}
