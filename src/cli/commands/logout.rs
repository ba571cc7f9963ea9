//! `logout`: ends a session at its server, and takes the credential away.
use crate::cli::args::live::logout::LogoutArgs;
use crate::cli::context::Context;
use crate::cli::credentials::Credential;
use crate::cli::credentials::file::CredentialFile;
use crate::cli::credentials::folder::{CredentialFolder, FoundCredential};
use crate::cli::credentials::turn::{Turn, wait_for_turn};
use crate::cli::error::credential::CredentialError;
use crate::cli::error::live::LiveProblem;
use crate::cli::error::{Failure, Problem};
use crate::cli::outcome::live::{LoggedOut, Logout, Removal, ServerLogout};
use crate::cli::outcome::{Action, Outcome};
use crate::cli::resolve::live::fresh::{FreshRequest, obtain};
use crate::cli::resolve::live::tokens::{self, renewal, session};
use crate::cli::resolve::live::{Reach, may_change, patience, profile_of, view};
use crate::cli::resolve::profile;
use crate::cli::world::Lock;
use crate::core::profile::language::model::RevocationReach;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::Span;
use crate::net::error::NetError;
use crate::net::live::error::{LiveError, Operation};
use crate::net::live::logs_out_by;
use crate::session::credential::decide::{Renewal, TokenWish};

/// Runs `logout`.
///
/// # Errors
/// The server did not end a session: its credential is kept.
pub(crate) fn run(typed: &LogoutArgs, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let folder = CredentialFolder::of(typed.keeping.credentials.as_deref(), context)?;
    if !typed.forget && !typed.dry_run {
        may_change(&typed.keeping, context)?;
    }
    let names = if typed.all {
        folder.names()?
    } else {
        vec![folder.choose_name(typed.name.as_ref(), None, context)?]
    };
    let mut logout = Logout {
        ended: Vec::new(),
        removed: Vec::new(),
        rehearsed: typed.dry_run,
    };
    let mut failed = None;
    for name in names {
        let done = if typed.forget {
            forget(&folder.file(&name), typed, &mut logout, context)
        } else {
            let found = folder.choose(Some(&name), None, context);
            let ended = found.map_err(Into::into);
            ended
                .and_then(|found| end(found, typed, context))
                .map(|one| logout.ended.push(one))
        };
        // The others are ended all the same; the last failure decides.
        if let Some(earlier) = done.err().and_then(|error| failed.replace(error)) {
            let told = Failure::from(&earlier).message;
            context.warn(&told);
        }
    }
    if let Some(error) = failed {
        let done = if typed.forget { "taken away" } else { "ended" };
        let ended = logout.ended.iter().map(|one| &one.view.name);
        for name in ended.chain(logout.removed.iter().map(|one| &one.name)) {
            context.say(&format!("{name} was {done}"));
        }
        return Err(error);
    }
    Ok(Outcome {
        now: context.now,
        action: Action::LoggedOut(Box::new(logout)),
    })
}

