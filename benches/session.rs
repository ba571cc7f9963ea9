//! A session's rules in memory: `cargo bench --bench session`. By what a store knows a token, and what is decided of one whose family has one token or a thousand.
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jwtsess::internals::core::profile::BuiltIn;
use jwtsess::internals::core::secret::Fingerprint;
use jwtsess::internals::core::time::Timestamp;
use jwtsess::internals::core::token::{Limits, Unverified};
use jwtsess::internals::session::family::{
    Family, Operation, PresentedToken, Ruling, SessionToken, apply, decide,
};
use jwtsess::internals::session::record;

const NOW: i64 = 1_800_000_000;
/// A refresh token; whose its signature is does not matter here.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6InJ0K2p3dCJ9.eyJzdWIiOiJhbGljZSIsImlhdCI6MTc5OTk5OTkwMCwiZXhwIjoxODAxMjA5NTAwLCJqdGkiOiIwYjgzNDE3ZS05YTcwLTQ1OTctYjZjYy1hYjk0Yzg4MjUxMjAiLCJzaWQiOiIxZTQ1MzE3Ny1hYjY0LTRlYjEtOTUwZS1kNGI5ODY5OGViOTUiLCJzZXNzaW9uX2V4cCI6MTgwNzc3NTkwMH0.AAAA";

/// A token that follows another one.
fn next(presented: &PresentedToken, number: u32) -> SessionToken {
    let id = format!("token-{number}");
    SessionToken {
        fingerprint: Fingerprint::of_id(None, &id),
        id: Some(id),
        ..presented.token.clone()
    }
}

fn session(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("session");
    let now = Timestamp::from_seconds(NOW);
    let built_in = BuiltIn::new(jwtsess::internals::django::emulator);
    let profile = built_in.known("pair").expect("it is built in");
    let token = Unverified::read(TOKEN, &Limits::default());
    group.bench_function("presented", |bencher| {
        bencher.iter(|| record::presented(&token, profile, true));
    });

    let rules = record::rules(profile, None);
    let first = record::presented(&token, profile, true).expect("it has a session");
    let mut family = Family::new(&first.origin, first.token.clone(), now);
    let mut presented = first.clone();
    for generations in 1_u32..=1000 {
        if [1, 1000].contains(&generations) {
            let rotate = Operation::Rotate(Box::new(next(&first, generations)));
            for (name, request) in [("look", &Operation::Look), ("rotate", &rotate)] {
                let id = BenchmarkId::new(name, generations);
                group.bench_function(id, |bencher| {
                    bencher.iter(|| decide(Some(&family), &presented, request, &rules, now));
                });
            }
        }
        let token = next(&first, generations);
        let rotate = Operation::Rotate(Box::new(token.clone()));
        let change = decide(Some(&family), &presented, &rotate, &rules, now);
        assert!(matches!(change.ruling, Ruling::Rotated(_)));
        family = apply(Some(&family), &change).expect("it goes on");
        presented.token = token;
    }
    group.finish();
}

criterion_group!(benches, session);
criterion_main!(benches);
