//! Keys under a passphrase.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

fn open(content: impl Into<Vec<u8>>, passphrase: &str) -> Result<KeyFile, KeyFileError> {
    let passphrase = Secret::new(passphrase.as_bytes().to_vec());
    read_with(&Secret::new(content.into()), Some(&passphrase))
}

/// One element: its tag, its length and its content.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let [.., high, low] = content.len().to_be_bytes();
    let length: &[u8] = match (high, low) {
        (0, 0..=0x7f) => &[low],
        (0, _) => &[0x81, low],
        _ => &[0x82, high, low],
    };
    [&[tag], length, content].concat()
}

const PBES2: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d";
const PBKDF2: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c";
const SCRYPT: &[u8] = b"\x2b\x06\x01\x04\x01\xda\x47\x04\x0b";
const HMAC_SHA256: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x02\x09";
const HMAC_SHA512: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x02\x0b";
const AES_256_CBC: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x01\x2a";

fn number(value: u64) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count().min(7);
    der(
        2,
        &[&[0], &bytes[zeros..]].concat()[usize::from(bytes[zeros] < 0x80)..],
    )
}

fn encrypted(derivation: &[u8], parameters: &[Vec<u8>], data: &[u8]) -> Vec<u8> {
    let derivation = der(
        0x30,
        &[der(6, derivation), der(0x30, &parameters.concat())].concat(),
    );
    let cipher = der(0x30, &[der(6, AES_256_CBC), der(4, &[7; 16])].concat());
    let scheme = der(0x30, &[derivation, cipher].concat());
    let scheme = der(0x30, &[der(6, PBES2), scheme].concat());
    der(0x30, &[scheme, der(4, data)].concat())
}

fn pbkdf2(rounds: u64, hash: &[u8]) -> Vec<u8> {
    let hash = der(0x30, &[der(6, hash), der(5, b"")].concat());
    encrypted(PBKDF2, &[der(4, b"salt"), number(rounds), hash], &[9; 64])
}

fn scrypt(n: u64, r: u64, p: u64) -> Vec<u8> {
    encrypted(
        SCRYPT,
        &[der(4, b"salt"), number(n), number(r), number(p)],
        &[9; 64],
    )
}

#[test]
fn every_usual_encryption_is_opened_with_its_passphrase() {
    let p256 = only(load("ec-p256.jwk")).thumbprint();
    let rsa = only(load("rsa-2048.jwk")).thumbprint();
    let ed25519 = only(load("ed25519.jwk")).thumbprint();
    let of = |name: &str| only(load(name)).thumbprint();
    let python = [
        of("python-rsa-3072.spki.pem"),
        of("python-ec-p384.spki.pem"),
        of("python-ed25519.spki.pem"),
    ];
    for (name, thumbprint) in [
        ("encrypted.pkcs8.pem", &p256),
        ("encrypted.pkcs8.der", &p256),
        ("encrypted.aes128-sha1.pem", &p256),
        ("encrypted.aes192-sha512.pem", &p256),
        ("encrypted.des3.pem", &p256),
        ("encrypted.scrypt.pem", &p256),
        ("encrypted.and-certificate.pem", &p256),
        ("encrypted.rsa.pem", &rsa),
        ("encrypted.rsa-pss.pem", &of("rsa-pss-sha256.spki.pem")),
        ("encrypted.ed25519.pem", &ed25519),
        ("python-rsa-3072.encrypted.pem", &python[0]),
        ("python-ec-p384.encrypted.pem", &python[1]),
        ("python-ed25519.encrypted.pem", &python[2]),
    ] {
        let file = open(fixture(name), "jwtsess").unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            file.form.contains("encrypted PKCS#8 private key"),
            "{name}: {}",
            file.form
        );
        let key = only(file);
        assert!(key.can_sign(), "{name}");
        assert_eq!(&key.thumbprint(), thumbprint, "{name}");
        let needed = read_bytes(fixture(name)).unwrap_err();
        assert!(
            matches!(needed, KeyFileError::NeedsPassphrase { .. }),
            "{name}: {needed}"
        );
        for wrong in ["", "jwtses", "jwtsess\n"] {
            let refused = open(fixture(name), wrong).unwrap_err();
            assert!(
                matches!(refused, KeyFileError::WrongPassphrase { .. }),
                "{name}: {refused}"
            );
        }
    }
    assert!(open(fixture("ssh-keygen.PKCS8.encrypted.pem"), "jwtsess").is_ok());
}

