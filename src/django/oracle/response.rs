//! The answers that all stacks make in the same way, and why a request goes no further.
use super::python::{PyValue, rendered};
use crate::core::algorithm::Algorithm;
use crate::core::emulator::{Answer, Body, Cause, DatabaseFact, PlannedToken};
use crate::django::settings::{DjangoSettings, Stack};

/// The page that Django itself sends with a 500, when `DEBUG` is off and the project has no template for it.
pub(in crate::django) const ERROR_PAGE: &str = "
<!doctype html>
<html lang=\"en\">
<head>
  <title>Server Error (500)</title>
</head>
<body>
  <h1>Server Error (500)</h1><p></p>
</body>
</html>
";

/// Makes `{"detail":text}`, with a `code` if there is one.
pub(super) fn detail(text: &str, code: Option<&str>) -> Body {
    let code = code.map_or(String::new(), |code| format!(",\"code\":\"{code}\""));
    Body::json(format!("{{\"detail\":{}{code}}}", string(text)))
}

/// Makes `{"non_field_errors":[text]}`.
pub(super) fn non_field_error(text: &str) -> Body {
    Body::json(format!("{{\"non_field_errors\":[{}]}}", string(text)))
}

/// A text as the answers write it: JSON in UTF-8.
pub(super) fn string(text: &str) -> String {
    rendered(&PyValue::str(text))
}

/// An answer before the parts that all answers share are added.
#[derive(Debug)]
pub(super) struct AnswerDraft {
    status: u16,
    body: Option<Body>,
    cause: Option<Cause>,
    minted: Vec<PlannedToken>,
}

impl AnswerDraft {
    pub(super) fn done(status: u16, body: Body, minted: Vec<PlannedToken>) -> Self {
        Self {
            status,
            body: Some(body),
            cause: None,
            minted,
        }
    }
    pub(super) fn refused(status: u16, body: Body, cause: Cause) -> Self {
        Self {
            status,
            body: Some(body),
            cause: Some(cause),
            minted: Vec::new(),
        }
    }
    pub(super) fn crash(exception: &'static str) -> Self {
        Self {
            status: 500,
            body: None,
            cause: Some(Cause::ServerError(exception)),
            minted: Vec::new(),
        }
    }
    pub(super) fn into_answer(
        self,
        settings: &DjangoSettings,
        not_checked: Vec<DatabaseFact>,
    ) -> Answer {
        let challenges = self.status == 401 && !settings.is_ninja;
        let challenge = challenges.then(|| ("WWW-Authenticate", settings.challenge()));
        let content_type = match (&self.body, settings.stack) {
            (Some(_), _) if settings.is_ninja => "application/json; charset=utf-8",
            (Some(_), _) => "application/json",
            (None, Stack::SimpleJwt) => "text/html; charset=utf-8",
            // This is the media type of a Django before version 5.
            (None, Stack::DrfJwt | Stack::DrfJwtLegacy) => "text/html",
        };
        Answer {
            status: self.status,
            content_type,
            body: if settings.is_ninja {
                self.body.map(Body::spaced)
            } else {
                self.body
            },
            headers: challenge.into_iter().collect(),
            cause: self.cause,
            not_checked,
            minted: self.minted,
        }
    }
}

/// Why a request goes no further: it has its answer, or a key is missing.
#[derive(Debug)]
pub(super) enum Stop {
    Answered(AnswerDraft),
    NoKey(Algorithm),
}

impl From<AnswerDraft> for Stop {
    fn from(response: AnswerDraft) -> Self {
        Self::Answered(response)
    }
}

impl Stop {
    pub(super) fn crash(exception: &'static str) -> Self {
        Self::Answered(AnswerDraft::crash(exception))
    }
}
