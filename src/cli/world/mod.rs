//! The world: clock, entropy, streams, environment, folders, questions. It is passed in as one value, so that tests bring their own.
mod files;
mod lines;
mod lock;
#[cfg(unix)]
mod paste_prompt;
mod prompts;
mod system;
mod written;

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::PathBuf;

use zeroize::Zeroize as _;

use crate::core::entropy::Entropy;
use crate::core::secret::Secret;
use crate::core::time::Clock;

pub use files::{Content, FileError, Guard, guard, guard_of, is_there, own_file, read};
pub use lines::{Lines, Piece};
pub use lock::{Lock, lock};
pub use prompts::Prompts;
pub use system::real;
pub use written::{Heir, New, NotCreated, create, make_folder, make_open_folder, replace};

/// The columns of a stream that does not say how many it has.
pub const DEFAULT_WIDTH: usize = 80;

/// Looks up variables of the environment by name.
pub type Environment<'a> = Box<dyn Fn(&str) -> Option<OsString> + 'a>;

/// Everything that a call may take from the machine.
pub struct World<'a> {
    /// Tells the time. `--now` replaces it.
    pub clock: Box<dyn Clock + 'a>,
    /// The randomness that ids and keys are made of.
    pub entropy: Box<dyn Entropy + 'a>,
    /// Standard input.
    pub stdin: Input<'a>,
    /// Standard output. It gets the answer.
    pub stdout: Output<'a>,
    /// Standard error. It gets everything else that is said.
    pub stderr: Output<'a>,
    /// The variables of the environment.
    pub environment: Environment<'a>,
    /// Asks the person at the terminal.
    pub prompts: Box<dyn Prompts + 'a>,
}

/// A stream to write to.
pub struct Output<'a> {
    /// Whether it is a terminal, where a person reads.
    pub terminal: bool,
    /// The columns of the terminal, if it says how many it has.
    pub width: Option<usize>,
    /// Writes to the stream.
    pub writer: Box<dyn Write + 'a>,
}

impl Output<'_> {
    /// The number of columns; [`DEFAULT_WIDTH`] if the stream has none.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.width.unwrap_or(DEFAULT_WIDTH)
    }
}

/// Standard input. It can be read only once: a second reader would find nothing, and take that for an answer.
pub struct Input<'a> {
    /// Whether it is a terminal.
    pub terminal: bool,
    reader: Box<dyn Read + 'a>,
    taken_for: Option<String>,
}

impl<'a> Input<'a> {
    /// Makes standard input of a stream.
    pub fn new(terminal: bool, reader: impl Read + 'a) -> Self {
        Self {
            terminal,
            reader: Box::new(reader),
            taken_for: None,
        }
    }

    /// Reads the whole of it, up to `limit` bytes. `purpose` (`the token`, `--secret`) names what it is read for.
    ///
    /// # Errors
    /// Standard input was used before, holds more than `limit` bytes, or can't be read.
    pub fn take(&mut self, purpose: &str, limit: usize) -> Result<Secret, InputError> {
        self.claim(purpose)?;
        match read_at_most(&mut self.reader, limit) {
            Ok(Some(content)) => Ok(content),
            Ok(None) => Err(InputError::TooLarge { limit }),
            Err(error) => Err(InputError::Unreadable(error.to_string())),
        }
    }

    /// Notes that standard input is now used for `purpose`.
    fn claim(&mut self, purpose: &str) -> Result<(), InputError> {
        if let Some(first) = &self.taken_for {
            return Err(InputError::Twice {
                first: first.clone(),
                second: purpose.to_owned(),
            });
        }
        self.taken_for = Some(purpose.to_owned());
        Ok(())
    }
}

/// Why standard input could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// It was asked for twice.
    #[error("standard input can't be both {first} and {second}")]
    Twice {
        /// What it was read for first.
        first: String,
        /// What it was asked for again.
        second: String,
    },
    /// It holds more bytes than the limit.
    #[error("standard input holds more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// It can't be read. Holds the system's words.
    #[error("standard input can't be read: {0}")]
    Unreadable(String),
}

