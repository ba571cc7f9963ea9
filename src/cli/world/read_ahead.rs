//! Reads lines in a thread of its own, so far ahead of what is done with them and no farther.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::lines::{BLOCK, LineBatch, LineReader, LineResult};

/// How long [`ReadAhead::next`] waits: Ctrl-C is noticed that much later.
const MOMENT: Duration = Duration::from_millis(50);

/// What comes of the lines that are read, and of what others send.
pub(crate) struct ReadAhead<E> {
    events: Receiver<E>,
    /// To send other events.
    pub sender: Sender<E>,
    /// Each with a buffer to read into, or with an empty one.
    permits: Sender<Zeroizing<Vec<u8>>>,
    ahead: usize,
    bytes: Arc<AtomicU64>,
}

impl<E: Send + 'static> ReadAhead<E> {
    /// Begins to read: `ahead` blocks, and another one whenever one is done with. The thread ends with the lines, or with the program.
    pub(crate) fn of(
        mut lines: LineReader,
        ahead: usize,
        event: impl Fn(LineResult) -> E + Send + 'static,
    ) -> Self {
        let (sender, events) = mpsc::channel();
        let (permits, permitted) = mpsc::channel();
        let (to, bytes) = (sender.clone(), lines.bytes());
        thread::spawn(move || {
            while let Ok(buffer) = permitted.recv() {
                lines.reuse(buffer);
                let read = lines.next();
                let size = read.as_ref().ok().and_then(Option::as_ref);
                // What is larger than a block counts as several.
                let more = size.map_or(0, |batch| blocks(batch, ahead) - 1);
                let may_be_sent = (0..more).all(|_| permitted.recv().is_ok());
                let is_last = size.is_none();
                if !may_be_sent || to.send(event(read)).is_err() || is_last {
                    return;
                }
            }
        });
        for _ in 0..ahead {
            _ = permits.send(Zeroizing::default());
        }
        Self {
            events,
            sender,
            permits,
            ahead,
            bytes,
        }
    }

    /// How many bytes have been read, packed or not.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The next event, if one comes in a moment.
    pub(crate) fn next(&self) -> Option<E> {
        self.events.recv_timeout(MOMENT).ok()
    }

    /// Lets others be read in place of these lines.
    pub(crate) fn done(&self, batch: LineBatch) {
        for _ in 1..blocks(&batch, self.ahead) {
            _ = self.permits.send(Zeroizing::default());
        }
        _ = self.permits.send(batch.lines.unwrap_or_default());
    }
}

/// How many blocks some lines count as, of so many.
fn blocks(batch: &LineBatch, of: usize) -> usize {
    let size = batch.lines.as_ref().map_or(0, |lines| lines.len());
    (1 + size / BLOCK).min(of)
}
