//! Which tables are taken, and that all others are left as they are.
use super::*;

fn refused(bench: &Bench, settings: Option<&DjangoSettings>) -> String {
    let before = std::fs::read(bench.path()).unwrap();
    let opened = bench.try_open(Access::Write, settings);
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
                let store = bench.try_open(access, settings).unwrap();
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
            "table token_blacklist_outstandingtoken has a column jti that is not unique",
        ),
        (
            "simplejwt",
            [
                "\"jti\" varchar(255) NOT NULL UNIQUE",
                "\"jti\" blob NULL UNIQUE",
            ],
            "table token_blacklist_outstandingtoken has a column jti that is blob, not text, a column jti that may be NULL",
        ),
        (
            "simplejwt",
            [
                "(\"token\" text NOT NULL, ",
                "(\"tenant\" integer NOT NULL, \"token\" text NOT NULL, ",
            ],
            "table token_blacklist_outstandingtoken has a required column tenant that jwtsess does not know",
        ),
        (
            "simplejwt",
            ["\"created_at\" datetime NULL", "\"created_at\" bigint NULL"],
            "table token_blacklist_outstandingtoken has a column created_at that is a number, not a time",
        ),
        (
            "simplejwt",
            [
                "\"user_id\" integer NULL REFERENCES \"auth_user\" (\"id\") DEFERRABLE INITIALLY DEFERRED",
                "\"user_id\" integer NULL",
            ],
            "table token_blacklist_outstandingtoken has a column user_id that refers to no table",
        ),
        (
            "simplejwt",
            ["\"user_id\" integer NULL", "\"user_id\" varchar(9) NULL"],
            "user_id of token_blacklist_outstandingtoken is text, but auth_user.id, to which it refers, is a number",
        ),
        (
            "simplejwt",
            [
                "\"user_id\" integer NULL REFERENCES \"auth_user\" (\"id\")",
                "\"user_id\" integer NULL REFERENCES \"people\" (\"id\")",
            ],
            "its users can't be found: user_id of token_blacklist_outstandingtoken refers to people.id",
        ),
        (
            "simplejwt",
            [
                "CREATE TABLE \"token_blacklist_blacklistedtoken\"",
                "CREATE TABLE \"renamed\"",
            ],
            "it has the table token_blacklist_outstandingtoken but not token_blacklist_blacklistedtoken",
        ),
        (
            "drf-jwt",
            [
                "\"token_id\" char(32) NULL, ",
                "\"token_id\" varchar(32) NULL, ",
            ],
            "table blacklist_blacklistedtoken has a column token_id that is text, not a UUID",
        ),
        (
            "drf-jwt",
            ["\"user_id\" integer NOT NULL", "\"user_id\" integer NULL"],
            "table blacklist_blacklistedtoken has a column user_id that may be NULL",
        ),
    ] {
        let statements = fixture(name)[0];
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
        fixture("simplejwt")[0]
    );
    let bench = Bench::made_by(&more);
    assert!(bench.try_open(Access::Write, None).is_ok());
}

#[test]
fn a_database_without_the_tables_says_what_was_looked_for() {
    let words = refused(&Bench::made_by("CREATE TABLE auth_user (id integer)"), None);
    assert_eq!(
        words,
        "it has neither simplejwt's table token_blacklist_outstandingtoken nor drf-jwt's blacklist_blacklistedtoken: install the blacklist app and run its migrations"
    );
    let view = fixture("drf-jwt")[0].replace("\"blacklist_blacklistedtoken\"", "\"other\"")
        + "CREATE VIEW blacklist_blacklistedtoken AS SELECT * FROM other;";
    assert!(refused(&Bench::made_by(&view), None).contains("neither"));
}

