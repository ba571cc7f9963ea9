//! Makes and replaces files: whole or not at all, and for their owner alone unless the caller says otherwise.
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::files::{FileError, own_file};
use crate::core::echo;
use crate::core::entropy::Entropy;
use crate::core::secret::Secret;

/// The result of creating a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Creation {
    /// The file was made, with this content.
    Created,
    /// The file was there already, or another process was quicker. It stays as it is.
    Existed,
}

/// Why a file or folder was not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("can't write {}: {problem}", shown(path))]
pub(crate) struct CreateError {
    /// The file or folder.
    pub path: PathBuf,
    /// The reason.
    pub problem: FileError,
}

/// Shows a path that somebody may have typed. A name that could be a secret is not repeated.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    echo::place(&path).map_or_else(|| "the file that was named".to_owned(), str::to_owned)
}

/// Makes a folder and those above it, for the owner alone (mode 0700). A folder that is there stays as it is.
///
/// # Errors
/// The folder could not be made, or what is there is no folder.
pub(crate) fn make_folder(path: &Path) -> Result<(), CreateError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path).map_err(|error| CreateError {
        path: path.to_owned(),
        problem: error.into(),
    })
}

/// Makes a folder and those above it, for files that anyone may read. The system's own rule for new folders applies. A folder that is there stays as it is.
///
/// # Errors
/// See [`make_folder`].
pub(crate) fn make_open_folder(path: &Path) -> Result<(), CreateError> {
    std::fs::create_dir_all(path).map_err(|error| CreateError {
        path: path.to_owned(),
        problem: error.into(),
    })
}

/// Creates a file of mode 0600 with this content, unless something is there. The file is whole under its name or not there. It is never written through a
/// symbolic link.
///
/// The content is first written to the disk, in a file of a random name beside it. That file then gets its name by a hard link, which fails if the name is
/// taken. So only one of two processes creates the file, and the other learns that it exists.
///
/// # Errors
/// The file could not be written.
pub(crate) fn create(
    path: &Path,
    content: &Secret,
    entropy: &mut dyn Entropy,
) -> Result<Creation, CreateError> {
    let told = |error: io::Error| CreateError {
        path: path.to_owned(),
        problem: not_made(error),
    };
    // A symbolic link that leads nowhere counts as taken, too.
    if std::fs::symlink_metadata(path).is_ok() {
        return Ok(Creation::Existed);
    }
    let draft = draft_beside(path, entropy);
    let made = write_draft(&draft, content, OWNER_ALONE).and_then(|()| give_name(&draft, path));
    _ = std::fs::remove_file(&draft);
    match made {
        Ok(()) => {
            sync_folder_of(path);
            Ok(Creation::Created)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Creation::Existed),
        Err(error) => Err(told(error)),
    }
}

/// Who may use a file that replaces another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileAccess {
    /// Only the user who writes it: mode 0600.
    Writer,
    /// Anyone may read it: mode 0644, minus the process's mask.
    Anyone,
    /// The same users as before: the mode, owner and group of the old file stay.
    Same,
}

/// Replaces the file at a path, if there is one, by a file with this content: wholly, or not at all. It never writes through a symbolic link.
///
/// The content is first written to the disk, in a file of a random name beside it. That file then takes over the name.
///
/// # Errors
/// The file could not be written, or what is there is no regular file.
pub(crate) fn replace(
    path: &Path,
    content: &Secret,
    heir: FileAccess,
    entropy: &mut dyn Entropy,
) -> Result<(), CreateError> {
    let told = |problem: FileError| CreateError {
        path: path.to_owned(),
        problem,
    };
    let before = match own_file(path) {
        Ok(metadata) => Some(metadata),
        Err(FileError::Missing) => None,
        Err(problem) => return Err(told(problem)),
    };
    let draft = draft_beside(path, entropy);
    let mode = if heir == FileAccess::Anyone {
        ANYONE_READS
    } else {
        OWNER_ALONE
    };
    let made = write_draft(&draft, content, mode)
        .and_then(|()| match &before {
            Some(before) if heir == FileAccess::Same => give_access(&draft, before),
            _ => Ok(()),
        })
        .and_then(|()| std::fs::rename(&draft, path));
    if let Err(error) = made {
        _ = std::fs::remove_file(&draft);
        return Err(told(not_made(error)));
    }
    sync_folder_of(path);
    Ok(())
}

/// Gives a file the mode, owner and group of another: a new key must not change who can read a service's key.
#[cfg(unix)]
fn give_access(path: &Path, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let own = std::fs::metadata(path)?;
    let (owner, group) = (like.uid(), like.gid());
    if (own.uid(), own.gid()) != (owner, group) {
        chown(path, Some(owner), Some(group))?;
    }
    std::fs::set_permissions(path, like.permissions())
}

