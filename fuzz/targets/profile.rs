//! Fuzzes what `tests/suite/invariants/profile.rs` asserts.
#![no_main]

#[path = "../../tests/suite/invariants/profile.rs"]
mod profile;

libfuzzer_sys::fuzz_target!(|data: &[u8]| profile::hold(data));
