//! A session's current tokens, signed again for its operator, who holds key and store. Nothing is retired, and nothing written.
use crate::core::entropy::Entropy;
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::token::{Limits, Unverified};
use crate::core::verdict::Verdict;
use crate::session::emulation;
use crate::session::family::{Family, Generation, reissue};
use crate::session::flow::{RenewalRequest, Tokens};
use crate::session::mint::MintedToken;
use crate::session::rotate::sign_again;
use crate::session::store::StoreError;

use super::error::ServiceError;
use super::judged_token::{ProfileSource, judge, prolonging};
use super::keys::{KeyLabel, Keys};
use super::look::finding;
use super::records::SessionView;
use super::reply::{Minting, Provenance, Reply};

/// What came of a session.
#[derive(Debug)]
pub(crate) struct Reissue {
    /// What the store knows about it.
    pub session: SessionView,
    /// The refusal, if it was refused.
    pub verdict: Verdict,
    /// Its tokens; `None` where it was refused.
    pub reply: Option<Reply>,
}

/// Signs the newest of a session's current tokens again. `place` is the store as people are told it.
///
/// # Errors
/// The store has kept no claims of it, or no key can sign them.
pub(crate) fn again(
    family: &Family,
    place: Option<String>,
    profile: &Profile,
    keys: &Keys<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Reissue, ServiceError> {
    let current = match reissue(family, None, now) {
        Ok(current) => current,
        Err(refusal) => {
            let findings = vec![finding(refusal)];
            return Ok(Reissue {
                session: SessionView::of(family, None, place, now),
                verdict: Verdict { findings },
                reply: None,
            });
        }
    };
    let newest = current.last().copied();
    let tokens = signed_again(newest, keys, profile)?;
    let tokens = match tokens.refresh {
        None if profile.is_pair() => beside(tokens.access, keys, profile, now, entropy)?,
        _ => tokens,
    };
    let key = keys.all(keys.signing).unwrap_or(KeyLabel {
        source: String::new(),
        kid: None,
        kind: String::new(),
    });
    let minting = Minting {
        tokens: Box::new(tokens),
        key,
        strength: Verdict::default(),
        changed: Vec::new(),
        wire: None,
        capped_at: None,
    };
    let others = current.len().saturating_sub(1);
    let how = Provenance::Again { others };
    let number = newest.map(|newest| newest.number);
    Ok(Reissue {
        session: SessionView::of(family, number, place, now),
        verdict: Verdict::default(),
        reply: Some(Reply::Tokens { minting, how }),
    })
}

/// The tokens of a generation, made again from what the store has recorded.
///
/// # Errors
/// The store has kept no claims of it, or no key can sign them.
pub(crate) fn signed_again(
    generation: Option<&Generation>,
    keys: &Keys<'_>,
    profile: &Profile,
) -> Result<Tokens, ServiceError> {
    let token = generation.map(|generation| &generation.token);
    let Some(signed) = token.and_then(|token| token.signed.as_ref()) else {
        return Err(unsupported(
            profile,
            "print a token again whose claims it does not keep",
        ));
    };
    let first = sign_again(signed, keys.signing)?;
    Ok(match token.and_then(|token| token.access.as_ref()) {
        Some(access) => Tokens {
            access: sign_again(access, keys.signing)?,
            refresh: Some(first),
        },
        None => Tokens {
            access: first,
            refresh: None,
        },
    })
}

/// Makes a new access token for a refresh token whose access token the store did not record, as in an application's database.
fn beside(
    refresh: MintedToken,
    keys: &Keys<'_>,
    profile: &Profile,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Tokens, ServiceError> {
    let renew = RenewalRequest::default();
    let token = Unverified::read(&refresh.text, &Limits::default());
    let set = keys.judging(&token);
    let policy = prolonging(profile);
    let (_, verified) = judge(
        token.clone(),
        keys,
        &policy,
        (profile, ProfileSource::Recorded),
        now,
    );
    let mut access = None;
    if let (Some(verified), Some(server)) = (verified, &profile.server) {
        let (signer, _) = keys.successor(&verified)?;
        let sent = emulation::RefreshRequest {
            text: token.text(),
            profile,
            server: &**server,
            keys: set,
            renew: &renew,
            now,
        };
        let served = emulation::renew(&sent, &signer, entropy)?;
        access = served.tokens.into_iter().next();
    }
    let Some((_, access)) = access else {
        return Err(unsupported(
            profile,
            "print a token again that its profile would refuse",
        ));
    };
    Ok(Tokens {
        access,
        refresh: Some(refresh),
    })
}

fn unsupported(profile: &Profile, what: &'static str) -> ServiceError {
    ServiceError::Store {
        place: profile.name().to_owned(),
        error: StoreError::Unsupported(what),
    }
}
