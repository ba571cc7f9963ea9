//! Prolonging a session: a token is judged and what takes its place is made and signed; then the store is asked, and told.
//!
//! What can fail, and what takes long, comes before the store's lock.
use crate::core::emulator::Cause;
use crate::core::entropy::Entropy;
use crate::core::policy::Policy;
use crate::core::profile::language::forms::Grace;
use crate::core::profile::language::model::Reuse;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::{Span, Timestamp};
use crate::core::token::{CompactForm, Unverified};
use crate::core::verdict::{Check, CheckResult, Finding, Reason, Verdict};
use crate::core::verify::Verified;
use crate::session::family::{
    Change, EndReason, Expiry, Family, Operation, Ruling, SessionClaims, StoreWrite, decide,
    guarding,
};
use crate::session::flow::{self, HeaderChange, RenewalRequest, RenewalResult, Tokens};
use crate::session::mint::{MintedToken, Signer, Signers};
use crate::session::opaque::OpaquePlace;
use crate::session::store::{Lookup, StoreError};
use crate::session::successor::Predecessor;
use crate::session::{emulation, record, rotate};

use super::end::others;
use super::error::ServiceError;
use super::finding::finding;
use super::judged_token::{JudgedToken, ProfileSource, judge};
use super::keys::{KeyLabel, KindKeys, strength};
use super::look::look;
use super::opaque::{self, Recorded};
use super::records::{PriorLookup, Records, SessionView, carry_out};
use super::reissue::signed_again;
use super::reply::{Minting, Provenance, Reply, ServerAnswer};

/// Nothing is forgiven.
const NO_GRACE: Grace = Grace::For(Span::from_seconds(0));

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
    made: Option<ProposedReply>,
}

#[derive(Debug)]
enum ProposedReply {
    Tokens(Minting),
    /// A fresh access token, and the presented token as it is.
    Early(Minting),
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
            Some(ProposedReply::Tokens(_) | ProposedReply::Early(_) | ProposedReply::Back(_)) => {
                true
            }
        }
    }
}

/// What came of a token.
#[derive(Debug)]
pub(crate) struct Prolongation {
    /// The token.
    pub judged: JudgedToken,
    /// What it is answered with; `None` where it was refused.
    pub reply: Option<Reply>,
    /// Where a renewal was refused: what the server that the profile is would answer.
    pub server: Option<ServerAnswer>,
    /// The session's last use, where the clock stands before it.
    pub clock_back: Option<Timestamp>,
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

/// Whether an opaque token was refused because the store does not have it, or does not prove what it has.
fn is_unproved(judged: &JudgedToken) -> bool {
    let reasons = [
        Reason::UnknownSession,
        Reason::RecordChanged,
        Reason::ModelMismatch,
    ];
    judged.token.form == CompactForm::Other(1)
        && reasons.iter().any(|reason| judged.refused_for(*reason))
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
            ProposedReply::Early(minted(tokens, changed, capped_at))
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
    fn sent(&self) -> Option<emulation::RefreshRequest<'_>> {
        Some(emulation::RefreshRequest {
            text: self.token.text(),
            profile: self.profile,
            server: self.profile.server.as_deref()?,
            keys: self.keys.access.judging(self.token),
            renew: &self.renew,
            now: self.now,
        })
    }

    /// What the server that the profile is would say to a renewal that we refuse; none where it is no server, or its key is not at hand.
    fn foretold(&self, judged: &JudgedToken) -> Option<ServerAnswer> {
        let listed = judged.is_blacklisted(self.profile);
        let sent = self.sent().filter(|_| !self.renew.rotates)?;
        let (view, answer) = sent.answer(listed).ok()?;
        Some(ServerAnswer { view, answer })
    }
}

