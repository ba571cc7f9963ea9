//! JSON files that are no JWK themselves: maps of public keys are read, and of any other the key inside is found, with the `jq` line that takes it out.
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::content::{KeyFile, KeyFileError, shown};
use super::encrypted::Opener;
use super::json::{JwkValue, Object};
use super::pem;
use crate::core::key::asn1::{self, DerStructure};
use crate::core::key::{Key, KeySet};

/// Names that say what a value is, and so are no kid.
const FIELDS: [&str; 12] = [
    "ca",
    "ca_chain",
    "cert",
    "certificate",
    "chain",
    "issuing_ca",
    "key",
    "pem",
    "public",
    "public_key",
    "publicKey",
    "value",
];

/// Whether an object is a map of kids to certificates or public keys in PEM, as Google publishes for Firebase and for its Identity-Aware Proxy.
pub(super) fn is_map(object: &Object) -> bool {
    let public = |value: &JwkValue| match value {
        JwkValue::Text(text) => text.contains("-----BEGIN") && !text.contains("PRIVATE KEY"),
        _ => false,
    };
    let mut members = object.members().peekable();
    members.peek().is_some()
        && members.all(|(name, value)| !FIELDS.contains(&name) && public(value))
}

/// Reads a map of kids to certificates or public keys in PEM.
pub(super) fn map(object: &Object) -> Result<KeyFile, KeyFileError> {
    let (mut keys, mut notes, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (kid, value) in object.members() {
        let JwkValue::Text(text) = value else {
            continue;
        };
        match pem::read(text.as_bytes(), &Opener::new(None)) {
            Ok(file) => {
                // Every certificate has the same note.
                for note in file.notes {
                    if !notes.contains(&note) {
                        notes.push(note);
                    }
                }
                let keep = |key: Key| key.with_kid(Some(kid.to_owned()));
                keys.extend(file.keys.into_keys().into_iter().map(keep));
            }
            Err(problem) => {
                notes.push(format!(
                    "key {} is left out: {}",
                    shown(kid),
                    problem.in_a_note()
                ));
                problems.push(problem);
            }
        }
    }
    if let (true, Some(problem)) = (keys.is_empty(), problems.into_iter().next()) {
        return Err(problem);
    }
    let (count, s) = (keys.len(), if keys.len() == 1 { "" } else { "s" });
    Ok(KeyFile {
        keys: KeySet::new(keys),
        form: format!("a map of kids to {count} public key{s} in PEM"),
        notes,
    })
}

/// Whether a key is somewhere inside.
pub(super) fn holds_key(json: &JwkValue) -> bool {
    !search(json).is_empty()
}

/// Names a JSON file that is no JWK and says how to get at the key, if it holds or leads to one.
pub(super) fn describe(json: &JwkValue) -> KeyFileError {
    let form = match json {
        JwkValue::Object(object) => match named(object) {
            Some(error) => return error,
            None => "a JSON object",
        },
        _ => "a JSON array",
    };
    let found = search(json);
    let Some(best) = found.iter().find(|one| one.private).or(found.first()) else {
        return KeyFileError::unusable(
            form,
            "it is neither a JWK nor a JWKS; if this text is itself the secret, give it with `--secret file:PATH`",
        );
    };
    let paths: Vec<String> = found.iter().filter_map(EmbeddedKey::jq).collect();
    let (key, a) = if found.len() == 1 {
        ("key", "a ")
    } else {
        ("keys", "")
    };
    let place = match paths.as_slice() {
        [] => String::new(),
        [one] => format!(" (`{one}`)"),
        [first, .., last] => format!(" (`{first}` … `{last}`)"),
    };
    KeyFileError::unusable(
        format!("{form} with {a}{key} inside it{place}"),
        best.advice(),
    )
}

/// The files that are known by their members.
fn named(object: &Object) -> Option<KeyFileError> {
    let has = |name: &str| object.get(name).is_some();
    let unusable = |form: &str, advice: &str| Some(KeyFileError::unusable(form, advice));
    if object
        .text("private_key")
        .is_some_and(|text| text.contains("-----BEGIN"))
    {
        return unusable(
            "a service account file",
            "take its key out: `jq -r .private_key FILE > key.pem`, with a umask of 077",
        );
    }
    if has("jwks_uri") && !has("jwks") {
        return unusable(
            "an OpenID Connect discovery document",
            "its `jwks_uri` leads to the keys: `curl -s \"$(jq -r .jwks_uri FILE)\" > keys.json`",
        );
    }
    if has("access_token") || has("id_token") || has("refresh_token") {
        return unusable("a token answer in JSON", "it holds tokens and no key");
    }
    if has("ciphertext") && (has("protected") || has("iv") || has("recipients")) {
        return Some(if object.text("protected").is_some_and(encrypts_jwk) {
            encrypted_jwk()
        } else {
            KeyFileError::unusable(
                "an encrypted token in JSON form (JWE, RFC 7516 §7.2)",
                "give the key itself; if a key was encrypted so: `jose jwe dec -i FILE -k KEY.jwk -O key.jwk`",
            )
        });
    }
    if has("payload") && (has("signatures") || has("signature")) {
        return unusable(
            "a token in JSON form (JWS, RFC 7515 §7.2)",
            "it holds a signature and no key: give the key that checks it",
        );
    }
    None
}

/// Whether the header of a JWE says that a JWK or JWKS is encrypted (RFC 7517 §7).
fn encrypts_jwk(header: &str) -> bool {
    let header = URL_SAFE_NO_PAD.decode(header).unwrap_or_default();
    match serde_json::from_slice::<JwkValue>(&header) {
        Ok(JwkValue::Object(header)) => header.text("cty").is_some_and(|cty| {
            let cty = cty.to_ascii_lowercase();
            ["jwk+json", "jwk-set+json"].contains(&cty.trim_start_matches("application/"))
        }),
        _ => false,
    }
}

/// Whether a text is a compact JWE whose header says that it holds a JWK.
pub(super) fn is_encrypted_jwk(text: &[u8]) -> bool {
    let parts: Vec<&[u8]> = text.split(|byte| *byte == b'.').collect();
    let header = |header| std::str::from_utf8(header).is_ok_and(encrypts_jwk);
    matches!(parts.as_slice(), [first, _, _, _, _] if header(first))
}

pub(super) fn encrypted_jwk() -> KeyFileError {
    KeyFileError::unusable(
        "an encrypted JWK (JWE, RFC 7517 §7)",
        "decrypt it first: `jose jwe dec -i FILE -k KEY.jwk -O key.jwk`, with a umask of 077",
    )
}

/// A step to a member or an item.
#[derive(Clone, Copy)]
enum JsonStep<'a> {
    Member(&'a str),
    Item(usize),
}

/// How a key stands in its file.
#[derive(Clone, Copy)]
enum Embedding {
    Jwk,
    Jwks,
    ListOfJwks,
    Pem,
    JwkText,
    Base64OfPem,
    Base64OfJwk,
    Base64OfDer,
}

/// A key inside a JSON file.
struct EmbeddedKey<'a> {
    path: Vec<JsonStep<'a>>,
    dress: Embedding,
    private: bool,
}

