//! `verify --as`: what a Django server would answer to a token that is sent to one of its views.
use serde_json::{Map, Value};

use crate::cli::args;
use crate::cli::args::check::{CheckFlags, UseFlags};
use crate::cli::args::key::KeyFlags;
use crate::cli::args::token::TokenFlags;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::error::token::TokenError;
use crate::cli::outcome::{Action, Outcome, Prediction, ProfileSource};
use crate::cli::paste;
use crate::cli::resolve;
use crate::cli::resolve::call::Call;
use crate::cli::resolve::judging::JudgingRequest;
use crate::cli::resolve::key::CallKeyFlags;
use crate::cli::resolve::sessions::SessionStore;
use crate::cli::resolve::token::TokenPurpose;
use crate::core::emulator::{self, DatabaseView, Emulator, Facts, View};
use crate::core::profile::Profile;
use crate::core::token::{DefectKind, Limits, Unverified};
use crate::session::flow::FlowError;

/// Runs `verify --as`.
///
/// # Errors
/// The profile is not for a Django server, its server has no such view, or there is no token or no key for the server's algorithm.
pub(crate) fn run(
    typed: &args::verify::VerifyArgs,
    view: View,
    context: &mut Context<'_, '_>,
) -> anyhow::Result<Outcome> {
    let call = Call::of(&typed.store.0, context)?;
    let limits = resolve::token::limits(&typed.token);
    let sent = RequestValue::read(&typed.token, view, &limits, context)?;
    resolve::token::refuse_secret(sent.token(), &sent.text).map_err(Problem::from)?;
    let token = Unverified::read(sent.token(), &limits);
    if call.named.is_none() {
        is_a_servers(&token, context)?;
    }
    let mut subject = call.subject(token, context)?;
    let (profile, token) = (subject.rules().clone(), &subject.token.clone());
    let by = (subject.profile.by != ProfileSource::Named).then(|| token.recognised().by.clone());
    let Some(server) = profile.server.as_deref() else {
        let message = format!("the profile {} is not a Django server's", profile.name());
        return Err(name_a_server(message, context)?.into());
    };
    if !server.views().contains(&view) {
        return Err(no_such_view(&profile, server).into());
    }
    if let Some(limit) = too_large(token) {
        return Err(Problem::from(TokenError::OverLimit { limit }).into());
    }
    let header = sent.header(view, server);
    let loaded = subject.keys(CallKeyFlags::of(&typed.key, &typed.refresh), context)?;
    let keys = loaded.keys();
    let now = context.now;
    let set = keys.judging(token);
    let posted = match &header {
        Some(header) => emulator::Credential::Header(header),
        None => emulator::Credential::Token(&sent.text),
    };
    let ask = |database: &DatabaseView<'_>| {
        let facts = Facts {
            keys: set,
            database,
            now,
        };
        server.answer(view, posted, &facts)
    };
    let policy = resolve::policy::policy(
        profile.kind_of(token),
        Some(&profile),
        None,
        &CheckFlags::default(),
        &UseFlags::default(),
        &KeyFlags::default(),
    )?;
    let mut judged = JudgingRequest {
        token,
        profile: &profile,
        by: subject.profile.by,
        loaded: &loaded,
        policy,
    }
    .judged(now);
    if !call.store.is_without() {
        (call.store).look(&mut judged, &subject.profile, &profile, context)?;
    }
    let is_blacklisted = judged.is_blacklisted(&profile);
    let database = call.store.django(context)?;
    let answer = SessionStore::with_database(database.as_ref(), &profile, is_blacklisted, ask)?
        .map_err(|error| Problem::Flow(FlowError::Unanswerable(error)))?;
    if let (Some(header), false) = (&header, sent.has_scheme()) {
        let scheme = header.strip_suffix(sent.token()).unwrap_or_default();
        context.say(&format!("sent as the header Authorization: {scheme}TOKEN"));
    }
    Ok(Outcome {
        now,
        action: Action::Foretold(Box::new(Prediction {
            judged,
            profile,
            by,
            view,
            answer,
        })),
    })
}

/// What is sent to the server: a header's value, or a field's.
struct RequestValue {
    text: String,
}

