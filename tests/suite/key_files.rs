//! Every kind of file that a person may take for a key, through the program's own loader: what it is said to be, and how the call ends.
//!
//! What is said stands in `key_files.table`, a row a file. After a change that is meant: `JWTSESS_UPDATE=1 cargo test key_files` writes it anew; read the difference.
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::process::{Run, RunResult, TempDir};
use crate::sweep::hostile;

/// A file that takes this long hangs. No key does; so much is left to a machine that is busy.
const LIMIT: Duration = Duration::from_secs(20);

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys");

/// The files that openssl, ssh-keygen, Python's cryptography and jose made: all of them.
fn made() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(FIXTURES)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            !path
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("make.")
        })
        .collect();
    files.sort();
    files
}

/// Sequences in sequences, with the shortest lengths that there are.
fn nested(levels: usize) -> Vec<u8> {
    // Written from the inside out, and so backwards.
    let mut der = vec![0, 5];
    for _ in 0..levels {
        let [.., high, middle, low] = der.len().to_be_bytes();
        match (high, middle) {
            (0, 0) if low < 0x80 => der.extend([low, 0x30]),
            (0, 0) => der.extend([low, 0x81, 0x30]),
            (0, _) => der.extend([low, middle, 0x82, 0x30]),
            _ => der.extend([low, middle, high, 0x83, 0x30]),
        }
    }
    der.reverse();
    der
}

fn pem(label: &str, der: &[u8]) -> Vec<u8> {
    let body = STANDARD.encode(der);
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
    .into_bytes()
}

