//! The adapter over databases as the two packages' own migrations make them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod drf_jwt;
mod race;
mod schema;
mod simplejwt;
mod swallowed;
mod users;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::claims::StoredToken;
use super::sql::SqlValue;
use super::*;
use crate::core::profile::language::forms::Grace;
use crate::core::time::Span;
use crate::session::family::{
    Expiry, Operation, PresentedToken, SessionClaims, SessionKey, SessionToken, decide, revoke,
};
use crate::store::postgres::tests::given::TestSchema;

pub(super) const NOW: i64 = 1_800_000_000;
pub(super) const DAY: i64 = 86_400;

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// Makes two tests of each fact, one for each of the databases; a fact is handed what makes one of a fixture.
macro_rules! facts {
    ($($fact:ident)*) => {
        mod on_sqlite {
            $(#[test] fn $fact() {
                super::$fact(&crate::django::tables::tests::Bench::of);
            })*
        }
        mod on_postgres {
            $(#[test] fn $fact() {
                if crate::django::tables::tests::postgres_is_given() {
                    super::$fact(&crate::django::tables::tests::Bench::on_postgres);
                }
            })*
        }
    };
}
use facts;

/// Makes the database of a fixture.
pub(super) type Maker<'a> = &'a dyn Fn(&str) -> Bench;

/// An application's database.
pub(super) enum Bench {
    Sqlite(PathBuf),
    Postgres(TestSchema),
}

macro_rules! fixtures {
    ($($name:literal),*) => {
        /// Name, statements for SQLite and for PostgreSQL.
        const FIXTURES: &[[&str; 3]] = &[$([
            $name,
            include_str!(concat!("../../../../tests/fixtures/django/", $name, ".sqlite.sql")),
            include_str!(concat!("../../../../tests/fixtures/django/", $name, ".postgres.sql")),
        ]),*];
    };
}
fixtures!("simplejwt", "simplejwt-uuid", "drf-jwt");

/// The statements that make a database in SQLite and in PostgreSQL.
pub(super) fn fixture(name: &str) -> [&'static str; 2] {
    let found = FIXTURES.iter().find(|[known, ..]| *known == name);
    let [_, sqlite, postgres] = found.unwrap();
    [sqlite, postgres]
}

pub(super) fn postgres_is_given() -> bool {
    TestSchema::new().is_some()
}

impl Bench {
    pub(super) fn of(name: &str) -> Self {
        Self::made_by(fixture(name)[0])
    }
    pub(super) fn on_postgres(name: &str) -> Self {
        Self::made_on_postgres_by(fixture(name)[1])
    }
    pub(super) fn made_on_postgres_by(statements: &str) -> Self {
        let given = TestSchema::new().unwrap();
        given.run(statements);
        Self::Postgres(given)
    }
    /// A SQLite database that these statements make.
    #[expect(
        clippy::disallowed_methods,
        reason = "tests write below the system's folder for temporary files"
    )]
    pub(super) fn made_by(statements: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("jwtsess-django-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let bench = Self::Sqlite(folder);
        sqlite::made_by(&bench.path(), statements);
        bench
    }
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::Sqlite(folder) => folder.join("db.sqlite3"),
            Self::Postgres(_) => panic!("a server is no file"),
        }
    }
    pub(super) fn location(&self) -> Location {
        match self {
            Self::Sqlite(_) => Location::Sqlite(self.path()),
            Self::Postgres(given) => {
                let text = format!("django+{}", given.url);
                Location::parse(&text, &|_| false).unwrap()
            }
        }
    }
    pub(super) fn try_open(
        &self,
        access: Access,
        settings: Option<&DjangoSettings>,
    ) -> Result<Django, StoreError> {
        let around = Surroundings {
            variable: &|_| None,
            file: &|_| Ok(None),
        };
        let server = settings.map(|settings| -> Box<dyn Emulator> {
            match settings.stack {
                Stack::SimpleJwt => Box::new(stack::SimpleJwt::new(settings.clone(), false)),
                _ => Box::new(stack::DrfJwt::new(settings.clone())),
            }
        });
        Django::open(&self.location(), access, server.as_deref(), &around)
    }
    pub(super) fn open(&self) -> Django {
        self.try_open(Access::Write, None).unwrap()
    }
    /// As set so: `NAME=value` in Django's names.
    pub(super) fn open_set(&self, stack: Stack, set: &[&str]) -> Django {
        let settings = settings(stack, set);
        self.try_open(Access::Write, Some(&settings)).unwrap()
    }
    /// What a query gives, each value as a text.
    pub(super) fn rows(&self, statement: &str) -> Vec<Vec<String>> {
        let width = statement.split(" FROM ").next().unwrap().split(',').count();
        let text = |value: SqlValue| match value {
            SqlValue::Null | SqlValue::Foreign => "NULL".to_owned(),
            SqlValue::Number(number) => number.to_string(),
            SqlValue::Flag(flag) => flag.to_string(),
            SqlValue::Text(text) | SqlValue::Uuid(text) => text,
            SqlValue::Moment(moment) => sql::write_moment(moment).unwrap(),
        };
        let found = self
            .open()
            .database
            .read(&mut |sql| sql.rows(statement, &[]));
        found
            .unwrap()
            .into_iter()
            .map(|mut row| (0..width).map(|_| text(row.value())).collect())
            .collect()
    }
    pub(super) fn run(&self, statement: &str) {
        match self {
            Self::Sqlite(_) => sqlite::made_by(&self.path(), statement),
            Self::Postgres(given) => given.run(&format!("SET TIME ZONE 'UTC'; {statement}")),
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Self::Sqlite(folder) = self {
            _ = std::fs::remove_dir_all(folder);
        }
    }
}

