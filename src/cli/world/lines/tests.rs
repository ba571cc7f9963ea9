//! However the bytes come and whatever they are packed in, the lines are the same.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::cli::testing::Folder;

/// Gives so many bytes at a time.
struct Slow(Vec<u8>, usize);

impl Read for Slow {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(into.len());
        into[..count].copy_from_slice(&self.0[..count]);
        self.0.drain(..count);
        Ok(count)
    }
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text).unwrap();
    packed.finish().unwrap()
}

/// A frame of one block that is stored as it is, and the sum of its content.
fn zstd(text: &[u8]) -> Vec<u8> {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    compress_to_vec(text, CompressionLevel::Fastest)
}

fn reader(sources: Vec<LineSource>, stdin: Slow, limit: usize) -> LineReader {
    LineReader::of(&mut Input::new(false, stdin), sources, "it", limit).unwrap()
}

/// Each line that comes, and `!` for one that is too long; then the error, if there is one.
fn all_of(mut reader: LineReader) -> Vec<String> {
    let limit = reader.limit;
    let mut found = Vec::new();
    loop {
        let batch = match reader.next() {
            Ok(None) => return found,
            Ok(Some(batch)) => batch,
            Err(error) => {
                found.push(error.to_string());
                return found;
            }
        };
        assert_eq!(batch.first, found.len() as u64 + 1);
        let Some(lines) = batch.lines else {
            found.push("!".to_owned());
            continue;
        };
        let text = std::str::from_utf8(&lines).unwrap();
        let told = |line: &str| if line.len() > limit { "!" } else { line }.to_owned();
        found.extend(text.lines().map(told));
    }
}

fn lines(bytes: &[u8], limit: usize, at_a_time: usize) -> Vec<String> {
    let stdin = Slow(bytes.to_vec(), at_a_time);
    all_of(reader(vec![LineSource::Stdin], stdin, limit))
}

#[test]
fn lines_come_whole_however_the_bytes_come() {
    for (text, limit, expected) in [
        ("", 4, &[][..]),
        ("a", 4, &["a"]),
        ("a\n", 4, &["a"]),
        ("\n\n", 4, &["", ""]),
        ("a\n\nbc\r\n", 4, &["a", "", "bc"]),
        ("abcd\nefgh", 4, &["abcd", "efgh"]),
        ("abcde\nf\n", 4, &["!", "f"]),
        ("f\nabcde", 4, &["f", "!"]),
        ("(\nPn\n(µ", 4, &["(", "Pn", "(µ"]),
        (
            "abcdefghijklmnop\nq\nabcdefghijklmnop\n\nr",
            4,
            &["!", "q", "!", "", "r"],
        ),
    ] {
        for at_a_time in [1, 2, 3, 7, 100] {
            for bytes in [
                text.as_bytes().to_vec(),
                gzip(text.as_bytes()),
                zstd(text.as_bytes()),
            ] {
                let found = lines(&bytes, limit, at_a_time);
                assert_eq!(found, expected, "{text:?} by {at_a_time}");
            }
        }
    }
}

#[test]
fn a_line_longer_than_a_block_comes_whole() {
    let long = "a".repeat(3 * BLOCK + 5);
    let text = format!("b\n{long}\nc\n{long}");
    for bytes in [text.clone().into_bytes(), gzip(text.as_bytes())] {
        let found = lines(&bytes, usize::MAX, usize::MAX);
        assert_eq!(found, ["b", &long, "c", &long]);
    }
}

#[test]
fn sources_follow_one_another() {
    let folder = Folder::new();
    let file = |name: &str, content: &[u8]| {
        let path = folder.file(name, content);
        LineSource::File(path.into(), name.to_owned())
    };
    let sources = vec![
        file("empty", b""),
        file("without an end", b"a\nb"),
        file("blank", b"\n"),
        file("packed", &gzip(b"c\nd")),
        LineSource::Stdin,
        file("too long", b"abcdefgh"),
        file("zstd", &zstd(b"f\n")),
    ];
    let found = all_of(reader(sources, Slow(b"e".to_vec(), 1), 4));
    assert_eq!(found, ["a", "b", "", "c", "d", "e", "!", "f"]);
}

