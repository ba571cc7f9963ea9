//! RSA keys that are for PSS alone, made and used by openssl.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

use Algorithm::{Ps256, Ps384, Ps512};

fn of(name: &str) -> Key {
    only(load(name))
}

#[test]
fn a_key_for_pss_serves_what_its_parameters_leave_it() {
    for (name, serves) in [
        ("rsa-pss.pkcs8.pem", &[Ps256, Ps384, Ps512][..]),
        ("rsa-pss.spki.pem", &[Ps256, Ps384, Ps512]),
        ("rsa-pss.traditional.pem", &[Ps256, Ps384, Ps512]),
        ("certificate.rsa-pss.pem", &[Ps256, Ps384, Ps512]),
        ("rsa-pss-sha256.pkcs8.pem", &[Ps256]),
        ("rsa-pss-sha256.spki.pem", &[Ps256]),
        ("certificate.rsa-pss-sha256.der", &[Ps256]),
        ("rsa-pss-sha384.pkcs8.pem", &[Ps384]),
        ("rsa-pss-sha384.spki.pem", &[Ps384]),
        ("rsa-pss-sha512.pkcs8.pem", &[Ps512]),
        ("rsa-pss-sha512.spki.pem", &[Ps512]),
    ] {
        let key = of(name);
        assert_eq!(key.kind(), KeyKind::RsaPss { bits: 2048 }, "{name}");
        assert_eq!(key.algorithms(), serves, "{name}");
        for algorithm in Algorithm::ALL {
            let signs = key.can_sign() && serves.contains(&algorithm);
            assert_eq!(key.sign(algorithm, MESSAGE).is_ok(), signs, "{name}");
        }
    }
}

#[test]
fn what_openssl_signed_for_pss_verifies_under_its_hash_alone() {
    for (key, signature, fitting) in [
        ("rsa-pss.spki.pem", "rsa-pss.ps256.sig", Ps256),
        ("rsa-pss.spki.pem", "rsa-pss.ps384.sig", Ps384),
        ("rsa-pss.spki.pem", "rsa-pss.ps512.sig", Ps512),
        ("rsa-pss-sha256.spki.pem", "rsa-pss-sha256.sig", Ps256),
        (
            "certificate.rsa-pss-sha256.der",
            "rsa-pss-sha256.sig",
            Ps256,
        ),
        ("rsa-pss-sha384.spki.pem", "rsa-pss-sha384.sig", Ps384),
        ("rsa-pss-sha512.spki.pem", "rsa-pss-sha512.sig", Ps512),
    ] {
        let (key, mut signature) = (of(key), fixture(signature));
        for algorithm in Algorithm::ALL {
            let verifies = key.verify(algorithm, MESSAGE, &signature);
            assert_eq!(verifies, algorithm == fitting, "{algorithm}");
        }
        signature[0] ^= 1;
        assert!(!key.verify(fitting, MESSAGE, &signature));
    }
}

#[test]
fn pem_and_der_keep_what_limits_a_key_to_pss() {
    for name in ["rsa-pss.pkcs8.pem", "rsa-pss-sha384.pkcs8.pem"] {
        let key = of(name);
        let serves = key.algorithms().to_vec();
        for form in [KeyFileForm::Pem, KeyFileForm::Der] {
            for extent in [Extent::Whole, Extent::Public] {
                let written = write(std::slice::from_ref(&key), form, extent).unwrap();
                assert_eq!(written.notes, Vec::<String>::new());
                let again = only(read(&written.content).unwrap());
                assert_eq!(again.kind(), key.kind(), "{name} {form:?}");
                assert_eq!(again.algorithms(), serves, "{name} {form:?}");
                assert_eq!(again.thumbprint(), key.thumbprint(), "{name} {form:?}");
            }
        }
        let public = write(&[key], KeyFileForm::Pem, Extent::Public).unwrap();
        let openssl = fixture(&name.replace("pkcs8", "spki"));
        assert_eq!(public.content.expose(), openssl, "{name}");
    }
}

#[test]
fn a_jwk_of_a_key_for_pss_is_bound_by_its_alg_and_a_lost_choice_is_said() {
    for (name, alg, said) in [
        ("rsa-pss.pkcs8.pem", "PS256", true),
        ("rsa-pss-sha512.pkcs8.pem", "PS512", false),
    ] {
        let written = write(&[of(name)], KeyFileForm::Jwk, Extent::Whole).unwrap();
        let jwk: Value = serde_json::from_slice(written.content.expose()).unwrap();
        assert_eq!((&jwk["kty"], &jwk["alg"]), (&json!("RSA"), &json!(alg)));
        let binds = |note: &String| note.contains("the key is now bound to PS256");
        assert_eq!(written.notes.iter().any(binds), said, "{:?}", written.notes);
        let again = only(read(&written.content).unwrap());
        assert!(again.can_sign());
        assert_eq!(again.algorithms(), [alg.parse().unwrap()]);
    }
}

#[test]
fn a_key_for_pss_below_2048_bits_is_refused() {
    let der = |name: &str| {
        let pem = String::from_utf8(fixture(name)).unwrap();
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        STANDARD.decode(body).unwrap()
    };
    // The OID of rsaEncryption and that of RSASSA-PSS differ in their last byte.
    let mut short = der("rsa-1024.pkcs8.pem");
    let oid = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
    let at = short.windows(9).position(|window| window == oid).unwrap();
    short[at + 8] = 10;
    // Parameters are absent or a sequence (RFC 4055 §3.1): here they are a null.
    let null = read_bytes(short.clone()).unwrap_err().to_string();
    assert!(null.ends_with("its PSS parameters are malformed"), "{null}");
    // The null becomes an empty sequence: SHA-1.
    short[at + 9] = 0x30;
    let sha1 = read_bytes(short).unwrap_err().to_string();
    assert!(sha1.contains("RSA-PSS with SHA-1"), "{sha1}");
    let pkcs1 = pkcs8::PrivateKeyInfoRef::try_from(der("rsa-1024.pkcs8.pem").as_slice())
        .map(|info| base64_of(info.private_key.as_bytes()))
        .unwrap();
    let pem = format!(
        "-----BEGIN RSA-PSS PRIVATE KEY-----\n{pkcs1}\n-----END RSA-PSS PRIVATE KEY-----\n"
    );
    let error = read_bytes(pem).unwrap_err().to_string();
    assert!(
        error.ends_with("its modulus has 1024 bits, but PSS needs 2048"),
        "{error}"
    );
}
