//! The built-in profiles, as the build script has made them from `src/profiles`.
use super::model::Model;
use super::own::Own;

/// What the build script writes: `NAMES`, `SOURCES`, each profile's own text, and `MODELS`, in the order in which they are listed.
mod made {
    use std::borrow::Cow;

    use crate::core::profile::language::entry::{Answer, AnswerPlace, At, Entry, Form, Item};
    use crate::core::profile::language::forms::{Csrf, Grace, Keeps, Life, Until, When};
    use crate::core::profile::language::kind::Kind;
    use crate::core::profile::language::mark::{Condition, Mark, Place, Test};
    use crate::core::profile::language::model::{
        Checks, Emulator, Ends, Format, JsonStyle, KeySource, KindModel, Live, Model, Renew, Reuse,
        Revoke, Rotate, Session, ToldBy,
    };
    use crate::core::profile::language::own::Own;
    use crate::core::profile::language::request::{Answered, Fill, Part, Piece, Request, Route};
    use crate::core::profile::language::source::{AnswerSource, Constant, Fresh, Offset, Source};
    use crate::core::profile::language::value::{Line, Plain, Setting};
    use crate::core::time::Span;

    include!(concat!(env!("OUT_DIR"), "/profiles.rs"));
}

pub use made::{MODELS, NAMES, SOURCES};

/// Which of the built-in profiles has a name, as its own or as another one.
#[must_use]
pub fn position(name: &str) -> Option<usize> {
    let named = MODELS.iter().position(|model| model.name == name);
    let is_also = |model: &Model| model.aka.iter().any(|one| one == name);
    named.or_else(|| MODELS.iter().position(is_also))
}

/// A built-in profile's model, by its name or another name of it.
#[must_use]
pub fn model(name: &str) -> Option<&'static Model> {
    MODELS.get(position(name)?)
}

/// A built-in profile's own text, by its name.
#[must_use]
pub fn source(name: &str) -> Option<&'static Own> {
    SOURCES.iter().find(|own| own.name == name)
}
