//! The examples of every command's help are run, in a home where what they name is there; and the manual pages are read by `man`.
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use jwtsess::internals::cli::help::{self, Example};
use jwtsess::internals::cli::manual;

use crate::given::left_out;
use crate::process::{Run, SECRET, TempDir};

/// Every example, by the command that shows it.
fn all(command: &clap::Command, path: &str) -> Vec<(String, Example)> {
    let mut found = Vec::new();
    for command in command.get_subcommands() {
        let path = format!("{path} {}", command.get_name());
        found.extend(all(command, &path));
        let examples = help::examples(command).into_iter();
        found.extend(examples.map(|example| (path.clone(), example)));
    }
    found
}

/// What an example needs and a test has not: the words of its command that say so, and why.
const NOT_RUN: &[(&str, &str)] = &[
    ("login http", "a server"),
    ("request ", "a server"),
    ("jwtsess token", "a login"),
    ("jwtsess logout", "a login"),
    ("probe http", "a server"),
    ("serve", "it stays"),
    ("postgres://", "a database server"),
    ("--issued-before", "what it finds depends on the day"),
];

/// The files and programs that the examples name.
fn furnish(home: &TempDir) {
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/keys");
    let key = |name: &str| std::fs::read(keys.join(name)).unwrap();
    for (name, content) in [
        ("private.pem", key("rsa-2048.pkcs8.pem")),
        ("public.pem", key("rsa-2048.spki.pem")),
        ("claims.json", br#"{"sub":"alice"}"#.to_vec()),
        ("jwtsess.toml", Vec::new()),
    ] {
        home.file(name, content);
    }
    for folder in [
        ".local/share/bash-completion/completions",
        ".zfunc",
        ".config/fish/completions",
        "bin",
    ] {
        std::fs::create_dir_all(home.path().join(folder)).unwrap();
    }
    // What is on the clipboard, and what an address answers.
    for (name, script) in [
        (
            "pbpaste",
            "#!/bin/sh\nprintf 'Authorization: Bearer %s' \"$T\"\n",
        ),
        ("curl", "#!/bin/sh\njwtsess key jwks public.pem\n"),
        ("man", "#!/bin/sh\ngrep -q '^.TH'\n"),
        ("jq", "#!/bin/sh\ngrep -q '\"sessions\"'\n"),
    ] {
        let path = home.file(&format!("bin/{name}"), script);
        let status = Command::new("/bin/chmod").args(["+x", &path]).status();
        assert!(status.unwrap().success());
    }
    for (name, fixture) in [
        ("key.pem", "ec-p256.pkcs8.pem"),
        ("new.pem", "ec-p256.pkcs8.pem"),
        ("old.pem", "ec-p384.pkcs8-no-public.pem"),
    ] {
        home.file(name, key(fixture));
    }
    let set = home.path().join("keys.jwks").display().to_string();
    let ran = Run::new(["key", "generate", "--out", &set])
        .home(home)
        .run();
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let public = home.path().join("public.pem").display().to_string();
    let ran = Run::new(["key", "jwks", &public]).home(home).run();
    home.file("jwks.json", ran.stdout);
}

/// The words behind a flag.
fn value<'a>(command: &'a str, flag: &str) -> Option<&'a str> {
    let mut words = command.split_whitespace();
    words.find(|word| *word == flag)?;
    words.next()
}

/// A login that makes the token which the example is to be tried with.
fn login(path: &str, command: &str) -> String {
    let mut login = "jwtsess issue --user alice -q".to_owned();
    let session = ["rotate", "revoke", "session"]
        .iter()
        .any(|word| path.contains(word));
    let profile = value(command, "--profile").filter(|_| path != "jwtsess issue");
    match (profile, session) {
        (Some(profile), _) => _ = write!(login, " --profile {profile} -o refresh"),
        (None, true) => login.push_str(" --profile pair -o refresh"),
        (None, false) => {}
    }
    for secret in ["env:MY_SECRET", "env:SECRET_KEY"] {
        if command.contains(secret) {
            _ = write!(login, " --secret {secret}");
        }
    }
    if command.contains("public.pem") || command.contains("jwks.json") {
        login.push_str(" --key private.pem");
    }
    for flag in ["--iss", "--aud"] {
        if let Some(value) = value(command, flag) {
            _ = write!(login, " {flag} {value}");
        }
    }
    login
}

/// What stands for something in an example, by the name of the variable that holds it.
fn filled(command: &str) -> String {
    let word = |word: &str| match word {
        "TOKEN" => "\"$T\"".to_owned(),
        "ID" => "\"$ID\"".to_owned(),
        // An id as it may look.
        uuid if uuid.len() == 36 && uuid.matches('-').count() == 4 => "\"$ID\"".to_owned(),
        other => other.to_owned(),
    };
    let words: Vec<_> = command.split(' ').map(word).collect();
    // The name of a variable.
    words
        .join(" ")
        .replace("--token-env \"$T\"", "--token-env TOKEN")
}

#[test]
fn the_examples_of_the_help_do_what_they_say() {
    let examples = all(&help::command(80), "jwtsess");
    assert!(examples.len() > 20, "the examples were not found");
    let mut wrong = Vec::new();
    let mut home = TempDir::new();
    let mut last = String::new();
    for (path, example) in examples {
        let command = example.command;
        if NOT_RUN.iter().any(|(words, _)| command.contains(words)) {
            continue;
        }
        // Those of one command follow upon each other.
        if path != last {
            home = TempDir::new();
            furnish(&home);
            last = path.clone();
        }
        let made = value(&command, "--out").unwrap_or("nothing");
        let script = format!(
            "T=$({}) || exit 99\n\
             ID=$(jwtsess decode -q \"$T\" --part payload | sed 's/.*\"sid\":\"\\([^\"]*\\)\".*/\\1/')\n\
             printf '%s\\n' \"$T\" > tokens.txt\n\
             printf '{{\"sub\":\"alice\"}}\\n' > users.jsonl\n\
             export T TOKEN=\"$T\" REFRESH_TOKEN=\"$T\"\n\
             rm -rf {made}\n{}\n",
            login(&path, &command),
            filled(&command)
        );
        let program = Path::new(env!("CARGO_BIN_EXE_jwtsess")).parent().unwrap();
        let bin = home.path().join("bin");
        let output = Command::new("bash")
            .args(["-o", "pipefail", "-c", &script])
            .current_dir(home.path())
            .env_clear()
            .env(
                "PATH",
                format!("{}:{}:/usr/bin:/bin", bin.display(), program.display()),
            )
            .env("HOME", home.path())
            .env("MY_SECRET", SECRET)
            .env("SECRET_KEY", SECRET)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            wrong.push(format!("{path}: {command}\n{}\n{stderr}", output.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}

#[test]
fn man_reads_every_page_without_a_warning() {
    let folder = TempDir::new();
    let mut read = 0;
    for page in manual::pages() {
        let path = folder.file(&page.file, &page.text);
        // As Debian's lintian does it.
        let output = Command::new("man")
            .args(["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", &path])
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("LC_ALL", "C.UTF-8")
            .env("MANROFFSEQ", "")
            .env("MANWIDTH", "80")
            .stdin(Stdio::null())
            .output();
        let Ok(output) = output else {
            left_out("there is no man(1) here");
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && said.is_empty(),
            "{}: {said}",
            page.file
        );
        read += 1;
    }
    assert!(read > 5);
}
