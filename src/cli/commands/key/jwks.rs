//! `key jwks`: prints the public parts of keys, for services that verify tokens.
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::key::{Destination, KeyAction, KeyDescription, WrittenKeys};
use crate::cli::resolve;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::core::key::{Key, KeyKind, KeySet};
use crate::core::keyfile::{self, Extent, KeyFileForm, WriteError};

/// Runs `key jwks`.
///
/// # Errors
/// A file can't be used, or holds nothing that may be published.
pub(super) fn run(
    typed: &args::key::jwks::KeyJwksArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<KeyAction> {
    let mut all = CallKeys::default();
    for file in &typed.files {
        let loaded = {
            let fetch = Some(&typed.fetch);
            resolve::key::from_source(file.expose(), &typed.passphrase, fetch, context)?
        };
        let source = loaded.sources.first().cloned().unwrap_or_default();
        let keys = publishable(loaded.set, &source, context)?;
        all.add(KeySet::new(keys), &source);
    }
    let written = keyfile::write(all.set.keys(), KeyFileForm::Jwks, Extent::Public)
        .map_err(Problem::NotWritten)?;
    let keys = KeyDescription::each(&all.set, &all.sources, context.now);
    Ok(KeyAction::Published(WrittenKeys {
        keys: keys.into_iter().map(KeyDescription::public).collect(),
        form: KeyFileForm::Jwks,
        to: Destination::Output(written.content),
        notes: written.notes,
    }))
}

/// The keys of a file that may be published: no secrets, and no retired keys that no longer verify anything. A file without any is an error.
fn publishable(
    set: KeySet,
    source: &str,
    context: &mut Context<'_, '_>,
) -> Result<Vec<Key>, Problem> {
    let (mut kept, mut left_out, mut secrets) = (Vec::new(), Vec::new(), 0);
    for key in set.into_keys() {
        let kid = key.kid().map_or_else(String::new, |kid| format!(" {kid}"));
        if matches!(key.kind(), KeyKind::Secret { .. }) {
            secrets += 1;
            left_out.push(format!(
                "the secret{kid} was left out: a secret has no public part"
            ));
        } else if key.has_ended(context.now) {
            left_out.push(format!(
                "the retired key{kid} was left out: it no longer verifies anything"
            ));
        } else {
            kept.push(key);
        }
    }
    if kept.is_empty() {
        return Err(if secrets > 0 {
            Problem::NotPublic {
                message: format!("{source}: {}", WriteError::SecretIsNotPublic),
                hint: "publish the public part of a key pair; to make a pair: jwtsess key generate",
            }
        } else {
            Problem::NotPublic {
                message: format!(
                    "{source}: every key in it is retired and no longer verifies anything"
                ),
                hint: "publish the key that replaced it",
            }
        });
    }
    for what in left_out {
        context.say(&format!("{source}: {what}"));
    }
    Ok(kept)
}
