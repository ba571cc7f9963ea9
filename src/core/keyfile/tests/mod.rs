//! Key files by openssl, ssh-keygen and Python's cryptography, each loaded or named for what it is.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod certificate;
mod certified;
mod commands;
mod disguises;
mod dress;
mod encrypted;
mod forms;
mod hostile;
mod inside;
mod jwk;
mod labels;
mod named;
mod parts;
mod placeholders;
mod pss;
mod rotate;
mod secrets;
mod set;
mod write;

use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::core::algorithm::Algorithm;
use crate::core::key::{ForVerifying, KeyKind, KeySet, NoSigner, SecretError};

const MESSAGE: &[u8] = b"message to sign";

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/keys")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(fixtures().join(name)).unwrap()
}

fn read_bytes(bytes: impl Into<Vec<u8>>) -> Result<KeyFile, KeyFileError> {
    read(&Secret::new(bytes.into()))
}

fn load(name: &str) -> KeyFile {
    read_bytes(fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn only(file: KeyFile) -> Key {
    assert_eq!(file.keys.keys().len(), 1, "{}", file.form);
    file.keys.into_keys().remove(0)
}

fn load_json(value: &Value) -> Result<KeyFile, KeyFileError> {
    read_bytes(value.to_string())
}

fn jwk_of(name: &str) -> Value {
    serde_json::from_slice(&fixture(name)).unwrap()
}

/// The same JWK with one member changed, or taken out by `null`.
fn with(name: &str, member: &str, value: Value) -> Value {
    let mut jwk = jwk_of(name);
    let members = jwk.as_object_mut().unwrap();
    members.shift_remove(member);
    if value != Value::Null {
        members.insert(member.to_owned(), value);
    }
    jwk
}

fn base64_of(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        use std::fmt::Write as _;
        write!(text, "{byte:02x}").unwrap();
        text
    })
}
