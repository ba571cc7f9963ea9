//! Reads standard input by lines, in memory that does not grow with it. It hands out as many whole lines at a time as have come.
use std::io::{ErrorKind, Read as _};

use zeroize::Zeroize as _;

use super::input::{Input, InputError};

/// How many bytes to ask for at a time. A pipe gives an eighth of that at most.
const BLOCK: usize = 512 * 1024;

/// Reads standard input by lines. Its buffer is wiped at the end.
pub(crate) struct LineReader {
    limit: usize,
    buffer: Vec<u8>,
    /// How much of the buffer has been filled, and how much of that has been handed out.
    filled: usize,
    given: usize,
    /// Whether the rest of a line that is too long is being skipped.
    skipping: bool,
}

/// What was read: some lines, or a line that is too long.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineBatch<'b> {
    /// Whole lines, each with its line break. The last line of all may have none.
    Lines(&'b [u8]),
    /// One line over the limit. Its content is skipped.
    TooLong,
}

/// Shows the length only: lines hold tokens.
impl std::fmt::Debug for LineBatch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lines(lines) => f.debug_tuple("Lines").field(&lines.len()).finish(),
            Self::TooLong => f.write_str("TooLong"),
        }
    }
}

impl LineReader {
    /// Begins to read, for `purpose`. A line of more than `limit` bytes is skipped, unless its end was read together with the bytes that exceed the limit.
    ///
    /// # Errors
    /// Standard input was used before.
    pub(crate) fn of(
        input: &mut Input<'_>,
        purpose: &str,
        limit: usize,
    ) -> Result<Self, InputError> {
        input.claim(purpose)?;
        Ok(Self {
            limit,
            buffer: vec![0; BLOCK],
            filled: 0,
            given: 0,
            skipping: false,
        })
    }

    /// Reads the next lines, as soon as there is one. `None` at the end.
    ///
    /// # Errors
    /// Standard input can't be read.
    pub(crate) fn next(
        &mut self,
        input: &mut Input<'_>,
    ) -> Result<Option<LineBatch<'_>>, InputError> {
        self.buffer.copy_within(self.given..self.filled, 0);
        self.filled -= self.given;
        self.given = 0;
        // The rest of the last piece has no line break.
        let mut searched = self.filled;
        loop {
            if self.filled > self.limit {
                self.filled = 0;
                if !std::mem::replace(&mut self.skipping, true) {
                    return Ok(Some(LineBatch::TooLong));
                }
                searched = 0;
            }
            if self.filled == self.buffer.len() {
                self.grow();
            }
            let more = match input.reader.read(&mut self.buffer[self.filled..]) {
                Ok(more) => more,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(InputError::Unreadable(error.to_string())),
            };
            self.filled += more;
            if more == 0 {
                // The last line, if it has no line break.
                let at_end = if self.skipping { 0 } else { self.filled };
                self.given = self.filled;
                self.skipping = false;
                return Ok((at_end > 0).then(|| LineBatch::Lines(&self.buffer[..at_end])));
            }
            if self.skipping {
                let Some(end) = line_end(&self.buffer[..self.filled]) else {
                    self.filled = 0;
                    continue;
                };
                self.skipping = false;
                self.buffer.copy_within(end..self.filled, 0);
                self.filled -= end;
                searched = 0;
            }
            let read = &self.buffer[searched..self.filled];
            if let Some(last) = read.iter().rposition(|byte| *byte == b'\n') {
                self.given = searched + last + 1;
                return Ok(Some(LineBatch::Lines(&self.buffer[..self.given])));
            }
            searched = self.filled;
        }
    }

    /// Doubles the buffer. The bytes are copied by hand, because a `Vec` that grows would leave its old content in freed memory.
    fn grow(&mut self) {
        let mut larger = vec![0; self.buffer.len() * 2];
        larger[..self.filled].copy_from_slice(&self.buffer[..self.filled]);
        self.buffer.zeroize();
        self.buffer = larger;
    }
}

impl Drop for LineReader {
    fn drop(&mut self) {
        self.buffer.zeroize();
    }
}

/// The position after the first line break.
fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::io::Read;

    use super::*;

    /// Gives so many bytes at a time.
    struct Slow<'t>(&'t [u8], usize);
    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(into.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    /// Each line that comes, and `!` for one that is too long.
    fn lines(text: &str, limit: usize, at_a_time: usize) -> Vec<String> {
        let mut input = Input::new(false, Slow(text.as_bytes(), at_a_time));
        let mut lines = LineReader::of(&mut input, "it", limit).unwrap();
        // Small, so that it has to grow.
        lines.buffer = vec![0; 2];
        let mut found = Vec::new();
        while let Some(piece) = lines.next(&mut input).unwrap() {
            match piece {
                LineBatch::TooLong => found.push("!".to_owned()),
                LineBatch::Lines(bytes) => {
                    let text = std::str::from_utf8(bytes).unwrap();
                    let told = |line: &str| if line.len() > limit { "!" } else { line }.to_owned();
                    found.extend(text.lines().map(told));
                }
            }
        }
        found
    }

    #[test]
    fn lines_come_whole_however_the_bytes_come() {
        for (text, limit, expected) in [
            ("", 4, &[][..]),
            ("a", 4, &["a"]),
            ("a\n", 4, &["a"]),
            ("a\n\nbc\r\n", 4, &["a", "", "bc"]),
            ("abcd\nefgh", 4, &["abcd", "efgh"]),
            ("abcde\nf\n", 4, &["!", "f"]),
            ("f\nabcde", 4, &["f", "!"]),
            (
                "abcdefghijklmnop\nq\nabcdefghijklmnop\n\nr",
                4,
                &["!", "q", "!", "", "r"],
            ),
        ] {
            for at_a_time in [1, 2, 3, 7, 100] {
                let found = lines(text, limit, at_a_time);
                assert_eq!(found, expected, "{text:?} by {at_a_time}");
            }
        }
    }

    #[test]
    fn standard_input_has_one_reader() {
        let mut input = Input::new(false, &b"a"[..]);
        assert!(input.take("--secret", 5).is_ok());
        assert!(LineReader::of(&mut input, "the tokens", 5).is_err());
    }
}
