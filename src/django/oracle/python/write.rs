//! Writes JSON as tokens need it (`json.dumps` without blanks) and as answers need it (Django REST framework's renderer).
use std::fmt::Write as _;

use super::text::PyText;
use super::value::{PyDict, PyValue};

impl PyValue {
    /// `str(self)`.
    pub(in crate::django::oracle) fn to_text(&self) -> PyText {
        match self {
            Self::Str(value) => value.clone(),
            other => PyText::from(repr(other).as_str()),
        }
    }
}

/// `json.dumps(value, separators=(",", ":"))`: ASCII, with every other character escaped.
pub(in super::super) fn ascii(value: &PyValue) -> String {
    let mut text = String::new();
    write(value, true, &mut text);
    text
}

/// Writes a value as the framework's renderer does, in UTF-8. What the renderer can't write (NaN, a lone surrogate) becomes `null` or an escape.
pub(in super::super) fn rendered(value: &PyValue) -> String {
    let mut text = String::new();
    write(value, false, &mut text);
    text
}

/// Writes an object as [`rendered`] does.
pub(in super::super) fn rendered_dict(values: &PyDict) -> String {
    let mut text = String::new();
    dict(values, false, &mut text);
    text
}

/// Writes a text as a JSON string in ASCII.
pub(in super::super) fn quoted(text: &str) -> String {
    ascii(&PyValue::str(text))
}

fn write(value: &PyValue, ascii: bool, out: &mut String) {
    match value {
        PyValue::None => out.push_str("null"),
        PyValue::Bool(true) => out.push_str("true"),
        PyValue::Bool(false) => out.push_str("false"),
        PyValue::Int(value) => out.push_str(value.digits()),
        PyValue::Float(value) if value.is_finite() => out.push_str(&float_repr(*value)),
        PyValue::Float(_) if !ascii => out.push_str("null"),
        PyValue::Float(value) if value.is_nan() => out.push_str("NaN"),
        PyValue::Float(value) if *value > 0.0 => out.push_str("Infinity"),
        PyValue::Float(_) => out.push_str("-Infinity"),
        PyValue::Str(value) => string(value, ascii, out),
        PyValue::List(values) => {
            out.push('[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(value, ascii, out);
            }
            out.push(']');
        }
        PyValue::Dict(values) => dict(values, ascii, out),
    }
}

fn dict(values: &PyDict, ascii: bool, out: &mut String) {
    out.push('{');
    for (place, (name, value)) in values.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        string(name, ascii, out);
        out.push(':');
        write(value, ascii, out);
    }
    out.push('}');
}

fn string(text: &PyText, ascii: bool, out: &mut String) {
    out.push('"');
    for point in text.points() {
        match (point, char::from_u32(point)) {
            (0x22, _) => out.push_str("\\\""),
            (0x5c, _) => out.push_str("\\\\"),
            (0x0a, _) => out.push_str("\\n"),
            (0x0d, _) => out.push_str("\\r"),
            (0x09, _) => out.push_str("\\t"),
            (0x0c, _) => out.push_str("\\f"),
            (0x08, _) => out.push_str("\\b"),
            (0x20..=0x7e, Some(character)) => out.push(character),
            // The renderer escapes the two line separators that JavaScript treats as line ends and JSON does not.
            (0x7f.., Some(character)) if !ascii && !matches!(point, 0x2028 | 0x2029) => {
                out.push(character);
            }
            (0x1_0000.., Some(character)) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    escape(u32::from(*unit), out);
                }
            }
            _ => escape(point, out),
        }
    }
    out.push('"');
}

fn escape(unit: u32, out: &mut String) {
    // Writing to a `String` does not fail.
    let _ = write!(out, "\\u{unit:04x}");
}

/// `repr(value)`. In texts it escapes only ASCII controls and lone surrogates, not the other unprintable characters.
pub(super) fn repr(value: &PyValue) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match value {
        PyValue::None => "None".to_owned(),
        PyValue::Bool(true) => "True".to_owned(),
        PyValue::Bool(false) => "False".to_owned(),
        PyValue::Int(value) => value.digits().to_owned(),
        PyValue::Float(value) => float_repr(*value),
        PyValue::Str(value) => text_repr(value),
        PyValue::List(values) => format!("[{}]", joined(values.iter().map(repr).collect())),
        PyValue::Dict(values) => {
            let pair =
                |(name, value): &(PyText, PyValue)| format!("{}: {}", text_repr(name), repr(value));
            format!("{{{}}}", joined(values.iter().map(pair).collect()))
        }
    }
}

fn text_repr(text: &PyText) -> String {
    let has = |quote| text.points().any(|point| point == u32::from(quote));
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for point in text.points() {
        match char::from_u32(point) {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(character) if character == quote || character == '\\' => {
                out.extend(['\\', character]);
            }
            Some(character) if character.is_ascii_control() => {
                let _ = write!(out, "\\x{point:02x}");
            }
            Some(character) => out.push(character),
            None => escape(point, &mut out),
        }
    }
    out.push(quote);
    out
}

/// `repr(float)`: the shortest digits that read back as the same number, with an exponent below 1e-4 and from 1e16 on.
pub(super) fn float_repr(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return if plain.contains('.') {
            plain
        } else {
            plain + ".0"
        };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_python_writes_them() {
        for (value, expected) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (1_700_000_000.5, "1700000000.5"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e16, "1.5e+16"),
            (1e22, "1e+22"),
            (1e100, "1e+100"),
            (0.0001, "0.0001"),
            (0.000_012_5, "1.25e-05"),
            (5e-324, "5e-324"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            assert_eq!(float_repr(value), expected);
        }
    }

    #[test]
    fn values_are_shown_as_python_shows_them() {
        let value =
            super::super::loads(br#"["a'b","\"'","\n\u0001",{"k":[null,true,1.0]},"\ud800"]"#);
        assert_eq!(
            value.as_ref().map(repr).as_deref(),
            Ok(r#"["a'b", '"\'', '\n\x01', {'k': [None, True, 1.0]}, '\ud800']"#)
        );
    }

    #[test]
    fn tokens_are_ascii_and_answers_are_not() {
        let text = PyValue::str("é\u{7f}\u{2028}😀\"\\\n\u{1}");
        assert_eq!(
            ascii(&text),
            r#""\u00e9\u007f\u2028\ud83d\ude00\"\\\n\u0001""#
        );
        assert_eq!(rendered(&text), "\"é\u{7f}\\u2028😀\\\"\\\\\\n\\u0001\"");
    }
}
