//! Where the file is: made once, for its owner alone, never over what is there.
use super::*;
use crate::store::sqlite::file::plain;

#[test]
fn a_store_is_made_once_even_if_many_start_at_the_same_time() {
    let folder = Folder::new();
    let path = folder.store();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let path = &path;
            scope.spawn(move || {
                make(path, &format!("draft-{thread}")).unwrap();
                let mut store = open(path).unwrap();
                let name = format!("{thread}");
                let family = Family::new(&origin(&name), token(&name, NOW), at(NOW));
                store.create(&family).unwrap();
            });
        }
    });
    let mut store = open(&path).unwrap();
    assert_eq!(store.list(&Selection::default()).unwrap().len(), 8);
    drop(store);
    assert_eq!(
        std::fs::read_dir(&folder.0).unwrap().count(),
        1,
        "no draft stays"
    );
}

#[test]
fn what_is_not_there_is_missing_and_not_made_by_opening_it() {
    let folder = Folder::new();
    for access in [Access::Read, Access::Write] {
        assert_eq!(
            Sqlite::open(&folder.store(), access).unwrap_err(),
            StoreError::Missing
        );
    }
    assert!(!folder.store().exists());
}

#[test]
fn a_file_that_is_there_is_never_made_anew() {
    let folder = Folder::new();
    std::fs::write(folder.store(), "mine").unwrap();
    make(&folder.store(), "draft").unwrap();
    assert_eq!(std::fs::read(folder.store()).unwrap(), b"mine");
}

#[test]
fn a_name_that_sqlite_gives_a_meaning_is_a_file_s() {
    let folder = Folder::new();
    for name in [":memory:", "file:x?mode=memory", "a b%3f#c"] {
        let path = folder.0.join(name);
        make(&path, "draft").unwrap();
        assert!(path.exists(), "{name}");
        open(&path).unwrap();
    }
    assert_eq!(plain(Path::new(":memory:")), Path::new("./:memory:"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_file_and_its_log_are_their_owner_s_alone() {
        let folder = Folder::new();
        make(&folder.store(), "draft").unwrap();
        let mut store = open(&folder.store()).unwrap();
        let family = Family::new(&origin("s"), token("a", NOW), at(NOW));
        store.create(&family).unwrap();
        for entry in std::fs::read_dir(&folder.0).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }

    #[test]
    fn a_link_is_followed_and_stays_and_one_that_leads_nowhere_is_refused() {
        let folder = Folder::new();
        let (path, target) = (folder.0.join("link"), folder.store());
        symlink(&target, &path).unwrap();
        make(&path, "draft").unwrap();
        assert!(!target.exists());
        assert!(matches!(open(&path), Err(StoreError::Unreachable(_))));
        make(&target, "draft").unwrap();
        let mut store = open(&path).unwrap();
        let family = Family::new(&origin("s"), token("a", NOW), at(NOW));
        store.create(&family).unwrap();
        drop(store);
        assert!(path.is_symlink());
        let mut store = open(&target).unwrap();
        assert_eq!(store.list(&Selection::default()).unwrap().len(), 1);
    }

    #[test]
    fn no_store_is_made_in_a_folder_that_anyone_may_write_to() {
        let folder = Folder::new();
        let open = folder.0.join("open");
        std::fs::create_dir(&open).unwrap();
        for (mode, refused) in [(0o777, true), (0o1777, false), (0o755, false)] {
            std::fs::set_permissions(&open, std::fs::Permissions::from_mode(mode)).unwrap();
            let made = make(&open.join("store"), "draft");
            assert_eq!(made.is_err(), refused, "{mode:o}: {made:?}");
        }
    }

    #[test]
    fn a_store_with_a_second_name_is_refused_under_both() {
        let folder = Folder::new();
        make(&folder.store(), "draft").unwrap();
        let other = folder.0.join("other");
        std::fs::hard_link(folder.store(), &other).unwrap();
        for path in [&folder.store(), &other] {
            for access in [Access::Read, Access::Write] {
                let refused = Sqlite::open(path, access);
                assert!(
                    matches!(refused, Err(StoreError::TwoNames(_))),
                    "{refused:?}"
                );
            }
        }
        std::fs::remove_file(&other).unwrap();
        open(&folder.store()).unwrap();
    }

    #[test]
    fn a_log_that_was_laid_beside_it_is_refused() {
        for ending in ["-wal", "-shm", "-journal"] {
            let folder = Folder::new();
            let log = folder.0.join(format!("sessions.sqlite{ending}"));
            std::fs::write(&log, "").unwrap();
            let refused = make(&folder.store(), "draft");
            assert!(
                matches!(refused, Err(StoreError::Unreachable(_))),
                "{refused:?}"
            );
            assert!(!folder.store().exists());
            std::fs::remove_file(&log).unwrap();
            make(&folder.store(), "draft").unwrap();
            std::fs::write(&log, "").unwrap();
            for (wide, refused) in [(0o666, true), (0o600, false)] {
                std::fs::set_permissions(&log, std::fs::Permissions::from_mode(wide)).unwrap();
                assert_eq!(open(&folder.store()).is_err(), refused, "{ending} {wide:o}");
            }
        }
    }

    #[test]
    fn who_else_can_change_a_store_is_said() {
        let folder = Folder::new();
        let path = folder.store();
        make(&path, "draft").unwrap();
        assert_eq!(exposed(&path), [""; 0]);
        let mode = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(&path, 0o620);
        assert!(exposed(&path)[0].contains("chmod 600"));
        mode(&path, 0o600);
        mode(&folder.0, 0o777);
        assert!(exposed(&path)[0].contains("its folder"));
        mode(&folder.0, 0o1777);
        assert_eq!(exposed(&path), [""; 0]);
    }
}
