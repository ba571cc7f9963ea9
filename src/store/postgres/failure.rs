//! Decides what follows from a server's error: another attempt, another connection, or an error for the caller.
use std::error::Error as _;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use postgres::Error;
use postgres::error::SqlState;

use crate::session::store::StoreError;
use crate::tls;

/// Why an attempt at a transaction failed.
pub(crate) enum TransactionError {
    /// An error of the server or of the connection.
    Sql(Error),
    /// An error of our own, which another attempt would not mend.
    Store(StoreError),
    /// Another process was quicker. The next attempt has to look at what it did first.
    Race(StoreError),
}

impl From<Error> for TransactionError {
    fn from(error: Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for TransactionError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Where in a transaction an error occurred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// In a transaction that only reads.
    Reading,
    /// Before the commit: nothing of the transaction stays.
    Writing,
    /// During the commit: the transaction may have been kept.
    Committing,
}

/// What to do after an error.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Recovery {
    /// Repeat the transaction: the server undid it to let another through. After the last attempt, report this error.
    Again(StoreError),
    /// Repeat the transaction on another connection. After the last attempt, report this error.
    Reconnect(StoreError),
    /// The transaction may have been committed. Another connection has to look.
    Unsettled(String),
    /// Report this error.
    Give(StoreError),
}

/// Decides what to do after an error. `40001` can come with any statement, even the commit: some engines find conflicts only then.
pub(super) fn next(error: &Error, stage: Stage) -> Recovery {
    let words = words(error);
    let lost = |words: String| match stage {
        Stage::Committing => Recovery::Unsettled(words),
        _ => Recovery::Reconnect(StoreError::Unreachable(words)),
    };
    let Some(code) = error.code() else {
        return if lies_in_the_connection(error) {
            lost(words)
        } else {
            Recovery::Give(StoreError::Damaged(words))
        };
    };
    match *code {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            Recovery::Again(StoreError::Busy)
        }
        SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN
        | SqlState::TRANSACTION_RESOLUTION_UNKNOWN
        | SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::CONNECTION_FAILURE
        | SqlState::CONNECTION_EXCEPTION
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => lost(words),
        SqlState::LOCK_NOT_AVAILABLE | SqlState::QUERY_CANCELED => Recovery::Give(StoreError::Busy),
        SqlState::INSUFFICIENT_PRIVILEGE if stage == Stage::Reading => {
            Recovery::Give(StoreError::NoRights(words))
        }
        SqlState::INSUFFICIENT_PRIVILEGE | SqlState::READ_ONLY_SQL_TRANSACTION => {
            Recovery::Give(StoreError::ReadOnly(words))
        }
        SqlState::DISK_FULL => Recovery::Give(StoreError::Full),
        SqlState::UNDEFINED_TABLE | SqlState::UNDEFINED_COLUMN | SqlState::DATATYPE_MISMATCH => {
            Recovery::Give(StoreError::Damaged(words))
        }
        // An entry in an index has at most 2704 bytes (PostgreSQL, "B-Tree Indexes").
        SqlState::PROGRAM_LIMIT_EXCEEDED => Recovery::Give(StoreError::Unsupported(
            "keep an id or a name of that length",
        )),
        _ => Recovery::Give(StoreError::Other(words)),
    }
}

fn lies_in_the_connection(error: &Error) -> bool {
    let mut cause = error.source();
    while let Some(next) = cause {
        if next.is::<std::io::Error>() {
            return true;
        }
        cause = next.source();
    }
    error.is_closed()
}

/// Waits before another attempt. The wait grows with each attempt, and is random, so that clients that were turned away together do not come back together.
pub(super) fn pause(attempt: u32) {
    let most = 5_u64 << attempt.min(6);
    let random = RandomState::new().build_hasher().finish();
    std::thread::sleep(Duration::from_millis(most / 2 + random % most));
}

/// Whether the server has no place for one more connection, or is still starting.
pub(super) fn has_no_place(error: &Error) -> bool {
    matches!(
        error.code(),
        Some(&SqlState::TOO_MANY_CONNECTIONS | &SqlState::CANNOT_CONNECT_NOW)
    )
}

/// Whether the row or table that was to be made is there already.
pub(super) fn is_there(error: &Error) -> bool {
    matches!(
        error.code(),
        Some(
            &SqlState::UNIQUE_VIOLATION | &SqlState::DUPLICATE_TABLE | &SqlState::DUPLICATE_OBJECT
        )
    )
}

/// Whether a table is missing.
pub(super) fn is_missing(error: &Error) -> bool {
    error.code() == Some(&SqlState::UNDEFINED_TABLE)
}

/// With what an authority is named.
const NAMING: &str = "sslrootcert=FILE in the address or with SSL_CERT_FILE";

/// Whether the server answered, and lets nobody in under that role and with that password, or not into that database.
pub(super) fn is_no_login(error: &Error) -> bool {
    let refused = [
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        SqlState::INVALID_PASSWORD,
        SqlState::INVALID_CATALOG_NAME,
        SqlState::INSUFFICIENT_PRIVILEGE,
    ];
    error.code().is_some_and(|code| refused.contains(code)) || words(error) == "password missing"
}

/// Says why a connection was not made.
pub(super) fn connecting(error: &Error, host: &str) -> String {
    if let Some(words) = tls::words(error, NAMING) {
        return words;
    }
    let words = words(error);
    match &*words {
        "server does not support TLS" => {
            format!("it does not offer TLS, and jwtsess connects to {host} over TLS or not at all")
        }
        "password missing" => {
            "it asks for a password: give the password in PGPASSWORD or in ~/.pgpass".to_owned()
        }
        _ => words,
    }
}

/// The server's message, otherwise that of the innermost error. It never includes a detail or a statement's parameters: they hold what is stored.
pub(super) fn words(error: &Error) -> String {
    if let Some(said) = error.as_db_error() {
        return said.message().to_owned();
    }
    let mut innermost = error.source();
    while let Some(next) = innermost.and_then(std::error::Error::source) {
        innermost = Some(next);
    }
    innermost.map_or_else(|| error.to_string(), ToString::to_string)
}
