//! Finds tokens in a JSON body, and the error that a server answers instead of tokens.
use std::collections::HashSet;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::candidate::{Candidate, MOST_NAME_BYTES, could_be_opaque, looks_like_a_token};
use super::lines;

/// A JSON value with every member of its objects, even those that stand there twice.
enum PastedJson {
    Object(Vec<(String, Self)>),
    Array(Vec<Self>),
    Text(String),
    Other,
}

impl<'de> Deserialize<'de> for PastedJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PastedJsonVisitor)
    }
}

struct PastedJsonVisitor;
impl<'de> Visitor<'de> for PastedJsonVisitor {
    type Value = PastedJson;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PastedJson, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(PastedJson::Object(members))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<PastedJson, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(PastedJson::Array(items))
    }
    fn visit_str<E>(self, text: &str) -> Result<PastedJson, E> {
        Ok(PastedJson::Text(text.to_owned()))
    }
    fn visit_bool<E>(self, _: bool) -> Result<PastedJson, E> {
        Ok(PastedJson::Other)
    }
    fn visit_i64<E>(self, _: i64) -> Result<PastedJson, E> {
        Ok(PastedJson::Other)
    }
    fn visit_u64<E>(self, _: u64) -> Result<PastedJson, E> {
        Ok(PastedJson::Other)
    }
    fn visit_f64<E>(self, _: f64) -> Result<PastedJson, E> {
        Ok(PastedJson::Other)
    }
    fn visit_unit<E>(self) -> Result<PastedJson, E> {
        Ok(PastedJson::Other)
    }
}

/// The tokens and the error that a JSON text holds.
pub(super) struct JsonTokens {
    pub(super) candidates: Vec<Candidate>,
    pub(super) opaque: Vec<Candidate>,
    /// The words of a server that refused the request.
    pub(super) error: Option<String>,
}

/// The fields that hold tokens, as the servers spell them.
const USUAL: [&str; 12] = [
    "access",
    "access_token",
    "accessToken",
    "token",
    "id_token",
    "idToken",
    "jwt",
    "auth_token",
    "authToken",
    "refresh",
    "refresh_token",
    "refreshToken",
];

/// The fields in which servers say why they refuse, the one that says most first.
const REASONS: [&str; 9] = [
    "error_description",
    "detail",
    "non_field_errors",
    "message",
    "msg",
    "error",
    "errors",
    "title",
    "code",
];

/// How many characters of a server's words are repeated at most.
const MOST_WORDS: usize = 200;

/// Reads a JSON object or array; `None` for any other text.
pub(super) fn read(text: &str, place: &str) -> Option<JsonTokens> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let value: PastedJson = serde_json::from_str(text).ok()?;
    let mut walk = Walk {
        place,
        twice: false,
        inside: false,
        found: FoundTexts::default(),
    };
    walk.value(&value, &mut Vec::new());
    let found = walk.found;
    let object: Option<Map<String, Value>> = serde_json::from_str(text).ok();
    let error = object.as_ref().and_then(reason);
    let (candidates, opaque) = if !found.sure.is_empty() {
        (found.sure, found.opaque)
    } else if error.is_none() {
        // These texts have not the form of a token, but stand in a field that should hold one. Showing a broken token is better than finding none.
        (found.usual, found.opaque)
    } else {
        (Vec::new(), Vec::new())
    };
    Some(JsonTokens {
        candidates,
        opaque,
        error,
    })
}

/// The texts in which tokens were found.
#[derive(Default)]
struct FoundTexts {
    /// They have the form of a JWT.
    sure: Vec<Candidate>,
    /// They have not, but stand in a field that should hold a token.
    usual: Vec<Candidate>,
    /// They could be opaque tokens.
    opaque: Vec<Candidate>,
}

struct Walk<'a> {
    place: &'a str,
    /// Whether a member on the path to this value stands twice. Then readers differ on which value they take.
    twice: bool,
    /// Whether this JSON stands in a string of other JSON.
    inside: bool,
    found: FoundTexts,
}

impl Walk<'_> {
    /// Walks through a value. It goes as deep as `serde_json` parses: 128 levels.
    fn value<'v>(&mut self, value: &'v PastedJson, path: &mut Vec<&'v str>) {
        match value {
            PastedJson::Object(members) => {
                let mut names = HashSet::new();
                let all = members.iter().map(|(name, _)| name);
                let twice: HashSet<_> = all.filter(|name| !names.insert(*name)).collect();
                let above = self.twice;
                for (member, value) in members {
                    self.twice = above || twice.contains(member);
                    path.push(shortened(member));
                    self.value(value, path);
                    path.pop();
                }
                self.twice = above;
            }
            PastedJson::Array(items) => {
                for item in items {
                    self.value(item, path);
                }
            }
            PastedJson::Text(text) => self.text(text, path),
            PastedJson::Other => {}
        }
    }

    /// Reads a string that is itself a JSON object. It does not read such a string inside another one, which would take as many readings as there are levels.
    fn inner(&self, text: &str) -> Option<PastedJson> {
        let object = text.starts_with('{') && text.ends_with('}') && !self.inside;
        object.then(|| serde_json::from_str(text).ok()).flatten()
    }

    fn text(&mut self, text: &str, path: &[&str]) {
        let text = lines::bare(text);
        let name = path.last().copied();
        let candidate = || Candidate {
            text: text.to_owned(),
            name: name.map(str::to_owned),
            twice: self.twice,
            place: match path {
                [] => self.place.to_owned(),
                // Both ends of the path are enough to tell which value it is.
                [first, .., last] if path.len() > MOST_LEVELS => {
                    format!("{first}.….{last} of {}", self.place)
                }
                _ => format!("{} of {}", path.join("."), self.place),
            },
        };
        if looks_like_a_token(text) {
            self.found.sure.push(candidate());
        } else if let Some(inner) = self.inner(text) {
            // JSON in a string of JSON, as in a browser's storage. Its path begins anew, after the path of the string.
            let inner_place = candidate().place;
            let mut walk = Walk {
                place: &inner_place,
                twice: self.twice,
                inside: true,
                found: FoundTexts::default(),
            };
            walk.value(&inner, &mut Vec::new());
            self.found.sure.append(&mut walk.found.sure);
            self.found.opaque.append(&mut walk.found.opaque);
        } else {
            if could_be_opaque(text) {
                self.found.opaque.push(candidate());
            }
            if name.is_some_and(|name| USUAL.contains(&name)) && !text.is_empty() {
                self.found.usual.push(candidate());
            }
        }
    }
}

/// How many levels of a path are told at most.
const MOST_LEVELS: usize = 8;

/// A member's name, cut if it is too long to tell.
fn shortened(name: &str) -> &str {
    if name.len() <= MOST_NAME_BYTES {
        return name;
    }
    let ends = name.char_indices().map(|(at, _)| at);
    let end = ends.take_while(|at| *at <= MOST_NAME_BYTES).last();
    &name[..end.unwrap_or_default()]
}

/// The reason that an error answer gives.
fn reason(answer: &Map<String, Value>) -> Option<String> {
    let said = REASONS.iter().find_map(|name| words(answer.get(*name)?));
    // django-allauth's refusals hold the status alone.
    let status = answer.get("status").and_then(Value::as_u64);
    let status = status.filter(|status| (400..600).contains(status));
    let said = said.or_else(|| Some(format!("status {}", status?)))?;
    Some(said.chars().take(MOST_WORDS).collect())
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Array(items) => items.iter().find_map(words),
        Value::Object(members) => REASONS.iter().find_map(|name| words(members.get(*name)?)),
        _ => None,
    }
}
