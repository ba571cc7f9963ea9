//! The only place that escapes output. Everything that reaches a stream is escaped here, and coloured if that stream wants colours.
use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write as _;

use clap::ValueEnum;
use colored::Colorize as _;

pub(crate) use crate::core::echo::is_hidden;

/// Whether the text is printable ASCII. Nearly all text is, and this check is many times faster than the full one.
fn is_printable_ascii(text: &str) -> bool {
    // The check does not stop early: going through all bytes is faster, because the compiler handles many at a time.
    let is_so = |all, byte: u8| all & (byte.wrapping_sub(b' ') < 0x5f);
    text.bytes().fold(true, is_so)
}

/// Makes text safe to show: C0, DEL and C1 become `\u00XX`, other hidden characters `\u{…}`. A line break in it never starts a line.
#[must_use]
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
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

/// Makes bytes safe to show, as [`shown`] does. Each byte that is not UTF-8 becomes `\u00XX`.
#[must_use]
pub(crate) fn shown_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(&shown(chunk.valid()));
        for byte in chunk.invalid() {
            _ = write!(out, "\\u{byte:04x}");
        }
    }
    out
}

/// Makes a name or path of the system safe to show.
#[must_use]
pub(crate) fn shown_os(text: &OsStr) -> String {
    shown_bytes(text.as_encoded_bytes())
}

/// Writes each hidden character of a JSON text as `\uXXXX`, or as a surrogate pair if it needs one. Hidden characters stand only in strings, where the escape
/// means the same text.
#[must_use]
pub(crate) fn json(text: &str) -> Cow<'_, str> {
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

/// The tone of a piece of text. Nothing is lost without colour: the words carry the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Without a special tone.
    Plain,
    /// A heading: bold.
    Heading,
    /// Good news: green.
    Good,
    /// A refusal: bold red.
    Bad,
    /// Something worth a look: yellow.
    Warn,
    /// Something in the background: dimmed.
    Dim,
}

/// The user's choice of colours: `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// When the stream is a terminal
    // One that has colours, and where `NO_COLOR` does not forbid them.
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The colours of one stream, or none. It escapes every text that it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paint {
    /// Whether to write colours.
    pub on: bool,
}

impl Paint {
    /// Decides on a stream's colours. `no_color` and `term` are the values of `NO_COLOR` (any value but an empty one forbids colours) and `TERM`.
    #[must_use]
    pub(crate) fn of(
        wish: ColorChoice,
        terminal: bool,
        no_color: Option<&OsStr>,
        term: Option<&OsStr>,
    ) -> Self {
        let on = match wish {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                terminal && no_color.is_none_or(OsStr::is_empty) && term != Some(OsStr::new("dumb"))
            }
        };
        if on {
            // `colored` itself would ask stdout only, and only once. Each stream has decided before `colored` is asked, so its answer is always yes.
            colored::control::set_override(true);
        }
        Self { on }
    }

    /// Escapes a text and writes it in a tone.
    #[must_use]
    pub(crate) fn tone(self, tone: Tone, text: &str) -> String {
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
    /// Escapes a text and writes it as a heading.
    #[must_use]
    pub(crate) fn heading(self, text: &str) -> String {
        self.tone(Tone::Heading, text)
    }
    /// Escapes a text and writes it as good news.
    #[must_use]
    pub(crate) fn good(self, text: &str) -> String {
        self.tone(Tone::Good, text)
    }
    /// Escapes a text and writes it as a refusal.
    #[must_use]
    pub(crate) fn bad(self, text: &str) -> String {
        self.tone(Tone::Bad, text)
    }
    /// Escapes a text and writes it as worth a look.
    #[must_use]
    pub(crate) fn warn(self, text: &str) -> String {
        self.tone(Tone::Warn, text)
    }
    /// Escapes a text and dims it.
    #[must_use]
    pub(crate) fn dim(self, text: &str) -> String {
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
            (ColorChoice::Auto, true, None, None, true),
            (ColorChoice::Auto, false, None, None, false),
            (ColorChoice::Auto, true, Some(set), None, false),
            (ColorChoice::Auto, true, Some(empty), None, true),
            (ColorChoice::Auto, true, None, Some(dumb), false),
            (ColorChoice::Always, false, Some(set), Some(dumb), true),
            (ColorChoice::Never, true, None, None, false),
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
        let on = Paint::of(ColorChoice::Always, false, None, None);
        assert_eq!(on.bad("no\u{1b}"), "\u{1b}[1;31mno\\u001b\u{1b}[0m");
        assert_eq!(on.tone(Tone::Plain, "a\n"), "a\\u000a");
        assert_eq!(Paint::default().bad("no\u{1b}"), "no\\u001b");
    }
}
