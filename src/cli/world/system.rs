//! The real world. Only this file names the system's clock, randomness, streams and environment.
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use zeroize::Zeroizing;

use super::program::LIMIT;
use super::prompts::Terminal;
use super::{Input, Interrupt, Output, Programs, World};
use crate::core::entropy::Entropy;
use crate::core::time::{Clock, Timestamp};
use crate::net::budget::Stopwatch;

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the World's own clock")]
    fn now(&self) -> Timestamp {
        let whole = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => Timestamp::new(whole(since.as_secs()), since.subsec_nanos()),
            // The clock stands before 1970: whole seconds will do.
            Err(before) => Timestamp::from_seconds(-whole(before.duration().as_secs())),
        }
    }
}

/// Begins to run when it is first asked.
#[derive(Default)]
struct SystemStopwatch(OnceLock<Instant>);

impl Stopwatch for SystemStopwatch {
    #[expect(clippy::disallowed_methods, reason = "the World's own clock")]
    fn elapsed(&self) -> Duration {
        self.0.get_or_init(Instant::now).elapsed()
    }
    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// The system's randomness. What ids take is fetched for some of them at a time.
struct SystemEntropy {
    ahead: Zeroizing<[[u8; 16]; 32]>,
    /// How many of them were not given away yet: the first ones.
    left: usize,
}

impl SystemEntropy {
    fn new() -> Self {
        Self {
            ahead: Zeroizing::default(),
            left: 0,
        }
    }

    fn fetch(bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // No system that boots gets here. Going on would hand out ids and keys that can be predicted.
            std::process::abort();
        }
    }
}

impl Entropy for SystemEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        // A key has its own.
        if bytes.len() > 16 {
            return Self::fetch(bytes);
        }
        if self.left == 0 {
            Self::fetch(self.ahead.as_flattened_mut());
            self.left = self.ahead.len();
        }
        self.left -= 1;
        let given = std::mem::take(&mut self.ahead[self.left]);
        bytes.copy_from_slice(&given[..bytes.len()]);
    }
}

/// Whether a stream was closed when the program started. Rust then opens the null device in its place, for reading too, which no shell does for `>/dev/null`.
#[cfg(unix)]
fn was_closed(stream: &impl std::os::fd::AsFd) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let mode = rustix::fs::fcntl_getfl(stream);
    let (Ok(mode), Ok(open), Ok(null)) = (
        mode,
        rustix::fs::fstat(stream),
        std::fs::metadata("/dev/null"),
    ) else {
        return true;
    };
    mode.contains(rustix::fs::OFlags::RDWR)
        && rustix::fs::FileType::from_raw_mode(open.st_mode).is_char_device()
        && open.st_rdev == null.rdev()
}

#[cfg(not(unix))]
const fn was_closed<T>(_: &T) -> bool {
    false
}

/// The size of standard input, if that is a file.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "it is the World's own stream")]
fn input_size() -> Option<u64> {
    let file = rustix::fs::fstat(std::io::stdin()).ok()?;
    let kind = rustix::fs::FileType::from_raw_mode(file.st_mode);
    file.st_size.try_into().ok().filter(|_| kind.is_file())
}

#[cfg(not(unix))]
const fn input_size() -> Option<u64> {
    None
}

/// The arguments after the program's name, and the real world.
#[expect(clippy::disallowed_methods, reason = "the World is made here")]
#[must_use]
pub(crate) fn real() -> (Vec<OsString>, World<'static>) {
    // A panic's own message can quote a token or a secret that was being worked on. The place is enough to find the bug.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        _ = writeln!(
            std::io::stderr(),
            "jwtsess: error: a bug in jwtsess, at {}",
            place.unwrap_or_default()
        );
    }));
    let width = |size: Option<(terminal_size::Width, terminal_size::Height)>| {
        size.map(|(terminal_size::Width(columns), _)| usize::from(columns))
    };
    let (stdin, stdout, stderr) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let world = World {
        clock: Box::new(SystemClock),
        stopwatch: Rc::new(SystemStopwatch::default()),
        entropy: Box::new(SystemEntropy::new()),
        stdin: Input::new(stdin.is_terminal(), stdin).of_size(input_size),
        interrupt: Interrupt::of_the_process(),
        stdout: Output {
            terminal: stdout.is_terminal(),
            closed: was_closed(&stdout),
            width: width(terminal_size::terminal_size_of(&stdout)),
            writer: Box::new(stdout),
        },
        stderr: Output {
            terminal: stderr.is_terminal(),
            closed: was_closed(&stderr),
            width: width(terminal_size::terminal_size_of(&stderr)),
            writer: Box::new(stderr),
        },
        environment: Box::new(|name| std::env::var_os(name)),
        prompts: Box::new(Terminal),
        programs: Programs::new(LIMIT),
    };
    (std::env::args_os().skip(1).collect(), world)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_random_bytes_are_given_twice() {
        let mut entropy = SystemEntropy::new();
        let mut given = std::collections::HashSet::new();
        for length in (0..200).map(|nth| 8 + nth % 12) {
            let mut bytes = vec![0; length];
            entropy.fill(&mut bytes);
            assert!(given.insert(bytes[..8].to_vec()));
        }
        assert!(!given.contains(&vec![0; 8]));
    }
}
