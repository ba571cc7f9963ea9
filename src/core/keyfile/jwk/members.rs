//! Reads a JWK's members by type. A member that is null is absent: several libraries write every member that a key could have.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::core::keyfile::content::KeyFileError;
use crate::core::keyfile::json::{JwkValue, Object};

pub(super) type Bytes = Zeroizing<Vec<u8>>;

pub(super) struct JwkMembers<'a>(pub(super) &'a Object);

impl<'a> JwkMembers<'a> {
    pub(super) fn optional(&self, name: &'static str) -> Result<Option<&'a str>, KeyFileError> {
        match self.0.get(name) {
            None => Ok(None),
            Some(JwkValue::Text(text)) => Ok(Some(text)),
            Some(_) => Err(KeyFileError::broken(
                "a JWK",
                format!("its `{name}` is not a string"),
            )),
        }
    }
    pub(super) fn required(&self, name: &'static str) -> Result<&'a str, KeyFileError> {
        self.optional(name)?.ok_or_else(|| missing(name))
    }
    /// Decodes strict base64url (RFC 7515 §2): no padding, no white space, no bits set after the last byte.
    pub(super) fn bytes(&self, name: &'static str) -> Result<Option<Bytes>, KeyFileError> {
        let Some(text) = self.optional(name)? else {
            return Ok(None);
        };
        let mut decoded = Zeroizing::new(vec![0; text.len() / 4 * 3 + 3]);
        let Ok(length) = URL_SAFE_NO_PAD.decode_slice(text, &mut decoded) else {
            let problem = format!("its `{name}` is not base64url without padding (RFC 7515 §2)");
            return Err(KeyFileError::broken("a JWK", problem));
        };
        decoded.truncate(length);
        Ok(Some(decoded))
    }
}

pub(super) fn missing(name: &str) -> KeyFileError {
    KeyFileError::broken("a JWK", format!("it has no `{name}`"))
}
