//! Derives from a token's claims and its profile's rules how a store recognises the token, and what it records of it.
use crate::core::claims::{Members, Typed, type_name};
use crate::core::profile::language::forms::Grace;
use crate::core::profile::language::model::RevocationReach;
use crate::core::profile::language::source::Source;
use crate::core::profile::{Profile, RotationMode, TokenKind};
use crate::core::secret::{Fingerprint, Secret};
use crate::core::time::{Span, Timestamp};
use crate::core::token::Unverified;

use super::family::{
    Expiry, Family, PresentedToken, Rules, Seal, SessionClaims, SessionKey, SessionToken,
    SignedContent,
};
use super::flow::Tokens;
use super::mint::MintedToken;
use super::opaque;

/// A profile's rules for its sessions. A `grace` that was asked for replaces the profile's.
#[must_use]
pub fn rules(profile: &Profile, grace: Option<Span>) -> Rules {
    Rules {
        // Nothing but the record says what an opaque token stands for.
        allow_list: profile.model.session.refuse_unknown || profile.opaque().is_some(),
        retires: profile.rotation() != RotationMode::Branches,
        reuse_detection: profile.detects_reuse(),
        reuse_grace: grace.map_or(profile.model.rotate.grace, Grace::For),
        siblings: profile.model.rotate.sibling,
        // If reuse ends the whole family, so does revoking: nobody would watch a branch that lives on.
        revokes_alone: profile.ends() == RevocationReach::Token && !profile.detects_reuse(),
    }
}

/// A token's claims, and what tells the token from others.
struct TokenIdentity<'a> {
    claims: &'a Members,
    signing_input: &'a [u8],
    profile: &'a Profile,
    kind: TokenKind,
}

impl<'a> TokenIdentity<'a> {
    /// The claim that holds the token's own id.
    fn id_claim(&self) -> Option<&'a str> {
        if let Some(server) = &self.profile.server {
            return Some(server.id_claim());
        }
        let fresh = |source: &Source| matches!(source, Source::Fresh(_));
        let written = |name: &&str| self.claims.raw(name).is_some();
        let own = || self.profile.claim(self.kind, fresh).filter(written);
        // A claim of that name is an id, whatever else is fresh.
        Some("jti").filter(written).or_else(own)
    }
    /// The claim that holds the id of the token's session.
    fn session_claim(&self) -> Option<&'a str> {
        if let Some(server) = &self.profile.server {
            return server.session_claim();
        }
        let session = |source: &Source| *source == Source::Session;
        Some(self.profile.claim(self.kind, session).unwrap_or("sid"))
    }
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
        self.string(self.id_claim()?)
    }
    fn fingerprint(&self) -> Fingerprint {
        match self.id() {
            Some(id) => Fingerprint::of_id(self.string("iss").as_deref(), &id),
            None => Fingerprint::of_signed(self.signing_input),
        }
    }
    fn user(&self) -> Option<String> {
        let name = match &self.profile.server {
            None => {
                let user = |source: &Source| matches!(source, Source::User | Source::UserId);
                self.profile.claim(self.kind, user).unwrap_or("sub")
            }
            Some(server) => server.user_claim(),
        };
        let raw = self.claims.raw(name)?;
        match type_name(raw) {
            "string" => self.string(name),
            "number" => Some(raw.to_owned()),
            _ => None,
        }
    }
    /// The session's id, and whether all tokens of the session carry it.
    fn session(&self) -> (String, bool) {
        let of_server = || self.profile.server.is_some().then(|| self.id()).flatten();
        let shared = (self.session_claim()).and_then(|claim| self.string(claim).or_else(of_server));
        match shared {
            Some(id) => (id, true),
            None => (
                self.id().unwrap_or_else(|| self.fingerprint().short()),
                false,
            ),
        }
    }
    fn absolute_end(&self) -> Option<Timestamp> {
        if let Some(end) = self.profile.session_end(self.kind, self.claims) {
            return Some(end);
        }
        let server = self.profile.server.as_ref()?;
        self.date(server.end_claim()?)
    }
    /// How long a token that is minted from this one can live beyond the session's recorded end: its own lifetime, or nothing if `exp` stops at that end.
    fn outlives(&self, absolute_end: Option<Timestamp>) -> Span {
        if self.profile.capped() && absolute_end.is_some() {
            return Span::from_seconds(0);
        }
        let own = self
            .date("iat")
            .zip(self.date("exp"))
            .and_then(|(issued, expires)| u64::try_from(issued.seconds_until(expires)).ok());
        let life = self.profile.access_ttl().seconds();
        let life = life.max(own.unwrap_or_default());
        Span::from_seconds(life.saturating_add(self.renewable_past_its_exp()))
    }
    /// How many seconds after its `exp` the token can still be renewed.
    fn renewable_past_its_exp(&self) -> u64 {
        let end = (self.profile.renewable_until())
            .and_then(|until| Some(self.date(&until.claim)?.plus(until.span)));
        let past = (self.date("exp").zip(end))
            .and_then(|(expires, end)| u64::try_from(expires.seconds_until(end)).ok());
        past.unwrap_or_default()
    }
    fn origin(&self) -> SessionClaims {
        let (id, shared) = self.session();
        let absolute_end = self.absolute_end();
        let login = self.profile.session_max();
        SessionClaims {
            key: SessionKey {
                issuer: self.string("iss"),
                id,
            },
            shared,
            profile: self.profile.name().to_owned(),
            user: self.user(),
            began_at: login
                .and_then(|max| self.date(&max.from))
                .or_else(|| self.date("iat")),
            absolute_end,
            outlives: self.outlives(absolute_end),
        }
    }
    fn token(&self) -> SessionToken {
        SessionToken {
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
pub(crate) fn has_session(profile: &Profile, kind: TokenKind) -> bool {
    if let Some(server) = &profile.server {
        return server.has_session(kind);
    }
    // An allow-list that has not recorded a token knows it by its session alone.
    let names_it = || profile.claim(kind, |source| *source == Source::Session);
    let is_recorded = kind != TokenKind::Access || !profile.is_pair();
    is_recorded || !rules(profile, None).allow_list || names_it().is_some()
}

/// The id of the session that a presented token belongs to. `None` as with [`presented`].
#[must_use]
pub(crate) fn session_id(token: &Unverified, profile: &Profile) -> Option<String> {
    if profile.has_opaque(token) {
        return Some(Fingerprint::of_opaque(token.text()).short());
    }
    identity(token, profile).map(|known| known.session().0)
}

/// The claims by whose strings a store knows a token; without those it is known by what is signed.
pub(crate) struct LookupClaims<'p> {
    /// The claim with the token's own id.
    pub id: Option<&'p str>,
    /// The claim with its session's id.
    pub session: Option<&'p str>,
}

/// The claims by which a store knows a token that is a JWT. `None` as with [`presented`].
#[must_use]
pub(crate) fn lookup_claims<'p>(
    token: &'p Unverified,
    profile: &'p Profile,
) -> Option<LookupClaims<'p>> {
    let known = identity(token, profile)?;
    Some(LookupClaims {
        id: known.id_claim(),
        session: known.session_claim(),
    })
}

