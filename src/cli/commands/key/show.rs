//! `key show`: says what a key is and what it may be used for, never the secret in it.
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::key::{KeyAction, KeyDescription, KeyListing};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::settings::allow_weak_key;

/// Runs `key show`.
///
/// # Errors
/// There is no key, or it can't be used.
pub(super) fn run(
    typed: &args::key::show::KeyShowArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<KeyAction> {
    let algorithm = resolve::key::one_algorithm(&typed.key)?;
    let call = Call::without_store(context)?;
    let loaded = match &typed.file {
        Some(file) => {
            let (passphrase, fetch) = (&typed.key.passphrase, Some(&typed.key.fetch));
            resolve::key::from_source(file.expose(), passphrase, fetch, context)?
        }
        None => call.keys(&typed.key, context)?,
    };
    if loaded.set.keys().is_empty() {
        return Err(Problem::NoKeyAtAll.into());
    }
    Ok(KeyAction::Shown(KeyListing {
        keys: KeyDescription::each(&loaded.set, &loaded.sources, context.now),
        signer: KeyListing::signer(loaded.signing(), algorithm),
        sources: loaded.forms,
        named_by: loaded.named_by,
        allow_weak: allow_weak_key(&typed.key, call.named_profile()),
    }))
}
