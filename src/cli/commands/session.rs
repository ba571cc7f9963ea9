//! `session init`, `session list`, `session show`, `session purge`: makes the store, and says what it knows.
use crate::cli::args::session::{
    Init, SessionCommand, SessionListArgs, SessionPurgeArgs, SessionShowArgs,
};
use crate::cli::args::values::Name;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::sessions::{SessionDetail, SessionInit, SessionList, SessionPurge};
use crate::cli::outcome::{Action, Outcome};
use crate::cli::resolve::call::Call;
use crate::cli::resolve::sessions::typed_issuer;
use crate::session::store::{Listing, Lookup, PurgeSummary, Selection};

/// Runs `session init`, `session list`, `session show` and `session purge`.
///
/// # Errors
/// The store can't be read or written, or has no such session.
pub(crate) fn run(
    typed: &SessionCommand,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let action = match typed {
        SessionCommand::Init(typed) => Action::SessionStoreMade(init(typed, context)?),
        SessionCommand::List(typed) => Action::SessionsListed(list(typed, context)?),
        SessionCommand::Show(typed) => Action::SessionShown(Box::new(show(typed, context)?)),
        SessionCommand::Purge(typed) => Action::SessionsPurged(purge(typed, context)?),
    };
    Ok(Outcome {
        now: context.now,
        action,
    })
}

fn init(typed: &Init, context: &mut Context<'_, '_>) -> anyhow::Result<SessionInit> {
    let kept = Call::of(&typed.store, context)?.store;
    let place = kept.chosen().required("session init")?;
    Ok(SessionInit {
        was: place.init(typed.upgrade, context)?,
        store: place.shown.clone(),
    })
}

fn list(typed: &SessionListArgs, context: &mut Context<'_, '_>) -> anyhow::Result<SessionList> {
    let kept = Call::of(&typed.store.0, context)?.store;
    let place = kept.chosen().required("session list")?;
    let selection = Selection {
        user: typed.user.as_ref().map(|user| user.as_str().to_owned()),
        states: typed.state.iter().map(|state| (*state).into()).collect(),
        now: Some(context.now),
        ..Selection::default()
    };
    let Some(opened) = place.read(context)? else {
        return Ok(SessionList {
            store: None,
            found: Listing::default(),
        });
    };
    let found = opened.store().listing(&selection);
    Ok(SessionList {
        found: found.map_err(|error| opened.failed(error))?,
        store: Some(place.shown.clone()),
    })
}

fn show(typed: &SessionShowArgs, context: &mut Context<'_, '_>) -> anyhow::Result<SessionDetail> {
    let kept = Call::of(&typed.store.0, context)?.store;
    let place = kept.chosen().required("session show")?.clone();
    let issuer = typed.iss.as_ref().map(Name::as_str);
    let lookup = Lookup::session(typed.id.as_str(), typed_issuer(issuer, typed.no_iss));
    let family = kept.find(&lookup, context)?.ok_or(Problem::NoSuchSession)?;
    Ok(SessionDetail {
        store: place.shown,
        family,
    })
}

fn purge(typed: &SessionPurgeArgs, context: &mut Context<'_, '_>) -> anyhow::Result<SessionPurge> {
    let kept = Call::of(&typed.store, context)?.store;
    let place = kept.chosen().required("session purge")?;
    let opened = if typed.dry_run {
        place.read(context)?
    } else {
        place.write_if_there(context)?
    };
    let Some(opened) = opened else {
        return Ok(SessionPurge {
            store: None,
            rehearsed: typed.dry_run,
            purged: PurgeSummary::default(),
        });
    };
    // A clock set ahead would remove records that are still needed.
    let now = context.now.min(context.world.clock.now());
    let purged = opened.store().purge(now, typed.dry_run);
    Ok(SessionPurge {
        purged: purged.map_err(|error| opened.failed(error))?,
        store: Some(place.shown.clone()),
        rehearsed: typed.dry_run,
    })
}

#[cfg(test)]
mod tests;
