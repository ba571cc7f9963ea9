//! What can be wrong with a token's structure.
use crate::core::claims::JsonDefect;

/// Something wrong with the token's structure, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// Offset in the token's text, in bytes from 0.
    pub at: usize,
    /// The part that has the defect: `header`, `payload`, `signature` or `token`.
    pub part: &'static str,
    /// What is wrong.
    pub kind: DefectKind,
}

/// What can be wrong with a token's structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefectKind {
    /// The text is empty.
    Empty,
    /// The text is longer than this limit in bytes.
    TooLarge(usize),
    /// The token has this many parts, not three.
    Parts(usize),
    /// The text is one part that is no JWT's header: a token that only its server can tell.
    Opaque,
    /// The token has five parts, so it is encrypted (JWE).
    Encrypted,
    /// A character outside base64url's alphabet (RFC 4648 §5, without padding or white space).
    NotBase64url(char),
    /// The length fits no base64url text (RFC 4648 §3.5), so the part was cut short.
    Truncated,
    /// The bits after the last byte are not zero: the same bytes, spelled another way (RFC 4648 §3.5).
    NonCanonical,
    /// The decoded bytes are not UTF-8.
    NotUtf8,
    /// The text is not a JSON object within the limits. The defect's own `at` counts within the decoded part.
    Json(JsonDefect),
    /// A member occurs more than once.
    Duplicate(String),
    /// The header's `alg` is missing or not a string.
    Alg,
    /// A header parameter has the wrong type: its name, the type that it has, and the type that it needs.
    HeaderType(String, &'static str, &'static str),
}
