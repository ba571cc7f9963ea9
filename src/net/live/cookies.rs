//! The cookies that a profile names: read from a server's answers, kept, and sent back to the origin that set them. There is no other.
use std::time::UNIX_EPOCH;

use super::exchange::Measurement;
use super::link::Live;
use super::tokens::KeptSession;
use crate::core::claims::Typed;
use crate::core::profile::TokenKind;
use crate::core::profile::language::forms::Csrf;
use crate::core::secret::Secret;
use crate::core::time::{Span, Timestamp};
use crate::core::token::{Limits, Unverified};
use crate::net::address::Address;
use crate::net::message::{Answer, Header};
use crate::session::credential::KeptCookie;

/// The header field against cross-site requests, if the profile names none.
const CSRF_HEADER: &str = "X-CSRFToken";
/// The cookie with what goes into it, if the profile names none.
const CSRF_COOKIE: &str = "csrftoken";
/// How many letters are made where the server has set no such cookie.
const CSRF_LETTERS: usize = 32;

impl Live<'_> {
    /// Whether the server's tokens are in cookies.
    pub(super) fn has_cookies(&self) -> bool {
        let live = &self.profile.model.live;
        live.access_cookie.is_some() || live.refresh_cookie.is_some()
    }
    /// The name of the cookie that holds a kind's token.
    pub(super) fn cookie_of(&self, kind: TokenKind) -> Option<&str> {
        let live = &self.profile.model.live;
        match kind {
            TokenKind::Access => live.access_cookie.as_deref(),
            TokenKind::Refresh => live.refresh_cookie.as_deref(),
            TokenKind::Id => None,
        }
    }
    fn csrf_cookie(&self) -> Option<&str> {
        match &self.profile.model.live.csrf {
            None => Some(CSRF_COOKIE),
            Some(Csrf::Cookie(name)) => Some(name),
            Some(Csrf::Claim(_)) => None,
        }
    }
    /// Adds the cookie against cross-site requests, if the profile goes by one and none is there.
    pub(super) fn with_csrf_cookie(&mut self, mut cookies: Vec<KeptCookie>) -> Vec<KeptCookie> {
        let name = self.csrf_cookie().filter(|_| self.has_cookies());
        let Some(name) = name.map(str::to_owned) else {
            return cookies;
        };
        if !cookies.iter().any(|cookie| cookie.name == name) {
            cookies.push(KeptCookie {
                name,
                value: self.letters(),
                path: "/".to_owned(),
                expires_at: None,
            });
        }
        cookies
    }
    fn letters(&mut self) -> Secret {
        let mut letters = Vec::with_capacity(CSRF_LETTERS);
        while letters.len() < CSRF_LETTERS {
            let mut bytes = [0; CSRF_LETTERS];
            self.entropy.fill(&mut bytes);
            // 208 is four times 52: what is beyond would favour some letters.
            let fair = bytes.iter().filter(|byte| **byte < 208);
            letters.extend(fair.map(|byte| match byte % 52 {
                small @ 0..26 => b'a' + small,
                great => b'A' + (great - 26),
            }));
        }
        letters.truncate(CSRF_LETTERS);
        Secret::new(letters)
    }
    /// The header fields that a request to a server with cookies has. `kind` is the token by which it is authorised.
    pub(super) fn cookie_headers(
        &self,
        method: &str,
        address: &Address,
        kept: &KeptSession<'_>,
        kind: TokenKind,
    ) -> Vec<Header> {
        let mut headers = Vec::new();
        if !self.has_cookies() || address.origin() != self.server.address.origin() {
            return headers;
        }
        let now = self.server_time();
        let sent: Vec<_> = kept
            .cookies
            .iter()
            .filter(|cookie| cookie.is_for(address.path(), now))
            .filter_map(|cookie| Some((&cookie.name, text(&cookie.value)?)))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !sent.is_empty() {
            headers.push(Header::new("Cookie", sent.join("; ")));
        }
        if ["POST", "PUT", "PATCH", "DELETE"].contains(&method) {
            headers.push(Header::new("Origin", address.origin().as_sent()));
            if let Some(value) = self.csrf(kept, kind) {
                let named = self.profile.model.live.csrf_header.as_deref();
                headers.push(Header::new(named.unwrap_or(CSRF_HEADER), value));
            }
        }
        headers
    }
    /// The header fields by which any request is authorised with a session: its cookies where the server has them, else its access token behind the scheme.
    #[must_use]
    pub(crate) fn authorisation(
        &self,
        method: &str,
        address: &Address,
        kept: &KeptSession<'_>,
    ) -> Vec<Header> {
        let mut headers = self.cookie_headers(method, address, kept, TokenKind::Access);
        let name = self.cookie_of(TokenKind::Access);
        let is_kept = kept.cookies.iter().any(|one| Some(&*one.name) == name);
        let is_at_home = address.origin() == self.server.address.origin();
        if let Some(access) = kept
            .access
            .and_then(text)
            .filter(|_| !(is_kept && is_at_home))
        {
            let scheme = self.profile.scheme();
            headers.push(Header::new("Authorization", format!("{scheme} {access}")));
        }
        headers
    }
    fn csrf(&self, kept: &KeptSession<'_>, kind: TokenKind) -> Option<String> {
        let cookie = |name: &str| {
            let found = kept.cookies.iter().find(|cookie| cookie.name == name)?;
            text(&found.value).map(str::to_owned)
        };
        let Some(Csrf::Claim(claim)) = &self.profile.model.live.csrf else {
            return cookie(self.csrf_cookie()?);
        };
        let token = match kind {
            TokenKind::Refresh => kept.refresh,
            TokenKind::Access | TokenKind::Id => kept.access,
        };
        let token = Unverified::read(text(token?)?, &Limits::default());
        match token.claims()?.string(claim) {
            Typed::Is(value) => Some(value),
            Typed::Absent | Typed::Wrong(_) => None,
        }
    }
    /// The cookies that an answer sets, and takes away by setting them to nothing. Only the named ones are read, and only from the server's own origin.
    pub(super) fn cookies_of(&self, measured: &Measurement) -> Vec<KeptCookie> {
        let mut found: Vec<KeptCookie> = Vec::new();
        let answer = &measured.answer;
        if !self.has_cookies() || answer.address.origin() != self.server.address.origin() {
            return found;
        }
        let names = [
            self.cookie_of(TokenKind::Access),
            self.cookie_of(TokenKind::Refresh),
            self.csrf_cookie(),
        ];
        let set = answer.headers.iter();
        for header in set.filter(|header| header.name == "set-cookie") {
            let read = read(&header.value, answer, measured.sent_at);
            let Some(cookie) = read.filter(|cookie| names.contains(&Some(&cookie.name))) else {
                continue;
            };
            found.retain(|other| other.name != cookie.name);
            found.push(cookie);
        }
        found
    }
}

