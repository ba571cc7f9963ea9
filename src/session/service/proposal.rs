//! What would take a token's place: the token is judged, and its successor is made and signed. What can fail, and what takes long, comes before the store's lock.
use crate::core::entropy::Entropy;
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::{Span, Timestamp};
use crate::core::token::Unverified;
use crate::core::verdict::Verdict;
use crate::core::verify::Verified;
use crate::session::flow::{self, HeaderChange, RenewalRequest, RenewalResult, Tokens};
use crate::session::mint::{MintedToken, Signer, Signers};
use crate::session::opaque::OpaquePlace;
use crate::session::successor::Predecessor;
use crate::session::{emulation, rotate};

use super::error::ServiceError;
use super::judged_token::{JudgedToken, ProfileSource, judge};
use super::keys::{KeyLabel, KindKeys, strength};
use super::opaque::{self, Recorded};
use super::records::PriorLookup;
use super::reply::{Minting, Provenance, Reply, ServerAnswer};

/// A token that is to be renewed, or with [`RenewalRequest::rotates`] rotated.
#[derive(Clone, Debug)]
pub(crate) struct ProlongRequest<'a> {
    /// The token.
    pub token: &'a Unverified,
    /// The profile, with what the caller changes and the server's users.
    pub profile: &'a Profile,
    /// The profile without those changes, by which a later call would record the session.
    pub unchanged: &'a Profile,
    /// Why this profile was chosen.
    pub by: ProfileSource,
    /// The keys.
    pub keys: KindKeys<'a>,
    /// How to renew.
    pub renew: RenewalRequest,
    /// What is asked of the token: that of [`super::judged_token::prolonging`], and what the caller adds.
    pub policy: Policy,
    /// Whether the caller chose how long the fresh token lives, in a unit.
    pub explicit_life: bool,
    /// How long a retired token is forgiven, if not as long as the profile says.
    pub grace: Option<Span>,
    /// What the store has been asked already.
    pub known: PriorLookup<'a>,
    /// The moment.
    pub now: Timestamp,
}

/// A token that was judged, and what would take its place.
#[derive(Debug)]
pub(crate) struct Proposal {
    /// The token.
    pub judged: JudgedToken,
    /// What was made; `None` where the token was refused.
    pub(super) made: Option<ProposedReply>,
}

/// What a token would be answered with.
#[derive(Debug)]
pub(super) enum ProposedReply {
    Tokens(Minting),
    /// A fresh access token, and the presented token as it is.
    AsItIs(Minting, Provenance),
    /// The presented token is to be given back.
    Back(Reply),
    /// The server that the profile is would refuse the token all the same.
    Refused(ServerAnswer),
}

impl Proposal {
    /// Whether the store has a say in the answer.
    #[must_use]
    pub(crate) fn hangs_on_the_store(&self) -> bool {
        match &self.made {
            None => self.judged.is_vouched_for(),
            Some(ProposedReply::Refused(_)) => false,
            Some(ProposedReply::Tokens(_) | ProposedReply::AsItIs(..) | ProposedReply::Back(_)) => {
                true
            }
        }
    }
}

/// Judges the token, and makes and signs what takes its place. No store is asked yet.
///
/// # Errors
/// No key can sign, or the token does not say how long it lives.
pub(crate) fn prepare(
    request: &ProlongRequest<'_>,
    entropy: &mut dyn Entropy,
) -> Result<Proposal, ServiceError> {
    let recorded = Recorded::of(request.token, request.known);
    if recorded.is_some() || request.profile.has_opaque(request.token) {
        return of_opaque(request, recorded, entropy);
    }
    let (judged, verified) = judge(
        request.token.clone(),
        &request.keys,
        &request.policy,
        (request.profile, request.by),
        request.now,
    );
    let made = verified
        .map(|verified| make(request, &verified, entropy))
        .transpose()?;
    Ok(Proposal { judged, made })
}

