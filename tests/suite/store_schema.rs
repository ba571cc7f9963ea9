//! Stores that an earlier version of jwtsess has written: what reads them, what brings them up to date, and what is signed again from them.
use postgres::{Client, NoTls};
use serde_json::Value;

use crate::given::given;
use crate::process::{Machine, PROGRAM, RunResult};

/// The moment of the fixtures: inside the grace of carol's rotation.
const NOW: &str = "2026-06-01T12:10:05Z";

/// A store of schema 1, and its tokens by name.
struct OldStore {
    machine: Machine,
    tokens: Value,
    database: Database,
}

enum Database {
    /// The path of the file.
    Sqlite(String),
    /// The address, and the schema that is the test's own.
    Postgres(String, String),
}

impl OldStore {
    fn sqlite() -> Self {
        let mut machine = Machine::new();
        let content = include_bytes!("../vectors/store-1.sqlite");
        let path = machine.home.file("old.sqlite", content);
        machine.store = Some(path.clone());
        Self {
            machine,
            tokens: tokens("sqlite"),
            database: Database::Sqlite(path),
        }
    }
    fn postgres(name: &str) -> Option<Self> {
        let given = given("JWTSESS_POSTGRES", "a PostgreSQL server")?;
        let server = given
            .to_str()
            .unwrap()
            .split_once('?')
            .unwrap()
            .0
            .to_owned();
        let schema = format!("old_{name}_{}", std::process::id());
        let old = Self {
            machine: Machine::with_store(format!("{server}?options=-csearch_path%3D{schema}")),
            tokens: tokens("postgres"),
            database: Database::Postgres(server, schema.clone()),
        };
        let dump = include_str!("../vectors/store-1.postgres.sql");
        old.sql(&format!(
            "CREATE SCHEMA {schema}; SET search_path = {schema}; {dump}"
        ));
        Some(old)
    }
    /// Those that can be tested here, each with its kind's name.
    fn all(name: &str) -> Vec<Self> {
        [Some(Self::sqlite()), Self::postgres(name)]
            .into_iter()
            .flatten()
            .collect()
    }
    fn is_postgres(&self) -> bool {
        matches!(self.database, Database::Postgres(..))
    }
    /// The name of the table of generations.
    fn generations(&self) -> &'static str {
        if self.is_postgres() {
            "jwtsess_generation"
        } else {
            "generation"
        }
    }
    fn sql(&self, sql: &str) {
        match &self.database {
            Database::Sqlite(path) => {
                let database = rusqlite::Connection::open(path).unwrap();
                database.execute_batch(sql).unwrap();
            }
            Database::Postgres(server, schema) => {
                let mut client = Client::connect(server, NoTls).unwrap();
                let sql = format!("SET search_path = {schema}; {sql}");
                client.batch_execute(&sql).unwrap();
            }
        }
    }
    /// Keeps what its generations are now.
    fn save(&self) {
        match &self.database {
            Database::Sqlite(path) => {
                std::fs::copy(path, format!("{path}.saved")).unwrap();
            }
            Database::Postgres(..) => {
                self.sql("CREATE TABLE saved AS SELECT * FROM jwtsess_generation");
            }
        }
    }
    /// Puts back what was kept.
    fn put_back(&self) {
        match &self.database {
            Database::Sqlite(path) => std::fs::rename(format!("{path}.saved"), path).unwrap(),
            Database::Postgres(..) => self.sql(
                "DELETE FROM jwtsess_generation; INSERT INTO jwtsess_generation SELECT * FROM saved; DROP TABLE saved",
            ),
        }
    }
    /// The number of its schema.
    fn version(&self) -> i64 {
        match &self.database {
            Database::Sqlite(path) => {
                let database = rusqlite::Connection::open(path).unwrap();
                let read = |row: &rusqlite::Row<'_>| row.get(0);
                database.query_row("PRAGMA user_version", [], read).unwrap()
            }
            Database::Postgres(server, schema) => {
                let mut client = Client::connect(server, NoTls).unwrap();
                let sql = format!("SELECT version FROM {schema}.jwtsess_schema");
                client.query_one(&sql, &[]).unwrap().get(0)
            }
        }
    }
    fn name(&self, name: &str) -> &str {
        self.tokens[name].as_str().unwrap()
    }
    fn run(&self, args: &[&str]) -> RunResult {
        self.machine.run(&[args, &["--now", NOW]].concat())
    }
    /// Runs what writes.
    fn write(&self, args: &[&str]) -> RunResult {
        self.run(&[args, &["--rehearse"]].concat())
    }
    fn json(&self, args: &[&str]) -> Value {
        let ran = self.run(&[args, &["--json"]].concat());
        serde_json::from_str(&ran.stdout).unwrap()
    }
    /// What it knows of every session, but those of one user.
    fn known(&self, but: &str) -> Vec<Value> {
        let listed = self.json(&["session", "list"]);
        let sessions = listed["sessions"].as_array().unwrap();
        let others = sessions.iter().filter(|session| session["user"] != but);
        let mut known: Vec<Value> = others.cloned().collect();
        for name in ["alice", "bob", "carol", "dave", "heidi"] {
            if name != but {
                let id = self.name(&format!("{name}_session"));
                known.push(self.json(&["session", "show", id])["family"].clone());
            }
        }
        known
    }
    fn upgrade(&self) {
        let ran = self.write(&["session", "init", "--upgrade"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        assert!(ran.stdout.contains("up to date"), "{ran:?}");
        assert_eq!(self.version(), 2);
    }
    /// Rotates a token, and returns its successor.
    fn rotated(&self, token: &str) -> String {
        let ran = self.write(&["rotate", token, "--json"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
        answer["refresh"].as_str().unwrap().to_owned()
    }
}

impl Drop for OldStore {
    fn drop(&mut self) {
        if let Database::Postgres(_, schema) = &self.database {
            self.sql(&format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}

fn tokens(store: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../vectors/store-1.json")).unwrap();
    all[store].clone()
}

#[test]
fn an_old_store_is_read_as_it_is() {
    for old in OldStore::all("read") {
        let states: Vec<(Value, Value)> = old.json(&["session", "list"])["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|session| (session["user"].clone(), session["state"].clone()))
            .collect();
        let mut states: Vec<_> = states
            .iter()
            .map(|(user, state)| (user.as_str().unwrap(), state.as_str().unwrap()))
            .collect();
        states.sort_unstable();
        let expected = [
            ("7", "live"),
            ("alice", "live"),
            ("bob", "revoked"),
            ("carol", "live"),
            ("dave", "reuse_detected"),
            ("erin", "live"),
            ("erin", "live"),
            ("frank", "live"),
            ("heidi", "live"),
        ];
        assert_eq!(states, expected);
        for (name, verdict) in [
            ("alice", "valid"),
            ("alice_first", "retired"),
            ("bob", "revoked"),
            ("carol_first", "retired"),
            ("dave", "reuse_detected"),
            ("erin_a", "valid"),
            ("erin_b", "valid"),
            ("frank", "valid"),
            ("frank_first", "retired"),
            ("grace", "valid"),
            ("heidi", "valid"),
        ] {
            let judged = old.json(&["verify", old.name(name), "--kind", "any"]);
            assert_eq!(judged["verdict"], verdict, "{name}");
        }
        let told = old.json(&["session", "init"]);
        assert_eq!(told["store"]["upgraded"], false);
        let ran = old.run(&["session", "init"]);
        assert!(ran.stdout.contains("session init --upgrade"), "{ran:?}");
        assert_eq!(old.version(), 1, "reading changes nothing");
    }
}

#[test]
fn from_an_old_store_nothing_is_signed_again() {
    for old in OldStore::all("again") {
        let again = ["rotate", "--session", old.name("alice_session")];
        for upgraded in [false, true] {
            let answer = old.json(&again);
            assert_eq!(answer["verdict"], "record_changed", "{answer}");
            assert!(answer["access"].is_null(), "{answer}");
            let ran = old.run(&again);
            assert_eq!((ran.status, &*ran.stdout), (7, ""), "{ran:?}");
            let way = if upgraded {
                "jwtsess rotate TOKEN"
            } else {
                "session init --upgrade"
            };
            assert!(ran.stderr.contains(way), "{ran:?}");
            if !upgraded {
                old.upgrade();
            }
        }
        let retry = ["rotate", old.name("carol_first"), "--reuse-grace", "1h"];
        let ran = old.write(&retry);
        assert_eq!((ran.status, &*ran.stdout), (7, ""), "{ran:?}");
        // The session goes on: nothing was reused.
        let next = old.rotated(old.name("carol"));
        let session = old.name("carol_session");
        let reissued = old.json(&["rotate", "--session", session]);
        assert_eq!(reissued["refresh"], *next, "{reissued}");
        // What this version has recorded is given again.
        let ran = old.write(&[
            "rotate",
            old.name("carol"),
            "--reuse-grace",
            "1h",
            "-o",
            "refresh",
        ]);
        assert_eq!((ran.status, ran.stdout.trim_end()), (0, &*next), "{ran:?}");
    }
}

#[test]
fn a_file_is_brought_up_to_date_by_the_first_who_writes() {
    let old = OldStore::sqlite();
    let before = old.known("heidi");
    let ran = old.write(&["rotate", old.name("heidi")]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.stderr.contains("up to date"), "{ran:?}");
    assert_eq!(old.version(), 2);
    assert_eq!(old.known("heidi"), before);
    let ran = old.write(&["rotate", old.name("alice")]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        !ran.stderr.contains("up to date"),
        "it is said once: {ran:?}"
    );
}

#[test]
fn what_comes_to_nothing_leaves_an_old_file_as_it_was() {
    let old = OldStore::sqlite();
    for args in [
        &["rotate", old.name("bob")][..],
        &["renew", old.name("bob")],
        &["revoke", old.name("bob")],
        &["revoke", "--session", "nobody's"],
        &["rotate", "no token"],
        &["revoke", "--user", "alice", "--dry-run"],
        &["session", "purge", "--dry-run"],
    ] {
        let ran = old.write(args);
        assert!(!ran.stderr.contains("up to date"), "{args:?}: {ran:?}");
        assert_eq!(old.version(), 1, "{args:?}");
    }
}

#[test]
fn every_command_that_writes_brings_an_old_file_up_to_date() {
    let commands: [&dyn Fn(&OldStore) -> RunResult; 5] = [
        &|old| old.write(&["revoke", old.name("alice")]),
        &|old| old.write(&["revoke", "--user", "heidi", "--yes"]),
        &|old| old.write(&["issue", "--user", "new", "--profile", "pair"]),
        &|old| old.write(&["renew", old.name("alice")]),
        &|old| old.write(&["rotate", old.name("frank")]),
    ];
    for command in commands {
        let old = OldStore::sqlite();
        let ran = command(&old);
        assert_eq!(ran.status, 0, "{ran:?}");
        assert!(ran.stderr.contains("up to date"), "{ran:?}");
        assert_eq!(old.version(), 2);
    }
}

#[test]
fn a_database_is_written_as_it_is_until_somebody_brings_it_up_to_date() {
    let Some(old) = OldStore::postgres("write") else {
        return;
    };
    let before = old.known("heidi");
    let next = old.rotated(old.name("heidi"));
    let revoked = old.write(&["revoke", old.name("erin_a")]);
    assert_eq!(revoked.status, 0, "{revoked:?}");
    assert_eq!(old.version(), 1);
    let answer = old.json(&["rotate", "--session", old.name("heidi_session")]);
    assert_eq!(answer["verdict"], "record_changed", "{answer}");
    let refused = old.run(&["session", "init", "--upgrade"]);
    assert_eq!(
        refused.status, 2,
        "another time is no time to change what others share"
    );
    old.upgrade();
    let told = old.json(&["session", "init", "--upgrade"]);
    assert_eq!(told["store"]["upgraded"], false, "once");
    let ended = |session: &Value| session["id"] == "shared";
    let of_others =
        |known: Vec<Value>| -> Vec<Value> { known.into_iter().filter(|one| !ended(one)).collect() };
    assert_eq!(of_others(old.known("heidi")), of_others(before));
    old.rotated(&next);
    let reissued = old.run(&["rotate", "--session", old.name("heidi_session")]);
    assert_eq!(reissued.status, 0, "{reissued:?}");
}

#[test]
fn many_bring_an_old_store_up_to_date_at_once() {
    for old in OldStore::all("many") {
        let before = old.known("nobody");
        let barrier = std::sync::Barrier::new(12);
        let all: Vec<RunResult> = std::thread::scope(|scope| {
            let run = |number: usize| {
                let (old, barrier) = (&old, &barrier);
                scope.spawn(move || {
                    let user = format!("new-{number}");
                    barrier.wait();
                    if number.is_multiple_of(2) {
                        old.write(&["session", "init", "--upgrade"])
                    } else {
                        old.write(&["issue", "--user", &user, "--profile", "pair"])
                    }
                })
            };
            let threads: Vec<_> = (0..12).map(run).collect();
            threads.into_iter().map(|one| one.join().unwrap()).collect()
        });
        for ran in &all {
            assert_eq!(ran.status, 0, "{ran:?}");
        }
        let said = |ran: &&RunResult| (ran.stdout.clone() + &ran.stderr).contains("brought");
        assert_eq!(all.iter().filter(said).count(), 1, "{all:?}");
        assert_eq!(old.version(), 2);
        let after = old.known("nobody");
        assert!(before.iter().all(|one| after.contains(one)));
        assert_eq!(after.len(), before.len() + 6);
    }
}

/// Kills what brings the store up to date, at one moment after another.
#[cfg(unix)]
#[test]
fn a_kill_leaves_the_old_schema_or_the_new_one() {
    for old in OldStore::all("kill") {
        let before = old.known("nobody");
        for pause in (0..24).map(|step| step * 2) {
            if old.version() == 2 {
                break;
            }
            let mut command = old.machine.command(PROGRAM);
            let args = ["session", "init", "--upgrade", "--now", NOW, "--rehearse"];
            let mut child = command
                .args(args)
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(std::time::Duration::from_millis(pause));
            _ = child.kill();
            _ = child.wait();
            assert_eq!(old.known("nobody"), before, "after {pause} ms");
        }
        if old.version() == 1 {
            old.upgrade();
        }
        assert_eq!(old.known("nobody"), before);
    }
}

#[test]
fn a_newer_store_is_refused_and_says_so() {
    for old in OldStore::all("newer") {
        old.upgrade();
        old.sql(if old.is_postgres() {
            "UPDATE jwtsess_schema SET version = 3"
        } else {
            "PRAGMA user_version = 3"
        });
        for args in [
            &["verify", old.name("heidi"), "--kind", "any"][..],
            &["rotate", old.name("heidi")],
            &["session", "init", "--upgrade"],
            &["session", "list"],
        ] {
            let ran = old.run(args);
            let ran = if args[0] == "rotate" {
                old.write(args)
            } else {
                ran
            };
            assert_eq!((ran.status, &*ran.stdout), (1, ""), "{ran:?}");
            assert!(ran.stderr.contains("version 3"), "{ran:?}");
        }
        assert_eq!(old.version(), 3);
    }
}

#[test]
fn what_was_changed_in_the_store_is_not_signed() {
    for old in OldStore::all("changed") {
        old.upgrade();
        let next = old.rotated(old.name("heidi"));
        let other = old.rotated(old.name("alice"));
        let again = ["rotate", "--session", old.name("heidi_session")];
        assert_eq!(old.run(&again).status, 0);
        let table = old.generations();
        let changes: &[&str] = if old.is_postgres() {
            &[
                "claims = replace(claims, 'heidi', 'root')",
                "access_claims = replace(access_claims, '{', '{\"role\":\"admin\",')",
                "access_header = replace(access_header, 'at+jwt', 'JWT')",
                "mac = access_mac, access_mac = mac",
                "mac = NULL",
                "access_mac = '\\x00'",
                "mac = decode(repeat('00', 32), 'hex')",
            ]
        } else {
            // The rest of a row is under a checksum, which is there against accidents.
            &[
                "mac = access_mac, access_mac = mac",
                "mac = NULL",
                "access_mac = zeroblob(32)",
                "mac = x'00'",
            ]
        };
        for change in changes {
            old.save();
            old.sql(&format!(
                "UPDATE {table} SET {change} WHERE mac IS NOT NULL AND claims LIKE '%heidi%'"
            ));
            let ran = old.run(&again);
            assert!(
                ran.status == 7 || change.ends_with("00'"),
                "{change}: {ran:?}"
            );
            assert!(
                ran.status != 0 && ran.stdout.is_empty(),
                "{change}: {ran:?}"
            );
            let ran = old.write(&["rotate", old.name("heidi"), "--reuse-grace", "1h"]);
            assert!(
                ran.status != 0 && ran.stdout.is_empty(),
                "{change}: {ran:?}"
            );
            // One row's fault is one row's.
            let ran = old.run(&[
                "rotate",
                "--session",
                old.name("alice_session"),
                "-o",
                "refresh",
            ]);
            assert_eq!(
                (ran.status, ran.stdout.trim_end()),
                (0, &*other),
                "{change}"
            );
            let listed = old.run(&["session", "list"]);
            assert_eq!(listed.status, 0, "{change}: {listed:?}");
            old.put_back();
            assert_eq!(old.run(&again).status, 0, "{change}: put back");
        }
        // The way out.
        old.sql(&format!(
            "UPDATE {table} SET mac = NULL WHERE claims LIKE '%heidi%'"
        ));
        old.rotated(&next);
        assert_eq!(old.run(&again).status, 0);
    }
}

#[test]
fn of_two_issuers_sessions_with_one_id_the_issuer_names_one() {
    for old in OldStore::all("issuers") {
        old.upgrade();
        let next = old.rotated(old.name("erin_a"));
        for args in [
            &["session", "show", "shared"][..],
            &["rotate", "--session", "shared"],
            &["revoke", "--session", "shared"],
        ] {
            let ran = old.run(args);
            let ran = if args[0] == "revoke" {
                old.write(args)
            } else {
                ran
            };
            assert_eq!((ran.status, &*ran.stdout), (1, ""), "{ran:?}");
            assert!(ran.stderr.contains("--iss ISSUER"), "{ran:?}");
        }
        let [a, b] = ["https://a.example", "https://b.example"];
        let shown = old.json(&["session", "show", "shared", "--iss", b]);
        assert_eq!(shown["family"]["issuer"], b);
        assert_eq!(shown["family"]["generations"], 1);
        let again = old.json(&["rotate", "--session", "shared", "--iss", a]);
        assert_eq!(again["refresh"], *next);
        let ran = old.write(&["revoke", "--session", "shared", "--iss", a]);
        assert_eq!(ran.status, 0, "{ran:?}");
        for (token, verdict) in [(&*next, "revoked"), (old.name("erin_b"), "valid")] {
            let judged = old.json(&["verify", token, "--kind", "refresh"]);
            assert_eq!(judged["verdict"], verdict);
        }
        let ran = old.run(&["session", "show", "shared", "--iss", "nobody"]);
        assert_eq!(ran.status, 7, "{ran:?}");
    }
}

#[test]
fn a_store_that_can_not_be_opened_says_what_to_do() {
    let hint = |store: &str| {
        let ran = Machine::with_store(store).run(&["revoke", "--session", "s"]);
        assert_eq!((ran.status, &*ran.stdout), (1, ""), "{ran:?}");
        assert!(
            !ran.stderr.contains("or use none"),
            "revoke needs one: {ran:?}"
        );
        ran.stderr.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // Nobody listens there.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let down = hint(&format!(
        "postgres://a:b@localhost:{port}/c?connect_timeout=5"
    ));
    assert!(down.contains("start it"), "{down}");
    if let Some(old) = OldStore::postgres("hints")
        && let Database::Postgres(server, schema) = &old.database
    {
        let (login, host) = server.split_once('@').unwrap();
        for refused in [
            format!("postgres://nobody-of-that-name:x@{host}"),
            format!("{}:wrong@{host}", login.rsplit_once(':').unwrap().0),
            format!(
                "{login}@{}/no-such-database",
                host.split_once('/').unwrap().0
            ),
        ] {
            let refused = hint(&refused);
            assert!(refused.contains("check the role"), "{refused}");
        }
        let role = format!("outsider_{}", std::process::id());
        old.sql(&format!("CREATE ROLE {role} LOGIN PASSWORD 'x'"));
        let denied = hint(&format!(
            "postgres://{role}:x@{host}?options=-csearch_path%3D{schema}"
        ));
        old.sql(&format!("DROP ROLE {role}"));
        assert!(denied.contains("USAGE on their schema"), "{denied}");
    }
    let machine = Machine::new();
    let path = machine.home.path().join("db.sqlite3");
    let database = rusqlite::Connection::open(&path).unwrap();
    let tables = "CREATE TABLE django_migrations (id integer); CREATE TABLE auth_user (id integer)";
    database.execute_batch(tables).unwrap();
    drop(database);
    let django = hint(path.to_str().unwrap());
    assert!(django.contains("django+sqlite:///PATH"), "{django}");
}

#[test]
fn logins_that_were_not_recorded_are_said_to_be_so() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice"]);
    machine.token(&[
        "issue",
        "--user",
        "bob",
        "--profile",
        "pair",
        "-o",
        "refresh",
    ]);
    let ran = machine.run(&["revoke", "--user", "alice"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let said = ran.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("are not recorded") && said.contains("jwtsess revoke TOKEN"),
        "{said}"
    );
    // The way out.
    assert_eq!(machine.run(&["revoke", &token]).status, 0);
    assert_eq!(machine.run(&["verify", &token]).status, 7);
}
