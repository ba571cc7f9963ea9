//! What every command takes: each flag changes something, and `-v` says what a call went by.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use clap::CommandFactory as _;
use insta::assert_snapshot;

use crate::cli::args::Cli;
use crate::cli::commands::testing::{Machine, SECRET, printed};
use crate::cli::testing::{Call, Folder};

type Words = &'static [&'static str];

/// The flags that every command takes, in each of their spellings, and calls that each changes something of. TOKEN and CONFIG stand for a sliding token and for a
/// config file with a profile `mine`.
const CHANGED: [(&str, &[Words], &[Words]); 9] = [
    (
        "profile",
        &[&["--profile", "pair"], &["--profile=pair"]],
        &[
            &["issue", "--user", "alice"],
            &["inspect", "TOKEN"],
            &["verify", "TOKEN"],
            &["renew", "TOKEN"],
        ],
    ),
    (
        "config",
        &[&["--config", "CONFIG"], &["--config=CONFIG"]],
        &[
            &["profile", "list"],
            &["profile", "show", "mine"],
            &["issue", "--user", "alice", "--profile", "mine"],
            &["inspect", "TOKEN", "--profile", "mine"],
            &["verify", "TOKEN", "--profile", "mine"],
        ],
    ),
    (
        "set",
        &[&["--set", "session_max=30m"], &["--set=session_max=30m"]],
        &[
            &["issue", "--user", "alice"],
            &["profile", "show", "pair"],
            &["inspect", "TOKEN", "--profile", "sliding"],
            &["renew", "TOKEN"],
        ],
    ),
    (
        "now",
        &[&["--now", "+1d"], &["--now=+1d"]],
        &[
            &["issue", "--user", "alice"],
            &["inspect", "TOKEN"],
            &["verify", "TOKEN"],
            &["renew", "TOKEN"],
            &["session", "list"],
        ],
    ),
    (
        "json",
        &[&["--json"]],
        &[
            &["issue", "--user", "alice"],
            &["inspect", "TOKEN"],
            &["verify", "TOKEN"],
            &["decode", "TOKEN"],
            &["encode", "{}"],
            &["profile", "list"],
            &["session", "list"],
            &["key", "show"],
        ],
    ),
    (
        "color",
        &[&["--color", "never"], &["--color=never"]],
        &[
            &["inspect", "TOKEN"],
            &["decode", "TOKEN"],
            &["profile", "list"],
            &["verify", "x"],
        ],
    ),
    (
        "no_input",
        &[&["--no-input"]],
        &[&["issue"], &["inspect"], &["renew"], &["decode"]],
    ),
    (
        "quiet",
        &[&["--quiet"], &["-q"]],
        &[
            &[
                "issue",
                "--user",
                "alice",
                "--profile",
                "pair",
                "--no-store",
            ],
            &["renew", "TOKEN", "--no-store"],
            &["verify", "TOKEN"],
        ],
    ),
    (
        "verbose",
        &[&["--verbose"], &["-v"]],
        &[
            &["profile", "list"],
            &["issue", "--user", "alice"],
            &["inspect", "TOKEN"],
            &["verify", "TOKEN"],
            &["encode", "{}"],
        ],
    ),
];

#[test]
fn every_global_flag_changes_something_before_the_verb_and_after_it() {
    let command = Cli::command();
    let globals = command.get_arguments().filter(|arg| arg.is_global_set());
    let mut all: Vec<_> = globals.map(|flag| flag.get_id().as_str()).collect();
    let mut known = CHANGED.map(|(name, ..)| name);
    all.sort_unstable();
    known.sort_unstable();
    assert_eq!(all, known);
    let folder = Folder::new();
    let config = folder.file("config.toml", "[profiles.mine]\nextends = \"pair\"\n");
    let call = |words: &[&str], home: &Folder| {
        let call = Call::new(words).at_a_terminal(&["alice"]).wide();
        let call = call.env("JWTSESS_SECRET", "env:S").env("S", SECRET);
        call.env("HOME", home.path())
    };
    let token = printed(call(
        &["issue", "--user", "alice", "--no-store", "-q"],
        &folder,
    ));
    let filled = |words: &[&str]| -> Vec<String> {
        let filled = |word: &&str| word.replace("CONFIG", &config).replace("TOKEN", &token);
        words.iter().map(filled).collect()
    };
    let run = |words: &[&str]| {
        let words = filled(words);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let home = Folder::new();
        let said = call(&words, &home).run().to_string();
        said.replace(home.path().to_str().unwrap(), "HOME")
    };
    for (name, spellings, calls) in CHANGED {
        for words in calls {
            let without = run(words);
            assert_eq!(run(words), without, "{name}: {words:?}");
            for flag in spellings {
                let after = run(&[words, *flag].concat());
                assert_ne!(after, without, "{flag:?} changes nothing of {words:?}");
                let is_usage = after.ends_with("--- exit 2");
                assert_eq!(is_usage, name == "no_input", "{flag:?} {words:?}: {after}");
                assert_eq!(
                    run(&[*flag, words].concat()),
                    after,
                    "{flag:?} before {words:?}"
                );
            }
        }
    }
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
    jwtsess: profile: short, as the store recorded it for the session
    jwtsess: key: env:S, by the profile short
    jwtsess: store: HOME/.local/share/jwtsess/sessions.sqlite, the default
    verify
    jwtsess: config file: HOME/config.toml, by JWTSESS_CONFIG
    jwtsess: profile: short, by --profile
    jwtsess: key: env:S, by the profile short
    jwtsess: store: none, because of --no-store
    issue
    jwtsess: config file: HOME/config.toml, by JWTSESS_CONFIG
    jwtsess: profile: sliding, the default
    jwtsess: key: none, because no key was named
    jwtsess: store: HOME/.local/share/jwtsess/sessions.sqlite, the default
    inspect
    jwtsess: config file: HOME/config.toml, by JWTSESS_CONFIG
    jwtsess: profile: plain, because nothing in the token marks another profile
    jwtsess: key: env:S, by --secret
    jwtsess: store: ./none.sqlite, by --store
    decode
    ");
}

