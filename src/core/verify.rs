//! The only verifier. It runs every check of every command to the end and reports each.
//!
//! The order: structure, `crit`, algorithm, key, signature, strength, then the claims. Every check that is possible is made, so that a refusal lists everything
//! that is wrong.
mod claims;
mod hazards;
mod minted;
mod text;

pub(crate) use hazards::LONG as LONG_LIFE;
pub(crate) use text::names;

use serde_json::{Value, json};

use super::algorithm::{AlgName, Algorithm};
use super::claims::Members;
use super::claims::Typed;
use super::key::{ForVerifying, Key, KeySet};
use super::policy::Policy;
use super::time::Timestamp;
use super::token::{CompactForm, Defect, DefectKind, Unverified};
use super::verdict::{Check, CheckResult, Finding, Note, Reason, Verdict};

pub(crate) use minted::{asked_end, remarks};

/// A token that passed every check. Only [`judge`] makes one.
#[derive(Clone, Debug)]
pub struct Verified {
    header: Members,
    claims: Members,
    algorithm: Algorithm,
    key: usize,
}

impl Verified {
    /// The header, as written.
    #[must_use]
    pub const fn header(&self) -> &Members {
        &self.header
    }
    /// The claims, as written.
    #[must_use]
    pub const fn claims(&self) -> &Members {
        &self.claims
    }
    /// The algorithm that the token was signed with.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
    /// The key that signed the token, as an index into [`KeySet::keys`].
    #[must_use]
    pub const fn key(&self) -> usize {
        self.key
    }
}

/// The result of judging a token.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The results of all checks.
    pub verdict: Verdict,
    /// The token, if every check passed and it has claims.
    pub verified: Option<Verified>,
    /// The key that made the signature, whatever the claims say, as an index into [`KeySet::keys`].
    pub signed_by: Option<usize>,
}

/// Judges a token: its structure, its signature by one of `keys`, and its claims at the moment `now`.
#[must_use]
pub fn judge(token: &Unverified, keys: &KeySet, policy: &Policy, now: Timestamp) -> Judgement {
    judge_by(token, keys, policy, now, &Key::verify)
}

/// What would be said of a token if this key of the set had made its signature, which is not looked at. It proves nothing: there is no [`Verified`].
#[must_use]
pub(crate) fn suppose(
    token: &Unverified,
    keys: &KeySet,
    policy: &Policy,
    now: Timestamp,
    signer: &Key,
) -> Judgement {
    let made = |key: &Key, _: Algorithm, _: &[u8], _: &[u8]| std::ptr::eq(key, signer);
    Judgement {
        verified: None,
        ..judge_by(token, keys, policy, now, &made)
    }
}

/// Whether a key made a signature over a message.
type SignatureTest<'a> = &'a dyn Fn(&Key, Algorithm, &[u8], &[u8]) -> bool;

fn judge_by(
    token: &Unverified,
    keys: &KeySet,
    policy: &Policy,
    now: Timestamp,
    made: SignatureTest<'_>,
) -> Judgement {
    let mut findings = structure(token, policy);
    let well_formed = findings.iter().all(Finding::ok);
    findings.extend(critical(token));
    findings.extend(kid(token, policy));
    let signature = signature(token, keys, policy, now, made);
    let signed_by = signature
        .signed_by
        .filter(|_| token.signature.bytes.is_some());
    findings.extend(signature.findings);
    findings.extend(claims::typ(token, policy));
    findings.extend(hazards::of_header(token));
    if !policy.jws_only {
        claims::judge(token, policy, now, &mut findings);
        let claims = token.payload.members.as_ref();
        findings.extend(
            claims
                .into_iter()
                .flat_map(|claims| hazards::of_claims(claims, now)),
        );
    }
    let verdict = Verdict { findings };
    let verified = match (
        signed_by,
        signature.algorithm,
        &token.header.members,
        &token.payload.members,
    ) {
        (Some(key), Some(algorithm), Some(header), Some(claims))
            if well_formed && !policy.jws_only && verdict.is_valid() =>
        {
            Some(Verified {
                header: header.clone(),
                claims: claims.clone(),
                algorithm,
                key,
            })
        }
        _ => None,
    };
    Judgement {
        verdict,
        verified,
        signed_by,
    }
}