/// The same for a text without dots, by what the store has recorded of it.
fn of_opaque(
    request: &ProlongRequest<'_>,
    recorded: Option<Recorded<'_>>,
    entropy: &mut dyn Entropy,
) -> Result<Proposal, ServiceError> {
    let (profile, now) = (request.profile, request.now);
    let under = (profile, request.by);
    let mut judged = opaque::judged(request.token, recorded, under, request.policy.leeway, now);
    let holds = judged.verdict.is_valid();
    let access = recorded
        .filter(|_| holds)
        .map_or(Ok(None), |recorded| recorded.access(&request.keys));
    let access = access.unwrap_or_else(|changed| {
        judged.verdict.findings.push(*changed);
        None
    });
    let (Some(Recorded { family, generation }), Some((header, claims))) = (recorded, access) else {
        return Ok(Proposal { judged, made: None });
    };
    let presented = Predecessor {
        header: &header,
        claims: &claims,
        of: TokenKind::Access,
        kind: TokenKind::Refresh,
        issued_at: generation.token.issued_at,
        expires_at: generation.token.expires_at.moment(),
        next: Some(OpaquePlace {
            session: &family.session.key.id,
            generation: family.session.generations.saturating_add(1),
        }),
    };
    let keys = request.keys.access;
    let access = flow::recorded_signer(keys.signing, &header)?;
    let presented_by = match request.keys.refresh {
        Some(own) => {
            let algorithms = profile.algorithms(TokenKind::Refresh);
            let weak = request.policy.allow_weak_key;
            own.signer(&algorithms, None, weak)?.0
        }
        None => access.clone(),
    };
    let signing = ProlongSigners {
        key: keys.used_by(&access),
        access,
        presented: presented_by,
        other: None,
    };
    let made = prolonged(request, &presented, signing, entropy)?;
    Ok(Proposal {
        judged,
        made: Some(made),
    })
}

fn make(
    request: &ProlongRequest<'_>,
    verified: &Verified,
    entropy: &mut dyn Entropy,
) -> Result<ProposedReply, ServiceError> {
    let (profile, weak) = (request.profile, request.policy.allow_weak_key);
    let kind = profile.kind_of(request.token);
    let keys = request.keys.of(kind);
    let (signer, other) = keys.successor(verified)?;
    if let Some(sent) = request.sent() {
        if let Some(left) = not_due(request, verified) {
            return Ok(ProposedReply::Back(Reply::NotDue { left }));
        }
        let strength = strength(&signer, weak)?;
        let served = emulation::renew(&sent, &signer, entropy)?;
        return Ok(match served_tokens(served.tokens) {
            Some(tokens) => {
                let changed = other.into_iter().collect();
                let key = keys.used_by(&signer);
                let tokens = Box::new(tokens);
                ProposedReply::Tokens(minting(request, tokens, (key, strength), changed, None))
            }
            None => ProposedReply::Refused(ServerAnswer {
                view: served.view,
                answer: served.answer,
            }),
        });
    }
    let access = if kind == TokenKind::Refresh {
        of_access(request, &signer)?
    } else {
        None
    };
    let signing = ProlongSigners {
        key: match &access {
            Some((_, key)) => key.clone(),
            None => keys.used_by(&signer),
        },
        access: access.map_or_else(|| signer.clone(), |(signer, _)| signer),
        presented: signer,
        other,
    };
    let presented = Predecessor::jwt(verified, kind);
    prolonged(request, &presented, signing, entropy)
}

/// Who signs what takes a token's place.
struct ProlongSigners<'a> {
    access: Signer<'a>,
    presented: Signer<'a>,
    /// What people are told of the key that signs the access token.
    key: KeyLabel,
    /// The note that another secret signs than the presented token's.
    other: Option<HeaderChange>,
}

/// Who signs the access token that a refresh token gives, if not who signs the refresh token: it has keys or algorithms of its own.
fn of_access<'a>(
    request: &ProlongRequest<'a>,
    refresh: &Signer<'_>,
) -> Result<Option<(Signer<'a>, KeyLabel)>, ServiceError> {
    let algorithms = request.profile.algorithms(TokenKind::Access);
    let other = !algorithms.is_empty() && !algorithms.contains(&refresh.algorithm);
    if request.keys.refresh.is_none() && !other {
        return Ok(None);
    }
    let weak = request.policy.allow_weak_key;
    let (signer, key, _) = request.keys.access.signer(&algorithms, None, weak)?;
    Ok(Some((signer, key)))
}

/// What was made, with the notes about it.
fn minting(
    request: &ProlongRequest<'_>,
    tokens: Box<Tokens>,
    (key, strength): (KeyLabel, Verdict),
    changed: Vec<HeaderChange>,
    capped_at: Option<Timestamp>,
) -> Minting {
    let profile = request.profile;
    let mut notes = strength;
    notes.findings.extend(tokens.remarks(profile, request.now));
    // Nobody has chosen the length of a life that is the token's own, or that the session's end cuts.
    let is_chosen = profile.asked.access.is_some() || !profile.model.renew.own_ttl;
    if request.explicit_life || !is_chosen || capped_at.is_some() {
        notes.forget_short_life();
    }
    Minting {
        tokens,
        key,
        notes,
        changed,
        capped_at,
    }
}

