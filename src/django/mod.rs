//! Everything that knows Django: what its JWT packages read, write and answer, their settings, and their tables as a store.
//!
//! Profiles reach the first by [`emulator`], commands the last by [`tables`].
mod oracle;
mod reader;
mod settings;
mod stack;
pub(crate) mod tables;

use std::sync::Arc;

use crate::core::emulator::Emulator;
use settings::{DjangoSettings, Stack};
use stack::{DrfJwt, SimpleJwt};

pub use reader::SettingsReader;

/// Finds a stack by the name that profiles give it, with the settings that its package comes with.
#[must_use]
pub fn emulator(name: &str) -> Option<Arc<dyn Emulator>> {
    Some(match name {
        SimpleJwt::PAIR => Arc::new(SimpleJwt::new(
            DjangoSettings::defaults(Stack::SimpleJwt),
            false,
        )),
        SimpleJwt::PAIR_5_3 => {
            let settings = DjangoSettings {
                is_5_3: true,
                ..DjangoSettings::defaults(Stack::SimpleJwt)
            };
            Arc::new(SimpleJwt::new(settings, false))
        }
        SimpleJwt::NINJA => {
            let settings = DjangoSettings {
                is_5_3: true,
                is_ninja: true,
                ..DjangoSettings::defaults(Stack::SimpleJwt)
            };
            Arc::new(SimpleJwt::new(settings, false))
        }
        SimpleJwt::SLIDING => Arc::new(SimpleJwt::new(
            DjangoSettings::defaults(Stack::SimpleJwt),
            true,
        )),
        DrfJwt::FORK => Arc::new(DrfJwt::new(DjangoSettings::defaults(Stack::DrfJwt))),
        DrfJwt::LEGACY => Arc::new(DrfJwt::new(DjangoSettings::defaults(Stack::DrfJwtLegacy))),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
