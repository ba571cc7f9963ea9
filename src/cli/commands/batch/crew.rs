//! The threads that judge a batch's lines, and the answers that wait for those before them.
use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread::{self, Scope, ScopedJoinHandle};

use super::lane::Lane;
use super::lines::{Batch, BatchResult, Readers};
use super::records::BatchRecords;
use crate::cli::world::{LineBatch, LineResult};

/// The most threads. With more, reading and printing takes most of the time.
const MOST_THREADS: usize = 8;
/// How many bytes are worth a thread: a few hundred tokens, which take longer than starting the thread.
pub(super) const WORTH_A_THREAD: usize = 16 * 1024;

/// The rules of a batch, which change while it runs: the time, and the keys if they are fetched again.
pub(super) struct Shared<'a>(RwLock<Batch<'a>>);

impl<'a> Shared<'a> {
    pub(super) const fn new(batch: Batch<'a>) -> Self {
        Self(RwLock::new(batch))
    }
    pub(super) fn read(&self) -> RwLockReadGuard<'_, Batch<'a>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
    /// Waits until nobody judges.
    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Batch<'a>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What happens while a batch runs.
pub(super) enum Event {
    Read(LineResult),
    /// The answer with this number has come.
    Judged(u64, Box<Answer>),
}

/// Lines and what was found of them.
pub(super) struct Answer {
    pub lines: LineBatch,
    pub result: BatchResult,
    /// The age of the rules that they were judged by.
    pub age: u32,
}

struct Job {
    number: u64,
    lines: LineBatch,
    buffer: Vec<u8>,
}

/// A lane, which has learned by rules of this age.
#[derive(Default)]
struct AgedLane {
    lane: Lane,
    age: u32,
}

impl AgedLane {
    /// Judges lines.
    fn answer(
        &mut self,
        batch: &Batch<'_>,
        lines: LineBatch,
        records: Option<BatchRecords<'_, '_, '_>>,
        buffer: Vec<u8>,
    ) -> Box<Answer> {
        let result = batch.answered(&lines, self.readers(batch, records), buffer);
        let age = batch.age;
        Box::new(Answer { lines, result, age })
    }

    fn readers<'r, 's, 'c, 'w>(
        &'r mut self,
        batch: &Batch<'_>,
        records: Option<BatchRecords<'s, 'c, 'w>>,
    ) -> Readers<'r, 's, 'c, 'w> {
        if self.age != batch.age {
            self.lane = Lane::default();
            self.age = batch.age;
        }
        let lane = Some(&mut self.lane);
        Readers { lane, records }
    }
}

/// The threads, which start once there is work for them, and the answers that were not handed out yet.
pub(super) struct Crew<'scope, 'env, 'a> {
    scope: &'scope Scope<'scope, 'env>,
    batch: &'env Shared<'a>,
    events: Sender<Event>,
    jobs: Sender<Job>,
    queue: Arc<Mutex<Receiver<Job>>>,
    threads: Vec<ScopedJoinHandle<'scope, ()>>,
    /// In their order, as far as they have come.
    answers: VecDeque<Option<Box<Answer>>>,
    /// How many were handed out.
    count: u64,
    /// How many threads there may be.
    most: usize,
    /// For what is too little for a thread.
    lane: AgedLane,
    buffers: Vec<Vec<u8>>,
}

/// How many threads judge: one for each processor that the program may use. To find out takes longer than to judge some tokens.
pub(super) fn most_threads() -> usize {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    processors.min(MOST_THREADS)
}

impl<'scope, 'env, 'a> Crew<'scope, 'env, 'a> {
    /// `events` gets the answers of the threads, of which there may be so many.
    pub(super) fn of(
        scope: &'scope Scope<'scope, 'env>,
        batch: &'env Shared<'a>,
        events: Sender<Event>,
        most: usize,
    ) -> Self {
        let (jobs, queue) = mpsc::channel();
        Self {
            scope,
            batch,
            events,
            jobs,
            queue: Arc::new(Mutex::new(queue)),
            threads: Vec::new(),
            answers: VecDeque::new(),
            count: 0,
            most,
            lane: AgedLane::default(),
            buffers: Vec::new(),
        }
    }

