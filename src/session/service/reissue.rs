//! A session's current tokens, signed again for its operator, who holds key and store. Nothing is retired, and nothing written.
use crate::core::entropy::Entropy;
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::Timestamp;
use crate::core::token::{Limits, Unverified};
use crate::core::verdict::{Finding, Verdict};
use crate::core::verify;
use crate::session::emulation;
use crate::session::family::{Family, Generation, reissue};
use crate::session::flow::{RenewalRequest, Tokens};
use crate::session::mint::MintedToken;
use crate::session::opaque;
use crate::session::rotate::sign_again;
use crate::session::seal::{ContentKind, ContentPlace};
use crate::session::store::StoreError;

use super::error::ServiceError;
use super::finding::{changed, finding};
use super::judged_token::{ProfileSource, judge, prolonging};
use super::keys::{KeyLabel, Keys, KindKeys};
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
    keys: &KindKeys<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Reissue, ServiceError> {
    let refused = |finding: Finding, number: Option<u32>, place: Option<String>| {
        Ok(Reissue {
            session: SessionView::of(family, number, place, now),
            verdict: Verdict {
                findings: vec![finding],
            },
            reply: None,
        })
    };
    let current = match reissue(family, None, now) {
        Ok(current) => current,
        Err(refusal) => return refused(finding(refusal), None, place),
    };
    let newest = current.last().copied();
    let number = newest.map(|newest| newest.number);
    let tokens = match signed_again(family, newest, keys, profile, now)? {
        Ok(tokens) => tokens,
        Err(changed) => return refused(changed, number, place),
    };
    let tokens = match tokens.refresh {
        None if profile.is_pair() => beside(tokens.access, keys, profile, now, entropy)?,
        _ => tokens,
    };
    let access = keys.access;
    let key = access.all(access.signing).unwrap_or(KeyLabel {
        source: String::new(),
        kid: None,
        fetched: None,
        kind: String::new(),
    });
    let minting = Minting {
        tokens: Box::new(tokens),
        key,
        notes: Verdict::default(),
        changed: Vec::new(),
        capped_at: None,
    };
    let others = current.len().saturating_sub(1);
    let how = Provenance::Again { others };
    Ok(Reissue {
        session: SessionView::of(family, number, place, now),
        verdict: Verdict::default(),
        reply: Some(Reply::Tokens { minting, how }),
    })
}

/// The tokens of a generation, made again from what the store has recorded; the finding where it is not proved to be what was signed.
///
/// # Errors
/// The store has kept no claims of it, or no key can sign them.
pub(crate) fn signed_again(
    family: &Family,
    generation: Option<&Generation>,
    keys: &KindKeys<'_>,
    profile: &Profile,
    now: Timestamp,
) -> Result<Result<Tokens, Finding>, ServiceError> {
    let kept = generation.and_then(|one| Some((one, one.token.signed.as_ref()?)));
    let Some((generation, signed)) = kept else {
        return Err(unsupported(
            profile,
            "print a token again whose claims it does not keep",
        ));
    };
    let access = generation.token.access.as_ref();
    let of_token = if access.is_some() {
        TokenKind::Refresh
    } else {
        TokenKind::Access
    };
    let both = [
        (ContentKind::Token, Some(signed), keys.of(of_token)),
        (ContentKind::Access, access, keys.access),
    ];
    for (kind, content, keys) in both {
        let place = ContentPlace {
            session: &family.session.key,
            generation: generation.number,
            kind,
        };
        if let Some(content) = content
            && !content.is_opaque()
            && !place.is_proved(content, keys.set)
            && !(kind == ContentKind::Token && has_signature(generation, &keys, now))
        {
            return Ok(Err(changed(content)));
        }
    }
    if signed.is_opaque() {
        let session = &family.session.key.id;
        let access_keys = keys.access.signing;
        let keys = keys.of(TokenKind::Refresh).set;
        let refresh = opaque::again(&generation.token, session, keys);
        let (Some(refresh), Some(access)) = (refresh, access) else {
            return Ok(Err(changed(signed)));
        };
        let access = sign_again(access, access_keys)?;
        return Ok(Ok(Tokens {
            access,
            refresh: Some(refresh),
        }));
    }
    let again = |content, kind| sign_again(content, keys.of(kind).signing);
    Ok(Ok(match access {
        Some(access) => Tokens {
            access: again(access, TokenKind::Access)?,
            refresh: Some(again(signed, TokenKind::Refresh)?),
        },
        None => Tokens {
            access: again(signed, TokenKind::Access)?,
            refresh: None,
        },
    }))
}

/// Whether the store keeps the token's text, as an application's tables do, and one of the keys has signed it.
fn has_signature(generation: &Generation, keys: &Keys<'_>, now: Timestamp) -> bool {
    let text = generation.token.text.as_ref();
    let text = text.and_then(|text| std::str::from_utf8(text.expose()).ok());
    text.is_some_and(|text| {
        let token = Unverified::read(text, &Limits::default());
        let policy = Policy {
            jws_only: true,
            allow_weak_key: true,
            ..Policy::default()
        };
        let judged = verify::judge(&token, keys.judging(&token), &policy, now);
        judged.signed_by.is_some()
    })
}

/// Makes a new access token for a refresh token whose access token the store did not record, as in an application's database.
fn beside(
    refresh: MintedToken,
    keys: &KindKeys<'_>,
    profile: &Profile,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Tokens, ServiceError> {
    let renew = RenewalRequest::default();
    let token = Unverified::read(&refresh.text, &Limits::default());
    let set = keys.access.judging(&token);
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
        let (signer, _) = keys.access.successor(&verified)?;
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
