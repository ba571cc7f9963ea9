//! Sessions as JSON.
use serde::Serialize;

use crate::cli::outcome::sessions::Seen;

#[derive(Serialize)]
pub(super) struct SeenShown {
    id: String,
    state: &'static str,
    generation: Option<u32>,
    store: Option<String>,
}

pub(super) fn seen(seen: &Seen) -> SeenShown {
    SeenShown {
        id: seen.id.clone(),
        state: seen.state.name(),
        generation: seen.generation,
        store: seen.store.clone(),
    }
}
