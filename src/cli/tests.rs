//! The outer shell, through the tests' world.
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
    jwtsess makes, explains, checks and prolongs the tokens (JWTs) of login sessions.

    Type first:
      jwtsess issue --user alice    log alice in: prints a token
      jwtsess inspect TOKEN         have it explained
      jwtsess renew TOKEN           prolong it: prints a fresh one

    All commands: jwtsess --help
    --- exit 2
    ");
}
