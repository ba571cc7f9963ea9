//! `application/x-www-form-urlencoded`, as RFC 6749 Appendix B has it.
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use zeroize::Zeroizing;

use crate::core::secret::Secret;

/// What stands for something else. A blank is `%20`, which every reader takes, not `+`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// Names and values, in order, and which of the values are secret.
#[derive(Default)]
pub(crate) struct Form {
    text: Zeroizing<String>,
    pub(super) secrets: Vec<Secret>,
}

impl Form {
    /// Adds a name and its value.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        let between = if self.text.is_empty() { "" } else { "&" };
        let (name, value) = (encoded(name), encoded(value));
        for piece in [between, &name, "=", &value] {
            self.text.push_str(piece);
        }
    }
    /// Adds a name and a value that is secret.
    pub(super) fn hide(&mut self, name: &str, value: &str) {
        self.add(name, value);
        self.secrets.push(Secret::new(value.as_bytes().to_vec()));
    }
    /// The text that a body holds.
    pub(crate) fn body(&self) -> Secret {
        Secret::new(self.text.as_bytes().to_vec())
    }
    /// The text that a query holds.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

/// A name or a value as a form writes it.
pub(super) fn encoded(text: &str) -> Zeroizing<String> {
    let mut written = Zeroizing::new(String::with_capacity(text.len() * 3));
    _ = write!(written, "{}", utf8_percent_encode(text, ENCODED));
    written
}

/// The names and values of a query; none if one of them is not UTF-8.
pub(super) fn read(query: &str) -> Option<Vec<(String, String)>> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        let text = percent_decode_str(&text).decode_utf8().ok()?;
        Some(text.into_owned())
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        })
        .collect()
}

#[cfg(test)]
mod tests;
