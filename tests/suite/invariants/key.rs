//! No public key becomes a secret, by `--secret` or by `--key`, in whatever dress.
//!
//! The first byte says what the rest is: bytes of a file; or a key's number, up to six dresses and what stands around them.
use jwtsess::internals::core::algorithm::Algorithm;
use jwtsess::internals::core::key::Key;
use jwtsess::internals::core::keyfile::read;
use jwtsess::internals::core::secret::Secret;

#[path = "../../../src/core/keyfile/tests/dress.rs"]
mod dress;
use dress::{CHARACTER_SETS, ENCODINGS, Step, WRAPPERS, apply};

/// A key file's most bytes.
const MOST: usize = 64 * 1024;

const PUBLIC: [&[u8]; 16] = [
    include_bytes!("../../fixtures/keys/rsa-2048.spki.pem"),
    include_bytes!("../../fixtures/keys/rsa-2048.pkcs1-public.der"),
    include_bytes!("../../fixtures/keys/rsa-2048.pkcs1-public.pem"),
    include_bytes!("../../fixtures/keys/rsa-2048.public.jwk"),
    include_bytes!("../../fixtures/keys/ec-p256.spki.der"),
    include_bytes!("../../fixtures/keys/ec-p256.spki-compressed.pem"),
    include_bytes!("../../fixtures/keys/ec-p256.public.jwk"),
    include_bytes!("../../fixtures/keys/ec-p521.spki.pem"),
    include_bytes!("../../fixtures/keys/ed25519.spki.pem"),
    include_bytes!("../../fixtures/keys/ed25519.public.jwk"),
    include_bytes!("../../fixtures/keys/certificate.pem"),
    include_bytes!("../../fixtures/keys/certificate.der"),
    include_bytes!("../../fixtures/keys/ssh-rsa.pub"),
    include_bytes!("../../fixtures/keys/ssh-ed25519.pub"),
    include_bytes!("../../fixtures/keys/rsa-pss-sha256.spki.pem"),
    include_bytes!("../../fixtures/keys/public.jwks.json"),
];

pub(crate) fn hold(data: &[u8]) {
    match data {
        [0..128, file @ ..] => any_file(file),
        [around, key, one, two, three, four, five, six, rest @ ..] => {
            let steps = [one, two, three, four, five, six].map(|byte| step(*byte));
            let steps: Vec<Step> = steps.into_iter().flatten().collect();
            let key = PUBLIC[usize::from(*key) % PUBLIC.len()];
            let dressed = apply(key.to_vec(), &steps);
            refused(&dressed);
            if around % 2 == 1 {
                surrounded(&dressed, rest);
            }
        }
        _ => {}
    }
}

/// A dress, or none.
fn step(byte: u8) -> Option<Step> {
    let how = usize::from(byte % 64);
    match byte / 64 {
        0 => Some(Step::Encode(how % ENCODINGS)),
        1 => Some(Step::Wrap(how % WRAPPERS)),
        2 if how < 32 => Some(Step::CharacterSet(how % CHARACTER_SETS)),
        2 => Some(Step::Compress(how % 2 == 0)),
        _ => None,
    }
}

fn is_secret(key: &Key) -> bool {
    key.algorithms().contains(&Algorithm::Hs256)
}

fn refused(bytes: &[u8]) {
    if bytes.len() > MOST {
        return;
    }
    let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).into_owned();
    let taken = Key::from_secret(Secret::new(bytes.to_vec()));
    assert!(taken.is_err(), "taken as a secret: {:?}", shown());
    if let Ok(file) = read(&Secret::new(bytes.to_vec())) {
        let secret = file.keys.keys().iter().any(is_secret);
        assert!(!secret, "read as {}: {:?}", file.form, shown());
    }
}

/// A text on lines of its own around a key that is a text.
fn surrounded(dressed: &[u8], around: &[u8]) {
    let is_text = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes);
        text.is_ok_and(|text| {
            !text.contains(|one: char| one.is_control() && !"\t\r\n".contains(one))
        })
    };
    if is_text(dressed) && is_text(around) {
        let (before, behind) =
            around.split_at(around.iter().position(|byte| *byte == b'\n').unwrap_or(0));
        refused(&[before, b"\n", dressed, b"\n", behind].concat());
    }
}

/// What one reader takes for a key is no secret for the other, and a key that signs checks what it signed.
fn any_file(bytes: &[u8]) {
    let secret = Key::from_secret(Secret::new(bytes.to_vec()));
    match read(&Secret::new(bytes.to_vec())) {
        Err(error) => {
            assert!(!error.to_string().contains(char::is_control), "{error}");
        }
        Ok(file) => {
            let raw = file.form == "raw secret bytes";
            assert!(raw || secret.is_err(), "{}", file.form);
            for key in file.keys.keys() {
                assert!(!raw || is_secret(key));
                for algorithm in key.algorithms() {
                    let Ok(signature) = key.sign(*algorithm, b"message") else {
                        continue;
                    };
                    assert!(!key.can_verify() || key.verify(*algorithm, b"message", &signature));
                    assert!(!key.can_verify() || !key.verify(*algorithm, b"another", &signature));
                }
            }
            for note in &file.notes {
                assert!(note.len() < 2000);
            }
        }
    }
    if let Err(error) = secret {
        assert!(!error.to_string().contains(char::is_control), "{error}");
    }
}
