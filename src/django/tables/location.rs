//! Reads `django+sqlite:///PATH` and `django+postgres://…`: where an application's database is.
use std::borrow::Cow;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use crate::store::postgres::{Address, AddressError, is_address};

/// Where a Django application's database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(Address),
}

/// Why a text is not such a location.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    /// The text names another database, or none.
    #[error("it is neither django+sqlite:///PATH nor django+postgres://…")]
    Scheme,
    /// `django+sqlite://` with a host, or without a path.
    #[error("django+sqlite:// must be followed by /PATH")]
    NoPath,
    /// The address of `django+postgres://…` is wrong.
    #[error(transparent)]
    Postgres(#[from] AddressError),
    /// There is a file at both paths that the text can mean.
    #[error("both {} and {} exist: write four slashes for the first, or /./ for the second", .0.display(), .1.display())]
    Both(PathBuf, PathBuf),
}

const PREFIX: &str = "django+";

impl Location {
    /// Whether a text is meant as such a location, even if it is not well-formed.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(PREFIX)
    }

    /// Reads a location. `exists` says whether a file is at a path. It is needed because readers of a settings.py differ: for some (`dj-database-url`,
    /// `SQLAlchemy`), three slashes begin a path below the working folder, for everybody else an absolute one.
    ///
    /// # Errors
    /// See [`LocationError`].
    pub fn parse(text: &str, exists: &dyn Fn(&Path) -> bool) -> Result<Self, LocationError> {
        let address = text.strip_prefix(PREFIX).ok_or(LocationError::Scheme)?;
        if is_address(address) {
            return Ok(Self::Postgres(Address::parse(address)?));
        }
        let path = address
            .strip_prefix("sqlite:")
            .or_else(|| address.strip_prefix("sqlite3:"))
            .ok_or(LocationError::Scheme)?;
        let path = path.strip_prefix("//").ok_or(LocationError::NoPath)?;
        let path = path.split('?').next().unwrap_or_default();
        let relative = path.strip_prefix('/').ok_or(LocationError::NoPath)?;
        let relative = decoded(relative);
        if relative.is_empty() || relative.ends_with('/') {
            return Err(LocationError::NoPath);
        }
        if relative.starts_with('/') || relative.starts_with("./") {
            return Ok(Self::Sqlite(relative.into()));
        }
        let absolute = PathBuf::from(format!("/{relative}"));
        let relative = PathBuf::from(relative);
        match (exists(&absolute), exists(&relative)) {
            (true, true) => Err(LocationError::Both(absolute, relative)),
            (false, true) => Ok(Self::Sqlite(relative)),
            _ => Ok(Self::Sqlite(absolute)),
        }
    }

    /// The location as it is shown: without a password.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("{PREFIX}sqlite:///{}", path.display()),
            Self::Postgres(address) => format!("{PREFIX}{}", address.name()),
        }
    }
}

/// Decodes `%20` and the like. A `%` without two hexadecimal digits stays as it is.
fn decoded(text: &str) -> String {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), Cow::into_owned)
}
