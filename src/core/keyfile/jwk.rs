//! Reads JWK and JWKS (RFC 7517, 7518 §6, 8037). A key keeps every binding that it states.
mod certificate;
mod material;
mod members;

use super::content::{KeyFile, KeyFileError, shown};
use super::der::DerKey;
use super::inside;
use super::json::{JwkValue, Object};
use crate::core::algorithm::AlgName;
use crate::core::key::{Key, KeyKind, KeySet, KeyUse};
use crate::core::time::Timestamp;
use members::JwkMembers;

/// Whether a text is a JSON object or array, perhaps a broken one. A bracket alone is not enough: a secret may begin with one.
pub(super) fn is_json(text: &[u8]) -> bool {
    let next = |text: &[u8]| text.trim_ascii_start().first().copied();
    match text {
        [b'{', rest @ ..] => matches!(next(rest), Some(b'"' | b'}')),
        [b'[', rest @ ..] => {
            matches!(next(rest), Some(b'{' | b']'))
                || serde_json::from_slice::<JwkValue>(text).is_ok()
        }
        _ => false,
    }
}

/// Reads a text that [`is_json`] accepts.
pub(super) fn read(text: &[u8]) -> Result<KeyFile, KeyFileError> {
    let json: JwkValue = serde_json::from_slice(text).map_err(|error| {
        // serde_json's own words may quote the input; the position where it stopped does not.
        let (line, column) = (error.line(), error.column());
        KeyFileError::broken(
            "a JSON file",
            format!("it is not valid JSON (line {line}, column {column})"),
        )
    })?;
    let object = match &json {
        JwkValue::Object(object) => object,
        JwkValue::List(list) if list.iter().any(JwkValue::is_jwk) => {
            return Err(KeyFileError::unusable(
                "an array of JWKs",
                "a JWKS is an object; to make one of it: `jq '{keys: .}' FILE > keys.json`",
            ));
        }
        other => return Err(inside::describe(other)),
    };
    if object.has_duplicates {
        return Err(KeyFileError::broken(
            "a JSON file",
            "it has a repeated member",
        ));
    }
    match object.get("keys") {
        Some(JwkValue::List(list)) => set(list),
        None if object.get("kty").is_some() => one(object),
        None if inside::is_map(object) => inside::map(object),
        Some(other) if !inside::holds_key(other) => {
            Err(KeyFileError::broken("a JWKS", "its `keys` is not an array"))
        }
        _ => Err(inside::describe(&json)),
    }
}

fn one(object: &Object) -> Result<KeyFile, KeyFileError> {
    let DerKey { key, notes } = key(object)?;
    let private = match key.kind() {
        KeyKind::Secret { .. } => "",
        _ if key.is_private() => ", private",
        _ => ", public",
    };
    let form = format!("a JWK ({}{private})", key.kind());
    Ok(KeyFile {
        notes,
        ..KeyFile::of_one(key, form)
    })
}

/// Reads a JWKS. Members that can't be used are left out with a note (RFC 7517 §5). If no member can be used, that is an error, which names the first problem.
fn set(list: &[JwkValue]) -> Result<KeyFile, KeyFileError> {
    let (mut keys, mut notes, mut first_problem) = (Vec::new(), Vec::new(), None);
    for (at, item) in list.iter().enumerate() {
        let object = match item {
            JwkValue::Object(object) => object,
            _ => &Object::default(),
        };
        let name = match object.text("kid") {
            Some(kid) => format!("key {} (kid {})", at + 1, shown(kid)),
            None => format!("key {}", at + 1),
        };
        match key(object) {
            Ok(read) => {
                notes.extend(read.notes.into_iter().map(|note| format!("{name}: {note}")));
                keys.push(read.key);
            }
            Err(problem) => {
                notes.push(format!("{name} was left out: {}", problem.in_a_note()));
                first_problem.get_or_insert(problem);
            }
        }
    }
    if keys.is_empty() {
        return Err(match (first_problem, list.len()) {
            (None, _) => KeyFileError::broken("a JWKS", "it has no keys"),
            (Some(problem), 1) => problem,
            (Some(problem), count) => KeyFileError::broken(
                format!("a JWKS of {count} keys"),
                format!(
                    "none of them can be used; about the first: {}",
                    problem.in_a_note()
                ),
            ),
        });
    }
    let (count, s) = (list.len(), if list.len() == 1 { "" } else { "s" });
    Ok(KeyFile {
        keys: KeySet::new(keys),
        form: format!("a JWKS of {count} key{s}"),
        notes,
    })
}

/// Reads a member of a JWKS as a key, or returns `None` if it can't be used.
pub(super) fn usable(item: &JwkValue) -> Option<Key> {
    match item {
        JwkValue::Object(object) => key(object).ok().map(|read| read.key),
        _ => None,
    }
}

