//! The body of a server's answer that carries tokens, as the profile's `live.answer` says: which members, in which order and form.
use serde_json::{Map, Number, Value};

use crate::core::claims::{Members, Typed};
use crate::core::profile::language::entry::{AnswerEntry, AnswerPlace, Occasion, ValueForm};
use crate::core::profile::language::source::{AnswerSource, Constant, Source};
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::Timestamp;

/// A token, and its claims.
pub(crate) type SentToken<'a> = (&'a str, &'a Members);

/// What an answer carries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WireAnswer<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// What is answered.
    pub at: Occasion,
    /// The access token.
    pub access: SentToken<'a>,
    /// The refresh token, if there is one.
    pub refresh: Option<SentToken<'a>>,
    /// The login name, if it is known; else it is read from the access token.
    pub user: Option<&'a str>,
    /// The moment.
    pub now: Timestamp,
}

impl WireAnswer<'_> {
    /// The body as JSON text; none if the profile does not say how its server answers.
    #[must_use]
    pub(crate) fn body(&self) -> Option<String> {
        let entries = self.profile.model.live.answer.as_ref()?;
        let counts = |entry: &&AnswerEntry| entry.at.is_none_or(|at| at == self.at);
        let mut body = Map::new();
        for entry in entries.iter().filter(counts) {
            // A header is no part of the body.
            let path = match entry.places.first() {
                Some(AnswerPlace::Member(name)) => vec![name.to_string()],
                Some(AnswerPlace::Pointer(pointer)) => steps(pointer),
                Some(AnswerPlace::Header(_)) | None => continue,
            };
            if let Some(value) = self.value(entry) {
                put(&mut body, &path, value);
            }
        }
        Some(Value::Object(body).to_string())
    }

    fn value(&self, entry: &AnswerEntry) -> Option<Value> {
        let form = entry.forms.first();
        let value = match entry.source.as_ref()? {
            AnswerSource::Token(kind) => self.token(*kind).map(|(text, _)| text.into()),
            AnswerSource::Life(kind) => {
                let left = self.now.whole_seconds_until(self.expiry(*kind)?);
                Some(match form {
                    Some(ValueForm::Ms) => left.saturating_mul(1000).into(),
                    Some(ValueForm::Text) => left.to_string().into(),
                    _ => left.into(),
                })
            }
            AnswerSource::Expires(kind) => self.expiry(*kind).and_then(|moment| of(moment, form)),
            AnswerSource::Now => of(self.now, form),
            AnswerSource::User => self.user().map(Value::from),
            AnswerSource::Scope => match self.access.1.string("scope") {
                Typed::Is(scope) => Some(scope.into()),
                Typed::Absent | Typed::Wrong(_) => None,
            },
            AnswerSource::Constant(Constant::Text(text)) => Some(text.as_ref().into()),
            AnswerSource::Constant(Constant::Json(json)) => serde_json::from_str(json).ok(),
        };
        value.or_else(|| (form == Some(&ValueForm::Null)).then_some(Value::Null))
    }

    const fn token(&self, kind: TokenKind) -> Option<(&str, &Members)> {
        match kind {
            TokenKind::Access => Some(self.access),
            TokenKind::Refresh => self.refresh,
            TokenKind::Id => None,
        }
    }

    fn expiry(&self, kind: TokenKind) -> Option<Timestamp> {
        Timestamp::from_json(self.token(kind)?.1.raw("exp")?).ok()
    }

    fn user(&self) -> Option<String> {
        if let Some(user) = self.user {
            return Some(user.to_owned());
        }
        let name = self
            .profile
            .claim(TokenKind::Access, |source| *source == Source::User)?;
        match self.access.1.string(name) {
            Typed::Is(user) => Some(user),
            Typed::Absent | Typed::Wrong(_) => None,
        }
    }
}

/// A moment in the form that an entry writes: whole seconds, if it names none.
fn of(moment: Timestamp, form: Option<&ValueForm>) -> Option<Value> {
    let (seconds, millis) = (moment.seconds(), moment.nanos() / 1_000_000);
    Some(match form {
        Some(ValueForm::Ms) => (seconds.saturating_mul(1000) + i64::from(millis)).into(),
        Some(ValueForm::Date) => moment.rfc3339()?.into(),
        Some(ValueForm::Text) => seconds.to_string().into(),
        _ => Value::Number(Number::from(seconds)),
    })
}

/// The steps to a member: those of a JSON Pointer (RFC 6901), or the one to a member of that name.
pub(crate) fn steps(name: &str) -> Vec<String> {
    let Some(pointer) = name.strip_prefix('/') else {
        return vec![name.to_owned()];
    };
    let plain = |step: &str| step.replace("~1", "/").replace("~0", "~");
    pointer.split('/').map(plain).collect()
}

/// Puts a value at its place, below objects that are made where there are none.
pub(crate) fn put(body: &mut Map<String, Value>, path: &[String], value: Value) {
    let [name, rest @ ..] = path else { return };
    if rest.is_empty() {
        body.insert(name.clone(), value);
        return;
    }
    let inner = body
        .entry(name.clone())
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(inner) = inner {
        put(inner, rest, value);
    }
}
