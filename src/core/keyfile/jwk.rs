//! Reads JWK and JWKS (RFC 7517, 7518 §6, 8037). A key keeps every binding that it states.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::content::{KeyFile, KeyFileError, unsound};
use super::der::{Read, multi_prime, rsa_private};
use super::json::{Json, Object};
use crate::core::algorithm::AlgName;
use crate::core::key::{Curve, Key, KeyKind, KeySet, Purpose, RsaParts, SecretRefused};
use crate::core::secret::Secret;
use crate::core::time::Timestamp;

/// Whether a text is a JSON object or array, perhaps a broken one. A bracket alone is not enough: a secret may begin with one.
pub(super) fn is_json(text: &[u8]) -> bool {
    let next = |text: &[u8]| text.trim_ascii_start().first().copied();
    match text {
        [b'{', rest @ ..] => matches!(next(rest), Some(b'"' | b'}')),
        [b'[', rest @ ..] => {
            matches!(next(rest), Some(b'{' | b']')) || serde_json::from_slice::<Json>(text).is_ok()
        }
        _ => false,
    }
}

/// Reads a text that [`is_json`] accepts.
pub(super) fn read(text: &[u8]) -> Result<KeyFile, KeyFileError> {
    let json: Json = serde_json::from_slice(text).map_err(|error| {
        // serde_json's own words may quote the input; the position where it stopped does not.
        let (line, column) = (error.line(), error.column());
        KeyFileError::broken(
            "a JSON file",
            format!("it is not valid JSON (line {line}, column {column})"),
        )
    })?;
    let object = match &json {
        Json::Object(object) => object,
        Json::List(list) if list.iter().any(is_jwk) => {
            return Err(KeyFileError::unusable(
                "an array of JWKs",
                "a JWKS is an object: `jq '{keys: .}' FILE > keys.json`",
            ));
        }
        _ => return Err(no_jwk("a JSON array")),
    };
    if object.has_duplicates {
        return Err(KeyFileError::broken(
            "a JSON file",
            "a member stands in it twice",
        ));
    }
    match object.get("keys") {
        Some(Json::List(list)) => set(list),
        Some(_) => Err(KeyFileError::broken("a JWKS", "its `keys` is not an array")),
        None if object.get("kty").is_some() => one(object),
        None => Err(other(object)),
    }
}

