//! The settings of a profile's emulated server, checked by their reader.
use super::settings::names::INSTALLED_APPS;
use super::settings::{DjangoSettings, Stack};
use crate::core::emulator::SettingError;
use crate::core::profile::language::emulator::{ServerSettings, SettingRefusal};

/// Reads the settings of every server that a profile may name.
#[derive(Clone, Copy, Debug)]
pub struct SettingsReader;

impl Stack {
    /// The stack of an emulator's name.
    #[must_use]
    pub(super) fn of_emulator(emulator: &str) -> Self {
        match emulator {
            "drf-jwt 1.19" => Self::DrfJwt,
            "drf-jwt 1.11" => Self::DrfJwtLegacy,
            _ => Self::SimpleJwt,
        }
    }
}

impl ServerSettings for SettingsReader {
    fn names(&self, emulator: &str) -> Vec<&'static str> {
        Stack::of_emulator(emulator).names()
    }

    fn refusal(&self, emulator: &str, name: &str, value: &str) -> Option<SettingRefusal> {
        let mut settings = DjangoSettings::defaults(Stack::of_emulator(emulator));
        match settings.set(name, value) {
            Ok(()) => None,
            // The legacy package has no app of its own. A profile of it that starts from the fork's takes the fork's app away so.
            Err(_)
                if (settings.stack, name, value) == (Stack::DrfJwtLegacy, INSTALLED_APPS, "[]") =>
            {
                None
            }
            Err(SettingError::Unknown { .. }) => Some(SettingRefusal::Unknown),
            Err(error) => Some(SettingRefusal::Because(error.to_string())),
        }
    }
}
