//! Sessions, as the store knows them: data without words.
use super::Changed;
use crate::session::family::State;

/// What the store knows of a token's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The session's id.
    pub id: String,
    /// What it is.
    pub state: SeenState,
    /// Which of its generations the token is, where it is recorded.
    pub generation: Option<u32>,
    /// How many were recorded.
    pub generations: u32,
    /// The store, as it is said; none where none was asked.
    pub store: Option<String>,
}

/// A session's state, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenState {
    /// The store knows it.
    Known(State),
    /// The store does not know it.
    Unknown,
}

impl SeenState {
    /// The stable word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Known(state) => state.name(),
            Self::Unknown => "unknown",
        }
    }
}

impl Seen {
    /// That it was changed in the store, and how to get at what was not delivered.
    #[must_use]
    pub fn changed(&self, how: &str) -> Changed {
        Changed {
            what: format!("session {} {how}", self.id),
            recovery: format!(
                "its current tokens are issued again by jwtsess rotate --session {}",
                self.word()
            ),
        }
    }
    /// Its id where a shell takes it as it is, to be copied; else a word for it.
    #[must_use]
    pub fn word(&self) -> &str {
        let plain = |one: char| one.is_ascii_alphanumeric() || "._-".contains(one);
        let fits = self.id.len() <= 64
            && self
                .id
                .starts_with(|first: char| first.is_ascii_alphanumeric())
            && self.id.chars().all(plain);
        if fits { &self.id } else { "ID" }
    }
}
