//! `request` hands the answer's body on while it comes: one that is larger than any buffer, one that is cut, and one that nobody reads on.
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::http::stage;
use crate::process::{PROGRAM, TempDir};

const MEBIBYTE: usize = 1 << 20;
/// The body: larger than what is held of any answer.
const LARGE: usize = 48;

/// A mebibyte that differs from every other, and has every byte in it.
fn part(number: usize) -> Vec<u8> {
    let byte = |at: usize| u8::try_from((at * 31 + at / 251 + number) % 256).unwrap();
    (0..MEBIBYTE).map(byte).collect()
}

/// Writes a head that promises so many mebibytes, and then as many as it has leave to.
fn write(stream: &mut TcpStream, promised: usize, leave: impl Iterator<Item = ()>) {
    let length = promised * MEBIBYTE;
    let head = format!("HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Length: {length}\r\n\r\n");
    _ = stream.write_all(head.as_bytes());
    for (number, ()) in leave.enumerate().take(promised) {
        if stream.write_all(&part(number)).is_err() {
            return;
        }
    }
}

/// A server that writes one part of a large body each time it is told to.
fn told() -> (SocketAddr, Sender<()>) {
    let (sender, leave): (_, Receiver<()>) = channel();
    let leave = Mutex::new(leave);
    let address = stage(move |_, _, stream| write(stream, LARGE, leave.lock().unwrap().iter()));
    (address, sender)
}

fn request(address: SocketAddr, more: &[&str]) -> Child {
    let home = TempDir::new();
    Command::new(PROGRAM)
        .args(["request", "GET", &format!("http://{address}/file")])
        .args(["--no-auth", "--timeout", "2m"])
        .args(more)
        .env_clear()
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The most memory that a process had at any time, in KiB.
#[cfg(target_os = "linux")]
fn peak(child: &Child) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap()
}

#[test]
fn a_large_body_is_printed_while_it_comes_and_not_held() {
    let (address, tell) = told();
    let mut child = request(address, &["-i"]);
    let mut stdout = child.stdout.take().unwrap();
    let head = format!(
        "HTTP/1.1 200\r\nx-one: 1\r\ncontent-length: {}\r\n\r\n",
        LARGE * MEBIBYTE
    );
    let mut found = vec![0; head.len()];
    stdout.read_exact(&mut found).unwrap();
    assert_eq!(String::from_utf8(found).unwrap(), head);
    for number in 0..LARGE {
        // The server goes on when this part was read, so it came through on its own.
        tell.send(()).unwrap();
        let mut found = vec![0; MEBIBYTE];
        stdout.read_exact(&mut found).unwrap();
        assert!(found == part(number), "part {number} differs");
        #[cfg(target_os = "linux")]
        if number == LARGE - 1 {
            let peak = peak(&child);
            assert!(peak < LARGE * 1024, "{peak} KiB: the body is held");
        }
    }
    drop(tell);
    let mut rest = Vec::new();
    stdout.read_to_end(&mut rest).unwrap();
    assert_eq!((child.wait().unwrap().code(), rest.len()), (Some(0), 0));
}

#[test]
fn an_answer_that_is_cut_is_printed_as_far_as_it_came_and_is_exit_8() {
    let address = stage(|_, _, stream| write(stream, LARGE, [(), ()].into_iter()));
    let output = request(address, &[]).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(8));
    assert!(output.stdout == [part(0), part(1)].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("without a whole answer"), "{said}");
}

#[test]
fn json_of_more_than_16_mebibytes_is_refused_and_of_as_many_is_not() {
    for (size, status) in [(16, 0), (17, 8)] {
        let address = stage(move |_, _, stream| write(stream, size, std::iter::repeat(())));
        let output = request(address, &["--json"]).wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{size}");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        if status == 8 {
            assert_eq!(answer["error"]["code"], "unexpected_answer");
        } else {
            let body = answer["response"]["body_base64"].as_str().unwrap();
            assert_eq!(body.len(), (size * MEBIBYTE).div_ceil(3) * 4);
        }
    }
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let address = stage(|_, _, stream| write(stream, LARGE, std::iter::repeat(())));
    let mut child = request(address, &["-q"]);
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 10]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), &*said), (Some(0), ""));
}

#[test]
fn header_fields_are_taken_up_to_64_kib() {
    for (size, status) in [(60, 0), (66, 8)] {
        let address = stage(move |_, _, stream| {
            let field = format!("X-Filler: {}\r\n", "a".repeat(1000));
            let fields = field.repeat(size);
            let head = format!("HTTP/1.1 200 OK\r\n{fields}Content-Length: 2\r\n\r\nok");
            _ = stream.write_all(head.as_bytes());
        });
        let output = request(address, &[]).wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{size}: {said}");
    }
}
