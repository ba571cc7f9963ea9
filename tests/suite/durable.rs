//! What is answered has reached the disk: the system calls of whole processes, in their order. `JWTSESS_STRACE` names the tracer.
use std::process::Command;

use crate::given::given;
use crate::process::{SECRET, TempDir};

#[test]
fn a_change_is_on_the_disk_before_it_is_answered() {
    let Some(strace) = given("JWTSESS_STRACE", "the program strace") else {
        return;
    };
    let home = TempDir::new();
    let trace = home.path().join("trace");
    let run = |args: &[&str], changes: bool| {
        let ran = Command::new(&strace)
            .args(["-f", "-y", "-e", "trace=fsync,fdatasync,write", "-o"])
            .args([trace.as_os_str(), env!("CARGO_BIN_EXE_jwtsess").as_ref()])
            .args(args)
            .env_clear()
            .env("HOME", home.path())
            .env("JWTSESS_SECRET", "env:SIGNING_KEY")
            .env("SIGNING_KEY", SECRET)
            .output()
            .unwrap();
        let calls = std::fs::read_to_string(&trace).unwrap();
        let flushed = calls.lines().position(|call| {
            call.contains("sync(") && call.contains("sessions.sqlite-wal>") && call.ends_with("= 0")
        });
        let answered = calls
            .lines()
            .position(|call| call.contains(" write(1<") || call.contains(" write(2<"));
        let answered = answered.unwrap_or_else(|| panic!("{args:?}: {calls}"));
        let in_time = flushed.is_some_and(|flushed| flushed < answered);
        assert_eq!(in_time, changes, "{args:?}: {calls}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let login = || {
        run(
            &[
                "issue",
                "--user",
                "alice",
                "--profile",
                "pair",
                "-o",
                "refresh",
            ],
            true,
        )
    };
    // The file itself is made with the first login.
    login();
    let first = login();
    let second = run(&["rotate", first.trim_end(), "-o", "refresh"], true);
    run(&["inspect", second.trim_end()], false);
    run(&["renew", second.trim_end()], true);
    // The replay, which ends the session, is answered by a refusal.
    run(&["rotate", first.trim_end()], true);
    let third = login();
    run(&["revoke", third.trim_end()], true);
    run(&["session", "list"], false);
}
