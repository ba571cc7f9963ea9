//! Batches of files: in their order, their lines numbered on, and what can't be read told.
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::cli::commands::testing::SECRET;
use crate::cli::testing::{Call, Folder};

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// The number of each line, and whether its token is valid.
fn numbers(called: &CallResult) -> String {
    let number = |line: &str| {
        let (number, told) = line.split_once(": ").unwrap();
        format!(
            "{number}{}",
            if told.starts_with("valid") { "" } else { "!" }
        )
    };
    called
        .stdout
        .lines()
        .map(number)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn lines_are_numbered_on_from_file_to_file() {
    let folder = Folder::new();
    let token = sliding();
    let plain = folder.file("tokens", format!("{token}\r\n\nx\n{token}"));
    let packed = folder.file("named.txt", gzip(&format!("{token}\nx")));
    let twice = folder.file("twice.gz", gzip(&format!("{token}\n")).repeat(2));
    let empty = folder.file("empty", "");
    let blank = folder.file("blank", "\n \r\n");
    for (files, expected) in [
        (&[plain.as_str()][..], "1 3! 4"),
        (&[&plain, &packed], "1 3! 4 5 6!"),
        (&[&packed, "-", &twice], "1 2! 3 4 5"),
        (&[&empty, &blank, &twice, &twice], "3 4 5 6"),
        (&["/dev/stdin", &empty], "1"),
        (&["--", "-", &plain], "1 2 4! 5"),
    ] {
        for verb in ["verify", "inspect"] {
            let words = [&[verb, "--batch"], files].concat();
            let called = call(&words).stdin(token.as_str()).run();
            assert_eq!(numbers(&called), expected, "{words:?} {called}");
            assert_eq!(called.exit == 9, expected.contains('!'), "{called}");
        }
    }
}

#[test]
fn what_cant_be_read_is_named_before_anything_is_judged() {
    let folder = Folder::new();
    let good = folder.file("good.txt", format!("{}\n", sliding()));
    let gone = folder.path().join("gone.log").to_str().unwrap().to_owned();
    let at = folder.path().to_str().unwrap().to_owned();
    for (files, says, exit) in [
        ([good.as_str(), &gone], "/gone.log: no such file", 1),
        (
            [&good, "access.2026.log.gz"],
            "access.2026.log.gz: no such file",
            1,
        ),
        ([&good, &at], ": it is a directory", 1),
        (
            [&good, "/dev/zero"],
            "/dev/zero: it is a device, not a file",
            1,
        ),
        (
            [&good, "hunter2hunter2"],
            "the file that was named: no such file",
            1,
        ),
        ([&good, ""], "it is empty: is the variable set?", 2),
        (
            ["", &good],
            "the file's name is empty: is the variable set?",
            2,
        ),
        (["-", "-"], "standard input can be read only once", 2),
        (
            ["/dev/fd/0", "-"],
            "standard input can be read only once",
            2,
        ),
        (
            [&sliding(), &good],
            "but was given a token as an argument",
            2,
        ),
        (
            [&good, "eyJhbGciOiJIUzI1NiJ9"],
            "but was given a token as an argument",
            2,
        ),
    ] {
        let called = batch("", &files);
        assert_eq!(
            (called.exit, called.stdout.as_str()),
            (exit, ""),
            "{called}"
        );
        assert!(called.stderr.contains(says), "{files:?} {called}");
        assert!(
            !called.stderr.contains("eyJ") && !called.stderr.contains("hunter2"),
            "{called}"
        );
    }
    let json = batch("", &["--json", &gone]);
    let object: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(object["error"]["code"], "input");
}

#[test]
fn standard_input_among_the_files_has_one_reader() {
    let folder = Folder::new();
    let good = folder.file("good.txt", format!("{}\n", sliding()));
    let key = URL_SAFE_NO_PAD.encode(SECRET);
    let key = format!(r#"{{"kty":"oct","k":"{key}"}}"#);
    let called = Call::new(&["verify", "--batch", "--key", "-", &good, "-"]).at_home();
    let called = called.stdin(key.as_str()).run();
    assert_eq!(called.exit, 2, "{called}");
    assert!(
        called.stderr.contains("standard input can't be both"),
        "{called}"
    );
    // Without it, the key may come from there.
    let called = Call::new(&["verify", "--batch", "--key", "-", &good]).at_home();
    let called = called.stdin(key).run();
    assert_eq!(numbers(&called), "1", "{called}");
}

#[test]
fn what_was_judged_before_the_damage_stays() {
    let folder = Folder::new();
    let token = sliding();
    let text = format!("{token}\n{token}\n{token}");
    let packed = gzip(&text);
    let cut = folder.file("cut.txt", &packed[..packed.len() - 9]);
    let after = folder.file("after.txt", [&packed[..], b"eyJ"].concat());
    for (file, says) in [
        (
            &cut,
            "cut.txt can't be read to its end: its gzip data is cut short",
        ),
        (
            &after,
            "after.txt can't be read to its end: its gzip data is followed by something else",
        ),
    ] {
        let called = batch(&text[..=2 * token.len() + 1], &["-", file]);
        // The line at which it breaks off is not judged.
        assert_eq!(numbers(&called), "1 2 3 4", "{called}");
        assert_eq!(called.exit, 1, "{called}");
        let says = format!("{says}; 4 lines were read before that");
        assert!(called.stderr.contains(&says), "{called}");
        let counted = batch("", &["--summary", file]);
        assert_eq!(counted.exit, 1, "{counted}");
        assert!(
            counted.stdout.starts_with("2 tokens, all accepted\n"),
            "{counted}"
        );
    }
    // What is packed twice is unpacked once.
    let twice = folder.file("twice.gz", {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&gzip(&text)).unwrap();
        packed.finish().unwrap()
    });
    let called = batch("", &[&twice]);
    assert_eq!(called.exit, 9, "{called}");
    assert!(!called.stdout.contains("valid"), "{called}");
}

#[test]
fn more_than_one_token_needs_a_batch() {
    let token = sliding();
    for verb in ["verify", "inspect"] {
        let called = call(&[verb, &token, &token]).run();
        assert_eq!(called.exit, 2, "{called}");
        assert!(
            called.stderr.contains("give one token at a time"),
            "{called}"
        );
        let apart = call(&[verb, "Authorization:", "Bearer", &token]).run();
        assert!(
            apart.stderr.contains("the shell splits arguments"),
            "{apart}"
        );
    }
    let called = call(&["issue", "alice"]).run();
    assert_eq!(called.exit, 2, "{called}");
    assert!(
        called.stderr.contains("name the user with --user"),
        "{called}"
    );
}

#[test]
fn a_field_of_json_lines_is_found_wherever_it_is() {
    let token = sliding();
    let large = "x".repeat(300_000);
    let lines = [
        format!(r#"{{"time":"now","request":{{"headers":{{"authorization":"Bearer {token}"}}}},"token":"x"}}"#),
        format!(r#"{{"pad":"{large}","authorization":"{token}"}}"#),
        format!(r#"{{"other":"{token}"}}"#),
        "no JSON".to_owned(),
        format!(r#"{{"authorization":"{token}"}}"#),
    ]
    .join("\n");
    let called = batch(&lines, &["--field", "authorization"]);
    assert_eq!(numbers(&called), "1 2 3! 4! 5", "{called}");
    assert_eq!(called.exit, 9);
}
