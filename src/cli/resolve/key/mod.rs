//! Finds the key: from flags, else from the environment, else the development key. A named key is used or refused; the next source is never tried in its place.
pub(crate) mod call_keys;
mod dev_key;
mod dotenv;
pub(crate) mod fetched;
mod misplaced;
mod passphrase;
mod read;
mod reference;
mod source;

use std::ffi::OsStr;

use crate::cli::args::key::{KeyFlags, PassphraseFlag, RefreshKeyFlags};
use crate::cli::args::net::FetchFlags;
use crate::cli::args::values::Hidden;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyError, KeyProblem, ReferenceTarget};
use crate::cli::world::FileError;
use crate::config::profiles::CallProfile;
use crate::config::resolve::Origin;
use crate::core::algorithm::Algorithm;
use crate::core::key::{Key, KeySet, SecretError};
use crate::core::profile::language::model::KeySource;
use crate::core::profile::{Profile, TokenKind};
use crate::core::secret::Secret;
use call_keys::CallKeys;
use misplaced::ReferenceUse;
use passphrase::Passphrase;
use read::at;
pub(crate) use read::warn_of_others;
pub(crate) use reference::{lasting_reference, lasting_source, shown_reference};
use source::add_source;
pub(crate) use source::{not_a_file, shown_source};