fn search(json: &JwkValue) -> Vec<EmbeddedKey<'_>> {
    let mut found = Vec::new();
    walk(json, &mut Vec::new(), &mut found);
    found
}

/// `serde_json` reads at most 128 levels, so the recursion is bounded.
fn walk<'a>(json: &'a JwkValue, path: &mut Vec<JsonStep<'a>>, found: &mut Vec<EmbeddedKey<'a>>) {
    if let Some((dress, private)) = dress(json) {
        found.push(EmbeddedKey {
            path: path.clone(),
            dress,
            private,
        });
        return;
    }
    let mut step = |step, inner| {
        path.push(step);
        walk(inner, path, found);
        path.pop();
    };
    match json {
        JwkValue::Object(object) => object
            .members()
            .for_each(|(name, inner)| step(JsonStep::Member(name), inner)),
        JwkValue::List(list) => list
            .iter()
            .enumerate()
            .for_each(|(at, inner)| step(JsonStep::Item(at), inner)),
        _ => {}
    }
}

/// What key a value is, and whether it is private.
fn dress(json: &JwkValue) -> Option<(Embedding, bool)> {
    let private = |json: &JwkValue| match json {
        JwkValue::Object(jwk) => jwk.get("d").is_some() || jwk.get("k").is_some(),
        _ => false,
    };
    match json {
        JwkValue::Object(object) => match object.get("keys") {
            Some(JwkValue::List(list)) if list.iter().any(JwkValue::is_jwk) => {
                Some((Embedding::Jwks, list.iter().any(private)))
            }
            _ if json.is_jwk() => Some((Embedding::Jwk, private(json))),
            _ => None,
        },
        JwkValue::List(list) if list.iter().any(JwkValue::is_jwk) => {
            Some((Embedding::ListOfJwks, list.iter().any(private)))
        }
        JwkValue::Text(text) => in_text(text.as_bytes()).or_else(|| in_base64(text)),
        _ => None,
    }
}