#[test]
fn parts_of_packed_data_are_one_text() {
    let members = [gzip(b"a\nb"), gzip(b""), gzip(b"c\nd\n")].concat();
    assert_eq!(lines(&members, 9, 3), ["a", "bc", "d"]);
    let padded = [&members[..], &[0; 700]].concat();
    assert_eq!(lines(&padded, 9, 64), ["a", "bc", "d"]);
    // What programs may skip stands before and between the frames.
    let skipped = [&[0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"xyz"].concat();
    let frames = [
        &skipped[..],
        &zstd(b"a\nb"),
        &skipped,
        &zstd(b"c\n"),
        &skipped,
    ]
    .concat();
    assert_eq!(lines(&frames, 9, 1), ["a", "bc"]);
    // It is unpacked once.
    assert_ne!(lines(&gzip(&gzip(b"a\n")), 9, 5), ["a"]);
}

/// What is said of packed data that breaks off or is damaged, after the lines that came before.
#[test]
fn damage_is_told_and_never_taken_for_the_end() {
    let line = |nth: u32| (nth * 7919).to_string() + "\n";
    let text: String = (0..2000).map(line).collect();
    for (form, whole) in [
        ("gzip", gzip(text.as_bytes())),
        ("zstd", zstd(text.as_bytes())),
    ] {
        let start = if form == "gzip" { 2 } else { 4 };
        for end in (start..start + 20).chain(whole.len() - 10..whole.len()) {
            let found = lines(&whole[..end], 99, 50);
            let (last, before) = found.split_last().unwrap();
            let says =
                format!("standard input can't be read to its end: its {form} data is cut short; ");
            assert!(last.starts_with(&says), "{end}: {last}");
            let count = before.len();
            assert!(
                count < 1 || last.contains(&format!("; {count} line")),
                "{last}"
            );
        }
        let mut damaged = whole.clone();
        // In the sum at the end.
        let at = whole.len() - 5;
        damaged[if form == "gzip" { at } else { at + 2 }] ^= 4;
        let found = lines(&damaged, 99, 999);
        let says = format!("its {form} data is damaged; 2000 lines were read before that");
        assert!(found.last().unwrap().ends_with(&says), "{:?}", found.last());
        for after in [
            "x",
            "\n",
            "more text that is not packed\n",
            "\0\0\0x",
            "\u{1f}x",
        ] {
            let found = lines(&[&whole, after.as_bytes()].concat(), 99, 999);
            let says = format!("its {form} data is followed by something else; 2000 lines");
            assert!(
                found.last().unwrap().contains(&says),
                "{after:?} {:?}",
                found.last()
            );
        }
    }
    assert_eq!(
        lines(&gzip(b"")[..12], 9, 9),
        [
            "standard input can't be read to its end: its gzip data is cut short; no line was read before that"
        ]
    );
}

#[test]
fn data_that_wants_much_memory_is_refused() {
    let frame = |window: u8| vec![0x28, 0xb5, 0x2f, 0xfd, 0, window, 1, 0, 0];
    // 8 MiB, and the same and an eighth more.
    assert_eq!(lines(&frame(13 << 3), 9, 99), [""; 0]);
    let told = lines(&frame((13 << 3) + 1), 9, 99).concat();
    assert!(
        told.contains("needs 9 MiB of memory, more than the 8"),
        "{told}"
    );
    let told = lines(&frame(31 << 3), 9, 99).concat();
    assert!(
        told.contains("standard input can't be read to its end"),
        "{told}"
    );
}

#[test]
fn standard_input_has_one_reader() {
    let mut input = Input::new(false, &b"a"[..]);
    assert!(input.take("--secret", 5).is_ok());
    assert!(LineReader::of(&mut input, vec![LineSource::Stdin], "the tokens", 5).is_err());
}