fn identity<'a>(token: &'a Unverified, profile: &'a Profile) -> Option<TokenIdentity<'a>> {
    let kind = profile.kind_of(token);
    let claims = token.claims().filter(|_| has_session(profile, kind))?;
    Some(TokenIdentity {
        claims,
        signing_input: token.signing_input(),
        profile,
        kind,
    })
}

/// A presented token as a store knows it. `None` if it has no claims or belongs to no session. `holds` says whether it passed every check that needs no store.
#[must_use]
pub fn presented(token: &Unverified, profile: &Profile, holds: bool) -> Option<PresentedToken> {
    if profile.has_opaque(token) {
        return Some(opaque_text(token.text(), profile.name(), holds));
    }
    let known = identity(token, profile)?;
    Some(PresentedToken {
        origin: known.origin(),
        token: SessionToken {
            text: Some(Secret::new(token.text().as_bytes().to_vec())),
            ..known.token()
        },
        recorded: !profile.is_pair() || known.kind == TokenKind::Refresh,
        holds,
    })
}

/// An opaque token as a store knows it: by its text.
#[must_use]
pub(crate) fn opaque_text(text: &str, profile: &str, holds: bool) -> PresentedToken {
    let fingerprint = Fingerprint::of_opaque(text);
    PresentedToken {
        origin: SessionClaims {
            key: SessionKey {
                issuer: None,
                id: fingerprint.short(),
            },
            shared: false,
            profile: profile.to_owned(),
            user: None,
            began_at: None,
            absolute_end: None,
            outlives: Span::from_seconds(0),
        },
        token: SessionToken {
            fingerprint,
            id: None,
            issued_at: None,
            expires_at: Expiry::Never,
            signed: None,
            access: None,
            text: None,
        },
        recorded: true,
        holds,
    }
}

fn known<'a>(minted: &'a MintedToken, kind: TokenKind, profile: &'a Profile) -> TokenIdentity<'a> {
    let signed = minted
        .text
        .rsplit_once('.')
        .map_or("", |(signed, _)| signed);
    TokenIdentity {
        claims: &minted.claims,
        signing_input: signed.as_bytes(),
        profile,
        kind,
    }
}

fn signed(minted: &MintedToken) -> SignedContent {
    SignedContent {
        header: minted.header.text().to_owned(),
        claims: minted.claims.text().to_owned(),
        seal: Seal::Missing,
    }
}

/// The token that a store records of a minted one or pair. Of a pair it is the refresh token, with what was signed as the access token.
#[must_use]
pub(crate) fn minted(tokens: &Tokens, profile: &Profile) -> SessionToken {
    let (token, kind, access) = match &tokens.refresh {
        Some(refresh) => (refresh, TokenKind::Refresh, Some(&tokens.access)),
        None => (&tokens.access, TokenKind::Access, None),
    };
    if let Some(seed) = &token.seed {
        return SessionToken {
            fingerprint: Fingerprint::of_opaque(&token.text),
            id: None,
            signed: Some(seed.clone()),
            access: access.map(signed),
            ..known(token, kind, profile).token()
        };
    }
    SessionToken {
        signed: Some(signed(token)),
        access: access.map(signed),
        text: Some(Secret::new(token.text.clone().into_bytes())),
        ..known(token, kind, profile).token()
    }
}

/// The family that a store records for a login.
#[must_use]
pub(crate) fn login(tokens: &Tokens, profile: &Profile, now: Timestamp) -> Family {
    let (token, kind) = match &tokens.refresh {
        Some(refresh) => (refresh, TokenKind::Refresh),
        None => (&tokens.access, TokenKind::Access),
    };
    let mut origin = known(token, kind, profile).origin();
    if let Some(session) = token.seed.as_ref().and_then(opaque::session) {
        // The text says nothing: the access token beside it tells whose session it is.
        origin = known(&tokens.access, TokenKind::Access, profile).origin();
        origin.key.id = session;
    }
    Family::new(&origin, minted(tokens, profile), now)
}

#[cfg(test)]
mod tests;
