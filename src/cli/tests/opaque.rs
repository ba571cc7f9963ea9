//! Opaque refresh tokens: the store's record and the key make them, look them up and give them again; the store alone never does.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value as Json;

use crate::cli::commands::testing::Machine;
use crate::cli::testing::{CallResult, NOW, needed};

/// The profiles, with what makes each retire a token at once and detect reuse.
const PROFILES: [(&str, &str); 2] = [
    ("oidc", "rotate.when=always"),
    ("supabase", "rotate.grace=0s"),
];
const ROTATE: [&str; 3] = ["rotate", "--now", "+10s"];

fn login(machine: &Machine, profile: &str) -> (String, String) {
    let issue = ["issue", "--user", "alice", "--profile", profile];
    machine.tokens(&[&issue[..], &needed(profile)].concat())
}

fn json(called: &CallResult) -> Json {
    serde_json::from_str(&called.stdout).unwrap_or_else(|_| panic!("{called}"))
}

fn run(machine: &Machine, args: &[&str]) -> (u8, Json) {
    let called = machine.run(&[args, &["--json"]].concat());
    (called.exit, json(&called))
}

fn text(object: &Json, name: &str) -> String {
    let text = object[name].as_str();
    text.unwrap_or_else(|| panic!("{name}: {object}"))
        .to_owned()
}

