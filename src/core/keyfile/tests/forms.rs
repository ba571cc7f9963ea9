//! Forms of a key that are read.
#![expect(clippy::too_many_lines, reason = "long tables of short cases")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

#[test]
fn every_form_of_a_key_is_the_same_key() {
    for (forms, kind) in [
        (
            &[
                "rsa-2048.pkcs8.pem",
                "rsa-2048.pkcs1.pem",
                "rsa-2048.pkcs1.der",
                "rsa-2048.jwk",
                "rsa-2048.spki.pem",
                "rsa-2048.pkcs1-public.pem",
                "rsa-2048.pkcs1-public.der",
                "rsa-2048.public.jwk",
                "with-text.spki.pem",
                "with-text.certificate.pem",
            ][..],
            KeyKind::Rsa { bits: 2048 },
        ),
        (
            &[
                "ec-p256.pkcs8.pem",
                "ec-p256.pkcs8-no-public.pem",
                "ec-p256.sec1.pem",
                "ec-p256.sec1-no-public.pem",
                "ec-p256.pkcs8.der",
                "ec-p256.sec1.der",
                "ec-p256.jwk",
                "ec-p256.spki.pem",
                "ec-p256.spki-compressed.pem",
                "ec-p256.spki.der",
                "ec-p256.public.jwk",
                "certificate.pem",
                "certificate.der",
                "certificate.leaf.pem",
                "certificate.trusted.pem",
                "certificate.chain.pem",
                "key-and-certificate.pem",
                "key-and-chain.pem",
                "key-and-its-public-key.pem",
            ],
            KeyKind::P256,
        ),
        (
            &[
                "ec-p384.pkcs8.pem",
                "ec-p384.pkcs8-no-public.pem",
                "ec-p384.sec1.pem",
                "ec-p384.sec1-no-public.pem",
                "ec-p384.jwk",
                "ec-p384.spki.pem",
                "ec-p384.spki-compressed.pem",
                "ec-p384.public.jwk",
                "certificate.ec-p384.der",
            ],
            KeyKind::P384,
        ),
        (
            &[
                "ec-p521.pkcs8.pem",
                "ec-p521.pkcs8-no-public.pem",
                "ec-p521.sec1.pem",
                "ec-p521.sec1-no-public.pem",
                "ec-p521.jwk",
                "ec-p521.spki.pem",
                "ec-p521.spki-compressed.pem",
                "ec-p521.public.jwk",
            ],
            KeyKind::P521,
        ),
        (
            &[
                "ec-secp256k1.pkcs8.pem",
                "ec-secp256k1.sec1.pem",
                "ec-secp256k1.jwk",
                "ec-secp256k1.spki.pem",
                "ec-secp256k1.spki-compressed.pem",
                "ec-secp256k1.public.jwk",
                "certificate.secp256k1.pem",
            ],
            KeyKind::Secp256k1,
        ),
        (
            &[
                "ed25519.pkcs8.pem",
                "ed25519.jwk",
                "ed25519.spki.pem",
                "ed25519.public.jwk",
                "certificate.ed25519.pem",
            ],
            KeyKind::Ed25519,
        ),
        (
            &[
                "python-rsa-3072.pkcs8.pem",
                "python-rsa-3072.traditional.pem",
                "python-rsa-3072.spki.pem",
            ],
            KeyKind::Rsa { bits: 3072 },
        ),
        (
            &[
                "python-ec-p384.pkcs8.pem",
                "python-ec-p384.traditional.pem",
                "python-ec-p384.spki.pem",
            ],
            KeyKind::P384,
        ),
        (
            &["python-ed25519.pkcs8.pem", "python-ed25519.spki.pem"],
            KeyKind::Ed25519,
        ),
    ] {
        let keys: Vec<Key> = forms.iter().map(|form| only(load(form))).collect();
        for (key, form) in keys.iter().zip(forms) {
            assert_eq!(key.kind(), kind, "{form}");
            assert_eq!(key.thumbprint(), keys[0].thumbprint(), "{form}");
            let public = ["public", "spki", "certificate"]
                .iter()
                .any(|word| form.contains(word))
                && !form.contains("no-public");
            let public = public && !form.starts_with("key-and");
            assert_eq!(key.is_private(), !public, "{form}");
            assert_eq!(key.can_sign(), !public, "{form}");
        }
        for algorithm in keys[0].algorithms() {
            for (signer, form) in keys.iter().zip(forms).filter(|(key, _)| key.is_private()) {
                let signature = signer.sign(*algorithm, MESSAGE).unwrap();
                for (key, other) in keys.iter().zip(forms) {
                    assert!(
                        key.verify(*algorithm, MESSAGE, &signature),
                        "{algorithm} {form} {other}"
                    );
                    assert!(
                        !key.verify(*algorithm, b"message to sigm", &signature),
                        "{algorithm} {form} {other}"
                    );
                }
            }
            for key in keys.iter().filter(|key| !key.is_private()) {
                assert_eq!(
                    key.sign(*algorithm, MESSAGE),
                    Err(crate::core::key::SignError::Unfit)
                );
            }
        }
    }
}

