//! A server of `tests/interop`: how all of them are started.
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// A file of `tests/interop`.
pub(crate) fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop");
    folder.join(name)
}

/// Starts one and waits until it listens. Returns its process, at the end of whose standard input it ends, and its port.
pub(crate) fn start<A: AsRef<OsStr>>(
    program: &Path,
    script: &str,
    args: impl IntoIterator<Item = A>,
    settings: &Value,
) -> (Child, u16) {
    let mut process = Command::new(program)
        .arg(file(script))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    // It stays open as long as the process is held.
    let stdin = process.stdin.as_mut().unwrap();
    writeln!(stdin, "{settings}").unwrap();
    let mut line = String::new();
    let stdout = process.stdout.take().unwrap();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    let port = line.trim().parse();
    let port = port.unwrap_or_else(|_| panic!("{script} did not start"));
    (process, port)
}
