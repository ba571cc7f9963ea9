//! The outer shell, through the tests' world.
mod advised;
mod agreement;
mod config_file;
mod exchanges;
mod flags;
mod foretold;
mod forms;
mod globals;
mod histories;
mod inspect_batch;
mod issuers;
mod kinds;
mod minted;
mod mistakes;
mod opaque;
mod recorded;
mod secrets;
mod two_keys;
mod two_keys_shown;
mod verify_batch;

use clap::CommandFactory as _;
use insta::assert_snapshot;

use super::testing::Call;

#[test]
fn the_command_line_is_sound() {
    super::args::Cli::command().debug_assert();
}

#[test]
fn jwtsess_alone_says_what_to_type_first() {
    assert_snapshot!(Call::new(&[]).run(), @r"
    --- stderr
    jwtsess issues, explains, verifies and renews the tokens (JWTs) of login sessions.

    To begin, type:
      jwtsess issue --user alice    log alice in: prints a token
      jwtsess inspect TOKEN         explain the token
      jwtsess renew TOKEN           prolong the session: prints a fresh token

    All commands: jwtsess --help
    --- exit 2
    ");
}

#[test]
fn a_reader_that_went_away_is_no_failure_and_a_full_disk_is_one() {
    let decode = || Call::new(&["decode", "eyJhbGciOiJIUzI1NiJ9.e30.AA"]);
    let quiet = decode().stdout_fails(std::io::ErrorKind::BrokenPipe).run();
    assert_eq!(quiet.exit, 0, "{quiet}");
    let full = decode().stdout_fails(std::io::ErrorKind::StorageFull).run();
    assert_eq!(full.exit, 1, "{full}");
    assert!(
        full.stderr.contains("the output can't be written"),
        "{full}"
    );
}
