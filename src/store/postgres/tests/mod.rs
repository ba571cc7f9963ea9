//! The adapter against a real server: the one that `JWTSESS_POSTGRES` names (`.ci/postgres` starts one).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod broken;
pub(crate) mod given;
mod login;
mod many;
mod tables;

use given::TestSchema;

crate::session::store::tests::contract!({
    let Some(given) = TestSchema::new() else {
        return;
    };
    move || Box::new(given.open()) as crate::session::store::tests::StoreHandle
});
