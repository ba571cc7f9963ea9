//! PEM (RFC 7468) as people have it: several blocks, text around them, lost or escaped line breaks.
//!
//! The framing is ours because the readers there are either want lines of 64 or copy the text of private keys to memory that nobody wipes.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::{KeyFile, KeyFileError, der, recognise};
use crate::core::key::asn1::Shape;
use crate::core::key::{Key, KeySet, asn1};

/// Whether there is a PEM block anywhere in it.
pub(super) fn is_pem(text: &[u8]) -> bool {
    find(text, b"-----BEGIN").is_some()
}

/// Reads every block. Those that are no key are noted where another is; where none is, the first one's problem is the answer.
pub(super) fn read(text: &[u8]) -> Result<KeyFile, KeyFileError> {
    let mut keys: Vec<Key> = Vec::new();
    let (mut forms, mut notes, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = text;
    let mut blocks = 0;
    while let Some(start) = find(rest, b"-----BEGIN") {
        blocks += 1;
        let (block, behind) = match Block::take(&rest[start..]) {
            Ok(taken) => taken,
            Err(error) => {
                problems.push(error);
                break;
            }
        };
        rest = behind;
        if block.label == "EC PARAMETERS" {
            // What `openssl ecparam -genkey` writes before the key, which says its curve itself.
            blocks -= 1;
            continue;
        }
        match block.read(&mut notes) {
            // A public key beside its private key, or a second time, adds nothing.
            Ok((key, _))
                if keys
                    .iter()
                    .any(|known| known.thumbprint() == key.thumbprint())
                    && !key.is_private() =>
            {
                notes.push("a public key that is there already was left out".to_owned());
            }
            Ok((key, form)) => {
                keys.push(key);
                forms.push(form);
            }
            Err(error) => problems.push(error),
        }
    }
    if keys.is_empty() {
        let nothing = || KeyFileError::broken("a PEM file", "there is no key in it");
        return Err(problems.into_iter().next().unwrap_or_else(nothing));
    }
    notes.extend(problems.iter().map(KeyFileError::in_a_note));
    let form = match forms.as_slice() {
        [one] => one.clone(),
        several => format!("a PEM file of {} keys", several.len()),
    };
    if blocks > 1 {
        notes.insert(
            0,
            format!("{blocks} PEM blocks: {} of them used", keys.len()),
        );
    }
    Ok(KeyFile {
        keys: KeySet::new(keys),
        form,
        notes,
    })
}

/// Base64 of a whole PEM file or of DER, without the lines around it (what Keycloak shows as a realm's key); nothing if it is neither.
pub(super) fn read_without_lines(text: &[u8]) -> Option<Result<KeyFile, KeyFileError>> {
    let decoded = decode(text).ok()?;
    if is_pem(&decoded) {
        return Some(read(&decoded).map(|file| noted(file, "it was read out of base64")));
    }
    let shape = asn1::shape(&decoded)?;
    Some(der::read(shape, &decoded, shape.in_der()).map(|read| {
        let form = format!("{} ({})", shape.in_der(), read.key.kind());
        noted(
            KeyFile {
                notes: read.notes,
                ..KeyFile::of_one(read.key, form)
            },
            "it was read out of base64",
        )
    }))
}

fn noted(mut file: KeyFile, note: &str) -> KeyFile {
    file.notes.push(note.to_owned());
    file
}

/// One block, not yet decoded.
struct Block<'a> {
    label: &'a str,
    body: &'a [u8],
}

