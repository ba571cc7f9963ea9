//! What a Django server would answer: `answer` in `verify --as`, and `server` in `inspect`.
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::raw::agreed;
use crate::cli::outcome::PredictedAnswers;
use crate::cli::render::screen::FRESH;
use crate::cli::render::words;
use crate::core::emulator::{self, Cause, View};

#[derive(Serialize)]
pub(super) struct AnswerJson {
    view: &'static str,
    status: u16,
    headers: BTreeMap<&'static str, String>,
    body: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<&'static str>,
    not_checked: Vec<&'static str>,
    minted: Vec<PlannedTokenJson>,
}

/// What a token would say that the server would mint.
#[derive(Serialize)]
struct PlannedTokenJson {
    field: &'static str,
    header: Option<Box<RawValue>>,
    payload: Option<Box<RawValue>>,
}

pub(super) fn answer(view: View, answer: &emulator::Answer) -> AnswerJson {
    let text = answer
        .body
        .as_ref()
        .map(|body| body.text(&vec![FRESH; answer.minted.len()]));
    let body = text.as_deref().and_then(agreed);
    let challenge = answer
        .headers
        .iter()
        .map(|(name, value)| (*name, value.clone()));
    AnswerJson {
        view: view.name(),
        status: answer.status,
        headers: challenge
            .chain([("Content-Type", answer.content_type.to_owned())])
            .collect(),
        body_text: text.filter(|_| body.is_none()),
        body,
        exception: match answer.cause {
            Some(Cause::ServerError(exception)) => Some(exception),
            _ => None,
        },
        not_checked: answer.not_checked.iter().map(|what| what.code()).collect(),
        minted: answer.minted.iter().map(minted).collect(),
    }
}

fn minted(minted: &emulator::PlannedToken) -> PlannedTokenJson {
    PlannedTokenJson {
        field: minted.field,
        header: agreed(&minted.plan.header),
        payload: agreed(&minted.plan.payload_text(&mut |_| FRESH.to_owned())),
    }
}

/// A Django server's answers in short.
#[derive(Serialize)]
pub(super) struct PredictionsJson {
    profile: String,
    answers: Vec<AnswerSummaryJson>,
    hazards: Vec<HazardJson>,
}

#[derive(Serialize)]
struct AnswerSummaryJson {
    view: &'static str,
    status: u16,
    verdict: &'static str,
    not_checked: Vec<&'static str>,
}

#[derive(Serialize)]
struct HazardJson {
    code: &'static str,
    message: &'static str,
}

pub(super) fn server(says: &PredictedAnswers) -> PredictionsJson {
    let short = |(view, answer): &(emulator::View, emulator::Answer)| AnswerSummaryJson {
        view: view.name(),
        status: answer.status,
        verdict: answer.cause.map_or("valid", Cause::code),
        not_checked: answer.not_checked.iter().map(|what| what.code()).collect(),
    };
    let hazard = |hazard: &emulator::Hazard| HazardJson {
        code: hazard.code(),
        message: words::hazard(*hazard),
    };
    PredictionsJson {
        profile: says.profile.clone(),
        answers: says.answers.iter().map(short).collect(),
        hazards: says.hazards.iter().map(hazard).collect(),
    }
}
