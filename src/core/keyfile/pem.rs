//! Reads PEM (RFC 7468) as people have it: several blocks, text around them, line breaks lost or escaped.
//!
//! We parse the framing ourselves: the existing readers either require lines of 64 characters or copy private keys to memory that nobody wipes.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::content::{KeyFile, KeyFileError};
use super::der::DerKey;
use super::encrypted::{ENCRYPT_ANEW, Opener};
use super::{der, recognise};
use crate::core::key::asn1::DerStructure;
use crate::core::key::{Key, KeySet, Pss, asn1};

/// OpenSSL's label for a key for PSS in PKCS#1.
const RSA_PSS: &str = "RSA-PSS PRIVATE KEY";

/// Whether a PEM block begins anywhere in the text.
pub(super) fn is_pem(text: &[u8]) -> bool {
    find(text, b"-----BEGIN").is_some()
}

/// The keys, notes and problems found in a file's blocks so far.
#[derive(Default)]
struct PemContent {
    keys: Vec<Key>,
    forms: Vec<String>,
    notes: Vec<String>,
    problems: Vec<KeyFileError>,
    blocks: usize,
    certificates: usize,
}

/// Reads every block, but only the first certificate of a chain. If there is a key, blocks that hold none become notes; otherwise the first block's problem is
/// the error.
pub(super) fn read(text: &[u8], opener: &Opener<'_>) -> Result<KeyFile, KeyFileError> {
    let mut found = PemContent::default();
    let mut rest = text;
    while let Some(start) = find(rest, b"-----BEGIN") {
        match Block::take(&rest[start..]) {
            Ok((block, behind)) => {
                found.add(&block, opener)?;
                rest = behind;
            }
            Err(error) => {
                found.blocks += 1;
                found.problems.push(error);
                break;
            }
        }
    }
    found.into_file()
}

impl PemContent {
    /// Reads one block. An encrypted key that can't be opened fails the whole file: without that key we would sign with another key than the user meant.
    fn add(&mut self, block: &Block<'_>, opener: &Opener<'_>) -> Result<(), KeyFileError> {
        // `openssl ecparam -genkey` writes this before the key. The key names its curve itself.
        if block.label == "EC PARAMETERS" {
            return Ok(());
        }
        self.blocks += 1;
        let read = block.decode().and_then(|decoded| {
            if decoded.shape == DerStructure::Certificate {
                self.certificates += 1;
                if self.certificates > 1 {
                    return Ok(None);
                }
            }
            decoded.fits_its_label()?;
            // The label alone says so: `openssl rsa -traditional` writes neither the algorithm nor its parameters.
            let read = if (decoded.label, decoded.shape) == (RSA_PSS, DerStructure::Pkcs1Private) {
                der::pkcs1_private(&decoded.der, Some(Pss::unlimited()), &decoded.form)
            } else {
                der::read(decoded.shape, &decoded.der, &decoded.form, opener)
            };
            read.map(|read| Some((read, decoded.form)))
        });
        match read {
            Ok(None) => {}
            Ok(Some((read, form))) => self.keep(read, &form),
            Err(
                closed @ (KeyFileError::NeedsPassphrase { .. }
                | KeyFileError::WrongPassphrase { .. }),
            ) => return Err(closed),
            Err(problem) => self.problems.push(problem),
        }
        Ok(())
    }

    /// Keeps a key, but not a public key beside its private key, nor a key for the second time.
    fn keep(&mut self, read: DerKey, form: &str) {
        let DerKey { key, notes } = read;
        let form = format!("{form} ({})", key.kind());
        let thumbprint = key.thumbprint();
        let known = self
            .keys
            .iter()
            .position(|known| known.thumbprint() == thumbprint);
        let what = match known {
            None => {
                self.notes.extend(notes);
                self.keys.push(key);
                self.forms.push(form);
                return;
            }
            Some(at) if key.is_private() && !self.keys[at].is_private() => {
                self.notes.extend(notes);
                self.keys[at] = key;
                self.forms[at] = form;
                "public"
            }
            Some(_) if key.is_private() => "private",
            Some(_) => "public",
        };
        self.notes
            .push(format!("a duplicate {what} key was left out"));
    }

    fn into_file(mut self) -> Result<KeyFile, KeyFileError> {
        if self.keys.is_empty() {
            let nothing = || KeyFileError::broken("a PEM file", "there is no key in it");
            return Err(self.problems.into_iter().next().unwrap_or_else(nothing));
        }
        self.notes
            .extend(self.problems.iter().map(KeyFileError::in_a_note));
        if self.certificates > 1 {
            self.notes.push(format!(
                "it has a chain of {} certificates; the key of the first one is used",
                self.certificates
            ));
        }
        if self.blocks > 1 {
            let used = self.keys.len();
            self.notes.insert(
                0,
                format!(
                    "it has {} PEM blocks, of which {used} can be used",
                    self.blocks
                ),
            );
        }
        // If a file holds a key a hundred times, one note is enough.
        self.notes.dedup();
        let form = match self.forms.as_slice() {
            [one] => one.clone(),
            several => format!("a PEM file of {} keys", several.len()),
        };
        Ok(KeyFile {
            keys: KeySet::new(self.keys),
            form,
            notes: self.notes,
        })
    }
}

