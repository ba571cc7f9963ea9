//! Lines of text for people: escaped, coloured and wrapped as they are printed.
use crate::cli::paint::{Paint, Tone};

/// One line: its pieces, and where its continuation starts where it is too long for the terminal.
#[derive(Clone, Debug, Default)]
struct Line {
    hang: usize,
    /// Whether it is printed as one line, however long.
    whole: bool,
    pieces: Vec<(Tone, String)>,
}

/// Lines of text for people. A control character in what is added is shown, so a value can't start a line of its own.
#[derive(Clone, Debug, Default)]
pub struct Page {
    lines: Vec<Line>,
}

impl Page {
    /// A page without lines.
    #[must_use]
    pub const fn new() -> Self {
        Self { lines: Vec::new() }
    }
    /// Whether nothing is on it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
    /// Begins a line that goes on, if it has to, `hang` columns in.
    pub fn line(&mut self, hang: usize) -> &mut Self {
        self.lines.push(Line {
            hang,
            ..Line::default()
        });
        self
    }
    /// The last line is not to be broken: it is a text that was asked for as it is.
    pub fn whole(&mut self) -> &mut Self {
        if let Some(line) = self.lines.last_mut() {
            line.whole = true;
        }
        self
    }
    /// Adds text to the last line.
    pub fn put(&mut self, tone: Tone, text: &str) -> &mut Self {
        if let Some(line) = self.lines.last_mut() {
            line.pieces.push((tone, text.to_owned()));
        }
        self
    }
    /// A line of plain text.
    pub fn say(&mut self, text: &str) -> &mut Self {
        self.line(2).put(Tone::Plain, text)
    }
    /// An empty line, unless one stands there or nothing does.
    pub fn gap(&mut self) -> &mut Self {
        if self
            .lines
            .last()
            .is_some_and(|line| !line.pieces.is_empty())
        {
            self.line(0);
        }
        self
    }
    /// An indented line with a label in a column of its own.
    pub fn row(&mut self, label: &str, column: usize, tone: Tone, text: &str) -> &mut Self {
        let label = format!("  {label:<column$}  ");
        self.line(column + 4).put(Tone::Dim, &label).put(tone, text)
    }
    /// The text, its lines ended, `width` columns wide.
    #[must_use]
    pub fn print(&self, width: usize, paint: Paint) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let mut painted = String::new();
            for (tone, piece) in &line.pieces {
                painted.push_str(&paint.tone(*tone, piece));
            }
            let hang = " ".repeat(line.hang.min(width / 2));
            let width = if line.whole { usize::MAX } else { width };
            let options = textwrap::Options::new(width.max(20))
                // A date is not to be broken at its dashes.
                .word_splitter(textwrap::WordSplitter::NoHyphenation)
                .subsequent_indent(&hang);
            for wrapped in textwrap::wrap(&painted, options) {
                text.push_str(wrapped.trim_end());
                text.push('\n');
            }
        }
        text
    }
}
