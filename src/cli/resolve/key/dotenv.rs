//! Reads one value from a `.env` file. Nothing is expanded and nothing is run, because a secret may contain a `$` or a backquote.
//!
//! The existing crates replace `$NAME` as they read, which would change such a secret.
use zeroize::Zeroizing;

/// A value that the file sets.
pub(super) struct DotenvValue {
    /// The text, without its quotes.
    pub(super) text: Zeroizing<String>,
    /// Whether a reader that expands variables would change the value: it has a `$` outside single quotes.
    pub(super) has_reference: bool,
    /// Whether it has line breaks that were written as `\n`.
    pub(super) has_line_escapes: bool,
}

/// The value of a name. If the name is set more than once, the last counts, as it does for libraries and shells.
pub(super) fn value(file: &str, name: &str) -> Option<DotenvValue> {
    let mut found = None;
    each(file, |key, value| {
        if key == name {
            found = Some(value);
        }
    });
    found
}

/// The names that the file sets. Only names that a variable can have are given, so that no part of a value is taken for a name.
pub(super) fn names(file: &str) -> Vec<&str> {
    const MOST_BYTES: usize = 64;
    let of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut names = Vec::new();
    each(file, |key, _| {
        if key.len() <= MOST_BYTES && key.bytes().all(of_a_name) {
            names.push(key);
        }
    });
    names
}

fn each<'f>(file: &'f str, mut act: impl FnMut(&'f str, DotenvValue)) {
    let mut rest = file.strip_prefix('\u{feff}').unwrap_or(file);
    while !rest.is_empty() {
        let line = rest.lines().next().unwrap_or_default();
        let assigned = assignment(line);
        let Some((key, at)) = assigned else {
            rest = behind_line(rest, 0);
            continue;
        };
        let (value, length) = read(&rest[at..]);
        act(key, value);
        rest = behind_line(rest, at + length);
    }
}

/// The name that a line sets, and the position where its value begins. `None` if it sets none.
fn assignment(line: &str) -> Option<(&str, usize)> {
    let indented = line.trim_start();
    let bare = indented
        .strip_prefix("export ")
        .map_or(indented, str::trim_start);
    let (key, _) = bare.split_once('=')?;
    let name = key.trim_end();
    let named = !name.is_empty() && !name.starts_with('#') && !name.contains(char::is_whitespace);
    named.then(|| (name, line.len() - bare.len() + key.len() + 1))
}

/// What follows the first line break at or after `from`.
fn behind_line(text: &str, from: usize) -> &str {
    let tail = text.get(from..).unwrap_or_default();
    tail.find('\n')
        .and_then(|at| tail.get(at + 1..))
        .unwrap_or_default()
}

/// Reads a value. Also returns how many bytes of the text it takes.
fn read(text: &str) -> (DotenvValue, usize) {
    let begin = text.len() - text.trim_start_matches([' ', '\t']).len();
    let value = &text[begin..];
    match value.chars().next() {
        Some('\'') => {
            if let Some(end) = value[1..].find('\'') {
                let inner = &value[1..=end];
                return (taken(inner.to_owned(), false), begin + end + 2);
            }
        }
        Some('"') => {
            if let Some((inner, length)) = double_quoted(&value[1..]) {
                let has_reference = inner.contains('$');
                let mut read = taken(inner, has_reference);
                read.has_line_escapes = value[..=length].contains(r"\n");
                return (read, begin + 1 + length);
            }
        }
        _ => {}
    }
    let line = value.lines().next().unwrap_or_default();
    // A # after white space begins a comment; inside a word it belongs to the value.
    let end = line
        .match_indices('#')
        .map(|(at, _)| at)
        .find(|&at| at == 0 || line[..at].ends_with([' ', '\t']))
        .unwrap_or(line.len());
    let bare = line[..end].trim();
    (
        taken(bare.to_owned(), bare.contains('$')),
        begin + line.len(),
    )
}

fn taken(text: String, has_reference: bool) -> DotenvValue {
    DotenvValue {
        text: Zeroizing::new(text),
        has_reference,
        has_line_escapes: false,
    }
}

/// Reads a value in double quotes, which may span several lines. Also returns its length with the closing quote. `None` if no quote closes it.
fn double_quoted(text: &str) -> Option<(String, usize)> {
    let mut inner = String::with_capacity(text.len());
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((inner, at + 1)),
            '\\' => match characters.next()?.1 {
                'n' => inner.push('\n'),
                'r' => inner.push('\r'),
                't' => inner.push('\t'),
                escaped @ ('"' | '\\' | '$' | '`') => inner.push(escaped),
                other => inner.extend(['\\', other]),
            },
            other => inner.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_it_stands() {
        let table = [
            ("A=secret", Some("secret")),
            ("B=x\r\nA=secret\r\nC=y", Some("secret")),
            ("  export  A = secret  ", Some("secret")),
            ("A=se#cret # a comment", Some("se#cret")),
            ("A=# nothing", Some("")),
            ("A=", Some("")),
            ("A='se\"cr$et # x' # y", Some("se\"cr$et # x")),
            ("A=\"se'cr\\\"et\\n\\x\"", Some("se'cr\"et\n\\x")),
            ("A=\"two\nlines\"\nB=1", Some("two\nlines")),
            ("B=\"two\nA=lines\"\nA=1", Some("1")),
            ("A=\"open", Some("\"open")),
            ("A='open", Some("'open")),
            ("A=a=b==", Some("a=b==")),
            ("A=$(rm -rf /)", Some("$(rm -rf /)")),
            ("A=first\nA=second", Some("second")),
            ("#A=1\n# A=2", None),
            ("AA=1\nA B=2\nnothing\n\n=3", None),
            ("\u{feff}A=1", Some("1")),
            ("A=é 語", Some("é 語")),
            ("", None),
        ];
        for (file, expected) in table {
            let found = value(file, "A");
            assert_eq!(
                found.as_ref().map(|value| value.text.as_str()),
                expected,
                "{file:?}"
            );
        }
    }

    #[test]
    fn what_others_would_expand_is_marked() {
        for (file, expected) in [("A=a$b", true), ("A=\"a${b}\"", true), ("A='a$b'", false)] {
            assert_eq!(
                value(file, "A").map(|value| value.has_reference),
                Some(expected),
                "{file}"
            );
        }
    }
}
