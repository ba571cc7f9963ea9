//! Files made to hurt, and secrets that must not show.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

#[test]
fn private_keys_are_not_in_debug_or_errors() {
    for name in ["rsa-2048.jwk", "ec-p256.jwk", "ec-p521.jwk", "ed25519.jwk"] {
        let file = load(name);
        let d = jwk_of(name)["d"].as_str().unwrap().to_owned();
        let shown = format!("{file:?}");
        assert!(
            !shown.contains(&d) && !shown.contains("Document"),
            "{name}: {shown}"
        );
        assert!(shown.len() < 300, "{name}: {shown}");
        let broken = with(name, "x", json!("AAAA"));
        let broken = if name.starts_with("rsa") {
            with(name, "n", json!("AAAA"))
        } else {
            broken
        };
        let error = load_json(&broken).map(|file| file.form).unwrap_err();
        assert!(!format!("{error:?} {error}").contains(&d[..8]), "{name}");
    }
}

#[test]
fn hostile_files_are_refused() {
    let nested = |levels: usize| {
        // Written from the inside out, and so backwards.
        let mut der = vec![0, 5];
        for _ in 0..levels {
            let [.., high, middle, low] = der.len().to_be_bytes();
            der.extend([low, middle, high, 0x83, 0x30]);
        }
        der.reverse();
        der
    };
    let deep = nested(30_000);
    let pem = |der: &[u8]| {
        format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----",
            base64_of(der)
        )
    };
    for (what, content) in [
        ("deep", deep.clone()),
        ("deep PEM", pem(&deep).into_bytes()),
        ("deep PEM that fits", pem(&nested(9_000)).into_bytes()),
        ("deep DER that fits", nested(13_000)),
        (
            "deep JSON",
            [
                b"{\"kty\":".to_vec(),
                vec![b'['; 30_000],
                vec![b']'; 30_000],
                vec![b'}'],
            ]
            .concat(),
        ),
        (
            "deep JWKS",
            [b"{\"keys\":".to_vec(), vec![b'['; 60_000]].concat(),
        ),
        (
            "BEGIN lines",
            b"-----BEGIN A-----\n-----END A-----\n".repeat(1900),
        ),
        ("a modulus of the largest size", {
            json!({"kty": "RSA", "n": "_".repeat(60_000), "e": "AQAB"})
                .to_string()
                .into_bytes()
        }),
        (
            "members",
            ["{", &"\"a\":1,".repeat(5000), "\"kty\":\"oct\"}"]
                .concat()
                .into_bytes(),
        ),
    ] {
        assert!(read_bytes(content).is_err(), "{what}");
    }
}

fn any_fixture() -> impl Strategy<Value = Vec<u8>> {
    let mut all: Vec<Vec<u8>> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.to_str().unwrap().contains("make."))
        .map(|path| fs::read(path).unwrap())
        .collect();
    // The order of a folder is the machine's own; a seed that fails must fail everywhere.
    all.sort();
    prop::sample::select(all)
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_bytes(bytes);
    }

    #[test]
    fn a_mutated_key_file_never_panics(
        mut bytes in any_fixture(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(file) = read_bytes(bytes) {
            for key in file.keys.keys() {
                for algorithm in key.algorithms() {
                    if let Ok(signature) = key.sign(*algorithm, MESSAGE) {
                        prop_assert!(!key.can_verify() || key.verify(*algorithm, MESSAGE, &signature));
                    }
                }
            }
        }
    }

    #[test]
    fn mutated_der_never_panics(
        name in prop::sample::select(vec![
            "ec-p256.pkcs8.der", "ec-p256.sec1.der", "ec-p256.spki.der", "rsa-2048.pkcs1.der",
            "rsa-2048.pkcs1-public.der", "certificate.der", "encrypted.pkcs8.der",
        ]),
        changes in prop::collection::vec((0_usize..64, any::<u8>()), 1..4),
    ) {
        let mut bytes = fixture(name);
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        let _ = read_bytes(bytes);
    }
}
