//! Splits a compact JWS strictly (RFC 7515 §3.1, §5.2), and keeps whatever can be shown of a broken one.
use std::fmt;
use std::sync::OnceLock;

use super::algorithm::AlgName;
use super::claims::{JsonLimits, Members, Typed};

mod defect;
mod model;
mod part;
mod read;
pub(crate) mod shape;
#[cfg(test)]
mod tests;

pub(crate) use defect::{Defect, DefectKind};
pub(crate) use model::{RecognisedModel, TokenKind, TokenKindEvidence, is_of_type, same_type};
pub(crate) use part::Part;

/// How large a token may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest token, in bytes.
    pub token_bytes: usize,
    /// The largest decoded header, in bytes.
    pub header_bytes: usize,
    /// The limits for nesting and members, for header and payload each.
    pub json: JsonLimits,
}

impl Default for Limits {
    /// Allows 4 MiB for a token, 64 KiB for its header, 128 levels and 100,000 members.
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

/// The compact form that a token has, told by its dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompactForm {
    /// Three parts: a JWS (RFC 7515).
    Jws,
    /// Five parts: an encrypted JWE (RFC 7516).
    Jwe,
    /// Any other number of parts; 0 for a text that is empty or over the limit, whose parts are not counted.
    Other(usize),
}

/// A token that was read but not checked. Reading never fails: [`Unverified::defects`] lists what is wrong.
#[derive(Clone)]
pub struct Unverified {
    text: String,
    /// Whether the text is a JWS, a JWE or something else.
    pub form: CompactForm,
    /// The header: where it is in the text, its bytes and its members.
    pub header: Part,
    /// The payload, likewise.
    pub payload: Part,
    /// The signature, likewise; it has no members.
    pub signature: Part,
    /// What is wrong with its structure, in the order of the text. Empty if it is well formed.
    pub defects: Vec<Defect>,
    /// The kind that it is taken for where none of its marks tells: that of the key which verified it, else the one that the command takes.
    pub taken_for: Option<TokenKind>,
    /// What it looks like, once that was asked for.
    pub(in crate::core) recognised: OnceLock<RecognisedModel>,
}

impl Unverified {
    /// The token's text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The bytes that the signature covers: header and payload with the dot between them (RFC 7515 §5.2). Empty if the token is not a JWS.
    #[must_use]
    pub fn signing_input(&self) -> &[u8] {
        match self.form {
            CompactForm::Jws => self
                .text
                .as_bytes()
                .get(..self.payload.at.end)
                .unwrap_or_default(),
            CompactForm::Jwe | CompactForm::Other(_) => &[],
        }
    }
    /// The header's `alg`, if it is a string.
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
    /// The payload's members, if it is a readable JSON object.
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

/// A token is a credential, so this shows its structure and its defects, never its text.
impl fmt::Debug for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unverified")
            .field("bytes", &self.text.len())
            .field("form", &self.form)
            .field("header", &self.header)
            .field("payload", &self.payload)
            .field("signature", &self.signature)
            .field("defects", &self.defects)
            .field("taken_for", &self.taken_for)
            .field("recognised", &self.recognised)
            .finish()
    }
}
