//! `key generate`: makes a key, in a file that only its owner can read or on standard output.
use super::target::{self, WriteTarget};
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::key::{KeyAction, KeyDescription};
use crate::core::algorithm::Algorithm;
use crate::core::entropy::Entropy;
use crate::core::key::{GenerateError, Key, KeyKind};
use crate::core::keyfile::{Extent, KeyFileForm};

/// Runs `key generate`.
///
/// # Errors
/// The length is not supported, the key can't be written in that form, or the file can't be created.
pub(super) fn run(
    typed: &args::key::generate::KeyGenerateArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<KeyAction> {
    let chosen = WriteTarget::of(&typed.target, Some(KeyFileForm::Jwk))?;
    let kid = typed.kid.as_ref().map(|kid| kid.as_str().to_owned());
    let mut key = make(typed.alg, typed.bits, &mut *context.world.entropy)?;
    // A note says what the format can't hold, unless nobody asked for it.
    let plain = key.algorithms().first() == Some(&typed.alg);
    if chosen.form.is_json() || !plain {
        key = key.bound_to(typed.alg);
    }
    let kid = kid.or_else(|| chosen.form.is_json().then(|| key.thumbprint()));
    let keys = [key.with_kid(kid)];
    let described = vec![KeyDescription::of(
        &keys[0],
        "made by this call",
        context.now,
    )];
    let written = target::write(&keys, described, chosen, Extent::Whole, context)?;
    Ok(KeyAction::Generated(written))
}

/// A fresh key for an algorithm.
fn make(
    algorithm: Algorithm,
    bits: Option<usize>,
    entropy: &mut dyn Entropy,
) -> Result<Key, Problem> {
    let wrong = |problem: String| {
        Problem::usage_with(
            format!("--bits: {problem}"),
            "leave --bits out for the usual length",
        )
    };
    let usual = KeyKind::made_for(algorithm);
    let key = bits
        .map_or(Ok(usual), |bits| usual.sized(bits))
        .and_then(|kind| Key::generate(kind, entropy))
        .map_err(|error| match error {
            GenerateError::Backend => Problem::from(error),
            other => wrong(other.to_string()),
        })?;
    match key.weakness(algorithm) {
        None => Ok(key),
        Some((has, needs)) => Err(wrong(format!(
            "{has} bits are too few for {algorithm}, which needs {needs} (RFC 7518 §3.2)"
        ))),
    }
}
