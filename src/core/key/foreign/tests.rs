//! The first look at bytes against the search without it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use proptest::prelude::*;

use super::*;

/// What [`Glance::at`] sees where it rules out nothing.
fn anything(bytes: &[u8]) -> Glance {
    let printable = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    let text = |bytes: &[u8]| bytes.iter().all(printable);
    Glance {
        is_text: text(bytes) || bytes.windows(8).any(text),
        has_pair: true,
    }
}

fn both_agree(bytes: &[u8]) -> Result<(), TestCaseError> {
    let whole = search(bytes, anything);
    prop_assert_eq!(search(bytes, Glance::at), whole, "{:02x?}", bytes);
    Ok(())
}

/// Pieces that the search looks for, and others that look like them.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<Vec<u8>> = der::IDENTIFIERS
        .iter()
        .chain(der::SSH)
        .chain(der::IN_ASCII)
        .map(|known| known.to_vec())
        .collect();
    let others: [&[u8]; 20] = [
        b"\xfe\xed\xfe\xed",
        b"\xce\xce\xce\xce",
        b"\x30\x82\x03\x00\x30\x82\x02\x00\x02\x01",
        b"\x30\x82\x01\x0a\x02\x82\x01\x01\0\xc0",
        b"\x30\x81\x89\x02\x81\x81\0\xc0",
        b"\x30\x82\x04\xa4\x02\x01\0\x02\x82\x01\x01\0\xc0",
        b"\x20\x06\x21\x58\x20",
        b"\x21\x43\x01\0\x01",
        b"\x30\x06\x02\x01\x05\x02\x01\x03",
        b"\x06?\x09?\x2a\x48\xff\xf7\x0d\x01",
        b"-----BEGIN PUBLIC KEY-----",
        b"{\"kty\":\"RSA\"}",
        b"kty okp ",
        b"crv p-256 ",
        b"crv=Ed25519",
        b"modulus=00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd",
        b"65537",
        b"prim: INTEGER",
        b"END CERTIFICATE",
        b"{\"keys\":[]}",
    ];
    let others = others.iter().map(|piece| piece.to_vec());
    let points = [(33, 2), (49, 3), (65, 4), (97, 4), (66, 0)]
        .iter()
        .flat_map(|(length, first)| {
            let point = [vec![*first], vec![0x5a; usize::from(*length) - 1]].concat();
            [3, 4].map(|tag| [&[tag, *length], &point[..]].concat())
        });
    let all: Vec<Vec<u8>> = known.into_iter().chain(others).chain(points).collect();
    prop::sample::select(all)
}

/// Bytes as secrets have them, or of those that signs and wrappings are made of.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let of = |alphabet: &'static [u8]| {
        prop::collection::vec(prop::sample::select(alphabet), 0..70).boxed()
    };
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..70),
        of(b"0123456789abcdef"),
        of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/="),
        of(b"abcdefghijklmnopqrstuvwxyz -._\n"),
        of(b"\\%&#x;01aun,\"'? \n:"),
        of(b"\x00\x02\x03\x04\x06\x07\x0b\x1f\x20\x21\x22\x30\x31\x41\x58\x78\x81\x82\x8b\x9c\xa0"),
    ]
}

fn dressed(bytes: &[u8], dress: u8) -> Vec<u8> {
    let each = |form: fn(&u8) -> String| bytes.iter().map(form).collect::<Vec<_>>();
    let hex = |before: &str| {
        let pairs = bytes.iter().map(|byte| format!("{before}{byte:02x}"));
        pairs.collect::<Vec<_>>().concat().into_bytes()
    };
    match dress {
        0 => STANDARD.encode(bytes).into_bytes(),
        1 => URL_SAFE_NO_PAD.encode(bytes).into_bytes(),
        2 => hex(""),
        3 => hex("\\x"),
        4 => hex("%"),
        5 => each(|byte| format!("&#{byte};")).concat().into_bytes(),
        6 => each(u8::to_string).join(",").into_bytes(),
        7 => bytes.iter().flat_map(|byte| [*byte, 0]).collect(),
        8 => bytes
            .iter()
            .map(|byte| char::from(*byte))
            .collect::<String>()
            .into_bytes(),
        9 => compress_to_vec_zlib(bytes, 6),
        10 => [
            &b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..],
            &compress_to_vec(bytes, 6),
        ]
        .concat(),
        11 => serde_json::to_vec(&String::from_utf8_lossy(bytes)).unwrap(),
        _ => bytes.to_vec(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_first_look_changes_no_verdict(
        before in noise(),
        piece in prop::option::of(piece()),
        behind in noise(),
        dresses in prop::collection::vec(0..16_u8, 0..3),
    ) {
        let mut bytes = [before, piece.unwrap_or_default(), behind].concat();
        for dress in dresses {
            bytes = dressed(&bytes, dress);
        }
        both_agree(&bytes)?;
    }
}

#[test]
fn every_piece_of_a_key_is_found_at_first_look() {
    for known in der::IDENTIFIERS.iter().chain(der::SSH).chain(der::IN_ASCII) {
        for before in [&b""[..], b"\x01", b"secret"] {
            let bytes = [before, known, b"\xff\xfe\xff\xfe"].concat();
            assert!(der::sign(&bytes).is_some(), "{known:02x?}");
            assert!(Glance::at(&bytes).has_pair, "{known:02x?}");
        }
    }
}

#[test]
fn an_ordinary_secret_has_nothing_to_search_for() {
    for secret in [
        "0123456789abcdef0123456789abcdef",
        "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
        "correct horse battery staple",
    ] {
        let seen = Glance::at(secret.as_bytes());
        assert!(
            seen.is_text && (!seen.has_pair || secret.starts_with('0')),
            "{secret}"
        );
    }
}
