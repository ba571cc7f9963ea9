//! Connections that break, transactions that are turned away, and locks that are held: what is done again, and what is told.
use std::cell::Cell;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::Duration;

use super::super::*;
use super::given::TestSchema;
use crate::session::family::tests::{NOW, PAIR, at, origin, presented, rotate, token};
use crate::session::family::{Rules, Ruling, decide};

fn family(session: &str, first: &str) -> Family {
    Family::new(&origin(session), token(first, NOW), at(NOW))
}

fn lookup(first: &str) -> Lookup {
    Lookup::token(&token(first, NOW), &origin("s"))
}

/// A store with the session `s` and its token `a`.
fn recorded(given: &TestSchema) -> Postgres {
    let mut store = given.open();
    store.create(&family("s", "a")).unwrap();
    store
}

/// Rotates `a` into a token; `meanwhile` is called before each decision.
fn rotated(
    store: &mut Postgres,
    into: &str,
    rules: &Rules,
    meanwhile: &mut dyn FnMut(),
) -> Result<UpdateResult, StoreError> {
    let token = token("a", NOW);
    let presented = presented(&token, "s");
    let request = rotate(into, NOW);
    store.update(&lookup("a"), &mut |family| {
        meanwhile();
        decide(family, &presented, &request, rules, at(NOW))
    })
}

/// Ends all connections of the test's own schema but the asking one.
fn end_connections(given: &TestSchema) {
    given.run(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{}'",
        given.schema
    ));
}

/// Opens with a name that the server shows.
fn named(given: &TestSchema) -> Postgres {
    let url = format!("{}&application_name={}", given.url, given.schema);
    super::given::TestSurroundings::default()
        .open(&url)
        .unwrap()
}

#[test]
fn a_connection_that_breaks_in_the_middle_is_replaced_and_the_rotation_done_once() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    drop(recorded(&given));
    let mut store = named(&given);
    let calls = Cell::new(0);
    let applied = rotated(&mut store, "b", &PAIR, &mut || {
        calls.set(calls.get() + 1);
        if calls.get() == 1 {
            end_connections(&given);
        }
    });
    assert_eq!(applied.unwrap().ruling(), Ruling::Rotated(2));
    assert_eq!(calls.get(), 2);
    // And one that was idle.
    end_connections(&given);
    let found = store.find(&lookup("b")).unwrap().unwrap();
    assert_eq!(found.generations.len(), 2);
    assert_eq!(found.session.ended, None);
}

/// What runs for each token that is added, in a check of the table: a trigger would be refused.
fn at_insert(given: &TestSchema, body: &str) {
    given.run(&format!(
        "CREATE SEQUENCE calls; CREATE FUNCTION at_insert(number bigint) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF number > 1 THEN {body} END IF; RETURN true; END $$; ALTER TABLE jwtsess_generation ADD CHECK (at_insert(number)) NOT VALID"
    ));
}

#[test]
fn a_transaction_that_is_turned_away_is_done_again() {
    for code in ["40001", "40P01"] {
        let Some(given) = TestSchema::new() else {
            return;
        };
        let mut store = recorded(&given);
        let body = format!(
            "IF nextval('calls') < 4 THEN RAISE EXCEPTION 'restart transaction' USING ERRCODE = '{code}'; END IF;"
        );
        at_insert(&given, &body);
        let calls = Cell::new(0);
        let applied = rotated(&mut store, "b", &PAIR, &mut || calls.set(calls.get() + 1));
        assert_eq!(applied.unwrap().ruling(), Ruling::Rotated(2), "{code}");
        assert_eq!(calls.get(), 4, "{code}");
        let found = store.find(&lookup("b")).unwrap().unwrap();
        assert_eq!(found.generations.len(), 2, "{code}");
    }
}

#[test]
fn a_transaction_that_is_turned_away_for_ever_ends_as_busy() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let mut store = recorded(&given);
    at_insert(&given, "RAISE EXCEPTION 'no' USING ERRCODE = '40001';");
    let refused = rotated(&mut store, "b", &PAIR, &mut || ());
    assert_eq!(refused, Err(StoreError::Busy));
    let found = store.find(&lookup("a")).unwrap().unwrap();
    assert!(found.generations[0].is_current());
}

