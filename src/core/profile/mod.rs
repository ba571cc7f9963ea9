//! Session models as data: which claims a token has and in which order, how long it lives, and what renewing changes.
mod builtin;
mod change;
mod keeping;
pub mod language;
mod model;
mod recognition;

pub use super::emulator::Rotation;
pub use super::entropy::IdForm;
pub use super::token::{Kind, Recognised, Told, same_model, same_type};
#[cfg(test)]
pub use builtin::builtin;
pub use builtin::{BUILTIN_NAMES, BuiltIn, DEFAULT, canonical};
pub use change::{ChangeError, SettingShown};
pub use model::{
    Checks, Content, Keeping, Lifetimes, MAX_LEEWAY, Profile, Renewal, SessionMax, Shape, Slot,
};
pub use recognition::{has_a_mark, told};
