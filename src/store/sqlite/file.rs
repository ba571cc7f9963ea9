//! The store's file. It is made whole or not at all, never replaces a file that is there, and is opened only if it is a sound store.
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::{damaged, not_made, told};
use super::place::{
    BESIDE, beside, folder_of, refuse_a_second_name, refuse_a_strange_log, refuse_open_folder,
};
use super::schema;
use crate::session::store::StoreError;

/// How often another writer's lock is looked at in quick succession. A rotation takes less than a millisecond, and whoever sleeps longer than the others may never
/// find the lock free.
const QUICK: i32 = 50;
/// How long to sleep before the lock is looked at again: at first, and then.
const PAUSES: [Duration; 2] = [Duration::from_micros(100), Duration::from_micros(500)];
/// How long to sleep in all.
const PATIENCE: Duration = Duration::from_secs(30);
/// Up to this many bytes, opening the store checks every page and index; it takes no longer than one write to the disk. In a larger store, a row is checked when
/// it is read, and an index when a search in it finds no entry.
const CHECKED_WHOLE: u64 = 64 * 1024;
/// More statements than there are, so that none is prepared twice.
const STATEMENTS: usize = 64;

/// What the caller wants to do with a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading only. This works even where nothing can be written.
    Read,
    /// Reading and writing.
    Write,
}

/// See [`Sqlite::open`](super::Sqlite::open).
pub(super) fn open(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let path = plain(path);
    let size = look(&path)?;
    refuse_a_second_name(&path)?;
    refuse_a_strange_log(&path)?;
    let connection = match connect(&path, access) {
        Err(StoreError::Unreachable(_) | StoreError::ReadOnly(_) | StoreError::Full)
            if access == Access::Read =>
        {
            connect_immutable(&path)?
        }
        connection => connection?,
    };
    if size <= CHECKED_WHOLE {
        check_whole(&connection)?;
    }
    Ok(connection)
}

/// Makes SQLite take the path as a path. It gives names such as `:memory:` a meaning of their own, but no path with a folder in it.
pub(crate) fn plain(path: &Path) -> PathBuf {
    if path.is_absolute() {
        path.to_owned()
    } else {
        Path::new(".").join(path)
    }
}

/// Looks at the file before SQLite does, and returns its size. SQLite would take an empty file for an empty database: all revocations would be gone.
pub(crate) fn look(path: &Path) -> Result<u64, StoreError> {
    let unreachable = |error: io::Error| StoreError::Unreachable(error.to_string());
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(match std::fs::symlink_metadata(path) {
                Ok(_) => StoreError::Unreachable(
                    "it is a symbolic link to a file that does not exist".to_owned(),
                ),
                Err(_) => StoreError::Missing,
            });
        }
        Err(error) => return Err(unreachable(error)),
    };
    if !metadata.is_file() {
        let what = if metadata.is_dir() {
            "a directory"
        } else {
            "not a regular file"
        };
        return Err(StoreError::Foreign(what.to_owned()));
    }
    if metadata.len() == 0 {
        return Err(damaged("it is empty"));
    }
    let mut magic = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut magic));
    match read {
        Ok(()) if magic == *b"SQLite format 3\0" => Ok(metadata.len()),
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => Err(unreachable(error)),
        _ => Err(StoreError::Foreign("not a SQLite database".to_owned())),
    }
}

fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(told)?;
    settle(&mut connection)?;
    // The schema is checked before anything is written, so that another program's database, or a newer one, is not touched.
    schema::check(&connection)?;
    if access == Access::Read {
        return Ok(connection);
    }
    if connection.is_readonly(c"main").map_err(told)? {
        return Err(StoreError::ReadOnly("permission denied".to_owned()));
    }
    write_ahead(&connection)?;
    Ok(connection)
}

/// Makes SQLite keep a write-ahead log.
pub(super) fn write_ahead(connection: &Connection) -> Result<(), StoreError> {
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(told)?;
    if mode != "wal" {
        return Err(StoreError::Unreachable(
            "its file system does not support a write-ahead log".to_owned(),
        ));
    }
    Ok(())
}

/// How long to sleep before another process's lock is looked at again, which was looked at so often. `None` where that was often enough.
fn pause(tries: i32) -> Option<Duration> {
    let [first, then] = PAUSES;
    let quick = u32::try_from(tries.clamp(0, QUICK)).unwrap_or_default();
    let more = u32::try_from(tries.saturating_sub(QUICK)).unwrap_or_default();
    let slept = first * quick + then.saturating_mul(more);
    let next = if tries < QUICK { first } else { then };
    (slept < PATIENCE).then_some(next)
}

fn settle(connection: &mut Connection) -> Result<(), StoreError> {
    let wait = |tries| pause(tries).map(std::thread::sleep).is_some();
    connection.busy_handler(Some(wait)).map_err(told)?;
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        // Otherwise SQLite prepares a statement again for each value, to plan by that value.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        connection.set_db_config(setting, on).map_err(told)?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection
        .execute_batch("PRAGMA synchronous = full; PRAGMA cell_size_check = on")
        .map_err(told)
}

