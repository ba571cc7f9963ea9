//! Programs: what they read and answer, how long they may take, and which variables they don't get.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::cli::testing::Folder;

/// A script that can be run.
fn script(folder: &Folder, text: &str) -> String {
    let path = folder.file("program", format!("#!/bin/sh\n{text}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path
}

fn input(length: usize) -> Secret {
    Secret::new(vec![b'x'; length])
}

#[test]
fn a_program_gets_its_argument_and_its_input_and_is_heard() {
    let folder = Folder::new();
    let program = script(&folder, "echo $1; wc -c; exit 3");
    let done = Programs::new(LIMIT)
        .run(&program, "get", &input(200_000))
        .unwrap();
    assert!(!done.is_success);
    let words = String::from_utf8(done.stdout.expose().to_vec()).unwrap();
    assert_eq!(
        words.split_whitespace().collect::<Vec<_>>(),
        ["get", "200000"]
    );
}

#[test]
fn a_program_that_reads_nothing_is_no_obstacle() {
    let folder = Folder::new();
    let program = script(&folder, "exit 0");
    let done = Programs::new(LIMIT)
        .run(&program, "store", &input(1 << 20))
        .unwrap();
    assert!(done.is_success && done.stdout.is_empty());
}

#[test]
fn a_program_that_does_not_finish_is_ended() {
    let folder = Folder::new();
    let forms = [
        // It answers nothing.
        "exec sleep 600",
        // It reads nothing, either, and what it started holds its streams.
        "sleep 5 & echo $$ > \"$0.pid\"; sleep 600",
        // It answers, and goes on.
        "echo said; exec >&-; echo $$ > \"$0.pid\"; exec sleep 600",
        // It ends, and leaves somebody behind who holds its output.
        "sleep 5 & exit 0",
    ];
    for form in forms {
        let program = script(&folder, form);
        let hurried = Programs::new(Duration::from_millis(300));
        let error = hurried.run(&program, "get", &input(1 << 20)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut, "{form}");
        let pid = folder.path().join("program.pid");
        if let Ok(pid) = std::fs::read_to_string(&pid) {
            let alive = std::path::Path::new("/proc").join(pid.trim());
            assert!(!alive.exists(), "{form}");
        }
        _ = std::fs::remove_file(pid);
    }
}

#[test]
fn secrets_stay_out_of_a_program_s_environment() {
    let programs = Programs::new(LIMIT);
    let known = programs.clone();
    known.hide("CI_PASSWORD");
    for reference in [
        "env:ONE",
        "base64:env:TWO",
        "env:",
        "env:A=B",
        "dotenv:.env#THREE",
        "raw:x",
    ] {
        known.hide_named(reference.as_ref());
    }
    let command = programs.command("docker-credential-x");
    let kept_out: Vec<_> = command.get_envs().collect();
    assert_eq!(kept_out.len(), SECRETS.len() + 4);
    for name in [
        "CI_PASSWORD",
        "ONE",
        "TWO",
        "JWTSESS_SECRET",
        "JWTSESS_CLIENT_SECRET",
        "JWTSESS_STORE",
    ] {
        assert!(kept_out.contains(&(name.as_ref(), None)), "{name}");
    }
}
