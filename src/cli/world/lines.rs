//! Reads standard input and files by lines, in memory that does not grow with them. It hands out as many whole lines at a time as have come.
use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use memchr::{memchr, memchr_iter, memrchr};
use zeroize::Zeroizing;

use super::files::FileError;
use super::input::{Input, InputError};
use super::unpack::{CountedStream, UnpackError, Unpacked};

/// How many bytes to ask for at a time: as many as a pipe gives.
pub(super) const BLOCK: usize = 64 * 1024;

/// The size of a buffer for that many bytes, behind the beginning of a line.
const ROOM: usize = BLOCK + BLOCK / 4;

/// Something that has lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LineSource {
    Stdin,
    /// A file, and its name for messages.
    File(PathBuf, String),
}

/// Reads the lines of one source after another, each unpacked if it is packed. Its buffer is wiped at the end.
pub(crate) struct LineReader {
    limit: usize,
    sources: VecDeque<Source>,
    /// The source that is being read, and its name.
    current: Option<(String, Unpacked)>,
    /// What has come of a line whose end has not.
    rest: Zeroizing<Vec<u8>>,
    /// A buffer that is not used any more. To make another one, and to wipe it, takes longer than to read into it.
    spare: Zeroizing<Vec<u8>>,
    /// Whether the rest of a line that is too long is being skipped.
    skipping: bool,
    /// How many lines have been handed out.
    count: u64,
    /// How many bytes have been read.
    bytes: Arc<AtomicU64>,
    /// The size of all sources, if it is known.
    size: Option<u64>,
}

enum Source {
    Stdin(Box<dyn Read + Send>),
    File(PathBuf, String),
}

/// What was read.
pub(crate) struct LineBatch {
    /// The number of the first line, from 1 through all sources.
    pub first: u64,
    /// Whole lines, each with its line break. The last line of a source may have none. `None` is one line over the limit: its content is skipped.
    pub lines: Option<Zeroizing<Vec<u8>>>,
}

impl LineBatch {
    /// How many bytes there are.
    #[must_use]
    pub(crate) fn size(&self) -> usize {
        self.lines.as_ref().map_or(0, |lines| lines.len())
    }
}

/// Why a source can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LineError {
    /// A file can't be opened.
    #[error("{name}: {error}")]
    File {
        /// Its name.
        name: String,
        /// Why.
        error: FileError,
    },
    /// It can't be read on.
    #[error("{name} can't be read to its end: {error}; {}", read_before(*.lines))]
    Broken {
        /// Its name.
        name: String,
        /// Why.
        error: UnpackError,
        /// How many lines were read before, of all files.
        lines: u64,
    },
}

fn read_before(lines: u64) -> String {
    match lines {
        0 => "no line was read before that".to_owned(),
        1 => "1 line was read before that".to_owned(),
        more => format!("{more} lines were read before that"),
    }
}

/// What a read gives: some lines, the end, or why a source can't be read on.
pub(crate) type LineResult = Result<Option<LineBatch>, LineError>;

impl LineReader {
    /// Begins to read, for `purpose`. A line of more than `limit` bytes is skipped, unless its end was read together with the bytes that exceed the limit.
    ///
    /// # Errors
    /// Standard input was used before.
    pub(crate) fn of(
        input: &mut Input,
        sources: Vec<LineSource>,
        purpose: &str,
        limit: usize,
    ) -> Result<Self, InputError> {
        let mut ready = VecDeque::with_capacity(sources.len());
        let mut size = Some(0_u64);
        for source in sources {
            let more = match &source {
                LineSource::Stdin => (input.size)(),
                LineSource::File(path, _) => size_of(path),
            };
            size = size.zip(more).map(|(size, more)| size + more);
            ready.push_back(match source {
                LineSource::Stdin => Source::Stdin(input.stream(purpose)?),
                LineSource::File(path, name) => Source::File(path, name),
            });
        }
        Ok(Self {
            limit,
            sources: ready,
            current: None,
            rest: Zeroizing::default(),
            spare: Zeroizing::default(),
            skipping: false,
            count: 0,
            bytes: Arc::default(),
            size,
        })
    }

    /// The size of all sources, if all are files.
    #[must_use]
    pub(crate) const fn size(&self) -> Option<u64> {
        self.size
    }

    pub(super) fn bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// Takes a buffer back, unless it was made for a long line.
    pub(super) fn reuse(&mut self, buffer: Zeroizing<Vec<u8>>) {
        if (ROOM..=2 * ROOM).contains(&buffer.capacity()) {
            self.spare = buffer;
        }
    }

