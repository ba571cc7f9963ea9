//! Reads keys from bytes. The content decides what they are, never a file's name.
//!
//! The reader takes off the container (PEM, DER, base64 of DER, JWK, JWKS), recognises what it holds by its structure, and makes a [`Key`] of it. Content that
//! it recognises but can't use is refused by name, with advice. Only content that is nothing else becomes a raw secret.
mod content;
mod der;
mod encrypted;
mod inside;
mod json;
mod jwk;
mod pem;
pub(crate) mod published;
mod recognise;
pub(crate) mod rotate;
mod write;

use super::key::Key;
use super::key::asn1;
use super::secret::Secret;
pub(crate) use content::{KeyFile, KeyFileError, MAX_KEY_FILE};
use encrypted::Opener;
pub(crate) use write::{Extent, KeyFileContent, KeyFileForm, WriteError, write};

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
pub(crate) fn read_with(
    content: &Secret,
    passphrase: Option<&Secret>,
) -> Result<KeyFile, KeyFileError> {
    if content.len() > MAX_KEY_FILE && !content.expose().trim_ascii().is_empty() {
        return Err(KeyFileError::TooLarge);
    }
    read_any(content, passphrase)
}

/// Reads keys as [`read_with`] does, of any size.
fn read_any(content: &Secret, passphrase: Option<&Secret>) -> Result<KeyFile, KeyFileError> {
    let bytes = content.expose();
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii();
    if text.is_empty() {
        return Err(KeyFileError::Empty);
    }
    if inside::is_encrypted_jwk(text) {
        return Err(inside::encrypted_jwk());
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
            1 => "there is 1 byte".to_owned(),
            more => format!("there are {more} bytes"),
        };
        return Err(KeyFileError::broken(
            shape.in_der(),
            format!("{behind} after it"),
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
            "all its bytes are zero",
        ));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        notes.push(
            "the secret begins with a byte order mark, which is kept as part of it".to_owned(),
        );
    }
    let secret = if let Some((rest, newline)) = content.without_final_newline() {
        notes.push(format!("the final {newline} was dropped from the secret"));
        rest
    } else {
        if bytes.ends_with(b"\n\n") || bytes.ends_with(b"\n\r\n") {
            let note = "the secret ends in several line breaks, which are kept as part of it";
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

#[cfg(test)]
mod tests;
