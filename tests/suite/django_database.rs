//! A Django application's database named as the store, without its server: how it is named, what is refused, and that reading never writes.
use std::path::Path;

use serde_json::{Value, json};

use crate::process::{Run, RunResult, SECRET, TempDir};

/// The database that a fixture makes, with changes.
fn database(folder: &TempDir, fixture: &str, change: &str) -> String {
    let file = format!("tests/fixtures/django/{fixture}.sqlite.sql");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let path = folder.path().join("db.sqlite3");
    let database = rusqlite::Connection::open(&path).unwrap();
    let statements = std::fs::read_to_string(file).unwrap();
    database.execute_batch(&(statements + change)).unwrap();
    path.to_str().unwrap().to_owned()
}

fn run(store: &str, args: &[&str]) -> RunResult {
    with(store, "", args)
}

/// With a variable that holds an address.
fn with(store: &str, address: &str, args: &[&str]) -> RunResult {
    let args = [args, &["--profile", "simplejwt", "--store", store]].concat();
    Run::new(args)
        .env("JWTSESS_SECRET", format!("raw:{SECRET}"))
        .env("DATABASE_URL", address)
        .run()
}

/// Exit status, the error's code and its words.
fn refused(store: &str, args: &[&str]) -> (i32, String, String) {
    let ran = run(store, &[args, &["--json"]].concat());
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    let text = |name: &str| told["error"][name].as_str().unwrap_or_default().to_owned();
    (ran.status, text("code"), text("message"))
}

const ISSUE: &[&str] = &["issue", "--user", "alice"];

