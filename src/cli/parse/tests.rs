//! The parser of one command says what the parser of all commands says, or nothing.
use super::*;

fn typed(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

/// What a parser makes of the words, as text.
fn said(read: Result<CommandLine, clap::Error>) -> String {
    match read {
        Ok(CommandLine { cli, misplaced }) => {
            format!("{cli:?} {:?}", misplaced.map(|one| one.to_string()))
        }
        Err(error) => format!("{:?} {error}", error.kind()),
    }
}

/// The whole tree, built once.
struct Whole(clap::Command);

impl Whole {
    fn new() -> Self {
        Self(all_commands(80))
    }
    /// What the parser of one command makes of the words, if it takes them. The parser of all commands has to make the same of them.
    fn by_one_command(&self, words: &[&str]) -> Option<String> {
        let typed = typed(words);
        let taken = said(Ok(by_one_command(&typed)?));
        assert_eq!(taken, self.says(&typed), "{words:?}");
        Some(taken)
    }
    fn says(&self, typed: &[OsString]) -> String {
        said(by_all_commands(typed, self.0.clone()))
    }
}

/// Every command with the words that name it, aliases too.
fn walk(command: &clap::Command, path: &[String], found: &mut Vec<(Vec<String>, clap::Command)>) {
    let below = command.get_subcommands();
    for one in below.filter(|one| one.get_name() != "help") {
        for name in std::iter::once(one.get_name()).chain(one.get_all_aliases()) {
            let path = [path, &[name.to_owned()]].concat();
            if !one.has_subcommands() {
                found.push((path.clone(), one.clone()));
            }
            walk(one, &path, found);
        }
    }
}

fn every_command(whole: &Whole) -> Vec<(Vec<String>, clap::Command)> {
    let mut found = Vec::new();
    walk(&whole.0, &[], &mut found);
    found
}

/// A value that an argument takes, by what help calls it.
fn value(argument: &clap::Arg) -> String {
    let named = argument
        .get_value_names()
        .map_or("", |names| names[0].as_str());
    match named {
        "DURATION" => "5m",
        "TIME" => "-2h",
        "SIZE" => "64k",
        "BITS" => "2048",
        "ALG" => "ES256",
        "KEY=VALUE" | "NAME=VALUE" => "level=3",
        "JSON|@FILE|-" => "{}",
        _ => match argument.get_possible_values().first() {
            Some(value) => return value.get_name().to_owned(),
            None => "alice",
        },
    }
    .to_owned()
}

/// An argument as it is typed.
fn words(argument: &clap::Arg) -> Vec<String> {
    let flag = argument.get_long().map(|long| format!("--{long}"));
    let value = argument
        .get_action()
        .takes_values()
        .then(|| value(argument));
    flag.into_iter().chain(value).collect()
}

#[test]
fn every_command_has_a_parser_of_its_own_with_all_its_arguments() {
    let ids = |command: &clap::Command| {
        let mut ids: Vec<_> = command
            .get_arguments()
            .map(|one| one.get_id().clone())
            .collect();
        ids.sort();
        ids
    };
    let all = every_command(&Whole::new());
    assert_eq!(all.len(), COMMANDS.len(), "COMMANDS has every name");
    for (path, command) in all {
        let typed: Vec<_> = path.iter().map(OsString::from).collect();
        let one = COMMANDS.iter().find(|one| one.is_named_by(&typed));
        let mut parser = one.map_or_else(|| panic!("{path:?}"), CommandParser::parser);
        parser.build();
        let wanted = ids(&command);
        let wanted: Vec<_> = wanted.into_iter().filter(|id| id != "help").collect();
        assert_eq!(ids(&parser), wanted, "{path:?}");
    }
}

#[test]
fn every_argument_is_taken_alike() {
    let whole = Whole::new();
    let mut lines_taken = 0;
    for (path, command) in every_command(&whole) {
        let arguments: Vec<_> = command.get_arguments().collect();
        for argument in &arguments {
            let own = words(argument);
            let others = arguments.iter().filter(|one| one.is_required_set());
            let others = others.filter(|one| one.get_id() != argument.get_id());
            let others: Vec<_> = others.flat_map(|one| words(one)).collect();
            let line = [&path[..], &own, &others].concat();
            let line: Vec<_> = line.iter().map(String::as_str).collect();
            let taken = whole.by_one_command(&line).is_some();
            let by_all = by_all_commands(&typed(&line), whole.0.clone());
            assert_eq!(taken, by_all.is_ok(), "{line:?}");
            lines_taken += u32::from(taken);
            // Without its value, and before the name of the command.
            let bare: Vec<_> = line[..=path.len()].to_vec();
            whole.by_one_command(&bare);
            let own: Vec<_> = own.iter().map(String::as_str).collect();
            whole.by_one_command(&[&own[..], &line[..]].concat());
        }
    }
    assert!(lines_taken > 400, "{lines_taken}");
}

#[test]
fn a_line_is_read_as_the_whole_tree_reads_it() {
    // The lines that the parser of one command takes, and those that it leaves to the parser of all.
    let taken: &[&[&str]] = &[
        &["verify"],
        &["verify", "T", "--secret", "env:S", "-q"],
        &["--json", "verify", "T"],
        &["--profile", "verify", "issue", "--user", "alice"],
        &["-q", "key", "generate", "--now", "-2h"],
        &["--now", "-2h", "verify", "T", "--set", "b=2"],
        &[
            "--now",
            "-2h",
            "--profile",
            "pair",
            "issue",
            "--user",
            "alice",
        ],
        &[
            "--color=never",
            "issue",
            "-ualice",
            "-c",
            "--a=b",
            "-crole=admin",
        ],
        &[
            "issue",
            "--user",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl",
        ],
        &["refresh", "T"],
        &["verify", "--", "--json"],
        &["verify", "verify"],
        &["verify", "help"],
        &["--quiet", "key", "show", "a.pem"],
        &["session", "show", "purge"],
        &["man", "key", "show"],
        &["completions", "bash"],
    ];
    let left: &[&[&str]] = &[
        &[],
        &["--help"],
        &["-h"],
        &["--version"],
        &["-qV"],
        &["verify", "--help"],
        &["verify", "-h"],
        &["verify", "--version"],
        &["help"],
        &["help", "verify"],
        &["help", "key", "show"],
        &["key"],
        &["key", "--help"],
        &["key", "help", "show"],
        &["key", "verify"],
        &["key", "sow", "show"],
        &["verfy", "T"],
        &["serve", "verify"],
        &["--", "verify", "T"],
        &["--json", "--", "verify", "T"],
        &["--json", "verify", "--json", "T"],
        &["--set", "a=1", "verify", "--set", "b=2", "T"],
        &["--quiet", "verify", "--verbose", "T"],
        &["key", "--json", "generate", "-q"],
        &["--profile", "verify"],
        &["decode", "T", "U"],
        &["verify", "T", "--secrt", "env:S"],
        &["verify", "T", "--secret"],
        &["verify", "T", "--quiet", "--verbose"],
        &["--key", "k", "verify", "T"],
        &["verify", "T", "--leeway", "never"],
        &["verify", "T", "--color", "sometimes"],
        &["verify", "T", "--json", "--json"],
        &["verify", "T", "--json=yes"],
        &["verify", "T", "--secret", "env:S", "--key", "k"],
        &["verify", "T", "--as", "view", "--iss", "i"],
        &["issue", "--ttl", "5m", "--exp", "2h"],
        &["key", "generate", "--force"],
        &["key", "convert"],
        &["completions"],
        &["completions", "tcsh"],
        &["man", "--out", "d", "verify"],
    ];
    let whole = Whole::new();
    for words in taken {
        assert!(whole.by_one_command(words).is_some(), "{words:?}");
    }
    for words in left {
        assert_eq!(whole.by_one_command(words), None, "{words:?}");
        let typed = typed(words);
        let by_all = whole.says(&typed);
        assert_eq!(said(parse(&typed, 80)), by_all, "{words:?}");
    }
}

#[test]
fn words_that_are_not_utf_8_are_read_alike() {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        let odd = OsString::from_vec(vec![b'a', 0xff]);
        for words in [
            vec![odd.clone(), "verify".into()],
            vec!["verify".into(), odd.clone()],
            vec!["verify".into(), "--iss".into(), odd.clone()],
        ] {
            let by_all = Whole::new().says(&words);
            assert_eq!(said(parse(&words, 80)), by_all, "{words:?}");
        }
    }
}

#[test]
fn the_version_is_told_without_the_tree_as_with_it() {
    let by_all = Whole::new().says(&typed(&["--version"]));
    assert_eq!(by_all, format!("DisplayVersion {}", crate::cli::VERSION));
}
