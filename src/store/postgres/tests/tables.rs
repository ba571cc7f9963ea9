//! The tables: made once by many, brought up to date, and left alone when they are another program's or newer.
use super::super::schema::{STEPS, bring_up, found};
use super::super::*;
use super::given::{TestSchema, TestSurroundings};
use crate::session::family::tests::{NOW, PAIR, at, origin, presented, rotate, token};
use crate::session::family::{Operation, decide};

fn family(session: &str, first: &str) -> Family {
    Family::new(&origin(session), token(first, NOW), at(NOW))
}

fn tables(given: &TestSchema) -> String {
    given.ask("SELECT coalesce(string_agg(table_name, ' ' ORDER BY table_name), '') FROM information_schema.tables WHERE table_schema = current_schema()")
}

#[test]
fn reading_makes_no_tables() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let mut store = given.open();
    let lookup = Lookup::token(&token("a", NOW), &origin("s"));
    assert_eq!(store.find(&lookup), Ok(None));
    assert_eq!(store.list(&Selection::default()), Ok(Vec::new()));
    let ended = store.end(&Selection::default(), at(NOW));
    assert_eq!(ended, Ok(Listing::default()));
    assert_eq!(store.purge(at(NOW), false), Ok(PurgeSummary::default()));
    let token = token("a", NOW);
    let presented = presented(&token, "s");
    let look = store.update(&lookup, &mut |family| {
        decide(family, &presented, &Operation::Look, &PAIR, at(NOW))
    });
    assert!(look.is_ok(), "{look:?}");
    assert_eq!(store.is_made(), Ok(false));
    assert_eq!(tables(&given), "");
}

#[test]
fn of_many_first_users_one_makes_the_tables() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let barrier = std::sync::Barrier::new(16);
    std::thread::scope(|scope| {
        for number in 0..16 {
            let (given, barrier) = (&given, &barrier);
            scope.spawn(move || {
                let mut store = given.open();
                barrier.wait();
                let name = number.to_string();
                store.create(&family(&name, &name)).unwrap();
            });
        }
    });
    assert_eq!(given.open().list(&Selection::default()).unwrap().len(), 16);
}

#[test]
fn an_older_schema_is_brought_up_to_date_once() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let mut store = given.open();
    store.create(&family("s", "a")).unwrap();
    // A step that can't be made twice.
    let steps = [
        STEPS[0],
        "ALTER TABLE jwtsess_session ADD COLUMN later bigint",
    ];
    let barrier = std::sync::Barrier::new(8);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut store = given.open();
                barrier.wait();
                bring_up(&mut store.connection, &steps).unwrap();
            });
        }
    });
    let found = store.connection.look(&mut |client| found(client, 2));
    assert_eq!(found.unwrap().unwrap().1, 2);
    assert_eq!(store.list(&Selection::default()).unwrap().len(), 1);
}

#[test]
fn a_newer_schema_is_refused_and_stays_as_it_is() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    given.open().create(&family("s", "a")).unwrap();
    given.run("UPDATE jwtsess_schema SET version = 7");
    let refused = TestSurroundings::default().open(&given.url).err();
    let newer = StoreError::Newer { found: 7, known: 2 };
    assert_eq!(refused, Some(newer));
    let count =
        "SELECT (SELECT version FROM jwtsess_schema) || ' ' || count(*) FROM jwtsess_session";
    assert_eq!(given.ask(count), "7 1");
}

#[test]
fn tables_that_are_not_ours_stay_as_they_are() {
    for (sql, words) in [
        (
            "CREATE TABLE jwtsess_session (id text)",
            "it has tables with jwtsess's names, but no jwtsess_schema that gives the version",
        ),
        (
            "CREATE TABLE jwtsess_schema (name text)",
            "column \"version\" does not exist",
        ),
        (
            "CREATE TABLE jwtsess_schema (version text); INSERT INTO jwtsess_schema VALUES ('1')",
            "jwtsess_schema belongs to another program",
        ),
    ] {
        let Some(given) = TestSchema::new() else {
            return;
        };
        given.run(sql);
        let before = tables(&given);
        let refused = TestSurroundings::default().open(&given.url).err();
        assert_eq!(
            refused,
            Some(StoreError::Foreign(words.to_owned())),
            "{sql}"
        );
        assert_eq!(tables(&given), before, "{sql}");
    }
}

