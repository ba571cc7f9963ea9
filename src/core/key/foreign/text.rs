//! The signs of a key in a text: PEM, JWK, SSH, XML, and what openssl prints.
use std::cell::OnceCell;

use super::sign::{Sign, Wrapping};

/// What a word says where it stands, if it says anything there.
enum WordMeaning {
    PemCertificate,
    Pem,
    /// A name of a JWK's member, of which the second says how a value begins.
    Member(&'static [&'static str]),
    /// A word of a PEM frame whose dashes are not as they should be.
    Frame,
    /// How `openssl asn1parse` begins what it says of an element.
    Element,
    /// A public exponent, beside a number as long as a modulus.
    Exponent,
    /// A member or element that holds a modulus.
    Modulus,
    /// An age recipient: 58 letters follow.
    Age,
    This(&'static str),
}

const SSH: WordMeaning = WordMeaning::This("an SSH public key");
const KEY_TYPES: &[&str] = &["rsa", "ec", "okp", "oct", "akp"];
const CURVES: &[&str] = &["p-", "secp", "ed25519", "ed448", "x25519", "x448", "bp-"];

/// In lower case. The SSH ones are the length-prefixed type name (RFC 4253 §6.6) in base64.
const WORDS: &[(&[u8], WordMeaning)] = &[
    // Anywhere: one space before it was enough for CVE-2026-34950.
    (b"-----begin certificate", WordMeaning::PemCertificate),
    (b"-----begin", WordMeaning::Pem),
    (b"---- begin ssh2", WordMeaning::Pem),
    // Without its first line it is a key all the same.
    (b"-----end ", WordMeaning::Pem),
    (b"begin", WordMeaning::Frame),
    (b"end", WordMeaning::Frame),
    (b"kty", WordMeaning::Member(KEY_TYPES)),
    (b"crv", WordMeaning::Member(CURVES)),
    (b"aqab", WordMeaning::Exponent),
    (b"65537", WordMeaning::Exponent),
    (b"0x10001", WordMeaning::Exponent),
    (b"modulus", WordMeaning::Modulus),
    (b"aaaab3nzac1yc2e", SSH),
    (b"aaaac3nzac1lzdi1nte5", SSH),
    (b"aaaae2vjzhnhlxnoyti", SSH),
    (b"aaaab3nzac1kc3m", SSH),
    (b"aaaagnnrlxnzac1lzdi1nte5", SSH),
    (b"aaaainnrlwvjzhnhlxnoyti", SSH),
    (
        b"b3blbnnzac1rzxktdj",
        WordMeaning::This("an OpenSSH private key"),
    ),
    (
        b"openssh-key-v1\0",
        WordMeaning::This("an OpenSSH private key"),
    ),
    (
        b"public-key:",
        WordMeaning::This("a key as openssl prints it"),
    ),
    (
        b"private-key:",
        WordMeaning::This("a key as openssl prints it"),
    ),
    (b"cons:", WordMeaning::Element),
    (b"prim:", WordMeaning::Element),
    (b"rsakeyvalue", WordMeaning::This("a key in XML")),
    (b"eckeyvalue", WordMeaning::This("a key in XML")),
    (
        b"x509certificate>",
        WordMeaning::This("a certificate in XML"),
    ),
    (
        b"jwks_uri",
        WordMeaning::This("an OpenID Connect discovery document"),
    ),
    (
        b"untrusted comment:",
        WordMeaning::This("a minisign or signify key"),
    ),
    (
        b"putty-user-key-file",
        WordMeaning::This("a PuTTY private key"),
    ),
    (b"did:key:z", WordMeaning::This("a public key as a DID")),
    (b".public.", WordMeaning::This("a PASETO key (PASERK)")),
    (b"age1", WordMeaning::Age),
];

/// For each byte that begins one of [`WORDS`], in either case, the last five bits of the bytes that follow it there.
const BEGINS: [u32; 256] = {
    let mut begins = [0; 256];
    let mut at = 0;
    while at < WORDS.len() {
        let word = WORDS[at].0;
        let second = 1 << (word[1] & 31);
        begins[word[0] as usize] |= second;
        begins[word[0].to_ascii_uppercase() as usize] |= second;
        at += 1;
    }
    begins
};

/// What is in the text, if a key is.
pub(super) fn sign(text: &[u8], from: Wrapping) -> Option<Sign> {
    let line = OnceCell::new();
    let has_line = || *line.get_or_init(|| has_line(text));
    let mut has_name = false;
    for (at, pair) in text.windows(2).enumerate() {
        if BEGINS[usize::from(pair[0])] >> (pair[1] & 31) & 1 == 0 {
            continue;
        }
        let is_here = |word: &[u8]| {
            let here = text.get(at..at + word.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(word))
        };
        let first = pair[0].to_ascii_lowercase();
        let here = |(word, _): &&(&[u8], WordMeaning)| word[0] == first && is_here(word);
        for (word, says) in WORDS.iter().filter(here) {
            has_name |= matches!(says, WordMeaning::Member(_));
            let found = said(text, at, word, says, from, &has_line);
            if found.is_some() {
                return found.map(Sign::Key);
            }
        }
    }
    (is_key_set(text) || has_name && is_table(text)).then_some(Sign::Key("a JWK"))
}

