//! What every command takes: each flag changes something, and `-v` says what a call went by.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use clap::CommandFactory as _;
use insta::assert_snapshot;

use crate::cli::args::Cli;
use crate::cli::commands::testing::{Machine, SECRET};
use crate::cli::testing::{Call, Folder};

/// A call that a flag changes: its words, and the flag's.
const CHANGED: [(&str, &[&str], &[&str]); 9] = [
    (
        "profile",
        &["issue", "--user", "alice"],
        &["--profile", "pair"],
    ),
    ("config", &["profile", "list"], &["--config", "CONFIG"]),
    (
        "set",
        &["issue", "--user", "alice"],
        &["--set", "access_ttl=1m"],
    ),
    ("now", &["issue", "--user", "alice"], &["--now", "+1d"]),
    ("json", &["profile", "list"], &["--json"]),
    ("color", &["profile", "list"], &["--color", "never"]),
    ("no_input", &["issue"], &["--no-input"]),
    (
        "quiet",
        &[
            "issue",
            "--user",
            "alice",
            "--profile",
            "pair",
            "--no-store",
        ],
        &["--quiet"],
    ),
    ("verbose", &["profile", "list"], &["--verbose"]),
];

#[test]
fn every_global_flag_changes_something() {
    let folder = Folder::new();
    let config = folder.file("config.toml", "[profiles.mine]\n");
    let command = Cli::command();
    let globals = command.get_arguments().filter(|arg| arg.is_global_set());
    let mut count = 0;
    for flag in globals {
        let name = flag.get_id().as_str();
        let (_, words, flags) = (CHANGED.iter().find(|(known, ..)| *known == name))
            .unwrap_or_else(|| panic!("{name}: no call is known that it changes"));
        let flags: Vec<&str> = (flags.iter())
            .map(|word| if *word == "CONFIG" { &config } else { *word })
            .collect();
        let run = |words: &[&str]| {
            let call = Call::new(words).at_home().at_a_terminal(&["alice"]);
            let call = call.env("JWTSESS_SECRET", "env:S").env("S", SECRET);
            call.run().to_string()
        };
        let without = run(words);
        assert_eq!(run(words), without, "{name}");
        assert_ne!(run(&[*words, &flags].concat()), without, "{name}");
        count += 1;
    }
    assert_eq!(count, CHANGED.len());
}

/// Profiles of a user's own.
const CONFIG: &str =
    "[profiles.short]\nextends = \"pair\"\nsession_max = \"1h\"\nsecret = \"env:S\"\n";

/// What a call says on standard error besides what it says without `-v`.
fn said(machine: &Machine, args: &[&str]) -> String {
    let config = machine.home.file("config.toml", CONFIG);
    let call = |args: &[&str]| {
        let call = machine.call(args).without("JWTSESS_SECRET");
        call.env("JWTSESS_CONFIG", &config).env("S", SECRET)
    };
    let quiet = call(args).run();
    let called = call(&[args, &["-v"]].concat()).run();
    let lines = called
        .stderr
        .lines()
        .filter(|line| !quiet.stderr.contains(line));
    let lines: Vec<&str> = lines.collect();
    assert!(!called.stderr.contains(SECRET));
    let home = machine.home.path().to_str().unwrap();
    lines.join("\n").replace(home, "HOME")
}

#[test]
fn verbose_says_by_which_file_profile_key_and_store_a_call_went_and_why() {
    let machine = Machine::new();
    let config = machine.home.file("config.toml", CONFIG);
    let issue = [
        "issue",
        "--user",
        "alice",
        "--profile",
        "short",
        "-o",
        "refresh",
    ];
    let call = machine.call(&issue).env("JWTSESS_CONFIG", config);
    let token = call.env("S", SECRET).run().stdout;
    let token = token.trim();
    let foreign = "eyJhbGciOiJIUzI1NiJ9.e30.AA";
    let calls: [&[&str]; 5] = [
        &["renew", token, "-o", "access"],
        &[
            "verify",
            token,
            "--profile",
            "short",
            "--kind",
            "any",
            "--no-store",
        ],
        &["issue", "--user", "bob", "--no-dev-key"],
        &[
            "inspect",
            foreign,
            "--secret",
            "env:S",
            "--store",
            "./none.sqlite",
        ],
        &["decode", token],
    ];
    let all = calls.map(|args| format!("{}\n{}", args[0], said(&machine, args)));
    assert_snapshot!(all.join("\n"), @r"
    renew
    jwtsess: config file: HOME/config.toml, by JWTSESS_CONFIG
    jwtsess: profile: short, as the store has recorded the session
    jwtsess: key: env:S, by the profile short
    jwtsess: store: HOME/.local/share/jwtsess/sessions.sqlite, the default
    verify
    jwtsess: config file: HOME/config.toml, by JWTSESS_CONFIG
    jwtsess: profile: short, by --profile
    jwtsess: key: env:S, by the profile short
    jwtsess: store: none, by --no-store
    issue
    jwtsess: config file: HOME/config.toml, by JWTSESS_CONFIG
    jwtsess: profile: sliding, the default
    jwtsess: key: none, because none is named
    jwtsess: store: HOME/.local/share/jwtsess/sessions.sqlite, the default
    inspect
    jwtsess: config file: HOME/config.toml, by JWTSESS_CONFIG
    jwtsess: profile: plain, because the token has no mark of another
    jwtsess: key: env:S, by --secret
    jwtsess: store: ./none.sqlite, by --store
    decode
    ");
}
