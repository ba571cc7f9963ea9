//! `key show`: says what a key is and what it may be used for, never the secret in it.
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::key::{KeyAction, KeyDescription, KeyListing};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::key::call_keys::CallKeys;
use crate::cli::resolve::settings::allow_weak_key;
use crate::core::algorithm::Algorithm;
use crate::core::profile::TokenKind;
use crate::core::time::Timestamp;

/// Runs `key show`.
///
/// # Errors
/// There is no key, or it can't be used.
pub(super) fn run(
    typed: &args::key::show::KeyShowArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<KeyAction> {
    let asked = resolve::key::one_algorithm(&typed.key)?;
    let mut call = Call::without_store(context)?;
    let (loaded, profile) = if let Some(file) = &typed.file {
        let (passphrase, fetch) = (&typed.key.passphrase, Some(&typed.key.fetch));
        let file = file.expose();
        let loaded = resolve::key::from_source(file, passphrase, fetch, context)?;
        (loaded, None)
    } else {
        let flags = CallKeyFlags::of(&typed.key, &typed.refresh);
        let loaded = call.keys_of_kinds(flags, context)?;
        (loaded, call.named_profile())
    };
    let algorithms = |kind| {
        let of_profile = || profile.map(|profile| profile.algorithms(kind));
        let asked = asked.filter(|_| kind == TokenKind::Access);
        let asked = asked.map(|one| vec![one]);
        asked.or_else(of_profile).unwrap_or_default()
    };
    let listed = |loaded: &CallKeys, kind| {
        let allow_weak = allow_weak_key(&typed.key, call.named_profile());
        listing(loaded, &algorithms(kind), allow_weak, context.now)
    };
    let refresh = loaded.refresh.as_deref();
    let shown = KeyListing {
        refresh: refresh.map(|refresh| Box::new(listed(refresh, TokenKind::Refresh))),
        ..listed(&loaded, TokenKind::Access)
    };
    let is_empty = |listing: &KeyListing| listing.keys.is_empty();
    if is_empty(&shown) && shown.refresh.as_deref().is_none_or(is_empty) {
        return Err(Problem::NoKeyAtAll.into());
    }
    Ok(KeyAction::Shown(shown))
}

fn listing(
    loaded: &CallKeys,
    algorithms: &[Algorithm],
    allow_weak: bool,
    now: Timestamp,
) -> KeyListing {
    KeyListing {
        keys: KeyDescription::each(&loaded.set, &loaded.sources, now),
        signer: KeyListing::signer(loaded.signing(), algorithms),
        sources: loaded.forms.clone(),
        named_by: loaded.named_by.clone(),
        allow_weak,
        refresh: None,
    }
}
