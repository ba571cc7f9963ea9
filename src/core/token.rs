//! A compact JWS taken apart strictly (RFC 7515 §3.1, §5.2), keeping whatever can be shown of one that is broken.
use std::fmt;
use std::sync::OnceLock;

use super::algorithm::AlgName;
use super::claims::{JsonDefect, JsonLimits, Members, Typed};

mod model;
mod part;
mod read;
#[cfg(test)]
mod tests;

pub use model::{Kind, REFRESH_WITH_MORE, Recognised, same_model, same_type};
pub use part::Part;

/// What a token may weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole token.
    pub token_bytes: usize,
    /// Bytes of the decoded header.
    pub header_bytes: usize,
    /// Nesting and members, of header and payload each.
    pub json: JsonLimits,
}

impl Default for Limits {
    /// 4 MiB for a token, 64 KiB for its header, 128 levels, 100,000 members.
    fn default() -> Self {
        Self {
            token_bytes: 4 << 20,
            header_bytes: 64 << 10,
            json: JsonLimits {
                depth: 128,
                members: 100_000,
            },
        }
    }
}

/// Which of the compact forms it has, by its dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Three parts: a JWS.
    Jws,
    /// Five parts: a JWE (RFC 7516), encrypted.
    Jwe,
    /// Any other number of parts; none are counted of a text that is empty or over the limit.
    Other(usize),
}

/// Something wrong with the token's build, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// Offset in the token's text, in bytes from 0.
    pub at: usize,
    /// In which part: `header`, `payload`, `signature`, `token`.
    pub part: &'static str,
    /// What it is.
    pub kind: DefectKind,
}

/// What can be wrong with a token's build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefectKind {
    /// Nothing at all.
    Empty,
    /// Longer than the limit, which is this many bytes.
    TooLarge(usize),
    /// Not three parts.
    Parts(usize),
    /// Five parts: encrypted (JWE).
    Encrypted,
    /// A character that base64url has not (the alphabet of RFC 4648 §5, no padding, no white space).
    NotBase64url(char),
    /// A length that no base64url text has (RFC 4648 §3.5): cut short.
    Truncated,
    /// Non-zero bits behind the last byte: spelled another way (RFC 4648 §3.5).
    NonCanonical,
    /// Not UTF-8.
    NotUtf8,
    /// Not a JSON object inside the limits; its own `at` counts in the decoded part.
    Json(JsonDefect),
    /// A member that stands more than once.
    Duplicate(String),
    /// The header has no `alg`, or not a string.
    Alg,
    /// A header parameter of the wrong type: its name, the type it has, the type it needs.
    HeaderType(String, &'static str, &'static str),
}

/// A token that has been read and not been checked. Reading never fails: what is wrong is in [`Unverified::defects`].
#[derive(Clone)]
pub struct Unverified {
    text: String,
    /// Its form.
    pub form: Form,
    /// The header.
    pub header: Part,
    /// The payload.
    pub payload: Part,
    /// The signature.
    pub signature: Part,
    /// What is wrong with its build, in the order of the text; empty means well formed.
    pub defects: Vec<Defect>,
    recognised: OnceLock<Recognised>,
}

impl Unverified {
    /// The token's text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The session model that it looks like: looked for once.
    #[must_use]
    pub fn recognised(&self) -> Recognised {
        *self.recognised.get_or_init(|| model::recognise(self))
    }
    /// What the signature is over: header and payload with their dot (RFC 7515 §5.2). Nothing for what is no JWS.
    #[must_use]
    pub fn signing_input(&self) -> &[u8] {
        match self.form {
            Form::Jws => self
                .text
                .as_bytes()
                .get(..self.payload.at.end)
                .unwrap_or_default(),
            Form::Jwe | Form::Other(_) => &[],
        }
    }
    /// The header's `alg`, where there is one that is a string.
    #[must_use]
    pub fn alg(&self) -> Option<AlgName> {
        match self.parameter("alg") {
            Typed::Is(name) => Some(AlgName::classify(&name)),
            Typed::Absent | Typed::Wrong(_) => None,
        }
    }
    /// The header's `kid`.
    #[must_use]
    pub fn kid(&self) -> Typed<String> {
        self.parameter("kid")
    }
    /// The header's `typ`.
    #[must_use]
    pub fn typ(&self) -> Typed<String> {
        self.parameter("typ")
    }
    /// The payload's members, where there are any to read.
    #[must_use]
    pub fn claims(&self) -> Option<&Members> {
        self.payload.members.as_ref()
    }
    fn parameter(&self, name: &str) -> Typed<String> {
        self.header
            .members
            .as_ref()
            .map_or(Typed::Absent, |header| header.string(name))
    }
}

/// A token is a credential: its build and its defects are shown, never its text.
impl fmt::Debug for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unverified")
            .field("bytes", &self.text.len())
            .field("form", &self.form)
            .field("header", &self.header)
            .field("payload", &self.payload)
            .field("signature", &self.signature)
            .field("defects", &self.defects)
            .field("recognised", &self.recognised)
            .finish()
    }
}
