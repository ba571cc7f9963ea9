//! Runs another program: what it is to read goes to its standard input, what it answers comes back.
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use super::input::read_at_most;
use crate::core::secret::Secret;

/// What a program answered.
#[derive(Debug)]
pub(crate) struct ProgramResult {
    /// Whether it ended well.
    pub is_success: bool,
    /// What it wrote to its standard output.
    pub stdout: Secret,
}

/// Opens an address in the browser. Whether that works is nobody's to know: the address is always shown, too.
pub(crate) fn open_address(address: &str) {
    let (program, before): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address);
    _ = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

/// The most that a program may answer.
const MOST: usize = 4 << 20;

/// Runs a program that is found in `PATH`, and waits for it. Its standard error is not shown: nobody knows what is in it.
///
/// # Errors
/// It can't be started, or it answers more than 4 MiB.
pub(crate) fn run_program(
    program: &str,
    argument: &str,
    input: &Secret,
) -> io::Result<ProgramResult> {
    let mut child = Command::new(program)
        .arg(argument)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that has read enough closes it.
        _ = stdin.write_all(input.expose());
    }
    let answer = match child.stdout.take() {
        Some(mut stdout) => read_at_most(&mut stdout, MOST),
        None => Ok(None),
    };
    let is_success = child.wait()?.success();
    let stdout = answer?.ok_or_else(|| io::Error::other("it answers more than 4 MiB"))?;
    Ok(ProgramResult { is_success, stdout })
}
