//! `verify --as`: what a Django server would answer to a token that is sent to one of its views.
use super::asked;
use super::judging::Request;
use super::kept::Kept;
use super::keys::Keys;
use crate::cli::args;
use crate::cli::args::check::{CheckFlags, UseFlags};
use crate::cli::args::key::KeyFlags;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::outcome::{Did, Foretold, Outcome};
use crate::cli::token_source::{TokenError, Wanted};
use crate::cli::{key_source, profiles, token_source};
use crate::config::file::all_names;
use crate::core::profile::{Profile, known, recognise};
use crate::core::server::{self, Database, Settings, View};
use crate::core::token::{DefectKind, Unverified};
use crate::session::flow::FlowError;

/// From what was typed to what came of it.
///
/// # Errors
/// The profile is no Django server, or its server has no such view; there is no token, or no key for the server's algorithm.
pub fn run(
    typed: &args::verify::Verify,
    view: View,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let named = profiles::named(context)?.map(|chosen| chosen.profile);
    let kept = Kept::of(&typed.store, context)?;
    let wanted = match view {
        View::View | View::Stateless | View::Verify => Wanted::Any,
        View::Refresh | View::SlidingRefresh | View::Blacklist => Wanted::ToRenew,
    };
    let token = token_source::read(&typed.token, wanted, context)?;
    let (profile, by) = match named {
        Some(profile) => (profile, None),
        None => of_token(&token, context)?,
    };
    let Some(settings) = &profile.server else {
        let message = format!("the profile {} is no Django server's", profile.name);
        return Err(name_a_server(message, context)?.into());
    };
    if !view.is_offered(settings) {
        return Err(no_such_view(&profile, settings).into());
    }
    if let Some(limit) = too_large(&token) {
        return Err(Problem::from(TokenError::OverLimit { limit }).into());
    }
    let loaded = key_source::given(&typed.key, context)?;
    let keys = Keys::of(&loaded);
    let now = context.now;
    let set = keys.judging(&token);
    let ask =
        |database: &Database<'_>| server::answer(settings, view, token.text(), set, database, now);
    let answer = kept
        .with_database(&profile, ask, context)?
        .map_err(|error| Problem::Flow(FlowError::Unanswerable(error)))?;
    let policy = asked::policy(
        profile.kind_of(&token),
        Some(&profile),
        None,
        &CheckFlags::default(),
        &UseFlags::default(),
        &KeyFlags::default(),
    )?;
    let judged = Request {
        token,
        profile: Some(profile.clone()),
        keys,
        policy,
    }
    .judged(now);
    Ok(Outcome {
        now,
        did: Did::Foretold(Box::new(Foretold {
            judged,
            profile,
            by,
            view,
            answer,
        })),
    })
}

/// The profile that the token is recognised as, and its mark.
///
/// # Errors
/// Nothing marks it as a Django server's.
fn of_token(
    token: &Unverified,
    context: &Context<'_, '_>,
) -> anyhow::Result<(Profile, Option<&'static str>)> {
    let recognised = recognise(token);
    if known(recognised.profile).is_none_or(|profile| profile.server.is_none()) {
        let message = "nothing in the token says which Django server it is for".to_owned();
        return Err(name_a_server(message, context)?.into());
    }
    let chosen = profiles::by_name(context, recognised.profile)?;
    Ok((chosen.profile, Some(recognised.by)))
}

fn name_a_server(message: String, context: &Context<'_, '_>) -> anyhow::Result<Problem> {
    let file = profiles::file(context)?;
    let is_django = |name: &String| {
        let chosen = file.profile(name).ok().flatten();
        chosen.is_some_and(|chosen| chosen.profile.server.is_some())
    };
    let names: Vec<_> = all_names(&file).into_iter().filter(is_django).collect();
    let hint = format!("name its profile with --profile: {}", names.join(", "));
    Ok(Problem::usage_with(message, hint))
}

fn no_such_view(profile: &Profile, settings: &Settings) -> Problem {
    let offered = View::ALL.iter().filter(|view| view.is_offered(settings));
    let names: Vec<_> = offered.map(|view| view.name()).collect();
    Problem::usage_with(
        format!(
            "the server of the profile {} has no such view",
            profile.name
        ),
        format!("it has: {}", names.join(", ")),
    )
}

/// The limit that the whole token is over. What is over the limits of its parts a server would read all the same.
fn too_large(token: &Unverified) -> Option<usize> {
    token.defects.iter().find_map(|defect| match defect.kind {
        DefectKind::TooLarge(limit) if defect.part == "token" => Some(limit),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
