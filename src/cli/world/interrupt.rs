//! Ctrl-C, for a command that finishes what it has begun.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// Whether Ctrl-C was pressed since somebody listens to it. Until then it ends the program at once.
#[derive(Default)]
pub(crate) struct Interrupt {
    has_come: Arc<AtomicBool>,
    is_real: bool,
}

impl Interrupt {
    /// That of the process.
    pub(super) fn of_the_process() -> Self {
        Self {
            is_real: true,
            ..Self::default()
        }
    }

    /// Listens from now on. A second Ctrl-C ends the program at once, as ever.
    pub(crate) fn listen(&self) {
        if !self.is_real || is_ignored() {
            return;
        }
        let second = flag::register_conditional_default(SIGINT, Arc::clone(&self.has_come));
        // If that fails, Ctrl-C ends the program at the first time.
        _ = second.and_then(|_| flag::register(SIGINT, Arc::clone(&self.has_come)));
    }

    #[must_use]
    pub(crate) fn has_come(&self) -> bool {
        self.has_come.load(Ordering::Relaxed)
    }
}

/// Whether the program was started so that Ctrl-C leaves it alone, as a shell's script starts what it runs in the background. Known on Linux.
fn is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (SIGINT - 1) & 1 == 1)
}
