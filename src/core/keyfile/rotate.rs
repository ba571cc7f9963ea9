//! A private JWKS rolled over: a new key goes first, the one before checks until its end; what else stands in the file stays.
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::json::Json;
use super::write::wipe;
use super::{KeyFileError, MAX_KEY_FILE, jwk, read};
use crate::core::algorithm::Algorithm;
use crate::core::entropy::Entropy;
use crate::core::key::{GenerateError, Key, KeyKind};
use crate::core::secret::Secret;
use crate::core::time::Timestamp;

/// A JWKS as it was written, with those of its keys that can be used. Wiped when dropped.
pub struct PrivateSet {
    /// The whole of it. Its `keys` is an array.
    json: Value,
    /// The keys of that array, in its order; none where a member can't be used.
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

/// Why a file can't be rolled over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotateError {
    /// It is no key file.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// It holds a key, and not in a set: what it is.
    #[error("it is {0}, and a key is rolled over in a set (JWKS)")]
    NotASet(String),
    /// No key of the set signs.
    #[error("no key in it signs, so that there is none to retire")]
    NoSigner,
    /// Several sign: their kids.
    #[error("several keys in it sign: {}", .0.join(", "))]
    Several(Vec<String>),
    /// No key that signs has that kid: the kids there are.
    #[error("no key that signs has that kid; there are: {}", .0.join(", "))]
    NoSuchKid(Vec<String>),
    /// The new key's kid is there already.
    #[error("a key with that kid is in it already")]
    KidTaken,
    /// With the new key it would be larger than a key file may be.
    #[error("with one more key it would be larger than 64 KiB")]
    TooLarge,
    /// No key was made.
    #[error(transparent)]
    Generate(#[from] GenerateError),
}

impl PrivateSet {
    /// Reads a JWKS.
    ///
    /// # Errors
    /// It is none, or one that says a thing twice, of which writing it again would drop one.
    pub fn read(content: &Secret) -> Result<Self, RotateError> {
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
        let parsed = serde_json::from_slice::<Json>(text).map_err(|_| not_a_set())?;
        let Json::Object(object) = &parsed else {
            return Err(not_a_set());
        };
        let Some(Json::List(list)) = object.get("keys") else {
            return Err(not_a_set());
        };
        let twice = |item: &Json| matches!(item, Json::Object(object) if object.has_duplicates);
        if list.iter().any(twice) {
            let problem = KeyFileError::broken("a JWK", "a member stands in it twice");
            return Err(problem.into());
        }
        let json = serde_json::from_slice(text).map_err(|_| not_a_set())?;
        Ok(Self {
            json,
            keys: list.iter().map(jwk::usable).collect(),
        })
    }

    /// The place of the key to retire: the one that signs, of several the one of that kid.
    ///
    /// # Errors
    /// None signs, or several do.
    pub fn signer(&self, kid: Option<&str>) -> Result<usize, RotateError> {
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

    /// The key at a place.
    #[must_use]
    pub fn key(&self, at: usize) -> Option<&Key> {
        self.keys.get(at)?.as_ref()
    }

    /// How many retired keys are in it whose time is over.
    #[must_use]
    pub fn ended(&self, now: Timestamp) -> usize {
        let keys = self.keys.iter().flatten();
        keys.filter(|key| key.has_ended(now)).count()
    }

    /// Drops retired keys whose time is over; their kids.
    pub fn prune(&mut self, now: Timestamp) -> Vec<Option<String>> {
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

    /// Puts a fresh key first, of the kind of the one at `at` and with what that one is bound to, and retires that one. The kid is the one given, else the new
    /// key's thumbprint.
    ///
    /// # Errors
    /// The kid is taken, or no key could be made.
    pub fn roll(
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
        // What its key is for, in its own words.
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

    /// The file's text.
    ///
    /// # Errors
    /// It is larger than a key file may be.
    pub fn write(&self) -> Result<Secret, RotateError> {
        // Twice what may be: the text is written into memory that does not move.
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

/// A fresh key to take another's place: as long, unless that was too short, and bound to the same algorithm.
fn successor(old: &Key, entropy: &mut dyn Entropy) -> Result<Key, GenerateError> {
    let usual = |kind| {
        old.algorithms()
            .first()
            .map_or(kind, |first| KeyKind::made_for(*first))
    };
    let as_long = match old.kind() {
        kind @ KeyKind::Secret { bytes } => kind.sized(bytes * 8),
        kind @ KeyKind::Rsa { bits } => kind.sized(bits),
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
