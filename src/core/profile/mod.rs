//! Session models: the language that describes them, the built-in ones, and what a call goes by.
mod builtin;
mod claims;
mod keeping;
pub mod language;
mod model;
mod recognition;
mod settings;
#[cfg(test)]
pub mod testing;

pub use super::emulator::RotationMode;
pub use super::entropy::IdForm;
pub use super::token::{RecognisedModel, TokenKind, TokenKindEvidence, same_model, same_type};
#[cfg(test)]
pub use builtin::builtin;
pub use builtin::{BuiltIn, DEFAULT, canonical};
pub use language::builtin::NAMES as BUILTIN_NAMES;
pub use model::{LifetimeOverrides, MAX_LEEWAY, Profile, SessionMax};
pub use recognition::{has_a_mark, told, written};
pub use settings::SettingValue;
