//! Public keys in whatever dress: no form of one is taken for a secret.
#![expect(
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "tables of short cases"
)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::dress::{
    CHARACTER_SETS, ENCODINGS, Step, WRAPPERS, apply, encoded, gzip, in_another_set, within,
    wrapped_lines,
};
use super::*;
use miniz_oxide::deflate::compress_to_vec_zlib;

/// Every public key and certificate among the fixtures, with the DER of each PEM block beside it.
fn public_material() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut names: Vec<String> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let words = [
        "spki",
        "public",
        "certificate",
        "pkcs7",
        ".pub",
        "request",
        "crl.",
    ];
    for name in names {
        let public = words.iter().any(|word| name.contains(word))
            && !name.contains("no-public")
            && !name.contains("key-and")
            && !name.contains("and-");
        if !public {
            continue;
        }
        let bytes = fixture(&name);
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        for (at, block) in text.split("-----BEGIN ").skip(1).enumerate() {
            let body = block.split("-----").nth(1).unwrap();
            let packed: String = body.split_whitespace().collect();
            all.push((
                format!("{name}, DER {at}"),
                STANDARD.decode(packed).unwrap(),
            ));
        }
        all.push((name, bytes));
    }
    assert!(all.len() > 70, "{}", all.len());
    all
}

/// The blobs of the SSH keys: whole, without the length of their type, without the type, and cut.
fn ssh_blobs() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for name in ["ssh-rsa.pub", "ssh-ecdsa.pub", "ssh-ed25519.pub"] {
        let line = String::from_utf8(fixture(name)).unwrap();
        let blob = STANDARD
            .decode(line.split_whitespace().nth(1).unwrap())
            .unwrap();
        let mut add =
            |what: &str, bytes: &[u8]| all.push((format!("{name}, {what}"), bytes.to_vec()));
        add("cut to 60 bytes", &blob[..blob.len().min(60)]);
        add("cut to 30 bytes", &blob[..30]);
        add("no length", &blob[4..]);
        if name == "ssh-rsa.pub" {
            add("no type", &blob[11..]);
        }
        add("whole", &blob);
    }
    all
}

/// The points of the EC keys: whole, compressed and hybrid, each behind its length too, and the coordinates alone.
fn points() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (name, length) in [("ec-p256", 65), ("ec-p384", 97), ("ec-p521", 133)] {
        let pem = String::from_utf8(fixture(&format!("{name}.spki.pem"))).unwrap();
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let der = STANDARD.decode(body).unwrap();
        let whole = der[der.len() - length..].to_vec();
        let odd = whole[length - 1] & 1;
        let with = |first: u8, rest: &[u8]| [&[first], rest].concat();
        all.push((
            format!("{name}, compressed"),
            with(2 | odd, &whole[1..=length / 2]),
        ));
        all.push((format!("{name}, hybrid"), with(6 | odd, &whole[1..])));
        all.push((format!("{name}, coordinates"), whole[1..].to_vec()));
        all.push((format!("{name}, whole"), whole));
    }
    let lengths = |length: usize| match u8::try_from(length).unwrap() {
        short @ ..128 => vec![short],
        long => vec![0x81, long],
    };
    let mut behind_lengths = Vec::new();
    for (name, point) in &all {
        if name.ends_with("hybrid") || name.ends_with("coordinates") {
            continue;
        }
        let octets = [&[4][..], &lengths(point.len()), point].concat();
        let bits = [&[3][..], &lengths(point.len() + 1), &[0], point].concat();
        behind_lengths.push((format!("{name}, an OCTET STRING"), octets));
        behind_lengths.push((format!("{name}, a BIT STRING"), bits));
    }
    all.extend(behind_lengths);
    all
}

