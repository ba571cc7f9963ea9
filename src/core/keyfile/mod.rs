//! Reads keys from bytes. The content decides what they are, never a file's name.
//!
//! The reader takes off the container (PEM, DER, base64 of DER, JWK, JWKS), recognises what it holds by its structure, and makes a [`Key`] of it. Content that
//! it recognises but can't use is refused by name, with advice. Only content that is nothing else becomes a raw secret.
mod der;
mod encrypted;
mod json;
mod jwk;
mod pem;
mod recognise;
mod rotate;
mod write;

use super::key::asn1;
use super::key::{Key, KeySet, SecretRefused, Unsound};
use super::secret::Secret;
use encrypted::Opener;
pub use rotate::{PrivateSet, RotateError};
pub use write::{Extent, Form, WriteError, Written, write};

/// The largest key file, in bytes: 64 KiB. That is enough for a JWKS of a hundred RSA keys, and too small for deep nesting.
pub const MAX_KEY_FILE: usize = 64 * 1024;

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
    fn of_one(key: Key, form: String) -> Self {
        Self {
            keys: KeySet::new(vec![key]),
            form,
            notes: Vec::new(),
        }
    }
}

/// Reads keys from a file's bytes: PEM or DER (PKCS#8, PKCS#1, SEC1, SPKI, the key of a certificate), JWK or JWKS. Anything else is raw secret bytes: if these
/// are printable UTF-8 before one final LF or CRLF, that line break is dropped with a note.
///
/// # Errors
/// States what was recognised and why it can't be used. [`KeyFileError::NeedsPassphrase`] means that [`read_with`] may open it. Errors never quote the content.
pub fn read(content: &Secret) -> Result<KeyFile, KeyFileError> {
    read_with(content, None)
}

/// Reads keys as [`read`] does, and opens encrypted PKCS#8 keys (PBES2) with `passphrase`.
///
/// # Errors
/// As [`read`], and [`KeyFileError::WrongPassphrase`] if the passphrase does not open a key.
pub fn read_with(content: &Secret, passphrase: Option<&Secret>) -> Result<KeyFile, KeyFileError> {
    let bytes = content.expose();
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii();
    if text.is_empty() {
        return Err(KeyFileError::Empty);
    }
    if bytes.len() > MAX_KEY_FILE {
        return Err(KeyFileError::TooLarge);
    }
    if let Some(foreign) = recognise::foreign(bytes) {
        return Err(foreign);
    }
    let opener = Opener::new(passphrase);
    if jwk::is_json(text) {
        return jwk::read(text);
    }
    if pem::is_pem(text) {
        return pem::read(text, &opener);
    }
    if asn1::too_deep(bytes) {
        return Err(KeyFileError::broken(
            "DER",
            "it is nested deeper than any key",
        ));
    }
    if let Some(shape) = asn1::shape(bytes) {
        let read = der::read(shape, bytes, shape.in_der(), &opener)?;
        let form = format!("{} ({})", shape.in_der(), read.key.kind());
        return Ok(KeyFile {
            notes: read.notes,
            ..KeyFile::of_one(read.key, form)
        });
    }
    if let Some(first) = asn1::first(bytes)
        && let Some(shape) = asn1::shape(first)
    {
        let behind = match bytes.len() - first.len() {
            1 => "a byte stands".to_owned(),
            more => format!("{more} bytes stand"),
        };
        return Err(KeyFileError::broken(
            shape.in_der(),
            format!("{behind} behind it"),
        ));
    }
    if asn1::cut_short(bytes) {
        return Err(KeyFileError::broken("DER", "it was cut short"));
    }
    if let Some(file) = pem::read_without_lines(text, &opener) {
        return file;
    }
    raw(content)
}

fn raw(content: &Secret) -> Result<KeyFile, KeyFileError> {
    let mut notes = Vec::new();
    let bytes = content.expose();
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(KeyFileError::broken(
            "raw secret bytes",
            "all of them are zero",
        ));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        notes.push("the secret begins with a byte order mark, which is part of it".to_owned());
    }
    let secret = if let Some((rest, newline)) = content.without_final_newline() {
        notes.push(format!("the final {newline} was dropped from the secret"));
        rest
    } else {
        if bytes.ends_with(b"\n\n") || bytes.ends_with(b"\n\r\n") {
            let note = "the secret ends in more than one line break; they are part of it";
            notes.push(note.to_owned());
        }
        content.clone()
    };
    let key = Key::from_secret(secret)?;
    Ok(KeyFile {
        notes,
        ..KeyFile::of_one(key, "raw secret bytes".to_owned())
    })
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
    Secret(#[from] SecretRefused),
}

impl KeyFileError {
    fn broken(form: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Broken {
            form: form.into(),
            problem: problem.into(),
        }
    }
    fn unusable(form: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Unusable {
            form: form.into(),
            advice: advice.into(),
        }
    }
    /// The error in one line, for a note about one key among several.
    fn in_a_note(&self) -> String {
        match self {
            Self::Unusable { form, advice } => format!("{form} can't be used: {advice}"),
            other => other.to_string(),
        }
    }
}

/// Turns a problem with key material into an error about `form`.
fn unsound(form: &str) -> impl Fn(Unsound) -> KeyFileError {
    move |Unsound(problem)| KeyFileError::broken(form, problem)
}

#[cfg(test)]
mod tests;
