//! A store that is not as it was written fails closed: never made anew, never a revoked token accepted, and left as it was.
use super::*;
use crate::session::family::tests::{PAIR, SIMPLEJWT, presented, rotate};
use crate::session::family::{Operation, Ruling, decide, revoke};

/// A store in which every token was retired or revoked, of each kind of profile; and those tokens.
fn ended(folder: &Folder) -> Vec<Lookup> {
    make(&folder.store(), "draft").unwrap();
    let mut store = open(&folder.store()).unwrap();
    let mut dead = Vec::new();
    for session in 0..6 {
        let session = format!("session-{session}");
        let family = Family::new(&origin(&session), token(&session, NOW), at(NOW));
        store.create(&family).unwrap();
        let first = token(&session, NOW);
        let presented = presented(&first, &session);
        let lookup = Lookup::token(&first, &presented.origin);
        let request = rotate(&format!("{session}-2"), NOW);
        store
            .update(&lookup, &mut |family| {
                decide(family, &presented, &request, &PAIR, at(NOW))
            })
            .unwrap();
        dead.push(lookup);
    }
    for session in 0..6 {
        let token = token(&format!("alone-{session}"), NOW);
        let mut presented = presented(&token, &format!("alone-{session}"));
        presented.origin.shared = false;
        let lookup = Lookup::token(&token, &presented.origin);
        store
            .update(&lookup, &mut |family| {
                revoke(family, &presented, &SIMPLEJWT, at(NOW))
            })
            .unwrap();
        dead.push(lookup);
    }
    dead
}

/// Whether a token that must be dead is accepted, by the rules of a deny-list, which lets live what it does not know.
fn accepts(path: &Path, lookup: &Lookup) -> Result<bool, StoreError> {
    let Lookup::Token { id, key, .. } = lookup else {
        panic!("{lookup:?}")
    };
    let token = token(id.as_deref().unwrap(), NOW);
    let presented = presented(&token, &key.id);
    let family = open(path)?.find(lookup)?;
    let change = decide(
        family.as_ref(),
        &presented,
        &Operation::Look,
        &SIMPLEJWT,
        at(NOW),
    );
    Ok(!matches!(change.ruling, Ruling::Refused(_)))
}

#[test]
fn no_flipped_bit_revives_a_token() {
    let folder = Folder::new();
    let dead = ended(&folder);
    let sound = std::fs::read(folder.store()).unwrap();
    for lookup in &dead {
        assert_eq!(accepts(&folder.store(), lookup), Ok(false));
    }
    // Every byte of the pages' own structure is more than a test has time for: every 37th bit, which meets each bit of a byte and each part of a page.
    let mut told = 0;
    for bit in (0..sound.len() * 8).step_by(37 * 7) {
        let mut bytes = sound.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(folder.store(), &bytes).unwrap();
        let lookup = &dead[bit % dead.len()];
        match accepts(&folder.store(), lookup) {
            Ok(accepted) => assert!(!accepted, "bit {bit} revived {lookup:?}"),
            Err(_) => told += 1,
        }
    }
    assert!(told > 100, "only {told} of the flipped bits were noticed");
}

#[test]
fn what_is_no_sound_store_is_named_and_left_as_it_was() {
    let folder = Folder::new();
    ended(&folder);
    let sound = std::fs::read(folder.store()).unwrap();
    let changed = |sql: &str| {
        std::fs::write(folder.store(), &sound).unwrap();
        let connection = rusqlite::Connection::open(folder.store()).unwrap();
        connection.execute_batch(sql).unwrap();
        drop(connection);
        std::fs::read(folder.store()).unwrap()
    };
    let damaged = "it is damaged: ";
    let foreign = "it is not a session store that jwtsess knows: ";
    for (content, expected) in [
        (Vec::new(), format!("{damaged}it is empty")),
        (b"{}".to_vec(), format!("{foreign}not a SQLite database")),
        (vec![0; 4096], format!("{foreign}not a SQLite database")),
        (sound[..sound.len() / 2].to_vec(), damaged.to_owned()),
        (sound[..100].to_vec(), damaged.to_owned()),
        (
            changed("DROP TABLE generation"),
            format!("{damaged}some of its tables are missing or were changed"),
        ),
        (
            changed("DROP INDEX session_user"),
            format!("{damaged}some of its tables are missing or were changed"),
        ),
        (
            changed("PRAGMA user_version = 99"),
            "its schema has version 99, but this jwtsess knows only up to 2".to_owned(),
        ),
        (
            changed("PRAGMA user_version = 0"),
            format!("{damaged}its schema version never existed"),
        ),
        (
            changed("PRAGMA application_id = 7"),
            format!("{foreign}a database of another program"),
        ),
        (
            changed("DROP TABLE session; DROP TABLE generation; PRAGMA application_id = 0"),
            format!("{damaged}it has no tables"),
        ),
    ] {
        std::fs::write(folder.store(), &content).unwrap();
        for access in [Access::Read, Access::Write] {
            let error = Sqlite::open(&folder.store(), access).unwrap_err();
            assert!(
                error.to_string().starts_with(&expected),
                "{error}, not {expected}"
            );
        }
        make(&folder.store(), "draft").unwrap();
        assert_eq!(
            std::fs::read(folder.store()).unwrap(),
            content,
            "{expected}"
        );
    }
    assert!(matches!(
        Sqlite::open(&folder.0, Access::Read),
        Err(StoreError::Foreign(_))
    ));
}

