//! Splits a token into its three segments and decodes their base64, as strictly as each version does.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::call::DecodeError;
use crate::core::verdict::Reason;

pub(super) const MALFORMED: DecodeError = DecodeError::Decode(Reason::Malformed);

/// A token, split at its first and its last dot.
pub(super) struct Segments<'a> {
    pub(super) signing_input: &'a [u8],
    pub(super) header: &'a str,
    /// Contains further dots if the token has more than two.
    pub(super) payload: &'a str,
    pub(super) signature: &'a str,
}

pub(super) fn split(token: &str) -> Result<Segments<'_>, DecodeError> {
    let (signing_input, signature) = token.rsplit_once('.').ok_or(MALFORMED)?;
    let (header, payload) = signing_input.split_once('.').ok_or(MALFORMED)?;
    Ok(Segments {
        signing_input: signing_input.as_bytes(),
        header,
        payload,
        signature,
    })
}

/// Decodes as 2.15.1 does: canonical base64url, where padding is optional but must have the right length.
pub(super) fn strict(segment: &str) -> Result<Vec<u8>, DecodeError> {
    let stripped = segment.trim_end_matches('=');
    let padding = segment.len() - stripped.len();
    if padding > 2 || padding > 0 && !segment.len().is_multiple_of(4) {
        return Err(MALFORMED);
    }
    URL_SAFE_NO_PAD.decode(stripped).map_err(|_| MALFORMED)
}

/// Decodes as 1.7.1 does with `base64.urlsafe_b64decode`: it accepts both alphabets, skips all other characters, and stops at complete padding.
pub(super) fn lax(segment: &str) -> Result<Vec<u8>, DecodeError> {
    let mut bytes = Vec::with_capacity(segment.len() / 4 * 3 + 3);
    let padded = (4 - segment.len() % 4) % 4;
    let (mut position, mut left, mut pads) = (0_u8, 0_u8, 0_u8);
    for byte in segment.bytes().chain(std::iter::repeat_n(b'=', padded)) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' if position >= 2 => {
                pads += 1;
                if position + pads >= 4 {
                    return Ok(bytes);
                }
                continue;
            }
            _ => continue,
        };
        pads = 0;
        match position {
            0 => left = value,
            1 => {
                bytes.push(left << 2 | value >> 4);
                left = value & 0x0f;
            }
            2 => {
                bytes.push(left << 4 | value >> 2);
                left = value & 0x03;
            }
            _ => bytes.push(left << 6 | value),
        }
        position = (position + 1) % 4;
    }
    if position == 0 {
        Ok(bytes)
    } else {
        Err(MALFORMED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_reader_takes_padding_of_the_right_length_and_nothing_else() {
        for (segment, expected) in [
            ("", Some(&b""[..])),
            ("TQ", Some(b"M")),
            ("TQ==", Some(b"M")),
            ("TWE=", Some(b"Ma")),
            ("TWFu", Some(b"Man")),
            ("-_-_", Some(b"\xfb\xff\xbf")),
            ("TQ=", None),
            ("TWE==", None),
            ("TWFu====", None),
            ("T===", None),
            ("T", None),
            // Bits left over that are not zero: a second encoding of the same bytes.
            ("TR", None),
            ("+/+/", None),
            ("TW Fu", None),
            ("TW=Fu", None),
            ("TWFu\n", None),
        ] {
            assert_eq!(strict(segment).ok().as_deref(), expected, "{segment:?}");
        }
    }

    #[test]
    fn the_older_reader_skips_what_is_not_base64() {
        for (segment, expected) in [
            ("", Some(&b""[..])),
            ("TQ", Some(b"M")),
            ("TR", Some(b"M")),
            ("TQ==", Some(b"M")),
            ("TQ==TWFu", Some(b"M")),
            ("TWFu====", Some(b"Man")),
            ("+/-_", Some(b"\xfb\xff\xbf")),
            ("TW!Fu", Some(b"Man")),
            ("TW=Fu", Some(b"Man")),
            ("TW\nFu", Some(b"Man")),
            ("é", Some(b"")),
            ("T", None),
            ("T===", None),
            ("TWF", Some(b"Ma")),
            // Six characters are padded with two, of which five are data: one pad too few.
            ("TWFu!T", None),
        ] {
            assert_eq!(lax(segment).ok().as_deref(), expected, "{segment:?}");
        }
    }
}
