//! What `--help` says, and that nothing is left out of it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use super::*;
use crate::cli::testing::Call;

#[test]
fn help_shows_the_commands_in_groups_the_exit_statuses_and_the_environment() {
    assert_snapshot!(Call::new(&["--help"]).run(), @r"
    --- stdout
    Issue, explain, check and prolong the tokens (JWTs) of a login session, by hand
    and in scripts

    Usage: jwtsess [OPTIONS] [COMMAND]

    Tokens:
      issue         Log a user in by hand: print a token, or a pair of tokens
      renew         Prolong a session: print a fresh token for one that holds
      rotate        Renew a token and retire it: from then on only its successor
                    counts
      revoke        End sessions now: one by its token or id, or many at once
      inspect       Explain a token: what it says, whether it holds, what to do
      verify        Check a token: the exit status says yes or no
      decode        Show a token's parts as they are; nothing is checked
      encode        Sign claims of your own

    Sessions:
      session       See what the store knows: its sessions, one with its tokens over
                    time; clean it up

    Keys:
      key           Make keys, describe them, publish their public parts, change
                    their form, roll them over

    Set-up:
      profile       See the session models: which there are, and every value of one
      completions   Print a script that completes jwtsess's words in your shell
      man           Print the manual page of a command, or write all pages into a
                    folder
      help          Say more on a command: jwtsess help issue

    Options of every command:
          --profile NAME   The session model to go by, built in (sliding, pair,
                           oauth, simplejwt, drf-jwt, …) or the config file's
          --config FILE    The config file with profiles of your own
          --set KEY=VALUE  Change a setting of the profile for this call, by our
                           name or Django's, as in leeway=30s [may repeat]
          --now TIME       Act as if it were this time: 2026-11-24T12:00:00Z, +2h,
                           -1d
          --json           Answer with one JSON object on standard output, also when
                           refusing
          --color WHEN     When to use colours: auto, always or never
          --no-input       Never ask anything; what is missing is an error
      -q, --quiet          Say less on standard error
      -v, --verbose        Say which config file, profile, key and store are used
      -h, --help           Print help
      -V, --version        Print version


    EXIT STATUS
      0   Done; the token is accepted
      1   Could not: a key, file or store can't be had, or there is no key to check
          with
      2   The command line does not make sense
      3   Not a token
      4   Not trusted: the signature, the key or the algorithm
      5   Out of time: expired, not yet valid, past the session's end
      6   A claim is refused: issuer, audience, kind, one that is missing …
      7   The session is refused: ended, or the token was used before
      8   The other end could not be reached, or said no
      9   Of several tokens some were refused

    ENVIRONMENT
      JWTSESS_SECRET          Where the shared secret is, as --secret takes it:
                              env:NAME, file:PATH, dotenv:PATH#NAME, …
      JWTSESS_KEY             A key, as --key takes it
      JWTSESS_KEY_PASSPHRASE  Where the passphrase of an encrypted key file is, as
                              --key-passphrase takes it
      JWTSESS_NO_DEV_KEY      Set to 1: never use or make the development key. For
                              CI
      JWTSESS_PROFILE         The session model, as --profile
      JWTSESS_CONFIG          The config file, as --config
      JWTSESS_STORE           The session store, as --store
      JWTSESS_NOW             The time to act as if it were, as --now
      NO_COLOR                Set to anything: no colours

    A JWT is a text of three parts with dots between them: a header, the claims (who
    it is for, when it ends) and a signature that only the holder of the key can
    make.
    TOKEN is such a text, as it is or with what stood around it.

    EXAMPLES
      jwtsess issue --user alice
          Log alice in: prints a token.
      jwtsess inspect TOKEN
          Have it explained. Left out, it is asked for, or read from a pipe.
      jwtsess renew TOKEN
          Prolong it: prints a fresh one.

    More on a command: jwtsess issue --help
    --- exit 0
    ");
}

#[test]
fn help_and_every_manual_page_list_each_exit_status_with_its_meaning() {
    let help = command(200).render_long_help().to_string();
    let (_, listed) = help.split_once("EXIT STATUS\n").unwrap();
    let (listed, _) = listed.split_once("\n\n").unwrap();
    let row = |exit: &Exit| format!("  {}   {}", exit.code(), exit.meaning());
    let rows: Vec<String> = Exit::ALL.iter().map(row).collect();
    assert_eq!(listed.lines().collect::<Vec<_>>(), rows);
    for page in crate::cli::manual::pages() {
        let text = page.text.replace("\\*(Aq", "'").replace("\\[u2026]", "…");
        let (_, listed) = text.split_once(".SH \"EXIT STATUS\"\n").unwrap();
        let (listed, _) = listed.split_once(".SH ").unwrap();
        let row = |exit: &Exit| format!(".TP\n\\fB{}\\fR\n{}\n", exit.code(), exit.meaning());
        let rows: String = Exit::ALL.iter().map(row).collect();
        assert_eq!(listed, rows, "{}", page.file);
    }
}

#[test]
fn the_help_of_verify_names_each_exit_status_that_it_can_have() {
    let cli = command(200);
    let verify = cli.find_subcommand("verify").unwrap().get_long_about();
    let about = verify.unwrap().to_string();
    for exit in Exit::ALL {
        // A command line that makes no sense is the same of every command, and no other end is asked.
        let expected = ![Exit::Usage, Exit::OtherEnd].contains(exit);
        let named = about.contains(&format!("{}: ", exit.code()));
        assert_eq!(named, expected, "{}: {about}", exit.code());
    }
}

#[test]
fn help_fits_the_terminal() {
    for columns in [60, 80, 100] {
        for line in command(columns).render_long_help().to_string().lines() {
            let width = line.chars().count();
            // An address or an example is not to be broken.
            let whole = line.trim_start().starts_with("jwtsess ") || !line.trim().contains(' ');
            assert!(width <= columns || whole, "{columns}: {line}");
        }
    }
}

/// Every command, by how it is typed.
fn all(command: &Command, path: &str) -> Vec<(String, Command)> {
    let mut found = Vec::new();
    for command in command.get_subcommands() {
        let path = format!("{path} {}", command.get_name());
        found.extend(all(command, &path));
        found.push((path, command.clone()));
    }
    found
}

#[test]
fn every_command_stands_in_a_group_and_says_what_it_does_and_shows_an_example() {
    let cli = command(80);
    for command in cli.get_subcommands() {
        let name = command.get_name();
        let groups = GROUPS.iter().filter(|(_, names)| names.contains(&name));
        assert_eq!(groups.count(), 1, "{name}");
    }
    for (path, command) in all(&cli, "jwtsess") {
        let about = command.get_about().unwrap().to_string();
        assert!(
            about.len() <= 96 && !about.ends_with('.'),
            "{path}: {about}"
        );
        if !command.has_subcommands() {
            let examples = examples(&command);
            assert!(!examples.is_empty(), "{path} has no EXAMPLES");
            let shown = examples.iter().any(|one| one.command.contains(&path));
            assert!(shown, "{path}: {examples:?}");
        }
    }
}

#[test]
fn every_argument_says_what_it_is() {
    for (path, command) in all(&command(80), "jwtsess") {
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string);
            assert!(
                help.is_some_and(|help| !help.is_empty()),
                "{path} {argument}"
            );
        }
    }
}

