//! The stacks behind the door: each package, with its settings, as an emulator.
mod common;
mod drf_jwt;
mod simplejwt;

use std::any::Any;

use super::settings::DjangoSettings;
use crate::core::emulator::Emulator;

pub(super) use drf_jwt::DrfJwt;
pub(super) use simplejwt::SimpleJwt;

/// The settings of an emulator that is one of these stacks.
pub(super) fn settings_of(emulator: &dyn Emulator) -> Option<&DjangoSettings> {
    let emulator: &dyn Any = emulator;
    let simplejwt = emulator
        .downcast_ref::<SimpleJwt>()
        .map(SimpleJwt::settings);
    simplejwt.or_else(|| emulator.downcast_ref::<DrfJwt>().map(DrfJwt::settings))
}
