//! `decode`: takes a token apart, and judges nothing.
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::outcome::{Decoded, Did, Outcome, TokenPart};
use crate::cli::resolve;
use crate::cli::resolve::token::Wanted;
use crate::core::key::KeySet;
use crate::core::policy::Policy;
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::core::verdict::{Check, Verdict};
use crate::core::verify::judge;

/// Takes a token apart; `part` is the one asked for.
#[must_use]
pub fn decode(token: Unverified, part: Option<TokenPart>, now: Timestamp) -> Outcome {
    // Of a judgement without keys the structure's findings alone: what could not be read, and where.
    let mut findings = judge(&token, &KeySet::default(), &Policy::default(), now)
        .verdict
        .findings;
    findings.retain(|finding| finding.check == Check::Structure);
    Outcome {
        now,
        did: Did::Decoded(Decoded {
            recognised: token.recognised(),
            structure: Verdict { findings },
            part,
            token,
        }),
    }
}

/// From what was typed to what came of it.
///
/// # Errors
/// There is no token.
pub fn run(typed: &args::decode::Decode, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let token = resolve::token::read(&typed.token, Wanted::Any, context)?;
    let part = typed.part.map(|part| match part {
        args::decode::Part::Header => TokenPart::Header,
        args::decode::Part::Payload => TokenPart::Payload,
        args::decode::Part::Signature => TokenPart::Signature,
    });
    Ok(decode(token, part, context.now))
}

#[cfg(test)]
mod tests;
