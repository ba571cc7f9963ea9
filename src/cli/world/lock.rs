//! Locks on files that are about to be replaced.
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::files::FileError;
use super::written::CreateError;

/// How long to wait for another holder: a rollover takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// A lock that is held. It is released when it is dropped, or when the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    // Kept open only for its lock.
    _file: File,
}

/// Takes the lock on a file, which has to be there. If another process holds it, `waits` is called once, and we wait, but not for ever.
///
/// # Errors
/// The file can't be opened, another process holds the lock all the time, or the file system has no locks.
pub(crate) fn lock(path: &Path, waits: &mut dyn FnMut()) -> Result<Lock, CreateError> {
    lock_within(path, PATIENCE, waits)
}

/// Takes the lock on a file that may not be there yet, by a file beside it named `….lock`, which stays. `None` if another process holds it.
///
/// # Errors
/// The lock's own file can't be made, or the file system has no locks.
pub(crate) fn try_lock(path: &Path) -> Result<Option<Lock>, CreateError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    let path = path.with_file_name(name);
    let told = |problem: FileError| CreateError {
        path: path.clone(),
        problem,
    };
    let is_link = std::fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
    if is_link {
        return Err(told(FileError::Link));
    }
    let file = made(&path).map_err(|error| told(error.into()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(told(error.into())),
    }
}

fn made(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

fn lock_within(
    path: &Path,
    patience: Duration,
    waits: &mut dyn FnMut(),
) -> Result<Lock, CreateError> {
    let told = |problem: FileError| CreateError {
        path: path.to_owned(),
        problem,
    };
    let mut waited = Duration::ZERO;
    loop {
        let file = File::open(path).map_err(|error| told(error.into()))?;
        match file.try_lock() {
            // The process that held the lock before has put another file in this one's place. Then a lock on this one locks nothing, and we try again.
            Ok(()) if is_still(&file, path) => return Ok(Lock { _file: file }),
            Ok(()) => continue,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(told(error.into())),
        }
        if waited.is_zero() {
            waits();
        }
        if waited >= patience {
            return Err(told(FileError::Locked));
        }
        std::thread::sleep(PAUSE);
        waited += PAUSE;
    }
}

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => identity(held) == identity(named),
        _ => false,
    }
}

/// These platforms do not let another file take the place of one that is open.
#[cfg(not(unix))]
const fn is_still(_: &File, _: &Path) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::cli::testing::Folder;

    /// Puts a new file in the place of the file at a path, as a rollover does.
    fn replace(path: &Path, content: usize) {
        let draft = path.with_extension(format!("draft{content}"));
        std::fs::write(&draft, content.to_string()).unwrap();
        std::fs::rename(&draft, path).unwrap();
    }

    #[test]
    fn one_holds_it_at_a_time_though_the_file_is_replaced_and_nothing_is_left_behind() {
        let folder = Folder::new();
        let path = folder.path().join("keys.jwks");
        std::fs::write(&path, "0").unwrap();
        let (inside, most) = (AtomicUsize::new(0), Mutex::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        let held = lock(&path, &mut || ()).unwrap();
                        let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                        let mut most = most.lock().unwrap();
                        *most = now.max(*most);
                        drop(most);
                        let count: usize = std::fs::read_to_string(&path).unwrap().parse().unwrap();
                        // The file that takes its place is another's to lock at once.
                        inside.fetch_sub(1, Ordering::SeqCst);
                        replace(&path, count + 1);
                        drop(held);
                    }
                });
            }
        });
        assert_eq!(*most.lock().unwrap(), 1);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "40");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_lock_that_another_holds_is_waited_for_with_a_word_and_a_bound() {
        let folder = Folder::new();
        let path = folder.path().join("keys.jwks");
        std::fs::write(&path, "0").unwrap();
        let held = lock(&path, &mut || panic!("nobody else holds it")).unwrap();
        let mut words = 0;
        let refused = lock_within(&path, PAUSE * 2, &mut || words += 1).unwrap_err();
        assert_eq!((refused.problem, words), (FileError::Locked, 1));
        drop(held);
        assert!(lock(&path, &mut || ()).is_ok());
    }
}
