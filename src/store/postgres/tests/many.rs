//! Many at once, each with a connection of its own: one token, one successor, and no fork.
use super::super::*;
use super::given::TestSchema;
use crate::core::profile::language::forms::Grace;
use crate::core::time::Span;
use crate::session::family::tests::{NOW, PAIR, SLIDING, at, origin, presented, rotate, token};
use crate::session::family::{Refusal, Rules, Ruling, State, decide};

const MANY: usize = 32;

/// All rotate the token `a` of the session `s` at once, each into a token of its own.
fn race(given: &TestSchema, level: &'static str, rules: &Rules) -> Vec<Ruling> {
    let barrier = std::sync::Barrier::new(MANY);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..MANY)
            .map(|number| {
                let barrier = &barrier;
                scope.spawn(move || {
                    let mut store = given.open();
                    store.connection.level = level;
                    let token = token("a", NOW);
                    let presented = presented(&token, "s");
                    let request = rotate(&format!("b{number}"), NOW);
                    let lookup = Lookup::token(&token, &origin("s"));
                    barrier.wait();
                    let applied = store.update(&lookup, &mut |family| {
                        decide(family, &presented, &request, rules, at(NOW))
                    });
                    applied
                        .unwrap_or_else(|error| panic!("{level}: {error:?}"))
                        .ruling()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}

fn count(rulings: &[Ruling], wanted: Ruling) -> usize {
    rulings.iter().filter(|ruling| **ruling == wanted).count()
}

/// PostgreSQL's own level; and those of engines that let a transaction go on and turn it away later.
const LEVELS: [&str; 3] = ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"];

#[test]
fn of_thirty_two_one_wins_and_the_first_replay_ends_the_family() {
    for level in LEVELS {
        let Some(given) = TestSchema::new() else {
            return;
        };
        let mut store = given.open();
        let family = Family::new(&origin("s"), token("a", NOW), at(NOW));
        store.create(&family).unwrap();
        let rulings = race(&given, level, &PAIR);
        assert_eq!(
            count(&rulings, Ruling::Rotated(2)),
            1,
            "{level}: {rulings:?}"
        );
        let reuse = Ruling::Refused(Refusal::Reuse(at(NOW)));
        assert_eq!(count(&rulings, reuse), MANY - 1, "{level}: {rulings:?}");
        let found = store.find(&Lookup::Session("s".to_owned())).unwrap();
        let found = found.unwrap();
        assert_eq!(found.generations.len(), 2, "{level}");
        assert_eq!(
            found.session.state(at(NOW)),
            State::ReuseDetected,
            "{level}"
        );
    }
}

/// The session is not recorded yet: all of them find nothing to lock.
#[test]
fn inside_the_grace_all_get_the_one_successor_of_a_session_that_is_new_to_the_store() {
    let rules = Rules {
        reuse_grace: Grace::For(Span::from_seconds(10)),
        ..SLIDING
    };
    for level in LEVELS {
        let Some(given) = TestSchema::new() else {
            return;
        };
        let rulings = race(&given, level, &rules);
        assert_eq!(
            count(&rulings, Ruling::Rotated(2)),
            1,
            "{level}: {rulings:?}"
        );
        assert_eq!(
            count(&rulings, Ruling::Retried(2)),
            MANY - 1,
            "{level}: {rulings:?}"
        );
        let found = given.open().find(&Lookup::Session("s".to_owned())).unwrap();
        let found = found.unwrap();
        assert_eq!(found.generations.len(), 2, "{level}");
        assert_eq!(found.session.state(at(NOW)), State::Live, "{level}");
    }
}