#[test]
fn every_variable_that_is_read_is_listed() {
    let listed = ENVIRONMENT.map(|(name, _)| name);
    let mut read = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let within = path.strip_prefix(&root).unwrap();
            if within.display().to_string().contains("test") {
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for (at, _) in source.match_indices("\"JWTSESS_") {
                let name = source[at + 1..].split('"').next().unwrap();
                if name
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
                {
                    read.push(name.to_owned());
                }
            }
        }
    }
    assert!(read.len() > listed.len(), "the source was not found");
    for name in read {
        assert!(
            listed.contains(&name.as_str()) || name == "JWTSESS_",
            "{name}"
        );
    }
}

#[test]
fn words_of_other_tools_are_met_with_the_right_one() {
    for (typed, says) in [
        ("sign", "jwtsess encode"),
        ("check", "jwtsess verify TOKEN"),
        ("create", "jwtsess issue --user alice"),
        ("new", "jwtsess issue --user alice"),
        ("mint", "jwtsess issue --user alice"),
        ("signin", "jwtsess"),
        ("validate", "jwtsess verify TOKEN"),
        ("explain", "jwtsess inspect TOKEN"),
        ("whoami", "jwtsess inspect TOKEN"),
        ("parse", "jwtsess decode TOKEN"),
        ("extend", "jwtsess renew TOKEN"),
        ("keygen", "jwtsess key generate"),
        ("profiles", "jwtsess profile list"),
        ("ISSUE", "issue"),
        ("isue", "jwtsess issue"),
        ("inspct", "jwtsess inspect"),
        ("renwe", "jwtsess renew"),
        ("version", "jwtsess --version"),
        ("xyzzy", "see jwtsess --help for all of them"),
        ("hunter2!", "see jwtsess --help for all of them"),
    ] {
        let called = Call::new(&[typed]).run();
        assert_eq!(called.exit, 2, "{typed}: {called}");
        assert!(called.stderr.contains(says), "{typed}: {called}");
        assert!(!called.stderr.contains("hunter2"), "{typed}: {called}");
    }
    // Once there is the command, it is the one that is meant.
    for (typed, name, says) in [
        ("blacklist", "revoke", "jwtsess revoke TOKEN"),
        ("sessions", "session", "jwtsess session list"),
        ("signin", "login", "jwtsess login URL"),
    ] {
        let called = Call::new(&[typed]).run();
        let there = command(80).find_subcommand(name).is_some();
        assert_eq!(called.stderr.contains(says), there, "{typed}: {called}");
    }
}
