//! What the server's code finds in its table of users.
use super::pyjwt::header_two;
use super::python::{NotAnInt, Text, Value};
use crate::core::emulator::{Database, User, UserId, UserTable, Users};
use crate::django::settings::{Settings, Stack};

/// The user that a token names, of a table; none if the table has no such user.
pub(in crate::django) fn named_by(
    token: &str,
    settings: &Settings,
    table: &dyn UserTable,
) -> Users {
    let database = Database {
        users: Some(table),
        blacklisted: None,
    };
    let claims = header_two(token.trim()).and_then(|header| header.unverified());
    let claims = claims.unwrap_or_default();
    let found = match settings.stack {
        Stack::SimpleJwt => claims
            .get(&settings.user_id_claim)
            .map(|id| by_id(&database, id)),
        Stack::DrfJwt | Stack::DrfJwtLegacy => {
            claims.get("username").map(|name| by_name(&database, name))
        }
    };
    let found = match found {
        Some(Lookup::Found(user)) => Some(user),
        _ => None,
    };
    Users::only(found, table)
}

/// A primary key as Python's value.
pub(super) fn id_value(id: &UserId) -> Value {
    match id {
        UserId::Number(id) => Value::int(*id),
        UserId::Text(id) => Value::str(id),
    }
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

/// What `User.objects.get(id=id)` does.
pub(super) fn by_id(database: &Database<'_>, id: &Value) -> Lookup {
    if *id == Value::None {
        return Lookup::Missing;
    }
    let Some(users) = database.users else {
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
pub(super) fn by_name(database: &Database<'_>, name: &Value) -> Lookup {
    let Text::Plain(name) = name.to_text() else {
        return Lookup::Crash("UnicodeEncodeError: the username has half a surrogate pair");
    };
    let Some(users) = database.users else {
        return Lookup::Unknown;
    };
    let found = users.by_name(&name);
    found.map_or(Lookup::Missing, Lookup::Found)
}