fn in_text(text: &[u8]) -> Option<(Embedding, bool)> {
    let has = |needle: &[u8]| text.windows(needle.len()).any(|window| window == needle);
    if has(b"-----BEGIN") {
        return Some((Embedding::Pem, has(b"PRIVATE KEY-----")));
    }
    if text.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    match dress(&serde_json::from_slice(text).ok()?)? {
        (Embedding::Jwk | Embedding::Jwks, private) => Some((Embedding::JwkText, private)),
        _ => None,
    }
}

fn in_base64(text: &str) -> Option<(Embedding, bool)> {
    // No key is shorter: the SPKI of an Ed25519 key has 44 bytes.
    if text.len() < 56 {
        return None;
    }
    let packed: Zeroizing<String> = Zeroizing::new(text.split_ascii_whitespace().collect());
    let decoded = Zeroizing::new(STANDARD.decode(packed.as_bytes()).ok()?);
    match in_text(&decoded) {
        Some((Embedding::Pem, private)) => return Some((Embedding::Base64OfPem, private)),
        Some((_, private)) => return Some((Embedding::Base64OfJwk, private)),
        None => {}
    }
    let private = match asn1::shape(&decoded)? {
        DerStructure::Pkcs8
        | DerStructure::EncryptedPkcs8
        | DerStructure::Pkcs1Private
        | DerStructure::Sec1
        | DerStructure::Pkcs12 => true,
        DerStructure::Spki | DerStructure::Pkcs1Public | DerStructure::Certificate => false,
        _ => return None,
    };
    Some((Embedding::Base64OfDer, private))
}

impl EmbeddedKey<'_> {
    /// The path as jq takes it, unless it holds a name that may not be shown.
    fn jq(&self) -> Option<String> {
        let mut path = String::new();
        for step in &self.path {
            if path.is_empty() && !matches!(step, JsonStep::Member(name) if is_word(name)) {
                path.push('.');
            }
            match step {
                JsonStep::Member(name) if !may_be_shown(name) => return None,
                JsonStep::Member(name) if is_word(name) => path.extend([".", name]),
                JsonStep::Member(name) => path.extend(["[\"", name, "\"]"]),
                JsonStep::Item(at) => path.extend(["[", &at.to_string(), "]"]),
            }
        }
        Some(if path.is_empty() {
            ".".to_owned()
        } else {
            path
        })
    }

    fn advice(&self) -> String {
        let umask = if self.private {
            ", with a umask of 077"
        } else {
            ""
        };
        let Some(path) = self.jq() else {
            return format!("put that key into a file of its own{umask}");
        };
        let quoted = |filter: String| {
            let plain = filter
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte));
            if plain { filter } else { format!("'{filter}'") }
        };
        let command = match self.dress {
            Embedding::Jwk => format!("jq {} FILE > key.json", quoted(path)),
            Embedding::Jwks => format!("jq {} FILE > keys.json", quoted(path)),
            Embedding::ListOfJwks if path == "." => "jq '{keys: .}' FILE > keys.json".to_owned(),
            Embedding::ListOfJwks => format!("jq '{{keys: {path}}}' FILE > keys.json"),
            Embedding::Pem => format!("jq -r {} FILE > key.pem", quoted(path)),
            Embedding::JwkText => format!("jq -r {} FILE > key.json", quoted(path)),
            Embedding::Base64OfPem => format!("jq -r '{path} | @base64d' FILE > key.pem"),
            Embedding::Base64OfJwk => format!("jq -r '{path} | @base64d' FILE > key.json"),
            Embedding::Base64OfDer => format!("jq -r {} FILE > key.b64", quoted(path)),
        };
        format!("take it out: `{command}`{umask}")
    }
}

fn is_word(name: &str) -> bool {
    may_be_shown(name)
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Names of this kind may be shown; any other may be what nobody should see.
fn may_be_shown(name: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    (1..=40).contains(&name.len()) && name.bytes().all(letters)
}
