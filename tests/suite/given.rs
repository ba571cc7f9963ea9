//! What the environment gives the tests: the peers and servers that are no part of the build.
use std::path::PathBuf;

/// Whether this is CI, where nothing is skipped and everything is tried as often as is promised.
#[expect(
    clippy::disallowed_methods,
    reason = "whether it is CI is said in the environment"
)]
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|ci| ci == "true")
}

/// The path in this variable. Without it a test says on standard error that it is skipped, and is to return; where `CI` is `true` that is a failure, so
/// that nothing is skipped unseen.
#[expect(
    clippy::disallowed_methods,
    reason = "what the tests compare with is named in the environment: it is no part of the build"
)]
pub fn given(variable: &str, what: &str) -> Option<PathBuf> {
    let given = std::env::var_os(variable).map(PathBuf::from);
    if given.is_none() {
        assert!(!is_ci(), "{variable} has to name {what} where CI is true");
        eprintln!("skipped: {variable} names no {what}");
    }
    given
}