pub(super) fn settings(stack: Stack, set: &[&str]) -> DjangoSettings {
    let mut settings = DjangoSettings::defaults(stack);
    for one in set {
        let (name, value) = one.split_once('=').unwrap();
        settings.set(name, value).unwrap();
    }
    settings
}

/// A token's text, with no signature that would hold.
pub(super) fn text(payload: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!(
        "{}.{}.c2ln",
        part(r#"{"alg":"HS256","typ":"JWT"}"#),
        part(payload)
    )
}

pub(super) fn token(payload: &str) -> SessionToken {
    let told = StoredToken::read(&text(payload));
    told.token(told.text("jti").as_deref(), told.expiry())
}

/// simplejwt's refresh token of alice, of that id, for a day from then.
pub(super) fn refresh(id: &str, issued: i64) -> SessionToken {
    token(&format!(
        r#"{{"token_type":"refresh","exp":{},"iat":{issued},"jti":"{id}","user_id":"1"}}"#,
        issued + DAY
    ))
}

/// As the commands present a token: its id is the session's.
pub(super) fn presented(token: &SessionToken) -> PresentedToken {
    PresentedToken {
        origin: origin(token),
        token: token.clone(),
        recorded: true,
        holds: true,
    }
}

pub(super) fn origin(token: &SessionToken) -> SessionClaims {
    let told = StoredToken::of(token).unwrap();
    let family = told.text("orig_jti").or_else(|| token.id.clone());
    SessionClaims {
        key: SessionKey {
            issuer: told.issuer(),
            id: family.unwrap_or_else(|| token.fingerprint.short()),
        },
        shared: told.text("orig_jti").is_some(),
        profile: "app".to_owned(),
        user: None,
        began_at: None,
        absolute_end: None,
        outlives: Span::from_seconds(0),
    }
}

pub(super) fn lookup(token: &SessionToken) -> Lookup {
    Lookup::token(token, &origin(token))
}

pub(super) fn rules(retires: bool) -> crate::session::family::Rules {
    crate::session::family::Rules {
        allow_list: false,
        retires,
        reuse_detection: false,
        reuse_grace: Grace::For(Span::from_seconds(0)),
        siblings: false,
        revokes_alone: true,
    }
}

pub(super) fn present(
    store: &mut Django,
    token: &SessionToken,
    request: &Operation,
    now: i64,
) -> Result<UpdateResult, StoreError> {
    let presented = presented(token);
    store.update(&lookup(token), &mut |family| {
        decide(family, &presented, request, &rules(true), at(now))
    })
}

pub(super) fn revoked(
    store: &mut Django,
    token: &SessionToken,
    now: i64,
) -> Result<UpdateResult, StoreError> {
    let presented = presented(token);
    store.update(&lookup(token), &mut |family| {
        revoke(family, &presented, &rules(true), at(now))
    })
}

/// Records a token as a login does.
pub(super) fn issued(store: &mut Django, token: &SessionToken, now: i64) -> Result<(), StoreError> {
    let family = Family::new(&origin(token), token.clone(), at(now));
    store.create(&family)
}

pub(super) fn expiry(seconds: i64) -> Expiry {
    Expiry::At(at(seconds))
}
