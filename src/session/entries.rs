//! Fills the entries of a header and a payload: what a login writes, in the order, sources and forms that the profile says.
use crate::core::claims::{Members, quote, type_name};
use crate::core::entropy::{Entropy, uuid4, uuid4_hex};
use crate::core::profile::language::entry::{Entry, ValueForm};
use crate::core::profile::language::model::{JsonStyle, KindModel, User, UserId};
use crate::core::profile::language::source::{Constant, Fresh, Offset, Source};
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::{Span, Timestamp};
use crate::core::token::Limits;

use super::flow::exchange::Login;
use super::mint::Signer;

/// What the entries of a login are filled with.
#[derive(Debug)]
pub(crate) struct EntryFacts<'a> {
    /// The login.
    pub login: &'a Login,
    /// The profile.
    pub profile: &'a Profile,
    /// The moment.
    pub now: Timestamp,
    /// The session's id.
    pub session: &'a str,
}

impl EntryFacts<'_> {
    /// The value of an entry as JSON text; none if nobody gives it.
    pub(crate) fn value(
        &self,
        entry: &Entry,
        kind: TokenKind,
        entropy: &mut dyn Entropy,
    ) -> Option<String> {
        let source = entry.source.as_ref()?;
        let ascii = self.profile.ascii();
        let quoted = |text: &str| quote(text, ascii);
        let at = |moment: Timestamp| written(moment, entry);
        let login = self.login;
        let value = match source {
            Source::Now(Offset::None) | Source::Login(Offset::None) => at(self.now),
            Source::Now(Offset::Ttl) | Source::Login(Offset::Ttl) => self.expiry(kind).and_then(at),
            Source::Now(Offset::Span(span)) | Source::Login(Offset::Span(span)) => {
                at(self.now.plus(*span))
            }
            Source::End => self.end().and_then(at),
            Source::Fresh(fresh) => {
                let given = match kind {
                    TokenKind::Access | TokenKind::Id => &login.access_id,
                    TokenKind::Refresh => &login.refresh_id,
                };
                let given = given.clone().filter(|_| entry.name == "jti");
                Some(quoted(&given.unwrap_or_else(|| random(*fresh, entropy))))
            }
            Source::Session => Some(quoted(self.session)),
            Source::User => Some(quoted(&login.user)),
            Source::UserId => self.user_id().and_then(|id| id_written(&id, entry, ascii)),
            Source::UserEmail => self.email().map(|email| quoted(&email)),
            Source::UserFact(name) => self.fact(name),
            Source::Issuer => self.profile.issuer().map(|issuer| quoted(&issuer)),
            Source::Audience => list(&self.profile.audience(), entry, ascii),
            Source::Scope => login.scope.as_deref().map(quoted),
            Source::Client => login.client_id.as_deref().map(quoted),
            Source::Kind => self
                .profile
                .kind(kind)
                .and_then(|kind| kind.word())
                .map(quoted),
            Source::Constant(constant) => Some(constant_written(constant, ascii)),
            Source::Presented(_) | Source::Alg | Source::Kid => None,
        };
        value.or_else(|| {
            entry
                .forms
                .contains(&ValueForm::Null)
                .then(|| "null".to_owned())
        })
    }

    fn end(&self) -> Option<Timestamp> {
        Some(self.now.plus(self.profile.session_max()?.span))
    }

    /// When a token of that kind expires that is made now.
    pub(crate) fn expiry(&self, kind: TokenKind) -> Option<Timestamp> {
        let expiry = self.now.plus(self.profile.ttl(kind)?);
        let end = self.end().filter(|_| self.profile.capped());
        Some(end.map_or(expiry, |end| expiry.min(end)))
    }

    fn listed(&self) -> Option<&User> {
        let mut users = self
            .profile
            .model
            .users
            .iter()
            .flat_map(|users| users.iter());
        users.find(|user| user.name == self.login.user)
    }

    fn user_id(&self) -> Option<UserId> {
        let given = self.login.user_id.clone();
        given
            .map(|id| UserId::Text(id.into()))
            .or_else(|| self.listed().map(|user| user.id.clone()))
    }

    fn email(&self) -> Option<String> {
        let listed = || Some(self.listed()?.email.to_string()).filter(|email| !email.is_empty());
        self.login.email.clone().or_else(listed)
    }

    fn fact(&self, name: &str) -> Option<String> {
        let facts = &self.listed()?.claims;
        let fact = facts.iter().find(|fact| fact.claim == name)?;
        Some(fact.json.to_string())
    }
}

/// A moment in the form that an entry writes: whole seconds, if it names none.
#[must_use]
pub(crate) fn written(moment: Timestamp, entry: &Entry) -> Option<String> {
    let (seconds, millis) = (moment.seconds(), moment.nanos() / 1_000_000);
    Some(match entry.forms.first() {
        Some(ValueForm::Ms) => (seconds.saturating_mul(1000) + i64::from(millis)).to_string(),
        Some(ValueForm::Fraction) => format!("{seconds}.{:06}", moment.nanos() / 1000),
        Some(ValueForm::Date) => quote(&moment.rfc3339()?, true),
        Some(ValueForm::Text) => quote(&seconds.to_string(), true),
        _ => seconds.to_string(),
    })
}