const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MTkwMDAwMDAwMH0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

#[test]
fn a_token_in_the_command_s_place_and_one_that_is_piped_are_inspected() {
    let run = |args: &[&str]| Call::new(args).at_home().run();
    let explained = run(&["inspect", TOKEN]);
    assert_eq!(explained.exit, 0);
    for args in [
        &[TOKEN][..],
        &["--color", "never", TOKEN],
        &[TOKEN, "-q"],
        &["--now", "+0s", TOKEN],
    ] {
        let called = run(args);
        assert_eq!(
            (called.exit, &called.stdout),
            (0, &explained.stdout),
            "{args:?}"
        );
    }
    let answer = run(&[TOKEN, "--json"]).stdout;
    assert!(
        answer.contains(r#""command":"inspect","ok":true"#),
        "{answer}"
    );
    for piped in [format!("{TOKEN}\n"), format!("\n  Bearer {TOKEN}")] {
        let called = Call::new(&[]).at_home().stdin(piped).run();
        assert_eq!((called.exit, &called.stdout), (0, &explained.stdout));
    }
    // Nothing else is: neither a broken token nor what only looks like one.
    for word in [
        "eyJhbGciOiJub25lIn0",
        "www.example.com",
        "eyJx.e30.",
        "a.b.c",
        &format!("{TOKEN}.x"),
    ] {
        let called = run(&[word]);
        assert_eq!((called.exit, called.stdout.as_str()), (2, ""), "{word}");
    }
    for nothing in ["", " \n\n"] {
        let called = Call::new(&[]).at_home().stdin(nothing).run();
        assert_eq!(called.exit, 2);
        assert!(called.stderr.contains("To begin, type:"), "{called}");
    }
}

#[test]
fn a_file_s_name_in_place_of_a_token_is_named() {
    let folder = Folder::new();
    let file = folder.file("my token", TOKEN);
    for (typed, says, way) in [
        (
            file.clone(),
            "this is the name of a file",
            format!("jwtsess verify < '{file}'"),
        ),
        (
            format!("@{file}"),
            "this is the name of a file",
            format!("jwtsess verify < '{file}'"),
        ),
        (
            format!("{file}.jwt"),
            "there is no such file",
            "jwtsess verify < FILE".to_owned(),
        ),
        (
            "@token".to_owned(),
            "there is no such file",
            "jwtsess verify < FILE".to_owned(),
        ),
    ] {
        let called = Call::new(&["verify", &typed]).at_home().run();
        assert_eq!(called.exit, 3, "{called}");
        assert!(
            called.stderr.contains(says) && called.stderr.contains(&way),
            "{called}"
        );
    }
}

#[test]
fn a_text_in_utf_16_is_read_and_many_tokens_are_told_shortly() {
    for (mark, big) in [
        (vec![0xff, 0xfe], false),
        (vec![0xfe, 0xff], true),
        (Vec::new(), false),
        (Vec::new(), true),
    ] {
        let units = TOKEN.encode_utf16().chain([13, 10]);
        let bytes = units.flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        });
        let called = Call::new(&["inspect"])
            .at_home()
            .stdin([mark, bytes.collect()].concat())
            .run();
        assert_eq!(called.exit, 0, "{called}");
        assert!(called.stderr.contains("UTF-16"), "{called}");
    }
    let many: Vec<String> = (0..2000).map(|at| format!("t{at}={TOKEN}{at}")).collect();
    let many = many.join(
        "
",
    );
    for args in [&["inspect"][..], &["inspect", "--field", "none"]] {
        let called = Call::new(args).at_home().stdin(many.as_str()).run();
        assert_eq!(called.exit, 2, "{called}");
        assert!(called.stderr.len() < 1000, "{}", called.stderr.len());
    }
    let two = format!("{TOKEN}\n{TOKEN}A\n");
    let called = Call::new(&["verify"]).at_home().stdin(two).run();
    assert!(
        called.stderr.contains("jwtsess verify --batch < FILE"),
        "{called}"
    );
}