/// Asks the store about a token, has it note the use or retire the token, and answers. Without a store nothing is retired.
///
/// # Errors
/// The store can't be read or written, or the tokens of an earlier try can't be signed again.
pub(crate) fn answer<R: Records + ?Sized>(
    request: &ProlongRequest<'_>,
    prepared: Proposal,
    records: Option<&mut R>,
) -> Result<Prolongation, R::Error> {
    let mut prolonged = Prolongation {
        judged: prepared.judged,
        reply: None,
        server: None,
        clock_back: None,
    };
    match prepared.made {
        // Of an opaque token that is not in the store, or that the store's record does not prove, there is nothing to look up.
        None if is_unproved(&prolonged.judged) => {}
        None => looked(request, &mut prolonged, records)?,
        Some(ProposedReply::Refused(server)) => {
            if request.renew.rotates {
                let reason = reason_of(server.answer.cause);
                let finding = Finding::failed(Check::Session, reason);
                prolonged.judged.verdict.findings.push(finding);
            } else {
                prolonged.server = Some(server);
            }
            return Ok(prolonged);
        }
        Some(ProposedReply::Tokens(minting)) if request.renew.rotates => {
            rotated(request, minting, &mut prolonged, records)?;
        }
        Some(ProposedReply::Back(reply)) if request.renew.rotates => {
            looked(request, &mut prolonged, records)?;
            let holds = prolonged.judged.verdict.is_valid();
            prolonged.reply = holds.then_some(reply);
        }
        Some(ProposedReply::Early(minting)) => {
            let how = Provenance::Early;
            let reply = Reply::Tokens { minting, how };
            renewed(request, reply, &mut prolonged, records)?;
        }
        Some(ProposedReply::Tokens(minting)) => {
            let how = Provenance::Renewed;
            renewed(
                request,
                Reply::Tokens { minting, how },
                &mut prolonged,
                records,
            )?;
        }
        Some(ProposedReply::Back(reply)) => renewed(request, reply, &mut prolonged, records)?,
    }
    if prolonged.reply.is_none() {
        prolonged.server = request.foretold(&prolonged.judged);
    }
    Ok(prolonged)
}

fn looked<R: Records + ?Sized>(
    request: &ProlongRequest<'_>,
    prolonged: &mut Prolongation,
    records: Option<&mut R>,
) -> Result<(), R::Error> {
    if let Some(records) = records {
        let (judged, known) = (&mut prolonged.judged, request.known);
        let place = records.place();
        let mut find = |lookup: &Lookup| records.find(lookup);
        prolonged.clock_back = look(
            judged,
            known,
            request.profile,
            place,
            request.now,
            &mut find,
        )?;
    }
    Ok(())
}

/// Has the store note that the token is used, unless it is given back.
fn renewed<R: Records + ?Sized>(
    request: &ProlongRequest<'_>,
    reply: Reply,
    prolonged: &mut Prolongation,
    records: Option<&mut R>,
) -> Result<(), R::Error> {
    let judged = &mut prolonged.judged;
    let presented = record::presented(request.token, request.profile, true);
    if let (Some(presented), Some(records)) = (presented, records) {
        let rules = record::rules(request.profile, request.grace);
        let wish = match reply {
            Reply::Tokens { .. } => Operation::Renew,
            Reply::NotDue { .. } | Reply::AtTheEnd { .. } => Operation::Look,
        };
        let lookup = Lookup::token(&presented.token, &presented.origin);
        let now = request.now;
        let fresh = lifetime(request, &reply).filter(|_| records.keeps_families());
        let applied = carry_out(records, &lookup, &mut |family| {
            let change = decide(family, &presented, &wish, &rules, now);
            match fresh {
                Some((fresh, otherwise)) => guarding(change, family, &presented, fresh, otherwise),
                None => change,
            }
        })?;
        end_user(request, &presented.origin, &applied.change, records)?;
        prolonged.clock_back = applied.change.clock_back;
        let (family, place) = (applied.family.as_ref(), records.place());
        judged.session = Some(SessionView::of_presented(&presented, family, place, now));
        judged.verdict.findings.extend(match applied.ruling() {
            Ruling::Refused(refusal) => Some(finding(refusal)),
            Ruling::Live(_) => Some(Finding::new(Check::Session, CheckResult::Passed)),
            _ => None,
        });
    }
    prolonged.reply = judged.verdict.is_valid().then_some(reply);
    Ok(())
}

/// When the fresh token expires that a session has, and until when a revocation would be remembered that knew of the presented token alone.
fn lifetime(request: &ProlongRequest<'_>, reply: &Reply) -> Option<(Expiry, Expiry)> {
    let Reply::Tokens { minting, .. } = reply else {
        return None;
    };
    if !record::has_session(request.profile, TokenKind::Access) {
        return None;
    }
    let exp = minting.tokens.access.claims.raw("exp");
    let exp = exp.and_then(|raw| Timestamp::from_json(raw).ok());
    let fresh = exp.map_or(Expiry::Never, Expiry::At);
    let alone = record::presented(request.token, request.unchanged, true)?;
    let alone = Family::new(&alone.origin, alone.token, request.now);
    Some((fresh, alone.session.guards_until))
}