fn one(object: &Object) -> Result<KeyFile, KeyFileError> {
    let Read { key, notes } = key(object)?;
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
fn set(list: &[Json]) -> Result<KeyFile, KeyFileError> {
    let (mut keys, mut notes, mut first_problem) = (Vec::new(), Vec::new(), None);
    for (at, item) in list.iter().enumerate() {
        let object = match item {
            Json::Object(object) => object,
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
                notes.push(format!("{name} is left out: {}", problem.in_a_note()));
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
                    "none of them can be used; the first: {}",
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
pub(super) fn usable(item: &Json) -> Option<Key> {
    match item {
        Json::Object(object) => key(object).ok().map(|read| read.key),
        _ => None,
    }
}

/// Shortens a kid for a note. Whoever prints it must escape it.
fn shown(kid: &str) -> String {
    let mut short: String = kid.chars().take(64).collect();
    if short.len() < kid.len() {
        short.push('…');
    }
    short
}

fn is_jwk(json: &Json) -> bool {
    matches!(json, Json::Object(object) if object.get("kty").is_some())
}

fn no_jwk(form: &str) -> KeyFileError {
    KeyFileError::unusable(
        form,
        "it is neither a JWK nor a JWKS; if this text is itself the secret, give it with `--secret file:PATH`",
    )
}

/// The error for a JSON file that holds or leads to a key but is not a JWK itself.
fn other(object: &Object) -> KeyFileError {
    let has = |name: &str| object.get(name).is_some();
    if object
        .text("private_key")
        .is_some_and(|text| text.contains("-----BEGIN"))
    {
        return KeyFileError::unusable(
            "a service account file",
            "take its key out: `jq -r .private_key FILE > key.pem`, with a umask of 077",
        );
    }
    if has("jwks_uri") {
        return KeyFileError::unusable(
            "an OpenID Connect discovery document",
            "its `jwks_uri` leads to the keys: `curl -s \"$(jq -r .jwks_uri FILE)\" > keys.json`",
        );
    }
    if has("access_token") || has("id_token") || has("refresh_token") {
        return KeyFileError::unusable("a token answer in JSON", "it holds tokens and no key");
    }
    no_jwk("a JSON object")
}

fn key(object: &Object) -> Result<Read, KeyFileError> {
    if object.has_duplicates {
        return Err(KeyFileError::broken("a JWK", "a member stands in it twice"));
    }
    let member = Members(object);
    let kty = member.required("kty")?;
    // Read the purpose before the members, so that an encryption key is not reported as a broken key.
    let purpose = purpose(&member, kty)?;
    let mut read = match kty {
        "oct" => Read::from(secret(&member)?),
        "RSA" => rsa(&member)?,
        "EC" => Read::from(ec(&member)?),
        "OKP" => Read::from(okp(&member)?),
        _ => {
            return Err(KeyFileError::unusable(
                format!("a JWK with `kty` {}", shown(kty)),
                "RSA, EC, OKP and oct keys can be used",
            ));
        }
    };
    bind(&mut read.key, &member)?;
    read.key.limit(purpose);
    let kid = member.optional("kid")?.map(str::to_owned);
    let mut key = read.key.with_kid(kid);
    if let Some(end) = end(&member)? {
        key = key.retired_until(end);
    }
    Ok(Read {
        key,
        notes: read.notes,
    })
}

/// Reads `exp`: the time until which a retired key checks signatures. `key rotate` writes it, and the historical keys of `OpenID` Federation have it.
fn end(member: &Members<'_>) -> Result<Option<Timestamp>, KeyFileError> {
    match member.0.get("exp") {
        None => Ok(None),
        Some(Json::Number(seconds)) => Ok(Some(Timestamp::from_seconds(*seconds))),
        Some(_) => Err(KeyFileError::broken("a JWK", "its `exp` is not a number")),
    }
}

/// Reads what `use` and `key_ops` allow (RFC 7517 §4.2, §4.3).
fn purpose(member: &Members<'_>, kty: &str) -> Result<Purpose, KeyFileError> {
    let not_for = |what: &str| {
        KeyFileError::unusable(format!("a JWK {what}"), "a key for signatures is needed")
    };
    match member.optional("use")? {
        None | Some("sig") => {}
        Some("enc") => return Err(not_for("for encryption (`use` is enc)")),
        Some(_) => return Err(not_for("with a `use` that is not sig")),
    }
    let mut purpose = Purpose {
        sign: true,
        verify: true,
    };
    match member.0.get("key_ops") {
        None => return Ok(purpose),
        Some(Json::List(operations)) => {
            let has = |name: &str| {
                operations
                    .iter()
                    .any(|one| matches!(one, Json::Text(text) if text.as_str() == name))
            };
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

/// Binds the key to its `alg` (RFC 7517 §4.4).
fn bind(key: &mut Key, member: &Members<'_>) -> Result<(), KeyFileError> {
    let Some(name) = member.optional("alg")? else {
        return Ok(());
    };
    match AlgName::classify(name) {
        AlgName::Supported(algorithm) if key.algorithms().contains(&algorithm) => {
            key.bind(algorithm);
        }
        AlgName::Supported(algorithm) => {
            let problem = format!(
                "its `alg` is {algorithm}, which its kind ({}) does not serve",
                key.kind()
            );
            return Err(KeyFileError::broken("a JWK", problem));
        }
        AlgName::Known(name, what) => {
            return Err(KeyFileError::unusable(
                format!("a JWK with `alg` {name} ({what})"),
                "a key for a signature that jwtsess makes is needed",
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

fn secret(member: &Members<'_>) -> Result<Key, KeyFileError> {
    let bytes = member.bytes("k")?.ok_or_else(|| missing("k"))?;
    Key::from_secret(Secret::new(bytes.to_vec())).map_err(|refused| match refused {
        SecretRefused::Empty => KeyFileError::broken("a JWK", "its `k` is empty"),
        SecretRefused::KeyMaterial(_) | SecretRefused::NoSecret(_) => KeyFileError::Secret(refused),
    })
}

fn rsa(member: &Members<'_>) -> Result<Read, KeyFileError> {
    const FORM: &str = "an RSA JWK";
    let modulus = member.bytes("n")?.ok_or_else(|| missing("n"))?;
    let exponent = member.bytes("e")?.ok_or_else(|| missing("e"))?;
    if member.0.get("oth").is_some() {
        return Err(multi_prime(FORM));
    }
    let Some(private) = member.bytes("d")? else {
        return Key::rsa_public(&modulus, &exponent, None)
            .map(Read::from)
            .map_err(unsound(FORM));
    };
    let mut crt = Vec::with_capacity(5);
    for name in ["p", "q", "dp", "dq", "qi"] {
        crt.extend(member.bytes(name)?);
    }
    let [p, q, dp, dq, qi] = crt.as_slice() else {
        return Err(KeyFileError::unusable(
            "an RSA JWK without its CRT members (`p`, `q`, `dp`, `dq`, `qi`)",
            "export it again with all of them, or as PEM; to verify alone, remove `d`",
        ));
    };
    let parts = RsaParts {
        n: &modulus,
        e: &exponent,
        d: &private,
        p,
        q,
        dp,
        dq,
        qi,
    };
    rsa_private(&parts, None, FORM)
}

type Bytes = Zeroizing<Vec<u8>>;

fn ec(member: &Members<'_>) -> Result<Key, KeyFileError> {
    const FORM: &str = "an EC JWK";
    let curve = match member.required("crv")? {
        "P-256" => Curve::P256,
        "P-384" => Curve::P384,
        "P-521" => Curve::P521,
        "secp256k1" => Curve::Secp256k1,
        other => return Err(other_curve(FORM, other)),
    };
    let coordinate = |name: &'static str| -> Result<Bytes, KeyFileError> {
        let bytes = member.bytes(name)?.ok_or_else(|| missing(name))?;
        fixed(bytes, curve.bytes(), name)
    };
    let point = [&[4][..], &coordinate("x")?, &coordinate("y")?].concat();
    match member.bytes("d")? {
        None => Key::ec_public(curve, &point),
        Some(d) => Key::ec_private(curve, &fixed(d, curve.bytes(), "d")?, Some(&point)),
    }
    .map_err(unsound(FORM))
}

fn okp(member: &Members<'_>) -> Result<Key, KeyFileError> {
    const FORM: &str = "an OKP JWK";
    match member.required("crv")? {
        "Ed25519" => {}
        other => return Err(other_curve(FORM, other)),
    }
    let x = member.bytes("x")?.ok_or_else(|| missing("x"))?;
    match member.bytes("d")? {
        None => Key::ed25519_public(&x),
        Some(d) => Key::ed25519_private(&d, Some(&x)),
    }
    .map_err(unsound(FORM))
}

fn other_curve(form: &str, name: &str) -> KeyFileError {
    let known = [
        "secp256k1",
        "Ed448",
        "X25519",
        "X448",
        "P-256",
        "P-384",
        "P-521",
        "Ed25519",
    ];
    let form = if known.contains(&name) {
        format!("{form} with `crv` {name}")
    } else {
        format!("{form} with an unknown `crv`")
    };
    KeyFileError::unusable(
        form,
        "P-256, P-384, P-521 and secp256k1 (EC) and Ed25519 (OKP) can be used",
    )
}

/// Requires a coordinate of full size, with its leading zeros (RFC 7518 §6.2.1.2).
fn fixed(bytes: Bytes, length: usize, name: &str) -> Result<Bytes, KeyFileError> {
    if bytes.len() == length {
        return Ok(bytes);
    }
    let problem = format!(
        "its `{name}` has {} bytes; this curve's have {length}",
        bytes.len()
    );
    Err(KeyFileError::broken("an EC JWK", problem))
}

fn missing(name: &str) -> KeyFileError {
    KeyFileError::broken("a JWK", format!("it has no `{name}`"))
}

/// Reads a JWK's members by type.
struct Members<'a>(&'a Object);

impl<'a> Members<'a> {
    fn optional(&self, name: &'static str) -> Result<Option<&'a str>, KeyFileError> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => Err(KeyFileError::broken(
                "a JWK",
                format!("its `{name}` is not a string"),
            )),
        }
    }
    fn required(&self, name: &'static str) -> Result<&'a str, KeyFileError> {
        self.optional(name)?.ok_or_else(|| missing(name))
    }
    /// Decodes strict base64url (RFC 7515 §2): no padding, no white space, no bits set after the last byte.
    fn bytes(&self, name: &'static str) -> Result<Option<Bytes>, KeyFileError> {
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
