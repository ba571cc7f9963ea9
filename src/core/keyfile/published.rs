//! Reads the public keys that somebody publishes. What must not be published is left out.
use serde_json::Value;

use super::{KeyFileError, jwk, read_any};
use crate::core::key::{Key, KeyKind, KeySet};
use crate::core::secret::Secret;

/// The most keys of one set.
const MOST_KEYS: usize = 100;

/// Public keys, and what was left out.
#[derive(Debug)]
pub(crate) struct PublishedKeys {
    /// The keys, public parts alone.
    pub keys: KeySet,
    /// What the content was recognised as.
    pub form: String,
    /// Which members can't be used, and why.
    pub notes: Vec<String>,
    /// How many secrets and private parts were left out.
    pub private: usize,
}

/// Reads public keys: a JWKS, a JWK, PEM or DER. Content that is nothing of these is no key, whereas in a file it would be a raw secret.
///
/// # Errors
/// It holds no public key, more than 100, or none that can be used. The error quotes nothing of it.
pub(crate) fn published(content: &Secret) -> Result<PublishedKeys, String> {
    let read = read_any(content, None).map_err(|error| match error {
        KeyFileError::Empty => "it is empty".to_owned(),
        other => other.to_string(),
    })?;
    let count = read.keys.keys().len();
    if count > MOST_KEYS {
        return Err(format!("it holds {count} keys, more than {MOST_KEYS}"));
    }
    let (mut keys, mut private) = (Vec::new(), 0);
    for key in read.keys.into_keys() {
        if matches!(key.kind(), KeyKind::Secret { .. }) {
            private += 1;
        } else if key.is_private() {
            private += 1;
            keys.extend(public_part(&key));
        } else {
            keys.push(key);
        }
    }
    if keys.is_empty() {
        return Err("it holds no public key".to_owned());
    }
    Ok(PublishedKeys {
        keys: KeySet::new(keys),
        form: read.form,
        notes: read.notes,
        private,
    })
}

fn public_part(key: &Key) -> Vec<Key> {
    let text = Value::Object(key.to_jwk(false)).to_string();
    let read = jwk::read(text.as_bytes());
    read.map(|file| file.keys.into_keys()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
