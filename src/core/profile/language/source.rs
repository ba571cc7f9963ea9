//! What an entry is filled with: its sources, and the constants among them.
use serde::Serialize;

use crate::core::time::Span;

use super::kind::TokenKind;
use super::meant::meant;
use super::mistake::Fault;
use super::value::Text;

/// How long after a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Offset {
    /// The moment itself.
    None,
    /// The kind's life.
    Ttl,
    /// So long.
    Span(Span),
}

/// What an entry is filled with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Source {
    /// The moment of issue.
    Now(Offset),
    /// The moment of the first login.
    Login(Offset),
    /// The session's absolute end.
    End,
    /// Fresh randomness.
    Fresh(Fresh),
    /// The session's id.
    Session,
    /// The login name.
    User,
    /// The user's primary key.
    UserId,
    /// The user's address.
    UserEmail,
    /// Another fact about the user.
    UserFact(Text),
    /// The issuer.
    Issuer,
    /// The audience.
    Audience,
    /// The scope.
    Scope,
    /// The client's id.
    Client,
    /// The word of the token's kind.
    Kind,
    /// A claim of the presented token.
    Presented(Text),
    /// A constant.
    Constant(Constant),
    /// The algorithm's name.
    Alg,
    /// The key's id.
    Kid,
}

/// Fresh randomness, by how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Fresh {
    /// A version 4 UUID with dashes.
    Uuid,
    /// The same without dashes.
    UuidHex,
    /// So many hexadecimal digits.
    Hex(u16),
    /// So many letters and digits.
    Alnum(u16),
    /// So many characters of base64url.
    Random(u16),
    /// So many bytes in base64.
    Base64(u16),
}

impl Fresh {
    /// How many bits of randomness it holds, rounded down.
    #[must_use]
    pub fn bits(self) -> u32 {
        match self {
            Self::Uuid | Self::UuidHex => 122,
            Self::Hex(count) => u32::from(count) * 4,
            Self::Alnum(count) => u32::from(count) * 595 / 100,
            Self::Random(count) => u32::from(count) * 6,
            Self::Base64(count) => u32::from(count) * 8,
        }
    }
}

/// As a profile writes it.
impl std::fmt::Display for Fresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Uuid => f.write_str("uuid"),
            Self::UuidHex => f.write_str("uuid-hex"),
            Self::Hex(count) => write!(f, "hex({count})"),
            Self::Alnum(count) => write!(f, "alnum({count})"),
            Self::Random(count) => write!(f, "random({count})"),
            Self::Base64(count) => write!(f, "base64({count})"),
        }
    }
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Constant {
    /// A string.
    Text(Text),
    /// Any other JSON, as it was written.
    Json(Text),
}

/// What a member of an answer holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum AnswerSource {
    /// The token of a kind.
    Token(TokenKind),
    /// How long the token of a kind lives.
    Life(TokenKind),
    /// When the token of a kind expires.
    Expires(TokenKind),
    /// The moment of the answer.
    Now,
    /// The login name.
    User,
    /// The scope.
    Scope,
    /// A constant.
    Constant(Constant),
}

/// The source of a registered claim or parameter, which need not be written.
#[must_use]
pub(crate) fn usual(name: &str, header: bool) -> Option<Source> {
    Some(match (header, name) {
        (true, "alg") => Source::Alg,
        (true, "typ") => Source::Constant(Constant::Text(Text::Borrowed("JWT"))),
        (true, "kid") => Source::Kid,
        (true, _) => return None,
        (_, "iss") => Source::Issuer,
        (_, "sub") => Source::User,
        (_, "aud") => Source::Audience,
        (_, "exp") => Source::Now(Offset::Ttl),
        (_, "iat" | "nbf") => Source::Now(Offset::None),
        (_, "jti") => Source::Fresh(Fresh::Uuid),
        (_, "sid") => Source::Session,
        (_, "auth_time") => Source::Login(Offset::None),
        (_, "client_id" | "azp") => Source::Client,
        (_, "scope") => Source::Scope,
        _ => return None,
    })
}

/// The sources that are one word, and what they stand for.
static SOURCES: [(&str, Source); 16] = [
    ("now", Source::Now(Offset::None)),
    ("now + ttl", Source::Now(Offset::Ttl)),
    ("login", Source::Login(Offset::None)),
    ("end", Source::End),
    ("user", Source::User),
    ("user.id", Source::UserId),
    ("user.email", Source::UserEmail),
    ("session", Source::Session),
    ("kind", Source::Kind),
    ("issuer", Source::Issuer),
    ("audience", Source::Audience),
    ("scope", Source::Scope),
    ("client", Source::Client),
    ("uuid", Source::Fresh(Fresh::Uuid)),
    ("uuid-hex", Source::Fresh(Fresh::UuidHex)),
    ("alg", Source::Alg),
];

