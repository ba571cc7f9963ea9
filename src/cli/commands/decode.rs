//! `decode`: takes a token apart without checking it.
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::outcome::{Action, DecodedToken, Outcome, TokenPart};
use crate::cli::resolve;
use crate::cli::resolve::token::TokenPurpose;
use crate::core::key::KeySet;
use crate::core::policy::Policy;
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::core::verdict::{Check, Verdict};
use crate::core::verify::judge;

/// Takes a token apart. `part` is the one that `--part` names.
#[must_use]
pub(crate) fn decode(token: Unverified, part: Option<TokenPart>, now: Timestamp) -> Outcome {
    // Only the findings about structure are kept: what could not be read, and where.
    let mut findings = judge(&token, &KeySet::default(), &Policy::default(), now)
        .verdict
        .findings;
    findings.retain(|finding| finding.check == Check::Structure);
    Outcome {
        now,
        action: Action::Decoded(DecodedToken {
            structure: Verdict { findings },
            part,
            token,
        }),
    }
}

/// Runs `decode`.
///
/// # Errors
/// There is no token.
pub(crate) fn run(
    typed: &args::decode::DecodeArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let token = resolve::token::read(&typed.token, TokenPurpose::Any, None, context)?;
    let part = typed.part.map(|part| match part {
        args::decode::PartFlag::Header => TokenPart::Header,
        args::decode::PartFlag::Payload => TokenPart::Payload,
        args::decode::PartFlag::Signature => TokenPart::Signature,
    });
    Ok(decode(token, part, context.now))
}

#[cfg(test)]
mod tests;
