//! The completions that are shipped are those that the program makes, and shells that read them offer what jwtsess knows.
//!
//! After a change of the command line: `JWTSESS_UPDATE=1 cargo test completions` writes them anew.
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::given::{is_ci, left_out};
use crate::http::stage;
use crate::process::{Machine, PROGRAM, jwtsess};

/// Each shell, and its file's name as that shell looks for it.
const SHELLS: [(&str, &str); 6] = [
    ("bash", "jwtsess.bash"),
    ("zsh", "_jwtsess"),
    ("fish", "jwtsess.fish"),
    ("elvish", "jwtsess.elv"),
    ("powershell", "_jwtsess.ps1"),
    ("nushell", "jwtsess.nu"),
];

#[expect(
    clippy::disallowed_methods,
    reason = "whether to write anew is said in the environment"
)]
fn write_anew() -> bool {
    std::env::var_os("JWTSESS_UPDATE").is_some()
}

#[test]
fn the_completions_are_those_that_the_program_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for (shell, file) in SHELLS {
        let made = jwtsess(&["completions", shell]);
        assert_eq!(made.status, 0, "{shell}: {}", made.stderr);
        let path = folder.join(file);
        if write_anew() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &made.stdout).unwrap();
        }
        let shipped = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            shipped == made.stdout,
            "completions/{file} is out of date: JWTSESS_UPDATE=1 cargo test completions"
        );
    }
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, SHELLS.len(), "completions/ holds something else");
}

/// Has bash complete a line: its function is called as bash would.
const BASH: &str = r#"
source "$1/jwtsess.bash"
read -ra COMP_WORDS <<< "$2"
if [[ $2 == *' ' ]]; then COMP_WORDS+=(''); fi
COMP_LINE=$2 COMP_POINT=${#2} COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_jwtsess jwtsess "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
"#;

/// Has zsh complete a line, in a terminal of its own: what is offered to `compadd` is printed.
const ZSH: &str = r#"
zmodload zsh/zpty
cat > $HOME/init.zsh <<'END'
PROMPT=
fpath=($FOLDER $fpath)
autoload -Uz compinit
compinit -u -d $HOME/dump
bindkey '^I' complete-word
compadd () {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
    typeset -a offered
    builtin compadd -A offered "$@"
    for one in $offered; do print -r -- "OFFERED $one"; done
    builtin compadd "$@"
}
the-end () { print END; exit }
comppostfuncs=(the-end)
print READY
END
FOLDER=$1 zpty shell zsh -f -i
zpty -w shell "FOLDER=${(q)1}; source $HOME/init.zsh"
while zpty -r shell line && [[ $line != READY* ]]; do :; done
zpty -w -n shell "$2"$'\t'
while zpty -r shell line && [[ $line != *END* ]]; do
    [[ $line == *'OFFERED '* ]] && print -r -- "${${line#*OFFERED }%$'\r\n'}"
done
"#;

/// Has fish complete a line.
const FISH: &str = "set -p fish_complete_path $argv[1]; complete -C $argv[2]";

/// What a shell offers behind a line. `None` if there is no such shell.
fn offered(shell: &str, line: &str, machine: &Machine) -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let program = Path::new(PROGRAM).parent().unwrap().display();
    let script: &[&str] = match shell {
        "bash" => &["-c", BASH, "bash"],
        "zsh" => &["-f", "-c", ZSH, "zsh"],
        _ => &["-c", FISH],
    };
    let mut command: Command = machine.command(shell);
    command
        .args(script)
        .arg(folder)
        .arg(line)
        .env("PATH", format!("{program}:/usr/local/bin:/usr/bin:/bin"))
        .env("TERM", "dumb")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null());
    let output = command.output().ok()?;
    let offered = String::from_utf8_lossy(&output.stdout);
    // fish says what each is, behind a tab.
    let word = |line: &str| line.split('\t').next().unwrap().trim_end().to_owned();
    Some(offered.lines().map(word).collect())
}

#[test]
fn the_shells_offer_the_names_that_jwtsess_knows() {
    let machine = Machine::new();
    let login = machine.json(&["issue", "--user", "alice", "--profile", "pair"]);
    let session = login["session"]["id"].as_str().unwrap();
    let config = machine.home.path().join(".config/jwtsess");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(
        config.join("config.toml"),
        "[profiles.shop]\nextends = \"pair\"\n",
    )
    .unwrap();
    let address = stage(|_, _, stream| {
        let answer = r#"{"access":"opaque"}"#;
        let length = answer.len();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{answer}");
        _ = stream.write_all(head.as_bytes());
    });
    let url = format!("http://{address}/login");
    let words = ["login", &url, "--user", "alice", "--password", "raw:secret"];
    let credential = ["--profile", "plain", "--as", "staging"];
    let ran = machine.run(&[&words[..], &credential].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    for shell in ["bash", "zsh", "fish"] {
        for (line, expected) in [
            ("jwtsess issue --profile ", "simplejwt"),
            ("jwtsess issue --profile ", "shop"),
            ("jwtsess --profile ", "shop"),
            ("jwtsess renew --profile sli", "sliding"),
            ("jwtsess issue --set ", "ACCESS_TOKEN_LIFETIME="),
            ("jwtsess --set acc", "access.ttl="),
            ("jwtsess rotate --session ", session),
            ("jwtsess revoke --session ", session),
            ("jwtsess session show ", session),
            ("jwtsess token ", "staging"),
            ("jwtsess token --refresh sta", "staging"),
            ("jwtsess logout ", "staging"),
            ("jwtsess request GET /x --credential ", "staging"),
            ("jwtsess verify --kind ", "refresh"),
            ("jwtsess inspect --batch --only ", "refused"),
        ] {
            let Some(offered) = offered(shell, line, &machine) else {
                assert!(!is_ci(), "with CI=true, {shell} must be installed");
                left_out(&format!("{shell} is not installed"));
                break;
            };
            assert!(
                offered.iter().any(|one| one == expected),
                "{shell}: {line}: {expected} is not among {offered:?}"
            );
        }
    }
}