/// Neither by `--secret` nor by `--key`.
fn refused(bytes: &[u8]) -> Result<(), String> {
    if Key::from_secret(Secret::new(bytes.to_vec())).is_ok() {
        return Err("is taken as a secret".to_owned());
    }
    match read_bytes(bytes) {
        Ok(file) => {
            let secret = |key: &Key| matches!(key.kind(), KeyKind::Secret { .. });
            if file.keys.keys().iter().any(secret) {
                return Err(format!("is read as {}", file.form));
            }
            Ok(())
        }
        Err(_) => Ok(()),
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..ENCODINGS).prop_map(Step::Encode),
        (0..WRAPPERS).prop_map(Step::Wrap),
        (0..CHARACTER_SETS).prop_map(Step::CharacterSet),
        any::<bool>().prop_map(Step::Compress),
    ]
}

/// Each single dress, and each encoding in each text, of every key.
#[test]
fn no_public_key_becomes_a_secret_in_any_one_dress() {
    let mut found = Vec::new();
    let mut ask = |what: String, bytes: &[u8]| {
        if bytes.len() <= MAX_KEY_FILE
            && let Err(problem) = refused(bytes)
        {
            found.push(format!("{what} {problem}"));
        }
    };
    let all = public_material().into_iter();
    for (name, bytes) in all.chain(points()).chain(ssh_blobs()) {
        ask(name.clone(), &bytes);
        for how in 0..CHARACTER_SETS {
            ask(format!("{name} in set {how}"), &in_another_set(&bytes, how));
        }
        for (zlib, packed) in [gzip(&bytes), compress_to_vec_zlib(&bytes, 9)]
            .iter()
            .enumerate()
        {
            ask(format!("{name} compressed, {zlib}"), packed);
            ask(
                format!("{name} compressed, {zlib}, in base64"),
                encoded(packed, 0).as_bytes(),
            );
        }
        for how in 0..ENCODINGS {
            let once = encoded(&bytes, how);
            ask(format!("{name} encoded {how}"), once.as_bytes());
            if how < 3 {
                let twice = encoded(once.as_bytes(), 1);
                ask(format!("{name} encoded {how} and 1"), twice.as_bytes());
            }
        }
        let base64 = STANDARD.encode(&bytes);
        let text = std::str::from_utf8(&bytes).unwrap_or(&base64);
        for how in 0..WRAPPERS {
            let dressed = within(text, how);
            ask(format!("{name} within {how}"), dressed.as_bytes());
        }
    }
    assert!(
        found.is_empty(),
        "{} of them:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn a_label_that_ends_in_digits_hides_nothing_in_hexadecimal() {
    let labels = [
        "data:application/octet-stream;base64,",
        "base64: ",
        "utf8 ",
        "iso8859:",
        "\"x25519\": ",
        "key_7e=",
        "0xZeed, 0x",
    ];
    // Only at their beginning do these tell what they are.
    let dresses = [
        [
            Step::Encode(0),
            Step::Compress(false),
            Step::CharacterSet(0),
        ],
        [Step::Encode(0), Step::Compress(true), Step::CharacterSet(0)],
        [
            Step::CharacterSet(0),
            Step::Encode(0),
            Step::Compress(false),
        ],
    ];
    for (name, bytes) in [public_material(), ssh_blobs()].concat() {
        for (dress, label) in dresses
            .iter()
            .flat_map(|dress| labels.map(|label| (dress, label)))
        {
            let hidden = apply(bytes.clone(), dress);
            let hex: String = hidden.iter().map(|byte| format!("{byte:02x}")).collect();
            let taken = refused([label, &hex].concat().as_bytes());
            assert!(taken.is_ok(), "{name}, {dress:?}, {label}: {taken:?}");
        }
    }
}

proptest! {
    #[test]
    fn no_dress_over_another_makes_a_secret_of_a_public_key(
        (name, bytes) in prop::sample::select([public_material(), ssh_blobs()].concat()),
        steps in prop::collection::vec(step(), 1..7),
    ) {
        let dressed = apply(bytes, &steps);
        prop_assume!(dressed.len() <= MAX_KEY_FILE);
        let taken = refused(&dressed);
        prop_assert!(taken.is_ok(), "{name}: {taken:?}: {:?}", String::from_utf8_lossy(&dressed[..dressed.len().min(300)]));
    }

    #[test]
    fn no_dress_makes_a_secret_of_a_point(
        (name, bytes) in prop::sample::select(points()),
        first in 0..ENCODINGS, second in 0..ENCODINGS, twice in any::<bool>(), within_text in prop::sample::select(vec![0, 1, 2, 3, 4, 8, 16, 17, 22, 23, 25]),
    ) {
        let mut text = encoded(&bytes, first);
        if twice {
            text = encoded(text.as_bytes(), second);
        }
        let texts = [text.clone(), within(text.trim_end(), within_text)];
        // A list over several lines in the middle of other words is a point that nobody ships.
        let texts = &texts[..if first == 3 || first == 4 || first == 10 { 1 } else { 2 }];
        for text in texts {
            let taken = refused(text.as_bytes());
            prop_assert!(taken.is_ok(), "{name}: {taken:?}: {text:?}");
        }
    }

    #[test]
    fn a_damaged_key_is_no_secret_while_its_algorithm_is_named(
        (name, bytes, named) in prop::sample::select(named_material()),
        cut_head in any::<prop::sample::Index>(), cut_tail in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        how in prop::option::of(0..ENCODINGS),
    ) {
        let mut bytes = bytes;
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            if !named.contains(&at) {
                bytes[at] = byte;
            }
        }
        let from = cut_head.index(named.start + 1);
        let to = named.end + cut_tail.index(bytes.len() - named.end + 1);
        let left = &bytes[from..to];
        let dressed = how.map_or_else(|| left.to_vec(), |how| encoded(left, how).into_bytes());
        let taken = refused(&dressed);
        prop_assert!(taken.is_ok(), "{name}, {from} to {to}: {taken:?}: {:?}", String::from_utf8_lossy(&dressed));
    }
}

