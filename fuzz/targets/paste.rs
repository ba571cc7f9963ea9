//! Fuzzes what `tests/suite/invariants/paste.rs` asserts.
#![no_main]

#[path = "../../tests/suite/invariants/paste.rs"]
mod paste;

libfuzzer_sys::fuzz_target!(|data: &[u8]| paste::hold(data));