/// Whether any file of the store holds the text.
fn is_stored(machine: &Machine, text: &str) -> bool {
    let folder = machine.store().parent().unwrap().to_owned();
    let mut files = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    files.any(|file| {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

#[test]
fn a_rotation_retires_the_token_and_its_return_ends_the_session() {
    for (profile, set) in PROFILES {
        let machine = Machine::new();
        let (access, first) = login(&machine, profile);
        let rotate = [&ROTATE[..], &["--set", set]].concat();
        let (exit, rotated) = run(&machine, &[&rotate[..], &[&first]].concat());
        assert_eq!(exit, 0, "{profile}: {rotated}");
        let (second, fresh) = (text(&rotated, "refresh"), text(&rotated, "access"));
        assert_ne!(first, second, "{profile}");
        assert_ne!(access, fresh, "{profile}");
        assert_eq!(first.len(), second.len(), "{profile}");
        let payload = &rotated["payload"];
        let sub = if profile == "oidc" { "alice" } else { "1" };
        assert_eq!(payload["sub"], sub, "{rotated}");
        assert_eq!(rotated["token"]["profile"], profile, "{rotated}");
        let aud: &[&str] = if profile == "oidc" {
            &["--aud", "api"]
        } else {
            &[]
        };
        let verified = [&["verify", "--now", "+10s", &fresh][..], aud].concat();
        assert_eq!(machine.run(&verified).exit, 0);
        for token in [&first, &second] {
            assert!(!is_stored(&machine, token), "{profile}: {token}");
        }
        let (exit, again) = run(&machine, &[&rotate[..], &[&first]].concat());
        assert_eq!(
            (exit, &again["verdict"]),
            (7, &"reuse_detected".into()),
            "{again}"
        );
        let (exit, ended) = run(&machine, &[&rotate[..], &[&second]].concat());
        assert_eq!(
            (exit, &ended["verdict"]),
            (7, &"reuse_detected".into()),
            "{ended}"
        );
    }
}

#[test]
fn a_retry_and_the_operator_get_the_same_successor() {
    for (profile, set) in PROFILES {
        let machine = Machine::new();
        let (_, first) = login(&machine, profile);
        let grace = [&ROTATE[..], &["--set", set, "--reuse-grace", "1m", &first]].concat();
        let (exit, rotated) = run(&machine, &grace);
        assert_eq!(exit, 0, "{rotated}");
        let (exit, retried) = run(&machine, &grace);
        assert_eq!(exit, 0, "{retried}");
        let session = text(&rotated["session"], "id");
        let again = ["rotate", "--session", &session, "--now", "+20s"];
        let (exit, issued) = run(&machine, &again);
        assert_eq!(exit, 0, "{issued}");
        for other in [&retried, &issued] {
            for name in ["access", "refresh"] {
                assert_eq!(
                    text(other, name),
                    text(&rotated, name),
                    "{profile}: {other}"
                );
            }
        }
    }
}

#[test]
fn renew_gives_a_fresh_access_token_and_leaves_the_refresh_token_as_it_is() {
    for (profile, _) in PROFILES {
        let machine = Machine::new();
        let (access, refresh) = login(&machine, profile);
        for now in ["+10s", "+20s"] {
            let (exit, renewed) = run(&machine, &["renew", "--now", now, &refresh]);
            assert_eq!(exit, 0, "{renewed}");
            assert_ne!(text(&renewed, "access"), access);
            assert_eq!(renewed["refresh"], Json::Null, "{renewed}");
        }
        let wire = machine.token(&["renew", "--now", "+30s", "-o", "wire", &refresh]);
        let wire: Json = serde_json::from_str(&wire).unwrap();
        assert!(wire["access_token"].is_string(), "{wire}");
    }
    // Early in its life, oidc-provider leaves the refresh token as it is.
    let machine = Machine::new();
    let (_, refresh) = login(&machine, "oidc");
    let (exit, early) = run(&machine, &[&ROTATE[..], &[&refresh]].concat());
    assert_eq!(
        (exit, text(&early, "refresh")),
        (0, refresh.clone()),
        "{early}"
    );
    let late = ["rotate", "--now", "+13d", &refresh];
    let (exit, rotated) = run(&machine, &late);
    assert_eq!(exit, 0, "{rotated}");
    assert_ne!(text(&rotated, "refresh"), refresh);
    let expired = text(&rotated, "refresh");
    let (exit, refused) = run(&machine, &["renew", "--now", "+60d", &expired]);
    assert_eq!(
        (exit, &refused["verdict"]),
        (5, &"expired".into()),
        "{refused}"
    );
}

#[test]
fn inspect_tells_its_session_and_verify_refuses_it() {
    for (profile, _) in PROFILES {
        let machine = Machine::new();
        let (_, refresh) = login(&machine, profile);
        let (exit, seen) = run(&machine, &["inspect", &refresh]);
        assert_eq!(exit, 0, "{seen}");
        assert_eq!(seen["verdict"], "valid", "{seen}");
        assert_eq!(seen["token"]["profile"], profile, "{seen}");
        assert_eq!(seen["token"]["kind"], "refresh", "{seen}");
        assert_eq!(seen["session"]["state"], "live", "{seen}");
        let page = machine.run(&["inspect", &refresh]).stdout;
        let model = format!("opaque refresh token of {profile}");
        assert!(page.contains(&model), "{page}");
        let ends = if profile == "oidc" {
            "expires in 14 d"
        } else {
            "never expires"
        };
        assert!(page.contains(ends), "{page}");
        for more in [
            &[][..],
            &["--profile", profile],
            &["--no-store", "--profile", profile],
        ] {
            let (exit, refused) = run(&machine, &[&["verify", &refresh], more].concat());
            assert_eq!(
                (exit, &refused["verdict"]),
                (3, &"opaque".into()),
                "{refused}"
            );
        }
        let (exit, refused) = run(
            &machine,
            &["inspect", "--no-store", "--profile", profile, &refresh],
        );
        assert_eq!(
            (exit, &refused["verdict"]),
            (3, &"opaque".into()),
            "{refused}"
        );
    }
}

#[test]
fn revoke_ends_its_session() {
    for (profile, _) in PROFILES {
        let machine = Machine::new();
        let (_, refresh) = login(&machine, profile);
        let (exit, revoked) = run(&machine, &["revoke", &refresh]);
        assert_eq!(exit, 0, "{revoked}");
        for command in ["renew", "rotate"] {
            let (exit, refused) = run(&machine, &[command, &refresh]);
            assert_eq!(
                (exit, &refused["verdict"]),
                (7, &"revoked".into()),
                "{refused}"
            );
        }
        let (exit, seen) = run(&machine, &["inspect", &refresh]);
        assert_eq!(
            (exit, &seen["session"]["state"]),
            (0, &"revoked".into()),
            "{seen}"
        );
    }
}

#[test]
fn what_the_store_does_not_know_is_refused() {
    let machine = Machine::new();
    let (_, refresh) = login(&machine, "oidc");
    for unknown in ["4RtZ6Wj832FH", "a-text-of-somebody-else-0123456789"] {
        for command in ["renew", "rotate"] {
            for profile in ["oidc", "supabase"] {
                for store in [&[][..], &["--no-store"]] {
                    let args = [&[command, "--profile", profile, unknown], store].concat();
                    let (exit, refused) = run(&machine, &args);
                    let verdict = &refused["verdict"];
                    assert_eq!((exit, verdict), (7, &"unknown_session".into()), "{refused}");
                }
            }
        }
    }
    for command in ["renew", "rotate", "verify", "inspect"] {
        let (exit, refused) = run(&machine, &[command, "a-text-of-somebody-else-0123456789"]);
        assert_eq!(
            (exit, &refused["verdict"]),
            (3, &"opaque".into()),
            "{refused}"
        );
    }
    let (exit, refused) = run(&machine, &["rotate", "--profile", "pair", &refresh]);
    assert_eq!(
        (exit, &refused["verdict"]),
        (6, &"model_mismatch".into()),
        "{refused}"
    );
}

#[test]
fn another_key_gives_nothing() {
    for (profile, set) in PROFILES {
        let machine = Machine::new();
        let (_, refresh) = login(&machine, profile);
        let other = "another-secret-of-more-than-256-bits-for-the-tests";
        for args in [
            &["rotate", "--set", set, &refresh, "--json"][..],
            &["renew", &refresh, "--json"],
        ] {
            let called = machine.call(args).env("SIGNING_KEY", other).run();
            assert_eq!(called.exit, 7, "{called}");
            assert_eq!(json(&called)["verdict"], "record_changed", "{called}");
            assert_eq!(json(&called)["access"], Json::Null, "{called}");
        }
        let (exit, renewed) = run(&machine, &["renew", &refresh]);
        assert_eq!(exit, 0, "{renewed}");
    }
}

#[test]
fn without_a_store_there_is_the_access_token_alone() {
    for (profile, _) in PROFILES {
        let machine = Machine::new();
        let issue = [
            "issue",
            "--user",
            "alice",
            "--profile",
            profile,
            "--no-store",
        ];
        let issue = [&issue[..], &needed(profile)].concat();
        let called = machine.run(&issue);
        assert_eq!(called.exit, 0, "{called}");
        assert!(called.stdout.starts_with("eyJ"), "{called}");
        assert!(called.stderr.contains("no refresh token"), "{called}");
        assert!(!machine.store().exists());
        let called = machine.run(&[&issue[..], &["-o", "refresh"]].concat());
        assert_eq!(called.exit, 2, "{called}");
    }
}

#[test]
fn every_form_of_text_is_taken_back() {
    for form in [
        "uuid",
        "uuid-hex",
        "hex(40)",
        "alnum(11)",
        "random(43)",
        "base64(32)",
        "base64(300)",
        "random(999)",
    ] {
        let machine = Machine::new();
        let set = format!("refresh.text={form}");
        let set = ["--set", &set, "--profile", "supabase"];
        let issue = ["issue", "--user", "alice"];
        let (_, refresh) = machine.tokens(&[&issue[..], &set, &needed("supabase")].concat());
        let (exit, rotated) = run(&machine, &[&ROTATE[..], &set, &[&refresh]].concat());
        assert_eq!(exit, 0, "{form}: {rotated}");
        assert_eq!(text(&rotated, "refresh").len(), refresh.len(), "{form}");
        let (exit, renewed) = run(
            &machine,
            &["renew", "--now", "+20s", &text(&rotated, "refresh")],
        );
        assert_eq!(exit, 0, "{form}: {renewed}");
    }
    for (setting, words) in [
        ("refresh.text=hex(15)", "at least 64 bits"),
        ("refresh.text=user", "must be random"),
        ("access.format=opaque", "only refresh tokens"),
    ] {
        let machine = Machine::new();
        let called = machine.run(&[
            "issue",
            "--user",
            "alice",
            "--profile",
            "oidc",
            "--set",
            setting,
        ]);
        assert_eq!(called.exit, 2, "{called}");
        let said: Vec<&str> = called.stderr.split_whitespace().collect();
        assert!(said.join(" ").contains(words), "{called}");
    }
}

#[test]
fn each_command_takes_its_own_token_of_a_login_answer() {
    for (profile, _) in PROFILES {
        for form in ["env", "wire"] {
            let machine = Machine::new();
            let issue = ["issue", "--user", "alice", "--profile", profile, "-o", form];
            let login = machine.token(&[&issue[..], &needed(profile)].concat());
            let asked = |args: &[&str]| {
                let called = machine.call(&[args, &["--json"]].concat());
                let called = called.stdin(login.as_str()).run();
                (called.exit, json(&called))
            };
            let (exit, verified) = asked(&["verify"]);
            assert_eq!(
                (exit, &verified["verdict"]),
                (0, &"valid".into()),
                "{verified}"
            );
            let (exit, refused) = asked(&["verify", "--kind", "refresh"]);
            assert_eq!(
                (exit, &refused["verdict"]),
                (3, &"opaque".into()),
                "{refused}"
            );
            for named in [&["--profile", profile][..], &[]] {
                let (exit, renewed) = asked(&[&["renew", "--now", "+10s"], named].concat());
                assert_eq!(
                    (exit, &renewed["token"]["profile"]),
                    (0, &profile.into()),
                    "{renewed}"
                );
            }
            let (exit, rotated) = asked(&["rotate", "--now", "+20s"]);
            assert_eq!(exit, 0, "{profile} {form}: {rotated}");
            let (exit, revoked) = asked(&["revoke", "--now", "+30s"]);
            assert_eq!(exit, 0, "{profile} {form}: {revoked}");
        }
    }
}

#[test]
fn an_opaque_token_taken_beside_a_jwt_is_said_with_the_name_of_the_other() {
    let answer = r#"{"access_token":"eyJhIjoxfQ.e30.aa","refresh_token":"k3Jd-9sQ_0aZxw8T"}"#;
    let called = Machine::new().run(&["renew", answer]);
    assert_eq!(called.exit, 3, "{called}");
    let said = called.stderr.replace("\n         ", " ");
    let said = said.contains(
        "the token was taken from refresh_token of the given JSON; to take the other: --field access_token",
    );
    assert!(said, "{called}");
}

#[test]
fn its_times_are_those_of_the_stores_record() {
    let machine = Machine::new();
    let (_, refresh) = login(&machine, "oidc");
    for command in ["inspect", "verify"] {
        let (_, seen) = run(&machine, &[command, &refresh, "--now", "+1h"]);
        let times = &seen["times"];
        let life = 14 * 86_400;
        assert_eq!(times["iat"], NOW, "{command}: {seen}");
        assert_eq!(times["exp"], NOW + life, "{command}: {seen}");
        assert_eq!(times["expires_in"], life - 3600, "{command}: {seen}");
        assert_eq!(times["nbf"], Json::Null, "{command}: {seen}");
    }
    let (exit, late) = run(&machine, &["renew", &refresh, "--now", "+15d"]);
    assert_eq!((exit, &late["times"]["iat"]), (5, &NOW.into()), "{late}");
    let shown = machine.run(&["inspect", &refresh, "--now", "+7d"]);
    for said in [
        "issued     2027-01-15T08:00:00Z, 7 d ago",
        "expires    2027-01-29T08:00:00Z, in 7 d",
        "7 d left of 14 d",
    ] {
        assert!(shown.stdout.contains(said), "{said}: {shown}");
    }
    // Some live for ever.
    let (_, refresh) = login(&machine, "supabase");
    let (_, seen) = run(&machine, &["inspect", &refresh]);
    let times = [&seen["times"]["iat"], &seen["times"]["exp"]];
    assert_eq!(times, [&Json::from(NOW), &Json::Null], "{seen}");
    let shown = machine.run(&["inspect", &refresh]);
    assert!(shown.stdout.contains("expires    never"), "{shown}");
}

#[test]
fn what_verify_can_not_judge_is_met_with_where_to_go() {
    let machine = Machine::new();
    let (_, refresh) = login(&machine, "oidc");
    let unknown = "a-text-of-somebody-else-0123456789";
    for (args, hint) in [
        (&[refresh.as_str()][..], "jwtsess renew TOKEN"),
        (&[&refresh, "--profile", "oidc"], "jwtsess inspect TOKEN"),
        (&[unknown, "--profile", "oidc"], "--store"),
        (
            &[unknown, "--profile", "supabase", "--no-store"],
            "introspection",
        ),
        (&[unknown], "introspection"),
    ] {
        let (exit, refused) = run(&machine, &[&["verify"], args].concat());
        assert_eq!(exit, 3, "{refused}");
        let hints = refused["hints"].to_string();
        assert!(hints.contains(hint), "{args:?}: {refused}");
    }
}

#[test]
fn revoke_treats_one_that_the_store_does_not_know_as_it_treats_any_session() {
    let unknown = "a-text-of-somebody-else-0123456789";
    let revoke = ["revoke", unknown, "--profile", "oidc"];
    let machine = Machine::new();
    machine.run(&["session", "init"]);
    // Under an allow-list there is nothing to end.
    let (exit, refused) = run(&machine, &revoke);
    assert_eq!((exit, &refused["verdict"]), (1, &"nothing_found".into()));
    let (exit, _) = run(&machine, &[&revoke[..], &["--missing-ok"]].concat());
    assert_eq!(exit, 0);
    // Under a deny-list it is live until it is ended.
    let live = ["--set", "session.unknown=live"];
    let revoke = [&revoke[..], &live].concat();
    let (exit, rehearsed) = run(&machine, &[&revoke[..], &["--dry-run"]].concat());
    assert_eq!(exit, 0, "{rehearsed}");
    for _ in 0..2 {
        let (exit, revoked) = run(&machine, &revoke);
        assert_eq!(exit, 0, "{revoked}");
        for command in ["renew", "rotate"] {
            let (exit, refused) = run(&machine, &[command, unknown, "--profile", "oidc"]);
            let verdict = &refused["verdict"];
            assert_eq!((exit, verdict), (7, &"revoked".into()), "{refused}");
        }
    }
    assert!(!is_stored(&machine, unknown));
}