/// Reads a source. `text` is the entry that it stands in, to be named by an error.
///
/// # Errors
/// It is none.
pub(crate) fn source(written: &str, text: &str) -> Result<Source, Fault> {
    if let Some(constant) = constant(written) {
        return constant.map(Source::Constant).map_err(|()| no_json(text));
    }
    if written == "kid" {
        return Ok(Source::Kid);
    }
    if let Some((_, source)) = SOURCES.iter().find(|(name, _)| *name == written) {
        return Ok(source.clone());
    }
    let plain =
        |name: &str| (!name.is_empty() && !name.contains(' ')).then(|| name.to_owned().into());
    if let Some(fact) = written.strip_prefix("user.").and_then(plain) {
        return Ok(Source::UserFact(fact));
    }
    if let Some(claim) = written.strip_prefix("presented.").and_then(plain) {
        return Ok(Source::Presented(claim));
    }
    if let Some(fresh) = fresh(written) {
        return Ok(Source::Fresh(fresh));
    }
    let sum = written.split_once(" + ");
    if let Some((moment @ ("now" | "login"), span)) = sum {
        let offset = match span {
            "ttl" => Offset::Ttl,
            _ => Offset::Span(span.parse().map_err(|_| {
                Fault::new(format!(
                    "`{text}`: {span} is no duration (90s, 15m, 7d) and not ttl"
                ))
            })?),
        };
        return Ok(if moment == "now" {
            Source::Now(offset)
        } else {
            Source::Login(offset)
        });
    }
    let known = SOURCES.iter().map(|(name, _)| *name).chain(["kid"]);
    Err(no_source(written, text, &meant(written, known)))
}

fn fresh(written: &str) -> Option<Fresh> {
    let (form, count) = written.strip_suffix(')')?.split_once('(')?;
    let count: u16 = count
        .parse()
        .ok()
        .filter(|count| (1..1000).contains(count))?;
    Some(match form {
        "hex" => Fresh::Hex(count),
        "alnum" => Fresh::Alnum(count),
        "random" => Fresh::Random(count),
        "base64" => Fresh::Base64(count),
        _ => return None,
    })
}

static ANSWERS: [(&str, AnswerSource); 10] = [
    ("access", AnswerSource::Token(TokenKind::Access)),
    ("refresh", AnswerSource::Token(TokenKind::Refresh)),
    ("id", AnswerSource::Token(TokenKind::Id)),
    ("ttl", AnswerSource::Life(TokenKind::Access)),
    ("refresh-ttl", AnswerSource::Life(TokenKind::Refresh)),
    ("expires", AnswerSource::Expires(TokenKind::Access)),
    ("refresh-expires", AnswerSource::Expires(TokenKind::Refresh)),
    ("now", AnswerSource::Now),
    ("user", AnswerSource::User),
    ("scope", AnswerSource::Scope),
];

/// Reads a source of an answer. `text` is the entry that it stands in.
///
/// # Errors
/// It is none.
pub(crate) fn answer_source(written: &str, text: &str) -> Result<AnswerSource, Fault> {
    if let Some(constant) = constant(written) {
        return constant
            .map(AnswerSource::Constant)
            .map_err(|()| no_json(text));
    }
    let known = ANSWERS.iter().find(|(name, _)| *name == written);
    known.map(|(_, source)| source.clone()).ok_or_else(|| {
        no_source(
            written,
            text,
            &meant(written, ANSWERS.iter().map(|(name, _)| *name)),
        )
    })
}

fn no_source(written: &str, text: &str, meant: &str) -> Fault {
    let name = text.split(' ').next().unwrap_or("NAME");
    Fault::new(format!(
        "`{text}`: {written} is not a source{meant}; for the text write {name} = '{written}'"
    ))
}

fn no_json(text: &str) -> Fault {
    Fault::new(format!("`{text}`: the constant is not JSON"))
}

/// Reads a constant: a text in single quotes, in which two stand for one, or JSON. None if it is neither; an error if it only begins like one.
#[must_use]
pub(crate) fn constant(written: &str) -> Option<Result<Constant, ()>> {
    if let Some(inner) = written
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
    {
        let text = inner.replace("''", "\u{0}");
        if text.contains('\'') {
            return Some(Err(()));
        }
        return Some(Ok(Constant::Text(text.replace('\u{0}', "'").into())));
    }
    let first = written.bytes().next()?;
    let json = matches!(first, b'"' | b'[' | b'{' | b'-' | b'0'..=b'9')
        || matches!(written, "true" | "false" | "null");
    if !json {
        return None;
    }
    Some(match serde_json::from_str::<serde_json::Value>(written) {
        Ok(serde_json::Value::String(text)) => Ok(Constant::Text(text.into())),
        Ok(_) => Ok(Constant::Json(written.to_owned().into())),
        Err(_) => Err(()),
    })
}