#[test]
fn a_store_that_lost_a_part_is_damaged_and_not_made_anew() {
    for sql in [
        "DELETE FROM jwtsess_schema",
        "UPDATE jwtsess_schema SET version = 0",
        "INSERT INTO jwtsess_schema VALUES (1)",
    ] {
        let Some(given) = TestSchema::new() else {
            return;
        };
        given.open().create(&family("s", "a")).unwrap();
        given.run(sql);
        let refused = TestSurroundings::default().open(&given.url);
        assert!(
            matches!(refused, Err(StoreError::Damaged(_))),
            "{sql}: {refused:?}"
        );
    }
    for sql in [
        "DROP TABLE jwtsess_generation",
        "ALTER TABLE jwtsess_generation DROP COLUMN retired_at",
        "ALTER TABLE jwtsess_generation ALTER COLUMN retired_at TYPE text",
        "UPDATE jwtsess_session SET key = 'x' WHERE false; DELETE FROM jwtsess_generation",
        "UPDATE jwtsess_session SET id = 'another'",
        "UPDATE jwtsess_session SET ended_why = 3, ended_at = 1",
        "UPDATE jwtsess_generation SET header = NULL",
    ] {
        let Some(given) = TestSchema::new() else {
            return;
        };
        let mut store = given.open();
        store.create(&family("s", "a")).unwrap();
        given.run(sql);
        let found = store.find(&Lookup::token(&token("a", NOW), &origin("s")));
        assert!(
            matches!(
                found,
                Err(StoreError::Damaged(_) | StoreError::DamagedRecord(_))
            ),
            "{sql}: {found:?}"
        );
    }
}

#[test]
fn who_may_only_read_reads_and_is_told_so() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    given.open().create(&family("s", "a")).unwrap();
    let (schema, role) = (&given.schema, given.reader());
    given.run(&format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'only reads'; GRANT USAGE ON SCHEMA {schema} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}"
    ));
    let (user, password, _) = given.parts();
    let reader = given.url.replace(
        &format!("{user}:{password}"),
        &format!("postgres://{role}:only%20reads"),
    );
    // And one whose transactions are all read-only, as on a standby.
    let standby = format!("{}%20-cdefault_transaction_read_only%3Don", given.url);
    for url in [reader, standby] {
        let mut store = TestSurroundings::default().open(&url).unwrap();
        let token = token("a", NOW);
        let lookup = Lookup::token(&token, &origin("s"));
        assert!(store.find(&lookup).unwrap().is_some());
        assert_eq!(store.list(&Selection::default()).unwrap().len(), 1);
        assert!(store.purge(at(NOW), true).is_ok());
        let presented = presented(&token, "s");
        let request = rotate("b", NOW);
        let rotated = store.update(&lookup, &mut |family| {
            decide(family, &presented, &request, &PAIR, at(NOW))
        });
        let written = [
            rotated.map(drop),
            store.create(&family("t", "t")),
            store.end(&Selection::default(), at(NOW)).map(drop),
        ];
        for refused in written {
            assert!(
                matches!(refused, Err(StoreError::ReadOnly(_))),
                "{refused:?}"
            );
        }
    }
}

#[test]
fn a_name_that_no_index_takes_is_refused() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let mut store = given.open();
    // Hexadecimal digits of hashes: what could be compressed away would fit.
    let long: String = (0..300)
        .map(|number| crate::core::secret::Fingerprint::of_id(None, &number.to_string()).short())
        .collect();
    for (id, user) in [("s", &*long), (&*long, "alice")] {
        let mut family = family(id, "a");
        family.session.user = Some(user.to_owned());
        let refused = store.create(&family);
        let words = "keep an id or a name of that length";
        assert_eq!(refused, Err(StoreError::Unsupported(words)));
    }
    assert_eq!(store.list(&Selection::default()), Ok(Vec::new()));
}

#[test]
fn what_is_stored_holds_no_token_and_of_a_retired_one_no_claims() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    let mut store = given.open();
    store.create(&family("s", "a")).unwrap();
    let token = token("a", NOW);
    let presented = presented(&token, "s");
    let request = rotate("b", NOW);
    store
        .update(&Lookup::token(&token, &origin("s")), &mut |family| {
            decide(family, &presented, &request, &PAIR, at(NOW))
        })
        .unwrap();
    let kept = "SELECT string_agg(number || ':' || (header IS NOT NULL), ' ' ORDER BY number) FROM jwtsess_generation";
    assert_eq!(given.ask(kept), "1:false 2:true");
}

