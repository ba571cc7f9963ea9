//! Finds the tokens in text as people copy it: a header line, an HTTP message, JSON, variables, a mail, a log line. Pure, and linear in the text.
//!
//! What surrounds a token is removed. The token itself is never mended, so that a broken one is shown as broken.
mod http;
mod json;
mod lines;

use std::borrow::Cow;

pub use lines::is_of_a_token;

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
    /// Notes for the user on what was removed or joined.
    pub notes: Vec<Cow<'static, str>>,
    /// If there is no token: the words of a server that refused, if this is its answer.
    pub error_answer: Option<String>,
    /// If there is no token: what was copied in its place, if that is plain to see.
    pub instead: Option<Instead>,
}

/// What was copied in place of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// A page of HTML.
    WebPage,
    /// A key or certificate in PEM.
    Key,
}

impl Instead {
    fn of(text: &str) -> Option<Self> {
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
pub enum Role {
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
    pub fn role(&self) -> Role {
        Role::of(self.name.as_deref().unwrap_or_default())
    }
}

impl Role {
    fn of(name: &str) -> Self {
        let letters: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
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

/// Finds the tokens in a text.
#[must_use]
pub fn read(text: &str) -> Paste {
    let given = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = given.trim();
    if text.is_empty() {
        return Paste::default();
    }
    let mut paste = Paste::default();
    if looks_like_a_token(text) && is_of_a_token(text) {
        // Nothing stands around it. Searching for that would take longer than checking the token.
        paste.candidates.push(Candidate {
            text: text.to_owned(),
            name: None,
            place: String::new(),
            twice: false,
        });
        paste.notes.extend(odd_space(given, &paste.candidates));
        return paste;
    }
    if let Some(message) = http::read(text) {
        in_message(&message, &mut paste);
    } else if !in_json(text, "the JSON given", &mut paste) {
        lines::read(text, &mut paste);
    }
    let mut seen = std::collections::HashSet::new();
    paste
        .candidates
        .retain(|candidate| seen.insert(candidate.text.clone()));
    if paste.candidates.is_empty() {
        paste.instead = Instead::of(text);
    } else {
        paste.error_answer = None;
        paste.notes.extend(odd_space(given, &paste.candidates));
    }
    paste
}

/// A note on white space at a token that no keyboard types and no eye sees. It was removed here, but a server would not remove it.
fn odd_space(given: &str, candidates: &[Candidate]) -> Option<Cow<'static, str>> {
    let is_odd = |character: &char| character.is_whitespace() && !" \t\r\n".contains(*character);
    let space = |character: &char| character.is_whitespace();
    let around = |candidate: &Candidate| {
        let (before, behind) = given.split_once(candidate.text.as_str())?;
        let mut behind = behind.chars().take_while(space);
        let mut before = before.chars().rev().take_while(space);
        before.find(is_odd).or_else(|| behind.find(is_odd))
    };
    let mut ends = given
        .chars()
        .take_while(space)
        .chain(given.chars().rev().take_while(space));
    // Only a few candidates are looked at: more are refused in any case, and each search goes through the whole text.
    let odd = candidates
        .iter()
        .take(4)
        .find_map(around)
        .or_else(|| ends.find(is_odd))?;
    Some(Cow::Owned(format!(
        "white space that is neither blank nor line break (U+{:04X}) was taken off at the token",
        u32::from(odd)
    )))
}

/// The value of the `Authorization` header, as it stands in an HTTP message or in that line alone.
#[must_use]
pub fn authorization(text: &str) -> Option<&str> {
    let is_it = |name: &str| name.eq_ignore_ascii_case("authorization");
    if let Some(message) = http::read(text) {
        let mut headers = message.headers.into_iter();
        return headers
            .find(|(name, _)| is_it(name))
            .map(|(_, value)| value);
    }
    let (name, value) = text.split_once(':')?;
    (is_it(name) && !value.contains('\n')).then_some(value)
}

/// The body of an HTTP message. Any other text is taken for a body.
#[must_use]
pub fn body(text: &str) -> &str {
    http::read(text).map_or(text, |message| message.body)
}

/// Looks in the body first, then in the headers that carry tokens, starting with the one that is most likely meant.
fn in_message(message: &http::Message<'_>, paste: &mut Paste) {
    if !in_json(message.body, "the body", paste) && !message.body.is_empty() {
        paste
            .candidates
            .extend(lines::tokens(message.body, "the body"));
    }
    for header in ["refresh-token", "authorization", "set-cookie", "cookie"] {
        if !paste.candidates.is_empty() {
            return;
        }
        for (name, value) in &message.headers {
            if name.eq_ignore_ascii_case(header) {
                paste.candidates.extend(in_header(name, value));
            }
        }
    }
    if paste.candidates.is_empty() && message.status.is_some_and(|status| status >= 400) {
        let status = message
            .status
            .map(|status| format!("HTTP {status}"))
            .unwrap_or_default();
        let said = paste.error_answer.take();
        paste.error_answer = Some(match said {
            Some(said) => format!("{status}: {said}"),
            None => status,
        });
    }
}

fn in_header(name: &str, value: &str) -> Vec<Candidate> {
    let place = format!("the header {name}");
    let mut found = lines::tokens(value, &place);
    for candidate in &mut found {
        // A cookie has a name already.
        if candidate.name.is_none() {
            candidate.name = Some(name.to_owned());
        }
    }
    found
}

/// Takes the tokens from a text if it is JSON. Returns whether it is.
fn in_json(text: &str, place: &str, paste: &mut Paste) -> bool {
    let Some(found) = json::read(text, place) else {
        return false;
    };
    paste.candidates.extend(found.candidates);
    paste.error_answer = found.error;
    true
}

/// Whether a word begins as the base64url of a JSON object does: with `{` and then a quote, a blank, a line break or `}`.
fn begins_a_token(word: &str) -> bool {
    ["ey", "ew", "e3"]
        .iter()
        .any(|start| word.starts_with(start))
}

fn looks_like_a_token(word: &str) -> bool {
    begins_a_token(word) && word.matches('.').take(2).count() == 2
}

/// The longest name of a header, a variable or a field, in bytes. A longer text is no name: repeated for each of many tokens, it would take quadratic time.
const MOST_NAME_BYTES: usize = 64;

/// Whether a text can be the name of a header or a variable.
fn is_name(text: &str) -> bool {
    let letter = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    !text.is_empty() && text.len() <= MOST_NAME_BYTES && text.chars().all(letter)
}

#[cfg(test)]
mod tests;
