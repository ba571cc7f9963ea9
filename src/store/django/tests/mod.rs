//! The adapter over databases as the two packages' own migrations make them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod drf_jwt;
mod race;
mod schema;
mod simplejwt;
mod users;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::claims::Told;
use super::sql::query;
use super::*;
use crate::core::time::Span;
use crate::session::family::{Expiry, Origin, Presented, Request, SessionKey, decide, revoke};

pub(super) const NOW: i64 = 1_800_000_000;
pub(super) const DAY: i64 = 86_400;

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// An application's database, of one of the files in tests/fixtures/django.
pub(super) struct Bench {
    folder: PathBuf,
}

const FIXTURES: [(&str, &str); 3] = [
    (
        "simplejwt",
        include_str!("../../../../tests/fixtures/django/simplejwt.sqlite.sql"),
    ),
    (
        "simplejwt-uuid",
        include_str!("../../../../tests/fixtures/django/simplejwt-uuid.sqlite.sql"),
    ),
    (
        "drf-jwt",
        include_str!("../../../../tests/fixtures/django/drf-jwt.sqlite.sql"),
    ),
];

pub(super) fn fixture(name: &str) -> &'static str {
    let found = FIXTURES.iter().find(|(known, _)| *known == name);
    found.unwrap().1
}

impl Bench {
    pub(super) fn of(name: &str) -> Self {
        Self::made_by(fixture(name))
    }
    /// A database that these statements make.
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
        let bench = Self { folder };
        sqlite::made_by(&bench.path(), statements);
        bench
    }
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join("db.sqlite3")
    }
    pub(super) fn location(&self) -> Location {
        Location::Sqlite(self.path())
    }
    pub(super) fn open(&self) -> Django {
        Django::open(&self.location(), Access::Write, None).unwrap()
    }
    /// As set so: `NAME=value` in Django's names.
    pub(super) fn open_set(&self, stack: Stack, set: &[&str]) -> Django {
        let settings = settings(stack, set);
        Django::open(&self.location(), Access::Write, Some(&settings)).unwrap()
    }
    /// What a query gives, each value as a text.
    pub(super) fn rows(&self, statement: &str) -> Vec<Vec<String>> {
        let mut sql = sqlite::Sqlite::open(&self.path(), Access::Write).unwrap();
        let width = statement.split(" FROM ").next().unwrap().split(',').count();
        let text = |value: Value| match value {
            Value::Null => "NULL".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Text(text) => text,
            Value::Moment(moment) => sql::write_moment(moment).unwrap(),
        };
        let found = query(&mut sql, statement, &[]).unwrap();
        found
            .into_iter()
            .map(|mut row| (0..width).map(|_| text(row.value())).collect())
            .collect()
    }
    pub(super) fn run(&self, statement: &str) {
        let mut sql = sqlite::Sqlite::open(&self.path(), Access::Write).unwrap();
        query(&mut sql, statement, &[]).unwrap();
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(super) fn settings(stack: Stack, set: &[&str]) -> Settings {
    let mut settings = Settings::defaults(stack);
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

pub(super) fn token(payload: &str) -> Token {
    let told = Told::read(&text(payload));
    told.token(told.text("jti").as_deref(), told.expiry())
}

/// simplejwt's refresh token of alice, of that id, for a day from then.
pub(super) fn refresh(id: &str, issued: i64) -> Token {
    token(&format!(
        r#"{{"token_type":"refresh","exp":{},"iat":{issued},"jti":"{id}","user_id":"1"}}"#,
        issued + DAY
    ))
}

/// As the commands present a token: its id is the session's.
pub(super) fn presented(token: &Token) -> Presented {
    Presented {
        origin: origin(token),
        token: token.clone(),
        recorded: true,
        holds: true,
    }
}

pub(super) fn origin(token: &Token) -> Origin {
    let told = Told::of(token).unwrap();
    let family = told.text("orig_jti").or_else(|| token.id.clone());
    Origin {
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

pub(super) fn lookup(token: &Token) -> Lookup {
    Lookup::token(token, &origin(token))
}

pub(super) fn rules(retires: bool) -> crate::session::family::Rules {
    crate::session::family::Rules {
        allow_list: false,
        retires,
        reuse_detection: false,
        reuse_grace: Span::from_seconds(0),
        revokes_alone: true,
    }
}

pub(super) fn present(
    store: &mut Django,
    token: &Token,
    request: &Request,
    now: i64,
) -> Result<Applied, StoreError> {
    let presented = presented(token);
    store.update(&lookup(token), &mut |family| {
        decide(family, &presented, request, &rules(true), at(now))
    })
}

pub(super) fn revoked(store: &mut Django, token: &Token, now: i64) -> Result<Applied, StoreError> {
    let presented = presented(token);
    store.update(&lookup(token), &mut |family| {
        revoke(family, &presented, &rules(true), at(now))
    })
}

/// Records a token as a login does.
pub(super) fn issued(store: &mut Django, token: &Token, now: i64) -> Result<(), StoreError> {
    let family = Family::new(&origin(token), token.clone(), at(now));
    store.create(&family)
}

pub(super) fn expiry(seconds: i64) -> Expiry {
    Expiry::At(at(seconds))
}