#[test]
fn tables_of_our_names_in_two_schemas_of_the_search_path_are_refused() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    given.open().create(&family("s", "a")).unwrap();
    let Some(other) = TestSchema::new() else {
        return;
    };
    other.open().make().unwrap();
    let both = given.url.replace(
        "search_path%3D",
        &format!("search_path%3D{},", other.schema),
    );
    let refused = TestSurroundings::default().open(&both).unwrap_err();
    let StoreError::Foreign(words) = refused else {
        panic!("{refused:?}")
    };
    assert!(
        words.contains(&given.schema) && words.contains(&other.schema),
        "{words}"
    );
    // Those that are made later are not asked.
    other.run(&format!(
        "DROP SCHEMA {0} CASCADE; CREATE SCHEMA {0}",
        other.schema
    ));
    let mut store = TestSurroundings::default().open(&both).unwrap();
    other.open().make().unwrap();
    assert_eq!(store.list(&Selection::default()).unwrap().len(), 1);
}

#[test]
fn tables_that_another_role_could_change_or_that_swallow_what_is_written_are_refused() {
    for sql in [
        "ALTER TABLE jwtsess_session ENABLE ROW LEVEL SECURITY",
        "CREATE RULE r AS ON UPDATE TO jwtsess_session DO INSTEAD NOTHING",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER t BEFORE UPDATE ON jwtsess_session FOR EACH ROW EXECUTE FUNCTION f()",
    ] {
        let Some(given) = TestSchema::new() else {
            return;
        };
        given.open().make().unwrap();
        given.run(sql);
        let refused = TestSurroundings::default().open(&given.url);
        assert!(
            matches!(refused, Err(StoreError::Foreign(_))),
            "{sql}: {refused:?}"
        );
    }
    let Some(given) = TestSchema::new() else {
        return;
    };
    given.open().create(&family("s", "a")).unwrap();
    let (schema, role) = (&given.schema, given.reader());
    // The tables of a role that the database's owner is no member of.
    given.run(&format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'its own'; GRANT USAGE, CREATE ON SCHEMA {schema} TO {role}; GRANT {role} TO CURRENT_USER; ALTER TABLE jwtsess_generation OWNER TO {role}"
    ));
    let owned = "SELECT pg_catalog.pg_has_role(current_user, relowner, 'MEMBER')::text FROM pg_class WHERE relname = 'jwtsess_generation' AND relnamespace = current_schema()::regnamespace";
    assert_eq!(given.ask(owned), "true");
    assert!(TestSurroundings::default().open(&given.url).is_ok());
    given.run(&format!("ALTER TABLE jwtsess_generation OWNER TO CURRENT_USER; REVOKE USAGE, CREATE ON SCHEMA {schema} FROM {role}"));
}

#[test]
fn tables_that_may_not_be_seen_are_not_taken_for_none() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    given.open().create(&family("s", "a")).unwrap();
    let role = given.reader();
    given.run(&format!("CREATE ROLE {role} LOGIN PASSWORD 'sees nothing'"));
    let (user, password, _) = given.parts();
    let blind = given.url.replace(
        &format!("{user}:{password}"),
        &format!("postgres://{role}:sees%20nothing"),
    );
    let refused = TestSurroundings::default().open(&blind);
    assert!(
        matches!(refused, Err(StoreError::NoRights(_))),
        "{refused:?}"
    );
}

/// A trigger that does this to a row, on that event.
fn trigger(event: &str, table: &str, body: &str) -> String {
    format!(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$; CREATE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION f()"
    )
}

