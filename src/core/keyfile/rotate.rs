//! Rotates the keys of a private JWKS: a new key goes first, and the previous one checks signatures until its end. The rest of the file stays as it is.
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::json::JwkValue;
use super::write::wipe;
use super::{KeyFileError, MAX_KEY_FILE, jwk, read};
use crate::core::algorithm::Algorithm;
use crate::core::entropy::Entropy;
use crate::core::key::{GenerateError, Key, KeyKind};
use crate::core::secret::Secret;
use crate::core::time::Timestamp;

/// A private JWKS as it was written, with those of its keys that can be used. It is wiped when dropped.
pub(crate) struct PrivateSet {
    /// The whole file. Its `keys` is an array.
    json: Value,
    /// The keys of that array, in order; `None` for a member that can't be used.
    keys: Vec<Option<Key>>,
}

impl std::fmt::Debug for PrivateSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.keys).finish()
    }
}

impl Drop for PrivateSet {
    fn drop(&mut self) {
        wipe(&mut self.json);
    }
}

/// Why a file's keys can't be rotated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RotateError {
    /// The file is not a key file.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The file holds a key, but not in a set; names what it is.
    #[error("it is {0}, but only a set (JWKS) can be rotated")]
    NotASet(String),
    /// No key in the set can sign.
    #[error("no key in it signs, so there is none to retire")]
    NoSigner,
    /// Several keys can sign; holds their kids.
    #[error("several keys in it sign: {}", .0.join(", "))]
    Several(Vec<String>),
    /// No key that can sign has that kid; holds the kids of those that can.
    #[error("no signing key has that kid; the kids are: {}", .0.join(", "))]
    NoSuchKid(Vec<String>),
    /// Another key has the new key's kid already.
    #[error("it already has a key with that kid")]
    KidTaken,
    /// With the new key the file would be larger than a key file may be.
    #[error("with one more key it would be larger than 64 KiB")]
    TooLarge,
    /// The new key could not be made.
    #[error(transparent)]
    Generate(#[from] GenerateError),
}

impl PrivateSet {
    /// Reads a JWKS.
    ///
    /// # Errors
    /// The file is not a JWKS, or a key in it repeats a member: writing it again would drop one of the two.
    pub(crate) fn read(content: &Secret) -> Result<Self, RotateError> {
        let bytes = content.expose();
        let text = bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(bytes)
            .trim_ascii();
        let file = match read(content) {
            Ok(file) => file,
            Err(
                KeyFileError::NeedsPassphrase { form } | KeyFileError::WrongPassphrase { form },
            ) => return Err(RotateError::NotASet(form)),
            Err(error) => return Err(error.into()),
        };
        let not_a_set = || RotateError::NotASet(file.form.clone());
        let parsed = serde_json::from_slice::<JwkValue>(text).map_err(|_| not_a_set())?;
        let JwkValue::Object(object) = &parsed else {
            return Err(not_a_set());
        };
        let Some(JwkValue::List(list)) = object.get("keys") else {
            return Err(not_a_set());
        };
        let twice =
            |item: &JwkValue| matches!(item, JwkValue::Object(object) if object.has_duplicates);
        if list.iter().any(twice) {
            let problem = KeyFileError::broken("a JWK", "it has a repeated member");
            return Err(problem.into());
        }
        let json = serde_json::from_slice(text).map_err(|_| not_a_set())?;
        Ok(Self {
            json,
            keys: list.iter().map(jwk::usable).collect(),
        })
    }

    /// The index of the key to retire: the one that can sign. If several can, `kid` selects one.
    ///
    /// # Errors
    /// No key can sign, or none has that kid, or several fit.
    pub(crate) fn signer(&self, kid: Option<&str>) -> Result<usize, RotateError> {
        let keys = self.keys.iter().enumerate();
        let signers: Vec<(usize, Option<&str>)> = keys
            .filter_map(|(at, key)| Some((at, key.as_ref().filter(|key| key.can_sign())?)))
            .map(|(at, key)| (at, key.kid()))
            .collect();
        let kids = || {
            let names = signers.iter().map(|(_, kid)| kid.unwrap_or("(no kid)"));
            names.map(str::to_owned).collect()
        };
        let named: Vec<usize> = signers
            .iter()
            .filter(|(_, known)| kid.is_none() || *known == kid)
            .map(|(at, _)| *at)
            .collect();
        match named.as_slice() {
            [one] => Ok(*one),
            [] if signers.is_empty() => Err(RotateError::NoSigner),
            [] => Err(RotateError::NoSuchKid(kids())),
            _ => Err(RotateError::Several(kids())),
        }
    }

