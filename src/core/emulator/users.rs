//! What the server's database knows: its users and its blacklist.

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
    /// The hash that a token may carry and the server compares, if it is known.
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
    /// A number.
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
    /// The only user that is known of a table; none if the table has no such user.
    #[must_use]
    pub fn only(user: Option<User>, table: &dyn UserTable) -> Self {
        Self {
            known: user.into_iter().collect(),
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
    /// The id that the server lists it by.
    Id(&'a str),
    /// The token's text.
    Token(&'a str),
}
