//! Holds a token that is made to what judging points out: whoever makes it learns it before whoever is sent it.
use crate::core::claims::Members;
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::{Timestamp, finer_unit};
use crate::core::verdict::{Check, CheckResult, Finding, Note, Reason};

use super::{claims, text};

/// A life of so many seconds is said: a number without a unit counts seconds, where minutes may be meant.
const SHORT: std::ops::Range<i64> = 1..60;

/// What is worth a remark about a token that was just made. `under` is the profile that it was made under, and its kind.
#[must_use]
pub(crate) fn remarks(
    (header, payload): (&Members, &Members),
    under: Option<(&Profile, TokenKind)>,
    now: Timestamp,
) -> Vec<Finding> {
    let policy = match under {
        Some((profile, kind)) => Policy {
            types: profile.types(kind),
            refuse_future_iat: profile.model.checks.refuse_future_iat,
            ..Policy::default()
        },
        None => Policy::default(),
    };
    let policy = Policy {
        require_exp: false,
        ..policy
    };
    let mut findings = Vec::new();
    claims::contents(payload, &policy, now, &mut findings);
    findings.extend(short_life(payload, now));
    findings.extend(text::suspicious(header, payload));
    let remarks: Vec<_> = findings.into_iter().filter_map(remark).collect();
    // A time in another unit is far ahead because of its unit.
    let finer: Vec<_> = remarks.iter().filter(|one| one.in_finer_units()).collect();
    let is_explained = |remark: &Finding| {
        !remark.in_finer_units() && finer.iter().any(|other| other.claim == remark.claim)
    };
    remarks
        .iter()
        .filter(|remark| !is_explained(remark))
        .cloned()
        .collect()
}

/// The finding as a remark, if it is worth one here.
fn remark(finding: Finding) -> Option<Finding> {
    let result = match finding.result {
        // A token for later, or without an audience to be checked yet, is as it was asked for.
        CheckResult::Failed(Reason::NotYetValid)
        | CheckResult::Noted(Note::AudienceNotChecked | Note::NeverExpires)
        | CheckResult::Passed => return None,
        CheckResult::Failed(reason) => CheckResult::Noted(Note::WouldBeRefused(reason)),
        noted @ CheckResult::Noted(_) => noted,
    };
    Some(Finding { result, ..finding })
}

fn short_life(claims: &Members, now: Timestamp) -> Option<Finding> {
    let exp = Timestamp::from_json(claims.raw("exp")?).ok()?;
    let noted = CheckResult::Noted(Note::ShortLife);
    let left = now.whole_seconds_until(exp);
    SHORT
        .contains(&left)
        .then(|| Finding::new(Check::Expiry, noted).of("exp").has(left))
}

/// The remark about an end that was asked for in another unit than seconds, where the session's end takes its place in the token.
#[must_use]
pub(crate) fn asked_end(asked: Timestamp, now: Timestamp) -> Option<Finding> {
    let noted = CheckResult::Noted(Note::LooksLike(finer_unit(asked, now)?));
    Some(
        Finding::new(Check::Expiry, noted)
            .of("exp")
            .has(asked.seconds()),
    )
}
