//! Tokens in a JSON body, and the error answers that stand in their place.
use std::collections::HashSet;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Candidate, MOST_NAME_BYTES, lines, looks_like_a_token};

/// A JSON value with every member of its objects, those too that stand twice.
enum Json {
    Object(Vec<(String, Self)>),
    Array(Vec<Self>),
    Text(String),
    Other,
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;
impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }
    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }
    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Other)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json::Other)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }
    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Other)
    }
}

/// What a JSON text holds.
pub(super) struct Found {
    pub(super) candidates: Vec<Candidate>,
    /// What a server said that refused.
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

/// The fields in which servers say why not; first the one that says most.
const REASONS: [&str; 8] = [
    "error_description",
    "detail",
    "non_field_errors",
    "message",
    "error",
    "errors",
    "title",
    "code",
];

/// The most that is repeated of a server's words.
const MOST_WORDS: usize = 200;

/// Reads a JSON object or array; `None` for any other text.
pub(super) fn read(text: &str, place: &str) -> Option<Found> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let value: Json = serde_json::from_str(text).ok()?;
    let mut walk = Walk {
        place,
        twice: false,
        inside: false,
        sure: Vec::new(),
        usual: Vec::new(),
    };
    walk.value(&value, &mut Vec::new());
    let object: Option<Map<String, Value>> = serde_json::from_str(text).ok();
    let error = object.as_ref().and_then(reason);
    let candidates = if !walk.sure.is_empty() {
        walk.sure
    } else if error.is_none() {
        // Not of a token's form, in a field that should hold one: better shown as broken than not found.
        walk.usual
    } else {
        Vec::new()
    };
    Some(Found { candidates, error })
}

struct Walk<'a> {
    place: &'a str,
    /// Whether a member on the way to this value stands twice, and so what a reader takes is not told.
    twice: bool,
    /// Whether this is JSON within a string of other JSON.
    inside: bool,
    sure: Vec<Candidate>,
    usual: Vec<Candidate>,
}

impl Walk<'_> {
    /// As deep as `serde_json` parses: 128 levels.
    fn value<'v>(&mut self, value: &'v Json, path: &mut Vec<&'v str>) {
        match value {
            Json::Object(members) => {
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
            Json::Array(items) => {
                for item in items {
                    self.value(item, path);
                }
            }
            Json::Text(text) => self.text(text, path),
            Json::Other => {}
        }
    }

    /// The JSON object that a string is; not within another such string, which would be as many readings as there are levels.
    fn inner(&self, text: &str) -> Option<Json> {
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
                // The two ends tell which one it is.
                [first, .., last] if path.len() > MOST_LEVELS => {
                    format!("{first}.….{last} of {}", self.place)
                }
                _ => format!("{} of {}", path.join("."), self.place),
            },
        };
        if looks_like_a_token(text) {
            self.sure.push(candidate());
        } else if let Some(inner) = self.inner(text) {
            // JSON within JSON, as a browser's storage has it. Its names begin anew behind the one that it stands at.
            let inner_place = candidate().place;
            let mut walk = Walk {
                place: &inner_place,
                twice: self.twice,
                inside: true,
                sure: Vec::new(),
                usual: Vec::new(),
            };
            walk.value(&inner, &mut Vec::new());
            self.sure.append(&mut walk.sure);
        } else if name.is_some_and(|name| USUAL.contains(&name)) && !text.is_empty() {
            self.usual.push(candidate());
        }
    }
}

/// The most levels of a path that are told.
const MOST_LEVELS: usize = 8;

/// A member's name, cut where it is too long to tell.
fn shortened(name: &str) -> &str {
    if name.len() <= MOST_NAME_BYTES {
        return name;
    }
    let ends = name.char_indices().map(|(at, _)| at);
    let end = ends.take_while(|at| *at <= MOST_NAME_BYTES).last();
    &name[..end.unwrap_or_default()]
}

/// What an object says that is an error answer.
fn reason(answer: &Map<String, Value>) -> Option<String> {
    let said = REASONS.iter().find_map(|name| words(answer.get(*name)?))?;
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