impl<'a> Block<'a> {
    /// The block that begins here, and what is behind it.
    fn take(text: &'a [u8]) -> Result<(Self, &'a [u8]), KeyFileError> {
        let cut = || KeyFileError::broken("a PEM file", "it has no END line: it was cut short");
        let broken = |problem: &str| KeyFileError::broken("a PEM file", problem);
        let begin = text
            .strip_prefix(b"-----BEGIN")
            .unwrap_or(text)
            .trim_ascii_start();
        let label_end = find(begin, b"-----").ok_or_else(cut)?;
        let label = std::str::from_utf8(&begin[..label_end])
            .unwrap_or_default()
            .trim();
        let letters =
            |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b" .#".contains(&byte);
        if label.is_empty() || label.len() > 40 || !label.bytes().all(letters) {
            return Err(broken("its BEGIN line is malformed"));
        }
        let body = &begin[label_end + 5..];
        let body_end = find(body, b"-----END").ok_or_else(cut)?;
        let end = body[body_end + 8..].trim_ascii_start();
        let end_label = end.get(..label.len()).unwrap_or(end);
        if end_label != label.as_bytes() {
            return Err(broken("its BEGIN and END lines differ"));
        }
        let behind = &end[label.len()..];
        let behind = behind.strip_prefix(b"-----").unwrap_or(behind);
        Ok((
            Self {
                label,
                body: &body[..body_end],
            },
            behind,
        ))
    }

    fn read(&self, notes: &mut Vec<String>) -> Result<(Key, String), KeyFileError> {
        if find(self.body, b"Proc-Type:").is_some() {
            return Err(KeyFileError::unusable(
                format!(
                    "a PEM block {} that is encrypted in the old way (`Proc-Type: 4,ENCRYPTED`)",
                    self.label
                ),
                "write it without its passphrase: `openssl pkey -in FILE -out plain.pem`, with a umask of 077",
            ));
        }
        if let Some(unusable) = recognise::label(self.label) {
            return Err(unusable);
        }
        let called = format!("a PEM block {}", self.label);
        let der =
            decode(self.body).map_err(|problem| KeyFileError::broken(called.as_str(), problem))?;
        if asn1::too_deep(&der) {
            return Err(KeyFileError::broken(
                called,
                "it is nested deeper than any key",
            ));
        }
        let Some(shape) = asn1::shape(&der) else {
            return Err(KeyFileError::broken(
                called,
                "what it holds is not a key's DER; is a part of it missing?",
            ));
        };
        let article = if shape == Shape::EncryptedPkcs8 {
            "an"
        } else {
            "a"
        };
        let name = if article == "an" {
            shape.name().to_owned()
        } else {
            format!("PEM {}", shape.name())
        };
        let form = format!("{article} {name}");
        if expected(self.label).is_some_and(|expected| expected != shape) {
            notes.push(format!(
                "a PEM block is labelled {} and holds {form}",
                self.label
            ));
        }
        let read = der::read(shape, &der, &form)?;
        notes.extend(read.notes);
        let form = format!("{form} ({})", read.key.kind());
        Ok((read.key, form))
    }
}

/// What a label announces (RFC 7468 §4; the older ones as OpenSSL writes them).
fn expected(label: &str) -> Option<Shape> {
    match label {
        "PRIVATE KEY" => Some(Shape::Pkcs8),
        "ENCRYPTED PRIVATE KEY" => Some(Shape::EncryptedPkcs8),
        "PUBLIC KEY" => Some(Shape::Spki),
        "RSA PRIVATE KEY" => Some(Shape::Pkcs1Private),
        "RSA PUBLIC KEY" => Some(Shape::Pkcs1Public),
        "EC PRIVATE KEY" => Some(Shape::Sec1),
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Some(Shape::Certificate),
        _ => None,
    }
}

/// Strict base64 but for white space, wherever it is, and for line breaks that an environment variable or JSON turned into `\n`.
fn decode(body: &[u8]) -> Result<Zeroizing<Vec<u8>>, &'static str> {
    let mut packed = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut bytes = body.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if matches!(bytes.peek(), Some(b'n' | b'r')) => {
                bytes.next();
            }
            _ if byte.is_ascii_whitespace() => {}
            _ => packed.push(byte),
        }
    }
    if packed.is_empty() {
        return Err("there is nothing in it");
    }
    let mut decoded = Zeroizing::new(vec![0; packed.len() / 4 * 3 + 3]);
    let length = STANDARD
        .decode_slice(packed.as_slice(), &mut decoded)
        .map_err(|_| "its base64 is broken")?;
    decoded.truncate(length);
    Ok(decoded)
}

fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    text.windows(needle.len())
        .position(|window| window == needle)
}
