//! What the server's code finds in its table of users.
use super::pyjwt::header_two;
use super::python::{NotAnInt, PyText, PyValue};
use crate::core::emulator::{DatabaseView, ServerUser, ServerUserId, UserTable, Users};
use crate::django::settings::{DjangoSettings, Stack};

/// The user that a token names, of a table; none if the table has no such user.
pub(in crate::django) fn named_by(
    token: &str,
    settings: &DjangoSettings,
    table: &dyn UserTable,
) -> Users {
    let database = DatabaseView {
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
        Some(UserLookup::Found(user)) => Some(user),
        _ => None,
    };
    Users::only(found, table)
}

/// A primary key as Python's value.
pub(super) fn id_value(id: &ServerUserId) -> PyValue {
    match id {
        ServerUserId::Number(id) => PyValue::int(*id),
        ServerUserId::Text(id) => PyValue::str(id),
    }
}

/// The result of looking for a user.
pub(super) enum UserLookup {
    Found(ServerUser),
    Missing,
    /// The server's users are not known.
    Unknown,
    /// The query itself fails with this exception.
    Crash(&'static str),
}

/// What `User.objects.get(id=id)` does.
pub(super) fn by_id(database: &DatabaseView<'_>, id: &PyValue) -> UserLookup {
    if *id == PyValue::None {
        return UserLookup::Missing;
    }
    let Some(users) = database.users else {
        return UserLookup::Unknown;
    };
    let key = if users.has_numbers() {
        let number = match id.to_int() {
            Ok(number) => number.saturated(),
            Err(NotAnInt::Value) => {
                return UserLookup::Crash("ValueError: the user id is not a number");
            }
            Err(NotAnInt::Type) => {
                return UserLookup::Crash("TypeError: the user id is a list or an object");
            }
            Err(NotAnInt::Overflow) => {
                return UserLookup::Crash("OverflowError: the user id is infinite");
            }
        };
        i64::try_from(number).ok().map(ServerUserId::Number)
    } else {
        match id {
            PyValue::Str(PyText::Plain(text)) => Some(ServerUserId::Text(text.clone())),
            _ => None,
        }
    };
    let found = key.and_then(|key| users.by_id(&key));
    found.map_or(UserLookup::Missing, UserLookup::Found)
}

/// What `User.objects.get_by_natural_key(name)` does.
pub(super) fn by_name(database: &DatabaseView<'_>, name: &PyValue) -> UserLookup {
    let PyText::Plain(name) = name.to_text() else {
        return UserLookup::Crash("UnicodeEncodeError: the username has half a surrogate pair");
    };
    let Some(users) = database.users else {
        return UserLookup::Unknown;
    };
    let found = users.by_name(&name);
    found.map_or(UserLookup::Missing, UserLookup::Found)
}
