//! The session store at a thousand and at a million sessions: `cargo bench --bench store`.
//!
//! Its files lie in memory where there is `/dev/shm`: what waiting for a disk costs is the same for both, and would hide what grows.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the machine's clock, and its files are gone with it"
)]
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jwtsess::internals::core::profile::language::forms::Grace;
use jwtsess::internals::core::secret::Fingerprint;
use jwtsess::internals::core::time::{Span, Timestamp};
use jwtsess::internals::session::family::{
    Expiry, Family, Operation, PresentedToken, Rules, Ruling, Seal, SessionClaims, SessionKey,
    SessionToken, SignedContent, decide,
};
use jwtsess::internals::session::store::{Lookup, Selection, Store as _};
use jwtsess::internals::store::sqlite::{Access, Sqlite, make};

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;
const RULES: Rules = Rules {
    allow_list: true,
    retires: true,
    reuse_detection: true,
    reuse_grace: Grace::For(Span::from_seconds(0)),
    siblings: false,
    revokes_alone: false,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn origin(session: &str, user: &str, end: i64) -> SessionClaims {
    SessionClaims {
        key: SessionKey {
            issuer: None,
            id: session.to_owned(),
        },
        shared: true,
        profile: "pair".to_owned(),
        user: Some(user.to_owned()),
        began_at: None,
        absolute_end: Some(at(end)),
        outlives: Span::from_seconds(0),
    }
}

fn token(id: &str, expires: i64) -> SessionToken {
    let signed = |typ: &str| SignedContent {
        header: format!("{{\"alg\":\"HS256\",\"typ\":\"{typ}\"}}"),
        claims: format!("{{\"sub\":\"a user\",\"iat\":{NOW},\"exp\":{expires},\"jti\":\"{id}\"}}"),
        seal: Seal::Mac {
            mac: [7; 32],
            kid: None,
        },
    };
    SessionToken {
        fingerprint: Fingerprint::of_id(None, id),
        id: Some(id.to_owned()),
        issued_at: Some(at(NOW)),
        expires_at: Expiry::At(at(expires)),
        signed: Some(signed("rt+jwt")),
        access: Some(signed("at+jwt")),
        text: None,
    }
}

/// A folder that goes with the run.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        let folder = parent.join(format!("jwtsess-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A store of `sessions` logins, ten of each user, all of them live.
fn filled(folder: &Path, sessions: u32) -> PathBuf {
    let path = folder.join(format!("{sessions}.db"));
    make(&path, "draft").expect("a store is made");
    let mut store = Sqlite::open(&path, Access::Write).expect("it opens");
    for number in 0..sessions {
        let session = format!("session-{number}");
        let user = format!("user-{}", number / 10);
        let first = token(&format!("token-{number}"), NOW + 14 * DAY);
        let origin = origin(&session, &user, NOW + 90 * DAY);
        let family = Family::new(&origin, first, at(NOW));
        store.create(&family).expect("it is recorded");
    }
    path
}

fn rotate(store: &mut Sqlite, session: &str, id: &str, next: &str) {
    let presented = PresentedToken {
        origin: origin(session, "user", NOW + 90 * DAY),
        token: token(id, NOW + 14 * DAY),
        recorded: true,
        holds: true,
    };
    let request = Operation::Rotate(Box::new(token(next, NOW + 15 * DAY)));
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let applied = store
        .update(&lookup, &mut |family| {
            decide(family, &presented, &request, &RULES, at(NOW + DAY))
        })
        .expect("it rotates");
    assert!(matches!(applied.ruling(), Ruling::Rotated(_)));
}

fn store(criterion: &mut Criterion) {
    let folder = Folder::new();
    for sessions in [1_000, 1_000_000] {
        let path = filled(&folder.0, sessions);
        let mut group = criterion.benchmark_group("store");
        let named = |what: &str| BenchmarkId::new(what, sessions);
        let mut store = Sqlite::open(&path, Access::Write).expect("it opens");
        group.bench_function(named("open"), |bencher| {
            bencher.iter(|| Sqlite::open(&path, Access::Write).expect("it opens"));
        });
        // Sessions from all over the store, by the token that each has come to.
        let mut current: HashMap<u32, String> = HashMap::new();
        let mut rotations = 0_u32;
        group.bench_function(named("rotate"), |bencher| {
            bencher.iter(|| {
                rotations += 1;
                let number = rotations.wrapping_mul(2_654_435_761) % sessions;
                let next = format!("rotation-{rotations}");
                let id = current
                    .insert(number, next.clone())
                    .unwrap_or_else(|| format!("token-{number}"));
                rotate(&mut store, &format!("session-{number}"), &id, &next);
            });
        });
        let mut user = 0;
        group.bench_function(named("list of a user"), |bencher| {
            bencher.iter(|| {
                user = (user + 7) % (sessions / 10);
                let selection = Selection {
                    user: Some(format!("user-{user}")),
                    ..Selection::default()
                };
                let found = store.list(&selection).expect("it lists");
                assert_eq!(found.len(), 10);
            });
        });
        let mut old = 0;
        group.bench_function(named("purge of ten"), |bencher| {
            bencher.iter_custom(|times| {
                let mut took = std::time::Duration::ZERO;
                for _ in 0..times {
                    for _ in 0..10 {
                        old += 1;
                        let id = format!("old-{old}");
                        let origin = origin(&id, "old", NOW - 9 * DAY);
                        let first = token(&id, NOW - 10 * DAY);
                        store
                            .create(&Family::new(&origin, first, at(NOW - 20 * DAY)))
                            .expect("it is recorded");
                    }
                    let begun = Instant::now();
                    let purged = store.purge(at(NOW), false).expect("it purges");
                    took += begun.elapsed();
                    assert_eq!(purged.sessions, 10);
                }
                took
            });
        });
        group.finish();
    }
}

criterion_group!(benches, store);
criterion_main!(benches);
