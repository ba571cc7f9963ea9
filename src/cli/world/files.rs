//! Reads files, up to a limit, and without waiting for a path that is not a file.
use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

use super::input::read_at_most;
use crate::core::secret::Secret;

/// What others than its owner may do with a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Guard {
    /// Its group or others may read it.
    pub readable_by_others: bool,
    /// Its group or others may write it.
    pub writable_by_others: bool,
    /// The number of its owner, where files have one.
    pub owner: Option<u32>,
}

impl Guard {
    /// Whether it belongs to neither this user nor root, so that another user can change it whatever its mode says.
    #[must_use]
    pub(crate) fn is_of_another(self) -> bool {
        #[cfg(unix)]
        let me = rustix::process::geteuid().as_raw();
        #[cfg(not(unix))]
        let me = 0;
        self.owner.is_some_and(|owner| owner != 0 && owner != me)
    }
}

/// A file's bytes, and who else may use them.
#[derive(Debug)]
pub(crate) struct FileContent {
    /// The bytes that were read.
    pub bytes: Secret,
    /// What others may do with the file. A pipe counts as private.
    pub guard: Guard,
}

/// Why a file was not read. It does not name the path: the caller does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileError {
    /// There is no such file.
    #[error("no such file")]
    Missing,
    /// This user may not read it.
    #[error("permission denied")]
    Denied,
    /// It is a folder.
    #[error("it is a directory")]
    Directory,
    /// It is a device, a socket or, where only a file will do, a pipe. Holds which.
    #[error("it is {0}, not a file")]
    NotAFile(&'static str),
    /// It is larger than the limit.
    #[error("it is larger than {} KiB", limit / 1024)]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// It is a symbolic link, and a file was to be replaced.
    #[error("it is a symbolic link: give the file that it points to")]
    Link,
    /// Another process holds a lock on it.
    #[error(
        "another program holds a lock on it, and has not released it for 10 s: try again when that program has ended"
    )]
    Locked,
    /// It has several names, and a file that takes the place of one would leave the others behind.
    #[error(
        "it has another name (a hard link), which would keep the old content: remove one of the names, or make it a symbolic link to this one"
    )]
    TwoNames,
    /// The folder in which the file was to be made does not exist.
    #[error("the folder does not exist")]
    NoFolder,
    /// Another failure. Holds the system's words.
    #[error("{0}")]
    Other(String),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// The error for a path that leads to neither a regular file nor a pipe.
fn refused(metadata: &Metadata) -> Option<FileError> {
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Some(FileError::Directory);
    }
    if kind.is_file() || is_pipe(metadata) {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_socket() {
            return Some(FileError::NotAFile("a socket"));
        }
    }
    Some(FileError::NotAFile("a device"))
}

#[cfg(unix)]
fn is_pipe(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
const fn is_pipe(_: &Metadata) -> bool {
    false
}

/// What others may do with a file, by its mode. On platforms without modes, it reports no access by others.
#[cfg(unix)]
#[must_use]
pub(crate) fn guard_of(metadata: &Metadata) -> Guard {
    use std::os::unix::fs::MetadataExt as _;
    let mode = metadata.mode();
    Guard {
        readable_by_others: mode & 0o044 != 0,
        writable_by_others: mode & 0o022 != 0,
        owner: Some(metadata.uid()),
    }
}

/// What others may do with a file, by its mode. On platforms without modes, it reports no access by others.
#[cfg(not(unix))]
#[must_use]
pub fn guard_of(_: &Metadata) -> Guard {
    Guard::default()
}

/// The device and the number of the file at a path, which tell it from another file that gets its name.
#[must_use]
pub(crate) fn file_id(path: &Path) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let metadata = std::fs::metadata(path).ok()?;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        _ = path;
        None
    }
}

/// Whether there is a regular file at a path.
#[must_use]
pub(crate) fn is_there(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// Reads a file or a pipe of at most `limit` bytes. A directory, a device or a socket is an error, and is not waited for.
///
/// # Errors
/// See [`FileError`].
pub(crate) fn read(path: &Path, limit: usize) -> Result<FileContent, FileError> {
    // The kind is checked before opening, since opening a device can wait or set something off (a tape rewinds). A pipe is meant to be waited for.
    let before = std::fs::metadata(path)?;
    if let Some(error) = refused(&before) {
        return Err(error);
    }
    let mut file = File::open(path)?;
    // It is checked again on the open file: by now the name may lead elsewhere.
    let metadata = file.metadata()?;
    if let Some(error) = refused(&metadata) {
        return Err(error);
    }
    let bytes = read_at_most(&mut file, limit)?.ok_or(FileError::TooLarge { limit })?;
    let guard = if is_pipe(&metadata) {
        Guard::default()
    } else {
        guard_of(&metadata)
    };
    Ok(FileContent { bytes, guard })
}

/// Whether a file or pipe can be read, as far as that shows before. A pipe is not opened: that would wait for its writer, or take its place.
///
/// # Errors
/// See [`FileError`].
pub(crate) fn can_be_read(path: &Path) -> Result<(), FileError> {
    let metadata = std::fs::metadata(path)?;
    if let Some(error) = refused(&metadata) {
        return Err(error);
    }
    if !is_pipe(&metadata) {
        File::open(path)?;
    }
    Ok(())
}

/// The metadata of a path, which has to be a regular file and no symbolic link.
///
/// # Errors
/// It is something else, or not there.
pub(crate) fn own_file(path: &Path) -> Result<Metadata, FileError> {
    let metadata = std::fs::symlink_metadata(path)?;
    if metadata.file_type().is_symlink() {
        return Err(FileError::Link);
    }
    if let Some(problem) = refused(&metadata) {
        return Err(problem);
    }
    if is_pipe(&metadata) {
        return Err(FileError::NotAFile("a pipe"));
    }
    Ok(metadata)
}

/// Whether a file has more names than one: hard links.
#[must_use]
pub(crate) fn has_two_names(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        metadata.nlink() > 1
    }
    #[cfg(not(unix))]
    {
        _ = metadata;
        false
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::cli::testing::Folder;

    #[test]
    fn what_is_no_file_is_named() {
        let folder = Folder::new();
        let small = folder.path().join("small");
        std::fs::write(&small, "12345").unwrap();
        let table = [
            (folder.path().to_owned(), "it is a directory"),
            ("/dev/zero".into(), "it is a device, not a file"),
            (folder.path().join("none"), "no such file"),
            (small.join("below"), "Not a directory (os error 20)"),
        ];
        for (path, expected) in table {
            assert_eq!(read(&path, 10).unwrap_err().to_string(), expected);
        }
        assert_eq!(read(&small, 5).unwrap().bytes.expose(), b"12345");
        assert_eq!(
            read(&small, 4).unwrap_err(),
            FileError::TooLarge { limit: 4 }
        );
    }

    #[test]
    fn a_file_says_who_else_may_use_it() {
        let folder = Folder::new();
        let path = folder.path().join("key");
        std::fs::write(&path, "x").unwrap();
        for (mode, readable_by_others, writable_by_others) in [
            (0o600, false, false),
            (0o640, true, false),
            (0o604, true, false),
            (0o660, true, true),
            (0o602, false, true),
        ] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let guard = read(&path, 10).unwrap().guard;
            assert_eq!(
                (guard.readable_by_others, guard.writable_by_others),
                (readable_by_others, writable_by_others),
                "{mode:o}"
            );
            assert!(!guard.is_of_another(), "{mode:o}");
        }
    }
}
