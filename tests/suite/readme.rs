//! The README is checked, not trusted: its console blocks are run, as are those of `docs/`, and its tables are the code's.
//!
//! All blocks of a file run in one shell, in order, in an empty home; a `$ ` line is a command, what follows is what it prints on stdout and stderr together. In an
//! expected line `…` stands for what differs from run to run (a token, an id, part of a path): one or more characters without white space, at the end of a line
//! with a blank before it for the rest of that line. A line that is `…` alone stands for lines that are left out. A `toml` block that begins with `# PATH` is
//! written to that path.
//! `http://localhost:8000` is a server of that home's files.
//! `$ cargo` lines are `.ci/run`'s to run, and blocks that show one are not run here.
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use jwtsess::internals::cli::exit::Exit;
use jwtsess::internals::core::emulator::Cause;
use jwtsess::internals::core::profile::language::vocabulary;
use jwtsess::internals::core::verdict::{Class, Reason};

use crate::http::serve;
use crate::process::TempDir;

const README: &str = include_str!("../../README.md");

/// A command of a console block, and what it is said to print.
#[derive(Debug, PartialEq)]
struct Step {
    command: String,
    output: String,
}

/// The steps of each fenced `console` block, and of each file that is shown.
fn steps(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let (mut inside, mut file) = (false, None);
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
            if let Some(command) = file.take().filter(|command: &String| !command.is_empty()) {
                steps.push(Step {
                    command: command + "END",
                    output: String::new(),
                });
            }
            file = (line == "```toml").then(String::new);
        } else if let Some(command) = &mut file {
            if let Some(path) = line.strip_prefix("# ").filter(|_| command.is_empty()) {
                _ = writeln!(
                    command,
                    "mkdir -p \"$(dirname {path})\"; cat > {path} <<'END'"
                );
            } else if !command.is_empty() {
                _ = writeln!(command, "{line}");
            }
        } else if !inside {
        } else if let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step {
                command: command.to_owned(),
                output: String::new(),
            });
        } else if let Some(step) = steps.last_mut() {
            if step.command.ends_with('\\') && step.output.is_empty() {
                step.command.push('\n');
                step.command.push_str(line);
            } else {
                step.output.push_str(line);
                step.output.push('\n');
            }
        }
    }
    steps
}

/// Whether `actual` is what `expected` says, line by line; a line `…` stands for one or more lines.
fn fits(expected: &str, actual: &str) -> bool {
    let expected: Vec<&str> = expected.lines().collect();
    let actual: Vec<&str> = actual.lines().collect();
    lines_fit(&expected, &actual)
}

fn lines_fit(expected: &[&str], actual: &[&str]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((&"…", rest)) => (1..=actual.len()).any(|lines| lines_fit(rest, &actual[lines..])),
        Some((first, rest)) => actual
            .split_first()
            .is_some_and(|(line, others)| line_fits(first, line) && lines_fit(rest, others)),
    }
}

fn line_fits(expected: &str, actual: &str) -> bool {
    let Some((before, rest)) = expected.split_once('…') else {
        return expected == actual;
    };
    let Some(behind) = actual.strip_prefix(before) else {
        return false;
    };
    if rest.is_empty() && before.ends_with(' ') {
        return !behind.is_empty();
    }
    let run = behind.find(char::is_whitespace).unwrap_or(behind.len());
    (1..=run)
        .filter(|end| behind.is_char_boundary(*end))
        .any(|end| line_fits(rest, &behind[end..]))
}

/// Runs the commands in one shell; what each printed.
fn run(steps: &[&Step], home: &TempDir) -> Vec<String> {
    const END: &str = "\u{1}end of step\u{1}";
    let mut script = String::new();
    for step in steps {
        // A brace group runs in this shell, so that a variable is there for the next step, as it is at a terminal; and so is `$?`.
        _ = writeln!(
            script,
            "{{ {}\n}} 2>&1; status=$?; printf '%s\\n' '{END}'; (exit $status)",
            step.command
        );
    }
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_jwtsess"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let output = Command::new("sh")
        .arg("-c")
        .arg(&script)
        .current_dir(home.path())
        .env_clear()
        .env("PATH", path)
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut printed: Vec<String> = printed
        .split(&format!("{END}\n"))
        .map(str::to_owned)
        .collect();
    assert_eq!(printed.pop().as_deref(), Some(""), "the shell ended early");
    printed
}

/// Runs a file's console blocks, of which it has at least so many steps. What the blocks write, a server on this machine gives to who asks for it.
fn prints_what_it_says(name: &str, text: &str, least: usize) {
    let home = Arc::new(TempDir::new());
    let served = Arc::clone(&home);
    let server = serve(move |path| std::fs::read(served.path().join(path.trim_matches('/'))).ok());
    let here = format!("http://localhost:{}", server.port());
    let steps = steps(&text.replace("http://localhost:8000", &here));
    let steps: Vec<&Step> = steps
        .iter()
        .filter(|step| !step.command.starts_with("cargo "))
        .collect();
    assert!(steps.len() >= least, "{name}: {}", steps.len());
    let printed = run(&steps, &home);
    assert_eq!(printed.len(), steps.len());
    for (step, printed) in steps.iter().zip(printed) {
        assert!(
            fits(&step.output, &printed),
            "{name}: $ {}\n--- it says:\n{}\n--- it prints:\n{printed}",
            step.command,
            step.output
        );
    }
}

#[test]
fn the_console_blocks_print_what_they_say() {
    prints_what_it_says("README.md", README, 30);
    let django = include_str!("../../docs/django.md");
    prints_what_it_says("docs/django.md", django, 15);
}

