//! Files that are named for what they are, because they can't be used.
#![expect(clippy::too_many_lines, reason = "long tables of short cases")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

#[test]
fn what_is_recognised_and_cannot_be_used_is_named() {
    let unusable = "can't be used";
    for (name, form, problem) in [
        (
            "encrypted.proc-type.pem",
            "Proc-Type: 4,ENCRYPTED",
            unusable,
        ),
        (
            "encrypted.ec-proc-type.pem",
            "Proc-Type: 4,ENCRYPTED",
            unusable,
        ),
        (
            "ssh-keygen.PEM.encrypted.pem",
            "Proc-Type: 4,ENCRYPTED",
            unusable,
        ),
        (
            "encrypted.pbes1-des3.pem",
            "an encrypted PKCS#8 private key that is encrypted in an old way (PBES1, pbeWithSHA1And3-KeyTripleDES-CBC)",
            unusable,
        ),
        (
            "encrypted.pbes1-md5-des.pem",
            "in an old way (PBES1, pbeWithMD5AndDES-CBC)",
            unusable,
        ),
        ("encrypted.des.pem", "encrypted with DES-CBC", unusable),
        (
            "encrypted.camellia.pem",
            "encrypted with Camellia-256-CBC",
            unusable,
        ),
        (
            "encrypted.many-rounds.pem",
            "stretched over 3000000 rounds of PBKDF2, more than 2097152,",
            unusable,
        ),
        ("request.der", "a DER certificate request", unusable),
        ("crl.pem", "a certificate revocation list", unusable),
        ("crl.der", "a DER certificate revocation list", unusable),
        ("ssh-encrypted.ssh", "an OpenSSH private key", unusable),
        (
            "python-ed25519.openssh.ssh",
            "an OpenSSH private key",
            unusable,
        ),
        (
            "jose-A256GCM.jwk",
            "a JWK whose `key_ops` name neither sign nor verify",
            unusable,
        ),
        (
            "jose-ECDH-ES.jwk",
            "a JWK whose `key_ops` name neither sign nor verify",
            unusable,
        ),
        ("request.pem", "a certificate request", unusable),
        ("pkcs7.pem", "a PKCS#7 file", unusable),
        ("keystore.p12", "a PKCS#12 file", unusable),
        ("keystore.jks", "a Java keystore", unusable),
        ("ssh-rsa.ssh", "an OpenSSH private key", unusable),
        ("ssh-ecdsa.ssh", "an OpenSSH private key", unusable),
        ("ssh-ed25519.ssh", "an OpenSSH private key", unusable),
        ("ssh-rsa.pub", "an SSH public key", unusable),
        ("ssh-ecdsa.pub", "an SSH public key", unusable),
        ("ssh-ed25519.pub", "an SSH public key", unusable),
        ("ssh2.pub", "an SSH public key", unusable),
        ("pgp.txt", "a PGP file", unusable),
        ("utf16.txt", "a text in UTF-16", unusable),
        (
            "rsa-pss-sha1.pkcs8.pem",
            "a PEM PKCS#8 private key (RSA-PSS with SHA-1, MGF1 with SHA-1 and a salt of at least 20 bytes)",
            unusable,
        ),
        (
            "rsa-pss-mixed.spki.pem",
            "RSA-PSS with SHA-256, MGF1 with SHA-1 and a salt of at least 32 bytes",
            unusable,
        ),
        (
            "rsa-pss-long-salt.pkcs8.pem",
            "RSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of at least 48 bytes",
            unusable,
        ),
        (
            "rsa-3-primes.pkcs8.pem",
            "RSA with more than two primes",
            unusable,
        ),
        (
            "ec-brainpoolP256r1.sec1.pem",
            "EC brainpoolP256r1",
            unusable,
        ),
        (
            "ec-brainpoolP256r1.pkcs8.pem",
            "EC brainpoolP256r1",
            unusable,
        ),
        (
            "ec-brainpoolP256r1.spki.pem",
            "EC brainpoolP256r1",
            unusable,
        ),
        ("ec-secp224r1.sec1.pem", "EC P-224", unusable),
        ("ec-secp224r1.pkcs8.pem", "EC P-224", unusable),
        ("ec-secp224r1.spki.pem", "EC P-224", unusable),
        (
            "ec-p256.explicit.pem",
            "EC, its curve given by numbers",
            unusable,
        ),
        (
            "ec-p256.explicit.spki.pem",
            "EC, its curve given by numbers",
            unusable,
        ),
        ("ed448.pkcs8.pem", "Ed448", unusable),
        ("ed448.spki.pem", "Ed448", unusable),
        ("x25519.pkcs8.pem", "X25519", unusable),
        ("x25519.spki.pem", "X25519", unusable),
        ("x448.pkcs8.pem", "X448", unusable),
        ("x448.spki.pem", "X448", unusable),
        ("dsa.pem", "a DSA key", unusable),
        ("dsa.pkcs8.pem", "DSA", unusable),
        ("roca.public.jwk", "an RSA JWK", "ROCA, CVE-2017-15361"),
        (
            "rsa-512.pkcs8.pem",
            "a PEM PKCS#8 private key",
            "its modulus has 512 bits",
        ),
    ] {
        let error = read_bytes(fixture(name)).map(|file| file.form).unwrap_err();
        let said = error.to_string();
        assert!(
            said.contains(form) && said.contains(problem),
            "{name}: {said}"
        );
        if let KeyFileError::Unusable { advice, .. } = error {
            assert!(!advice.is_empty(), "{name} leads nowhere");
        }
    }
}

