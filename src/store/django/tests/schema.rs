//! Which tables are taken, and that all others are left as they are.
use super::*;

fn refused(bench: &Bench, settings: Option<&Settings>) -> String {
    let before = std::fs::read(bench.path()).unwrap();
    let opened = Django::open(&bench.location(), Access::Write, settings);
    let Err(StoreError::Foreign(words)) = opened else {
        panic!("{opened:?}")
    };
    assert_eq!(std::fs::read(bench.path()).unwrap(), before);
    words
}

#[test]
fn the_tables_of_each_package_are_recognised_and_nothing_is_written() {
    for (name, stack) in [
        ("simplejwt", Stack::SimpleJwt),
        ("simplejwt-uuid", Stack::SimpleJwt),
        ("drf-jwt", Stack::DrfJwt),
    ] {
        let bench = Bench::of(name);
        let before = std::fs::read(bench.path()).unwrap();
        for access in [Access::Read, Access::Write] {
            let settings = settings(stack, &[]);
            for settings in [None, Some(&settings)] {
                let store = Django::open(&bench.location(), access, settings).unwrap();
                assert_eq!(store.stack(), stack, "{name}");
            }
        }
        assert_eq!(std::fs::read(bench.path()).unwrap(), before, "{name}");
    }
}

#[test]
fn tables_that_differ_are_refused_with_what_differs() {
    let outstanding = "token_blacklist_outstandingtoken";
    for (name, change, expected) in [
        (
            "simplejwt",
            ["\"jti\" varchar(255) NOT NULL UNIQUE, ", ""],
            "table token_blacklist_outstandingtoken has no column jti",
        ),
        (
            "simplejwt",
            [
                "\"jti\" varchar(255) NOT NULL UNIQUE",
                "\"jti\" varchar(255) NOT NULL",
            ],
            "table token_blacklist_outstandingtoken has column jti not unique",
        ),
        (
            "simplejwt",
            [
                "\"jti\" varchar(255) NOT NULL UNIQUE",
                "\"jti\" blob NULL UNIQUE",
            ],
            "table token_blacklist_outstandingtoken has column jti as blob, not text, column jti as NULL",
        ),
        (
            "simplejwt",
            [
                "(\"token\" text NOT NULL, ",
                "(\"tenant\" integer NOT NULL, \"token\" text NOT NULL, ",
            ],
            "table token_blacklist_outstandingtoken has a column tenant that has to be filled, and is not known here",
        ),
        (
            "simplejwt",
            ["\"created_at\" datetime NULL", "\"created_at\" bigint NULL"],
            "table token_blacklist_outstandingtoken has column created_at as a number, not a moment",
        ),
        (
            "simplejwt",
            [
                "\"user_id\" integer NULL REFERENCES \"auth_user\" (\"id\") DEFERRABLE INITIALLY DEFERRED",
                "\"user_id\" integer NULL",
            ],
            "table token_blacklist_outstandingtoken has column user_id that points to no table",
        ),
        (
            "simplejwt",
            ["\"user_id\" integer NULL", "\"user_id\" varchar(9) NULL"],
            "user_id of token_blacklist_outstandingtoken is text, and auth_user.id, which it points to, a number",
        ),
        (
            "simplejwt",
            [
                "\"user_id\" integer NULL REFERENCES \"auth_user\" (\"id\")",
                "\"user_id\" integer NULL REFERENCES \"people\" (\"id\")",
            ],
            "its users are not to be found: user_id of token_blacklist_outstandingtoken points to people.id",
        ),
        (
            "simplejwt",
            [
                "CREATE TABLE \"token_blacklist_blacklistedtoken\"",
                "CREATE TABLE \"renamed\"",
            ],
            "it has table token_blacklist_outstandingtoken and no token_blacklist_blacklistedtoken",
        ),
        (
            "drf-jwt",
            [
                "\"token_id\" char(32) NULL, ",
                "\"token_id\" varchar(32) NULL, ",
            ],
            "table blacklist_blacklistedtoken has column token_id as text, not a UUID",
        ),
        (
            "drf-jwt",
            ["\"user_id\" integer NOT NULL", "\"user_id\" integer NULL"],
            "table blacklist_blacklistedtoken has column user_id as NULL",
        ),
    ] {
        let statements = fixture(name);
        assert!(statements.contains(change[0]), "{change:?}");
        // An index of a column that is gone can't be made.
        let changed = statements
            .replace(change[0], change[1])
            .replace("CREATE INDEX", "-- CREATE INDEX");
        let bench = Bench::made_by(&changed);
        assert_eq!(refused(&bench, None), expected);
    }
    let more = format!(
        "{}ALTER TABLE {outstanding} ADD COLUMN note text NULL; ALTER TABLE {outstanding} ADD COLUMN tag integer NOT NULL DEFAULT 7;",
        fixture("simplejwt")
    );
    let bench = Bench::made_by(&more);
    assert!(Django::open(&bench.location(), Access::Write, None).is_ok());
}