fn key(object: &Object) -> Result<DerKey, KeyFileError> {
    if object.has_duplicates {
        return Err(KeyFileError::broken("a JWK", "it has a repeated member"));
    }
    let member = JwkMembers(object);
    let kty = member.required("kty")?;
    // Read the purpose before the members, so that an encryption key is not reported as a broken key.
    let purpose = purpose(&member, kty)?;
    let mut read = match kty {
        "oct" => DerKey::from(material::secret(&member)?),
        "RSA" => material::rsa(&member)?,
        "EC" => material::ec(&member)?,
        "OKP" => material::okp(&member)?,
        _ => {
            return Err(KeyFileError::unusable(
                format!("a JWK with `kty` {}", shown(kty)),
                "jwtsess can use RSA, EC, OKP and oct keys",
            ));
        }
    };
    certificate::compare(&read.key, &member, &mut read.notes)?;
    bind(&mut read.key, &member)?;
    read.key.limit(purpose);
    let kid = member.optional("kid")?.map(str::to_owned);
    let mut key = read.key.with_kid(kid);
    if let Some(end) = end(&member)? {
        read.notes.extend(far(end));
        key = key.retired_until(end);
    }
    Ok(DerKey {
        key,
        notes: read.notes,
    })
}

/// Reads `exp`: the time until which a retired key checks signatures. `key rotate` writes it, and the historical keys of `OpenID` Federation have it.
fn end(member: &JwkMembers<'_>) -> Result<Option<Timestamp>, KeyFileError> {
    match member.0.get("exp") {
        None => Ok(None),
        Some(JwkValue::Number(seconds)) => Ok(Some(Timestamp::from_seconds(*seconds))),
        Some(_) => Err(KeyFileError::broken("a JWK", "its `exp` is not a number")),
    }
}

/// Notes an end that nobody can have meant.
fn far(end: Timestamp) -> Option<String> {
    // As seconds, the year 5138. As milliseconds, 1973.
    const LIKELY: i64 = 100_000_000_000;
    const MILLISECONDS: i64 = 100_000_000_000_000;
    let why = match end.seconds() {
        ..LIKELY => return None,
        LIKELY..MILLISECONDS => "looks like milliseconds, and is in seconds",
        _ => "is beyond any date",
    };
    Some(format!(
        "its `exp` {why} (RFC 7519 §2): the key is retired, but it will check signatures for ever"
    ))
}

/// Reads what `use` and `key_ops` allow (RFC 7517 §4.2, §4.3).
fn purpose(member: &JwkMembers<'_>, kty: &str) -> Result<KeyUse, KeyFileError> {
    let not_for =
        |what: &str| KeyFileError::unusable(format!("a JWK {what}"), "give a key for signatures");
    match member.optional("use")? {
        None | Some("sig") => {}
        Some("enc") => return Err(not_for("for encryption (`use` is enc)")),
        Some(_) => return Err(not_for("with a `use` that is not sig")),
    }
    let mut purpose = KeyUse {
        sign: true,
        verify: true,
    };
    match member.0.get("key_ops") {
        None => return Ok(purpose),
        Some(JwkValue::List(operations)) => {
            let operations = texts(operations)?;
            let has = |name: &str| operations.contains(&name);
            purpose.sign = has("sign");
            // A private JWK states only `sign`; its public half is another key, which states `verify` (W3C WebCrypto writes them so). So a private key that may
            // sign may also verify. A secret has no other half.
            let half = kty != "oct" && member.0.get("d").is_some() && purpose.sign;
            purpose.verify = has("verify") || half;
        }
        Some(_) => {
            return Err(KeyFileError::broken(
                "a JWK",
                "its `key_ops` is not an array",
            ));
        }
    }
    if !purpose.sign && !purpose.verify {
        return Err(not_for("whose `key_ops` name neither sign nor verify"));
    }
    Ok(purpose)
}

/// The values of `key_ops`: strings, and none of them twice (RFC 7517 §4.3).
fn texts(operations: &[JwkValue]) -> Result<Vec<&str>, KeyFileError> {
    let mut texts = Vec::with_capacity(operations.len());
    for one in operations {
        let problem = match one {
            JwkValue::Text(text) if !texts.contains(&text.as_str()) => {
                texts.push(text.as_str());
                continue;
            }
            JwkValue::Text(_) => "its `key_ops` have a value twice (RFC 7517 §4.3)",
            _ => "its `key_ops` hold something that is not a string",
        };
        return Err(KeyFileError::broken("a JWK", problem));
    }
    Ok(texts)
}

/// Binds the key to its `alg` (RFC 7517 §4.4).
fn bind(key: &mut Key, member: &JwkMembers<'_>) -> Result<(), KeyFileError> {
    let Some(name) = member.optional("alg")? else {
        return Ok(());
    };
    match AlgName::classify(name) {
        AlgName::Supported(algorithm) if key.algorithms().contains(&algorithm) => {
            key.bind(algorithm);
        }
        AlgName::Supported(algorithm) => {
            let problem = format!(
                "its `alg` is {algorithm}, which its kind ({}) does not support",
                key.kind()
            );
            return Err(KeyFileError::broken("a JWK", problem));
        }
        AlgName::Known(name, what) => {
            return Err(KeyFileError::unusable(
                format!("a JWK with `alg` {name} ({what})"),
                "give a key for an algorithm that jwtsess supports",
            ));
        }
        AlgName::None | AlgName::Unknown(_) => {
            return Err(KeyFileError::unusable(
                "a JWK whose `alg` names no algorithm",
                "correct or remove its `alg`",
            ));
        }
    }
    Ok(())
}
