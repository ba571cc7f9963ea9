//! Lines of text for people. They are escaped, coloured and wrapped when they are printed.
use crate::cli::paint::{Paint, Tone};
use crate::cli::render::screen::Screen;
use crate::cli::wrap::wrapped;

/// One line: its pieces, and how far to indent its continuation if it is too long for the terminal.
#[derive(Clone, Debug, Default)]
struct PageLine {
    hang: usize,
    /// Whether to print it as one line, however long it is.
    whole: bool,
    pieces: Vec<(Tone, String)>,
}

/// Lines of text for people. A control character in added text is escaped, so that a value can't start a line of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    lines: Vec<PageLine>,
}

impl Page {
    /// A page without lines.
    #[must_use]
    pub(crate) const fn new() -> Self {
        Self { lines: Vec::new() }
    }
    /// Begins a line. If it has to be wrapped, its continuation is indented by `hang` columns.
    pub(crate) fn line(&mut self, hang: usize) -> &mut Self {
        self.lines.push(PageLine {
            hang,
            ..PageLine::default()
        });
        self
    }
    /// Keeps the last line from being wrapped, because the user asked for its text as it is.
    pub(crate) fn whole(&mut self) -> &mut Self {
        if let Some(line) = self.lines.last_mut() {
            line.whole = true;
        }
        self
    }
    /// Adds text to the last line.
    pub(crate) fn put(&mut self, tone: Tone, text: &str) -> &mut Self {
        if let Some(line) = self.lines.last_mut() {
            line.pieces.push((tone, text.to_owned()));
        }
        self
    }
    /// Adds a line of plain text.
    pub(crate) fn say(&mut self, text: &str) -> &mut Self {
        self.line(2).put(Tone::Plain, text)
    }
    /// Adds an empty line, unless the page is empty or already ends in one.
    pub(crate) fn gap(&mut self) -> &mut Self {
        if self
            .lines
            .last()
            .is_some_and(|line| !line.pieces.is_empty())
        {
            self.line(0);
        }
        self
    }
    /// Adds an indented line, with a label in a column of its own.
    pub(crate) fn row(&mut self, label: &str, column: usize, tone: Tone, text: &str) -> &mut Self {
        let label = format!("  {label:<column$}  ");
        self.line(column + 4).put(Tone::Dim, &label).put(tone, text)
    }
    /// The text of the page, wrapped at `width` columns. Every line ends in a line break.
    #[must_use]
    pub(crate) fn print(&self, width: usize, paint: Paint) -> String {
        let mut text = String::new();
        let columns = width;
        for line in &self.lines {
            let mut painted = String::new();
            for (tone, piece) in &line.pieces {
                painted.push_str(&paint.tone(*tone, piece));
            }
            let width = if line.whole { usize::MAX } else { width };
            for wrapped in wrapped(&painted, width, line.hang.min(columns / 2)) {
                text.push_str(&wrapped);
                text.push('\n');
            }
        }
        text
    }
}

/// The first word of each line on standard error. It names the program, as in every other line of a script's log.
pub(super) const SPEAKER: &str = "jwtsess: ";

pub(super) fn talk(page: &Page, screen: &Screen) -> String {
    page.print(screen.err.width, screen.err.paint)
}
