//! One part between the dots: strict base64url (RFC 7515 §2), and what can still be read of one that is cut or bent.
use std::fmt;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};

use super::super::claims::Members;
use super::DefectKind;

/// For [`Part::readable_prefix`] alone: takes a last character whose spare bits are set, as a cut leaves it.
const CUT_SHORT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    NO_PAD.with_decode_allow_trailing_bits(true),
);

/// One part between the dots.
#[derive(Clone)]
pub struct Part {
    /// Where it stands in the token's text.
    pub at: Range<usize>,
    /// Its bytes, where it is base64url.
    pub bytes: Option<Vec<u8>>,
    /// Its members, where it is a JSON object inside the limits.
    pub members: Option<Members>,
    /// The bytes up to where it stops being base64url, where it does.
    prefix: Vec<u8>,
}

impl Part {
    /// A part of which nothing is read.
    pub(super) const fn unread(at: Range<usize>) -> Self {
        Self {
            at,
            bytes: None,
            members: None,
            prefix: Vec::new(),
        }
    }

    /// Decodes the part of `text` at `at`; what is wrong, and where in `text`.
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
                // The alphabet and the length are good, so the last character's spare bits are not.
                Err(_) => (at.end.saturating_sub(1), DefectKind::NonCanonical),
            },
        };
        let sound = wrong.map_or(part.len(), |(offset, _)| offset);
        // A single character of a group of four is not yet a byte.
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

    /// What is readable of a part without members: the text up to where it stops being base64url, all of it where it is not
    /// a JSON object, with U+FFFD for what is not UTF-8. Nothing is checked, and nothing may be decided by it.
    #[must_use]
    pub fn readable_prefix(&self) -> Option<String> {
        let bytes = self.bytes.as_deref().unwrap_or(&self.prefix);
        let unread = self.members.is_none() && !bytes.is_empty();
        unread.then(|| String::from_utf8_lossy(bytes).into_owned())
    }

    /// The character of the token that holds the decoded byte `offset`; the part's end for its last byte's end.
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

/// Sizes alone: a part is a piece of a credential.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("at", &self.at)
            .field("bytes", &self.bytes.as_ref().map(Vec::len))
            .field("members", &self.members)
            .finish_non_exhaustive()
    }
}
