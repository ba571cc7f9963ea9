//! Finds the key: from flags, else from the environment, else the development key. A named key is used or refused; the next source is never tried in its place.
pub(crate) mod call_keys;
mod dev_key;
mod dotenv;
mod misplaced;
mod passphrase;
mod read;
mod reference;
mod source;

use std::ffi::OsStr;

use crate::cli::args::key::{KeyFlags, PassphraseFlag};
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyError, KeyProblem, ReferenceTarget};
use crate::cli::world::FileError;
use crate::config::profiles::CallProfile;
use crate::config::resolve::Origin;
use crate::core::algorithm::Algorithm;
use crate::core::key::{Key, KeySet, SecretError};
use call_keys::CallKeys;
use misplaced::ReferenceUse;
use passphrase::Passphrase;
use read::at;
pub(crate) use read::warn_of_others;
pub(crate) use reference::shown_reference;
use source::add_source;
pub(crate) use source::{not_a_file, shown_source};

/// The keys for `issue`. If none is given anywhere, it is the development key, which is made if it does not exist.
///
/// # Errors
/// A named key can't be used, or the development key can't be made. See [`of_server`].
pub(crate) fn for_issue(
    flags: &KeyFlags,
    profile: &CallProfile,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<CallKeys> {
    if !profile.profile.is_ours() {
        return of_server(flags, profile, context);
    }
    load(flags, Some(profile), context, dev_key::read_or_make)
}

/// The keys that sign the tokens of another server. The development key is ours, and no such server would accept its tokens.
///
/// # Errors
/// A named key can't be used, or none is named.
pub(crate) fn of_server(
    flags: &KeyFlags,
    profile: &CallProfile,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<CallKeys> {
    let none = |_: &mut Context<'_, '_>| Ok(CallKeys::default());
    let loaded = load(flags, Some(profile), context, none)?;
    if loaded.set.keys().is_empty() {
        let profile = profile.profile.name().to_owned();
        return Err(Problem::NoServerKey { profile }.into());
    }
    Ok(loaded)
}

/// The keys for all other commands. If none is given anywhere, it is the development key if it exists, which verifies only tokens it signed.
///
/// # Errors
/// A named key can't be used.
pub(crate) fn given(
    flags: &KeyFlags,
    profile: Option<&CallProfile>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<CallKeys> {
    load(flags, profile, context, dev_key::read)
}

/// The keys of one source, given as an argument. Nothing else counts then.
///
/// # Errors
/// It can't be used.
pub(crate) fn from_source(
    source: &OsStr,
    passphrase: &PassphraseFlag,
    context: &mut Context<'_, '_>,
) -> Result<CallKeys, Problem> {
    let mut loaded = CallKeys::default();
    let mut passphrase = Passphrase::of(passphrase);
    let origin = Origin::Flag("FILE");
    add_source(source, &origin, &mut passphrase, &mut loaded, context).map_err(|problem| {
        match problem {
            Problem::Key(error) if error.problem == KeyProblem::File(FileError::Missing) => {
                Problem::Key(KeyError {
                    problem: KeyProblem::NoSuchFile,
                    ..error
                })
            }
            other => other,
        }
    })?;
    passphrase.say_if_unused(context);
    loaded.was_encrypted = passphrase.was_needed();
    Ok(loaded)
}

/// The error for an argument that is not a path and may not be shown.
pub(crate) fn is_no_file(file: &OsStr, context: &Context<'_, '_>) -> Problem {
    let asked = ReferenceUse {
        what: ReferenceTarget::Key,
        by: &Origin::Flag("FILE"),
    };
    asked.is_no_path("", file, context)
}

/// The one algorithm of `--alg` to sign with.
///
/// # Errors
/// There are several. Verifying accepts any of them, but a signature has one.
pub(crate) fn one_algorithm(flags: &KeyFlags) -> Result<Option<Algorithm>, Problem> {
    match flags.alg.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(Problem::usage_with(
            "--alg is given more than once",
            "a token is signed with one algorithm",
        )),
    }
}

/// Refuses a second `--secret` for signing a token that replaces no other.
///
/// # Errors
/// There are several. Verifying accepts any of them, but a signature has one.
pub(crate) fn one_secret(flags: &KeyFlags) -> Result<(), Problem> {
    if flags.secret.len() > 1 {
        return Err(Problem::usage_with(
            "--secret is given more than once",
            "a token is signed with one secret; inspect, verify, renew and rotate take several",
        ));
    }
    Ok(())
}

const SECRET_VARIABLE: &str = "JWTSESS_SECRET";
const KEY_VARIABLE: &str = "JWTSESS_KEY";
const NO_DEV_KEY_VARIABLE: &str = "JWTSESS_NO_DEV_KEY";

type DevKey = fn(&mut Context<'_, '_>) -> Result<CallKeys, Problem>;

fn load(
    flags: &KeyFlags,
    profile: Option<&CallProfile>,
    context: &mut Context<'_, '_>,
    dev_key: DevKey,
) -> anyhow::Result<CallKeys> {
    let mut loaded = CallKeys::default();
    let mut passphrase = Passphrase::of(&flags.passphrase);
    if !flags.secret.is_empty() {
        let origin = Origin::Flag("--secret");
        for reference in &flags.secret {
            let signing = add_secret(reference.expose(), &origin, &mut loaded, context)?;
            if flags.secret.len() > 1 {
                loaded.signing.get_or_insert(signing);
            }
        }
        loaded.named_by = Some(origin.to_string());
    } else if !flags.key.is_empty() {
        let origin = Origin::Flag("--key");
        for source in &flags.key {
            add_source(
                source.expose(),
                &origin,
                &mut passphrase,
                &mut loaded,
                context,
            )?;
        }
        loaded.named_by = Some(origin.to_string());
    } else {
        let secret = context.world.variable(SECRET_VARIABLE);
        let key = context.world.variable(KEY_VARIABLE);
        match (secret, key) {
            (Some(_), Some(_)) => {
                return Err(Problem::usage_with(
                    format!("{SECRET_VARIABLE} and {KEY_VARIABLE} are both set"),
                    "unset one of them, or give --secret or --key",
                )
                .into());
            }
            (Some(reference), None) => {
                let origin = Origin::Environment(SECRET_VARIABLE);
                add_secret(&reference, &origin, &mut loaded, context)?;
                loaded.named_by = Some(origin.to_string());
            }
            (None, Some(source)) => {
                let origin = Origin::Environment(KEY_VARIABLE);
                add_source(&source, &origin, &mut passphrase, &mut loaded, context)?;
                loaded.named_by = Some(origin.to_string());
            }
            (None, None) if of_profile(profile, &mut passphrase, &mut loaded, context)? => {}
            (None, None) if flags.no_dev_key || context.is_set(NO_DEV_KEY_VARIABLE) => {}
            (None, None) => loaded = dev_key(context)?,
        }
    }
    passphrase.say_if_unused(context);
    loaded.note(context);
    Ok(loaded)
}

/// Loads the keys that the config file names for the call's profile. Returns whether it names any.
fn of_profile(
    profile: Option<&CallProfile>,
    passphrase: &mut Passphrase,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<bool> {
    let Some(chosen) = profile else {
        return Ok(false);
    };
    let name = chosen.profile.name();
    if let Some(reference) = chosen.secret() {
        let by = format!("the secret of the profile {name}");
        add_secret(OsStr::new(reference), &Origin::File(by), loaded, context)?;
    }
    for source in chosen.keys() {
        let by = Origin::File(format!("the key of the profile {name}"));
        add_source(
            OsStr::new(source.as_ref()),
            &by,
            passphrase,
            loaded,
            context,
        )?;
    }
    let named = chosen.secret().is_some() || !chosen.keys().is_empty();
    loaded.named_by = named.then(|| format!("the profile {name}"));
    Ok(named)
}

/// Adds a secret, and returns it as the key to sign with.
fn add_secret(
    reference: &OsStr,
    origin: &Origin,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<KeySet> {
    let asked = ReferenceUse {
        what: ReferenceTarget::Secret,
        by: origin,
    };
    let found = reference::resolve(reference, asked, context)?;
    let place = &found.place;
    // This keeps the secret as it was given: an extra line break is one of the mistakes to look for.
    loaded.secrets.push(found.secret.clone());
    let dropped = found
        .is_file
        .then(|| found.secret.without_final_newline())
        .flatten();
    let (secret, dropped) = match dropped {
        Some((rest, newline)) => (rest, Some(newline)),
        None => (found.secret.clone(), None),
    };
    let key = || {
        Key::from_secret(secret.clone()).map_err(|error| match error {
            SecretError::Empty => at(place)(KeyProblem::Empty),
            refused @ (SecretError::KeyMaterial(_) | SecretError::NoSecret(_)) => {
                at(place)(refused)
            }
        })
    };
    let keys = KeySet::new(vec![key()?]);
    found.warn_of_others(true, context);
    if let Some(newline) = dropped {
        context.say(&format!(
            "{place}: the final {newline} was dropped from the secret"
        ));
    }
    loaded.add_form(place, "a secret", None);
    loaded.add(keys, place);
    Ok(KeySet::new(vec![key()?]))
}

#[cfg(test)]
mod tests;
