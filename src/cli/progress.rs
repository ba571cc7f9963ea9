//! How far a batch has come: a bar, the rate and the time left, redrawn in one line of a terminal.
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

/// How often it is drawn in a second, at most.
const RATE: u8 = 10;
/// What ends before that shows nothing.
const PATIENCE: Duration = Duration::from_millis(700);
/// How many columns have room for a bar.
const WIDE: usize = 72;
/// Goes to the start of the line, and clears it.
const CLEAR: &str = "\r\u{1b}[2K";

/// A bar that grows with the bytes that were read, or a line without one if nobody knows how many there are.
pub(super) struct Progress {
    bar: ProgressBar,
    screen: Screen,
}

/// What is to be written to the terminal: the World has its stream.
#[derive(Clone, Debug)]
struct Screen {
    text: Arc<Mutex<String>>,
    columns: u16,
}

impl Progress {
    pub(super) fn of(size: Option<u64>, columns: usize) -> Self {
        let screen = Screen {
            text: Arc::default(),
            columns: columns.try_into().unwrap_or(u16::MAX),
        };
        let target = ProgressDrawTarget::term_like_with_hz(Box::new(screen.clone()), RATE);
        let form = match size {
            Some(_) if columns >= WIDE => "[{wide_bar}] {percent}%, {msg}, {eta} left",
            // Cut off at the end, lest it become two lines.
            Some(_) => "{percent}%, {wide_msg}",
            None => "{wide_msg}",
        };
        let style = ProgressStyle::with_template(form);
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        let style = style.progress_chars("=>-");
        let bar = ProgressBar::with_draw_target(size, target).with_style(style);
        Self { bar, screen }
    }

    /// So many bytes have been read, and so many lines are done with. Returns what that draws.
    #[must_use]
    pub(super) fn at(&self, bytes: u64, (count, what): (u64, &str)) -> String {
        let elapsed = self.bar.elapsed();
        if elapsed < PATIENCE {
            return String::new();
        }
        let rate = u128::from(count) * 1000 / elapsed.as_millis().max(1);
        let rate = HumanCount(rate.try_into().unwrap_or(u64::MAX));
        let count = HumanCount(count);
        self.bar
            .set_message(format!("{count} {what}, {rate} a second"));
        self.bar.set_position(bytes);
        self.screen.taken()
    }

    /// What takes the line away, until it is drawn again.
    #[must_use]
    pub(super) fn hide(&self) -> String {
        if self.bar.elapsed() < PATIENCE {
            return String::new();
        }
        CLEAR.to_owned()
    }
}

impl Screen {
    fn write(&self, text: &str) {
        let mut all = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_str(text);
    }
    fn taken(&self) -> String {
        std::mem::take(&mut *self.text.lock().unwrap_or_else(PoisonError::into_inner))
    }
    fn move_cursor(&self, count: usize, to: char) {
        if count > 0 {
            self.write(&format!("\u{1b}[{count}{to}"));
        }
    }
}

impl TermLike for Screen {
    fn width(&self) -> u16 {
        self.columns
    }
    fn move_cursor_up(&self, count: usize) -> io::Result<()> {
        self.move_cursor(count, 'A');
        Ok(())
    }
    fn move_cursor_down(&self, count: usize) -> io::Result<()> {
        self.move_cursor(count, 'B');
        Ok(())
    }
    fn move_cursor_right(&self, count: usize) -> io::Result<()> {
        self.move_cursor(count, 'C');
        Ok(())
    }
    fn move_cursor_left(&self, count: usize) -> io::Result<()> {
        self.move_cursor(count, 'D');
        Ok(())
    }
    fn write_line(&self, text: &str) -> io::Result<()> {
        self.write(text);
        self.write_str("\n")
    }
    fn write_str(&self, text: &str) -> io::Result<()> {
        self.write(text);
        Ok(())
    }
    fn clear_line(&self) -> io::Result<()> {
        self.write_str(CLEAR)
    }
    fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_size_has_a_share_and_a_time_left() {
        let sized = Progress::of(Some(1000), 90);
        let narrow = [Some(1000), None].map(|size| Progress::of(size, 20));
        assert_eq!(sized.at(100, (1, "tokens")) + &sized.hide(), "");
        std::thread::sleep(PATIENCE);
        let drawn = sized.at(500, (1_234_567, "tokens"));
        let words = ["50%, 1,234,567 tokens, ", " a second, ", " left", "[==="];
        assert!(words.iter().all(|word| drawn.contains(word)), "{drawn:?}");
        assert!(!drawn.contains('\n'), "{drawn:?}");
        for narrow in narrow {
            let drawn = narrow.at(500, (1_234_567, "tokens"));
            assert!(drawn.contains("1,234,567"), "{drawn:?}");
            let line = drawn.rsplit(CLEAR).next().unwrap_or_default();
            assert!(line.chars().count() <= 20, "{drawn:?}");
        }
        assert_eq!(sized.hide(), CLEAR);
    }
}