/// A user's id in the first form that can hold it: text, if the entry names none. None if a number is asked for, and it is none.
fn id_written(id: &UserId, entry: &Entry, ascii: bool) -> Option<String> {
    let text = match id {
        UserId::Number(number) => number.to_string(),
        UserId::Text(text) => text.to_string(),
    };
    let number = || text.parse::<i64>().ok().map(|number| number.to_string());
    if entry.forms.is_empty() {
        return Some(quote(&text, ascii));
    }
    entry.forms.iter().find_map(|form| match form {
        ValueForm::Number => number(),
        ValueForm::Text => Some(quote(&text, ascii)),
        _ => None,
    })
}

/// One text alone, several as a list; one as a list, too, where the entry says so.
fn list(values: &[String], entry: &Entry, ascii: bool) -> Option<String> {
    let listed = entry.forms.first() == Some(&ValueForm::List);
    match values {
        [] => None,
        [one] if !listed => Some(quote(one, ascii)),
        several => {
            let each: Vec<_> = several.iter().map(|one| quote(one, ascii)).collect();
            Some(format!("[{}]", each.join(",")))
        }
    }
}

/// A constant as JSON text.
#[must_use]
pub(crate) fn constant_written(constant: &Constant, ascii: bool) -> String {
    match constant {
        Constant::Text(text) => quote(text, ascii),
        Constant::Json(json) => json.to_string(),
    }
}

/// A fresh random text.
pub(crate) fn random(fresh: Fresh, entropy: &mut dyn Entropy) -> String {
    const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // 32 bits for each symbol: what is left of an even share is less than one in 60 million.
    let mut drawn = |count: u16, symbols: &[u8]| -> String {
        let one = |_| {
            let mut bytes = [0_u8; 4];
            entropy.fill(&mut bytes);
            let at = u32::from_be_bytes(bytes) as usize % symbols.len();
            char::from(symbols[at])
        };
        (0..count).map(one).collect()
    };
    match fresh {
        Fresh::Uuid => uuid4(entropy),
        Fresh::UuidHex => uuid4_hex(entropy),
        Fresh::Hex(count) => drawn(count, b"0123456789abcdef"),
        Fresh::Alnum(count) => drawn(count, &SYMBOLS[..62]),
        Fresh::Random(count) => drawn(count, SYMBOLS),
        Fresh::Base64(count) => {
            use base64::Engine as _;
            let mut bytes = vec![0_u8; count.into()];
            entropy.fill(&mut bytes);
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
        }
    }
}

/// The header's parameters of a kind in order, with the signer's algorithm and key id.
#[must_use]
pub(crate) fn header(profile: &Profile, kind: TokenKind, signer: &Signer<'_>) -> Members {
    let mut header = Members::empty();
    let items = profile.kind(kind).into_iter();
    for entry in items.flat_map(KindModel::parameters) {
        if let Some(raw) = parameter(profile, kind, entry, signer) {
            header.set(&entry.name, &raw);
        }
    }
    header
}

/// A header's parameter; none if there is no value for it.
#[must_use]
pub(crate) fn parameter(
    profile: &Profile,
    kind: TokenKind,
    entry: &Entry,
    signer: &Signer<'_>,
) -> Option<String> {
    let ascii = profile.ascii();
    match entry.source.as_ref()? {
        Source::Alg => Some(quote(signer.algorithm.name(), false)),
        Source::Kid => signer.kid.as_ref().map(|kid| quote(kid, ascii)),
        Source::Kind => profile.kind(kind)?.word().map(|word| quote(word, ascii)),
        Source::Issuer => profile.issuer().map(|issuer| quote(&issuer, ascii)),
        Source::Constant(constant) => Some(constant_written(constant, ascii)),
        _ => None,
    }
}

/// The same members in the style in which the profile writes JSON.
#[must_use]
pub(crate) fn styled(members: Members, style: JsonStyle) -> Members {
    if !style.spaced && !style.sorted {
        return members;
    }
    let mut each: Vec<(&str, &str)> = members.iter().collect();
    if style.sorted {
        each.sort_by_key(|(name, _)| *name);
    }
    let (comma, colon) = if style.spaced {
        (", ", ": ")
    } else {
        (",", ":")
    };
    let each = each.into_iter().map(|(name, raw)| {
        let raw = if style.spaced {
            spaced(raw)
        } else {
            raw.to_owned()
        };
        format!("{}{colon}{raw}", quote(name, style.ascii))
    });
    let text = format!("{{{}}}", each.collect::<Vec<_>>().join(comma));
    Members::parse(&text, Limits::default().json).unwrap_or(members)
}

/// A value with a blank behind each comma and colon outside texts.
fn spaced(raw: &str) -> String {
    if !matches!(type_name(raw), "array" | "object") {
        return raw.to_owned();
    }
    let mut text = String::with_capacity(raw.len() + 8);
    let (mut quoted, mut escaped) = (false, false);
    for one in raw.chars() {
        if !quoted && one.is_whitespace() {
            continue;
        }
        text.push(one);
        match one {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' | ':' if !quoted => text.push(' '),
            _ => {}
        }
    }
    text
}

/// The lifetime that the two moments of a token show.
#[must_use]
pub(crate) fn life(issued: Option<Timestamp>, expires: Option<Timestamp>) -> Option<Span> {
    let life = issued?.seconds_until(expires?);
    let life = u64::try_from(life).ok().filter(|life| *life > 0)?;
    Some(Span::from_seconds(life))
}
