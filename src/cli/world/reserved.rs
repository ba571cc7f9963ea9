//! A file that is replaced by content which is not known yet: its room on the disk is made before, so that a full disk is noticed while nothing is lost.
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::files::{FileError, own_file};
use super::written::{CreateError, new_file, sync_folder_of};
use crate::core::secret::Secret;

/// Room for the next content of a file. The file stays as it is until the room is filled. Whoever makes it holds the lock on the file: two would use the same
/// draft, whose name is fixed so that a process that was killed leaves one behind at most.
#[derive(Debug)]
pub(crate) struct ReservedFile {
    path: PathBuf,
    draft: PathBuf,
    file: File,
}

/// How much is written at a time.
const BLOCK: [u8; 4096] = [b' '; 4096];

/// Makes room for so many bytes, for the owner alone (mode 0600), in a file beside the one at a path, named like it and `suffix`.
///
/// # Errors
/// There is no room, or what is at the path is no regular file.
pub(crate) fn reserve(
    path: &Path,
    suffix: &str,
    bytes: usize,
) -> Result<ReservedFile, CreateError> {
    let told = |problem: FileError| CreateError {
        path: path.to_owned(),
        problem,
    };
    match own_file(path) {
        Ok(_) | Err(FileError::Missing) => {}
        Err(problem) => return Err(told(problem)),
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    let draft = path.with_file_name(name);
    _ = std::fs::remove_file(&draft);
    let file = new_file(&draft, 0o600).map_err(|error| told(error.into()))?;
    let mut reserved = ReservedFile {
        path: path.to_owned(),
        draft,
        file,
    };
    let mut left = bytes;
    let filled = loop {
        let piece = left.min(BLOCK.len());
        if let Err(error) = reserved.file.write_all(&BLOCK[..piece]) {
            break Err(error);
        }
        left -= piece;
        if left == 0 {
            break reserved.file.sync_all();
        }
    };
    filled.map_err(|error| told(error.into()))?;
    Ok(reserved)
}

impl ReservedFile {
    /// Writes the content, and gives it the file's name: it is on the disk then, whatever happens to the machine.
    ///
    /// # Errors
    /// The content could not be written. The file is as it was.
    pub(crate) fn fill(mut self, content: &Secret) -> Result<(), CreateError> {
        self.written(content).map_err(|error| CreateError {
            path: self.path.clone(),
            problem: error.into(),
        })
    }

    fn written(&mut self, content: &Secret) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(content.expose())?;
        self.file.set_len(content.len() as u64)?;
        self.file.sync_all()?;
        std::fs::rename(&self.draft, &self.path)?;
        sync_folder_of(&self.path);
        Ok(())
    }
}

impl Drop for ReservedFile {
    fn drop(&mut self) {
        // Once it was renamed it is not there any more.
        _ = std::fs::remove_file(&self.draft);
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;
    use crate::cli::testing::Folder;

    fn secret(text: &str) -> Secret {
        Secret::new(text.as_bytes().to_vec())
    }

    #[test]
    fn the_room_is_there_before_the_content_and_the_file_stays_until_it_comes() {
        let folder = Folder::new();
        let path = folder.path().join("a.json");
        std::fs::write(&path, "before").unwrap();
        let reserved = reserve(&path, ".next", 10_000).unwrap();
        let draft = folder.path().join("a.json.next");
        let metadata = std::fs::metadata(&draft).unwrap();
        assert_eq!(metadata.len(), 10_000);
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read(&path).unwrap(), b"before");
        reserved.fill(&secret("after")).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"after");
        assert!(!draft.exists());
        // More than there is room for is written all the same.
        let small = reserve(&path, ".next", 0).unwrap();
        small.fill(&secret(&"x".repeat(9000))).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 9000);
    }

    #[test]
    fn what_is_not_filled_leaves_nothing_and_what_a_killed_process_left_is_taken_away() {
        let folder = Folder::new();
        let path = folder.path().join("a.json");
        let left = folder.file("a.json.next", "left behind");
        drop(reserve(&path, ".next", 10).unwrap());
        assert!(!path.exists() && !Path::new(&left).exists());
    }

    #[test]
    fn nothing_is_written_through_a_link() {
        let folder = Folder::new();
        let target = folder.file("target", "x");
        let path = folder.path().join("a.json");
        symlink(&target, &path).unwrap();
        assert_eq!(
            reserve(&path, ".next", 1).unwrap_err().problem,
            FileError::Link
        );
        symlink(&target, folder.path().join("b.json.next")).unwrap();
        let other = folder.path().join("b.json");
        reserve(&other, ".next", 1)
            .unwrap()
            .fill(&secret("y"))
            .unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"x");
    }
}
