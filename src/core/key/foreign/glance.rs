//! A first look at bytes, which spares nearly all of them the search: each sign of a key and each wrapping of bytes has two bytes side by side that chance
//! seldom puts there.
use super::der;

/// So many printable bytes in a row are a text: a given eight of random bytes are once in 2,800 times. A shorter one holds no key.
const STRETCH: usize = 8;

/// What is plain to see in bytes.
pub(super) struct Glance {
    /// Whether some of them are a text, or all of a few.
    pub(super) is_text: bool,
    /// Whether there may be one of [`der::sign`]'s signs in them, a point behind its length, an escape or a compressed stream.
    pub(super) has_pair: bool,
}

impl Glance {
    pub(super) fn at(bytes: &[u8]) -> Self {
        let (mut pairs, mut before) = (0, 0);
        let (mut row, mut longest) = (0, 0);
        for byte in bytes {
            let at = usize::from(*byte);
            pairs |= before & PAIRS.second[at];
            before = PAIRS.first[at];
            row = if is_printable(*byte) { row + 1 } else { 0 };
            longest = row.max(longest);
        }
        Self {
            is_text: longest >= STRETCH || longest == bytes.len(),
            // Behind its first byte a sequence may have any length.
            has_pair: pairs != 0 || bytes.first() == Some(&0x30),
        }
    }
}

const fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')
}

/// Pairs of bytes, in up to 64 classes: for each byte, the classes that have it in the first place, and in the second.
struct Pairs {
    first: [u64; 256],
    second: [u64; 256],
    classes: u32,
}

impl Pairs {
    /// One class more: any of these before any of those.
    const fn and(mut self, first: &[u8], second: &[u8]) -> Self {
        let class = 1 << (self.classes % 64);
        let mut at = 0;
        while at < first.len() {
            self.first[first[at] as usize] |= class;
            at += 1;
        }
        at = 0;
        while at < second.len() {
            self.second[second[at] as usize] |= class;
            at += 1;
        }
        self.classes += 1;
        self
    }

    /// A class for each text: its last two bytes where a zero ends it, as letters are too usual a beginning, or else its first two.
    const fn and_of(mut self, known: &[&[u8]]) -> Self {
        let mut at = 0;
        while at < known.len() {
            let text = known[at];
            let pair = match text {
                [.., first, 0] => [*first, 0],
                _ => [text[0], text[1]],
            };
            self = self.and(&[pair[0]], &[pair[1]]);
            at += 1;
        }
        self
    }
}

const ANY: [u8; 256] = {
    let mut any = [0; 256];
    let mut at = 0;
    while at < any.len() {
        any[at] = at.to_le_bytes()[0];
        at += 1;
    }
    any
};

static PAIRS: Pairs = Pairs {
    first: [0; 256],
    second: [0; 256],
    classes: 0,
}
.and_of(der::IDENTIFIERS)
.and_of(der::SSH)
// An identifier some of whose bytes a character set swallowed.
.and(&[0x06], &ANY)
// A keystore of Java's, as it is and in its jceks form.
.and(&[0xfe], &[0xed])
.and(&[0xce], &[0xce])
// A certificate, an RSA key, a COSE key.
.and(&[0x30], &[0x81, 0x82])
.and(&[0x20], &[6])
.and(&[0x21], &[0x43, 0x58])
// A point behind its length.
.and(&[0, 65, 97, 133], &[4])
.and(&[33, 49, 67], &[2, 3])
.and(&[34, 50, 68], &[0])
// Escapes: of strings in programs, of URLs, of HTML.
.and(b"\\", b"nrtabfvxu01234567\\/\"'`\n")
.and(b"%", b"0123456789abcdefABCDEF")
.and(b"&", b"#qalgn")
// gzip and zlib.
.and(&[0x1f], &[0x8b])
.and(&[0x78], &[0x01, 0x5e, 0x9c, 0xda]);
