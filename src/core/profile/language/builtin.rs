//! The built-in profiles, as the build script has made them from `src/profiles`.
use super::model::Model;

/// What the build script writes: `NAMES`, `SOURCES`, each profile's own text, and `MODELS`, in the order in which they are listed.
mod made {
    use std::borrow::Cow;

    use crate::core::profile::language::entry::{
        AnswerEntry, AnswerPlace, Entry, Item, Occasion, ValueForm,
    };
    use crate::core::profile::language::forms::{
        Csrf, Grace, KeptClaims, Life, RenewalLimit, Retirement,
    };
    use crate::core::profile::language::kind::TokenKind;
    use crate::core::profile::language::mark::{Condition, Mark, MarkPlace, Test};
    use crate::core::profile::language::model::{
        CheckRules, EmulatorSettings, Format, JsonStyle, KeySource, KindModel, KindSource, Live,
        Model, RenewRules, Reuse, RevocationReach, RevokeRules, RotateRules, SessionRules,
    };
    use crate::core::profile::language::own::ProfileDeclaration;
    use crate::core::profile::language::request::{
        ErrorMeaning, Placeholder, Request, RequestItem, Route, TextPiece,
    };
    use crate::core::profile::language::source::{AnswerSource, Constant, Fresh, Offset, Source};
    use crate::core::profile::language::value::{Plain, Setting, TextLine};
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
