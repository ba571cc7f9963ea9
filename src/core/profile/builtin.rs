//! The built-in profiles, as a call goes by them.
use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use super::language::builtin::{MODELS, NAMES, model, position};
use super::model::Profile;
use crate::core::emulator::Emulators;
use crate::core::token::RecognisedModel;

/// The profile that `issue` uses if none is named.
pub(crate) const DEFAULT: &str = "sliding";

/// Turns another name of a built-in profile, such as a package's, into the profile's own, and returns any other name unchanged.
#[must_use]
pub(crate) fn canonical(name: &str) -> &str {
    model(name).map_or(name, |model| model.name.as_ref())
}

/// The built-in profiles, each made when it is first asked for.
#[derive(Debug)]
pub struct BuiltIn {
    emulators: Emulators,
    /// In the order of [`NAMES`].
    made: [OnceLock<Option<Box<Profile>>>; NAMES.len()],
}

impl BuiltIn {
    /// The built-in profiles, with what finds the emulators that some of them name. A profile whose emulator is not found is left out.
    #[must_use]
    pub const fn new(emulators: Emulators) -> Self {
        Self {
            emulators,
            made: [const { OnceLock::new() }; NAMES.len()],
        }
    }

    /// A copy of a built-in profile, found by name, for changing.
    #[must_use]
    pub fn copy(&self, name: &str) -> Option<Profile> {
        self.known(name).cloned()
    }

    /// A built-in profile, found by name.
    #[must_use]
    pub fn known(&self, name: &str) -> Option<&Profile> {
        let at = position(name)?;
        let make = || Profile::of(Cow::Borrowed(MODELS.get(at)?), self.emulators).map(Box::new);
        self.made.get(at)?.get_or_init(make).as_deref()
    }

    /// The built-in profile of the model that a token is recognised as.
    #[must_use]
    pub fn of_model(&self, recognised: &RecognisedModel) -> Cow<'_, Profile> {
        static NONE: LazyLock<Profile> = LazyLock::new(Profile::default);
        let known = self.known(&recognised.profile).unwrap_or_else(|| &NONE);
        known.ending_as_guessed(recognised)
    }
}

/// A built-in profile that needs no emulator.
#[cfg(test)]
#[must_use]
pub(crate) fn builtin(name: &str) -> Option<Profile> {
    BuiltIn::new(|_| None).copy(name)
}
