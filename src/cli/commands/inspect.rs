//! `inspect`: explains a token. It never writes.
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::outcome::{Action, Inspection, JudgedToken, Outcome, PredictedAnswers};
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::judging::JudgingRequest;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::open_store::OpenStore;
use crate::cli::resolve::sessions::SessionStore;
use crate::cli::resolve::store::Missing;
use crate::cli::resolve::token::TokenPurpose;
use crate::core::emulator::{Credential, DatabaseView, Facts};
use crate::core::time::Timestamp;
use crate::session::service::opaque::{self, Recorded};
use crate::session::service::records::PriorLookup;

/// Runs `inspect`.
///
/// # Errors
/// The command line does not make sense, there is no token, or a key can't be read.
pub(crate) fn run(
    typed: &args::inspect::InspectArgs,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let call = Call::of(&typed.store.0, context)?.when_store_missing(Missing::Tell);
    let rules = call.named_profile();
    let token = resolve::token::read(&typed.token, TokenPurpose::Any, Some(&call), context)?;
    if !resolve::profile::is_a_servers(&token, context)? {
        resolve::agree::on_set(&context.globals.set, rules)?;
    }
    let mut subject = call.subject(token, context)?;
    let loaded = subject.keys(CallKeyFlags::of(&typed.key, &typed.refresh), context)?;
    // Both kinds are explained. Under a profile the rules for the token's own kind apply.
    let kind = rules.map(|rules| rules.kind_of(&subject.token));
    let policy = resolve::policy::policy(
        resolve::policy::kind_of(rules, &subject.token),
        rules,
        kind,
        &typed.checks,
        &typed.uses,
        &typed.key,
    )?;
    let request = JudgingRequest {
        token: &subject.token,
        profile: subject.rules(),
        by: subject.profile.by,
        loaded: &loaded,
        policy,
    };
    let now = context.now;
    let mut judged = judged(&request, subject.profile.record.as_ref(), now);
    (call.store).look(&mut judged, &subject.profile, subject.rules(), context)?;
    let is_blacklisted = judged.is_blacklisted(subject.rules());
    let database = match subject.rules().server {
        Some(_) => call.store.django(context)?,
        None => None,
    };
    let server = server_says(&request, is_blacklisted, database.as_ref(), now)?;
    Ok(Outcome {
        now,
        action: Action::Inspected(Box::new(Inspection { judged, server })),
    })
}

/// Judges a token, of which the store has said this.
#[must_use]
pub(super) fn judged(
    request: &JudgingRequest<'_>,
    known: PriorLookup<'_>,
    now: Timestamp,
) -> JudgedToken {
    let recorded = Recorded::of(request.token, known);
    match recorded {
        Some(_) if request.profile.opaque().is_some() => {
            let under = (request.profile, request.by);
            let leeway = request.policy.leeway;
            opaque::judged(request.token, recorded, under, leeway, now)
        }
        _ => request.judged(now),
    }
}

/// What the token's Django server would answer, whose database this is if it is known. `None` if the token is for no such server, or its key is not known.
///
/// # Errors
/// The server's database can't be read.
pub(super) fn server_says(
    request: &JudgingRequest<'_>,
    is_blacklisted: bool,
    database: Option<&OpenStore>,
    now: Timestamp,
) -> anyhow::Result<Option<PredictedAnswers>> {
    let token = &request.token;
    let profile = request.profile;
    let Some(server) = &profile.server else {
        return Ok(None);
    };
    let keys = request.loaded.keys().judging(token);
    let answers = |database: &DatabaseView<'_>| -> Option<Vec<_>> {
        let facts = Facts {
            keys,
            database,
            now,
        };
        let answer = |view| {
            let answer = server.answer(view, Credential::Token(token.text()), &facts);
            Some((view, answer.ok()?))
        };
        server.usual_views().into_iter().map(answer).collect()
    };
    let answers = SessionStore::with_database(database, profile, is_blacklisted, answers)?;
    Ok(answers.map(|answers| PredictedAnswers {
        profile: profile.name().to_owned(),
        answers,
        hazards: server.hazards(),
    }))
}

#[cfg(test)]
mod tests;