#[test]
fn what_is_swallowed_while_the_store_is_open_is_not_said_to_be_done() {
    let revives = "UPDATE jwtsess_session SET ended_at = NULL, ended_why = NULL WHERE key = NEW.key; RETURN NULL;";
    let late = "CONSTRAINT TRIGGER t AFTER UPDATE";
    let late_revival = format!("{late} ON jwtsess_session DEFERRABLE INITIALLY DEFERRED");
    let changes = [
        trigger("TRIGGER t BEFORE UPDATE", "jwtsess_session", "RETURN NULL;"),
        trigger(
            "TRIGGER t BEFORE UPDATE",
            "jwtsess_session",
            "NEW.ended_at := NULL; NEW.ended_why := NULL; RETURN NEW;",
        ),
        trigger(
            "TRIGGER t AFTER UPDATE OF ended_at",
            "jwtsess_session",
            &format!("IF NEW.ended_at IS NOT NULL THEN {revives} END IF; RETURN NULL;"),
        ),
        trigger(&late_revival, "jwtsess_session", "RETURN NULL;")
            .replace(" ON jwtsess_session FOR", " FOR"),
        "CREATE RULE r AS ON UPDATE TO jwtsess_session DO INSTEAD NOTHING".to_owned(),
        "CREATE RULE r AS ON UPDATE TO jwtsess_generation DO INSTEAD NOTHING".to_owned(),
        trigger(
            "TRIGGER t BEFORE UPDATE",
            "jwtsess_generation",
            "RETURN OLD;",
        ),
    ];
    for change in changes {
        let Some(given) = TestSchema::new() else {
            return;
        };
        let mut store = given.open();
        store.create(&family("s", "a")).unwrap();
        given.run(&change);
        let ended = store.end(&Selection::default(), at(NOW + 1));
        assert!(
            matches!(ended, Err(StoreError::NotKept(_) | StoreError::Foreign(_))),
            "{change}: {ended:?}"
        );
        let token = token("a", NOW);
        let (presented, request) = (presented(&token, "s"), rotate("b", NOW));
        let lookup = Lookup::token(&token, &presented.origin);
        let rotated = store.update(&lookup, &mut |family| {
            decide(family, &presented, &request, &PAIR, at(NOW))
        });
        assert!(
            matches!(
                rotated,
                Err(StoreError::NotKept(_) | StoreError::Foreign(_))
            ),
            "{change}: {rotated:?}"
        );
        given.run("DROP TRIGGER IF EXISTS t ON jwtsess_session; DROP TRIGGER IF EXISTS t ON jwtsess_generation; DROP RULE IF EXISTS r ON jwtsess_session; DROP RULE IF EXISTS r ON jwtsess_generation");
        let found = store.find(&lookup).unwrap();
        assert_eq!(
            found,
            Some(family("s", "a")),
            "{change}: nothing was changed"
        );
    }
}

#[test]
fn what_is_inserted_is_read_back() {
    for change in [
        trigger(
            "TRIGGER t BEFORE INSERT",
            "jwtsess_generation",
            "NEW.claims := '{}'; RETURN NEW;",
        ),
        trigger(
            "TRIGGER t BEFORE INSERT",
            "jwtsess_session",
            "NEW.profile := 'plain'; RETURN NEW;",
        ),
        trigger(
            "TRIGGER t AFTER INSERT",
            "jwtsess_generation",
            "DELETE FROM jwtsess_generation; RETURN NULL;",
        ),
        trigger("TRIGGER t BEFORE INSERT", "jwtsess_session", "RETURN NULL;"),
    ] {
        let Some(given) = TestSchema::new() else {
            return;
        };
        let mut store = given.open();
        store.make().unwrap();
        given.run(&change);
        let created = store.create(&family("s", "a"));
        assert!(created.is_err(), "{change}: {created:?}");
        assert_eq!(given.ask("SELECT count(*)::text FROM jwtsess_session"), "0");
    }
}

#[test]
fn a_role_that_only_uses_the_tables_can_use_them_and_not_bring_them_up_to_date() {
    let Some(given) = TestSchema::new() else {
        return;
    };
    given.open().create(&family("s", "a")).unwrap();
    let (schema, role) = (&given.schema, given.reader());
    given.run(&format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'its own'; GRANT USAGE ON SCHEMA {schema} TO {role}; GRANT SELECT, INSERT, UPDATE, DELETE ON jwtsess_session, jwtsess_generation TO {role}; GRANT SELECT ON jwtsess_schema TO {role}"
    ));
    let (_, password, host) = given.parts();
    let settings = given.url.split_once('?').unwrap().1;
    let url = format!("postgres://{role}:its%20own@{host}?{settings}");
    assert_ne!(password, "its own");
    let open = || TestSurroundings::default().open(&url);
    let mut store = open().unwrap();
    store.create(&family("t", "b")).unwrap();
    let token = token("b", NOW);
    let (presented, request) = (presented(&token, "t"), rotate("c", NOW));
    let lookup = Lookup::token(&token, &presented.origin);
    store
        .update(&lookup, &mut |family| {
            decide(family, &presented, &request, &PAIR, at(NOW))
        })
        .unwrap();
    assert_eq!(store.list(&Selection::default()).unwrap().len(), 2);
    assert_eq!(
        store
            .end(&Selection::default(), at(NOW))
            .unwrap()
            .sessions
            .len(),
        2
    );
    // Tables of schema 1: they take their owner.
    given.run("ALTER TABLE jwtsess_generation DROP COLUMN mac, DROP COLUMN mac_kid, DROP COLUMN access_mac, DROP COLUMN access_mac_kid; UPDATE jwtsess_schema SET version = 1");
    let mut old = open().unwrap();
    assert_eq!(old.is_old(), Ok(true));
    old.create(&family("u", "d")).unwrap();
    let refused = old.bring_up();
    assert!(
        matches!(refused, Err(StoreError::ReadOnly(_))),
        "{refused:?}"
    );
    assert_eq!(given.open().bring_up(), Ok(true));
    // One that was open all the while goes over to the new columns.
    old.create(&family("v", "e")).unwrap();
    let found = old.find(&Lookup::Session("v".to_owned())).unwrap();
    assert_eq!(found, Some(family("v", "e")), "with its seals");
    // Rights that are taken away are no empty store.
    for (taken, given_back) in [
        (
            format!("REVOKE USAGE ON SCHEMA {schema} FROM {role}"),
            format!("GRANT USAGE ON SCHEMA {schema} TO {role}"),
        ),
        (
            format!("REVOKE SELECT ON jwtsess_schema FROM {role}"),
            format!("GRANT SELECT ON jwtsess_schema TO {role}"),
        ),
        (
            format!("REVOKE SELECT ON jwtsess_generation FROM {role}"),
            format!("GRANT SELECT ON jwtsess_generation TO {role}"),
        ),
    ] {
        given.run(&taken);
        let found = open().and_then(|mut store| store.find(&lookup));
        assert!(
            matches!(found, Err(StoreError::NoRights(_))),
            "{taken}: {found:?}"
        );
        given.run(&given_back);
    }
    given.run(&format!(
        "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}; REVOKE ALL ON SCHEMA {schema} FROM {role}"
    ));
}