/// Has the store retire the presented token.
fn rotated<R: Records + ?Sized>(
    request: &ProlongRequest<'_>,
    minting: Minting,
    prolonged: &mut Prolongation,
    records: Option<&mut R>,
) -> Result<(), R::Error> {
    let (profile, now) = (request.profile, request.now);
    let presented = record::presented(request.token, profile, true);
    let presented = presented.filter(|presented| presented.recorded);
    let (Some(presented), Some(records)) = (presented, records) else {
        let how = Provenance::WithoutStore;
        prolonged.reply = Some(Reply::Tokens { minting, how });
        return Ok(());
    };
    let rules = record::rules(profile, request.grace);
    if rules.reuse_grace != NO_GRACE && !records.keeps_families() {
        let error = StoreError::Unsupported(
            "forgive a retired token: it does not keep which token took its place (rotate.grace, --reuse-grace)",
        );
        let place = records.place().unwrap_or_default();
        return Err(ServiceError::Store { place, error }.into());
    }
    let wish = Operation::Rotate(Box::new(record::minted(&minting.tokens, profile)));
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let seal = request.keys.sealing(profile);
    let applied = carry_out(records, &lookup, &mut |family| {
        let mut change = decide(family, &presented, &wish, &rules, now);
        seal.change(family, &mut change);
        change
    })?;
    end_user(request, &presented.origin, &applied.change, records)?;
    prolonged.clock_back = applied.change.clock_back;
    let (judged, family) = (&mut prolonged.judged, applied.family.as_ref());
    let place = records.place();
    let (session, reply) = match (applied.ruling(), family) {
        (Ruling::Rotated(number), Some(family)) => {
            let how = if rules.retires {
                Provenance::Retired
            } else {
                Provenance::Branched
            };
            let session = successor(records, family, number, now)?;
            (session, Some(Reply::Tokens { minting, how }))
        }
        (Ruling::Retried(number), Some(family)) => {
            let successor = family.generation(number);
            let session = SessionView::of(family, Some(number), place, now);
            match signed_again(family, successor, &request.keys, profile, now)? {
                Ok(tokens) => {
                    let minting = Minting {
                        tokens: Box::new(tokens),
                        changed: Vec::new(),
                        capped_at: None,
                        ..minting
                    };
                    let how = Provenance::Retried;
                    (session, Some(Reply::Tokens { minting, how }))
                }
                Err(changed) => {
                    judged.verdict.findings.push(changed);
                    (session, None)
                }
            }
        }
        (Ruling::Refused(refusal), _) => {
            judged.verdict.findings.push(finding(refusal));
            let session = SessionView::of_presented(&presented, family, place, now);
            (session, None)
        }
        (other, _) => {
            let words = format!("the store decided {other:?} on a rotation");
            let place = profile.name().to_owned();
            let error = StoreError::Other(words);
            return Err(ServiceError::Store { place, error }.into());
        }
    };
    judged.session = Some(session);
    prolonged.reply = reply;
    Ok(())
}

/// Where a retired token came back: ends its user's other sessions, if the profile says so.
fn end_user<R: Records + ?Sized>(
    request: &ProlongRequest<'_>,
    origin: &SessionClaims,
    change: &Change,
    records: &mut R,
) -> Result<(), R::Error> {
    let reused = change.steps.contains(&StoreWrite::End(EndReason::Reuse));
    if reused && request.profile.model.rotate.reuse == Reuse::EndUser {
        others(origin, records, false, request.now)?;
    }
    Ok(())
}

/// The view of a successor's session. A server's own tables have the successor as a session of its own.
fn successor<R: Records + ?Sized>(
    records: &mut R,
    family: &Family,
    number: u32,
    now: Timestamp,
) -> Result<SessionView, R::Error> {
    let id = family
        .generation(number)
        .and_then(|generation| generation.token.id.clone())
        .filter(|_| !records.keeps_families());
    let own = match id {
        Some(id) => records.find(&Lookup::Session(id))?.into_family()?,
        None => None,
    };
    let place = records.place();
    Ok(match own {
        Some(own) => SessionView::of(&own, Some(1), place, now),
        None => SessionView::of(family, Some(number), place, now),
    })
}

/// Why the server refuses a token that passes our own checks.
const fn reason_of(cause: Option<Cause>) -> Reason {
    match cause {
        Some(Cause::Token(reason)) => reason,
        Some(Cause::PasswordChanged) => Reason::Revoked,
        Some(Cause::Request) => Reason::Malformed,
        Some(Cause::UserUnknown | Cause::UserInactive | Cause::ServerError(_)) | None => {
            Reason::SubjectMismatch
        }
    }
}
