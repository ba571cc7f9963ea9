//! Reads the tokens in a server's answer: by the profile's entries, or by the names that servers usually give them.
mod usual;

use serde_json::Value;

use super::cookies;
use super::error::LiveError;
use super::exchange::Measurement;
use super::link::Live;
use super::tokens::Tokens;
use super::words;
use crate::core::claims::Members;
use crate::core::profile::TokenKind;
use crate::core::profile::language::entry::{AnswerEntry, AnswerPlace, Occasion, ValueForm};
use crate::core::profile::language::source::AnswerSource;
use crate::core::secret::Secret;
use crate::core::time::{Span, Timestamp};
use crate::core::token::{Limits, Unverified};
use crate::net::error::NetError;
use crate::net::json;
use crate::net::message::Answer;
use crate::session::credential::KeptCookie;
use crate::session::wire::steps;

/// What an access token has to be.
const OF_ACCESS: &str = "token (RFC 6750 §2.1)";

/// What an answer holds.
#[derive(Default)]
struct Findings {
    access: Option<String>,
    access_is_empty: bool,
    refresh: Option<String>,
    refresh_is_empty: bool,
    access_life: Option<i64>,
    refresh_life: Option<i64>,
    access_end: Option<Timestamp>,
    refresh_end: Option<Timestamp>,
    scope: Option<String>,
    member: Option<String>,
}

/// What else is known when an answer is read.
pub(super) struct Reading<'a> {
    /// Whether it answers a login or a refresh.
    pub(super) at: Occasion,
    /// The cookies that were there before.
    pub(super) before: &'a [KeptCookie],
}

impl Live<'_> {
    /// The tokens that an answer of success holds.
    pub(super) fn tokens(
        &mut self,
        measured: Measurement,
        reading: &Reading<'_>,
    ) -> Result<Tokens, LiveError> {
        let reader = Reader {
            answer: &measured.answer,
            secrets: &measured.secrets,
        };
        let entries = self.profile.model.live.answer.as_deref();
        let entries = entries.filter(|_| self.server.oauth.is_none());
        // A cookie or a header field may be all that there is.
        let members = (!measured.answer.body.is_empty() && entries.is_none_or(has_members))
            .then(|| reader.members())
            .transpose()?;
        let mut found = match (&self.server.oauth, entries, &members) {
            (Some(_), _, Some(members)) => reader.by_oauth(members)?,
            (None, Some(entries), members) => {
                reader.by_entries(entries, reading.at, members.as_ref())?
            }
            (None, None, Some(members)) => reader.by_usual_names(members)?,
            (_, _, None) => Findings::default(),
        };
        let set = self.cookies_of(&measured);
        for kind in [TokenKind::Access, TokenKind::Refresh] {
            let name = self.cookie_of(kind);
            let is_it =
                |one: &&KeptCookie| Some(&*one.name) == name && one.is_alive(measured.sent_at);
            let Some(cookie) = set.iter().find(is_it) else {
                continue;
            };
            let text = String::from_utf8_lossy(cookie.value.expose()).into_owned();
            let (token, end) = match kind {
                TokenKind::Access => (&mut found.access, &mut found.access_end),
                _ => (&mut found.refresh, &mut found.refresh_end),
            };
            *token = Some(text);
            *end = earlier(*end, cookie.expires_at.map(Timestamp::from_seconds));
        }
        let Some(access) = found.access.filter(|access| is_bearer(access)) else {
            let members = members.map_or_else(|| reader.members(), Ok)?;
            return Err(reader.without_token(&members, found.access_is_empty).into());
        };
        // Keycloak's 0 says that a refresh token has no end.
        found.refresh_life = found.refresh_life.filter(|life| *life > 0);
        let kept_elsewhere = found.refresh_is_empty && found.refresh.is_none();
        let end = |token: &str, life: Option<i64>, end| {
            let life = life.map(|life| Span::from_seconds(u64::try_from(life).unwrap_or(0)));
            let counted = life.map(|life| measured.sent_at.plus(life));
            earlier(earlier(counted, end), written_end(token))
        };
        let refresh = found.refresh.as_deref();
        Ok(Tokens {
            access_expires_at: end(&access, found.access_life, found.access_end),
            refresh_expires_at: refresh
                .and_then(|refresh| end(refresh, found.refresh_life, found.refresh_end)),
            access: Secret::new(access.into_bytes()),
            refresh: found.refresh.map(|text| Secret::new(text.into_bytes())),
            scope: found.scope,
            cookies: cookies::merged(reading.before, set, measured.sent_at),
            skew: measured.skew,
            member: found.member,
            refresh_is_empty: kept_elsewhere,
            exchange: measured.exchange,
        })
    }
}