#[test]
fn a_database_without_the_tables_says_what_was_looked_for() {
    let words = refused(&Bench::made_by("CREATE TABLE auth_user (id integer)"), None);
    assert_eq!(
        words,
        "it has neither simplejwt's table token_blacklist_outstandingtoken nor drf-jwt's blacklist_blacklistedtoken: is the blacklist app installed, and its migrations run?"
    );
    let view = fixture("drf-jwt").replace("\"blacklist_blacklistedtoken\"", "\"other\"")
        + "CREATE VIEW blacklist_blacklistedtoken AS SELECT * FROM other;";
    assert!(refused(&Bench::made_by(&view), None).contains("neither"));
}

#[test]
fn where_both_packages_have_tables_the_profile_decides() {
    let users_once = fixture("drf-jwt").lines().filter(|line| {
        !line.contains(" auth_user ") && !line.starts_with("CREATE TABLE \"auth_user\"")
    });
    let both = users_once.fold(fixture("simplejwt").to_owned(), |all, line| {
        all + line + "\n"
    });
    let bench = Bench::made_by(&both);
    assert!(refused(&bench, None).contains("both simplejwt and drf-jwt"));
    for stack in [Stack::SimpleJwt, Stack::DrfJwt] {
        assert_eq!(bench.open_set(stack, &[]).stack(), stack);
    }
    for (name, stack, expected) in [
        ("simplejwt", Stack::DrfJwt, "simplejwt's tables"),
        ("drf-jwt", Stack::SimpleJwt, "drf-jwt's table"),
        ("simplejwt", Stack::DrfJwtLegacy, "has no table"),
    ] {
        let words = refused(&Bench::of(name), Some(&settings(stack, &[])));
        assert!(words.contains(expected), "{words}");
    }
}

#[test]
fn what_is_no_database_is_told_and_never_made() {
    let bench = Bench::of("simplejwt");
    let open = |access| Django::open(&bench.location(), access, None).map(drop);
    for access in [Access::Read, Access::Write] {
        std::fs::remove_file(bench.path()).unwrap();
        assert_eq!(open(access), Err(StoreError::Missing));
        assert!(!bench.path().exists());
        std::fs::write(bench.path(), "").unwrap();
        assert!(matches!(open(access), Err(StoreError::Damaged(_))));
        assert_eq!(std::fs::read(bench.path()).unwrap(), b"");
        std::fs::write(bench.path(), "something else, and longer than a header").unwrap();
        assert!(matches!(open(access), Err(StoreError::Foreign(_))));
        std::fs::remove_file(bench.path()).unwrap();
        std::fs::create_dir(bench.path()).unwrap();
        assert!(matches!(open(access), Err(StoreError::Foreign(_))));
        std::fs::remove_dir(bench.path()).unwrap();
        std::fs::write(bench.path(), "").unwrap();
    }
}

#[test]
fn who_reads_can_not_write() {
    let bench = Bench::of("simplejwt");
    let mut store = Django::open(&bench.location(), Access::Read, None).unwrap();
    let refused = issued(&mut store, &refresh("a", NOW), NOW);
    assert!(
        matches!(refused, Err(StoreError::ReadOnly(_))),
        "{refused:?}"
    );
    assert_eq!(store.list(&Selection::default()), Ok(Vec::new()));
}

#[test]
fn a_location_is_a_path_and_a_wrong_one_says_why() {
    let none = |_: &std::path::Path| false;
    let parse = |text: &str| Location::parse(text, &none);
    let sqlite = |path: &str| Ok(Location::Sqlite(path.into()));
    for (text, expected) in [
        (
            "django+sqlite:///var/lib/app/db.sqlite3",
            sqlite("/var/lib/app/db.sqlite3"),
        ),
        (
            "django+sqlite:////var/db.sqlite3",
            sqlite("/var/db.sqlite3"),
        ),
        ("django+sqlite:///./db.sqlite3", sqlite("./db.sqlite3")),
        (
            "django+sqlite3:///srv/a%20b%2.db?timeout=20",
            sqlite("/srv/a b%2.db"),
        ),
        ("django+sqlite://host/db", Err(LocationError::NoPath)),
        ("django+sqlite:///", Err(LocationError::NoPath)),
        ("django+sqlite:///srv/", Err(LocationError::NoPath)),
        ("django+sqlite:db", Err(LocationError::NoPath)),
        ("django+mysql://host/db", Err(LocationError::Scheme)),
        ("sqlite:///db", Err(LocationError::Scheme)),
    ] {
        assert_eq!(parse(text), expected, "{text}");
    }
    let relative = |path: &std::path::Path| path == std::path::Path::new("db.sqlite3");
    assert_eq!(
        Location::parse("django+sqlite:///db.sqlite3", &relative),
        sqlite("db.sqlite3")
    );
    let both = Location::parse("django+sqlite:///db.sqlite3", &|_| true);
    assert_eq!(
        both,
        Err(LocationError::Both(
            "/db.sqlite3".into(),
            "db.sqlite3".into()
        ))
    );
}