impl RequestValue {
    /// What was given, with no more taken off than a client takes off before it sends it: a final line end, and of a whole HTTP message or a JSON body
    /// what is not the value. With `--field` what stands around the token is taken off as by every command.
    fn read(
        flags: &TokenFlags,
        view: View,
        limits: &Limits,
        context: &mut Context<'_, '_>,
    ) -> anyhow::Result<Self> {
        if flags.field.is_some() {
            let token = resolve::token::read(flags, TokenPurpose::Any, None, context)?;
            let text = token.text().to_owned();
            return Ok(Self { text });
        }
        let given = resolve::token::text(flags, limits, context)?;
        let given = given.strip_suffix('\n').unwrap_or(&given);
        let given = given.strip_suffix('\r').unwrap_or(given);
        // Where a header is sent, and where a field; blacklisting is either.
        let fields: &[&str] = match view {
            View::Protected | View::Stateless => &["access", "access_token", "token"],
            View::Verify | View::SlidingRefresh => &["token", "access", "access_token"],
            View::Refresh | View::Blacklist => &["refresh", "refresh_token", "token"],
        };
        let body = serde_json::from_str::<Map<String, Value>>(paste::body(given)).ok();
        let sends_header = match view {
            View::Protected | View::Stateless => true,
            View::Blacklist => body.is_none(),
            View::Verify | View::Refresh | View::SlidingRefresh => false,
        };
        if let Some(header) = paste::authorization(given).filter(|_| sends_header) {
            context.say("the token was taken from the header Authorization");
            let text = header.to_owned();
            return Ok(Self { text });
        }
        let Some(body) = body else {
            let text = given.to_owned();
            return Ok(Self { text });
        };
        let found = fields
            .iter()
            .find_map(|field| Some((field, body.get(*field)?.as_str()?)));
        let Some((field, text)) = found else {
            return Err(Problem::from(TokenError::NoneFound).into());
        };
        context.say(&format!(
            "the token was taken from {field} of the given JSON"
        ));
        let text = text.to_owned();
        Ok(Self { text })
    }

    /// The token in it: the last word.
    fn token(&self) -> &str {
        let mut words = self.text.split_whitespace();
        words.next_back().unwrap_or_default()
    }
    fn has_scheme(&self) -> bool {
        self.text.contains(char::is_whitespace)
    }
    /// The header, if the view reads one: the given text, or the server's scheme and the token.
    fn header(&self, view: View, server: &dyn Emulator) -> Option<String> {
        match server.field(view) {
            Some(_) => None,
            None if self.has_scheme() => Some(self.text.clone()),
            None => Some(format!("{} {}", server.scheme(), self.text)),
        }
    }
}

/// Checks that the token has the marks of a Django server.
///
/// # Errors
/// It has not.
fn is_a_servers(token: &Unverified, context: &Context<'_, '_>) -> anyhow::Result<()> {
    if !resolve::profile::is_a_servers(token, context)? {
        let message = "the token does not say which Django server it is for".to_owned();
        return Err(name_a_server(message, context)?.into());
    }
    Ok(())
}

fn name_a_server(message: String, context: &Context<'_, '_>) -> anyhow::Result<Problem> {
    let file = resolve::profile::file(context)?;
    let is_django = |name: &String| {
        let model = file.model(name);
        model.is_some_and(|model| model.emulator.is_some())
    };
    let names: Vec<_> = file.names().into_iter().filter(is_django).collect();
    let hint = format!(
        "name the server's profile with --profile: {}",
        names.join(", ")
    );
    Ok(Problem::usage_with(message, hint))
}

fn no_such_view(profile: &Profile, server: &dyn Emulator) -> Problem {
    let names: Vec<_> = server.views().into_iter().map(View::name).collect();
    Problem::usage_with(
        format!(
            "the server of the profile {} has no such view",
            profile.name()
        ),
        format!("its views are: {}", names.join(", ")),
    )
}

/// The limit that the whole token exceeds. A server would still read a token that only exceeds the limits of its parts.
fn too_large(token: &Unverified) -> Option<usize> {
    token.defects.iter().find_map(|defect| match defect.kind {
        DefectKind::TooLarge(limit) if defect.part == "token" => Some(limit),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
