//! Who else can get at the store's file: under a second name, through its folder, or by files laid beside it.
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use crate::session::store::StoreError;

/// The endings of the files that SQLite keeps beside a database.
pub(super) const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The path of a file beside the database.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The folder of a path that may be a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Refuses a file that has a second name. SQLite finds the write-ahead log by the database's name, and takes its locks there: under two names two processes
/// retire the same token.
///
/// # Errors
/// [`StoreError::TwoNames`].
#[cfg(unix)]
pub(super) fn refuse_a_second_name(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::MetadataExt as _;
    use std::time::Duration;
    let unreachable = |error: std::io::Error| StoreError::Unreachable(error.to_string());
    let path = std::fs::canonicalize(path).map_err(unreachable)?;
    let links = || std::fs::metadata(&path).map_or(1, |metadata| metadata.nlink());
    // On a file system that can't rename without replacing, a store that is being made has two names for a moment.
    let settled = (0..20).any(|_| {
        let one = links() <= 1;
        if !one {
            std::thread::sleep(Duration::from_millis(25));
        }
        one
    });
    if !settled {
        return Err(StoreError::TwoNames("it has a hard link"));
    }
    if is_mounted_alone(&path) {
        return Err(StoreError::TwoNames("it is a mount point of its own"));
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn refuse_a_second_name(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Whether the file is mounted without its folder.
#[cfg(target_os = "linux")]
fn is_mounted_alone(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statx};
    let mount = |path: &Path| {
        let found = statx(CWD, path, AtFlags::empty(), StatxFlags::MNT_ID).ok()?;
        let told = found.stx_mask & StatxFlags::MNT_ID.bits() != 0;
        told.then_some(found.stx_mnt_id)
    };
    match (mount(path), mount(folder_of(path))) {
        (Some(file), Some(folder)) => file != folder,
        _ => false,
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
const fn is_mounted_alone(_: &Path) -> bool {
    false
}

/// Refuses a log that SQLite did not make for this file. SQLite gives its log the file's own mode, so a wider one was laid there by somebody who means to read
/// or change what is written; so was one of a stranger beside a file that only its owner may write.
///
/// # Errors
/// [`StoreError::Unreachable`].
#[cfg(unix)]
pub(super) fn refuse_a_strange_log(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::MetadataExt as _;
    const MODE: u32 = 0o777;
    let Ok(path) = std::fs::canonicalize(path) else {
        return Ok(());
    };
    let Ok(store) = std::fs::metadata(&path) else {
        return Ok(());
    };
    let shared = store.mode() & 0o022 != 0;
    for ending in BESIDE {
        let Ok(log) = std::fs::symlink_metadata(beside(&path, ending)) else {
            continue;
        };
        let wider = log.mode() & !store.mode() & MODE != 0;
        let strange = !shared && log.uid() != store.uid() && is_a_stranger(&log);
        if !log.is_file() || wider || strange {
            return Err(StoreError::Unreachable(format!(
                "the file {ending} beside it was not made for it: see who put it there, and move it away"
            )));
        }
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn refuse_a_strange_log(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Whether a file belongs to another user, who is not the superuser.
#[cfg(unix)]
fn is_a_stranger(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let owner = metadata.uid();
    owner != 0 && owner != rustix::process::geteuid().as_raw()
}

/// Whether anyone may put another file in the place of one in this folder.
#[cfg(unix)]
fn is_open(folder: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    const ANYONE: u32 = 0o002;
    const STICKY: u32 = 0o1000;
    folder.mode() & ANYONE != 0 && folder.mode() & STICKY == 0
}

/// Refuses a folder that anyone may write to: anyone can put another file in the store's place there.
///
/// # Errors
/// [`StoreError::Unreachable`].
#[cfg(unix)]
pub(super) fn refuse_open_folder(folder: &Path) -> Result<(), StoreError> {
    match std::fs::metadata(folder) {
        Ok(metadata) if is_open(&metadata) => Err(StoreError::Unreachable(
            "anyone can write to its folder".to_owned(),
        )),
        Ok(_) => Ok(()),
        Err(error) => Err(super::error::not_made(error)),
    }
}

#[cfg(not(unix))]
pub(super) fn refuse_open_folder(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// What is to be said of other users who can change a store that is used all the same.
#[cfg(unix)]
#[must_use]
pub(crate) fn exposed(path: &Path) -> Vec<&'static str> {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(path) = std::fs::canonicalize(path) else {
        return Vec::new();
    };
    let (store, folder) = (
        std::fs::metadata(&path),
        std::fs::metadata(folder_of(&path)),
    );
    let (Ok(store), Ok(folder)) = (store, folder) else {
        return Vec::new();
    };
    let found = [
        (
            store.mode() & 0o022 != 0,
            "other users can write to it, and so end or revive sessions: run chmod 600",
        ),
        (
            is_a_stranger(&store),
            "it belongs to another user, who can end or revive sessions",
        ),
        (
            is_open(&folder),
            "anyone can write to its folder, and so put another store in its place: keep it in a folder of your own",
        ),
        (
            is_a_stranger(&folder) && !is_a_stranger(&store),
            "its folder belongs to another user, who can put another store in its place",
        ),
    ];
    let said = found.into_iter().filter(|(is_so, _)| *is_so);
    said.map(|(_, words)| words).collect()
}

#[cfg(not(unix))]
#[must_use]
pub const fn exposed(_: &Path) -> Vec<&'static str> {
    Vec::new()
}