/// The key of a set that made a token's signature, as an index into [`KeySet::keys`].
#[must_use]
pub(crate) fn signed_by(token: &Unverified, keys: &KeySet, now: Timestamp) -> Option<usize> {
    signature(token, keys, &Policy::default(), now, &Key::verify).signed_by
}

fn structure(token: &Unverified, policy: &Policy) -> Vec<Finding> {
    let counts = |defect: &&Defect| {
        !(policy.jws_only
            && defect.part == "payload"
            && matches!(
                defect.kind,
                DefectKind::NotUtf8 | DefectKind::Json(_) | DefectKind::Duplicate(_)
            ))
    };
    let findings: Vec<_> = token
        .defects
        .iter()
        .filter(counts)
        .map(|defect| {
            let mut finding = Finding::failed(Check::Structure, defect_reason(&defect.kind));
            if let DefectKind::Duplicate(name) | DefectKind::HeaderType(name, ..) = &defect.kind {
                finding = finding.of(name);
            }
            finding.defect = Some(defect.clone());
            finding
        })
        .collect();
    if findings.is_empty() {
        vec![Finding::new(Check::Structure, CheckResult::Passed)]
    } else {
        findings
    }
}

fn defect_reason(kind: &DefectKind) -> Reason {
    use super::claims::JsonProblem;
    match kind {
        DefectKind::Encrypted => Reason::Encrypted,
        DefectKind::Opaque => Reason::Opaque,
        DefectKind::Duplicate(_) => Reason::DuplicateMember,
        DefectKind::TooLarge(_) => Reason::OverLimits,
        DefectKind::Json(defect)
            if matches!(
                defect.problem,
                JsonProblem::TooDeep(_) | JsonProblem::TooManyMembers(_)
            ) =>
        {
            Reason::OverLimits
        }
        _ => Reason::Malformed,
    }
}

/// We understand no extension, so any `crit` refuses the token (RFC 7515 §4.1.11). An unencoded payload (RFC 7797) does too: its signature covers other bytes.
fn critical(token: &Unverified) -> Vec<Finding> {
    let Some(header) = &token.header.members else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    if header.raw("crit").is_some() {
        let finding = Finding::failed(Check::Critical, Reason::CriticalUnsupported).of("crit");
        findings.push(finding.has(header.value("crit").unwrap_or(Value::Null)));
    }
    if header.raw("b64").is_some_and(|raw| raw != "true") {
        let finding = Finding::failed(Check::Critical, Reason::CriticalUnsupported).of("b64");
        findings.push(finding.compared(true, header.value("b64").unwrap_or(Value::Null)));
    }
    if findings.is_empty() {
        findings.push(Finding::new(Check::Critical, CheckResult::Passed));
    }
    findings
}

/// Checks the requested `kid`. A match makes no finding, because it is no news.
fn kid(token: &Unverified, policy: &Policy) -> Option<Finding> {
    let wanted = policy.kid.as_deref()?;
    let has = match token.kid() {
        Typed::Is(kid) if kid == wanted => return None,
        Typed::Is(kid) => Value::from(kid),
        Typed::Absent | Typed::Wrong(_) => Value::Null,
    };
    let finding = Finding::failed(Check::Key, Reason::KidMismatch).of("kid");
    Some(finding.compared(wanted, has))
}

#[derive(Default)]
struct SignatureCheck {
    findings: Vec<Finding>,
    algorithm: Option<Algorithm>,
    signed_by: Option<usize>,
}