#[test]
fn what_openssl_and_python_signed_verifies_under_its_own_algorithm_alone() {
    use Algorithm::{
        Ed25519, EdDsa, Es256, Es256k, Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512,
    };
    for (key, signature, fitting) in [
        ("rsa-2048.spki.pem", "rs256.sig", &[Rs256][..]),
        ("rsa-2048.spki.pem", "rs384.sig", &[Rs384]),
        ("rsa-2048.spki.pem", "rs512.sig", &[Rs512]),
        ("rsa-2048.spki.pem", "ps256.sig", &[Ps256]),
        ("rsa-2048.spki.pem", "ps384.sig", &[Ps384]),
        ("rsa-2048.spki.pem", "ps512.sig", &[Ps512]),
        ("rsa-1024.pkcs8.pem", "rsa-1024.rs256.sig", &[Rs256]),
        ("rsa-1024.pkcs8.pem", "rsa-1024.rs512.sig", &[Rs512]),
        ("ec-p256.spki.pem", "ec-p256.sig", &[Es256]),
        ("ec-p384.spki.pem", "ec-p384.sig", &[Es384]),
        ("ec-p521.spki.pem", "ec-p521.sig", &[Es512]),
        ("ec-secp256k1.spki.pem", "ec-secp256k1.sig", &[Es256k]),
        ("ed25519.spki.pem", "eddsa.sig", &[EdDsa, Ed25519]),
    ] {
        let (key, mut signature) = (only(load(key)), fixture(signature));
        for algorithm in Algorithm::ALL {
            assert_eq!(
                key.verify(algorithm, MESSAGE, &signature),
                fitting.contains(&algorithm),
                "{algorithm}"
            );
        }
        *signature.last_mut().unwrap() ^= 1;
        assert!(!key.verify(fitting[0], MESSAGE, &signature));
    }
}

#[test]
fn the_form_says_what_was_found() {
    for (name, form) in [
        ("ec-p256.pkcs8.pem", "a PEM PKCS#8 private key (EC P-256)"),
        ("ec-p256.ecparam.pem", "a PEM SEC1 private key (EC P-256)"),
        ("ec-p256.spki.der", "a DER SPKI public key (EC P-256)"),
        ("rsa-2048.pkcs1.pem", "a PEM PKCS#1 private key (RSA 2048)"),
        (
            "rsa-2048.pkcs1-public.pem",
            "a PEM PKCS#1 public key (RSA 2048)",
        ),
        ("ed25519.jwk", "a JWK (Ed25519, private)"),
        ("ed25519.public.jwk", "a JWK (Ed25519, public)"),
        ("public.jwks.json", "a JWKS of 5 keys"),
        ("two-public-keys.pem", "a PEM file of 2 keys"),
        ("message.txt", "raw secret bytes"),
    ] {
        assert_eq!(load(name).form, form);
    }
}

#[test]
fn several_pem_blocks_are_said() {
    for (name, notes) in [
        ("ec-p256.ecparam.pem", &[][..]),
        (
            "key-and-certificate.pem",
            &[
                "it has 2 PEM blocks, of which 1 can be used",
                "a duplicate public key was left out",
            ],
        ),
        (
            "two-public-keys.pem",
            &["it has 2 PEM blocks, of which 2 can be used"],
        ),
        (
            "key-and-its-public-key.pem",
            &[
                "it has 2 PEM blocks, of which 1 can be used",
                "a duplicate public key was left out",
            ],
        ),
    ] {
        assert_eq!(load(name).notes, notes, "{name}");
    }
}

#[test]
fn a_pem_that_lost_its_lines_or_got_others_is_read() {
    let pem = String::from_utf8(fixture("ec-p256.pkcs8.pem")).unwrap();
    let expected = only(load("ec-p256.pkcs8.pem")).thumbprint();
    for mangled in [
        pem.replace('\n', "\r\n"),
        pem.replace('\n', "\\n"),
        pem.replace('\n', "\\r\\n"),
        pem.replace('\n', " "),
        pem.replace('\n', "\n      "),
        format!("KEY=\"{}\"", pem.replace('\n', "\\n")),
        format!("\u{feff}{pem}"),
        format!("Bag Attributes\n  localKeyID: 01\n{pem}"),
        base64_of(pem.as_bytes()),
        pem.lines().filter(|line| !line.starts_with('-')).collect(),
    ] {
        assert_eq!(
            only(read_bytes(mangled.clone()).unwrap()).thumbprint(),
            expected,
            "{mangled}"
        );
    }
}

#[test]
fn a_short_rsa_key_verifies_and_does_not_sign() {
    let file = load("rsa-1024.pkcs8.pem");
    assert_eq!(
        file.notes,
        ["an RSA key of 1024 bits is too short to sign with: only its public part is used"]
    );
    let key = only(file);
    assert_eq!(key.algorithms(), [Algorithm::Rs256, Algorithm::Rs512]);
    assert!(!key.can_sign());
    assert_eq!(key.weakness(Algorithm::Rs256), Some((1024, 2048)));
    assert_eq!(
        only(load("rsa-2048.spki.pem")).weakness(Algorithm::Ps512),
        None
    );
}

#[test]
fn raw_bytes_are_a_secret_less_one_final_line_break() {
    for (content, bytes, notes) in [
        (
            &b"a secret\n"[..],
            8,
            &["the final LF was dropped from the secret"][..],
        ),
        (
            b"a secret\r\n",
            8,
            &["the final CRLF was dropped from the secret"],
        ),
        (
            b"a secret\n\n",
            10,
            &["the secret ends in several line breaks, which are kept as part of it"],
        ),
        (b"a secret", 8, &[]),
        (
            b"\xef\xbb\xbfa secret",
            11,
            &["the secret begins with a byte order mark, which is kept as part of it"],
        ),
        (b"\x00\x01\xff\n", 4, &[]),
        (b"{not json", 9, &[]),
        (b"[neither", 8, &[]),
        (
            b"000000000000000000000000000000000000000000000000000000000000",
            60,
            &[],
        ),
    ] {
        let file = read_bytes(content).unwrap();
        assert_eq!(
            (
                file.form.as_str(),
                file.notes
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            ("raw secret bytes", notes)
        );
        assert_eq!(only(file).kind(), KeyKind::Secret { bytes }, "{content:?}");
    }
}
