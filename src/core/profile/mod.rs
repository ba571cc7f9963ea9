//! Session models: the language that describes them, the built-in ones, and what a call goes by.
mod builtin;
mod claims;
mod keeping;
pub(crate) mod language;
mod model;
mod reading;
mod recognition;
mod settings;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use super::emulator::RotationMode;
#[cfg(test)]
pub(crate) use super::entropy::IdForm;
pub(crate) use super::token::{RecognisedModel, TokenKind, same_type};

pub use builtin::BuiltIn;
#[cfg(test)]
pub(crate) use builtin::builtin;
pub(crate) use builtin::{DEFAULT, canonical};
pub(crate) use language::builtin::NAMES as BUILTIN_NAMES;
#[cfg(test)]
pub(crate) use model::LifetimeOverrides;
pub use model::Profile;
pub(crate) use model::SessionMax;
pub(crate) use model::{MAX_LEEWAY, SessionBound};
pub(crate) use reading::is_told_by;
pub(crate) use recognition::{fits, has_a_mark, same_model, told, written};
