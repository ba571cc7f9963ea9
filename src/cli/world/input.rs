//! Standard input, which can be read once, up to a limit.
use std::io::Read;

use zeroize::Zeroize as _;

use crate::core::secret::Secret;

/// Standard input. It can be read only once: a second reader would find nothing, and take that for an answer.
pub(crate) struct Input {
    /// Whether it is a terminal.
    pub terminal: bool,
    /// Tells its size, if it is a file.
    pub(super) size: fn() -> Option<u64>,
    reader: Box<dyn Read + Send>,
    taken_for: Option<String>,
}

impl Input {
    /// Makes standard input of a stream.
    pub(crate) fn new(terminal: bool, reader: impl Read + Send + 'static) -> Self {
        Self {
            terminal,
            size: || None,
            reader: Box::new(reader),
            taken_for: None,
        }
    }

    pub(super) fn of_size(self, size: fn() -> Option<u64>) -> Self {
        Self { size, ..self }
    }

    /// Reads the whole of it, up to `limit` bytes. `purpose` (`the token`, `--secret`) names what it is read for.
    ///
    /// # Errors
    /// Standard input was used before, holds more than `limit` bytes, or can't be read.
    pub(crate) fn take(&mut self, purpose: &str, limit: usize) -> Result<Secret, InputError> {
        self.claim(purpose)?;
        match read_at_most(&mut self.reader, limit) {
            Ok(Some(content)) => Ok(content),
            Ok(None) => Err(InputError::TooLarge { limit }),
            Err(error) => Err(InputError::Unreadable(error.to_string())),
        }
    }

    /// Whether there is more than white space in it. It waits for that, unless standard input is a terminal. White space at the beginning is dropped.
    pub(crate) fn has_text(&mut self) -> bool {
        if self.terminal {
            return false;
        }
        let mut byte = [0];
        loop {
            match self.reader.read(&mut byte) {
                Ok(0) => return false,
                Ok(_) if byte[0].is_ascii_whitespace() => {}
                Ok(_) => break,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
        let rest = std::mem::replace(&mut self.reader, Box::new(std::io::empty()));
        self.reader = Box::new(std::io::Cursor::new(byte).chain(rest));
        true
    }

    /// The stream, for `purpose`.
    ///
    /// # Errors
    /// Standard input was used before.
    pub(super) fn stream(&mut self, purpose: &str) -> Result<Box<dyn Read + Send>, InputError> {
        self.claim(purpose)?;
        Ok(std::mem::replace(
            &mut self.reader,
            Box::new(std::io::empty()),
        ))
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
pub(crate) enum InputError {
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
pub(super) fn read_at_most(reader: &mut dyn Read, limit: usize) -> std::io::Result<Option<Secret>> {
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
        let mut input = Input::new(false, std::io::Cursor::new(large.clone()));
        assert_eq!(
            input.take("it", 3 * FIRST_BUFFER).unwrap().len(),
            large.len()
        );
        let mut input = Input::new(false, std::io::Cursor::new(large));
        assert!(input.take("it", 3 * FIRST_BUFFER - 1).is_err());
    }
}
