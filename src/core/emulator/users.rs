//! What the server's database knows: its users and its blacklist.

/// A user of the server.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerUser {
    /// `username`.
    pub name: String,
    /// The primary key.
    pub id: ServerUserId,
    /// `email`; empty if the user has none.
    pub email: String,
    /// `is_active`.
    pub active: bool,
    /// The hash that a token may carry and the server compares, if it is known.
    pub password_hash: Option<String>,
}

/// Leaves out the hash.
impl std::fmt::Debug for ServerUser {
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
pub enum ServerUserId {
    /// A number.
    Number(i64),
    /// A text, such as a UUID.
    Text(String),
}

impl std::fmt::Display for ServerUserId {
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
    fn by_id(&self, id: &ServerUserId) -> Option<ServerUser>;
    /// The user with this name.
    fn by_name(&self, name: &str) -> Option<ServerUser>;
}

/// The users of a server that are known, all or those that a token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Users {
    known: Vec<ServerUser>,
    has_numbers: bool,
}

/// All users that there are.
impl From<Vec<ServerUser>> for Users {
    fn from(known: Vec<ServerUser>) -> Self {
        let is_number = |user: &ServerUser| matches!(user.id, ServerUserId::Number(_));
        Self {
            has_numbers: known.iter().all(is_number),
            known,
        }
    }
}

impl Users {
    /// The only user that is known of a table; none if the table has no such user.
    #[must_use]
    pub fn only(user: Option<ServerUser>, table: &dyn UserTable) -> Self {
        Self {
            known: user.into_iter().collect(),
            has_numbers: table.has_numbers(),
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &ServerUser> {
        self.known.iter()
    }
}

impl UserTable for Users {
    fn has_numbers(&self) -> bool {
        self.has_numbers
    }
    fn by_id(&self, id: &ServerUserId) -> Option<ServerUser> {
        let is_it = |user: &&ServerUser| match id {
            ServerUserId::Number(_) => user.id == *id,
            ServerUserId::Text(text) => user.id.to_string() == *text,
        };
        self.known.iter().find(is_it).cloned()
    }
    fn by_name(&self, name: &str) -> Option<ServerUser> {
        self.known.iter().find(|user| user.name == name).cloned()
    }
}

/// What is known of the server's database. Anything unknown is assumed to be in the token's favour.
#[derive(Clone, Copy, Default)]
pub struct DatabaseView<'a> {
    /// The table of users, if it is known.
    pub users: Option<&'a dyn UserTable>,
    /// Tells whether the blacklist holds an entry, if the blacklist is known.
    pub blacklisted: Option<&'a dyn Fn(BlacklistEntry<'_>) -> bool>,
}

impl std::fmt::Debug for DatabaseView<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database")
            .field("users", &self.users.is_some())
            .field("blacklisted", &self.blacklisted.is_some())
            .finish()
    }
}

/// What a blacklist identifies a token by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum BlacklistEntry<'a> {
    /// The id that the server lists it by.
    Id(&'a str),
    /// The token's text.
    Token(&'a str),
}
