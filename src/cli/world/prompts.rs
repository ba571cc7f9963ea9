//! The questions asked at a terminal.
use std::io;

use dialoguer::theme::SimpleTheme;

use crate::core::secret::Secret;

/// Asks the person at the terminal. Called only where [`super::World::can_ask`].
pub trait Prompts {
    /// One line of text.
    ///
    /// # Errors
    /// The terminal went away, or the person did (Ctrl-C).
    fn line(&mut self, question: &str) -> io::Result<String>;
    /// A text that is pasted, of any number of lines and at most about so many bytes.
    ///
    /// # Errors
    /// As [`Prompts::line`].
    fn paste(&mut self, question: &str, limit: usize) -> io::Result<String>;
    /// One line that is not shown while it is typed.
    ///
    /// # Errors
    /// As [`Prompts::line`].
    fn hidden(&mut self, question: &str) -> io::Result<Secret>;
    /// Yes or no; no where nothing is typed.
    ///
    /// # Errors
    /// As [`Prompts::line`].
    fn confirm(&mut self, question: &str) -> io::Result<bool>;
    /// One of several, by its place.
    ///
    /// # Errors
    /// As [`Prompts::line`].
    fn choose(&mut self, question: &str, options: &[String]) -> io::Result<usize>;
}

/// Questions by dialoguer, on standard error. What is asked has to be escaped before.
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
        let confirm = dialoguer::Confirm::with_theme(&SimpleTheme)
            .with_prompt(question)
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
