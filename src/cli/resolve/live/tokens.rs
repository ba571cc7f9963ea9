//! From what a server gave to what is kept, and what renews it.
use crate::cli::credentials::Credential;
use crate::core::profile::language::request::Route;
use crate::core::profile::{Profile, TokenKind};
use crate::core::secret::Secret;
use crate::core::time::Timestamp;
use crate::core::token::{Limits, Unverified};
use crate::net::live::tokens::{KeptSession, Tokens};
use crate::session::credential::decide::Renewal;
use crate::session::credential::{GrantKind, TokenSet};

/// The token that a text is, if it is a JWT.
#[must_use]
pub(crate) fn read(text: &Secret) -> Option<Unverified> {
    let text = std::str::from_utf8(text.expose()).ok()?;
    let token = Unverified::read(text, &Limits::default());
    token.claims().is_some().then_some(token)
}

/// The request by which a server hands out a fresh token, and the header field that it is in, if the profile names both.
#[must_use]
pub(crate) fn handed_out(profile: &Profile) -> Option<(&str, &str)> {
    let live = &profile.model.live;
    Some((live.me.as_deref()?, live.refresh_header.as_deref()?))
}

/// What renews a credential.
#[must_use]
pub(crate) fn renewal(credential: &Credential, profile: &Profile) -> Renewal {
    let live = &profile.model.live;
    if credential.grant == GrantKind::ClientCredentials {
        Renewal::Grant
    } else if credential.tokens.refresh_token.is_some() {
        Renewal::RefreshToken
    } else if handed_out(profile).is_some() {
        Renewal::Itself {
            though_expired: false,
        }
    } else if credential.server.oauth.is_some()
        || profile.is_pair()
        || live.refresh == Some(Route::Absent)
        || (live.refresh.is_none() && credential.server.paths.refresh.is_none())
    {
        Renewal::Nothing
    } else {
        Renewal::Itself {
            though_expired: profile.renewable_until().is_some(),
        }
    }
}

/// What a server gets back of a session.
#[must_use]
pub(crate) fn session(tokens: &TokenSet) -> KeptSession<'_> {
    KeptSession {
        access: Some(&tokens.access_token),
        refresh: tokens.refresh_token.as_ref(),
        cookies: &tokens.cookies,
    }
}

/// What is kept of tokens that came. `sent_at` is when they were asked for. Without a new refresh token the one of before stays (RFC 6749 §6).
#[must_use]
pub(crate) fn kept(
    came: Tokens,
    before: Option<&TokenSet>,
    profile: &Profile,
    sent_at: Timestamp,
) -> TokenSet {
    let seconds = |moment: Timestamp| moment.seconds();
    let (refresh_token, refresh_expires_at) = match came.refresh {
        Some(new) => (Some(new), came.refresh_expires_at.map(seconds)),
        None => (
            before.and_then(|before| before.refresh_token.clone()),
            before.and_then(|before| before.refresh_expires_at),
        ),
    };
    let refresh_expires_at = if refresh_token.is_some() {
        refresh_expires_at
    } else {
        session_end(&came.access, profile).map(seconds)
    };
    let mut tokens = TokenSet {
        access_token: came.access,
        refresh_token,
        cookies: came.cookies,
        obtained_at: sent_at.seconds(),
        access_expires_at: came.access_expires_at.map(seconds),
        refresh_expires_at,
        skew: came.skew.unwrap_or(0),
        refreshed_life: None,
        refresh_sent_at: None,
        over: None,
    };
    if before.is_some() {
        // One that had expired when it came tells that a clock is wrong, not how long they live.
        tokens.refreshed_life = tokens.life().filter(|life| *life > 0);
    }
    tokens
}

/// Until when a token that renews itself can be renewed, by its profile.
#[must_use]
pub(crate) fn session_end(access: &Secret, profile: &Profile) -> Option<Timestamp> {
    let token = read(access)?;
    profile.session_end(TokenKind::Access, token.claims()?)
}
