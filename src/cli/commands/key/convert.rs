//! `key convert`: writes a key in another form.
use super::target::{self, WriteTarget};
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::key::{KeyAction, KeyDescription};
use crate::cli::resolve;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::core::key::KeySet;
use crate::core::keyfile::Extent;

/// Runs `key convert`.
///
/// # Errors
/// The key can't be used, or can't be written as asked.
pub(super) fn run(
    typed: &args::key::convert::KeyConvertArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<KeyAction> {
    let chosen = WriteTarget::of(&typed.target, None)?;
    let mut loaded =
        resolve::key::from_source(typed.file.expose(), &typed.passphrase, None, context)?;
    let was_encrypted = loaded.was_encrypted;
    if let Some(kid) = &typed.kid {
        loaded = named(loaded, kid.as_str())?;
    }
    let mut keys = KeyDescription::each(&loaded.set, &loaded.sources, context.now);
    let extent = if typed.public {
        keys = keys.into_iter().map(KeyDescription::public).collect();
        Extent::Public
    } else {
        Extent::Whole
    };
    let mut written = target::write(loaded.set.keys(), keys, chosen, extent, context)?;
    if was_encrypted && written.keys.iter().any(|key| key.private) {
        let note = "the key was encrypted; the output is not";
        written.notes.push(note.to_owned());
    }
    Ok(KeyAction::Converted(written))
}

/// The key with that kid. A single key without a kid gets it.
fn named(loaded: CallKeys, kid: &str) -> Result<CallKeys, Problem> {
    let source = loaded.sources.first().cloned().unwrap_or_default();
    let mut keys = loaded.set.into_keys();
    if keys.len() == 1 && keys.iter().all(|only| only.kid().is_none()) {
        let give = |only: crate::core::key::Key| only.with_kid(Some(kid.to_owned()));
        keys = keys.into_iter().map(give).collect();
    }
    let kids = keys.iter().filter_map(|key| key.kid().map(str::to_owned));
    let kids: Vec<String> = kids.collect();
    keys.retain(|key| key.kid() == Some(kid));
    if keys.is_empty() {
        return Err(Problem::NoSuchKid(kids));
    }
    let mut named = CallKeys::default();
    named.add(KeySet::new(keys), &source);
    Ok(named)
}
