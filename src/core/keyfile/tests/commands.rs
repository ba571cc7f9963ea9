//! The openssl lines that errors advise lead to a key that is read.
#![expect(clippy::too_many_lines, reason = "a table")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs a line with content on standard input; `None` if it fails.
fn run(line: &str, input: &[u8]) -> Option<Vec<u8>> {
    let mut child = Command::new("sh")
        .args(["-c", line])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // A program that reads only as much as it needs closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    output.status.success().then_some(output.stdout)
}

#[test]
fn every_openssl_line_that_is_advised_leads_to_the_key() {
    if Command::new("openssl").arg("version").output().is_err() {
        return;
    }
    let passphrases = "-passin pass:jwtsess -passout pass:jwtsess";
    let legacy = format!("{passphrases} -provider legacy -provider default");
    let pkcs7 = run("openssl pkcs7 -outform DER", &fixture("pkcs7.pem")).unwrap();
    for (content, first, more, same_as) in [
        (
            fixture("encrypted.proc-type.pem"),
            "openssl pkcs8",
            passphrases,
            Some("rsa-2048.jwk"),
        ),
        (
            fixture("encrypted.ec-proc-type.pem"),
            "openssl pkcs8",
            passphrases,
            Some("ec-p256.jwk"),
        ),
        (
            fixture("ssh-keygen.PEM.encrypted.pem"),
            "openssl pkcs8",
            passphrases,
            None,
        ),
        (
            fixture("encrypted.pbes1-des3.pem"),
            "openssl pkcs8",
            passphrases,
            Some("ec-p256.jwk"),
        ),
        (
            fixture("encrypted.pbes1-md5-des.pem"),
            "openssl pkcs8",
            &legacy,
            Some("ec-p256.jwk"),
        ),
        (
            fixture("encrypted.des.pem"),
            "openssl pkcs8",
            &legacy,
            Some("ec-p256.jwk"),
        ),
        (
            fixture("encrypted.camellia.pem"),
            "openssl pkcs8",
            passphrases,
            Some("ec-p256.jwk"),
        ),
        (
            fixture("encrypted.many-rounds.pem"),
            "openssl pkcs8",
            passphrases,
            Some("ec-p256.jwk"),
        ),
        (
            fixture("request.pem"),
            "openssl req",
            "",
            Some("ec-p256.jwk"),
        ),
        (
            fixture("request.der"),
            "openssl req",
            "",
            Some("ec-p256.jwk"),
        ),
        (
            fixture("pkcs7.pem"),
            "openssl pkcs7",
            "",
            Some("ec-p256.jwk"),
        ),
        (pkcs7, "openssl pkcs7", "", Some("ec-p256.jwk")),
        (
            fixture("keystore.p12"),
            "openssl pkcs12",
            "-passin pass:jwtsess",
            Some("ec-p256.jwk"),
        ),
        (fixture("ec-p256.explicit.pem"), "openssl pkey", "", None),
        (
            fixture("ec-p256.explicit.spki.pem"),
            "openssl pkey",
            "",
            Some("ec-p256.jwk"),
        ),
        (
            fixture("certificate.explicit.pem"),
            "openssl x509",
            "",
            None,
        ),
    ] {
        let error = read_bytes(content.clone()).unwrap_err();
        let KeyFileError::Unusable { advice, .. } = error else {
            panic!("{first}: {error}");
        };
        let line = advice.split('`').nth(1).unwrap();
        assert!(line.starts_with(first), "{line}");
        let line = line
            .replace("-in FILE", "-in /dev/stdin")
            .replace("> public.pem", "")
            .replace("-out public.pem", "")
            .replace("-out key.pem", more);
        let Some(taken) = run(&line, &content) else {
            // A build of openssl may leave old ciphers out.
            assert!(more.contains("legacy"), "{line}");
            continue;
        };
        let passphrase = Secret::new(b"jwtsess".to_vec());
        let read = read_with(&Secret::new(taken), Some(&passphrase));
        let key = only(read.unwrap_or_else(|error| panic!("{line}: {error}")));
        if let Some(same) = same_as {
            assert_eq!(key.thumbprint(), only(load(same)).thumbprint(), "{line}");
        }
    }
}
