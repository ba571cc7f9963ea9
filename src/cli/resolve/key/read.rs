//! Reads the file, pipe or standard input that holds a key, and warns if other users may use the file.
use std::ffi::OsStr;
use std::path::Path;

use super::misplaced::ReferenceUse;
use crate::cli::context::Context;
use crate::cli::echo;
use crate::cli::error::Problem;
use crate::cli::error::key::{KeyError, KeyProblem};
use crate::cli::world::{self, FileError, Guard, InputError, World};
use crate::core::keyfile::MAX_KEY_FILE;
use crate::core::secret::Secret;

/// Builds the error of a place.
pub(super) fn at<P: Into<KeyProblem>>(place: &str) -> impl Fn(P) -> Problem + '_ {
    move |problem| {
        Problem::Key(KeyError {
            place: place.to_owned(),
            problem: problem.into(),
        })
    }
}

/// The content of a file or standard input.
pub(super) struct SourceContent {
    pub(super) content: Secret,
    pub(super) guard: Guard,
    pub(super) place: String,
}

/// Reads a file, a pipe or standard input. `prefix` comes before its path as it was given.
pub(super) fn read(
    path: &OsStr,
    asked: ReferenceUse<'_>,
    prefix: &str,
    context: &mut Context<'_, '_>,
) -> Result<SourceContent, Problem> {
    let by = asked.by.to_string();
    if World::is_stdin(path) {
        let place = "standard input".to_owned();
        return match context.world.stdin.take(&by, MAX_KEY_FILE) {
            Ok(content) => Ok(SourceContent {
                content,
                guard: Guard::default(),
                place,
            }),
            Err(InputError::TooLarge { limit }) => Err(at(&place)(FileError::TooLarge { limit })),
            Err(InputError::Unreadable(words)) => Err(at(&place)(KeyProblem::Unreadable(words))),
            Err(twice @ InputError::Twice { .. }) => Err(twice.into()),
        };
    }
    let place = echo::file(path, &by);
    match world::read(Path::new(path), MAX_KEY_FILE) {
        Ok(content) => Ok(SourceContent {
            content: content.bytes,
            guard: content.guard,
            place,
        }),
        // The value is too long for a path, or holds characters that no path can.
        Err(FileError::Missing | FileError::Other(_)) if echo::path(path).is_none() => {
            Err(asked.is_no_path(prefix, path, context))
        }
        Err(error) => Err(at(&place)(error)),
    }
}

/// Warns if other users can use a key file. Whoever can write it can make jwtsess accept their tokens; whoever can read a private key can sign tokens.
pub(crate) fn warn_of_others(
    place: &str,
    guard: Guard,
    private: bool,
    context: &mut Context<'_, '_>,
) {
    if guard.writable_by_others {
        context.warn_once(&format!(
            "other users can change {place} and so choose the key: run chmod go-w on the file"
        ));
    }
    if private && guard.readable_by_others {
        context.warn_once(&format!(
            "other users can read {place} and sign tokens with its key: run chmod go-r on the file"
        ));
    }
}
