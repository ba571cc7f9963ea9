//! Profiles as they are listed and shown: data without words.
use crate::config::resolve::Origin;
use crate::core::profile::Kind;

/// A profile in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// What it starts from, where it is the user's own.
    pub extends: Option<String>,
    /// Whether `issue` goes by it where none is named.
    pub default: bool,
}

/// A profile, every value with its origin. A secret that is written out in the config file is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// The built-in profile that it is, or starts from in the end.
    pub base: String,
    /// What it starts from, where it is the user's own.
    pub extends: Option<String>,
    /// The config file that was read, where it is the user's own.
    pub config: Option<String>,
    /// What it is.
    pub summary: Valued<String>,
    /// The settings, each once.
    pub settings: Vec<Setting>,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Where its secret is, if it names one.
    pub secret: Option<Valued<SecretShown>>,
    /// Its key sources.
    pub keys: Option<Valued<Vec<String>>>,
    /// Where its sessions are kept, if it says so.
    pub store: Option<Valued<StoreShown>>,
    /// Its users, where they are known.
    pub users: Option<Valued<Vec<User>>>,
}

/// A value, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valued<T> {
    /// The value.
    pub value: T,
    /// Where it is from; the default is the built-in profile.
    pub origin: Origin,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name: Django's where its server has one.
    pub name: String,
    /// Our name for the same, where there is another.
    pub ours: Option<String>,
    /// Its value, as the config file and `--set` take it.
    pub value: Valued<String>,
}

/// One of its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Which.
    pub kind: Kind,
    /// The header's `typ`.
    pub typ: Option<String>,
    /// The claims in their order, and whether each always stands there. None where anything goes.
    pub claims: Vec<(String, bool)>,
}

/// A secret, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretShown {
    /// Where it is: `env:NAME`, `file:PATH`, `dotenv:PATH#NAME`, `prompt`.
    Reference(String),
    /// It stands in the config file itself, or what stands there may be one.
    WrittenOut,
}

/// A session store, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreShown {
    /// Without the login of an address, and what may follow its path.
    pub place: String,
    /// Whether nothing was left out.
    pub whole: bool,
}

/// A user of its server. Not the password's hash, which a token may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `username`.
    pub name: String,
    /// The primary key: a number as Django makes them, else a text.
    pub id: Result<i64, String>,
    /// `email`; empty where there is none.
    pub email: String,
    /// `is_active`.
    pub active: bool,
}
