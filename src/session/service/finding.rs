//! What the store says of a token, as findings.
use crate::core::verdict::{Check, Finding, Reason};
use crate::session::family::{Refusal, Seal, SignedContent};

/// A refusal by the store, as a finding.
#[must_use]
pub(crate) fn finding(refusal: Refusal) -> Finding {
    let (reason, at) = match refusal {
        Refusal::Unknown { .. } => (Reason::UnknownSession, None),
        Refusal::Revoked(at) => (Reason::Revoked, Some(at)),
        Refusal::Retired(at) => (Reason::Retired, Some(at)),
        Refusal::Reuse(at) => (Reason::ReuseDetected, Some(at)),
        Refusal::SessionEnded(at) => (Reason::SessionEnded, Some(at)),
        Refusal::Expired(at) => (Reason::Expired, Some(at)),
    };
    let finding = Finding::failed(Check::Session, reason);
    match (at, refusal) {
        (Some(at), _) => finding.has(at.seconds()),
        (
            None,
            Refusal::Unknown {
                session_known: true,
            },
        ) => finding.of("jti"),
        (None, _) => finding,
    }
}

/// The finding about content that is not proved. A store of schema 1 keeps no proofs at all.
pub(super) fn changed(content: &SignedContent) -> Finding {
    let changed = Finding::failed(Check::Session, Reason::RecordChanged);
    match content.seal {
        Seal::Unkept => changed.compared(2, 1),
        Seal::Missing | Seal::Mac { .. } => changed,
    }
}
