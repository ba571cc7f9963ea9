//! Mints what a rotation returns, before any store is asked: the successor, and for a pair an access token beside it.
use crate::core::claims::Members;
use crate::core::entropy::Entropy;
use crate::core::key::KeySet;
use crate::core::profile::language::forms::{KeptClaims, Retirement};
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::{Span, Timestamp};
use crate::core::token::Limits;

use super::entries::life;
use super::family::SignedContent;
use super::flow::{self, FlowError, RenewalRequest, RenewalResult};
use super::mint::{MintedToken, Signers, mint};
use super::opaque;
use super::successor::{Predecessor, Successor};

/// Mints the successor of a token that holds. In a one-token model it is what [`flow::renew`] mints; for a refresh token it is a new pair.
///
/// # Errors
/// See [`FlowError`].
pub(crate) fn rotate(
    presented: &Predecessor<'_>,
    profile: &Profile,
    request: &RenewalRequest,
    signers: &Signers<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<RenewalResult, FlowError> {
    let access = signers.access;
    let mut renewed = flow::renew(presented, profile, request, access, now, entropy)?;
    if let RenewalResult::Fresh {
        tokens,
        capped_at,
        changed,
    } = &mut renewed
        && profile.presents() == Some(TokenKind::Refresh)
    {
        let successor = Successor {
            presented,
            profile,
            to: TokenKind::Refresh,
            life: refresh_life(presented, profile, now),
            id: None,
            now,
        };
        let signer = signers.of(TokenKind::Refresh);
        *capped_at = successor.capped_at();
        let refresh = match (profile.opaque(), presented.next) {
            (Some(fresh), Some(next)) => {
                let own = || Some(now.plus(successor.life?));
                let life = (now, capped_at.or_else(own));
                opaque::mint(fresh, next, signer.key, life, entropy)?
            }
            (Some(_), None) => return Err(FlowError::NeedsRefreshToken),
            (None, _) => {
                let (refresh, changes) = successor.mint(signer, entropy)?;
                *changed = changes;
                refresh
            }
        };
        tokens.refresh = Some(refresh);
    }
    Ok(renewed)
}

/// Whether so little of a token's life has passed that its server does not retire it yet.
#[must_use]
pub(crate) fn is_early(presented: &Predecessor<'_>, profile: &Profile, now: Timestamp) -> bool {
    let Retirement::After(hundredths) = profile.model.rotate.when else {
        return false;
    };
    let moments = presented.issued_at.zip(presented.expires_at);
    let due = moments.and_then(|(issued, expires)| {
        let life = life(Some(issued), Some(expires))?;
        let passed = life
            .seconds()
            .saturating_mul(hundredths.into())
            .div_ceil(100);
        Some(issued.plus(Span::from_seconds(passed)))
    });
    profile.server.is_none() && due.is_some_and(|due| now < due)
}

/// How long the next refresh token lives: as asked; as long as was left of the presented one, or as it lived, edited in place; else as the profile says.
fn refresh_life(presented: &Predecessor<'_>, profile: &Profile, now: Timestamp) -> Option<Span> {
    if profile.asked.refresh.is_some() {
        return profile.asked.refresh;
    }
    let from = if profile.model.rotate.remaining_ttl {
        Some(now)
    } else {
        presented
            .issued_at
            .filter(|_| profile.model.renew.keeps == KeptClaims::All)
    };
    life(from, presented.expires_at).or_else(|| profile.renewed_life(TokenKind::Refresh))
}

/// Signs again what a store has kept of a token. `jti`, `iat` and `exp` stay the same. If the signature uses no randomness, so does the whole text.
///
/// # Errors
/// No key can sign with the token's `alg` and `kid`, or what was kept is no token.
pub(crate) fn sign_again(signed: &SignedContent, keys: &KeySet) -> Result<MintedToken, FlowError> {
    let limits = Limits::default().json;
    let parse = |text: &str| Members::parse(text, limits).map_err(|_| FlowError::NotKept);
    let (header, claims) = (parse(&signed.header)?, parse(&signed.claims)?);
    let signer = flow::signer_like(keys, &header)?;
    mint(header, claims, &signer).map_err(FlowError::from)
}

#[cfg(test)]
mod tests;