/// The keys in DER and in JSON, and where an OID of a key (with its tag and length) or the member `kty` stands in each.
fn named_material() -> Vec<(String, Vec<u8>, std::ops::Range<usize>)> {
    let identifiers: [&[u8]; 8] = [
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01",
        b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01",
        b"\x06\x07\x2a\x86\x48\xce\x38\x04\x01",
        b"\x06\x03\x2b\x65\x6e",
        b"\x06\x03\x2b\x65\x6f",
        b"\x06\x03\x2b\x65\x70",
        b"\x06\x03\x2b\x65\x71",
        b"\"kty\"",
    ];
    let material = public_material().into_iter().filter_map(|(name, bytes)| {
        let named = identifiers.iter().find_map(|known| {
            let at = bytes
                .windows(known.len())
                .position(|window| window == *known)?;
            // Of a member's name alone, without a value, eight letters are needed to be a text at all.
            let member = if known.starts_with(b"\"") { 4 } else { 0 };
            Some(at..at + known.len() + member)
        })?;
        Some((name, bytes, named))
    });
    let material: Vec<_> = material.collect();
    assert!(material.len() > 40, "{}", material.len());
    material
}

/// What people have beside files: answers of servers, literals of programs, what openssl prints.
#[test]
fn no_document_with_a_public_key_in_it_is_a_secret() {
    let pem = String::from_utf8(fixture("rsa-2048.spki.pem")).unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = STANDARD.decode(&body).unwrap();
    let ec = fixture("ec-p256.spki.der");
    let jwk = jwk_of("rsa-2048.public.jwk");
    let jwk_text = jwk.to_string();
    let (n, e) = (jwk["n"].as_str().unwrap(), jwk["e"].as_str().unwrap());
    let ec_jwk = jwk_of("ec-p256.public.jwk").to_string();
    let signed = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| byte.cast_signed().to_string())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let go = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("{byte:#x}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let octal = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("\\{byte:03o}"))
            .collect::<String>()
    };
    let python = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| match byte {
                b' '..=b'~' => char::from(*byte).to_string(),
                other => format!("\\x{other:02x}"),
            })
            .collect::<String>()
    };
    let lossy = String::from_utf8_lossy(&ec).into_owned();
    let question = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| if byte.is_ascii() { *byte } else { b'?' })
            .collect::<Vec<u8>>()
    };
    let dropped = |bytes: &[u8]| {
        bytes
            .iter()
            .copied()
            .filter(u8::is_ascii)
            .collect::<Vec<u8>>()
    };
    let dump: String = der
        .chunks(16)
        .enumerate()
        .map(|(at, line)| {
            let words: Vec<String> = line.chunks(2).map(hex_of).collect();
            format!("{:08x}: {}  ................\n", at * 16, words.join(" "))
        })
        .collect();
    let modulus = hex_of(&URL_SAFE_NO_PAD.decode(n).unwrap());
    let mut forms: Vec<(&str, Vec<u8>)> = vec![
        ("Keycloak's realm", json!({"realm": "demo", "public_key": body}).to_string().into()),
        ("AWS KMS get-public-key", json!({"KeyId": "arn:aws:kms:x", "PublicKey": body, "KeyUsage": "SIGN_VERIFY"}).to_string().into()),
        ("Google certificates", json!({"1f40f0a8": String::from_utf8(fixture("certificate.pem")).unwrap()}).to_string().into()),
        ("discovery", br#"{"issuer":"https://issuer.example","jwks_uri":"https://issuer.example/jwks"}"#.to_vec()),
        ("keys within", json!({"jwks": {"keys": [jwk]}}).to_string().into()),
        ("x5c alone", json!({"x5c": [body]}).to_string().into()),
        ("n and e alone", json!({"n": n, "e": e}).to_string().into()),
        ("e and n, in YAML", format!("e: {e}\nn: {n}\n").into()),
        ("JWK, Python", jwk_text.replace('"', "'").into()),
        ("JWK, JavaScript", format!("{{kty: 'RSA', n: '{n}', e: '{e}'}}").into()),
        ("JWK, YAML", format!("kty: RSA\nn: {n}\ne: {e}\n").into()),
        ("JWK, YAML, EC", ec_jwk.replace(['"', '{', '}'], "").replace(',', "\n").into()),
        ("JWK, Ruby", jwk_text.replace("\":", "\" => ").replace('"', "'").into()),
        ("JWK, Ruby symbols", jwk_text.replace("\"kty\":", ":kty => ").into()),
        ("JWK, TOML", format!("kty = \"RSA\"\nn = \"{n}\"\n").into()),
        ("JWK, a query", format!("kty=RSA&n={n}&e={e}").into()),
        ("JWK, a URL", jwk_text.replace('"', "%22").replace('{', "%7B").replace(':', "%3A").into()),
        ("JWK, HTML", jwk_text.replace('"', "&quot;").into()),
        ("JWK, a JSON escape", jwk_text.replace("kty", "\\u006bty").into()),
        ("JWK, XML", format!("<jwk><kty>RSA</kty><n>{n}</n></jwk>").into()),
        ("JWK, cut", jwk_text.replace("\"kty\":\"RSA\"", "\"kty\":").into()),
        ("JWK, escaped twice", json!(json!(jwk_text).to_string()).to_string().into()),
        ("did:key", b"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK".to_vec()),
        ("did:jwk", format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(&ec_jwk)).into()),
        ("PASERK", b"k4.public.cHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo8".to_vec()),
        ("minisign", b"untrusted comment: minisign public key 1\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".to_vec()),
        ("RSAKeyValue", format!("<RSAKeyValue><Modulus>{}</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>", STANDARD.encode(URL_SAFE_NO_PAD.decode(n).unwrap())).into()),
        ("openssl rsa -modulus", format!("Modulus={}\n", modulus.to_uppercase()).into()),
        ("openssl pkey -text", b"Public-Key: (2048 bit)\nModulus:\n    00:c5:\nExponent: 65537 (0x10001)\n".to_vec()),
        ("openssl pkey -text, Ed25519", b"ED25519 Public-Key:\npub:\n    71:3d:8b:f9\n".to_vec()),
        ("numbers, Python", format!("n = 0x{modulus}\ne = 65537\n").into()),
        ("numbers, Java", format!("Sun RSA public key, 2048 bits\n  modulus: {}\n  public exponent: 65537", "1234567890".repeat(60)).into()),
        ("bytes, Java", format!("[{}]", signed(&der)).into()),
        ("bytes, Go", format!("[]byte{{{}}}", go(&der)).into()),
        ("bytes, JSON", json!({"type": "Buffer", "data": der}).to_string().into()),
        ("bytes, octal", octal(&der).into()),
        ("bytes, Python", format!("b'{}'", python(&der)).into()),
        ("xxd", dump.into()),
        ("DER, lossy", lossy.into()),
        ("DER, lossy, RSA", String::from_utf8_lossy(&der).into_owned().into()),
        ("DER, question marks", question(&der)),
        ("DER, question marks, EC", question(&ec)),
        ("DER, dropped", dropped(&der)),
        ("DER, dropped, EC", dropped(&ec)),
        ("DER, UTF-8 twice", in_another_set(&in_another_set(&der, 0), 0)),
        ("DER, Windows-1252 twice", in_another_set(&in_another_set(&der, 4), 4)),
        ("DER, LF before it", [b"\n", &der[..]].concat()),
        ("base64, three times", STANDARD.encode(STANDARD.encode(STANDARD.encode(&der))).into()),
        ("JWK, base64 in YAML, block", format!("jwk: !!binary |\n{}", wrapped_lines(&STANDARD.encode(&jwk_text), 60, "  ", "")).into()),
        ("PEM, base64 in a Secret of Kubernetes", format!("apiVersion: v1\nkind: Secret\ndata:\n  public.pem: {}\n", STANDARD.encode(&pem)).into()),
        ("PEM, in JavaScript, a line each", pem.lines().fold("[".to_owned(), |all, line| all + &format!("'{line}',\n")).into()),
        ("PEM, no head", pem.as_bytes()[60..].to_vec()),
        ("PEM, frame alone", b"BEGIN PUBLIC KEY\nxyz\nEND PUBLIC KEY".to_vec()),
        ("PEM, underscores", b"_____BEGIN_PUBLIC_KEY_____".to_vec()),
        ("PEM, a letter missing", pem.replacen('M', "", 1).into()),
        ("PEM, reversed lines", pem.lines().rev().collect::<Vec<_>>().join("\n").into()),
        ("COSE, EC", [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", &ec[ec.len() - 64..ec.len() - 32], b"\x22\x58\x20", &ec[ec.len() - 32..]].concat()),
        ("COSE, Ed25519", [&b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"[..], &[7; 32]].concat()),
        ("COSE, RSA", [&b"\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00"[..], &[7; 256], b"\x21\x43\x01\x00\x01"].concat()),
        ("OpenSSH, no frame", b"b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ".to_vec()),
        ("DKIM", format!("v=DKIM1; k=rsa; p={body}").into()),
        ("diff", pem.lines().fold(String::new(), |all, line| format!("{all}+{line}\n")).into()),
    ];
    forms.push(("tar", {
        let mut tar = vec![0_u8; 512];
        tar[..10].copy_from_slice(b"public.pem");
        tar.extend(pem.as_bytes());
        tar
    }));
    let taken: Vec<String> = forms
        .iter()
        .filter_map(|(name, bytes)| {
            refused(bytes)
                .err()
                .map(|problem| format!("{name} {problem}"))
        })
        .collect();
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}

/// RFC 4648 §6.
fn base32(bytes: &[u8]) -> String {
    let bits: Vec<u8> = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1))
        .collect();
    bits.chunks(5)
        .map(|five| {
            let value = (0..5).fold(0, |all, at| all << 1 | five.get(at).unwrap_or(&0));
            char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[usize::from(value)])
        })
        .collect()
}

