//! `token`: prints an access token that is good now, and lists the credentials.
use crate::cli::args::live::token::TokenArgs;
use crate::cli::context::Context;
use crate::cli::credentials::folder::CredentialFolder;
use crate::cli::error::Failure;
use crate::cli::outcome::live::{CredentialView, FreshToken};
use crate::cli::outcome::{Action, Outcome};
use crate::cli::resolve::live::fresh::{FreshRequest, obtain};
use crate::cli::resolve::live::tokens::renewal;
use crate::cli::resolve::live::{mask, profile_of, view};
use crate::session::credential::decide::TokenWish;

/// Runs `token`.
///
/// # Errors
/// No token is good for as long as was asked.
pub(crate) fn run(typed: &TokenArgs, context: &mut Context<'_, '_>) -> anyhow::Result<Outcome> {
    let folder = CredentialFolder::of(typed.keeping.credentials.as_deref(), context)?;
    if typed.list {
        let action = Action::CredentialsListed(list(&folder, context)?);
        return Ok(Outcome {
            now: context.now,
            action,
        });
    }
    let mask = mask::wanted(typed.mask.mask, context)?;
    let found = folder.choose(typed.name.as_ref(), None, context)?;
    let request = FreshRequest {
        wish: TokenWish {
            min_ttl: typed.min_ttl,
            refresh: typed.refresh,
            no_refresh: typed.no_refresh,
        },
        stale_ok: typed.stale_ok,
        keeping: &typed.keeping,
    };
    let fresh = obtain(found, &request, context)?;
    let token = FreshToken {
        view: fresh.view(),
        access: fresh.credential.tokens.access_token.clone(),
        source: fresh.source,
        exchange: fresh.exchange,
        scheme: fresh.reach.profile().scheme().to_owned(),
        form: typed.output,
    };
    mask::say(mask, &[&token.access], context);
    Ok(Outcome {
        now: context.now,
        action: Action::TokenGiven(Box::new(token)),
    })
}

/// Every credential. One that can't be read is told, and does not hide the others.
fn list(
    folder: &CredentialFolder,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Vec<CredentialView>> {
    let mut views = Vec::new();
    for name in folder.names()? {
        let file = folder.file(&name);
        let read = file.read(context).map_err(anyhow::Error::new);
        let shown = read.and_then(|credential| {
            let Some(credential) = credential else {
                return Ok(None);
            };
            let profile = profile_of(&credential, context)?;
            let renewal = renewal(&credential, &profile.profile);
            Ok(Some(view::of(&credential, renewal, Some(&file))))
        });
        match shown {
            Ok(view) => views.extend(view),
            Err(error) => context.warn(&format!("{name}: {}", Failure::from(&error).message)),
        }
    }
    Ok(views)
}

#[cfg(test)]
mod tests;