#[test]
fn what_a_passphrase_opens_is_named_if_it_cannot_be_used() {
    let error = open(fixture("encrypted.ed448.pem"), "jwtsess").unwrap_err();
    assert_eq!(
        error.to_string(),
        "an encrypted PKCS#8 private key (Ed448) can't be used"
    );
}

#[test]
fn a_passphrase_that_nothing_needs_changes_nothing() {
    for name in ["ec-p256.pkcs8.pem", "ed25519.jwk", "certificate.der"] {
        let file = open(fixture(name), "jwtsess").unwrap();
        assert_eq!(file.form, load(name).form);
    }
}

#[test]
fn what_would_cost_too_much_is_refused_before_a_passphrase_is_asked_for() {
    let too_much = "can't be used";
    let malformed = "its encryption parameters are malformed";
    for (content, said) in [
        (pbkdf2(2_097_153, HMAC_SHA256), too_much),
        (pbkdf2(1_048_577, HMAC_SHA512), too_much),
        (pbkdf2(u64::from(u32::MAX), HMAC_SHA256), too_much),
        (pbkdf2(u64::MAX, HMAC_SHA256), malformed),
        (pbkdf2(0, HMAC_SHA256), malformed),
        (scrypt(1 << 19, 8, 1), too_much),
        (scrypt(1 << 14, 8, 17), too_much),
        (scrypt(1 << 63, 65535, 65535), too_much),
        (scrypt(1 << 14, 65535, 65535), too_much),
        (scrypt(0, 8, 1), malformed),
        (scrypt(1, 8, 1), malformed),
        (scrypt(1000, 8, 1), malformed),
        (scrypt(1024, 0, 1), malformed),
        (scrypt(1024, 8, 0), malformed),
        (scrypt(1024, 70_000, 1), malformed),
    ] {
        for passphrase in [None, Some(Secret::new(b"jwtsess".to_vec()))] {
            let error = read_with(&Secret::new(content.clone()), passphrase.as_ref()).unwrap_err();
            assert!(error.to_string().ends_with(said), "{error}");
        }
    }
}

#[test]
fn what_is_within_the_limit_asks_for_its_passphrase() {
    for content in [
        pbkdf2(2_097_152, HMAC_SHA256),
        pbkdf2(1_048_576, HMAC_SHA512),
        scrypt(1 << 18, 8, 1),
    ] {
        let error = read_bytes(content).unwrap_err();
        assert!(
            matches!(error, KeyFileError::NeedsPassphrase { .. }),
            "{error}"
        );
    }
    let refused = open(scrypt(2, 8, 1), "any").unwrap_err();
    assert!(
        matches!(refused, KeyFileError::WrongPassphrase { .. }),
        "{refused}"
    );
}

#[test]
fn the_keys_of_one_file_share_the_limit() {
    let pem = String::from_utf8(fixture("encrypted.aes128-sha1.pem")).unwrap();
    let block = |der: &[u8]| {
        format!(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\n{}\n-----END ENCRYPTED PRIVATE KEY-----\n",
            base64_of(der)
        )
    };
    let costly = block(&pbkdf2(2_097_000, HMAC_SHA256));
    // The first block's 2048 rounds leave too few.
    let file = open(pem + &costly, "jwtsess").unwrap();
    assert_eq!(
        file.notes,
        [
            "it has 2 PEM blocks, of which 1 can be used",
            "an encrypted PKCS#8 private key: the file's encrypted keys would need too much computation",
        ]
    );
}

#[test]
fn a_damaged_file_never_panics_and_never_opens() {
    let good = fixture("encrypted.pkcs8.der");
    for at in 0..good.len() {
        for bit in [0x01, 0x80] {
            let mut bytes = good.clone();
            bytes[at] ^= bit;
            // The middle of the ciphertext is the key itself, which its public part then does not fit.
            if let Ok(file) = open(bytes, "jwtsess") {
                assert!(
                    file.form == "raw secret bytes" || only(file).is_private(),
                    "{at}"
                );
            }
        }
    }
}

#[test]
fn a_passphrase_is_in_no_error() {
    let error = open(fixture("encrypted.pkcs8.pem"), "tr0ub4dor&3").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("tr0ub4dor"));
}
