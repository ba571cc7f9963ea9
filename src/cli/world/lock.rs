//! A lock on a file that is about to be replaced. The lock is a file beside it named `….lock`, which is removed when the lock is dropped.
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::files::FileError;
use super::written::CreateError;

/// A lock that is held. It is released when it is dropped, or when the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    // Kept open only for its lock.
    file: File,
    path: PathBuf,
}

/// Waits for the lock on a file, and takes it.
///
/// # Errors
/// The lock's own file can't be made, or the file system has no locks.
pub(crate) fn lock(path: &Path) -> Result<Lock, CreateError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    let path = path.with_file_name(name);
    let told = |problem: FileError| CreateError {
        path: path.clone(),
        problem,
    };
    loop {
        let is_link = std::fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
        if is_link {
            return Err(told(FileError::Link));
        }
        let file = open(&path).map_err(|error| told(error.into()))?;
        file.lock().map_err(|error| told(error.into()))?;
        // The process that held the lock before has removed the file. Then a lock on it locks nothing, and we try again.
        if is_still(&file, &path) {
            return Ok(Lock { file, path });
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(held), Ok(named)) => identity(held) == identity(named),
        _ => false,
    }
}

/// These platforms do not remove a file that is open, so the name always leads to it.
#[cfg(not(unix))]
const fn is_still(_: &File, _: &Path) -> bool {
    true
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name is removed while the lock is still held. Later, another process may have made a file of that name, which is not ours to remove.
        if cfg!(unix) {
            _ = std::fs::remove_file(&self.path);
        }
        _ = self.file.unlock();
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::cli::testing::Folder;

    #[test]
    fn one_holds_it_at_a_time_and_nothing_is_left_behind() {
        let folder = Folder::new();
        let path = folder.path().join("keys.jwks");
        let (inside, most) = (AtomicUsize::new(0), Mutex::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let held = lock(&path).unwrap();
                        let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                        let mut most = most.lock().unwrap();
                        *most = now.max(*most);
                        drop(most);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(held);
                    }
                });
            }
        });
        assert_eq!(*most.lock().unwrap(), 1);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let folder = Folder::new();
        let (path, target) = (folder.path().join("keys"), folder.path().join("elsewhere"));
        std::os::unix::fs::symlink(&target, folder.path().join("keys.lock")).unwrap();
        assert_eq!(lock(&path).unwrap_err().problem, FileError::Link);
        assert!(!target.exists());
    }
}