    /// The key at an index, if it can be used.
    #[must_use]
    pub(crate) fn key(&self, at: usize) -> Option<&Key> {
        self.keys.get(at)?.as_ref()
    }

    /// Counts the retired keys whose end has passed.
    #[must_use]
    pub(crate) fn ended(&self, now: Timestamp) -> usize {
        let keys = self.keys.iter().flatten();
        keys.filter(|key| key.has_ended(now)).count()
    }

    /// Removes the retired keys whose end has passed, and returns their kids.
    pub(crate) fn prune(&mut self, now: Timestamp) -> Vec<Option<String>> {
        let mut dropped = Vec::new();
        for at in (0..self.keys.len()).rev() {
            let over = self.keys[at].as_ref().filter(|key| key.has_ended(now));
            let Some(kid) = over.map(|key| key.kid().map(str::to_owned)) else {
                continue;
            };
            self.keys.remove(at);
            if let Some(list) = self.list()
                && at < list.len()
            {
                let mut jwk = list.remove(at);
                wipe(&mut jwk);
            }
            dropped.insert(0, kid);
        }
        dropped
    }

    /// Puts a fresh key first and retires the one at `at`. The fresh key is of the same kind and has the same bindings. Its kid is `kid`, or else its
    /// thumbprint.
    ///
    /// # Errors
    /// The kid is taken, or no key could be made.
    pub(crate) fn roll(
        &mut self,
        at: usize,
        kid: Option<String>,
        end: Timestamp,
        entropy: &mut dyn Entropy,
    ) -> Result<(), RotateError> {
        let old = self.key(at).ok_or(RotateError::NoSigner)?;
        let fresh = successor(old, entropy)?;
        let kid = kid.unwrap_or_else(|| fresh.thumbprint());
        let taken = |key: &Key| key.kid() == Some(&kid);
        if self.keys.iter().flatten().any(taken) {
            return Err(RotateError::KidTaken);
        }
        let fresh = fresh.with_kid(Some(kid));
        let mut jwk = fresh.to_jwk(true);
        let Some(retired) = self.list().and_then(|list| list.get_mut(at)) else {
            return Err(RotateError::NoSigner);
        };
        // The new key states the old key's purpose in the same words.
        let mut place = 2;
        for name in ["use", "key_ops"] {
            if let Some(value) = retired.get(name) {
                jwk.shift_insert(place, name.to_owned(), value.clone());
                place += 1;
            }
        }
        retired["exp"] = Value::from(end.seconds());
        if let Some(list) = self.list() {
            list.insert(0, Value::Object(jwk));
        }
        self.keys.insert(0, Some(fresh));
        Ok(())
    }

    /// Writes the file's text.
    ///
    /// # Errors
    /// The text is larger than a key file may be.
    pub(crate) fn write(&self) -> Result<Secret, RotateError> {
        // Reserve twice the limit, so that the buffer does not move and leave copies of the keys behind.
        let mut text = Zeroizing::new(Vec::with_capacity(2 * MAX_KEY_FILE));
        let written = serde_json::to_writer_pretty(&mut *text, &self.json);
        text.push(b'\n');
        if written.is_err() || text.len() > MAX_KEY_FILE {
            return Err(RotateError::TooLarge);
        }
        Ok(Secret::new(std::mem::take(&mut *text)))
    }

    fn list(&mut self) -> Option<&mut Vec<Value>> {
        let set: &mut Map<String, Value> = self.json.as_object_mut()?;
        set.get_mut("keys")?.as_array_mut()
    }
}

/// Makes a fresh key to replace another: of the same length unless that was too short, and bound to the same algorithm.
fn successor(old: &Key, entropy: &mut dyn Entropy) -> Result<Key, GenerateError> {
    let usual = |kind| {
        old.algorithms()
            .first()
            .map_or(kind, |first| KeyKind::made_for(*first))
    };
    let as_long = match old.kind() {
        kind @ KeyKind::Secret { bytes } => kind.sized(bytes * 8),
        kind @ (KeyKind::Rsa { bits } | KeyKind::RsaPss { bits }) => kind.sized(bits),
        fixed => Ok(fixed),
    };
    let is_weak = |algorithm: &Algorithm| old.weakness(*algorithm).is_some();
    let kind = match as_long {
        Ok(kind) if !old.algorithms().first().is_some_and(is_weak) => kind,
        _ => usual(old.kind()),
    };
    let fresh = Key::generate(kind, entropy)?;
    Ok(match old.bound() {
        Some(algorithm) => fresh.bound_to(algorithm),
        None => fresh,
    })
}