    /// Has lines judged by the next thread that is free.
    pub(super) fn add(&mut self, lines: LineBatch) {
        let size = lines.size();
        if self.most == 1 || (size < WORTH_A_THREAD && self.is_idle()) {
            self.judge_here(lines, None);
            return;
        }
        let number = self.count + self.answers.len() as u64;
        self.answers.push_back(None);
        if self.threads.len() < self.most.min(self.answers.len()) {
            self.start_a_thread();
        }
        let buffer = self.buffers.pop().unwrap_or_default();
        // The threads end only when they have no jobs any more.
        _ = self.jobs.send(Job {
            number,
            lines,
            buffer,
        });
    }

    fn start_a_thread(&mut self) {
        let (batch, events) = (self.batch, self.events.clone());
        let queue = Arc::clone(&self.queue);
        self.threads.push(self.scope.spawn(move || {
            let mut lane = AgedLane::default();
            let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            while let Ok(job) = next() {
                let answer = lane.answer(&batch.read(), job.lines, None, job.buffer);
                if events.send(Event::Judged(job.number, answer)).is_err() {
                    return;
                }
            }
        }));
    }

    /// Judges lines with what can't be shared.
    pub(super) fn judge(&mut self, lines: LineBatch, records: BatchRecords<'_, '_, '_>) {
        self.judge_here(lines, Some(records));
    }

    fn judge_here(&mut self, lines: LineBatch, records: Option<BatchRecords<'_, '_, '_>>) {
        let buffer = self.buffers.pop().unwrap_or_default();
        let answer = self.lane.answer(&self.batch.read(), lines, records, buffer);
        self.answers.push_back(Some(answer));
    }

    /// Judges once more, with the keys that there are now.
    pub(super) fn judge_again(
        &mut self,
        answer: Answer,
        records: Option<BatchRecords<'_, '_, '_>>,
    ) -> Answer {
        let (lines, buffer) = (answer.lines, answer.result.printed);
        *(self.lane).answer(&self.batch.read(), lines, records, buffer)
    }

    /// Judges the lines that were left.
    pub(super) fn go_on(
        &mut self,
        answer: Answer,
        records: Option<BatchRecords<'_, '_, '_>>,
    ) -> Answer {
        let batch = self.batch.read();
        let readers = self.lane.readers(&batch, records);
        let result = batch.gone_on(&answer.lines, readers, answer.result);
        Answer { result, ..answer }
    }

    /// Takes an answer from a thread.
    pub(super) fn put(&mut self, number: u64, answer: Box<Answer>) {
        let place = number
            .checked_sub(self.count)
            .and_then(|at| at.try_into().ok());
        if let Some(place) = place.and_then(|at: usize| self.answers.get_mut(at)) {
            *place = Some(answer);
        }
    }

    /// The next answer, if it has come.
    pub(super) fn next(&mut self) -> Option<Answer> {
        self.answers.front()?.as_ref()?;
        self.count += 1;
        self.answers.pop_front().flatten().map(|next| *next)
    }

    /// Whether all answers were handed out.
    pub(super) fn is_idle(&self) -> bool {
        self.answers.is_empty()
    }

    /// Panics as a thread has, whose answer will not come.
    pub(super) fn look_after(&mut self) {
        let ended = self.threads.iter().position(ScopedJoinHandle::is_finished);
        let ended = ended.map(|at| self.threads.swap_remove(at).join());
        if let Some(Err(panic)) = ended {
            std::panic::resume_unwind(panic);
        }
    }

    /// Takes a buffer back.
    pub(super) fn keep(&mut self, buffer: Vec<u8>) {
        self.buffers.push(buffer);
    }
}
