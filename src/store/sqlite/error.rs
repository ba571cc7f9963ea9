//! SQLite's errors as the store's: a variant per thing that can be done about one.
use rusqlite::{Error, ErrorCode, ffi};

use super::StoreError;

/// What can't be relied on any more.
pub(super) fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(what.to_owned())
}

/// SQLite's own error. Its words name tables and columns and quote no value.
pub(super) fn told(error: Error) -> StoreError {
    let Error::SqliteFailure(code, words) = &error else {
        return match error {
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..) => damaged("a row has a value that it can't have"),
            other => StoreError::Other(other.to_string()),
        };
    };
    let words = words.clone().unwrap_or_else(|| code.to_string());
    match code.code {
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::FileLockingProtocolFailed => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::Full,
        // The index of the write-ahead log is a file that has to be as long as it is asked for.
        ErrorCode::SystemIoFailure if code.extended_code == ffi::SQLITE_IOERR_SHMSIZE => {
            StoreError::Full
        }
        ErrorCode::ReadOnly => StoreError::ReadOnly(words),
        ErrorCode::DatabaseCorrupt => StoreError::Damaged(words),
        ErrorCode::NotADatabase => StoreError::Foreign(words),
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreError::Unreachable(words),
        ErrorCode::ConstraintViolation if words.contains("session.key") => {
            StoreError::Taken("a session of that id")
        }
        ErrorCode::ConstraintViolation => StoreError::Taken("a token of that id"),
        _ => StoreError::Other(words),
    }
}
