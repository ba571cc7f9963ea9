//! Many processes that rotate one token at once, round after round: one successor, no fork, no lost session.
use std::sync::Barrier;

use crate::given::{given, is_ci};
use crate::process::{Machine, RunResult};

const PROCESSES: usize = 32;

/// Half of them strict, half with a grace. Where nobody waits for it: about half a minute for each store.
fn rounds() -> usize {
    if is_ci() { 50 } else { 4 }
}

/// The race for one token's successor, and the machine that it is run on.
struct Race(Machine);

impl Race {
    /// All rotate a token at once.
    fn rotate_at_once(&self, token: &str, more: &[&str]) -> Vec<RunResult> {
        let barrier = Barrier::new(PROCESSES);
        let args = [&["rotate", token, "-o", "refresh"], more].concat();
        std::thread::scope(|scope| {
            let rotate = || {
                barrier.wait();
                self.0.run(&args)
            };
            let threads: Vec<_> = (0..PROCESSES).map(|_| scope.spawn(rotate)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        })
    }

    /// Strict: one wins, and the first replay ends the family, the winner's token too.
    fn strict(&self) {
        let all = self.rotate_at_once(&self.0.login(), &[]);
        let (won, lost): (Vec<&RunResult>, Vec<&RunResult>) =
            all.iter().partition(|ran| ran.status == 0);
        assert_eq!(won.len(), 1, "{all:?}");
        for ran in lost {
            assert_eq!((ran.status, &*ran.stdout), (7, ""), "{ran:?}");
            assert!(ran.stderr.contains("reuse_detected"), "{ran:?}");
        }
        let successor = won[0].stdout.trim_end();
        let ran = self.0.run(&["verify", successor, "--kind", "refresh"]);
        assert_eq!(ran.status, 7, "{ran:?}");
        self.is_known(successor, "reuse_detected", 2);
    }

    /// The store has the token's session in that state, with so many tokens: a fork would have one more.
    fn is_known(&self, token: &str, state: &str, tokens: u64) {
        let seen = self.0.json(&["inspect", token]);
        let id = seen["session"]["id"].as_str().unwrap();
        let family = &self.0.json(&["session", "show", id])["family"];
        assert_eq!(
            (&family["state"], &family["generations"]),
            (&state.into(), &tokens.into())
        );
    }

    /// Inside the grace: all get the one successor, and the session goes on with it.
    fn with_grace(&self) {
        let all = self.rotate_at_once(&self.0.login(), &["--reuse-grace", "10m"]);
        let successor = &all[0].stdout;
        for ran in &all {
            assert_eq!((ran.status, &ran.stdout), (0, successor), "{ran:?}");
        }
        self.is_known(successor.trim_end(), "live", 2);
        self.0
            .token(&["rotate", successor.trim_end(), "-o", "refresh"]);
    }

    fn run(&self) {
        for round in 0..rounds() {
            if round % 2 == 0 {
                self.strict();
            } else {
                self.with_grace();
            }
        }
    }
}

#[test]
fn in_a_file_one_token_has_one_successor() {
    Race(Machine::new()).run();
}

#[test]
fn in_postgresql_one_token_has_one_successor() {
    let Some(store) = given("JWTSESS_POSTGRES", "a PostgreSQL server") else {
        return;
    };
    Race(Machine::with_store(store.to_str().unwrap())).run();
}

/// The logins of a batch.
const LOGINS: usize = 2500;

/// Two batches that record at once, in several commits each: every login is recorded and printed, in the order of its line.
fn batches_at_once(machine: &Machine) {
    // Whoever comes first makes the store, and says so.
    machine.login();
    let batch = |name: &str| {
        let line = |number| format!("{{\"sub\":\"{name}-{number}\"}}\n");
        let lines = (0..LOGINS).map(line).collect::<Vec<_>>().concat();
        let args = ["issue", "--batch", "--profile", "pair", "-o", "access"];
        machine.call(&args).stdin(lines).run()
    };
    let both = std::thread::scope(|scope| {
        ["first", "second"]
            .map(|name| scope.spawn(move || (name, batch(name))))
            .map(|thread| thread.join().unwrap())
    });
    for (name, ran) in both {
        assert_eq!((ran.status, &*ran.stderr), (0, ""), "{}", ran.stderr);
        let tokens: Vec<&str> = ran.stdout.lines().collect();
        assert_eq!(tokens.len(), LOGINS);
        for number in [0, 1, 999, 1000, LOGINS - 1] {
            let seen = machine.json(&["inspect", tokens[number]]);
            assert_eq!(seen["payload"]["sub"], format!("{name}-{number}"));
            assert_eq!(seen["session"]["state"], "live", "{seen}");
        }
    }
}

#[test]
fn in_a_file_two_batches_record_at_once() {
    let machine = Machine::new();
    batches_at_once(&machine);
    let listed = &machine.json(&["session", "list"])["sessions"];
    assert_eq!(listed.as_array().unwrap().len(), 2 * LOGINS + 1);
}

#[test]
fn in_postgresql_two_batches_record_at_once() {
    let Some(store) = given("JWTSESS_POSTGRES", "a PostgreSQL server") else {
        return;
    };
    batches_at_once(&Machine::with_store(store.to_str().unwrap()));
}
