//! What the server's database knows: its users and its blacklist.
use super::python::{NotAnInt, Text, Value};

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

/// What is known of the server's database. Anything unknown is assumed to be in the token's favour.
#[derive(Clone, Copy, Default)]
pub struct Database<'a> {
    /// All users of the server, if they are known.
    pub users: Option<&'a [User]>,
    /// Tells whether the blacklist holds an entry, if the blacklist is known.
    pub blacklisted: Option<&'a dyn Fn(Listed<'_>) -> bool>,
}

impl std::fmt::Debug for Database<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database")
            .field("users", &self.users)
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
pub(super) enum Lookup<'a> {
    Found(&'a User),
    Missing,
    /// The server's users are not known.
    Unknown,
    /// The query itself fails with this exception.
    Crash(&'static str),
}

impl<'a> Database<'a> {
    /// What `User.objects.get(id=id)` does.
    pub(super) fn by_id(&self, id: &Value) -> Lookup<'a> {
        if *id == Value::None {
            return Lookup::Missing;
        }
        let Some(users) = self.users else {
            return Lookup::Unknown;
        };
        let found = if users
            .iter()
            .all(|user| matches!(user.id, UserId::Number(_)))
        {
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
            let is_it =
                |user: &&User| matches!(user.id, UserId::Number(id) if i128::from(id) == number);
            users.iter().find(is_it)
        } else {
            users.iter().find(|user| id.is(&user.id.to_string()))
        };
        found.map_or(Lookup::Missing, Lookup::Found)
    }
    /// What `User.objects.get_by_natural_key(name)` does.
    pub(super) fn by_name(&self, name: &Value) -> Lookup<'a> {
        let name = name.to_text();
        if matches!(name, Text::Broken(_)) {
            return Lookup::Crash("UnicodeEncodeError: the username has half a surrogate pair");
        }
        let Some(users) = self.users else {
            return Lookup::Unknown;
        };
        let is_it = |user: &&User| name == *user.name;
        users
            .iter()
            .find(is_it)
            .map_or(Lookup::Missing, Lookup::Found)
    }
}
