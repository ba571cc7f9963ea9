//! The one escaping writer: whatever reaches a stream is escaped here, and coloured where that stream wants it.
use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write as _;

use colored::Colorize as _;

/// Whether a terminal might act on a character, or a reader be misled by it: C0, DEL, C1, and what has no shape of its own
/// (Unicode's `Cf`, line and paragraph separators, fillers, variation selectors, tags).
#[must_use]
pub const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Soft hyphen, combining grapheme joiner, Arabic and Syriac format marks.
        | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        // Fillers that look like a space and are letters.
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{3164}' | '\u{ffa0}'
        | '\u{180b}'..='\u{180f}'
        // Zero width, bidi marks, separators, overrides, isolates, invisible operators.
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// What nearly all text is, told many times faster.
fn is_printable_ascii(text: &str) -> bool {
    // All of it is looked at, which is quicker than to stop: it is done many bytes at a time.
    let is_so = |all, byte: u8| all & (byte.wrapping_sub(b' ') < 0x5f);
    text.bytes().fold(true, is_so)
}

/// Text as people may be shown it: C0, DEL and C1 as `\u00XX`, other hidden characters as `\u{…}`. A line break in it never starts a line.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text) || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match u32::from(character) {
            _ if !is_hidden(character) => out.push(character),
            control @ 0..=0x9f => _ = write!(out, "\\u{control:04x}"),
            code => _ = write!(out, "\\u{{{code:x}}}"),
        }
    }
    Cow::Owned(out)
}

/// Bytes as people may be shown them: as [`shown`], and each byte that is not UTF-8 as `\u00XX`.
#[must_use]
pub fn shown_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(&shown(chunk.valid()));
        for byte in chunk.invalid() {
            _ = write!(out, "\\u{byte:04x}");
        }
    }
    out
}

/// A name or path of the system's as people may be shown it.
#[must_use]
pub fn shown_os(text: &OsStr) -> String {
    shown_bytes(text.as_encoded_bytes())
}

/// JSON text with each hidden character as `\uXXXX`, a surrogate pair where it needs one. They stand in strings alone, where that is the same text.
#[must_use]
pub fn json(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text) || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// How a piece of text reads. Without colour nothing is lost: the words carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// A heading.
    Heading,
    /// Good news.
    Good,
    /// A refusal.
    Bad,
    /// Worth a look.
    Warn,
    /// In the background.
    Dim,
}

/// What `--color` asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Where the stream is a terminal that has colours, and `NO_COLOR` does not forbid it.
    #[default]
    Auto,
    /// On every stream.
    Always,
    /// On none.
    Never,
}

/// One stream's colours, or none. Everything that it is given is escaped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Whether there are colours.
    pub on: bool,
}

impl Paint {
    /// A stream's colours. `no_color` and `term` are the values of `NO_COLOR` (any but an empty one forbids) and `TERM`.
    #[must_use]
    pub fn of(wish: Wish, terminal: bool, no_color: Option<&OsStr>, term: Option<&OsStr>) -> Self {
        let on = match wish {
            Wish::Always => true,
            Wish::Never => false,
            Wish::Auto => {
                terminal && no_color.is_none_or(OsStr::is_empty) && term != Some(OsStr::new("dumb"))
            }
        };
        if on {
            // colored asks stdout alone and once for all; here each stream has decided before it is asked, so for it the answer is always yes.
            colored::control::set_override(true);
        }
        Self { on }
    }

    /// Text in a tone, escaped.
    #[must_use]
    pub fn tone(self, tone: Tone, text: &str) -> String {
        let text = shown(text);
        if !self.on || text.is_empty() {
            return text.into_owned();
        }
        match tone {
            Tone::Plain => text.into_owned(),
            Tone::Heading => text.bold().to_string(),
            Tone::Good => text.green().to_string(),
            Tone::Bad => text.red().bold().to_string(),
            Tone::Warn => text.yellow().to_string(),
            Tone::Dim => text.dimmed().to_string(),
        }
    }
    /// A heading, escaped.
    #[must_use]
    pub fn heading(self, text: &str) -> String {
        self.tone(Tone::Heading, text)
    }
    /// Good news, escaped.
    #[must_use]
    pub fn good(self, text: &str) -> String {
        self.tone(Tone::Good, text)
    }
    /// A refusal, escaped.
    #[must_use]
    pub fn bad(self, text: &str) -> String {
        self.tone(Tone::Bad, text)
    }
    /// Worth a look, escaped.
    #[must_use]
    pub fn warn(self, text: &str) -> String {
        self.tone(Tone::Warn, text)
    }
    /// In the background, escaped.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        self.tone(Tone::Dim, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_might_act_on_is_shown_not_sent() {
        let table = [
            ("plain é 語 😀", "plain é 語 😀"),
            ("\u{1b}[31m", "\\u001b[31m"),
            ("a\nb\tc\r", "a\\u000ab\\u0009c\\u000d"),
            ("\u{7f}\u{9b}", "\\u007f\\u009b"),
            ("\u{202e}x\u{2066}", "\\u{202e}x\\u{2066}"),
            ("\u{200b}\u{feff}\u{2028}", "\\u{200b}\\u{feff}\\u{2028}"),
            ("\u{e0041}\u{fe0f}\u{ad}", "\\u{e0041}\\u{fe0f}\\u{ad}"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected);
        }
        assert_eq!(shown_bytes(b"a\xff\x1b\xc3\xa9"), "a\\u00ff\\u001bé");
    }

    #[test]
    fn in_json_the_escape_is_the_same_text() {
        for text in ["\u{7f}\u{9b}\u{202e}", "\u{e0041}", "\u{feff}a\u{2029}"] {
            let quoted = serde_json::to_string(text).unwrap_or_default();
            let escaped = json(&quoted);
            assert!(escaped.is_ascii(), "{escaped}");
            assert_eq!(
                serde_json::from_str::<String>(&escaped).ok().as_deref(),
                Some(text)
            );
        }
    }

    #[test]
    fn each_stream_decides_on_its_colours() {
        let (set, empty, dumb) = (OsStr::new("1"), OsStr::new(""), OsStr::new("dumb"));
        let table = [
            (Wish::Auto, true, None, None, true),
            (Wish::Auto, false, None, None, false),
            (Wish::Auto, true, Some(set), None, false),
            (Wish::Auto, true, Some(empty), None, true),
            (Wish::Auto, true, None, Some(dumb), false),
            (Wish::Always, false, Some(set), Some(dumb), true),
            (Wish::Never, true, None, None, false),
        ];
        for (wish, terminal, no_color, term, expected) in table {
            assert_eq!(
                Paint::of(wish, terminal, no_color, term).on,
                expected,
                "{wish:?} {terminal} {no_color:?} {term:?}"
            );
        }
    }

    #[test]
    fn a_colour_surrounds_text_that_is_escaped() {
        let on = Paint::of(Wish::Always, false, None, None);
        assert_eq!(on.bad("no\u{1b}"), "\u{1b}[1;31mno\\u001b\u{1b}[0m");
        assert_eq!(on.tone(Tone::Plain, "a\n"), "a\\u000a");
        assert_eq!(Paint::default().bad("no\u{1b}"), "no\\u001b");
    }
}
