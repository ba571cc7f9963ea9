//! The tables as the migrations of the two packages make them. Tables that differ are refused before anything is read or written.
use super::sql::{Column, ColumnType, Sql, StatementError, quoted};
use crate::session::store::StoreError;

/// simplejwt's list of the tokens that it issued.
pub(super) const OUTSTANDING: &str = "token_blacklist_outstandingtoken";
/// simplejwt's list of those tokens that are ended.
pub(super) const ENDED: &str = "token_blacklist_blacklistedtoken";
/// drf-jwt's list of ended tokens and families.
pub(super) const BLACKLIST: &str = "blacklist_blacklistedtoken";

/// What a column has to be.
struct ExpectedColumn {
    name: &'static str,
    /// `None` if the column has the type of the column that it points to.
    kind: Option<ColumnType>,
    optional: bool,
    unique: bool,
}

const fn column(
    name: &'static str,
    kind: Option<ColumnType>,
    optional: bool,
    unique: bool,
) -> ExpectedColumn {
    ExpectedColumn {
        name,
        kind,
        optional,
        unique,
    }
}

const fn must(name: &'static str, kind: ColumnType) -> ExpectedColumn {
    column(name, Some(kind), false, false)
}

const fn may(name: &'static str, kind: ColumnType) -> ExpectedColumn {
    column(name, Some(kind), true, false)
}

const fn unique(name: &'static str, kind: ColumnType) -> ExpectedColumn {
    column(name, Some(kind), false, true)
}

const fn user(optional: bool) -> ExpectedColumn {
    column(USER, None, optional, false)
}

const USER: &str = "user_id";

/// The columns of simplejwt 5.5.1, and of earlier versions back to the one that made its keys 64 bits wide.
const OUTSTANDING_COLUMNS: &[ExpectedColumn] = &[
    must("id", ColumnType::Number),
    user(true),
    unique("jti", ColumnType::Text),
    must("token", ColumnType::Text),
    may("created_at", ColumnType::Moment),
    must("expires_at", ColumnType::Moment),
];
const ENDED_COLUMNS: &[ExpectedColumn] = &[
    must("id", ColumnType::Number),
    unique("token_id", ColumnType::Number),
    must("blacklisted_at", ColumnType::Moment),
];
/// The columns of drf-jwt 1.19.2, and of earlier versions back to the one that learnt of families.
const BLACKLIST_COLUMNS: &[ExpectedColumn] = &[
    must("id", ColumnType::Number),
    may("token", ColumnType::Text),
    may("token_id", ColumnType::Uuid),
    user(false),
    must("expires_at", ColumnType::Moment),
    must("blacklisted_at", ColumnType::Moment),
];

/// The table of the application's users, whatever it is called: the one that the packages' own tables point to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UserTableSchema {
    /// The table's name, quoted.
    pub(super) table: String,
    /// The column of the primary key, quoted.
    pub(super) id: String,
    pub(super) id_kind: ColumnType,
    /// The column of the name that a user logs in with, quoted: `username`, otherwise `email`.
    pub(super) name: Option<String>,
    pub(super) has_email: bool,
    pub(super) has_is_active: bool,
    pub(super) has_password: bool,
}

/// Which tables of the two packages a database has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Schema {
    /// The users of simplejwt's tables, if these are there.
    pub(super) simplejwt: Option<UserTableSchema>,
    /// The users of drf-jwt's table, if this is there.
    pub(super) drf_jwt: Option<UserTableSchema>,
}

impl Schema {
    /// Reads the database's catalogue.
    ///
    /// # Errors
    /// None of the tables is there, or one of them is not as it has to be.
    pub(super) fn read(sql: &mut dyn Sql) -> Result<Self, StatementError> {
        let outstanding = sql.columns(OUTSTANDING)?;
        let ended = sql.columns(ENDED)?;
        let blacklist = sql.columns(BLACKLIST)?;
        let mut schema = Self::default();
        match (outstanding.is_empty(), ended.is_empty()) {
            (true, true) => {}
            (false, false) => {
                compare(OUTSTANDING, &outstanding, OUTSTANDING_COLUMNS)?;
                compare(ENDED, &ended, ENDED_COLUMNS)?;
                schema.simplejwt = Some(users(sql, OUTSTANDING, &outstanding)?);
            }
            (no_outstanding, _) => {
                let (there, missing) = if no_outstanding {
                    (ENDED, OUTSTANDING)
                } else {
                    (OUTSTANDING, ENDED)
                };
                return Err(foreign(format!(
                    "it has the table {there} but not {missing}"
                )));
            }
        }
        if !blacklist.is_empty() {
            compare(BLACKLIST, &blacklist, BLACKLIST_COLUMNS)?;
            schema.drf_jwt = Some(users(sql, BLACKLIST, &blacklist)?);
        }
        if schema == Self::default() {
            return Err(foreign(format!(
                "it has neither simplejwt's table {OUTSTANDING} nor drf-jwt's {BLACKLIST}: install the blacklist app and run its migrations"
            )));
        }
        Ok(schema)
    }
}