/// The keys for `issue`. If none is given anywhere, it is the development key, which is made if it does not exist.
///
/// # Errors
/// A named key can't be used, or the development key can't be made. See [`of_server`].
pub(crate) fn for_issue(
    flags: CallKeyFlags<'_>,
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
    flags: CallKeyFlags<'_>,
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
    flags: CallKeyFlags<'_>,
    profile: Option<&CallProfile>,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<CallKeys> {
    load(flags, profile, context, dev_key::read)
}

/// Whether a `kid` is the development key's, unless that key is not to be used.
pub(crate) fn is_development(kid: &str, context: &Context<'_, '_>) -> bool {
    !context.is_set(NO_DEV_KEY_VARIABLE) && dev_key::has(kid, context)
}

/// The keys of one source, given as an argument. Nothing else counts then.
///
/// # Errors
/// It can't be used.
pub(crate) fn from_source(
    source: &OsStr,
    passphrase: &PassphraseFlag,
    fetch: Option<&FetchFlags>,
    context: &mut Context<'_, '_>,
) -> Result<CallKeys, Problem> {
    let mut loaded = CallKeys::default();
    let mut passphrase = Passphrase::of(passphrase);
    let origin = Origin::Flag("FILE");
    add_source(
        source,
        &origin,
        &mut passphrase,
        fetch,
        &mut loaded,
        context,
    )
    .map_err(|problem| match problem {
        Problem::Key(error) if error.problem == KeyProblem::File(FileError::Missing) => {
            Problem::Key(KeyError {
                problem: KeyProblem::NoSuchFile,
                ..error
            })
        }
        other => other,
    })?;
    passphrase.say_if_unused(context);
    loaded.was_encrypted = passphrase.was_needed();
    Ok(loaded)
}

/// The text that a REF leads to: a password, a client's secret. The line's end of a file is no part of it.
///
/// # Errors
/// It leads nowhere, or to nothing.
pub(crate) fn text_of(
    reference: &OsStr,
    what: ReferenceTarget,
    by: &Origin,
    context: &mut Context<'_, '_>,
) -> Result<Secret, Problem> {
    let found = reference::resolve(reference, ReferenceUse { what, by }, context);
    let found = found.map_err(|problem| match problem {
        Problem::Key(KeyError {
            place,
            problem: KeyProblem::Empty,
        }) => empty(&place),
        // The usual hint names --secret, which is not what was asked for.
        Problem::Key(KeyError {
            place,
            problem: KeyProblem::File(FileError::Missing),
        }) => at(&place)(KeyProblem::NoSuchFile),
        other => other,
    })?;
    let secret = match found.secret.without_final_newline() {
        Some((rest, _)) if found.is_file => rest,
        _ => found.secret.clone(),
    };
    if secret.is_empty() {
        return Err(empty(&found.place));
    }
    found.warn_of_others(true, context);
    Ok(secret)
}

/// The error for a text that is empty, and no key.
fn empty(place: &str) -> Problem {
    let words = "it is empty: is the variable set?".to_owned();
    at(place)(KeyProblem::Unreadable(words))
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

/// The algorithms of which the first that the key serves signs an access token: that of `--alg`, else the profile's.
///
/// # Errors
/// As [`one_algorithm`].
pub(crate) fn algorithms(
    flags: &KeyFlags,
    profile: Option<&Profile>,
) -> Result<Vec<Algorithm>, Problem> {
    let of_profile = || profile.map(|profile| profile.algorithms(TokenKind::Access));
    let asked = one_algorithm(flags)?.map(|one| vec![one]);
    Ok(asked.or_else(of_profile).unwrap_or_default())
}

/// Refuses a second `--secret` for signing a token that replaces no other.
///
/// # Errors
/// There are several. Verifying accepts any of them, but a signature has one.
pub(crate) fn one_secret(flags: CallKeyFlags<'_>) -> Result<(), Problem> {
    let refresh = flags.refresh.map_or(0, |flags| flags.refresh_secret.len());
    for (flag, count) in [
        ("--secret", flags.access.secret.len()),
        ("--refresh-secret", refresh),
    ] {
        if count > 1 {
            return Err(Problem::usage_with(
                format!("{flag} is given more than once"),
                "a token is signed with one secret; inspect, verify, renew and rotate take several",
            ));
        }
    }
    Ok(())
}

const SECRET_VARIABLE: &str = "JWTSESS_SECRET";
const KEY_VARIABLE: &str = "JWTSESS_KEY";
const NO_DEV_KEY_VARIABLE: &str = "JWTSESS_NO_DEV_KEY";

type DevKey = fn(&mut Context<'_, '_>) -> Result<CallKeys, Problem>;

/// What the key flags of a call say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallKeyFlags<'t> {
    /// Of the key of access tokens, and of all others without a key of their own.
    pub access: &'t KeyFlags,
    /// Of the key of refresh tokens; none for a command that knows no kinds.
    pub refresh: Option<&'t RefreshKeyFlags>,
}

impl<'t> CallKeyFlags<'t> {
    /// Of a command that knows the kinds of tokens.
    pub(crate) const fn of(access: &'t KeyFlags, refresh: &'t RefreshKeyFlags) -> Self {
        Self {
            access,
            refresh: Some(refresh),
        }
    }
    /// Of a command with one key.
    pub(crate) const fn one(access: &'t KeyFlags) -> Self {
        Self {
            access,
            refresh: None,
        }
    }
}

fn load(
    flags: CallKeyFlags<'_>,
    profile: Option<&CallProfile>,
    context: &mut Context<'_, '_>,
    dev_key: DevKey,
) -> anyhow::Result<CallKeys> {
    let mut passphrase = Passphrase::of(&flags.access.passphrase);
    let mut loaded = of_access(flags.access, profile, &mut passphrase, context, dev_key)?;
    let fetch = &flags.access.fetch;
    if let Some(flags) = flags.refresh {
        let refresh = of_refresh(flags, fetch, profile, &mut passphrase, context)?;
        loaded.refresh = refresh.map(Box::new);
    }
    passphrase.say_if_unused(context);
    loaded.note("key", context);
    if let Some(refresh) = &loaded.refresh {
        refresh.note("refresh key", context);
    }
    Ok(loaded)
}

fn of_access(
    flags: &KeyFlags,
    profile: Option<&CallProfile>,
    passphrase: &mut Passphrase,
    context: &mut Context<'_, '_>,
    dev_key: DevKey,
) -> anyhow::Result<CallKeys> {
    let mut loaded = CallKeys::default();
    let given = (
        ("--secret", flags.secret.as_slice()),
        ("--key", flags.key.as_slice()),
    );
    let fetch = &flags.fetch;
    if of_flags(given, passphrase, fetch, &mut loaded, context)? {
        return Ok(loaded);
    }
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
            add_source(
                &source,
                &origin,
                passphrase,
                Some(fetch),
                &mut loaded,
                context,
            )?;
            loaded.named_by = Some(origin.to_string());
        }
        (None, None) => {
            let named = profile.map(|chosen| (chosen, chosen.key(), "the profile"));
            if !of_profile(named, passphrase, fetch, &mut loaded, context)?
                && !flags.no_dev_key
                && !context.is_set(NO_DEV_KEY_VARIABLE)
            {
                loaded = dev_key(context)?;
            }
        }
    }
    Ok(loaded)
}

