//! What a paste is made of: candidates for a token, the names that they stand under, and how their words look.
use std::borrow::Cow;

use crate::core::token::TokenKind;

/// A token in a paste, or the text that stands in its place.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The token's text.
    pub text: String,
    /// The name of the field, variable, header or cookie that holds it.
    pub name: Option<String>,
    /// Where the token stands, in words that follow "taken from".
    pub place: String,
    /// Whether its JSON has a member of that name twice. Readers differ on which of them counts.
    pub twice: bool,
}

/// Shows the name and the place. The text is a credential and is not shown.
impl std::fmt::Debug for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Candidate")
            .field("name", &self.name)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// The tokens in a paste, and what to say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paste {
    /// The tokens, each once, in the order of the text. Of an HTTP message, only those of the first part that has any.
    pub candidates: Vec<Candidate>,
    /// The other texts that stand under a name and could be opaque tokens. Who knows the names says which of them are.
    pub opaque: Vec<Candidate>,
    /// Notes for the user on what was removed or joined.
    pub notes: Vec<Cow<'static, str>>,
    /// If there is no token: the words of a server that refused, if this is its answer.
    pub error_answer: Option<String>,
    /// If there is no token: what was copied in its place, if that is plain to see.
    pub instead: Option<Substitute>,
}

/// What was copied in place of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Substitute {
    /// A page of HTML.
    WebPage,
    /// A key or certificate in PEM.
    Key,
}

impl Substitute {
    pub(super) fn of(text: &str) -> Option<Self> {
        let starts = |start: &str| {
            let head = text.get(..start.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(start))
        };
        if starts("<!doctype") || starts("<html") {
            Some(Self::WebPage)
        } else if starts("-----BEGIN ") {
            Some(Self::Key)
        } else {
            None
        }
    }
}

/// What a token is for, judged by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// An access token: `access`, `access_token`.
    Access,
    /// A token of no special kind: `token`, `jwt`, `Authorization`.
    Token,
    /// An ID token: `id_token`.
    Id,
    /// A token without a name, or with a name that says nothing.
    Other,
    /// A refresh token: `refresh`, `refresh_token`.
    Refresh,
}

impl Candidate {
    /// What the token is for, by its name.
    #[must_use]
    pub(crate) fn role(&self) -> Role {
        Role::of(self.name.as_deref().unwrap_or_default())
    }

    /// Whether its name is that of a refresh token, and not of something about one: `refresh_token`, `app-refresh`, but not `refresh_token_type`.
    #[must_use]
    pub(crate) fn is_called_refresh_token(&self) -> bool {
        let letters = letters(self.name.as_deref().unwrap_or_default());
        let behind = letters.rsplit_once("refresh").map(|(_, behind)| behind);
        let is_one = matches!(behind, Some("" | "token" | "cookie" | "tokencookie"));
        // The value against request forgery that belongs to such a cookie is none.
        is_one && !["csrf", "xsrf"].iter().any(|word| letters.contains(word))
    }
}

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

impl Role {
    /// What a token of a kind is for.
    #[must_use]
    pub(crate) const fn of_kind(kind: TokenKind) -> Self {
        match kind {
            TokenKind::Access => Self::Access,
            TokenKind::Refresh => Self::Refresh,
            TokenKind::Id => Self::Id,
        }
    }

    pub(super) fn of(name: &str) -> Self {
        let letters = letters(name);
        if letters.contains("refresh") {
            Self::Refresh
        } else if letters.contains("access") {
            Self::Access
        } else if letters.contains("idtoken") {
            Self::Id
        } else if ["token", "jwt", "authorization"]
            .iter()
            .any(|word| letters.contains(word))
        {
            Self::Token
        } else {
            Self::Other
        }
    }
}

/// Whether a word begins as the base64url of a JSON object does: with `{` and then a quote, a blank, a line break or `}`.
pub(super) fn begins_a_token(word: &str) -> bool {
    ["ey", "ew", "e3"]
        .iter()
        .any(|start| word.starts_with(start))
}

pub(super) fn looks_like_a_token(word: &str) -> bool {
    begins_a_token(word) && word.matches('.').take(2).count() == 2
}

/// Whether a word could be an opaque token: in the characters of RFC 6750 §2.1, without dots, and no shorter than what can't be guessed.
pub(super) fn could_be_opaque(word: &str) -> bool {
    let is_of_one = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~+/=".contains(&byte);
    (12..=4096).contains(&word.len()) && word.bytes().all(is_of_one)
}

/// The longest name of a header, a variable or a field, in bytes. A longer text is no name: repeated for each of many tokens, it would take quadratic time.
pub(super) const MOST_NAME_BYTES: usize = 64;

/// Whether a text can be the name of a header or a variable.
pub(super) fn is_name(text: &str) -> bool {
    let letter = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    !text.is_empty() && text.len() <= MOST_NAME_BYTES && text.chars().all(letter)
}

/// Whether a text begins as nearly every token does, or has the dots of one, too.
#[must_use]
pub(crate) fn begins_with_a_header(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("eyJ") || looks_like_a_token(text)
}

/// Whether a text holds nothing but a token's letters.
#[must_use]
pub(crate) fn is_of_a_token(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