struct Reader<'a> {
    answer: &'a Answer,
    /// What was sent, so that none of it is shown.
    secrets: &'a [Secret],
}

impl Reader<'_> {
    fn members(&self) -> Result<Members, NetError> {
        json::object(self.answer).map_err(|error| {
            let media_type = self
                .answer
                .header("content-type")
                .unwrap_or("no media type");
            let essence = media_type.split(';').next().unwrap_or_default();
            match (error, words::shown(essence, self.secrets)) {
                (NetError::Unexpected { address, why }, Some(essence))
                    if essence != "application/json" =>
                {
                    NetError::Unexpected {
                        address,
                        why: format!("{why} ({essence})"),
                    }
                }
                (error, _) => error,
            }
        })
    }
    fn unexpected(&self, why: impl Into<String>) -> NetError {
        NetError::unexpected(&self.answer.address, why)
    }
    fn without_token(&self, members: &Members, is_empty: bool) -> NetError {
        if is_empty {
            return self.unexpected("its access token is an empty text");
        }
        let names: Vec<_> = members.iter().map(|(name, _)| name).collect();
        if names.is_empty() {
            return self.unexpected("it has no access token and no members");
        }
        let names = words::names(names.into_iter(), self.secrets);
        self.unexpected(format!("it has no access token; its members are {names}"))
    }

    /// RFC 6749 §5.1, and `refresh_expires_in`, which Keycloak adds.
    fn by_oauth(&self, members: &Members) -> Result<Findings, NetError> {
        let get = |name: &str| members.value(name).unwrap_or(Value::Null);
        match get("token_type") {
            Value::String(kind) if kind.eq_ignore_ascii_case("bearer") => {}
            Value::String(kind) if members.raw("access_token").is_some() => {
                let kind = words::shown(&kind, self.secrets).unwrap_or_default();
                return Err(self.unexpected(format!(
                    "token_type is {kind}, not Bearer: such a token is bound to a key that jwtsess does not hold"
                )));
            }
            _ if members.raw("access_token").is_some() => {
                return Err(self.unexpected("it has no token_type (RFC 6749 §5.1)"));
            }
            _ => {}
        }
        let mut found = Findings::default();
        self.take(
            &mut found,
            Part::Access,
            "access_token",
            &get("access_token"),
        )?;
        self.take(
            &mut found,
            Part::Refresh,
            "refresh_token",
            &get("refresh_token"),
        )?;
        self.take(
            &mut found,
            Part::Life(TokenKind::Access, false),
            "expires_in",
            &get("expires_in"),
        )?;
        let name = "refresh_expires_in";
        self.take(
            &mut found,
            Part::Life(TokenKind::Refresh, false),
            name,
            &get(name),
        )?;
        self.take(&mut found, Part::Scope, "scope", &get("scope"))?;
        Ok(found)
    }

    fn by_entries(
        &self,
        entries: &[AnswerEntry],
        at: Occasion,
        members: Option<&Members>,
    ) -> Result<Findings, NetError> {
        let mut found = Findings::default();
        for entry in entries
            .iter()
            .filter(|entry| entry.at.is_none_or(|only| only == at))
        {
            let Some(part) = entry
                .source
                .as_ref()
                .and_then(|source| Part::of(source, entry))
            else {
                continue;
            };
            for place in entry.places.iter() {
                let (name, value) = self.at(place, members);
                if !value.is_null() {
                    self.take(&mut found, part, &name, &value)?;
                    break;
                }
            }
        }
        if let Some(members) = members {
            self.refuse_bound(members)?;
        }
        Ok(found)
    }

    /// What stands at a place of the answer; `null` if there is nothing.
    fn at(&self, place: &AnswerPlace, members: Option<&Members>) -> (String, Value) {
        match place {
            AnswerPlace::Header(name) => {
                let value = self.answer.header(&name.to_ascii_lowercase());
                // A server that hands a token out in `Authorization` writes the scheme, too.
                let value = value.map(|value| value.rsplit(' ').next().unwrap_or_default());
                (name.to_string(), value.map_or(Value::Null, Value::from))
            }
            AnswerPlace::Member(name) => {
                let value = members.and_then(|members| members.value(name));
                (name.to_string(), value.unwrap_or_default())
            }
            AnswerPlace::Pointer(pointer) => (
                pointer.to_string(),
                members
                    .and_then(|members| value_at(members, pointer))
                    .unwrap_or_default(),
            ),
        }
    }

    /// The error that a member is not what it has to be. It names the member and its type, never its value.
    fn wrong(&self, name: &str, value: &Value, expected: &str) -> NetError {
        let name = words::names(std::iter::once(name), self.secrets);
        let kind = match value {
            Value::Null | Value::String(_) => "",
            Value::Bool(_) => ", but true or false",
            Value::Number(_) => ", but a number",
            Value::Array(_) => ", but a list",
            Value::Object(_) => ", but an object",
        };
        self.unexpected(format!("{name} is no {expected}{kind}"))
    }

    /// Refuses a token that needs a proof which we can't give.
    fn refuse_bound(&self, members: &Members) -> Result<(), NetError> {
        let kind = members
            .value("token_type")
            .or_else(|| members.value("tokenType"));
        let bound = kind
            .as_ref()
            .and_then(Value::as_str)
            .filter(|kind| ["dpop", "mac", "pop"].contains(&kind.to_ascii_lowercase().as_str()));
        match bound {
            Some(kind) => Err(self.unexpected(format!(
                "its tokens are of type {kind}: they are bound to a key that jwtsess does not hold"
            ))),
            None => Ok(()),
        }
    }

    /// Takes a part of the answer.
    fn take(
        &self,
        found: &mut Findings,
        part: Part,
        name: &str,
        value: &Value,
    ) -> Result<(), NetError> {
        let wrong = |expected: &str| self.wrong(name, value, expected);
        match (part, value) {
            (_, Value::Null) => {}
            (Part::Access, Value::String(text)) if text.is_empty() => {
                found.access_is_empty = true;
            }
            (Part::Access, Value::String(text)) if is_bearer(text) => {
                found.access = Some(text.clone());
            }
            (Part::Access, _) => return Err(wrong(OF_ACCESS)),
            (Part::Refresh, Value::String(text)) if text.is_empty() => {
                found.refresh_is_empty = true;
            }
            (Part::Refresh, Value::String(text))
                if text.bytes().all(|byte| byte.is_ascii_graphic()) =>
            {
                found.refresh = Some(text.clone());
            }
            (Part::Refresh, _) => return Err(wrong("token (RFC 6749 A.17)")),
            (Part::Life(kind, is_ms), value) => {
                let seconds = seconds(value).ok_or_else(|| wrong("number of seconds"))?;
                let seconds = if is_ms { seconds / 1000 } else { seconds };
                match kind {
                    TokenKind::Access => found.access_life = Some(seconds),
                    _ => found.refresh_life = Some(seconds),
                }
            }
            (Part::End(kind, is_ms), value) => {
                let end = moment(value, is_ms).ok_or_else(|| wrong("moment"))?;
                match kind {
                    TokenKind::Access => found.access_end = Some(end),
                    _ => found.refresh_end = Some(end),
                }
            }
            (Part::Scope, Value::String(text)) => found.scope = Some(text.clone()),
            (Part::Scope, _) => return Err(wrong("text")),
        }
        Ok(())
    }
}