/// What it says of the text that the word stands at that place of it.
fn said(
    text: &[u8],
    at: usize,
    word: &[u8],
    says: &WordMeaning,
    from: Wrapping,
    has_line: &dyn Fn() -> bool,
) -> Option<&'static str> {
    let end = at + word.len();
    let (before, behind) = (&text[..at], &text[end..]);
    let pem = match from {
        Wrapping::Encoding => "a PEM file in base64",
        Wrapping::Utf16 => "a PEM file in UTF-16",
        _ => "a PEM file",
    };
    match says {
        WordMeaning::PemCertificate if from == Wrapping::None => Some("a PEM certificate"),
        WordMeaning::PemCertificate | WordMeaning::Pem => Some(pem),
        WordMeaning::Member(values) => is_member(before, behind, values).then_some("a JWK"),
        WordMeaning::Frame => is_frame(before, &text[at..end], behind, has_line).then_some(pem),
        WordMeaning::Element => is_element(behind).then_some("a key as openssl prints it"),
        WordMeaning::Exponent => {
            let stands_alone = !before.last().copied().is_some_and(is_base64)
                && !behind.first().copied().is_some_and(is_base64);
            (stands_alone && has_modulus(text)).then_some("an RSA public key written as numbers")
        }
        WordMeaning::Modulus => {
            is_named(before, behind).then_some("an RSA public key written as numbers")
        }
        WordMeaning::Age => {
            let letters = behind
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric())
                .count();
            (letters == 58 && !before.last().is_some_and(u8::is_ascii_alphanumeric))
                .then_some("an age public key")
        }
        // `k1.` to `k4.` stand before it.
        WordMeaning::This(what) if word == b".public." => {
            matches!(before, [.., b'k' | b'K', b'1'..=b'4']).then_some(what)
        }
        WordMeaning::This(what) => Some(what),
    }
}

const fn is_base64(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'/' | b'-' | b'_')
}

/// A member of that name: in quotes of any kind, or with a sign and such a value behind it (YAML, JavaScript, Ruby, a query). A blank, a dash and a comma are
/// no such signs: a passphrase has them between its words.
fn is_member(before: &[u8], behind: &[u8], values: &[&str]) -> bool {
    let quote = |byte: Option<&u8>| matches!(byte, Some(b'"' | b'\'' | b'`'));
    if quote(before.last()) && (quote(behind.first()) || behind.is_empty() || behind[0] == b'\\') {
        return true;
    }
    if before
        .last()
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    {
        return false;
    }
    let between = behind
        .iter()
        .take(12)
        .take_while(|byte| !byte.is_ascii_alphanumeric())
        .count();
    let (signs, value) = behind.split_at(between);
    let gives = |byte: &u8| !matches!(byte, b' ' | b'\n' | b'\r' | b'-' | b'_' | b'.' | b',');
    signs.iter().any(gives) && begins_value(value, values)
}

fn begins_value(text: &[u8], values: &[&str]) -> bool {
    values.iter().any(|known| {
        let whole = known.ends_with('-') || *known == "secp";
        text.get(..known.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(known.as_bytes()))
            && (whole || !text.get(known.len()).is_some_and(u8::is_ascii_alphanumeric))
    })
}

/// The name of a member, a value for it and a number as long as a key, each anywhere in the text: CSV, a table, words with blanks between them.
fn is_table(text: &[u8]) -> bool {
    let letter = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let words = || (0..text.len()).filter(|at| letter(*at) && (*at == 0 || !letter(at - 1)));
    let is_name = |at: usize, name: &[u8]| {
        let word = text.get(at..at + name.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(name)) && !letter(at + name.len())
    };
    let columns: [(&[u8], &[&str]); 2] = [(b"kty", KEY_TYPES), (b"crv", CURVES)];
    columns.into_iter().any(|(name, values)| {
        words().any(|at| is_name(at, name))
            && has_number(text)
            && words().any(|at| begins_value(&text[at..], values))
    })
}

/// Whether a number as long as a coordinate stands in it, in base64, base64url or hexadecimal. A passphrase with dashes between its words is none.
fn has_number(text: &[u8]) -> bool {
    text.split(|byte| !is_base64(*byte) && *byte != b':')
        .filter(|run| run.len() >= 40)
        .any(|run| {
            let mut pieces = run.split(|byte| !byte.is_ascii_alphanumeric());
            let count = |is: fn(&u8) -> bool| run.iter().filter(|byte| is(byte)).count();
            let mixed = count(u8::is_ascii_uppercase) > 0 && count(u8::is_ascii_lowercase) > 0;
            pieces.any(|piece| piece.len() >= 16)
                || count(u8::is_ascii_digit) > 2 && (mixed || pairs_of_digits(run))
        })
}

