//! The built-in profiles, as the build script has made them from `src/profiles`.
use super::model::Model;

/// What the build script writes: `NAMES`, `SOURCES`, each profile's own text, and `MODELS`, in the order in which they are listed.
#[cfg_attr(
    not(test),
    expect(
        clippy::wildcard_imports,
        reason = "a profile's constant may hold any value of the language"
    )
)]
mod made {
    use std::borrow::Cow;

    use crate::core::profile::language::entry::*;
    use crate::core::profile::language::forms::*;
    use crate::core::profile::language::kind::*;
    use crate::core::profile::language::mark::*;
    use crate::core::profile::language::model::*;
    use crate::core::profile::language::own::*;
    use crate::core::profile::language::request::*;
    use crate::core::profile::language::source::*;
    use crate::core::profile::language::value::*;
    use crate::core::time::Span;

    include!(concat!(env!("OUT_DIR"), "/profiles.rs"));
}

pub(crate) use made::NAMES;
pub use made::{MODELS, SOURCES};

/// Which of the built-in profiles has a name, as its own or as another one.
#[must_use]
pub(crate) fn position(name: &str) -> Option<usize> {
    let named = MODELS.iter().position(|model| model.name == name);
    let is_also = |model: &Model| model.aka.iter().any(|one| one == name);
    named.or_else(|| MODELS.iter().position(is_also))
}

/// A built-in profile's model, by its name or another name of it.
#[must_use]
pub fn model(name: &str) -> Option<&'static Model> {
    MODELS.get(position(name)?)
}
