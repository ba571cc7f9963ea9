//! How a key is dressed on its way: encodings, texts around it, character sets, compression. The fuzz target of keys reads this file, too.
#![expect(clippy::format_collect, reason = "tables of short cases")]
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use serde_json::Value;

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let head = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03key.pem\0";
    [&head[..], &compress_to_vec(bytes, 6), &[0; 8]].concat()
}

pub(crate) fn wrapped_lines(text: &str, width: usize, before: &str, behind: &str) -> String {
    let lines = text.as_bytes().chunks(width);
    lines
        .map(|line| format!("{before}{}{behind}\n", std::str::from_utf8(line).unwrap()))
        .collect()
}

/// A way to write bytes as a text, which counts as an encoding.
pub(crate) const ENCODINGS: usize = 12;
pub(crate) fn encoded(bytes: &[u8], how: usize) -> String {
    let hex: String = bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect();
    let pairs = || {
        hex.as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).unwrap())
    };
    let joined = |separator: &str| pairs().collect::<Vec<_>>().join(separator);
    match how % ENCODINGS {
        0 => STANDARD.encode(bytes),
        1 => URL_SAFE_NO_PAD.encode(bytes),
        2 => hex,
        3 => wrapped_lines(&STANDARD.encode(bytes), 64, "", ""),
        4 => wrapped_lines(&STANDARD.encode(bytes), 76, "    ", "\r"),
        5 => hex.to_uppercase(),
        6 => joined(":"),
        7 => format!("0x{hex}"),
        8 => format!("\\x{}", joined("\\x")),
        9 => format!("{{ 0x{} }};", joined(", 0x")),
        10 => joined(" "),
        _ => STANDARD.encode(bytes).trim_end_matches('=').to_owned(),
    }
}

/// A text in another text.
pub(crate) const WRAPPERS: usize = 36;
pub(crate) fn within(text: &str, how: usize) -> String {
    let json = Value::String(text.to_owned()).to_string();
    let one_line = text.trim_end().replace('\n', "\\n");
    match how % WRAPPERS {
        0 => format!("\"{text}\""),
        1 => format!("'{}'", text.trim_end()),
        2 => format!("publicKey: {text}"),
        3 => format!("public.key={text}\n"),
        4 => format!("{{\"realm\":\"demo\",\"public_key\":{json},\"token-service\":\"x\"}}"),
        5 => format!(
            "key: |\n{}",
            text.lines()
                .map(|line| format!("  {line}\n"))
                .collect::<String>()
        ),
        6 => format!("```\n{text}\n```\n"),
        7 => format!("# Keys\n\nThe key is `{text}`, use it.\n"),
        8 => format!("<key><value>{text}</value></key>"),
        9 => text.replace('\n', "\\n"),
        10 => text.replace('\n', "\\\\n"),
        11 => text.replace('\n', " "),
        12 => text.replace('\n', ""),
        13 => text.lines().map(|line| format!("> {line}\n")).collect(),
        14 => text.lines().map(|line| format!("// {line}\n")).collect(),
        15 => text
            .lines()
            .map(|line| format!("  \"{line}\\n\" +\n"))
            .collect(),
        16 => format!("const key = `{text}`;"),
        17 => format!("KEY={text};"),
        18 => format!("data:application/octet-stream;base64,{text}"),
        19 => format!("key = <<EOT\n{text}\nEOT\n"),
        20 => text
            .replace('"', "&quot;")
            .replace('+', "&#43;")
            .replace('\n', "&#xa;"),
        21 => text.bytes().fold(String::new(), |all, byte| {
            if byte.is_ascii_alphanumeric() {
                all + &char::from(byte).to_string()
            } else {
                format!("{all}%{byte:02X}")
            }
        }),
        22 => json,
        23 => Value::String(json).to_string(),
        24 => format!("[\"{one_line}\", 1]"),
        25 => format!("  {text}  \n\n"),
        26 => format!("ok\t{text}"),
        27 => text.replace('\n', "\r\n"),
        28 => text.replace('\n', "\r"),
        29 => format!("<ds:X509Data><ds:X509Certificate>{text}</ds:X509Certificate></ds:X509Data>"),
        30 => text.replace("-----", "----"),
        31 => text.replace("-----", "-"),
        32 => text.replace("-----", "—").replace("\"kty\"", "kty"),
        33 => text.replace("-----", "--- ").replace('"', "'"),
        34 => text
            .replace("BEGIN", "begin")
            .replace("PUBLIC KEY", "public key")
            .replace("CERTIFICATE", "certificate")
            .replace("END", "end"),
        _ => text.replace('/', "\\/").replace('"', "\\\""),
    }
}

/// The same characters in other bytes.
pub(crate) const CHARACTER_SETS: usize = 6;
pub(crate) fn in_another_set(bytes: &[u8], how: usize) -> Vec<u8> {
    let latin_1 = || bytes.iter().copied().map(char::from).collect::<String>();
    match how % CHARACTER_SETS {
        0 => latin_1().into_bytes(),
        1 => [b"\xef\xbb\xbf", bytes].concat(),
        2 => latin_1()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect(),
        3 => {
            let units = latin_1();
            let units = std::iter::once(0xfeff).chain(units.encode_utf16());
            units.flat_map(u16::to_be_bytes).collect()
        }
        4 => {
            let cp1252 = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
            let table: Vec<char> = cp1252.chars().collect();
            let of = |byte: &u8| match byte {
                0x80..=0x9f => table[usize::from(byte - 0x80)],
                other => char::from(*other),
            };
            bytes.iter().map(of).collect::<String>().into_bytes()
        }
        _ => [b"\n", bytes, b"\n"].concat(),
    }
}

/// One thing that happened to a key on its way.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Encode(usize),
    Wrap(usize),
    CharacterSet(usize),
    Compress(bool),
}

/// Within the bounds: encoded twice, compressed once, in one other character set, wrapped three times.
pub(crate) fn apply(mut bytes: Vec<u8>, steps: &[Step]) -> Vec<u8> {
    let (mut encodings, mut sets, mut compressions, mut wrappers) = (2, 1, 1, 3);
    // A compressed stream of which a byte is changed is one no more.
    let mut is_stream = false;
    for step in steps {
        match step {
            Step::Encode(how) if encodings > 0 => {
                encodings -= 1;
                is_stream = false;
                bytes = encoded(&bytes, *how).into_bytes();
            }
            Step::Wrap(how) if wrappers > 0 => {
                // A change to the line breaks of what is no text is damage, which a stream or a key without an OID does not survive.
                let control = |byte: &u8| byte.is_ascii_control() && !b"\t\r\n".contains(byte);
                let is_text = !is_stream && !bytes.iter().any(control);
                let leaves_lines = [0, 2, 3, 6, 7, 8, 16, 17, 18, 19, 26].contains(how);
                if (is_text || leaves_lines)
                    && let Ok(text) = std::str::from_utf8(&bytes)
                {
                    wrappers -= 1;
                    bytes = within(text, *how).into_bytes();
                }
            }
            Step::CharacterSet(how) if sets > 0 => {
                sets -= 1;
                bytes = in_another_set(&bytes, *how);
            }
            Step::Compress(zlib) if compressions > 0 => {
                compressions -= 1;
                is_stream = true;
                bytes = if *zlib {
                    compress_to_vec_zlib(&bytes, 6)
                } else {
                    gzip(&bytes)
                };
            }
            _ => {}
        }
    }
    bytes
}
