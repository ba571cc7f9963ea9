//! A server's own words, as they may be shown: short, on one line, without what moves or hides letters, and without the secrets that were sent to it.
use zeroize::Zeroizing;

use super::form::encoded;
use crate::core::echo::is_hidden;
use crate::core::secret::Secret;

/// How many characters of a server's words are shown.
const MOST_WORDS: usize = 300;
/// How many of a name's.
const MOST_NAME: usize = 40;
/// How many names.
const MOST_NAMES: usize = 8;
/// A secret that is shorter may be part of any word.
const SHORT_SECRET: usize = 6;

/// A server's words. None if nothing is left of them.
pub(super) fn shown(text: &str, secrets: &[Secret]) -> Option<String> {
    let text = without(text, secrets)?;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for character in word.chars() {
            if is_hidden(character) {
                line.extend(character.escape_unicode());
            } else {
                line.push(character);
            }
        }
    }
    if line.chars().count() > MOST_WORDS {
        line = line.chars().take(MOST_WORDS - 1).chain(['…']).collect();
    }
    (!line.is_empty()).then_some(line)
}

/// The names of an answer's members, without those that may be more than a name.
pub(super) fn names<'n>(names: impl Iterator<Item = &'n str>, secrets: &[Secret]) -> String {
    let is_name = |name: &str| {
        let of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.$@:".contains(&byte);
        name.len() <= MOST_NAME && name.bytes().all(of_a_name)
    };
    let mut shown: Vec<_> = names
        .map(|name| match without(name, secrets) {
            Some(clean) if is_name(name) && clean == name => name.to_owned(),
            _ => "…".to_owned(),
        })
        .collect();
    if shown.len() > MOST_NAMES {
        shown.truncate(MOST_NAMES);
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

/// The text with a mark in place of each secret; none if a short one is in it.
fn without(text: &str, secrets: &[Secret]) -> Option<String> {
    let mut text = text.to_owned();
    let readable = |secret: &Secret| String::from_utf8(secret.expose().to_vec()).ok();
    for secret in secrets.iter().filter_map(readable).map(Zeroizing::new) {
        let as_json = Zeroizing::new(serde_json::Value::from(&**secret).to_string());
        let spellings = [
            &**secret,
            &*encoded(&secret),
            &as_json[1..as_json.len() - 1],
        ];
        for spelling in spellings {
            if spelling.is_empty() || !text.contains(spelling) {
                continue;
            }
            if spelling.len() < SHORT_SECRET {
                return None;
            }
            text = text.replace(spelling, "…");
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests;
