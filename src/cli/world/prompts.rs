//! Asks questions at a terminal.
use std::io;

use dialoguer::theme::SimpleTheme;

use crate::cli::wrap::wrapped;
use crate::core::secret::Secret;

/// Asks the person at the terminal. Callers check [`super::World::can_ask`] first.
pub(crate) trait Prompts {
    /// Asks for one line of text.
    ///
    /// # Errors
    /// The terminal was closed, or the person pressed Ctrl-C.
    fn line(&mut self, question: &str) -> io::Result<String>;
    /// Asks for a text to be pasted, of any number of lines and at most about `limit` bytes.
    ///
    /// # Errors
    /// See [`Prompts::line`].
    fn paste(&mut self, question: &str, limit: usize) -> io::Result<String>;
    /// Asks for one line, and does not show it while it is typed.
    ///
    /// # Errors
    /// See [`Prompts::line`].
    fn hidden(&mut self, question: &str) -> io::Result<Secret>;
    /// Asks for yes or no. Enter alone means no.
    ///
    /// # Errors
    /// See [`Prompts::line`].
    fn confirm(&mut self, question: &str) -> io::Result<bool>;
    /// Asks for one of several options. Returns its index.
    ///
    /// # Errors
    /// See [`Prompts::line`].
    fn choose(&mut self, question: &str, options: &[String]) -> io::Result<usize>;
}

/// Asks with dialoguer, on standard error. The caller has to escape what is asked.
pub(super) struct Terminal;

fn unwrapped<T>(answer: dialoguer::Result<T>) -> io::Result<T> {
    answer.map_err(|dialoguer::Error::IO(error)| error)
}

impl Prompts for Terminal {
    fn line(&mut self, question: &str) -> io::Result<String> {
        let input = dialoguer::Input::<String>::with_theme(&SimpleTheme)
            .with_prompt(question)
            .report(false)
            .allow_empty(true);
        unwrapped(input.interact_text())
    }
    #[cfg(unix)]
    fn paste(&mut self, question: &str, limit: usize) -> io::Result<String> {
        super::paste_prompt::read(question, limit)
    }
    #[cfg(not(unix))]
    fn paste(&mut self, question: &str, _: usize) -> io::Result<String> {
        self.line(question)
    }
    fn hidden(&mut self, question: &str) -> io::Result<Secret> {
        let password = dialoguer::Password::with_theme(&SimpleTheme)
            .with_prompt(question)
            .report(false)
            .allow_empty_password(true);
        unwrapped(password.interact()).map(|text| Secret::new(text.into_bytes()))
    }
    fn confirm(&mut self, question: &str) -> io::Result<bool> {
        // dialoguer prints what it asks again with the answer, and takes back one line only: a longer question would be there twice.
        let terminal = dialoguer::console::Term::stderr();
        let columns = usize::from(terminal.size().1);
        for line in wrapped(question, columns, 2) {
            terminal.write_line(&line)?;
        }
        let confirm = dialoguer::Confirm::with_theme(&SimpleTheme)
            .with_prompt("your answer")
            .default(false);
        unwrapped(confirm.interact())
    }
    fn choose(&mut self, question: &str, options: &[String]) -> io::Result<usize> {
        let select = dialoguer::Select::with_theme(&SimpleTheme)
            .with_prompt(question)
            .items(options)
            .default(0)
            .report(false);
        unwrapped(select.interact())
    }
}
