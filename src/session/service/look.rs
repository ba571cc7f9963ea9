//! What a store says of a token that is looked at, added to what was found by the token itself.
use crate::core::profile::Profile;
use crate::core::time::Timestamp;
use crate::core::verdict::{Check, CheckResult, Finding, Note, Reason};
use crate::session::family::{Operation, Refusal, Ruling, decide};
use crate::session::record;
use crate::session::store::Lookup;

use super::finding::finding;
use super::judged_token::JudgedToken;
use super::opaque::Recorded;
use super::records::{PriorAnswer, PriorLookup, Record, SessionView};

/// Adds what the store says, unless no key vouches for the token. Returns the session's last use, where the clock stands before it. `place` is the store as
/// people are told it.
///
/// # Errors
/// The store can't be read.
pub(crate) fn look<E>(
    judged: &mut JudgedToken,
    known: PriorLookup<'_>,
    profile: &Profile,
    place: Option<String>,
    now: Timestamp,
    find: &mut dyn FnMut(&Lookup) -> Result<Record, E>,
) -> Result<Option<Timestamp>, E> {
    let recorded = Recorded::of(&judged.token, known);
    judged.recorded = judged.recorded.or(recorded.map(|recorded| recorded.life()));
    if !judged.is_vouched_for() {
        return Ok(None);
    }
    if known.is_some_and(PriorAnswer::is_no_store) {
        let id = record::session_id(&judged.token, profile);
        judged.session = id.map(|id| SessionView::unknown(id, place));
        return Ok(None);
    }
    let holds = judged.verdict.is_valid();
    let Some(presented) = record::presented(&judged.token, profile, holds) else {
        return Ok(None);
    };
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let asked;
    let record = if let Some(known) = known.filter(|known| known.answers(&lookup)) {
        &known.record
    } else {
        asked = find(&lookup)?;
        &asked
    };
    if matches!(record, Record::Missing) {
        let missing = Finding::failed(Check::Session, Reason::StoreMissing);
        let finding = place.into_iter().fold(missing, Finding::has);
        judged.verdict.findings.push(finding);
        return Ok(None);
    }
    if let Record::Collision(session) = record {
        let taken = Finding::failed(Check::Session, Reason::TokenIdTaken);
        let finding = taken.of("jti").has(session.as_str());
        judged.verdict.findings.push(finding);
        return Ok(None);
    }
    let (there, family) = (matches!(record, Record::Store(_)), record.family());
    let rules = record::rules(profile, None);
    let change = decide(family, &presented, &Operation::Look, &rules, now);
    judged.session = Some(SessionView::of_presented(&presented, family, place, now));
    let finding = looked(change.ruling, there && rules.allow_list);
    judged.verdict.findings.extend(finding);
    Ok(change.clock_back)
}

/// The finding of a lookup: a refusal, a live session, or a session that the store should know but does not. Only commands that use an unknown session refuse it.
fn looked(ruling: Ruling, should_be_known: bool) -> Option<Finding> {
    match ruling {
        Ruling::Refused(Refusal::Unknown { .. }) => should_be_known.then(|| {
            let noted = CheckResult::Noted(Note::SessionNotKnown);
            Finding::new(Check::Session, noted)
        }),
        Ruling::Refused(refusal) => Some(finding(refusal)),
        Ruling::Live(_) => Some(Finding::new(Check::Session, CheckResult::Passed)),
        _ => None,
    }
}
