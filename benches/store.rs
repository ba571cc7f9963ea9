//! The session store: `cargo bench --bench store`.
//!
//! At a thousand and at a million sessions its files lie in memory where there is `/dev/shm`: what waiting for a disk costs is the same for both, and would hide
//! what grows. What a rotation costs on the disk is measured beside the disk's own append and fdatasync, below target/. `JWTSESS_BENCH_SESSIONS=10000000` measures
//! that with so many sessions, too, in a file that takes minutes to write; `JWTSESS_BENCH_KEEP=FILE` leaves it there.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the machine's clock, and its files are gone with it"
)]
use std::collections::HashMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jwtsess::internals::core::profile::language::forms::Grace;
use jwtsess::internals::core::secret::Fingerprint;
use jwtsess::internals::core::time::{Span, Timestamp};
use jwtsess::internals::session::family::{
    Expiry, Family, Operation, PresentedToken, Rules, Ruling, Seal, SessionClaims, SessionKey,
    SessionToken, SignedContent, decide,
};
use jwtsess::internals::session::store::{Lookup, Selection, Store as _, StoreJob};
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
    fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() {
            Self::below(memory)
        } else {
            Self::below(&std::env::temp_dir())
        }
    }

    fn on_disk() -> Self {
        Self::below(Path::new(env!("CARGO_TARGET_TMPDIR")))
    }

    fn below(parent: &Path) -> Self {
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

/// How many logins are recorded with one commit.
const LOGINS: u32 = 1_000;

/// A store of `sessions` logins, ten of each user, all of them live. Its indexes are made at the end: into those of ten million sessions each login would write
/// a page of its own.
fn filled(folder: &Path, sessions: u32) -> PathBuf {
    let path = folder.join(format!("{sessions}.db"));
    make(&path, "draft").expect("a store is made");
    let mut store = Sqlite::open(&path, Access::Write).expect("it opens");
    let beside = rusqlite::Connection::open(&path).expect("it opens");
    let indexes: Vec<(String, String)> = beside
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        .and_then(|mut query| {
            let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            found.collect()
        })
        .expect("it has indexes");
    for (name, _) in &indexes {
        let dropped = beside.execute_batch(&format!("DROP INDEX {name}"));
        dropped.expect("an index is dropped");
    }
    for first in (0..sessions).step_by(LOGINS as usize) {
        let families: Vec<Family> = (first..sessions.min(first + LOGINS)).map(login).collect();
        let mut jobs: Vec<_> = families.iter().map(StoreJob::Create).collect();
        let recorded = store.update_all(&mut jobs).expect("they are recorded");
        assert!(recorded.iter().all(Result::is_ok));
    }
    for (_, sql) in &indexes {
        beside.execute_batch(sql).expect("an index is made");
    }
    path
}

fn login(number: u32) -> Family {
    let session = format!("session-{number}");
    let user = format!("user-{}", number / 10);
    let first = token(&format!("token-{number}"), NOW + 14 * DAY);
    let origin = origin(&session, &user, NOW + 90 * DAY);
    Family::new(&origin, first, at(NOW))
}

/// A token and its successor.
struct Rotation {
    presented: PresentedToken,
    request: Operation,
    lookup: Lookup,
}

/// Rotations of sessions from all over a store, each by the token that the session has come to.
struct Rotations {
    sessions: u32,
    count: u32,
    current: HashMap<u32, String>,
}

impl Rotations {
    fn of(sessions: u32) -> Self {
        Self {
            sessions,
            count: 0,
            current: HashMap::new(),
        }
    }

    fn next(&mut self) -> Rotation {
        self.count += 1;
        let number = self.count.wrapping_mul(2_654_435_761) % self.sessions;
        let next = format!("rotation-{}", self.count);
        let id = self.current.insert(number, next.clone());
        let id = id.unwrap_or_else(|| format!("token-{number}"));
        let presented = PresentedToken {
            origin: origin(&format!("session-{number}"), "user", NOW + 90 * DAY),
            token: token(&id, NOW + 14 * DAY),
            recorded: true,
            holds: true,
        };
        Rotation {
            lookup: Lookup::token(&presented.token, &presented.origin),
            presented,
            request: Operation::Rotate(Box::new(token(&next, NOW + 15 * DAY))),
        }
    }

    fn one(&mut self, store: &mut Sqlite) {
        let Rotation {
            presented,
            request,
            lookup,
        } = self.next();
        let applied = store
            .update(&lookup, &mut |family| {
                decide(family, &presented, &request, &RULES, at(NOW + DAY))
            })
            .expect("it rotates");
        assert!(matches!(applied.ruling(), Ruling::Rotated(_)));
    }

    fn in_one_commit(&mut self, store: &mut Sqlite, many: usize) {
        let rotations: Vec<Rotation> = (0..many).map(|_| self.next()).collect();
        let mut decisions: Vec<_> = (rotations.iter())
            .map(
                |Rotation {
                     presented, request, ..
                 }| {
                    |family: Option<&Family>| {
                        decide(family, presented, request, &RULES, at(NOW + DAY))
                    }
                },
            )
            .collect();
        let mut jobs: Vec<_> = (rotations.iter().zip(&mut decisions))
            .map(|(rotation, decide)| StoreJob::Update(&rotation.lookup, decide))
            .collect();
        for outcome in store.update_all(&mut jobs).expect("they rotate") {
            let applied = outcome.expect("it rotates").expect("it was updated");
            assert!(matches!(applied.ruling(), Ruling::Rotated(_)));
        }
    }
}

/// How many rotations share a commit.
const TOGETHER: usize = 32;

fn disk(criterion: &mut Criterion) {
    let folder = Folder::on_disk();
    let mut group = criterion.benchmark_group("disk");
    group.measurement_time(Duration::from_secs(10));
    let mut log = File::create(folder.0.join("log")).expect("a file is made");
    group.bench_function("append and fdatasync", |bencher| {
        bencher.iter(|| {
            log.write_all(&[7; 64]).expect("it is written");
            log.sync_data().expect("it reaches the disk");
        });
    });
    let by_hand = std::env::var("JWTSESS_BENCH_SESSIONS");
    let by_hand = by_hand.ok().and_then(|number| number.parse().ok());
    for sessions in [1_000, 100_000].into_iter().chain(by_hand) {
        let path = filled(&folder.0, sessions);
        let mut store = Sqlite::open(&path, Access::Write).expect("it opens");
        let mut rotations = Rotations::of(sessions);
        group.throughput(Throughput::Elements(1));
        group.bench_function(BenchmarkId::new("rotate", sessions), |bencher| {
            bencher.iter(|| rotations.one(&mut store));
        });
        group.throughput(Throughput::Elements(TOGETHER as u64));
        group.bench_function(
            BenchmarkId::new("rotate 32 a commit", sessions),
            |bencher| {
                bencher.iter(|| rotations.in_one_commit(&mut store, TOGETHER));
            },
        );
        drop(store);
        if let (Some(kept), Some(_)) = (std::env::var_os("JWTSESS_BENCH_KEEP"), by_hand) {
            std::fs::rename(&path, kept).expect("it is kept");
        }
    }
    group.finish();
}

fn store(criterion: &mut Criterion) {
    let folder = Folder::in_memory();
    for sessions in [1_000, 1_000_000] {
        let path = filled(&folder.0, sessions);
        let mut group = criterion.benchmark_group("store");
        let named = |what: &str| BenchmarkId::new(what, sessions);
        let mut store = Sqlite::open(&path, Access::Write).expect("it opens");
        group.bench_function(named("open"), |bencher| {
            bencher.iter(|| Sqlite::open(&path, Access::Write).expect("it opens"));
        });
        let mut rotations = Rotations::of(sessions);
        group.bench_function(named("rotate"), |bencher| {
            bencher.iter(|| rotations.one(&mut store));
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
                let mut took = Duration::ZERO;
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

criterion_group!(benches, store, disk);
criterion_main!(benches);
