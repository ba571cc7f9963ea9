//! Secret bytes: zeroized when dropped, never printed, one way to look at them.
use zeroize::Zeroizing;

/// Secret bytes (an HMAC secret, a key file's content, a passphrase, a token's text where it must not leak).
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes the bytes over.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
    /// The bytes. The one way in: look for this name when reviewing.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
    /// How many bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}
