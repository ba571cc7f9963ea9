//! Secret bytes that are zeroized when dropped and never printed, and fingerprints that identify a token without its text.
use aws_lc_rs::digest::{Context, SHA256, digest};
use zeroize::Zeroizing;

/// Secret bytes: an HMAC secret, a key file's content, a passphrase, or a token's text where it must not leak.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// No bytes.
    #[must_use]
    pub(crate) fn empty() -> Self {
        Self::new(Vec::new())
    }
    /// Takes ownership of the bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
    /// The bytes. No other method shows them, so a reviewer can search for this name.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there are no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Drops one final line break from printable UTF-8, and names it (`LF`, `CRLF`): editors and `echo` add it. `None` if there is none, or if the rest is not
    /// printable UTF-8.
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

/// The SHA-256 of some bytes, as others compute it, too.
#[must_use]
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

/// Identifies a token where its text must not be kept: the SHA-256 of what makes it that token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a token with an id (`jti`), which is unique under its issuer (RFC 7519 §4.1.7). It does not use the text, which is malleable: a
    /// signature can be spelled another way, and ECDSA has two for each message. A list of ended tokens by text would let the other spelling pass.
    #[must_use]
    pub fn of_id(issuer: Option<&str>, id: &str) -> Self {
        let issued_by = [u8::from(issuer.is_some())];
        let issuer = issuer.unwrap_or_default();
        Self::over("id", &[&issued_by, issuer.as_bytes(), id.as_bytes()])
    }
    /// The fingerprint of a token without an id: it covers the signed bytes ([`signing_input`](super::token::Unverified::signing_input)).
    #[must_use]
    pub fn of_signed(signing_input: &[u8]) -> Self {
        Self::over("signed", &[signing_input])
    }
    /// The fingerprint of a token that is no JWT: it covers its text.
    #[must_use]
    pub(crate) fn of_opaque(text: &str) -> Self {
        Self::over("opaque", &[text.as_bytes()])
    }
    /// Hashes parts, each after its length, so that no part can pass for a piece of its neighbour. `label` says what the parts are.
    #[must_use]
    pub fn over(label: &str, parts: &[&[u8]]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in std::iter::once(label.as_bytes()).chain(parts.iter().copied()) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.finish().as_ref());
        Self(bytes)
    }
    /// Restores a stored fingerprint.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// The bytes to store.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
    /// The first 16 bytes in hexadecimal. They serve as an id for a token or session that has none.
    #[must_use]
    pub fn short(&self) -> String {
        super::hex::encoded(&self.0[..16])
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fingerprint({})", self.short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_tells_its_parts_apart() {
        let all = [
            Fingerprint::of_id(None, "ab"),
            Fingerprint::of_id(Some(""), "ab"),
            Fingerprint::of_id(Some("a"), "b"),
            Fingerprint::of_id(Some("ab"), ""),
            Fingerprint::of_signed(b"ab"),
            Fingerprint::over("id", &[b"ab"]),
            Fingerprint::over("id", &[b"a", b"b"]),
        ];
        let told: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(told.len(), all.len());
        assert_eq!(
            Fingerprint::of_id(Some("a"), "b"),
            Fingerprint::from_bytes(*all[2].as_bytes())
        );
    }

    // sha256sum over the same bytes: printf '\0\0\0\0\0\0\0\6signed\0\0\0\0\0\0\0\3a.b'
    #[test]
    fn a_fingerprint_stays_what_it_is_from_version_to_version() {
        assert_eq!(
            Fingerprint::of_signed(b"a.b").short(),
            "ac5bb12f9cabf64610c713123a40c35c"
        );
    }

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
