//! SQLite: the contract, its file, and what becomes of one that is damaged.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod damage;
mod place;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::session::family::tests::{NOW, at, origin, token};
use crate::session::store::tests::{StoreHandle, contract};

/// A folder that is removed with everything in it.
struct Folder(PathBuf);

impl Folder {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests write below the system's folder for temporary files"
    )]
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("jwtsess-sqlite-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    fn store(&self) -> PathBuf {
        self.0.join("sessions.sqlite")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Changes a store by hand.
pub(crate) fn change(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
}

fn open(path: &Path) -> Result<Sqlite, StoreError> {
    Sqlite::open(path, Access::Write)
}

contract!({
    let folder = Folder::new();
    make(&folder.store(), "draft").unwrap();
    move || Box::new(open(&folder.store()).unwrap()) as StoreHandle
});

#[test]
fn what_reached_the_disk_says_nothing_that_was_to_be_forgotten() {
    let folder = Folder::new();
    make(&folder.store(), "draft").unwrap();
    let mut store = open(&folder.store()).unwrap();
    let family = Family::new(&origin("s"), token("a", NOW), at(NOW));
    store.create(&family).unwrap();
    drop(store);
    let bytes = std::fs::read(folder.store()).unwrap();
    let has = |words: &str| {
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    };
    assert!(has(r#""jti":"a""#), "the claims are there");
    let mut store = open(&folder.store()).unwrap();
    store.end(&Selection::default(), at(NOW)).unwrap();
    drop(store);
    let left = std::fs::read_dir(&folder.0).unwrap().count();
    assert_eq!(left, 1, "the log is folded in when the last one closes");
}

#[test]
fn what_a_store_knows_is_read_again_when_another_has_written() {
    let folder = Folder::new();
    make(&folder.store(), "draft").unwrap();
    let (mut store, mut other) = (
        open(&folder.store()).unwrap(),
        open(&folder.store()).unwrap(),
    );
    let lookup = |session: &str, id: &str| Lookup::token(&token(id, NOW), &origin(session));
    let create = |store: &mut Sqlite, session: &str, id: &str| {
        let family = Family::new(&origin(session), token(id, NOW), at(NOW));
        store.create(&family).unwrap();
    };
    create(&mut other, "s", "a");
    assert!(store.ids(false).unwrap().is_none());
    let ids = store.ids(true).unwrap().unwrap();
    assert!(lookup("s", "b").may_be_in(&ids), "its session");
    assert!(lookup("t", "a").may_be_in(&ids), "its token");
    assert!(!lookup("t", "b").may_be_in(&ids));
    let same = store.ids(false).unwrap().unwrap();
    assert!(Arc::ptr_eq(&ids, &same), "nobody has written");
    create(&mut other, "t", "b");
    assert!(store.ids(false).unwrap().is_none());
    let ids = store.ids(true).unwrap().unwrap();
    assert!(lookup("t", "b").may_be_in(&ids));
    assert_eq!(ids.len(), 4);
    assert!(ids::all(&store.connection, 4).unwrap().is_some());
    assert!(ids::all(&store.connection, 3).unwrap().is_none());
}

/// Two writers at once: each gets its turns, and neither is told that the store is busy.
#[test]
fn no_writer_is_starved() {
    const TURNS: usize = 200;
    let folder = Folder::new();
    make(&folder.store(), "draft").unwrap();
    let barrier = std::sync::Barrier::new(2);
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let (folder, barrier) = (&folder, &barrier);
            scope.spawn(move || {
                let mut store = open(&folder.store()).unwrap();
                barrier.wait();
                for turn in 0..TURNS {
                    let id = format!("{writer}-{turn}");
                    let family = Family::new(&origin(&id), token(&id, NOW), at(NOW));
                    store.create(&family).unwrap();
                }
            });
        }
    });
    let listed = open(&folder.store()).unwrap().list(&Selection::default());
    assert_eq!(listed.unwrap().len(), 2 * TURNS);
}