#[cfg(not(unix))]
fn give_access(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// If making a file fails because something is missing, that is its folder.
fn not_made(error: io::Error) -> FileError {
    match FileError::from(error) {
        FileError::Missing => FileError::NoFolder,
        other => other,
    }
}

/// A random name in the folder of a file, so that the draft can become that file.
fn draft_beside(path: &Path, entropy: &mut dyn Entropy) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", crate::core::entropy::uuid4_hex(entropy)));
    path.with_file_name(name)
}

const OWNER_ALONE: u32 = 0o600;
const ANYONE_READS: u32 = 0o644;

fn write_draft(draft: &Path, content: &Secret, mode: u32) -> io::Result<()> {
    let mut file = new_file(draft, mode)?;
    file.write_all(content.expose())?;
    file.sync_all()
}

/// Makes a new file of that mode, minus the process's mask. `create_new` is `O_CREAT | O_EXCL`, which follows no symbolic link (POSIX `open()`).
pub(super) fn new_file(path: &Path, mode: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path)
}

/// Gives a finished draft its name, and fails if the name is taken.
fn give_name(draft: &Path, path: &Path) -> io::Result<()> {
    match std::fs::hard_link(draft, path) {
        // Some network and phone file systems have no hard links. There the name is claimed first and the file filled afterwards, so that a reader may see it
        // empty for a moment.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
            ) =>
        {
            let mut claimed = new_file(path, OWNER_ALONE)?;
            let filled = std::fs::read(draft)
                .map(zeroize::Zeroizing::new)
                .and_then(|content| claimed.write_all(&content))
                .and_then(|()| claimed.sync_all());
            if filled.is_err() {
                _ = std::fs::remove_file(path);
            }
            filled
        }
        linked => linked,
    }
}

/// Makes a new name survive a power cut, on systems that can synchronise folders.
pub(super) fn sync_folder_of(path: &Path) {
    // The parent of a bare name is empty, and means the current folder.
    let folder = path.parent().map(|folder| {
        if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        }
    });
    if let Some(folder) = folder
        && let Ok(folder) = File::open(folder)
    {
        _ = folder.sync_all();
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;
    use crate::cli::testing::Folder;

    struct Counter<'a>(&'a AtomicU8);
    impl Entropy for Counter<'_> {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, Ordering::Relaxed));
        }
    }

    fn made(path: &Path, content: &str, count: &AtomicU8) -> Result<Creation, CreateError> {
        create(
            path,
            &Secret::new(content.as_bytes().to_vec()),
            &mut Counter(count),
        )
    }

    #[test]
    fn a_created_file_is_its_owner_s_alone_and_is_created_once() {
        let folder = Folder::new();
        let (path, count) = (folder.path().join("key"), AtomicU8::new(0));
        assert_eq!(made(&path, "first", &count), Ok(Creation::Created));
        assert_eq!(made(&path, "second", &count), Ok(Creation::Existed));
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no draft stays"
        );
    }

    #[test]
    fn a_file_is_not_created_through_a_link() {
        let folder = Folder::new();
        let (path, target) = (folder.path().join("key"), folder.path().join("elsewhere"));
        symlink(&target, &path).unwrap();
        assert_eq!(made(&path, "x", &AtomicU8::new(0)), Ok(Creation::Existed));
        assert!(!target.exists());
    }

    #[test]
    fn a_file_is_replaced_whole_and_not_through_a_link() {
        let folder = Folder::new();
        let (path, count) = (folder.path().join("key"), AtomicU8::new(0));
        let replaced = |path: &Path, content: &str| {
            let content = Secret::new(content.as_bytes().to_vec());
            replace(path, &content, FileAccess::Writer, &mut Counter(&count))
        };
        for content in ["first", "second"] {
            assert_eq!(replaced(&path, content), Ok(()));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        }
        assert_eq!(replaced(&path, "third"), Ok(()));
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let content = Secret::new(b"third".to_vec());
        let kept = replace(&path, &content, FileAccess::Same, &mut Counter(&count));
        assert_eq!(kept, Ok(()));
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        for (path, problem) in [
            (link.as_path(), FileError::Link),
            (folder.path(), FileError::Directory),
            (Path::new("/dev/null"), FileError::NotAFile("a device")),
        ] {
            assert_eq!(replaced(path, "x").unwrap_err().problem, problem);
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "third");
        let names = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names, 2, "no draft stays");
    }

    #[test]
    fn of_many_creators_one_creates_and_none_sees_half_a_file() {
        let folder = Folder::new();
        let (path, count) = (folder.path().join("key"), AtomicU8::new(0));
        let content = "x".repeat(4096);
        let created = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        let new = made(&path, &content, &count).unwrap();
                        assert_eq!(std::fs::read(&path).unwrap().len(), 4096);
                        new
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .filter(|new| *new == Creation::Created)
                .count()
        });
        assert_eq!(created, 1);
    }
}
