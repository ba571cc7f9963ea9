//! The members with which `--summary` counts the tokens of a batch.
use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::outcome::batch::Tally;

#[derive(Serialize)]
pub(super) struct SummaryJson {
    tokens: u64,
    accepted: u64,
    refused: u64,
    by_verdict: BTreeMap<&'static str, u64>,
    by_kid: BTreeMap<String, u64>,
    by_iss: BTreeMap<String, u64>,
}

pub(super) fn summary(tally: Tally) -> SummaryJson {
    let groups = tally.groups.unwrap_or_default();
    SummaryJson {
        tokens: tally.tokens,
        accepted: tally.tokens - tally.refused,
        refused: tally.refused,
        by_verdict: groups.by_verdict,
        by_kid: groups.by_kid,
        by_iss: groups.by_iss,
    }
}
