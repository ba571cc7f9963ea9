//! What the environment gives the tests, and a note for each test that is left out without it.
use std::path::PathBuf;

/// Whether this is CI, where no suite is left out and everything is tried as often as is promised.
#[expect(
    clippy::disallowed_methods,
    reason = "whether it is CI is said in the environment"
)]
pub(super) fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|ci| ci == "true")
}

/// The path or address in this variable. Without it the test is left out, and has to return; where `CI` is `true` that is a failure.
#[expect(
    clippy::disallowed_methods,
    reason = "what the tests compare with is named in the environment: it is no part of the build"
)]
pub(super) fn given(variable: &str, what: &str) -> Option<PathBuf> {
    let given = std::env::var_os(variable).map(PathBuf::from);
    if given.is_none() {
        assert!(!is_ci(), "with CI=true, {variable} must be set to {what}");
        left_out(&format!("{variable} is not set to {what}"));
    }
    given
}

/// Notes that the test at hand does not run here, and why. The last line of `cargo test` tells it, because a test that returns counts as passed.
pub(super) fn left_out(why: &str) {
    let folder = notes();
    std::fs::create_dir_all(&folder).unwrap();
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a thread").replace("::", ".");
    std::fs::write(folder.join(test), why).unwrap();
}

/// Where the tests of one `cargo test` leave their notes: beside the test programs, under the number of the cargo that runs them.
pub(super) fn notes() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    #[cfg(unix)]
    let cargo = std::os::unix::process::parent_id();
    #[cfg(not(unix))]
    let cargo = 0;
    program.with_file_name("left-out").join(cargo.to_string())
}
