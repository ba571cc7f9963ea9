//! JSON files in which a key stands: maps of public keys are read, and of others the `jq` line leads to the key.
#![expect(clippy::too_many_lines, reason = "long tables of short cases")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use std::io::Write as _;
use std::process::{Command, Stdio};

fn text(name: &str) -> String {
    String::from_utf8(fixture(name)).unwrap()
}

/// What `jq` takes out of a document by the line that an advice names; `None` where there is no jq.
fn taken_out(advice: &str, document: &str) -> Option<Vec<u8>> {
    let line = advice.split('`').nth(1).unwrap();
    let (command, _) = line.split_once(" FILE >").unwrap();
    let mut child = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().unwrap();
    input.write_all(document.as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    if output.status.code() == Some(127) {
        return None;
    }
    assert!(output.status.success(), "{command}: {output:?}");
    Some(output.stdout)
}

#[test]
fn the_key_inside_is_found_and_jq_takes_it_out() {
    let (rsa, ec, spki) = (
        text("rsa-2048.pkcs1.pem"),
        text("ec-p256.pkcs8.pem"),
        text("ec-p256.spki.pem"),
    );
    let certificate = text("certificate.pem");
    let der = base64_of(&fixture("certificate.der"));
    let (public, private) = (jwk_of("ec-p256.public.jwk"), jwk_of("ec-p256.jwk"));
    for (document, path, kind, is_private) in [
        // Vault: a KV secret, a transit key, a certificate that it issued.
        (
            json!({"data": {"data": {"private_key": ec}, "metadata": {"version": 1}}}),
            ".data.data.private_key",
            KeyKind::P256,
            true,
        ),
        (
            json!({"data": {"keys": {"1": {"public_key": spki}}, "type": "ecdsa-p256"}}),
            ".data.keys[\"1\"].public_key",
            KeyKind::P256,
            false,
        ),
        (
            json!({"data": {"certificate": certificate, "issuing_ca": certificate, "private_key": ec}}),
            ".data.private_key",
            KeyKind::P256,
            true,
        ),
        (
            json!({"data": {"data": {"jwk": private.to_string()}}}),
            ".data.data.jwk",
            KeyKind::P256,
            true,
        ),
        // A GitHub App.
        (
            json!({"id": 1, "slug": "app", "pem": rsa, "webhook_secret": "x"}),
            ".pem",
            KeyKind::Rsa { bits: 2048 },
            true,
        ),
        // Azure Key Vault: a key, a certificate.
        (
            json!({"attributes": {"enabled": true}, "key": public}),
            ".key",
            KeyKind::P256,
            false,
        ),
        (
            json!({"id": "https://vault.example/certificates/x", "cer": der, "x5t": "AAAA"}),
            ".cer",
            KeyKind::P256,
            false,
        ),
        // Auth0.
        (
            json!([{"kid": "a", "cert": certificate, "current": true}, {"kid": "b", "cert": certificate}]),
            ".[0].cert",
            KeyKind::P256,
            false,
        ),
        // fastlane.
        (
            json!({"key_id": "D383SF739", "issuer_id": "6053b7fe", "key": ec, "in_house": false}),
            ".key",
            KeyKind::P256,
            true,
        ),
        (
            json!({"key_id": "D383SF739", "key": base64_of(ec.as_bytes()), "is_key_content_base64": true}),
            ".key",
            KeyKind::P256,
            true,
        ),
        // A Kubernetes Secret.
        (
            json!({"kind": "Secret", "data": {"tls.crt": base64_of(certificate.as_bytes()), "tls.key": base64_of(ec.as_bytes())}}),
            ".data[\"tls.key\"]",
            KeyKind::P256,
            true,
        ),
        (
            json!({"kind": "Secret", "data": {"key.jwk": base64_of(private.to_string().as_bytes())}}),
            ".data[\"key.jwk\"]",
            KeyKind::P256,
            true,
        ),
        (
            json!({"kind": "Secret", "stringData": {"id_key": ec}}),
            ".stringData.id_key",
            KeyKind::P256,
            true,
        ),
        // A client's metadata (RFC 7591 §2), and lists.
        (
            json!({"jwks": {"keys": [public]}}),
            ".jwks",
            KeyKind::P256,
            false,
        ),
        (
            json!({"client_id": "x", "jwks_uri": "https://x.example", "jwks": {"keys": [public]}}),
            ".jwks",
            KeyKind::P256,
            false,
        ),
        (json!({"result": [public]}), ".result", KeyKind::P256, false),
        (
            json!({"keys": {"1": spki}}),
            ".keys[\"1\"]",
            KeyKind::P256,
            false,
        ),
        (
            json!({"public_key": spki}),
            ".public_key",
            KeyKind::P256,
            false,
        ),
        (json!([{"jwk": private}]), ".[0].jwk", KeyKind::P256, true),
        (
            json!({"a": null, "b": [[{"c-d": ec}]]}),
            ".b[0][0][\"c-d\"]",
            KeyKind::P256,
            true,
        ),
    ] {
        let document = document.to_string();
        let Err(KeyFileError::Unusable { form, advice }) = read_bytes(document.as_str()) else {
            panic!("{path}: the document is read");
        };
        assert!(form.contains("inside it (`"), "{path}: {form}");
        assert!(advice.contains(path), "{path}: {advice}");
        assert_eq!(
            advice.ends_with(", with a umask of 077"),
            is_private,
            "{path}: {advice}"
        );
        let Some(content) = taken_out(&advice, &document) else {
            continue;
        };
        let key = only(read_bytes(content).unwrap_or_else(|error| panic!("{path}: {error}")));
        assert_eq!((key.kind(), key.is_private()), (kind, is_private), "{path}");
    }
}

#[test]
fn a_list_of_jwks_becomes_a_set() {
    for (document, line) in [
        (
            json!([jwk_of("ec-p256.public.jwk")]),
            "jq '{keys: .}' FILE > keys.json",
        ),
        (
            json!({"data": [jwk_of("ec-p256.public.jwk")]}),
            "jq '{keys: .data}' FILE > keys.json",
        ),
    ] {
        let Err(KeyFileError::Unusable { advice, .. }) = load_json(&document) else {
            panic!("{document} is read");
        };
        assert!(advice.contains(line), "{advice}");
        if let Some(content) = taken_out(&advice, &document.to_string()) {
            assert_eq!(only(read_bytes(content).unwrap()).kind(), KeyKind::P256);
        }
    }
}

#[test]
fn a_map_of_kids_to_public_keys_is_read_as_a_set() {
    let firebase = json!({"f9d97b4cae90bcd76aeb2002": text("certificate.pem"), "e6ebc6d6b9c3": text("with-text.certificate.pem")});
    let file = load_json(&firebase).unwrap();
    assert_eq!(file.form, "a map of kids to 2 public keys in PEM");
    assert_eq!(
        file.notes,
        ["only the certificate's key is used; the certificate itself is not checked"]
    );
    let kids: Vec<_> = file
        .keys
        .keys()
        .iter()
        .map(|key| key.kid().unwrap())
        .collect();
    assert_eq!(kids, ["f9d97b4cae90bcd76aeb2002", "e6ebc6d6b9c3"]);
    // Identity-Aware Proxy.
    let key = only(load_json(&json!({"6BEeoA": text("ec-p256.spki.pem")})).unwrap());
    assert_eq!((key.kid(), key.kind()), (Some("6BEeoA"), KeyKind::P256));
    // A member that can't be used is left out.
    let some = json!({"a": text("ec-p256.spki.pem"), "b": text("dsa.pem").replace("DSA PRIVATE", "DSA PUBLIC")});
    let file = load_json(&some).unwrap();
    assert!(
        file.notes[0].starts_with("key b is left out: "),
        "{:?}",
        file.notes
    );
    assert_eq!(only(file).kid(), Some("a"));
    assert!(load_json(&json!({"b": text("crl.pem")})).is_err());
}

#[test]
fn a_name_that_may_not_be_shown_is_not() {
    let document = json!({"correct horse battery staple": {"x": text("ec-p256.pkcs8.pem")}});
    let Err(KeyFileError::Unusable { form, advice }) = load_json(&document) else {
        panic!("it is read");
    };
    assert_eq!(form, "a JSON object with a key inside it");
    assert_eq!(
        advice,
        "put that key into a file of its own, with a umask of 077"
    );
}

#[test]
fn json_that_holds_no_key_is_named_for_what_it_is() {
    let header = |cty: &str| {
        URL_SAFE_NO_PAD.encode(json!({"alg": "dir", "enc": "A128GCM", "cty": cty}).to_string())
    };
    let jwe = |cty: &str| {
        json!({"protected": header(cty), "iv": "AA", "ciphertext": "AA", "tag": "AA"}).to_string()
    };
    for (content, said) in [
        (
            jwe("jwk+json"),
            "an encrypted JWK (JWE, RFC 7517 §7) can't be used",
        ),
        (
            jwe("application/jwk-set+json"),
            "an encrypted JWK (JWE, RFC 7517 §7) can't be used",
        ),
        (
            jwe("JWT"),
            "an encrypted token in JSON form (JWE, RFC 7516 §7.2) can't be used",
        ),
        (
            format!("{}..AA.AA.AA", header("jwk+json")),
            "an encrypted JWK (JWE, RFC 7517 §7) can't be used",
        ),
        (
            format!("{}..AA.AA.AA\n", header("JWT")),
            "an encrypted token (JWE) can't be used",
        ),
        (
            json!({"payload": "AA", "signatures": [{"signature": "AA"}]}).to_string(),
            "a token in JSON form (JWS, RFC 7515 §7.2) can't be used",
        ),
        (
            json!({"payload": "AA", "protected": "AA", "signature": "AA"}).to_string(),
            "a token in JSON form (JWS, RFC 7515 §7.2) can't be used",
        ),
        ("true".into(), "can't be used"),
        ("false\n".into(), "can't be used"),
        ("1".into(), "can't be used"),
        (" null ".into(), "can't be used"),
        (
            json!({"a": [1, "b", {"c": "x".repeat(80)}]}).to_string(),
            "a JSON object can't be used",
        ),
        (
            json!({"a": "MC".repeat(40)}).to_string(),
            "a JSON object can't be used",
        ),
    ] {
        let error = read_bytes(content.as_str())
            .map(|file| file.form)
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{content}: {error}");
    }
    // A long run of digits may be a secret.
    assert!(read_bytes("1".repeat(16)).is_ok());
}