/// The cookies of before as an answer changes them.
pub(super) fn merged(
    before: &[KeptCookie],
    set: Vec<KeptCookie>,
    now: Timestamp,
) -> Vec<KeptCookie> {
    let is_set = |one: &&KeptCookie| set.iter().any(|other| other.name == one.name);
    let kept = before.iter().filter(|one| !is_set(one)).cloned();
    let mut all: Vec<_> = kept.collect();
    all.extend(set.into_iter().filter(|cookie| cookie.is_alive(now)));
    all
}

impl KeptCookie {
    pub(super) fn is_alive(&self, now: Timestamp) -> bool {
        !self.value.is_empty() && self.expires_at.is_none_or(|end| end > now.seconds())
    }
    /// Whether it is sent to a path (RFC 6265 §5.1.4).
    fn is_for(&self, path: &str, now: Timestamp) -> bool {
        let below = path.strip_prefix(&*self.path);
        let fits = below.is_some_and(|rest| {
            rest.is_empty() || self.path.ends_with('/') || rest.starts_with('/')
        });
        fits && self.is_alive(now)
    }
}

fn text(secret: &Secret) -> Option<&str> {
    std::str::from_utf8(secret.expose()).ok()
}

/// Reads a `Set-Cookie` (RFC 6265 §5.2). `Domain` is passed over: each cookie goes to the host that set it.
fn read(field: &str, answer: &Answer, sent_at: Timestamp) -> Option<KeptCookie> {
    let mut parts = field.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    let value = value.trim().trim_matches('"');
    // RFC 6265 §4.1.1: what else stands in a value could end it, or the header field.
    let of_a_value = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
    if !value.bytes().all(of_a_value) {
        return None;
    }
    let folder = answer.address.path().rsplit_once('/');
    let mut cookie = KeptCookie {
        name: name.trim().to_owned(),
        value: Secret::new(value.as_bytes().to_vec()),
        path: folder.map_or("/", |(folder, _)| folder).to_owned(),
        expires_at: None,
    };
    if cookie.path.is_empty() {
        "/".clone_into(&mut cookie.path);
    }
    let mut max_age = None;
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            // Any other is as if there were none (§5.2.4).
            "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
            "max-age" => max_age = value.parse::<i64>().ok(),
            "expires" => cookie.expires_at = date(value).or(cookie.expires_at),
            _ => {}
        }
    }
    if let Some(seconds) = max_age {
        let ahead = Span::from_seconds(u64::try_from(seconds).unwrap_or(0));
        cookie.expires_at = Some(sent_at.plus(ahead).seconds());
    }
    Some(cookie)
}

/// A cookie's date: as HTTP writes it, or with dashes, as older servers do.
fn date(text: &str) -> Option<i64> {
    let date = httpdate::parse_http_date(text)
        .or_else(|_| httpdate::parse_http_date(&text.replacen('-', " ", 2)))
        .ok()?;
    let after = date.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(after.as_secs()).ok()
}
