//! One part between the dots: strict base64url (RFC 7515 §2), and what is still readable of a part that is cut short or broken.
use std::fmt;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};

use super::super::claims::Members;
use super::defect::DefectKind;

/// Only for [`Part::readable_prefix`]: accepts a last character whose spare bits are set, as cutting a text short leaves it.
const CUT_SHORT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    NO_PAD.with_decode_allow_trailing_bits(true),
);

/// One part between the dots.
#[derive(Clone)]
pub struct Part {
    /// Where the part is in the token's text.
    pub at: Range<usize>,
    /// The decoded bytes, if the part is base64url.
    pub bytes: Option<Vec<u8>>,
    /// The members, if the part is a JSON object within the limits.
    pub members: Option<Members>,
    /// The bytes before the place where the part stops being base64url.
    prefix: Vec<u8>,
}

impl Part {
    /// Makes a part that is not read.
    pub(super) const fn unread(at: Range<usize>) -> Self {
        Self {
            at,
            bytes: None,
            members: None,
            prefix: Vec::new(),
        }
    }

    /// Whether a text is the base64url of something that begins as a JSON object does.
    pub(super) fn begins_an_object(text: &str) -> bool {
        let start = text.get(..4).and_then(|start| CUT_SHORT.decode(start).ok());
        start.is_some_and(|bytes| {
            matches!(
                bytes.as_slice(),
                [b'{', b'"' | b'}' | b' ' | b'\t' | b'\n' | b'\r', ..]
            )
        })
    }

    /// Decodes the part of `text` at `at`. If it is broken, also returns where in `text`, and why.
    pub(super) fn decode(text: &str, at: Range<usize>) -> (Self, Option<(usize, DefectKind)>) {
        let part = &text[at.clone()];
        let wrong = part.char_indices().find(
            |(_, character)| !matches!(character, 'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '_'),
        );
        let defect = match wrong {
            Some((offset, character)) => (at.start + offset, DefectKind::NotBase64url(character)),
            None if part.len() % 4 == 1 => (at.end, DefectKind::Truncated),
            None => match URL_SAFE_NO_PAD.decode(part) {
                Ok(bytes) => {
                    return (
                        Self {
                            bytes: Some(bytes),
                            ..Self::unread(at)
                        },
                        None,
                    );
                }
                // The alphabet and the length are right, so the last character's spare bits must be wrong.
                Err(_) => (at.end.saturating_sub(1), DefectKind::NonCanonical),
            },
        };
        let sound = wrong.map_or(part.len(), |(offset, _)| offset);
        // One character of a group of four does not make a byte yet.
        let whole = sound - usize::from(sound % 4 == 1);
        let prefix = CUT_SHORT.decode(&part[..whole]).unwrap_or_default();
        (
            Self {
                prefix,
                ..Self::unread(at)
            },
            Some(defect),
        )
    }

    /// The readable text of a part that has no members: up to where it stops being base64url, or all of it if it is not a JSON object. U+FFFD replaces what is
    /// not UTF-8. Nothing of it is checked, so decide nothing by it.
    #[must_use]
    pub fn readable_prefix(&self) -> Option<String> {
        let bytes = self.bytes.as_deref().unwrap_or(&self.prefix);
        let unread = self.members.is_none() && !bytes.is_empty();
        unread.then(|| String::from_utf8_lossy(bytes).into_owned())
    }

    /// The place in the token of the character that holds the decoded byte `offset`. An offset after the last byte gives the part's end.
    pub(super) fn place_of(&self, offset: usize) -> usize {
        // Four characters hold three bytes: byte n begins in character ⌊4n/3⌋.
        let inside = self
            .bytes
            .as_ref()
            .is_some_and(|bytes| offset < bytes.len());
        if inside {
            self.at.start + offset * 4 / 3
        } else {
            self.at.end
        }
    }
}

/// Shows only sizes: a part is a piece of a credential.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("at", &self.at)
            .field("bytes", &self.bytes.as_ref().map(Vec::len))
            .field("members", &self.members)
            .finish_non_exhaustive()
    }
}