/// `0e:29:8c`
fn pairs_of_digits(run: &[u8]) -> bool {
    run.split(|byte| *byte == b':')
        .all(|pair| pair.len() < 3 && pair.iter().all(u8::is_ascii_hexdigit))
}

/// The type of an ASN.1 element, as `openssl asn1parse` has it behind `cons:` and `prim:`.
fn is_element(behind: &[u8]) -> bool {
    let types: [&[u8]; 8] = [
        b"sequence",
        b"set",
        b"object",
        b"bit string",
        b"octet string",
        b"integer",
        b"cont [",
        b"null",
    ];
    let name = behind.trim_ascii_start();
    types.iter().any(|known| {
        name.get(..known.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(known))
    })
}

/// `BEGIN` or `END` and a label of RFC 7468, whatever became of the dashes. Words of a passphrase have one dash between them, and other words behind them: there
/// a line of base64 has to stand beside them.
fn is_frame(before: &[u8], word: &[u8], behind: &[u8], has_line: &dyn Fn() -> bool) -> bool {
    let dash = |byte: &u8| matches!(byte, b'-' | b'_' | b'=' | b'~' | b'*') || !byte.is_ascii();
    let near = || before.iter().rev().skip_while(|byte| **byte == b' ');
    let dashes = near().take_while(|byte| dash(byte)).take(2).count();
    let shouted = word.iter().all(u8::is_ascii_uppercase);
    if dashes == 0 && !shouted {
        return false;
    }
    let begins_line = near()
        .next()
        .is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
    let line = behind
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .next()
        .unwrap_or_default();
    let label: Vec<u8> = line
        .iter()
        .take(48)
        .filter(|byte| byte.is_ascii_alphanumeric())
        .map(|byte| {
            if shouted {
                *byte
            } else {
                byte.to_ascii_uppercase()
            }
        })
        .collect();
    let near = |known: &&[u8]| {
        label
            .windows(known.len())
            .take(16)
            .any(|window| window == *known)
    };
    if !LABELS.iter().any(near) {
        return false;
    }
    let rest = PEM_KINDS
        .iter()
        .find_map(|kind| label.strip_prefix(*kind))
        .unwrap_or(&label);
    let begins = LABELS.iter().any(|known| rest.starts_with(known));
    let alone = shouted && begins_line && LABELS.contains(&rest);
    alone || begins && dashes == 2 || has_line()
}

const LABELS: &[&[u8]] = &[
    b"PUBLICKEY",
    b"PRIVATEKEY",
    b"CERTIFICATE",
    b"PKCS7",
    b"CMS",
    b"X509CRL",
    b"PARAMETERS",
    b"SSH2",
    b"PGP",
];

/// What stands before [`LABELS`], if anything does.
const PEM_KINDS: &[&[u8]] = &[
    b"RSA",
    b"EC",
    b"DSA",
    b"DH",
    b"ENCRYPTED",
    b"OPENSSH",
    b"TRUSTED",
    b"X509",
    b"NEW",
    b"ANY",
    b"PGP",
    b"SSH2",
];

/// Whether a line of base64 stands in it. A dash is none of its letters: words with dashes between them are no base64.
fn has_line(text: &[u8]) -> bool {
    text.split(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'/'))
        .any(|run| run.len() >= 40)
}

/// With a sign behind it that gives it a value: `Modulus=`, `modulus:`, `<Modulus>`, `"modulus": `.
fn is_named(before: &[u8], behind: &[u8]) -> bool {
    let sign = behind
        .iter()
        .take(4)
        .find(|byte| !matches!(byte, b' ' | b'"' | b'\'' | b'\\' | b'('));
    let long = behind
        .split(|byte| !is_base64(*byte) && *byte != b':')
        .take(16)
        .any(|run| run.len() >= 32);
    matches!(sign, Some(b':' | b'=' | b'>'))
        && long
        && !before.last().is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a number as long as a modulus, or a line of one, stands in it.
fn has_modulus(text: &[u8]) -> bool {
    text.split(|byte| !is_base64(*byte))
        .any(|run| run.len() >= 60)
}

/// A JWKS without a key in it.
fn is_key_set(text: &[u8]) -> bool {
    let text = text
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(text)
        .trim_ascii();
    let quoted = |text: &[u8]| text.windows(6).any(|window| window == b"\"keys\"");
    if !text.starts_with(b"{") || !quoted(text) {
        return false;
    }
    serde_json::from_slice::<serde_json::Value>(text)
        .is_ok_and(|value| value.get("keys").is_some_and(serde_json::Value::is_array))
}
