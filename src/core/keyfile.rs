//! Bytes to keys, by content and never by a file's name.
use super::key::{KeySet, SecretRefused};
use super::secret::Secret;

/// The most bytes a key file may have: 64 KiB. Enough for a JWKS of a hundred RSA keys; small enough that nothing nested deeply fits.
pub const MAX_KEY_FILE: usize = 64 * 1024;

/// What was read, and what to say about it.
pub struct KeyFile {
    /// The keys.
    pub keys: KeySet,
    /// What the content was taken for (`a PEM PKCS#8 private key (EC P-256)`, `a JWKS of 3 keys`, `raw secret bytes`).
    pub form: String,
    /// Things to tell: a final newline dropped, a member of a JWKS that can't be used and why, several PEM blocks.
    pub notes: Vec<String>,
}

/// Reads keys out of a file's bytes: PEM (PKCS#8, PKCS#1, SEC1, SPKI), JWK, JWKS, else raw secret bytes
/// (one final LF or CRLF dropped where the rest is printable UTF-8, and noted).
///
/// # Errors
/// What was recognised and why it can't be used. Never quotes the content.
pub fn read(content: &Secret) -> Result<KeyFile, KeyFileError> {
    let _ = content;
    todo!()
}

/// Why a key file can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// Over [`MAX_KEY_FILE`].
    #[error("it is larger than 64 KiB")]
    TooLarge,
    /// Recognised, but broken: what, and what is wrong with it.
    #[error("{form}: {problem}")]
    Broken {
        /// What it was recognised as.
        form: String,
        /// What is wrong.
        problem: String,
    },
    /// Recognised, but of a kind that can't be used here: what, and the way out.
    #[error("{form} can't be used")]
    Unusable {
        /// What it was recognised as.
        form: String,
        /// What to do instead.
        advice: String,
    },
    /// Raw bytes that can't be a secret.
    #[error(transparent)]
    Secret(#[from] SecretRefused),
}