fn prolonged(
    request: &ProlongRequest<'_>,
    presented: &Predecessor<'_>,
    signing: ProlongSigners<'_>,
    entropy: &mut dyn Entropy,
) -> Result<ProposedReply, ServiceError> {
    let (profile, renew, now) = (request.profile, &request.renew, request.now);
    let strength = strength(&signing.access, request.policy.allow_weak_key)?;
    // An access token with a key of its own can't keep what the refresh token's header says of the key.
    let one_key = std::ptr::eq(signing.access.key, signing.presented.key);
    let signers = Signers {
        access: &signing.access,
        refresh: Some(&signing.presented),
    };
    let early = renew.rotates && rotate::is_early(presented, profile, now);
    if early && profile.presents() != Some(TokenKind::Refresh) {
        let exp = presented.expires_at;
        let left = exp.map_or(0, |exp| now.whole_seconds_until(exp));
        return Ok(ProposedReply::Back(Reply::NotDue { left }));
    }
    let renewed = if renew.rotates && !early {
        rotate::rotate(presented, profile, renew, &signers, now, entropy)?
    } else {
        flow::renew(presented, profile, renew, signers.access, now, entropy)?
    };
    let minted = |tokens, changed: Vec<HeaderChange>, capped_at| {
        let changed = changed.into_iter().filter(|_| renew.rotates || one_key);
        let changed = signing.other.into_iter().chain(changed).collect();
        minting(request, tokens, (signing.key, strength), changed, capped_at)
    };
    Ok(match renewed {
        RenewalResult::Fresh {
            mut tokens,
            changed,
            capped_at,
        } if early => {
            tokens.refresh = Some(presented.as_it_is(request.token.text()));
            ProposedReply::AsItIs(minted(tokens, changed, capped_at), Provenance::Early)
        }
        RenewalResult::Fresh {
            tokens,
            changed,
            capped_at,
        } if renew.rotates && last(&tokens).text == request.token.text() => {
            ProposedReply::AsItIs(minted(tokens, changed, capped_at), Provenance::SameSecond)
        }
        RenewalResult::Fresh {
            tokens,
            changed,
            capped_at,
        } => ProposedReply::Tokens(minted(tokens, changed, capped_at)),
        RenewalResult::NotDue { left } => ProposedReply::Back(Reply::NotDue { left }),
        RenewalResult::AtTheEnd { end } => ProposedReply::Back(Reply::AtTheEnd { end }),
    })
}

/// The tokens of a server's answer, by their fields in its body.
fn served_tokens(served: Vec<(&'static str, MintedToken)>) -> Option<Tokens> {
    let (refresh, access): (Vec<_>, Vec<_>) = served
        .into_iter()
        .partition(|(field, _)| *field == "refresh");
    let first = |tokens: Vec<(_, MintedToken)>| tokens.into_iter().next().map(|(_, token)| token);
    Some(Tokens {
        access: first(access)?,
        refresh: first(refresh),
    })
}

/// Seconds left of a token of which more is left than [`RenewalRequest::within`] asks for; a server knows no such question.
fn not_due(request: &ProlongRequest<'_>, verified: &Verified) -> Option<i64> {
    let within = request
        .renew
        .within
        .filter(|_| !request.profile.is_pair())?;
    let exp = Timestamp::from_json(verified.claims().raw("exp")?).ok()?;
    (exp > request.now.plus(within)).then(|| request.now.whole_seconds_until(exp))
}

impl ProlongRequest<'_> {
    /// The token as it is sent to the server that the profile is.
    pub(super) fn sent(&self) -> Option<emulation::RefreshRequest<'_>> {
        Some(emulation::RefreshRequest {
            text: self.token.text(),
            profile: self.profile,
            server: self.profile.server.as_deref()?,
            keys: self.keys.access.judging(self.token),
            renew: &self.renew,
            now: self.now,
        })
    }
}

/// The token that takes the presented one's place.
fn last(tokens: &Tokens) -> &MintedToken {
    tokens.refresh.as_ref().unwrap_or(&tokens.access)
}
