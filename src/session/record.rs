//! Derives from a token's claims and its profile's rules how a store recognises the token, and what it records of it.
use crate::core::claims::{Members, Typed, type_name};
use crate::core::profile::{Kind, Profile, Rotation};
use crate::core::secret::{Fingerprint, Secret};
use crate::core::time::{Span, Timestamp};
use crate::core::token::Unverified;
use crate::core::verify::session_end;

use super::family::{Expiry, Family, Origin, Presented, Rules, SessionKey, Signed, Token};
use super::flow::Tokens;
use super::mint::Minted;

/// A profile's rules for its sessions. A `grace` that was asked for replaces the profile's.
#[must_use]
pub fn rules(profile: &Profile, grace: Option<Span>) -> Rules {
    let alone = (profile.server.as_ref()).is_some_and(|server| server.revokes_alone());
    Rules {
        allow_list: profile.keeping.allow_list,
        retires: profile.rotation() != Rotation::Branches,
        reuse_detection: profile.keeping.reuse_detection,
        reuse_grace: grace.unwrap_or(profile.keeping.reuse_grace),
        // If reuse ends the whole family, so does revoking: nobody would watch a branch that lives on.
        revokes_alone: alone && !profile.keeping.reuse_detection,
    }
}

/// A token's claims, and what tells the token from others.
struct Known<'a> {
    claims: &'a Members,
    signing_input: &'a [u8],
    profile: &'a Profile,
}

impl Known<'_> {
    fn string(&self, name: &str) -> Option<String> {
        match self.claims.string(name) {
            Typed::Is(text) => Some(text),
            Typed::Absent | Typed::Wrong(_) => None,
        }
    }
    fn date(&self, name: &str) -> Option<Timestamp> {
        Timestamp::from_json(self.claims.raw(name)?).ok()
    }
    fn id(&self) -> Option<String> {
        let server = self.profile.server.as_ref();
        self.string(server.map_or("jti", |server| server.id_claim()))
    }
    fn fingerprint(&self) -> Fingerprint {
        match self.id() {
            Some(id) => Fingerprint::of_id(self.string("iss").as_deref(), &id),
            None => Fingerprint::of_signed(self.signing_input),
        }
    }
    fn user(&self) -> Option<String> {
        let server = self.profile.server.as_ref();
        let name = server.map_or("sub", |server| server.user_claim());
        let raw = self.claims.raw(name)?;
        match type_name(raw) {
            "string" => self.string(name),
            "number" => Some(raw.to_owned()),
            _ => None,
        }
    }
    /// The session's id, and whether all tokens of the session carry it.
    fn session(&self) -> (String, bool) {
        let shared = match &self.profile.server {
            None => self.string("sid"),
            Some(server) => {
                (server.session_claim()).and_then(|claim| self.string(claim).or_else(|| self.id()))
            }
        };
        match shared {
            Some(id) => (id, true),
            None => (
                self.id().unwrap_or_else(|| self.fingerprint().short()),
                false,
            ),
        }
    }
    fn absolute_end(&self) -> Option<Timestamp> {
        if let Some(limit) = &self.profile.session_max {
            return session_end(self.claims, &limit.from, limit.span);
        }
        let server = self.profile.server.as_ref()?;
        self.date(server.end_claim()?)
    }
    /// How long a token that is minted from this one can live beyond the session's recorded end: its own lifetime, or nothing if `exp` stops at that end.
    fn outlives(&self, absolute_end: Option<Timestamp>) -> Span {
        if self.profile.renewal.capped && absolute_end.is_some() {
            return Span::from_seconds(0);
        }
        let own = self
            .date("iat")
            .zip(self.date("exp"))
            .and_then(|(issued, expires)| u64::try_from(issued.seconds_until(expires)).ok());
        self.profile
            .access_ttl
            .max(Span::from_seconds(own.unwrap_or_default()))
    }
    fn origin(&self) -> Origin {
        let (id, shared) = self.session();
        let absolute_end = self.absolute_end();
        let login = self.profile.session_max.as_ref();
        Origin {
            key: SessionKey {
                issuer: self.string("iss"),
                id,
            },
            shared,
            profile: self.profile.name.clone(),
            user: self.user(),
            began_at: login
                .and_then(|limit| self.date(&limit.from))
                .or_else(|| self.date("iat")),
            absolute_end,
            outlives: self.outlives(absolute_end),
        }
    }
    fn token(&self) -> Token {
        Token {
            fingerprint: self.fingerprint(),
            id: self.id(),
            issued_at: self.date("iat"),
            expires_at: self.date("exp").map_or(Expiry::Never, Expiry::At),
            signed: None,
            access: None,
            text: None,
        }
    }
}

/// Whether tokens of that kind belong to a session.
#[must_use]
pub fn has_session(profile: &Profile, kind: Kind) -> bool {
    (profile.server.as_ref()).is_none_or(|server| server.has_session(kind))
}

/// A presented token as a store knows it. `None` if it has no claims or belongs to no session. `holds` says whether it passed every check that needs no store.
#[must_use]
pub fn presented(token: &Unverified, profile: &Profile, holds: bool) -> Option<Presented> {
    let kind = profile.kind_of(token);
    let claims = token.claims().filter(|_| has_session(profile, kind))?;
    let known = Known {
        claims,
        signing_input: token.signing_input(),
        profile,
    };
    Some(Presented {
        origin: known.origin(),
        token: Token {
            text: Some(Secret::new(token.text().as_bytes().to_vec())),
            ..known.token()
        },
        recorded: !profile.is_pair() || kind == Kind::Refresh,
        holds,
    })
}

fn known<'a>(minted: &'a Minted, profile: &'a Profile) -> Known<'a> {
    let signed = minted
        .text
        .rsplit_once('.')
        .map_or("", |(signed, _)| signed);
    Known {
        claims: &minted.claims,
        signing_input: signed.as_bytes(),
        profile,
    }
}

fn signed(minted: &Minted) -> Signed {
    Signed {
        header: minted.header.text().to_owned(),
        claims: minted.claims.text().to_owned(),
    }
}

/// The token that a store records of a minted one or pair. Of a pair it is the refresh token, with what was signed as the access token.
#[must_use]
pub fn minted(tokens: &Tokens, profile: &Profile) -> Token {
    let (token, access) = match &tokens.refresh {
        Some(refresh) => (refresh, Some(&tokens.access)),
        None => (&tokens.access, None),
    };
    Token {
        signed: Some(signed(token)),
        access: access.map(signed),
        text: Some(Secret::new(token.text.clone().into_bytes())),
        ..known(token, profile).token()
    }
}

/// The family that a store records for a login.
#[must_use]
pub fn login(tokens: &Tokens, profile: &Profile, now: Timestamp) -> Family {
    let token = tokens.refresh.as_ref().unwrap_or(&tokens.access);
    let origin = known(token, profile).origin();
    Family::new(&origin, minted(tokens, profile), now)
}

#[cfg(test)]
mod tests;
