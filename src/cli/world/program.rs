//! Runs other programs: what one is to read goes to its standard input, what it answers comes back. None is waited for without end, and none gets the secrets of the environment.
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::mpsc;
use std::time::Duration;

use super::input::read_at_most;
use crate::core::secret::Secret;

/// How long a program may take: a person may have to find a key and type its passphrase.
pub(crate) const LIMIT: Duration = Duration::from_secs(120);
/// How long to wait between two looks at a program.
const PAUSE: Duration = Duration::from_millis(10);
/// The most that a program may answer.
const MOST: usize = 4 << 20;
/// Our own variables that hold secrets, or may.
const SECRETS: [&str; 6] = [
    "JWTSESS_CLIENT_SECRET",
    "JWTSESS_KEY",
    "JWTSESS_KEY_PASSPHRASE",
    "JWTSESS_PASSWORD",
    "JWTSESS_SECRET",
    "JWTSESS_STORE",
];

/// What a program answered.
#[derive(Debug)]
pub(crate) struct ProgramResult {
    /// Whether it ended well.
    pub is_success: bool,
    /// What it wrote to its standard output.
    pub stdout: Secret,
}

/// Runs programs for a call. A clone knows what the others learn.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    limit: Duration,
    hidden: Rc<RefCell<BTreeSet<String>>>,
}

impl Programs {
    /// Programs that may take so long each.
    #[must_use]
    pub(crate) fn new(limit: Duration) -> Self {
        let hidden = SECRETS.into_iter().map(str::to_owned).collect();
        Self {
            limit,
            hidden: Rc::new(RefCell::new(hidden)),
        }
    }

    /// Keeps a variable out of the environment of every program that is started from now on.
    pub(super) fn hide(&self, variable: &str) {
        // No variable has such a name, and the system would start no program with it.
        if !variable.is_empty() && !variable.contains(['=', '\0']) {
            self.hidden.borrow_mut().insert(variable.to_owned());
        }
    }

    /// The same for the variable that a REF names, before it is read: `env:NAME`, `base64:env:NAME`.
    pub(crate) fn hide_named(&self, reference: &OsStr) {
        if let Some((_, variable)) = reference.to_string_lossy().split_once("env:") {
            self.hide(variable);
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for variable in &*self.hidden.borrow() {
            command.env_remove(variable);
        }
        command
    }

    /// Opens an address in the browser. Whether that works is nobody's to know: the address is always shown, too.
    pub(crate) fn open_address(&self, address: &str) {
        let (program, before): (_, &[&str]) = if cfg!(target_os = "macos") {
            ("open", &[])
        } else if cfg!(windows) {
            ("rundll32", &["url.dll,FileProtocolHandler"])
        } else {
            ("xdg-open", &[])
        };
        let mut command = self.command(program);
        command.args(before).arg(address);
        _ = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
    }

    /// Runs a program that is found in `PATH`, and waits for it. Its standard error is not shown: nobody knows what is in it.
    ///
    /// # Errors
    /// It can't be started, answers more than 4 MiB, or takes too long: then it was ended, and the error's kind is `TimedOut`.
    pub(crate) fn run(
        &self,
        program: &str,
        argument: &str,
        input: &Secret,
    ) -> io::Result<ProgramResult> {
        let mut child = self
            .command(program)
            .arg(argument)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let done = self.wait(&mut child, input.clone());
        if done.is_err() {
            _ = child.kill();
            _ = child.wait();
        }
        done
    }

    /// Waits for the answer, and then as long for the end. What the program started itself may hold its streams open beyond its own end: the threads that serve them are not waited for.
    fn wait(&self, child: &mut Child, input: Secret) -> io::Result<ProgramResult> {
        if let Some(mut stdin) = child.stdin.take() {
            // A program that has read enough closes it.
            std::thread::spawn(move || _ = stdin.write_all(input.expose()));
        }
        let (sender, output) = mpsc::channel();
        if let Some(mut stdout) = child.stdout.take() {
            std::thread::spawn(move || _ = sender.send(read_at_most(&mut stdout, MOST)));
        }
        let answer = output.recv_timeout(self.limit);
        let answer = answer.map_err(|_| io::ErrorKind::TimedOut)??;
        let stdout = answer.ok_or_else(|| io::Error::other("it answers more than 4 MiB"))?;
        let mut waited = Duration::ZERO;
        while waited < self.limit {
            if let Some(status) = child.try_wait()? {
                let is_success = status.success();
                return Ok(ProgramResult { is_success, stdout });
            }
            std::thread::sleep(PAUSE);
            waited += PAUSE;
        }
        Err(io::ErrorKind::TimedOut.into())
    }
}

#[cfg(all(test, unix))]
mod tests;
