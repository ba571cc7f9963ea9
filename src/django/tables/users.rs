//! Reads the application's users, by name or by key, with what the server's own answers need to know of them.
use md5::{Digest as _, Md5};

use super::schema::UserTableSchema;
use super::sql::{ColumnType, Row, Sql, SqlValue, StatementError, quoted};
use crate::core::emulator::{ServerUser, ServerUserId};
use crate::core::hex;

/// A user, with the primary key as the database has it.
#[derive(Clone, Debug)]
pub(super) struct UserRow {
    pub(super) key: SqlValue,
    pub(super) user: ServerUser,
}

impl UserTableSchema {
    /// The column that holds the name, in the table under this alias.
    pub(super) fn name_of(&self, alias: &str) -> String {
        match &self.name {
            Some(name) => format!("{alias}.{name}"),
            None => "NULL".to_owned(),
        }
    }

    fn select(&self) -> String {
        let column = |there: bool, name: &str| {
            let named = there.then(|| format!("u.{}", quoted(name)));
            named.unwrap_or_else(|| "NULL".to_owned())
        };
        format!(
            "SELECT u.{}, {}, {}, {}, {} FROM {} u",
            self.id,
            self.name_of("u"),
            column(self.has_email, "email"),
            column(self.has_is_active, "is_active"),
            column(self.has_password, "password"),
            self.table
        )
    }

    fn read(&self, mut row: Row) -> Result<UserRow, StatementError> {
        let key = row.value();
        let id = self.id(&key);
        let name = row.optional_text()?.unwrap_or_else(|| id.to_string());
        let email = row.optional_text()?.unwrap_or_default();
        // Django's own base class says that a user is active if the model has no such field.
        let active = row.optional_flag()?.unwrap_or(true);
        let password = row.optional_text()?;
        let user = ServerUser {
            name,
            id,
            email,
            active,
            password_hash: password.as_deref().map(md5_of),
        };
        Ok(UserRow { key, user })
    }

    /// A primary key as tokens write it: `str()` of the model's value.
    pub(super) fn id(&self, key: &SqlValue) -> ServerUserId {
        match key {
            SqlValue::Number(number) => ServerUserId::Number(*number),
            SqlValue::Uuid(hex) => ServerUserId::Text(dashed(hex)),
            SqlValue::Text(hex) if self.id_kind == ColumnType::Uuid => {
                ServerUserId::Text(dashed(hex))
            }
            SqlValue::Text(text) => ServerUserId::Text(text.clone()),
            SqlValue::Null | SqlValue::Flag(_) | SqlValue::Moment(_) | SqlValue::Foreign => {
                ServerUserId::Text(String::new())
            }
        }
    }

    /// The primary key that a text names. `None` if no key can be written so.
    fn key(&self, text: &str) -> Option<SqlValue> {
        match self.id_kind {
            ColumnType::Number => text.trim().parse().ok().map(SqlValue::Number),
            ColumnType::Uuid => uuid_hex(text).map(SqlValue::Uuid),
            _ => Some(text.into()),
        }
    }

    /// Finds the user that a token's claim names (`User.objects.get(id=…)`).
    pub(super) fn by_id(
        &self,
        sql: &mut dyn Sql,
        text: &str,
    ) -> Result<Option<UserRow>, StatementError> {
        let Some(key) = self.key(text).filter(|_| !text.contains('\0')) else {
            return Ok(None);
        };
        let statement = format!("{} WHERE u.{} = ?1", self.select(), self.id);
        let mut rows = sql.rows(&statement, &[key])?;
        rows.pop().map(|row| self.read(row)).transpose()
    }

    /// Finds the user with this name (`User.objects.get_by_natural_key`).
    pub(super) fn by_name(
        &self,
        sql: &mut dyn Sql,
        name: &str,
    ) -> Result<Option<UserRow>, StatementError> {
        let Some(column) = self.name.as_ref().filter(|_| !name.contains('\0')) else {
            return Ok(None);
        };
        let statement = format!("{} WHERE u.{column} = ?1", self.select());
        let mut rows = sql.rows(&statement, &[name.into()])?;
        rows.pop().map(|row| self.read(row)).transpose()
    }

    /// Finds the user with this name, otherwise the one with this key.
    pub(super) fn named(
        &self,
        sql: &mut dyn Sql,
        text: &str,
    ) -> Result<Option<UserRow>, StatementError> {
        match self.by_name(sql, text)? {
            Some(found) => Ok(Some(found)),
            None => self.by_id(sql, text),
        }
    }

    /// Whether its primary keys are numbers.
    pub(super) fn has_numbers(&self) -> bool {
        self.id_kind == ColumnType::Number
    }
}

/// simplejwt's `get_md5_hash_password`, which makes the value that `CHECK_REVOKE_TOKEN` compares.
fn md5_of(password: &str) -> String {
    hex::encoded(&Md5::digest(password.as_bytes())).to_ascii_uppercase()
}

/// The 32 hexadecimal digits of a UUID, with or without its dashes.
pub(super) fn uuid_hex(text: &str) -> Option<String> {
    let hex = text.replace('-', "").to_ascii_lowercase();
    let is_one = hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_one.then_some(hex)
}

/// A UUID's usual form, with dashes.
pub(super) fn dashed(hex: &str) -> String {
    let at = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [at(0, 8), at(8, 12), at(12, 16), at(16, 20), at(20, 32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    // python3 -c 'import hashlib; print(hashlib.md5(b"md5$salt$hash").hexdigest().upper())'
    #[test]
    fn a_password_is_known_by_the_hash_that_simplejwt_compares() {
        assert_eq!(md5_of(""), "D41D8CD98F00B204E9800998ECF8427E");
        assert_eq!(md5_of("md5$salt$hash"), "6CB8FEA8712AC65D22EC1C68BAA248BF");
    }

    #[test]
    fn a_uuid_is_read_in_both_forms_and_shown_in_the_usual_one() {
        let hex = "0123456789abcdef0123456789abcde1";
        let usual = "01234567-89ab-cdef-0123-456789abcde1";
        assert_eq!(uuid_hex(hex).as_deref(), Some(hex));
        assert_eq!(uuid_hex(&usual.to_ascii_uppercase()).as_deref(), Some(hex));
        assert_eq!(dashed(hex), usual);
        for text in ["", "1", "0123456789abcdef0123456789abcdeg", "\u{e9}"] {
            assert_eq!(uuid_hex(text), None, "{text}");
        }
    }
}
