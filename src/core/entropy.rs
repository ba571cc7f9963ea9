//! Random bytes and random ids.

/// A source of random bytes. `cli::world` uses the operating system's; tests use a counter.
pub trait Entropy {
    /// Fills `bytes` with unpredictable values.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// Makes a version 4 UUID (RFC 9562 §5.4) with dashes, in lower case.
pub(crate) fn uuid4(entropy: &mut dyn Entropy) -> String {
    let hex = uuid4_hex(entropy);
    let mut text = String::with_capacity(36);
    text.push_str(&hex[..8]);
    for group in [8..12, 12..16, 16..20, 20..32] {
        text.push('-');
        text.push_str(&hex[group]);
    }
    text
}

/// Makes a version 4 UUID (RFC 9562 §5.4) as 32 lower-case hexadecimal digits.
pub(crate) fn uuid4_hex(entropy: &mut dyn Entropy) -> String {
    let mut bytes = [0_u8; 16];
    entropy.fill(&mut bytes);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    super::hex::encoded(&bytes)
}

/// How a token's id is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdForm {
    /// A version 4 UUID with dashes.
    Uuid,
    /// A version 4 UUID as 32 hexadecimal digits.
    UuidHex,
}

impl IdForm {
    /// Makes an id of this form.
    pub fn fresh(self, entropy: &mut dyn Entropy) -> String {
        match self {
            Self::Uuid => uuid4(entropy),
            Self::UuidHex => uuid4_hex(entropy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Constant(u8);
    impl Entropy for Constant {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn a_uuid_marks_its_version_and_variant_whatever_the_bytes() {
        let table = [
            (0x00, "00000000-0000-4000-8000-000000000000"),
            (0x5a, "5a5a5a5a-5a5a-4a5a-9a5a-5a5a5a5a5a5a"),
            (0xff, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
        ];
        for (byte, expected) in table {
            assert_eq!(uuid4(&mut Constant(byte)), expected);
            assert_eq!(uuid4_hex(&mut Constant(byte)), expected.replace('-', ""));
        }
    }
}
