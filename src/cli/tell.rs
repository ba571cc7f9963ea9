//! Prints how a call ends if not with an outcome: an error, or help text.
use super::context::{Context, SPEAKER};
use super::error::{Failure, Problem};
use super::exit::Exit;
use super::paint;

impl Context<'_, '_> {
    /// Prints an answer as the last act of a call.
    pub(super) fn answer_or_exit(&mut self, bytes: &[u8]) -> Exit {
        match self.answer(bytes) {
            Ok(()) | Err(Problem::BrokenPipe) => Exit::Done,
            Err(problem) => self.fail(&Failure::from(problem)),
        }
    }

    /// Prints on standard error why one line of many gave nothing.
    pub(crate) fn fail_line(&mut self, number: u64, failure: &Failure) {
        let line = format!(
            "{SPEAKER}{} line {number}: {}",
            self.err.bad("error:"),
            paint::shown(&failure.message)
        );
        self.print_talk(&[line]);
    }

    /// Prints an error on standard error, and with `--json` as an object on standard output. Returns its exit status.
    pub(crate) fn fail(&mut self, failure: &Failure) -> Exit {
        let message = if failure.lines {
            let lines: Vec<_> = failure.message.split('\n').map(paint::shown).collect();
            lines.join("\n")
        } else {
            paint::shown(&failure.message).into_owned()
        };
        let mut lines = vec![format!("{SPEAKER}{} {message}", self.err.bad("error:"))];
        if let Some(hint) = &failure.hint {
            lines.push(format!(
                "{SPEAKER}{} {}",
                self.err.heading("hint:"),
                paint::shown(hint)
            ));
        }
        if failure.exit != Exit::Interrupted {
            for line in &lines {
                self.print_sentence(line);
            }
        }
        if self.globals.json {
            let object = super::render::json::error(
                &self.command,
                self.now,
                failure.code,
                &failure.message,
                failure.hint.as_deref(),
                failure.exchange.as_deref(),
            );
            _ = self.answer(object.as_bytes());
        }
        failure.exit
    }
}
