//! What the server's database knows: its users and its blacklist.
use super::pyjwt::header_two;
use super::python::{NotAnInt, Text, Value};
use super::settings::{Settings, Stack};

/// A user of the server.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// `username`.
    pub name: String,
    /// The primary key.
    pub id: UserId,
    /// `email`; empty if the user has none.
    pub email: String,
    /// `is_active`.
    pub active: bool,
    /// The hash that `CHECK_REVOKE_TOKEN` compares: the upper-case hexadecimal MD5 of the stored password, if it is known.
    pub password_hash: Option<String>,
}

/// Leaves out the hash.
impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("name", &self.name)
            .field("id", &self.id)
            .field("email", &self.email)
            .field("active", &self.active)
            .finish_non_exhaustive()
    }
}

/// A user's primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserId {
    /// A number, as Django assigns by default.
    Number(i64),
    /// A text, such as a UUID.
    Text(String),
}

impl std::fmt::Display for UserId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(id) => id.fmt(f),
            Self::Text(id) => f.write_str(id),
        }
    }
}

impl UserId {
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Number(id) => Value::int(*id),
            Self::Text(id) => Value::str(id),
        }
    }
}

/// A server's table of users, as it is asked.
pub trait UserTable {
    /// Whether the primary keys are numbers.
    fn has_numbers(&self) -> bool;
    /// The user with this primary key.
    fn by_id(&self, id: &UserId) -> Option<User>;
    /// The user with this name.
    fn by_name(&self, name: &str) -> Option<User>;
}

/// The users of a server that are known, all or those that a token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Users {
    known: Vec<User>,
    has_numbers: bool,
}

/// All users that there are.
impl From<Vec<User>> for Users {
    fn from(known: Vec<User>) -> Self {
        let is_number = |user: &User| matches!(user.id, UserId::Number(_));
        Self {
            has_numbers: known.iter().all(is_number),
            known,
        }
    }
}

impl Users {
    /// The user that a token names, of a table; none if the table has no such user.
    #[must_use]
    pub fn named_by(token: &str, settings: &Settings, table: &dyn UserTable) -> Self {
        let database = Database {
            users: Some(table),
            blacklisted: None,
        };
        let claims = header_two(token.trim()).and_then(|header| header.unverified());
        let claims = claims.unwrap_or_default();
        let found = match settings.stack {
            Stack::SimpleJwt => claims
                .get(&settings.user_id_claim)
                .map(|id| database.by_id(id)),
            Stack::DrfJwt | Stack::DrfJwtLegacy => {
                claims.get("username").map(|name| database.by_name(name))
            }
        };
        let known = match found {
            Some(Lookup::Found(user)) => vec![user],
            _ => Vec::new(),
        };
        Self {
            known,
            has_numbers: table.has_numbers(),
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &User> {
        self.known.iter()
    }
}

impl UserTable for Users {
    fn has_numbers(&self) -> bool {
        self.has_numbers
    }
    fn by_id(&self, id: &UserId) -> Option<User> {
        let is_it = |user: &&User| match id {
            UserId::Number(_) => user.id == *id,
            UserId::Text(text) => user.id.to_string() == *text,
        };
        self.known.iter().find(is_it).cloned()
    }
    fn by_name(&self, name: &str) -> Option<User> {
        self.known.iter().find(|user| user.name == name).cloned()
    }
}

/// What is known of the server's database. Anything unknown is assumed to be in the token's favour.
#[derive(Clone, Copy, Default)]
pub struct Database<'a> {
    /// The table of users, if it is known.
    pub users: Option<&'a dyn UserTable>,
    /// Tells whether the blacklist holds an entry, if the blacklist is known.
    pub blacklisted: Option<&'a dyn Fn(Listed<'_>) -> bool>,
}

impl std::fmt::Debug for Database<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database")
            .field("users", &self.users.is_some())
            .field("blacklisted", &self.blacklisted.is_some())
            .finish()
    }
}

/// What a blacklist identifies a token by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Listed<'a> {
    /// simplejwt: the `jti`. drf-jwt: the `orig_jti`, or else the `jti`, in 32 hexadecimal digits.
    Id(&'a str),
    /// drf-jwt: the token's text.
    Token(&'a str),
}

/// The result of looking for a user.
pub(super) enum Lookup {
    Found(User),
    Missing,
    /// The server's users are not known.
    Unknown,
    /// The query itself fails with this exception.
    Crash(&'static str),
}

impl Database<'_> {
    /// What `User.objects.get(id=id)` does.
    pub(super) fn by_id(&self, id: &Value) -> Lookup {
        if *id == Value::None {
            return Lookup::Missing;
        }
        let Some(users) = self.users else {
            return Lookup::Unknown;
        };
        let key = if users.has_numbers() {
            let number = match id.to_int() {
                Ok(number) => number.saturated(),
                Err(NotAnInt::Value) => {
                    return Lookup::Crash("ValueError: the user id is not a number");
                }
                Err(NotAnInt::Type) => {
                    return Lookup::Crash("TypeError: the user id is a list or an object");
                }
                Err(NotAnInt::Overflow) => {
                    return Lookup::Crash("OverflowError: the user id is infinite");
                }
            };
            i64::try_from(number).ok().map(UserId::Number)
        } else {
            match id {
                Value::Str(Text::Plain(text)) => Some(UserId::Text(text.clone())),
                _ => None,
            }
        };
        let found = key.and_then(|key| users.by_id(&key));
        found.map_or(Lookup::Missing, Lookup::Found)
    }
    /// What `User.objects.get_by_natural_key(name)` does.
    pub(super) fn by_name(&self, name: &Value) -> Lookup {
        let Text::Plain(name) = name.to_text() else {
            return Lookup::Crash("UnicodeEncodeError: the username has half a surrogate pair");
        };
        let Some(users) = self.users else {
            return Lookup::Unknown;
        };
        let found = users.by_name(&name);
        found.map_or(Lookup::Missing, Lookup::Found)
    }
}
