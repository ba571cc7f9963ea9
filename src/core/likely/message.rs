//! Explains why a signature fails: what else than its signing input a token's signer may have signed.
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::core::claims::{Typed, quote};
use crate::core::hex;
use crate::core::token::Unverified;

/// What was signed in place of the signing input (RFC 7515 §5.1). `Display` completes "the signature fits …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MessageMismatch {
    /// The signing input with a line break at its end, as `echo` prints it.
    FinalNewline,
    /// The header has a `nonce`, and was signed with that nonce's SHA-256 in its place, as Microsoft does for its own services.
    HashedNonce,
    /// The payload was signed as JSON, not in base64url.
    PlainPayload,
    /// Header and payload were signed as JSON, not in base64url.
    PlainParts,
    /// The payload alone was signed.
    PayloadAlone,
}

impl std::fmt::Display for MessageMismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::FinalNewline => {
                "the token with a line break after the payload: its signer signed one character too many, as echo prints it (printf %s prints none)"
            }
            Self::HashedNonce => {
                "the header with its nonce hashed (SHA-256): Microsoft makes tokens like this for its own services, such as Graph, and no one else can or should verify them; ask for a token for your own API"
            }
            Self::PlainPayload => {
                "the payload as JSON, not in base64url: its signer has to encode the payload first (RFC 7515 §5.1)"
            }
            Self::PlainParts => {
                "header and payload as JSON, not in base64url: its signer has to encode them first (RFC 7515 §5.1)"
            }
            Self::PayloadAlone => {
                "the payload alone: its signer has to sign header and payload with a dot between them (RFC 7515 §5.1)"
            }
        })
    }
}

/// What else may have been signed. Use it only to explain a refusal: a token that fits is still not accepted.
#[must_use]
pub(crate) fn likely_messages(token: &Unverified) -> Vec<(MessageMismatch, Vec<u8>)> {
    let input = token.signing_input();
    let mut messages = vec![
        (MessageMismatch::FinalNewline, [input, b"\n"].concat()),
        (MessageMismatch::FinalNewline, [input, b"\r\n"].concat()),
    ];
    let hashed = hashed_nonces(token).into_iter();
    messages.extend(hashed.map(|message| (MessageMismatch::HashedNonce, message)));
    let at = input.iter().position(|byte| *byte == b'.');
    let parts = at.map(|at| (&input[..at], &input[at + 1..]));
    if let (Some((first, second)), Some(header), Some(payload)) =
        (parts, &token.header.bytes, &token.payload.bytes)
    {
        messages.extend([
            (
                MessageMismatch::PlainPayload,
                [first, b".", payload].concat(),
            ),
            (
                MessageMismatch::PlainParts,
                [header, &b"."[..], payload].concat(),
            ),
            (MessageMismatch::PayloadAlone, second.to_vec()),
            (MessageMismatch::PayloadAlone, payload.clone()),
        ]);
    }
    messages
}

/// The signing input with the SHA-256 of the header's nonce in that nonce's place, in the encodings of a hash.
fn hashed_nonces(token: &Unverified) -> Vec<Vec<u8>> {
    let Some(header) = &token.header.members else {
        return Vec::new();
    };
    let Typed::Is(nonce) = header.string("nonce") else {
        return Vec::new();
    };
    let input = token.signing_input();
    let payload = input.iter().position(|byte| *byte == b'.');
    let payload = payload.map_or(&b""[..], |at| &input[at..]);
    let hash = digest(&SHA256, nonce.as_bytes());
    let hash = hash.as_ref();
    [
        URL_SAFE_NO_PAD.encode(hash),
        STANDARD.encode(hash),
        hex::encoded(hash),
    ]
    .into_iter()
    .map(|hashed| {
        let mut header = header.clone();
        header.set("nonce", &quote(&hashed, false));
        let header = URL_SAFE_NO_PAD.encode(header.text());
        [header.as_bytes(), payload].concat()
    })
    .collect()
}
