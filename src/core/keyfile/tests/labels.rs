//! The labels of PEM blocks: one that announces a structure is kept to, and any other is read by its content.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

fn relabelled(name: &str, old: &str, new: &str) -> String {
    let pem = String::from_utf8(fixture(name)).unwrap();
    assert!(pem.contains(&format!("-----BEGIN {old}-----")), "{name}");
    pem.replace(old, new)
}

#[test]
fn a_label_that_does_not_fit_its_content_is_refused_and_named() {
    for (name, old, new, said, way) in [
        (
            "ec-p256.spki.pem",
            "PUBLIC KEY",
            "CERTIFICATE",
            "labelled CERTIFICATE and holds an SPKI public key",
            "change the label to PUBLIC KEY",
        ),
        (
            "ec-p256.spki.pem",
            "PUBLIC KEY",
            "PRIVATE KEY",
            "labelled PRIVATE KEY and holds an SPKI public key",
            "change the label to PUBLIC KEY",
        ),
        (
            "rsa-2048.spki.pem",
            "PUBLIC KEY",
            "RSA PUBLIC KEY",
            "labelled RSA PUBLIC KEY and holds an SPKI public key",
            "change the label to PUBLIC KEY",
        ),
        (
            "rsa-2048.pkcs1-public.pem",
            "RSA PUBLIC KEY",
            "PUBLIC KEY",
            "labelled PUBLIC KEY and holds a PKCS#1 public key",
            "change the label to RSA PUBLIC KEY",
        ),
        (
            "rsa-2048.pkcs8.pem",
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "labelled RSA PRIVATE KEY and holds a PKCS#8 private key",
            "change the label to PRIVATE KEY",
        ),
        (
            "ec-p256.pkcs8.pem",
            "PRIVATE KEY",
            "PUBLIC KEY",
            "labelled PUBLIC KEY and holds a PKCS#8 private key",
            "change the label to PRIVATE KEY",
        ),
        (
            "ec-p256.pkcs8.pem",
            "PRIVATE KEY",
            "EC PRIVATE KEY",
            "labelled EC PRIVATE KEY and holds a PKCS#8 private key",
            "change the label to PRIVATE KEY",
        ),
        (
            "certificate.pem",
            "CERTIFICATE",
            "PUBLIC KEY",
            "labelled PUBLIC KEY and holds a certificate",
            "change the label to CERTIFICATE",
        ),
        (
            "encrypted.pkcs8.pem",
            "ENCRYPTED PRIVATE KEY",
            "PRIVATE KEY",
            "labelled PRIVATE KEY and holds an encrypted PKCS#8 private key",
            "change the label to ENCRYPTED PRIVATE KEY",
        ),
        (
            "request.pem",
            "CERTIFICATE REQUEST",
            "CERTIFICATE",
            "labelled CERTIFICATE and holds a certificate request",
            "it holds no key",
        ),
    ] {
        let Err(KeyFileError::Unusable { form, advice }) = read_bytes(relabelled(name, old, new))
        else {
            panic!("{name} is read under {new}");
        };
        assert!(form.ends_with(said), "{name}: {form}");
        assert!(advice.contains(way), "{name}: {advice}");
    }
}

#[test]
fn a_label_that_announces_nothing_known_is_read_by_its_content() {
    for (name, old, new) in [
        (
            "rsa-2048.pkcs1.pem",
            "RSA PRIVATE KEY",
            "RSA-PSS PRIVATE KEY",
        ),
        ("ec-p256.spki.pem", "PUBLIC KEY", "ECDSA Public Key"),
        ("ec-p256.spki.pem", "PUBLIC KEY", "EC PUBLIC KEY"),
        ("ec-p256.spki.pem", "PUBLIC KEY", "Public Key"),
        ("ec-p256.pkcs8.pem", "PRIVATE KEY", "ANY PRIVATE KEY"),
        ("ed25519.pkcs8.pem", "PRIVATE KEY", "ED25519 private-key"),
        ("certificate.pem", "CERTIFICATE", "X.509 Certificate"),
    ] {
        let key = only(
            read_bytes(relabelled(name, old, new)).unwrap_or_else(|error| panic!("{new}: {error}")),
        );
        assert_eq!(key.thumbprint(), only(load(name)).thumbprint(), "{new}");
    }
}

#[test]
fn a_key_beside_a_block_whose_label_does_not_fit_is_read_and_the_block_noted() {
    let pem = relabelled("ec-p256.spki.pem", "PUBLIC KEY", "CERTIFICATE")
        + &String::from_utf8(fixture("ed25519.spki.pem")).unwrap();
    let file = read_bytes(pem).unwrap();
    assert!(
        file.notes
            .iter()
            .any(|note| note.contains("labelled CERTIFICATE and holds an SPKI public key")),
        "{:?}",
        file.notes
    );
    assert_eq!(only(file).kind(), KeyKind::Ed25519);
}
