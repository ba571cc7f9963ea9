//! Prolonging a session: the store is asked about a token that was judged, and told what takes its place.
use crate::core::emulator::Cause;
use crate::core::profile::TokenKind;
use crate::core::profile::language::forms::Grace;
use crate::core::profile::language::model::Reuse;
use crate::core::time::{Span, Timestamp};
use crate::core::token::CompactForm;
use crate::core::verdict::{Check, CheckResult, Finding, Reason};
use crate::session::family::{
    Change, EndReason, Expiry, Family, Operation, Ruling, SessionClaims, StoreWrite, decide,
    guarding,
};
use crate::session::record;
use crate::session::store::{Lookup, StoreError};

use super::end::others;
use super::error::ServiceError;
use super::finding::finding;
use super::judged_token::JudgedToken;
use super::look::look;
use super::proposal::{ProlongRequest, Proposal, ProposedReply};
use super::records::{Records, SessionView, carry_out};
use super::reissue::signed_again;
use super::reply::{Minting, Provenance, Reply, ServerAnswer};

/// Nothing is forgiven.
const NO_GRACE: Grace = Grace::For(Span::from_seconds(0));

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
        Some(ProposedReply::AsItIs(minting, how)) => {
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
        prolonged.server = foretold(request, &prolonged.judged);
    }
    Ok(prolonged)
}

/// What the server that the profile is would say to a renewal that we refuse; none where it is no server, or its key is not at hand.
fn foretold(request: &ProlongRequest<'_>, judged: &JudgedToken) -> Option<ServerAnswer> {
    let listed = judged.is_blacklisted(request.profile);
    let sent = request.sent().filter(|_| !request.renew.rotates)?;
    let (view, answer) = sent.answer(listed).ok()?;
    Some(ServerAnswer { view, answer })
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
        let mut decided = |family: Option<&Family>| {
            let change = decide(family, &presented, &wish, &rules, now);
            match fresh {
                Some((fresh, otherwise)) => guarding(change, family, &presented, fresh, otherwise),
                None => change,
            }
        };
        let known = request.known;
        let applied = carry_out(records, &lookup, known, &mut decided, &mut |_, _| {})?;
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
    let mut decided = |family: Option<&Family>| decide(family, &presented, &wish, &rules, now);
    let mut sealed = |family: Option<&Family>, change: &mut Change| seal.change(family, change);
    let applied = carry_out(records, &lookup, request.known, &mut decided, &mut sealed)?;
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