fn refresh(store: &str, user: &str) -> String {
    let ran = run(store, &["issue", "--user", user, "-o", "refresh"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    ran.stdout.trim_end().to_owned()
}

#[test]
fn a_database_is_named_by_its_path_or_by_the_variable_that_the_application_reads() {
    let folder = TempDir::new();
    let path = database(&folder, "simplejwt", "");
    for (store, address) in [
        (format!("django+sqlite://{path}"), String::new()),
        (
            "django+env:DATABASE_URL".to_owned(),
            format!("sqlite://{path}"),
        ),
        (
            "django+env:DATABASE_URL".to_owned(),
            format!("django+sqlite://{path}"),
        ),
        (
            "env:DATABASE_URL".to_owned(),
            format!("django+sqlite:///{path}?timeout=20"),
        ),
    ] {
        let ran = with(&store, &address, ISSUE);
        assert_eq!(ran.status, 0, "{store} {address}: {ran:?}");
    }
    let list = run(
        &format!("django+sqlite://{path}"),
        &["session", "list", "--json"],
    );
    let list: Value = serde_json::from_str(&list.stdout).unwrap();
    assert_eq!(list["sessions"].as_array().unwrap().len(), 4, "{list}");
}

#[test]
fn what_is_no_such_database_is_refused_and_nothing_is_made() {
    let folder = TempDir::new();
    let missing = folder.path().join("none.sqlite3");
    let store = format!("django+sqlite://{}", missing.display());
    for args in [ISSUE, &["session", "list"], &["session", "purge"]] {
        let (status, code, words) = refused(&store, args);
        assert_eq!((status, code.as_str()), (1, "store_unreachable"), "{words}");
        assert!(words.contains("no such file"), "{words}");
    }
    assert!(!missing.exists());
    for (store, expected) in [
        ("django+sqlite:///", "must be followed by /PATH"),
        (
            "django+mysql://host/db",
            "neither django+sqlite:///PATH nor django+postgres://",
        ),
        ("django+env:NONE", "is not set"),
        (
            "django+postgres://alice:hunter2@127.0.0.1:1/app",
            "django+postgres://alice@127.0.0.1:1/app",
        ),
    ] {
        let (status, code, words) = refused(store, ISSUE);
        assert_eq!((status, code.as_str()), (1, "store_unreachable"), "{words}");
        assert!(
            words.contains(expected) && !words.contains("hunter2"),
            "{words}"
        );
    }
}

#[test]
fn tables_that_are_not_known_are_named_and_left_as_they_are() {
    let change = "ALTER TABLE token_blacklist_outstandingtoken ADD COLUMN tenant integer NOT NULL DEFAULT 1; ALTER TABLE token_blacklist_blacklistedtoken RENAME COLUMN blacklisted_at TO ended_at;";
    let folder = TempDir::new();
    let path = database(&folder, "simplejwt", change);
    let before = std::fs::read(&path).unwrap();
    let store = format!("django+sqlite://{path}");
    for args in [
        ISSUE,
        &["session", "list"],
        &["session", "purge"],
        &["revoke", "--all", "--yes"],
    ] {
        let (status, code, words) = refused(&store, args);
        assert_eq!((status, code.as_str()), (1, "store_foreign"), "{words}");
        let expected = "table token_blacklist_blacklistedtoken has no column blacklisted_at, a required column ended_at";
        assert!(words.contains(expected), "{words}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_profile_that_is_no_server_s_has_no_place_there() {
    let folder = TempDir::new();
    let store = format!("django+sqlite://{}", database(&folder, "simplejwt", ""));
    let told = |profile: &str| {
        let args = [
            "issue",
            "--user",
            "alice",
            "--store",
            &store,
            "--json",
            "--profile",
            profile,
        ];
        let ran = Run::new(args)
            .env("JWTSESS_SECRET", format!("raw:{SECRET}"))
            .run();
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        (
            ran.status,
            told["error"]["message"].as_str().unwrap().to_owned(),
        )
    };
    let (status, words) = told("pair");
    assert_eq!(status, 2, "{words}");
    assert!(
        words.ends_with("pair is not the profile of a Django server"),
        "{words}"
    );
    let (status, words) = told("drf-jwt");
    assert_eq!(status, 1, "{words}");
    assert!(words.contains("simplejwt's tables"), "{words}");
}

#[test]
fn a_profile_with_opaque_refresh_tokens_has_no_place_there() {
    let folder = TempDir::new();
    let path = database(&folder, "simplejwt", "");
    let store = format!("django+sqlite://{path}");
    let before = std::fs::read(&path).unwrap();
    let config = folder.file(
        "config.toml",
        "[profiles.quay]\nextends = 'supabase'\nrecognise = [\"dock = 'x'\"]\nsure = true\nclaims = ['sub', 'iat', 'exp', 'jti', 'sid', \"dock = 'x'\"]\n",
    );
    let run = |args: &[&str]| {
        let ran = Run::new([args, &["--json"]].concat())
            .env("JWTSESS_SECRET", format!("raw:{SECRET}"))
            .env("JWTSESS_CONFIG", &config)
            .run();
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        (ran.status, told)
    };
    let (status, issued) = run(&["issue", "--user", "alice", "--profile", "quay"]);
    assert_eq!(status, 0, "{issued}");
    let access = issued["access"].as_str().unwrap();
    let opaque = issued["refresh"].as_str().unwrap();
    for profile in ["quay", "oidc", "supabase"] {
        for verb in [
            &["issue", "--user", "alice"][..],
            &["renew", opaque],
            &["rotate", opaque],
            &["revoke", opaque],
        ] {
            let named = ["--profile", profile, "--store", &store];
            let (status, told) = run(&[verb, &named].concat());
            let message = told["error"]["message"].as_str().unwrap_or_default();
            let expected = format!("{profile} is not the profile of a Django server");
            assert!(
                status == 2 && message.ends_with(&expected),
                "{verb:?}: {told}"
            );
        }
    }
    // Where none is named, the tables have no such text and no such session.
    for (args, expected) in [
        (["renew", opaque], 3),
        (["rotate", opaque], 3),
        (["revoke", opaque], 3),
        (["inspect", opaque], 3),
        (["revoke", access], 1),
    ] {
        let (status, told) = run(&[&args[..], &["--store", &store]].concat());
        assert_eq!(status, expected, "{args:?}: {told}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn looking_writes_nothing_and_a_moved_clock_has_to_be_meant() {
    let folder = TempDir::new();
    let path = database(&folder, "simplejwt", "");
    let store = format!("django+sqlite://{path}");
    let token = refresh(&store, "alice");
    let before = std::fs::read(&path).unwrap();
    for args in [
        ["verify", &token, "--kind", "any"].as_slice(),
        &["verify", &token, "--as", "refresh"],
        &["inspect", &token],
        &["renew", &token],
        &["revoke", &token, "--dry-run"],
        &["session", "list"],
        &["session", "purge", "--dry-run"],
    ] {
        let ran = run(&store, args);
        assert_eq!(ran.status, 0, "{args:?}: {ran:?}");
    }
    let (status, _, words) = refused(&store, &["revoke", &token, "--now", "+1h"]);
    assert_eq!(status, 2, "{words}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let ran = run(&store, &["revoke", &token, "--now", "+1h", "--rehearse"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_ne!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn of_many_processes_that_rotate_one_token_one_wins() {
    let folder = TempDir::new();
    let store = format!("django+sqlite://{}", database(&folder, "simplejwt", ""));
    for _ in 0..3 {
        let token = refresh(&store, "alice");
        let statuses: Vec<i32> = std::thread::scope(|scope| {
            let rotate = || run(&store, &["rotate", &token]).status;
            let threads: Vec<_> = (0..12).map(|_| scope.spawn(rotate)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        let count = |wanted: i32| statuses.iter().filter(|status| **status == wanted).count();
        assert_eq!((count(0), count(7)), (1, 11), "{statuses:?}");
    }
    let list = run(&store, &["session", "list", "--state", "live", "--json"]);
    let list: Value = serde_json::from_str(&list.stdout).unwrap();
    assert_eq!(list["sessions"].as_array().unwrap().len(), 3);
    assert_eq!(list["sessions"][0]["user"], json!("alice"));
}

#[test]
fn no_token_s_text_that_the_tables_hold_is_ever_shown() {
    let folder = TempDir::new();
    let store = format!("django+sqlite://{}", database(&folder, "simplejwt", ""));
    let token = refresh(&store, "alice");
    let signature = token.rsplit('.').next().unwrap();
    let listed = run(&store, &["session", "list", "--json"]);
    let listed: Value = serde_json::from_str(&listed.stdout).unwrap();
    let id = listed["sessions"][0]["id"].as_str().unwrap();
    for args in [
        ["session", "list", "--json"].as_slice(),
        &["session", "show", id],
        &["session", "show", id, "--json"],
        &["revoke", "--session", id, "--json"],
    ] {
        let ran = run(&store, args);
        assert_eq!(ran.status, 0, "{args:?}: {ran:?}");
        assert!(
            !ran.stdout.contains(signature) && !ran.stderr.contains(signature),
            "{args:?}"
        );
    }
}

#[test]
fn a_database_that_keeps_no_successor_forgives_no_retired_token() {
    let folder = TempDir::new();
    let store = format!("django+sqlite://{}", database(&folder, "simplejwt", ""));
    let token = refresh(&store, "alice");
    for grace in [
        &["--reuse-grace", "10s"][..],
        &["--set", "rotate.grace=10s"],
        &["--set", "rotate.grace=until-used"],
        &[
            "--set",
            "rotate.grace=1 use",
            "--set",
            "rotate.again=sibling",
        ],
    ] {
        let (status, code, words) = refused(&store, &[&["rotate", &token][..], grace].concat());
        assert_eq!(status, 1, "{grace:?} {code}: {words}");
        assert!(words.contains("rotate.grace, --reuse-grace"), "{words}");
    }
    // Nothing was written: without a grace it is rotated, once.
    assert_eq!(run(&store, &["rotate", &token]).status, 0);
    assert_eq!(run(&store, &["rotate", &token]).status, 7);
}
