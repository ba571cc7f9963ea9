//! The built-in profiles, with the emulators that some of them name.
use crate::core::profile::BuiltIn;
use crate::django;

/// Each is made when it is first asked for.
pub(crate) static BUILT_IN: BuiltIn = BuiltIn::new(django::emulator);
