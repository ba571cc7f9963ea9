//! Mints what a rotation returns, before any store is asked: the successor, and for a pair an access token beside it.
use crate::core::claims::{Members, Typed, quote};
use crate::core::entropy::Entropy;
use crate::core::key::KeySet;
use crate::core::profile::{Kind, Profile};
use crate::core::time::{Span, Timestamp};
use crate::core::token::Limits;
use crate::core::verify::{Verified, session_end};

use super::family::Signed;
use super::flow::{self, FlowError, Renew, Renewed};
use super::mint::{Minted, Signer, mint};

/// Mints the successor of a verified token. In a one-token model it is what [`flow::renew`] mints; for a pair's refresh token it is a new pair.
///
/// # Errors
/// See [`FlowError`].
pub fn rotate(
    verified: &Verified,
    kind: Kind,
    profile: &Profile,
    request: &Renew,
    signer: &Signer<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Renewed, FlowError> {
    let mut renewed = flow::renew(verified, kind, profile, request, signer, now, entropy)?;
    if let Renewed::Fresh {
        tokens, capped_at, ..
    } = &mut renewed
        && profile.is_pair()
    {
        let (refresh, capped) = refresh(verified, profile, signer, now, entropy)?;
        tokens.refresh = Some(refresh);
        *capped_at = capped;
    }
    Ok(renewed)
}

/// Mints the next refresh token: the same claims, header and lifetime, counted from now, under another id.
fn refresh(
    verified: &Verified,
    profile: &Profile,
    signer: &Signer<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<(Minted, Option<Timestamp>), FlowError> {
    let claims = verified.claims();
    let date = |name: &str| Timestamp::from_json(claims.raw(name)?).ok();
    let own = || {
        let life = date("iat")?.seconds_until(date("exp")?);
        Some(Span::from_seconds(u64::try_from(life).ok()?)).filter(|life| life.seconds() > 0)
    };
    let asked = profile.asked.refresh;
    let life = asked.or_else(own).unwrap_or(profile.refresh_ttl);
    let limit = profile
        .session_max
        .as_ref()
        .filter(|_| profile.renewal.capped);
    let end = limit.and_then(|limit| session_end(claims, &limit.from, limit.span));
    let expiry = now.plus(life);
    let capped_at = end.filter(|end| *end < expiry);
    let mut fresh = claims.clone();
    fresh.set("exp", &capped_at.unwrap_or(expiry).seconds().to_string());
    if fresh.raw("iat").is_some() {
        fresh.set("iat", &now.seconds().to_string());
    }
    // The successor always gets a new id, even if the presented token has none: a store could not retire a token that it can't tell from its successor.
    let old = match claims.string("jti") {
        Typed::Is(old) => old,
        Typed::Absent | Typed::Wrong(_) => String::new(),
    };
    let id = flow::id_like(&old, entropy);
    fresh.set("jti", &quote(&id, profile.ascii));
    let (header, _) = flow::successor_header(verified, profile, signer, Kind::Refresh);
    Ok((mint(header, fresh, signer)?, capped_at))
}

/// Signs again what a store has kept of a token. `jti`, `iat` and `exp` stay the same. If the signature uses no randomness, so does the whole text.
///
/// # Errors
/// No key can sign with the token's `alg` and `kid`, or what was kept is no token.
pub fn sign_again(signed: &Signed, keys: &KeySet) -> Result<Minted, FlowError> {
    let limits = Limits::default().json;
    let parse = |text: &str| Members::parse(text, limits).map_err(|_| FlowError::NotKept);
    let (header, claims) = (parse(&signed.header)?, parse(&signed.claims)?);
    let signer = flow::signer_like(keys, &header)?;
    mint(header, claims, &signer).map_err(FlowError::from)
}

#[cfg(test)]
mod tests;
