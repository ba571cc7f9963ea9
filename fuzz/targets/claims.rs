//! Fuzzes what `tests/suite/invariants/claims.rs` asserts.
#![no_main]

#[path = "../../tests/suite/invariants/claims.rs"]
mod claims;

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::hold(data));