#[test]
fn a_row_that_was_changed_by_hand_is_damage() {
    let folder = Folder::new();
    let dead = ended(&folder);
    let sound = std::fs::read(folder.store()).unwrap();
    for sql in [
        "UPDATE session SET ended_at = NULL, ended_why = NULL",
        "UPDATE session SET guards_until = 0",
        "UPDATE generation SET retired_at = NULL",
        "UPDATE generation SET number = number + 7",
        "DELETE FROM generation",
        "DELETE FROM generation WHERE number = 2 OR session > 6",
    ] {
        std::fs::write(folder.store(), &sound).unwrap();
        rusqlite::Connection::open(folder.store())
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        let found: Vec<_> = dead
            .iter()
            .map(|lookup| accepts(&folder.store(), lookup))
            .collect();
        assert!(!found.contains(&Ok(true)), "{sql}: {found:?}");
        let damaged =
            |one: &Result<bool, StoreError>| matches!(one, Err(StoreError::DamagedRecord(_)));
        assert!(found.iter().any(damaged), "{sql}: {found:?}");
        let purged = open(&folder.store()).unwrap().purge(at(NOW), false);
        if sql.contains("guards_until") {
            assert_eq!(purged.unwrap().damaged.len(), dead.len());
        }
    }
}

/// The index has lost an entry, in a store too large to be checked whole when it is opened.
#[test]
fn an_index_that_lost_its_way_is_noticed() {
    let folder = Folder::new();
    let dead = ended(&folder);
    let connection = rusqlite::Connection::open(folder.store()).unwrap();
    for lookup in &dead {
        let Lookup::Token { fingerprint, .. } = lookup else {
            panic!("{lookup:?}")
        };
        let row = load::entry_of(&connection, "generation_fingerprint", fingerprint).unwrap();
        assert!(row.is_some());
    }
    drop(connection);
    let sound = std::fs::read(folder.store()).unwrap();
    for lookup in &dead {
        let Lookup::Token { fingerprint, .. } = lookup else {
            panic!("{lookup:?}")
        };
        // The fingerprint stands in the file twice: in its row and in the index. Spoilt in one of them, whichever it is.
        let places: Vec<usize> = sound
            .windows(32)
            .enumerate()
            .filter(|(_, window)| *window == fingerprint.as_bytes())
            .map(|(place, _)| place)
            .collect();
        assert_eq!(places.len(), 2);
        for place in places {
            for bit in [0, 3, 7] {
                let mut bytes = sound.clone();
                bytes[place] ^= 1 << bit;
                std::fs::write(folder.store(), &bytes).unwrap();
                let connection = rusqlite::Connection::open(folder.store()).unwrap();
                let found =
                    load(&connection, lookup).map(|loaded| loaded.map(|loaded| loaded.family));
                assert!(
                    matches!(
                        found,
                        Err(StoreError::Damaged(_) | StoreError::DamagedRecord(_))
                    ),
                    "{found:?}"
                );
                let ids = ids::all(&connection, 100).unwrap().unwrap();
                assert!(lookup.may_be_in(&ids), "it is asked about");
            }
        }
    }
}

