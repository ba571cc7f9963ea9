//! `json.loads`. It accepts more than RFC 8259 (NaN, Infinity, UTF-16 and UTF-32, lone surrogates), and refuses more only at Python's limits for digits and
//! nesting.
use std::collections::HashMap;

use super::encoding::decoded;
use super::int::MAX_DIGITS;
use super::int::PyInt;
use super::text::PyText;
use super::value::{PyDict, PyValue};

/// The nesting depth at which Python's recursion limit of 1000 ends the reading, with a server's own frames already on the stack. We measured 966 to 971 under
/// Django's development server, depending on view and stack. Other servers' frames move it a little.
const MAX_DEPTH: usize = 967;

/// Why Python does not read it as JSON: the class of the exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum NotJson {
    /// `ValueError`: wrong syntax, wrong text encoding, or an integer with too many digits.
    Value,
    /// `RecursionError`.
    Recursion,
}

/// `json.loads(bytes)`: guesses the encoding and skips a byte order mark.
pub(in super::super) fn loads(bytes: &[u8]) -> Result<PyValue, NotJson> {
    document(&decoded(bytes).ok_or(NotJson::Value)?)
}

/// `json.loads(bytes.decode('utf-8'))`: requires UTF-8 and refuses a byte order mark.
pub(in super::super) fn loads_text(bytes: &[u8]) -> Result<PyValue, NotJson> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotJson::Value)?;
    document(&text.chars().map(u32::from).collect::<Vec<_>>())
}

fn document(points: &[u32]) -> Result<PyValue, NotJson> {
    let mut reader = PyReader { points, at: 0 };
    reader.skip_space();
    let value = reader.value()?;
    reader.skip_space();
    if reader.at < points.len() {
        return Err(NotJson::Value);
    }
    Ok(value)
}

struct PyReader<'a> {
    points: &'a [u32],
    at: usize,
}

/// A list or an object that is still open.
enum OpenContainer {
    List(Vec<PyValue>),
    Dict {
        entries: Vec<(PyText, PyValue)>,
        /// The index of each name among the entries.
        places: HashMap<PyText, usize>,
        /// The name of the value that comes next.
        name: PyText,
    },
}

impl OpenContainer {
    fn add(&mut self, value: PyValue) {
        match self {
            Self::List(values) => values.push(value),
            Self::Dict {
                entries,
                places,
                name,
            } => {
                if let Some(place) = places.get(name) {
                    entries[*place].1 = value;
                } else {
                    places.insert(name.clone(), entries.len());
                    entries.push((std::mem::take(name), value));
                }
            }
        }
    }
    fn closed(self) -> PyValue {
        match self {
            Self::List(values) => PyValue::List(values),
            Self::Dict { entries, .. } => PyValue::Dict(PyDict::new(entries)),
        }
    }
    const fn end(&self) -> u8 {
        match self {
            Self::List(_) => b']',
            Self::Dict { .. } => b'}',
        }
    }
}

