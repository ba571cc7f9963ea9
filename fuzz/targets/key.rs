//! Fuzzes what `tests/suite/invariants/key.rs` asserts.
#![no_main]

#[path = "../../tests/suite/invariants/key.rs"]
mod key;

libfuzzer_sys::fuzz_target!(|data: &[u8]| key::hold(data));