#[test]
fn a_public_key_in_base32_is_no_secret() {
    let mut taken = Vec::new();
    for (name, bytes) in public_material().into_iter().chain(ssh_blobs()) {
        let text = base32(&bytes);
        for form in [
            text.clone(),
            text.to_lowercase(),
            format!("{text}===="),
            format!("key: {text}"),
            wrapped_lines(&text, 64, "", ""),
        ] {
            if form.len() <= MAX_KEY_FILE && refused(form.as_bytes()).is_err() {
                taken.push(name.clone());
            }
        }
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}

/// The members of the public JWKs, in texts that are no JSON objects of a JWK.
#[test]
fn no_table_of_members_and_no_coordinates_are_a_secret() {
    let mut forms: Vec<(String, String)> = Vec::new();
    for name in ["ec-p256", "ec-p384", "ec-p521", "ed25519", "rsa-2048"] {
        let jwk = jwk_of(&format!("{name}.public.jwk"));
        let members = jwk.as_object().unwrap();
        let names: Vec<&str> = members.keys().map(String::as_str).collect();
        let values: Vec<&str> = members
            .values()
            .map(|value| value.as_str().unwrap())
            .collect();
        let quoted = |all: &[&str]| {
            all.iter()
                .map(|one| format!("\"{one}\""))
                .collect::<Vec<_>>()
                .join(",")
        };
        let mut add = |what: &str, text: String| forms.push((format!("{name}, {what}"), text));
        for (what, separator) in [
            ("CSV", ","),
            ("TSV", "\t"),
            ("semicolons", ";"),
            ("blanks", " "),
            ("columns", " | "),
        ] {
            add(
                what,
                format!("{}\n{}", names.join(separator), values.join(separator)),
            );
        }
        add(
            "CSV with CRLF",
            format!("{}\r\n{}\r\n", names.join(","), values.join(",")),
        );
        add(
            "CSV in quotes",
            format!("{}\n{}\n", quoted(&names), quoted(&values)),
        );
        let upper: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
        add(
            "CSV in capitals",
            format!("{}\n{}", upper.join(","), values.join(",")),
        );
        let pairs = |between: &str, behind: &str| -> String {
            members
                .iter()
                .map(|(name, value)| format!("{name}{between}{}{behind}", value.as_str().unwrap()))
                .collect()
        };
        add("words", pairs(" ", " "));
        add("rows", pairs(",", "\n"));
        add(
            "options",
            members
                .iter()
                .map(|(name, value)| format!("--{name} {} ", value.as_str().unwrap()))
                .collect(),
        );
    }
    for name in ["ec-p256", "ec-p384", "ec-p521"] {
        let jwk = jwk_of(&format!("{name}.public.jwk"));
        let (x, y) = (jwk["x"].as_str().unwrap(), jwk["y"].as_str().unwrap());
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let base64 = |text: &str| STANDARD.encode(bytes(text));
        let hex = |text: &str| hex_of(&bytes(text));
        let short = |text: &str| format!("0x{}", hex(text).trim_start_matches('0'));
        let signed = |text: &str| STANDARD.encode([&[0], &bytes(text)[..]].concat());
        let colons = |text: &str| encoded(&bytes(text), 6);
        let decimal = |text: &str| decimal_of(&bytes(text));
        let writings: [(&str, Writing<'_>); 8] = [
            ("base64url", &str::to_owned),
            ("base64", &base64),
            ("hex", &hex),
            ("hex, upper", &|text| hex(text).to_uppercase()),
            ("0x, no zeros", &short),
            ("a sign byte", &signed),
            ("decimal", &decimal),
            ("colons", &colons),
        ];
        for (how, write) in writings {
            let (x, y) = (write(x), write(y));
            for (what, text) in [
                ("JSON", json!({"x": x, "y": y}).to_string()),
                ("JSON, y first", json!({"y": y, "x": x}).to_string()),
                (
                    "JSON, kid between",
                    json!({"x": x, "kid": "bm90LWEtY29vcmRpbmF0ZS1idXQtYXMtbG9uZy1hczE", "y": y})
                        .to_string(),
                ),
                ("JSON, array", json!([x, y]).to_string()),
                ("TOML", format!("x = \"{x}\"\ny = \"{y}\"\n")),
                ("YAML", format!("x: {x}\ny: {y}\n")),
                ("a query", format!("x={x}&y={y}")),
                ("CSV", format!("{x},{y}")),
                ("lines", format!("{x}\n{y}\n")),
                (
                    "Python",
                    format!("EllipticCurvePublicNumbers(curve=c, x={x}, y={y})"),
                ),
            ] {
                forms.push((format!("{name}, {how}, {what}"), text));
            }
        }
        let list = |text: &str| bytes(text);
        forms.push((
            format!("{name}, lists"),
            json!({"x": list(x), "y": list(y)}).to_string(),
        ));
    }
    let taken: Vec<String> = forms
        .iter()
        .filter_map(|(name, text)| {
            let problem = refused(text.as_bytes()).err()?;
            Some(format!("{name} {problem}"))
        })
        .collect();
    assert!(
        taken.is_empty(),
        "{} of {}:\n{}",
        taken.len(),
        forms.len(),
        taken.join("\n")
    );
}

/// How a coordinate in base64url is written.
type Writing<'a> = &'a dyn Fn(&str) -> String;

/// A number in decimal.
fn decimal_of(bytes: &[u8]) -> String {
    let mut digits = vec![0_u16];
    for byte in bytes {
        let mut carry = u16::from(*byte);
        for digit in &mut digits {
            let value = *digit * 256 + carry;
            *digit = value % 10;
            carry = value / 10;
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().map(u16::to_string).collect()
}

#[test]
fn what_openssl_prints_of_asn1_is_no_secret() {
    let elements = |objects: &[&str]| {
        let head = "    0:d=0  hl=2 l=  89 cons: SEQUENCE          \n    2:d=1  hl=2 l=  19 cons: SEQUENCE          \n";
        let objects: String = objects
            .iter()
            .map(|object| format!("    4:d=2  hl=2 l=   7 prim: OBJECT            :{object}\n"))
            .collect();
        format!("{head}{objects}   23:d=1  hl=2 l=  66 prim: BIT STRING        \n")
    };
    let certificate = "    0:d=0  hl=4 l= 379 cons: SEQUENCE          \n    4:d=1  hl=4 l= 289 cons: SEQUENCE          \n    8:d=2  hl=2 l=   3 cons: cont [ 0 ]        \n   10:d=3  hl=2 l=   1 prim: INTEGER           :02\n";
    let dump = "      0000 - 00 04 0e 29 8c 94 1a cc-34 c7 76 96 22 b4 d3 42   ...)....4.v.\"..B\n";
    let ec = elements(&["id-ecPublicKey", "prime256v1"]);
    let ed25519 = elements(&["ED25519"]);
    for text in [
        ec.clone(),
        ed25519.clone(),
        format!("{ec}{dump}"),
        format!("{ed25519}{dump}"),
        format!("{certificate}   37:d=3  hl=2 l=   8 prim: OBJECT            :ecdsa-with-SHA256\n"),
        certificate.to_owned(),
        // With `-i`.
        "   23:d=1  hl=2 l=  66 prim:  BIT STRING        \n".to_owned(),
        ec.replace('\n', "\\n"),
        STANDARD.encode(&ec),
    ] {
        assert_eq!(refused(text.as_bytes()), Ok(()), "{text}");
    }
}

#[test]
fn a_certificate_that_is_cut_before_its_first_identifier_is_no_secret() {
    for name in ["certificate.der", "certificate.ec-p384.der"] {
        let der = fixture(name);
        let identifier = der.iter().position(|byte| *byte == 6).unwrap();
        for length in 14..identifier.max(15) {
            let cut = &der[..length];
            for how in [None, Some(0), Some(2), Some(6)] {
                let content =
                    how.map_or_else(|| cut.to_vec(), |how| encoded(cut, how).into_bytes());
                assert_eq!(refused(&content), Ok(()), "{name}, {length}, {how:?}");
            }
        }
    }
    // One without a version.
    let oldest =
        b"\x30\x82\x02\x5c\x30\x82\x01\xc5\x02\x10\x70\xba\xe4\x1d\x10\xd9\x29\x34\xb6\x38";
    assert_eq!(refused(oldest), Ok(()));
}

#[test]
fn a_key_in_pkcs7_and_a_point_are_named_with_the_way_out() {
    let pem = String::from_utf8(fixture("pkcs7.pem")).unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = STANDARD.decode(body).unwrap();
    let content = asn1::first(&der).unwrap();
    let ber = [b"\x30\x80", &content[4..], b"\0\0"].concat();
    // A prime of 1024 bits and the generator 2; and the same with the length of a private number.
    let prime = [&b"\x02\x81\x81\x00"[..], &[0xc3; 128]].concat();
    let dh = [&b"\x30\x81\x87"[..], &prime, b"\x02\x01\x02"].concat();
    let with_length = [
        &b"\x30\x81\x8b"[..],
        &prime,
        b"\x02\x01\x02\x02\x02\x01\x00",
    ]
    .concat();
    for (bytes, form, way) in [
        (
            der.clone(),
            "a PKCS#7 file in DER",
            "openssl pkcs7 -inform DER",
        ),
        (ber, "a PKCS#7 file in BER", "openssl pkcs7 -inform DER"),
        (
            dh,
            "a set of DH or DSA parameters in DER",
            "they hold no key",
        ),
        (
            with_length,
            "a set of DH or DSA parameters in DER",
            "they hold no key",
        ),
    ] {
        let Err(KeyFileError::Unusable { form: is, advice }) = read_bytes(bytes.clone()) else {
            panic!("{form} is not named");
        };
        assert!(is == form && advice.contains(way), "{is}: {advice}");
        assert!(refused(&bytes).is_ok(), "{form}");
    }
    for (name, bytes) in points() {
        for content in [
            bytes.clone(),
            STANDARD.encode(&bytes).into(),
            hex_of(&bytes).into(),
            [&bytes[..], b"\n"].concat(),
        ] {
            let by_secret = Key::from_secret(Secret::new(content.clone())).unwrap_err();
            let by_key = read_bytes(content).map(|file| file.form).unwrap_err();
            assert_eq!(by_key, KeyFileError::Secret(by_secret));
            let SecretError::NoSecret(no_secret) = by_secret else {
                panic!("{name}: {by_secret}");
            };
            assert!(
                no_secret.what.contains("EC point")
                    && no_secret.advice.contains("as PEM or as a JWK"),
                "{name}"
            );
            assert_eq!(
                no_secret.advice.contains("one in 270 random secrets"),
                name.contains("compressed"),
                "{name}"
            );
        }
    }
}

/// Files of 64 KiB that are made to be looked through for long.
#[expect(
    clippy::disallowed_methods,
    reason = "how long it takes is what is asked"
)]
#[test]
fn a_hostile_file_is_looked_through_in_bounded_time() {
    let fill = |piece: &[u8]| piece.repeat(MAX_KEY_FILE / piece.len());
    let nested = (0..12).fold(vec![b'q'; 700], |text, _| {
        STANDARD.encode(text).into_bytes()
    });
    for content in [
        fill(b"MIIB"),
        fill(b"x\x9c\xed\xc1"),
        fill(b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
        fill(b"0\x82\x01\x22"),
        fill(b"A0123456789012345678901234567890123456789012 "),
        fill(b"\\u0041%41&#65;"),
        fill(b"0x30, "),
        fill(b"begin end kty crv aqab modulus "),
        fill(b"-begin certificate kty rsa crv p-256 cons: "),
        fill(b"A\x04\x42\0\x04"),
        fill(b"ssh-rs\0\0\0\x07"),
        fill(b"A12345678901234567890123456789012345678901x,"),
        fill(b"12345678901234567890123456789012345678901234567890123456789012345678901234567 "),
        gzip(&vec![b'M'; 40 << 20]),
        nested[..MAX_KEY_FILE.min(nested.len())].to_vec(),
    ] {
        let start = std::time::Instant::now();
        let _ = Key::from_secret(Secret::new(content));
        assert!(start.elapsed().as_secs() < 20);
    }
}
