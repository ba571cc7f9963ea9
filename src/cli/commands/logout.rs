//! `logout`: ends a session at its server, and takes the credential away.
use crate::cli::args::live::logout::LogoutArgs;
use crate::cli::context::Context;
use crate::cli::credentials::folder::{CredentialFolder, FoundCredential};
use crate::cli::credentials::turn::{Turn, wait_for_turn};
use crate::cli::error::{Failure, Problem};
use crate::cli::outcome::live::{LoggedOut, Logout, ServerLogout};
use crate::cli::outcome::{Action, Outcome};
use crate::cli::resolve::live::tokens::{SentCookies, renewal};
use crate::cli::resolve::live::{Reach, may_change, patience, view};
use crate::net::live::error::{LiveError, Operation};

/// Runs `logout`.
///
/// # Errors
/// The server did not end a session: its credential is kept.
pub(crate) fn run(typed: &LogoutArgs, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let folder = CredentialFolder::of(typed.keeping.credentials.as_deref(), context)?;
    if !typed.forget && !typed.dry_run {
        may_change(&typed.keeping, context)?;
    }
    let mut ended = Vec::new();
    if typed.all {
        let mut failed = None;
        for name in folder.names()? {
            let one = folder
                .choose(Some(&name), None, context)
                .map_err(anyhow::Error::new)
                .and_then(|found| end(found, typed, context));
            match one {
                Ok(one) => ended.push(one),
                Err(error) => {
                    // The others are ended all the same; the first failure decides.
                    if let Some(earlier) = failed.replace(error) {
                        let told = Failure::from(&earlier).message;
                        context.warn(&told);
                    }
                }
            }
        }
        if let Some(error) = failed {
            for one in &ended {
                context.say(&format!("{} was ended", one.view.name));
            }
            return Err(error);
        }
    } else {
        let found = folder.choose(typed.name.as_ref(), None, context)?;
        ended.push(end(found, typed, context)?);
    }
    Ok(Outcome {
        now: context.now,
        action: Action::LoggedOut(Box::new(Logout {
            ended,
            rehearsed: typed.dry_run,
        })),
    })
}

fn end(
    found: FoundCredential,
    typed: &LogoutArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<LoggedOut> {
    let FoundCredential { file, credential } = found;
    let mut reach = Reach::of(&credential, &typed.keeping, context)?;
    let what_renews = renewal(&credential, reach.profile());
    if typed.dry_run {
        return Ok(LoggedOut {
            view: view::of(&credential, what_renews, Some(&file)),
            server: None,
        });
    }
    let patience = patience(&typed.keeping.net);
    let turn = wait_for_turn::<()>(&file, patience, context, &mut |_, _| None)?;
    let Turn::Locked(lock) = turn else {
        return Err(Problem::usage("another process ended it").into());
    };
    // Whoever had the lock may have refreshed the tokens.
    let credential = file.read(context)?.unwrap_or(credential);
    let server = if typed.forget {
        None
    } else {
        reach.load_secrets(&credential, context)?;
        let session = SentCookies::of(&credential.tokens);
        let kept = session.with(&credential.tokens);
        let ended = reach.ask(&credential.server, context, |live, _| live.logout(&kept));
        let ended = ended.map_err(|error| Problem::from(no_endpoint(error)))?;
        Some(ServerLogout {
            kinds: ended.kinds,
            already: ended.already,
            exchange: ended.exchanges.into_iter().next_back(),
        })
    };
    file.remove(&credential)?;
    drop(lock);
    Ok(LoggedOut {
        view: view::of(&credential, what_renews, Some(&file)),
        server,
    })
}

/// A server that does not know the address has no such route.
fn no_endpoint(error: LiveError) -> LiveError {
    match error {
        LiveError::Refused(refusal) if refusal.exchange.status == 404 => {
            LiveError::NoRoute(Operation::Logout)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
