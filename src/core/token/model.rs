//! What a token looks like: whose it is, and of which kind. Unproved: the token says so itself.
use std::borrow::Cow;

pub(crate) use crate::core::media_type::same_type;
pub(crate) use crate::core::profile::language::kind::TokenKind;

/// What a token looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognisedModel {
    /// The profile whose marks nobody else writes, so that its rules count; else `plain`. A user's own comes before a built-in one.
    pub profile: Cow<'static, str>,
    /// The same among the built-in profiles alone.
    pub built_in: &'static str,
    /// The mark that tells that profile (`session_exp`, `token_type access`); empty for `plain`.
    pub by: String,
    /// The profiles whose marks the token has, where others write these marks too: a guess. Several fit equally well.
    pub looks_like: Vec<Cow<'static, str>>,
    /// What the token tells of its kind.
    pub told: TokenKindEvidence,
}

impl RecognisedModel {
    /// The kind, if something tells it.
    #[must_use]
    pub const fn kind(&self) -> Option<TokenKind> {
        self.told.kind
    }
    /// The profile that the token looks like, where it is one.
    #[must_use]
    pub fn guess(&self) -> Option<&str> {
        match self.looks_like.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// What a token tells of its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenKindEvidence {
    /// The kind, if something tells it.
    pub kind: Option<TokenKind>,
    /// The mark that tells it (`typ rt+jwt`, `nonce`); empty if nothing does.
    pub by: String,
    /// A second mark, which says another kind: that kind, and the member.
    pub contradiction: Option<(TokenKind, String)>,
    /// A member that the profile writes and that holds no word of it.
    pub stranger: Option<String>,
    /// Whether the type is a refresh token's with a parameter or blanks: it is no access token, and no server's refresh token either.
    pub in_disguise: bool,
}

/// Whether a `typ` names the media type, whatever parameters, case or blanks it has besides: `rt+jwt; x=1` is an `rt+jwt`.
///
/// Looser than [`same_type`], and for refusing alone: a refresh token in other clothes must not pass for an access token.
#[must_use]
pub(crate) fn is_of_type(typ: &str, wanted: &str) -> bool {
    let essence = typ.split(';').next().unwrap_or_default();
    let kept = |character: &char| !character.is_whitespace() && !character.is_control();
    let essence: String = essence.chars().filter(kept).collect();
    same_type(&essence, wanted)
}

#[cfg(test)]
mod tests {
    use super::{is_of_type, same_type};

    #[test]
    fn a_parameter_does_not_hide_a_type() {
        for (typ, is) in [
            ("rt+jwt", true),
            ("rt+jwt;x=1", true),
            ("RT+JWT ; x=1", true),
            ("rt+jwt;x=a/b", true),
            ("application/rt+jwt;x=1", true),
            ("Application/rt+JWT ;charset=utf-8", true),
            (" rt+jwt\u{a0}", true),
            ("rt+jwt\u{0}", true),
            ("x/rt+jwt", false),
            ("at+jwt;x=rt+jwt", false),
            ("rt+jwts", false),
            (";rt+jwt", false),
        ] {
            assert_eq!(is_of_type(typ, "rt+jwt"), is, "{typ:?}");
        }
    }

    #[test]
    fn types_are_compared_as_media_types() {
        for (left, right, same) in [
            ("JWT", "jwt", true),
            ("at+jwt", "application/at+jwt", true),
            ("Application/AT+JWT", "at+jwt", true),
            ("at+jwt", "rt+jwt", false),
            ("application/a/b", "a/b", false),
            ("ä", "application/at+jwt", false),
        ] {
            assert_eq!(same_type(left, right), same, "{left} {right}");
        }
    }
}