/// Reads everything that a reader has, or `None` if that is more than `limit` bytes. The buffers are wiped on every way out.
fn read_at_most(reader: &mut dyn Read, limit: usize) -> std::io::Result<Option<Secret>> {
    // The buffer grows by hand: `read_to_end` would move it, and leave copies of a secret in freed memory.
    let mut content = vec![0_u8; limit.min(FIRST_BUFFER).saturating_add(1)];
    let mut length = 0;
    loop {
        if length == content.len() {
            if length > limit {
                content.zeroize();
                return Ok(None);
            }
            let mut larger = vec![0_u8; length.saturating_mul(2).min(limit.saturating_add(1))];
            larger[..length].copy_from_slice(&content);
            content.zeroize();
            content = larger;
        }
        match reader.read(&mut content[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                content.zeroize();
                return Err(error);
            }
        }
    }
    content.truncate(length);
    Ok(Some(Secret::new(content)))
}

/// The size of the first buffer: as much as a key file may have. Few tokens need more.
const FIRST_BUFFER: usize = 64 * 1024;

impl World<'_> {
    /// A variable of the environment, even if it is not UTF-8.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<OsString> {
        // A variable can't have such a name, so it is not set. Asking the system would panic.
        if name.is_empty() || name.contains(['=', '\0']) {
            return None;
        }
        (self.environment)(name)
    }

    /// Whether a question can be asked and answered: both standard input and standard error are terminals.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        self.stdin.terminal && self.stderr.terminal
    }

    /// The folder of the user's data, `jwtsess/` included: `$XDG_DATA_HOME` or `~/.local/share`; on macOS `~/Library/Application Support`; on Windows
    /// `%APPDATA%`.
    #[must_use]
    pub fn data_folder(&self) -> Option<PathBuf> {
        self.folder("XDG_DATA_HOME", ".local/share")
    }

    /// The folder of the user's settings, `jwtsess/` included: `$XDG_CONFIG_HOME` or `~/.config`; on macOS and Windows as [`World::data_folder`].
    #[must_use]
    pub fn config_folder(&self) -> Option<PathBuf> {
        self.folder("XDG_CONFIG_HOME", ".config")
    }

    // We find the folder ourselves: the crates etcetera and directories read the process's own environment, which a test can't change for itself alone.
    fn folder(&self, xdg: &str, below_home: &str) -> Option<PathBuf> {
        // The XDG specification: "If an implementation encounters a relative path … it should consider the path invalid and ignore it."
        let absolute = |name: &str| {
            self.variable(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let home = || absolute("HOME").or_else(|| absolute("USERPROFILE"));
        let base = if let Some(base) = absolute(xdg) {
            base
        } else if cfg!(windows) {
            absolute("APPDATA")?
        } else if cfg!(target_os = "macos") {
            home()?.join("Library/Application Support")
        } else {
            home()?.join(below_home)
        };
        Some(base.join("jwtsess"))
    }

    /// Whether a path is another name for standard input.
    #[must_use]
    pub fn is_stdin(path: &OsStr) -> bool {
        ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]
            .iter()
            .any(|name| path == OsStr::new(name))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn standard_input_has_one_reader_and_a_limit() {
        let mut input = Input::new(false, &b"token"[..]);
        assert_eq!(input.take("the token", 5).unwrap().expose(), b"token");
        assert_eq!(
            input.take("--secret", 5).unwrap_err().to_string(),
            "standard input can't be both the token and --secret"
        );
        let mut input = Input::new(false, &b"token"[..]);
        assert_eq!(
            input.take("the token", 4).unwrap_err(),
            InputError::TooLarge { limit: 4 }
        );
        let large = vec![b'a'; 3 * FIRST_BUFFER];
        let mut input = Input::new(false, large.as_slice());
        assert_eq!(
            input.take("it", 3 * FIRST_BUFFER).unwrap().len(),
            large.len()
        );
        let mut input = Input::new(false, large.as_slice());
        assert!(input.take("it", 3 * FIRST_BUFFER - 1).is_err());
    }
}