#[test]
fn where_both_packages_have_tables_the_profile_decides() {
    let users_once = fixture("drf-jwt")[0].lines().filter(|line| {
        !line.contains(" auth_user ") && !line.starts_with("CREATE TABLE \"auth_user\"")
    });
    let both = users_once.fold(fixture("simplejwt")[0].to_owned(), |all, line| {
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
    let open = |access| bench.try_open(access, None).map(drop);
    for access in [Access::Read, Access::Write] {
        std::fs::remove_file(bench.path()).unwrap();
        let missing = StoreError::Missing;
        assert_eq!(open(access), Err(missing));
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

facts! {
    who_reads_can_not_write
}

fn who_reads_can_not_write(of: Maker<'_>) {
    let bench = of("simplejwt");
    let mut store = bench.try_open(Access::Read, None).unwrap();
    let refused = issued(&mut store, &refresh("a", NOW), NOW);
    assert!(
        matches!(refused, Err(StoreError::ReadOnly(_))),
        "{refused:?}"
    );
    assert_eq!(store.list(&Selection::default()), Ok(Vec::new()));
}

#[test]
fn a_location_is_a_path_and_a_wrong_one_says_why() {
    let parse = |text: &str| {
        let read = Location::parse(text, &|path| path == std::path::Path::new("db.sqlite3"));
        match read {
            Ok(location) => location.name(),
            Err(error) => error.to_string(),
        }
    };
    let no_path = "django+sqlite:// must be followed by /PATH";
    let scheme = "it is neither django+sqlite:///PATH nor django+postgres://…";
    for (text, expected) in [
        (
            "django+sqlite:///var/lib/app/db.sqlite3",
            "django+sqlite:////var/lib/app/db.sqlite3",
        ),
        ("django+sqlite:////var/db", "django+sqlite:////var/db"),
        ("django+sqlite:///./db", "django+sqlite:///./db"),
        // Where there is such a file below the working folder.
        ("django+sqlite:///db.sqlite3", "django+sqlite:///db.sqlite3"),
        (
            "django+sqlite3:///srv/a%20b%2.db?timeout=20",
            "django+sqlite:////srv/a b%2.db",
        ),
        (
            "django+postgresql://alice:secret@db.example/app",
            "django+postgres://alice@db.example/app",
        ),
        (
            "django+postgres://db.example:port/app",
            "its port is not a number from 1 to 65535",
        ),
        ("django+sqlite://host/db", no_path),
        ("django+sqlite:///", no_path),
        ("django+sqlite:///srv/", no_path),
        ("django+sqlite:db", no_path),
        ("django+mysql://host/db", scheme),
        ("sqlite:///db", scheme),
    ] {
        assert_eq!(parse(text), expected, "{text}");
    }
    let both = Location::parse("django+sqlite:///db.sqlite3", &|_| true).unwrap_err();
    assert_eq!(
        both,
        LocationError::Both("/db.sqlite3".into(), "db.sqlite3".into())
    );
}

/// PostgreSQL's own words for what differs there.
#[test]
fn tables_that_differ_on_postgresql_are_refused_with_what_differs() {
    if !postgres_is_given() {
        return;
    }
    for (name, change, expected) in [
        (
            "simplejwt",
            "ALTER TABLE token_blacklist_outstandingtoken DROP CONSTRAINT token_blacklist_outstandingtoken_jti_hex_d9bdf6f7_uniq",
            "table token_blacklist_outstandingtoken has a column jti that is not unique",
        ),
        (
            "simplejwt",
            "ALTER TABLE token_blacklist_outstandingtoken ALTER created_at TYPE timestamp, ALTER expires_at DROP NOT NULL",
            "table token_blacklist_outstandingtoken has a column created_at that is timestamp, not a time, a column expires_at that may be NULL",
        ),
        (
            "simplejwt",
            "ALTER TABLE token_blacklist_blacklistedtoken ALTER id DROP IDENTITY",
            "table token_blacklist_blacklistedtoken has a column id that does not number its rows",
        ),
        (
            "simplejwt",
            "ALTER TABLE token_blacklist_outstandingtoken ADD tenant integer NOT NULL",
            "table token_blacklist_outstandingtoken has a required column tenant that jwtsess does not know",
        ),
        (
            "simplejwt-uuid",
            "ALTER TABLE token_blacklist_outstandingtoken DROP CONSTRAINT token_blacklist_outs_user_id_83bc629a_fk_accounts_",
            "table token_blacklist_outstandingtoken has a column user_id that refers to no table",
        ),
        (
            "drf-jwt",
            "ALTER TABLE blacklist_blacklistedtoken DROP token_id CASCADE",
            "table blacklist_blacklistedtoken has no column token_id",
        ),
        (
            "drf-jwt",
            "DROP TABLE blacklist_blacklistedtoken",
            "it has neither simplejwt's table token_blacklist_outstandingtoken nor drf-jwt's blacklist_blacklistedtoken: install the blacklist app and run its migrations",
        ),
    ] {
        let bench = Bench::on_postgres(name);
        bench.run(change);
        let opened = bench.try_open(Access::Write, None).map(drop);
        assert_eq!(opened, Err(StoreError::Foreign(expected.to_owned())));
    }
    let bench = Bench::on_postgres("simplejwt");
    bench.run("ALTER TABLE token_blacklist_outstandingtoken ADD note text, ADD tag integer NOT NULL DEFAULT 7; ALTER TABLE auth_user RENAME TO \"People?1\"");
    let mut store = bench.open();
    issued(&mut store, &refresh("a", NOW), NOW).unwrap();
    assert_eq!(
        store.list(&Selection::default()).unwrap()[0]
            .user
            .as_deref(),
        Some("alice")
    );
}
