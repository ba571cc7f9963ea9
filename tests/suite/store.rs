//! The session store under whole processes: many logins at once, killed in the middle, without a reader, without room, without permission.
//!
//! Under CI (`CI` is `true`, as `.ci/run` sets it) the rounds are as many as are promised; by hand they are fewer.
use std::process::{Command, Stdio};
use std::sync::Barrier;

use serde_json::Value;

use crate::given::{is_ci, left_out};
use crate::process::{Machine, PROGRAM, RunResult, SECRET, TempDir};

/// The default store, below a user's home.
const STORE: &str = ".local/share/jwtsess/sessions.sqlite";

/// Logs in with a pair: the refresh token, and the session's id.
fn log_in(machine: &Machine) -> (String, String) {
    let issued = machine.json(&["issue", "--user", "alice", "--profile", "pair"]);
    (text(&issued["refresh"]), text(&issued["session"]["id"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The same command in so many processes, as near to the same moment as can be.
fn at_once(machine: &Machine, count: usize, args: &[&str]) -> Vec<RunResult> {
    let barrier = Barrier::new(count);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    machine.run(args)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}

#[test]
fn forty_logins_at_once_are_all_recorded() {
    let machine = Machine::new();
    let ran = at_once(
        &machine,
        40,
        &["issue", "--user", "alice", "--profile", "pair"],
    );
    for ran in &ran {
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    let listed = machine.json(&["session", "list"]);
    assert_eq!(listed["sessions"].as_array().unwrap().len(), 40);
}

/// Delays without a pattern, the same in every run.
struct Delays(u64);

impl Delays {
    fn next(&mut self, most_micros: u64) -> std::time::Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::time::Duration::from_micros((self.0 >> 33) % most_micros)
    }
}

#[test]
#[expect(
    clippy::print_stderr,
    reason = "when the kills came is no matter of pass or fail"
)]
fn a_rotation_that_is_killed_has_happened_or_not() {
    let machine = Machine::new();
    let (mut refresh, id) = log_in(&machine);
    let mut generations = 1;
    let mut delays = Delays(7);
    let (mut before, mut after, mut unheard) = (0, 0, 0);
    for round in 0..if is_ci() { 500 } else { 30 } {
        let mut child = machine
            .command(PROGRAM)
            .args(["rotate", &refresh, "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(delays.next(30_000));
        _ = child.kill();
        let printed = child.wait_with_output().unwrap().stdout;
        let family = &machine.json(&["session", "show", &id])["family"];
        assert_eq!(family["state"], "live", "round {round}");
        let tokens = family["tokens"].as_array().unwrap();
        let current = tokens.iter().filter(|token| token["retired_at"].is_null());
        assert_eq!(current.count(), 1, "round {round}: {family}");
        let now = family["generations"].as_u64().unwrap();
        assert!(
            now == generations || now == generations + 1,
            "round {round}"
        );
        // Whichever it was, the operator gets the one that is current.
        let again = machine.json(&["rotate", "--session", &id]);
        let current = text(&again["refresh"]);
        if now == generations {
            assert_eq!(current, refresh, "round {round}");
            assert_eq!(printed, b"", "round {round}: printed and not kept");
            before += 1;
        } else {
            assert_ne!(current, refresh, "round {round}");
            match serde_json::from_slice::<Value>(&printed) {
                Ok(object) => assert_eq!(text(&object["refresh"]), current, "round {round}"),
                Err(_) => unheard += 1,
            }
            after += 1;
        }
        (refresh, generations) = (current, now);
    }
    eprintln!("killed before the commit {before} times, after it {after}, unheard {unheard}");
    assert!(before > 0, "no kill came before the commit");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_without_a_reader_or_room_says_how_to_get_it() {
    let machine = Machine::new();
    for full in [true, false] {
        let (refresh, id) = log_in(&machine);
        let mut child = machine
            .command(PROGRAM)
            .args(["rotate", &refresh])
            .stdout(if full {
                Stdio::from(
                    std::fs::File::options()
                        .write(true)
                        .open("/dev/full")
                        .unwrap(),
                )
            } else {
                Stdio::piped()
            })
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        let way = format!("jwtsess rotate --session {id}");
        assert!(said.contains(&way), "{said}");
        let again = machine.json(&["rotate", "--session", &id]);
        let renewed = machine.run(&["renew", &text(&again["refresh"])]);
        assert_eq!(renewed.status, 0, "{}", renewed.stderr);
    }
}

#[cfg(unix)]
#[test]
fn with_a_closed_output_nothing_is_done() {
    let machine = Machine::new();
    let (refresh, _) = log_in(&machine);
    let closed = |args: &[&str]| {
        let mut shell = machine.command("sh");
        shell
            .args(["-c", "exec \"$0\" \"$@\" >&-", PROGRAM])
            .args(args);
        let output = shell.output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let before = std::fs::read(machine.home.path().join(STORE)).unwrap();
    for args in [
        &["rotate", &refresh][..],
        &["renew", &refresh],
        &["issue", "--user", "bob", "--profile", "pair"],
    ] {
        let (status, said) = closed(args);
        assert_eq!(status, Some(1), "{args:?}: {said}");
        assert!(said.contains("standard output is closed"), "{said}");
    }
    assert_eq!(
        std::fs::read(machine.home.path().join(STORE)).unwrap(),
        before
    );
    // Whoever throws the answer away means to.
    let mut thrown = machine.command(PROGRAM);
    thrown.args(["renew", &refresh]).stdout(
        std::fs::File::options()
            .write(true)
            .open("/dev/null")
            .unwrap(),
    );
    assert!(thrown.status().unwrap().success());
    assert_eq!(machine.run(&["rotate", &refresh]).status, 0);
}

/// A long batch: what it prints for a token, line for line.
struct Pipe {
    child: std::process::Child,
    answers: std::io::BufReader<std::process::ChildStdout>,
}

impl Pipe {
    fn of(machine: &Machine) -> Self {
        let mut child = machine
            .command(PROGRAM)
            .args(["verify", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = std::io::BufReader::new(child.stdout.take().unwrap());
        Self { child, answers }
    }
    fn ask(&mut self, token: &str) -> String {
        use std::io::{BufRead as _, Write as _};
        let stdin = self.child.stdin.as_mut().unwrap();
        writeln!(stdin, "{token}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer
    }
}

#[test]
fn a_long_batch_sees_a_store_that_is_made_or_replaced_meanwhile() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice"]);
    let other = machine.token(&["issue", "--user", "bob"]);
    let mut pipe = Pipe::of(&machine);
    assert!(pipe.ask(&token).contains("valid"));
    assert_eq!(machine.run(&["revoke", &token]).status, 0);
    assert!(pipe.ask(&token).contains("revoked"));
    let store = machine.home.path().join(STORE);
    let copy = machine.home.path().join("copy.sqlite");
    let made = machine.run(&["session", "init", "--store", copy.to_str().unwrap()]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let revoked = machine.run(&["revoke", &other, "--store", copy.to_str().unwrap()]);
    assert_eq!(revoked.status, 0, "{}", revoked.stderr);
    assert!(pipe.ask(&other).contains("valid"));
    std::fs::rename(&copy, &store).unwrap();
    assert!(pipe.ask(&other).contains("revoked"));
    drop(pipe.child.stdin.take());
    assert_eq!(pipe.child.wait().unwrap().code(), Some(9));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_mounted_without_its_folder_is_refused() {
    let machine = Machine::new();
    let (refresh, _) = log_in(&machine);
    let (own, other) = (
        machine.home.path().join(STORE),
        machine.home.file("other", ""),
    );
    let mounted = Command::new("mount")
        .arg("--bind")
        .arg(&own)
        .arg(&other)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        left_out("mounting a file takes root");
        return;
    }
    let rotated = machine.run(&["rotate", &refresh, "--store", &other]);
    _ = Command::new("umount").arg(&other).status();
    assert_eq!(
        (rotated.status, &*rotated.stdout),
        (1, ""),
        "{}",
        rotated.stderr
    );
    assert!(
        rotated.stderr.contains("mount the folder, not the file"),
        "{}",
        rotated.stderr
    );
    assert_eq!(machine.run(&["rotate", &refresh]).status, 0);
}

#[test]
fn the_store_holds_no_token_no_signature_and_no_key() {
    let machine = Machine::new();
    let (first, _) = log_in(&machine);
    let rotated = machine.json(&["rotate", &first]);
    let tokens = [first, text(&rotated["refresh"]), text(&rotated["access"])];
    let folder = machine.home.path().join(".local/share/jwtsess");
    let mut searched = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let has = |needle: &str| {
            bytes
                .windows(needle.len())
                .any(|window| window == needle.as_bytes())
        };
        for token in &tokens {
            for part in token.split('.') {
                assert!(!has(part), "a part of a token is in the store");
            }
        }
        assert!(!has(SECRET), "the key is in the store");
        searched += 1;
    }
    assert!(searched > 0);
}

/// Another user, who may read and not write: a user of no rights where the tests run as root, else the same in a folder without the right to write.
#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_the_store_is_read_all_the_same() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let machine = Machine::new();
    let folder = machine.home.path().join("team");
    std::fs::create_dir(&folder).unwrap();
    let store = folder.join("sessions.sqlite");
    let place = store.to_str().unwrap();
    let pair = [
        "issue",
        "--user",
        "alice",
        "--profile",
        "pair",
        "--store",
        place,
    ];
    let issued = machine.json(&pair);
    let (access, refresh) = (text(&issued["access"]), text(&issued["refresh"]));
    // Where anyone can run it.
    let program = machine.home.path().join("jwtsess");
    std::fs::copy(PROGRAM, &program).unwrap();
    let root = std::fs::metadata(&store).unwrap().uid() == 0;
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(machine.home.path(), 0o755);
    mode(&store, 0o444);
    mode(&folder, 0o555);
    let before = std::fs::read(&store).unwrap();
    let run = |args: &[&str]| {
        let mut command = machine.command(&program);
        command.args(args).args(["--store", place]);
        if root {
            command.uid(65_534).gid(65_534);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), said)
    };
    for args in [
        &["verify", &access][..],
        &["inspect", &access],
        &["session", "list"],
        &["session", "purge", "--dry-run"],
    ] {
        let (status, said) = run(args);
        assert_eq!(status, Some(0), "{args:?}: {said}");
    }
    for args in [
        &["rotate", &refresh][..],
        &["revoke", &refresh],
        &["issue", "--user", "bob", "--profile", "pair"],
    ] {
        let (status, said) = run(args);
        assert_eq!(status, Some(1), "{args:?}: {said}");
        assert!(
            said.contains(place) && said.contains("can't be written"),
            "{said}"
        );
    }
    assert_eq!(std::fs::read(&store).unwrap(), before);
    mode(&folder, 0o755);
    mode(&store, 0o644);
    let rotated = machine.json(&["rotate", &refresh, "--store", place]);
    assert_eq!(rotated["session"]["generation"], 2, "nothing was consumed");
}

/// A small file system of its own, unmounted when dropped.
#[cfg(target_os = "linux")]
struct Small(TempDir);

#[cfg(target_os = "linux")]
impl Small {
    /// None where this user may not mount.
    fn new() -> Option<Self> {
        let folder = TempDir::new();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=400k,mode=0700", "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_nothing_is_consumed_and_reading_goes_on() {
    let Some(small) = Small::new() else {
        left_out("mounting a small file system takes root");
        return;
    };
    let machine = Machine::new();
    let store = small.0.path().join("sessions.sqlite");
    let place = store.to_str().unwrap();
    let pair = [
        "issue",
        "--user",
        "alice",
        "--profile",
        "pair",
        "--store",
        place,
    ];
    let issued = machine.json(&pair);
    let (access, refresh) = (text(&issued["access"]), text(&issued["refresh"]));
    let filler = small.0.path().join("filler");
    let mut room = 512 * 1024;
    let mut filled = Vec::new();
    // As much as fits, to the last page.
    while room >= 1 {
        filled.resize(filled.len() + room, 0_u8);
        if std::fs::write(&filler, &filled).is_err() {
            filled.truncate(filled.len() - room);
            room /= 2;
        }
    }
    _ = std::fs::write(&filler, &filled);
    let rotated = machine.run(&["rotate", &refresh, "--store", place]);
    assert_eq!(
        (rotated.status, rotated.stdout.as_str()),
        (1, ""),
        "{}",
        rotated.stderr
    );
    assert!(
        rotated.stderr.contains("no space left"),
        "{}",
        rotated.stderr
    );
    for args in [
        &["verify", &access, "--store", place][..],
        &["inspect", &access, "--store", place],
    ] {
        let ran = machine.run(args);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    std::fs::remove_file(&filler).unwrap();
    let rotated = machine.json(&["rotate", &refresh, "--store", place]);
    assert_eq!(rotated["session"]["generation"], 2);
}
