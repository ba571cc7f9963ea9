//! Predicts exactly what a real Django server would answer to a token: status, body and the tokens that it would mint.
//!
//! There are three stacks, each read from source and compared with running servers: simplejwt 5.5.1 and drf-jwt 1.19.2 with `PyJWT` 2.15.1, and
//! djangorestframework-jwt 1.11.0 with `PyJWT` 1.7.1. They read tokens less strictly than we do, so this module has its own reader. It only predicts an answer
//! and never accepts a token.
mod drf_jwt;
mod lookup;
mod plan;
mod pyjwt;
mod python;
mod response;
mod simplejwt;

use super::settings::{DjangoSettings, Stack, micros};
use crate::core::emulator::{
    Answer, Body, Cause, Credential, DatabaseFact, DatabaseView, Facts, Unanswerable, View,
};
use crate::core::key::KeySet;
use crate::core::time::Timestamp;
use response::{AnswerDraft, Stop, detail};

pub(super) use lookup::named_by;
pub(super) use plan::{LoginToken, OutOfRange, PyClaim, login_claims};
pub(super) use response::ERROR_PAGE;

/// Whether the stack has this view.
pub(super) const fn is_offered(view: View, settings: &DjangoSettings) -> bool {
    match (settings.stack, view) {
        (Stack::SimpleJwt, _) | (_, View::Protected | View::Verify | View::Refresh) => true,
        (Stack::DrfJwt, View::Blacklist) => settings.blacklist_app,
        _ => false,
    }
}

/// Predicts the server's answer to what is sent to a view.
pub(super) fn answer(
    settings: &DjangoSettings,
    view: View,
    sent: Credential<'_>,
    facts: &Facts<'_>,
) -> Result<Answer, Unanswerable> {
    if !is_offered(view, settings) {
        return Err(Unanswerable::NoSuchView);
    }
    let token = match sent {
        Credential::Token(token) => Some(token),
        Credential::Header(header) => credentials(settings, header),
    };
    let Some(token) = token else {
        let text = if settings.is_ninja {
            "Unauthorized"
        } else {
            "Authentication credentials were not provided."
        };
        let response = AnswerDraft::refused(401, detail(text, None), Cause::Request);
        return Ok(response.into_answer(settings, Vec::new()));
    };
    let mut request = ViewRequest {
        settings,
        keys: facts.keys,
        database: facts.database,
        now: facts.now,
        not_checked: Vec::new(),
    };
    let ended = match settings.stack {
        Stack::SimpleJwt => request.simplejwt(view, token),
        Stack::DrfJwt => request.drf_jwt(view, token),
        Stack::DrfJwtLegacy => request.legacy(view, token),
    };
    let response = match ended {
        Ok(response) | Err(Stop::Answered(response)) => response,
        Err(Stop::NoKey(algorithm)) => return Err(Unanswerable::NoKey(algorithm)),
    };
    Ok(response.into_answer(settings, request.not_checked))
}

/// The text after the scheme in a header, if the scheme is one of the server's. Each stack decides that in its own way (simplejwt 5.5.1 `get_raw_token`,
/// drf-jwt 1.19.2 `get_token_from_authorization_header`, djangorestframework-jwt 1.11.0 `get_jwt_value`).
fn credentials<'h>(settings: &DjangoSettings, header: &'h str) -> Option<&'h str> {
    // RFC 9110 §5.5: blanks around a header's value are not part of it.
    let header = header.trim_matches([' ', '\t']);
    if settings.is_ninja {
        // `HttpBearer` of django-ninja, which knows one scheme whatever the settings say.
        let (scheme, rest) = header.split_once(' ').unwrap_or((header, ""));
        return scheme.eq_ignore_ascii_case("bearer").then_some(rest);
    }
    let (scheme, rest) = match settings.stack {
        Stack::DrfJwt => header.split_once(' ')?,
        Stack::SimpleJwt | Stack::DrfJwtLegacy => {
            let header = header.trim_start_matches(is_header_space);
            header.split_at(header.find(is_header_space).unwrap_or(header.len()))
        }
    };
    let is_ours = settings
        .header_types
        .iter()
        .any(|one| match settings.stack {
            Stack::SimpleJwt => one == scheme,
            Stack::DrfJwt | Stack::DrfJwtLegacy => one.to_lowercase() == scheme.to_lowercase(),
        });
    is_ours.then_some(rest)
}

/// One request: what the answer is computed from, and what could not be checked.
struct ViewRequest<'a> {
    settings: &'a DjangoSettings,
    keys: &'a KeySet,
    database: &'a DatabaseView<'a>,
    now: Timestamp,
    not_checked: Vec<DatabaseFact>,
}

impl ViewRequest<'_> {
    fn unchecked(&mut self, what: DatabaseFact) {
        if !self.not_checked.contains(&what) {
            self.not_checked.push(what);
        }
    }
    /// The leeway in seconds, as a float like Python's.
    fn leeway_seconds(&self) -> f64 {
        python::total_seconds(micros(self.settings.leeway))
    }
}

/// Cleans a posted text as Django REST framework's `CharField` does: it strips white space at both ends, and refuses an empty text and null characters.
fn posted<'a>(field: &'static str, text: &'a str) -> Result<&'a str, Stop> {
    let trimmed = text.trim_matches(python::is_space);
    let problem = if trimmed.is_empty() {
        "This field may not be blank."
    } else if trimmed.contains('\0') {
        "Null characters are not allowed."
    } else {
        return Ok(trimmed);
    };
    let body = format!("{{\"{field}\":[\"{problem}\"]}}");
    Err(AnswerDraft::refused(400, Body::json(body), Cause::Request).into())
}

/// The white space at which Python splits a header.
fn is_header_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

#[cfg(test)]
mod tests;