/// Reads base64 of a whole PEM file, or of DER without its BEGIN and END lines (Keycloak shows a realm's key so). `None` if it is neither.
pub(super) fn read_without_lines(
    text: &[u8],
    opener: &Opener<'_>,
) -> Option<Result<KeyFile, KeyFileError>> {
    let decoded = decode(text).ok()?;
    if is_pem(&decoded) {
        return Some(read(&decoded, opener).map(|file| noted(file, "it was decoded from base64")));
    }
    let shape = asn1::shape(&decoded)?;
    Some(
        der::read(shape, &decoded, shape.in_der(), opener).map(|read| {
            let form = format!("{} ({})", shape.in_der(), read.key.kind());
            noted(
                KeyFile {
                    notes: read.notes,
                    ..KeyFile::of_one(read.key, form)
                },
                "it was decoded from base64",
            )
        }),
    )
}

fn noted(mut file: KeyFile, note: &str) -> KeyFile {
    file.notes.push(note.to_owned());
    file
}

/// One PEM block, not yet decoded.
struct Block<'a> {
    label: &'a str,
    body: &'a [u8],
}

impl<'a> Block<'a> {
    /// Takes the block that begins here; returns it and the text after it.
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
        // RFC 7468 §3 allows more characters, but no tool writes them, and messages show the label.
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || b" -.#/_".contains(&byte);
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

    fn decode(&self) -> Result<DecodedBlock<'_>, KeyFileError> {
        if find(self.body, b"Proc-Type:").is_some() {
            return Err(KeyFileError::unusable(
                format!(
                    "a PEM block {} that is encrypted in the old way (`Proc-Type: 4,ENCRYPTED`)",
                    self.label
                ),
                ENCRYPT_ANEW,
            ));
        }
        if let Some(unusable) = recognise::label(self.label) {
            return Err(unusable);
        }
        let called = format!("a PEM block {}", self.label);
        let mut der =
            decode(self.body).map_err(|problem| KeyFileError::broken(called.as_str(), problem))?;
        if asn1::too_deep(&der) {
            return Err(KeyFileError::broken(
                called,
                "it is nested deeper than any key",
            ));
        }
        // OpenSSL's own format appends the certificate's trust settings.
        if self.label == "TRUSTED CERTIFICATE"
            && let Some(length) = asn1::first(&der).map(<[u8]>::len)
        {
            der.truncate(length);
        }
        let Some(shape) = asn1::shape(&der) else {
            return Err(KeyFileError::broken(
                called,
                "its content is not a key in DER; a part may be missing",
            ));
        };
        let form = if shape == DerStructure::EncryptedPkcs8 {
            format!("an {}", shape.name())
        } else {
            format!("a PEM {}", shape.name())
        };
        Ok(DecodedBlock {
            label: self.label,
            shape,
            der,
            form,
        })
    }
}

/// A block's DER, and what it holds.
struct DecodedBlock<'a> {
    label: &'a str,
    shape: DerStructure,
    der: Zeroizing<Vec<u8>>,
    form: String,
}

impl DecodedBlock<'_> {
    /// Refuses a block whose content is not what its label announces: other programs trust the label and would take the block for something else. An unknown
    /// label (`RSA-PSS PRIVATE KEY`, `ECDSA Public Key`) may hold anything.
    fn fits_its_label(&self) -> Result<(), KeyFileError> {
        if expected(self.label).is_none_or(|expected| expected == self.shape) {
            return Ok(());
        }
        let advice = match fitting(self.shape) {
            Some(right) => format!("if that is the key that you mean, change the label to {right}"),
            None => "it holds no key".to_owned(),
        };
        let (label, content) = (self.label, self.shape.with_article());
        Err(KeyFileError::unusable(
            format!("a PEM block that is labelled {label} and holds {content}"),
            advice,
        ))
    }
}

/// The right label for a structure.
fn fitting(shape: DerStructure) -> Option<&'static str> {
    match shape {
        DerStructure::Pkcs8 => Some("PRIVATE KEY"),
        DerStructure::EncryptedPkcs8 => Some("ENCRYPTED PRIVATE KEY"),
        DerStructure::Spki => Some("PUBLIC KEY"),
        DerStructure::Pkcs1Private => Some("RSA PRIVATE KEY"),
        DerStructure::Pkcs1Public => Some("RSA PUBLIC KEY"),
        DerStructure::Sec1 => Some("EC PRIVATE KEY"),
        DerStructure::Certificate => Some("CERTIFICATE"),
        _ => None,
    }
}

/// The structure that a label announces (RFC 7468 §4, and the older labels that OpenSSL writes).
fn expected(label: &str) -> Option<DerStructure> {
    match label {
        "PRIVATE KEY" => Some(DerStructure::Pkcs8),
        "ENCRYPTED PRIVATE KEY" => Some(DerStructure::EncryptedPkcs8),
        "PUBLIC KEY" => Some(DerStructure::Spki),
        "RSA PRIVATE KEY" => Some(DerStructure::Pkcs1Private),
        "RSA PUBLIC KEY" => Some(DerStructure::Pkcs1Public),
        "EC PRIVATE KEY" => Some(DerStructure::Sec1),
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
            Some(DerStructure::Certificate)
        }
        _ => None,
    }
}

/// Decodes strict base64, but skips white space anywhere, and line breaks that an environment variable or JSON turned into `\n`.
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