/// Whatever is wrong with a session's rows, the others are listed, found, ended and removed as before.
#[test]
fn a_damaged_row_spoils_what_is_said_of_its_own_session_alone() {
    let of_session = [
        "ended_why = 9, ended_at = 1",
        "ended_why = 1, ended_at = NULL",
        "generations = -1",
        "id = 'another'",
        "issuer = 'another'",
        "outlives = -1",
        "\"user\" = '\u{2400}x'",
    ];
    let of_generation = [
        "header = NULL",
        "access_header = NULL, access_claims = '{'",
        "fingerprint = 'x'",
        "parent = -1",
        "number = 5",
        "number = -1",
        "mac = 'x'",
        "mac_kid = '\u{2400}x'",
    ];
    for (sql, in_session) in (of_session.iter())
        .map(|change| {
            (
                format!("UPDATE jwtsess_session SET {change} WHERE id = 's2'"),
                true,
            )
        })
        .chain(of_generation.iter().map(|change| {
            (
                format!("UPDATE jwtsess_generation SET {change} WHERE token_id = 'a2'"),
                false,
            )
        }))
        .chain([(
            "DELETE FROM jwtsess_generation WHERE token_id = 'a2'".to_owned(),
            false,
        )])
    {
        let Some(given) = TestSchema::new() else {
            return;
        };
        let mut store = given.open();
        for session in 0..4 {
            let family = family(&format!("s{session}"), &format!("a{session}"));
            store.create(&family).unwrap();
        }
        given.run(&sql);
        for session in 0..4 {
            let (id, first) = (format!("s{session}"), token(&format!("a{session}"), NOW));
            let found = store.find(&Lookup::token(&first, &origin(&id)));
            if session == 2 {
                assert!(
                    matches!(found, Err(StoreError::DamagedRecord(_))),
                    "{sql}: {found:?}"
                );
            } else {
                assert!(found.unwrap().is_some(), "{sql}");
            }
        }
        let listing = store.listing(&Selection::default()).unwrap();
        let listed = if in_session { (3, 1) } else { (4, 0) };
        assert_eq!(
            (listing.sessions.len(), listing.damaged.len()),
            listed,
            "{sql}"
        );
        let ended = store.end(&Selection::default(), at(NOW + 1)).unwrap();
        let ended = (ended.sessions.len(), ended.damaged.len());
        // A token whose place alone is wrong, or that is gone, is in nobody's way.
        let is_legible = sql.contains("number =") || sql.starts_with("DELETE");
        assert!(
            ended == (3, 1) || (is_legible && ended == (4, 0)),
            "{sql}: {ended:?}"
        );
        let last = at(i64::MAX / 2_000_000);
        for rehearse in [true, false] {
            let purged = store.purge(last, rehearse).unwrap();
            assert_eq!((purged.sessions, purged.damaged.len()), (3, 1), "{sql}");
        }
        let left = store.listing(&Selection::default()).unwrap();
        assert_eq!(left.sessions.len() + left.damaged.len(), 1, "{sql}");
    }
}
