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
    /// Of a text that is otherwise printable UTF-8: itself without its one final line break, and what that was (`LF`, `CRLF`). Editors and `echo` add it.
    #[must_use]
    pub fn without_final_newline(&self) -> Option<(Self, &'static str)> {
        let (rest, newline) = match self.0.as_slice() {
            [rest @ .., b'\r', b'\n'] => (rest, "CRLF"),
            [rest @ .., b'\n'] => (rest, "LF"),
            _ => return None,
        };
        let printable =
            std::str::from_utf8(rest).is_ok_and(|text| !text.contains(char::is_control));
        printable.then(|| (Self::new(rest.to_vec()), newline))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_final_line_break_is_told_from_a_secret() {
        for (content, expected) in [
            (&b"secret\n"[..], Some((&b"secret"[..], "LF"))),
            (b"secret\r\n", Some((b"secret", "CRLF"))),
            (
                "schl\u{fc}ssel\n".as_bytes(),
                Some(("schl\u{fc}ssel".as_bytes(), "LF")),
            ),
            (b"\n", Some((b"", "LF"))),
            (b"secret", None),
            (b"secret\n\n", None),
            (b"two\nlines\n", None),
            (b"secret\r", None),
            (b"\x01\x02\n", None),
            (b"\xff\xfe\n", None),
        ] {
            let found = Secret::new(content.to_vec()).without_final_newline();
            let found = found
                .as_ref()
                .map(|(rest, newline)| (rest.expose(), *newline));
            assert_eq!(found, expected, "{content:?}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(
            format!("{:?}", Secret::new(b"hunter2".to_vec())),
            "Secret(..)"
        );
    }
}