/// A part of an answer that is used.
#[derive(Clone, Copy)]
enum Part {
    Access,
    Refresh,
    /// How long a kind's token lives, and whether that is in milliseconds.
    Life(TokenKind, bool),
    /// When it ends, likewise.
    End(TokenKind, bool),
    Scope,
}

impl Part {
    fn of(source: &AnswerSource, entry: &AnswerEntry) -> Option<Self> {
        let is_ms = entry.forms.first() == Some(&ValueForm::Ms);
        match source {
            AnswerSource::Token(TokenKind::Access) => Some(Self::Access),
            AnswerSource::Token(TokenKind::Refresh) => Some(Self::Refresh),
            AnswerSource::Life(TokenKind::Id)
            | AnswerSource::Expires(TokenKind::Id)
            | AnswerSource::Token(TokenKind::Id)
            | AnswerSource::Now
            | AnswerSource::User
            | AnswerSource::Constant(_) => None,
            AnswerSource::Life(kind) => Some(Self::Life(*kind, is_ms)),
            AnswerSource::Expires(kind) => Some(Self::End(*kind, is_ms)),
            AnswerSource::Scope => Some(Self::Scope),
        }
    }
}

/// Whether some of it stands in the body.
fn has_members(entries: &[AnswerEntry]) -> bool {
    let mut places = entries.iter().flat_map(|entry| entry.places.iter());
    places.any(|place| !matches!(place, AnswerPlace::Header(_)))
}

