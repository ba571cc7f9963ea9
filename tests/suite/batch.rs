//! Long batches: pipes, files, Ctrl-C and readers that go away, with the built program.
#![cfg(unix)]
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::process::{Machine, PROGRAM};

/// A batch whose input is still open.
struct Running {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Running {
    fn of(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child, answers }
    }
    fn call(machine: &Machine, args: &[&str]) -> Self {
        let mut command = machine.command(PROGRAM);
        command.args(args);
        Self::of(command)
    }
    fn write(&mut self, text: &str) {
        self.child
            .stdin
            .as_mut()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    }
    fn answer(&mut self) -> String {
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer
    }
    fn press_ctrl_c(&self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
    }
    /// What was printed besides, what was said, and the exit status, without the input's end.
    fn end(mut self) -> (String, String, Option<i32>) {
        let (mut rest, mut said) = (String::new(), String::new());
        self.answers.read_to_string(&mut rest).unwrap();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        let status = self.child.wait().unwrap();
        (rest, said, status.code())
    }
}

#[test]
fn after_ctrl_c_what_was_judged_is_there_and_counted() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice", "--profile", "plain"]);
    for verb in ["verify", "inspect"] {
        let mut running = Running::call(&machine, &[verb, "--batch"]);
        running.write(&format!("{token}\nx\n{token}\n{}", &token[..20]));
        let answers = [running.answer(), running.answer(), running.answer()];
        assert!(answers[2].starts_with("3: valid"), "{answers:?}");
        running.press_ctrl_c();
        let (rest, said, status) = running.end();
        assert_eq!((rest.as_str(), status), ("", Some(130)), "{said}");
        assert_eq!(said, "jwtsess: interrupted: 3 tokens, 1 of them refused\n");
    }
    let mut running = Running::call(
        &machine,
        &["verify", "--batch", "--summary", "--json", "-q"],
    );
    running.write(&format!("{token}\n"));
    // It counts without an answer.
    std::thread::sleep(Duration::from_millis(1500));
    running.press_ctrl_c();
    let (rest, said, status) = running.end();
    let summary: serde_json::Value = serde_json::from_str(&rest).unwrap();
    assert_eq!(
        (&summary["tokens"], &summary["ok"]),
        (&1.into(), &false.into())
    );
    assert_eq!((said.as_str(), status), ("", Some(130)));
}

#[test]
fn logins_before_ctrl_c_are_recorded_and_printed() {
    let machine = Machine::new();
    let mut running = Running::call(&machine, &["issue", "--batch", "--profile", "pair"]);
    running.write("{\"sub\":\"a\"}\n{\"sub\":\"b\"}\n{}\n{\"sub\":\"c\"");
    let answers = [running.answer(), running.answer(), running.answer()];
    assert!(
        answers[1].starts_with('{') && answers[2] == "\n",
        "{answers:?}"
    );
    running.press_ctrl_c();
    let (rest, said, status) = running.end();
    assert_eq!((rest.as_str(), status), ("", Some(130)), "{said}");
    assert!(
        said.ends_with("jwtsess: interrupted: 3 logins, 1 of them refused\n"),
        "{said}"
    );
    let listed = machine.json(&["session", "list"]);
    assert_eq!(listed["sessions"].as_array().unwrap().len(), 2, "{listed}");
}

#[test]
fn a_second_ctrl_c_ends_at_once() {
    let machine = Machine::new();
    let mut running = Running::call(&machine, &["verify", "--batch"]);
    // Nobody reads: the pipe of the answers is full some time.
    let mut stdin = running.child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || while stdin.write_all(&b"x\n".repeat(5000)).is_ok() {});
    std::thread::sleep(Duration::from_millis(1500));
    running.press_ctrl_c();
    std::thread::sleep(Duration::from_millis(500));
    assert!(running.child.try_wait().unwrap().is_none());
    running.press_ctrl_c();
    assert_eq!(running.child.wait().unwrap().code(), None);
    writer.join().unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_that_the_starter_switched_off_stays_off() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice", "--profile", "plain"]);
    let mut command = machine.command("/bin/sh");
    command.args(["-c", "trap '' INT; exec \"$0\" verify --batch", PROGRAM]);
    let mut running = Running::of(command);
    for line in 1..3 {
        running.write(&format!("{token}\n"));
        assert!(running.answer().starts_with(&format!("{line}: valid")));
        running.press_ctrl_c();
    }
    drop(running.child.stdin.take());
    assert_eq!(running.end(), (String::new(), String::new(), Some(0)));
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_at_a_terminal_ends_a_batch_with_its_counts() {
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice", "--profile", "plain"]);
    let mut command = machine.command("script");
    let inner = format!("{PROGRAM} verify --batch --color never; echo status $?");
    command
        .args(["-qfec", &inner, "/dev/null"])
        .env("TERM", "xterm")
        .env("PATH", "/usr/bin:/bin")
        .env("SHELL", "/bin/sh");
    let mut running = Running::of(command);
    // The shell would end with the program.
    running.write(&format!("{token}\n"));
    while !running.answer().starts_with("1: valid") {}
    running.write("\u{3}");
    let (said, ..) = running.end();
    assert!(
        said.contains("jwtsess: interrupted: 1 token, all accepted"),
        "{said}"
    );
}