#[test]
fn what_is_no_key_at_all_is_named() {
    let jwt = "eyJhbGciOiJIUzI1NiJ9.e30.AAAA";
    for (content, said) in [
        ("", "it is empty"),
        (" \r\n\t", "it is empty"),
        (jwt, "a token (JWT) can't be used"),
        (
            "eyJhbGciOiJkaXIifQ..AA.AA.AA\n",
            "an encrypted token (JWE) can't be used",
        ),
        ("<!DOCTYPE html><html>", "an HTML page can't be used"),
        ("\n<html><body>404", "an HTML page can't be used"),
        ("<RSAKeyValue><Modulus>", "an XML file can't be used"),
        (
            "PuTTY-User-Key-File-3: ssh-rsa",
            "a PuTTY private key can't be used",
        ),
        (
            "{\"jwks_uri\": \"https://example.com/jwks\"}",
            "an OpenID Connect discovery document can't be used",
        ),
        (
            "{\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n\"}",
            "a service account file can't be used",
        ),
        (
            "{\"access_token\": \"a.b.c\"}",
            "a token answer in JSON can't be used",
        ),
        ("{}", "a JSON object can't be used"),
        ("[1, 2]", "a JSON array can't be used"),
        (
            "[{\"kty\": \"oct\", \"k\": \"AAAA\"}]",
            "an array of JWKs can't be used",
        ),
        (
            "{\"kty\": \"oct\",",
            "a JSON file: it is not valid JSON (line 1, column 14)",
        ),
        ("{\"keys\": 1}", "a JWKS: its `keys` is not an array"),
        ("{\"keys\": []}", "a JWKS: it has no keys"),
        (
            "-----BEGIN PRIVATE KEY-----\nMC4C",
            "a PEM file: it has no END line: it was cut short",
        ),
        (
            "-----BEGIN PRIVATE KEY",
            "a PEM file: it has no END line: it was cut short",
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "its BEGIN and END lines differ",
        ),
        (
            "-----BEGIN \x1b[31m-----\nAAAA\n-----END \x1b[31m-----",
            "its BEGIN line is malformed",
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nA?AA\n-----END PUBLIC KEY-----",
            "its base64 is broken",
        ),
        (
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
            "there is nothing in it",
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "its content is not a key in DER",
        ),
        (
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----",
            "there is no key in it",
        ),
        (
            "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----",
            "a certificate revocation list can't be used",
        ),
    ] {
        let error = read_bytes(content)
            .map(|file| file.form)
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{content:?}: {error}");
    }
    assert_eq!(
        read_bytes(vec![0; MAX_KEY_FILE + 1]).unwrap_err(),
        KeyFileError::TooLarge
    );
}

#[test]
fn no_key_material_of_another_kind_becomes_a_secret() {
    for entry in fs::read_dir(fixtures()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let key_like = [".pem", ".der", ".jwk", ".json", ".p12", ".pub", ".ssh"];
        if !key_like.iter().any(|end| name.ends_with(end))
            && name != "pgp.txt"
            && name != "utf16.txt"
        {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let variants = [
            bytes.clone(),
            [b" ", &bytes[..]].concat(),
            [b"\xef\xbb\xbf\n", &bytes[..]].concat(),
            base64_of(&bytes).into_bytes(),
            base64_of(&bytes).trim_end_matches('=').as_bytes().to_vec(),
        ];
        for (at, variant) in variants.into_iter().enumerate() {
            let refused = Key::from_secret(Secret::new(variant));
            assert!(
                matches!(refused, Err(SecretError::KeyMaterial(_))),
                "{name} as variant {at}"
            );
        }
    }
}
