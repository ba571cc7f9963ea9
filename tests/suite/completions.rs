//! The completions that are shipped are those that the program makes.
//!
//! After a change of the command line: `JWTSESS_UPDATE=1 cargo test completions` writes them anew.
use std::path::Path;

use crate::process::jwtsess;

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
