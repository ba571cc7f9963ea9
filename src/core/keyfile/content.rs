//! What a key file holds, and why one can't be used.
use crate::core::key::{Key, KeyDefect, KeySet, SecretError};

/// The largest key file, in bytes: 64 KiB. That is enough for a JWKS of a hundred RSA keys, and too small for deep nesting.
pub(crate) const MAX_KEY_FILE: usize = 64 * 1024;

/// The keys read from a file, and notes about them.
#[derive(Debug)]
pub struct KeyFile {
    /// The keys, in the file's order.
    pub keys: KeySet,
    /// What the content was recognised as (`a PEM PKCS#8 private key (EC P-256)`, `a JWKS of 3 keys`, `raw secret bytes`).
    pub form: String,
    /// Notes for the user: a final newline was dropped, a member of a JWKS can't be used and why, there are several PEM blocks.
    pub notes: Vec<String>,
}

impl KeyFile {
    pub(super) fn of_one(key: Key, form: String) -> Self {
        Self {
            keys: KeySet::new(vec![key]),
            form,
            notes: Vec::new(),
        }
    }
}

/// Why a key file can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// The file holds nothing but white space.
    #[error("it is empty")]
    Empty,
    /// The file is larger than [`MAX_KEY_FILE`].
    #[error("it is larger than 64 KiB")]
    TooLarge,
    /// The content was recognised but is broken.
    #[error("{form}: {problem}")]
    Broken {
        /// What it was recognised as.
        form: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The content was recognised, but it is of a kind that can't be used here.
    #[error("{form} can't be used")]
    Unusable {
        /// What it was recognised as.
        form: String,
        /// What to do instead.
        advice: String,
    },
    /// The key is encrypted, and no passphrase was given.
    #[error("{form} needs its passphrase")]
    NeedsPassphrase {
        /// What it was recognised as.
        form: String,
    },
    /// The passphrase does not open the key, or the file is damaged: nothing tells which.
    #[error("the passphrase does not open {form}, or the file is damaged")]
    WrongPassphrase {
        /// What it was recognised as.
        form: String,
    },
    /// The raw bytes can't be a secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl KeyFileError {
    pub(super) fn broken(form: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Broken {
            form: form.into(),
            problem: problem.into(),
        }
    }
    pub(super) fn unusable(form: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Unusable {
            form: form.into(),
            advice: advice.into(),
        }
    }
    /// The error in one line, for a note about one key among several.
    pub(super) fn in_a_note(&self) -> String {
        match self {
            Self::Unusable { form, advice } => format!("{form} can't be used: {advice}"),
            other => other.to_string(),
        }
    }
}

/// Turns a problem with key material into an error about `form`.
pub(super) fn unsound(form: &str) -> impl Fn(KeyDefect) -> KeyFileError {
    move |KeyDefect(problem)| KeyFileError::broken(form, problem)
}

/// Shortens a kid for a note. Whoever prints it must escape it.
pub(super) fn shown(kid: &str) -> String {
    let mut short: String = kid.chars().take(64).collect();
    if short.len() < kid.len() {
        short.push('…');
    }
    short
}
