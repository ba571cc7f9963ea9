//! Decodes JSON bytes in the encoding that Python guesses.

/// `bytes.decode(json.detect_encoding(bytes), 'surrogatepass')`.
pub(super) fn decoded(bytes: &[u8]) -> Option<Vec<u32>> {
    match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] => utf32(rest, u32::from_le_bytes),
        [0, 0, 0xfe, 0xff, rest @ ..] => utf32(rest, u32::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0, 0, _, _, ..] => utf32(bytes, u32::from_be_bytes),
        [0, _, _, _, ..] | [0, _] => utf16(bytes, u16::from_be_bytes),
        [_, 0, 0, 0, ..] => utf32(bytes, u32::from_le_bytes),
        [_, 0, _, _, ..] | [_, 0] => utf16(bytes, u16::from_le_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(mut bytes: &[u8]) -> Option<Vec<u32>> {
    let mut points = Vec::with_capacity(bytes.len());
    loop {
        let (valid, rest) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, &[][..]),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                (std::str::from_utf8(valid).ok()?, rest)
            }
        };
        points.extend(valid.chars().map(u32::from));
        match rest {
            [] => return Some(points),
            [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, after @ ..] => {
                points.push(0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f));
                bytes = after;
            }
            _ => return None,
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Vec<u32>> {
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    let points = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    Some(
        points
            .map(|point| point.map_or_else(|lone| lone.unpaired_surrogate().into(), u32::from))
            .collect(),
    )
}

fn utf32(bytes: &[u8], point: fn([u8; 4]) -> u32) -> Option<Vec<u32>> {
    let (quads, []) = bytes.as_chunks::<4>() else {
        return None;
    };
    quads
        .iter()
        .map(|quad| Some(point(*quad)).filter(|point| *point <= 0x10_ffff))
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use crate::django::oracle::python::{NotJson, PyText, PyValue, loads, loads_text};

    #[test]
    fn encodings_are_guessed_as_python_guesses_them() {
        let text = "{\"a\":\"é😀\"}";
        let value = loads(text.as_bytes()).unwrap();
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let utf32: Vec<u32> = text.chars().map(u32::from).collect();
        let le16: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let be16: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let le32: Vec<u8> = utf32.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let be32: Vec<u8> = utf32.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for (mark, bytes) in [
            (&b""[..], &le16),
            (b"", &be16),
            (b"", &le32),
            (b"", &be32),
            (b"\xff\xfe", &le16),
            (b"\xfe\xff", &be16),
            (b"\xff\xfe\0\0", &le32),
            (b"\0\0\xfe\xff", &be32),
        ] {
            assert_eq!(loads(&[mark, bytes].concat()).as_ref(), Ok(&value));
        }
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        assert_eq!(loads(&marked).as_ref(), Ok(&value));
        assert_eq!(loads_text(&marked), Err(NotJson::Value));
        assert_eq!(loads_text(&le16), Err(NotJson::Value));
        assert_eq!(loads(&le16[1..]), Err(NotJson::Value));
        // CESU: two surrogates of three bytes each stay two.
        let cesu = loads(b"\"\xed\xa0\xbd\xed\xb8\x80\"").unwrap();
        assert_eq!(cesu, PyValue::Str(PyText::Broken(vec![0xd83d, 0xde00])));
    }
}
