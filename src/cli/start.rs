//! The start page: what to type first.
use super::context::Context;
use super::error::{Failure, Problem};
use super::exit::Exit;

const FIRST: [(&str, &str); 3] = [
    ("jwtsess issue --user alice", "log alice in: prints a token"),
    ("jwtsess inspect TOKEN", "explain the token"),
    (
        "jwtsess renew TOKEN",
        "prolong the session: prints a fresh token",
    ),
];

/// Handles `jwtsess` without arguments: the page goes to standard error, and the call is a usage error.
pub(super) fn nothing_typed(context: &mut Context<'_, '_>) -> Exit {
    if context.globals.json {
        let problem = Problem::usage_with("no command was given", "see jwtsess --help");
        return context.fail(&Failure::from(problem));
    }
    let paint = context.err;
    let mut lines = vec![
        "jwtsess issues, explains, verifies and renews the tokens (JWTs) of login sessions."
            .to_owned(),
        String::new(),
        paint.heading("To begin, type:"),
    ];
    lines.extend(FIRST.iter().map(|(words, what)| {
        format!(
            "  {}  {}",
            paint.good(&format!("{words:<28}")),
            paint.tone(super::paint::Tone::Plain, what)
        )
    }));
    lines.extend([String::new(), "All commands: jwtsess --help".to_owned()]);
    for line in &lines {
        context.print_sentence(line);
    }
    Exit::Usage
}
