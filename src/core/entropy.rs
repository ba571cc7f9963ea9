//! Random bytes and random ids.
use super::hex;

/// A source of random bytes. `cli::world` uses the operating system's; tests use a counter.
pub trait Entropy {
    /// Fills `bytes` with unpredictable values.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// Makes a version 4 UUID (RFC 9562 §5.4) with dashes, in lower case.
pub(crate) fn uuid4(entropy: &mut dyn Entropy) -> String {
    IdForm::Uuid.fresh(entropy)
}

/// Makes a version 4 UUID (RFC 9562 §5.4) as 32 lower-case hexadecimal digits.
pub(crate) fn uuid4_hex(entropy: &mut dyn Entropy) -> String {
    IdForm::UuidHex.fresh(entropy)
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
        let mut random = [0; 16];
        entropy.fill(&mut random);
        let mut text = Vec::with_capacity(36);
        self.write(random, &mut text);
        text.into_iter().map(char::from).collect()
    }

    /// Appends the id that random bytes make.
    pub(crate) fn write(self, random: [u8; 16], into: &mut Vec<u8>) {
        let mut bytes = random;
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let mut digits = [0; 32];
        for (pair, byte) in digits.as_chunks_mut().0.iter_mut().zip(bytes) {
            *pair = hex::digits(byte);
        }
        match self {
            Self::UuidHex => into.extend_from_slice(&digits),
            Self::Uuid => {
                let mut text = [b'-'; 36];
                text[..8].copy_from_slice(&digits[..8]);
                text[9..13].copy_from_slice(&digits[8..12]);
                text[14..18].copy_from_slice(&digits[12..16]);
                text[19..23].copy_from_slice(&digits[16..20]);
                text[24..].copy_from_slice(&digits[20..]);
                into.extend_from_slice(&text);
            }
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