    /// Reads the next lines, as soon as there is one. `None` at the end.
    ///
    /// # Errors
    /// A source can't be read on. The lines before that have been handed out.
    pub(crate) fn next(&mut self) -> LineResult {
        loop {
            let (name, mut source) = match self.current.take() {
                Some(current) => current,
                None => match self.sources.pop_front() {
                    Some(source) => self.opened(source)?,
                    None => return Ok(None),
                },
            };
            match self.lines_of(&mut source) {
                Ok(None) => {}
                Ok(lines) => {
                    self.current = Some((name, source));
                    return Ok(lines);
                }
                Err(error) => return Err(self.failed(name, error)),
            }
        }
    }

    fn opened(&self, source: Source) -> Result<(String, Unpacked), LineError> {
        let (name, stream): (_, Box<dyn Read + Send>) = match source {
            Source::Stdin(stream) => ("standard input".to_owned(), stream),
            Source::File(path, name) => match File::open(path) {
                Ok(file) => (name, Box::new(file)),
                Err(error) => {
                    let error = error.into();
                    return Err(LineError::File { name, error });
                }
            },
        };
        let count = self.bytes();
        match Unpacked::of(CountedStream { stream, count }) {
            Ok(source) => Ok((name, source)),
            Err(error) => Err(self.failed(name, error)),
        }
    }

    fn failed(&self, name: String, error: UnpackError) -> LineError {
        LineError::Broken {
            name,
            error,
            lines: self.count,
        }
    }

    /// The next lines of a source. `None` at its end.
    fn lines_of(&mut self, source: &mut Unpacked) -> Result<Option<LineBatch>, UnpackError> {
        let mut filled = self.rest.len();
        let mut buffer = std::mem::take(&mut self.spare);
        if buffer.capacity() < filled + BLOCK {
            buffer = Zeroizing::new(Vec::with_capacity(ROOM.max(filled + BLOCK)));
        }
        buffer.resize(filled + BLOCK, 0);
        buffer[..filled].copy_from_slice(&self.rest);
        self.rest = Zeroizing::default();
        loop {
            if filled > self.limit {
                filled = 0;
                if !std::mem::replace(&mut self.skipping, true) {
                    self.count += 1;
                    return Ok(Some(LineBatch {
                        first: self.count,
                        lines: None,
                    }));
                }
            }
            if filled == buffer.len() {
                buffer = larger(&buffer, filled * 2);
            }
            let more = source.read(&mut buffer[filled..])?;
            if more == 0 {
                // The last line, if it has no line break.
                let was_skipped = std::mem::take(&mut self.skipping);
                return Ok((filled > 0 && !was_skipped).then(|| self.handed_out(buffer, filled)));
            }
            let mut read = filled..filled + more;
            if self.skipping {
                let Some(end) = memchr(b'\n', &buffer[read.clone()]) else {
                    continue;
                };
                self.skipping = false;
                buffer.copy_within(end + 1..more, 0);
                read = 0..more - end - 1;
            }
            filled = read.end;
            if let Some(last) = memrchr(b'\n', &buffer[read.clone()]) {
                let end = read.start + last + 1;
                self.rest = Zeroizing::new(buffer[end..filled].to_vec());
                return Ok(Some(self.handed_out(buffer, end)));
            }
        }
    }

    /// The lines up to here, counted.
    fn handed_out(&mut self, mut lines: Zeroizing<Vec<u8>>, end: usize) -> LineBatch {
        lines.truncate(end);
        let first = self.count + 1;
        self.count += memchr_iter(b'\n', &lines).count() as u64;
        self.count += u64::from(lines.last().is_some_and(|last| *last != b'\n'));
        LineBatch {
            first,
            lines: Some(lines),
        }
    }
}

/// The lines of a text without their breaks. The last may have none.
pub(crate) fn each_line(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    let open = text.last().is_some_and(|last| *last != b'\n');
    let ends = memchr_iter(b'\n', text).chain(open.then_some(text.len()));
    ends.map(move |end| {
        let line = &text[start..end];
        start = end + 1;
        line
    })
}

/// The size of a file. A pipe has none.
fn size_of(path: &Path) -> Option<u64> {
    let metadata = std::fs::metadata(path).ok()?;
    metadata.is_file().then_some(metadata.len())
}

/// A larger buffer with the same content. It is copied by hand, because a `Vec` that grows would leave its old content in freed memory.
fn larger(content: &[u8], size: usize) -> Zeroizing<Vec<u8>> {
    let mut larger = Zeroizing::new(vec![0; size]);
    larger[..content.len()].copy_from_slice(content);
    larger
}

#[cfg(test)]
mod tests;
