//! `key rotate`: a new key signs, and the old one verifies until the tokens it signed have expired.
use std::ffi::OsStr;
use std::path::Path;

use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyError, KeyProblem};
use crate::cli::outcome::key::{KeyAction, KeyDescription, KeyRotation};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::key::warn_of_others;
use crate::cli::world::{self, FileAccess, FileError, Guard, Lock, World};
use crate::core::keyfile::rotate::{PrivateSet, RotateError};
use crate::core::keyfile::{self, MAX_KEY_FILE};
use crate::core::secret::Secret;
use crate::core::time::Span;

/// Runs `key rotate`.
///
/// # Errors
/// The file is not a private set, or can't be replaced.
pub(super) fn run(
    typed: &args::key::rotate::KeyRotateArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<KeyAction> {
    let file = typed.file.expose();
    let shown = echo::file(file, "FILE");
    let path = Path::new(file);
    let overlap = overlap(typed, context)?;
    let (content, guard, _lock) = take(file, &shown, typed.dry_run, context)?;
    let told = |error: RotateError| problem(&shown, error);
    let mut set = PrivateSet::read(&content).map_err(told)?;
    warn_of_others(&shown, guard, true, context);
    let now = context.now;
    // A key that is over by a clock set ahead may still be needed.
    let over = now.min(context.world.clock.now());
    let pruned = if typed.prune {
        set.prune(over)
    } else {
        Vec::new()
    };
    let ended = set.ended(over);
    let retire = set
        .signer(typed.retire.as_ref().map(args::values::Name::as_str))
        .map_err(told)?;
    let end = now.plus(overlap.0);
    let retired = set.key(retire).and_then(|key| key.kid().map(str::to_owned));
    let kid = typed.kid.as_ref().map(|kid| kid.as_str().to_owned());
    set.roll(retire, kid, end, &mut *context.world.entropy)
        .map_err(told)?;
    let written = set.write().map_err(told)?;
    // The messages about the keys come from what was written.
    let keys = keyfile::read(&written)
        .map_err(|error| told(error.into()))?
        .keys;
    let described = |key| KeyDescription::of(key, &shown, now);
    let keys: Vec<KeyDescription> = keys.keys().iter().map(described).collect();
    if !typed.dry_run {
        let entropy = &mut *context.world.entropy;
        world::replace(path, &written, FileAccess::Same, entropy).map_err(Problem::from)?;
    }
    Ok(KeyAction::Rotated(KeyRotation {
        file: shown,
        keys,
        named: typed.kid.is_some(),
        retired: (retired, end),
        overlap,
        pruned,
        ended,
        dry_run: typed.dry_run,
    }))
}

/// The file's content, who else may use it, and a lock on it that must be held until it is replaced.
fn take(
    file: &OsStr,
    shown: &str,
    dry_run: bool,
    context: &mut Context<'_, '_>,
) -> Result<(Secret, Guard, Option<Lock>), Problem> {
    if file.is_empty() {
        return Err(Problem::usage_with("FILE is empty", "is the variable set?"));
    }
    if World::is_stdin(file) {
        return Err(Problem::usage_with(
            "standard input can't be changed",
            "give the file that holds the set",
        ));
    }
    if let Some(what) = resolve::key::not_a_file(file) {
        return Err(Problem::usage_with(
            format!("FILE: {what} can't be changed"),
            "give the file that holds the set; if that is a file's name, write ./ before it",
        ));
    }
    let path = Path::new(file);
    let wrong = |problem: KeyProblem| {
        Problem::Key(KeyError {
            place: shown.to_owned(),
            problem,
        })
    };
    let unreadable = |error, context: &Context<'_, '_>| match error {
        FileError::Missing | FileError::Other(_) if echo::path(file).is_none() => {
            resolve::key::is_no_file(file, context)
        }
        FileError::Missing => wrong(KeyProblem::NoSuchFile),
        other => wrong(KeyProblem::File(other)),
    };
    let metadata = world::own_file(path).map_err(|error| unreadable(error, context))?;
    if world::has_two_names(&metadata) {
        return Err(unreadable(FileError::TwoNames, context));
    }
    let lock = if dry_run {
        None
    } else {
        let mut waits = || context.say(&format!("waiting for another program to release {shown}"));
        Some(world::lock(path, &mut waits)?)
    };
    let read = world::read(path, MAX_KEY_FILE).map_err(|error| unreadable(error, context))?;
    Ok((read.bytes, read.guard, lock))
}

/// How long the key that is retired checks signatures: until every token that it may have signed has run out, or as long as was said. With the profile that
/// said so.
fn overlap(
    typed: &args::key::rotate::KeyRotateArgs,
    context: &Context<'_, '_>,
) -> anyhow::Result<(Span, Option<String>)> {
    if let Some(overlap) = typed.overlap {
        return Ok((overlap, None));
    }
    let chosen = Call::without_store(context)?.named_or_default(context)?;
    let profile = &chosen.profile;
    let longest = if profile.is_pair() {
        profile.access_ttl().max(profile.refresh_ttl())
    } else {
        profile.access_ttl()
    };
    Ok((longest, Some(profile.name().to_owned())))
}

fn problem(shown: &str, error: RotateError) -> Problem {
    let told = |error: &RotateError| format!("{shown}: {error}");
    match error {
        RotateError::KeyFile(problem) => Problem::Key(KeyError {
            place: shown.to_owned(),
            problem: problem.into(),
        }),
        RotateError::NotASet(_) => Problem::usage_with(
            told(&error),
            "first make a set from it: jwtsess key convert FILE --out keys.jwks",
        ),
        RotateError::Several(_) => {
            Problem::usage_with(told(&error), "name the key to retire: --retire KID")
        }
        RotateError::KidTaken => {
            Problem::usage_with(format!("--kid: {error}"), "give the new key another id")
        }
        other => Problem::NotRotated {
            file: shown.to_owned(),
            error: other,
        },
    }
}