fn foreign(words: String) -> StatementError {
    StatementError::Store(StoreError::Foreign(words))
}

/// Compares a table with what it has to be. The error names everything that differs.
fn compare(
    table: &str,
    found: &[Column],
    expected: &[ExpectedColumn],
) -> Result<(), StatementError> {
    let mut differs = Vec::new();
    for wanted in expected {
        let Some(column) = found.iter().find(|column| column.name == wanted.name) else {
            differs.push(format!("no column {}", wanted.name));
            continue;
        };
        if let Some(kind) = &wanted.kind
            && column.kind != *kind
        {
            let words = (words(&column.kind), words(kind));
            differs.push(format!(
                "a column {} that is {}, not {}",
                column.name, words.0, words.1
            ));
        }
        if column.optional != wanted.optional {
            let word = if column.optional { "may" } else { "may not" };
            differs.push(format!("a column {} that {word} be NULL", column.name));
        }
        if wanted.unique && !column.unique {
            differs.push(format!("a column {} that is not unique", column.name));
        }
        if wanted.name == "id" && !column.filled {
            differs.push("a column id that does not number its rows".to_owned());
        }
        if wanted.kind.is_none() && column.points_to.is_none() {
            differs.push(format!("a column {} that refers to no table", column.name));
        }
    }
    for column in found {
        let known = expected.iter().any(|wanted| wanted.name == column.name);
        if !known && !column.optional && !column.filled {
            differs.push(format!(
                "a required column {} that jwtsess does not know",
                column.name
            ));
        }
    }
    if differs.is_empty() {
        return Ok(());
    }
    Err(foreign(format!("table {table} has {}", differs.join(", "))))
}

fn words(kind: &ColumnType) -> &str {
    match kind {
        ColumnType::Number => "a number",
        ColumnType::Text => "text",
        ColumnType::Moment => "a time",
        ColumnType::Uuid => "a UUID",
        ColumnType::Flag => "a flag",
        ColumnType::Other(word) => word,
    }
}

/// Finds the table of users to which `user_id` points.
fn users(sql: &mut dyn Sql, table: &str, of: &[Column]) -> Result<UserTableSchema, StatementError> {
    let pointing = of.iter().find(|column| column.name == USER);
    let (name, id) = pointing
        .and_then(|column| column.points_to.clone())
        .unwrap_or_default();
    let columns = sql.columns(&name)?;
    let find = |wanted: &str| columns.iter().find(|column| column.name == wanted);
    let is =
        |wanted: &str, kind: &ColumnType| find(wanted).is_some_and(|column| column.kind == *kind);
    let pointed_to = find(&id).map(|column| &column.kind);
    let (Some(pointing), Some(id_kind)) = (pointing, pointed_to) else {
        return Err(foreign(format!(
            "its users can't be found: {USER} of {table} refers to {name}.{id}"
        )));
    };
    if pointing.kind != *id_kind
        || !matches!(
            id_kind,
            ColumnType::Number | ColumnType::Text | ColumnType::Uuid
        )
    {
        return Err(foreign(format!(
            "{USER} of {table} is {}, but {name}.{id}, to which it refers, is {}",
            words(&pointing.kind),
            words(id_kind)
        )));
    }
    let named = ["username", "email"]
        .into_iter()
        .find(|column| is(column, &ColumnType::Text));
    Ok(UserTableSchema {
        id_kind: id_kind.clone(),
        name: named.map(quoted),
        has_email: is("email", &ColumnType::Text),
        has_is_active: is("is_active", &ColumnType::Flag),
        has_password: is("password", &ColumnType::Text),
        table: sql.table(&name),
        id: quoted(&id),
    })
}
