//! The text of a secret in a credential's JSON: the one place where a secret is written out, for a file that is its owner's alone or a program that keeps secrets.
use serde::{Deserialize, Deserializer, Serializer};

use crate::core::secret::Secret;

/// Writes a secret that is text.
pub(super) fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
    let text = std::str::from_utf8(secret.expose());
    to.serialize_str(text.map_err(|_| serde::ser::Error::custom("a secret is not UTF-8"))?)
}

/// Reads a secret that is text.
pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Secret, D::Error> {
    secret(String::deserialize(from)?)
}

/// A text that goes on one line, as a header field and `token` print it.
fn secret<E: serde::de::Error>(text: String) -> Result<Secret, E> {
    let secret = Secret::new(text.into_bytes());
    if secret.expose().iter().any(u8::is_ascii_control) {
        return Err(E::custom("a secret holds a control character"));
    }
    Ok(secret)
}

/// A secret that may be absent.
pub(super) mod optional {
    use super::{Deserialize as _, Deserializer, Secret, Serializer};

    /// Writes it, or `null`.
    #[expect(clippy::ref_option, reason = "serde hands it over like this")]
    pub(in super::super) fn serialize<S: Serializer>(
        secret: &Option<Secret>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match secret {
            Some(secret) => super::serialize(secret, to),
            None => to.serialize_none(),
        }
    }

    /// Reads it, if it is there.
    pub(in super::super) fn deserialize<'d, D: Deserializer<'d>>(
        from: D,
    ) -> Result<Option<Secret>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(super::secret)
            .transpose()
    }
}
