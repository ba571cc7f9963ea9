//! The keys of certificates.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

const NOT_CHECKED: &str =
    "only the certificate's key is used; the certificate itself is not checked";

#[test]
fn a_certificate_gives_its_key_and_says_that_it_is_not_checked() {
    for (name, form) in [
        ("certificate.pem", "a PEM certificate (EC P-256)"),
        ("certificate.der", "a DER certificate (EC P-256)"),
        ("with-text.certificate.pem", "a PEM certificate (RSA 2048)"),
        ("certificate.ed25519.pem", "a PEM certificate (Ed25519)"),
        ("certificate.ec-p384.der", "a DER certificate (EC P-384)"),
        ("certificate.trusted.pem", "a PEM certificate (EC P-256)"),
    ] {
        let file = load(name);
        assert_eq!(
            (file.form.as_str(), &file.notes[..]),
            (form, &[NOT_CHECKED.to_owned()][..])
        );
        assert!(!only(file).can_sign(), "{name}");
    }
}

#[test]
fn of_a_chain_the_first_certificate_is_meant() {
    let file = load("certificate.chain.pem");
    assert_eq!(
        file.notes,
        [
            "it has 2 PEM blocks, of which 1 can be used",
            NOT_CHECKED,
            "it has a chain of 2 certificates; the key of the first one is used",
        ]
    );
    assert_eq!(only(file).kind(), KeyKind::P256);
}

#[test]
fn a_key_beside_its_certificate_signs_in_either_order() {
    for name in ["key-and-chain.pem", "certificate-and-key.pem"] {
        let key = only(load(name));
        assert!(key.can_sign(), "{name}");
        assert_eq!(
            key.thumbprint(),
            only(load("ec-p256.jwk")).thumbprint(),
            "{name}"
        );
    }
}

#[test]
fn a_certificate_cut_short_is_named() {
    let der = fixture("certificate.der");
    let at = der
        .windows(2)
        .position(|pair| pair == [0x30, 0x59])
        .unwrap();
    let mut broken = der.clone();
    broken[at] = 0x31;
    let error = read_bytes(broken).unwrap_err().to_string();
    assert!(
        error.starts_with("a DER certificate: its DER is malformed; "),
        "{error}"
    );
    let pem = String::from_utf8(fixture("certificate.pem")).unwrap();
    let mut lines: Vec<&str> = pem.lines().collect();
    lines.remove(2);
    let error = read_bytes(lines.join("\n")).unwrap_err().to_string();
    assert_eq!(
        error,
        "a PEM block CERTIFICATE: its content is not a key in DER; a part may be missing"
    );
}
