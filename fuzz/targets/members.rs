//! Fuzzes what `tests/suite/invariants/members.rs` asserts.
#![no_main]

#[path = "../../tests/suite/invariants/members.rs"]
mod members;

libfuzzer_sys::fuzz_target!(|data: &[u8]| members::hold(data));
