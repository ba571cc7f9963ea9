//! Writes keys as a file's bytes: JWK, JWKS, PEM, DER or a secret's own bytes.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use zeroize::{Zeroize as _, Zeroizing};

use crate::core::key::{Key, KeyKind};
use crate::core::secret::Secret;

/// The form of a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyFileForm {
    /// One JWK (RFC 7517 §4).
    Jwk,
    /// A JWKS (RFC 7517 §5).
    Jwks,
    /// PEM (RFC 7468): PKCS#8 for a private key, SPKI for a public one.
    Pem,
    /// DER of the same structures, for one key.
    Der,
    /// A secret's bytes and nothing else.
    Raw,
}

impl KeyFileForm {
    /// Whether the form is JSON, which can hold a kid, an algorithm and an end.
    #[must_use]
    pub(crate) const fn is_json(self) -> bool {
        matches!(self, Self::Jwk | Self::Jwks)
    }
    /// Whether the form is text that a terminal can show.
    #[must_use]
    pub(crate) const fn is_text(self) -> bool {
        matches!(self, Self::Jwk | Self::Jwks | Self::Pem)
    }
}

/// How much of a key is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The whole key, with its secret or private part.
    Whole,
    /// Only the public part. A secret has none.
    Public,
}

/// A file's bytes, and notes about them.
#[derive(Debug)]
pub(crate) struct KeyFileContent {
    /// The bytes. Text ends in a line break.
    pub content: Secret,
    /// Notes for the user: what the form can't hold, or that a kid was added.
    pub notes: Vec<String>,
}

/// Why keys can't be written in a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WriteError {
    /// A JWK holds one key; says how many were given.
    #[error("a JWK holds one key, but there are {0}")]
    SeveralInJwk(usize),
    /// A DER file holds one key; says how many were given.
    #[error("a DER file holds one key, but there are {0}")]
    SeveralInDer(usize),
    /// Raw bytes are one secret; says how many keys were given.
    #[error("a raw secret is one key, but there are {0}")]
    SeveralInRaw(usize),
    /// A secret has no public part: whoever has it can sign.
    #[error("a secret has no public part: whoever can verify a token with it can also sign one")]
    SecretIsNotPublic,
    /// PEM and DER can't hold a secret.
    #[error("a secret can't be written as PEM or DER")]
    SecretAsPem,
    /// Only a secret has raw bytes; names the kind of key.
    #[error("{0} key can't be written as raw bytes: only a secret can")]
    NoRawBytes(&'static str),
    /// The key is an RSA key that is too short to sign with, so its private part was not kept; says its bits.
    #[error("only the public part of an RSA key of {0} bits is read: it is too short to sign with")]
    PrivatePartNotKept(usize),
    /// The private part that the key had in its file can't be used; says why.
    #[error("the key's private part can't be used: {0}")]
    PrivatePartBroken(String),
    /// The backend failed.
    #[error("the key could not be written")]
    Backend,
}

/// Writes keys. The result may hold secrets, so it is a [`Secret`].
///
/// In a JWK or JWKS, a key pair without a `kid` gets its RFC 7638 thumbprint as `kid`. A secret does not, because a thumbprint would let anyone test guesses of
/// a secret that a person chose.
///
/// # Errors
/// The form or the extent can't hold these keys.
pub(crate) fn write(
    keys: &[Key],
    form: KeyFileForm,
    extent: Extent,
) -> Result<KeyFileContent, WriteError> {
    for key in keys {
        fits(key, extent)?;
    }
    let mut notes = Vec::new();
    let content = match (form, keys) {
        (KeyFileForm::Jwk, [key]) => json(Value::Object(jwk(key, extent, &mut notes)))?,
        (KeyFileForm::Jwk, _) => return Err(WriteError::SeveralInJwk(keys.len())),
        (KeyFileForm::Jwks, _) => {
            let list = distinct(keys, &mut notes)
                .into_iter()
                .map(|key| Value::Object(jwk(key, extent, &mut notes)))
                .collect();
            json(Value::Object(Map::from_iter([(
                "keys".to_owned(),
                Value::Array(list),
            )])))?
        }
        (KeyFileForm::Pem, _) => pem(keys, extent, &mut notes)?,
        (KeyFileForm::Der, [key]) => {
            let (_, der) = der(key, extent)?;
            notes.extend(lost(key, "DER"));
            Secret::new(der.to_vec())
        }
        (KeyFileForm::Der, _) => return Err(WriteError::SeveralInDer(keys.len())),
        (KeyFileForm::Raw, [key]) => match key.secret_bytes() {
            Some(bytes) => bytes,
            None => return Err(WriteError::NoRawBytes(with_article(key.kind()))),
        },
        (KeyFileForm::Raw, _) => return Err(WriteError::SeveralInRaw(keys.len())),
    };
    Ok(KeyFileContent { content, notes })
}

fn fits(key: &Key, extent: Extent) -> Result<(), WriteError> {
    if let (Some(defect), Extent::Whole) = (key.defect(), extent) {
        return Err(WriteError::PrivatePartBroken(defect.to_owned()));
    }
    match (key.kind(), extent) {
        (KeyKind::Secret { .. }, Extent::Public) => Err(WriteError::SecretIsNotPublic),
        (KeyKind::Rsa { bits }, Extent::Whole) if key.weakness_of_kind() => {
            Err(WriteError::PrivatePartNotKept(bits))
        }
        _ => Ok(()),
    }
}

