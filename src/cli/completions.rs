//! `completions`: scripts that complete jwtsess's commands and flags in a shell, and in bash, zsh and fish the names of profiles, settings, sessions and credentials.
use std::fmt::Write as _;

use clap_complete::{generate, shells};
use clap_complete_nushell::Nushell;

use super::args::Shell;
use super::help;

/// The values that a script asks jwtsess itself for.
struct LiveValues {
    /// The flag that takes them.
    flag: &'static str,
    /// The name of the script's function.
    function: &'static str,
    /// The commands that print them, one a line.
    lists: &'static str,
    /// The commands that take one as their argument.
    commands: &'static [&'static str],
    /// How zsh's line of that argument begins.
    argument: &'static str,
}

const LIVE: [LiveValues; 4] = [
    LiveValues {
        flag: "profile",
        function: "_jwtsess_profiles",
        lists: "jwtsess profile list 2>/dev/null | cut -d ' ' -f 1",
        commands: &[],
        argument: "",
    },
    LiveValues {
        flag: "set",
        function: "_jwtsess_settings",
        lists: "for profile in pair simplejwt drf-jwt; do jwtsess profile show \"$profile\" 2>/dev/null; done | sed -n 's/^\\([A-Za-z][A-Za-z0-9_.]*\\) = .*/\\1=/p' | sort -u",
        commands: &[],
        argument: "",
    },
    LiveValues {
        flag: "session",
        function: "_jwtsess_sessions",
        lists: "jwtsess session list 2>/dev/null | sed -e 1d -e 's/ .*//'",
        commands: &["session show"],
        argument: "':id -- ",
    },
    LiveValues {
        flag: "credential",
        function: "_jwtsess_credentials",
        lists: "jwtsess token --list 2>/dev/null | cut -d ' ' -f 1",
        commands: &["token", "logout"],
        argument: "'::name -- The credential ",
    },
];

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
    let live: fn(&str) -> String = match shell {
        Shell::Bash => bash,
        Shell::Zsh => zsh,
        Shell::Fish => fish,
        _ => return script,
    };
    live(&String::from_utf8_lossy(&script)).into_bytes()
}

/// Completes the values in bash: the case of each flag, and the argument of some commands.
fn bash(script: &str) -> String {
    let mut out = functions();
    let (mut live, mut inside): (Option<&LiveValues>, _) = (None, "");
    for line in script.lines() {
        let trimmed = line.trim();
        if line.starts_with("        jwtsess") {
            inside = trimmed;
        }
        match live.take() {
            Some(LiveValues { function, flag, .. }) if trimmed.starts_with("COMPREPLY=") => {
                let indent = &line[..line.len() - trimmed.len()];
                // What follows the `=` of a setting is its value.
                let open = if *flag == "set" {
                    "compopt -o nospace; "
                } else {
                    ""
                };
                _ = writeln!(
                    out,
                    "{indent}{open}COMPREPLY=($(compgen -W \"$({function})\" -- \"${{cur}}\"))"
                );
                continue;
            }
            _ => {}
        }
        let of_line = |one: &&LiveValues| trimmed == format!("--{})", one.flag);
        live = LIVE.iter().find(of_line);
        // The generator does not name the argument.
        match line.strip_suffix('"') {
            Some(opts) if trimmed.starts_with("opts=") => match taken_by(inside) {
                Some(one) => _ = write!(out, "{opts} $({})\"", one.function),
                None => out.push_str(line),
            },
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// What the command of a case of bash takes as its argument.
fn taken_by(case: &str) -> Option<&'static LiveValues> {
    let is_its = |command: &&str| {
        let words = command.replace(' ', "__subcmd__");
        case == format!("jwtsess__subcmd__{words})")
    };
    LIVE.iter().find(|one| one.commands.iter().any(&is_its))
}

/// Each list as a function of the shell.
fn functions() -> String {
    let function =
        |LiveValues {
             function, lists, ..
         }: &LiveValues| format!("{function}() {{\n    {lists}\n}}\n");
    LIVE.iter().map(function).collect::<String>() + "\n"
}

/// Completes the values in zsh: the action of each flag, and of the argument of some commands.
fn zsh(script: &str) -> String {
    const BEFORE: &str = "(( $+functions[_jwtsess_commands] ))";
    let mut out = String::new();
    for line in script.lines() {
        if line.starts_with(BEFORE) {
            for LiveValues {
                function,
                lists,
                flag,
                ..
            } in &LIVE
            {
                let suffix = if *flag == "set" { "-S '' " } else { "" };
                _ = write!(
                    out,
                    "{function}() {{\n    local -a found=(${{(f)\"$({lists})\"}})\n    compadd {suffix}-a found\n}}\n\n"
                );
            }
        }
        let of_line = |one: &&LiveValues| {
            let is_its = line.contains(&format!("--{}=[", one.flag)) && line.contains(":_default'");
            is_its || !one.argument.is_empty() && line.starts_with(one.argument)
        };
        match LIVE.iter().find(of_line) {
            Some(one) => out.push_str(&line.replace(":_default'", &format!(":{}'", one.function))),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// Completes the values in fish, which has no such functions: the lists stand behind the flags.
fn fish(script: &str) -> String {
    const PARSED: &str = "global_optspecs) -- $cmd 2>/dev/null";
    let mut out = String::new();
    let mut parsed = false;
    for line in script.lines() {
        out.push_str(line);
        // Its `argparse` fails on a flag that still lacks its value, before a command just as after one: that is when the value is asked for.
        if std::mem::replace(&mut parsed, line.ends_with(PARSED)) && line == "    or return" {
            out.push_str(" 0");
        }
        let of_line = |one: &&LiveValues| {
            line.contains(&format!(" -l {} ", one.flag)) && line.ends_with(" -r")
        };
        if let Some(one) = LIVE.iter().find(of_line) {
            let lists = match one.flag {
                "set" => {
                    "for profile in pair simplejwt drf-jwt; jwtsess profile show $profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u"
                }
                _ => one.lists,
            };
            _ = write!(out, " -f -a \"({})\"", lists.replace('$', "\\$"));
        }
        out.push('\n');
    }
    for LiveValues {
        lists, commands, ..
    } in &LIVE
    {
        for command in *commands {
            let using = command.replacen(' ', "; and __fish_seen_subcommand_from ", 1);
            _ = writeln!(
                out,
                "complete -c jwtsess -n \"__fish_jwtsess_using_subcommand {using}\" -f -a \"({lists})\""
            );
        }
    }
    out
}