/// What a terminal shows of a call with these words behind it, while its input comes and then rests for more than a second.
#[cfg(target_os = "linux")]
fn shown(machine: &Machine, args: &str, term: &str, lines: &str) -> String {
    let from = machine.home.path().join("from");
    assert!(
        Command::new("mkfifo")
            .arg(&from)
            .status()
            .unwrap()
            .success()
    );
    let mut command = machine.command("script");
    let inner = format!("{PROGRAM} {args} < {}", from.display());
    command
        .args(["-qfec", &inner, "/dev/null"])
        .env("TERM", term)
        .env("PATH", "/usr/bin:/bin")
        .env("SHELL", "/bin/sh");
    let running = Running::of(command);
    let mut into = std::fs::File::options().write(true).open(&from).unwrap();
    into.write_all(lines.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(2500));
    drop(into);
    let (said, _, status) = running.end();
    assert_eq!(status, Some(9), "{said}");
    std::fs::remove_file(from).unwrap();
    said
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_without_the_answers_shows_how_far_a_batch_has_come() {
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice", "--profile", "plain"]);
    let lines = format!("{token}\nx\n").repeat(600);
    let to = machine.home.file("to", "");
    let verify = format!("verify --batch --color never > {to}");
    let said = shown(&machine, &verify, "xterm", &lines);
    assert!(said.contains("1,200 tokens, "), "{said}");
    // It is taken away before the counts.
    let end = "\r\u{1b}[2Kjwtsess: 1200 tokens, 600 of them refused\r\n";
    assert!(said.ends_with(end), "{said:?}");
    let file = machine.home.file("file", &lines);
    let said = shown(&machine, &format!("{verify} {file} -"), "xterm", &lines);
    assert!(said.contains("2,400 tokens, "), "{said}");
    let claims = "{\"sub\":\"a\"}\n{}\n";
    let said = shown(
        &machine,
        &format!("issue --batch --profile plain > {to}"),
        "xterm",
        claims,
    );
    assert!(said.contains("2 logins, "), "{said}");
    for (args, term) in [
        (format!("{verify} -q"), "xterm"),
        (verify.clone(), "dumb"),
        ("verify --batch --summary".to_owned(), "xterm"),
        (format!("{verify} 2> /dev/null"), "xterm"),
    ] {
        let said = shown(&machine, &args, term, &lines);
        assert!(!said.contains("a second"), "{args} {said}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_a_batch_whose_input_is_open() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice", "--profile", "plain"]);
    let mut running = Running::call(&machine, &["verify", "--batch"]);
    running.write(&format!("{token}\n"));
    assert!(running.answer().starts_with("1: valid"));
    let Running { mut child, answers } = running;
    drop(answers);
    child.stdin.as_mut().unwrap().write_all(b"x\n").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(said, "");
}

#[test]
fn many_lines_of_many_files_come_in_their_order() {
    let machine = Machine::new();
    let token = machine.token(&["issue", "--user", "alice", "--profile", "plain"]);
    let (good, bad) = (format!("{token}\n"), "no.tok.en\n");
    let large = machine
        .home
        .file("large", format!("{good}{bad}").repeat(4000));
    let long = format!("{}\n{token}", "a".repeat(5 << 20));
    let long = machine.home.file("long", long);
    let pipe = machine.home.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let pipe = pipe.to_str().unwrap().to_owned();
    let into = pipe.clone();
    let text = good.repeat(3000);
    let writer = std::thread::spawn(move || std::fs::write(into, text).unwrap());
    let ran = machine
        .call(&[
            "verify",
            "--batch",
            "--columns",
            "sub",
            &large,
            &pipe,
            &long,
            &large,
            "-",
        ])
        .stdin(good.repeat(20))
        .run();
    writer.join().unwrap();
    let answers: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(answers.len(), 8000 + 3000 + 2 + 8000 + 20, "{}", ran.stderr);
    for (answer, at) in answers.iter().zip(0..) {
        let of_large = if at < 8000 {
            Some(at)
        } else {
            (11_002..19_002).contains(&at).then(|| at - 11_002)
        };
        let is_good = of_large.map_or(at != 11_000, |at| at % 2 == 0);
        assert_eq!(*answer == "valid\talice", is_good, "{at}: {answer}");
    }
    assert_eq!(ran.status, 9);
}