/// Takes a credential away without asking its server: also one that can't be read, or whose profile or helper is gone.
fn forget(
    file: &CredentialFile,
    typed: &LogoutArgs,
    logout: &mut Logout,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<()> {
    let terms = file.read_terms(context);
    if matches!(terms, Ok(None)) {
        return Err(Problem::from(CredentialError::Missing(file.name.to_string())).into());
    }
    let terms = terms.ok().flatten();
    let lock = if typed.dry_run {
        None
    } else {
        Some(locked(file, typed, context)?)
    };
    let read = file.read(context);
    if lock.is_some()
        && let Some(problem) = file.remove_unread(terms.as_ref())?
    {
        context.warn(&format!(
            "{problem}: the tokens may still be there, under the name {}",
            file.name
        ));
    }
    drop(lock);
    match read {
        Ok(None) => {}
        Ok(Some(credential)) => {
            let profile = profile_of(&credential, context);
            let profile = profile.or_else(|_| profile::by_name(context, "plain"))?;
            let what_renews = renewal(&credential, &profile.profile);
            logout.ended.push(LoggedOut {
                view: view::of(&credential, what_renews, Some(file)),
                server: None,
            });
        }
        Err(problem) => logout.removed.push(Removal {
            name: file.name.to_string(),
            kept_in: file.place(),
            origin: terms.map(|terms| terms.server.address.origin().to_string()),
            why: problem.to_string(),
        }),
    }
    Ok(())
}

/// The lock on a credential, when it is this call's turn.
fn locked(
    file: &CredentialFile,
    typed: &LogoutArgs,
    context: &mut Context<'_, '_>,
) -> Result<Lock, Problem> {
    let patience = patience(&typed.keeping.net);
    match wait_for_turn::<()>(file, patience, context, &mut |_, _| None)? {
        Turn::Locked(lock) => Ok(lock),
        Turn::Found(()) => Err(Problem::usage("another process ended it")),
    }
}

fn end(
    found: FoundCredential,
    typed: &LogoutArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<LoggedOut> {
    let reach = Reach::of(&found.credential, &typed.keeping, context)?;
    let what_renews = renewal(&found.credential, reach.profile());
    if typed.dry_run {
        return Ok(LoggedOut {
            view: view::of(&found.credential, what_renews, Some(&found.file)),
            server: None,
        });
    }
    let by_access = logs_out_by(reach.profile()) == Some(TokenKind::Access);
    let (found, is_over) = if by_access && what_renews == Renewal::RefreshToken {
        authorised(found, typed, context)?
    } else {
        (found, false)
    };
    let FoundCredential { file, credential } = found;
    let mut reach = Reach::of(&credential, &typed.keeping, context)?;
    let lock = locked(&file, typed, context)?;
    // Whoever had the lock may have refreshed the tokens.
    let credential = file.read(context)?.unwrap_or(credential);
    let server = if is_over {
        ServerLogout {
            kinds: dead(Vec::new(), &credential, reach.profile()),
            already: true,
            exchange: None,
        }
    } else {
        reach.load_secrets(&credential, context)?;
        let kept = session(&credential.tokens);
        let ended = reach.ask(&credential.server, context, |live, _| live.logout(&kept));
        let ended = ended.map_err(|error| failed(no_endpoint(error)))?;
        ServerLogout {
            kinds: dead(ended.kinds, &credential, reach.profile()),
            already: ended.already,
            exchange: ended.exchanges.into_iter().next_back(),
        }
    };
    file.remove(&credential)?;
    drop(lock);
    Ok(LoggedOut {
        view: view::of(&credential, what_renews, Some(&file)),
        server: Some(server),
    })
}

/// With an access token that is good, where a session is ended by its access token: one that has expired would be refused, and the refresh token would live on. Returns
/// also whether the session is over already.
fn authorised(
    found: FoundCredential,
    typed: &LogoutArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<(FoundCredential, bool)> {
    let (file, before) = (found.file.clone(), found.credential.clone());
    let request = FreshRequest {
        wish: TokenWish {
            min_ttl: Span::from_seconds(1),
            refresh: false,
            no_refresh: false,
        },
        stale_ok: false,
        keeping: &typed.keeping,
    };
    match obtain(found, &request, context) {
        Ok(fresh) => Ok((fresh.into_found(), false)),
        Err(error) if is_over(&error) => {
            let credential = file.read(context)?.unwrap_or(before);
            Ok((FoundCredential { file, credential }, true))
        }
        Err(error) => Err(error),
    }
}

fn is_over(error: &anyhow::Error) -> bool {
    let problem = error.downcast_ref::<Problem>();
    matches!(
        problem,
        Some(Problem::Credential(CredentialError::LoginRequired { .. }))
    )
}

/// The kinds of tokens that no longer open anything. What a server was told to end may live on: services verify a JWT by themselves (RFC 7009 §3), and
/// whoever ends a session with its access token ends what renews it.
fn dead(told: Vec<TokenKind>, credential: &Credential, profile: &Profile) -> Vec<TokenKind> {
    let is_oauth = credential.server.oauth.is_some();
    let ends_session = matches!(
        profile.ends(),
        RevocationReach::Session | RevocationReach::User
    );
    let of_session = !is_oauth && profile.is_pair() && ends_session;
    let mut dead = if of_session {
        vec![TokenKind::Refresh, TokenKind::Access]
    } else {
        told
    };
    let is_jwt = tokens::read(&credential.tokens.access_token).is_some();
    if (of_session || is_oauth && is_jwt) && !profile.model.revoke.access_at_once {
        dead.retain(|kind| *kind != TokenKind::Access);
    }
    dead
}

/// A server that ended nothing. Whoever can't wait for it may do without.
fn failed(error: LiveError) -> Problem {
    let is_unanswered = match &error {
        LiveError::Net(error) => !matches!(error, NetError::Offline { .. } | NetError::Proxy(_)),
        LiveError::Refused(refusal) => refusal.code == "server_failed",
        _ => false,
    };
    let advice = is_unanswered.then(|| {
        "the credential is kept: try again; to take it away without asking the server: --forget"
            .to_owned()
    });
    Problem::Live(LiveProblem { error, advice })
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
