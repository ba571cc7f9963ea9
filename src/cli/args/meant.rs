//! What a flag that does not exist was meant to be: by its meaning, then by the commands that have a flag of that name.
use clap::{Command, CommandFactory as _};

use super::Cli;

/// Words that people of other tools type for a flag, and the flags that may be meant: the first one that the command has.
const MEANT: [(&[&str], &[&str]); 24] = [
    (
        &[
            "jwks",
            "jwk",
            "jwks-file",
            "jwks-url",
            "jwks-uri",
            "public-key",
            "pubkey",
            "pub",
            "private-key",
            "signing-key",
            "key-file",
            "keyfile",
            "pem",
            "cert",
            "certificate",
            "ca",
        ],
        &["key"],
    ),
    (
        &[
            "password",
            "passwd",
            "pass",
            "hmac",
            "hmac-secret",
            "shared-secret",
            "secret-key",
            "jwt-secret",
        ],
        &["secret"],
    ),
    (
        &["passphrase", "key-password", "key-pass"],
        &["key-passphrase"],
    ),
    (
        &[
            "expires",
            "expires-in",
            "expiresin",
            "expire",
            "expiry",
            "expiration",
            "lifetime",
            "life",
            "valid-for",
            "duration",
            "exp",
            "exp-in",
        ],
        &["ttl"],
    ),
    (
        &["expires-at", "expire-at", "exp-at", "until", "not-after"],
        &["exp", "ttl"],
    ),
    (&["not-before"], &["nbf"]),
    (
        &["subject", "username", "user-name", "login", "uid"],
        &["user", "sub"],
    ),
    (&["user"], &["user", "sub"]),
    (&["sub"], &["sub", "user"]),
    (&["audience"], &["aud"]),
    (&["issuer"], &["iss"]),
    (&["type", "token-type"], &["kind", "typ"]),
    (&["algorithm", "algorithms", "algo", "algs"], &["alg"]),
    (&["key-id", "keyid"], &["kid"]),
    (
        &[
            "clock-skew",
            "skew",
            "clock-tolerance",
            "tolerance",
            "grace",
            "drift",
        ],
        &["leeway"],
    ),
    (
        &["payload", "data", "set-claim", "add-claim", "add-claims"],
        &["claim", "claims"],
    ),
    (&["sid", "session-id", "id", "family"], &["session"]),
    (
        &["time", "at", "clock", "when", "date", "current-time"],
        &["now"],
    ),
    (&["output-file", "outfile", "write", "file"], &["out"]),
    (&["format", "print"], &["output"]),
    (
        &["db", "database", "store-url", "dsn", "sqlite", "postgres"],
        &["store"],
    ),
    (&["model", "mode", "preset", "template"], &["profile"]),
    (&["conf", "config-file", "settings"], &["config"]),
    (&["force", "assume-yes", "no-confirm", "confirm"], &["yes"]),
];

/// Words for leaving the checks out, which no flag does.
const UNCHECKED: [&str; 8] = [
    "insecure",
    "no-verify",
    "skip-verify",
    "no-check",
    "skip-signature",
    "ignore-signature",
    "ignore-exp",
    "unsafe",
];

/// The hint for a flag that a command does not have. `None` if neither the word nor another command tells what was meant.
pub(super) fn of_flag(typed: &str, command: Option<&str>) -> Option<String> {
    let word = typed.strip_prefix("--")?.to_lowercase().replace('_', "-");
    let cli = Cli::command();
    let mut path = command.unwrap_or_default().split_whitespace();
    let here = path.try_fold(&cli, |command, name| command.find_subcommand(name))?;
    let has = |flag: &str| takes(here, flag) || takes(&cli, flag);
    let meant = MEANT
        .iter()
        .find(|(words, _)| words.contains(&word.as_str()));
    let flags = meant.map_or(&[][..], |(_, flags)| flags);
    if let Some(flag) = flags.iter().find(|flag| has(flag)) {
        return Some(format!("did you mean --{flag}"));
    }
    if UNCHECKED.contains(&word.as_str()) {
        return Some(
            "no flag leaves the checks out; to see an unchecked token: jwtsess decode TOKEN"
                .to_owned(),
        );
    }
    let mut others = Vec::new();
    commands_with(&cli, &word, "jwtsess", &mut others);
    (!others.is_empty()).then(|| format!("--{word} is a flag of {}", others.join(", ")))
}

fn takes(command: &Command, flag: &str) -> bool {
    command.get_arguments().any(|argument| {
        let aliases = argument.get_all_aliases().unwrap_or_default();
        argument.get_long() == Some(flag) || aliases.contains(&flag)
    })
}

/// The commands that have a flag, each as it is typed.
fn commands_with(command: &Command, flag: &str, name: &str, found: &mut Vec<String>) {
    for one in command.get_subcommands().filter(|one| !one.is_hide_set()) {
        let name = format!("{name} {}", one.get_name());
        if takes(one, flag) {
            found.push(name.clone());
        }
        commands_with(one, flag, &name, found);
    }
}
