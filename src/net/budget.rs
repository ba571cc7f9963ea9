//! The time that a call may take, from its first connection on: attempts, pauses and answers fit into what is left.
use std::time::Duration;

/// A clock that only runs forward, and a way to wait by it. The machine's own stands in the world.
pub(crate) trait Stopwatch {
    /// The time since some moment before the call.
    fn elapsed(&self) -> Duration;
    /// Waits.
    fn pause(&self, time: Duration);
}

/// The time that a call may take. It begins to run when it is first asked.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    whole: Duration,
    begun: Option<Duration>,
}

impl Budget {
    /// A budget that has not begun to run.
    #[must_use]
    pub(crate) const fn new(whole: Duration) -> Self {
        Self { whole, begun: None }
    }
    /// The whole of it.
    #[must_use]
    pub(crate) const fn whole(&self) -> Duration {
        self.whole
    }
    /// What is left of it.
    pub(crate) fn left(&mut self, stopwatch: &dyn Stopwatch) -> Duration {
        let now = stopwatch.elapsed();
        let begun = *self.begun.get_or_insert(now);
        self.whole.saturating_sub(now.saturating_sub(begun))
    }
    /// Waits, if something is left behind the wait. Returns whether it waited.
    pub(crate) fn pause(&mut self, time: Duration, stopwatch: &dyn Stopwatch) -> bool {
        let fits = self.left(stopwatch) > time;
        if fits {
            stopwatch.pause(time);
        }
        fits
    }
}