/// Opens a store where nothing can be written, not even the index of the write-ahead log. `immutable` leaves that log unread, so this is refused unless the log
/// is empty.
fn connect_immutable(path: &Path) -> Result<Connection, StoreError> {
    if std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0) {
        return Err(StoreError::ReadOnly(
            "its write-ahead log holds changes, which can only be read if the folder is writable"
                .to_owned(),
        ));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let mut connection = Connection::open_with_flags(uri(path), flags).map_err(told)?;
    settle(&mut connection)?;
    schema::check(&connection)?;
    Ok(connection)
}

/// A `file:` address that means exactly this path (<https://sqlite.org/uri.html>).
#[cfg(unix)]
pub(crate) fn uri(path: &Path) -> PathBuf {
    use std::ffi::OsString;
    use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
    let mut address = b"file:".to_vec();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'%' | b'?' | b'#' => address.extend(format!("%{byte:02x}").bytes()),
            byte => address.push(*byte),
        }
    }
    address.extend(b"?immutable=1&mode=ro");
    OsString::from_vec(address).into()
}

/// A `file:` address that means exactly this path (<https://sqlite.org/uri.html>).
#[cfg(not(unix))]
pub(crate) fn uri(path: &Path) -> PathBuf {
    let mut address = String::from("file:///");
    for character in path.to_string_lossy().chars() {
        match character {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            '\\' => address.push('/'),
            other => address.push(other),
        }
    }
    address.push_str("?immutable=1&mode=ro");
    address.into()
}

fn check_whole(connection: &Connection) -> Result<(), StoreError> {
    let found: String = connection
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .map_err(told)?;
    if found == "ok" {
        Ok(())
    } else {
        Err(damaged("SQLite's integrity check fails"))
    }
}

/// Makes an empty store with mode 0600, unless something is at the path already. Returns whether it did.
///
/// The store is first made whole beside its place, under its name plus `draft`. It is then renamed, which fails if the name is taken. So
/// nobody ever sees an empty file under that name, which would count as damage, and only one of two processes makes the store.
///
/// # Errors
/// The store can't be made. No draft stays behind.
pub fn make(path: &Path, draft: &str) -> Result<bool, StoreError> {
    let path = plain(path);
    // This is looked up before the store: another process may make the store meanwhile, with a log of its own.
    let mut left = BESIDE
        .iter()
        .filter(|ending| std::fs::symlink_metadata(beside(&path, ending)).is_ok());
    let left = left.next();
    if std::fs::symlink_metadata(&path).is_ok() {
        return Ok(false);
    }
    if let Some(ending) = left {
        return Err(StoreError::Unreachable(format!(
            "the file {ending} of another store is in its place: move it away"
        )));
    }
    let Some(name) = path.file_name() else {
        return Err(StoreError::Foreign("a directory".to_owned()));
    };
    let folder = folder_of(&path);
    refuse_open_folder(folder)?;
    let mut name = name.to_owned();
    name.push(format!(".{draft}"));
    let draft = path.with_file_name(name);
    let made = make_draft(&draft).and_then(|()| give_name(&draft, &path));
    _ = std::fs::remove_file(&draft);
    for ending in BESIDE {
        _ = std::fs::remove_file(beside(&draft, ending));
    }
    let made = made?;
    if let Ok(folder) = File::open(folder) {
        _ = folder.sync_all();
    }
    Ok(made)
}

fn make_draft(draft: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(draft).map_err(not_made)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(draft, flags).map_err(told)?;
    settle(&mut connection)?;
    let transaction = connection.transaction().map_err(told)?;
    schema::make(&transaction)?;
    transaction.commit().map_err(told)?;
    write_ahead(&connection)?;
    connection.close().map_err(|(_, error)| told(error))?;
    let file = File::open(draft).map_err(not_made)?;
    file.sync_all().map_err(not_made)
}

/// Returns whether the name was free.
fn give_name(draft: &Path, path: &Path) -> Result<bool, StoreError> {
    match rename_to_a_free_name(draft, path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(not_made(error)),
    }
}

/// Where the file system can't rename without replacing, the draft is its second name until it is removed.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename_to_a_free_name(draft: &Path, path: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, draft, CWD, path, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::EXIST) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => std::fs::hard_link(draft, path),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn rename_to_a_free_name(draft: &Path, path: &Path) -> io::Result<()> {
    std::fs::hard_link(draft, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_looked_at_often_and_not_for_ever() {
        let pauses: Vec<Duration> = (0..).map_while(pause).collect();
        assert!(pauses.iter().max() <= Some(&Duration::from_micros(500)));
        let slept: Duration = pauses.iter().sum();
        assert!(slept >= PATIENCE && slept < PATIENCE + Duration::from_secs(1));
        assert_eq!(pause(i32::MAX), None);
    }
}