/// The keys of refresh tokens, if they have some of their own: no keys at all where theirs never leaves its server.
fn of_refresh(
    flags: &RefreshKeyFlags,
    fetch: &FetchFlags,
    profile: Option<&CallProfile>,
    passphrase: &mut Passphrase,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Option<CallKeys>> {
    let mut loaded = CallKeys::default();
    let given = (
        ("--refresh-secret", flags.refresh_secret.as_slice()),
        ("--refresh-key", flags.refresh_key.as_slice()),
    );
    let own = profile.and_then(|chosen| Some((chosen, chosen.refresh_key()?)));
    let named = own.map(|(chosen, key)| (chosen, key, "refresh tokens of the profile"));
    let found = of_flags(given, passphrase, fetch, &mut loaded, context)?
        || of_profile(named, passphrase, fetch, &mut loaded, context)?
        || own.is_some_and(|(_, key)| *key == KeySource::Withheld);
    Ok(found.then_some(loaded))
}

/// A flag, and what was given with it.
type GivenPlaces<'t> = (&'static str, &'t [Hidden]);

/// Loads the keys of two flags, of which one may be given: of secrets, and of other keys. Returns whether one was.
fn of_flags(
    (secrets, keys): (GivenPlaces<'_>, GivenPlaces<'_>),
    passphrase: &mut Passphrase,
    fetch: &FetchFlags,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<bool> {
    let flag = match (secrets, keys) {
        ((_, []), (_, [])) => return Ok(false),
        ((flag, [_, ..]), _) | (_, (flag, _)) => flag,
    };
    let origin = Origin::Flag(flag);
    for reference in secrets.1 {
        let secret = add_secret(reference.expose(), &origin, loaded, context)?;
        if secrets.1.len() > 1 && loaded.signing.is_none() {
            loaded.signing = Key::from_secret(secret)
                .ok()
                .map(|key| KeySet::new(vec![key]));
        }
    }
    for source in keys.1 {
        add_source(
            source.expose(),
            &origin,
            passphrase,
            Some(fetch),
            loaded,
            context,
        )?;
    }
    loaded.named_by = Some(origin.to_string());
    Ok(true)
}

/// Loads the keys that a profile names, and says whose they are. Returns whether it names any.
fn of_profile(
    named: Option<(&CallProfile, &KeySource, &str)>,
    passphrase: &mut Passphrase,
    fetch: &FetchFlags,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<bool> {
    let Some((chosen, source, whose)) = named else {
        return Ok(false);
    };
    let name = chosen.profile.name();
    if let Some(reference) = source.secret() {
        let by = format!("the secret of {whose} {name}");
        add_secret(OsStr::new(reference), &Origin::File(by), loaded, context)?;
    }
    for source in source.sources() {
        let by = Origin::File(format!("the key of {whose} {name}"));
        add_source(
            OsStr::new(source.as_ref()),
            &by,
            passphrase,
            Some(fetch),
            loaded,
            context,
        )?;
    }
    let names_a_key = source.names_a_key();
    loaded.named_by = names_a_key.then(|| format!("the profile {name}"));
    Ok(names_a_key)
}

/// Adds a secret, and returns it as the key to sign with.
fn add_secret(
    reference: &OsStr,
    origin: &Origin,
    loaded: &mut CallKeys,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Secret> {
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
    let key = Key::from_secret(secret.clone()).map_err(|error| match error {
        SecretError::Empty => at(place)(KeyProblem::Empty),
        refused @ (SecretError::KeyMaterial(_) | SecretError::NoSecret(_)) => at(place)(refused),
    })?;
    found.warn_of_others(true, context);
    if let Some(newline) = dropped {
        context.say(&format!(
            "{place}: the final {newline} was dropped from the secret"
        ));
    }
    loaded.add_form(place, "a secret", None);
    loaded.add(KeySet::new(vec![key]), place);
    Ok(secret)
}

#[cfg(test)]
mod tests;