/// Files made by hand: broken, hostile, of another tool, or spoilt on the way.
#[expect(clippy::too_many_lines, reason = "a table")]
fn by_hand() -> Vec<(&'static str, Vec<u8>)> {
    let fixture = |name: &str| std::fs::read(format!("{FIXTURES}/{name}")).unwrap();
    let key = String::from_utf8(fixture("ec-p256.pkcs8.pem")).unwrap();
    let der = fixture("ec-p256.pkcs8.der");
    let jwk: Value = serde_json::from_slice(&fixture("ec-p256.jwk")).unwrap();
    let with = |name: &str, value: Value| {
        let mut jwk = jwk.clone();
        jwk[name] = value;
        jwk.to_string()
    };
    let without = |name: &str| {
        let mut jwk = jwk.clone();
        jwk.as_object_mut().unwrap().remove(name);
        jwk.to_string()
    };
    let relabelled = |label: &str| key.replace("PRIVATE KEY", label);
    let lines: Vec<&str> = key.lines().collect();
    let (head, tail) = (lines[..lines.len() - 1].join("\n"), lines[1..].join("\n"));
    let body = lines[1..lines.len() - 1].concat();
    let public = fixture("ec-p256.spki.der");
    let hex: Vec<String> = public.iter().map(|byte| format!("{byte:02x}")).collect();
    let oct = "A".repeat(43);
    let utf16 = |order: fn(u16) -> [u8; 2]| key.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let mut files: Vec<(&'static str, Vec<u8>)> = Vec::new();
    let mut add = |name, content: Vec<u8>| files.push((name, content));

    // Spoilt on the way.
    add("pem, CRLF", key.replace('\n', "\r\n").into());
    add("pem, CR alone", key.replace('\n', "\r").into());
    add("pem, line breaks lost", key.replace('\n', " ").into());
    add(
        "pem, line breaks as \\n",
        key.trim().replace('\n', "\\n").into(),
    );
    add(
        "pem, in quotes",
        format!("\"{}\"\n", key.trim().replace('\n', "\\n")).into(),
    );
    add("pem, indented", key.replace('\n', "\n    ").into());
    add(
        "pem, byte order mark",
        [b"\xef\xbb\xbf", key.as_bytes()].concat(),
    );
    add("pem, zeros behind it", [key.as_bytes(), &[0; 100]].concat());
    add("pem, UTF-16", utf16(u16::to_le_bytes));
    add("pem, UTF-16 big-endian", utf16(u16::to_be_bytes));
    add("pem, no BEGIN line", tail.into());
    add("pem, no END line", head.into());
    add("pem, cut", key[..120].into());
    add(
        "pem, a letter missing",
        key.replacen(&body[10..12], &body[10..11], 1).into(),
    );
    add(
        "pem, nothing in it",
        b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n".into(),
    );
    add(
        "pem, not base64",
        b"-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n".into(),
    );
    add("pem, not DER", pem("PRIVATE KEY", b"hello, world"));
    add(
        "pem, labels differ",
        key.replacen("PRIVATE KEY", "PUBLIC KEY", 1).into(),
    );
    add("pem, labelled PUBLIC", relabelled("PUBLIC KEY").into());
    add("pem, labelled RSA", relabelled("RSA PRIVATE KEY").into());
    add(
        "pem, labelled CERTIFICATE",
        relabelled("CERTIFICATE").into(),
    );
    add(
        "pem, labelled OPENSSH",
        relabelled("OPENSSH PRIVATE KEY").into(),
    );
    add("pem, unknown label", relabelled("FANCY KEY").into());
    add("pem, hostile label", relabelled("KEY\x1b[31m").into());
    add("pem, 250 times", key.repeat(250).into());
    add("pem, without its lines", body.clone().into());
    add("pem, in base64", STANDARD.encode(&key).into());
    add("der, a line break behind it", [&der[..], b"\n"].concat());
    add("der, 200 bytes behind it", [&der[..], &[7; 200]].concat());
    add("der, cut", der[..der.len() - 9].into());
    add("der, in hexadecimal", hex.concat().into());
    add(
        "der, length left open",
        [&b"\x30\x80"[..], &der[3..], b"\0\0"].concat(),
    );

    // Hostile.
    add(
        "der, 30000 deep, lengths left open",
        b"\x30\x80".repeat(30_000),
    );
    add("der, 30000 deep", nested(30_000));
    add("der, 15000 deep", nested(15_000));
    add("pem, 10000 deep", pem("PRIVATE KEY", &nested(10_000)));
    add("json, 30000 deep", b"[".repeat(30_000));
    add("json, 8000 sets deep", b"{\"keys\":".repeat(8000));
    add(
        "jwk, 30000 deep",
        format!("{{\"kty\":\"oct\",\"k\":{}", "[".repeat(30_000)).into(),
    );
    add("1 MB of zeros", vec![0; 1_000_000]);
    add("64 KiB of zeros", vec![0; 1 << 16]);
    add("64 KiB and a byte", vec![b'x'; (1 << 16) + 1]);
    add("64 KiB of text", vec![b'x'; 1 << 16]);
    add("64 KiB of BEGIN", b"-----BEGIN ".repeat(5900));
    add(
        "64 KiB of blocks without end",
        b"-----BEGIN A-----".repeat(3800),
    );
    add(
        "jwk, a kid of 60 KB",
        format!(
            r#"{{"kty":"oct","k":"{oct}","kid":"{}"}}"#,
            "x".repeat(60_000)
        )
        .into(),
    );
    add(
        "jwk, a hostile kid",
        format!(r#"{{"kty":"oct","k":"{oct}","kid":"\u001b]0;x\u0007\u202e"}}"#).into(),
    );
    let rsa = |modulus: &[u8], exponent: &[u8]| {
        let [n, e] = [modulus, exponent].map(|number| URL_SAFE_NO_PAD.encode(number));
        format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#)
    };
    add(
        "jwk, RSA of 16384 bits",
        rsa(&[0xff; 2048], &[1, 0, 1]).into(),
    );
    add(
        "jwk, RSA with an exponent of 2048 bits",
        rsa(&[0xff; 256], &[0xff; 256]).into(),
    );
    add("jwk, RSA with exponent 1", rsa(&[0xff; 256], &[1]).into());
    let one = format!(r#"{{"kty":"oct","k":"{oct}"}}"#);
    add(
        "jwks of 1000 keys",
        format!(r#"{{"keys":[{}]}}"#, vec![one.as_str(); 1000].join(",")).into(),
    );
    add(
        "jwks of 1000 that are none",
        format!(r#"{{"keys":[{one},{}]}}"#, vec!["{}"; 1000].join(",")).into(),
    );

    // Nothing.
    add("empty", Vec::new());
    add("blank", b" \n\t\r\n".into());
    add("a byte order mark alone", b"\xef\xbb\xbf".into());
    add("a zero byte", vec![0]);

    // JWK.
    add(
        "jwk, another curve's name",
        with("crv", "P-384".into()).into(),
    );
    add("jwk, secp256k1", with("crv", "secp256k1".into()).into());
    add("jwk, no curve", without("crv").into());
    add("jwk, no y", without("y").into());
    add(
        "jwk, d of another key",
        with("d", oct.as_str().into()).into(),
    );
    add(
        "jwk, a point off the curve",
        with("x", oct.as_str().into()).into(),
    );
    add("jwk, d too short", with("d", "AQ".into()).into());
    add(
        "jwk, padded base64",
        with("d", format!("{}=", jwk["d"].as_str().unwrap()).into()).into(),
    );
    add("jwk, unknown kty", with("kty", "AKP".into()).into());
    add("jwk, kty in lower case", with("kty", "ec".into()).into());
    add("jwk, for encryption", with("use", "enc".into()).into());
    add(
        "jwk, alg of another kind",
        with("alg", "RS256".into()).into(),
    );
    add("jwk, alg none", with("alg", "none".into()).into());
    add("jwk, alg ECDH-ES", with("alg", "ECDH-ES".into()).into());
    add(
        "jwk, key_ops deriveKey",
        with("key_ops", serde_json::json!(["deriveKey"])).into(),
    );
    add("jwk, exp a text", with("exp", "soon".into()).into());
    add(
        "jwk, a member twice",
        format!(r#"{{"kty":"oct","k":"{oct}","k":"{oct}"}}"#).into(),
    );
    add("jwk, no k", br#"{"kty":"oct"}"#.into());
    add("jwk, k empty", br#"{"kty":"oct","k":""}"#.into());
    add(
        "jwk, k a public key",
        format!(
            r#"{{"kty":"oct","k":"{}"}}"#,
            URL_SAFE_NO_PAD.encode(fixture("ec-p256.spki.pem"))
        )
        .into(),
    );
    add("jwk, not UTF-8", b"{\"kty\":\"oct\",\"k\":\"\xff\"}".into());
    add("jwk, in an array", format!("[{one}]").into());
    add("jwks, no keys", br#"{"keys":[]}"#.into());
    add("jwks, keys an object", br#"{"keys":{}}"#.into());
    add("jwks, a number in it", br#"{"keys":[7]}"#.into());
    add(
        "json, a service account",
        serde_json::json!({"type": "service_account", "private_key": key})
            .to_string()
            .into(),
    );
    add(
        "json, discovery",
        br#"{"issuer":"https://issuer.example","jwks_uri":"https://issuer.example/jwks"}"#.into(),
    );
    add(
        "json, a token answer",
        br#"{"access_token":"a.b.c"}"#.into(),
    );
    add("json, something else", br#"{"name":"value"}"#.into());

    add("jwk, members null", with("d", Value::Null).into());
    add(
        "jwk, key_ops twice",
        with("key_ops", serde_json::json!(["sign", "sign"])).into(),
    );
    add("jwk, x5c of another key", {
        let other = STANDARD.encode(fixture("certificate.ec-p384.der"));
        with("x5c", serde_json::json!([other])).into()
    });
    add(
        "jwk, exp in milliseconds",
        with("exp", 1_900_000_000_000_i64.into()).into(),
    );
    add("jwk, RSA of n e d", {
        let mut jwk: Value = serde_json::from_slice(&fixture("rsa-2048.jwk")).unwrap();
        let members = jwk.as_object_mut().unwrap();
        members.retain(|name, _| name.len() < 2 && !"pq".contains(name.as_str()) || name == "kty");
        jwk.to_string().into()
    });
    add(
        "json, kids and certificates",
        serde_json::json!({"6BEeoA": String::from_utf8(fixture("certificate.pem")).unwrap()})
            .to_string()
            .into(),
    );
    add(
        "json, a Vault secret",
        serde_json::json!({"data": {"data": {"private_key": key}}})
            .to_string()
            .into(),
    );
    add(
        "json, a Kubernetes Secret",
        serde_json::json!({"kind": "Secret", "data": {"tls.key": STANDARD.encode(&key)}})
            .to_string()
            .into(),
    );
    add(
        "json, a JWKS inside",
        format!(r#"{{"jwks":{{"keys":[{one}]}}}}"#).into(),
    );
    add("json, a JWS", br#"{"payload":"AA","signatures":[]}"#.into());

    // Of other tools.
    let age = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    let identity = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQSZM3F";
    add(
        "age identity",
        format!("# created: 2026-01-01T00:00:00Z\n# public key: {age}\n{identity}\n").into(),
    );
    add("age identity, bare", identity.into());
    add("age recipient", format!("{age}\n").into());
    add(
        "age encrypted",
        b"age-encryption.org/v1\n-> X25519 abc\n--- x\n\x00\x01".into(),
    );
    add(
        "age encrypted, armoured",
        pem("AGE ENCRYPTED FILE", b"age-encryption.org/v1"),
    );
    add("minisign", b"untrusted comment: minisign public key 1\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n".into());
    add("paserk", b"k4.secret.cHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo8c5WpIyC_5kWKhS8VEYSZ05dYfuTF-ZdQFV4D9vLTcNQ".into());
    add(
        "putty",
        b"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n".into(),
    );
    add("tpm", pem("TSS2 PRIVATE KEY", &der));
    add("known_hosts", b"host.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n".into());
    add(
        "gzip",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00".into(),
    );
    add("zip", b"PK\x03\x04\x14\x00\x00\x00".into());
    add(
        "html",
        b"<!DOCTYPE html><html><title>404</title></html>".into(),
    );
    add(
        "xml",
        b"<RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue>".into(),
    );
    add(
        ".env",
        b"# settings\nJWT_SECRET=abcdefghijklmnopqrstuvwxyz0123456789\nDEBUG=1\n".into(),
    );
    add(
        ".env, exported",
        b"export JWT_SECRET='abcdefghijklmnopqrstuvwxyz0123456789'\n".into(),
    );
    add("a token", b"eyJhbGciOiJIUzI1NiJ9.e30.AAAA".into());

    // What stands in a secret's place, and keys in a dress.
    add(
        "git lfs pointer",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n".into(),
    );
    add("a template", b"${JWT_SECRET}\n".into());
    add("a reference", b"op://vault/item/field\n".into());
    add("json, null", b"null\n".into());
    let point = &public[public.len() - 65..];
    add("point", point.into());
    add(
        "point, compressed",
        [&[2 | point[64] & 1], &point[1..33]].concat(),
    );
    add("der, in UTF-8", {
        let text: String = public.iter().copied().map(char::from).collect();
        text.into()
    });
    add(
        "pem, four dashes",
        String::from_utf8(fixture("ec-p256.spki.pem"))
            .unwrap()
            .replace("-----", "----")
            .into(),
    );
    add("pem, labelled RSA-PSS", {
        let pem = String::from_utf8(fixture("rsa-2048.pkcs1.pem")).unwrap();
        pem.replace("RSA PRIVATE", "RSA-PSS PRIVATE").into()
    });

    // Secrets, and what looks like something else and is one.
    add("secret", b"correct horse battery staple, 32".into());
    add(
        "secret, a line break",
        b"correct horse battery staple, 32\n".into(),
    );
    add(
        "secret, two line breaks",
        b"correct horse battery staple, 32\n\n".into(),
    );
    add("secret, random bytes", (0..=255).rev().step_by(4).collect());
    add(
        "secret, base64 with padding",
        b"c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IDEyMzQ=".into(),
    );
    add("secret, base64 of one =", b"AbCdEf0123456789=".into());
    add(
        "secret, hexadecimal",
        b"30820123456789abcdef0123456789abcdef0123456789abcdef0123456789ab".into(),
    );
    add("secret, an assignment", b"x=y".into());
    add("secret, a bracket", b"[{not json".into());
    add("secret, a brace", b"{not json either".into());
    add("secret, short", b"secret".into());
    files
}

/// What is no regular file, by its name in the table.
#[cfg(unix)]
fn no_files(folder: &Path) -> Vec<(String, PathBuf)> {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let at = |name: &str| folder.join(name);
    std::fs::create_dir(at("directory")).unwrap();
    symlink("nowhere", at("dangling link")).unwrap();
    symlink("loop of links", at("loop of links")).unwrap();
    symlink(format!("{FIXTURES}/ed25519.spki.pem"), at("link to a key")).unwrap();
    drop(UnixListener::bind(at("socket")).unwrap());
    let mut found: Vec<(String, PathBuf)> = [
        "directory",
        "dangling link",
        "loop of links",
        "link to a key",
        "socket",
        "missing",
    ]
    .map(|name| (name.to_owned(), at(name)))
    .into();
    found
        .extend(["/dev/zero", "/dev/null", "/dev/full"].map(|path| (path.to_owned(), path.into())));
    found.push(("below a file".to_owned(), at("secret").join("key")));
    found
}

#[cfg(not(unix))]
fn no_files(_: &Path) -> Vec<(String, PathBuf)> {
    Vec::new()
}

fn run(args: &[&str]) -> RunResult {
    Run::new(args)
        .within(LIMIT)
        .unwrap_or_else(|| panic!("{args:?}: still running after {LIMIT:?}"))
}

/// A row: what a file was taken for and what is in it, or why not, and how to go on.
fn row(name: &str, path: &Path) -> String {
    let path = path.to_str().unwrap();
    let ran = run(&["key", "show", path, "--json", "--no-input"]);
    let answer: Value = serde_json::from_str(&ran.stdout)
        .unwrap_or_else(|error| panic!("{name}: {error}: {}{}", ran.stdout, ran.stderr));
    let text = |value: &Value| value.as_str().unwrap_or_default().replace(path, "FILE");
    assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
    for ran in [&ran, &run(&["key", "show", path, "--no-input"])] {
        for stream in [&ran.stdout, &ran.stderr] {
            assert_eq!(hostile(stream), None, "{name}: {stream:?}");
        }
    }
    assert_eq!(answer["ok"], ran.status == 0, "{name}");
    if ran.status != 0 {
        let error = &answer["error"];
        let hint = text(&error["hint"]);
        let hint = if hint.is_empty() {
            hint
        } else {
            format!(" -> {hint}")
        };
        return format!(
            "{name} | {} | {}{hint}\n",
            ran.status,
            text(&error["message"])
        );
    }
    let keys = answer["keys"].as_array().unwrap();
    let described = |key: &Value| {
        let size = key["crv"]
            .as_str()
            .map_or_else(|| key["bits"].to_string(), str::to_owned);
        format!("{} {size} {}", text(&key["kty"]), text(&key["part"]))
    };
    let mut described: Vec<String> = keys.iter().map(described).collect();
    described.dedup();
    let mut row = format!(
        "{name} | 0 | {} | {}\n",
        text(&answer["sources"][0]["form"]),
        described.join(", ")
    );
    for note in ran
        .stderr
        .lines()
        .filter(|line| !line.contains("other users can "))
    {
        let note = note.trim_start_matches("jwtsess: ").replace(path, "FILE");
        row.extend(["    ", &note, "\n"]);
    }
    // What is recognised as a key of its own kind never becomes an HMAC secret as well.
    if keys.iter().all(|key| key["kty"] != "oct") {
        let reference = format!("file:{path}");
        let taken = run(&["encode", "{}", "--secret", &reference, "--allow-weak-key"]);
        assert_eq!(
            (taken.status, taken.stdout.as_str()),
            (1, ""),
            "{name}: {}",
            taken.stderr
        );
    }
    row
}

#[expect(
    clippy::disallowed_methods,
    reason = "whether to write anew is said in the environment"
)]
fn write_anew() -> bool {
    std::env::var_os("JWTSESS_UPDATE").is_some()
}

#[test]
fn every_file_is_loaded_or_named_for_what_it_is() {
    let folder = TempDir::new();
    let mut files: Vec<(String, PathBuf)> = made()
        .into_iter()
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .collect();
    for (at, (name, content)) in by_hand().into_iter().enumerate() {
        let path = folder.file(&format!("file-{at}"), content);
        files.push((name.to_owned(), path.into()));
    }
    folder.file("secret", "x");
    files.extend(no_files(folder.path()));
    assert!(files.len() > 250, "{}", files.len());
    // Two at a time: the machines that run this have so many cores.
    let (first, second) = files.split_at(files.len() / 2);
    let rows = |files: &[(String, PathBuf)]| -> String {
        files.iter().map(|(name, path)| row(name, path)).collect()
    };
    let table = std::thread::scope(|scope| {
        let other = scope.spawn(|| rows(second));
        let mine = rows(first);
        mine + &other.join().unwrap()
    });
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/key_files.table");
    if write_anew() {
        std::fs::write(place, &table).unwrap();
    }
    let expected = std::fs::read_to_string(place).unwrap_or_default();
    for (is, should) in table.lines().zip(expected.lines()) {
        assert_eq!(is, should);
    }
    assert_eq!(table.lines().count(), expected.lines().count());
}
