//! The world: clock, entropy, streams, environment, folders, questions. It is passed in as one value, so that tests bring their own.
mod files;
mod input;
mod interrupt;
mod lines;
mod lock;
#[cfg(unix)]
mod paste_prompt;
mod program;
mod prompts;
mod read_ahead;
mod reserved;
pub(crate) mod system;
mod unpack;
mod written;

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::PathBuf;
use std::rc::Rc;

use crate::core::entropy::Entropy;
use crate::core::time::Clock;
use crate::net::budget::Stopwatch;

pub(crate) use files::{
    FileError, Guard, can_be_read, file_id, has_two_names, is_there, own_file, read,
};

pub(crate) use input::{Input, InputError};
pub(crate) use interrupt::Interrupt;
pub(crate) use lines::{LineBatch, LineError, LineReader, LineResult, LineSource, each_line};
pub(crate) use lock::{Lock, lock, try_lock};
pub(crate) use program::Programs;
pub(crate) use prompts::Prompts;
pub(crate) use read_ahead::ReadAhead;
pub(crate) use reserved::{ReservedFile, reserve};
pub(crate) use unpack::UnpackError;
pub(crate) use written::{
    CreateError, Creation, FileAccess, create, make_folder, make_open_folder, replace,
};

/// The columns of a stream that does not say how many it has.
pub(crate) const DEFAULT_WIDTH: usize = 80;

/// Looks up variables of the environment by name.
pub(crate) type Environment<'a> = Box<dyn Fn(&str) -> Option<OsString> + 'a>;

/// Everything that a call may take from the machine.
pub(crate) struct World<'a> {
    /// Tells the time. `--now` replaces it.
    pub clock: Box<dyn Clock + 'a>,
    /// Measures how long a server takes, and waits for it.
    pub stopwatch: Rc<dyn Stopwatch>,
    /// The randomness that ids and keys are made of.
    pub entropy: Box<dyn Entropy + 'a>,
    /// Standard input.
    pub stdin: Input,
    /// Ctrl-C.
    pub interrupt: Interrupt,
    /// Standard output. It gets the answer.
    pub stdout: Output<'a>,
    /// Standard error. It gets everything else that is said.
    pub stderr: Output<'a>,
    /// The variables of the environment.
    pub environment: Environment<'a>,
    /// Asks the person at the terminal.
    pub prompts: Box<dyn Prompts + 'a>,
    /// Runs other programs.
    pub programs: Programs,
}

/// A stream to write to.
pub(crate) struct Output<'a> {
    /// Whether it is a terminal, where a person reads.
    pub terminal: bool,
    /// Whether it was closed when the program started, so that what is written to it is lost.
    pub closed: bool,
    /// The columns of the terminal, if it says how many it has.
    pub width: Option<usize>,
    /// Writes to the stream.
    pub writer: Box<dyn Write + 'a>,
}

impl Output<'_> {
    /// The number of columns; [`DEFAULT_WIDTH`] if the stream has none.
    #[must_use]
    pub(crate) fn columns(&self) -> usize {
        self.width.unwrap_or(DEFAULT_WIDTH)
    }
}

/// Where a folder of the user's is on each platform.
struct Places {
    xdg: &'static str,
    below_home: &'static str,
    windows: &'static str,
    macos: &'static str,
}

impl Places {
    /// The places of what must be kept.
    const fn kept(xdg: &'static str, below_home: &'static str) -> Self {
        Self {
            xdg,
            below_home,
            windows: "APPDATA",
            macos: "Library/Application Support",
        }
    }
}

impl World<'_> {
    /// A variable of the environment, even if it is not UTF-8.
    #[must_use]
    pub(crate) fn variable(&self, name: &str) -> Option<OsString> {
        // A variable can't have such a name, so it is not set. Asking the system would panic.
        if name.is_empty() || name.contains(['=', '\0']) {
            return None;
        }
        (self.environment)(name)
    }

    /// A variable that holds a secret: no program that is started later gets it.
    #[must_use]
    pub(crate) fn secret_variable(&self, name: &str) -> Option<OsString> {
        let value = self.variable(name)?;
        self.programs.hide(name);
        Some(value)
    }

    /// Whether a question can be asked and answered: both standard input and standard error are terminals.
    #[must_use]
    pub(crate) fn can_ask(&self) -> bool {
        self.stdin.terminal && self.stderr.terminal
    }

    /// The folder of the user's data, `jwtsess/` included: `$XDG_DATA_HOME` or `~/.local/share`; on macOS `~/Library/Application Support`; on Windows
    /// `%APPDATA%`.
    #[must_use]
    pub(crate) fn data_folder(&self) -> Option<PathBuf> {
        self.folder(&Places::kept("XDG_DATA_HOME", ".local/share"))
    }

    /// The folder of the user's settings, `jwtsess/` included: `$XDG_CONFIG_HOME` or `~/.config`; on macOS and Windows as [`World::data_folder`].
    #[must_use]
    pub(crate) fn config_folder(&self) -> Option<PathBuf> {
        self.folder(&Places::kept("XDG_CONFIG_HOME", ".config"))
    }

    /// The folder of what can be fetched again, `jwtsess/` included: `$XDG_CACHE_HOME` or `~/.cache`; on macOS `~/Library/Caches`; on Windows
    /// `%LOCALAPPDATA%`.
    #[must_use]
    pub(crate) fn cache_folder(&self) -> Option<PathBuf> {
        let places = Places {
            xdg: "XDG_CACHE_HOME",
            below_home: ".cache",
            windows: "LOCALAPPDATA",
            macos: "Library/Caches",
        };
        self.folder(&places)
    }

    // We find the folder ourselves: the crates etcetera and directories read the process's own environment, which a test can't change for itself alone.
    fn folder(&self, places: &Places) -> Option<PathBuf> {
        // The XDG specification: "If an implementation encounters a relative path … it should consider the path invalid and ignore it."
        let absolute = |name: &str| {
            self.variable(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let home = || absolute("HOME").or_else(|| absolute("USERPROFILE"));
        let base = if let Some(base) = absolute(places.xdg) {
            base
        } else if cfg!(windows) {
            absolute(places.windows)?
        } else if cfg!(target_os = "macos") {
            home()?.join(places.macos)
        } else {
            home()?.join(places.below_home)
        };
        Some(base.join("jwtsess"))
    }

    /// Whether a path is another name for standard input.
    #[must_use]
    pub(crate) fn is_stdin(path: &OsStr) -> bool {
        ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]
            .iter()
            .any(|name| path == OsStr::new(name))
    }
}