const fn with_article(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Secret { .. } => "a secret",
        KeyKind::Rsa { .. } => "an RSA",
        KeyKind::RsaPss { .. } => "an RSA-PSS",
        KeyKind::P256 | KeyKind::P384 | KeyKind::P521 | KeyKind::Secp256k1 => "an EC",
        KeyKind::Ed25519 => "an Ed25519",
    }
}

/// Removes repeated keys, and notes two keys with one kid: a reader may take either (RFC 7517 §4.5).
fn distinct<'a>(keys: &'a [Key], notes: &mut Vec<String>) -> Vec<&'a Key> {
    let mut kept: Vec<(&Key, String)> = Vec::new();
    for key in keys {
        let thumbprint = key.thumbprint();
        if kept
            .iter()
            .any(|(known, print)| *print == thumbprint && known.kid() == key.kid())
        {
            notes.push("a duplicate key was left out".to_owned());
            continue;
        }
        if let Some(kid) = key.kid()
            && kept.iter().any(|(known, _)| known.kid() == Some(kid))
        {
            notes.push(format!("two keys have the kid {kid}"));
        }
        kept.push((key, thumbprint));
    }
    notes.dedup();
    kept.into_iter().map(|(key, _)| key).collect()
}

fn jwk(key: &Key, extent: Extent, notes: &mut Vec<String>) -> Map<String, Value> {
    let mut jwk = key.to_jwk(extent == Extent::Whole && key.is_private());
    if key.kid().is_none() && !matches!(key.kind(), KeyKind::Secret { .. }) {
        let thumbprint = key.thumbprint();
        notes.push(format!(
            "the key had no kid; it now has its thumbprint (RFC 7638): {thumbprint}"
        ));
        jwk.shift_insert(1, "kid".to_owned(), Value::String(thumbprint));
    }
    if matches!(key.kind(), KeyKind::RsaPss { .. })
        && let [first, _, ..] = key.algorithms()
    {
        notes.push(format!(
            "a JWK can't say that its key is for PSS with any hash: the key is now bound to {first} by its `alg`"
        ));
    }
    jwk
}

/// Writes pretty JSON. The text stays in one buffer that does not move, and is wiped there; the values are wiped too.
fn json(mut value: Value) -> Result<Secret, WriteError> {
    // The longest JWK, of RSA 8192, has 6 KiB.
    let keys = value
        .get("keys")
        .and_then(Value::as_array)
        .map_or(1, Vec::len);
    let mut text = Zeroizing::new(Vec::with_capacity((keys + 1) * 8192));
    let written = serde_json::to_writer_pretty(&mut *text, &value);
    wipe(&mut value);
    written.map_err(|_| WriteError::Backend)?;
    text.push(b'\n');
    Ok(Secret::new(std::mem::take(&mut *text)))
}

pub(super) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn pem(keys: &[Key], extent: Extent, notes: &mut Vec<String>) -> Result<Secret, WriteError> {
    let mut text = Zeroizing::new(Vec::with_capacity(keys.len() * 8192));
    for key in keys {
        let (label, der) = der(key, extent)?;
        block(label, &der, &mut text);
        notes.extend(lost(key, "PEM"));
    }
    Ok(Secret::new(std::mem::take(&mut *text)))
}

/// The key as PKCS#8 or SPKI, and its PEM label.
fn der(key: &Key, extent: Extent) -> Result<(&'static str, Zeroizing<Vec<u8>>), WriteError> {
    if matches!(key.kind(), KeyKind::Secret { .. }) {
        return Err(WriteError::SecretAsPem);
    }
    let private = extent == Extent::Whole && key.is_private();
    let (label, der) = if private {
        ("PRIVATE KEY", key.private_der())
    } else {
        ("PUBLIC KEY", key.public_der().map(Zeroizing::new))
    };
    Ok((label, der.ok_or(WriteError::Backend)?))
}

/// Notes what a form can't hold of a key.
fn lost(key: &Key, form: &str) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(kid) = key.kid() {
        notes.push(format!("{form} can't hold a kid: {kid} was left out"));
    }
    if key.is_bound() && !key.is_bound_to_all() {
        notes.push(format!(
            "{form} can't bind a key to an algorithm: the key's `alg`, `use` or `key_ops` was left out"
        ));
    }
    if key.retirement().is_some() {
        notes.push(format!(
            "{form} can't say that a key is retired: its end was left out"
        ));
    }
    notes
}

/// Writes one PEM block, in lines of 64 characters (RFC 7468 §2).
fn block(label: &str, der: &[u8], text: &mut Vec<u8>) {
    let encoded = Zeroizing::new(STANDARD.encode(der));
    text.extend(format!("-----BEGIN {label}-----\n").bytes());
    for line in encoded.as_bytes().chunks(64) {
        text.extend(line);
        text.push(b'\n');
    }
    text.extend(format!("-----END {label}-----\n").bytes());
}
