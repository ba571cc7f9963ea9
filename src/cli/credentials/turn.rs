//! Waits for a credential's lock, and takes what the one who has it leaves behind.
use std::time::Duration;

use super::Credential;
use super::file::CredentialFile;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::credential::CredentialError;
use crate::cli::world::Lock;

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// How the waiting ended.
pub(crate) enum Turn<T> {
    /// The lock is ours.
    Locked(Lock),
    /// What was looked for is there.
    Found(T),
}

/// Waits for the lock, and looks at the credential all the while. The wait starts anew whenever the credential changes: then others are at work, one after another.
///
/// # Errors
/// Nothing changed for so long, or the credential can't be read.
pub(crate) fn wait_for_turn<T>(
    file: &CredentialFile,
    patience: Duration,
    context: &mut Context<'_, '_>,
    look: &mut dyn FnMut(&Credential, &mut Context<'_, '_>) -> Option<T>,
) -> Result<Turn<T>, Problem> {
    let mut waited = Duration::ZERO;
    let mut seen: Option<Credential> = None;
    loop {
        if let Some(lock) = file.try_lock()? {
            return Ok(Turn::Locked(lock));
        }
        let credential = file.read(context)?;
        if let Some(found) = credential.as_ref().and_then(|one| look(one, context)) {
            return Ok(Turn::Found(found));
        }
        if credential != seen {
            waited = Duration::ZERO;
            seen = credential;
        }
        if waited >= patience {
            return Err(CredentialError::Busy(file.name.to_string()).into());
        }
        context.world.stopwatch.pause(PAUSE);
        waited += PAUSE;
    }
}
