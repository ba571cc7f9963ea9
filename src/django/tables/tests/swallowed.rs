//! Triggers of the application's own that drop or undo what is written: nothing is said to be done that was not.
use super::simplejwt::rotation;
use super::*;

facts! {
    what_a_trigger_drops_is_not_said_to_be_done
    what_a_trigger_undoes_later_is_not_said_to_be_done
    what_a_trigger_only_looks_at_is_done
    a_clean_up_that_a_trigger_stops_is_not_said_to_be_done
}

const OUTSTANDING: &str = "token_blacklist_outstandingtoken";
const ENDED: &str = "token_blacklist_blacklistedtoken";

/// A trigger in the words of the database: what it does, and when.
fn trigger(bench: &Bench, when: &str, table: &str, sqlite: &str, postgres: &str) {
    match bench {
        Bench::Sqlite(_) => bench.run(&format!(
            "CREATE TRIGGER t {when} ON {table} BEGIN {sqlite}; END"
        )),
        Bench::Postgres(_) => bench.run(&format!(
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {postgres}; END $$; CREATE TRIGGER t {when} ON {table} FOR EACH ROW EXECUTE FUNCTION f()"
        )),
    }
}

/// Every way of ending or rotating fails, and leaves the token as it was.
fn nothing_is_claimed(bench: &Bench, what: &str) {
    let mut store = bench.open();
    let token = refresh("a", NOW);
    let new = refresh("b", NOW + 60);
    let rotated = present(&mut store, &token, &rotation(&new), NOW + 60);
    assert!(
        matches!(rotated, Err(StoreError::NotKept(_))),
        "{what}: {rotated:?}"
    );
    let ended = revoked(&mut store, &token, NOW + 61);
    assert!(
        matches!(ended, Err(StoreError::NotKept(_))),
        "{what}: {ended:?}"
    );
    let all = store.end(&Selection::default(), at(NOW + 62));
    assert!(
        matches!(all, Err(StoreError::NotKept(_))),
        "{what}: {all:?}"
    );
    let listed = bench.open().list(&Selection::default()).unwrap();
    let live: Vec<bool> = listed.iter().map(|one| one.ended.is_none()).collect();
    assert_eq!(live, [true], "{what}");
}

fn recorded(of: Maker<'_>) -> Bench {
    let bench = of("simplejwt");
    issued(&mut bench.open(), &refresh("a", NOW), NOW).unwrap();
    bench
}

fn what_a_trigger_drops_is_not_said_to_be_done(of: Maker<'_>) {
    let bench = recorded(of);
    trigger(
        &bench,
        "BEFORE INSERT",
        ENDED,
        "SELECT raise(IGNORE)",
        "RETURN NULL",
    );
    nothing_is_claimed(&bench, "dropped");
    // A login that is not recorded is none.
    let bench = of("simplejwt");
    trigger(
        &bench,
        "BEFORE INSERT",
        OUTSTANDING,
        "SELECT raise(IGNORE)",
        "RETURN NULL",
    );
    let login = issued(&mut bench.open(), &refresh("a", NOW), NOW);
    assert!(matches!(login, Err(StoreError::NotKept(_))), "{login:?}");
}

fn what_a_trigger_undoes_later_is_not_said_to_be_done(of: Maker<'_>) {
    let bench = recorded(of);
    let undo = format!("DELETE FROM {ENDED}");
    trigger(
        &bench,
        "AFTER INSERT",
        ENDED,
        &undo,
        &format!("{undo}; RETURN NULL"),
    );
    nothing_is_claimed(&bench, "undone");
    let bench = recorded(of);
    let other = format!("UPDATE {OUTSTANDING} SET jti = 'x' || id WHERE jti = 'b'");
    trigger(
        &bench,
        "AFTER INSERT",
        OUTSTANDING,
        &other,
        &format!("{other}; RETURN NULL"),
    );
    let (token, new) = (refresh("a", NOW), refresh("b", NOW + 60));
    let rotated = present(&mut bench.open(), &token, &rotation(&new), NOW + 60);
    assert!(
        matches!(rotated, Err(StoreError::NotKept(_))),
        "{rotated:?}"
    );
    if let Bench::Postgres(_) = &bench {
        // At the end of the transaction, behind everything that is read back.
        let bench = recorded(of);
        bench.run(&format!(
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {undo}; RETURN NULL; END $$; CREATE CONSTRAINT TRIGGER t AFTER INSERT ON {ENDED} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f()"
        ));
        nothing_is_claimed(&bench, "undone at the end");
    }
}

fn what_a_trigger_only_looks_at_is_done(of: Maker<'_>) {
    let bench = recorded(of);
    bench.run("CREATE TABLE audit (what integer)");
    let note = "INSERT INTO audit VALUES (1)";
    trigger(
        &bench,
        "AFTER INSERT",
        ENDED,
        note,
        &format!("{note}; RETURN NULL"),
    );
    let ended = revoked(&mut bench.open(), &refresh("a", NOW), NOW + 1);
    assert!(ended.is_ok(), "{ended:?}");
    assert_eq!(bench.rows(&format!("SELECT id FROM {ENDED}")).len(), 1);
}

fn a_clean_up_that_a_trigger_stops_is_not_said_to_be_done(of: Maker<'_>) {
    let bench = recorded(of);
    trigger(
        &bench,
        "BEFORE DELETE",
        OUTSTANDING,
        "SELECT raise(IGNORE)",
        "RETURN NULL",
    );
    let purged = bench.open().purge(at(NOW + 30 * DAY), false);
    assert!(matches!(purged, Err(StoreError::NotKept(_))), "{purged:?}");
}