#[test]
fn a_transaction_that_the_server_can_not_tell_of_is_looked_up() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let mut store = recorded(&given);
    let body =
        "IF nextval('calls') = 1 THEN RAISE EXCEPTION 'unknown' USING ERRCODE = '40003'; END IF;";
    at_insert(&given, body);
    let calls = Cell::new(0);
    let applied = rotated(&mut store, "b", &PAIR, &mut || calls.set(calls.get() + 1));
    // It was not made, so that it is made now.
    assert_eq!(applied.unwrap().ruling(), Ruling::Rotated(2));
    assert_eq!(calls.get(), 2);
    let found = store.find(&lookup("b")).unwrap().unwrap();
    assert_eq!((found.generations.len(), found.session.ended), (2, None));
}

/// What becomes of a commit on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It reaches the server, and the answer is lost.
    Made,
    /// It is lost itself.
    Lost,
    /// It reaches the server, and no one gets through any more.
    Cut,
}

/// A way to the server on which the first commit meets its fate; its port.
fn way(given: &TestSchema, fate: Fate) -> u16 {
    let (_, _, host) = given.parts();
    let upstream = host.split_once('/').unwrap().0.to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let mut met = false;
        for client in listener.incoming() {
            let client = client.unwrap();
            if met && fate == Fate::Cut {
                continue;
            }
            let upstream = TcpStream::connect(&upstream).unwrap();
            let back = (upstream.try_clone().unwrap(), client.try_clone().unwrap());
            // Carries answers until one side is shut.
            let answers = std::thread::spawn(move || {
                let (mut upstream, mut client) = back;
                _ = std::io::copy(&mut upstream, &mut client);
            });
            met |= carry(client, upstream, if met { None } else { Some(fate) });
            answers.join().unwrap();
        }
    });
    port
}

/// Carries what a client sends until it ends or a commit meets its fate, and tells whether one did.
fn carry(mut client: TcpStream, mut upstream: TcpStream, fate: Option<Fate>) -> bool {
    let mut buffer = [0; 16384];
    loop {
        let read = client.read(&mut buffer).unwrap_or(0);
        let met = buffer[..read].windows(7).any(|bytes| bytes == b"COMMIT\0");
        if met && fate.is_some() {
            _ = client.shutdown(Shutdown::Both);
            if fate != Some(Fate::Lost) {
                upstream.write_all(&buffer[..read]).unwrap();
                // The server answers before it sees the end.
                _ = upstream.shutdown(Shutdown::Write);
                return true;
            }
        }
        if read == 0 || (met && fate.is_some()) {
            _ = upstream.shutdown(Shutdown::Both);
            return met;
        }
        upstream.write_all(&buffer[..read]).unwrap();
    }
}

#[test]
fn a_commit_whose_answer_is_lost_is_looked_up_and_not_made_twice() {
    for (fate, decisions) in [(Fate::Made, 1), (Fate::Lost, 2), (Fate::Cut, 1)] {
        let Some(given) = TestSchema::new() else {
            return;
        };
        drop(recorded(&given));
        let (_, _, host) = given.parts();
        let there = host.split_once('/').unwrap().0;
        let here = format!("localhost:{}", way(&given, fate));
        let around = super::given::TestSurroundings::default();
        let mut store = around.open(&given.url.replace(there, &here)).unwrap();
        let calls = Cell::new(0);
        let applied = rotated(&mut store, "b", &PAIR, &mut || calls.set(calls.get() + 1));
        if fate == Fate::Cut {
            assert!(
                matches!(applied, Err(StoreError::Uncertain(_))),
                "{applied:?}"
            );
        } else {
            assert_eq!(applied.unwrap().ruling(), Ruling::Rotated(2), "{fate:?}");
        }
        assert_eq!(calls.get(), decisions, "{fate:?}");
        let found = given.open().find(&lookup("b")).unwrap().unwrap();
        assert_eq!(
            (found.generations.len(), found.session.ended),
            (2, None),
            "{fate:?}"
        );
    }
}

#[test]
fn who_holds_a_session_too_long_makes_the_store_busy() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let mut store = recorded(&given);
    let mut other = given.client();
    let mut held = other.transaction().unwrap();
    held.execute("SELECT key FROM jwtsess_session FOR UPDATE", &[])
        .unwrap();
    store.connection.patience = Duration::from_millis(200);
    let refused = rotated(&mut store, "b", &PAIR, &mut || ());
    assert_eq!(refused, Err(StoreError::Busy));
    held.rollback().unwrap();
    let applied = rotated(&mut store, "b", &PAIR, &mut || ()).unwrap();
    assert_eq!(applied.ruling(), Ruling::Rotated(2));
}
