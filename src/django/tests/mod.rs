//! What a Django server's profile means to the rules that know no Django.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod minting;
mod record;
mod service;

use crate::core::profile::{BuiltIn, Profile};

fn builtin(name: &str) -> Profile {
    static BUILT_IN: BuiltIn = BuiltIn::new(super::emulator);
    BUILT_IN.copy(name).unwrap()
}

/// A built-in profile with changes, as `--set` makes them.
fn changed(name: &str, changes: &[(&str, &str)]) -> Profile {
    let servers = &super::SettingsReader;
    crate::core::profile::testing::changed_by(name, changes, servers, super::emulator).unwrap()
}
