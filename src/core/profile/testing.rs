//! A built-in profile with changes, as `--set` makes them, for tests.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::borrow::Cow;

use super::Profile;
use super::language::builtin::SOURCES;
use super::language::mistake::Mistake;
use super::language::resolve::Profiles;
use super::language::set;
use crate::core::emulator::Emulators;
use crate::core::profile::language::emulator::{ServerSettings, SettingRefusal};

/// No server is emulated here.
struct NoServers;

impl ServerSettings for NoServers {
    fn names(&self, _: &str) -> Vec<&'static str> {
        Vec::new()
    }
    fn refusal(&self, _: &str, _: &str, _: &str) -> Option<SettingRefusal> {
        None
    }
}

/// A profile without an emulated server, or what is wrong with the changes.
pub(crate) fn changed(name: &str, changes: &[(&str, &str)]) -> Result<Profile, Vec<Mistake>> {
    changed_by(name, changes, &NoServers, |_| None)
}

/// A profile, or what is wrong with the changes.
pub(crate) fn changed_by(
    name: &str,
    changes: &[(&str, &str)],
    servers: &dyn ServerSettings,
    emulators: Emulators,
) -> Result<Profile, Vec<Mistake>> {
    let read = |(key, value): &(&str, &str)| set::change(key, value, &|_| None);
    let changes = changes.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let profiles = Profiles {
        builtin: &SOURCES,
        own: &[],
        servers,
    };
    let model = profiles.model(
        SOURCES.iter().find(|own| own.name == name).unwrap(),
        &changes,
        Vec::new(),
    )?;
    Ok(Profile::of(Cow::Owned(model), emulators).unwrap())
}