/// A page is damaged, in a store too large to be checked whole when it is opened: whoever asks again is told the same.
#[test]
fn what_is_damaged_stays_so() {
    let folder = Folder::new();
    make(&folder.store(), "draft").unwrap();
    let mut store = open(&folder.store()).unwrap();
    let families: Vec<Family> = (0..200)
        .map(|number| {
            let id = format!("session-{number}");
            Family::new(&origin(&id), token(&id, NOW), at(NOW))
        })
        .collect();
    let mut jobs: Vec<_> = families.iter().map(StoreJob::Create).collect();
    store.update_all(&mut jobs).unwrap();
    drop(store);
    let sound = std::fs::read(folder.store()).unwrap();
    let page = 4096;
    assert!(sound.len() > 20 * page);
    let lookups: Vec<Lookup> = ["session-7", "session-50", "stranger"]
        .iter()
        .map(|id| Lookup::token(&token(id, NOW), &origin(id)))
        .collect();
    let mut noticed = 0;
    for at in (page..sound.len()).step_by(page) {
        for byte in [0, 3, 5, 8, 10] {
            let mut bytes = sound.clone();
            bytes[at + byte] ^= 0x41;
            std::fs::write(folder.store(), &bytes).unwrap();
            let Ok(mut store) = Sqlite::open(&folder.store(), Access::Read) else {
                continue;
            };
            for lookup in &lookups {
                let found = store.find(lookup);
                noticed += u32::from(found.is_err());
                for _ in 0..2 {
                    assert_eq!(
                        store.find(lookup),
                        found,
                        "page {}, byte {byte}",
                        at / page + 1
                    );
                }
            }
            let again = store.ids(true).map(|ids| ids.is_some());
            assert_eq!(store.ids(true).map(|ids| ids.is_some()), again);
        }
    }
    assert!(noticed > 20, "{noticed}");
}

/// Whatever is wrong with a session's rows, the others are listed, found, ended and removed as before.
#[test]
fn a_damaged_row_spoils_what_is_said_of_its_own_session_alone() {
    let folder = Folder::new();
    let all = ended(&folder);
    let sound = std::fs::read(folder.store()).unwrap();
    let of_session = [
        "ended_why = 9",
        "ended_at = 5",
        "generations = -1",
        "generations = 7",
        "id = 'another'",
        "key = x'00'",
        "user = NULL",
        "user = CAST(x'ff' AS TEXT)",
        "profile = 'none'",
        "outlives = -1",
        "guards_until = 0",
        "checksum = checksum + 1",
    ];
    let of_generation = [
        "claims = '{'",
        "header = NULL",
        "fingerprint = x'00'",
        "parent = 99",
        "parent = -1",
        "number = number + 5",
        "expires_at = 1",
        "retired_at = 5",
        "session = 77",
        "mac = x'00'",
    ];
    let last = at(i64::MAX / 2_000_000);
    for (sql, in_session) in (of_session.iter())
        .map(|change| (format!("UPDATE session SET {change} WHERE row = 2"), true))
        .chain(of_generation.iter().map(|change| {
            (
                format!("UPDATE generation SET {change} WHERE session = 2 AND number = 2"),
                false,
            )
        }))
        .chain([("DELETE FROM generation WHERE session = 2".to_owned(), false)])
    {
        std::fs::write(folder.store(), &sound).unwrap();
        rusqlite::Connection::open(folder.store())
            .unwrap()
            .execute_batch(&sql)
            .unwrap();
        let spoilt: Vec<bool> = (all.iter())
            .map(|lookup| match accepts(&folder.store(), lookup) {
                Ok(accepted) => {
                    assert!(!accepted, "{sql}: {lookup:?}");
                    false
                }
                Err(StoreError::DamagedRecord(_)) => true,
                Err(error) => panic!("{sql}: {error:?}"),
            })
            .collect();
        assert_eq!(
            spoilt.iter().filter(|one| **one).count(),
            1,
            "{sql}: {spoilt:?}"
        );
        // A token that the store does not know has neighbours in the index.
        for unknown in 0..40 {
            let token = token(&format!("unknown-{unknown}"), NOW);
            let lookup = Lookup::token(&token, &origin(&format!("nobody-{unknown}")));
            assert_eq!(
                open(&folder.store()).unwrap().find(&lookup),
                Ok(None),
                "{sql}"
            );
        }
        let mut store = open(&folder.store()).unwrap();
        let listing = store.listing(&Selection::default()).unwrap();
        let listed = if in_session { (11, 1) } else { (12, 0) };
        assert_eq!(
            (listing.sessions.len(), listing.damaged.len()),
            listed,
            "{sql}"
        );
        let ended = store.end(&Selection::default(), at(NOW + 1)).unwrap();
        assert_eq!((ended.sessions.len(), ended.damaged.len()), (5, 1), "{sql}");
        for rehearse in [true, false] {
            let purged = store.purge(last, rehearse).unwrap();
            assert_eq!((purged.sessions, purged.damaged.len()), (11, 1), "{sql}");
            assert_eq!((purged.guarding, purged.for_ever), (0, 0), "{sql}");
        }
        let left = store.listing(&Selection::default()).unwrap();
        assert_eq!(left.sessions.len() + left.damaged.len(), 1, "{sql}");
    }
}
