//! Asks for a text that may have many lines. It reads everything that is pasted: the shell would get the rest and run it.
use std::io::{self, Write as _};
use std::os::fd::AsFd;

use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

/// What a terminal sends before and after a paste, if it can mark pastes (xterm's bracketed paste).
const BEGIN: &[u8] = b"\x1b[200~";
const END: &[u8] = b"\x1b[201~";
const MARK_PASTES: &[u8] = b"\x1b[?2004h";
const MARK_NO_PASTES: &[u8] = b"\x1b[?2004l";

/// How soon after the end of a line the next one has to come to belong to the same paste, in tenths of a second.
const GAP: u8 = 2;

/// What to do after the bytes that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InputEvent {
    /// The text goes on: read more.
    More,
    /// A line has ended. The text has too, if nothing follows at once.
    LineEnd,
    /// The text has ended.
    Done,
    /// The person pressed Ctrl-C.
    Interrupted,
}

/// What was typed or pasted so far.
#[derive(Debug, Default)]
struct TypedText {
    bytes: Vec<u8>,
    limit: usize,
}

impl TypedText {
    fn take(&mut self, read: &[u8]) -> InputEvent {
        for &byte in read {
            match byte {
                0x03 => return InputEvent::Interrupted,
                0x04 => return InputEvent::Done,
                // Backspace removes the bytes of a character, Ctrl-U the whole text.
                0x08 | 0x7f => while self.bytes.pop().is_some_and(|last| last & 0xc0 == 0x80) {},
                0x15 => self.bytes.clear(),
                b'\r' => self.bytes.push(b'\n'),
                _ => self.bytes.push(byte),
            }
        }
        let inside = last(&self.bytes, BEGIN) > last(&self.bytes, END);
        if self.bytes.len() > self.limit {
            InputEvent::Done
        } else if self.bytes.ends_with(b"\n") && !inside {
            InputEvent::LineEnd
        } else {
            InputEvent::More
        }
    }

    fn finished(self) -> String {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        let [begin, end] = [BEGIN, END].map(|mark| String::from_utf8_lossy(mark).into_owned());
        text.replace(&begin, "").replace(&end, "")
    }
}

/// The position of the last occurrence of a mark. `None` sorts before every position.
fn last(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).rposition(|window| window == mark)
}

/// Asks on standard error and reads standard input, which has to be a terminal. What is pasted is not shown: it is a credential, and may be long.
///
/// # Errors
/// The terminal was closed, or the person pressed Ctrl-C.
#[expect(
    clippy::disallowed_methods,
    reason = "one of the World's own parts, as dialoguer is, which asks the terminal itself"
)]
pub(super) fn read(question: &str, limit: usize) -> io::Result<String> {
    let stdin = io::stdin();
    let terminal = RawTerminal::of(&stdin)?;
    // This comes before the question, so that a paste that comes at once is not shown either.
    terminal.wait(false)?;
    let mut stderr = io::stderr();
    write!(stderr, "{question} (it is not shown), then press Enter: ")?;
    stderr.write_all(MARK_PASTES)?;
    stderr.flush()?;
    let mut text = TypedText {
        bytes: Vec::new(),
        limit,
    };
    let mut step = InputEvent::More;
    let mut buffer = [0; 4096];
    let done = loop {
        terminal.wait(step == InputEvent::LineEnd)?;
        let read = match rustix::io::read(&stdin, &mut buffer[..]) {
            Ok(read) => read,
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => break Err(error.into()),
        };
        // Nothing more came in time, or the terminal was closed.
        if read == 0 {
            break Ok(());
        }
        step = text.take(&buffer[..read]);
        match step {
            InputEvent::More | InputEvent::LineEnd => {}
            InputEvent::Done => break Ok(()),
            InputEvent::Interrupted => break Err(io::ErrorKind::Interrupted.into()),
        }
    };
    stderr.write_all(MARK_NO_PASTES)?;
    stderr.write_all(b"\n")?;
    done.map(|()| text.finished())
}

/// A terminal that hands over each byte as it is typed, and shows none. Dropping this restores its settings.
struct RawTerminal<'t, T: AsFd> {
    terminal: &'t T,
    before: Termios,
}

impl<'t, T: AsFd> RawTerminal<'t, T> {
    fn of(terminal: &'t T) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        Ok(Self { terminal, before })
    }

    /// Makes the next read wait for a byte, or only for [`GAP`]. The terminal's own line editing would end a line at 4,096 bytes.
    fn wait(&self, shortly: bool) -> io::Result<()> {
        let mut raw = self.before.clone();
        let off = LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG | LocalModes::IEXTEN;
        raw.local_modes.remove(off);
        raw.special_codes[SpecialCodeIndex::VMIN] = u8::from(!shortly);
        raw.special_codes[SpecialCodeIndex::VTIME] = if shortly { GAP } else { 0 };
        Ok(tcsetattr(self.terminal, OptionalActions::Now, &raw)?)
    }
}

impl<T: AsFd> Drop for RawTerminal<'_, T> {
    /// Discards what was typed and not read: it belonged to the paste.
    fn drop(&mut self) {
        _ = tcsetattr(self.terminal, OptionalActions::Flush, &self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> TypedText {
        TypedText {
            bytes: Vec::new(),
            limit: 1000,
        }
    }

    #[test]
    fn a_text_ends_with_a_line_but_not_inside_a_paste() {
        let table: [(&[&[u8]], InputEvent, &str); 9] = [
            (&[b"eyJ", b"x"], InputEvent::More, "eyJx"),
            (&[b"eyJ\r"], InputEvent::LineEnd, "eyJ\n"),
            (&[b"eyJ\n", b"x"], InputEvent::More, "eyJ\nx"),
            (&[b"\x1b[200~a\nb\n"], InputEvent::More, "a\nb\n"),
            (
                &[b"\x1b[200~a\nb\n", b"\x1b[201~"],
                InputEvent::More,
                "a\nb\n",
            ),
            (&[b"\x1b[200~a\x1b[20", b"1~\n"], InputEvent::LineEnd, "a\n"),
            (&[b"a\xc3\xa9\x7fb\x08c"], InputEvent::More, "ac"),
            (&[b"abc\x15d"], InputEvent::More, "d"),
            (&[b"a\x04b"], InputEvent::Done, "a"),
        ];
        for (reads, expected, finished) in table {
            let mut text = text();
            let mut step = InputEvent::More;
            for read in reads {
                step = text.take(read);
            }
            assert_eq!(step, expected, "{reads:?}");
            assert_eq!(text.finished(), finished, "{reads:?}");
        }
        assert_eq!(text().take(b"a\x03"), InputEvent::Interrupted);
        assert_eq!(text().take(&[b'x'; 1001]), InputEvent::Done);
    }
}
