//! A PostgreSQL store at the command line: it is named, written and read as a file is, and its password is never seen.
use std::cell::Cell;

use postgres::{Client, NoTls};
use serde_json::Value;

use crate::given::given;
use crate::process::{Machine, PROGRAM, RunResult};

/// A schema of a test's own in the server that is given, and a machine whose store it is.
struct Schema {
    machine: Machine,
    /// Without settings.
    server: String,
    name: String,
}

/// The address of a schema.
fn store(server: &str, schema: &str) -> String {
    format!("{server}?options=-csearch_path%3D{schema}")
}

impl Schema {
    fn new(name: &str) -> Option<Self> {
        let given = given("JWTSESS_POSTGRES", "a PostgreSQL server")?;
        let server = given.to_str().unwrap().split_once('?').unwrap().0;
        let name = format!("suite_{name}_{}", std::process::id());
        let schema = Self {
            machine: Machine::with_store(store(server, &name)),
            server: server.to_owned(),
            name,
        };
        schema.sql(&format!("CREATE SCHEMA {}", schema.name));
        Some(schema)
    }
    fn sql(&self, sql: &str) {
        let mut client = Client::connect(&self.server, NoTls).unwrap();
        client.batch_execute(sql).unwrap();
    }
    fn password(&self) -> &str {
        let login = self.server.split_once('@').unwrap().0;
        login.rsplit_once(':').unwrap().1
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.sql(&format!("DROP SCHEMA {} CASCADE", self.name));
    }
}

#[test]
fn a_replay_ends_the_family_for_everyone_who_goes_by_the_store() {
    let Some(schema) = Schema::new("replay") else {
        return;
    };
    let machine = &schema.machine;
    let first = machine.login();
    let second = machine.token(&["rotate", &first, "-o", "refresh"]);
    // Another machine, another folder: the same store.
    let thief = Machine::with_store(store(&schema.server, &schema.name));
    let replayed = thief.run(&["rotate", &first]);
    assert_eq!(
        (replayed.status, &*replayed.stdout),
        (7, ""),
        "{replayed:?}"
    );
    let verified = machine.run(&["verify", &second, "--kind", "refresh"]);
    assert_eq!(verified.status, 7, "{verified:?}");
}

