//! The recipes for a shell, in the README and in `docs/credentials.md`, are run, not trusted: each against a server of the test's own, as a script of a CI job is.
use std::process::{Command, Output, Stdio};

use crate::live::{PASSWORD, Server};
use crate::process::{PROGRAM, SECRET, TempDir};

const README: &str = include_str!("../../README.md");
const CREDENTIALS: &str = include_str!("../../docs/credentials.md");
/// The address that the recipes name.
const NAMED: &str = "https://staging.example";

/// The fenced blocks of a kind, below a heading of a text.
fn blocks(text: &str, heading: &str, kind: &str) -> Vec<String> {
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let fence = format!("\n```{kind}\n");
    let blocks: Vec<_> = section
        .split(&fence)
        .skip(1)
        .map(|rest| rest.split("\n```\n").next().unwrap().to_owned())
        .collect();
    assert!(!blocks.is_empty(), "{heading}: no block of {kind}");
    blocks
}

/// Runs a script as GitHub Actions runs one with `shell: bash`.
fn run(script: &str, server: &Server, home: &TempDir, variables: &[(&str, &str)]) -> Output {
    assert!(script.contains(NAMED), "{script}");
    let program = std::path::Path::new(PROGRAM);
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let script = script.replace(NAMED, &server.origin());
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script])
        .current_dir(home.path())
        .env_clear()
        .env("PATH", path)
        .env("HOME", home.path())
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_session_at_a_live_server_is_as_the_readme_has_it() {
    let blocks = blocks(README, "Against a live server", "sh");
    let (server, home) = (Server::new(), TempDir::new());
    // Where nobody can be asked, the password comes from here.
    let password = [("JWTSESS_PASSWORD", "env:TYPED"), ("TYPED", PASSWORD)];
    let output = run(&blocks[0], &server, &home, &password);
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{stdout}{stderr}");
    // curl and `request` print the same answer.
    assert_eq!(
        stdout.matches(r#"{"name":"alice"}"#).count(),
        2,
        "{stdout}{stderr}"
    );
    assert_eq!(server.ended(), 1, "{stderr}");
}

#[test]
fn a_ci_job_has_one_token_and_keeps_nothing() {
    let blocks = blocks(README, "Against a live server", "sh");
    let (server, home) = (Server::new(), TempDir::new());
    let script = format!("{}\nprintf '%s' \"$TOKEN\"", blocks[1]);
    let output = run(&script, &server, &home, &[("CI_PASSWORD", PASSWORD)]);
    let stdout = text(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    assert!(
        stdout.starts_with("eyJ") && stdout.matches('.').count() == 2,
        "{stdout}"
    );
    assert!(!text(&output.stderr).contains(&stdout));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    // A wrong password ends the job, and prints nothing.
    let output = run(&script, &server, &home, &[("CI_PASSWORD", "wrong")]);
    assert_eq!(
        (output.status.code(), &*output.stdout),
        (Some(8), &b""[..]),
        "{output:?}"
    );
}

#[test]
fn a_long_ci_job_has_a_session_that_ends_with_it() {
    let blocks = blocks(CREDENTIALS, "In CI", "sh");
    let (server, home) = (Server::new(), TempDir::new());
    let temporary = home.path().to_str().unwrap();
    let variables = [("CI_PASSWORD", PASSWORD), ("RUNNER_TEMP", temporary)];
    let output = run(&blocks[1], &server, &home, &variables);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(text(&output.stdout), r#"{"name":"alice"}"#, "{output:?}");
    assert_eq!(server.ended(), 1, "{output:?}");
    let left = std::fs::read_dir(home.path().join("credentials")).unwrap();
    let mut left = left.map(|entry| entry.unwrap().file_name());
    assert!(left.all(|name| name == "staging.json.lock"));
}

#[test]
fn a_ci_job_signs_its_own_token_as_the_readme_has_it() {
    let job = &blocks(README, "Secrets in CI", "yaml")[0];
    let job: serde_json::Value = read_job(job);
    let variable = |(name, value): (&String, &serde_json::Value)| {
        let value = value.as_str().unwrap();
        (
            name.clone(),
            value.replace("${{ secrets.SIGNING_KEY }}", SECRET),
        )
    };
    let variables: Vec<_> = job["env"]
        .as_object()
        .unwrap()
        .iter()
        .map(variable)
        .collect();
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let script = job["run"].as_str().unwrap();
    let (server, home) = (Server::new(), TempDir::new());
    let output = run(script, &server, &home, &variables);
    let stdout = text(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    assert!(stdout.starts_with("::add-mask::eyJ"), "{stdout}");
    assert!(stdout.ends_with(r#"{"name":"alice"}"#), "{stdout}");
    assert!(!format!("{output:?}").contains(SECRET));
    // Without the secret the job ends before anything is signed.
    let without: Vec<_> = variables
        .into_iter()
        .filter(|(name, _)| *name != "SIGNING_KEY")
        .collect();
    let output = run(script, &server, &home, &without);
    assert!(
        !output.status.success() && !text(&output.stdout).contains("eyJ"),
        "{output:?}"
    );
}

/// The variables and the script of a job, whose YAML is of the plainest.
fn read_job(text: &str) -> serde_json::Value {
    let (env, steps) = text.split_once("\nsteps:\n").unwrap();
    let variables = env.lines().skip(1).map(|line| {
        let (name, value) = line.trim().split_once(": ").unwrap();
        (name.to_owned(), value.trim_matches('"').into())
    });
    let variables: serde_json::Map<_, _> = variables.collect();
    let (_, script) = steps.split_once("run: |\n").unwrap();
    let script: Vec<_> = script.lines().map(str::trim_start).collect();
    serde_json::json!({"env": variables, "run": script.join("\n")})
}