/// A value at a JSON Pointer (RFC 6901).
pub(super) fn value_at(members: &Members, pointer: &str) -> Option<Value> {
    let steps = steps(pointer);
    let (first, rest) = steps.split_first()?;
    let mut value = members.value(first)?;
    for step in rest {
        value = match value {
            Value::Object(mut object) => object.remove(step)?,
            Value::Array(mut array) => {
                let at: usize = step.parse().ok()?;
                (at < array.len()).then(|| array.swap_remove(at))?
            }
            _ => return None,
        };
    }
    Some(value)
}

/// Whether a text may stand behind `Bearer` (RFC 6750 §2.1).
pub(super) fn is_bearer(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    !body.is_empty() && body.bytes().all(allowed)
}

/// A length of time in whole seconds: a number, or a text that is one.
fn seconds(value: &Value) -> Option<i64> {
    let number = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    let moment = Timestamp::from_json(&number).ok()?;
    (moment.seconds() >= 0).then_some(moment.seconds())
}

/// A moment: seconds or milliseconds since 1970, or a date.
fn moment(value: &Value, is_ms: bool) -> Option<Timestamp> {
    let date = match value {
        Value::String(text) if text.contains(['T', 't']) => {
            Timestamp::parse(text, Timestamp::from_seconds(0)).ok()
        }
        _ => None,
    };
    date.or_else(|| {
        let number = seconds(value)?;
        let seconds = if is_ms { number / 1000 } else { number };
        Some(Timestamp::from_seconds(seconds))
    })
}

/// The `exp` of a token, if it is a JWT.
pub(super) fn written_end(token: &str) -> Option<Timestamp> {
    let token = Unverified::read(token, &Limits::default());
    Timestamp::from_json(token.claims()?.raw("exp")?).ok()
}

fn earlier(left: Option<Timestamp>, right: Option<Timestamp>) -> Option<Timestamp> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (one, other) => one.or(other),
    }
}