#[test]
fn a_console_block_that_lies_is_found() {
    let table = [
        ("eyJ….….…\n", "eyJh.b-c.d_e\n", true),
        ("eyJ…\n", "eyJ\n", false),
        ("eyJ…\n", "eyJa b\n", false),
        ("a … c\n", "a b d\n", false),
        ("a\n", "a\nb\n", false),
        ("", "a\n", false),
        ("a…\n", "a\n", false),
        ("a …\n", "a b c\n", true),
        ("a …\n", "a \n", false),
        ("a\n…\nd\n", "a\nb\nc\nd\n", true),
        ("a\n…\nd\n", "a\nd\n", false),
        ("…\n", "", false),
    ];
    for (expected, actual, is_so) in table {
        assert_eq!(fits(expected, actual), is_so, "{expected:?} {actual:?}");
    }
    let readme = "```console\n$ A=1 \\\n  ; echo $A\n1\n$ echo $A $?; false\n1 0\n$ echo $?\n1\n```\n```\n$ no\n```\n";
    let steps = steps(readme);
    assert_eq!(steps.len(), 3);
    let printed = run(&steps.iter().collect::<Vec<_>>(), &TempDir::new());
    let expected: Vec<&str> = steps.iter().map(|step| step.output.as_str()).collect();
    assert_eq!(printed, expected);
}

/// The cells of the table under a heading, header and rule left out.
fn table(heading: &str) -> Vec<Vec<String>> {
    let (_, behind) = README
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("the README has no heading {heading}"));
    behind
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            let line = line.trim_matches('|');
            line.split('|').map(|cell| cell.trim().to_owned()).collect()
        })
        .collect()
}

#[test]
fn the_table_of_exit_statuses_is_the_code() {
    let listed = table("## Exit status");
    let status = |exit: &Exit| vec![exit.code().to_string(), exit.meaning().to_owned()];
    let expected: Vec<Vec<String>> = Exit::ALL.iter().map(status).collect();
    assert_eq!(listed, expected);
}

#[test]
fn the_order_in_which_findings_decide_is_the_code() {
    let mut classes: Vec<Class> = Reason::ALL.iter().map(|reason| reason.class()).collect();
    classes.sort_unstable();
    classes.dedup();
    // A command line that makes no sense is never carried out.
    let statuses = std::iter::once(Exit::Usage).chain(classes.into_iter().map(Exit::from));
    let statuses: Vec<String> = statuses.map(|exit| exit.code().to_string()).collect();
    let sentence = format!(
        "If there are several findings, the first of {} decides.",
        statuses.join(", ")
    );
    assert!(README.contains(&sentence), "{sentence}");
}

#[test]
fn the_table_of_reason_codes_is_the_code() {
    let listed: Vec<(String, String)> = table("## Reason codes")
        .into_iter()
        .map(|row| (row[0].trim_matches('`').to_owned(), row[1].clone()))
        .collect();
    let reasons = Reason::ALL
        .iter()
        .map(|reason| (reason.code(), reason.class()));
    let causes = Cause::OWN.iter().map(|cause| (cause.code(), cause.class()));
    let expected: Vec<(String, String)> = reasons
        .chain(causes)
        .map(|(code, class)| (code.to_owned(), Exit::from(class).code().to_string()))
        .collect();
    assert_eq!(listed, expected);
}

/// The words with which an error's code is made, in the source of the errors.
fn error_codes() -> std::collections::BTreeSet<String> {
    let sources = [
        include_str!("../../src/cli/error/mod.rs"),
        include_str!("../../src/cli/error/key.rs"),
        include_str!("../../src/cli/error/token.rs"),
        include_str!("../../src/cli/error/failure.rs"),
        include_str!("../../src/cli/error/net.rs"),
        include_str!("../../src/cli/error/live.rs"),
        include_str!("../../src/cli/error/credential.rs"),
    ];
    let mut codes = std::collections::BTreeSet::new();
    for source in sources {
        let source = source.split("\nmod tests {").next().unwrap();
        for start in ["Failure::new(", " new(", "\nnew(", "other("] {
            let made = source.split(start).skip(1);
            let quoted =
                made.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'));
            codes.extend(quoted.map(|(code, _)| code.to_owned()));
        }
    }
    codes
}

#[test]
fn the_table_of_error_codes_is_the_code() {
    let reasons: Vec<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    let mut expected = error_codes();
    assert!(expected.contains("store_not_kept") && expected.contains("usage"));
    expected.retain(|code| !reasons.contains(&code.as_str()));
    let listed = table("### Error codes");
    let listed = listed.iter().map(|row| row[0].trim_matches('`').to_owned());
    assert_eq!(listed.collect::<std::collections::BTreeSet<_>>(), expected);
}

#[test]
fn the_reference_of_the_language_has_every_key_of_it_and_no_other() {
    let reference = include_str!("../../docs/profiles.md");
    let (_, keys) = reference.split_once("\n## Keys of a profile\n").unwrap();
    let rows = keys
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let mut listed = Vec::new();
    for (key, _) in rows {
        match key.strip_prefix("KIND.") {
            None => listed.push(key.to_owned()),
            Some(name) => {
                listed.extend(["access", "refresh", "id"].map(|kind| format!("{kind}.{name}")));
            }
        }
    }
    let mut known: Vec<String> = vocabulary::keys().map(str::to_owned).collect();
    listed.sort();
    known.sort();
    assert_eq!(listed, known);
}