impl PyReader<'_> {
    /// The next character if it is ASCII. Outside strings, JSON uses no other characters.
    fn peek(&self) -> Option<u8> {
        let point = self.points.get(self.at)?;
        u8::try_from(*point).ok().filter(u8::is_ascii)
    }
    fn next(&mut self) -> Option<u8> {
        let next = self.peek();
        self.at += 1;
        next
    }
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }
    fn word(&mut self, word: &str) -> bool {
        let rest = &self.points[self.at..];
        let here =
            rest.len() >= word.len() && word.bytes().zip(rest).all(|(a, b)| u32::from(a) == *b);
        if here {
            self.at += word.len();
        }
        here
    }
    /// Reads a value with everything in it. It does not recurse, so depth costs no stack.
    fn value(&mut self) -> Result<PyValue, NotJson> {
        let mut open: Vec<OpenContainer> = Vec::new();
        loop {
            let opened = match self.peek() {
                Some(b'[') => Some(OpenContainer::List(Vec::new())),
                Some(b'{') => Some(OpenContainer::Dict {
                    entries: Vec::new(),
                    places: HashMap::new(),
                    name: PyText::default(),
                }),
                _ => None,
            };
            let mut value = if let Some(mut opened) = opened {
                if open.len() >= MAX_DEPTH {
                    return Err(NotJson::Recursion);
                }
                self.at += 1;
                self.skip_space();
                if self.peek() != Some(opened.end()) {
                    self.name(&mut opened)?;
                    open.push(opened);
                    continue;
                }
                self.at += 1;
                opened.closed()
            } else {
                self.scalar()?
            };
            // A value that is the last in its list or object closes that too.
            loop {
                let Some(mut around) = open.pop() else {
                    return Ok(value);
                };
                around.add(value);
                self.skip_space();
                match self.next() {
                    Some(b',') => {
                        self.skip_space();
                        self.name(&mut around)?;
                        open.push(around);
                        break;
                    }
                    Some(end) if end == around.end() => value = around.closed(),
                    _ => return Err(NotJson::Value),
                }
            }
        }
    }
    /// In an object, reads the name before a value.
    fn name(&mut self, open: &mut OpenContainer) -> Result<(), NotJson> {
        if let OpenContainer::Dict { name, .. } = open {
            if self.peek() != Some(b'"') {
                return Err(NotJson::Value);
            }
            *name = self.string()?;
            self.skip_space();
            if self.next() != Some(b':') {
                return Err(NotJson::Value);
            }
            self.skip_space();
        }
        Ok(())
    }
    fn scalar(&mut self) -> Result<PyValue, NotJson> {
        match self.peek() {
            Some(b'"') => self.string().map(PyValue::Str),
            Some(b'-' | b'0'..=b'9') if !self.points[self.at..].starts_with(&[0x2d, 0x49]) => {
                self.number()
            }
            _ => {
                let words = [
                    ("null", PyValue::None),
                    ("true", PyValue::Bool(true)),
                    ("false", PyValue::Bool(false)),
                    ("NaN", PyValue::Float(f64::NAN)),
                    ("Infinity", PyValue::Float(f64::INFINITY)),
                    ("-Infinity", PyValue::Float(f64::NEG_INFINITY)),
                ];
                let found = words.into_iter().find(|(word, _)| self.word(word));
                found.map(|(_, value)| value).ok_or(NotJson::Value)
            }
        }
    }
    fn string(&mut self) -> Result<PyText, NotJson> {
        self.at += 1;
        let mut points = Vec::new();
        loop {
            let point = *self.points.get(self.at).ok_or(NotJson::Value)?;
            self.at += 1;
            match point {
                0x22 => return Ok(PyText::from_points(points)),
                0x5c => points.push(self.escaped()?),
                0..=0x1f => return Err(NotJson::Value),
                _ => points.push(point),
            }
        }
    }
    fn escaped(&mut self) -> Result<u32, NotJson> {
        Ok(match self.next().ok_or(NotJson::Value)? {
            same @ (b'"' | b'\\' | b'/') => u32::from(same),
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => 0x0a,
            b'r' => 0x0d,
            b't' => 0x09,
            b'u' => {
                let first = self.hex()?;
                let after = self.at;
                if (0xd800..0xdc00).contains(&first) && self.word("\\u") {
                    let second = self.hex()?;
                    if (0xdc00..0xe000).contains(&second) {
                        return Ok(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
                    }
                    self.at = after;
                }
                first
            }
            _ => return Err(NotJson::Value),
        })
    }
    fn hex(&mut self) -> Result<u32, NotJson> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self.next().and_then(|byte| char::from(byte).to_digit(16));
            value = value << 4 | digit.ok_or(NotJson::Value)?;
        }
        Ok(value)
    }
    fn digits(&mut self, text: &mut String) -> usize {
        let before = text.len();
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            text.push(char::from(digit));
            self.at += 1;
        }
        text.len() - before
    }
    fn number(&mut self) -> Result<PyValue, NotJson> {
        let mut text = String::new();
        if self.peek() == Some(b'-') {
            text.push('-');
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            text.push('0');
            self.at += 1;
        } else {
            let digits = self.digits(&mut text);
            if digits == 0 || digits > MAX_DIGITS && !self.goes_on_as_float() {
                return Err(NotJson::Value);
            }
        }
        // A point or an exponent without digits is not part of the number; the next read reports it.
        let whole = text.len();
        let before = self.at;
        if self.peek() == Some(b'.') {
            text.push('.');
            self.at += 1;
            if self.digits(&mut text) == 0 {
                text.truncate(whole);
                self.at = before;
            }
        }
        let (length, before) = (text.len(), self.at);
        if let Some(b'e' | b'E') = self.peek() {
            text.push('e');
            self.at += 1;
            if let Some(sign @ (b'+' | b'-')) = self.peek() {
                text.push(char::from(sign));
                self.at += 1;
            }
            if self.digits(&mut text) == 0 {
                text.truncate(length);
                self.at = before;
            }
        }
        if text.len() == whole {
            return Ok(PyValue::Int(PyInt::from_digits(&text)));
        }
        text.parse().map(PyValue::Float).map_err(|_| NotJson::Value)
    }
    fn goes_on_as_float(&self) -> bool {
        matches!(self.peek(), Some(b'.' | b'e' | b'E'))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::django::oracle::python::ascii;

    #[test]
    fn what_python_reads_and_how_it_writes_it_again() {
        for (text, expected) in [
            (
                r#" {"a":1,"b":[true,false,null]} "#,
                r#"{"a":1,"b":[true,false,null]}"#,
            ),
            (r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
            (
                "[NaN,Infinity,-Infinity,1e400]",
                "[NaN,Infinity,-Infinity,Infinity]",
            ),
            (
                "[1.0,1e3,1E16,0.0001,1e-5,-0,-0.0,0.1]",
                "[1.0,1000.0,1e+16,0.0001,1e-05,0,-0.0,0.1]",
            ),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
            (
                r#""Zo\u00eb \ud83d\ude00 \ud800 \/ \u007f""#,
                r#""Zo\u00eb \ud83d\ude00 \ud800 / \u007f""#,
            ),
            ("\"Zoë 😀\"", r#""Zo\u00eb \ud83d\ude00""#),
        ] {
            assert_eq!(ascii(&loads(text.as_bytes()).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn what_python_does_not_read() {
        for text in [
            "",
            " ",
            "{",
            "[1,]",
            r#"{"a":1,}"#,
            "{a:1}",
            "01",
            "1.",
            "1e",
            "-",
            "+1",
            ".5",
            "-NaN",
            "nan",
            "tru",
            "1 2",
            "'a'",
            "\"a\nb\"",
            r#""\x""#,
            r#""\u12g4""#,
            r#""\ud800\u""#,
            "\u{a0}1",
            "[1 2]",
            "\"",
        ] {
            assert_eq!(loads(text.as_bytes()), Err(NotJson::Value), "{text}");
        }
        assert_eq!(loads(b"\"\xff\""), Err(NotJson::Value));
        assert!(loads("9".repeat(4300).as_bytes()).is_ok());
        assert_eq!(loads("9".repeat(4301).as_bytes()), Err(NotJson::Value));
        assert!(loads(format!("{}.0", "9".repeat(4301)).as_bytes()).is_ok());
    }

    #[test]
    fn depth_ends_the_reading_and_no_stack_is_lost() {
        let nested = |levels: usize| [b"[".repeat(levels), b"]".repeat(levels)].concat();
        assert!(loads(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(loads(&nested(MAX_DEPTH + 1)), Err(NotJson::Recursion));
        assert_eq!(loads(&b"[".repeat(1_000_000)), Err(NotJson::Recursion));
    }
}
