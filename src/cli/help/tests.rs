//! What `--help` says, and that nothing is left out of it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use super::*;
use crate::cli::testing::Call;

#[test]
#[expect(clippy::too_many_lines, reason = "it is the whole of the help")]
fn help_shows_the_commands_in_groups_the_exit_statuses_and_the_environment() {
    assert_snapshot!(Call::new(&["--help"]).run(), @r"
    --- stdout
    Issue, explain, verify and renew the tokens (JWTs) of a login session, by hand
    and in scripts

    Usage: jwtsess [OPTIONS] [COMMAND]

    Tokens:
      issue         Log a user in by hand: print a token, or a pair of tokens
      renew         Prolong a session: print a fresh token for one that is still
                    valid
      rotate        Renew a token and retire it: from then on only its successor can
                    be used
      revoke        End sessions now: one by its token or id, or many at once
      inspect       Explain a token: what it says, whether it is valid, and what to
                    do
      verify        Check a token: the exit status says yes or no
      decode        Show a token's parts as they are, without checking anything
      encode        Sign claims of your own

    Sessions:
      session       Make the store; list, show and clean up its sessions

    Keys:
      key           Make, describe, publish, convert and rotate keys

    Live: the same over HTTP:
      login         Log in to a server, and keep its tokens for
                    jwtsess token and jwtsess request
      token         Print an access token that is good now, refreshed if need be
      logout        End a session at its server, and forget its credential
      request       Send a request with a fresh access token, and print the answer's
                    body

    Set-up:
      profile       List the session models, or show one's settings
      completions   Print a script that completes jwtsess's commands and flags in
                    your shell
      man           Print the manual page of a command, or write all pages into a
                    folder
      help          Explain a command, as in jwtsess help issue

    Options of every command:
          --profile NAME   The session model: a built-in profile (sliding, pair,
                           oauth, simplejwt, drf-jwt, …) or one from the config file
          --config FILE    The config file, which holds your own profiles
          --set KEY=VALUE  Override a profile setting for this call, by jwtsess's or
                           Django's name, as in leeway=30s [may repeat]
          --now TIME       Act as if it were this time: 2026-11-24T12:00:00Z, +2h,
                           -1d
          --json           Print the answer, or the refusal, as one JSON object on
                           standard output
          --color WHEN     When to use colours: auto, always or never
          --no-input       Never ask a question; what is missing is an error
      -q, --quiet          Print less on standard error
      -v, --verbose        Say which config file, profile, key and store are used,
                           and why
      -h, --help           Print help
      -V, --version        Print version


    EXIT STATUS
      0   Done; the token is accepted
      1   Failed: a key, file or store can't be used, or there is no key to verify
          with
      2   The command line does not make sense
      3   Not a token
      4   Not trusted: the signature, the key or the algorithm
      5   Out of time: expired, not yet valid, or past the session's end
      6   A claim is refused: the issuer, the audience, the kind, a missing claim …
      7   The session is refused: it was ended, or the token was already used
      8   The remote server was unreachable or refused
      9   Some of several tokens were refused
      130  Interrupted by the user

    ENVIRONMENT
      JWTSESS_SECRET          Where to find the shared secret, in the form that
                              --secret takes: env:NAME, file:PATH, dotenv:PATH#NAME,
                              …
      JWTSESS_KEY             A key, in the form that --key takes
      JWTSESS_KEY_PASSPHRASE  Where to find the passphrase of an encrypted key file,
                              in the form that --key-passphrase takes
      JWTSESS_NO_DEV_KEY      Set it to 1 to never use or make the development key,
                              in CI for example
      JWTSESS_PROFILE         The session model, as --profile
      JWTSESS_CONFIG          The config file, as --config
      JWTSESS_STORE           The session store, as --store
      JWTSESS_PASSWORD        Where to find the password of a login, in the form
                              that --password takes
      JWTSESS_CLIENT_SECRET   Where to find the client's secret, in the form that
                              --client-secret takes
      JWTSESS_CREDENTIAL      The credential's name
      JWTSESS_CREDENTIALS     The folder that credentials are kept in, as
                              --credentials
      JWTSESS_CREDENTIAL_HELPER  The program that keeps tokens, as --helper
      JWTSESS_OFFLINE         Set it to 1 to make no request, as --offline
      JWTSESS_CACERT          The certificate authorities to trust, as --cacert
      JWTSESS_NOW             The time that jwtsess takes for now, as --now
      NO_COLOR                Set it to anything for output without colours

    A JWT is a text of three parts with dots between them: a header, the claims (who
    it is for, when it ends) and a signature that only the holder of the key can
    make.
    TOKEN is such a text, with or without surrounding text.

    EXAMPLES
      jwtsess issue --user alice
          Log alice in: prints a token.
      jwtsess inspect TOKEN
          Explain it. If you leave TOKEN out, it is read from a pipe or asked for.
      jwtsess renew TOKEN
          Prolong the session: prints a fresh token.

    For more about a command: jwtsess issue --help
    --- exit 0
    ");
}

#[test]
fn help_and_every_manual_page_list_each_exit_status_with_its_meaning() {
    let help = command(200).render_long_help().to_string();
    let (_, listed) = help.split_once("EXIT STATUS\n").unwrap();
    let (listed, _) = listed.split_once("\n\n").unwrap();
    let row = |exit: &Exit| format!("  {:<2}  {}", exit.code(), exit.meaning());
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
        // A command line that makes no sense is the same of every command, as Ctrl-C is, and no other end is asked.
        let expected = ![Exit::Usage, Exit::OtherEnd, Exit::Interrupted].contains(exit);
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
        ("xyzzy", "to list the commands: jwtsess --help"),
        ("hunter2!", "to list the commands: jwtsess --help"),
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