#[test]
fn sessions_are_listed_ended_and_kept_while_they_guard_something() {
    let Some(schema) = Schema::new("sessions") else {
        return;
    };
    let machine = &schema.machine;
    let listed = || -> Vec<(String, String)> {
        let ran = machine.run(&["session", "list", "--user", "alice", "--json"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
        let of = |session: &Value| {
            let text = |name: &str| session[name].as_str().unwrap().to_owned();
            (text("id"), text("state"))
        };
        answer["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .map(of)
            .collect()
    };
    assert_eq!(machine.run(&["session", "list"]).status, 1);
    assert_eq!(machine.run(&["session", "init"]).status, 0);
    assert_eq!(listed(), []);
    let token = machine.login();
    machine.login();
    let states = |sessions: &[(String, String)]| -> Vec<String> {
        sessions.iter().map(|(_, state)| state.clone()).collect()
    };
    assert_eq!(states(&listed()), ["live", "live"]);
    let ran = machine.run(&["session", "show", &listed()[0].0]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let ran = machine.run(&["revoke", "--user", "alice", "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(states(&listed()), ["revoked", "revoked"]);
    assert_eq!(machine.run(&["rotate", &token]).status, 7);
    // Their tokens could still verify elsewhere.
    let ran = machine.run(&["session", "purge"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(listed().len(), 2);
}

#[test]
fn looking_makes_no_tables() {
    let Some(schema) = Schema::new("looking") else {
        return;
    };
    let machine = &schema.machine;
    let login = ["issue", "--user", "alice", "--profile", "pair"];
    let token = machine.token(&[&login[..], &["-o", "refresh", "--no-store"]].concat());
    let verified = machine.run(&["verify", &token, "--kind", "refresh"]);
    assert_eq!(verified.status, 1, "{verified:?}");
    assert!(
        verified.stderr.contains("it does not exist"),
        "{verified:?}"
    );
    let inspected = machine.run(&["inspect", &token]);
    assert_eq!(inspected.status, 0, "{inspected:?}");
    assert!(
        inspected
            .stdout
            .starts_with("not checked: there is no session store"),
        "{inspected:?}"
    );
    // Nothing in it to drop.
    schema.sql(&format!("DROP SCHEMA {0}; CREATE SCHEMA {0}", schema.name));
}

#[test]
fn a_moved_clock_writes_to_it_for_rehearsals_alone() {
    let Some(schema) = Schema::new("clock") else {
        return;
    };
    let machine = &schema.machine;
    let token = machine.login();
    let args = ["rotate", &token, "-o", "refresh", "--now", "+1h"];
    let refused = machine.run(&args);
    assert_eq!((refused.status, &*refused.stdout), (2, ""), "{refused:?}");
    assert!(refused.stderr.contains("--rehearse"), "{refused:?}");
    // Looking is no writing.
    let looked = machine.run(&["verify", &token, "--kind", "refresh", "--now", "+1h"]);
    assert_eq!(looked.status, 0, "{looked:?}");
    machine.token(&[&args[..], &["--rehearse"]].concat());
}

#[test]
fn no_password_is_ever_seen() {
    let Some(schema) = Schema::new("password") else {
        return;
    };
    let machine = &schema.machine;
    let token = machine.login();
    let host = schema.server.split_once('@').unwrap().1;
    let searched = Cell::new(0);
    let search = |ran: &RunResult, password: &str| {
        for text in [&ran.stdout, &ran.stderr] {
            assert!(!text.contains(password), "{ran:?}");
        }
        searched.set(searched.get() + 1);
    };
    // By each way: the right one is used, and not said.
    let without = store(&format!("postgres://jwtsess@{host}"), &schema.name);
    let file = machine
        .home
        .file(".pgpass", format!("*:*:*:jwtsess:{}\n", schema.password()));
    for mode in [0o600, 0o644] {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let ran = machine
            .call(&["inspect", &token, "--json", "-v"])
            .env("JWTSESS_STORE", &without)
            .run();
        search(&ran, schema.password());
        let refused = mode != 0o600;
        assert_eq!(ran.status, i32::from(refused), "{ran:?}");
        assert_eq!(ran.stdout.contains("was not used"), refused, "{ran:?}");
    }
    for (name, store) in [
        ("PGPASSWORD", without),
        ("UNUSED", store(&schema.server, &schema.name)),
    ] {
        for args in [
            &["inspect", &token][..],
            &["inspect", &token, "--json"],
            &["renew", &token, "-v"],
        ] {
            let call = machine.call(args).env(name, schema.password());
            let ran = call.env("JWTSESS_STORE", &store).run();
            assert_eq!(ran.status, 0, "{ran:?}");
            search(&ran, schema.password());
        }
    }
    // Wrong ones, and addresses that they make unreadable.
    for password in [
        "hunter2",
        "hun@hunter2",
        "1/hunter2",
        "hunter2#",
        "%hunter2",
    ] {
        let store = format!("postgres://jwtsess:{password}@{host}");
        for more in [&[][..], &["--json"]] {
            let args = [&["inspect", &token, "--store", &store], more].concat();
            let ran = machine.run(&args);
            assert_eq!(ran.status, 1, "{ran:?}");
            search(&ran, "hunter2");
        }
    }
    assert_eq!(searched.get(), 2 + 6 + 10);
}

#[test]
fn a_family_with_a_key_for_each_kind_goes_by_it() {
    const CONFIG: &str = "[profiles.app]\nextends = 'pair'\naccess.secret = 'env:ACCESS'\nrefresh.secret = 'env:REFRESH'\n";
    const KEYS: [(&str, &str); 2] = [
        ("ACCESS", "a-secret-of-access-tokens-alone-0123456789"),
        ("REFRESH", "a-secret-of-refresh-tokens-alone-0123456789"),
    ];
    let Some(schema) = Schema::new("two_keys") else {
        return;
    };
    let machine = &schema.machine;
    let config = machine.home.file("two.toml", CONFIG);
    let run = |args: &[&str]| {
        let of_app = ["--profile", "app", "--config", &config, "--json"];
        let mut call = machine.command(PROGRAM);
        call.args(args).args(of_app).env_remove("JWTSESS_SECRET");
        let ran = call.envs(KEYS).output().unwrap();
        let text = String::from_utf8(ran.stdout).unwrap();
        for (_, secret) in KEYS {
            assert!(!text.contains(secret), "{text}");
        }
        let answer: Value = serde_json::from_str(&text).unwrap();
        (ran.status.code(), answer)
    };
    let token = |answer: &Value, kind: &str| answer[kind].as_str().unwrap().to_owned();
    let (_, issued) = run(&["issue", "--user", "alice"]);
    let first = token(&issued, "refresh");
    let rotate = ["rotate", &first, "--reuse-grace", "1h"];
    let (status, rotated) = run(&rotate);
    assert_eq!(status, Some(0), "{rotated}");
    // A retry is answered with the same tokens, each signed again with its key.
    let (_, retried) = run(&rotate);
    for kind in ["access", "refresh"] {
        assert_eq!(retried[kind], rotated[kind]);
        let verify = ["verify", "--kind", kind, &token(&rotated, kind)];
        let (status, verified) = run(&verify);
        assert_eq!(status, Some(0), "{verified}");
    }
    let (_, listed) = run(&["session", "list"]);
    let id = listed["sessions"][0]["id"].as_str().unwrap();
    let (status, shown) = run(&["session", "show", id]);
    assert_eq!(
        (status, &shown["family"]["state"]),
        (Some(0), &"live".into())
    );
    let (status, replayed) = run(&["rotate", &first]);
    assert_eq!(status, Some(7), "{replayed}");
    let (_, shown) = run(&["session", "show", id]);
    assert_eq!(shown["family"]["state"], "reuse_detected", "{shown}");
}
