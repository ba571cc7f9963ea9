//! Finds the tokens in text as people copy it: a header line, an HTTP message, JSON, variables, a mail, a log line. Pure, and linear in the text.
//!
//! What surrounds a token is removed. The token itself is never mended, so that a broken one is shown as broken.
mod candidate;
mod http;
mod json;
mod lines;
mod lookalike;

use std::borrow::Cow;

pub(crate) use candidate::begins_with_a_header;
use candidate::looks_like_a_token;
pub(crate) use candidate::{Candidate, Paste, Role, Substitute, is_of_a_token};
pub(crate) use lookalike::{Lookalike, lookalike};

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
    } else if !in_json(text, "the given JSON", &mut paste) {
        lines::read(text, &mut paste);
    }
    let mut seen = std::collections::HashSet::new();
    for found in [&mut paste.candidates, &mut paste.opaque] {
        found.retain(|candidate| seen.insert(candidate.text.clone()));
    }
    if paste.candidates.is_empty() {
        paste.instead = Substitute::of(text);
    } else {
        paste.error_answer = None;
        paste.notes.extend(odd_space(given, &paste.candidates));
        if ["b'ey", "b\"ey"].iter().any(|start| text.contains(start)) {
            let note = "the token stood in Python's b'…', which a server would refuse: decode the bytes before you print or send them (token.decode())";
            paste.notes.push(note.into());
        }
    }
    paste
}

/// The text of bytes that were given for a token, and whether it was in UTF-16. Bytes that are no text become U+FFFD, which no token has.
#[must_use]
pub(crate) fn text_of(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let unit = match bytes {
        [0xff, 0xfe, ..] | [b'!'..=b'~', 0, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] | [0, b'!'..=b'~', ..] => u16::from_be_bytes,
        _ => return (String::from_utf8_lossy(bytes), false),
    };
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) => (Cow::Owned(text), true),
        Err(_) => (String::from_utf8_lossy(bytes), false),
    }
}

/// A note on white space at a token that no keyboard types and no eye sees. It was removed here, but a server would not remove it.
fn odd_space(given: &str, candidates: &[Candidate]) -> Option<Cow<'static, str>> {
    let is_odd = |character: &char| character.is_whitespace() && !" \t\r\n".contains(*character);
    // Nearly always there is none, and the searches below can be left out.
    given.chars().find(is_odd)?;
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
pub(crate) fn authorization(text: &str) -> Option<&str> {
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
pub(crate) fn body(text: &str) -> &str {
    http::read(text).map_or(text, |message| message.body)
}

/// Looks in the body first, then in the headers that carry tokens, starting with the one that is most likely meant.
fn in_message(message: &http::Message<'_>, paste: &mut Paste) {
    if !in_json(message.body, "the body", paste) && !message.body.is_empty() {
        paste.candidates = lines::tokens(message.body, "the body");
        paste.opaque = lines::opaque(message.body, "the body");
    }
    let in_headers = |header: &'static str| {
        let named = message.headers.iter();
        let named = named.filter(move |(name, _)| name.eq_ignore_ascii_case(header));
        named.flat_map(|(name, value)| in_header(name, value))
    };
    for header in [
        "refresh-token",
        "set-auth-jwt",
        "authorization",
        "set-cookie",
        "cookie",
    ] {
        if paste.candidates.is_empty() {
            paste.candidates.extend(in_headers(header));
        }
    }
    let is_refresh = |candidate: &Candidate| candidate.role() == Role::Refresh;
    if !paste.candidates.is_empty() && !paste.candidates.iter().any(is_refresh) {
        // Some servers hand the refresh token out in a header or a cookie alone, beside the access token in the body.
        for header in REFRESH_HEADERS {
            (paste.candidates).extend(in_headers(header).filter(is_refresh));
        }
    }
    let headers = message.headers.iter();
    for (name, value) in headers.filter(|(name, _)| is_among(&REFRESH_HEADERS, name)) {
        paste.opaque.extend(opaque_in_header(name, value));
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

/// The headers that may hold a refresh token beside an access token elsewhere.
const REFRESH_HEADERS: [&str; 3] = ["refresh-token", "set-cookie", "cookie"];

fn is_among(headers: &[&str], name: &str) -> bool {
    headers.iter().any(|one| name.eq_ignore_ascii_case(one))
}

/// What could be an opaque token in a header: its whole value, or a cookie.
fn opaque_in_header(name: &str, value: &str) -> Vec<Candidate> {
    if !candidate::could_be_opaque(value) {
        return lines::opaque(value, &format!("the header {name}"));
    }
    vec![Candidate {
        text: value.to_owned(),
        name: Some(name.to_owned()),
        place: format!("the header {name}"),
        twice: false,
    }]
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
    paste.opaque.extend(found.opaque);
    paste.error_answer = found.error;
    true
}

#[cfg(test)]
mod tests;
