//! `completions`: scripts that complete jwtsess's commands and flags in a shell.
use clap_complete::{generate, shells};
use clap_complete_nushell::Nushell;

use super::args::Shell;
use super::help;

/// The script for a shell.
#[must_use]
pub(crate) fn script(shell: Shell) -> Vec<u8> {
    let mut command = help::command(100);
    let (command, name, mut script) = (&mut command, "jwtsess", Vec::new());
    match shell {
        Shell::Bash => generate(shells::Bash, command, name, &mut script),
        Shell::Zsh => generate(shells::Zsh, command, name, &mut script),
        Shell::Fish => generate(shells::Fish, command, name, &mut script),
        Shell::Elvish => generate(shells::Elvish, command, name, &mut script),
        Shell::PowerShell => generate(shells::PowerShell, command, name, &mut script),
        Shell::Nushell => generate(Nushell, command, name, &mut script),
    }
    script
}
