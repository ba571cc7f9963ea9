//! Several at once: one of them wins, where simplejwt itself lets up to nine of twelve.
use super::*;
use crate::session::family::{Refusal, Ruling};

facts! {
    of_many_rotations_at_once_one_wins_and_the_rest_are_refused
}

fn race(bench: &Bench, recorded: bool) -> Vec<Ruling> {
    const THREADS: usize = 8;
    let old = refresh("old", NOW);
    if recorded {
        issued(&mut bench.open(), &old, NOW).unwrap();
    }
    let barrier = std::sync::Barrier::new(THREADS);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let (barrier, old) = (&barrier, &old);
                scope.spawn(move || {
                    let mut store = bench.open();
                    let request =
                        Operation::Rotate(Box::new(refresh(&format!("new{thread}"), NOW)));
                    barrier.wait();
                    present(&mut store, old, &request, NOW).unwrap().ruling()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}

fn of_many_rotations_at_once_one_wins_and_the_rest_are_refused(of: Maker<'_>) {
    for recorded in [true, false] {
        let bench = of("simplejwt");
        let rulings = race(&bench, recorded);
        let count = |wanted: Ruling| rulings.iter().filter(|ruling| **ruling == wanted).count();
        assert_eq!(count(Ruling::Rotated(2)), 1, "{rulings:?}");
        assert_eq!(
            count(Ruling::Refused(Refusal::Revoked(at(NOW)))),
            7,
            "{rulings:?}"
        );
        let rows = bench.rows("SELECT jti FROM token_blacklist_outstandingtoken");
        assert_eq!(rows.len(), 2);
    }
}
