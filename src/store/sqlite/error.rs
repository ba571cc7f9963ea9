//! Turns SQLite's errors into the store's: one variant for each thing that can be done about an error.
use std::io;

use rusqlite::{Error, ErrorCode, ffi};

use crate::session::store::StoreError;

/// The error of a store that can't be trusted any more.
pub(super) fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(what.to_owned())
}

/// Turns an error of SQLite into the store's. Its words name tables and columns, and quote no value.
pub(super) fn told(error: Error) -> StoreError {
    let Error::SqliteFailure(code, words) = &error else {
        return match error {
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..) => damaged("a row has an invalid value"),
            other => StoreError::Other(other.to_string()),
        };
    };
    let words = words.clone().unwrap_or_else(|| code.to_string());
    match code.code {
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::FileLockingProtocolFailed => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::Full,
        // SQLite could not extend the index of the write-ahead log to the length that it needs.
        ErrorCode::SystemIoFailure if code.extended_code == ffi::SQLITE_IOERR_SHMSIZE => {
            StoreError::Full
        }
        ErrorCode::ReadOnly => StoreError::ReadOnly(words),
        ErrorCode::DatabaseCorrupt => StoreError::Damaged(words),
        ErrorCode::NotADatabase => StoreError::Foreign(words),
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreError::Unreachable(words),
        ErrorCode::ConstraintViolation if words.contains("session.key") => {
            StoreError::Taken("a session with that id")
        }
        ErrorCode::ConstraintViolation if words.contains("generation.number") => {
            damaged("it has a token of no session")
        }
        ErrorCode::ConstraintViolation => StoreError::Taken("a token with that id"),
        _ => StoreError::Other(words),
    }
}

/// Turns an error of the file system at making a store into the store's.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is handed to map_err, which passes by value"
)]
pub(super) fn not_made(error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            StoreError::ReadOnly(error.to_string())
        }
        _ => StoreError::Unreachable(error.to_string()),
    }
}