fn signature(
    token: &Unverified,
    keys: &KeySet,
    policy: &Policy,
    now: Timestamp,
    made: SignatureTest<'_>,
) -> SignatureCheck {
    let mut outcome = SignatureCheck::default();
    // RFC 7516 §4.1.1: a JWE's `alg` says how its key is wrapped, and a JWE has no signature.
    if token.form == CompactForm::Jwe {
        return outcome;
    }
    let algorithm = match token.alg() {
        Some(AlgName::Supported(algorithm)) => algorithm,
        Some(AlgName::None) => {
            outcome.findings.push(
                Finding::failed(Check::Algorithm, Reason::Unsigned)
                    .of("alg")
                    .has("none"),
            );
            return outcome;
        }
        Some(AlgName::Known(name, _) | AlgName::Unknown(name)) => {
            outcome.findings.push(
                Finding::failed(Check::Algorithm, Reason::AlgorithmUnsupported)
                    .of("alg")
                    .has(name),
            );
            return outcome;
        }
        // The structure check has reported this already.
        None => return outcome,
    };
    outcome.algorithm = Some(algorithm);
    if !policy.algorithms.is_empty() && !policy.algorithms.contains(&algorithm) {
        outcome
            .findings
            .push(wrong_algorithm(algorithm, &policy.algorithms));
        return outcome;
    }
    let kid = match token.kid() {
        Typed::Is(kid) => Some(kid),
        Typed::Absent | Typed::Wrong(_) => None,
    };
    let candidates = match keys.for_verifying(algorithm, kid.as_deref(), &policy.algorithms, now) {
        ForVerifying::Try(candidates) => candidates,
        ForVerifying::UnknownKid(kids) => {
            let finding = Finding::failed(Check::Key, Reason::UnknownKid).of("kid");
            outcome
                .findings
                .push(finding.compared(kids, kid.unwrap_or_default()));
            return outcome;
        }
        ForVerifying::Ended(end) => {
            let finding = Finding::failed(Check::Key, Reason::KeyRetired).of("kid");
            outcome
                .findings
                .push(finding.compared(end.seconds(), kid.map_or(Value::Null, Value::from)));
            return outcome;
        }
        ForVerifying::WrongAlgorithm(algorithms) => {
            outcome
                .findings
                .push(wrong_algorithm(algorithm, &algorithms));
            return outcome;
        }
        ForVerifying::NoKey => {
            outcome
                .findings
                .push(Finding::failed(Check::Key, Reason::NoKey));
            return outcome;
        }
    };
    outcome.findings.push(
        Finding::new(Check::Algorithm, CheckResult::Passed)
            .of("alg")
            .has(algorithm.name()),
    );
    let (Some(signature), false) = (&token.signature.bytes, token.signing_input().is_empty())
    else {
        outcome
            .findings
            .push(Finding::failed(Check::Signature, Reason::BadSignature));
        return outcome;
    };
    let signer = candidates
        .iter()
        .copied()
        .find(|key| made(key, algorithm, token.signing_input(), signature));
    let Some(signer) = signer else {
        outcome
            .findings
            .push(Finding::failed(Check::Signature, Reason::BadSignature));
        // Name a weak key even if it did not sign: it would be refused for the right token too.
        outcome.findings.extend(
            candidates
                .iter()
                .find_map(|key| strength(key, algorithm, policy)),
        );
        return outcome;
    };
    outcome
        .findings
        .push(Finding::new(Check::Signature, CheckResult::Passed));
    outcome.findings.push(
        strength(signer, algorithm, policy)
            .unwrap_or(Finding::new(Check::Strength, CheckResult::Passed)),
    );
    outcome.signed_by = keys.keys().iter().position(|key| std::ptr::eq(key, signer));
    outcome
}

fn wrong_algorithm(algorithm: Algorithm, allowed: &[Algorithm]) -> Finding {
    let allowed: Vec<_> = allowed.iter().map(|algorithm| algorithm.name()).collect();
    Finding::failed(Check::Algorithm, Reason::AlgorithmNotAllowed)
        .of("alg")
        .compared(json!(allowed), algorithm.name())
}

fn strength(key: &Key, algorithm: Algorithm, policy: &Policy) -> Option<Finding> {
    let (has, needs) = key.weakness(algorithm)?;
    let result = if policy.allow_weak_key {
        CheckResult::Noted(Note::WeakKeyAllowed)
    } else {
        CheckResult::Failed(Reason::WeakKey)
    };
    Some(Finding::new(Check::Strength, result).compared(needs, has))
}

#[cfg(test)]
mod tests;
