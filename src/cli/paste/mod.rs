//! Text as people copy it, to the tokens in it: a header line, an HTTP message, JSON, variables, a mail, a log line. Pure, and linear in the text.
//!
//! What stands around a token is taken off; the token itself is never mended, so that what was broken is shown as broken.
mod http;
mod json;
mod lines;

/// A token in a paste, or what stands in its place.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its text.
    pub text: String,
    /// The name it has there: a field, a variable, a header, a cookie.
    pub name: Option<String>,
    /// Where it stands, in words that follow "taken from".
    pub place: String,
}

/// A token is a credential: its name and place are shown, its text is not.
impl std::fmt::Debug for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Candidate")
            .field("name", &self.name)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// What a paste holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paste {
    /// The tokens in it, each once, in the order of the text; of an HTTP message those of the first part that has any.
    pub candidates: Vec<Candidate>,
    /// What was taken off or put together, to be said.
    pub notes: Vec<&'static str>,
    /// Where there is no token: what a server said that refused, if that is what this is.
    pub error_answer: Option<String>,
    /// Where there is no token: what there is in its place, if that is plain to see.
    pub instead: Option<Instead>,
}

/// What was copied in a token's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// HTML.
    WebPage,
    /// PEM.
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

/// What a token is for, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `access`, `access_token`.
    Access,
    /// `token`, `jwt`, `Authorization`.
    Token,
    /// `id_token`.
    Id,
    /// A name that says nothing, or none.
    Other,
    /// `refresh`, `refresh_token`.
    Refresh,
}

impl Candidate {
    /// What its name says that it is for.
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
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
    if text.is_empty() {
        return Paste::default();
    }
    let mut paste = Paste::default();
    if looks_like_a_token(text) && lines::is_of_a_token(text) {
        // Nothing stands around it. Searching for that would take longer than checking the token.
        paste.candidates.push(Candidate {
            text: text.to_owned(),
            name: None,
            place: String::new(),
        });
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
    }
    paste
}

/// A body first; then the headers that carry tokens, in the order in which they are likely to be meant.
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
        // A cookie has a name of its own.
        if candidate.name.is_none() {
            candidate.name = Some(name.to_owned());
        }
    }
    found
}

/// Whether the text is JSON; its tokens are then taken.
fn in_json(text: &str, place: &str, paste: &mut Paste) -> bool {
    let Some(found) = json::read(text, place) else {
        return false;
    };
    paste.candidates.extend(found.candidates);
    paste.error_answer = found.error;
    true
}

/// Whether a word begins as the base64url of a JSON object does, and has a token's dots: `{` and then a quote, a blank, a line break or `}`.
fn begins_a_token(word: &str) -> bool {
    ["ey", "ew", "e3"]
        .iter()
        .any(|start| word.starts_with(start))
}

fn looks_like_a_token(word: &str) -> bool {
    begins_a_token(word) && word.matches('.').take(2).count() == 2
}

/// The longest name of a header, a variable or a field, in bytes. A longer one is none: told at each of many tokens, it would be quadratic.
const MOST_NAME_BYTES: usize = 64;

/// Whether a text can be the name of a header or a variable.
fn is_name(text: &str) -> bool {
    let letter = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    !text.is_empty() && text.len() <= MOST_NAME_BYTES && text.chars().all(letter)
}

#[cfg(test)]
mod tests;
