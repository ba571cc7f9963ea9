//! What is answered has reached the disk: the system calls of whole processes, in their order. `JWTSESS_STRACE` names the tracer.
use crate::given::given;
use crate::process::{Machine, PROGRAM};

#[test]
fn a_change_is_on_the_disk_before_it_is_answered() {
    let Some(strace) = given("JWTSESS_STRACE", "the program strace") else {
        return;
    };
    let machine = Machine::new();
    let trace = machine.home.path().join("trace");
    let run = |args: &[&str], changes: bool| {
        let ran = machine
            .command(&strace)
            .args(["-f", "-y", "-e", "trace=fsync,fdatasync,write", "-o"])
            .args([trace.as_os_str(), PROGRAM.as_ref()])
            .args(args)
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
    let login = || run(&Machine::LOGIN, true);
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
