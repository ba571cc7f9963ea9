//! Recognises files that hold no key of ours by their first bytes or their PEM label, names them and says what to do.
use super::content::KeyFileError;
use crate::core::key::{NoSecret, no_secret};

/// The error for a file that people give as a key file but that can't be one.
pub(super) fn foreign(bytes: &[u8]) -> Option<KeyFileError> {
    let unusable = |form: &str, advice: &str| Some(KeyFileError::unusable(form, advice));
    if bytes.starts_with(b"\xfe\xed\xfe\xed") || bytes.starts_with(b"\xce\xce\xce\xce") {
        return unusable(
            "a Java keystore",
            "`keytool -importkeystore -srckeystore FILE -destkeystore key.p12 -deststoretype PKCS12`, then `openssl pkcs12 -in key.p12 -nocerts -nodes -out key.pem`",
        );
    }
    if is_utf16(bytes) {
        return unusable(
            "a text in UTF-16",
            "convert it to UTF-8: `iconv -f UTF-16 -t UTF-8 FILE > key.txt`",
        );
    }
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii();
    let begins = |prefix: &str| {
        text.get(..prefix.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") {
        return unusable(
            "an HTML page",
            "this is a page about the key, or an error page; fetch the key itself",
        );
    }
    if begins("<?xml") || begins("<RSAKeyValue") {
        return unusable(
            "an XML file",
            "jwtsess can't read XML keys; export the key as PEM",
        );
    }
    if begins("PuTTY-User-Key-File") {
        return unusable(
            "a PuTTY private key",
            "`puttygen FILE -O private-openssh-new -o key`, then `ssh-keygen -p -N '' -m PKCS8 -f key`",
        );
    }
    if begins("ssh-rsa ") || begins("ecdsa-sha2-") {
        return unusable(
            "an SSH public key",
            "`ssh-keygen -e -m PKCS8 -f FILE > public.pem`",
        );
    }
    if begins("ssh-") || begins("sk-ssh-") || begins("sk-ecdsa-") {
        return unusable(
            "an SSH public key",
            "export the key as PEM or as a JWK where it was made",
        );
    }
    if begins("---- BEGIN SSH2") {
        return unusable(
            "an SSH public key",
            "`ssh-keygen -i -f FILE > key.pub`, then `ssh-keygen -e -m PKCS8 -f key.pub > public.pem`",
        );
    }
    if find(text, b"-----END ") && !find(text, b"-----BEGIN") {
        return Some(KeyFileError::broken(
            "a PEM file",
            "it has no BEGIN line: its head was cut off",
        ));
    }
    if bytes.starts_with(b"\x1f\x8b\x08") || bytes.starts_with(b"PK\x03\x04") {
        return unusable(
            "a compressed file",
            "unpack it first, and give the key that is in it",
        );
    }
    // PKCS#7 files in BER usually have an indefinite length.
    if bytes.starts_with(b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07") {
        return unusable(
            "a PKCS#7 file in BER",
            "`openssl pkcs7 -inform DER -in FILE -print_certs | openssl x509 -noout -pubkey > public.pem`",
        );
    }
    if bytes.starts_with(b"0\x80\x02\x01") || bytes.starts_with(b"0\x800") {
        return unusable(
            "a file in BER, its length left open",
            "convert it: `openssl pkey -in FILE -inform DER -out key.pem`, or for PKCS#12 `openssl pkcs12 -in FILE -nodes -out key.pem`",
        );
    }
    elsewhere(text).or_else(|| {
        no_secret(bytes).map(|NoSecret { what, advice }| KeyFileError::unusable(what, advice))
    })
}

/// Recognises keys of tools that sign no JWT.
fn elsewhere(text: &[u8]) -> Option<KeyFileError> {
    let for_this = "make a key for JWTs: `jwtsess key generate --out key.jwk`";
    // age-keygen writes comments first, so skip them.
    let first = text
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .find(|line| !line.is_empty() && !line.starts_with(b"#"))?;
    let begins = |prefix: &[u8]| first.starts_with(prefix);
    let form = if begins(b"AGE-SECRET-KEY-") || begins(b"AGE-PLUGIN-") {
        "an age secret key"
    } else if begins(b"age1") && first.len() >= 62 {
        "an age public key"
    } else if begins(b"age-encryption.org/") {
        return Some(KeyFileError::unusable(
            "a file that age encrypted",
            "give its content: `age -d -i IDENTITY FILE | jwtsess … --key -`",
        ));
    } else if begins(b"untrusted comment:") {
        "a minisign or signify key"
    } else if is_paserk(first) {
        "a PASETO key (PASERK)"
    } else {
        return None;
    };
    Some(KeyFileError::unusable(
        form,
        format!("it can't sign JWTs; {for_this}"),
    ))
}

/// Whether a line begins with `k1.` to `k4.` and a PASERK type, as in `k4.secret.…`.
fn is_paserk(line: &[u8]) -> bool {
    let mut parts = line.split(|byte| *byte == b'.');
    let version = matches!(parts.next(), Some([b'k', b'1'..=b'4']));
    let types: [&[u8]; 6] = [
        b"local",
        b"secret",
        b"public",
        b"seal",
        b"local-pw",
        b"secret-pw",
    ];
    version && parts.next().is_some_and(|named| types.contains(&named)) && parts.next().is_some()
}

fn find(text: &[u8], needle: &[u8]) -> bool {
    text.windows(needle.len()).any(|window| window == needle)
}

/// The error for a PEM block whose label shows that it can't hold a key of ours.
pub(super) fn label(label: &str) -> Option<KeyFileError> {
    let (form, advice) = match label {
        "OPENSSH PRIVATE KEY" => (
            "an OpenSSH private key",
            "for RSA and ECDSA, turn a copy of it into PEM: `ssh-keygen -p -N '' -m PKCS8 -f COPY`; for Ed25519, make a new key: `jwtsess key generate --alg EdDSA --out key.jwk`",
        ),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => (
            "a certificate request",
            "extract its public key: `openssl req -in FILE -noout -pubkey > public.pem`",
        ),
        "PGP PRIVATE KEY BLOCK" | "PGP PUBLIC KEY BLOCK" | "PGP MESSAGE" | "PGP SIGNATURE" => (
            "a PGP file",
            "a PGP key can't sign JWTs as it is; export the key as PEM, or make one: `jwtsess key generate --out key.jwk`",
        ),
        "PKCS7" | "CMS" => (
            "a PKCS#7 file",
            "`openssl pkcs7 -in FILE -print_certs | openssl x509 -noout -pubkey > public.pem`",
        ),
        "X509 CRL" => ("a certificate revocation list", "it holds no key"),
        "DH PARAMETERS" | "DSA PARAMETERS" | "X9.42 DH PARAMETERS" => {
            ("key parameters", "they hold no key")
        }
        "AGE ENCRYPTED FILE" => (
            "a file that age encrypted",
            "give its content: `age -d -i IDENTITY FILE | jwtsess … --key -`",
        ),
        "TSS2 PRIVATE KEY" | "TSS2 KEY BLOB" => (
            "a key of a TPM",
            "it can't leave its chip; make a key for JWTs: `jwtsess key generate --out key.jwk`",
        ),
        "DSA PRIVATE KEY" => ("a DSA key", "DSA can't sign JWTs"),
        _ => return None,
    };
    Some(KeyFileError::unusable(form, advice))
}

/// Whether the bytes are UTF-16: they begin with a byte order mark, or are ASCII with a zero in every other byte.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(2) {
        return false;
    }
    let read = |order: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units).all(|one| {
            one.is_ok_and(|one| matches!(one, '\u{feff}' | '\t' | '\n' | '\r' | ' '..='~'))
        })
    };
    read(u16::from_le_bytes) || read(u16::from_be_bytes)
}
