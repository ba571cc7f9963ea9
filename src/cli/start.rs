//! The start page: what to type first.
use super::context::Context;
use super::error::{Failure, Problem};
use super::exit::Exit;

const FIRST: [(&str, &str); 3] = [
    ("jwtsess issue --user alice", "log alice in: prints a token"),
    ("jwtsess inspect TOKEN", "have it explained"),
    ("jwtsess renew TOKEN", "prolong it: prints a fresh one"),
];

/// `jwtsess` alone: no answer was asked for, so this is talk, and a usage error.
pub(super) fn nothing_typed(context: &mut Context<'_, '_>) -> Exit {
    if context.globals.json {
        let problem = Problem::usage_with("no command was given", "see jwtsess --help");
        return context.fail(&Failure::from(problem));
    }
    let paint = context.err;
    let mut lines = vec![
        "jwtsess makes, explains, checks and prolongs the tokens (JWTs) of login sessions."
            .to_owned(),
        String::new(),
        paint.heading("Type first:"),
    ];
    lines.extend(FIRST.iter().map(|(words, what)| {
        format!(
            "  {}  {}",
            paint.good(&format!("{words:<28}")),
            paint.tone(super::paint::Tone::Plain, what)
        )
    }));
    lines.extend([String::new(), "All commands: jwtsess --help".to_owned()]);
    context.print_talk(&lines);
    Exit::Usage
}
